/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_picture_malloc.c: on the way from records to a picture, a page or a file, each allocation fails
 * once: that is said, nothing leaks, and nothing is half made. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "../viz/page_private.h"
#include "allocations.h"
#include "hub.h"
#include "kith/chart.h"
#include "kith/date.h"
#include "kith/map_layout.h"
#include "kith/map_since.h"
#include "kith/positions.h"
#include "kith/style.h"
#include "kith/writer.h"

/* Read by all that is tried, and made while there is memory. */
static kith_network network;
static kith_store *store;
static kith_scene picture;
static kith_text json;
static kith_subject subject;
static kith_contexts contexts;
static kith_weigh weigh;
static kith_outcomes outcomes, months;
static kith_view view;

static const char *const ids[] = { "P1" };
static const kith_map_options about = { .ids = ids, .id_count = 1, .hops = 2, .names = KITH_MAP_INITIALS };

static void fill(void)
{
    add_person("P1", "2008-01-01");
    add_person("P2", "2007-01-01");
    add_person("P3", "1980-01-01");
    add_place("L1", "park");
    add_group("G1", "peer_group");
    set_origin("police", "R1", "1A");
    add_event("E1", "missing", "2022-06-01T20:00", "L1", 2);
    add_part("E1", "P1", "missing");
    add_part("E1", "P2", "missing");
    add_event("E2", "incident", "2022-06-11", "L1", 2);
    add_part("E2", "P1", "victim");
    add_part("E2", "P3", "alleged_perpetrator");
    add_link("P1", "P2", "friend", 0, "", "");
    add_link("P3", "P1", "exploits_alleged", 0, "", "");
    add_link("P1", "G1", "member_of", 0, "", "");
    add_context("P1", "school", "risk", "", "", 3, "2022-06-30", "");
    add_context("P1", "home", "protective", "", "", 2, "2022-06-30", "");
    add_context("P1", "school", "drives", "peer", "", 3, "2022-06-30", "");
}

static void read_charts(void)
{
    char *who[] = { "P1" };
    kith_error err;
    const kith_periods periods = { { { kith_day(2022, 5, 1), kith_day(2022, 5, 31) },
                                     { kith_day(2022, 6, 1), kith_day(2022, 6, 30) } }, 2 };
    kith_periods steps;

    cr_assert(eq(int, kith_subject_read(&subject, store, &view, who, 1, &err), KITH_OK));
    cr_assert(eq(int, kith_contexts_read(&contexts, store, &view, &subject, NULL, &err), KITH_OK));
    cr_assert(eq(int, kith_weigh_build(&weigh, contexts.items, contexts.count, view.as_of, &kith_weigh_default, &err), KITH_OK));
    kith_periods_by_month(&steps, &periods);
    cr_assert(eq(int, kith_outcomes_read(&outcomes, store, &view, who, 1, kith_day(2022, 6, 1), &periods, &err), KITH_OK));
    cr_assert(eq(int, kith_outcomes_read(&months, store, &view, who, 1, kith_day(2022, 6, 1), &steps, &err), KITH_OK));
}

static void keep_places(const kith_scene *scene)
{
    kith_store *hub;
    kith_error err;

    cr_assert(eq(int, kith_store_open(&hub, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_store_begin(hub, &err), KITH_OK));
    cr_assert(eq(int, kith_positions_keep(hub, &view, "S", "association", scene, scene, &err), KITH_OK));
    cr_assert(eq(int, kith_store_commit(hub, &err), KITH_OK));
    kith_store_close(hub);
}

static void begin(void)
{
    kith_error err;

    begin_hub();
    fill();
    view = view_of("2022-06-30", 365);
    network = network_of(view);
    store = open_hub();
    read_charts();
    cr_assert(eq(int, kith_map_scene(&picture, store, &network, &about, &err), KITH_OK), "%s", err.message);
    for (size_t i = 0; i < picture.node_count; i++)
        picture.nodes[i].box = (kith_scene_box){ true, 100.0 * (double)i, 50, 60, 30 };
    keep_places(&picture);
    kith_style_set(&picture, kith_style_own());
    kith_scene_write(&json, &picture);
    cr_assert(eq(int, kith_text_status(&json, &err), KITH_OK));
}

static void end(void)
{
    kith_text_free(&json);
    kith_scene_free(&picture);
    kith_outcomes_free(&outcomes);
    kith_outcomes_free(&months);
    kith_weigh_free(&weigh);
    kith_contexts_free(&contexts);
    kith_subject_free(&subject);
    kith_network_free(&network);
    kith_store_close(store);
    end_hub();
}

TestSuite(picture_malloc, .init = begin, .fini = end);

/* Calls until one goes through, from some allocation on a few at a time; returns how many that takes. */
static long let_each_fail(const char *what, kith_status (*go)(kith_error *), long each, long step)
{
    kith_status status = KITH_NO_MEMORY;
    long allowed = 0;
    kith_error err;

    while (status != KITH_OK && allowed < 100000) {
        allocations_left = allowed;
        status = go(&err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%s after %ld: %s", what, allowed, err.message);
        allowed += allowed < each || getenv("KITH_EVERY_ALLOCATION") != NULL ? 1 : step;
    }
    cr_assert(eq(int, status, KITH_OK), "%s", what);
    return allowed - 1;
}

static kith_status read_scene(kith_error *err)
{
    kith_scene scene;
    const kith_status status = kith_scene_read(&scene, json.data, json.size, err);

    cr_assert(status == KITH_OK || scene.node_count == 0);
    kith_scene_free(&scene);
    return status;
}

static kith_status write_scene(kith_error *err)
{
    static kith_status (*const forms[])(FILE *, const kith_scene *, kith_error *) = {
        kith_scene_write_graphml, kith_scene_write_cytoscape, kith_scene_write_geojson,
        kith_scene_write_nodes, kith_scene_write_ties,
    };
    kith_status status = KITH_OK;
    FILE *out = fopen("/dev/null", "w");

    for (size_t i = 0; status == KITH_OK && i < sizeof forms / sizeof *forms; i++)
        status = forms[i](out, &picture, err);
    fclose(out);
    return status;
}

static kith_status fill_page(kith_page *page, kith_error *err)
{
    static const char svg[] = "<svg viewBox=\"0 0 9 9\"><g id=\"a\"><title>x</title><text>y</text></g></svg>";
    static const char *const words[] = { "one", "two" };
    kith_table table = { 0 };

    kith_page_begin(page, &view, &(kith_frame){ "Children", "initials", NULL, "", "" });
    kith_page_section(page, "First", KITH_PAGE_WIDE);
    kith_page_index(page, words, 2);
    kith_page_list(page, words, 2);
    kith_page_facts(page, words, words, 2);
    kith_page_notice(page, "x");
    const kith_status status = kith_page_picture(page, svg, sizeof svg - 1, "y", err);
    kith_page_card(page, "Second", 6);
    kith_scene_table(&table, &picture);
    page_add_table(page, &table, &picture);
    kith_table_free(&table);
    return status;
}

static kith_status make_page(kith_error *err)
{
    kith_text html = { 0 };
    kith_page page;
    kith_status status = fill_page(&page, err);

    if (status == KITH_OK)
        status = kith_page_end(&html, &page, err);
    else
        kith_page_free(&page);
    kith_text_free(&html);
    return status;
}

static kith_map_layout layout;

/* What is laid out anew is a scene of its own, made while there is memory. */
static kith_status lay_out(kith_error *err)
{
    const long left = allocations_left;
    kith_scene scene;

    allocations_left = -1;
    cr_assert(eq(int, kith_map_scene(&scene, store, &network, &about, err), KITH_OK), "%s", err->message);
    allocations_left = left;
    const kith_status status = kith_map_lay_out(&scene, &network, &about, layout, err);
    kith_scene_free(&scene);
    return status;
}

static kith_status compare(kith_error *err)
{
    const long left = allocations_left;
    kith_map_changes changes;
    kith_scene scene;

    allocations_left = -1;
    cr_assert(eq(int, kith_map_scene(&scene, store, &network, &about, err), KITH_OK));
    kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = 0, .to = 1, .label = (char *)"new" });
    const uint32_t node = kith_scene_add_node(&scene, KITH_DRAW_PLACE, "new", "", "");
    scene.nodes[node].record = 9999;
    allocations_left = left;
    kith_status status = kith_map_since(&changes, &scene, &picture, "2022-06-01", err);
    kith_scene_free(&scene);
    return status;
}

static kith_status draw_weighing(kith_error *err)
{
    kith_scene scene;
    const kith_status status = kith_weigh_scene(&scene, &contexts, &weigh, NULL, &subject, &view, err);

    kith_scene_free(&scene);
    return status;
}

static kith_status draw_outcomes(kith_error *err)
{
    kith_scene scene;
    const kith_status status = kith_outcomes_scene(&scene, &outcomes, &months, &view, err);

    kith_scene_free(&scene);
    return status;
}

static kith_status read_places(kith_error *err)
{
    return kith_positions_read(&picture, store, &view, "S", "association", KITH_PLACES_ALL, err);
}

Test(picture_malloc, each_allocation_may_fail)
{
    static const struct {
        const char *what;
        kith_status (*go)(kith_error *);
        long least;
    } tried[] = {
        { "read", read_scene, 40 },        { "write", write_scene, 5 },
        { "page", make_page, 10 },         { "since", compare, 10 },
        { "weighing", draw_weighing, 20 }, { "outcomes", draw_outcomes, 20 },
        { "places", read_places, 0 },
    };

    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        kith_error err;
        cr_assert(eq(int, tried[i].go(&err), KITH_OK)); /* statements are prepared now */
        cr_expect(gt(long, let_each_fail(tried[i].what, tried[i].go, 60, 7), tried[i].least), "%s", tried[i].what);
    }
}

/* What comes after kith-draw has measured is tried here and there: each time takes a program. */
Test(picture_malloc, each_allocation_of_a_layout_may_fail)
{
    for (layout = KITH_LAYOUT_RINGS; layout <= KITH_LAYOUT_MATRIX; layout++)
        cr_expect(gt(long, let_each_fail("layout", lay_out, 25, 67), 5), "layout %d", (int)layout);
}
