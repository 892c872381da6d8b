/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_import.c: what loads, what is refused, and what a second load changes. */
#include "kith/import.h"

#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub.h"
#include "kith/text.h"
#include "support.h"

/* 2024-06-15T12:00:00Z: every load of these tests is at this time. */
static const int64_t now = 1718452800;

static char *input; /* the folder that is loaded */
static kith_import_report report;
static kith_text said; /* the report, "file:line:field:severity:message\n" a row */
static kith_error error;
static const char *source;
static bool dry_run;

static void set_up(void)
{
    begin_hub();
    input = make_folder();
    source = NULL;
    dry_run = false;
}

static void tear_down(void)
{
    kith_import_report_free(&report);
    kith_text_free(&said);
    drop_folder(input);
    end_hub();
}

TestSuite(import, .init = set_up, .fini = tear_down);

static void file(const char *name, const char *text)
{
    char *path = path_in(input, name);

    write_file(path, text, strlen(text));
    free(path);
}

static void write_said(void)
{
    const kith_table *table = &report.table;

    kith_text_clear(&said);
    for (size_t r = 0; r < kith_table_rows(table); r++) {
        const kith_cell *cells = &table->cells[r * table->column_count];
        const char *slash = strrchr(cells[0].text, '/');
        kith_text_format(&said, "%s:%lld:%s:%s:%s\n", slash != NULL ? slash + 1 : cells[0].text,
                         (long long)cells[1].integer, cells[2].text, cells[3].text, cells[4].text);
    }
}

static kith_status load_paths(const char *const *paths, size_t count)
{
    const kith_import_options options = { .source = source, .dry_run = dry_run, .now = now };
    const kith_view view = { .user = "analyst", .purpose = "test", .audience = "case-team" };
    kith_store *store = NULL;

    kith_import_report_free(&report);
    error = (kith_error){ 0 };
    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &error), KITH_OK, "%s",
                 error.message);
    const kith_status status = kith_import(&report, store, &view, paths, count, &options, &error);
    kith_store_close(store);
    write_said();
    return status;
}

static kith_status load_path(const char *path)
{
    return load_paths(&path, 1);
}

static void load(void)
{
    cr_assert_eq(load_path(input), KITH_OK, "%s\n%s", error.message, kith_text_string(&said));
}

static void refuse(void)
{
    cr_assert_eq(load_path(input), KITH_INPUT, "%s", kith_text_string(&said));
}

static void expect_said(const char *line)
{
    cr_expect_not_null(strstr(kith_text_string(&said), line), "\"%s\" is not in\n%s", line,
                       kith_text_string(&said));
}

/* The one value of a statement, as text; "" when it is missing. Valid until the next. */
static const char *value_of(const char *sql)
{
    static char value[256];
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;

    cr_assert_eq(sqlite3_open(hub_path(), &db), SQLITE_OK);
    cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK, "%s",
                 sqlite3_errmsg(db));
    cr_assert_eq(sqlite3_step(statement), SQLITE_ROW, "%s", sql);
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    snprintf(value, sizeof value, "%s", text != NULL ? text : "");
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return value;
}

static void expect_value(const char *sql, const char *expected)
{
    const char *value = value_of(sql);

    cr_expect_str_eq(value, expected, "%s gives \"%s\", \"%s\" is expected", sql, value, expected);
}

static void two_people(void)
{
    file("persons.csv", "person_id,name,dob\nP1,Ada Ash,2008-03-01\nP2,Ben Birk,2009-11\n");
}

static void two_people_and_an_event(void)
{
    two_people();
    file("events.csv", "event_id,kind,occurred_at\nE1,missing,2024-05-01T22:15\n");
}

/* ---- files and tables ---- */

Test(import, every_table_of_the_format_is_loaded)
{
    two_people();
    file("locations.csv", "location_id,name,kind,lat,lon\nL1,Old Park,park,52.5,-1.25\n");
    file("groups.csv", "group_id,name,kind\nG1,Quay,peer group\n");
    file("objects.csv", "object_id,kind,label\nO1,phone,blue phone\n");
    file("events.csv",
         "event_id,kind,occurred_at,location_id,severity\nE1,missing,2024-05-01T22:15,L1,2\n");
    file("participations.csv", "event_id,person_id,role\nE1,P1,missing\n");
    file("links.csv", "from_id,to_id,kind,weight\nP1,P2,friend,0.5\nP1,L1,frequents,\n");
    file("contexts.csv", "subject_id,context,valence,to_context,severity\nP1,school + "
                         "peer,risk,,3\nG1,peer,drives,home + school,1\n");
    file("flags.csv", "person_id,flag\nP1,NRM\n");
    file("constraints.csv", "person_id,other_id,kind\nP1,P2,no_contact\n");
    file("assessments.csv", "assessment_id,person_id,tool,assessed_on\nA1,P1,GAT,2024-05-02\n");
    file("indicators.csv", "assessment_id,item,status\nA1,strong.4,present\n");
    file("scales.csv", "person_id,on,rater,score\nP1,2024-05-02,child,0\nP1,2024-05-02,worker,"
                       "10\nP1,2024-05-02,parent,\n");
    file("actions.csv", "action_id,subject_id,context,due\nX1,P1,peer,2024-07-01\n");
    file("contests.csv", "contest_id,event_id,subject_id,role,contested_by,contested_on,reason\n"
                         "C1,E1,P1,missing,child,2024-05-03,at home that night\n");
    load();
    cr_expect_eq(report.errors + report.warnings + report.notes, 0, "%s", kith_text_string(&said));
    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        cr_expect_gt(report.counts[i].added, 0, "%s", report.counts[i].table);
    expect_value("SELECT context FROM context WHERE valence = 'risk'", "peer+school");
    expect_value("SELECT count(*) FROM scale WHERE score IS NULL", "1");
    expect_value("SELECT weight FROM link WHERE weight IS NOT NULL", "0.5");
    expect_value("SELECT files LIKE '%persons.csv%' FROM batch ORDER BY row DESC LIMIT 1", "1");
    expect_value("SELECT loaded_at || ' ' || user || ' ' || purpose || ' ' || records FROM batch"
                 " ORDER BY row DESC LIMIT 1",
                 "2024-06-15T12:00:00Z analyst test 20");
}

Test(import, the_order_of_columns_is_free_and_their_case_too)
{
    file("persons.csv", "Dob;NAME;Person ID\n2008-03-01;Ada;P1\n");
    load();
    expect_value("SELECT name || dob FROM person", "Ada2008-03-01");
}

Test(import, what_else_is_in_a_folder_is_named_and_not_read)
{
    two_people();
    file("truth.csv", "person_id,group_id\nP1,G1\n");
    file("SOURCE.md", "about\n");
    load();
    expect_said("truth.csv:0::note:not one of the tables; it is not read\n");
    expect_said("note:also here, and not read: SOURCE.md\n");
}

Test(import, a_file_of_another_name_is_refused_naming_the_tables)
{
    file("people.csv", "person_id\nP1\n");
    char *path = path_in(input, "people.csv");
    cr_expect_eq(load_path(path), KITH_INPUT);
    expect_said(
        "people.csv:0::error:the name says which table a file is, and this is none of them; "
        "name it locations.csv, groups.csv, objects.csv, persons.csv, events.csv, "
        "participations.csv, links.csv, contexts.csv, flags.csv, constraints.csv, "
        "assessments.csv, indicators.csv, scales.csv, actions.csv or contests.csv\n");
    free(path);
    refuse();
    expect_said("error:the folder has no table; files named locations.csv");
}

/* The beginning of a zip file with a table in it; no archive is opened, whatever it is called. */
Test(import, an_archive_is_refused_under_any_name)
{
    static const char zip[] = "PK\x03\x04\x14\0\0\0\x08\0persons.csvperson_id\nP1\n";
    char *named = path_in(input, "extract.zip"), *table = path_in(input, "persons.csv");

    write_file(named, zip, sizeof zip - 1);
    cr_expect_eq(load_path(named), KITH_INPUT);
    expect_said("extract.zip:0::error:the name says which table a file is, and this is none of them");
    write_file(table, zip, sizeof zip - 1);
    cr_expect_eq(load_path(table), KITH_INPUT);
    expect_said("persons.csv:1::error:byte 5 is NUL, which has no place in text");
    expect_value("SELECT count(*) FROM entity", "0");
    free(named);
    free(table);
}

Test(import, a_path_that_is_not_there_is_refused)
{
    char *path = path_in(input, "persons.csv");
    cr_expect_eq(load_path(path), KITH_INPUT);
    expect_said("persons.csv:0::error:there is no such file or folder; name a folder or a file "
                "that can be read\n");
    cr_assert_eq(mkdir(path, 0700), 0);
    refuse();
    expect_said("persons.csv:0::error:this is not a file that can be read\n");
    free(path);
    cr_expect_eq(load_paths(NULL, 0), KITH_USAGE);
    cr_expect_str_eq(error.message, "nothing to import; name a folder or a file");
}

Test(import, a_file_that_is_named_twice_is_read_once)
{
    two_people();
    file("links.csv", "from_id,to_id,kind\nP1,P2,friend\n");
    char *links = path_in(input, "links.csv");
    const char *const paths[] = { input, links };
    cr_assert_eq(load_paths(paths, 2), KITH_OK);
    expect_said("links.csv:0::note:the file is named twice in this call; it is read once\n");
    expect_value("SELECT count(*) FROM link", "1");
    free(links);
}

Test(import, faults_of_form_carry_file_and_line)
{
    file("persons.csv", "person_id,name\nP1,\"Ada\n");
    file("locations.csv", "location_id,name\nL1\n");
    file("groups.csv", "");
    file("objects.csv", "object_id\n");
    file("events.csv", "event_id,kind,occurred_at\nE1,missing,caf\xE9\n");
    refuse();
    expect_said("persons.csv:2::error:a quote that opens here is never closed\n");
    expect_said("locations.csv:2::error:the record has 1 field where the header has 2; give every "
                "column, blank where there is nothing\n");
    expect_said("groups.csv:1::error:the file is empty; a header row is expected\n");
    expect_said("objects.csv:1::warning:the file has a header and no rows\n");
    expect_said("events.csv:2::error:byte 40 (0xE9) is not UTF-8; save the file as UTF-8\n");
    cr_expect_str_eq(error.message, "4 errors; nothing was loaded");
    expect_value("SELECT count(*) FROM entity", "0");
    expect_value("SELECT count(*) FROM batch", "1"); /* the hub's own, made by the test */
}

Test(import, headers_are_checked)
{
    file("events.csv", "event_id,event_id,occurred_at,,source_name\nE1,E1,,,x\n");
    file("persons.csv", "person_id,status,status\nP1,a,b\n");
    refuse();
    expect_said("events.csv:1:event_id:error:the header has this column twice; keep one of them\n");
    expect_said("events.csv:1:kind:error:the column is missing; events.csv must have it\n");
    expect_said("events.csv:1::error:column 4 has no name; name it, or take it out\n");
    expect_said("events.csv:1:source_name:error:this column would name a source of intelligence; "
                "take it out, and give only a reference in report_ref\n");
    expect_said("persons.csv:1:status:error:the header has this column twice; keep one of them\n");
}

Test(import, an_unknown_column_is_kept_sorted_as_an_attribute_and_named_once)
{
    file("persons.csv", "person_id,status,\"Hair \"\"colour\"\"\"\nP1,open,\nP2,open,\"r\xC3\xB6t\"\n");
    load();
    expect_said(
        "persons.csv:1:status:note:column \"status\" is not known; it is kept as an attribute\n");
    expect_value("SELECT extra FROM person JOIN entity ON row = entity WHERE id = 'P1'",
                 "{\"status\":\"open\"}");
    expect_value("SELECT json_valid(extra) FROM person JOIN entity ON row = entity WHERE id = 'P2'",
                 "1");
    expect_value("SELECT json_extract(extra, '$.status') FROM person JOIN entity ON row = entity "
                 "WHERE id = 'P2'",
                 "open");
}

Test(import, a_file_that_cannot_be_read_does_not_make_its_ids_unknown_elsewhere)
{
    file("persons.csv", "person_id,source_name\nP1,x\n");
    file("events.csv", "event_id,kind,occurred_at\nE1,missing,nonsense\n");
    file("participations.csv", "event_id,person_id\nE1,P1\nE9,P1\n");
    refuse();
    cr_expect_eq(report.errors, 3, "%s", kith_text_string(&said));
    expect_said("participations.csv:3:event_id:error:\"E9\" is the id of no event in the hub or in this call; load it first "
                "or with this\n");
}

/* ---- fields ---- */

Test(import, impossible_dates_are_refused_and_month_only_is_kept)
{
    file("persons.csv",
         "person_id,dob\nP1,2021-02-29\nP2,2008-05\nP3,1 May 2008\nP4,2008-05-01T10:00\n");
    refuse();
    expect_said("persons.csv:2:dob:error:\"2021-02-29\" is not a date that exists; YYYY-MM-DD or "
                "YYYY-MM is expected\n");
    expect_said("persons.csv:4:dob:error:");
    expect_said("persons.csv:5:dob:error:");
    cr_expect_eq(report.errors, 3);
    file("persons.csv", "person_id,dob\nP2,2008-05\n");
    load();
    expect_value("SELECT dob FROM person", "2008-05");
}

Test(import, dates_in_the_future_are_warned_of)
{
    file("events.csv", "event_id,kind,occurred_at,ended_at\n"
                       "E1,missing,2024-06-15T23:59,\n" /* today */
                       "E2,missing,2024-06-16,\n"
                       "E3,missing,2024-06,\n" /* a month that has begun */
                       "E4,missing,2024-07,\n");
    load();
    cr_expect_eq(report.warnings, 2, "%s", kith_text_string(&said));
    expect_said("events.csv:3:occurred_at:warning:\"2024-06-16\" is in the future; it is kept as "
                "written\n");
    expect_said("events.csv:5:occurred_at:warning:");
}

Test(import, an_end_before_the_start_is_warned_of)
{
    two_people();
    file("events.csv", "event_id,kind,occurred_at,ended_at\n"
                       "E1,missing,2024-05-02T10:00,2024-05-02T09:59\n"
                       "E2,missing,2024-05-02T10:00,2024-05-02\n"
                       "E3,missing,2024-05-02,2024-05-01\n"
                       "E4,missing,2024-05,2024-05-02\n"
                       "E5,missing,2024-05-02,2024-05\n"
                       "E6,missing,2024-05,2024-04-30\n");
    file("links.csv",
         "from_id,to_id,kind,valid_from,valid_to\nP1,P2,friend,2024-05-02,2024-05-01\n");
    load();
    cr_expect_eq(report.warnings, 4, "%s", kith_text_string(&said));
    expect_said("events.csv:7:ended_at:warning:");
    expect_said("events.csv:2:ended_at:warning:ended_at (2024-05-02T09:59) is before occurred_at "
                "(2024-05-02T10:00); correct one of them\n");
    expect_said("links.csv:2:valid_to:warning:");
}

Test(import, numbers_are_numbers_in_their_range)
{
    two_people();
    file("links.csv",
         "from_id,to_id,kind,weight\nP1,P2,friend,heavy\nP1,P2,friend,0\nP1,P2,friend,-1\n");
    file("locations.csv",
         "location_id,lat,lon,easting,northing\nL1,91,0,,\nL2,52.5,,,\nL3,,,400000,\n");
    file(
        "events.csv",
        "event_id,kind,occurred_at,severity\nE1,missing,2024-05-01,4\nE2,missing,2024-05-01,1.5\n");
    refuse();
    expect_said("links.csv:2:weight:error:weight is \"heavy\"; a number above 0 is expected\n");
    expect_said("links.csv:3:weight:error:");
    expect_said("links.csv:4:weight:error:");
    expect_said("locations.csv:2:lat:error:lat is \"91\"; degrees from -90 to 90 is expected\n");
    expect_said("locations.csv:3:lon:error:lat is given without lon; give both or neither\n");
    expect_said(
        "locations.csv:4:northing:error:easting is given without northing; give both or neither\n");
    expect_said("events.csv:2:severity:error:severity is \"4\"; 1, 2 or 3 is expected\n");
    expect_said("events.csv:3:severity:error:");
    cr_expect_eq(report.errors, 8, "%s", kith_text_string(&said));
}

/* Domain R17. */
Test(import, the_safety_scale_runs_from_0_to_10)
{
    two_people();
    file("scales.csv",
         "person_id,on,rater,score\nP1,2024-05-02,child,11\nP1,2024-05-02,uncle,3\nP1,,worker,3\n");
    refuse();
    expect_said("scales.csv:2:score:error:score is \"11\"; 0 to 10 (the form prints 1-10 and also "
                "says that 0 is not safe) is expected\n");
    expect_said(
        "scales.csv:3:rater:error:rater is \"uncle\"; one of worker|parent|child is expected\n");
    expect_said("scales.csv:4:on:error:on is blank; every row must have it\n");
}

Test(import, ids_are_short_lines_of_text)
{
    kith_text text = { 0 };

    kith_text_add(&text, "person_id\n");
    for (int i = 0; i < 65; i++)
        kith_text_add_char(&text, 'x');
    kith_text_add(&text, "\n\"a\nb\"\n\"\"\n");
    file("persons.csv", kith_text_string(&text));
    kith_text_free(&text);
    refuse();
    expect_said(" is 65 bytes long; an id has at most 64\n");
    expect_said("persons.csv:3:person_id:error:\"a b\" has a control character or a line break in "
                "it; an id has none\n");
    expect_said("persons.csv:5:person_id:error:person_id is blank; every row must have it\n");
}

Test(import, unknown_ids_are_refused_by_name)
{
    two_people_and_an_event();
    file("participations.csv", "event_id,person_id\nE1,P9\nE9,P1\n");
    file("links.csv", "from_id,to_id,kind\nP1,L9,lives_at\n");
    refuse();
    expect_said("participations.csv:2:person_id:error:\"P9\" is the id of no person in the hub "
                "or in this call; load it first or with this\n");
    expect_said("participations.csv:3:event_id:error:\"E9\"");
    expect_said("links.csv:2:to_id:error:\"L9\" is the id of no person, location, group or "
                "object in the hub");
}

Test(import, ids_of_an_earlier_load_are_known)
{
    two_people_and_an_event();
    load();
    file("participations.csv", "event_id,person_id\nE1,P1\n");
    char *path = path_in(input, "participations.csv");
    cr_expect_eq(load_path(path), KITH_OK, "%s", kith_text_string(&said));
    free(path);
}

Test(import, an_id_of_two_kinds_needs_its_prefix)
{
    two_people();
    file("locations.csv", "location_id\nP1\n");
    file("links.csv", "from_id,to_id,kind\nP1,P2,friend\n");
    refuse();
    expect_said("links.csv:2:from_id:error:\"P1\" is the id of a person and of a location; write "
                "person:P1 or location:P1\n");
    file("links.csv", "from_id,to_id,kind\ngroup:P1,P2,friend\n");
    refuse();
    expect_said("links.csv:2:from_id:error:\"group:P1\" is the id of no person, location, group or "
                "object in the hub or in this call; load it first or with this\n");
    file("links.csv", "from_id,to_id,kind\nperson:P1,P2,friend\nlocation:P1,person:P2,near\n");
    load();
    expect_value(
        "SELECT count(*) FROM link JOIN entity ON entity.row = from_entity WHERE entity.kind = 2",
        "1");
}

Test(import, a_link_joins_two_different_things)
{
    two_people();
    file("links.csv", "from_id,to_id,kind\nP1,person:P1,friend\n");
    refuse();
    expect_said("links.csv:2:to_id:error:the link joins person:P1 to itself; a link joins two "
                "different things\n");
}

Test(import, unknown_words_are_kept_and_named_with_their_lines)
{
    file("events.csv", "event_id,kind,occurred_at\nE1,Moon "
                       "Landing,2024-05-01\nE2,missing,2024-05-01\nE3,Moon Landing,2024-05-01\n");
    load();
    expect_said("events.csv:2:kind:warning:kind \"Moon Landing\" is not a known word; it is kept "
                "as written, and has no meaning of its own but that it brings people together (2 "
                "rows: lines 2, 4)\n");
    expect_value("SELECT text FROM word JOIN event ON kind = word.row WHERE id = 'E1'",
                 "Moon Landing");
}

/* ---- contexts ---- */

Test(import, contexts_are_the_five_and_drives_names_what_it_drives)
{
    two_people();
    file("contexts.csv", "subject_id,context,valence,to_context\n"
                         "P1,street,risk,\n"
                         "P1,peer+peer,risk,\n"
                         "P1,peer,drives,\n"
                         "P1,peer,risk,school\n"
                         "P1,peer,drives,peer\n"
                         "P1,peer,harmful,\n"
                         "P1,peer+,risk,\n"
                         "P1,,risk,\n");
    refuse();
    expect_said("contexts.csv:2:context:error:context is \"street\"; one of home, peer, school, "
                "neighbourhood or online is expected, or several, each once, with + between\n");
    expect_said("contexts.csv:3:context:error:");
    expect_said("contexts.csv:4:to_context:error:valence is drives, and to_context is blank; name "
                "the context that is driven\n");
    expect_said("contexts.csv:5:to_context:error:to_context is given, but valence is risk; it is "
                "for drives only\n");
    expect_said(
        "contexts.csv:6:to_context:error:peer cannot drive itself; name two different contexts\n");
    expect_said("contexts.csv:7:valence:error:valence is \"harmful\"; one of "
                "risk|protective|drives is expected\n");
    expect_said("contexts.csv:8:context:error:");
    expect_said("contexts.csv:9:context:error:context is blank; every row must have it\n");
    expect_said("contexts.csv:2:severity:note:severity is blank; it counts as 1 (8 rows: lines 2, "
                "3, 4, 5, 6, 7, 8, 9)\n");
    cr_expect_eq(report.errors, 8);
}

/* ---- origins ---- */

Test(import, a_grade_is_whole_or_absent)
{
    file("persons.csv", "person_id,source,source_grade,info_grade\n"
                        "P1,police,1,A\nP2,police,,\nP3,police,3,e\n");
    load();
    expect_value("SELECT group_concat(ifnull(source_grade || info_grade, '-'), ' ') FROM"
                 " (SELECT o.* FROM entity JOIN origin AS o ON o.row = origin ORDER BY id)",
                 "1A - 3E");
    file("persons.csv", "person_id,source_grade,info_grade\n"
                        "P1,1,\nP2,,A\nP3,1A,\nP4,4,A\nP5,1,F\n");
    refuse();
    expect_said("persons.csv:2:info_grade:error:source_grade is given without info_grade; give "
                "both or neither\n");
    expect_said("persons.csv:3:source_grade:error:info_grade is given without source_grade; give "
                "both or neither\n");
    expect_said("persons.csv:4:source_grade:error:source_grade is \"1A\"; 1, 2 or 3 is expected, "
                "and A to E in info_grade\n");
    expect_said("persons.csv:5:source_grade:error:source_grade is \"4\"");
    expect_said("persons.csv:6:info_grade:error:info_grade is \"F\"; A, B, C, D or E is expected, "
                "and 1 to 3 in source_grade\n");
}

/* Domain R6: no silent conversion of 5x5x5. */
Test(import, an_old_grade_is_kept_word_for_word_as_ungraded)
{
    file("persons.csv", "person_id,source_grade,info_grade,handling\nP1,B,2,4\n");
    load();
    expect_said("persons.csv:2:source_grade:warning:the grade is 5x5x5 B24; it is kept as it is, "
                "and the row counts as ungraded\n");
    expect_value("SELECT other_grade || ifnull(source_grade, '-') || handling FROM entity JOIN "
                 "origin AS o ON o.row = origin",
                 "5x5x5 B24-");
}

/* Domain R9. */
Test(import, handling_with_conditions_needs_the_conditions)
{
    file("persons.csv", "person_id,handling,conditions\nP1,C, \nP2,C,police "
                        "only\nP3,Q,\nP4,P,\nP5,,not to schools\n");
    refuse();
    expect_said("persons.csv:2:conditions:error:handling is C, and the conditions are blank; write "
                "them, they travel with the item\n");
    expect_said("persons.csv:4:handling:error:handling is \"Q\"; P (may be shared) or C (with "
                "conditions) is expected\n");
    expect_said("persons.csv:6:handling:warning:there are conditions, but handling is not C; write "
                "C for them to be kept to\n");
    cr_expect_eq(report.errors, 2);
}

Test(import, rows_without_a_source_get_the_one_of_the_call)
{
    source = "youth_work";
    file("persons.csv", "person_id,source\nP1,\nP2,police\n");
    load();
    expect_value("SELECT group_concat(name) FROM (SELECT s.name FROM entity AS e JOIN origin AS o "
                 "ON o.row = e.origin"
                 " JOIN source AS s ON s.row = o.source ORDER BY e.id)",
                 "youth_work,police");
}

Test(import, the_source_of_a_call_is_a_short_line)
{
    two_people();
    source = "police\nschool";
    cr_expect_eq(load_path(input), KITH_USAGE);
    cr_expect_str_eq(error.message,
                     "the source's name is longer than 64 bytes, or not plain text in UTF-8");
}

Test(import, records_of_one_origin_share_it)
{
    file("persons.csv", "person_id,source,report_ref\nP1,police,R1\nP2,school,R1\nP3,police,R1\n");
    load();
    expect_value("SELECT count(DISTINCT origin) FROM entity", "2");
}

/* ---- roles ---- */

static const char *const roles_by_person =
    "SELECT group_concat(id || ' ' || text) FROM (SELECT e.id, w.text FROM participation AS p"
    " JOIN entity AS e ON e.row = p.person JOIN word AS w ON w.row = p.role ORDER BY e.id, w.text)";

/* Domain R3, design 3. */
Test(import, nobody_is_a_perpetrator_by_a_bare_word)
{
    two_people_and_an_event();
    file("participations.csv", "event_id,person_id,role,conviction_ref\n"
                               "E1,P1,perpetrator,\nE1,P2,convicted_perpetrator,\n");
    load();
    expect_value(roles_by_person, "P1 alleged_perpetrator,P2 alleged_perpetrator");
    expect_said("participations.csv:2:role:note:role \"perpetrator\" is read as "
                "alleged_perpetrator; write that\n");
    expect_said(
        "participations.csv:3:role:warning:role \"convicted_perpetrator\" without a conviction_ref "
        "is read as alleged_perpetrator; give the reference, or write that\n");
}

Test(import, a_conviction_with_its_reference_stands)
{
    two_people_and_an_event();
    file("participations.csv",
         "event_id,person_id,role,conviction_ref\nE1,P1,convicted_perpetrator,C/1\n");
    load();
    expect_value(roles_by_person, "P1 convicted_perpetrator");
    cr_expect_eq(kith_table_rows(&report.table), 0, "%s", kith_text_string(&said));
}

Test(import, a_composed_role_is_two_participations)
{
    two_people_and_an_event();
    file("participations.csv", "event_id,person_id,role\nE1,P1,victim_and_suspect\n");
    load();
    expect_value(roles_by_person, "P1 alleged_perpetrator,P1 victim");
    expect_said("participations.csv:2:role:note:role \"victim_and_suspect\" is read as two, victim "
                "and alleged_perpetrator; write a row for each\n");
    load();
    expect_value("SELECT count(*) FROM participation", "2");
}

Test(import, a_blank_role_is_present_and_an_unknown_one_is_kept)
{
    two_people_and_an_event();
    file("participations.csv", "event_id,person_id,role\nE1,P1,\nE1,P2,juggler\n");
    load();
    expect_value(roles_by_person, "P1 present,P2 juggler");
    expect_said("participations.csv:2:role:note:role is blank; it is read as present\n");
    expect_said("participations.csv:3:role:warning:role \"juggler\" is not a known word; it is "
                "kept as written and counts as present\n");
}

Test(import, a_link_of_conviction_without_its_reference_is_alleged)
{
    two_people();
    file("links.csv", "from_id,to_id,kind,conviction_ref\nP1,P2,exploits_convicted,\nP2,P1,"
                      "exploits_convicted,C/1\nP2,P1,Exploits,\nP2,P1,exploited_by_alleged,\n");
    load();
    expect_said("links.csv:2:kind:warning:kind \"exploits_convicted\" without a conviction_ref is "
                "read as exploits_alleged; give the reference, or write that\n");
    expect_value("SELECT group_concat(text) FROM (SELECT text FROM link JOIN word ON word.row = "
                 "link.kind ORDER BY link.row)",
                 "exploits_alleged,exploits_convicted,exploits_alleged,exploited_by_alleged");
    expect_said("links.csv:4:kind:warning:kind \"Exploits\" without a conviction_ref is read as "
                "exploits_alleged; give the reference, or write that\n");
}

/* ---- which record a row is ---- */

Test(import, a_second_load_changes_nothing)
{
    two_people_and_an_event();
    file("participations.csv",
         "event_id,person_id,role\nE1,P1,missing\nE1,P1,missing\nE1,P2,victim\n");
    file("links.csv", "from_id,to_id,kind,link_id\nP1,P2,friend,\nP1,P2,friend,\nP1,P2,peer,K1\n");
    file("contexts.csv", "subject_id,context,valence,severity\nP1,peer,risk,1\n");
    load();
    cr_expect_neq(report.batch, 0);
    expect_value("SELECT count(*) FROM participation", "3"); /* two equal rows are two */
    expect_value("SELECT count(*) FROM link", "3");
    load();
    cr_expect_eq(report.batch, 0);
    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        cr_expect_eq(report.counts[i].added + report.counts[i].changed, 0, "%s",
                     report.counts[i].table);
    expect_value("SELECT count(*) FROM participation", "3");
    expect_value("SELECT count(*) FROM link", "3");
    expect_value("SELECT count(*) FROM batch", "2");
}

Test(import, n_equal_rows_in_a_call_mean_n_in_the_hub)
{
    two_people();
    file("links.csv", "from_id,to_id,kind\nP1,P2,friend\n");
    load();
    file("links.csv", "from_id,to_id,kind\nP1,P2,friend\nperson:P1, P2 ,friend\nP1,P2,friend\n");
    load();
    expect_value("SELECT count(*) FROM link", "3");
    file("links.csv", "from_id,to_id,kind\nP1,P2,friend\n");
    load();
    expect_value("SELECT count(*) FROM link", "3");
}

Test(import, the_same_link_from_two_sources_is_two_records)
{
    two_people();
    file("links.csv", "from_id,to_id,kind,source\nP1,P2,friend,police\nP1,P2,friend,school\n");
    load();
    expect_value("SELECT count(*) FROM link", "2");
}

Test(import, a_correction_by_its_source_keeps_the_old_values)
{
    file("persons.csv", "person_id,name,dob,source\nP1,Ada Ash,2008-03-01,police\n");
    load();
    file("persons.csv", "person_id,name,dob,source,report_ref\nP1,Ada Ashe,2008-03-01,police,R2\n");
    load();
    expect_said("persons.csv:2:person_id:note:\"P1\" is corrected by its source: name, report_ref; "
                "the old values are kept\n");
    cr_expect_eq(report.counts[3].changed, 1);
    expect_value("SELECT name FROM person", "Ada Ashe");
    expect_value("SELECT report_ref FROM entity JOIN origin AS o ON o.row = origin", "R2");
    expect_value(
        "SELECT table_name || field || old_value || new_value FROM correction WHERE field = 'name'",
        "personnameAda AshAda Ashe");
    expect_value(
        "SELECT record = (SELECT entity FROM person) FROM correction WHERE field = 'report_ref'",
        "1");
    load();
    expect_value("SELECT count(*) FROM correction", "2");
}

/* A file of fewer columns is no statement that the others are blank: a date of birth that
 * vanished would make a child's age unknown. */
Test(import, a_correction_touches_only_the_columns_it_has)
{
    file("locations.csv", "location_id,name,lat,lon\nL1,Old,52.1,-1.3\n");
    file("persons.csv", "person_id,name,dob,school_id,mood\nP1,Ada,2010-04,L1,calm\n");
    file("events.csv", "event_id,kind,occurred_at,location_id,severity\nE1,xyz,2024-05-01,L1,2\n");
    load();
    file("locations.csv", "location_id,name\nL1,New\n");
    file("persons.csv", "person_id,name\nP1,Ada Ash\n");
    file("events.csv", "event_id,kind,occurred_at\nE1,incident,2024-05-01\n");
    load();
    expect_value("SELECT group_concat(field || ' ' || old_value || '>' || new_value, ', ') FROM"
                 " (SELECT * FROM correction ORDER BY row)",
                 "name Old>New, name Ada>Ada Ash, kind xyz>incident");
    expect_value("SELECT name || dob || extra || (SELECT id FROM entity WHERE row = school) FROM person",
                 "Ada Ash2010-04{\"mood\":\"calm\"}L1");
    expect_value("SELECT severity || (SELECT id FROM entity WHERE row = location) FROM event", "2L1");
    expect_value("SELECT name || lat || lon FROM location", "New52.1-1.3");
    file("persons.csv", "person_id,name,dob\nP1,Ada Ash,\n"); /* blank is said */
    load();
    expect_value("SELECT dob FROM person", "");
    file("locations.csv", "location_id,lat\nL1,\n");
    refuse();
    expect_said("locations.csv:2:lat:error:");
}

/* A file that has some of a record's attributes, and others, says nothing of the rest. */
Test(import, a_narrower_file_keeps_the_attributes_that_it_has_no_column_for)
{
    file("persons.csv", "person_id,eyes,hair,mood\nP1,blue,red,calm\n");
    load();
    file("persons.csv", "person_id,art,hair,mood,zest\nP1,yes,,glad,\n"); /* blank is said */
    load();
    expect_value("SELECT extra FROM person", "{\"art\":\"yes\",\"eyes\":\"blue\",\"mood\":\"glad\"}");
    expect_value("SELECT field || old_value FROM correction", "extra{\"eyes\":\"blue\",\"hair\":\"red\",\"mood\":\"calm\"}");
    load();
    expect_value("SELECT count(*) FROM correction", "1");
}

Test(import, events_links_assessments_and_actions_are_corrected_too)
{
    two_people_and_an_event();
    file("locations.csv", "location_id,lat,lon\nL1,52.1,-1.3\n");
    file("links.csv", "from_id,to_id,kind,link_id,weight\nP1,P2,friend,K1,0.1\n");
    file("assessments.csv", "assessment_id,person_id,tool,assessed_on\nA1,P1,GAT,2024-05-02\n");
    file("actions.csv", "action_id,subject_id,due\nX1,P1,2024-07-01\n");
    load();
    file("locations.csv", "location_id,lat,lon\nL1,52.2,-1.3\n");
    file("events.csv", "event_id,kind,occurred_at,location_id\nE1,sighting,2024-05-01T22:15,L1\n");
    file("links.csv", "from_id,to_id,kind,link_id,weight\nP1,P2,friend,K1,0.2\n");
    file("assessments.csv", "assessment_id,person_id,tool,assessed_on\nA1,P2,GAT,2024-05-02\n");
    file("actions.csv", "action_id,subject_id,due\nX1,P2,2024-07-02\n");
    load();
    expect_value("SELECT group_concat(table_name || '.' || field || ' ' || old_value || '>' || "
                 "new_value, ', ') FROM"
                 " (SELECT * FROM correction ORDER BY row)",
                 "location.lat 52.1>52.2, event.kind missing>sighting, event.location_id >L1, "
                 "link.weight 0.1>0.2, "
                 "assessment.person_id P1>P2, action.subject_id person:P1>person:P2, action.due "
                 "2024-07-01>2024-07-02");
    expect_value(
        "SELECT a.id FROM assessment AS a JOIN entity AS e ON e.row = a.person WHERE e.id = 'P2'",
        "A1");
    load();
    cr_expect_eq(report.batch, 0);
}

Test(import, another_name_from_another_source_is_another_person)
{
    file("persons.csv", "person_id,name,dob,source\n1,Ada Ash,2008-03-01,police\n");
    load();
    file("persons.csv", "person_id,name,dob,source\n1,Ben Birk,2008-03-01,school\n");
    refuse();
    expect_said("persons.csv:2:name:error:\"1\" is known from police with another name than school "
                "gives; if they are two, prefix one of them by this line in the mapping of school: "
                "person_id = \"school:\" + person_id\n");
    file("persons.csv", "person_id,name,dob,source\n1,Ada Ash,2009-03-01,school\n");
    refuse();
    expect_said("persons.csv:2:dob:error:");
    expect_value("SELECT name || dob FROM person", "Ada Ash2008-03-01");
}

Test(import, what_another_source_says_otherwise_is_named_and_the_owners_value_kept)
{
    file("persons.csv", "person_id,name,postcode,source\n1,Ada Ash,NG1,police\n");
    load();
    file("persons.csv", "person_id,name,postcode,sex,source\n1,,NG2,F,school\n");
    load();
    expect_said("persons.csv:2:person_id:warning:\"1\": sex, postcode from school not as police "
                "has it; what police recorded is kept\n");
    expect_value("SELECT postcode || sex FROM person", "NG1");
    cr_expect_eq(report.batch, 0);
}

/* Agencies number their incidents alike; whether these are one, people must say. */
Test(import, an_event_of_another_day_from_another_source_is_warned_of)
{
    file("events.csv", "event_id,kind,occurred_at,source\n1,missing,2024-05-01T22:15,police\n2,missing,2024-05,police\n");
    load();
    file("events.csv", "event_id,kind,occurred_at,source\n1,missing,2024-05-01T23:40,health\n2,missing,2024-05-09,health\n");
    load();
    expect_said("events.csv:2:event_id:warning:\"1\": occurred_at from health not as police has it; "
                "what police recorded is kept\n");
    file("events.csv", "event_id,kind,occurred_at,source\n1,missing,2023-05-01,school\n");
    load();
    expect_said("what police recorded is kept. The day differs: if they are two, put a prefix before one's id\n");
    expect_value("SELECT group_concat(occurred_at) FROM event", "2024-05-01T22:15,2024-05");
}

Test(import, a_name_in_capitals_and_a_month_of_birth_are_no_other_person)
{
    file("persons.csv", "person_id,name,dob,source\n1,Ada Ash-Birk,2008-03-01,police\n");
    load();
    file("persons.csv", "person_id,name,dob,source\n1,ADA  ASH BIRK,2008-03,school\n");
    load();
    expect_said("persons.csv:2:person_id:warning:\"1\": name, dob from school not as police has it; "
                "what police recorded is kept\n");
    file("persons.csv", "person_id,name,dob,source\n1,Ada Ash-Birk,2008-04,school\n");
    refuse();
    expect_said("persons.csv:2:dob:error:");
}

Test(import, an_id_given_twice_with_different_content_is_refused_naming_both_lines)
{
    file("persons.csv", "person_id,name\nP1,Ada\nP2,Ben\nP1,Adah\n");
    refuse();
    expect_said("persons.csv:4:person_id:error:\"P1\" is given twice with different content "
                "(name), here and in line 2 of ");
    file("persons.csv", "person_id,name\nP1,Ada\nP2,Ben\nP1,Ada\n");
    load();
    expect_said("persons.csv:4:person_id:note:the row is in this call twice; it is loaded once\n");
    expect_value("SELECT count(*) FROM person", "2");
}

/* ---- the whole call ---- */

Test(import, one_error_anywhere_leaves_the_hub_as_it_was)
{
    two_people_and_an_event();
    file("participations.csv", "event_id,person_id\nE1,P1\nE1,P9\n");
    refuse();
    expect_value("SELECT (SELECT count(*) FROM entity) + (SELECT count(*) FROM event)"
                 " + (SELECT count(*) FROM participation) + (SELECT count(*) FROM word)",
                 "0");
    cr_expect_eq(report.batch, 0);
}

Test(import, a_dry_run_reports_and_keeps_nothing)
{
    two_people();
    dry_run = true;
    load();
    cr_expect_eq(report.counts[3].added, 2);
    expect_value("SELECT count(*) FROM entity", "0");
}

Test(import, like_faults_are_listed_a_thousand_times_and_counted)
{
    kith_text text = { 0 };

    kith_text_add(&text, "person_id,dob\n");
    for (int i = 0; i < 1500; i++)
        kith_text_format(&text, "P%d,never\n", i);
    file("persons.csv", kith_text_string(&text));
    kith_text_free(&text);
    refuse();
    cr_expect_eq(report.errors, 1500);
    cr_expect_eq(kith_table_rows(&report.table), 1001);
    expect_said("persons.csv:0::error:500 more errors are not listed that are like ");
}

Test(import, hostile_text_is_text)
{
    file("persons.csv", "person_id,name\nP1,\"Robert'); DROP TABLE "
                        "person;--\"\n\"P\"\"2\",\"=1+1\"\n\xF0\x9F\x8C\x8A,<b>\n");
    load();
    expect_value("SELECT count(*) FROM person", "3");
    expect_value("SELECT name FROM person JOIN entity ON row = entity WHERE id = 'P1'",
                 "Robert'); DROP TABLE person;--");
    load();
    cr_expect_eq(report.batch, 0);
}

Test(import, the_loads_are_listed)
{
    const kith_view view = { .user = "analyst", .purpose = "", .audience = "case-team" };
    kith_table table;

    two_people();
    load();
    kith_store *store = open_hub();
    cr_assert_eq(kith_import_batches(&table, store, &view, &error), KITH_OK);
    cr_expect_eq(kith_table_rows(&table), 2); /* the hub's own, made by the test, and this */
    cr_expect_str_eq(table.cells[table.column_count + 1].text, "2024-06-15T12:00:00Z");
    cr_expect_eq(table.cells[table.column_count + 4].integer, 2);
    kith_table_free(&table);
    kith_store_close(store);
}
