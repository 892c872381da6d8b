/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_import_queue.c: a load that a second thread writes is like any other.
 *
 * Loads of a mebibyte and more have that thread. Event i takes place with person i % PEOPLE,
 * who is named in 1 + i % 3 equal rows, so that each figure below can be worked out by hand. */
#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/import.h"
#include "kith/text.h"
#include "support.h"

enum { PEOPLE = 300, EVENTS = 12000, ROWS = 2 * EVENTS, FEW = 30 };

static char *input;
static kith_import_report report;
static kith_error error;

static void set_up(void)
{
    setenv("KITH_THREADS", "2", 1); /* also where there is one processor */
    begin_hub();
    input = make_folder();
}

static void tear_down(void)
{
    kith_import_report_free(&report);
    drop_folder(input);
    end_hub();
}

TestSuite(import_queue, .init = set_up, .fini = tear_down);

static void write_text(const char *name, kith_text *text)
{
    char *path = path_in(input, name);

    cr_assert_not(text->failed);
    write_file(path, text->data, text->size);
    kith_text_free(text);
    free(path);
}

static void write_people(const char *name)
{
    kith_text text = { 0 };

    kith_text_add(&text, "person_id,name,source\n");
    for (int i = 0; i < PEOPLE; i++)
        kith_text_format(&text, "P%d,%s %d,police\n", i, i % 100 == 7 ? name : "Ann", i);
    write_text("persons.csv", &text);
}

/* A report of its own for each of the first events, and a kind for each of some; the last but
 * nine is there twice. */
static void write_events(int count)
{
    kith_text text = { 0 };

    kith_text_add(&text, "event_id,kind,occurred_at,summary,source,report_ref\n");
    for (int row = 0; row <= count; row++) {
        const int i = row < count ? row : count - 10;
        kith_text_format(&text, "E%d,kind-%d,2024-05-%02d,%s,police,R%d\n", i, i % 7, 1 + i % 28,
                         "what was seen there on that day by those who were asked of it",
                         i < 50 ? i : 50);
    }
    write_text("events.csv", &text);
}

static void write_parts(int count, const char *last)
{
    kith_text text = { 0 };

    kith_text_add(&text, "event_id,person_id,role,source\n");
    for (int again = 0; again < 3; again++)
        for (int i = 0; i < count; i++)
            if (i % 3 >= again)
                kith_text_format(&text, "E%d,P%d,present,police\n", i, i % PEOPLE);
    kith_text_add(&text, last);
    write_text("participations.csv", &text);
}

static void write_links(void)
{
    kith_text text = { 0 };

    kith_text_add(&text, "link_id,from_id,to_id,kind,source\n");
    for (int i = 1; i < PEOPLE; i++) /* each tenth has an id, and each is there twice */
        for (int again = 0; again < 2; again++)
            kith_text_format(&text, "%s%.*d,P0,P%d,friend,police\n", i % 10 == 0 ? "L" : "",
                             i % 10 == 0 ? 3 : 0, i % 10 == 0 ? i : 0, i);
    write_text("links.csv", &text);
}

static void write_all(int events)
{
    write_people("Ann");
    write_events(events);
    write_parts(events, "");
    write_links();
}

static kith_status load(void)
{
    const kith_import_options options = { .now = 1718452800 }; /* 2024-06-15 */
    const kith_view view = { .user = "analyst", .purpose = "", .audience = "case-team" };
    const char *folder = input;
    kith_store *store = NULL;

    kith_import_report_free(&report);
    error = (kith_error){ 0 };
    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &error), KITH_OK);
    const kith_status status = kith_import(&report, store, &view, &folder, 1, &options, &error);
    kith_store_close(store);
    return status;
}

static int64_t number(const char *sql)
{
    sqlite3_stmt *rows = NULL;
    sqlite3 *db = NULL;

    cr_assert_eq(sqlite3_open(hub_path(), &db), SQLITE_OK);
    cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
    cr_assert_eq(sqlite3_step(rows), SQLITE_ROW);
    const int64_t value = sqlite3_column_int64(rows, 0);
    sqlite3_finalize(rows);
    sqlite3_close(db);
    return value;
}

/* The rows that a part refers to are those of its event and its person. */
static const char parts_that_fit[] =
    "SELECT count(*) FROM participation p JOIN event e ON e.row = p.event "
    "JOIN entity n ON n.row = p.person WHERE substr(e.id, 2) % 300 = substr(n.id, 2) + 0 "
    "AND p.nth <= 1 + substr(e.id, 2) % 3";

Test(import_queue, every_row_is_kept_and_refers_to_what_it_names)
{
    write_all(EVENTS);
    cr_assert_eq(load(), KITH_OK, "%s", error.message);
    cr_expect_eq(number("SELECT count(*) FROM person p JOIN entity n ON n.row = p.entity "
                        "WHERE p.name = 'Ann ' || substr(n.id, 2)"), PEOPLE);
    cr_expect_eq(number("SELECT count(*) FROM event e JOIN word w ON w.row = e.kind "
                        "JOIN origin o ON o.row = e.origin "
                        "WHERE w.text = 'kind-' || (substr(e.id, 2) % 7) "
                        "AND o.report_ref = 'R' || min(substr(e.id, 2) + 0, 50)"), EVENTS);
    cr_expect_eq(number("SELECT count(*) FROM participation"), ROWS);
    cr_expect_eq(number(parts_that_fit), ROWS);
    cr_expect_eq(number("SELECT count(*) FROM link WHERE id IS NULL"), 2 * 270);
    cr_expect_eq(number("SELECT count(*) FROM link WHERE id IS NULL AND nth = 2"), 270);
    cr_expect_eq(number("SELECT count(*) FROM link l JOIN entity n ON n.row = l.to_entity "
                        "WHERE substr(l.id, 2) + 0 = substr(n.id, 2) + 0"), 29);
    cr_expect_eq(report.counts[4].added, EVENTS);
    cr_expect_eq(report.counts[4].same, 1);
    cr_expect_eq(report.counts[5].added, ROWS);
    cr_expect_eq(report.counts[5].same, 0);
}

Test(import_queue, a_second_time_nothing_is_new)
{
    write_all(EVENTS);
    cr_assert_eq(load(), KITH_OK, "%s", error.message);
    cr_assert_eq(load(), KITH_OK, "%s", error.message);
    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        cr_expect_eq(report.counts[i].added + report.counts[i].changed, 0, "%s", report.counts[i].table);
    cr_expect_eq(report.counts[5].same, ROWS);
    cr_expect_eq(number("SELECT count(*) FROM batch"), 2); /* the hub's own is the first */
}

Test(import_queue, corrections_and_new_records_go_together)
{
    write_all(FEW);
    cr_assert_eq(load(), KITH_OK, "%s", error.message);
    write_all(EVENTS);
    write_people("Bea");
    cr_assert_eq(load(), KITH_OK, "%s", error.message);
    cr_expect_eq(number("SELECT count(*) FROM person WHERE name LIKE 'Bea %'"), 3);
    cr_expect_eq(number("SELECT count(*) FROM correction"), 3);
    cr_expect_eq(number(parts_that_fit), ROWS);
    cr_expect_eq(number("SELECT count(*) FROM participation"), ROWS);
    cr_expect_eq(report.counts[5].added, ROWS - 2 * FEW);
    cr_expect_eq(report.counts[5].same, 2 * FEW);
}

Test(import_queue, a_fault_is_said_at_its_line_and_nothing_is_loaded)
{
    write_all(EVENTS);
    write_parts(EVENTS, "E1,P-nobody,present,police\n");
    cr_assert_eq(load(), KITH_INPUT);
    cr_expect_eq(report.errors, 1);
    for (size_t r = 0; r < kith_table_rows(&report.table); r++) {
        const kith_cell *cells = &report.table.cells[r * report.table.column_count];
        if (strcmp(cells[3].text, "error") == 0)
            cr_expect_eq(cells[1].integer, 1 + ROWS + 1);
    }
    cr_expect_eq(number("SELECT count(*) FROM entity"), 0);
}

/* The same sentence as from a small load, where no second thread is. */
Test(import_queue, a_failure_to_write_is_said_and_nothing_is_loaded)
{
    char message[sizeof error.message];

    run_sql("CREATE TRIGGER refuse BEFORE INSERT ON participation "
            "WHEN new.event = 20 BEGIN SELECT RAISE(ABORT, 'refused'); END");
    write_all(FEW);
    const kith_status status = load();
    cr_assert_neq(status, KITH_OK);
    strcpy(message, error.message);
    write_all(EVENTS);
    cr_expect_eq(load(), status);
    cr_expect_str_eq(error.message, message);
    cr_expect_eq(number("SELECT count(*) FROM entity"), 0);
    cr_expect_eq(number("SELECT count(*) FROM batch"), 1);
    cr_expect_eq(number("SELECT count(*) FROM sqlite_schema WHERE name = 'participation_person'"), 1);
    run_sql("DROP TRIGGER refuse");
    cr_expect_eq(load(), KITH_OK, "%s", error.message);
    cr_expect_eq(number(parts_that_fit), ROWS);
}
