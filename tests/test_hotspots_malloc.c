/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_hotspots_malloc.c: every allocation of what looks at places fails once, and each time that
 * is said and nothing leaks. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocations.h"
#include "hub.h"
#include "kith/displacement.h"
#include "kith/geojson.h"
#include "kith/near_repeat.h"
#include "kith/place_facts.h"
#include "kith/places_map.h"
#include "kith/reach.h"
#include "kith/selfcheck.h"

static kith_network network;
static kith_store *store;
static kith_hotspots places;
static kith_hotspots_options options;

/* One place that cools while another, with the same children, warms; both on the map, one by
 * the National Grid. */
static void open_places(void)
{
    char id[8] = "P1", day[32];

    setenv("KITH_THREADS", "1", 1); /* allocations are counted for one thread */
    begin_hub();
    for (int i = 1; i <= 3; i++) {
        id[1] = (char)('0' + i);
        add_person(id, "2010-01-01");
    }
    add_place("L1", "park");
    add_place("L2", "shop");
    run_sql("UPDATE location SET lat = 52.6, lon = 1.7 WHERE entity = (SELECT row FROM entity WHERE id = 'L1')");
    run_sql("UPDATE location SET easting = 651409, northing = 313177 WHERE entity = "
            "(SELECT row FROM entity WHERE id = 'L2')");
    add_context("L1", "neighbourhood", "protective", "", "standing", 1, "", "");
    for (int i = 0; i < 30; i++) {
        char event[16];
        snprintf(event, sizeof event, "E%02d", i);
        snprintf(day, sizeof day, i < 24 ? "2022-04-%02d" : "2022-06-%02d", i < 24 ? i + 1 : i);
        add_event(event, i % 9 == 0 ? "youth_work" : "missing", day, i < 24 ? "L1" : "L2", 1);
        for (int j = 1; j <= 3; j++) {
            id[1] = (char)('0' + j);
            add_part(event, id, "missing");
        }
    }
    network = network_of(view_of("2022-06-30", 365));
    store = open_hub();
    options = (kith_hotspots_options){ .since = network.view.as_of - 111, .resamples = 4, .gi_metres = 500,
                                       .gi_permutations = 9 };
    cr_assert(kith_hotspots_find(&places, &network, &options, NULL) == KITH_OK);
}

static void close_places(void)
{
    kith_hotspots_free(&places);
    kith_network_free(&network);
    kith_store_close(store);
    end_hub();
}

TestSuite(hotspots_malloc, .init = open_places, .fini = close_places);

static kith_status find(kith_error *err)
{
    kith_hotspots found;
    const kith_status status = kith_hotspots_find(&found, &network, &options, err);

    kith_hotspots_free(&found);
    return status;
}

static kith_status nearest(kith_error *err)
{
    kith_hotspots_options like = options;
    kith_hotspots found;

    like.gi_metres = 0;
    like.gi_nearest = 1;
    const kith_status status = kith_hotspots_find(&found, &network, &like, err);
    kith_hotspots_free(&found);
    return status;
}

static kith_status move(kith_error *err)
{
    kith_displacements moved;
    const kith_status status =
        kith_displacement_find(&moved, &network, &options, &places, 1000, err);

    cr_assert(status != KITH_OK || moved.count == 1);
    kith_displacements_free(&moved);
    return status;
}

static kith_status gather(kith_error *err)
{
    kith_places_facts facts;
    const kith_status status = kith_places_facts_find(&facts, &network, &options, store, err);

    kith_places_facts_free(&facts);
    return status;
}

static kith_status reach_out(kith_error *err)
{
    kith_reach reach;
    const kith_status status = kith_reach_find(&reach, store, &network, &options, 1, err);

    kith_reach_free(&reach);
    return status;
}

static kith_status check(kith_error *err)
{
    kith_selfcheck made;
    kith_table table = { 0 };
    kith_status status = kith_selfcheck_run(&made, &network, &options, 2, 1, err);

    if (status == KITH_OK) {
        kith_selfcheck_table(&table, &made);
        status = kith_table_status(&table, err);
    }
    kith_table_free(&table);
    kith_selfcheck_free(&made);
    return status;
}

static kith_status repeat(kith_error *err)
{
    static const double metres[] = { 100, 1000 }, days[] = { 7 };
    const kith_near_options how = { .metres = metres, .metre_count = 2, .days = days, .day_count = 1,
                                    .permutations = 2 };
    kith_near_repeat made;
    kith_table table = { 0 };
    kith_status status = kith_near_repeat_places(&made, &network, &options, &how, err);

    if (status == KITH_OK) {
        kith_near_repeat_table(&table, &made);
        status = kith_table_status(&table, err);
    }
    kith_table_free(&table);
    return status;
}

static kith_status draw(kith_error *err)
{
    kith_scene scene;
    const kith_status status = kith_places_scene(&scene, &network, &places, NULL, 40, err);

    kith_scene_free(&scene);
    return status;
}

static kith_status outline(kith_error *err)
{
    static const char text[] = "{\"type\":\"LineString\",\"coordinates\":[[0,50],[1,51]]}";
    kith_outline made;
    const kith_status status = kith_outline_read(&made, text, strlen(text), "a file", err);

    kith_outline_free(&made);
    return status;
}

static kith_status build(kith_error *err)
{
    kith_network made = { 0 };
    const kith_view view = view_of("2022-06-30", 365);
    const kith_status status = kith_network_build(&made, store, &view, err);

    if (status == KITH_OK)
        kith_network_free(&made);
    return status;
}

/* The step with more allocations allowed each time, until it goes through. Leaks are seen by
 * the sanitizer. */
static void fail_each(kith_status (*step)(kith_error *))
{
    kith_status status = KITH_NO_MEMORY;

    for (long allowed = 0; status != KITH_OK; allowed++) {
        kith_error err = { 0 };
        allocations_left = allowed;
        status = step(&err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || (status == KITH_NO_MEMORY && err.message[0] != '\0') ||
                      status == KITH_HUB,
                  "%ld: %s", allowed, err.message);
    }
}

Test(hotspots_malloc, places)
{
    fail_each(find);
    fail_each(nearest);
}

Test(hotspots_malloc, displacement)
{
    fail_each(move);
}

Test(hotspots_malloc, facts)
{
    fail_each(gather);
}

Test(hotspots_malloc, reach)
{
    fail_each(reach_out);
}

Test(hotspots_malloc, selfcheck)
{
    fail_each(check);
}

Test(hotspots_malloc, near_repeat)
{
    fail_each(repeat);
}

Test(hotspots_malloc, map_and_outline)
{
    fail_each(draw);
    fail_each(outline);
}

Test(hotspots_malloc, a_network_with_the_national_grid)
{
    fail_each(build);
}
