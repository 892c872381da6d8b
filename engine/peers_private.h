/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_private.h: what the files of the peer groups share. */
#ifndef KITH_PEERS_PRIVATE_H
#define KITH_PEERS_PRIVATE_H

#include "kith/compact.h"
#include "kith/peers.h"

/* The graph that is grouped. Nodes of compact are those of graph under other numbers. */
typedef struct kith_peers_graph {
    const kith_graph *graph; /* the layer's own, or one weighed by evidence */
    double scale;            /* from evidence to weight; 1 without */
    kith_compact compact;
    uint32_t *place; /* node of graph -> node of compact */
    uint32_t *order; /* the nodes of graph, as no ids of people have them (kith_layer_order) */
} kith_peers_graph;

/**
 * Parts groups that one record or tie alone holds together, where both parts have three members or
 * more; peers->parted_count is how often.
 */
kith_status kith_peers_part_bridges(kith_peers *peers, const kith_peers_graph *grouped,
                                    kith_error *err);

/* What leaving out one agency after the other needs to know. */
typedef struct kith_agency_loss {
    const kith_layer *layer;
    const kith_peers_graph *grouped;
    bool evidence;       /* ties weigh their evidence */
    size_t agencies;     /* left out in turn, those with most records first; 0 where there is but one */
    uint32_t *agency_of; /* origin -> agency, KITH_NOTHING where none is named or it is not left out */
    uint32_t *speakers;  /* event -> the agency of all who took part, or that they are several */
    uint32_t *rests_on;  /* item -> a bit for each agency without whose records it is gone */
    uint32_t *tie_of;    /* half of the compact graph -> tie of the layer */
} kith_agency_loss;

kith_status kith_agency_loss_open(kith_agency_loss *loss, const kith_layer *layer,
                                  const kith_peers_graph *grouped, bool evidence, kith_error *err);
void kith_agency_loss_close(kith_agency_loss *loss);

/**
 * The graph as it would be had an agency recorded nothing.
 *
 * thinned  its arrays have room for the whole graph.
 * weights  room for one a tie of the layer.
 */
void kith_lose_agency(kith_compact *thinned, float *weights, const kith_agency_loss *loss,
                      uint32_t agency);

/**
 * Numbers the nodes of a large graph so that who is in one group, and in groups near it, lies together.
 *
 * many  a graph of fewer nodes keeps its numbers; at least 1.
 */
kith_status kith_peers_place_towns(kith_peers_graph *grouped, const kith_clustering *found,
                                   size_t many, kith_error *err);

/**
 * Fills peers->stability (kith_peers_find says what it is), and the number of agencies left
 * out in turn. Resamples run side by side; what they give does not depend on how many do.
 */
kith_status kith_peers_resample(kith_peers *peers, const kith_layer *layer,
                                const kith_peers_graph *grouped, kith_error *err);

/** Fills letter and the counts beside it: which of the groups are listed. */
kith_status kith_peers_list_groups(kith_peers *peers, const kith_layer *layer, kith_error *err);

#endif
