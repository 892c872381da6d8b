/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_find.c: what a text finds, and that the index finds what reading every record does. */
#include "kith/find.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../engine/find_private.h"
#include "kith/decision.h"
#include "kith/import.h"
#include "kith/random.h"
#include "support.h"

static char *folder, *hub;
static kith_store *store;
static const kith_view view = { .user = "open", .purpose = "", .audience = "case-team", .as_of = 19800 };

static void begin(void)
{
    kith_error err;

    folder = make_folder();
    hub = path_in(folder, "hub.kith");
    cr_assert_eq(kith_store_create(hub, NULL, &err), KITH_OK, "%s", err.message);
    cr_assert_eq(kith_store_open(&store, hub, NULL, KITH_READ_WRITE, &err), KITH_OK, "%s", err.message);
}

static void end(void)
{
    kith_store_close(store);
    free(hub);
    drop_folder(folder);
}

TestSuite(find, .init = begin, .fini = end);

static void load(const char *path)
{
    kith_error err;
    kith_import_report report;

    cr_assert_eq(kith_import(&report, store, &view, &path, 1, NULL, &err), KITH_OK, "%s", err.message);
    kith_import_report_free(&report);
}

static void load_text(const char *file, const char *text)
{
    char *path = path_in(folder, file);

    write_file(path, text, strlen(text));
    load(path);
    free(path);
}

/* "id matched score; ..." of what a text finds. */
static char *found(const char *text, size_t most, bool by_index)
{
    kith_error err;
    kith_table table;
    kith_text out = { 0 };

    cr_assert_eq(find_by(&table, store, &view, text, most, by_index, &err), KITH_OK, "%s", err.message);
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *cells = &table.cells[r * table.column_count];
        kith_text_format(&out, "%s%s %s %.4f", r > 0 ? "; " : "", cells[1].text, cells[3].text,
                         cells[4].number);
    }
    kith_table_free(&table);
    if (out.data == NULL)
        kith_text_add(&out, "");
    return out.data;
}

/* By the index and by reading every record. */
static void expect(const char *text, const char *expected)
{
    for (int by_index = 0; by_index <= 1; by_index++) {
        char *is = found(text, 20, by_index);
        cr_expect_str_eq(is, expected, "%s (%s): %s", text, by_index ? "index" : "all", is);
        free(is);
    }
}

static void load_people(void)
{
    load_text("persons.csv",
              "person_id,name,aliases,dob,postcode,identifiers\n"
              "P1,Jonathan Smith,Jonny S;JJ,2009-05-13,NG7 1AB,nhs=999 000 1234\n"
              "P2,Мария Łukasiewicz,,2009-05,,mosaic=M-77\n"
              "P3,محمد Khan,,2009-08-03,,phone=+44 7700 900123\n"
              "P4,Anne-Marie O'Brien,,2007-11-02,,\n"
              "P5,Stephanie Thistlecombe,,,,\n");
}

Test(find, an_id_or_a_number_is_found_however_it_is_written)
{
    load_people();
    expect("p1", "P1 id 1.0000");
    expect(" P-1 ", "P1 id 1.0000");
    expect("9990001234", "P1 identifier 1.0000");
    expect("nhs=999-000-1234", "P1 identifier 1.0000");
    expect("m77", "P2 identifier 1.0000");
    expect("ng71ab", "P1 postcode 1.0000");
    expect("07700 900 123", "P3 identifier 1.0000");
    expect("0044 7700 900123", "P3 identifier 1.0000");
    expect("+44 (0)7700-900123", "P3 identifier 1.0000");
    expect("447700900123", "P3 identifier 1.0000");
    expect("07700 900124", "");
}

Test(find, an_object_is_found_by_its_label)
{
    load_text("objects.csv", "object_id,kind,label\n"
                             "O1,vehicle,AB12 CDE\nO2,phone,07700 900321\nO3,account,@fen_bottle\n");
    expect("ab12cde", "O1 name 1.0000");
    expect("ab 12 cde", "O1 name 1.0000");
    expect("+447700900321", "O2 name 1.0000");
    expect("fen", "O3 name 0.9800");
}

/* Whole words in any order are 1; a word that was not typed costs 2 in a hundred. */
Test(find, words_come_in_any_order_and_may_be_left_out)
{
    load_people();
    expect("Smith, Jonathan", "P1 name 1.0000");
    expect("khan", "P3 name 0.9800");
    expect("obrien", "P4 name 0.9600");
    expect("jj", "P1 alias 1.0000");
    expect("smith khan", "");
    expect("smith smith", "");
}

/* Jaro-Winkler of the words, by hand, cut to four digits: of smyth and smith 4 of 5 letters
 * match, (4/5 + 4/5 + 1)/3 = 0.8667, which the two first letters raise to 0.8933; of
 * thistlecoomb and thistlecombe 11 of 12, 0.9444, raised to 0.9666; of jonathon 7 of 8, 0.95. */
Test(find, a_slip_a_short_form_and_a_beginning_are_forgiven)
{
    load_people();
    expect("Jonathan Smyth", "P1 name 0.9466");
    expect("Jon Smith", "P1 name 0.9750");     /* a short form: 0.95 */
    expect("J Smith", "P1 name 0.9125");       /* a beginning: 0.8 + 0.2 / 8 */
    expect("thistlecoomb", "P5 name 0.9473");  /* two slips in a long word */
    expect("Mohammed Khan", "P3 name 0.8688"); /* the same consonants as mhmd */
    expect("Smoth Jonathon", "P1 name 0.9216");
    expect("Smurch", "");
}

Test(find, names_of_other_scripts_are_found_in_latin_letters)
{
    load_people();
    expect("maria lukasiewicz", "P2 name 1.0000");
    expect("Łukasiewicz", "P2 name 0.9800");
    expect("МАРИЯ", "P2 name 0.9800; P4 name 0.9120"); /* Marie is a form of Maria: 0.95 */
    expect("محمد", "P3 name 0.9800");
}

Test(find, a_date_of_birth_is_found_by_its_parts)
{
    load_people();
    expect("2009-05-13", "P1 date of birth 1.0000; P2 date of birth 0.9500");
    expect("13/05/2009", "P1 date of birth 1.0000; P2 date of birth 0.9500");
    expect("13.5.2009", "P1 date of birth 1.0000; P2 date of birth 0.9500");
    expect("20090513", "P1 date of birth 1.0000; P2 date of birth 0.9500");
    expect("2009-03-08", "P3 date of birth 0.9000"); /* day and month exchanged */
    expect("05/13/2009", "P1 date of birth 0.9000");
    expect("2009-05", "P2 date of birth 1.0000; P1 date of birth 0.9500");
    expect("05/2009", "P2 date of birth 1.0000; P1 date of birth 0.9500");
    expect("2009", "P1 date of birth 0.9000; P2 date of birth 0.9000; P3 date of birth 0.9000");
    expect("smith 2009", "P1 name, date of birth 0.9310");
    expect("smith 2010", "");
    expect("2009-5-40", "");
}

Test(find, an_empty_text_and_an_empty_hub_find_nothing)
{
    expect("smith", "");
    load_people();
    expect("", "");
    expect(" ,;- ", "");
}

Test(find, what_stands_first_among_equals_is_what_was_loaded_first)
{
    load_text("persons.csv", "person_id,name\nZ,Ann Fenn\nB,Ann Fenn\nA,Ann Fenn\n");
    char *two = found("ann fenn", 2, true);
    cr_expect_str_eq(two, "B name 1.0000; Z name 1.0000");
    free(two);
}

/* Confirmed records are one, under the smallest id. */
Test(find, records_confirmed_to_be_one_are_shown_once)
{
    kith_error err;

    load_people();
    load_text("persons.csv", "person_id,name,dob\nX9,Jon Smyth,2009-05-31\n");
    cr_assert_eq(kith_decision_confirm(store, &view, "X9", "P1", 1700000000, &err), KITH_OK);
    expect("jonathan smith", "P1 name 1.0000");
    expect("smyth", "P1 name (X9) 0.9800");
    expect("x9", "P1 id (X9) 1.0000");
    expect("2009-05", "P2 date of birth 1.0000; P1 date of birth 0.9500");
    cr_assert_eq(kith_decision_undo(store, &view, "X9", "P1", 1700000000, &err), KITH_OK);
    expect("x9", "X9 id 1.0000");
}

Test(find, a_correction_and_its_undoing_are_followed)
{
    kith_error err;
    kith_table table;

    load_text("persons.csv", "person_id,name,source\nP1,Ann Fenn,police\nP2,Eve Reed,police\n");
    load_text("persons.csv", "person_id,name,source\nP1,Una Marsh,police\nP3,Kit Vole,police\n");
    expect("ann fenn", "");
    expect("una marsh", "P1 name 1.0000");
    expect("kit", "P3 name 0.9800");
    cr_assert_eq(kith_import_undo(&table, store, &view, 2, &err), KITH_OK, "%s", err.message);
    kith_table_free(&table);
    expect("ann fenn", "P1 name 1.0000");
    expect("una marsh", "");
    expect("kit", "");
}

/* What was typed, with one slip somewhere. */
static void slip(char *text, kith_random *random)
{
    const size_t size = strlen(text), at = (size_t)kith_random_below(random, size);

    switch (kith_random_below(random, 4)) {
    case 0:
        memmove(text + at, text + at + 1, size - at);
        break;
    case 1:
        text[at] = (char)('a' + kith_random_below(random, 26));
        break;
    case 2:
        memmove(text + at + 1, text + at, size - at + 1);
        break;
    default:
        if (at + 1 < size) {
            const char kept = text[at];
            text[at] = text[at + 1];
            text[at + 1] = kept;
        }
    }
}

static void expect_same(const char *text, size_t most)
{
    char *all = found(text, most, false), *indexed = found(text, most, true);

    cr_expect_str_eq(indexed, all, "%s", text);
    free(all);
    free(indexed);
}

Test(find, the_index_finds_what_reading_every_record_finds)
{
    static const char *const given[] = { "Bartholomew", "Ann", "Jo", "Mohammed", "Catherine", "Li", "Sean", "Zoe" };
    static const char *const family[] = { "Thistlecombe", "Fenn", "O'Reilly", "Al-Hassan", "Smith", "Smyth", "Vellacrag" };
    char text[128], *path = path_in(folder, "persons.csv");
    kith_random random;
    kith_text csv = { 0 };

    kith_random_seed(&random, 7);
    kith_text_add(&csv, "person_id,name,aliases,dob\n");
    for (int i = 0; i < 600; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s %s", given[kith_random_below(&random, 8)], family[kith_random_below(&random, 7)]);
        if (i % 3 == 0)
            slip(name, &random);
        kith_text_format(&csv, "P%03d,\"%s\",%s,%d-%02d-%02d\n", i, name, i % 5 ? "" : given[i % 8],
                         2004 + i % 9, 1 + i % 12, 1 + i % 28);
    }
    write_file(path, kith_text_string(&csv), csv.size);
    load(path);
    kith_text_free(&csv);
    free(path);
    for (int i = 0; i < 400; i++) {
        snprintf(text, sizeof text, "%s%s%s", given[kith_random_below(&random, 8)], i % 3 ? " " : "",
                 i % 3 ? family[kith_random_below(&random, 7)] : "");
        for (int s = 0; s < i % 3; s++)
            slip(text, &random);
        if (i % 7 == 0)
            snprintf(text + strlen(text), sizeof text - strlen(text), " %d", 2004 + i % 9);
        expect_same(text, 1 + (size_t)(i % 30));
    }
}

static bool is_ready(void)
{
    find_candidates candidates;
    find_query query;
    kith_error err;

    cr_assert(find_query_read(&query, "anne"));
    cr_assert_eq(find_candidates_read(&candidates, &query, store, &view, &err), KITH_OK, "%s", err.message);
    const bool ready = candidates.ready;
    free(candidates.list);
    return ready;
}

static void run(const char *sql)
{
    sqlite3 *db = NULL;

    cr_assert_eq(sqlite3_open(hub, &db), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* As version 1 of the tables left it: records, and no index. */
Test(find, loads_that_had_no_index_are_indexed_by_the_next_import)
{
    load_people();
    load_text("objects.csv", "object_id,kind,label\nO1,phone,07700 900777\n");
    load_text("events.csv", "event_id,kind,occurred_at\nE1,missing,2024-01-01\n");
    run("DELETE FROM find_key");
    cr_expect_not(is_ready());
    load_text("locations.csv", "location_id,name\nL1,Anne's Cafe\n");
    cr_expect(is_ready());
    expect("jonathan smith", "P1 name 1.0000");
    expect("07700900777", "O1 name 1.0000");
    expect("annes cafe", "L1 name 1.0000");
}

Test(find, a_load_that_was_taken_back_needs_no_index)
{
    kith_error err;
    kith_table table;

    load_people();
    load_text("objects.csv", "object_id,kind,label\nO1,phone,07700 900777\n");
    cr_assert_eq(kith_import_undo(&table, store, &view, 2, &err), KITH_OK, "%s", err.message);
    kith_table_free(&table);
    cr_expect(is_ready());
}
