/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_held.c: tables that are read for one answer give what a hub of them gives.
 *
 * The other side is a hub in a file, loaded with the same tables by the same import. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/bare.h"
#include "kith/hotspots.h"
#include "kith/import.h"
#include "support.h"

TestSuite(held, .init = begin_hub, .fini = end_hub);

static const char *const town = KITH_SOURCE_DIR "/samples/harbour-town";

/* Whoever comes last stands first; a part before its event's others; equal rows; a month; no ids. */
static const kith_import_text jumbled[] = {
    { "persons.csv", "person_id,dob\nP9,2008-02\nP1,\nP5,2007-01-01\nP10,1980-05-05\n", 0 },
    { "locations.csv", "location_id,kind,lat,lon,easting,northing,name\nL2,park,51.5,-0.1,,,\nL1,home,,,,,A home\n"
                   "L3,,,,530000,180000,\n", 0 },
    { "groups.csv", "group_id,name,kind\nG1,The crew,peer group\n", 0 },
    { "objects.csv", "object_id,kind,label\nO1,phone,\n", 0 },
    { "events.csv", "event_id,kind,occurred_at,ended_at,location_id,severity,summary\n"
                "E2,missing,2022-05-01T22:00,2022-05-02T04:00,L2,3,long\nE1,sighting,2022-04,,,,\n"
                "E3,missing,2022-05-01T21:30,2022-05-02T03:00,L2,,\nE0,incident,,,L1,1,\n", 0 },
    { "participations.csv", "event_id,person_id,role,conviction_ref,source\nE3,P5,missing,,police\nE1,P9,victim,,\n"
                        "E2,P9,missing,,\nE2,P9,missing,,\nE1,P1,,,school\nE0,P10,convicted_perpetrator,C1,\n"
                        "E2,P1,suspect,,\nE3,P9,missing,,police\n", 0 },
    { "links.csv", "link_id,from_id,to_id,kind,weight,valid_from,conviction_ref,valence\n"
               ",P9,P1,friend,,,,\n,P9,P1,friend,,,,\nK1,P5,L1,lives_at,,2020-01-01,,\n"
               ",P10,P5,exploits_alleged,2.5,2022-01,,risk\n", 0 },
};

static kith_store *load_into(kith_store *store, const char *folder)
{
    const size_t count = sizeof jumbled / sizeof jumbled[0];
    kith_import_text texts[sizeof jumbled / sizeof jumbled[0]];
    const kith_view view = { .user = "test", .purpose = "", .audience = "", .all_dates = true };
    kith_import_options how = { .now = 1656547200 };
    kith_import_report report;
    kith_error err = { 0 };

    if (folder == NULL) {
        for (size_t i = 0; i < count; i++) {
            texts[i] = jumbled[i];
            texts[i].size = strlen(texts[i].bytes);
        }
        how.texts = texts;
        how.text_count = count;
    }
    cr_assert(kith_import(&report, store, &view, &folder, folder != NULL, &how, &err) == KITH_OK, "%s", err.message);
    kith_import_report_free(&report);
    return store;
}

static kith_store *in_memory(const char *folder, bool for_networks)
{
    kith_store *store;
    kith_error err = { 0 };

    cr_assert(kith_store_open_memory(&store, for_networks, &err) == KITH_OK, "%s", err.message);
    cr_assert(eq(int, kith_store_for_networks(store), for_networks));
    return load_into(store, folder);
}

static kith_store *in_file(const char *folder)
{
    kith_store *store;

    cr_assert(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, NULL) == KITH_OK);
    return load_into(store, folder);
}

static void expect_same_things(const kith_network *a, const kith_network *b)
{
    cr_assert(eq(sz, a->thing_count, b->thing_count));
    for (size_t i = 0; i < a->thing_count; i++) {
        const kith_thing *x = &a->things[i], *y = &b->things[i];
        cr_expect(eq(str, (char *)x->id, (char *)y->id));
        cr_expect(eq(str, (char *)x->name, (char *)y->name));
        cr_expect(x->kind == y->kind && x->meaning == y->meaning && x->home == y->home, "%s", x->id);
        cr_expect(x->meaning == NULL || strcmp(x->word, y->word) == 0, "%s", x->id);
        cr_expect(x->born.utc == y->born.utc && x->born.precision == y->born.precision, "%s", x->id);
        cr_expect(isnan(x->lat) ? isnan(y->lat) != 0 : x->lat == y->lat && x->lon == y->lon, "%s", x->id);
        cr_expect(eq(i64, x->row.row, y->row.row));
        cr_expect(eq(u32, x->origin, y->origin));
        if (a->first_day != NULL)
            cr_expect(eq(i32, a->first_day[i], b->first_day[i]));
    }
}

static void expect_same_events(const kith_network *a, const kith_network *b)
{
    cr_assert(eq(sz, a->event_count, b->event_count));
    cr_assert(eq(sz, a->participation_count, b->participation_count));
    for (size_t e = 0; e < a->event_count; e++) {
        const kith_event_record *x = &a->events[e], *y = &b->events[e];
        cr_expect(eq(str, (char *)x->id, (char *)y->id));
        cr_expect(x->meaning == y->meaning && x->at.utc == y->at.utc && x->ended.utc == y->ended.utc &&
                      x->at.precision == y->at.precision && x->ended.precision == y->ended.precision &&
                      x->place == y->place && x->severity == y->severity && x->origin == y->origin &&
                      x->row.row == y->row.row, "%s", x->id);
        cr_assert(eq(u32, x->participation_count, y->participation_count));
        for (uint32_t i = 0; i < x->participation_count; i++) {
            const kith_participation *p = &a->participations[x->first_participation + i],
                                     *q = &b->participations[y->first_participation + i];
            cr_expect(p->event == e && q->event == e && p->person == q->person && p->role == q->role &&
                          p->origin == q->origin && strcmp(p->word, q->word) == 0, "%s, %u", x->id, i);
        }
    }
}

static void expect_same_links(const kith_network *a, const kith_network *b)
{
    cr_assert(eq(sz, a->link_count, b->link_count));
    for (size_t i = 0; i < a->link_count; i++) {
        const kith_link *x = &a->links[i], *y = &b->links[i];
        cr_expect(eq(str, (char *)x->id, (char *)y->id));
        cr_expect(x->from == y->from && x->to == y->to && x->meaning == y->meaning && x->valence == y->valence &&
                      x->valid_from.utc == y->valid_from.utc && x->valid_to.utc == y->valid_to.utc &&
                      x->convicted == y->convicted && x->origin == y->origin, "%zu", i);
        cr_expect(isnan(x->weight) ? isnan(y->weight) != 0 : x->weight == y->weight, "%zu", i);
    }
}

static void expect_same_network(const kith_network *a, const kith_network *b)
{
    expect_same_things(a, b);
    expect_same_events(a, b);
    expect_same_links(a, b);
    cr_assert(eq(sz, a->origin_count, b->origin_count));
    for (size_t i = 0; i < a->origin_count; i++)
        cr_expect(strcmp(a->origins[i].source, b->origins[i].source) == 0 &&
                      strcmp(a->origins[i].report_ref, b->origins[i].report_ref) == 0 &&
                      a->origins[i].grade.source == b->origins[i].grade.source &&
                      a->origins[i].grade.info == b->origins[i].grade.info, "%zu", i);
    cr_expect(eq(i32, a->newest_day, b->newest_day));
}

static void expect_as_in_a_hub(const char *folder, bool for_networks)
{
    static const struct { const char *as_of; int days; } windows[] = {
        { "2022-06-30", 365 }, { "2021-12-31", 112 }, { "2022-06-30", 3000 }, { "2030-01-01", 30 }, { "1990-01-01", 9 },
    };
    kith_store *hub = in_file(folder), *memory = in_memory(folder, for_networks);

    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
        const kith_view view = view_of(windows[i].as_of, windows[i].days);
        kith_network a, b;
        kith_error err = { 0 };
        cr_assert(kith_network_build(&a, hub, &view, &err) == KITH_OK, "%s", err.message);
        cr_assert(kith_network_build(&b, memory, &view, &err) == KITH_OK, "%s", err.message);
        expect_same_network(&a, &b);
        kith_network_free(&a);
        kith_network_free(&b);
    }
    cr_expect(not(kith_store_wants_tables(memory)));
    kith_store_close(memory);
    kith_store_close(hub);
}

Test(held, the_town_is_the_same_without_a_hub)
{
    expect_as_in_a_hub(town, true);
}

Test(held, the_town_is_the_same_in_a_hub_in_memory)
{
    expect_as_in_a_hub(town, false);
}

Test(held, the_order_of_rows_does_not_matter)
{
    expect_as_in_a_hub(NULL, true);
}

/* What is asked of one reading's events, and what other readings of them say. */
typedef struct asked {
    const kith_network *events;
    const kith_hotspots *there;
    bool was_asked;
} asked;

static kith_status compare_places(void *context, kith_network *network, kith_error *err)
{
    const kith_hotspots_options options = { .since = network->view.since, .seed = 1 };
    asked *a = context;
    kith_hotspots here;

    a->was_asked = true;
    expect_same_events(network, a->events);
    cr_assert(kith_hotspots_find_last(&here, network, &options, err) == KITH_OK, "%s", err->message);
    cr_expect(eq(sz, network->participation_count, 0));
    cr_assert(eq(sz, here.count, a->there->count));
    for (size_t i = 0; i < here.count; i++) {
        const kith_hotspot *x = &here.places[i], *y = &a->there->places[i];
        cr_expect(x->place == y->place && x->rank == y->rank && x->children == y->children &&
                      x->agencies == y->agencies && x->change == y->change &&
                      x->recent_child_days == y->recent_child_days &&
                      (isnan(x->score) ? isnan(y->score) != 0 : x->score == y->score), "%zu", i);
    }
    kith_hotspots_free(&here);
    return KITH_OK;
}

/* A reading of networks more than once, and of both kinds, gives the same. */
Test(held, one_reading_has_the_ties_and_the_places)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_hotspots_options options = { .since = view_of("2022-06-30", 365).since, .seed = 1 };
    const kith_view view = view_of("2022-06-30", 365);
    kith_store *store = in_memory(town, true);
    kith_network network, bare_network, events;
    kith_layer bare, whole;
    kith_hotspots there;
    kith_error err = { 0 };

    cr_assert(kith_bare_read(&bare, &bare_network, store, &view, &together, &err) == KITH_OK, "%s", err.message);
    cr_assert(kith_network_build_events(&events, store, &view, &err) == KITH_OK, "%s", err.message);
    cr_assert(gt(sz, events.event_count, bare_network.event_count));
    cr_assert(kith_hotspots_find(&there, &events, &options, &err) == KITH_OK, "%s", err.message);
    asked a = { .events = &events, .there = &there };
    cr_assert(kith_bare_read_events(&whole, &network, store, &view, &together, compare_places, &a, &err) == KITH_OK,
              "%s", err.message);
    cr_assert(a.was_asked);
    cr_assert(eq(sz, whole.graph.tie_count, bare.graph.tie_count));
    cr_assert(gt(sz, whole.graph.tie_count, 50));
    cr_expect(eq(int, memcmp(whole.graph.ties, bare.graph.ties, bare.graph.tie_count * sizeof(kith_tie)), 0));
    cr_expect(eq(sz, network.event_count + network.participation_count, 0));
    kith_hotspots_free(&there);
    kith_layer_free(&bare);
    kith_layer_free(&whole);
    kith_network_free(&bare_network);
    kith_network_free(&network);
    kith_network_free(&events);
    kith_store_close(store);
}

static kith_status refuse(void *context, kith_network *network, kith_error *err)
{
    (void)context, (void)network;
    return kith_fail(err, KITH_POLICY, "not today");
}

Test(held, what_is_asked_of_events_may_fail)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_view view = view_of("2022-06-30", 365);
    kith_store *store = in_memory(town, true);
    kith_network network;
    kith_layer layer;
    kith_error err = { 0 };

    cr_expect(kith_bare_read_events(&layer, &network, store, &view, &together, refuse, NULL, &err) == KITH_POLICY);
    cr_expect(eq(str, err.message, (char *)"not today"));
    cr_expect(network.things == NULL && layer.nodes == NULL);
    kith_store_close(store);
}

/* What would have to look into a table is refused, not answered as if it were empty. */
Test(held, what_needs_the_tables_is_refused)
{
    const kith_view view = view_of("2022-06-30", 365);
    kith_store *store = in_memory(town, true);
    kith_error err = { 0 };
    kith_rows *rows;

    cr_expect(kith_store_read(&rows, store, &view, KITH_QUERY_SIGHTINGS, &err) != KITH_OK);
    cr_expect(kith_store_wants_tables(store));
    cr_expect(ne(str, err.message, (char *)""));
    kith_store_close(store);
}

/* The same person twice has to be held to the first record. */
Test(held, a_record_that_comes_twice_wants_the_tables)
{
    static const char persons[] = "person_id,name\nP1,Ada\nP1,Ada\n";
    const kith_import_text text = { "persons.csv", persons, sizeof persons - 1 };
    const kith_import_options how = { .texts = &text, .text_count = 1 };
    const kith_view view = view_of("2022-06-30", 365);

    for (int for_networks = 0; for_networks <= 1; for_networks++) {
        kith_store *store;
        kith_import_report report;
        cr_assert(kith_store_open_memory(&store, for_networks, NULL) == KITH_OK);
        const kith_status status = kith_import(&report, store, &view, NULL, 0, &how, NULL);
        cr_expect(eq(int, status == KITH_OK, !for_networks));
        cr_expect(eq(int, kith_store_wants_tables(store), for_networks));
        kith_import_report_free(&report);
        kith_store_close(store);
    }
}

/* What a second load would be held against is not in tables. */
Test(held, a_second_load_wants_the_tables)
{
    static const char events[] = "event_id,kind,occurred_at\nE9,incident,2022-05-05\n";
    const kith_import_text text = { "events.csv", events, sizeof events - 1 };
    const kith_import_options how = { .texts = &text, .text_count = 1 };
    const kith_view view = view_of("2022-06-30", 365);

    for (int first = 0; first < 2; first++) { /* of everything, and of an event alone */
        kith_store *store = NULL;
        kith_import_report report;
        kith_error err = { 0 };
        if (first == 0) {
            store = in_memory(NULL, true);
        } else {
            cr_assert(kith_store_open_memory(&store, true, &err) == KITH_OK, "%s", err.message);
            cr_assert(kith_import(&report, store, &view, NULL, 0, &how, &err) == KITH_OK, "%s", err.message);
            kith_import_report_free(&report);
        }
        cr_expect(not(kith_store_wants_tables(store)));
        cr_expect(kith_import(&report, store, &view, NULL, 0, &how, &err) != KITH_OK);
        cr_expect(kith_store_wants_tables(store));
        kith_import_report_free(&report);
        kith_store_close(store);
    }
    cr_expect(not(kith_store_wants_tables(NULL)));
}

/* As SQLite reads it. */
Test(held, a_number_that_is_missing_reads_as_nought)
{
    const kith_view view = view_of("2022-06-30", 0);

    for (int for_networks = 0; for_networks <= 1; for_networks++) {
        kith_store *store = in_memory(NULL, for_networks);
        kith_rows *rows;
        int missing = 0;
        kith_error err = { 0 };
        cr_assert(kith_store_read(&rows, store, &view, KITH_QUERY_LOCATION_ALL, &err) == KITH_OK, "%s", err.message);
        while (kith_rows_next(rows))
            if (kith_rows_missing(rows, 4)) {
                cr_expect(kith_rows_number(rows, 4) == 0);
                missing++;
            }
        cr_expect(kith_rows_end(rows, &err) == KITH_OK);
        cr_expect(eq(int, missing, 2));
        kith_store_close(store);
    }
}

Test(held, a_hub_in_memory_cannot_be_bound)
{
    const kith_bounds bounds = { .limits = { .agencies = "" } };
    kith_store *store = in_memory(NULL, false);
    kith_error err = { 0 };

    cr_expect(eq(int, kith_store_bound(store, NULL, &err), KITH_OK));
    cr_expect(eq(int, kith_store_bound(store, &bounds, &err), KITH_POLICY));
    kith_store_close(store);
}
