/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_map_layout.c: maps that compute their own places. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/drawing.h"
#include "kith/map_layout.h"
#include "svg.h"

static kith_scene scene;
static kith_error err;

/* A child of 14, her home, her friend of 15 who is victim once and named as alleged once, and an
 * adult who helped; what is graded E is no event. */
static void build_street(void)
{
    begin_hub();
    add_person("P1", "2007-05-01");
    add_person("P2", "2006-05-01");
    add_person("P3", "1980-01-01");
    add_place("L1", "park");
    add_place("L2", "house");
    set_origin("police", "R1", "1A");
    add_event("E1", "missing", "2021-05-01T20:00", "L1", 2);
    add_part("E1", "P1", "missing");
    add_part("E1", "P2", "missing");
    set_origin("police", "R2", "2B");
    add_event("E2", "incident", "2021-06-01", "L1", 2);
    add_part("E2", "P2", "alleged_perpetrator");
    add_part("E2", "P3", "helper");
    set_origin("police", "R3", "3E");
    add_event("E3", "assault", "2021-06-11", "L1", 2);
    add_part("E3", "P1", "victim");
    set_origin("police", "R4", "1A");
    add_link("P1", "P2", "friend", 0, "2021-05-01", "");
    add_link("P1", "L2", "lives_at", 0, "", "");
}

static void drop(void)
{
    kith_scene_free(&scene);
    end_hub();
}

static kith_status lay_out(const char *id, int hops, kith_map_layout layout)
{
    const char *const ids[] = { id };
    const kith_map_options options = { .ids = ids, .id_count = id != NULL, .hops = hops,
                                       .names = KITH_MAP_NONE, .most = 400 };
    kith_network network = network_of(view_of("2021-07-31", 365));
    kith_store *store = open_hub();

    kith_scene_free(&scene);
    kith_status status = kith_map_scene(&scene, store, &network, &options, &err);
    if (status == KITH_OK)
        status = kith_map_lay_out(&scene, &network, &options, layout, &err);
    kith_store_close(store);
    kith_network_free(&network);
    return status;
}

static const kith_scene_node *node_called(const char *start)
{
    for (size_t i = 0; i < scene.node_count; i++)
        if (strncmp(scene.nodes[i].label, start, strlen(start)) == 0)
            return &scene.nodes[i];
    cr_fatal("%s is not there", start);
    return NULL;
}

static const kith_scene_mark *mark_with(const char *text)
{
    for (size_t i = 0; i < scene.mark_count; i++)
        if (strstr(scene.marks[i].text, text) != NULL)
            return &scene.marks[i];
    return NULL;
}

TestSuite(map_layout, .init = build_street, .fini = drop);

Test(map_layout, rings_need_one_in_the_middle)
{
    cr_assert(eq(int, lay_out(NULL, 1, KITH_LAYOUT_RINGS), KITH_USAGE));
    cr_expect(strstr(err.message, "give one ID") != NULL, "%s", err.message);
}

/* Home is above, peers to the right, the neighbourhood below and to the left. */
Test(map_layout, rings_put_each_context_in_its_sector)
{
    cr_assert(eq(int, lay_out("P1", 1, KITH_LAYOUT_RINGS), KITH_OK), "%s", err.message);
    cr_expect(eq(dbl, scene.nodes[0].box.x, 0));
    cr_expect(eq(dbl, scene.nodes[0].box.y, 0));
    const kith_scene_box home = node_called("home")->box, friend = node_called("child 2")->box;
    const kith_scene_box park = node_called("park")->box;
    cr_expect(home.y > 200 && home.x > -150 && home.x < 150);
    cr_expect(friend.x > 200 && friend.y > -50);
    cr_expect(park.y < -100 && park.x < 50);
    cr_expect(mark_with("SCHOOL\nnothing on this map") != NULL);
    cr_expect(mark_with("HOME\nnothing") == NULL);
}

Test(map_layout, two_mode_counts_the_lines_that_it_does_not_draw)
{
    cr_assert(eq(int, lay_out("P1", 1, KITH_LAYOUT_TWO_MODE), KITH_OK), "%s", err.message);
    cr_expect(node_called("child 1")->box.x < node_called("park")->box.x);
    cr_expect(eq(dbl, node_called("child 1")->box.x, node_called("child 2")->box.x));
    for (size_t i = 0; i < scene.tie_count; i++)
        cr_expect(scene.nodes[scene.ties[i].from].class != scene.nodes[scene.ties[i].to].class);
    cr_expect(strstr(scene.footer, "Not drawn in this layout: 1 line within one column") != NULL, "%s",
              scene.footer);
}

Test(map_layout, a_timeline_names_no_child_as_one_who_harms)
{
    cr_assert(eq(int, lay_out("P2", 2, KITH_LAYOUT_TIMELINE), KITH_OK), "%s", err.message);
    const kith_scene_mark *first = mark_with("missing, park\nchild 1: missing\nchild 2: missing");
    const kith_scene_mark *second = mark_with("child 2: named as alleged\nadult 1: helper");
    cr_assert(first != NULL && second != NULL);
    cr_expect(first->y > second->y, "time runs downwards");
    cr_expect(eq(int, first->line, KITH_DRAW_SOLID));
    cr_expect(eq(int, second->line, KITH_DRAW_DASHED));
    cr_expect(mark_with("perpetrator") == NULL);
    cr_expect(mark_with("assault") == NULL, "graded E");
}

Test(map_layout, a_matrix_has_a_cell_for_each_pair_that_is_tied)
{
    cr_assert(eq(int, lay_out("P1", 1, KITH_LAYOUT_MATRIX), KITH_OK), "%s", err.message);
    size_t squares = 0;
    for (size_t i = 0; i < scene.mark_count; i++)
        squares += scene.marks[i].shape == KITH_DRAW_BAR;
    cr_expect(eq(sz, squares, 4), "of P1 her friend, the park and the home; the friend and the park");
    cr_expect(mark_with("child 1 and child 2: friend") != NULL);
    cr_expect(eq(sz, scene.tie_count, 0));
}

/* The words of a table are all that the picture says, each once. */
Test(map_layout, words_that_repeat_others_are_not_in_the_table)
{
    kith_table table = { 0 };

    cr_assert(eq(int, lay_out("P1", 1, KITH_LAYOUT_TIMELINE), KITH_OK), "%s", err.message);
    kith_scene_table(&table, &scene);
    cr_expect(eq(sz, kith_table_rows(&table), scene.node_count + 1), "one event, as the other is of others");
    kith_table_free(&table);
}

static void add_crowd(int people)
{
    char id[16], other[16], place[16], event[16], day[32];

    for (int i = 0; i < people; i++) {
        snprintf(id, sizeof id, "C%03d", i);
        add_person(id, i % 3 == 0 ? "1980-01-01" : "2007-01-01");
        add_link(i % 5 < 3 ? "P1" : "P2", id, i % 4 == 0 ? "sibling" : i % 4 == 1 ? "friend" : "classmate",
                 0, "2021-05-01", "");
        snprintf(place, sizeof place, "X%03d", i / 5);
        if (i % 5 == 0)
            add_place(place, i % 2 ? "school" : "park");
        snprintf(event, sizeof event, "V%03d", i);
        snprintf(day, sizeof day, "2021-%02d-%02d", 1 + i % 7, 1 + i % 28);
        add_event(event, "incident", day, place, 2);
        add_part(event, id, "victim");
        snprintf(other, sizeof other, "C%03d", i / 2);
        add_part(event, i > 0 ? other : "P1", "witness");
    }
}

static void check_picture(kith_map_layout layout)
{
    const kith_drawing drawing = { .seed = 1 };
    kith_text svg = { 0 };

    cr_assert(eq(int, lay_out("P1", 2, layout), KITH_OK), "%s", err.message);
    const size_t most = scene.node_count + scene.tie_count + scene.mark_count + 200;
    svg_element *list = calloc(most, sizeof *list);
    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &drawing, &err), KITH_OK), "%s", err.message);
    svg_check(list, svg_elements(list, most, svg.data), (uint32_t)scene.node_count);
    free(list);
    kith_text_free(&svg);
}

Test(map_layout, nothing_overlaps_in_small_pictures)
{
    for (int layout = KITH_LAYOUT_RINGS; layout <= KITH_LAYOUT_MATRIX; layout++)
        check_picture((kith_map_layout)layout);
}

Test(map_layout, nothing_overlaps_in_pictures_of_150)
{
    add_crowd(120);
    for (int layout = KITH_LAYOUT_RINGS; layout <= KITH_LAYOUT_MATRIX; layout++)
        check_picture((kith_map_layout)layout);
}
