/* SPDX-License-Identifier: GPL-3.0-or-later */
/* path.h: how two people or things are connected, by the strongest route or the fewest steps.
 *
 * A tie of weight w is a road of length 1/w, and the route is the shortest road: strong ties
 * are preferred, and one weak tie is longer than several strong ones. A route says that
 * records connect two, never that the two know each other. */
#ifndef KITH_PATH_H
#define KITH_PATH_H

#include "kith/layer.h"
#include "kith/table.h"

typedef struct kith_path_step {
    uint32_t from, to;       /* nodes of its layer */
    const kith_layer *layer; /* where the step is taken */
    size_t tie;              /* of the layer's graph */
    double weight;           /* of the tie, as asked for */
} kith_path_step;

typedef struct kith_path {
    kith_path_step *steps; /* the first one leaves from */
    size_t count;          /* 0: there is no route */
    double length;         /* sum of 1/weight */
} kith_path;

/**
 * Finds the strongest route between two things over one or several layers of one network.
 *
 * Two things that are tied in several layers are joined by the strongest of these ties, of
 * equals by that of the first layer. Of routes of equal length (to 1e-9 of it) the one with
 * the fewest steps is taken, and of those the one whose ids come first. Ties without weight
 * make no route.
 *
 * path    out: free with kith_path_free; the layers must outlive it.
 * from, to   things of the network, not the same.
 * as_given   weigh ties as their layers do; else by their evidence (kith_layer_evidence).
 * Returns KITH_OK, also when there is no route; KITH_USAGE, KITH_NO_MEMORY, KITH_INTERNAL.
 * Cost: O((n + m) log n) for n things (and events, where a layer has them) and m ties.
 * Source: E. W. Dijkstra, A note on two problems in connexion with graphs, 1959.
 */
kith_status kith_path_find(kith_path *path, const kith_layer *layers, size_t layer_count,
                           uint32_t from, uint32_t to, bool as_given, kith_error *err);
void kith_path_free(kith_path *path);

typedef struct kith_paths {
    kith_path *list; /* the strongest first, then in the order of the things on them */
    size_t count;
    double total; /* routes there are; above 10 000 only so many are listed */
} kith_paths;

/**
 * Finds all routes of the fewest steps between two things; the rest is as above.
 *
 * Of more than 10 000 the first are listed, in the order of the things on them.
 * paths   out: free with kith_paths_free; the layers must outlive it.
 */
kith_status kith_path_fewest(kith_paths *paths, const kith_layer *layers, size_t layer_count,
                             uint32_t from, uint32_t to, bool as_given, kith_error *err);
void kith_paths_free(kith_paths *paths);

/**
 * Fills the table that `path` prints: step, from_id, to_id, kind, weight, records, line,
 * from_kind, to_kind (a person and a place may have one id), route. kind and records are of the
 * tie's strongest items; line is how the tie is drawn (R48).
 */
kith_status kith_path_report(kith_table *table, const kith_path *path, kith_error *err);

/** The same of several; most: how many of them. */
kith_status kith_paths_report(kith_table *table, const kith_paths *paths, size_t most,
                              kith_error *err);

#endif
