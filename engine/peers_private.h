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
} kith_peers_graph;

/**
 * Parts groups that one record or tie alone holds together, where both parts have three members or
 * more; peers->parted_count is how often.
 */
kith_status kith_peers_part_bridges(kith_peers *peers, const kith_peers_graph *grouped,
                                    kith_error *err);

/**
 * Fills peers->stability (kith_peers_find says what it is), and the number of agencies left
 * out in turn. Resamples run side by side; what they give does not depend on how many do.
 */
kith_status kith_peers_resample(kith_peers *peers, const kith_layer *layer,
                                const kith_peers_graph *grouped, kith_error *err);

/** Fills letter and the counts beside it: which of the groups are listed. */
kith_status kith_peers_list_groups(kith_peers *peers, const kith_layer *layer, kith_error *err);

#endif
