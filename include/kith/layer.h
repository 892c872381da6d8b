/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.h: a network seen as one graph: which nodes, which ties, of which weight.
 *
 * The five layers of design section 4. In the ordinary reading the rules of design 3.3
 * hold: who is tied to whom by roles, ages, kinds of events and the size cap, shared
 * events at 1/(n-1) for n people, declared peer ties at 1, and each tie carries its
 * evidence beside its weight. `raw` reads a published network as published: all dates,
 * weights as given, each shared event 1, no cap, roles and ages ignored; `unweighted`
 * is raw with every tie 1. */
#ifndef KITH_LAYER_H
#define KITH_LAYER_H

#include "kith/graph.h"
#include "kith/network.h"

typedef enum kith_layer_name {
    KITH_LAYER_LINKS,    /* declared links between things */
    KITH_LAYER_TOGETHER, /* people tied by shared events, and declared peer ties */
    KITH_LAYER_PRESENCE, /* people and places, by participation in events there */
    KITH_LAYER_EVENTS,   /* people and events */
    KITH_LAYER_ALL       /* everything: links, and people and places tied to events */
} kith_layer_name;

typedef enum kith_who { KITH_WHO_CHILDREN, KITH_WHO_ADULTS, KITH_WHO_ALL } kith_who;

typedef struct kith_layer_options {
    kith_layer_name layer;
    kith_who who;             /* together: whose ties; children includes unknown age */
    const char *const *kinds; /* only these kinds of links and events; NULL for all */
    size_t kind_count;
    const char *const *roles; /* only participations in these roles, as written; NULL for all */
    size_t role_count;
    bool raw, unweighted;
    bool no_declared; /* together: shared events only */
    bool no_isolates; /* leave out nodes without a tie */
    uint32_t size_cap; /* events of more people make no tie (R32); 0: the default, 12 */
} kith_layer_options;

typedef struct kith_layer_node {
    bool is_event;
    uint32_t index; /* into things, or events */
} kith_layer_node;

/** Why two people are tied, or what a tie rests on: one item of evidence. */
typedef struct kith_layer_item {
    bool is_link;
    uint32_t index;  /* into links, or events */
    double weight;   /* its part of the tie's weight */
    kith_mass mass;  /* what it counts as evidence (weight.h) */
    kith_grade grade;
} kith_layer_item;

typedef struct kith_layer {
    const kith_network *network;
    kith_graph graph;
    kith_layer_node *nodes;      /* graph node -> thing or event; things in network order, then events */
    size_t *first_item;          /* tie_count + 1: where a tie's items begin */
    kith_layer_item *items;      /* strongest first, then by index */
    size_t capped_events;        /* events above the size cap, which made no tie */
} kith_layer;

/**
 * Sees a network as a graph. The network must outlive the layer.
 *
 * layer  out: free with kith_layer_free. An empty selection gives an empty graph.
 * Returns KITH_OK, KITH_USAGE (a role or kind given twice, or a cap below 2), KITH_NO_MEMORY.
 * Cost: O(sum over events of n^2 + links), the together layer; linear for the others.
 */
kith_status kith_layer_build(kith_layer *layer, const kith_network *network,
                             const kith_layer_options *options, kith_error *err);
void kith_layer_free(kith_layer *layer);

/** Sum of the masses of a tie's items: the evidence weight printed beside it. */
double kith_layer_evidence(const kith_layer *layer, size_t tie);

/**
 * How a tie is drawn: the line of its single best item that is not contested, never of
 * their sum (R48, R49). Ties from shared events alone are inferred, hence dotted.
 */
kith_line kith_layer_line(const kith_layer *layer, size_t tie, bool *inferred);

/** Outside id of a node. */
const char *kith_layer_id(const kith_layer *layer, uint32_t node);

/** Graph node of a thing, or KITH_NOTHING. O(log n). */
uint32_t kith_layer_node_of(const kith_layer *layer, uint32_t thing);

#endif
