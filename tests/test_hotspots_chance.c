/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_hotspots_chance.c: what the list of places calls emerging when nothing but chance is at
 * work, how soon it sees what is planted, and who it never puts first. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "hub.h"
#include "kith/import.h"
#include "kith/random.h"
#include "support.h"
#include "town.h"

enum { SEEDS = 100, CHILDREN = 200, PLACES = 60, DAYS = 365 };

TestSuite(hotspots_chance, .init = build_town, .fini = drop_town);

/* A year of a town in which nothing changes: each place has its own share of events, each event
 * one to four children who go about together. */
static void quiet_year(uint64_t seed, size_t event_count, uint32_t *first_place)
{
    kith_random random;

    kith_random_seed(&random, seed);
    for (int i = 0; i < CHILDREN; i++)
        child();
    *first_place = (uint32_t)town.thing_count;
    for (int i = 0; i < PLACES; i++)
        place("park");
    for (size_t i = 0; i < event_count; i++) {
        const uint64_t a = kith_random_below(&random, PLACES), b = kith_random_below(&random, PLACES);
        const uint32_t first = (uint32_t)kith_random_below(&random, CHILDREN - 4);
        const uint64_t together = 1 + kith_random_below(&random, 4);
        event_ago((int32_t)kith_random_below(&random, DAYS), *first_place + (uint32_t)(a < b ? a : b));
        for (uint32_t j = 0; j < together; j++)
            part(first + j, "missing");
    }
}

static void count_emerging(size_t *emerging, size_t *places)
{
    find();
    for (size_t i = 0; i < found.count; i++) {
        const kith_hotspot *h = &found.places[i];
        *places += h->recent_child_days + h->earlier_child_days > 0;
        *emerging += h->change == KITH_CHANGE_EMERGING;
    }
}

Test(hotspots_chance, at_most_one_place_in_twenty_is_called_emerging_where_nothing_changes)
{
    size_t emerging = 0, places = 0;
    uint32_t first;

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        build_town();
        quiet_year(seed, 1500, &first);
        count_emerging(&emerging, &places);
        drop_town();
    }
    cr_assert(gt(sz, places, SEEDS * PLACES * 9 / 10));
    cr_assert(le(sz, emerging * 20, places), "%zu of %zu", emerging, places);
}

/* The samples' town with the times of its events dealt out anew among them. */
Test(hotspots_chance, at_most_one_place_in_twenty_is_called_emerging_with_the_town_s_dates_shuffled)
{
    const char *const set = KITH_SOURCE_DIR "/samples/harbour-town";
    const kith_import_options how = { .now = 1640995200 };
    kith_import_report report;
    kith_store *store;
    kith_error err;
    size_t emerging = 0, places = 0;

    begin_hub();
    kith_view view = view_of("2022-06-30", 0);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_import(&report, store, &view, &set, 1, &how, &err), KITH_OK), "%s", err.message);
    kith_import_report_free(&report);
    view.all_dates = false;
    view.since = kith_day(2021, 1, 1);
    kith_network whole;
    cr_assert(eq(int, kith_network_build(&whole, store, &view, &err), KITH_OK), "%s", err.message);
    kith_time *times = malloc(whole.event_count * sizeof *times);
    for (size_t i = 0; i < whole.event_count; i++)
        times[i] = whole.events[i].at;
    town = whole;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        kith_random random;
        kith_random_seed(&random, seed);
        kith_random_shuffle(&random, times, whole.event_count, sizeof *times);
        for (size_t i = 0; i < whole.event_count; i++)
            whole.events[i].at = times[i];
        count_emerging(&emerging, &places);
    }
    cr_assert(gt(sz, places, 1000));
    cr_assert(le(sz, emerging * 20, places), "%zu of %zu", emerging, places);
    free(times);
    drop_town();
    kith_network_free(&whole);
    kith_store_close(store);
    end_hub();
}

/* Five children a night, from tonight on, at a place with nothing else in the 112 days. */
Test(hotspots_chance, a_planted_place_is_emerging_within_two_nights)
{
    uint32_t first;

    for (uint64_t seed = 0; seed < 20; seed++) {
        build_town();
        quiet_year(seed, 1500, &first);
        const uint32_t planted = first + PLACES / 2;
        for (size_t i = 0; i < town.event_count; i++)
            if (town.events[i].place == planted)
                town.events[i].place = first;
        for (int night = 0; night < 2; night++) {
            event_ago(night, planted);
            for (uint32_t j = 0; j < 5; j++)
                part(10 * (uint32_t)night + j, "missing");
        }
        find();
        cr_assert(eq(int, of(planted)->change, KITH_CHANGE_EMERGING), "seed %d", (int)seed);
        drop_town();
    }
}

Test(hotspots_chance, one_child_with_fifty_incidents_does_not_outrank_six_with_two)
{
    uint32_t who[7];

    for (int i = 0; i < 7; i++)
        who[i] = child();
    const uint32_t corner = place("park"), court = place("park");
    for (int i = 0; i < 50; i++) {
        event_ago(i, corner)->severity = 3;
        part(who[6], "victim");
    }
    for (int i = 0; i < 12; i++) {
        event_ago(100 - i, court)->severity = 1;
        part(who[i % 6], "victim");
    }
    find();
    cr_assert(eq(u32, of(court)->rank, 1));
    cr_assert(eq(u32, of(corner)->rank, 2));
    cr_assert(gt(dbl, of(corner)->weighted_events, of(court)->weighted_events));
}

Test(hotspots_chance, a_school_s_incidents_do_not_top_the_public_list)
{
    uint32_t who[30];

    for (int i = 0; i < 30; i++)
        who[i] = child();
    const uint32_t school = place("school"), park = place("park");
    for (int i = 0; i < 60; i++) {
        event_ago(i, school);
        part(who[i % 30], "victim");
    }
    event_ago(3, park);
    part(who[0], "victim");
    find();
    cr_assert(eq(u32, found.places[0].place, park));
    cr_assert(eq(u32, of(park)->rank, 1));
    cr_assert(eq(u32, of(school)->rank, 0));
    cr_assert(eq(int, of(school)->section, KITH_SERVICE_PLACE));
}
