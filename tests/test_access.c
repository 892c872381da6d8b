/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_access.c: who may do what, and see what. Random hubs are in tests/need-to-know. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../engine/store_private.h"
#include "hub.h"
#include "kith/access.h"
#include "kith/audit.h"
#include "kith/record.h"

static kith_error err;
static kith_policy *policy;

/* Rose is in the restricted case of the team east, Bea of two records, Cy and Dan in no case. E1
 * brings Rose and Bea together, E2 Rose alone, E3 Cy and Dan. */
static void make_town(void)
{
    begin_hub();
    cr_assert(eq(int, kith_policy_read(&policy, NULL, NULL, &err), KITH_OK));
    set_origin("school", "S1", "");
    add_place("L1", "school");
    add_place("L2", "home");
    add_person("ROSE", "2008-01-01");
    add_person("BEA", "2008-02-02");
    add_person("CY", "2008-03-03");
    add_person("DAN", "");
    set_origin("police", "X9", "1A");
    add_person("BEA2", "2008-02-02");
    add_event("E1", "missing", "2021-05-01", "L1", 2);
    add_part("E1", "ROSE", "missing");
    add_part("E1", "BEA", "missing");
    add_event("E2", "incident", "2021-05-02", "L2", 3);
    add_part("E2", "ROSE", "victim");
    add_event("E3", "missing", "2021-05-03", "L1", 1);
    add_part("E3", "CY", "missing");
    add_part("E3", "DAN", "missing");
    add_link("ROSE", "CY", "friend", 1, "", "");
    add_link("CY", "DAN", "friend", 1, "", "");
    add_context("ROSE", "peer", "risk", "", "", 1, "2021-05-01", "E1");
    add_context("CY", "peer", "risk", "", "", 1, "2021-05-01", "E2");
    run_sql("UPDATE event SET summary = 'Rose and Bea were found'");
    run_sql("INSERT INTO sameness SELECT e.row, (SELECT row FROM entity WHERE id = 'BEA') FROM entity AS e WHERE id IN ('BEA', 'BEA2')");
    run_sql("INSERT INTO casework (id, restricted, opened_at, opened_by) VALUES ('K1', 1, '', ''), ('K2', 0, '', '')");
    run_sql("INSERT INTO casework_team VALUES (1, 'east'), (2, 'west')");
    run_sql("INSERT INTO casework_entity SELECT 1, row FROM entity WHERE id = 'ROSE'");
    run_sql("INSERT INTO casework_entity SELECT 2, row FROM entity WHERE id = 'CY'");
}

static void drop_town(void)
{
    kith_policy_free(policy);
    end_hub();
}

TestSuite(access, .init = make_town, .fini = drop_town);

/* The hub's user has a role, and is in a team. */
static void make_user(const char *role, const char *team)
{
    char sql[300];

    run_sql("INSERT INTO account (name, agency, added_at, added_by, revoked_at, revoked_by) "
            "VALUES ('open', 'school', '', '', '', '')");
    snprintf(sql, sizeof sql, "INSERT INTO account_role VALUES (1, '%s')", role);
    run_sql(sql);
    snprintf(sql, sizeof sql, "INSERT INTO team_member VALUES ('%s', 1)", team);
    run_sql(sql);
}

static kith_status enter(kith_store *store, kith_view *view, const char *audience)
{
    kith_member *member;
    const kith_audience *whom;

    cr_assert(eq(int, kith_audience_find(&whom, policy, audience, &err), KITH_OK));
    kith_status status = kith_member_read(&member, store, policy, &err);
    if (status == KITH_OK)
        status = kith_member_view(view, store, member, whom, &err);
    kith_member_free(member);
    return status;
}

static kith_store *open_as(const char *audience, kith_view *view)
{
    kith_store *store = open_hub();

    *view = view_of("2021-12-31", 0);
    cr_assert(eq(int, enter(store, view, audience), KITH_OK), "%s", err.message);
    return store;
}

static void expect_ids(const kith_network *network, const char *things, const char *why)
{
    kith_text text = { 0 };

    for (size_t i = 0; i < network->thing_count; i++)
        kith_text_format(&text, "%s%s", i > 0 ? " " : "", network->things[i].id);
    cr_expect(eq(str, (char *)kith_text_string(&text), (char *)things), "%s", why);
    kith_text_free(&text);
}

/* "CY DAN": ids of the people, or of the events, that are seen. */
static void expect_seen(const char *audience, const char *things, const char *events, size_t links,
                        size_t contexts)
{
    kith_view view;
    kith_store *store = open_as(audience, &view);
    kith_network network;
    kith_text text = { 0 };

    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_OK), "%s", err.message);
    expect_ids(&network, things, audience);
    for (size_t i = 0; i < network.event_count; i++)
        kith_text_format(&text, "%s%s", i > 0 ? " " : "", network.events[i].id);
    cr_expect(eq(str, (char *)kith_text_string(&text), (char *)events));
    cr_expect(eq(sz, network.link_count, links));
    kith_text_free(&text);
    kith_network_free(&network);
    kith_rows *rows;
    size_t count = 0;
    cr_assert(eq(int, kith_store_read(&rows, store, &view, KITH_QUERY_LANGUAGE_TEXTS, &err), KITH_OK));
    while (kith_rows_next(rows))
        count += strcmp(kith_rows_text(rows, 2), "summary") == 0;
    cr_expect(eq(int, kith_rows_end(rows, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(sz, count, contexts));
    kith_store_close(store);
}

Test(access, a_hub_without_users_is_its_owners)
{
    expect_seen("case-team", "BEA CY DAN ROSE L1 L2", "E1 E2 E3", 2, 3);
}

/* Nothing of Rose: not the event that is only hers, nor what was written where she was. */
Test(access, the_people_of_a_restricted_case_are_seen_by_its_teams_only)
{
    make_user("chair", "west");
    expect_seen("case-team", "BEA CY DAN L1 L2", "E1 E3", 1, 1);
}

Test(access, a_team_sees_the_people_of_its_restricted_case)
{
    make_user("chair", "east");
    expect_seen("case-team", "BEA CY DAN ROSE L1 L2", "E1 E2 E3", 2, 3);
}

Test(access, a_steward_sees_every_case)
{
    make_user("steward", "west");
    expect_seen("case-team", "BEA CY DAN ROSE L1 L2", "E1 E2 E3", 2, 3);
}

/* Cy's own event, with what was written, without Dan who is in no case of theirs. */
Test(access, a_practitioner_sees_the_people_of_their_cases_and_what_touches_them)
{
    make_user("practitioner", "west");
    expect_seen("case-team", "CY L1", "E3", 0, 0);
}

Test(access, a_practitioner_without_a_case_sees_nothing)
{
    make_user("practitioner", "north");
    expect_seen("case-team", "", "", 0, 0);
}

/* R9: BEA2's origin has conditions, and BEA is one with it. */
Test(access, several_records_of_one_person_follow_the_strictest)
{
    run_sql("UPDATE origin SET handling = 'C', conditions = 'police only' WHERE report_ref = 'X9' "
            "AND row = (SELECT origin FROM entity WHERE id = 'BEA2')");
    run_sql("UPDATE event SET origin = (SELECT origin FROM entity WHERE id = 'CY')");
    run_sql("UPDATE participation SET origin = (SELECT origin FROM entity WHERE id = 'CY')");
    expect_seen("school", "CY DAN ROSE L1 L2", "E1 E2 E3", 0, 0);
    run_sql("DELETE FROM sameness");
    expect_seen("school", "BEA CY DAN ROSE L1 L2", "E1 E2 E3", 0, 0);
}

Test(access, an_agency_sees_its_own_records)
{
    kith_policy_free(policy);
    cr_assert(eq(int, kith_policy_read(&policy, NULL, "[role partner]\nagencies = own\n", &err), KITH_OK));
    make_user("partner", "west");
    expect_seen("school", "CY DAN L1 L2", "", 0, 0); /* BEA2 is the police's, and one with BEA */
    run_sql("DELETE FROM sameness");
    expect_seen("school", "BEA CY DAN L1 L2", "", 0, 0);
}

static void expect_things(const char *audience, const char *things, const char *why)
{
    kith_view view;
    kith_store *store = open_as(audience, &view);
    kith_network network;

    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_OK), "%s", err.message);
    expect_ids(&network, things, why);
    kith_network_free(&network);
    kith_store_close(store);
}

/* The user is of the school. BEA2 is the police's record, the others are the school's. */
Test(access, agencies_are_those_that_role_and_audience_both_allow)
{
    static const char both[] = "BEA BEA2 CY DAN ROSE L1 L2", school[] = "BEA CY DAN ROSE L1 L2";
    static const struct {
        const char *role, *audience, *things;
    } cases[] = {
        { "all", "all", both },           { "police", "all", "BEA2" },        { "police, school", "all", both },
        { "police", "school", "" },       { "police, school", "school", school }, { "health, police", "police, health", "BEA2" },
        { "own", "all", school },         { "own", "police", "" },            { "own", "health, school", school },
        { "own", "own", school },         { "all", "own", school },           { "all", "police", "BEA2" },
        { "police", "own", "" },          { "school", "own", school },        { "polic", "all", "" },
        { "policeman", "all", "" },       { "all", "polic", "" },             { "police", "policeman", "" },
        { "policeman", "police", "" },    { "own", "schools", "" },          { "policeman", "own", "" },
    };
    char text[300];

    run_sql("DELETE FROM sameness");
    make_user("chair", "east");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(text, sizeof text, "[role chair]\nagencies = %s\n[audience case-team]\nagencies = %s\n",
                 cases[i].role, cases[i].audience);
        kith_policy_free(policy);
        cr_assert(eq(int, kith_policy_read(&policy, NULL, text, &err), KITH_OK), "%s", err.message);
        expect_things("case-team", cases[i].things, text);
    }
}

/* An owner is of no agency. */
Test(access, an_audience_of_ones_own_agency_shows_who_has_none_nothing)
{
    kith_policy_free(policy);
    cr_assert(eq(int, kith_policy_read(&policy, NULL, "[audience case-team]\nagencies = own\n", &err), KITH_OK), "%s", err.message);
    expect_things("case-team", "", "an owner");
}

/* By the store itself: the user's agency, one of a list, or none. */
Test(access, bounds_name_agencies_by_a_list_and_as_the_users_own)
{
    static const struct {
        bool own;
        const char *agency, *agencies, *things;
    } cases[] = {
        { true, "school", "", "BEA CY DAN ROSE L1 L2" }, { true, "", "police\n", "BEA2" },
        { true, NULL, "", "" },                          { false, "school", "health\npolice\n", "BEA2" },
    };
    const kith_view view = view_of("2021-12-31", 0);
    int64_t withheld = -1;

    run_sql("DELETE FROM sameness");
    kith_store *store = open_hub();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const kith_bounds bounds = { .limits = { KITH_MAY_ALL, KITH_HANDLING_ALL, false, cases[i].own, cases[i].agencies },
                                     .cases = KITH_CASES_ALL, .agency = cases[i].agency };
        kith_network network;
        cr_assert(eq(int, kith_store_bound(store, &bounds, &err), KITH_OK), "%s", err.message);
        cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_OK), "%s", err.message);
        expect_ids(&network, cases[i].things, "bounds");
        kith_network_free(&network);
    }
    cr_assert(eq(int, kith_store_bound(store, NULL, &err), KITH_OK));
    cr_expect(eq(int, kith_store_withheld(&withheld, store, &err), KITH_OK));
    cr_expect(eq(i64, withheld, 0), "nothing is kept back without bounds");
    kith_store_close(store);
}

/* What is read goes on beside an entry of the log; but not when the views that it reads are gone. */
Test(access, a_reading_without_its_views_ends)
{
    kith_view view;
    kith_rows *rows, *others;

    make_user("chair", "west");
    kith_store *store = open_as("case-team", &view);
    cr_assert(eq(int, kith_store_read(&rows, store, &view, KITH_QUERY_ENTITY_IDS, &err), KITH_OK), "%s", err.message);
    cr_assert(kith_rows_next(rows));
    cr_expect(eq(int, kith_audit_add(store, &(kith_audit_entry){ .act = KITH_AUDIT_CONSULTATION, .what = "show" }, &err), KITH_OK));
    cr_assert(kith_rows_next(rows), "an entry of the log ends no reading");
    sqlite3_set_authorizer(store->seen.db, NULL, NULL);
    cr_assert(eq(int, sqlite3_exec(store->seen.db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK), "as when memory fails");
    cr_expect(eq(int, kith_store_read(&others, store, &view, KITH_QUERY_WORD_ALL, &err), KITH_IO), "before the first has ended");
    cr_expect(not(kith_rows_next(rows)));
    cr_expect(eq(int, kith_rows_end(rows, &err), KITH_IO));
    cr_expect(strstr(err.message, "try again") != NULL, "%s", err.message);
    cr_assert(eq(int, kith_store_read(&rows, store, &view, KITH_QUERY_WORD_ALL, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, kith_rows_end(rows, &err), KITH_OK));
    kith_store_close(store);
}

/* The usual audience when a role serves it, else the agency's own, else partners, else the usual, to be refused. */
Test(access, the_audience_is_one_that_a_role_serves)
{
    static const struct {
        const char *policy, *audience;
    } cases[] = {
        { "", "case-team" },
        { "[role chair]\naudiences = school, partner\n", "school" },
        { "[role chair]\naudiences = partner\n", "partner" },
        { "[role chair]\naudiences = police\n", "case-team" },
    };

    make_user("chair", "east");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kith_store *store = open_hub();
        kith_member *member;

        kith_policy_free(policy);
        cr_assert(eq(int, kith_policy_read(&policy, NULL, cases[i].policy, &err), KITH_OK), "%s", err.message);
        cr_assert(eq(int, kith_member_read(&member, store, policy, &err), KITH_OK));
        cr_expect(eq(str, (char *)kith_member_audience(member, "case-team"), (char *)cases[i].audience));
        kith_member_free(member);
        kith_store_close(store);
    }
}

Test(access, an_audience_that_the_policy_does_not_have_is_nobodys)
{
    kith_store *store = open_hub();
    kith_member *member;

    cr_assert(eq(int, kith_member_read(&member, store, policy, &err), KITH_OK));
    cr_expect(eq(str, (char *)kith_member_audience(member, "nowhere"), "partner"), "an owner, who is of no agency");
    kith_member_free(member);
    kith_store_close(store);
}

Test(access, a_role_prepares_answers_for_its_audiences_only)
{
    kith_view view = view_of("2021-12-31", 0);
    kith_store *store = open_hub();

    make_user("practitioner", "west");
    cr_expect(eq(int, enter(store, &view, "public"), KITH_POLICY));
    cr_expect(strstr(err.message, "prepares no answers for the audience public") != NULL, "%s", err.message);
    kith_store_close(store);
}

Test(access, somebody_without_an_account_is_refused)
{
    kith_view view = view_of("2021-12-31", 0);
    kith_store *store = open_hub();

    run_sql("INSERT INTO account (name, agency, added_at, added_by, revoked_at, revoked_by) "
            "VALUES ('other', '', '', '', '', '')");
    cr_expect(eq(int, enter(store, &view, "case-team"), KITH_POLICY));
    cr_expect(strstr(err.message, "has no account in this hub") != NULL, "%s", err.message);
    run_sql("INSERT INTO account (name, agency, added_at, added_by, revoked_at, revoked_by) "
            "VALUES ('open', '', '', '', '2021-01-01', 'other')");
    run_sql("INSERT INTO account_role VALUES (2, 'steward')");
    cr_expect(eq(int, enter(store, &view, "case-team"), KITH_POLICY));
    cr_expect(strstr(err.message, "has no account any more") != NULL, "%s", err.message);
    kith_store_close(store);
}

Test(access, a_role_that_the_policy_does_not_have_lets_nobody_in)
{
    kith_view view = view_of("2021-12-31", 0);
    kith_store *store = open_hub();

    make_user("king", "west");
    cr_expect(eq(int, enter(store, &view, "case-team"), KITH_POLICY));
    cr_expect(strstr(err.message, "has a role that the policy does not have") != NULL, "%s", err.message);
    kith_store_close(store);
}

/* Denied and absent: the same status, the same words but for the name that was asked for. */
Test(access, what_is_hidden_is_answered_as_if_it_were_not_there)
{
    kith_view view;
    kith_kind kind;
    int64_t row;
    char hidden[1024];

    make_user("chair", "west");
    kith_store *store = open_as("case-team", &view);
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "ROSE", &err), KITH_NOT_FOUND));
    snprintf(hidden, sizeof hidden, "%s", err.message + strlen("ROSE"));
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "NONE", &err), KITH_NOT_FOUND));
    cr_expect(eq(str, hidden, err.message + strlen("NONE")));
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "E2", &err), KITH_NOT_FOUND));
    kith_store_close(store);
}

/* Rose, E2, her link and two contexts: hers, and the one of E2. */
Test(access, those_who_work_on_the_case_hear_how_much_is_kept_back)
{
    kith_view view;

    make_user("chair", "west");
    kith_store *store = open_as("case-team", &view);
    cr_expect(eq(i64, view.withheld, 5));
    kith_store_close(store);
    store = open_as("school", &view);
    cr_expect(eq(i64, view.withheld, 0));
    cr_expect(view.silent);
    kith_store_close(store);
}

static sqlite3_stmt *query(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    cr_assert(eq(int, sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK), "%s: %s", sql,
              sqlite3_errmsg(db));
    return statement;
}

/* "a,b,": the columns of a table or view. */
static void list_columns(kith_text *out, sqlite3 *db, const char *schema, const char *name)
{
    char sql[200];

    snprintf(sql, sizeof sql, "SELECT * FROM %s.%s", schema, name);
    sqlite3_stmt *statement = query(db, sql);
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        kith_text_format(out, "%s,", sqlite3_column_name(statement, i));
    sqlite3_finalize(statement);
}

/* A table that is added later is met by no statement until need_to_know_views.sql says who sees it. */
Test(access, every_table_of_the_hub_has_a_view_in_its_place)
{
    kith_view view;

    make_user("chair", "west");
    kith_store *store = open_as("case-team", &view);
    cr_assert(eq(int, kith_seen_open(store, &err), KITH_OK), "%s", err.message);
    sqlite3_set_authorizer(store->seen.db, NULL, NULL);
    sqlite3_stmt *tables = query(store->seen.db, "SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view') "
                                                 "AND name NOT LIKE 'sqlite_%'");
    int count = 0;
    for (; sqlite3_step(tables) == SQLITE_ROW; count++) {
        const char *name = (const char *)sqlite3_column_text(tables, 0);
        kith_text there = { 0 }, here = { 0 };
        sqlite3_stmt *found = query(store->seen.db, "SELECT 1 FROM temp.sqlite_schema WHERE type = 'view' AND name = ?");
        sqlite3_bind_text(found, 1, name, -1, SQLITE_STATIC);
        cr_expect(eq(int, sqlite3_step(found), SQLITE_ROW), "%s has no view in need_to_know_views.sql", name);
        sqlite3_finalize(found);
        list_columns(&there, store->seen.db, "main", name);
        list_columns(&here, store->seen.db, "temp", name);
        const bool rowid = strncmp(here.data, "rowid,", 6) == 0;
        cr_expect(eq(str, here.data + (rowid ? 6 : 0), there.data), "%s", name);
        kith_text_free(&there);
        kith_text_free(&here);
    }
    cr_expect(gt(int, count, 40));
    sqlite3_finalize(tables);
    kith_store_close(store);
}

/* The words or sources that are listed, in order of the alphabet. */
static void expect_listed(kith_store *store, const char *what, const char *listed)
{
    char sql[200];

    snprintf(sql, sizeof sql, "SELECT group_concat(text, ' ') FROM (SELECT %s AS text FROM temp.%s ORDER BY 1)",
             strcmp(what, "word") == 0 ? "text" : "name", what);
    sqlite3_stmt *list = query(store->seen.db, sql);
    cr_assert(eq(int, sqlite3_step(list), SQLITE_ROW));
    cr_expect(eq(str, (char *)(uintptr_t)sqlite3_column_text(list, 0), (char *)(uintptr_t)listed));
    sqlite3_finalize(list);
}

/* Rose's incident, as its victim, is hidden with her. The mentor and what health sent come after many records. */
Test(access, words_and_sources_are_listed_as_the_records_that_are_seen_use_them)
{
    kith_view view;

    make_user("chair", "west");
    run_sql("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
            "INSERT INTO link (from_entity, to_entity, kind, valence, weight, valid_from, valid_to, conviction_ref, "
            "notes, extra, digest, nth, origin, batch) "
            "SELECT from_entity, to_entity, kind, valence, weight, valid_from, valid_to, conviction_ref, notes, extra, "
            "digest, nth + i, origin, batch FROM link, n WHERE row = 2");
    set_origin("health", "H1", "");
    add_link("CY", "DAN", "mentor", 1, "", "");
    for (int hidden = 0; hidden < 2; hidden++) {
        kith_store *store = open_as("case-team", &view);
        cr_assert(eq(int, kith_seen_open(store, &err), KITH_OK), "%s", err.message);
        sqlite3_set_authorizer(store->seen.db, NULL, NULL);
        expect_listed(store, "word", hidden ? "friend home missing school" : "friend home mentor missing school");
        expect_listed(store, "source", hidden ? "police school" : "health police school");
        kith_store_close(store);
        run_sql("UPDATE link SET from_entity = (SELECT row FROM entity WHERE id = 'ROSE') "
                "WHERE kind = (SELECT row FROM word WHERE text = 'mentor')");
    }
}

/* What names main's tables passes by the views: only what is listed here, each for its reason. */
Test(access, no_statement_passes_by_the_views)
{
    for (kith_query i = 0; i < KITH_QUERY_COUNT; i++)
        if (strcmp(kith_query_name(i), "find_unready") != 0) /* where to look, never the answer */
            cr_expect(strstr(kith_queries[i].bytes, "main.") == NULL, "%s", kith_query_name(i));
}

/* While somebody writes, what they may not see stays hidden from them. */
Test(access, a_change_looks_up_what_may_be_seen)
{
    kith_view view = view_of("2021-12-31", 0);
    kith_store *store;
    kith_kind kind;
    int64_t row;

    make_user("chair", "west");
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, enter(store, &view, "case-team"), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "ROSE", &err), KITH_NOT_FOUND));
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "CY", &err), KITH_OK));
    cr_expect(eq(int, kith_store_commit(store, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "ROSE", &err), KITH_NOT_FOUND));
    cr_assert(eq(int, kith_store_begin_load(store, 0, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "ROSE", &err), KITH_OK));
    kith_store_rollback(store);
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "ROSE", &err), KITH_NOT_FOUND));
    kith_store_close(store);
}

Test(access, the_first_user_leaves_the_owner_a_steward)
{
    static const char *const chair[] = { "chair", NULL }, *const nobody[] = { "king", NULL };
    const kith_view view = view_of("2021-12-31", 0);
    kith_store *store;

    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_expect(eq(int, kith_account_add(store, &view, policy, "ash", nobody, "", 0, &err), KITH_USAGE));
    cr_expect(eq(int, kith_account_add(store, &view, policy, "ash", chair, "", 0, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, kith_account_add(store, &view, policy, "ash", chair, "", 0, &err), KITH_POLICY));
    cr_expect(eq(int, kith_account_change(store, &view, policy, "open", chair, NULL, &err), KITH_POLICY));
    cr_expect(strstr(err.message, "no steward would be left") != NULL, "%s", err.message);
    cr_expect(eq(int, kith_account_revoke(store, &view, "open", 0, &err), KITH_POLICY));
    cr_expect(eq(int, kith_account_revoke(store, &view, "bo", 0, &err), KITH_NOT_FOUND));
    cr_expect(eq(int, kith_account_revoke(store, &view, "ash", 0, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
}

Test(access, the_first_user_may_be_who_adds_them)
{
    static const char *const steward[] = { "steward", NULL }, *const chair[] = { "chair", NULL };
    kith_view view = view_of("2021-12-31", 0);
    kith_store *store;
    kith_table table;

    view.user = "open";
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_expect(eq(int, kith_account_add(store, &view, policy, "open", chair, "", 0, &err), KITH_POLICY), "no steward");
    cr_expect(eq(int, kith_account_add(store, &view, policy, "open", steward, "", 0, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_account_table(&table, store, &view, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(sz, kith_table_rows(&table), 1));
    cr_expect(eq(str, table.cells[1].text, "steward"));
    kith_table_free(&table);
    kith_store_close(store);
}

static const char *cell_of(const kith_table *table, const char *row, size_t column)
{
    for (size_t r = 0; r < kith_table_rows(table); r++)
        if (strcmp(table->cells[r * table->column_count].text, row) == 0)
            return table->cells[r * table->column_count + column].text;
    return "no such row";
}

static void expect_account(kith_store *store, const char *roles, const char *agency, const char *teams)
{
    const kith_view view = view_of("2021-12-31", 0);
    kith_table table;

    cr_assert(eq(int, kith_account_table(&table, store, &view, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(str, (char *)cell_of(&table, "ash", 1), (char *)roles));
    cr_expect(eq(str, (char *)cell_of(&table, "ash", 2), (char *)agency));
    cr_expect(eq(str, (char *)cell_of(&table, "ash", 3), (char *)teams));
    cr_expect(eq(str, (char *)cell_of(&table, "bo", 2), "health"), "nobody else's is touched");
    kith_table_free(&table);
}

static void expect_case(kith_store *store, const char *access, const char *teams, const char *members)
{
    const kith_view view = view_of("2021-12-31", 0);
    kith_table table;

    cr_assert(eq(int, kith_case_table(&table, store, &view, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(str, (char *)cell_of(&table, "K9", 1), (char *)access));
    cr_expect(eq(str, (char *)cell_of(&table, "K9", 2), (char *)teams));
    cr_expect(eq(str, (char *)cell_of(&table, "K9", 3), (char *)members));
    cr_expect(eq(str, (char *)cell_of(&table, "K1", 3), "ROSE"), "no other case is touched");
    kith_table_free(&table);
}

Test(access, accounts_teams_and_cases_read_as_they_were_made)
{
    static const char *const two[] = { "analyst", "chair", NULL }, *const one[] = { "chair", NULL };
    static const char *const ash[] = { "ash", NULL }, *const both[] = { "CY", "ROSE", NULL }, *const rose[] = { "ROSE", NULL };
    const kith_view view = view_of("2021-12-31", 0);
    kith_store *store;

    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_account_add(store, &view, policy, "bo", one, "health", 0, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_account_add(store, &view, policy, "ash", two, "police", 0, &err), KITH_OK), "%s", err.message);
    expect_account(store, "analyst, chair", "police", "");
    cr_assert(eq(int, kith_account_change(store, &view, policy, "ash", one, "school", &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_team_set(store, &view, "east", ash, true, &err), KITH_OK), "%s", err.message);
    expect_account(store, "chair", "school", "east");
    cr_assert(eq(int, kith_team_set(store, &view, "east", ash, false, &err), KITH_OK), "%s", err.message);
    expect_account(store, "chair", "school", "");

    static const char *const with_nobody[] = { "nobody", "ash", NULL }, *const all[] = { "bo", "ash", NULL };
    cr_expect(eq(int, kith_team_set(store, &view, "east", with_nobody, true, &err), KITH_NOT_FOUND));
    expect_account(store, "chair", "school", "");
    cr_assert(eq(int, kith_team_set(store, &view, "north", all, true, &err), KITH_OK), "%s", err.message);
    expect_account(store, "chair", "school", "north");

    kith_case_change change = { .id = "K9", .members = both, .team = "east", .restrict_it = true };
    cr_assert(eq(int, kith_case_set(store, &view, &change, 0, &err), KITH_OK), "%s", err.message);
    expect_case(store, "restricted", "east", "CY, ROSE");
    change = (kith_case_change){ .id = "K9", .members = rose, .drop = true, .open_it = true };
    cr_assert(eq(int, kith_case_set(store, &view, &change, 0, &err), KITH_OK), "%s", err.message);
    expect_case(store, "open", "east", "CY");
    kith_store_close(store);
}

Test(access, names_that_are_none_are_refused)
{
    static const char *const chair[] = { "chair", NULL }, *const none[] = { NULL }, *const ash[] = { "ash", NULL };
    static const char *const names[] = { "", "tab\there", "rub\x7Fout", "not UTF-8 \xC3",
                                         "sixty-five-bytes-are-one-more-than-a-user-of-a-key-may-have-....." };
    const kith_view view = view_of("2021-12-31", 0);
    kith_store *store;

    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_expect(eq(int, kith_account_add(store, &view, policy, names[i], chair, "", 0, &err), KITH_USAGE), "%zu", i);
        cr_expect(eq(int, kith_team_set(store, &view, names[i], ash, true, &err), KITH_USAGE), "%zu", i);
        cr_expect(eq(int, kith_case_set(store, &view, &(kith_case_change){ .id = names[i] }, 0, &err), KITH_USAGE), "%zu", i);
        cr_expect(eq(int, kith_case_set(store, &view, &(kith_case_change){ .id = "K1", .team = names[i] }, 0, &err), KITH_USAGE), "%zu", i);
    }
    char most[65] = { 0 };
    memset(most, 'm', 64);
    cr_expect(eq(int, kith_account_add(store, &view, policy, most, chair, "", 0, &err), KITH_OK), "64 bytes: %s", err.message);
    cr_expect(eq(int, kith_account_add(store, &view, policy, "ash", none, "", 0, &err), KITH_USAGE));
    cr_expect(eq(int, kith_account_change(store, &view, policy, most, none, NULL, &err), KITH_USAGE));
    cr_expect(eq(int, kith_case_set(store, &view, &(kith_case_change){ .id = "K9", .drop = true }, 0, &err), KITH_NOT_FOUND));
    cr_expect(eq(int, kith_account_revoke(store, &view, most, 0, &err), KITH_OK));
    cr_expect(eq(int, kith_account_revoke(store, &view, most, 0, &err), KITH_NOT_FOUND));
    cr_expect(strstr(err.message, "revoked already") != NULL, "%s", err.message);
    kith_store_close(store);
}

Test(access, what_is_in_no_row_or_column_of_the_table_is_for_nobody)
{
    cr_expect(eq(ptr, (void *)kith_operation_name(100000), NULL));
    cr_expect(not(kith_operation_allows(100000, "steward")));
    cr_expect(not(kith_operation_allows(0, "king")));
    cr_expect(not(kith_operation_role("king")));
    cr_expect(not(kith_operation_role("")));
    cr_expect(not(kith_operation_role(kith_operation_name(0))));
}

/* A row an operation, a column a role: what the table does not allow is refused, for every pair. */
Test(access, every_role_may_do_what_the_table_says_and_nothing_else)
{
    const kith_duty *duty;
    char command[64], sql[100];

    make_user("steward", "west");
    for (size_t d = 0; (duty = kith_policy_duty(policy, d)) != NULL; d++) {
        snprintf(sql, sizeof sql, "UPDATE account_role SET role = '%s'", duty->name);
        run_sql(sql);
        kith_store *store = open_hub();
        kith_member *member;
        cr_assert(eq(int, kith_member_read(&member, store, policy, &err), KITH_OK), "%s", err.message);
        for (size_t i = 0; kith_operation_name(i) != NULL; i++) {
            snprintf(command, sizeof command, "%s", kith_operation_name(i));
            char *word = strchr(command, ' ');
            const char *words[] = { word != NULL ? word + 1 : NULL, NULL };
            if (word != NULL)
                *word = '\0';
            bool allowed = kith_operation_allows(i, duty->name);
            for (size_t k = 0; word != NULL && kith_operation_name(k) != NULL; k++) /* the command itself, too */
                if (strcmp(kith_operation_name(k), command) == 0)
                    allowed = allowed && kith_operation_allows(k, duty->name);
            cr_expect(eq(int, kith_member_may(member, command, words, &err), allowed ? KITH_OK : KITH_POLICY),
                      "%s: %s", duty->name, kith_operation_name(i));
        }
        static const char *const none[] = { NULL };
        cr_expect(eq(int, kith_member_may(member, "sing", none, &err), KITH_POLICY));
        cr_expect(eq(int, kith_member_may(member, "backu", none, &err), KITH_POLICY), "the beginning of a name is none");
        kith_member_free(member);
        kith_store_close(store);
    }
}
