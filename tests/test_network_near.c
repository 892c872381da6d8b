/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_network_near.c: what is read near somebody is what the whole hub has of it. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/import.h"
#include "kith/map.h"

static kith_store *store;
static kith_network whole, near;
static kith_map_base *base;
static kith_error err;

static void drop(void)
{
    kith_map_base_free(base);
    kith_network_free(&whole);
    kith_network_free(&near);
    kith_store_close(store);
    end_hub();
}

TestSuite(network_near, .init = begin_hub, .fini = drop);

static void load_town(void)
{
    const kith_view view = { .user = "test", .purpose = "", .audience = "", .all_dates = true };
    const kith_import_options how = { .now = 1640995200 };
    const char *town = KITH_SOURCE_DIR "/samples/harbour-town";
    kith_import_report report;

    cr_assert(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err) == KITH_OK);
    cr_assert(kith_import(&report, store, &view, &town, 1, &how, &err) == KITH_OK, "%s", err.message);
    kith_import_report_free(&report);
    kith_store_close(store);
}

/* One person under two spellings, contested records, a home that nobody lives at any more, events without a day. */
static void make_it_hard(void)
{
    run_sql("INSERT INTO sameness (entity, leader) SELECT e.row, (SELECT row FROM entity WHERE id = 'P001') FROM entity AS e "
            "WHERE e.id IN ('P001', 'P010', 'P020')");
    add_contest("event", "(SELECT row FROM event WHERE id = 'E131')", "", "2021-01-01", "open", "");
    add_contest("link", "3", "", "2021-01-01", "upheld", "2021-01-02");
    run_sql("UPDATE link SET valid_to = '2019-01-01' WHERE row IN (SELECT l.row FROM link AS l JOIN word AS w "
            "ON w.row = l.kind WHERE w.text = 'lives_at' ORDER BY l.row LIMIT 3)");
    run_sql("UPDATE event SET occurred_at = '', ended_at = '' WHERE id LIKE 'E1_5'");
}

static void see(const char *as_of)
{
    const kith_map_options options = { .seed = 1 };

    kith_map_base_free(base);
    kith_network_free(&whole);
    whole = network_of(view_of(as_of, 365));
    whole.partial = true; /* without what is judged over all of it */
    cr_assert(kith_map_base_build(&base, store, &whole, &options, &err) == KITH_OK);
}

static void map(kith_text *json, const kith_network *network, const kith_map_base *shared, const char *id, int hops)
{
    const kith_map_options options = { .ids = &id, .id_count = 1, .hops = hops, .records = true, .seed = 1,
                                       .names = KITH_MAP_INITIALS, .most = 1500, .base = shared };
    kith_scene scene;

    kith_text_clear(json);
    cr_assert(kith_map_scene(&scene, store, network, &options, &err) == KITH_OK, "%s: %s", id, err.message);
    kith_scene_write_page(json, &scene);
    kith_scene_free(&scene);
}

static void same_near(const char *id, int hops)
{
    kith_text expected = { 0 }, found = { 0 };

    kith_network_free(&near);
    cr_assert(kith_network_build_near(&near, store, &whole.view, &id, 1, hops, 100000, &err) == KITH_OK, "%s",
              err.message);
    cr_assert(near.partial);
    map(&expected, &whole, base, id, hops);
    map(&found, &near, NULL, id, hops);
    cr_assert(strcmp(kith_text_string(&expected), kith_text_string(&found)) == 0, "%s, %d steps: not\n%s\nbut\n%s", id,
              hops, kith_text_string(&expected), kith_text_string(&found));
    kith_text_free(&expected);
    kith_text_free(&found);
}

Test(network_near, a_map_of_it_is_that_of_the_whole_hub)
{
    static const char *const days[] = { "2021-07-31", "2022-06-30" };

    load_town();
    make_it_hard();
    store = open_hub();
    for (size_t d = 0; d < sizeof days / sizeof *days; d++) {
        see(days[d]);
        for (size_t i = d; i < whole.thing_count; i += 11)
            for (int hops = 0; hops <= 2; hops++)
                same_near(whole.things[i].id, hops);
        for (size_t i = 0; i < whole.merged_count; i++)
            same_near(whole.merged[i].id, 1);
        same_near("person:P001", 3);
    }
    cr_assert(gt(sz, whole.thing_count, near.thing_count), "and it is not the whole");
}

Test(network_near, an_id_that_is_not_there_brings_nothing_in)
{
    const char *const ids[] = { "P9", "location:P1" };
    const kith_view view = view_of("2022-06-30", 365);
    uint32_t thing;

    add_person("P1", "");
    add_person("P2", "");
    store = open_hub();
    cr_assert(eq(int, kith_network_build_near(&near, store, &view, ids, 2, 2, 100, &err), KITH_OK));
    cr_assert(near.partial);
    cr_assert(eq(sz, near.thing_count, 1), "P1 alone, which has another kind");
    cr_assert(eq(int, kith_network_find(&thing, &near, "P9", &err), KITH_NOT_FOUND));
    cr_assert(eq(int, kith_network_find(&thing, &near, "location:P1", &err), KITH_NOT_FOUND));
}

Test(network_near, two_kinds_that_share_an_id_are_both_there)
{
    const char *id = "A";
    const kith_view view = view_of("2022-06-30", 365);
    uint32_t thing;

    add_person("A", "");
    add_group("A", "peer_group");
    store = open_hub();
    cr_assert(eq(int, kith_network_build_near(&near, store, &view, &id, 1, 0, 100, &err), KITH_OK));
    cr_assert(eq(int, kith_network_find(&thing, &near, "A", &err), KITH_NOT_FOUND));
    cr_assert(strstr(err.message, "person:A or group:A") != NULL, "%s", err.message);
}

Test(network_near, of_too_much_nothing_is_read)
{
    const char *id = "P1";
    const kith_view view = view_of("2022-06-30", 365);

    add_person("P1", "");
    add_place("L1", "school");
    for (int i = 2; i < 40; i++) {
        char person[16];
        snprintf(person, sizeof person, "P%d", i);
        add_person(person, "");
        add_link(person, "L1", "attends", 0, "", "");
    }
    add_link("P1", "L1", "attends", 0, "", "");
    store = open_hub();
    cr_assert(eq(int, kith_network_build_near(&near, store, &view, &id, 1, 2, 30, &err), KITH_OK));
    cr_assert(not(near.partial));
    cr_assert(eq(sz, near.thing_count, 0));
    kith_network_free(&near);
    cr_assert(eq(int, kith_network_build_near(&near, store, &view, &id, 1, 2, 40, &err), KITH_OK));
    cr_assert(near.partial);
    cr_assert(eq(sz, near.thing_count, 40));
}
