/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pack.c: a mapping meeting's pack: a number and a row for each line, an action or none for each thing,
 * nothing that has no purpose, and no more on the map than can be read. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/pack.h"

static kith_pack pack;
static kith_error err;

/* Two friends and the park where one was hurt; somebody apart. */
static void make_town(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_person("P3", "2008-01-01");
    add_place("L1", "park");
    set_origin("school", "S1", "1B");
    add_link("P1", "P2", "friend", 0, "", "");
    set_origin("police", "R1", "2B");
    add_event("E1", "incident", "2022-06-20", "L1", 2);
    add_part("E1", "P1", "victim");
    set_origin("", "", "");
    run_sql("INSERT INTO action (id, subject, context, goal, action, due, owner_role, measure_of_success, status, extra, origin, batch)"
            " SELECT 'A-' || id, row, '', '', 'Ring ' || id, '2022-06-27', 'worker', '', 'open', '', origin, batch FROM entity"
            " WHERE id = 'L1'");
}

static void drop(void)
{
    kith_pack_free(&pack);
    end_hub();
}

TestSuite(pack, .init = make_town, .fini = drop);

static kith_status pack_of(const char *id, int hops, size_t most)
{
    const char *const ids[] = { id };
    kith_store *store = open_hub();
    kith_network network = network_of(view_of("2022-06-30", 365));
    const kith_pack_options options = { .ids = ids, .id_count = id != NULL, .hops = hops, .most = most,
                                        .names = KITH_NAMES_INITIALS, .seed = 1 };

    kith_pack_free(&pack);
    const kith_status status = kith_pack_make(&pack, store, &network, &options, &err);
    kith_network_free(&network);
    kith_store_close(store);
    return status;
}

static const char *cell(const kith_table *table, size_t row, size_t column)
{
    return table->cells[row * table->column_count + column].text;
}

Test(pack, each_line_has_a_number_and_a_row_with_its_source)
{
    cr_assert(eq(int, pack_of("P1", 1, 60), KITH_OK), "%s", err.message);
    cr_assert(eq(sz, pack.scene.node_count, 3));
    cr_assert(eq(sz, pack.scene.tie_count, 2));
    cr_assert(eq(sz, kith_table_rows(&pack.ties), 2));
    for (size_t i = 0; i < 2; i++) {
        char number[16];
        snprintf(number, sizeof number, "%zu", i + 1);
        cr_expect(eq(str, (char *)cell(&pack.ties, i, 0), number));
        cr_expect(eq(int, strncmp(pack.scene.ties[i].label, number, strlen(number)), 0), "%s", pack.scene.ties[i].label);
        const bool friend = strcmp(cell(&pack.ties, i, 3), "friend") == 0;
        cr_expect(eq(str, (char *)cell(&pack.ties, i, 6), friend ? "school S1, 1B" : "police R1, 2B"));
        cr_expect(eq(str, (char *)cell(&pack.ties, i, 4), friend ? "solid" : "dashed"));
    }
}

Test(pack, everything_on_the_map_has_an_action_or_says_that_it_has_none)
{
    cr_assert(eq(int, pack_of("P1", 1, 60), KITH_OK), "%s", err.message);
    cr_assert(eq(sz, kith_table_rows(&pack.actions), 3));
    size_t none = 0;
    for (size_t i = 0; i < 3; i++)
        none += strcmp(cell(&pack.actions, i, 1), "No action.") == 0;
    cr_expect(eq(sz, none, 2));
    cr_expect(eq(sz, pack.count, 1));
    cr_expect(eq(sz, pack.shown_count, 3), "who is on the map is in the record of disclosure, and nobody else");
}

Test(pack, a_map_of_more_than_can_be_read_says_what_is_left_out)
{
    char id[16];

    for (int i = 10; i < 40; i++) {
        snprintf(id, sizeof id, "P%d", i);
        add_person(id, "2008-01-01");
        add_link("P1", id, "friend", 0, "", "");
    }
    cr_assert(eq(int, pack_of("P1", 1, 10), KITH_OK), "%s", err.message);
    cr_expect(le(sz, pack.scene.node_count, 10));
    cr_expect(ne(ptr, strstr(pack.scene.footer, "Too much to be read at once"), NULL), "%s", pack.scene.footer);
    cr_expect(eq(sz, kith_table_rows(&pack.ties), pack.scene.tie_count));
}

Test(pack, nobody_and_somebody_unknown_are_refused)
{
    cr_expect(eq(int, pack_of(NULL, 1, 60), KITH_USAGE));
    cr_expect(eq(int, pack_of("P99", 1, 60), KITH_NOT_FOUND));
}

static kith_status read_meeting(const char *text)
{
    kith_meeting meeting;
    FILE *in = fmemopen((void *)text, strlen(text), "r");

    const kith_status status = kith_meeting_read(&meeting, in, "m", &err);
    fclose(in);
    kith_meeting_free(&meeting);
    return status;
}

Test(pack, a_meeting_without_a_purpose_gets_none)
{
    cr_expect(eq(int, read_meeting("purpose: x\nchair: y\nattendees: z\noutcome: w\nreview: 2022-07-28\n"), KITH_OK));
    cr_expect(eq(int, read_meeting("chair: y\nattendees: z\noutcome: w\nreview: 2022-07-28\n"), KITH_POLICY));
    cr_expect(ne(ptr, strstr(err.message, "purpose"), NULL), "%s", err.message);
    cr_expect(eq(int, read_meeting("purpose: x\npurpose: y\n"), KITH_INPUT));
}
