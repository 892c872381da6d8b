/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_bare.c: the ties without their records are those with them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/bare.h"
#include "kith/import.h"
#include "kith/peers.h"
#include "support.h"

static void load_town(void)
{
    kith_error err = { 0 };
    kith_store *store;
    kith_import_report report;
    const kith_view view = { .user = "test", .purpose = "", .audience = "", .all_dates = true };
    const char *set = KITH_SOURCE_DIR "/samples/harbour-town";
    const kith_import_options how = { .now = 1656547200 };

    begin_hub();
    cr_assert(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err) == KITH_OK);
    cr_assert(kith_import(&report, store, &view, &set, 1, &how, &err) == KITH_OK, "%s",
              err.message);
    kith_import_report_free(&report);
    kith_store_close(store);
}

typedef struct both {
    kith_network network, bare_network;
    kith_layer layer, bare;
} both;

static void read_both(both *b, kith_view view, const kith_layer_options *options)
{
    kith_error err = { 0 };
    kith_store *store = open_hub();

    b->network = network_of(view);
    cr_assert(kith_layer_build(&b->layer, &b->network, options, &err) == KITH_OK, "%s",
              err.message);
    cr_assert(kith_bare_read(&b->bare, &b->bare_network, store, &view, options, &err) == KITH_OK,
              "%s", err.message);
    kith_store_close(store);
}

static void drop_both(both *b)
{
    kith_layer_free(&b->layer);
    kith_layer_free(&b->bare);
    kith_network_free(&b->network);
    kith_network_free(&b->bare_network);
}

static void expect_same_ties(const both *b)
{
    const kith_graph *whole = &b->layer.graph, *bare = &b->bare.graph;

    cr_assert(eq(sz, bare->tie_count, whole->tie_count));
    for (size_t t = 0; t < whole->tie_count; t++) {
        cr_assert(eq(u32, b->bare.nodes[bare->ties[t].low].index,
                     b->layer.nodes[whole->ties[t].low].index));
        cr_assert(eq(u32, b->bare.nodes[bare->ties[t].high].index,
                     b->layer.nodes[whole->ties[t].high].index));
        cr_expect(epsilon_eq(dbl, bare->ties[t].weight, whole->ties[t].weight, 1e-12));
    }
    cr_expect(eq(sz, b->bare.capped_events, b->layer.capped_events));
    cr_expect(eq(sz, b->bare.overlap_count, b->layer.overlap_count));
    cr_expect(eq(sz, b->bare.overlaps_unsupported, b->layer.overlaps_unsupported));
    cr_expect(eq(i32, b->bare_network.newest_day, b->network.newest_day));
}

/* The town has declared ties, episodes with ends, adults, grades of E and a crowd. */
Test(bare, ties_are_those_of_the_layer, .init = load_town, .fini = end_hub)
{
    const char *kinds[] = { "missing", "friend" }, *roles[] = { "missing" };
    const int days[] = { 0, 365, 90 };
    const kith_layer_options options[] = {
        { .layer = KITH_LAYER_TOGETHER },
        { .layer = KITH_LAYER_TOGETHER, .who = KITH_WHO_ALL },
        { .layer = KITH_LAYER_TOGETHER, .who = KITH_WHO_ADULTS },
        { .layer = KITH_LAYER_TOGETHER, .who = KITH_WHO_ALL, .no_declared = true },
        { .layer = KITH_LAYER_TOGETHER, .who = KITH_WHO_ALL, .every = true },
        { .layer = KITH_LAYER_TOGETHER, .size_cap = 3 },
        { .layer = KITH_LAYER_TOGETHER, .kinds = kinds, .kind_count = 2 },
        { .layer = KITH_LAYER_TOGETHER, .roles = roles, .role_count = 1 },
    };
    size_t capped = 0;

    for (size_t d = 0; d < 3; d++)
        for (size_t o = 0; o < sizeof options / sizeof options[0]; o++) {
            both b;
            read_both(&b, view_of("2021-12-31", days[d]), &options[o]);
            expect_same_ties(&b);
            capped += b.layer.capped_events;
            drop_both(&b);
        }
    cr_expect(capped > 0, "or nothing is shown of the cap");
}

static void miss(const char *event, const char *child, const char *from, const char *to)
{
    char sql[256];

    add_event(event, "missing", from, "PARK", 0);
    snprintf(sql, sizeof sql, "UPDATE event SET ended_at = '%s' WHERE id = '%s'", to, event);
    run_sql(sql);
    add_part(event, child, "missing");
}

/* The later id comes first in the store: what is kept is put in order. Two are friends, too. */
Test(bare, episodes_that_overlap_tie_as_in_the_layer, .init = begin_hub, .fini = end_hub)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    both b;

    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    add_place("PARK", "park");
    miss("E2", "B", "2022-06-06T20:00", "2022-06-06T23:00");
    miss("E1", "A", "2022-06-06T18:00", "2022-06-06T23:30");
    add_link("B", "A", "friend", 0, "", "");
    read_both(&b, view_of("2022-06-30", 364), &together);
    expect_same_ties(&b);
    cr_assert(eq(sz, b.bare.overlap_count, 1));
    cr_expect(eq(dbl, b.bare.graph.ties[0].weight, 2));
    drop_both(&b);
}

/* More people than are read ahead; of one event nobody is wanted. */
Test(bare, large_events_tie_as_in_the_layer, .init = begin_hub, .fini = end_hub)
{
    enum { EVENTS = 4, PEOPLE = 70 };
    static const int sizes[EVENTS] = { 63, 3, PEOPLE, 2 };
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER, .size_cap = PEOPLE };
    char id[16], event[16];
    both b;

    for (int i = 0; i < PEOPLE; i++) {
        snprintf(id, sizeof id, "P%02d", i);
        add_person(id, "2008-01-01");
    }
    for (int e = 0; e < EVENTS; e++) {
        snprintf(event, sizeof event, "E%d", e);
        add_event(event, "missing", e == 1 ? "2012-06-01" : "2022-06-01", "", 0);
        for (int i = 0; i < sizes[e]; i++) {
            snprintf(id, sizeof id, "P%02d", PEOPLE - 1 - i);
            add_part(event, id, "missing");
        }
    }
    read_both(&b, view_of("2022-06-30", 364), &together);
    expect_same_ties(&b);
    cr_expect(eq(sz, b.bare.graph.tie_count, PEOPLE * (PEOPLE - 1) / 2));
    drop_both(&b);
}

Test(bare, a_reference_to_nothing_is_damage, .init = begin_hub, .fini = end_hub)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_view view = view_of("2022-06-30", 364);
    kith_store *store = open_hub();
    kith_network network;
    kith_layer layer;
    kith_error err = { 0 };

    add_person("A", "");
    add_event("E", "missing", "2022-06-01", "", 0);
    add_part("E", "A", "missing");
    run_sql("PRAGMA foreign_keys = OFF; DELETE FROM entity; DELETE FROM person");
    cr_assert(eq(int, kith_bare_read(&layer, &network, store, &view, &together, &err), KITH_HUB));
    cr_expect_not_null(strstr(err.message, "a person"), "%s", err.message);
    kith_store_close(store);
}

Test(bare, groups_are_those_of_the_layer, .init = load_town, .fini = end_hub)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_peers_options options = { .seed = 1, .least = 3 };
    kith_peers whole, bare;
    both b;

    read_both(&b, view_of("2021-12-31", 365), &together);
    cr_assert(kith_peers_find(&whole, &b.layer, &options, NULL) == KITH_OK);
    cr_assert(kith_peers_find(&bare, &b.bare, &options, NULL) == KITH_OK);
    cr_assert(eq(sz, bare.group_count, whole.group_count));
    for (uint32_t v = 0; v < b.layer.graph.node_count; v++)
        if (whole.clustering.group_of[v] < whole.group_count)
            cr_expect(eq(u32, bare.clustering.group_of[b.layer.nodes[v].index],
                         whole.clustering.group_of[v]));
    kith_peers_free(&whole);
    kith_peers_free(&bare);
    drop_both(&b);
}

Test(bare, what_it_cannot_serve_is_refused, .init = load_town, .fini = end_hub)
{
    const kith_layer_options raw = { .layer = KITH_LAYER_TOGETHER, .raw = true };
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_peers_options stability = { .seed = 1, .least = 3, .resamples = 5 };
    const kith_view view = view_of("2021-12-31", 365);
    kith_store *store = open_hub();
    kith_network network;
    kith_layer layer;
    kith_peers peers;
    kith_error err;

    cr_expect(eq(int, kith_bare_read(&layer, &network, store, &view, &raw, &err), KITH_USAGE));
    cr_expect(strstr(err.message, "together") != NULL, "%s", err.message);
    cr_assert(kith_bare_read(&layer, &network, store, &view, &together, &err) == KITH_OK);
    cr_expect(eq(int, kith_peers_find(&peers, &layer, &stability, &err), KITH_USAGE));
    kith_layer_free(&layer);
    kith_network_free(&network);
    kith_store_close(store);
}

Test(bare, an_empty_hub_has_no_ties, .init = begin_hub, .fini = end_hub)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    both b;

    read_both(&b, view_of("2021-12-31", 365), &together);
    expect_same_ties(&b);
    cr_expect(eq(sz, b.bare.graph.tie_count, 0));
    drop_both(&b);
}
