/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <igraph.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/cluster.h"
#include "kith/random.h"

static const kith_cluster_options by_modularity = { KITH_MODULARITY, 1, 1, 10, 0 };

static kith_graph made(size_t nodes, const kith_tie *ties, size_t count)
{
    kith_graph graph;

    cr_assert(kith_graph_from_ties(&graph, nodes, ties, count, NULL) == KITH_OK);
    return graph;
}

static kith_graph karate(void)
{
    igraph_t copy;
    kith_tie ties[78];

    cr_assert(igraph_famous(&copy, "Zachary") == IGRAPH_SUCCESS);
    for (int e = 0; e < 78; e++)
        ties[e] = (kith_tie){ (uint32_t)IGRAPH_FROM(&copy, e), (uint32_t)IGRAPH_TO(&copy, e), 1 };
    igraph_destroy(&copy);
    return made(34, ties, 78);
}

/* Cliques of `size`, tie weight 1, joined to a ring by single ties of weight `bridge`. */
static kith_graph ring_of_cliques(uint32_t cliques, uint32_t size, double bridge)
{
    kith_tie *ties = calloc(cliques * size * size, sizeof *ties);
    size_t count = 0;

    for (uint32_t c = 0; c < cliques; c++) {
        for (uint32_t a = 0; a < size; a++)
            for (uint32_t b = a + 1; b < size; b++)
                ties[count++] = (kith_tie){ c * size + a, c * size + b, 1 };
        ties[count++] = (kith_tie){ c * size, (c + 1) % cliques * size + 1, bridge };
    }
    kith_graph graph = made(cliques * size, ties, count);
    free(ties);
    return graph;
}

static kith_clustering clustered(const kith_graph *graph, kith_cluster_options options)
{
    kith_clustering found;
    kith_error err = { 0 };

    cr_assert(kith_cluster(&found, graph, &options, &err) == KITH_OK, "%s", err.message);
    return found;
}

/* The highest modularity of Zachary's club is 0.4197896, with 4 groups: Brandes et al., On
 * modularity clustering, IEEE Transactions on Knowledge and Data Engineering 20(2), 2008. */
Test(cluster, the_karate_club_falls_into_four_groups_at_modularity_0_4198)
{
    kith_graph graph = karate();
    kith_clustering found = clustered(&graph, by_modularity);

    cr_expect(epsilon_eq(dbl, found.quality, 0.4197896, 1e-6), "%.9f", found.quality);
    cr_expect(eq(sz, found.group_count, 4));
    cr_expect(eq(sz, found.shared_count, 4));
    kith_clustering_free(&found);
    kith_graph_free(&graph);
}

/* The two sides after the split have modularity 0.3715 (Newman, Girvan 2004). */
Test(cluster, the_quality_of_the_real_split_of_the_club_is_as_published)
{
    const uint32_t side[34] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0,
                                0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    kith_graph graph = karate();
    double quality;

    cr_assert(kith_cluster_quality(&quality, &graph, side, KITH_MODULARITY, 1, NULL) == KITH_OK);
    cr_expect(epsilon_eq(dbl, quality, 0.3715, 5e-5), "%.6f", quality);
    kith_graph_free(&graph);
}

/* Worked by hand: two triangles joined by a tie; weights 1, resolution 0.5. Apart, each has
 * 3 - 0.5 x 3 = 1.5; together 7 - 0.5 x 15 = -0.5. */
Test(cluster, cpm_quality_is_weight_inside_less_the_resolution_for_each_pair)
{
    const kith_tie ties[] = { { 0, 1, 1 }, { 1, 2, 1 }, { 0, 2, 1 }, { 3, 4, 1 },
                              { 4, 5, 1 }, { 3, 5, 1 }, { 2, 3, 1 } };
    const uint32_t apart[] = { 0, 0, 0, 1, 1, 1 }, together[] = { 4, 4, 4, 4, 4, 4 };
    kith_graph graph = made(6, ties, 7);
    double quality;

    cr_assert(kith_cluster_quality(&quality, &graph, apart, KITH_CPM, 0.5, NULL) == KITH_OK);
    cr_expect(epsilon_eq(dbl, quality, 3, 1e-12));
    cr_assert(kith_cluster_quality(&quality, &graph, together, KITH_CPM, 0.5, NULL) == KITH_OK);
    cr_expect(epsilon_eq(dbl, quality, -0.5, 1e-12));
    kith_graph_free(&graph);
}

/* Fortunato, Barthelemy, Resolution limit in community detection, PNAS 104, 2007: in a ring
 * of 30 cliques of 5 modularity joins neighbours in pairs (Q 0.8879 against 0.8758 for
 * the cliques). Traag et al. 2011: CPM keeps the cliques, however many there are. */
Test(cluster, cpm_keeps_the_cliques_that_modularity_joins)
{
    kith_graph graph = ring_of_cliques(30, 5, 1);
    kith_clustering joined = clustered(&graph, by_modularity);
    kith_clustering kept = clustered(&graph, (kith_cluster_options){ KITH_CPM, 0.1, 1, 3, 0 });

    cr_expect(joined.group_count < 30);
    cr_expect(joined.quality > 0.8758);
    cr_expect(eq(sz, kept.group_count, 30));
    for (uint32_t v = 0; v < 150; v++)
        cr_expect(eq(u32, kept.group_of[v], v / 5), "cliques are equal: ordered by smallest node");
    kith_clustering_free(&joined);
    kith_clustering_free(&kept);
    kith_graph_free(&graph);
}

/* Two groups of 5 join when the weight between them passes resolution x 25. */
Test(cluster, halving_all_weights_and_the_resolution_changes_nothing_but_weights_alone_do)
{
    kith_graph strong = ring_of_cliques(2, 5, 1.6), weak = ring_of_cliques(2, 5, 1.6);
    for (size_t t = 0; t < weak.tie_count; t++)
        weak.ties[t].weight /= 2;
    const kith_cluster_options options = { KITH_CPM, 0.1, 1, 3, 0 };
    const kith_cluster_options halved = { KITH_CPM, 0.05, 1, 3, 0 };
    kith_clustering one = clustered(&strong, options), other = clustered(&weak, options),
                    same = clustered(&weak, halved);

    cr_expect(eq(sz, one.group_count, 1), "3.2 between, above 2.5");
    cr_expect(eq(sz, other.group_count, 2), "1.6 between, below 2.5");
    cr_expect(eq(sz, same.group_count, 1));
    kith_clustering_free(&one);
    kith_clustering_free(&other);
    kith_clustering_free(&same);
    kith_graph_free(&strong);
    kith_graph_free(&weak);
}

Test(cluster, larger_groups_come_first_and_whoever_has_no_tie_is_alone_at_the_end)
{
    const kith_tie ties[] = { { 1, 2, 1 }, { 4, 5, 1 }, { 5, 6, 1 }, { 4, 6, 1 } };
    const uint32_t expected[] = { 2, 1, 1, 3, 0, 0, 0 };
    kith_graph graph = made(7, ties, 4);
    kith_clustering found = clustered(&graph, (kith_cluster_options){ KITH_CPM, 0.1, 1, 1, 0 });

    cr_expect(eq(sz, found.group_count, 4));
    cr_expect(eq(sz, found.shared_count, 2));
    for (int v = 0; v < 7; v++)
        cr_expect(eq(u32, found.group_of[v], expected[v]), "node %d", v);
    cr_expect(eq(u32, found.size[0], 3));
    cr_expect(eq(u32, found.size[3], 1));
    kith_clustering_free(&found);
    kith_graph_free(&graph);
}

Test(cluster, an_empty_graph_and_one_without_ties_have_no_shared_group)
{
    kith_graph none = made(0, NULL, 0), loose = made(3, NULL, 0);
    kith_clustering of_none = clustered(&none, by_modularity),
                    of_loose = clustered(&loose, by_modularity);

    cr_expect(eq(sz, of_none.group_count, 0));
    cr_expect(eq(sz, of_loose.group_count, 3));
    cr_expect(eq(sz, of_loose.shared_count, 0));
    cr_expect(eq(dbl, of_loose.quality, 0));
    kith_clustering_free(&of_none);
    kith_clustering_free(&of_loose);
    kith_graph_free(&none);
    kith_graph_free(&loose);
}

Test(cluster, wrong_options_are_refused_with_the_remedy)
{
    kith_graph graph = karate();
    kith_clustering found;
    kith_error err;
    const double wrong[] = { 0, -1, NAN, INFINITY };

    for (int i = 0; i < 4; i++) {
        const kith_cluster_options options = { KITH_CPM, wrong[i], 1, 1, 0 };
        cr_expect(eq(int, kith_cluster(&found, &graph, &options, &err), KITH_USAGE));
        cr_expect(strstr(err.message, "above 0 is expected") != NULL, "%s", err.message);
        cr_expect(eq(ptr, found.group_of, NULL));
    }
    const kith_cluster_options no_runs = { KITH_CPM, 1, 1, 0, 0 };
    cr_expect(eq(int, kith_cluster(&found, &graph, &no_runs, &err), KITH_USAGE));
    const kith_cluster_options backwards = { KITH_CPM, 1, 1, 1, -1 };
    cr_expect(eq(int, kith_cluster(&found, &graph, &backwards, &err), KITH_USAGE));
    kith_graph_free(&graph);
}

/* The reference: every partition of a small graph, by restricted growth strings. */
static double best_quality(const kith_graph *graph, kith_objective objective, double resolution)
{
    uint32_t group_of[8] = { 0 };
    double best = -INFINITY, quality = 0;
    const size_t n = graph->node_count;

    for (;;) {
        kith_cluster_quality(&quality, graph, group_of, objective, resolution, NULL);
        best = fmax(best, quality);
        size_t at = n;
        for (size_t v = n - 1; v > 0 && at == n; v--) {
            uint32_t most = 0;
            for (size_t u = 0; u < v; u++)
                most = group_of[u] > most ? group_of[u] : most;
            if (group_of[v] <= most)
                at = v;
        }
        if (at == n)
            return best;
        group_of[at]++;
        for (size_t v = at + 1; v < n; v++)
            group_of[v] = 0;
    }
}

static kith_graph random_graph(kith_random *random)
{
    kith_tie ties[64];
    size_t count = 0;
    const uint32_t n = 3 + (uint32_t)kith_random_below(random, 5);
    const double density = 0.2 + 0.8 * kith_random_unit(random);

    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = a + 1; b < n; b++)
            if (kith_random_unit(random) < density)
                ties[count++] = (kith_tie){ a, b, 0.1 + kith_random_unit(random) };
    return made(n, ties, count);
}

/* Leiden is a search and may miss the best partition: never better than the best of all,
 * hardly ever worse (in 9 of 10 graphs of up to 7 nodes at least). */
Test(cluster, on_small_graphs_the_best_of_all_partitions_is_nearly_always_found)
{
    kith_random random;
    int found_best = 0;

    kith_random_seed(&random, 3);
    for (int round = 0; round < 100; round++) {
        kith_graph graph = random_graph(&random);
        const kith_objective objective = round % 2 ? KITH_MODULARITY : KITH_CPM;
        const double resolution = round % 2 ? 1 : 0.3;
        kith_clustering found =
            clustered(&graph, (kith_cluster_options){ objective, resolution, 1, 5, 0 });
        const double best = best_quality(&graph, objective, resolution);
        double own;
        kith_cluster_quality(&own, &graph, found.group_of, objective, resolution, NULL);
        cr_expect(epsilon_eq(dbl, own, found.quality, 1e-9), "quality is of these very groups");
        cr_expect(found.quality <= best + 1e-9, "round %d", round);
        found_best += found.quality >= best - 1e-9;
        kith_clustering_free(&found);
        kith_graph_free(&graph);
    }
    cr_expect(found_best >= 90, "%d of 100", found_best);
}

Test(cluster, the_same_seed_gives_the_same_groups_and_planted_groups_survive_renaming)
{
    kith_graph graph = ring_of_cliques(12, 6, 0.5);
    const kith_cluster_options options = { KITH_CPM, 0.1, 7, 2, 0 };
    kith_clustering one = clustered(&graph, options), two = clustered(&graph, options);
    uint32_t name[72];
    kith_random random;

    cr_expect(memcmp(one.group_of, two.group_of, sizeof name) == 0);
    for (uint32_t v = 0; v < 72; v++)
        name[v] = v;
    kith_random_seed(&random, 4);
    kith_random_shuffle(&random, name, 72, sizeof *name);
    kith_tie *ties = calloc(graph.tie_count, sizeof *ties);
    for (size_t t = 0; t < graph.tie_count; t++)
        ties[t] =
            (kith_tie){ name[graph.ties[t].low], name[graph.ties[t].high], graph.ties[t].weight };
    kith_graph renamed = made(72, ties, graph.tie_count);
    kith_clustering other = clustered(&renamed, options);
    for (uint32_t a = 0; a < 72; a++)
        for (uint32_t b = 0; b < 72; b++)
            cr_expect(eq(int, one.group_of[a] == one.group_of[b],
                         other.group_of[name[a]] == other.group_of[name[b]]));
    free(ties);
    kith_clustering_free(&one);
    kith_clustering_free(&two);
    kith_clustering_free(&other);
    kith_graph_free(&graph);
    kith_graph_free(&renamed);
}
