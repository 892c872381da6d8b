/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cluster.h: a graph cut into groups that hold together.
 *
 * CPM puts two nodes in one group when their group is denser than the resolution: inside
 * a group the mean weight of a pair, tied or not, is at least the resolution, and between
 * two groups it is at most that. It means the same in a small and in a large graph.
 * Modularity compares with chance over the whole graph, so its groups grow with the
 * graph: in a county it finds towns. */
#ifndef KITH_CLUSTER_H
#define KITH_CLUSTER_H

#include "kith/graph.h"

typedef enum kith_objective { KITH_CPM, KITH_MODULARITY } kith_objective;

typedef struct kith_cluster_options {
    kith_objective objective;
    double resolution; /* above 0 */
    uint64_t seed;     /* run r starts from seed + r */
    int runs;          /* at least 1; the best is kept */
    int iterations;    /* most of a run; 0: until one brings nothing */
} kith_cluster_options;

typedef struct kith_clustering {
    uint32_t *group_of;  /* one a node: from 0, the larger group first, equal sizes by smallest node */
    uint32_t *size;      /* one a group */
    size_t group_count;  /* also the groups of one node, which come last */
    size_t shared_count; /* groups of at least two */
    double quality;      /* kith_cluster_quality of exactly these groups */
    int best_run;
} kith_clustering;

/**
 * Finds groups by the Leiden algorithm.
 *
 * Each run is iterated until an iteration brings nothing, or as often as asked. Runs
 * differ in their seed; the best quality is kept, of equals the first. Groups are
 * connected; a node without a tie is alone. A seed gives the same groups on every machine.
 *
 * clustering  out: free with kith_clustering_free.
 * Returns KITH_OK, KITH_USAGE (resolution not above 0, no runs, iterations below 0), KITH_NO_MEMORY.
 * Cost: about O(m) an iteration, 5 to 20 iterations a run until nothing changes, of which
 *       the third and later ones bring little (leiden.h); 16 to 40 bytes a tie.
 * Source: Traag, Waltman, van Eck, From Louvain to Leiden, Scientific Reports 9, 2019;
 *         Traag, Van Dooren, Nesterov, Narrow scope for resolution-limit-free community
 *         detection, Physical Review E 84, 2011 (CPM).
 */
kith_status kith_cluster(kith_clustering *clustering, const kith_graph *graph,
                         const kith_cluster_options *options, kith_error *err);
void kith_clustering_free(kith_clustering *clustering);

/**
 * What the objective says of any partition; group_of has labels below node_count.
 *
 *     CPM         sum over groups of  w - resolution s (s - 1) / 2
 *     modularity  sum over groups of  w / W - resolution (k / 2W)^2
 *
 * s nodes, w weight of ties inside, k strength of the nodes, W weight of all ties.
 * 0 for a graph without ties (CPM of groups of one is 0 too).
 * Returns KITH_OK, KITH_NO_MEMORY.
 */
kith_status kith_cluster_quality(double *quality, const kith_graph *graph,
                                 const uint32_t *group_of, kith_objective objective,
                                 double resolution, kith_error *err);

#endif
