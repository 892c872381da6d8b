/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "hub.h"
#include "kith/whatif.h"

/* Two children and an adult alleged to harm: C1 was at the park L1, as he was on another day,
 * and both know the car O1; C2 was a victim with him at L2. The school S1 joins nobody. */
static void begin_story(void)
{
    begin_hub();
    add_person("A1", "1990-01-01");
    add_person("A2", "1985-01-01");
    add_person("C1", "2008-01-01");
    add_person("C2", "");
    add_place("L1", "park");
    add_place("L2", "takeaway");
    add_place("S1", "school");
    add_object("O1", "vehicle");
    add_group("G1", "peer_group");
    set_origin("police", "", "1A");
    add_event("E1", "missing", "2022-05-01", "L1", 1);
    add_part("E1", "C1", "missing");
    add_event("E2", "incident", "2022-05-03", "L1", 1);
    add_part("E2", "A1", "present");
    add_event("E3", "incident", "2022-05-04", "L2", 2);
    add_part("E3", "C2", "victim");
    add_part("E3", "A1", "alleged_perpetrator");
    add_part("E3", "A2", "reporter");
    add_event("E4", "incident", "2022-05-05", "S1", 1);
    add_part("E4", "C1", "victim");
    add_event("E5", "incident", "2022-05-06", "S1", 1);
    add_part("E5", "A1", "present");
    add_link("C1", "O1", "uses", 0, "", "");
    add_link("A1", "O1", "uses", 0, "", "");
}

TestSuite(whatif, .init = begin_story, .fini = end_hub);

/* The answer's rows as CSV without its heading. */
static const char *answer(const char *without)
{
    static char text[4096];
    kith_network network = network_of(view_of("2022-06-30", 365));
    const uint32_t thing = thing_called(&network, without);
    kith_whatif whatif;
    kith_table table = { 0 };

    cr_assert(kith_whatif_build(&whatif, &network, &thing, 1, NULL) == KITH_OK);
    cr_assert(kith_whatif_report(&table, &whatif, NULL) == KITH_OK);
    memset(text, 0, sizeof text);
    FILE *out = fmemopen(text, sizeof text - 1, "w");
    cr_assert(kith_table_write(out, NULL, &table, KITH_FORMAT_CSV, NULL) == KITH_OK);
    fclose(out);
    kith_table_free(&table);
    kith_whatif_free(&whatif);
    kith_network_free(&network);
    return strchr(text, '\n') + 1;
}

Test(whatif, without_the_park_the_car_is_left)
{
    cr_expect(eq(str, (char *)answer("L1"), "C1,1,1,2,1,,A1 over O1\n"));
}

Test(whatif, without_the_car_the_park_is_left)
{
    cr_expect(eq(str, (char *)answer("O1"), "C1,1,1,2,1,,\"A1 over L1 (E1, E2)\"\n"));
}

Test(whatif, without_the_adult_nobody_is_reached)
{
    cr_expect(eq(str, (char *)answer("A1"), "C1,1,0,2,0,A1,\nC2,1,0,2,0,A1,\n"));
}

/* With the place its event goes, in which the two met. */
Test(whatif, a_place_takes_its_events_along)
{
    cr_expect(eq(str, (char *)answer("L2"), "C2,1,0,2,0,A1,\n"));
}

Test(whatif, a_school_joins_nobody_and_a_reporter_meets_nobody)
{
    cr_expect(eq(str, (char *)answer("S1"), ""));
    cr_expect(eq(str, (char *)answer("A2"), ""));
}

Test(whatif, a_child_is_never_taken_away)
{
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_whatif whatif;
    kith_error err;

    for (const char *const *id = (const char *const[]){ "C1", "C2", NULL }; *id != NULL; id++) {
        const uint32_t child = thing_called(&network, *id);
        cr_expect(eq(int, kith_whatif_build(&whatif, &network, &child, 1, &err), KITH_POLICY));
        cr_expect_null(whatif.contacts.list);
    }
    const uint32_t group = thing_called(&network, "G1");
    cr_expect(eq(int, kith_whatif_build(&whatif, &network, &group, 1, &err), KITH_USAGE));
    kith_network_free(&network);
}

Test(whatif, what_is_suspected_to_be_false_joins_nobody)
{
    set_origin("police", "", "3E");
    add_person("A3", "1980-01-01");
    add_event("E6", "incident", "2022-05-07", "L1", 3);
    add_part("E6", "A3", "alleged_perpetrator");
    add_part("E6", "C1", "victim");
    cr_expect(eq(str, (char *)answer("A3"), ""));
}
