/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures.h: how each node sits in a graph.
 *
 * The definitions are those of docs/measures.md. Distances count steps, or by_weight add up
 * 1/weight: a strong tie is then a short one. Nothing here is a score of a person, and nothing is
 * ranked: a central child is one who knows many, or whom many agencies watch. */
#ifndef KITH_MEASURES_H
#define KITH_MEASURES_H

#include "kith/graph.h"
#include "kith/layer.h"
#include "kith/progress.h"
#include "kith/table.h"

typedef struct kith_measure {
    double strength;         /* sum of the weights of the node's ties */
    double betweenness;      /* pairs of others whose shortest routes pass here */
    double betweenness_norm; /* the same as a share of the (n-1)(n-2)/2 pairs; 0 when n < 3 */
    double harmonic;         /* sum over the others of 1/distance, 0 for the unreachable */
    double eigenvector; /* weighted, in the largest component, the highest 1, to 1e-9; NaN elsewhere, and
                           without ties */
    double clustering;  /* share of pairs of neighbours that are tied; 0 when degree < 2 */
    double pagerank;    /* weighted, damping 0.85; sums to 1 */
    uint32_t degree;
    uint32_t coreness;  /* the largest k such that the node is in a part where all have k ties */
    uint32_t component; /* 0 is the largest; equal sizes by their first node */
    bool cut;           /* without the node its component falls apart */
} kith_measure;

typedef struct kith_measures {
    kith_measure *nodes; /* one a node */
    size_t count;
    size_t component_count;
    double work;              /* steps that all routes take: KITH_MEASURES_WORK */
    size_t sources;           /* of betweenness and harmonic; as many as nodes: exact */
    double betweenness_error; /* no betweenness_norm is further off, with 95 %; 0: exact */
    double harmonic_error;    /* the same of harmonic / (n - 1) */
    bool eigen; /* false: the iteration did not settle, eigenvector is NaN everywhere */
} kith_measures;

typedef struct kith_measures_options {
    bool exact;     /* betweenness and harmonic from every node, whatever the work */
    bool by_weight; /* their distances are sums of 1/weight */
    size_t samples; /* from so many nodes instead; 0: by KITH_MEASURES_WORK */
    uint64_t seed;  /* of the sample and of resamples */
    int resamples;  /* report: for intervals; 0: none; -1: 20 where that is quick, else none */
    const kith_progress *progress; /* may be NULL */
} kith_measures_options;

/* Steps of work that are always done for betweenness and harmonic: the sum over the nodes of
 * nodes and ends of ties of their component. Above it nodes are sampled, as many as this
 * allows and at least 100. Some seconds on one core of 2025. */
#define KITH_MEASURES_WORK 5e8

/**
 * Measures every node of a graph.
 *
 * Betweenness counts each unordered pair once, without the ends, and shares a pair among
 * its shortest routes. PageRank goes each tie both ways, and spreads what nodes without a
 * tie hold over all nodes. The eigenvector is that of the component 0, by the weights.
 *
 * measures  out: free with kith_measures_free.
 * options   NULL: the defaults.
 *
 * Returns KITH_OK, KITH_NO_MEMORY, KITH_INTERNAL.
 * Cost: O(sum of n m over the components) time, O(n + m) space; sampled, O(m) a source
 *       (betweenness.h), and about O(m^1.5) for clustering.
 * Source: Brandes 2001 (betweenness), Marchiori and Latora 2000 (harmonic), Bonacich 1972
 *         (eigenvector), Watts and Strogatz 1998 (clustering), Page et al. 1999 (PageRank),
 *         Seidman 1983 (coreness).
 */
kith_status kith_measures_of(kith_measures *measures, const kith_graph *graph,
                             const kith_measures_options *options, kith_error *err);
void kith_measures_free(kith_measures *measures);

/**
 * Fills the table that `measures` prints: a row a node, by set, then in id order (R25, R26).
 *
 * sets   true: the sets `all`; `children`, who are a child at some time of the view or of
 *        unknown age; and `alleged_adults`, known adults throughout who are alleged to harm,
 *        or convicted of it, in the view (grade E is no allegation). Each is measured among its own
 * members alone. false: `all` only. table  starts as { 0 }; free with kith_table_free, whatever is
 * returned.
 *
 * With resamples each set is thinned so often (every tie lost with probability 0.1, every person
 * with 0.02) and measured again: betweenness_norm, harmonic, eigenvector and pagerank get the
 * interval that leaves out a fortieth of the resamples at either end, widened to the figure itself.
 */
kith_status kith_measures_report(kith_table *table, const kith_layer *layer, bool sets,
                                 const kith_measures_options *options, kith_error *err);

#endif
