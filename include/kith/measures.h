/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures.h: how each node sits in a graph.
 *
 * The definitions are those of docs/measures.md. Distances count steps: a strong tie
 * is no shorter than a weak one. Nothing here is a score of a person, and nothing is
 * ranked: a central child is one who knows many, or whom many agencies watch. */
#ifndef KITH_MEASURES_H
#define KITH_MEASURES_H

#include "kith/graph.h"
#include "kith/layer.h"
#include "kith/table.h"

typedef struct kith_measure {
    double strength;         /* sum of the weights of the node's ties */
    double betweenness;      /* pairs of others whose shortest routes pass here; NaN: not computed */
    double betweenness_norm; /* the same as a share of the (n-1)(n-2)/2 pairs; 0 when n < 3 */
    double harmonic;         /* sum over the others of 1/distance, 0 for the unreachable; NaN: not computed */
    double eigenvector;      /* weighted, in the largest component, the highest 1; NaN elsewhere, and without ties */
    double clustering;       /* share of pairs of neighbours that are tied; 0 when degree < 2 */
    double pagerank;         /* weighted, damping 0.85; sums to 1 */
    uint32_t degree;
    uint32_t coreness;  /* the largest k such that the node is in a part where all have k ties */
    uint32_t component; /* 0 is the largest; equal sizes by their smallest node */
    bool cut;           /* without the node its component falls apart */
} kith_measure;

typedef struct kith_measures {
    kith_measure *nodes; /* one a node */
    size_t count;
    size_t component_count;
    bool distances; /* false: too large, betweenness and harmonic are NaN */
    bool eigen;     /* false: the iteration did not settle, eigenvector is NaN everywhere */
} kith_measures;

/* Most steps of work for betweenness and harmonic without `exact`: the sum over the nodes
 * of nodes and ends of ties of their component. Less than a minute on one core of 2025. */
#define KITH_MEASURES_WORK 5e8

/**
 * Measures every node of a graph.
 *
 * Betweenness counts each unordered pair once, without the ends, and shares a pair among
 * its shortest routes. PageRank goes each tie both ways, and spreads what nodes without a
 * tie hold over all nodes. The eigenvector is that of the component 0, by the weights.
 *
 * measures  out: free with kith_measures_free.
 * exact     betweenness and harmonic whatever the work.
 *
 * Returns KITH_OK, KITH_NO_MEMORY, KITH_INTERNAL.
 * Cost: O(sum of n m over the components) time, O(n + m) space; without the distances
 *       about O(m^1.5) for clustering.
 * Source: Brandes 2001 (betweenness), Marchiori and Latora 2000 (harmonic), Bonacich 1972
 *         (eigenvector), Watts and Strogatz 1998 (clustering), Page et al. 1999 (PageRank),
 *         Seidman 1983 (coreness).
 */
kith_status kith_measures_of(kith_measures *measures, const kith_graph *graph, bool exact,
                             kith_error *err);
void kith_measures_free(kith_measures *measures);

/**
 * Fills the table that `measures` prints: a row a node, by set, then in id order (R25, R26).
 *
 * sets   true: the sets `all`; `children`, who are a child at some time of the view or of
 *        unknown age; and `alleged_adults`, known adults throughout who are alleged to harm,
 *        or convicted of it, in the view (grade E is no allegation). Each is measured among its own members alone.
 *        false: `all` only.
 * exact  as above.
 * table  starts as { 0 }; free with kith_table_free, whatever is returned.
 */
kith_status kith_measures_report(kith_table *table, const kith_layer *layer, bool sets, bool exact,
                                 kith_error *err);

#endif
