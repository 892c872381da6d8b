/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers.h: groups of people who are recorded together, and what holds each member in.
 *
 * Groups are those of cluster.h over a layer, by default CPM over the children's inferred
 * and declared peer ties. They are called "group A", "group B", ...: a letter says nothing
 * of what a group is, and nothing of its members. A pair is no group by default: two friends are
 * a tie, which `together` shows. */
#ifndef KITH_PEERS_H
#define KITH_PEERS_H

#include "kith/cluster.h"
#include "kith/layer.h"
#include "kith/progress.h"
#include "kith/table.h"
#include "kith/text.h"

/* The default for CPM, on ties where a shared event counts 1/(n-1) and a declared tie 1:
 * whoever is in a group of n + 1 holds on average n times this much to the others. The
 * reasons for the value stand in docs/measures.md. */
#define KITH_PEERS_RESOLUTION 0.05

enum { KITH_PEERS_RESAMPLES = 30 };

typedef struct kith_peers_options {
    kith_objective objective;
    double resolution; /* 0: KITH_PEERS_RESOLUTION for CPM, 1 for modularity */
    uint64_t seed;
    int runs;       /* 0: by size, 10 to 1 */
    int resamples;  /* -1: KITH_PEERS_RESAMPLES; 0: none, stability is NaN */
    uint32_t least; /* members of the smallest group, at least 1 */
    bool evidence;  /* ties weigh their evidence, rescaled to mean 1; the resolution follows */
    const kith_progress *progress; /* told of the resamples; may be NULL */
} kith_peers_options;

typedef struct kith_peers {
    kith_clustering
        clustering;          /* of all nodes of the layer; group g < group_count is a peer group */
    size_t group_count;      /* groups of at least `least` */
    size_t people_count;     /* nodes in them */
    size_t small_count;      /* groups of at least two that are too small */
    double *stability;       /* one a node, in [0, 1]; NaN outside groups or never tried */
    kith_peers_options used; /* what was used: nothing left at "by size" or 0 */
    size_t ungrounded;       /* evidence: ties left out because nothing counts as evidence */
    size_t agencies;         /* left out in turn, beside the resamples */
} kith_peers;

/**
 * Finds the peer groups of a layer, and how surely each member belongs.
 *
 * Stability of a member: the share of resamples, among those that kept the member, in which
 * they stay with the core of their group. A resample loses each tie with probability 0.1
 * and each person with 0.02, and is grouped anew; the core is the new group that holds
 * most members of the old one, at least two of them. Where two agencies or more have
 * records in the window, as many further resamples follow, each without all that one
 * agency recorded (of more than 32, the 32 with most records).
 *
 * peers   out: free with kith_peers_free.
 * layer   a bare one (bare.h) will do without resamples and evidence.
 * Returns KITH_OK, KITH_USAGE (an option out of range), KITH_NO_MEMORY, KITH_INTERNAL.
 * Cost: runs and resamples times that of kith_cluster; a resample makes 1 iteration. Resamples
 *       run on all processors, and give the same on any number of them.
 * Source: losses as in Ficara et al., PLoS ONE 16(8), 2021.
 */
kith_status kith_peers_find(kith_peers *peers, const kith_layer *layer,
                            const kith_peers_options *options, kith_error *err);
void kith_peers_free(kith_peers *peers);

enum { KITH_PEERS_LABEL_SIZE = 16 };

/** "A" to "Z", "AA", "AB", ...: the letters of group g. */
void kith_peers_label(char out[KITH_PEERS_LABEL_SIZE], size_t group);

/**
 * Writes what holds a node in its group: its ties to other members, strongest first, at
 * most three, each with the two kinds of record that weigh most: "missing together with P02
 * (9 events: E001, E002, E003, ...), friend of P02 (link L12); ...". Nothing for a node
 * outside every group, and of a bare layer.
 */
kith_status kith_peers_reasons(kith_text *out, const kith_peers *peers, const kith_layer *layer,
                               uint32_t node, kith_error *err);

/**
 * Fills the table that `peers` prints: group_id, person_id, stability, reasons, place,
 * beside. A row a member, by group, then by id. place is "core" from a stability of 0.8 on,
 * below that "edge"; beside is, of somebody at the edge, the other group to which they
 * are tied the most.
 */
kith_status kith_peers_report(kith_table *table, const kith_peers *peers, const kith_layer *layer,
                              kith_error *err);

#endif
