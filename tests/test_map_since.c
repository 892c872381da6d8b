/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_map_since.c: two pictures of the same, and what is different. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "kith/map_since.h"

static kith_scene before, now;
static kith_map_changes changes;

static uint32_t add(kith_scene *scene, int64_t record, const char *label, kith_scene_class class)
{
    const uint32_t node = kith_scene_add_node(scene, class, label, "[LAC]", "");

    scene->nodes[node].record = record;
    return node;
}

static void tie(kith_scene *scene, uint32_t from, uint32_t to, kith_scene_line line, const char *label)
{
    kith_scene_add_tie(scene, &(kith_scene_tie){ .from = from, .to = to, .line = line, .label = (char *)label });
}

/* Three who stay, one who leaves, one who comes and is called as the one who left. */
static void build(void)
{
    const uint32_t a = add(&before, 2, "AA\nchild, 14", KITH_DRAW_CHILD);
    const uint32_t gone = add(&before, 4, "BB\nchild, 14", KITH_DRAW_CHILD);
    const uint32_t park = add(&before, 6, "park", KITH_DRAW_PLACE), c = add(&before, 8, "CC", KITH_DRAW_ADULT);
    const uint32_t a2 = add(&now, 2, "AA\nchild, 15", KITH_DRAW_CHILD);
    const uint32_t c2 = add(&now, 8, "CC", KITH_DRAW_ADULT), park2 = add(&now, 6, "park", KITH_DRAW_PLACE);
    const uint32_t new = add(&now, 10, "BB\nchild, 12", KITH_DRAW_CHILD);

    tie(&before, a, park, KITH_DRAW_SOLID, "missing (3)");
    tie(&before, a, gone, KITH_DRAW_DASHED, "friend");
    tie(&before, c, a, KITH_DRAW_DASHED, "trusted adult of");
    tie(&before, c, park, KITH_DRAW_SOLID, "incident (2)");
    tie(&now, park2, a2, KITH_DRAW_SOLID, "incident (1), missing (4)");
    tie(&now, a2, new, KITH_DRAW_SOLID, "friend");
    tie(&now, c2, a2, KITH_DRAW_DASHED, "trusted adult of");
    tie(&now, c2, park2, KITH_DRAW_DASHED, "incident (2)");
    kith_scene_set(&now, &now.header, "As of 2022-01-01.");
    cr_assert(eq(int, kith_map_since(&changes, &now, &before, "2021-12-01", NULL), KITH_OK));
}

static void drop(void)
{
    kith_scene_free(&before);
    kith_scene_free(&now);
}

TestSuite(map_since, .init = build, .fini = drop);

Test(map_since, who_came_and_who_left_is_said_in_words)
{
    cr_assert(eq(sz, now.node_count, 5));
    cr_expect(eq(str, now.nodes[0].badges, "[LAC]"));
    cr_expect(eq(str, now.nodes[3].badges, "NEW\n[LAC]"));
    cr_expect(eq(str, now.nodes[4].badges, "GONE"));
    cr_expect(eq(str, now.nodes[4].label, "BB (earlier)\nchild, 14"));
    cr_expect(eq(sz, changes.new_nodes, 1));
    cr_expect(eq(sz, changes.gone_nodes, 1));
}

Test(map_since, a_line_is_stronger_by_its_grade_or_by_its_events)
{
    cr_assert(eq(sz, now.tie_count, 5));
    cr_expect(eq(str, now.ties[0].label, "stronger: incident (1), missing (4)"));
    cr_expect(eq(str, now.ties[0].basis, "before: missing (3), solid"));
    cr_expect(eq(str, now.ties[1].label, "NEW: friend"));
    cr_expect(eq(str, now.ties[2].label, "trusted adult of"));
    cr_expect(eq(str, now.ties[3].label, "weaker: incident (2)"));
    cr_expect(eq(str, now.ties[4].label, "GONE: friend"));
    cr_expect(eq(int, now.ties[4].line, KITH_DRAW_DOTTED));
}

Test(map_since, the_header_counts_the_changes)
{
    cr_expect(eq(str, now.header, "As of 2022-01-01.\nChanges since 2021-12-01: of people, places and "
                                  "things 1 new, 1 gone; of lines 1 new, 1 gone, 1 stronger, 1 weaker."));
    cr_expect(eq(sz, now.term_count, 4));
}

/* A picture and itself differ in nothing. */
Test(map_since, nothing_has_changed_between_a_picture_and_itself)
{
    kith_scene same = { 0 }, again = { 0 };

    for (int i = 0; i < 2; i++) {
        kith_scene *scene = i == 0 ? &same : &again;
        add(scene, 2, "AA", KITH_DRAW_CHILD);
        add(scene, 4, "BB", KITH_DRAW_CHILD);
        tie(scene, 0, 1, KITH_DRAW_DOTTED, "friend (2)");
        tie(scene, 0, 1, KITH_DRAW_DOTTED, "sibling");
        kith_scene_set(scene, &scene->header, "");
    }
    cr_assert(eq(int, kith_map_since(&changes, &again, &same, "2021-12-01", NULL), KITH_OK));
    cr_expect(eq(sz, again.node_count, 2));
    cr_expect(eq(sz, again.tie_count, 2));
    cr_expect(eq(sz, changes.stronger + changes.weaker + changes.new_ties + changes.gone_ties, 0));
    cr_expect(eq(str, again.ties[0].label, "friend (2)"));
    kith_scene_free(&same);
    kith_scene_free(&again);
}
