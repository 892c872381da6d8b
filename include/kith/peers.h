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
#define KITH_PEERS_RESOLUTION 0.02

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
    uint32_t *turn;          /* one a node: which of equals comes first, whatever the ids (kith_layer_order) */
    kith_peers_options used; /* what was used: nothing left at "by size" or 0 */
    size_t ungrounded;       /* evidence: ties left out because nothing counts as evidence */
    size_t parted_count;     /* groups parted because one record alone held them together */
    size_t agencies;         /* left out in turn, beside the resamples */
    uint32_t *members;       /* nodes of the peer groups, by group, ascending */
    size_t *first_member;    /* group_count + 1: where a group's members begin */
    uint32_t *letter;        /* one a group < group_count, for kith_peers_label; KITH_NOTHING: not listed */
    size_t listed_count;     /* groups that are listed */
    size_t member_count;     /* people in them */
    size_t chance_count;     /* groups not listed because chance would make every tie in them */
} kith_peers;

/**
 * Finds the peer groups of a layer, and how surely each member belongs.
 *
 * By CPM over the layer together, not raw, one record alone makes no two groups one: parts of
 * at least three members each are two groups when one tie alone holds them together; or one
 * child alone, by ties that weigh no more than a friendship or one event, while within each
 * part a member holds on average more than that to the others.
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

/**
 * The group of a node when it is listed, else KITH_NOTHING.
 *
 * A group is listed when it has `least` people (places and events may be nodes too) and, in the
 * together layer when it is not raw, one tie that chance would hardly make (q below
 * KITH_SUPPORTED_Q, together.h) or that somebody declared; a bare layer is not tested.
 */
uint32_t kith_peers_group_of(const kith_peers *peers, uint32_t node);

/**
 * Whether a member of a listed group is in it only by declared ties: nothing is recorded that they
 * did or went through with any of the others. False in a raw or bare layer and
 * in those of no inferred ties.
 */
bool kith_peers_by_association(const kith_peers *peers, const kith_layer *layer, uint32_t node);

/**
 * Writes whose records the ties inside a group are, with each agency's share of their weight:
 * "police 83 %, youth_work 17 %", "police only". A record of several agencies is shared equally.
 *
 * alone  out: the group is seen by one agency only.
 * After it stand the agencies without whose records the group would fall apart, or be less
 * dense than the resolution (CPM).
 */
kith_status kith_peers_agencies(kith_text *out, bool *alone, const kith_peers *peers,
                                const kith_layer *layer, uint32_t group, kith_error *err);

enum { KITH_PEERS_LABEL_SIZE = 16 };

/** "A" to "Z", "AA", "AB", ...: the letters of group g. */
void kith_peers_label(char out[KITH_PEERS_LABEL_SIZE], size_t group);

/**
 * Writes what holds a node in its group: its ties to other members, strongest first, at
 * most three, each with two kinds of record, missing together first and then those that weigh
 * most: "missing together with P02 (9 events, 2021-01-08 to 2021-07-13: E001, E002, E003, ...),
 * friend of P02 (link: L12); ...". Nothing for a node outside every listed group, and
 * of a bare layer.
 */
kith_status kith_peers_reasons(kith_text *out, const kith_peers *peers, const kith_layer *layer,
                               uint32_t node, kith_error *err);

/**
 * Fills the table that `peers` prints: group_id, person_id, stability, reasons, place,
 * beside, mark, agencies. A row a person who is a member, by group, then by id. place is "core"
 * from a stability of 0.8 on, below that "edge"; beside is, of somebody at the edge, the other
 * group to which they are tied the most; mark is "association only" for who is a member only
 * by association, and "one agency only" for the members of a group that one agency sees.
 */
kith_status kith_peers_report(kith_table *table, const kith_peers *peers, const kith_layer *layer,
                              kith_error *err);

#endif
