/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_check.c: what is a fault of the data, and what only looks like one. */
#include "kith/check.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"

TestSuite(check, .init = begin_hub, .fini = end_hub);

/* How many rows have this severity, id and field; NULL is any. */
static size_t found(const char *severity, const char *id, const char *field)
{
    kith_error err = { 0 };
    kith_table table;
    size_t serious, count = 0, counted = 0;
    const kith_view view = view_of("2024-06-15", 365);
    kith_store *store = open_hub();

    cr_assert_eq(kith_check(&table, &serious, store, &view, NULL, true, &err), KITH_OK, "%s", err.message);
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *cells = &table.cells[r * table.column_count];
        counted += strcmp(cells[0].text, "NOTE") != 0;
        count += (severity == NULL || strcmp(cells[0].text, severity) == 0) &&
                 (id == NULL || strcmp(cells[2].text, id) == 0) &&
                 (field == NULL || strcmp(cells[3].text, field) == 0);
    }
    cr_expect_eq(serious, counted);
    kith_table_free(&table);
    kith_store_close(store);
    return count;
}

Test(check, an_empty_hub_has_nothing_wrong_or_missing)
{
    cr_expect_eq(found(NULL, NULL, NULL), 0);
}

/* Sets where a place is; columns "lat, lon" or "easting, northing". */
static void locate(const char *id, const char *columns, double first, double second)
{
    char sql[300];

    snprintf(sql, sizeof sql, "UPDATE location SET (%s) = (%.5f, %.5f)"
                              " WHERE entity = (SELECT row FROM entity WHERE id = '%s')",
             columns, first, second, id);
    run_sql(sql);
}

static void be_at(const char *event, const char *at, const char *place)
{
    add_event(event, "incident", at, place, 0);
    add_part(event, "P1", "victim");
}

/* A degree of latitude is 111.195 km on the sphere, so 0.01 degrees are 1.11 km. */
Test(check, nobody_is_at_two_places_in_one_minute)
{
    add_place("L1", "park");
    add_place("L2", "shop");
    add_place("NEAR", "shop");
    locate("L1", "lat, lon", 53.00, 0.5);
    locate("L2", "lat, lon", 53.01, 0.5);
    locate("NEAR", "lat, lon", 53.008, 0.5); /* 890 m */
    add_person("P1", "2010-01-01");
    be_at("E1", "2024-05-01T22:00", "L1");
    be_at("E2", "2024-05-01T22:00", "L2");
    be_at("E3", "2024-05-01T22:00", "L1");
    be_at("E4", "2024-05-02", "L1"); /* days, not minutes */
    be_at("E5", "2024-05-02", "L2");
    be_at("E6", "2024-05-03T22:00", "L1");
    be_at("E7", "2024-05-03T22:00", "NEAR");
    cr_expect_eq(found("WARNING", NULL, "location_id"), 2); /* E1 with E2, E2 with E3 */
    cr_expect_eq(found("WARNING", "E1", "location_id"), 1);
    cr_expect_eq(found("WARNING", "E2", "location_id"), 1);
    cr_expect_eq(found("NOTE", NULL, "location_id"), 0);
}

/* 150 km/h are 2.5 km a minute. On the National Grid a metre is a metre. */
Test(check, nobody_travels_faster_than_any_road)
{
    add_place("L1", "park");
    add_place("L2", "park");
    add_place("L3", "park");
    locate("L1", "easting, northing", 400000, 300000);
    locate("L2", "easting, northing", 424900, 300000);
    locate("L3", "easting, northing", 425100, 300000);
    add_person("P1", "2010-01-01");
    be_at("E1", "2024-05-01T10:00", "L1");
    be_at("E2", "2024-05-01T10:10", "L2"); /* 24.9 km in 10 minutes */
    be_at("E3", "2024-05-02T10:00", "L1");
    be_at("E4", "2024-05-02T10:10", "L3"); /* 25.1 km */
    be_at("E5", "2024-05-02T11:11", "L1"); /* after more than an hour nothing is said */
    cr_expect_eq(found("WARNING", NULL, "location_id"), 1);
    cr_expect_eq(found("WARNING", "E3", "location_id"), 1);
}

Test(check, places_whose_distance_is_unknown_are_a_note)
{
    add_place("L1", "park");
    add_place("L2", "park");
    add_place("L3", "park");
    add_place("L4", "park");
    locate("L1", "easting, northing", 400000, 300000);
    locate("L2", "lat, lon", 53.0, 0.5);
    locate("L4", "easting, northing", 460000, 300000);
    add_person("P1", "2010-01-01");
    be_at("E1", "2024-05-01T10:00", "L1");
    be_at("E2", "2024-05-01T10:00", "L2"); /* one by the grid, one by degrees */
    be_at("E3", "2024-05-02T10:00", "L1");
    be_at("E4", "2024-05-02T10:00", "L3"); /* no coordinates */
    be_at("E5", "2024-05-02T10:01", "L4"); /* too far from E3 */
    cr_expect_eq(found("NOTE", NULL, "location_id"), 2);
    cr_expect_eq(found("NOTE", "E1", "location_id"), 1);
    cr_expect_eq(found("NOTE", "E3", "location_id"), 1);
    cr_expect_eq(found("WARNING", NULL, "location_id"), 1);
    cr_expect_eq(found("WARNING", "E3", "location_id"), 1);
}

/* A missing episode's place is where it ended; who reports or helps need not be there. */
Test(check, a_place_counts_when_and_for_whom_it_was_reached)
{
    add_place("L1", "park");
    add_place("L2", "park");
    locate("L1", "lat, lon", 53.0, 0.5);
    locate("L2", "lat, lon", 53.5, 0.5);
    add_person("P1", "2010-01-01");
    add_person("P2", "1980-01-01");
    add_event("M1", "missing", "2024-05-01T10:00", "L1", 0);
    run_sql("UPDATE event SET ended_at = '2024-05-01T20:00'");
    add_part("M1", "P1", "missing");
    add_part("M1", "P2", "reporter");
    be_at("E1", "2024-05-01T10:00", "L2");
    add_event("E2", "incident", "2024-05-01T20:00", "L2", 0);
    add_part("E2", "P2", "victim");
    cr_expect_eq(found(NULL, NULL, "location_id"), 0);
    add_part("E2", "P1", "victim");
    cr_expect_eq(found("WARNING", "E2", "location_id"), 1);
}

Test(check, nobody_is_in_an_event_before_birth)
{
    add_person("EARLY", "2024-05-02");
    add_person("MONTH", "2024-05-20"); /* may be born before the event */
    add_person("LATER", "2024-06");
    add_event("E1", "incident", "2024-05-01T22:00", "", 0);
    add_event("E2", "incident", "2024-05", "", 0);
    add_part("E1", "EARLY", "victim");
    add_part("E2", "MONTH", "victim");
    add_part("E2", "LATER", "victim");
    cr_expect_eq(found("CRITICAL", NULL, "dob"), 2);
    cr_expect_eq(found("CRITICAL", "MONTH", "dob"), 0);
}

/* A month counts as its last day, for a birth as for an event. */
Test(check, a_child_named_as_alleged_perpetrator_is_noted)
{
    add_person("BOY", "2006-05-15");
    add_person("MONTH", "2006-05");
    add_event("E1", "incident", "2024-05-14", "", 0);
    add_event("E2", "incident", "2024-05-30", "", 0);
    add_event("E3", "incident", "2024-05", "", 0);
    for (int i = 1; i <= 3; i++) {
        add_part((char[]){ 'E', (char)('0' + i), '\0' }, "BOY", "alleged_perpetrator");
        add_part((char[]){ 'E', (char)('0' + i), '\0' }, "MONTH", "alleged_perpetrator");
    }
    cr_expect_eq(found("NOTE", NULL, "role"), 3);
    cr_expect_eq(found("NOTE", "E1/BOY", "role"), 1);
    cr_expect_eq(found("NOTE", "E1/MONTH", "role"), 1);
    cr_expect_eq(found("NOTE", "E2/MONTH", "role"), 1);
}

Test(check, an_event_that_ends_before_it_begins_is_critical)
{
    add_event("E1", "missing", "2023-10-29T01:50", "", 0);
    add_event("E2", "missing", "2023-10-29T01:50", "", 0);
    add_event("E3", "missing", "2023-10-29", "", 0);
    run_sql("UPDATE event SET ended_at = '2023-10-29T01:49' WHERE id = 'E1'");
    run_sql("UPDATE event SET ended_at = '2023-10-29T01:10+00:00' WHERE id = 'E2'"); /* 20 minutes later */
    run_sql("UPDATE event SET ended_at = '2023-10' WHERE id = 'E3'");
    cr_expect_eq(found("CRITICAL", NULL, "ended_at"), 1);
    cr_expect_eq(found("CRITICAL", "E1", "ended_at"), 1);
}

Test(check, a_private_home_without_a_resident_is_noted)
{
    add_place("L1", "Family home");
    add_place("L2", "house");
    add_place("L3", "school");
    add_person("P1", "2010-01-01");
    add_link("P1", "L2", "Lives at", 0, "", "");
    cr_expect_eq(found("NOTE", NULL, "kind"), 1);
    cr_expect_eq(found("NOTE", "L1", "kind"), 1);
}

Test(check, words_that_blame_a_child_are_noted_where_they_stand)
{
    add_person("P1", "2010-01-01");
    add_person("P2", "2010-01-01");
    add_place("L1", "park");
    add_event("E1", "gang_meeting", "2024-05-01", "", 0); /* a kind that Kith does not know */
    add_event("E2", "missing", "2024-05-01", "", 0);
    add_group("G1", "urban_street_gang"); /* the field's own word for a kind of group */
    add_link("P1", "P2", "friend", 0, "", "");
    add_context("P1", "peer", "risk", "", "", 1, "", "");
    run_sql("UPDATE event SET summary = 'A lifestyle choice; lifestyle choices' WHERE id = 'E2'");
    run_sql("UPDATE grouping SET name = 'Pier gang'");
    run_sql("UPDATE link SET notes = 'In a relationship with an older man'");
    run_sql("UPDATE context SET summary = 'She said \"my gang\"'");
    run_sql("UPDATE person SET notes = 'Refuses to engage' WHERE entity = (SELECT row FROM entity WHERE id = 'P2')");
    cr_expect_eq(found("NOTE", "E1", "kind"), 1);
    cr_expect_eq(found("NOTE", "E2", "summary"), 1); /* one term, twice */
    cr_expect_eq(found("NOTE", "G1", "name"), 1);
    cr_expect_eq(found("NOTE", "P1", "notes"), 1);
    cr_expect_eq(found("NOTE", "P1", "summary"), 1);
    cr_expect_eq(found("NOTE", "P2", "notes"), 1);
    cr_expect_eq(found(NULL, "E2", "kind"), 0);
    cr_expect_eq(found(NULL, "G1", "kind"), 0);
}

Test(check, a_flag_that_has_ended_or_stands_alone_is_told)
{
    add_person("P1", "2010-01-01");
    add_person("P2", "2010-01-01");
    add_event("E1", "incident", "2024-05-01", "", 0);
    add_part("E1", "P1", "victim");
    run_sql("INSERT INTO flag (person, flag, status, valid_from, valid_to, holder, extra, digest, nth, origin, batch)"
            " SELECT e.row, f.column1, f.column2, f.column3, f.column4, '', '', randomblob(16), 1, e.origin, e.batch"
            " FROM entity AS e JOIN (VALUES"
            " ('LAC', 'active', '2023-01-01', '2024-06-14'), ('NRM', 'active', '2023-01-01', '2024-06-15'),"
            " ('CIN', 'closed', '2023-01-01', '2023-02'), ('CP_PLAN', '', '2024-02-01', '2024-01')) AS f"
            " WHERE e.kind = 1");
    cr_expect_eq(found("WARNING", "P1", "valid_to"), 1); /* LAC: ended the day before */
    cr_expect_eq(found("CRITICAL", "P1", "valid_to"), 1);
    cr_expect_eq(found("NOTE", "P1", "person_id"), 0);
    cr_expect_eq(found("NOTE", "P2", "person_id"), 4);
}

Test(check, a_link_to_somebody_unknown_is_told)
{
    add_person("P1", "2010-01-01");
    add_person("P2", "");
    run_sql("UPDATE person SET name = '' WHERE dob = ''");
    add_link("P1", "P2", "friend", 0, "", "");
    cr_expect_eq(found("WARNING", NULL, "to_id"), 1);
    cr_expect_eq(found("WARNING", NULL, "from_id"), 0);
}

Test(check, a_source_that_fell_silent_is_told)
{
    set_origin("police", "", "");
    add_event("E1", "incident", "2023-06-15", "", 0); /* the day before the window of 365 days */
    set_origin("health", "", "");
    add_event("E2", "incident", "2023-06-17", "", 0);
    add_event("E3", "incident", "2020-01-01", "", 0);
    cr_expect_eq(found("WARNING", "police", ""), 1);
    cr_expect_eq(found("WARNING", "health", ""), 0);
}

Test(check, a_note_of_many_records_is_one_row)
{
    kith_error err;
    kith_table table;
    size_t serious, rows = 0;
    const kith_view view = view_of("2024-06-15", 365);
    const char *const ids[] = { "P1", "P2", "P3", "P4" };

    for (size_t i = 0; i < 4; i++)
        add_person(ids[i], "2010-01-01");
    kith_store *store = open_hub();
    cr_assert_eq(kith_check(&table, &serious, store, &view, NULL, false, &err), KITH_OK);
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *cells = &table.cells[r * table.column_count];
        if (strcmp(cells[3].text, "") != 0 || strcmp(cells[1].text, "persons") != 0)
            continue;
        rows++;
        cr_expect_str_eq(cells[2].text, "");
        cr_expect(strncmp(cells[4].text, "4 of them (P1, P2, P3, ...): no event", 37) == 0, "%s", cells[4].text);
    }
    cr_expect_eq(rows, 1);
    kith_table_free(&table);
    kith_store_close(store);
    cr_expect_eq(found("NOTE", NULL, ""), 4);
}

static void confirm(const char *one, const char *other)
{
    char sql[400];

    snprintf(sql, sizeof sql,
             "INSERT INTO sameness SELECT e.row, (SELECT row FROM entity WHERE id = '%s') FROM entity AS e"
             " WHERE e.id IN ('%s', '%s')",
             one, one, other);
    run_sql(sql);
}

Test(check, confirmed_records_that_differ_are_told)
{
    add_person("P1", "2010-01-01");
    add_person("P2", "2010-02-01");
    add_person("P3", "2010-03");
    add_person("P4", "2010-03-09");
    run_sql("UPDATE person SET sex = CASE entity % 2 WHEN 0 THEN 'F' ELSE 'male' END");
    cr_expect_eq(found("WARNING", NULL, NULL), 0);
    confirm("P1", "P2");
    confirm("P3", "P4");
    cr_expect_eq(found("WARNING", "P1", "dob"), 1);
    cr_expect_eq(found("WARNING", NULL, "dob"), 1); /* a day in the month: the same */
    cr_expect_eq(found("WARNING", NULL, "sex"), 2);
}

Test(check, what_is_said_of_one_record_is_said_of_both)
{
    add_person("P1", "");
    add_person("P2", "2012-01-01");
    add_person("P3", "2012-01-01");
    run_sql("UPDATE person SET name = '' WHERE dob = ''");
    add_place("L1", "home");
    add_place("L2", "");
    add_event("E1", "incident", "2024-05-01", "", 0);
    add_part("E1", "P1", "alleged_perpetrator");
    add_link("P1", "P3", "friend", 0, "", "");
    add_link("P3", "L2", "lives_at", 0, "", "");
    cr_expect_eq(found("NOTE", "P2", ""), 1); /* alone */
    cr_expect_eq(found("NOTE", "L1", "kind"), 1);
    cr_expect_eq(found("WARNING", NULL, "from_id"), 1);
    cr_expect_eq(found("NOTE", "E1/P1", "role"), 0);
    add_place("L3", "park");
    add_place("L4", "park");
    locate("L3", "lat, lon", 53.0, 0.5);
    locate("L4", "lat, lon", 53.5, 0.5);
    be_at("E2", "2024-05-03T10:00", "L3");
    add_event("E3", "incident", "2024-05-03T10:00", "L4", 0);
    add_part("E3", "P2", "victim");
    cr_expect_eq(found("WARNING", NULL, "location_id"), 0);
    confirm("P1", "P2");
    confirm("L1", "L2");
    cr_expect_eq(found("WARNING", "E2", "location_id"), 1);
    confirm("L3", "L4");
    cr_expect_eq(found("WARNING", "E2", "location_id"), 0);
    cr_expect_eq(found("NOTE", "P2", ""), 0);
    cr_expect_eq(found("NOTE", "L1", "kind"), 0);
    cr_expect_eq(found("WARNING", NULL, "from_id"), 0);
    cr_expect_eq(found("NOTE", "E1/P1", "role"), 1); /* a child by the other record's date of birth */
}

Test(check, a_birth_of_more_than_a_hundred_and_ten_years_ago_is_told)
{
    add_person("OLD", "1913-12-31");
    add_person("OLDEST_ALIVE", "1914-01-01");
    cr_expect_eq(found("WARNING", NULL, "dob"), 1);
    cr_expect_eq(found("WARNING", "OLD", "dob"), 1);
}

Test(check, conditions_and_links_that_end_before_they_begin_are_critical)
{
    add_person("P1", "2010-01-01");
    add_person("P2", "2010-01-01");
    run_sql("INSERT INTO restriction (person, kind, imposed_by, valid_from, valid_to, extra, digest, nth, origin, batch)"
            " SELECT e.row, 'bail', '', f.column1, f.column2, '', randomblob(16), 1, e.origin, e.batch"
            " FROM entity AS e JOIN (VALUES ('2024-02-02', '2024-02-01'), ('2024-02-02', '2024-02'),"
            " ('2024-02-02', ''), ('', '2024-02-01')) AS f WHERE e.id = 'P1'");
    add_link("P1", "P2", "friend", 0, "2024-03-02", "2024-03-01");
    add_link("P1", "P2", "friend", 0, "2024-03-02", "2024-03-02");
    cr_expect_eq(found("CRITICAL", "P1", "valid_to"), 1);
    cr_expect_eq(found("CRITICAL", NULL, "valid_to"), 2);
}

/* The message of the one row that has this table and field, "" without one. */
static void message_of(char out[200], const char *table_name, const char *field)
{
    kith_error err;
    kith_table table;
    size_t serious;
    const kith_view view = view_of("2024-06-15", 365);
    kith_store *store = open_hub();

    out[0] = '\0';
    cr_assert_eq(kith_check(&table, &serious, store, &view, NULL, true, &err), KITH_OK);
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *cells = &table.cells[r * table.column_count];
        if (strcmp(cells[1].text, table_name) == 0 && strcmp(cells[3].text, field) == 0)
            snprintf(out, 200, "%s", cells[4].text);
    }
    kith_table_free(&table);
    kith_store_close(store);
}

Test(check, what_each_agency_leaves_blank_and_ungraded_is_counted)
{
    char said[200];

    set_origin("police", "R1", "2B");
    add_person("P1", "2010-01-01");
    add_event("E1", "incident", "2024-05-01", "", 2);
    set_origin("police", "R2", "");
    add_person("P2", "");
    add_person("P3", "");
    add_event("E2", "incident", "", "", 2);
    add_event("E3", "incident", "2024-05-01", "", 2);
    message_of(said, "persons", "dob");
    cr_expect_str_eq(said, "police: 2 of 3 blank (67 %)");
    message_of(said, "events", "occurred_at");
    cr_expect_str_eq(said, "police: 1 of 3 blank (33 %)");
    message_of(said, "events", "severity");
    cr_expect_str_eq(said, "");
    message_of(said, "events", "source_grade");
    cr_expect_str_eq(said, "police: 2 of 3 ungraded (67 %)");
}
