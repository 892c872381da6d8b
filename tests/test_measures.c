/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <igraph.h>
#include <math.h>
#include <stdlib.h>

#include "kith/measures.h"
#include "kith/random.h"

#define NEAR(actual, expected) epsilon_eq(dbl, actual, expected, 1e-9)

enum { MOST = 12 }; /* nodes of the random graphs */

static kith_graph famous(const char *name)
{
    igraph_t copy;
    kith_graph graph;

    cr_assert(igraph_famous(&copy, name) == IGRAPH_SUCCESS);
    const size_t count = (size_t)igraph_ecount(&copy);
    kith_tie *ties = calloc(count, sizeof *ties);
    for (size_t e = 0; e < count; e++)
        ties[e] = (kith_tie){ (uint32_t)IGRAPH_FROM(&copy, e), (uint32_t)IGRAPH_TO(&copy, e), 1 };
    cr_assert(kith_graph_from_ties(&graph, (size_t)igraph_vcount(&copy), ties, count, NULL) ==
              KITH_OK);
    free(ties);
    igraph_destroy(&copy);
    return graph;
}

static kith_graph made(size_t nodes, const kith_tie *ties, size_t count)
{
    kith_graph graph;

    cr_assert(kith_graph_from_ties(&graph, nodes, ties, count, NULL) == KITH_OK);
    return graph;
}

static kith_measures measured(const kith_graph *graph)
{
    kith_measures measures;
    kith_error err = { 0 };

    cr_assert(kith_measures_of(&measures, graph, NULL, &err) == KITH_OK, "%s", err.message);
    return measures;
}

Test(measures, an_empty_graph_has_nothing_to_measure)
{
    kith_graph graph = made(0, NULL, 0);
    kith_measures measures = measured(&graph);

    cr_expect(eq(sz, measures.count, 0));
    cr_expect(eq(sz, measures.component_count, 0));
    kith_measures_free(&measures);
    kith_graph_free(&graph);
}

Test(measures, a_person_without_ties_is_alone)
{
    kith_graph graph = made(1, NULL, 0);
    kith_measures measures = measured(&graph);
    const kith_measure *node = &measures.nodes[0];

    cr_assert(eq(sz, measures.count, 1));
    cr_expect(eq(u32, node->degree, 0));
    cr_expect(NEAR(node->strength, 0));
    cr_expect(NEAR(node->betweenness, 0));
    cr_expect(NEAR(node->betweenness_norm, 0));
    cr_expect(NEAR(node->harmonic, 0));
    cr_expect(NEAR(node->clustering, 0));
    cr_expect(NEAR(node->pagerank, 1));
    cr_expect(isnan(node->eigenvector));
    cr_expect(eq(u32, node->coreness, 0));
    cr_expect(not(node->cut));
    kith_measures_free(&measures);
    kith_graph_free(&graph);
}

/* D. Krackhardt, Assessing the political landscape, Administrative Science Quarterly 35,
 * 1990. Heather (node 7) is the only way to Ike and Jane: 2 x 7 of the 36 pairs. Diane
 * (node 3) has the most ties, Fernando and Garth (5, 6) are the closest. Eigenvector and
 * closeness figures as in Hansen, Shneiderman, Smith, Analyzing Social Media Networks. */
Test(measures, heather_bridges_the_kite)
{
    kith_graph graph = famous("Krackhardt_Kite");
    kith_measures measures = measured(&graph);
    const kith_measure *node = measures.nodes;

    cr_expect(NEAR(node[7].betweenness, 14));
    cr_expect(NEAR(node[7].betweenness_norm, 14.0 / 36));
    cr_expect(NEAR(node[8].betweenness, 8));
    cr_expect(NEAR(node[3].betweenness, 11.0 / 3));
    cr_expect(NEAR(node[9].betweenness, 0));
    cr_expect(eq(u32, node[3].degree, 6));
    cr_expect(NEAR(node[3].eigenvector, 1));
    cr_expect(epsilon_eq(dbl, node[5].eigenvector, 0.398 / 0.481, 2e-3));
    cr_expect(epsilon_eq(dbl, node[9].eigenvector, 0.011 / 0.481, 2e-3));
    cr_expect(node[7].cut && node[8].cut);
    for (int v = 0; v < 7; v++)
        cr_expect(not(node[v].cut), "node %d", v);
    cr_expect(eq(u32, node[3].coreness, 3));
    cr_expect(eq(u32, node[7].coreness, 2));
    cr_expect(eq(u32, node[9].coreness, 1));
    kith_measures_free(&measures);
    kith_graph_free(&graph);
}

/* W. Zachary, An information flow model, Journal of Anthropological Research 33, 1977.
 * Betweenness of the two leaders (nodes 0 and 33), normalised: 0.4376 and 0.3041. */
Test(measures, two_leaders_stand_between_the_members_of_the_karate_club)
{
    kith_graph graph = famous("Zachary");
    kith_measures measures = measured(&graph);
    double sum = 0;

    cr_expect(epsilon_eq(dbl, measures.nodes[0].betweenness_norm, 0.4376, 5e-5));
    cr_expect(epsilon_eq(dbl, measures.nodes[33].betweenness_norm, 0.3041, 5e-5));
    cr_expect(eq(u32, measures.nodes[33].degree, 17));
    cr_expect(NEAR(measures.nodes[0].clustering, 0.15));
    cr_expect(eq(u32, measures.nodes[0].coreness, 4));
    cr_expect(NEAR(measures.nodes[33].eigenvector, 1));
    for (size_t v = 0; v < measures.count; v++)
        sum += measures.nodes[v].pagerank;
    cr_expect(NEAR(sum, 1));
    kith_measures_free(&measures);
    kith_graph_free(&graph);
}

/* Worked by hand: a path of three (1-3-5) and a pair (0-4), with 2 alone. */
Test(measures, a_graph_in_pieces_is_measured_piece_by_piece)
{
    const kith_tie ties[] = { { 1, 3, 2 }, { 3, 5, 0.5 }, { 0, 4, 1 } };
    const uint32_t component[] = { 1, 0, 2, 0, 1, 0 };
    const double harmonic[] = { 1, 1.5, 0, 2, 1, 1.5 };
    kith_graph graph = made(6, ties, 3);
    kith_measures measures = measured(&graph);

    cr_expect(eq(sz, measures.component_count, 3));
    for (int v = 0; v < 6; v++) {
        cr_expect(eq(u32, measures.nodes[v].component, component[v]), "node %d", v);
        cr_expect(NEAR(measures.nodes[v].harmonic, harmonic[v]), "node %d", v);
        cr_expect(eq(int, isnan(measures.nodes[v].eigenvector), component[v] != 0), "node %d", v);
        cr_expect(eq(int, measures.nodes[v].cut, v == 3), "node %d", v);
    }
    cr_expect(NEAR(measures.nodes[3].betweenness, 1));
    cr_expect(NEAR(measures.nodes[3].betweenness_norm, 0.1), "1 of the 10 pairs of the others");
    cr_expect(NEAR(measures.nodes[3].strength, 2.5));
    /* a path weighs 2 and 0.5: lambda^2 = 4.25, the middle is 1, an end its weight / lambda */
    cr_expect(NEAR(measures.nodes[1].eigenvector, 2 / sqrt(4.25)));
    cr_expect(NEAR(measures.nodes[5].eigenvector, 0.5 / sqrt(4.25)));
    kith_measures_free(&measures);
    kith_graph_free(&graph);
}

/* Two components of one size: the one that holds the smallest node is 0. */
Test(measures, equal_components_are_numbered_by_their_smallest_node)
{
    const kith_tie ties[] = { { 1, 2, 1 }, { 0, 3, 1 } };
    kith_graph graph = made(4, ties, 2);
    kith_measures measures = measured(&graph);

    cr_expect(eq(u32, measures.nodes[0].component, 0));
    cr_expect(eq(u32, measures.nodes[3].component, 0));
    cr_expect(eq(u32, measures.nodes[1].component, 1));
    kith_measures_free(&measures);
    kith_graph_free(&graph);
}

/* The reference: definitions spelled out over all pairs and subsets, nothing shared with
 * the module. distance and routes by repeated relaxation on an adjacency matrix. */
typedef struct reference {
    size_t n;
    double weight[MOST][MOST];
    double distance[MOST][MOST], routes[MOST][MOST];
} reference;

static void fill_distances(reference *ref)
{
    const size_t n = ref->n;

    for (size_t s = 0; s < n; s++) {
        for (size_t t = 0; t < n; t++) {
            ref->distance[s][t] = s == t ? 0 : INFINITY;
            ref->routes[s][t] = s == t;
        }
        for (size_t step = 1; step < n; step++) {
            for (size_t t = 0; t < n; t++) {
                double ways = 0;
                for (size_t u = 0; u < n; u++)
                    if (ref->weight[u][t] > 0 && ref->distance[s][u] == (double)step - 1)
                        ways += ref->routes[s][u];
                if (ways > 0 && ref->distance[s][t] > (double)step - 1 &&
                    isinf(ref->distance[s][t])) {
                    ref->distance[s][t] = (double)step;
                    ref->routes[s][t] = ways;
                }
            }
        }
    }
}

static double betweenness_of(const reference *ref, size_t v)
{
    double sum = 0;

    for (size_t s = 0; s < ref->n; s++)
        for (size_t t = s + 1; t < ref->n; t++)
            if (s != v && t != v && isfinite(ref->distance[s][t]) &&
                ref->distance[s][v] + ref->distance[v][t] == ref->distance[s][t])
                sum += ref->routes[s][v] * ref->routes[v][t] / ref->routes[s][t];
    return sum;
}

static double harmonic_of(const reference *ref, size_t v)
{
    double sum = 0;

    for (size_t t = 0; t < ref->n; t++)
        if (t != v && isfinite(ref->distance[v][t]))
            sum += 1 / ref->distance[v][t];
    return sum;
}

static double clustering_of(const reference *ref, size_t v)
{
    double pairs = 0, tied = 0;

    for (size_t a = 0; a < ref->n; a++)
        for (size_t b = a + 1; b < ref->n; b++)
            if (ref->weight[v][a] > 0 && ref->weight[v][b] > 0) {
                pairs++;
                tied += ref->weight[a][b] > 0;
            }
    return pairs > 0 ? tied / pairs : 0;
}

/* The largest k for which some subset with v has k ties each, over all subsets. */
static unsigned coreness_of(const reference *ref, size_t v)
{
    unsigned best = 0;

    for (unsigned set = 0; set < 1u << ref->n; set++) {
        unsigned least = (unsigned)ref->n;
        if (!(set >> v & 1))
            continue;
        for (size_t a = 0; a < ref->n; a++) {
            unsigned degree = 0;
            if (!(set >> a & 1))
                continue;
            for (size_t b = 0; b < ref->n; b++)
                degree += (set >> b & 1) && ref->weight[a][b] > 0;
            least = degree < least ? degree : least;
        }
        best = least > best ? least : best;
    }
    return best;
}

static bool cuts(const reference *ref, size_t v)
{
    reference without = *ref;

    for (size_t u = 0; u < ref->n; u++)
        without.weight[v][u] = without.weight[u][v] = 0;
    fill_distances(&without);
    for (size_t s = 0; s < ref->n; s++)
        for (size_t t = 0; t < ref->n; t++)
            if (s != v && t != v && isfinite(ref->distance[s][t]) && isinf(without.distance[s][t]))
                return true;
    return false;
}

/* Power iteration from the definition: teleport, and mass of nodes without ties spread. */
static void pagerank_of(const reference *ref, double *rank)
{
    double strength[MOST] = { 0 };
    const double n = (double)ref->n;

    for (size_t v = 0; v < ref->n; v++) {
        rank[v] = 1 / n;
        for (size_t u = 0; u < ref->n; u++)
            strength[v] += ref->weight[v][u];
    }
    for (int round = 0; round < 400; round++) {
        double next[MOST] = { 0 }, lost = 0;
        for (size_t v = 0; v < ref->n; v++) {
            lost += strength[v] > 0 ? 0 : rank[v];
            for (size_t u = 0; strength[v] > 0 && u < ref->n; u++)
                next[u] += 0.85 * rank[v] * ref->weight[v][u] / strength[v];
        }
        for (size_t v = 0; v < ref->n; v++)
            rank[v] = next[v] + 0.15 / n + 0.85 * lost / n;
    }
}

static reference random_reference(kith_random *random)
{
    reference ref = { .n = 1 + kith_random_below(random, 9) };
    const double density = kith_random_unit(random);

    for (size_t a = 0; a < ref.n; a++)
        for (size_t b = a + 1; b < ref.n; b++)
            if (kith_random_unit(random) < density)
                ref.weight[a][b] = ref.weight[b][a] = 0.25 + kith_random_unit(random);
    fill_distances(&ref);
    return ref;
}

static kith_graph graph_of(const reference *ref, const uint32_t *name)
{
    kith_tie ties[MOST * MOST];
    size_t count = 0;

    for (uint32_t a = 0; a < ref->n; a++)
        for (uint32_t b = a + 1; b < ref->n; b++)
            if (ref->weight[a][b] > 0)
                ties[count++] = (kith_tie){ name[a], name[b], ref->weight[a][b] };
    return made(ref->n, ties, count);
}

static void expect_as_spelled_out(const reference *ref, const kith_measures *measures,
                                  const uint32_t *name, int round)
{
    double rank[MOST];

    pagerank_of(ref, rank);
    for (size_t v = 0; v < ref->n; v++) {
        const kith_measure *node = &measures->nodes[name[v]];
        unsigned degree = 0;
        double strength = 0;
        for (size_t u = 0; u < ref->n; u++) {
            degree += ref->weight[v][u] > 0;
            strength += ref->weight[v][u];
        }
        cr_expect(eq(u32, node->degree, degree), "round %d", round);
        cr_expect(NEAR(node->strength, strength), "round %d", round);
        cr_expect(NEAR(node->betweenness, betweenness_of(ref, v)), "round %d", round);
        cr_expect(NEAR(node->harmonic, harmonic_of(ref, v)), "round %d", round);
        cr_expect(NEAR(node->clustering, clustering_of(ref, v)), "round %d", round);
        cr_expect(epsilon_eq(dbl, node->pagerank, rank[v], 1e-8), "round %d", round);
        cr_expect(eq(u32, node->coreness, coreness_of(ref, v)), "round %d", round);
        cr_expect(eq(int, node->cut, cuts(ref, v)), "round %d", round);
    }
}

static double times_weights(const reference *ref, const kith_measures *measures,
                            const uint32_t *name, size_t v)
{
    double sum = 0;

    for (size_t u = 0; u < ref->n; u++)
        if (ref->weight[v][u] > 0)
            sum += ref->weight[v][u] * measures->nodes[name[u]].eigenvector;
    return sum;
}

/* In the largest component A x = lambda x, the highest x is 1, and all x are above 0: by
 * Perron and Frobenius there is one such x. */
static void expect_eigenvector(const reference *ref, const kith_measures *measures,
                               const uint32_t *name, int round)
{
    size_t top = 0;

    for (size_t v = 0; v < ref->n; v++)
        if (!(measures->nodes[name[v]].eigenvector <= measures->nodes[name[top]].eigenvector) &&
            measures->nodes[name[v]].component == 0)
            top = v;
    const double lambda = times_weights(ref, measures, name, top);
    if (lambda > 0)
        cr_expect(NEAR(measures->nodes[name[top]].eigenvector, 1), "round %d", round);
    for (size_t v = 0; v < ref->n; v++) {
        const kith_measure *node = &measures->nodes[name[v]];
        if (node->component != 0 || lambda == 0) {
            cr_expect(isnan(node->eigenvector), "round %d", round);
            continue;
        }
        cr_expect(node->eigenvector > 0, "round %d", round);
        cr_expect(epsilon_eq(dbl, times_weights(ref, measures, name, v), lambda * node->eigenvector,
                             1e-7),
                  "round %d", round);
    }
}

Test(measures, every_measure_is_what_its_definition_says_on_random_graphs)
{
    kith_random random;

    kith_random_seed(&random, 1);
    for (int round = 0; round < 300; round++) {
        const reference ref = random_reference(&random);
        uint32_t name[MOST];
        for (uint32_t v = 0; v < MOST; v++)
            name[v] = v;
        kith_graph graph = graph_of(&ref, name);
        kith_measures measures = measured(&graph);
        expect_as_spelled_out(&ref, &measures, name, round);
        expect_eigenvector(&ref, &measures, name, round);
        kith_measures_free(&measures);
        kith_graph_free(&graph);
    }
}

Test(measures, renaming_people_changes_no_figure)
{
    kith_random random;

    kith_random_seed(&random, 2);
    for (int round = 0; round < 100; round++) {
        const reference ref = random_reference(&random);
        uint32_t name[MOST];
        for (uint32_t v = 0; v < ref.n; v++)
            name[v] = v;
        kith_random_shuffle(&random, name, ref.n, sizeof *name);
        kith_graph graph = graph_of(&ref, name);
        kith_measures measures = measured(&graph);
        expect_as_spelled_out(&ref, &measures, name, round);
        kith_measures_free(&measures);
        kith_graph_free(&graph);
    }
}

/* A star of 41 000 has 41 000 x 123 000 steps of work: above the limit. */
Test(measures, a_graph_too_large_for_all_routes_is_sampled_and_says_how_surely)
{
    const uint32_t n = 41000;
    kith_tie *ties = calloc(n, sizeof *ties);
    for (uint32_t v = 1; v < n; v++)
        ties[v - 1] = (kith_tie){ 0, v, 1 };
    kith_graph graph = made(n, ties, n - 1);
    kith_measures measures = measured(&graph);

    cr_expect(measures.sources > 100 && measures.sources < n);
    cr_expect(measures.betweenness_error > 0 && measures.betweenness_error < 0.05);
    cr_expect(fabs(measures.nodes[0].betweenness_norm - 1) <= measures.betweenness_error);
    cr_expect(fabs(measures.nodes[0].harmonic / (n - 1) - 1) <= measures.harmonic_error);
    cr_expect(eq(u32, measures.nodes[0].degree, n - 1));
    cr_expect(measures.eigen);
    kith_measures_free(&measures);
    kith_graph_free(&graph);
    free(ties);
}

/* The two leading eigenvalues of a path of n differ by about 15 / n^2. */
Test(measures, an_eigenvector_that_does_not_settle_is_left_out_everywhere)
{
    const uint32_t n = 3000;
    kith_tie *ties = calloc(n, sizeof *ties);
    for (uint32_t v = 1; v < n; v++)
        ties[v - 1] = (kith_tie){ v - 1, v, 1 };
    kith_graph graph = made(n, ties, n - 1);
    kith_measures measures = measured(&graph);

    cr_expect(not(measures.eigen));
    for (uint32_t v = 0; v < n; v++)
        cr_assert(isnan(measures.nodes[v].eigenvector));
    cr_expect(NEAR(measures.nodes[1].betweenness, n - 2));
    kith_measures_free(&measures);
    kith_graph_free(&graph);
    free(ties);
}
