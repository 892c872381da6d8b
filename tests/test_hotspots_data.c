/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_hotspots_data.c: hotspots of whole sets, from their files to the figures.
 *
 * The town of the samples has its answers written down and worked out by hand
 * (ANSWERS.md). The other sets have reference figures by other tools; without the
 * reference data these tests skip. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/hotspots.h"
#include "kith/import.h"
#include "kith/text.h"
#include "support.h"

enum { LINE_SIZE = 1024, FIELD_MAX = 16 };

static char *folder;
static kith_store *store;
static kith_network network;
static kith_hotspots found;
static kith_hotspots_options options;

static void drop(void)
{
    kith_hotspots_free(&found);
    kith_network_free(&network);
    kith_store_close(store);
    drop_folder(folder);
}

TestSuite(hotspots_data, .fini = drop);

static void load(const char *set)
{
    const kith_view view = { .user = "test", .purpose = "", .audience = "", .all_dates = true };
    const kith_import_options how = { .now = 1640995200 };
    kith_import_report report;
    kith_error err = { 0 };

    folder = make_folder();
    char *hub = path_in(folder, "hub.kith");
    cr_assert(eq(int, kith_store_create(hub, NULL, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_store_open(&store, hub, NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_import(&report, store, &view, &set, 1, &how, &err), KITH_OK), "%s",
              err.message);
    kith_import_report_free(&report);
    free(hub);
}

/* With the window of the figures given in days. */
static void find(const char *as_of, int window_days)
{
    kith_view view = { .user = "test", .purpose = "", .audience = "" };
    kith_error err = { 0 };

    cr_assert(kith_day_read(&view.as_of, as_of));
    options.since = view.as_of - window_days + 1;
    view.since = window_days > KITH_HOTSPOT_CHANGE_DAYS ? options.since
                                                        : view.as_of - KITH_HOTSPOT_CHANGE_DAYS + 1;
    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_OK), "%s",
              err.message);
    cr_assert(eq(int, kith_hotspots_find(&found, &network, &options, &err), KITH_OK), "%s",
              err.message);
}

static const kith_hotspot *of(const char *id)
{
    for (size_t i = 0; i < found.count; i++)
        if (strcmp(network.things[found.places[i].place].id, id) == 0)
            return &found.places[i];
    cr_fatal("place %s is not in the result", id);
}

static const char *id_at(size_t row)
{
    return network.things[found.places[row].place].id;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void expect_same_place(const kith_hotspot *a, const kith_hotspot *b)
{
    cr_assert(eq(u32, a->place, b->place));
    cr_assert(eq(int, (int)a->section, (int)b->section), "row %u", a->place);
    cr_assert(eq(u32, a->rank, b->rank), "row %u", a->place);
    cr_assert(eq(u32, a->children, b->children), "row %u", a->place);
    cr_assert(eq(u32, a->events, b->events), "row %u", a->place);
    cr_assert(eq(u32, a->agencies, b->agencies), "row %u", a->place);
    cr_assert(eq(int, (int)a->change, (int)b->change), "row %u", a->place);
    cr_assert(same_number(a->score, b->score) && same_number(a->lift, b->lift), "row %u", a->place);
    cr_assert(same_number(a->weighted_events, b->weighted_events), "row %u", a->place);
    cr_assert(same_number(a->q_value, b->q_value), "row %u", a->place);
}

/* ---- the town of the samples: ANSWERS.md, "Places" ---- */

static void load_town(void)
{
    load(KITH_SOURCE_DIR "/samples/harbour-town");
}

static void expect_place(const char *id, uint32_t children, uint32_t age_unknown, uint32_t events,
                         uint32_t recent, uint32_t all)
{
    const kith_hotspot *h = of(id);

    cr_assert(eq(u32, h->children, children), "%s", id);
    cr_assert(eq(u32, h->age_unknown, age_unknown), "%s", id);
    cr_assert(eq(u32, h->events, events), "%s", id);
    cr_assert(eq(u32, h->recent_child_days, recent), "%s", id);
    cr_assert(eq(u32, h->recent_child_days + h->earlier_child_days, all), "%s", id);
}

Test(hotspots_data, places_are_the_same_without_links_in_memory, .init = load_town)
{
    kith_network events;
    kith_hotspots again;
    kith_error err = { 0 };
    size_t homes = 0;

    find("2022-06-30", 112);
    cr_assert(network.link_count > 0);
    cr_assert(kith_network_build_events(&events, store, &network.view, &err) == KITH_OK);
    cr_assert(kith_hotspots_find(&again, &events, &options, &err) == KITH_OK);
    cr_assert(eq(sz, events.link_count, 0));
    cr_assert(eq(int, events.newest_day, network.newest_day));
    cr_assert(eq(sz, again.count, found.count));
    for (size_t i = 0; i < found.count; i++) {
        expect_same_place(&again.places[i], &found.places[i]);
        homes += again.places[i].section == KITH_HOME_PLACE;
    }
    cr_assert(homes > 0, "homes are told by links");
    kith_hotspots_free(&again);
    kith_network_free(&events);
}

Test(hotspots_data, the_town_s_public_places_are_as_answered, .init = load_town)
{
    find("2022-06-30", 112);
    expect_place("L11", 13, 0, 13, 5, 13);
    expect_place("L23", 13, 0, 10, 3, 17);
    expect_place("L10", 12, 0, 8, 1, 12);
    expect_place("L22", 10, 1, 8, 5, 13);
    expect_place("L12", 10, 1, 6, 1, 10);
    expect_place("L13", 8, 0, 6, 4, 8);
    expect_place("L07", 6, 0, 11, 1, 41);
    expect_place("L06", 6, 0, 8, 8, 9);
    expect_place("L31", 5, 0, 4, 1, 5);
    expect_place("L24", 4, 0, 4, 2, 4);
    cr_assert(eq(u32, of("L15")->children, 0u), "its only event is graded E");
    cr_assert(eq(u32, of("L08")->children, 2u));
    cr_assert(eq(u32, of("L08")->events, 12u));
    cr_assert(gt(u32, of("L08")->rank, of("L06")->rank), "casework, not a place problem");
}

Test(hotspots_data, the_town_s_vape_shop_alone_is_emerging_and_its_slipway_cooling,
     .init = load_town)
{
    find("2022-06-30", 112);
    for (size_t i = 0; i < found.count; i++) {
        const kith_place_change change = found.places[i].change;
        cr_assert(eq(int, change == KITH_CHANGE_EMERGING, strcmp(id_at(i), "L06") == 0));
        cr_assert(eq(int, change == KITH_CHANGE_COOLING, strcmp(id_at(i), "L07") == 0));
    }
    cr_assert(epsilon_eq(dbl, of("L06")->p_value, 28.0 / 262144, 1e-12));
    cr_assert(epsilon_eq(dbl, of("L07")->p_value, 0.0001106, 5e-8));
}

Test(hotspots_data, the_town_s_school_and_homes_stand_apart, .init = load_town)
{
    static const char *const homes[] = { "L20", "L21", "L33", "L39", "L45" };

    find("2022-06-30", 112);
    cr_assert(eq(u32, of("L03")->children, 14u), "more than any public place");
    cr_assert(eq(int, (int)of("L03")->section, KITH_SERVICE_PLACE));
    cr_assert(eq(u32, of("L03")->rank, 0u));
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++)
        cr_assert(eq(int, (int)of(homes[i])->section, KITH_HOME_PLACE), "%s", homes[i]);
}

Test(hotspots_data, a_year_before_the_park_is_first, .init = load_town)
{
    find("2021-07-31", 112);
    cr_assert(eq(str, (char *)id_at(0), "L01"));
    cr_assert(eq(u32, found.places[0].children, 17u));
    cr_assert(eq(u32, of("L01")->recent_child_days, 9u));
    cr_assert(eq(u32, of("L01")->recent_child_days + of("L01")->earlier_child_days, 47u));
}

/* ---- sets with reference figures ---- */

static void load_set(const char *name)
{
    char *set = need_data(name);

    load(set);
    free(set);
}

static size_t split(char *line, char *fields[FIELD_MAX])
{
    size_t count = 0;

    cr_assert(strchr(line, '"') == NULL);
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; at != NULL && count < FIELD_MAX; count++) {
        fields[count] = at;
        at = strchr(at, ',');
        if (at != NULL)
            *at++ = '\0';
    }
    return count;
}

static double number(const char *field)
{
    double value;

    cr_assert(kith_number_read(&value, field), "%s", field);
    return value;
}

/* Calls check for each row; returns how many there were. */
static size_t each_row(const char *name, void (*check)(char *fields[FIELD_MAX]))
{
    char *path = need_data(name), line[LINE_SIZE], *fields[FIELD_MAX];
    FILE *file = fopen(path, "r");
    size_t rows = 0;

    cr_assert(file != NULL);
    cr_assert(fgets(line, sizeof line, file) != NULL);
    for (; fgets(line, sizeof line, file) != NULL; rows++) {
        cr_assert(ge(sz, split(line, fields), 5));
        check(fields);
    }
    fclose(file);
    free(path);
    return rows;
}

/* location_id, name, events, participations, distinct_persons */
static void check_arrests(char *fields[FIELD_MAX])
{
    const kith_hotspot *h = of(fields[0]);

    cr_assert(eq(dbl, (double)h->events, number(fields[2])), "%s", fields[0]);
    cr_assert(eq(dbl, (double)h->children, number(fields[4])), "%s", fields[0]);
    cr_assert(eq(u32, h->age_unknown, h->children), "nobody's age is recorded");
}

Test(hotspots_data, arrests_of_suffragettes_by_place)
{
    static const char *const kinds[] = { "arrest_or_court_appearance" };

    load_set("suffragette-arrests");
    options = (kith_hotspots_options){ .kinds = kinds, .kind_count = 1 };
    find("1921-12-31", 9000);
    cr_assert(eq(sz, each_row("suffragette-arrests/reference/location_summary.csv", check_arrests),
                 found.count));
    cr_assert(eq(str, (char *)id_at(0), "C11"));
}

/* location_id, events, neighbours, events nearby, gi_star_z */
static void check_gi(char *fields[FIELD_MAX])
{
    cr_assert(epsilon_eq(dbl, of(fields[0])->gi_star_z, number(fields[4]), 1e-6), "%s", fields[0]);
}

static void expect_gi(const char *set, const char *reference, const char *as_of)
{
    load_set(set);
    options = (kith_hotspots_options){ .gi_metres = 500 };
    find(as_of, 365);
    cr_assert(eq(sz, each_row(reference, check_gi), found.gi_places));
    for (size_t i = 0; i < found.count; i++)
        cr_assert(eq(u32, found.places[i].children, 0u), "nobody is recorded there");
}

Test(hotspots_data, gi_of_crime_in_nottingham)
{
    expect_gi("uk-nottingham-2022", "uk-nottingham-2022/reference/location_hotspots.csv",
              "2022-12-31");
}

Test(hotspots_data, gi_of_anti_social_behaviour_in_northumbria)
{
    expect_gi("uk-northumbria-asb-2022-07",
              "uk-northumbria-asb-2022-07/reference/location_hotspots.csv", "2022-07-31");
}
