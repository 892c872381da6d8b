/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "hub.h"
#include "kith/gaps.h"

/* C1 and C2 share a park and an adult, C1 and C3 are friends and share the same. */
static void begin_story(void)
{
    begin_hub();
    add_person("A1", "1990-01-01");
    for (char id[] = "C1"; id[1] <= '4'; id[1]++)
        add_person(id, "2008-01-01");
    add_place("L1", "park");
    add_place("S1", "school");
    set_origin("police", "", "1A");
    add_link("C1", "L1", "frequents", 0, "", "");
    add_link("C1", "A1", "exploited_by_alleged", 0, "", "");
    set_origin("school", "", "");
    add_link("C2", "L1", "frequents", 0, "", "");
    add_link("C2", "A1", "exploited_by_alleged", 0, "", "");
    add_link("C3", "L1", "frequents", 0, "", "");
    add_link("C3", "A1", "exploited_by_alleged", 0, "", "");
    add_link("C1", "C3", "friend", 0, "", "");
    add_link("C2", "C3", "friend", 0, "", "");
    for (char id[] = "C1"; id[1] <= '4'; id[1]++)
        add_link(id, "S1", "attends", 0, "", "");
}

TestSuite(gaps, .init = begin_story, .fini = end_hub);

/* The answer's rows as CSV without its heading. */
static const char *answer(const kith_gaps_options *options)
{
    static char text[8192];
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_table table = { 0 };

    cr_assert(kith_gaps_report(&table, &network, options, NULL) == KITH_OK);
    memset(text, 0, sizeof text);
    FILE *out = fmemopen(text, sizeof text - 1, "w");
    cr_assert(kith_table_write(out, NULL, &table, KITH_FORMAT_CSV, NULL) == KITH_OK);
    fclose(out);
    kith_table_free(&table);
    kith_network_free(&network);
    return strchr(text, '\n') + 1;
}

Test(gaps, two_who_share_a_place_and_an_adult_are_asked_about)
{
    const kith_gaps_options options = { .least = 2, .size_cap = 12 };

    cr_expect(
        eq(str, (char *)answer(&options),
           "C1,C2,2,\"Ask police, school: do C1 and C2 know each other, or did they only come "
           "to the same places or people? Both are recorded with A1, L1.\",\"A1, L1\",\"police, "
           "school\"\n"));
}

Test(gaps, a_school_is_no_context_and_three_are_not_shared_by_two_things)
{
    const kith_gaps_options options = { .least = 3, .size_cap = 12 };

    cr_expect(eq(str, (char *)answer(&options), ""));
}

Test(gaps, where_many_come_nobody_is_asked_about)
{
    const kith_gaps_options options = { .least = 1, .size_cap = 2 };

    cr_expect(eq(str, (char *)answer(&options), ""), "three come to the park");
}

Test(gaps, only_pairs_with_a_seed)
{
    const uint32_t nobody = 0; /* A1: an adult, never alone in a pair of children */
    const kith_gaps_options options = {
        .least = 1, .size_cap = 12, .seeds = &nobody, .seed_count = 1
    };

    cr_expect(eq(str, (char *)answer(&options), ""));
}

/* The adult is at the park too, and has no contact with C4, who is there as well. */
Test(gaps, a_child_and_an_adult_when_asked_for)
{
    kith_gaps_options options = { .least = 1, .size_cap = 12 };

    add_link("A1", "L1", "frequents", 0, "", "");
    add_link("C4", "L1", "frequents", 0, "", "");
    cr_expect_null(strstr(answer(&options), "A1,C4"));
    options.adults = true;
    cr_expect_not_null(strstr(answer(&options), "A1,C4,1,"));
}

Test(gaps, options_out_of_range_are_refused)
{
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_table table = { 0 };

    cr_expect(eq(int,
                 kith_gaps_report(&table, &network,
                                  &(kith_gaps_options){ .least = 0, .size_cap = 12 }, NULL),
                 KITH_USAGE));
    cr_expect(eq(
        int,
        kith_gaps_report(&table, &network, &(kith_gaps_options){ .least = 1, .size_cap = 1 }, NULL),
        KITH_USAGE));
    kith_table_free(&table);
    kith_network_free(&network);
}
