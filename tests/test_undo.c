/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_undo.c: a load taken back leaves the hub as it was before it.
 *
 * "As it was" is every row of every table, read here without the program; words stay,
 * because they mean nothing until a record uses them, and so does the load's number. */
#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/import.h"
#include "kith/text.h"
#include "support.h"

static char *input;
static char *mapping; /* NULL: the input is tables */
static kith_table answer;
static kith_error error;

static void set_up(void)
{
    begin_hub();
    run_sql("DELETE FROM origin");
    run_sql("DELETE FROM batch");
    input = make_folder();
}

static void tear_down(void)
{
    kith_table_free(&answer);
    free(mapping);
    drop_folder(input);
    end_hub();
}

TestSuite(undo, .init = set_up, .fini = tear_down);

static kith_store *open_to_write(void)
{
    kith_store *store = NULL;

    error = (kith_error){ 0 };
    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &error), KITH_OK, "%s",
                 error.message);
    return store;
}

static const kith_view view = { .user = "analyst", .purpose = "", .audience = "case-team" };

static int64_t load(const char *path)
{
    const kith_import_options options = { .source = "police", .mapping = mapping, .now = 1718452800 };
    kith_import_report report;
    kith_store *store = open_to_write();

    cr_assert_eq(kith_import(&report, store, &view, &path, 1, &options, &error), KITH_OK, "%s", error.message);
    const int64_t batch = report.batch;
    kith_import_report_free(&report);
    kith_store_close(store);
    return batch;
}

static void file(const char *name, const char *text)
{
    char *path = path_in(input, name);

    write_file(path, text, strlen(text));
    free(path);
}

static kith_status undo(int64_t batch)
{
    kith_store *store = open_to_write();

    kith_table_free(&answer);
    const kith_status status = kith_import_undo(&answer, store, &view, batch, &error);
    cr_expect_eq(kith_store_verify(store, NULL), KITH_OK);
    kith_store_close(store);
    return status;
}

static void dump_table(kith_text *out, sqlite3 *db, const char *table)
{
    char sql[128];
    sqlite3_stmt *rows = NULL;

    snprintf(sql, sizeof sql, "SELECT * FROM %s", table); /* by row, or by the primary key */
    cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
    kith_text_format(out, "%s\n", table);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            kith_text_add_bytes(out, sqlite3_column_blob(rows, i), (size_t)sqlite3_column_bytes(rows, i));
            kith_text_add_char(out, '|');
        }
        kith_text_add_char(out, '\n');
    }
    sqlite3_finalize(rows);
}

/* Everything in the hub but its words, the list of loads and the count of changes. */
static kith_text dump(void)
{
    kith_text out = { 0 };
    sqlite3 *db = NULL;
    sqlite3_stmt *tables = NULL;

    cr_assert_eq(sqlite3_open(hub_path(), &db), SQLITE_OK);
    cr_assert_eq(sqlite3_prepare_v2(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('word', 'batch', 'change_count', 'deed') "
                                        "ORDER BY name", -1, &tables, NULL), SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW)
        dump_table(&out, db, (const char *)sqlite3_column_text(tables, 0));
    sqlite3_finalize(tables);
    sqlite3_close(db);
    return out;
}

static void is_as(kith_text *before, const char *what)
{
    kith_text now = dump();

    cr_expect_eq(now.size, before->size, "%s", what);
    cr_expect(now.size == before->size && memcmp(now.data, before->data, now.size) == 0, "%s:\n%s\nwas\n%s",
              what, now.data, before->data);
    kith_text_free(&now);
}

static void first_files(void)
{
    file("locations.csv", "location_id,name,kind,lat,lon\nL1,Park,park,53.1,0.6\nL2,Shop,shop,,\n");
    file("persons.csv", "person_id,name,dob,school_id,colour\nP1,Ann,2008-02-01,L1,red\nP2,Bo,,,\n");
    file("events.csv", "event_id,kind,occurred_at,location_id,severity,source_grade,info_grade\n"
                       "E1,missing,2024-01-03,L1,2,1,A\n");
    file("participations.csv", "event_id,person_id,role\nE1,P1,missing\n");
    file("links.csv", "link_id,from_id,to_id,kind,weight\nK1,P1,P2,friend,0.1\n");
    file("flags.csv", "person_id,flag\nP1,NRM\n");
}

/* Corrections of each kind of value, new records, and old ones that point to new ones. */
static void second_files(void)
{
    file("locations.csv", "location_id,name,kind,lat,lon\nL1,Park,beach,53.25,0.6\nL3,Pier,pier,,\n");
    file("persons.csv", "person_id,name,dob,school_id,colour\nP1,Anne,2008-02,L3,blue\nP3,Cy,,,\n");
    file("events.csv", "event_id,kind,occurred_at,location_id,severity,source_grade,info_grade,source\n"
                       "E1,incident,2024-01-03T22:15,L3,,,,police\nE2,missing,2024-02-03,L3,,,,school\n");
    file("participations.csv", "event_id,person_id,role\nE1,P1,missing\nE1,P3,victim\nE2,P2,missing\n");
    file("links.csv", "link_id,from_id,to_id,kind,weight\nK1,P1,P3,knows,\n,P2,P3,friend,\n");
    file("flags.csv", "person_id,flag\nP1,NRM\nP1,NRM\nP2,LAC\n");
}

Test(undo, the_last_load_leaves_nothing_behind)
{
    first_files();
    cr_assert_eq(load(input), 1);
    kith_text before = dump();
    second_files();
    cr_assert_eq(load(input), 2);
    cr_assert_eq(undo(2), KITH_OK, "%s", error.message);
    is_as(&before, "after the undo");
    cr_expect_eq(load(input), 3, "and the files load again");
    cr_assert_eq(undo(3), KITH_OK, "%s", error.message);
    is_as(&before, "after the second undo");
    kith_text_free(&before);
}

Test(undo, the_only_load_leaves_an_empty_hub)
{
    kith_text before = dump();
    char *town = path_in(KITH_SOURCE_DIR, "samples/harbour-town");

    load(town);
    cr_assert_eq(undo(1), KITH_OK, "%s", error.message);
    is_as(&before, "after the undo");
    free(town);
    kith_text_free(&before);
}

Test(undo, a_load_that_others_build_on_stays_and_each_reason_is_named)
{
    first_files();
    load(input);
    second_files();
    load(input);
    kith_text before = dump();
    cr_expect_eq(undo(1), KITH_POLICY);
    is_as(&before, "after the refusal");
    cr_expect_gt(kith_table_rows(&answer), 3);
    cr_expect_str_eq(answer.cells[0].text, "events");
    cr_expect_str_eq(answer.cells[1].text, "E1");
    cr_expect_eq(answer.cells[2].integer, 2);
    cr_expect_str_eq(answer.cells[3].text, "a later load has corrected the record; undo that load first");
    kith_text_free(&before);
}

Test(undo, a_person_whom_a_later_load_names_is_a_reason)
{
    file("persons.csv", "person_id\nP1\nP2\n");
    load(input);
    file("links.csv", "from_id,to_id,kind\nP1,P2,friend\n");
    load(input);
    cr_expect_eq(undo(1), KITH_POLICY);
    cr_assert_eq(kith_table_rows(&answer), 1);
    cr_expect_str_eq(answer.cells[0].text, "links");
    cr_expect_str_eq(answer.cells[1].text, "P1");
    cr_expect_str_eq(answer.cells[3].text, "2 record(s) of another load refer to it; undo that load first");
    cr_expect_eq(undo(2), KITH_OK);
    cr_expect_eq(undo(1), KITH_OK);
}

/* Two rows of one extract each tell something new of a person that was known. */
Test(undo, several_corrections_of_one_record_in_one_load_are_taken_back)
{
    mapping = path_in(input, "m.ini");
    file("m.ini", "[persons]\nperson_id = Id\nname = Name\ndob = DOB\nrepeats = first\n");
    file("x.csv", "Id,Name,DOB\n1,Ann,\n");
    load(input);
    kith_text first = dump();
    file("x.csv", "Id,Name,DOB\n1,Anne,\n1,,2008-02-01\n");
    load(input);
    cr_expect_eq(undo(2), KITH_OK, "%s", error.message);
    is_as(&first, "after undoing the second");
    kith_text_free(&first);
}

Test(undo, corrections_are_taken_back_from_the_last)
{
    file("persons.csv", "person_id,name\nP1,Ann\n");
    load(input);
    kith_text first = dump();
    file("persons.csv", "person_id,name\nP1,Anne\n");
    load(input);
    kith_text second = dump();
    file("persons.csv", "person_id,name\nP1,Anna\n");
    load(input);
    cr_expect_eq(undo(2), KITH_POLICY);
    cr_expect_eq(undo(3), KITH_OK);
    is_as(&second, "after undoing the third");
    cr_expect_eq(undo(2), KITH_OK);
    is_as(&first, "after undoing the second");
    kith_text_free(&first);
    kith_text_free(&second);
}

Test(undo, a_load_before_the_last_goes_when_nothing_builds_on_it)
{
    file("persons.csv", "person_id\nP1\n");
    load(input);
    file("persons.csv", "person_id\nP2\n");
    load(input);
    cr_expect_eq(undo(1), KITH_OK);
    kith_text now = dump();
    cr_expect(strstr(now.data, "|P2|") != NULL);
    cr_expect(strstr(now.data, "|P1|") == NULL);
    kith_text_free(&now);
}

Test(undo, a_decision_about_a_record_is_a_reason)
{
    file("persons.csv", "person_id\nP1\nP2\n");
    load(input);
    run_sql("INSERT INTO decision (one, other, same, user, purpose, decided_at, undone_at, undone_by)"
            " VALUES (1, 2, 0, 'analyst', '', '2024-06-01T00:00:00Z', '', '')");
    cr_expect_eq(undo(1), KITH_POLICY);
    cr_expect_str_eq(answer.cells[0].text, "decisions");
}

Test(undo, a_number_means_one_load_for_ever)
{
    first_files();
    const int64_t first = load(input);
    cr_assert_eq(undo(first), KITH_OK, "%s", error.message);
    cr_expect_eq(load(input), first + 1);
    cr_expect_eq(undo(first), KITH_NOT_FOUND);
    cr_expect(strstr(error.message, "taken back before") != NULL, "%s", error.message);
}

Test(undo, there_is_no_load_of_that_number)
{
    cr_expect_eq(undo(7), KITH_NOT_FOUND);
    cr_expect_str_eq(error.message, "there is no load 7; `kith import --list` shows them");
}
