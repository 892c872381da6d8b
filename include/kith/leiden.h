/* SPDX-License-Identifier: GPL-3.0-or-later */
/* leiden.h: the Leiden algorithm on compact arrays.
 *
 * It seeks the partition with the greatest
 *
 *     sum over groups of   w - resolution x M^2 / 2        w: weight of the ties inside
 *                                                          M: mass of the nodes
 *
 * With mass 1 a node that is CPM but for a constant; with a node's strength as its mass
 * and the resolution over twice the weight of all ties it is modularity times that weight.
 * One call uses one thread and no memory but its own, so that several may run side by
 * side. Nothing in it depends on addresses or on mathematical functions, so that a
 * seed gives the same groups on every machine. */
#ifndef KITH_LEIDEN_H
#define KITH_LEIDEN_H

#include "kith/compact.h"
#include "kith/cluster.h"
#include "kith/random.h"

/**
 * Gives the nodes the masses of an objective. Returns the resolution that kith_leiden
 * wants for it.
 */
double kith_leiden_masses(kith_compact *compact, kith_objective objective, double resolution);

/** What runs over graphs of at most so many nodes and halves of ties write to, one run after the other. */
typedef struct kith_leiden_room kith_leiden_room;

/** Free with kith_leiden_room_close, also after a failure. Returns KITH_OK or KITH_NO_MEMORY. */
kith_status kith_leiden_room_open(kith_leiden_room **room, size_t nodes, size_t halves,
                                  kith_error *err);
void kith_leiden_room_close(kith_leiden_room *room);

/**
 * Improves a partition until an iteration brings nothing, or `iterations` were made
 * (0: no bound). Groups are connected.
 *
 * group_of    in: labels below graph->count; out: labels from 0 without gaps.
 * resolution  as kith_leiden_masses gave it.
 * room        NULL: its own.
 * Returns KITH_OK or KITH_NO_MEMORY.
 * Cost: about 2 iterations to be near the best, O(m) each; 100 bytes a node and 8 to 16 a
 *       half tie beside the graph.
 * Source: Traag, Waltman, van Eck, From Louvain to Leiden, Scientific Reports 9, 2019; the
 *         merging within a group takes the best neighbour instead of a likely one.
 */
kith_status kith_leiden(uint32_t *group_of, const kith_compact *graph, double resolution,
                        kith_random *random, int iterations, kith_leiden_room *room,
                        kith_error *err);

/**
 * Numbers groups anew as kith_clustering says, equal sizes by their first node in an order given of all
 * (NULL: that of the nodes), and counts them. group_of in: any labels below n.
 */
kith_status kith_cluster_number(kith_clustering *clustering, const uint32_t *order, size_t n,
                                kith_error *err);

/**
 * kith_cluster on a compact graph that was made before: graph's own, and where its nodes
 * went, and the order that it was made with (NULL: none). The masses are set here.
 */
kith_status kith_cluster_compact(kith_clustering *clustering, const kith_graph *graph,
                                 kith_compact *compact, const uint32_t *place,
                                 const uint32_t *order, const kith_cluster_options *options,
                                 kith_error *err);

#endif
