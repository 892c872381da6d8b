/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.h: a weighted, simple, undirected graph in compact arrays.
 *
 * The analyses that only need nodes and ties (measures, groups, paths) work on this,
 * and know nothing of what the nodes are. A node is an index from 0; ties are sorted
 * by their lower, then their higher node; neighbours of a node ascend. Where igraph
 * does the work it is given a view made from these arrays. */
#ifndef KITH_GRAPH_H
#define KITH_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"

typedef struct kith_tie {
    uint32_t low, high; /* nodes, low < high */
    double weight;      /* > 0 */
} kith_tie;

typedef struct kith_graph {
    size_t node_count;
    kith_tie *ties;
    size_t tie_count;
    size_t *first;       /* node_count + 1: where a node's neighbours begin */
    uint32_t *neighbour; /* 2 * tie_count */
    uint32_t *tie_of;    /* for each neighbour entry: the tie it belongs to */
} kith_graph;

/**
 * Makes a graph from ties in any order, either way round.
 *
 * Parallel ties, and ties in both directions, add up to one. A tie from a node to
 * itself is left out. ties is read only.
 * Returns KITH_OK, KITH_USAGE for a node out of range or a weight that is not a
 * finite number above 0, KITH_NO_MEMORY.
 * Cost: O(m log m) time.
 */
kith_status kith_graph_from_ties(kith_graph *graph, size_t node_count, const kith_tie *ties,
                                 size_t tie_count, kith_error *err);
void kith_graph_free(kith_graph *graph);

/**
 * The part of a graph that some of its nodes span: these nodes, and the ties among them.
 *
 * nodes  ascending, each once; node i of the part is nodes[i] of the whole.
 * Returns KITH_OK, KITH_USAGE for a node out of range or out of order, KITH_NO_MEMORY.
 * Cost: O(n + m) time.
 */
kith_status kith_graph_induced(kith_graph *part, const kith_graph *whole, const uint32_t *nodes,
                               size_t count, kith_error *err);

/** The tie between two nodes, or SIZE_MAX. O(log degree). */
size_t kith_graph_tie(const kith_graph *graph, uint32_t a, uint32_t b);

#endif
