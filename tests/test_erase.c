/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marker words are put into everything that is recorded of one person, and looked for in the
 * bytes of the hub (an open one, whose bytes can be read) and of its audit log. */
#define _GNU_SOURCE /* memmem */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/access.h"
#include "kith/audit.h"
#include "kith/check.h"
#include "kith/decision.h"
#include "kith/erase.h"
#include "kith/find.h"
#include "kith/import.h"
#include "kith/panel.h"
#include "kith/record.h"
#include "kith/remember.h"
#include "support.h"
#include "../engine/store_private.h"

static kith_error err;
static kith_view view;
static char *folder, *hub;

static const struct {
    const char *file, *text;
} files[] = {
    { "persons.csv", "person_id,name,aliases,dob,postcode,address,identifiers,notes,school_id\n"
                     "zqmark1,Zqmarkname Zqmarksurname,Zqmarkalias,2008-03-04,NG1 1ZZ,1 Zqmarkstreet,nhs=zqmark99,zqmarknote,S1\n"
                     "P2,Ordinary Person,,2008-01-01,,,,,S1\n"
                     "P3,Another Person,,2008-01-02,,,,her friend Zqmarkname Zqmarksurname,S1\n" },
    { "locations.csv", "location_id,name,kind\nS1,A school,school\nH1,Zqmarkhome,home\nT1,A takeaway,takeaway\n" },
    { "events.csv", "event_id,kind,occurred_at,location_id,summary\n"
                    "E1,missing,2022-01-05,T1,zqmarkevent alone\nE2,incident,2022-02-05,T1,with another\n" },
    { "participations.csv", "event_id,person_id,role\nE1,zqmark1,missing\nE2,zqmark1,victim\nE2,P2,victim\n" },
    { "links.csv", "from_id,to_id,kind,notes\nzqmark1,P2,friend,zqmarklink\nzqmark1,H1,lives_at,\n" },
    { "contexts.csv", "subject_id,context,valence,severity,observed_on,summary\n"
                      "zqmark1,peer,risk,2,2022-02-05,zqmarkcontext\n" },
    { "flags.csv", "person_id,flag,holder\nzqmark1,CIN,zqmarkholder\n" },
    { "constraints.csv", "person_id,other_id,kind,imposed_by\nP2,zqmark1,no_contact,zqmarkcourt\n" },
    { "assessments.csv", "assessment_id,person_id,tool,assessed_on,level\nzqmarkA,zqmark1,CSE,2022-02-06,zqmarklevel\n" },
    { "indicators.csv", "assessment_id,item,status,text\nzqmarkA,strong.4,current,zqmarkitem\n" },
    { "scales.csv", "person_id,on,rater,score\nzqmark1,2022-02-06,worker,4\n" },
    { "actions.csv", "action_id,subject_id,goal,action\nzqmarkX,zqmark1,zqmarkgoal,zqmarkaction\n" },
};

static kith_store *opened(void)
{
    kith_store *store;

    cr_assert(eq(int, kith_store_open(&store, hub, NULL, KITH_READ_WRITE, &err), KITH_OK), "%s", err.message);
    return store;
}

static void load_folder(kith_store *store)
{
    const char *paths[] = { folder };
    kith_import_report report;

    cr_assert(eq(int, kith_import(&report, store, &view, paths, 1, NULL, &err), KITH_OK), "%s", err.message);
    kith_import_report_free(&report);
}

static void write_named(const char *name, const char *text)
{
    char *path = path_in(folder, name);

    write_file(path, text, strlen(text));
    free(path);
}

static void make_hub(void)
{
    cr_assert(sodium_init() >= 0);
    folder = make_folder();
    char *kept = make_folder();
    hub = path_in(kept, "hub.kith");
    free(kept);
    view = view_of("2022-12-31", 365);
    view.user = "open";
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        write_named(files[i].file, files[i].text);
    cr_assert(eq(int, kith_store_create(hub, NULL, &err), KITH_OK));
    kith_store *store = opened();
    load_folder(store);
    write_named("persons.csv", "person_id,name,aliases\nzqmark1,Zqmarkname Zqmarksurname,Zqmarkalias;Zqmarkother\n");
    load_folder(store); /* a correction, with the value before it */
    kith_store_close(store);
}

static void drop_hub(void)
{
    *strrchr(hub, '/') = '\0';
    drop_folder(hub);
    drop_folder(folder);
}

TestSuite(erase, .init = make_hub, .fini = drop_hub);

static bool holds(const char *ending, const char *marker)
{
    char path[4096];
    size_t size;

    snprintf(path, sizeof path, "%s%s", hub, ending);
    char *bytes = read_file(path, &size);
    bool found = false;
    for (size_t at = 0; !found && at + strlen(marker) <= size; at++)
        found = strncasecmp(bytes + at, marker, strlen(marker)) == 0;
    free(bytes);
    return found;
}

static kith_status erase(const char *id, bool dry_run, kith_table *table)
{
    kith_store *store = opened();
    const kith_status status = kith_erase(table, store, &view, id, dry_run, &err);

    kith_store_close(store);
    return status;
}

static size_t rows_of(const kith_table *table, const char *section)
{
    size_t count = 0;

    for (size_t r = 0; r < kith_table_rows(table); r++)
        count += strcmp(table->cells[r * table->column_count].text, section) == 0;
    return count;
}

static void speak_of_it(kith_store *store)
{
    char *words[] = { "peer" };
    kith_panel panel;
    const char *const id = "zqmark1";

    cr_assert(eq(int, kith_panel_read(&panel, words, 1, &err), KITH_OK));
    cr_assert(eq(int, kith_panel_record(store, &view, id, &panel, view.as_of, "zqmarkreason", 1656633600, &err), KITH_OK));
    cr_assert(eq(int, kith_decision_confirm(store, &view, id, "P3", 1656633600, &err), KITH_OK));
    cr_assert(eq(int, kith_audit_add(store, &(kith_audit_entry){ .act = KITH_AUDIT_DISCLOSURE, .what = "map",
                                                                 .to = "school", .why = "for zqmarkname ZQMARKSURNAME",
                                                                 .ids = &id, .id_count = 1 }, &err), KITH_OK));
}

Test(erase, nothing_of_the_person_is_left_in_any_byte_and_the_rest_stands)
{
    kith_table table;
    kith_store *store = opened();

    speak_of_it(store);
    kith_store_close(store);
    cr_assert(holds("", "zqmark") && holds(".audit", "zqmark"), "the markers are looked for rightly");

    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK), "%s", err.message);
    cr_expect(eq(sz, rows_of(&table, "disclosed"), 1));
    cr_expect(eq(sz, rows_of(&table, "mentioned"), 1), "P3's notes hold the name");
    cr_expect(eq(sz, rows_of(&table, "left"), 1), "H1 was only hers");
    kith_table_free(&table);
    cr_expect(not(holds(".audit", "zqmark")));
    cr_assert(eq(int, erase("H1", false, &table), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    cr_assert(eq(int, erase("P3", false, &table), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    cr_expect(not(holds("", "zqmark")), "a marker is in the hub");

    store = opened();
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_audit_verify(&table, store, &view, NULL, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&table), 0), "an emptied purpose breaks no chain");
    kith_table_free(&table);
    cr_assert(eq(int, kith_find(&table, store, &view, "Ordinary", 20, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&table), 1), "others are found as before");
    kith_table_free(&table);
    kith_store_close(store);
}

Test(erase, a_trial_tells_the_same_and_keeps_everything)
{
    kith_table table, again;
    size_t size;
    char *before = read_file(hub, &size);

    cr_assert(eq(int, erase("zqmark1", true, &table), KITH_OK), "%s", err.message);
    char *after = read_file(hub, NULL);
    cr_expect(eq(int, memcmp(before, after, size), 0));
    cr_assert(eq(int, erase("zqmark1", false, &again), KITH_OK));
    cr_assert(eq(sz, table.cell_count, again.cell_count));
    cr_expect(gt(sz, rows_of(&again, "erased"), 10));
    for (size_t i = 0; i < table.cell_count; i++)
        cr_expect(eq(i64, table.cells[i].integer, again.cells[i].integer));
    kith_table_free(&table);
    kith_table_free(&again);
    free(before);
    free(after);
}

Test(erase, what_others_rest_on_stays_and_what_is_not_there_is_said)
{
    kith_table table;

    cr_expect(eq(int, erase("T1", false, &table), KITH_POLICY));
    kith_table_free(&table);
    cr_expect(eq(int, erase("S1", false, &table), KITH_POLICY));
    kith_table_free(&table);
    cr_expect(eq(int, erase("E1", false, &table), KITH_POLICY));
    kith_table_free(&table);
    cr_expect(eq(int, erase("P99", false, &table), KITH_NOT_FOUND));
    kith_table_free(&table);
}

Test(erase, events_of_others_stay_and_those_of_nobody_go)
{
    kith_table table;
    kith_store *store;
    kith_kind kind;
    int64_t row;

    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK));
    kith_table_free(&table);
    store = opened();
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "E1", &err), KITH_NOT_FOUND));
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "E2", &err), KITH_OK));
    kith_store_close(store);
}

Test(erase, whom_a_case_is_about_is_erased_from_the_case)
{
    const char *const members[] = { "zqmark1", "P2", NULL };
    const kith_case_change change = { .id = "C1", .members = members };
    kith_table table;
    kith_store *store = opened();

    cr_assert(eq(int, kith_case_set(store, &view, &change, 1656633600, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    store = opened();
    cr_assert(eq(int, kith_case_table(&table, store, &view, &err), KITH_OK));
    cr_assert(eq(sz, kith_table_rows(&table), 1));
    bool stays = false;
    for (size_t c = 0; c < table.column_count; c++)
        stays |= table.cells[c].text != NULL && strcmp(table.cells[c].text, "P2") == 0;
    cr_expect(stays, "the case is about P2 alone");
    kith_table_free(&table);
    kith_store_close(store);
}

Test(erase, a_trial_is_a_reading_and_in_the_log)
{
    kith_table table;
    kith_store *store;

    cr_assert(eq(int, erase("zqmark1", true, &table), KITH_OK));
    kith_table_free(&table);
    store = opened();
    const kith_audit_filter filter = { .id = "zqmark1", .act = KITH_AUDIT_CONSULTATION };
    kith_view always = view;
    always.all_dates = true;
    cr_assert(eq(int, kith_audit_list(&table, store, &always, &filter, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&table), 1));
    kith_table_free(&table);
    kith_store_close(store);
}

static void say(kith_store *store, const char *why)
{
    const kith_audit_entry entry = { .act = KITH_AUDIT_CONSULTATION, .what = "find", .why = why };

    cr_assert(eq(int, kith_audit_add(store, &entry, &err), KITH_OK), "%s", err.message);
}

static size_t whys_of(const char *why)
{
    const kith_audit_filter filter = { .act = KITH_AUDIT_CONSULTATION };
    kith_view always = view;
    kith_table table;
    kith_store *store = opened();
    size_t count = 0;

    always.all_dates = true;
    cr_assert(eq(int, kith_audit_list(&table, store, &always, &filter, &err), KITH_OK));
    for (size_t i = 0; i < table.cell_count; i++)
        count += table.cells[i].text != NULL && strcmp(table.cells[i].text, why) == 0;
    kith_table_free(&table);
    kith_store_close(store);
    return count;
}

Test(erase, a_name_is_a_whole_word_however_short_and_however_written)
{
    static const char *const stay[] = { "visit to P100", "likely and P10x", "A visit to a school", "nhs 123" };
    static const char *const go[] = { "visit to P10", "(p10)", "for LI\xE2\x80\x99s mother", "about Zoe Ro", "nhs 9434765919", "with M." };
    kith_table table;
    kith_store *store = opened();

    write_named("persons.csv", "person_id,name,aliases,identifiers\nP10,Li,Zo\xC3\xAB R\xC3\xB6;M,nhs=9434765919;mosaic=123\nP100,Lisa,,\n");
    load_folder(store);
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        say(store, stay[i]);
    for (size_t i = 0; i < sizeof go / sizeof *go; i++)
        say(store, go[i]);
    kith_store_close(store);
    cr_assert(eq(int, erase("P10", false, &table), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        cr_expect(eq(sz, whys_of(stay[i]), 1), "%s", stay[i]);
    for (size_t i = 0; i < sizeof go / sizeof *go; i++)
        cr_expect(eq(sz, whys_of(go[i]), 0), "%s", go[i]);
}

Test(erase, a_former_name_is_a_name)
{
    kith_table table;
    kith_store *store = opened();

    write_named("persons.csv", "person_id,name\nzqmark1,Renamed Once\n");
    load_folder(store);
    say(store, "for Zqmarkname Zqmarksurname");
    kith_store_close(store);
    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    cr_expect(eq(sz, whys_of("for Zqmarkname Zqmarksurname"), 0));
}

static void change_hub(const char *sql)
{
    sqlite3 *db;
    char *message = NULL;

    cr_assert(eq(int, sqlite3_open(hub, &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_exec(db, sql, NULL, NULL, &message), SQLITE_OK), "%s", message);
    sqlite3_close(db);
}

Test(erase, pictures_of_another_whose_id_begins_alike_stay)
{
    kith_table table;

    change_hub("INSERT INTO picture (audience, subject, layout, as_of, user, purpose) VALUES"
               " ('', 'person:zqmark1 hops 1', '', '2022-01-01', '', ''),"
               " ('', 'person:P2 person:zqmark1 hops 1', '', '2022-01-01', '', ''),"
               " ('', 'person:zqmark10 hops 1', '', '2022-01-01', '', 'of Zqmarkalias')");
    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK), "%s", err.message);
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *row = table.cells + r * table.column_count;
        if (strcmp(row[1].text, "kept pictures") == 0)
            cr_expect(eq(i64, row[3].integer, 2));
        if (strcmp(row[1].text, "purposes of kept pictures") == 0)
            cr_expect(eq(i64, row[3].integer, 1));
    }
    kith_table_free(&table);
}

Test(erase, purposes_in_the_hub_are_emptied)
{
    kith_table table;
    size_t emptied = 0;

    change_hub("UPDATE batch SET purpose = 'load of Zqmarkalias', files = 'zqmarkalias.csv'; "
               "INSERT INTO alert_list (list, day, sent_at, user, purpose, audience, names)"
               " VALUES ('schools', '2022-01-01', '', '', 'Zqmarkalias', '', '')");
    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK), "%s", err.message);
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *row = table.cells + r * table.column_count;
        if (strcmp(row[0].text, "erased") == 0 && (strncmp(row[1].text, "purposes of ", 12) == 0 ||
                                                   strcmp(row[1].text, "names of loaded files") == 0))
            emptied += (size_t)row[3].integer;
    }
    kith_table_free(&table);
    cr_expect(eq(sz, emptied, 5), "the purposes and files of two loads and one list");
}

static void remember(kith_store *store, const char *name, const char *text)
{
    cr_assert(eq(int, kith_remember_keep(store, &view, name, text, 1656633600, &err), KITH_OK), "%s", err.message);
}

Test(erase, remembered_views_that_name_the_person_go_with_what_changes_kept_of_them)
{
    kith_table table;
    kith_store *store = opened();

    remember(store, "monday", "ids=P2,zqmark1&since=2022-01-01");
    remember(store, "monday", "ids=P2"); /* its former text is kept for undo */
    remember(store, "Zqmarkalias", "ids=P2");
    remember(store, "tuesday", "ids=zqmark1");
    cr_assert(eq(int, kith_remember_drop(store, &view, "tuesday", &err), KITH_OK));
    kith_store_close(store);
    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    store = opened();
    cr_assert(eq(int, kith_remember_table(&table, store, &view, &err), KITH_OK));
    cr_assert(eq(sz, kith_table_rows(&table), 1));
    cr_expect(eq(str, table.cells[0].text, "monday"));
    kith_table_free(&table);
    cr_assert(eq(int, kith_erase(&table, store, &view, "H1", false, &err), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    cr_assert(eq(int, kith_erase(&table, store, &view, "P3", false, &err), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    kith_store_close(store);
    cr_expect(not(holds("", "zqmark")), "a marker is in the hub");
}

/* ---- every text of the schema is looked at, or is known to hold no name ---- */

/* A table's column, or a column of any table, that is a code, a date or a user. */
static const char *const no_words[] = {
    "deed.at", "deed.what", "deed_row.table_name", "review.decision", "review.until", "retention_rule.kind",
    "source_right.basis", "source_right.review_on", "source_right.set_at",
    "user", "audience", "day", "as_of", "opened_at", "opened_by", "loaded_at", "undone_at", "undone_by",
    "recorded_at", "recorded_on", "decided_at", "decided_on", "kept_at", "kept_by", "sent_at", "published_at",
    "added_at", "added_by", "revoked_at", "revoked_by", "valid_from", "valid_to", "observed_on", "assessed_on",
    "rated_on", "stepped_on", "contested_on", "resolved_on", "occurred_at", "ended_at", "due", "dob", "context", "valence", "to_context", "nature",
    /* what goes with the person, or names another record */
    "entity.id", "person.name", "person.dob", "person.sex", "person.ethnicity", "person.postcode", "location.postcode",
    "event.id", "link.id", "alert.recipient", "alert.event", "alert.role", "alert.kind", "alert.person",
    "find_key.key", "picture.subject",
    /* codes */
    "correction.table_name", "correction.field", "origin.info_grade", "origin.handling", "indicator.status",
    "indicator.voice", "contest.state", "minute.meeting", "minute.kind", "panel.lead", "picture.layout", "scale.rater",
    "alert_list.list", "alert_list.names", "kept.rules", "night.manifest",
    /* who works with the hub, and how */
    "account.name", "account.agency", "account_role.role", "team_member.team", "casework_team.team", "policy.text",
};

typedef struct reads {
    char columns[512][64];
    size_t count;
} reads;

static int note(void *context, int action, const char *table, const char *column, const char *database, const char *view_name)
{
    reads *seen = context;

    (void)database, (void)view_name;
    if (action == SQLITE_READ && seen->count < 512)
        snprintf(seen->columns[seen->count++], 64, "%s.%s", table, column);
    return SQLITE_OK;
}

static bool looked_at(const reads *seen, const char *table, const char *column)
{
    char name[64];

    snprintf(name, sizeof name, "%s.%s", table, column);
    for (size_t i = 0; i < sizeof no_words / sizeof *no_words; i++)
        if (strcmp(no_words[i], name) == 0 || strcmp(no_words[i], column) == 0)
            return true;
    for (size_t i = 0; i < seen->count; i++)
        if (strcmp(seen->columns[i], name) == 0)
            return true;
    return false;
}

Test(erase, every_text_of_the_schema_is_searched_or_known_to_hold_no_name)
{
    static const kith_query searched[] = { KITH_QUERY_ERASE_MENTIONS, KITH_QUERY_ERASE_PURPOSES };
    static reads seen;
    sqlite3 *db;
    sqlite3_stmt *statement;

    cr_assert(eq(int, sqlite3_open(":memory:", &db), SQLITE_OK));
    cr_assert(eq(int, kith_schema_create(db, "memory", &err), KITH_OK));
    sqlite3_set_authorizer(db, note, &seen);
    for (size_t i = 0; i < 2; i++) {
        cr_assert(eq(int, sqlite3_prepare_v2(db, kith_queries[searched[i]].bytes, -1, &statement, NULL), SQLITE_OK));
        sqlite3_finalize(statement);
    }
    sqlite3_set_authorizer(db, NULL, NULL);
    cr_assert(eq(int, sqlite3_prepare_v2(db, "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c "
                                             "WHERE t.type = 'table' AND c.type = 'TEXT'", -1, &statement, NULL), SQLITE_OK));
    size_t columns = 0;
    for (; sqlite3_step(statement) == SQLITE_ROW; columns++)
        cr_expect(looked_at(&seen, (const char *)sqlite3_column_text(statement, 0), (const char *)sqlite3_column_text(statement, 1)),
                  "%s.%s: erase_mentions.sql or erase_purposes.sql is to read it, or it is one of no_words",
                  sqlite3_column_text(statement, 0), sqlite3_column_text(statement, 1));
    cr_expect(gt(sz, columns, 100));
    sqlite3_finalize(statement);
    sqlite3_close(db);
}
