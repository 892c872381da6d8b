/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_positions.c: what was drawn stands where it stood. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "hub.h"
#include "kith/positions.h"

static kith_error err;

static void build(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_person("P3", "2008-01-01");
    add_event("E1", "missing", "2021-05-01", "", 0);
}

TestSuite(positions, .init = build, .fini = end_hub);

/* A scene of P1, P2 and the event, in that order. */
static kith_scene scene_of(const kith_network *network)
{
    kith_scene scene = { 0 };

    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "one", "", "");
    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "two", "", "");
    kith_scene_add_node(&scene, KITH_DRAW_EVENT, "missing", "", "");
    scene.nodes[0].record = kith_position_of_thing(&network->things[thing_called(network, "P1")]);
    scene.nodes[1].record = kith_position_of_thing(&network->things[thing_called(network, "P2")]);
    scene.nodes[2].record = kith_position_of_event(&network->events[event_called(network, "E1")]);
    return scene;
}

static void put(kith_scene *scene, double x)
{
    for (size_t i = 0; i < scene->node_count; i++)
        scene->nodes[i].box =
            (kith_scene_box){ true, x + 0.01 * (double)i, -x - 100.07 * (double)i, 40, 20 };
}

static kith_store *open_to_write(void)
{
    kith_store *store;

    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK),
              "%s", err.message);
    return store;
}

static void keep(const char *as_of, const char *audience, double x, bool pin_second)
{
    kith_view view = view_of(as_of, 365);
    kith_network network = network_of(view_of("2022-12-31", 0));
    kith_scene scene = scene_of(&network), drawn = scene_of(&network);
    kith_store *store = open_to_write();

    view.audience = audience;
    scene.nodes[1].pinned = pin_second;
    put(&drawn, x);
    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    cr_assert(eq(int, kith_positions_keep(store, &view, "S", "association", &scene, &drawn, &err),
                 KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_store_commit(store, &err), KITH_OK));
    kith_store_close(store);
    kith_scene_free(&scene);
    kith_scene_free(&drawn);
    kith_network_free(&network);
}

static kith_scene seen(const char *as_of, const char *audience, const char *subject,
                       kith_places which)
{
    kith_view view = view_of(as_of, 365);
    kith_network network = network_of(view_of("2022-12-31", 0));
    kith_scene scene = scene_of(&network);
    kith_store *store = open_hub();

    view.audience = audience;
    cr_assert(eq(int, kith_positions_read(&scene, store, &view, subject, "association", which, &err),
                 KITH_OK), "%s", err.message);
    kith_store_close(store);
    kith_network_free(&network);
    return scene;
}

Test(positions, come_back_to_the_printed_digit)
{
    keep("2022-01-01", "case-team", 123.45, false);
    kith_scene scene = seen("2022-01-01", "case-team", "S", KITH_PLACES_ALL);
    for (size_t i = 0; i < 3; i++) {
        char wanted[32], got[32];
        snprintf(wanted, sizeof wanted, "%.2f %.2f", 123.45 + 0.01 * (double)i,
                 -123.45 - 100.07 * (double)i);
        snprintf(got, sizeof got, "%.2f %.2f", scene.nodes[i].box.x, scene.nodes[i].box.y);
        cr_expect(scene.nodes[i].box.placed);
        cr_expect(eq(str, got, wanted));
    }
    kith_scene_free(&scene);
}

Test(positions, belong_to_an_audience_and_a_subject)
{
    keep("2022-01-01", "case-team", 5, false);
    kith_scene school = seen("2022-01-01", "school", "S", KITH_PLACES_ALL);
    kith_scene other = seen("2022-01-01", "case-team", "T", KITH_PLACES_ALL);
    cr_expect(not(school.nodes[0].box.placed));
    cr_expect(not(other.nodes[0].box.placed));
    kith_scene_free(&school);
    kith_scene_free(&other);
}

/* A picture of an earlier day is not changed by what was kept later. */
Test(positions, are_read_as_last_kept_on_or_before_as_of)
{
    keep("2022-01-01", "case-team", 5, false);
    keep("2022-03-01", "case-team", 6, false);
    keep("2022-03-01", "case-team", 7, false);
    kith_scene before = seen("2021-12-31", "case-team", "S", KITH_PLACES_ALL);
    kith_scene first = seen("2022-02-28", "case-team", "S", KITH_PLACES_ALL);
    kith_scene second = seen("2022-03-01", "case-team", "S", KITH_PLACES_ALL);
    cr_expect(not(before.nodes[0].box.placed));
    cr_expect(eq(dbl, first.nodes[0].box.x, 5));
    cr_expect(eq(dbl, second.nodes[0].box.x, 7));
    kith_scene_free(&before);
    kith_scene_free(&first);
    kith_scene_free(&second);
}

Test(positions, of_the_pinned_alone_are_left_for_a_new_layout)
{
    keep("2022-01-01", "case-team", 5, true);
    kith_scene scene = seen("2022-01-01", "case-team", "S", KITH_PLACES_PINNED);
    cr_expect(not(scene.nodes[0].box.placed));
    cr_expect(scene.nodes[1].box.placed);
    cr_expect(scene.nodes[1].pinned);
    cr_expect(not(scene.nodes[2].box.placed));
    kith_scene_free(&scene);
}

/* Two records that were confirmed to be one: what is drawn for both stands where one of them stood. */
Test(positions, follow_a_confirmed_identity)
{
    keep("2022-01-01", "case-team", 5, false);
    run_sql("INSERT INTO sameness SELECT row, (SELECT row FROM entity WHERE id = 'P3') FROM entity "
            "WHERE id IN ('P1', 'P3')");
    kith_view view = view_of("2022-01-01", 365);
    kith_network network = network_of(view_of("2022-12-31", 0));
    kith_scene scene = { 0 };
    kith_store *store = open_hub();
    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "one", "", "");
    scene.nodes[0].record = kith_position_of_thing(&network.things[thing_called(&network, "P3")]);
    view.audience = "case-team";
    cr_assert(eq(int, kith_positions_read(&scene, store, &view, "S", "association", KITH_PLACES_ALL,
                                          &err), KITH_OK));
    cr_expect(scene.nodes[0].box.placed);
    kith_scene_free(&scene);
    kith_network_free(&network);
    kith_store_close(store);
}
