/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_contexts.c: a subject's context items come out of the hub as they are weighed. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <string.h>

#include "hub.h"
#include "kith/contexts.h"

enum { HOME, PEER, SCHOOL, NEIGHBOURHOOD, ONLINE };

static kith_error err;

static void make_group(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_group("G2", "peer_group");
}

TestSuite(contexts, .init = make_group, .fini = end_hub);

static kith_contexts contexts_of(const char *id, const char *as_of, int days)
{
    kith_store *store = open_hub();
    const kith_view view = view_of(as_of, days);
    kith_contexts contexts;
    kith_subject subject;
    char *ids[] = { (char *)id };

    cr_assert(eq(int, kith_subject_read(&subject, store, &view, ids, 1, &err), KITH_OK), "%s",
              err.message);
    cr_assert(eq(int, kith_contexts_read(&contexts, store, &view, &subject, NULL, &err), KITH_OK),
              "%s", err.message);
    kith_subject_free(&subject);
    kith_store_close(store);
    return contexts;
}

static kith_status refusal_of(const char *id)
{
    kith_store *store = open_hub();
    const kith_view view = view_of("2022-06-30", 100);
    kith_contexts contexts = { 0 };
    kith_subject subject;
    char *ids[] = { (char *)id };
    kith_status status = kith_subject_read(&subject, store, &view, ids, 1, &err);

    if (status == KITH_OK)
        status = kith_contexts_read(&contexts, store, &view, &subject, NULL, &err);
    cr_expect(eq(ptr, contexts.items, NULL));
    kith_subject_free(&subject);
    kith_store_close(store);
    return status;
}

/* The answer as a table. Free it and the contexts. */
static kith_table answer_of(const kith_contexts *contexts, const char *as_of)
{
    const kith_view view = view_of(as_of, 1);
    kith_weigh weigh;
    kith_table table = { 0 };

    cr_assert(eq(int,
                 kith_weigh_build(&weigh, contexts->items, contexts->count, view.as_of,
                                  &kith_weigh_default, &err),
                 KITH_OK),
              "%s", err.message);
    cr_assert(eq(int, kith_contexts_table(&table, contexts, &weigh, NULL, &err), KITH_OK));
    kith_weigh_free(&weigh);
    return table;
}

static const kith_cell *cell(const kith_table *table, size_t row, const char *column)
{
    size_t c = 0;

    while (strcmp(table->columns[c].name, column) != 0)
        cr_assert(lt(sz, ++c, table->column_count), "there is no column %s", column);
    return &table->cells[row * table->column_count + c];
}

static bool has_note(const kith_table *table, const char *begins, const char *holds)
{
    for (size_t i = 0; i < table->note_count; i++)
        if (strncmp(table->notes[i], begins, strlen(begins)) == 0 &&
            strstr(table->notes[i], holds) != NULL)
            return true;
    return false;
}

static const char *fact(const kith_table *table, const char *key)
{
    for (size_t i = 0; i < table->fact_count; i++)
        if (strcmp(table->fact_keys[i], key) == 0)
            return table->fact_values[i];
    return "";
}

static void add_school_case(void)
{
    set_origin("police", "", "1A");
    add_context("G2", "peer", "risk", "", "", 3, "2022-06-20", "");
    add_context("G2", "peer", "risk", "", "", 2, "2022-06-10", "");
    set_origin("police", "", "1B");
    add_context("G2", "school", "risk", "", "", 3, "2022-06-05", "");
    set_origin("police", "", "2C");
    add_context("G2", "school", "risk", "", "", 2, "2022-06-15", "");
    set_origin("police", "", "1A");
    add_context("G2", "school", "drives", "peer", "", 3, "2022-06-18", "");
    add_context("G2", "home", "protective", "", "", 2, "2022-06-15", "");
}

Test(contexts, the_worked_school_case_comes_out_of_a_hub_as_worked)
{
    add_school_case();
    kith_contexts contexts = contexts_of("G2", "2022-06-30", 365);
    kith_table table = answer_of(&contexts, "2022-06-30");

    cr_assert(eq(sz, kith_table_rows(&table), 5));
    cr_expect(epsilon_eq(dbl, 100 * cell(&table, SCHOOL, "share")->number, 57.1, 0.05));
    cr_expect(epsilon_eq(dbl, 100 * cell(&table, SCHOOL, "own_share")->number, 43.0, 0.05));
    cr_expect(eq(str, (char *)fact(&table, "verdict"), "no clear lead, discuss"));
    cr_expect(eq(str, (char *)fact(&table, "runs_led"),
                 "peer 21, school 69 of 90; a clear lead takes 10 points and 80 % of the runs"));
    cr_expect(has_note(&table, "the lead hangs on: school risk, severity 3, 1B", "(context:3)"));
    cr_expect(has_note(&table, "the lead hangs on: school drives peer", "(context:5)"));
    cr_expect(has_note(&table, "opinion: school drives peer", "(context:5)"));
    cr_expect(has_note(&table, "strength: home protective", "(context:6)"));
    cr_expect(has_note(&table, "limits: not validated", "not a prediction"));
    kith_table_free(&table);
    kith_contexts_free(&contexts);
}

Test(contexts, what_is_not_recorded_has_empty_cells_and_no_zero)
{
    add_school_case();
    kith_contexts contexts = contexts_of("G2", "2022-06-30", 365);
    kith_table table = answer_of(&contexts, "2022-06-30");

    cr_expect(eq(str, cell(&table, ONLINE, "recorded")->text, "nothing recorded"));
    cr_expect(cell(&table, ONLINE, "share")->missing);
    cr_expect(cell(&table, ONLINE, "risk")->missing);
    cr_expect(eq(str, cell(&table, HOME, "recorded")->text, "no risk recorded"));
    cr_expect(eq(i64, cell(&table, HOME, "items")->integer, 1));
    cr_expect(eq(i64, cell(&table, HOME, "agencies")->integer, 1));
    cr_expect(eq(str, cell(&table, HOME, "newest")->text, "2022-06-15"));
    cr_expect(eq(dbl, cell(&table, HOME, "ungraded")->number, 0));
    cr_expect(epsilon_eq(dbl, cell(&table, SCHOOL, "drives_peer")->number, 0.495, 0.0005));
    cr_expect(cell(&table, PEER, "drives_school")->missing);
    cr_expect(eq(dbl, cell(&table, HOME, "share")->number, 0));
    kith_table_free(&table);
    kith_contexts_free(&contexts);
}

Test(contexts, a_subject_without_items_has_nothing_recorded_in_five_rows)
{
    kith_contexts contexts = contexts_of("P1", "2022-06-30", 365);
    kith_table table = answer_of(&contexts, "2022-06-30");

    cr_assert(eq(sz, kith_table_rows(&table), 5));
    for (size_t row = 0; row < 5; row++)
        cr_expect(eq(str, cell(&table, row, "recorded")->text, "nothing recorded"));
    cr_expect(eq(str, (char *)fact(&table, "verdict"), "nothing recorded"));
    cr_expect(has_note(&table, "limits", "not validated"), "also of an empty result");
    kith_table_free(&table);
    kith_contexts_free(&contexts);
}

Test(contexts, items_after_as_of_and_before_a_given_window_are_counted_and_left_out)
{
    add_context("P1", "home", "risk", "", "", 1, "2022-07-01", "");
    add_context("P1", "home", "risk", "", "", 1, "2022-06", "");
    add_context("P1", "home", "risk", "", "", 1, "2022-05-01", "");
    add_context("P1", "home", "risk", "", "", 1, "", "");

    kith_contexts contexts = contexts_of("P1", "2022-06-30", 30);
    cr_expect(eq(sz, contexts.count, 2), "June, as its last day, and what has no date");
    cr_expect(eq(sz, contexts.later, 1));
    cr_expect(eq(sz, contexts.older, 1));
    cr_expect(eq(int, contexts.items[1].nature, KITH_STANDING));
    kith_contexts_free(&contexts);
    contexts = contexts_of("P1", "2022-06-29", 30);
    cr_expect(eq(sz, contexts.count, 1), "a month that has not ended is not yet there");
    kith_contexts_free(&contexts);
}

Test(contexts, one_report_of_two_agencies_is_listed_twice_and_counted_once)
{
    add_event("E1", "incident", "2022-06-01", "", 0);
    set_origin("school", "R1", "");
    add_context("P1", "school", "risk", "", "", 3, "2022-06-01", "E1");
    set_origin("police", "R1", "1B");
    add_context("P1", "school", "risk", "", "", 3, "2022-06-01", "");
    kith_contexts contexts = contexts_of("P1", "2022-06-01", 1);
    kith_table table = answer_of(&contexts, "2022-06-01");

    cr_expect(eq(str, (char *)contexts.items[0].incident, "E1"));
    cr_expect(epsilon_eq(dbl, cell(&table, SCHOOL, "risk")->number, 1 - exp(-3 * 0.85 / 4), 1e-12));
    cr_expect(eq(i64, cell(&table, SCHOOL, "items")->integer, 1));
    cr_expect(has_note(&table, "same incident or report", "(context:1)"));
    kith_table_free(&table);
    kith_contexts_free(&contexts);
}

Test(contexts, an_item_suspected_to_be_false_and_a_missing_severity_are_listed_apart)
{
    set_origin("police", "", "1E");
    add_context("P1", "online", "risk", "", "", 3, "2022-06-01", "");
    set_origin("", "", "");
    add_context("P1", "peer", "risk", "", "", 0, "2022-06-01", "");
    kith_contexts contexts = contexts_of("P1", "2022-06-01", 1);
    kith_table table = answer_of(&contexts, "2022-06-01");

    cr_expect(eq(str, cell(&table, ONLINE, "recorded")->text, "nothing recorded"));
    cr_expect(has_note(&table, "suspected to be false, listed and not counted", "(context:1)"));
    cr_expect(has_note(&table, "severity not given, counted as 1", "(context:2)"));
    cr_expect(eq(i64, cell(&table, PEER, "items")->integer, 1));
    cr_expect(eq(i64, cell(&table, PEER, "agencies")->integer, 0));
    cr_expect(eq(dbl, cell(&table, PEER, "ungraded")->number, 1));
    kith_table_free(&table);
    kith_contexts_free(&contexts);
}

Test(contexts, scales_stand_beside_and_a_spread_of_three_is_pointed_out)
{
    run_sql("INSERT INTO scale (person, rated_on, rater, score, extra, digest, nth, origin, batch)"
            " SELECT e.row, s.column1, s.column2, s.column3, '', randomblob(16), 1, 1, 1"
            " FROM entity AS e, (VALUES ('2022-01-01', 'worker', 9), ('2022-06-01', 'worker', 4),"
            " ('2022-06-01', 'parent', NULL), ('2022-06-02', 'child', 1),"
            " ('2022-08-01', 'child', 10)) AS s WHERE e.id = 'P1'");
    kith_contexts contexts = contexts_of("P1", "2022-06-30", 30);
    kith_table table = answer_of(&contexts, "2022-06-30");

    cr_expect(
        has_note(&table, "safety scales",
                 "worker 4 (2022-06-01), parent not asked (2022-06-01), child 1 (2022-06-02)"));
    cr_expect(has_note(&table, "the safety scales lie 3 apart", ""));
    kith_table_free(&table);
    kith_contexts_free(&contexts);
    contexts = contexts_of("P1", "2022-01-31", 30);
    table = answer_of(&contexts, "2022-01-31");
    cr_expect(has_note(&table, "safety scales", "worker 9 (2022-01-01), parent nothing recorded"));
    cr_expect(not(has_note(&table, "the safety scales lie", "")));
    kith_table_free(&table);
    kith_contexts_free(&contexts);
}

Test(contexts, what_cannot_be_weighed_is_refused_with_its_reason)
{
    add_event("E1", "incident", "2022-06-01", "", 0);
    add_object("O1", "phone");
    cr_expect(eq(int, refusal_of("P9"), KITH_NOT_FOUND));
    cr_expect(eq(int, refusal_of("E1"), KITH_USAGE));
    cr_expect(eq(str, err.message,
                 "E1 is an event; contexts are weighed for a person, a group or a place"));
    cr_expect(eq(int, refusal_of("O1"), KITH_USAGE));
    add_context("P1", "placement", "risk", "", "", 1, "2022-06-01", "");
    cr_expect(eq(int, refusal_of("P1"), KITH_INPUT));
    cr_expect(eq(str, err.message,
                 "context:1: placement is not among home, peer, school, neighbourhood and online; "
                 "correct the record and load it again"));
}

Test(contexts, conditions_travel_with_every_mention_of_an_item)
{
    set_origin("health", "H1", "1A");
    run_sql("UPDATE origin SET handling = 'C', conditions = 'not to be told to the family'"
            " WHERE report_ref = 'H1'");
    add_context("P1", "home", "protective", "", "", 1, "2022-06-01", "");
    kith_contexts contexts = contexts_of("P1", "2022-06-01", 1);
    kith_table table = answer_of(&contexts, "2022-06-01");

    cr_expect(has_note(&table, "strength: home protective",
                       "[shared with conditions: not to be told to the family]"));
    kith_table_free(&table);
    kith_contexts_free(&contexts);
}
