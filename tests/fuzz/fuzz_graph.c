/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_graph.c: any bytes as a small network. Groups cover everybody once, measures lie in
 * their ranges, and each sum is what it must be. */
#include <math.h>

#include "fuzz.h"
#include "kith/cluster.h"
#include "kith/measures.h"

enum { MOST_NODES = 24, MOST_TIES = 200 };

static void check_measures(const kith_graph *graph)
{
    kith_measures measures;
    double rank = 0;
    size_t degrees = 0;
    const double others = graph->node_count > 0 ? (double)graph->node_count - 1 : 0;

    MUST(kith_measures_of(&measures, graph, NULL, NULL) == KITH_OK);
    MUST(measures.count == graph->node_count);
    for (size_t i = 0; i < measures.count; i++) {
        const kith_measure *node = &measures.nodes[i];
        degrees += node->degree;
        rank += node->pagerank;
        MUST(node->clustering >= 0 && node->clustering <= 1 + 1e-12);
        MUST(node->betweenness_norm >= -1e-12 && node->betweenness_norm <= 1 + 1e-12);
        MUST(node->harmonic >= 0 && node->harmonic <= others + 1e-9);
        MUST(node->coreness <= node->degree && node->component < measures.component_count);
        MUST(!node->cut || node->degree >= 2);
    }
    MUST(degrees == 2 * graph->tie_count);
    MUST(measures.count == 0 || fabs(rank - 1) < 1e-9);
    kith_measures_free(&measures);
}

static void check_groups(const kith_graph *graph, kith_objective objective)
{
    const kith_cluster_options options = { .objective = objective, .resolution = 0.5, .seed = 1, .runs = 1 };
    kith_clustering clustering;

    MUST(kith_cluster(&clustering, graph, &options, NULL) == KITH_OK);
    for (size_t i = 0; i < graph->node_count; i++)
        MUST(clustering.group_of[i] < clustering.group_count);
    kith_clustering_free(&clustering);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kith_tie ties[MOST_TIES];
    kith_graph graph;
    size_t count = 0;

    if (size == 0)
        return 0;
    const size_t nodes = data[0] % (MOST_NODES + 1);
    for (size_t at = 1; nodes > 0 && at + 2 < size && count < MOST_TIES; at += 3)
        ties[count++] = (kith_tie){ data[at] % nodes, data[at + 1] % nodes, (data[at + 2] + 1) / 16.0 };
    MUST(kith_graph_from_ties(&graph, nodes, ties, count, NULL) == KITH_OK);
    check_measures(&graph);
    check_groups(&graph, KITH_CPM);
    check_groups(&graph, KITH_MODULARITY);
    kith_graph_free(&graph);
    return 0;
}
