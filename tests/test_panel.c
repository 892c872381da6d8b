/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/contexts.h"
#include "kith/panel.h"

enum { HOME, PEER, SCHOOL, NEIGHBOURHOOD, ONLINE };

static kith_error err;

static void make_hub(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_group("G1", "peer_group");
}

TestSuite(panel, .init = make_hub, .fini = end_hub);

static kith_status read_words(kith_panel *panel, const char *first, const char *second)
{
    char *words[] = { (char *)first, (char *)second };

    return kith_panel_read(panel, words, second != NULL ? 2 : 1, &err);
}

static kith_status record(const char *id, const char *words, const char *on, const char *reason)
{
    kith_store *store;
    kith_view view = view_of("2022-12-31", 365);
    kith_panel panel;
    int32_t day;

    cr_assert(kith_day_read(&day, on));
    cr_assert(eq(int, read_words(&panel, words, NULL), KITH_OK));
    view.user = "chair";
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    const kith_status status =
        kith_panel_record(store, &view, id, &panel, day, reason, 1656633600, &err);
    kith_store_close(store);
    return status;
}

static kith_table notes_of(const char *id, const char *as_of)
{
    kith_store *store = open_hub();
    const kith_view view = view_of(as_of, 365);
    kith_table table = { 0 };
    kith_kind kind;
    int64_t row;

    cr_assert(eq(int, kith_record_find(&kind, &row, store, &view, id, &err), KITH_OK));
    cr_assert(eq(int, kith_panel_notes(&table, store, &view, row, &err), KITH_OK));
    kith_store_close(store);
    return table;
}

Test(panel, percentages_sum_to_a_hundred_and_the_highest_leads)
{
    kith_panel panel;

    cr_assert(eq(int, read_words(&panel, "school=60", "peer=40"), KITH_OK));
    cr_expect(eq(int, panel.lead, SCHOOL));
    cr_expect(panel.percent);
    cr_expect(eq(dbl, panel.share[PEER], 40));
    cr_assert(eq(int, read_words(&panel, "school=50", "peer=50"), KITH_OK));
    cr_expect(eq(int, panel.lead, -1), "of equals none leads");
    cr_assert(eq(int, read_words(&panel, "online", NULL), KITH_OK));
    cr_expect(eq(int, panel.lead, ONLINE));
    cr_expect(not(panel.percent));
    cr_assert(eq(int, read_words(&panel, "none", NULL), KITH_OK));
    cr_expect(eq(int, panel.lead, -1));
}

Test(panel, what_is_no_weighting_is_refused)
{
    static const char *const bad[][2] = { { "street", NULL },        { "school=60", "peer=30" },
                                          { "school=x", NULL },      { "school=", NULL },
                                          { "school=150", "peer=-50" }, { "school", "peer" },
                                          { "school=50", "school=50" }, { "=100", NULL },
                                          { "school=nan", NULL },    { "", NULL } };
    kith_panel panel;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_expect(eq(int, read_words(&panel, bad[i][0], bad[i][1]), KITH_USAGE), "%s", bad[i][0]);
    cr_expect(eq(int, kith_panel_read(&panel, NULL, 0, &err), KITH_USAGE));
}

Test(panel, a_later_weighting_stands_beside_the_earlier_one)
{
    cr_assert(eq(int, record("G1", "school", "2022-03-01", "The threat comes first"), KITH_OK));
    cr_assert(eq(int, record("G1", "peer", "2022-06-01", "They keep one another safe"), KITH_OK));
    kith_table table = notes_of("G1", "2022-06-30");
    cr_assert(eq(sz, table.note_count, 2));
    cr_assert(eq(sz, table.fact_count, 1));
    cr_expect(eq(str, table.fact_values[0], "peer leads, on 2022-06-01"));
    cr_expect(eq(str, table.notes[0], "the panel's own weighting of 2022-06-01 (recorded by chair, "
                                      "2022-07-01): peer leads: They keep one another safe"));
    cr_expect(eq(str, table.notes[1], "the panel's own weighting of 2022-03-01 (recorded by chair, "
                                      "2022-07-01): school leads: The threat comes first"));
    kith_table_free(&table);
    table = notes_of("G1", "2022-05-31");
    cr_expect(eq(sz, table.note_count, 1), "a panel that has not met yet has not decided");
    kith_table_free(&table);
    table = notes_of("P1", "2022-06-30");
    cr_expect(eq(sz, table.note_count, 0));
    kith_table_free(&table);
}

Test(panel, it_changes_nothing_that_is_computed)
{
    kith_store *store;
    const kith_view view = view_of("2022-06-30", 365);
    kith_subject subject;
    kith_contexts contexts;
    char *ids[] = { "G1" };
    double shares[2];

    add_context("G1", "school", "risk", "", "", 2, "2022-06-01", "");
    add_context("G1", "peer", "risk", "", "", 1, "2022-06-01", "");
    for (int i = 0; i < 2; i++) {
        kith_weigh weigh;
        store = open_hub();
        cr_assert(eq(int, kith_subject_read(&subject, store, &view, ids, 1, &err), KITH_OK));
        cr_assert(eq(int, kith_contexts_read(&contexts, store, &view, &subject, NULL, &err), KITH_OK));
        cr_assert(eq(int, kith_weigh_build(&weigh, contexts.items, contexts.count, view.as_of, &kith_weigh_default, &err), KITH_OK));
        shares[i] = weigh.contexts[SCHOOL].share;
        kith_weigh_free(&weigh);
        kith_contexts_free(&contexts);
        kith_subject_free(&subject);
        kith_store_close(store);
        cr_assert(eq(int, record("G1", "peer", "2022-06-01", "We think otherwise"), KITH_OK));
    }
    cr_expect(eq(dbl, shares[0], shares[1]));
}

Test(panel, a_weighting_needs_a_reason_and_a_subject)
{
    char *long_reason = calloc(KITH_PANEL_REASON_SIZE + 2, 1);

    memset(long_reason, 'x', KITH_PANEL_REASON_SIZE + 1);
    add_event("E1", "incident", "2022-06-01", "", 0);
    cr_expect(eq(int, record("G1", "school", "2022-03-01", ""), KITH_USAGE));
    cr_expect(eq(int, record("G1", "school", "2022-03-01", " \n"), KITH_USAGE));
    cr_expect(eq(int, record("G1", "school", "2022-03-01", "\xff"), KITH_USAGE));
    cr_expect(eq(int, record("G1", "school", "2022-03-01", long_reason), KITH_USAGE));
    cr_expect(eq(int, record("P9", "school", "2022-03-01", "x"), KITH_NOT_FOUND));
    cr_expect(eq(int, record("E1", "school", "2022-03-01", "x"), KITH_USAGE));
    kith_table table = notes_of("G1", "2022-12-31");
    cr_expect(eq(sz, table.note_count, 0), "nothing of it was kept");
    kith_table_free(&table);
    free(long_reason);
}

/* G1 has a risk in school from 1 March and one at home from 1 May; nothing else happens, so
 * between the other days only the half-lives move the shares. */
Test(panel, a_history_tells_what_is_new_from_what_only_fades)
{
    kith_store *store;
    kith_view view = view_of("2022-06-30", 365);
    kith_subject subject;
    kith_table table = { 0 };
    char *ids[] = { "G1" };

    set_origin("police", "", "1A");
    add_context("G1", "school", "risk", "", "", 2, "2022-03-01", "");
    add_context("G1", "home", "risk", "", "condition", 2, "2022-05-01", "");
    set_origin("police", "", "1E");
    add_context("G1", "online", "risk", "", "", 2, "2022-05-01", "");
    store = open_hub();
    view.since = INT32_MIN;
    cr_assert(eq(int, kith_subject_read(&subject, store, &view, ids, 1, &err), KITH_OK));
    cr_assert(eq(int,
                 kith_contexts_history(&table, store, &view, &subject, NULL, &kith_weigh_default,
                                       kith_day(2022, 2, 20), 30, &err),
                 KITH_OK));
    cr_assert(eq(sz, kith_table_rows(&table), 5), "2 March, 1 April, 1 May, 31 May and 30 June");
    const size_t width = table.column_count;
    cr_assert(eq(str, table.columns[width - 2].name, "new"));
    cr_expect(eq(str, table.cells[0].text, "2022-03-02"));
    cr_expect(table.cells[width - 2].missing);
    cr_expect(eq(i64, table.cells[2 * width + width - 2].integer, 1));
    cr_expect(eq(str, table.cells[2 * width + width - 1].text, "context:2"));
    cr_expect(eq(i64, table.cells[3 * width + width - 2].integer, 0));
    cr_expect(eq(i64, table.cells[4 * width + width - 2].integer, 0));
    cr_expect(gt(dbl, table.cells[4 * width + 1].number, table.cells[3 * width + 1].number),
              "a condition fades more slowly than an incident, so its share grows");
    cr_expect(table.cells[4 * width + 5].missing, "what is graded E is in no context");
    kith_table_free(&table);
    kith_subject_free(&subject);
    kith_store_close(store);
}
