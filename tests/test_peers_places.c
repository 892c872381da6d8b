/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_peers_places.c: a country of few people, numbered as a large one is. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "../engine/peers_private.h"
#include "kith/random.h"

/* Towns of groups of people: all of a group are tied to each other, groups of a town in a ring by weaker
 * ties, and each town to the next by one weaker still. Numbers say nothing of who is where. */
enum { TOWNS = 6, GROUPS = 5, MEMBERS = 4, LONERS = 3, TIED = TOWNS * GROUPS * MEMBERS, PEOPLE = TIED + LONERS };

static kith_tie ties[TOWNS * GROUPS * (MEMBERS * (MEMBERS - 1) / 2 + 1) + TOWNS];
static uint32_t number[PEOPLE], group_of[PEOPLE], size[PEOPLE], place[PEOPLE];
static kith_graph graph;
static kith_peers_graph grouped;
static kith_clustering found;

static void tie(uint32_t a, uint32_t b, double weight)
{
    const uint32_t x = number[a], y = number[b];

    ties[graph.tie_count++] = (kith_tie){ x < y ? x : y, x < y ? y : x, weight };
}

static void make_country(void)
{
    kith_random random;

    kith_random_seed(&random, 5);
    for (uint32_t v = 0; v < PEOPLE; v++)
        number[v] = v;
    kith_random_shuffle(&random, number, PEOPLE, sizeof *number);
    graph = (kith_graph){ .node_count = PEOPLE, .ties = ties };
    for (uint32_t g = 0; g < TOWNS * GROUPS; g++) {
        const uint32_t town = g / GROUPS, next = town * GROUPS + (g + 1) % GROUPS;
        for (uint32_t i = 0; i < MEMBERS; i++)
            for (uint32_t j = i + 1; j < MEMBERS; j++)
                tie(g * MEMBERS + i, g * MEMBERS + j, 1);
        tie(g * MEMBERS, next * MEMBERS + 1, 0.5);
    }
    for (uint32_t town = 0; town < TOWNS; town++)
        tie(town * GROUPS * MEMBERS + 2, (town + 1) % TOWNS * GROUPS * MEMBERS + 3, 0.1);
    for (uint32_t v = 0; v < PEOPLE; v++)
        group_of[number[v]] = v < TIED ? v / MEMBERS : TOWNS * GROUPS + v - TIED;
    found = (kith_clustering){ .group_of = group_of, .size = size, .group_count = TOWNS * GROUPS + LONERS };
    grouped = (kith_peers_graph){ .graph = &graph, .scale = 1, .place = place };
    cr_assert(kith_compact_make(&grouped.compact, place, NULL, PEOPLE, ties, graph.tie_count, NULL) == KITH_OK);
}

static void drop_country(void)
{
    kith_compact_free(&grouped.compact);
}

TestSuite(peers_places, .init = make_country, .fini = drop_country);

/* How far apart the places of people stand, of whom there are count from the first on. */
static uint32_t breadth(uint32_t first, uint32_t count)
{
    uint32_t least = PEOPLE, most = 0;

    for (uint32_t v = first; v < first + count; v++) {
        const uint32_t at = place[number[v]];
        least = at < least ? at : least;
        most = at > most ? at : most;
    }
    return most - least + 1;
}

Test(peers_places, a_group_stands_together_and_so_do_the_groups_of_a_town)
{
    cr_assert(kith_peers_place_towns(&grouped, &found, 1, NULL) == KITH_OK);
    for (uint32_t g = 0; g < TOWNS * GROUPS; g++)
        cr_expect(eq(u32, breadth(g * MEMBERS, MEMBERS), MEMBERS), "group %u", g);
    for (uint32_t town = 0; town < TOWNS; town++)
        cr_expect(eq(u32, breadth(town * GROUPS * MEMBERS, GROUPS * MEMBERS), GROUPS * MEMBERS), "town %u", town);
}

Test(peers_places, everybody_keeps_their_ties_under_the_new_numbers)
{
    bool taken[PEOPLE] = { false };

    cr_assert(kith_peers_place_towns(&grouped, &found, 1, NULL) == KITH_OK);
    for (uint32_t v = 0; v < PEOPLE; v++) {
        const uint32_t at = place[number[v]];
        cr_assert(at < PEOPLE && !taken[at], "a place each");
        taken[at] = true;
        cr_expect(eq(int, at < TIED, v < TIED), "whoever has no tie stands last");
    }
    cr_assert(eq(sz, grouped.compact.first[TIED], 2 * graph.tie_count));
    for (size_t t = 0; t < graph.tie_count; t++) {
        const uint32_t low = place[ties[t].low], high = place[ties[t].high];
        size_t times = 0;
        for (size_t i = grouped.compact.first[low]; i < grouped.compact.first[low + 1]; i++)
            times += grouped.compact.halves[i].to == high &&
                     grouped.compact.halves[i].weight == (float)ties[t].weight;
        cr_expect(eq(sz, times, 1), "tie %zu", t);
    }
}

Test(peers_places, a_graph_of_fewer_nodes_keeps_its_numbers)
{
    uint32_t before[PEOPLE];

    memcpy(before, place, sizeof before);
    cr_assert(kith_peers_place_towns(&grouped, &found, TIED + 1, NULL) == KITH_OK);
    cr_expect(memcmp(before, place, sizeof before) == 0);
    cr_assert(kith_peers_place_towns(&grouped, &found, TIED, NULL) == KITH_OK);
    cr_expect(memcmp(before, place, sizeof before) != 0, "it can change them");
}
