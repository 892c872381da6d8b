/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_retention.c: who is due, by which record, and what a review decided.
 *
 * The rules of a new hub: convicted 10 years, alleged 6, everything else 6. Days are counted by hand. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/erase.h"
#include "kith/import.h"
#include "kith/layer.h"
#include "kith/retention.h"

enum { ID, STATE, REVIEW_ON, GROUP, LAST, RULE, RECORDS, KEEP_UNTIL, CONTROLLERS, DECISION, REASON, COLUMNS };
enum { NOW = 1656633600 };

static kith_error err;
static kith_store *store;
static kith_table table;
static kith_kind listed = KITH_PERSON;

static void set_up(void)
{
    begin_hub();
    set_origin("police", "R1", "");
    add_person("P1", "1980-01-01");
    add_person("P2", "1980-01-01");
    add_person("P3", "1980-01-01");
    add_event("E1", "incident", "2010-02-28", "", 0);
    add_event("E2", "incident", "2012-02-29", "", 0);
    add_part("E1", "P1", "victim");
    add_convicted_part("E1", "P2", "convicted_perpetrator", "C1");
    add_part("E2", "P3", "alleged_perpetrator");
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK), "%s", err.message);
}

static void tear_down(void)
{
    kith_table_free(&table);
    kith_store_close(store);
    end_hub();
}

TestSuite(retention, .init = set_up, .fini = tear_down);

static kith_view on(const char *day)
{
    kith_view view = view_of(day, 365);

    view.user = "steward";
    return view;
}

/* "P1 review,P2 kept,": who is listed on a day, and as what. */
static void expect_due(const char *day, int days, bool all, const char *expected)
{
    const kith_view view = on(day);
    char got[512] = "";
    size_t used = 0;

    kith_table_free(&table);
    cr_assert(eq(int, kith_retention_due(&table, store, &view, &(kith_due_options){ listed, days, all }, &err), KITH_OK), "%s", err.message);
    for (size_t r = 0; r < kith_table_rows(&table); r++)
        used += (size_t)snprintf(got + used, sizeof got - used, "%s %s %s,", table.cells[r * COLUMNS + ID].text,
                                 table.cells[r * COLUMNS + STATE].text, table.cells[r * COLUMNS + REVIEW_ON].text);
    cr_expect(eq(str, got, (char *)expected), "on %s", day);
}

static kith_status decide(const char *id, const char *day, const char *until, const char *reason)
{
    const kith_view view = on(day);
    kith_review review = { .erase = until == NULL, .reason = reason };

    if (until != NULL)
        cr_assert(kith_day_read(&review.until, until));
    return kith_retention_decide(store, &view, id, &review, NOW, &err);
}

Test(retention, who_is_due_depends_on_the_day_and_the_group)
{
    expect_due("2016-02-27", 0, false, "");
    expect_due("2016-02-27", 1, false, "P1 review 2016-02-28,");
    expect_due("2016-02-28", 0, false, "P1 review 2016-02-28,");
    expect_due("2018-02-27", 0, false, "P1 review 2016-02-28,");
    expect_due("2018-02-28", 0, false, "P1 review 2016-02-28,P3 review 2018-02-28,");
    expect_due("2020-02-28", 0, false, "P1 review 2016-02-28,P3 review 2018-02-28,P2 review 2020-02-28,");
    expect_due("2016-02-27", 0, true, "P1 kept 2016-02-28,P3 kept 2018-02-28,P2 kept 2020-02-28,");
    cr_expect(eq(str, table.cells[0 * COLUMNS + GROUP].text, "4"));
    cr_expect(eq(str, table.cells[2 * COLUMNS + GROUP].text, "2"));
}

Test(retention, a_new_record_begins_the_years_anew)
{
    add_link("P1", "P2", "friend", 0, "2015-01-01", "2015-06-30");
    expect_due("2020-12-31", 0, false, "P3 review 2018-02-28,");
    expect_due("2021-06-30", 0, false, "P3 review 2018-02-28,P1 review 2021-06-30,P2 review 2021-06-30,");
}

Test(retention, records_that_are_one_person_are_reviewed_as_one)
{
    run_sql("INSERT INTO sameness SELECT row, (SELECT row FROM entity WHERE id = 'P1') FROM entity WHERE id IN ('P1', 'P3')");
    expect_due("2018-02-28", 0, false, "P1 review 2018-02-28,");
    cr_expect(eq(i64, table.cells[RECORDS].integer, 2));
}

Test(retention, what_is_kept_is_due_again_on_its_day)
{
    cr_assert(eq(int, decide("P1", "2016-03-01", "2019-01-01", "a sibling is open to us"), KITH_OK), "%s", err.message);
    expect_due("2018-12-31", 0, false, "P3 review 2018-02-28,");
    expect_due("2019-01-01", 0, false, "P3 review 2018-02-28,P1 review 2019-01-01,");
    cr_expect(eq(str, table.cells[COLUMNS + DECISION].text, "keep until 2019-01-01, 2016-03-01, by steward"));
    cr_expect(eq(str, table.cells[COLUMNS + REASON].text, "a sibling is open to us"));
    expect_due("2016-02-29", 0, false, "P1 review 2016-02-28,");
}

Test(retention, what_is_to_be_erased_is_listed_until_somebody_does_it)
{
    const kith_view view = on("2016-03-01");
    kith_table answer;

    cr_assert(eq(int, decide("P2", "2016-03-01", NULL, "no ground to hold it"), KITH_OK), "%s", err.message);
    expect_due("2016-03-01", 0, false, "P1 review 2016-02-28,P2 to be erased 2020-02-28,");
    cr_assert(eq(int, kith_erase(&answer, store, &view, "P2", false, &err), KITH_OK), "%s", err.message);
    kith_table_free(&answer);
    expect_due("2016-03-01", 0, false, "P1 review 2016-02-28,");
    cr_assert(eq(int, kith_retention_decisions(&answer, store, &view, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&answer), 0));
    kith_table_free(&answer);
}

Test(retention, a_review_without_a_reason_is_none)
{
    cr_expect(eq(int, decide("P1", "2016-03-01", "2019-01-01", ""), KITH_USAGE));
    cr_expect(eq(int, decide("P1", "2016-03-01", "2019-01-01", " \n"), KITH_USAGE));
    cr_expect(eq(int, decide("P1", "2016-03-01", "2019-01-01", "\xFF"), KITH_USAGE));
    cr_expect(eq(int, decide("P1", "2016-03-01", "2016-03-01", "why"), KITH_USAGE), "no later day");
    cr_expect(eq(int, decide("E1", "2016-03-01", "2019-01-01", "why"), KITH_USAGE));
    cr_expect(eq(int, decide("P9", "2016-03-01", "2019-01-01", "why"), KITH_NOT_FOUND));
    expect_due("2016-03-01", 0, false, "P1 review 2016-02-28,");
}

static kith_status set_rules(const char *text)
{
    const kith_view view = on("2016-03-01");
    FILE *in = fmemopen((void *)text, strlen(text), "r");

    cr_assert(ne(ptr, in, NULL));
    const kith_status status = kith_retention_set(store, &view, in, "rules.csv", &err);
    fclose(in);
    return status;
}

#define HEADER "review_group,years,until_age,kind,word,role,source,label\n"

Test(retention, a_teams_rules_hold_in_their_order)
{
    cr_assert(eq(int, set_rules(HEADER "none,,,event,,convicted_perpetrator,,no period\nshort,1,40,,,,police,one year\n"),
                 KITH_OK), "%s", err.message);
    expect_due("2100-01-01", 0, false, "P1 review 2011-02-28,P3 review 2013-02-28,");
    cr_expect(eq(str, table.cells[KEEP_UNTIL].text, "2020-01-01"));
    cr_expect(eq(sz, table.note_count, 2), "and P2's group has no years, which is said");
}

Test(retention, rules_with_a_fault_change_nothing)
{
    static const char *const faulty[] = { HEADER ",6,,,,,,\n", HEADER "a,six,,,,,,\n", HEADER "a,6,,person,,,,\n", HEADER,
                                          "group,years\na,6\n", HEADER "a,151,,,,,,\n", HEADER "a,-1,,,,,,\n", "\n" };

    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++)
        cr_expect(eq(int, set_rules(faulty[i]), KITH_INPUT), "%zu: %s", i, faulty[i]);
    expect_due("2016-02-28", 0, false, "P1 review 2016-02-28,");
}

Test(retention, controllers_are_those_of_the_sources)
{
    const kith_view view = on("2016-03-01");
    const kith_source_right right = { "police", "protecting children", "law-enforcement", "the force", 0 };

    expect_due("2016-03-01", 0, false, "P1 review 2016-02-28,");
    cr_expect(eq(str, table.cells[CONTROLLERS].text, "?"));
    cr_assert(eq(int, kith_source_set(store, &view, &right, NOW, &err), KITH_OK), "%s", err.message);
    expect_due("2016-03-01", 0, false, "P1 review 2016-02-28,");
    cr_expect(eq(str, table.cells[CONTROLLERS].text, "the force"));
}

Test(retention, a_right_has_a_purpose_a_basis_and_a_controller)
{
    const kith_view view = on("2016-03-01");
    const kith_source_right faulty[] = { { "police", "", "consent", "c", 0 },    { "police", "p", "consent", " ", 0 },
                                         { "police", "p", "because", "c", 0 },   { "police", "p", NULL, "c", 0 },
                                         { "", "p", "consent", "c", 0 },         { "police", NULL, "consent", "c", 0 } };

    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++)
        cr_expect(eq(int, kith_source_set(store, &view, &faulty[i], NOW, &err), KITH_USAGE), "%zu", i);
    cr_assert(eq(int, kith_source_list(&table, store, &view, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&table), 1));
    cr_expect(eq(str, table.cells[7].text, "not said"));
}

static kith_status load(const char *source)
{
    static const char text[] = "person_id,name\nP9,New\n";
    const kith_view view = on("2016-03-01");
    const kith_import_text file = { "persons.csv", text, sizeof text - 1 };
    kith_import_report report = { 0 };
    const kith_status status = kith_import(&report, store, &view, NULL, 0,
                                           &(kith_import_options){ .texts = &file, .text_count = 1, .source = source }, &err);

    kith_import_report_free(&report);
    return status;
}

Test(retention, a_load_without_a_right_is_refused_where_the_hub_needs_one)
{
    const kith_view view = on("2016-03-01");
    const kith_source_right police = { "police", "p", "law-enforcement", "the force", 0 },
                            school = { "school", "p", "public-task", "the council", 0 };

    cr_assert(eq(int, kith_source_set(store, &view, &police, NOW, &err), KITH_OK));
    cr_assert(eq(int, kith_source_require(store, true, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, load("school"), KITH_POLICY));
    cr_expect(ne(ptr, strstr(err.message, "school"), NULL), "%s", err.message);
    cr_expect(eq(int, kith_retention_of(&table, store, &view, "P9", &err), KITH_NOT_FOUND), "nothing of it is kept");
    kith_table_free(&table);
    cr_assert(eq(int, kith_source_set(store, &view, &school, NOW, &err), KITH_OK), "before the first load");
    cr_expect(eq(int, load("school"), KITH_OK), "%s", err.message);
}

Test(retention, what_others_sent_without_a_right_does_not_stop_a_source_that_has_one)
{
    const kith_view view = on("2016-03-01");
    const kith_source_right school = { "school", "p", "public-task", "the council", 0 };

    cr_assert(eq(int, kith_source_set(store, &view, &school, NOW, &err), KITH_OK));
    cr_assert(eq(int, kith_source_require(store, true, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, load("police"), KITH_POLICY), "it has sent before, and has none");
    cr_expect(eq(ptr, strstr(err.message, "school"), NULL), "%s", err.message);
    cr_expect(eq(int, load("school"), KITH_OK), "%s", err.message);
}

/* "P1 2010-02-28,": who has left, and since when. */
static void expect_left(const char *day, const char *expected)
{
    const kith_view view = on(day);
    char got[256] = "";
    size_t used = 0;

    kith_table_free(&table);
    cr_assert(eq(int, kith_retention_left(&table, store, &view, NULL, &err), KITH_OK), "%s", err.message);
    for (size_t r = 0; r < kith_table_rows(&table); r++)
        used += (size_t)snprintf(got + used, sizeof got - used, "%s %s,", table.cells[r * 3].text,
                                 table.cells[r * 3 + 1].text);
    cr_expect(eq(str, got, (char *)expected), "on %s", day);
}

Test(retention, whose_links_and_events_have_all_expired_has_left)
{
    add_person("P4", "1980-01-01");
    expect_left("2010-12-31", "");
    expect_left("2011-12-31", "P1 2010-02-28,P2 2010-02-28,");
    add_link("P1", "P3", "friend", 0, "2010-01-01", "2011-06-30");
    expect_left("2011-12-31", "P2 2010-02-28,");
    expect_left("2012-07-01", "P1 2011-06-30,P2 2010-02-28,");
    cr_expect(eq(str, table.cells[2].text, "the last link, friend, ended on this day"));
    add_link("P2", "P3", "friend", 0, "2009-01-01", "");
    expect_left("2012-07-01", "P1 2011-06-30,");
}

/* The ids that are marked, "P1,P2,". */
static void expect_expired(const char *day, const char *expected)
{
    const kith_view view = on(day);
    kith_network network;
    bool *expired;
    size_t count, used = 0;
    char got[256] = "";

    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_retention_expired(&expired, &count, store, &network, &err), KITH_OK), "%s", err.message);
    for (size_t i = 0; i < network.thing_count; i++)
        if (expired[i])
            used += (size_t)snprintf(got + used, sizeof got - used, "%s,", network.things[i].id);
    cr_expect(eq(str, got, (char *)expected), "on %s", day);
    free(expired);
    kith_network_free(&network);
}

Test(retention, whoever_has_left_is_marked_in_a_network_of_the_window)
{
    add_place("L1", "home");
    add_event("E3", "incident", "2010-12", "", 0);
    add_event("E4", "incident", "", "", 0);
    add_person("P4", "");
    add_person("P5", "");
    add_part("E3", "P4", "victim");
    add_part("E4", "P5", "victim");
    expect_expired("2010-12-31", "");
    expect_expired("2011-12-30", "P1,P2,");
    expect_left("2011-12-30", "P1 2010-02-28,P2 2010-02-28,");
    expect_expired("2011-12-31", "P1,P2,P4,");
    add_link("P1", "L1", "lives_at", 0, "2009-01-01", "");
    add_link("P2", "L1", "lives_at", 0, "2009-01-01", "2010-06-01");
    expect_expired("2011-12-31", "P2,P4,");
    expect_left("2011-12-31", "P2 2010-06-01,P4 2010-12-31,");
    run_sql("INSERT INTO sameness SELECT row, (SELECT row FROM entity WHERE id = 'P1') FROM entity WHERE id IN ('P1', 'P2')");
    expect_expired("2011-12-31", "P4,");
}

Test(retention, with_all_dates_nobody_has_left)
{
    kith_view view = on("2011-12-31");
    kith_network network;
    bool *expired;
    size_t count;

    view.all_dates = true;
    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_retention_expired(&expired, &count, store, &network, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(sz, count, 0));
    free(expired);
    kith_network_free(&network);
}

/* In two events of 2010: a person of the layer of 2011 only where somebody asks for everybody. */
Test(retention, whoever_has_left_is_no_node_of_a_layer_that_leaves_them_out)
{
    const kith_view view = on("2011-12-31");
    kith_layer_options options = { .layer = KITH_LAYER_TOGETHER, .who = KITH_WHO_ALL };
    kith_network network;
    kith_layer layer;
    bool *expired;
    size_t count;

    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_retention_expired(&expired, &count, store, &network, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_layer_build(&layer, &network, &options, &err), KITH_OK));
    cr_expect(eq(sz, layer.graph.node_count, 3));
    kith_layer_free(&layer);
    options.expired = expired;
    cr_assert(eq(int, kith_layer_build(&layer, &network, &options, &err), KITH_OK));
    cr_expect(eq(sz, layer.graph.node_count, 1));
    cr_expect(eq(sz, layer.expired_count, 2));
    kith_layer_free(&layer);
    free(expired);
    kith_network_free(&network);
}

Test(retention, places_groups_and_objects_are_reviewed_by_the_same_rules)
{
    add_place("L1", "park");
    add_place("L2", "home");
    add_group("G1", "");
    add_object("O1", "phone");
    add_event("E3", "incident", "2012-05-01", "L1", 0);
    add_link("P1", "L2", "lives_at", 0, "2011-01-01", "2011-06-30");
    add_link("P2", "G1", "member_of", 0, "2012-01-01", "2013-01-31");
    add_link("P2", "O1", "uses", 0, "2012-01-01", "2014-01-31");
    listed = KITH_LOCATION;
    expect_due("2018-05-01", 0, true, "L2 review 2017-06-30,L1 review 2018-05-01,");
    cr_expect(eq(i64, table.cells[COLUMNS + RECORDS].integer, 1), "the event there");
    cr_assert(eq(int, decide("L2", "2018-05-01", "2020-01-01", "a search goes on"), KITH_OK), "%s", err.message);
    expect_due("2018-05-01", 0, false, "L1 review 2018-05-01,");
    listed = KITH_GROUP;
    expect_due("2019-01-31", 0, false, "G1 review 2019-01-31,");
    listed = KITH_OBJECT;
    expect_due("2020-01-31", 0, false, "O1 review 2020-01-31,");
    listed = KITH_PERSON;
    kith_table_free(&table);
    const kith_view view = on("2018-05-01");
    cr_assert(eq(int, kith_retention_of(&table, store, &view, "L1", &err), KITH_OK), "%s", err.message);
    cr_expect(eq(sz, kith_table_rows(&table), 2), "the event, and the place's own record");
    kith_table_free(&table);
    cr_expect(eq(int, kith_retention_of(&table, store, &view, "E1", &err), KITH_NOT_FOUND));
}

Test(retention, a_pack_says_of_each_source_by_what_right_its_records_are_held)
{
    const kith_view view = on("2016-03-01");
    const kith_source_right school = { "school", "p", "public-task", "the council", 0 },
                            police = { "police", "protecting children", "law-enforcement", "the force", 0 };

    cr_assert(eq(int, kith_source_set(store, &view, &school, NOW, &err), KITH_OK));
    cr_assert(eq(int, kith_source_rights(&table, store, &view, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(sz, kith_table_rows(&table), 1), "the school has sent nothing");
    cr_expect(eq(str, table.cells[0].text, "police"));
    cr_expect(eq(str, table.cells[2].text, "not said"));
    kith_table_free(&table);
    cr_assert(eq(int, kith_source_set(store, &view, &police, NOW, &err), KITH_OK));
    cr_assert(eq(int, kith_source_rights(&table, store, &view, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(str, table.cells[1].text, "protecting children"));
    cr_expect(eq(str, table.cells[3].text, "the force"));
}
