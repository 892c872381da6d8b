/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is too much to be read becomes less, and all that is not drawn is counted (R54). */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "kith/map.h"
#include "kith/random.h"

static kith_scene scene;
static kith_error err;

static void drop(void)
{
    kith_scene_free(&scene);
}

TestSuite(map_summary, .fini = drop);

static uint32_t node(kith_scene_class class, uint32_t cluster)
{
    const uint32_t made = kith_scene_add_node(&scene, class, "AB\nchild, 14", NULL, NULL);

    scene.nodes[made].cluster = cluster;
    return made;
}

static void tie(uint32_t a, uint32_t b, kith_scene_line line, kith_scene_tone tone)
{
    char label[] = "friend";

    kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = a, .to = b, .line = line, .tone = tone, .label = label,
                                                  .weight = 1, .inferred = line == KITH_DRAW_DOTTED && tone == KITH_DRAW_NEUTRAL });
}

/* One child, a group of `size` of whom two are tied to them, and a place with `leaves` at it. */
static void build(uint32_t size, uint32_t leaves)
{
    const uint32_t child = node(KITH_DRAW_CHILD, KITH_NO_CLUSTER);

    scene.nodes[child].focus = true;
    const uint32_t group = kith_scene_add_cluster(&scene, "group A"), place = node(KITH_DRAW_PLACE, KITH_NO_CLUSTER);
    tie(child, place, KITH_DRAW_DASHED, KITH_DRAW_NEUTRAL);
    for (uint32_t i = 0; i < size; i++) {
        const uint32_t member = node(KITH_DRAW_CHILD, group);
        if (i < 2)
            tie(child, member, i == 0 ? KITH_DRAW_SOLID : KITH_DRAW_DASHED, KITH_DRAW_NEUTRAL);
        else
            tie(member - 1, member, KITH_DRAW_SOLID, KITH_DRAW_NEUTRAL);
    }
    for (uint32_t i = 0; i < leaves; i++)
        tie(place, node(KITH_DRAW_ADULT, KITH_NO_CLUSTER), KITH_DRAW_DASHED, KITH_DRAW_NEUTRAL);
}

static void summarise(size_t most, size_t most_ties)
{
    cr_assert(eq(int, kith_map_summarise(&scene, most, most_ties, &err), KITH_OK), "%s", err.message);
    cr_assert(le(sz, scene.node_count, most));
}

static bool footer_says(const char *text)
{
    return strstr(scene.footer, text) != NULL;
}

Test(map_summary, what_can_be_read_stays_as_it_is)
{
    build(5, 3);
    const kith_scene_node *before = scene.nodes;
    summarise(10, 10);
    cr_assert(eq(ptr, (void *)scene.nodes, (void *)before));
}

Test(map_summary, a_group_becomes_one_and_its_lines_are_as_weak_as_the_weakest)
{
    build(10, 3);
    summarise(8, 100);
    cr_assert(eq(sz, scene.node_count, 6));
    cr_assert(eq(str, scene.nodes[2].label, "group A\n10 people (10 children)\ndrawn as one"));
    cr_assert(eq(int, scene.nodes[2].class, KITH_DRAW_GROUP));
    cr_assert(eq(sz, scene.cluster_count, 0));
    cr_assert(eq(sz, scene.tie_count, 5), "%zu", scene.tie_count);
    const kith_scene_tie *lines = &scene.ties[4];
    cr_assert(eq(str, lines->label, "2 lines"));
    cr_assert(eq(str, lines->basis, "1 solid, 1 dashed"));
    cr_assert(eq(int, lines->line, KITH_DRAW_DASHED), "one confirmed line makes no other confirmed");
    cr_assert(footer_says("1 peer group is drawn as one each"));
    cr_assert(not(footer_says("left out")));
}

Test(map_summary, things_with_one_tie_are_counted_beside_it)
{
    build(2, 20);
    scene.nodes[2].cluster = scene.nodes[3].cluster = KITH_NO_CLUSTER;
    tie(2, 3, KITH_DRAW_SOLID, KITH_DRAW_NEUTRAL);
    summarise(9, 0);
    cr_assert(eq(sz, scene.node_count, 9));
    cr_assert(eq(str, scene.nodes[1].badges, "+15"));
    cr_assert(footer_says("counted beside what they are tied to (+): 15 people;"), "%s", scene.footer);
    cr_assert(eq(str, scene.terms[0].term, "+4"));
}

Test(map_summary, who_it_is_about_and_what_keeps_two_apart_stay)
{
    build(40, 60);
    scene.nodes[90].focus = true;
    kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = 0, .to = 90, .barred = true });
    summarise(3, 1);
    cr_assert(eq(sz, scene.node_count, 3));
    size_t focus = 0, barred = 0;
    for (size_t i = 0; i < scene.node_count; i++)
        focus += scene.nodes[i].focus;
    for (size_t i = 0; i < scene.tie_count; i++)
        barred += scene.ties[i].barred;
    cr_assert(eq(sz, focus, 2));
    cr_assert(eq(sz, barred, 1));
}

Test(map_summary, only_the_lightest_weak_lines_are_left_out)
{
    for (int i = 0; i < 20; i++)
        node(KITH_DRAW_CHILD, KITH_NO_CLUSTER);
    for (uint32_t i = 1; i < 20; i++) {
        tie(0, i, KITH_DRAW_DOTTED, KITH_DRAW_NEUTRAL);
        scene.ties[scene.tie_count - 1].weight = i;
    }
    tie(1, 2, KITH_DRAW_DOTTED, KITH_DRAW_RISK);
    tie(2, 3, KITH_DRAW_DOTTED, KITH_DRAW_PROTECTIVE);
    tie(3, 4, KITH_DRAW_SOLID, KITH_DRAW_NEUTRAL);
    summarise(20, 10);
    cr_assert(eq(sz, scene.tie_count, 10));
    for (size_t i = 0; i < 7; i++)
        cr_assert(ge(dbl, scene.ties[i].weight, 13));
    cr_assert(footer_says("left out: the 12 lightest inferred and tentative lines"));
    summarise(20, 1);
    cr_assert(eq(sz, scene.tie_count, 3), "risk, protection and what is confirmed stay");
}

Test(map_summary, a_whole_network_keeps_its_largest_groups)
{
    for (uint32_t size = 2; size < 8; size++) {
        const uint32_t group = kith_scene_add_cluster(&scene, "group");
        for (uint32_t i = 0; i < size; i++)
            node(KITH_DRAW_CHILD, group);
    }
    for (int i = 0; i < 5; i++)
        node(KITH_DRAW_ADULT, KITH_NO_CLUSTER);
    summarise(2, 0);
    cr_assert(eq(sz, scene.node_count, 2));
    cr_assert(eq(str, scene.nodes[0].label, "group\n6 people (6 children)\ndrawn as one"));
    cr_assert(eq(str, scene.nodes[1].label, "group\n7 people (7 children)\ndrawn as one"));
    cr_assert(footer_says("left out, as in smaller groups or in none: 19 people (14 children);"), "%s", scene.footer);
}

/* Everybody of the whole is drawn, or counted once in the footer. */
static size_t counted_in(const char *text)
{
    size_t sum = 0;

    for (const char *p = text; *p != '\0'; p++) {
        const bool starts = *p >= '0' && *p <= '9' && (p == text || p[-1] < '0' || p[-1] > '9');
        char *end;
        const unsigned long value = starts ? strtoul(p, &end, 10) : 0;
        if (starts && (strncmp(end, " people", 7) == 0 || strncmp(end, " person", 7) == 0 || strncmp(end, " place", 6) == 0 ||
                       strncmp(end, " other", 6) == 0))
            sum += value;
    }
    return sum;
}

Test(map_summary, everybody_is_drawn_or_counted)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        kith_random random;
        kith_random_seed(&random, seed);
        const uint32_t nodes = 1 + (uint32_t)(kith_random_next(&random) % 200), clusters = nodes / 6 + 1;
        size_t sum = 0;
        for (uint32_t c = 0; c < clusters; c++)
            kith_scene_add_cluster(&scene, "group");
        for (uint32_t i = 0; i < nodes; i++) {
            const uint64_t draw = kith_random_next(&random);
            node((kith_scene_class)(draw % 4), draw % 3 == 0 ? KITH_NO_CLUSTER : (uint32_t)(draw / 8 % clusters));
        }
        scene.nodes[0].focus = seed % 2 == 0;
        for (uint32_t i = 0; i < nodes; i++) {
            const uint32_t a = (uint32_t)(kith_random_next(&random) % nodes), b = (uint32_t)(kith_random_next(&random) % nodes);
            if (a != b)
                tie(a, b, (kith_scene_line)(i % 3), (kith_scene_tone)(i / 3 % 3));
        }
        summarise(1 + seed % 50, 30);
        for (size_t i = 0; i < scene.node_count; i++) {
            const bool group = scene.nodes[i].class == KITH_DRAW_GROUP;
            sum += group ? counted_in(scene.nodes[i].label) : 1;
        }
        const char *told = scene.footer != NULL ? strstr(scene.footer, "Too much") : NULL;
        sum += told != NULL ? counted_in(told) : 0;
        cr_assert(eq(sz, sum, nodes), "seed %lu: %s", (unsigned long)seed, told != NULL ? told : "");
        kith_scene_free(&scene);
    }
}
