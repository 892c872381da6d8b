/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <igraph.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/leiden.h"

enum { NODES = 400 };

/* Planted groups of 4 to 20 with ties of weight 1/1 to 1/5, and ties between anybody. */
static kith_graph planted(kith_random *random)
{
    kith_tie *ties = calloc(NODES * 8, sizeof *ties);
    uint32_t begin[NODES + 1], group = 0;
    kith_graph graph;
    size_t count = 0;

    for (uint32_t v = 0, left = 0; v < NODES; v++, left--) {
        if (left == 0) {
            left = 4 + (uint32_t)kith_random_below(random, 17);
            group = v;
        }
        begin[v] = group;
    }
    while (count < NODES * 6) {
        const uint32_t a = (uint32_t)kith_random_below(random, NODES);
        uint32_t b = (uint32_t)kith_random_below(random, NODES);
        if (kith_random_unit(random) < 0.8)
            b = begin[a] + (uint32_t)kith_random_below(random, 20);
        if (b < NODES && a != b)
            ties[count++] = (kith_tie){ a, b, 1.0 / (1 + (double)kith_random_below(random, 5)) };
    }
    cr_assert(kith_graph_from_ties(&graph, NODES, ties, count, NULL) == KITH_OK);
    free(ties);
    return graph;
}

static double weight_of(const kith_graph *graph)
{
    double all = 0;

    for (size_t t = 0; t < graph->tie_count; t++)
        all += graph->ties[t].weight;
    return all;
}

/* Two iterations of igraph's own, as its users run it. */
static double quality_of_igraph(const kith_graph *graph, kith_objective objective,
                                double resolution)
{
    igraph_t copy;
    igraph_vector_t weights, masses;
    igraph_vector_int_t ends, membership;
    igraph_integer_t groups;
    igraph_real_t unused;
    uint32_t group_of[NODES];
    double quality;

    igraph_vector_int_init(&ends, (igraph_integer_t)(2 * graph->tie_count));
    igraph_vector_init(&weights, (igraph_integer_t)graph->tie_count);
    igraph_vector_init(&masses, NODES);
    igraph_vector_int_init(&membership, 0);
    igraph_vector_fill(&masses, 1);
    for (size_t t = 0; t < graph->tie_count; t++) {
        VECTOR(ends)[2 * t] = graph->ties[t].low;
        VECTOR(ends)[2 * t + 1] = graph->ties[t].high;
        VECTOR(weights)[t] = graph->ties[t].weight;
    }
    igraph_create(&copy, &ends, NODES, IGRAPH_UNDIRECTED);
    if (objective == KITH_MODULARITY)
        igraph_strength(&copy, &masses, igraph_vss_all(), IGRAPH_ALL, true, &weights);
    igraph_rng_seed(igraph_rng_default(), 1);
    cr_assert(igraph_community_leiden(
                  &copy, &weights, &masses,
                  objective == KITH_CPM ? resolution : resolution / igraph_vector_sum(&masses),
                  0.01, false, 2, &membership, &groups, &unused) == IGRAPH_SUCCESS);
    for (size_t v = 0; v < NODES; v++)
        group_of[v] = (uint32_t)VECTOR(membership)[v];
    igraph_destroy(&copy);
    igraph_vector_destroy(&weights);
    igraph_vector_destroy(&masses);
    igraph_vector_int_destroy(&ends);
    igraph_vector_int_destroy(&membership);
    cr_assert(kith_cluster_quality(&quality, graph, group_of, objective, resolution, NULL) ==
              KITH_OK);
    return objective == KITH_CPM ? quality / weight_of(graph) : quality;
}

static double own_quality(const kith_graph *graph, kith_objective objective, double resolution)
{
    const kith_cluster_options options = { objective, resolution, 1, 1, 2 };
    kith_clustering found;

    cr_assert(kith_cluster(&found, graph, &options, NULL) == KITH_OK);
    const double quality = found.quality;
    kith_clustering_free(&found);
    return objective == KITH_CPM ? quality / weight_of(graph) : quality;
}

/* Each is a search, so either may be ahead on one graph; over many neither is. */
Test(leiden, two_iterations_are_no_worse_than_two_of_igraph_on_200_random_graphs)
{
    kith_random random;
    double ahead = 0, worst = 0;

    kith_random_seed(&random, 11);
    for (int round = 0; round < 200; round++) {
        const kith_objective objective = round % 2 ? KITH_MODULARITY : KITH_CPM;
        const double resolution = round % 2 ? 1 : 0.05;
        kith_graph graph = planted(&random);
        const double gain = own_quality(&graph, objective, resolution) -
                            quality_of_igraph(&graph, objective, resolution);
        ahead += gain / 200;
        worst = gain < worst ? gain : worst;
        kith_graph_free(&graph);
    }
    cr_expect(ahead > -0.0005, "%g", ahead);
    cr_expect(worst > -0.02, "%g", worst);
}

static uint32_t root_of(uint32_t *above, uint32_t v)
{
    while (above[v] != v)
        v = above[v] = above[above[v]];
    return v;
}

Test(leiden, groups_are_connected_whatever_the_resolution_and_the_iterations)
{
    kith_random random;

    kith_random_seed(&random, 12);
    for (int round = 0; round < 60; round++) {
        const kith_cluster_options options = { round % 2 ? KITH_MODULARITY : KITH_CPM,
                                               round % 2 ? 0.5 + round / 10. : 0.001 * round + 0.001,
                                               (uint64_t)round, 1, 1 + round % 3 };
        uint32_t above[NODES], pieces = 0;
        kith_graph graph = planted(&random);
        kith_clustering found;
        cr_assert(kith_cluster(&found, &graph, &options, NULL) == KITH_OK);
        for (uint32_t v = 0; v < NODES; v++)
            above[v] = v;
        for (size_t t = 0; t < graph.tie_count; t++)
            if (found.group_of[graph.ties[t].low] == found.group_of[graph.ties[t].high])
                above[root_of(above, graph.ties[t].low)] = root_of(above, graph.ties[t].high);
        for (uint32_t v = 0; v < NODES; v++)
            pieces += above[v] == v;
        cr_expect(eq(sz, pieces, found.group_count), "round %d", round);
        kith_clustering_free(&found);
        kith_graph_free(&graph);
    }
}

Test(leiden, the_compact_graph_holds_the_same_ties_under_new_numbers)
{
    kith_random random;
    uint32_t place[NODES];
    bool taken[NODES] = { false };
    kith_compact compact;

    kith_random_seed(&random, 13);
    kith_graph graph = planted(&random);
    cr_assert(kith_compact_make(&compact, place, NULL, NODES, graph.ties, graph.tie_count, NULL) ==
              KITH_OK);
    for (size_t v = 0; v < NODES; v++) {
        cr_assert(place[v] < NODES && !taken[place[v]], "a place each");
        taken[place[v]] = true;
        const size_t first = compact.first[place[v]];
        cr_assert(eq(sz, compact.first[place[v] + 1] - first,
                     graph.first[v + 1] - graph.first[v]));
    }
    for (size_t t = 0; t < graph.tie_count; t++) {
        const uint32_t low = place[graph.ties[t].low], high = place[graph.ties[t].high];
        double weight = 0;
        for (size_t i = compact.first[low]; i < compact.first[low + 1]; i++)
            if (compact.halves[i].to == high)
                weight += compact.halves[i].weight * compact.unit;
        cr_expect(epsilon_eq(dbl, weight, graph.ties[t].weight, 1e-6 * compact.unit));
    }
    kith_compact_free(&compact);
    kith_graph_free(&graph);
}

Test(leiden, whoever_has_no_tie_changes_nobody_elses_group)
{
    kith_random random;
    kith_clustering with, without;
    const kith_cluster_options options = { KITH_CPM, 0.05, 1, 1, 2 };

    kith_random_seed(&random, 15);
    kith_graph graph = planted(&random), wider;
    kith_tie *ties = calloc(graph.tie_count, sizeof *ties);
    for (size_t t = 0; t < graph.tie_count; t++)
        ties[t] = (kith_tie){ 2 * graph.ties[t].low, 2 * graph.ties[t].high, graph.ties[t].weight };
    cr_assert(kith_graph_from_ties(&wider, (size_t)2 * NODES, ties, graph.tie_count, NULL) ==
              KITH_OK);
    cr_assert(kith_cluster(&without, &graph, &options, NULL) == KITH_OK);
    cr_assert(kith_cluster(&with, &wider, &options, NULL) == KITH_OK);
    cr_expect(eq(sz, with.shared_count, without.shared_count));
    for (size_t v = 0; v < NODES; v++)
        if (without.group_of[v] < without.shared_count)
            cr_assert(eq(u32, with.group_of[2 * v], without.group_of[v]));
    kith_clustering_free(&with);
    kith_clustering_free(&without);
    kith_graph_free(&graph);
    kith_graph_free(&wider);
    free(ties);
}

/* Rings of five, each tied to the next by a tenth of a tie: by CPM at 0.5 every ring is a group. More
 * nodes than are settled at a time, and numbers that say nothing of who is near. */
Test(leiden, many_rings_are_as_many_groups_under_whatever_numbers)
{
    enum { RINGS = 2001, OF = 5, ALL = RINGS * OF, STEP = 4999 };
    kith_tie *ties = malloc((ALL + RINGS) * sizeof *ties);
    uint32_t *group_of = malloc(ALL * sizeof *group_of), *place = malloc(ALL * sizeof *place);
    kith_compact graph;
    kith_random random;

    for (uint32_t v = 0; v < ALL; v++) {
        const uint32_t next = v % OF == OF - 1 ? v - (OF - 1) : v + 1;
        ties[v] = (kith_tie){ v < next ? v : next, v < next ? next : v, 2 };
        place[v] = (uint32_t)((uint64_t)v * STEP % ALL); /* STEP and ALL have no common factor */
    }
    for (uint32_t r = 0; r < RINGS; r++) {
        const uint32_t a = r * OF, b = (r + 1) % RINGS * OF;
        ties[ALL + r] = (kith_tie){ a < b ? a : b, a < b ? b : a, 0.2 };
    }
    cr_assert(kith_compact_make(&graph, NULL, NULL, ALL, ties, ALL + RINGS, NULL) == KITH_OK);
    cr_assert(kith_compact_move(&graph, place, NULL) == KITH_OK);
    const double resolution = kith_leiden_masses(&graph, KITH_CPM, 0.5);
    kith_random_seed(&random, 1);
    for (uint32_t v = 0; v < ALL; v++)
        group_of[v] = v;
    cr_assert(kith_leiden(group_of, &graph, resolution, &random, 2, NULL, NULL) == KITH_OK);
    for (uint32_t v = 0; v < ALL; v++) {
        cr_assert(eq(u32, group_of[place[v]], group_of[place[v - v % OF]]), "node %u", v);
        cr_assert(v < OF || group_of[place[v]] != group_of[place[v - OF]], "node %u", v);
    }
    kith_compact_free(&graph);
    free(ties);
    free(group_of);
    free(place);
}

/* Worked by hand: a square 0-1-2-3 with one diagonal 0-2, its corners 0 and 1 made one. */
Test(leiden, parts_are_tied_by_the_sum_of_the_ties_between_their_nodes)
{
    const kith_tie ties[] = { { 0, 1, 4 }, { 1, 2, 1 }, { 2, 3, 2 }, { 0, 3, 3 }, { 0, 2, 0.5 } };
    const uint32_t part_of[] = { 0, 0, 1, 2 };
    kith_compact square, joined;

    cr_assert(kith_compact_make(&square, NULL, NULL, 4, ties, 5, NULL) == KITH_OK);
    cr_expect(eq(dbl, square.unit, 4));
    cr_assert(kith_compact_join(&joined, &square, part_of, 3, NULL) == KITH_OK);
    cr_assert(eq(sz, joined.first[1], 2));
    cr_assert(eq(sz, joined.first[3], 6));
    cr_expect(eq(dbl, joined.mass[0], 2));
    for (size_t i = 0; i < 2; i++)
        cr_expect(eq(dbl, joined.halves[i].weight * 4.0, joined.halves[i].to == 1 ? 1.5 : 3));
    kith_compact_free(&square);
    kith_compact_free(&joined);
}

/* Weights far apart must neither vanish nor run over. */
Test(leiden, weights_of_any_size_give_the_same_groups)
{
    const double scale[] = { 1e-200, 1, 1e200 };
    uint32_t expected[NODES];

    for (int s = 0; s < 3; s++) {
        kith_random random;
        kith_clustering found;
        kith_random_seed(&random, 14);
        kith_graph graph = planted(&random);
        for (size_t t = 0; t < graph.tie_count; t++)
            graph.ties[t].weight *= scale[s];
        const kith_cluster_options options = { KITH_CPM, 0.05 * scale[s], 1, 1, 0 };
        cr_assert(kith_cluster(&found, &graph, &options, NULL) == KITH_OK);
        if (s == 0)
            memcpy(expected, found.group_of, sizeof expected);
        cr_expect(memcmp(expected, found.group_of, sizeof expected) == 0, "times %g", scale[s]);
        kith_clustering_free(&found);
        kith_graph_free(&graph);
    }
}
