/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_mapping.c: an extract becomes rows of our tables as its mapping says. */
#include "kith/mapping.h"

#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../engine/mapping_private.h"
#include "hub.h"
#include "kith/import.h"
#include "support.h"

static char *input;
static kith_import_report report;
static kith_text said; /* "line:field:severity:message\n" a row */
static kith_error error;
static bool dry_run;

static void set_up(void)
{
    begin_hub();
    input = make_folder();
    dry_run = false;
}

static void tear_down(void)
{
    kith_import_report_free(&report);
    kith_text_free(&said);
    drop_folder(input);
    end_hub();
}

TestSuite(mapping, .init = set_up, .fini = tear_down);

static void bytes(const char *name, const char *data, size_t size)
{
    char *path = path_in(input, name);

    write_file(path, data, size);
    free(path);
}

static void file(const char *name, const char *text)
{
    bytes(name, text, strlen(text));
}

static void write_said(const kith_table *table, size_t skip)
{
    kith_text_clear(&said);
    for (size_t r = 0; r < kith_table_rows(table); r++) {
        const kith_cell *cells = &table->cells[r * table->column_count + skip];
        kith_text_format(&said, "%lld:%s:%s:%s\n", (long long)cells[0].integer, cells[1].text,
                         cells[2].text, cells[3].text);
    }
}

static kith_status load_path(const char *mapping, const char *path)
{
    const kith_import_options options = { .mapping = mapping, .dry_run = dry_run, .now = 1718452800 };
    const kith_view view = { .user = "analyst", .purpose = "", .audience = "case-team" };
    kith_store *store = NULL;

    kith_import_report_free(&report);
    error = (kith_error){ 0 };
    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &error), KITH_OK, "%s",
                 error.message);
    const kith_status status = kith_import(&report, store, &view, &path, 1, &options, &error);
    kith_store_close(store);
    write_said(&report.table, 1);
    return status;
}

/* Loads a file of the input by the mapping m.ini there. */
static kith_status load(const char *name)
{
    char *mapping = path_in(input, "m.ini"), *path = path_in(input, name);
    const kith_status status = load_path(mapping, path);

    free(mapping);
    free(path);
    return status;
}

static void says(const char *sentence)
{
    cr_expect(strstr(kith_text_string(&said), sentence) != NULL, "\"%s\" is not in:\n%s", sentence,
              kith_text_string(&said));
}

/* The answer of a statement on the hub, "a|b\n" a row. */
static void holds(const char *sql, const char *expected)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    kith_text out = { 0 };

    cr_assert_eq(sqlite3_open(hub_path(), &db), SQLITE_OK);
    cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(statement); i++)
            kith_text_format(&out, "%s%s", i > 0 ? "|" : out.size > 0 ? "\n" : "",
                             sqlite3_column_text(statement, i) != NULL
                                 ? (const char *)sqlite3_column_text(statement, i)
                                 : "");
    cr_expect_str_eq(kith_text_string(&out), expected, "%s", sql);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    kith_text_free(&out);
}

static void is_date(const char *field, const char *forms, const char *expected)
{
    char out[KITH_NUMBER_SIZE];
    bool swapped;

    cr_expect_eq(mapping_date_read(out, field, forms, &swapped), expected[0] != '\0', "%s by %s", field, forms);
    cr_expect_str_eq(out, expected, "%s by %s", field, forms);
}

Test(mapping, a_date_is_read_as_its_form_says_and_never_guessed)
{
    is_date("03/11/2021", "dd/mm/yyyy", "2021-11-03");
    is_date("03/11/2021", "mm/dd/yyyy", "2021-03-11");
    is_date("3/1/2021", "dd/mm/yyyy", "2021-01-03");
    is_date("2021-11-03 22:15", "yyyy-mm-dd hh:mm", "2021-11-03T22:15");
    is_date("03/11/2021 22:15:07", "dd/mm/yyyy hh:mm or dd/mm/yyyy hh:mm:ss", "2021-11-03T22:15:07");
    is_date("11/2021", "mm/yyyy", "2021-11");
    is_date("Nov 2021", "mon yyyy", "2021-11");
    is_date("3 September 2021", "dd mon yyyy", "2021-09-03");
    is_date("29/02/2021", "dd/mm/yyyy", "");
    is_date("2021-11-03", "dd/mm/yyyy", "");
    is_date("03/11/21", "dd/mm/yyyy", "");
    is_date("03/11/2021x", "dd/mm/yyyy", "");
    is_date("", "dd/mm/yyyy", "");
}

Test(mapping, a_day_in_the_months_place_is_noticed)
{
    char out[KITH_NUMBER_SIZE];
    bool swapped;

    cr_expect_not(mapping_date_read(out, "02/19/2007", "dd/mm/yyyy", &swapped));
    cr_expect(swapped);
    cr_expect_not(mapping_date_read(out, "32/19/2007", "dd/mm/yyyy", &swapped));
    cr_expect_not(swapped);
}

Test(mapping, a_form_that_says_no_date_is_refused)
{
    cr_expect(mapping_dates_sound("dd/mm/yyyy hh:mm or mon yyyy"));
    cr_expect_not(mapping_dates_sound(""));
    cr_expect_not(mapping_dates_sound("dd/mm"));
    cr_expect_not(mapping_dates_sound("dd/mm/yyyy hh"));
    cr_expect_not(mapping_dates_sound("99"));
}

#define PEOPLE "[persons]\nperson_id = \"pol:\" + Ref\nname = First + \" \" + Last\n"

Test(mapping, columns_are_joined_and_an_id_is_whole_or_blank)
{
    file("m.ini", PEOPLE);
    file("x.csv", "Ref,First,Last\n1,Ann,\n2, Bo , Cole \n");
    cr_assert_eq(load("x.csv"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT id, name FROM entity JOIN person ON entity = row ORDER BY id", "pol:1|Ann\npol:2|Bo Cole");
    file("y.csv", "Ref,First,Last\n,Cy,\n");
    cr_expect_eq(load("y.csv"), KITH_INPUT);
    says("2:persons.person_id = \"pol:\" + Ref:error:person_id is blank");
}

#define INCIDENT                                                                                   \
    "[file]\ndates = dd/mm/yyyy\nblank = not known\nignore_rows = Total\n"                       \
    "[origin]\nsource = \"police\"\ngrade = Grade\n"                                              \
    "[locations]\nlocation_id = \"pol:\" + Place\nname = Place\nrepeats = first\n"                 \
    "[persons victim]\nperson_id = \"pol:\" + Victim\ndob = DOB\nrepeats = first\n"                \
    "[persons suspect]\nwhen = Suspect\nperson_id = \"pol:\" + Suspect\n"                          \
    "[events]\nevent_id = \"pol:\" + Ref\nkind = \"assault\"\noccurred_at = Date\n"                \
    "location_id = \"pol:\" + Place\n"                                                             \
    "[participations victim]\nevent_id = \"pol:\" + Ref\nperson_id = \"pol:\" + Victim\nrole = \"victim\"\n" \
    "[participations suspect]\nwhen = Suspect\nevent_id = \"pol:\" + Ref\n"                        \
    "person_id = \"pol:\" + Suspect\nrole = Role\n"                                                \
    "[values role]\nOFFENDER = alleged_perpetrator\n"
#define INCIDENT_HEADER "Ref,Date,Place,Victim,DOB,Suspect,Role,Grade\n"

Test(mapping, one_row_feeds_several_tables_and_twice_is_once)
{
    file("m.ini", INCIDENT);
    file("x.csv", INCIDENT_HEADER "R1,03/11/2021,Park,V1,19/02/2007,S1,OFFENDER,1A-P\n"
                                  "R2,04/11/2021,Park,V1,not known,not known,,B24\n,,,,,,,\nTotal,2,,,,,,\n");
    cr_assert_eq(load("x.csv"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT e.id, e.occurred_at, p.id, w.text, o.source_grade || o.info_grade || o.handling, o.other_grade"
          "  FROM participation AS t JOIN event AS e ON e.row = t.event JOIN entity AS p ON p.row = t.person"
          "  JOIN word AS w ON w.row = t.role JOIN origin AS o ON o.row = t.origin ORDER BY 1, 3",
          "pol:R1|2021-11-03|pol:S1|alleged_perpetrator|1AP|\n"
          "pol:R1|2021-11-03|pol:V1|victim|1AP|\n"
          "pol:R2|2021-11-04|pol:V1|victim||5x5x5 B24");
    holds("SELECT dob FROM person JOIN entity ON row = entity WHERE id = 'pol:V1'", "2007-02-19");
    says("4::note:the row has nothing in it; it is passed over");
    says("5::note:the row begins with \"Total\"; it is passed over, as ignore_rows says");
    cr_assert_eq(load("x.csv"), KITH_OK);
    cr_expect_eq(report.batch, 0);
}

Test(mapping, a_blank_in_an_extract_takes_nothing_away)
{
    file("m.ini", "[origin]\nsource = \"police\"\nreport_ref = Ref\n"
                  "[persons]\nperson_id = Id\nname = Name\ndob = DOB\nrepeats = first\n");
    file("x.csv", "Ref,Id,Name,DOB\nR1,1,Ann,\nR2,1,,2008-02-01\nR3,1,Anne,2008-02-01\n");
    cr_expect_eq(load("x.csv"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT name, dob, report_ref FROM person JOIN entity AS e ON e.row = entity JOIN origin AS o ON o.row = e.origin",
          "Ann|2008-02-01|R2");
    says("4:persons.person_id = Id:warning:a later row gives the same id with other content (name); the first holds");
    file("x.csv", "Ref,Id,Name,DOB\nR4,1,,\n");
    cr_expect_eq(load("x.csv"), KITH_OK);
    cr_expect_eq(report.batch, 0, "nothing is new in it");
    file("x.csv", "Ref,Id,Name,DOB\nR5,1,Anna,\n");
    cr_expect_eq(load("x.csv"), KITH_OK);
    holds("SELECT name, dob FROM person", "Anna|2008-02-01");
}

Test(mapping, two_rows_that_contradict_are_refused_unless_the_first_holds)
{
    file("m.ini", "[persons]\nperson_id = Id\nname = Name\n");
    file("x.csv", "Id,Name\n1,Ann\n1,Bo\n");
    cr_expect_eq(load("x.csv"), KITH_INPUT);
    says("3:persons.person_id = Id:error:\"1\" is given twice with different content (name");
}

Test(mapping, a_fault_is_told_with_the_extracts_line_and_the_mappings_words)
{
    file("m.ini", INCIDENT);
    file("x.csv", INCIDENT_HEADER "R1,03/11/2021,Park,V1,02/19/2007,,,\nR2,04/11/2021,Park,V2,,S1,driver,9Z\n");
    cr_expect_eq(load("x.csv"), KITH_INPUT);
    says("2:persons victim.dob = DOB:error:\"02/19/2007\" is not a date written as dd/mm/yyyy; with day and month changed");
    says("3:origin.grade = Grade:error:source_grade is \"9\"");
    says("3:participations suspect.role = Role:note:\"driver\" is not in [values role]; it is kept as written");
    holds("SELECT count(*) FROM entity", "0");
}

Test(mapping, a_column_that_is_not_there_is_named_with_those_that_are)
{
    file("m.ini", PEOPLE);
    file("x.csv", "Ref,Forename,Last\n1,Ann,Cole\n");
    cr_expect_eq(load("x.csv"), KITH_INPUT);
    says("1:persons.name = First + \" \" + Last:error:the extract has no column \"First\" (line 3 of ");
    says("its columns are Ref, Forename, Last");
}

Test(mapping, a_sentence_that_is_too_long_ends_with_a_whole_character)
{
    kith_text header = { 0 };

    file("m.ini", "[persons]\nperson_id = Ref\n");
    for (size_t lead = 0; lead < 3; lead++) { /* wherever in a character the cut falls */
        kith_text_clear(&header);
        kith_text_add(&header, &"xxx"[lead]);
        for (size_t i = 0; i < 400; i++)
            kith_text_add(&header, "\xE2\x82\xAC");
        kith_text_add(&header, "\n");
        file("x.csv", header.data);
        cr_expect_eq(load("x.csv"), KITH_INPUT);
        cr_expect(kith_utf8_valid(said.data, said.size), "%s", said.data);
    }
    kith_text_free(&header);
}

Test(mapping, a_column_that_no_line_reads_is_named)
{
    file("m.ini", PEOPLE "[file]\nignore_columns = Seen\n");
    file("x.csv", "Ref,First,Last,Wibble,Seen\n1,Ann,Cole,w,s\n");
    cr_expect_eq(load("x.csv"), KITH_OK);
    says("0:Wibble:note:no line of the mapping reads this column; it is not loaded");
    cr_expect(strstr(kith_text_string(&said), "Seen") == NULL);
}

Test(mapping, a_trial_shows_three_examples_and_keeps_nothing)
{
    file("m.ini", PEOPLE "dob = Born\n[file]\ndates = dd/mm/yyyy\n");
    file("x.csv", "Ref,First,Last,Born,Wibble\n1,A,B,03/11/2008,u\n2,A,B,,u\n3,C,D,04/11/2008,\n4,E,F,,v\n5,G,H,,\n");
    dry_run = true;
    cr_expect_eq(load("x.csv"), KITH_OK);
    says("0:persons.name = First + \" \" + Last:note:becomes \"A B\", \"C D\", \"E F\"\n");
    says("0:persons.dob = Born:note:becomes \"03/11/2008\" as \"2008-11-03\", \"04/11/2008\" as \"2008-11-04\"\n");
    says("it is not loaded: \"u\", \"v\"\n");
    holds("SELECT count(*) FROM entity", "0");
}

Test(mapping, equal_rows_are_read_once_unless_they_are_kept)
{
    file("m.ini", "[events]\nevent_id = @row\nkind = \"incident\"\noccurred_at = Day\n");
    file("x.csv", "Day,Place\n2021-11-03,a\n2021-11-03,a\n2021-11-03,b\n");
    cr_expect_eq(load("x.csv"), KITH_OK);
    says("3::warning:the row is like an earlier one in every column; it is read once");
    holds("SELECT count(*) FROM event", "2");
    file("m.ini", "[file]\nequal_rows = keep\n[events]\nevent_id = @row\nkind = \"incident\"\noccurred_at = Day\n");
    cr_expect_eq(load("x.csv"), KITH_OK);
    cr_expect_eq(load("x.csv"), KITH_OK);
    holds("SELECT count(*) FROM event", "3");
}

Test(mapping, merged_cells_are_filled_only_where_the_mapping_says_so)
{
    file("m.ini", "[file]\nfill_down = School\nskip_lines = 2\ndelimiter = semicolon\n"
                  "[persons]\nperson_id = Ref\naddress = School\nsex = Sex\n");
    file("x.csv", "Report of pupils;;\n\nRef;School;Sex\n1;Kelp;F\n2;;\n3;Lantern;\n");
    cr_expect_eq(load("x.csv"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT id, address, sex FROM entity JOIN person ON entity = row ORDER BY id",
          "1|Kelp|F\n2|Kelp|\n3|Lantern|");
    says("5:School:note:the cell is blank; it is filled from the row above");
}

Test(mapping, a_row_belongs_to_the_section_whose_condition_holds)
{
    file("m.ini", "[persons]\nwhen = Type is \"Person\" or \"Child\"\nperson_id = Id\n"
                  "[objects]\nwhen = Type is not \"Person\" or \"Child\"\nobject_id = Id\nkind = Type\n");
    file("x.csv", "Id,Type\n1,Person\n2,child\n3,Phone\n");
    cr_expect_eq(load("x.csv"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT id, kind FROM entity ORDER BY id", "1|1\n2|1\n3|4");
}

/* 0x80 is the euro sign and 0xEB e with diaeresis in Windows-1252; 0x81 is nothing there. */
Test(mapping, an_encoding_is_declared_or_the_file_is_refused)
{
    file("x.csv", "Ref,First,Last\n1,Zo\xEB,\x80\n");
    file("m.ini", PEOPLE);
    cr_expect_eq(load("x.csv"), KITH_INPUT);
    says("is not UTF-8");
    file("m.ini", "[file]\nencoding = CP1252\n" PEOPLE);
    cr_expect_eq(load("x.csv"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT name FROM person", "Zo\xC3\xAB \xE2\x82\xAC");
    file("x.csv", "Ref,First,Last\n2,Zo\x81,\n");
    cr_expect_eq(load("x.csv"), KITH_INPUT);
    says("byte 19 (0x81) is not CP1252");
    holds("SELECT count(*) FROM person", "1");
}

Test(mapping, what_is_not_said_of_the_form_is_asked_for)
{
    file("m.ini", "[persons]\nperson_id = Ref\n");
    file("x.csv", "Ref\n\xEB\n");
    cr_expect_eq(load("x.csv"), KITH_INPUT);
    says("byte 4 (0xEB) is not UTF-8; say in [file] of the mapping which encoding it is, as in encoding = CP1252");
    file("x.csv", "Ref\tName\n1\tAnn\n");
    cr_expect_eq(load("x.csv"), KITH_INPUT);
    says("(one column: say delimiter = tab, or pipe, in [file])");
}

Test(mapping, utf_16_is_read_by_its_mark)
{
    static const char text[] = "Ref,First,Last\r\n1,Ann,Cole\r\n";
    char wide[2 * sizeof text + 2];
    size_t size = 0;

    file("m.ini", "[file]\nencoding = UTF-16\n" PEOPLE);
    wide[size++] = (char)0xFF;
    wide[size++] = (char)0xFE;
    for (const char *p = text; *p != '\0'; p++) {
        wide[size++] = *p;
        wide[size++] = 0;
    }
    bytes("x.csv", wide, size);
    cr_expect_eq(load("x.csv"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT name FROM person", "Ann Cole");
    bytes("x.csv", wide + 2, size - 2);
    cr_expect_eq(load("x.csv"), KITH_INPUT);
    says("the file has no byte order mark");
    bytes("x.csv", wide, size - 1);
    cr_expect_eq(load("x.csv"), KITH_INPUT, "half a character at the end");
}

Test(mapping, a_long_file_of_another_encoding_loads_whole)
{
    kith_text text = { 0 };

    kith_text_add(&text, "Ref,First,Last\n");
    for (int i = 0; i < 20000; i++)
        kith_text_format(&text, "%d,Zo\xEB,Cole\n", i);
    file("m.ini", "[file]\nencoding = CP1252\n" PEOPLE);
    bytes("x.csv", text.data, text.size);
    cr_expect_eq(load("x.csv"), KITH_OK, "%s", error.message);
    holds("SELECT count(*), count(DISTINCT name) FROM person", "20000|1");
    kith_text_free(&text);
}

static void refuses(const char *mapping, const char *sentence)
{
    kith_table table;
    char *path = path_in(input, "m.ini");

    file("m.ini", mapping);
    cr_expect_eq(kith_mapping_check(&table, path, &error), KITH_INPUT, "%s", mapping);
    write_said(&table, 0);
    says(sentence);
    kith_table_free(&table);
    free(path);
}

Test(mapping, every_fault_of_a_mapping_is_told_with_its_line)
{
    refuses("", "0::error:the mapping has no section of a table");
    refuses("x = y\n", "1:x:error:the line stands before the first section");
    refuses("[persons]\nname = A\n", "1:person_id:error:section persons has no line for person_id");
    refuses("[persons]\nperson_id = \"a\n", "2:person_id:error:\"\"a\" has no closing quote");
    refuses("[persons]\nperson_id = [a\n", "has no closing bracket");
    refuses("[persons]\nperson_id = A +\n", "2:person_id:error:a column, or a text in quotes, is expected");
    refuses("[persons]\nperson_id = A\nperson_id = B\n", "3:person_id:error:this section has the field twice");
    refuses("[persons]\nperson_id = Informant name\n", "would name a source of intelligence");
    refuses("[persons]\nperson_id = A\ninformant = B\n", "3:informant:error:this field would name a source");
    refuses("[wibble]\nx = y\n", "section \"wibble\" is neither a table");
    refuses("[file]\nencoding = EBCDIC\n", "2:encoding:error:encoding \"EBCDIC\" is not known");
    refuses("[file]\nwibble = 1\n", "\"wibble\" is not known here");
    refuses("[dates]\ndob = tomorrow\n", "2:dob:error:\"tomorrow\" is no form of a date");
    refuses("[values role]\nA = b\na = c\n", "3:role:error:\"a\" is given twice");
    refuses("[persons]\nnonsense\n", "2::error:the line is neither [section] nor name = value");
    refuses("[origin]\nsauce = \"x\"\n[persons]\nperson_id = A\n", "2:sauce:error:\"sauce\" is no field of the origin");
    refuses("[persons]\nperson_id = A\nwhen = B is 3\n", "3:when:error:a text in quotes is expected after is");
    refuses("[persons]\nperson_id = A\ngrade = G\nhandling = H\n", "grade gives source_grade, info_grade and handling");
    refuses("[persons]\n  person_id = A\n", "2::error:the line begins with a blank");
    refuses("\xFF\n", "byte 0 is not UTF-8");
}

Test(mapping, signs_between_quotes_are_only_text)
{
    file("m.ini", "[persons]\nperson_id = \"a=b;c:\" + Ref ; a remark\nname = [N+M]\n[values name]\n\"x = y\" = z; not a remark\n\"#\" = hash\n");
    file("x.csv", "Ref,N+M\n1,x = y\n2,#\n");
    cr_expect_eq(load("x.csv"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT id, name FROM entity JOIN person ON entity = row ORDER BY id", "a=b;c:1|z; not a remark\na=b;c:2|hash");
}

Test(mapping, there_is_no_mapping_of_that_name)
{
    kith_table table;

    cr_expect_eq(kith_mapping_check(&table, "police.fr", &error), KITH_NOT_FOUND);
    kith_table_free(&table);
}

Test(mapping, those_built_in_are_sound)
{
    kith_table names, table;

    cr_assert_eq(kith_mapping_names(&names, &error), KITH_OK);
    cr_assert_gt(kith_table_rows(&names), 5);
    for (size_t i = 0; i < kith_table_rows(&names); i++) {
        const char *name = names.cells[i * names.column_count].text;
        cr_expect_eq(kith_mapping_check(&table, name, &error), KITH_OK, "%s: %s", name, error.message);
        cr_expect_gt(kith_table_rows(&table), 0);
        kith_table_free(&table);
    }
    kith_table_free(&names);
}

/* The file is 100 rows as published, in 98 crime ids (two stand at two points), 20 of them
 * anti-social behaviour without an id. */
Test(mapping, a_street_level_file_of_the_police_loads_whole)
{
    char *path = need_data("uk-nottingham-2022/raw/2022-02-nottinghamshire-street-extract.csv");

    cr_expect_eq(load_path("police.uk", path), KITH_OK, "%s", error.message);
    holds("SELECT count(*), min(occurred_at), max(occurred_at) FROM event", "100|2022-02|2022-02");
    holds("SELECT count(*) FROM event WHERE json_extract(extra, '$.crime_id') IS NULL", "20");
    cr_expect_eq(load_path("police.uk", path), KITH_OK);
    cr_expect_eq(report.batch, 0);
    free(path);
}

/* Every row "key,...,events" of a reference file is what the hub has. */
static void counts_are(const char *name, const char *sql)
{
    char *path = need_data(name), *text = read_file(path, NULL);
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    kith_text got = { 0 };

    cr_assert_eq(sqlite3_open(hub_path(), &db), SQLITE_OK);
    cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
    size_t rows = 0;
    for (; sqlite3_step(statement) == SQLITE_ROW; rows++) {
        kith_text_clear(&got);
        kith_text_format(&got, "\n%s\n", (const char *)sqlite3_column_text(statement, 0));
        cr_expect(strstr(text, kith_text_string(&got)) != NULL, "%s: %s is not there", name,
                  kith_text_string(&got));
    }
    size_t lines = 0;
    for (const char *p = text; *p != '\0'; p++)
        lines += *p == '\n';
    cr_expect_eq(rows, lines - 1, "%s", name);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    kith_text_free(&got);
    free(path);
    free(text);
}

static void counts_of_set_are(const char *set)
{
    char name[128], *path = need_data(set);

    cr_assert_eq(load_path(NULL, path), KITH_OK, "%s", error.message);
    snprintf(name, sizeof name, "%s/reference/lsoa_counts.csv", set);
    counts_are(name, "SELECT json_extract(extra, '$.lsoa_code') || ',' || count(*) FROM event GROUP BY json_extract(extra, '$.lsoa_code')");
    snprintf(name, sizeof name, "%s/reference/kind_month_counts.csv", set);
    counts_are(name, "SELECT word.text || ',' || occurred_at || ',' || count(*) FROM event JOIN word ON word.row = kind GROUP BY word.text, occurred_at");
    free(path);
}

Test(mapping, nottingham_has_its_published_counts)
{
    counts_of_set_are("uk-nottingham-2022");
}

Test(mapping, northumbria_has_its_published_counts)
{
    counts_of_set_are("uk-northumbria-asb-2022-07");
}

Test(mapping, tables_of_charting_programs_load)
{
    file("x.csv", "Id,Label\nn1,Ann\nn2,Bo\n");
    char *path = path_in(input, "x.csv");

    cr_expect_eq(load_path("gephi.nodes", path), KITH_OK, "%s", error.message);
    file("x.csv", "Source,Target,Type,Id,Label,Weight\nn1,n2,Undirected,0,,2.5\n");
    cr_expect_eq(load_path("gephi.edges", path), KITH_OK, "%s", kith_text_string(&said));
    file("x.csv", "Identity,Type,Label\ne1,Person,Cy\ne2,Telephone,07700 900123\ne3,Wibble,?\n");
    cr_expect_eq(load_path("i2.entities", path), KITH_OK, "%s", kith_text_string(&said));
    says("4:when:warning:no section of the mapping is for a row whose Type is \"Wibble\"; it is not loaded");
    file("x.csv", "Entity 1,Entity 2,Link Type,Label\ne1,e2,uses,since May\n");
    cr_expect_eq(load_path("i2.links", path), KITH_OK, "%s", kith_text_string(&said));
    holds("SELECT a.id, b.id, w.text, weight, notes FROM link JOIN word AS w ON w.row = link.kind"
          "  JOIN entity AS a ON a.row = from_entity JOIN entity AS b ON b.row = to_entity ORDER BY 1",
          "e1|e2|uses||since May\nn1|n2|linked|2.5|");
    free(path);
}

Test(mapping, the_pole_example_loads_from_its_files)
{
    file("pole.nodes.Person.csv", ":ID,age,name,nhs_no,surname\n1,30,Ann,123,Cole\n2,31,Bo,124,Day\n");
    file("pole.nodes.Location.csv", ":ID,address,latitude:double,longitude:double,postcode\n3,1 High Street,53.5,-2.2,M1 1AA\n");
    file("pole.nodes.Crime.csv", ":ID,date,note,last_outcome,type,charge\n4,6/08/2017,,Under investigation,Burglary,\n");
    file("pole.relationships.KNOWS.csv", ":START_ID,:END_ID,:TYPE\n1,2,KNOWS\n");
    file("pole.relationships.PARTY_TO.csv", ":START_ID,:END_ID,:TYPE\n1,4,PARTY_TO\n");
    file("pole.relationships.CURRENT_ADDRESS.csv", ":START_ID,:END_ID,:TYPE\n2,3,CURRENT_ADDRESS\n");
    file("pole.nodes.Officer.csv", ":ID,badge_no\n9,1\n");
    file("pole.nodes.PhoneCall.csv", ":ID,call_duration,call_time,call_date,call_type\n20,25,9:09,6/08/2017,CALL\n");
    file("pole.nodes.Phone.csv", ":ID,phoneNo\n21,0123\n22,0124\n");
    file("pole.relationships.CALLER.csv", ":START_ID,:END_ID,:TYPE\n20,21,CALLER\n");
    file("pole.relationships.CALLED.csv", ":START_ID,:END_ID,:TYPE\n20,22,CALLED\n");
    file("pole.relationships.OCCURRED_AT.csv", ":START_ID,:END_ID,:TYPE\n4,3,OCCURRED_AT\n");
    file("pole.relationships.INVESTIGATED_BY.csv", ":START_ID,:END_ID,:TYPE\n4,9,INVESTIGATED_BY\n");
    file("pole.relationships.INVOLVED_IN.csv", ":START_ID,:END_ID,:TYPE\n7,4,INVOLVED_IN\n");
    for (int twice = 0; twice < 2; twice++) {
        cr_expect_eq(load_path("neo4j.pole", input), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
        says("no section of the mapping reads a file of this name");
        cr_expect(strstr(said.data, "is corrected") == NULL, "what one row adds to another is no correction");
    }
    holds("SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM link), (SELECT count(*) FROM participation),"
          "  (SELECT occurred_at FROM event), (SELECT count(*) FROM correction), (SELECT count(*) FROM batch WHERE user = 'analyst')",
          "2|4|1|2017-08-06|0|1");
    holds("SELECT e.id, location.name, event.extra FROM event JOIN entity AS e ON e.row = event.location JOIN location ON location.entity = e.row",
          "3|1 High Street|{\"officer_id\":\"9\",\"outcome\":\"Under investigation\"}");
}

Test(mapping, a_draft_reads_what_it_was_drafted_from)
{
    kith_text draft = { 0 };
    char *path = path_in(input, "x.csv");

    file("x.csv", "Child Ref,Name,Date of Birth,Gender,Wibble + wobble\n1,Zo\xEB,19/02/2007,F,x\n");
    cr_assert_eq(kith_mapping_draft(&draft, path, &error), KITH_OK, "%s", error.message);
    cr_expect(strstr(draft.data, "encoding = CP1252") != NULL);
    cr_expect(strstr(draft.data, "Zo") == NULL, "a draft holds no value");
    cr_expect(strstr(draft.data, "; no line yet reads: Wibble + wobble") != NULL);
    file("m.ini", draft.data);
    cr_expect_eq(load("x.csv"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT id, name, dob, sex FROM entity JOIN person ON entity = row", "1|Zo\xC3\xAB|2007-02-19|F");
    kith_text_free(&draft);
    free(path);
}

/* A title, a blank line, then the header; parted by tabs. */
Test(mapping, a_draft_finds_the_header_below_its_title)
{
    kith_text draft = { 0 };
    char *path = path_in(input, "m.txt");

    file("m.txt", "Children open, by team\t\t\n\t\t\nTeam\tPerson ID\tDate of Birth\n"
                  "North\t40001\t02/10/2006\n");
    cr_assert_eq(kith_mapping_draft(&draft, path, &error), KITH_OK, "%s", error.message);
    cr_expect(strstr(draft.data, "delimiter = tab\n") != NULL, "%s", draft.data);
    cr_expect(strstr(draft.data, "skip_lines = 2\n") != NULL, "%s", draft.data);
    cr_expect(strstr(draft.data, "person_id = Person ID\n") != NULL, "%s", draft.data);
    cr_expect(strstr(draft.data, "; no line yet reads: Team\n") != NULL, "%s", draft.data);
    kith_text_clear(&draft);
    file("m.txt", "person_id\nA\nB\n");
    cr_assert_eq(kith_mapping_draft(&draft, path, &error), KITH_OK, "%s", error.message);
    cr_expect(strstr(draft.data, "skip_lines") == NULL, "one column is no title");
    kith_text_free(&draft);
    free(path);
}

Test(mapping, an_empty_extract_gives_no_draft)
{
    kith_text draft = { 0 };
    char *path = path_in(input, "x.csv");

    file("x.csv", "");
    cr_expect_eq(kith_mapping_draft(&draft, path, &error), KITH_INPUT);
    kith_text_free(&draft);
    free(path);
}

static kith_status load_fixture(const char *mapping, const char *name)
{
    char *path = path_in(KITH_SOURCE_DIR "/tests/graphml", name);
    const kith_status status = load_path(mapping, path);

    free(path);
    return status;
}

/* Zachary (1977): 34, 78 and 231; by networkx. */
Test(mapping, a_network_of_networkx_loads_whole_and_twice_is_once)
{
    cr_expect_eq(load_fixture("graphml", "networkx-karate.graphml"), KITH_OK, "%s", kith_text_string(&said));
    cr_expect_eq(load_fixture("graphml", "networkx-karate.graphml"), KITH_OK, "%s", kith_text_string(&said));
    holds("SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM link), (SELECT sum(weight) FROM link)", "34|78|231.0");
}

/* Parallel edges are links of their own, as they are in the MultiDiGraph that was written. */
Test(mapping, parallel_edges_stay_apart)
{
    cr_expect_eq(load_fixture("graphml", "networkx-multi.graphml"), KITH_OK, "%s", kith_text_string(&said));
    holds("SELECT a.id, b.id, w.text, weight, json_extract(extra, '$.direction') FROM link JOIN word AS w ON w.row = link.kind"
          "  JOIN entity AS a ON a.row = from_entity JOIN entity AS b ON b.row = to_entity ORDER BY link.row",
          "a|b|friend|2.5|directed\na|b|friend|2.5|directed\nb|a|sibling||directed\nb|c|linked||directed");
    holds("SELECT name FROM person", "Ann <Annie> & \"Nan\"\nBo\n");
}

Test(mapping, equal_edges_without_ids_are_as_many_as_there_are)
{
    file("x.graphml", "<graphml><graph edgedefault='undirected'><node id='a'/><node id='b'/>"
                      "<edge source='a' target='b'/><edge source='a' target='b'/></graph></graphml>");
    char *path = path_in(input, "x.graphml");

    cr_expect_eq(load_path("graphml", path), KITH_OK, "%s", kith_text_string(&said));
    cr_expect_eq(load_path("graphml", path), KITH_OK, "%s", kith_text_string(&said));
    holds("SELECT count(*) FROM link", "2");
    free(path);
}

Test(mapping, a_network_of_igraph_loads_whole)
{
    cr_expect_eq(load_fixture("graphml", "igraph-kite.graphml"), KITH_OK, "%s", kith_text_string(&said));
    holds("SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM link), (SELECT group_concat(name, '') FROM person)",
          "10|18|abcdefghij");
}

Test(mapping, hyperedges_are_events_and_their_endpoints_take_part)
{
    file("m.ini", "[file]\nformat = graphml\n[persons]\nrows = nodes\nperson_id = @id\n[events]\nrows = hyperedges\n"
                  "event_id = @id\nkind = \"missing\"\noccurred_at = day\nsummary = @desc\n[participations]\nrows = endpoints\n"
                  "event_id = @hyperedge\nperson_id = @node\nrole = @type\n[dates]\noccurred_at = dd/mm/yyyy\n[values role]\nin = victim\n");
    file("x.graphml", "<graphml><key id='d' for='hyperedge' attr.name='day'/><graph><node id='a'/><node id='b'/>\n"
                      "<hyperedge id='h'><desc>a walk</desc><data key='d'>03/11/2021</data><endpoint node='a' type='in'/>"
                      "<endpoint node='b'/></hyperedge>\n<edge source='a' target='b'/></graph></graphml>");
    cr_expect_eq(load("x.graphml"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT event.id, summary, occurred_at, e.id, w.text FROM participation JOIN event ON event.row = event"
          "  JOIN entity AS e ON e.row = person JOIN word AS w ON w.row = role ORDER BY e.id",
          "h|a walk|2021-11-03|a|victim\nh|a walk|2021-11-03|b|present");
    says("no section of the mapping reads the edges of the file: 1");
}

Test(mapping, a_fault_of_a_network_has_its_line)
{
    file("m.ini", "[file]\nformat = graphml\n[persons]\nrows = nodes\nperson_id = @id\ndob = born\n");
    file("x.graphml", "<graphml>\n<key id='b' for='node' attr.name='born'/>\n<graph>\n<node id='a'>\n"
                      "<data key='b'>yesterday</data></node>\n</graph></graphml>");
    cr_expect_eq(load("x.graphml"), KITH_INPUT);
    says("4:persons.dob = born:error:");
    file("x.graphml", "<graphml>\n<graph>\n<node id='a'/>\n</graph></graphml>");
    cr_expect_eq(load("x.graphml"), KITH_INPUT);
    says("2:persons.dob = born:error:the extract has no column \"born\" (line 6 of ");
}

Test(mapping, a_networks_declared_encoding_may_be_put_right)
{
    file("m.ini", "[file]\nformat = graphml\nencoding = CP1252\n[persons]\nrows = nodes\nperson_id = @id\n");
    file("x.graphml", "<?xml version='1.0' encoding='windows-1252'?><graphml><graph><node id='Zo\xEB \x80'/></graph></graphml>");
    cr_expect_eq(load("x.graphml"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT id FROM entity", "Zo\xC3\xAB \xE2\x82\xAC");
    file("x.graphml", "<graphml><graph><node id='\x81'/></graph></graphml>");
    cr_expect_eq(load("x.graphml"), KITH_INPUT);
    says("byte 26 (0x81) is not CP1252");
}

Test(mapping, a_folder_of_networks_is_read_by_their_names)
{
    file("m.ini", "[file]\nformat = graphml\n[persons]\nrows = nodes\nperson_id = @id\n");
    file("a.graphml", "<graphml><graph><node id='a'/></graph></graphml>");
    file("b.graphml", "<graphml><graph><node id='b'/></graph></graphml>");
    file("c.csv", "x\n");
    cr_expect_eq(load(""), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    holds("SELECT group_concat(id) FROM entity", "a,b");
}

Test(mapping, a_network_is_drafted_from_its_keys)
{
    kith_text draft = { 0 };
    char *path = path_in(input, "x.graphml");

    file("x.graphml", "<graphml><key id='a' for='node' attr.name='label'/><key id='b' for='node' attr.name='shoe'/>"
                      "<key id='c' for='edge' attr.name='type'/><graph><node id='x'><data key='a'>Ann</data></node>"
                      "<edge source='x' target='y'/><node id='y'/></graph></graphml>");
    cr_assert_eq(kith_mapping_draft(&draft, path, &error), KITH_OK, "%s", error.message);
    cr_expect(strstr(draft.data, "; no line yet reads: shoe\n") != NULL && strstr(draft.data, "Ann") == NULL);
    cr_expect(strstr(draft.data, "name = label\n") != NULL && strstr(draft.data, "kind = type or \"linked\"\n") != NULL);
    file("m.ini", draft.data);
    cr_expect_eq(load("x.graphml"), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
    file("x.graphml", "<gexf/>");
    cr_expect_eq(kith_mapping_draft(&draft, path, &error), KITH_INPUT);
    kith_text_free(&draft);
    free(path);
}

Test(mapping, a_section_that_only_adds_makes_no_record)
{
    file("m.ini", "[events]\nfiles = e.csv\nevent_id = Id\nkind = \"missing\"\noccurred_at = Day\n"
                  "[locations]\nfiles = l.csv\nlocation_id = Place\nrepeats = first\n"
                  "[events place]\nfiles = l.csv\nrecords = known\nevent_id = Id\nlocation_id = Place\n");
    file("e.csv", "Id,Day\nE1,2021-11-03\n");
    file("l.csv", "Id,Place\nE1,Park\nE2,Park\n");
    cr_expect_eq(load(""), KITH_INPUT);
    says("3:events place.event_id = Id:error:\"E2\" is not known, and this section only adds to known records");
    file("l.csv", "Id,Place\nE1,Park\nE1,Pier\n");
    cr_expect_eq(load(""), KITH_INPUT);
    says("\"E1\" is given twice with different content (location_id)");
    file("l.csv", "Id,Place\nE1,Park\n");
    cr_expect_eq(load(""), KITH_OK, "%s", kith_text_string(&said));
    holds("SELECT event.id, e.id FROM event JOIN entity AS e ON e.row = location", "E1|Park");
    file("l.csv", "Id,Place\nE1,Pier\n"); /* later, and from the same source: a correction */
    cr_expect_eq(load(""), KITH_OK, "%s", kith_text_string(&said));
    holds("SELECT field, old_value, new_value FROM correction", "location_id|Park|Pier");
    file("m.ini", "[links]\nrecords = known\nfrom_id = A\n");
    cr_expect_eq(load(""), KITH_INPUT);
    says("rows of links are not known by an id; take the line out");
}

Test(mapping, what_is_wrong_with_a_rows_origin_is_told_once)
{
    file("m.ini", "[file]\ndates = dd/mm/yyyy\n[origin]\nsource = \"police\"\ngrade = Grade\nrecorded_on = Made\n"
                  "[persons]\nperson_id = \"p:\" + Id\n[locations]\nlocation_id = \"l:\" + Id\n[objects]\nobject_id = \"o:\" + Id\n"
                  "kind = \"phone\"\n");
    file("x.csv", "Id,Grade,Made\n1,B24,01/02/2024\n2,B24,02/02/2024\n3,1A,soon\n");
    cr_expect_eq(load("x.csv"), KITH_INPUT);
    cr_expect_eq(report.errors, 1);
    cr_expect_eq(report.warnings, 1);
    says("2:origin.grade = Grade:warning:the grade is 5x5x5 B24; it is kept as it is, and the row counts as ungraded (2 rows: lines 2, 3)");
    says("4:origin.recorded_on = Made:error:\"soon\" is not a date written as dd/mm/yyyy");
}

/* The narrower file has one of the attributes and another; the third is left as it was. */
Test(mapping, a_narrower_extract_takes_no_attribute_away)
{
    file("m.ini", "[persons]\nperson_id = Id\neyes = [Eyes]?\nhair = [Hair]?\nshoes = [Shoes]?\n");
    file("x.csv", "Id,Eyes,Hair\n1,blue,\n");
    cr_expect_eq(load("x.csv"), KITH_OK, "%s", kith_text_string(&said));
    file("m.ini", "[persons]\nperson_id = Id\nhair = Hair\nshoes = Shoes\n");
    file("x.csv", "Id,Hair,Shoes\n1,red,5\n");
    cr_expect_eq(load("x.csv"), KITH_OK, "%s", kith_text_string(&said));
    holds("SELECT extra FROM person", "{\"eyes\":\"blue\",\"hair\":\"red\",\"shoes\":\"5\"}");
    holds("SELECT field, old_value, new_value FROM correction", "extra|{\"eyes\":\"blue\"}|{\"eyes\":\"blue\",\"hair\":\"red\",\"shoes\":\"5\"}");
    file("x.csv", "Id,Hair,Shoes\n1,,6\n"); /* of an extract a blank says nothing */
    cr_expect_eq(load("x.csv"), KITH_OK, "%s", kith_text_string(&said));
    holds("SELECT extra FROM person", "{\"eyes\":\"blue\",\"hair\":\"red\",\"shoes\":\"6\"}");
    cr_expect_eq(load("x.csv"), KITH_OK);
    holds("SELECT count(*) FROM correction", "2");
}

Test(mapping, lines_for_another_form_of_file_are_refused)
{
    file("m.ini", "[file]\nformat = graphml\nskip_lines = 1\n[persons]\nrows = nodes\nperson_id = @id\n");
    cr_expect_eq(load(""), KITH_INPUT);
    says("delimiter, skip_lines, fill_down and row_key are for CSV; take them out, or format");
    file("m.ini", "[file]\nformat = gexf\n[persons]\nperson_id = Id\nrecords = all\n");
    cr_expect_eq(load(""), KITH_INPUT);
    says("2:format:error:csv or graphml is expected");
    says("5:records:error:known or new is expected");
}
