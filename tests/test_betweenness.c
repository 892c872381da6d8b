/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <igraph.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/betweenness.h"
#include "kith/random.h"

static kith_graph made(size_t nodes, const kith_tie *ties, size_t count)
{
    kith_graph graph;

    cr_assert(kith_graph_from_ties(&graph, nodes, ties, count, NULL) == KITH_OK);
    return graph;
}

static kith_betweenness computed(const kith_graph *graph, kith_betweenness_options options)
{
    kith_betweenness found;

    cr_assert(kith_betweenness_of(&found, graph, &options, NULL) == KITH_OK);
    return found;
}

/* Weights are whole numbers, so that many routes are equally long. */
static kith_graph random_graph(kith_random *random, size_t n, size_t m)
{
    kith_tie *ties = malloc((m + 1) * sizeof *ties);

    for (size_t t = 0; t < m; t++)
        ties[t] = (kith_tie){ (uint32_t)kith_random_below(random, n),
                              (uint32_t)kith_random_below(random, n),
                              1 + (double)kith_random_below(random, 4) };
    kith_graph graph = made(n, ties, m);
    free(ties);
    return graph;
}

/* What igraph says, by weight or by steps. */
static void expect_as_igraph(const kith_graph *graph, bool by_weight, int round)
{
    kith_betweenness found = computed(graph, (kith_betweenness_options){ .by_weight = by_weight });
    const igraph_integer_t m = (igraph_integer_t)graph->tie_count;
    igraph_vector_int_t ends;
    igraph_vector_t lengths, through, near;
    igraph_t copy;

    igraph_vector_int_init(&ends, 2 * m);
    igraph_vector_init(&lengths, m);
    igraph_vector_init(&through, 0);
    igraph_vector_init(&near, 0);
    for (igraph_integer_t t = 0; t < m; t++) {
        VECTOR(ends)[2 * t] = graph->ties[t].low;
        VECTOR(ends)[2 * t + 1] = graph->ties[t].high;
        VECTOR(lengths)[t] = 1 / graph->ties[t].weight;
    }
    igraph_create(&copy, &ends, (igraph_integer_t)graph->node_count, IGRAPH_UNDIRECTED);
    const igraph_vector_t *used = by_weight ? &lengths : NULL;
    cr_assert(igraph_betweenness(&copy, &through, igraph_vss_all(), IGRAPH_UNDIRECTED, used) == 0);
    cr_assert(igraph_harmonic_centrality(&copy, &near, igraph_vss_all(), IGRAPH_ALL, used, false) ==
              0);
    for (size_t v = 0; v < graph->node_count; v++) {
        cr_expect(
            epsilon_eq(dbl, found.through[v], VECTOR(through)[v], 1e-9 * (1 + VECTOR(through)[v])),
            "round %d node %zu", round, v);
        cr_expect(epsilon_eq(dbl, found.nearness[v], VECTOR(near)[v], 1e-9 * (1 + VECTOR(near)[v])),
                  "round %d node %zu", round, v);
    }
    igraph_vector_destroy(&near);
    igraph_vector_destroy(&through);
    igraph_vector_destroy(&lengths);
    igraph_vector_int_destroy(&ends);
    igraph_destroy(&copy);
    kith_betweenness_free(&found);
}

Test(betweenness, it_is_what_igraph_says_by_steps_and_by_weight)
{
    kith_random random;

    kith_random_seed(&random, 5);
    for (int round = 0; round < 120; round++) {
        const size_t n = 1 + kith_random_below(&random, 60);
        kith_graph graph = random_graph(&random, n, kith_random_below(&random, 4 * n));
        expect_as_igraph(&graph, false, round);
        expect_as_igraph(&graph, true, round);
        kith_graph_free(&graph);
    }
}

/* Four in a row: the two in the middle stand between 2 pairs each. By weight a detour of
 * two strong ties is shorter than one weak tie. */
Test(betweenness, a_strong_detour_is_shorter_than_a_weak_tie)
{
    const kith_tie ties[] = { { 0, 1, 4 }, { 1, 2, 4 }, { 0, 2, 1 } };
    kith_graph graph = made(3, ties, 3);
    kith_betweenness steps = computed(&graph, (kith_betweenness_options){ .by_weight = false });
    kith_betweenness weight = computed(&graph, (kith_betweenness_options){ .by_weight = true });

    cr_expect(epsilon_eq(dbl, steps.through[1], 0, 1e-12));
    cr_expect(epsilon_eq(dbl, weight.through[1], 1, 1e-12));
    cr_expect(epsilon_eq(dbl, weight.nearness[0], 4 + 2, 1e-12));
    kith_betweenness_free(&steps);
    kith_betweenness_free(&weight);
    kith_graph_free(&graph);
}

/* A path is as deep as a network can be: the steps are counted modulo 3. */
Test(betweenness, a_long_path_is_counted_to_its_end)
{
    enum { LENGTH = 1000 };
    kith_tie ties[LENGTH - 1];

    for (uint32_t i = 0; i + 1 < LENGTH; i++)
        ties[i] = (kith_tie){ i, i + 1, 1 };
    kith_graph graph = made(LENGTH, ties, LENGTH - 1);
    kith_betweenness found = computed(&graph, (kith_betweenness_options){ .samples = 0 });

    for (size_t v = 0; v < LENGTH; v++)
        cr_expect(epsilon_eq(dbl, found.through[v], (double)(v * (LENGTH - 1 - v)), 1e-6));
    kith_betweenness_free(&found);
    kith_graph_free(&graph);
}

Test(betweenness, nobody_stands_between_nobody)
{
    kith_graph graph = made(0, NULL, 0);
    kith_betweenness found = computed(&graph, (kith_betweenness_options){ .samples = 10 });

    cr_expect(eq(sz, found.count, 0));
    cr_expect(eq(sz, found.sources, 0));
    kith_betweenness_free(&found);
    kith_graph_free(&graph);
}

/* The greatest difference of two answers, as the bound measures it. */
static double farthest_off(const double *a, const double *b, size_t n, double scale)
{
    double worst = 0;

    for (size_t v = 0; v < n; v++)
        worst = fmax(worst, fabs(a[v] - b[v]) / scale);
    return worst;
}

Test(betweenness, a_sample_keeps_its_word)
{
    kith_random random;
    int closest = 0;

    kith_random_seed(&random, 11);
    for (int round = 0; round < 20; round++) {
        kith_graph graph = random_graph(&random, 300, 500);
        const size_t samples = 20 + 14 * (size_t)round;
        kith_betweenness exact = computed(&graph, (kith_betweenness_options){ .samples = 0 });
        kith_betweenness drawn = computed(
            &graph, (kith_betweenness_options){ .samples = samples, .seed = (uint64_t)round });
        const double off = farthest_off(drawn.through, exact.through, 300, 299.0 * 298 / 2);
        cr_expect(eq(sz, drawn.sources, samples));
        cr_expect(eq(sz, exact.sources, 300));
        cr_expect(off <= drawn.through_error, "round %d: %g, not %g", round, off,
                  drawn.through_error);
        cr_expect(farthest_off(drawn.nearness, exact.nearness, 300, 299) <= drawn.nearness_error);
        cr_expect(off > 0 && drawn.through_error < 1, "round %d", round);
        cr_expect(eq(dbl, exact.through_error, 0));
        closest += off * 50 > drawn.through_error;
        kith_betweenness_free(&exact);
        kith_betweenness_free(&drawn);
        kith_graph_free(&graph);
    }
    cr_expect(closest > 10, "a bound that is never near says nothing");
}

Test(betweenness, more_samples_than_nodes_are_all_nodes)
{
    kith_random random;

    kith_random_seed(&random, 3);
    kith_graph graph = random_graph(&random, 40, 80);
    kith_betweenness exact = computed(&graph, (kith_betweenness_options){ .samples = 0 });
    kith_betweenness all = computed(&graph, (kith_betweenness_options){ .samples = 1000 });

    cr_expect(eq(sz, all.sources, 40));
    cr_expect(eq(int, memcmp(all.through, exact.through, 40 * sizeof *all.through), 0));
    kith_betweenness_free(&exact);
    kith_betweenness_free(&all);
    kith_graph_free(&graph);
}

Test(betweenness, threads_change_no_bit)
{
    kith_random random;

    kith_random_seed(&random, 4);
    kith_graph graph = random_graph(&random, 500, 1500);
    for (int by_weight = 0; by_weight < 2; by_weight++) {
        const kith_betweenness_options options = { .by_weight = by_weight != 0, .samples = 200 };
        setenv("KITH_THREADS", "1", 1);
        kith_betweenness one = computed(&graph, options);
        setenv("KITH_THREADS", "5", 1);
        kith_betweenness five = computed(&graph, options);
        cr_expect(eq(int, memcmp(one.through, five.through, 500 * sizeof *one.through), 0));
        cr_expect(eq(int, memcmp(one.nearness, five.nearness, 500 * sizeof *one.nearness), 0));
        kith_betweenness_free(&one);
        kith_betweenness_free(&five);
    }
    kith_graph_free(&graph);
}
