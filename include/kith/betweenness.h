/* SPDX-License-Identifier: GPL-3.0-or-later */
/* betweenness.h: how many shortest routes pass each node, and how near each is to all.
 *
 * Brandes' algorithm over compact arrays: one search from each source counts the shortest
 * routes to all others and, on the way back, what share of them passes each node. Nodes are
 * renumbered first, so that neighbours lie near each other in memory; sources are cut into
 * fixed chunks, whose sums are added in the order of the chunks. So the answer is the
 * same on one thread or many. igraph is what the tests compare with. */
#ifndef KITH_BETWEENNESS_H
#define KITH_BETWEENNESS_H

#include "kith/graph.h"
#include "kith/progress.h"

typedef struct kith_betweenness_options {
    bool by_weight; /* routes are shortest by the sum of 1/weight; else by fewest ties */
    size_t samples; /* so many sources, drawn at random; 0 or all: every node, exact */
    uint64_t seed;  /* of the draw */
    const kith_progress *progress; /* may be NULL */
} kith_betweenness_options;

typedef struct kith_betweenness {
    double *through;  /* one a node: pairs of others whose shortest routes pass here, shared among
                         equally short ones; each unordered pair once */
    double *nearness; /* one a node: sum over the others of 1/distance, unreachable 0 (harmonic) */
    size_t count;
    size_t sources;       /* how many there were; all nodes when exact */
    double through_error; /* with 95 % probability no node's `through` is further off, as a share of
                             the (n-1)(n-2)/2 pairs; 0 when exact */
    double nearness_error; /* the same for nearness / (n-1) */
} kith_betweenness;

/**
 * Computes both for every node.
 *
 * Sampled, both are estimates: the sums over the sources times n / sources. The error is the
 * greatest, over all nodes, of the smaller of two bounds for sampling without replacement
 * (Bardenet and Maillard 2015): Hoeffding's and Serfling's, which knows no data, and the empirical
 * Bernstein's, which knows how much the sources of a node differ; with half of the 5 % for each,
 * shared equally among the nodes.
 *
 * result  out: free with kith_betweenness_free.
 * Lengths that differ by less than 1e-10 of themselves are equal.
 * Returns KITH_OK, KITH_NO_MEMORY.
 * Cost: O(m) a source, by weight O((n + m) log n); about 12 bytes a tie and 40 a node for each
 * thread, and 16 a node for each of 8 chunks (sampled 32).
 * Source: U. Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical
 *         Sociology 25, 2001; U. Brandes, C. Pich, Centrality estimation in large networks,
 *         International Journal of Bifurcation and Chaos 17, 2007 (sampled sources); R. Bardenet,
 *         O.-A. Maillard, Concentration inequalities for sampling without replacement, Bernoulli
 * 21, 2015.
 */
kith_status kith_betweenness_of(kith_betweenness *result, const kith_graph *graph,
                                const kith_betweenness_options *options, kith_error *err);
void kith_betweenness_free(kith_betweenness *result);

#endif
