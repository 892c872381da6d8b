/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players.h: key-player sets (R27, R28): whom a network depends on, as sets of people.
 *
 * Two questions (Borgatti 2006). Which people, taken away, leave the others least
 * connected; which people together stand nearest to everybody else. Both are about
 * sets: the two best people are seldom the best two. They are asked of adults alleged to
 * harm only: players_people.c, which finds those, refuses children.
 *
 * All distances count steps. n is the number of people, k that of the set. */
#ifndef KITH_PLAYERS_H
#define KITH_PLAYERS_H

#include "kith/graph.h"
#include "kith/layer.h"
#include "kith/progress.h"
#include "kith/table.h"

typedef enum kith_aim {
    KITH_AIM_FRAGMENT, /* set taken away: 1 - sum over ordered pairs of the m = n - k others of
                          1/distance, over m(m-1): distance-weighted fragmentation, D_F */
    KITH_AIM_SPLIT,    /* set taken away: the share of those pairs with no way between them, F */
    KITH_AIM_REACH,  /* set kept: the mean over all n of 1/distance from the set, members 1, D_R */
    KITH_AIM_CONTACT /* set kept: how many are in it or tied to it */
} kith_aim;

/** What one person gives to the value of a set; the terms of all add up to it. */
typedef struct kith_player_term {
    double value;
    double near;    /* set taken away: sum of 1/distance to the others who are left, and 0 for who is
                       not; set kept: 1/distance from the set, members 1 */
    size_t reached; /* of those others; set kept: 1, or 0 where no way leads to the set */
} kith_player_term;

typedef struct kith_players_options {
    kith_aim aim;
    size_t size;   /* k: at least 1; for the first two aims at most n - 2, else at most n */
    size_t listed; /* most sets to list of those that are equally good; 0: 10 */
    double work;   /* steps that may be spent on trying every set; 0: the default */
    const kith_progress *progress; /* may be NULL */
} kith_players_options;

typedef struct kith_players {
    uint32_t *sets; /* set_count times size nodes; each ascends, and the sets do */
    size_t size, set_count;
    double optima; /* how many sets are equally good; those beyond `listed` are only counted */
    bool *chosen;  /* one a node: in any of them */
    double value;  /* of each of them */
    double intact; /* of the empty set */
    double bound;  /* no set of this size has more; equals value when exact */
    bool exact;    /* every set was tried; else the one found by exchange is listed */
} kith_players;

/**
 * The value of one set.
 *
 * set   ascending nodes, none twice.
 * Returns KITH_OK, KITH_USAGE for a set that is too large or out of order, KITH_NO_MEMORY.
 * Cost: O(n m) for KITH_AIM_FRAGMENT, else O(n + m).
 */
kith_status kith_players_value(double *value, const kith_graph *graph, kith_aim aim,
                               const uint32_t *set, size_t count, kith_error *err);

/**
 * The terms of that value, one a node. Where a set taken away leaves nobody they are 0 and the
 * value is 1. Returns, and costs, what kith_players_value does, but O(n m) for KITH_AIM_SPLIT too.
 */
kith_status kith_players_terms(kith_player_term *terms, const kith_graph *graph, kith_aim aim,
                               const uint32_t *set, size_t count, kith_error *err);

/**
 * Ranks everybody by the value of the set of that one alone: from 1, one a node, equal ones sharing
 * it; 0 where working it out would take more than 2 x 10^9 steps. Returns KITH_OK or KITH_NO_MEMORY.
 */
kith_status kith_players_rank(uint32_t *rank, const kith_graph *graph, kith_aim aim,
                              kith_error *err);

/**
 * Finds the sets of greatest value.
 *
 * Where trying every set costs at most `work` steps they are all tried. Else one set is
 * grown greedily and then improved by exchanging one member at a time until no exchange
 * helps; where even that is too much, only the people with most ties and most routes through them
 * are tried. Values within 1e-12 are equal, and of equal choices the lowest nodes are taken.
 *
 * The bound. Taken away: two people stay as near as they are when they are tied, and
 * within two steps when more than k others are tied to both; whoever is taken away
 * takes at most their own part of this along. Set kept: the value grows ever slower as the
 * set grows (it is submodular), so from any part of the set the k greatest gains are the
 * most that can be added (Leskovec et al. 2007).
 *
 * players  out: free with kith_players_free.
 * Returns KITH_OK, KITH_USAGE (a size out of range), KITH_NO_MEMORY.
 * Cost: the binomial of n and k times that of a value, or about k n times it; on several
 *       threads, with the same answer on any number.
 * Source: S. P. Borgatti, Identifying sets of key players in a social network,
 *         Computational and Mathematical Organization Theory 12, 2006, 21-34.
 */
kith_status kith_players_find(kith_players *players, const kith_graph *graph,
                              const kith_players_options *options, kith_error *err);
void kith_players_free(kith_players *players);

/** The adults alleged to harm of a view, and how they are tied; or a published network. */
typedef struct kith_suspects {
    kith_graph graph;
    uint32_t *thing; /* node -> thing; in an order that ids do not decide (kith_order_by_marks) */
    uint32_t *by_id; /* the nodes, in the order of ids */
    size_t children; /* left out: a child at an event in which they are alleged */
    size_t unknown;  /* left out: of unknown age */
    size_t victims;  /* left out: also a victim in the view */
} kith_suspects;

typedef enum kith_suspect_ties {
    KITH_SUSPECTS_TOGETHER, /* two are alleged in one event of a kind that brings people together */
    KITH_SUSPECTS_LINKS,    /* a declared link that is no exploitation */
    KITH_SUSPECTS_BOTH
} kith_suspect_ties;

/**
 * Finds the adults who are alleged or convicted perpetrators in an event of the view (grade
 * E is no allegation) and ties them.
 *
 * Only who is known to be an adult at every such event, and is no victim in the view, is
 * taken; the others are counted. An event of more than the options' size_cap of them ties
 * nobody; of the options only that and the kinds are read.
 *
 * suspects  out: free with kith_suspects_free.
 * Cost: linear, but for the pairs of each event.
 */
kith_status kith_suspects_find(kith_suspects *suspects, const kith_network *network,
                               kith_suspect_ties ties, const kith_layer_options *options,
                               kith_error *err);

/**
 * Takes the people of a layer of a published network, whatever is known of them.
 *
 * Returns KITH_POLICY when the hub holds anybody's date of birth: then ages are recorded,
 * and nobody may set them aside.
 */
kith_status kith_suspects_published(kith_suspects *suspects, const kith_layer *layer,
                                    kith_error *err);
void kith_suspects_free(kith_suspects *suspects);

/**
 * Refuses whoever is a child, of unknown age, or otherwise no adult alleged to harm.
 *
 * Returns KITH_POLICY with the reason; KITH_OK for one of the suspects, whose node is
 * written.
 */
kith_status kith_suspects_admit(uint32_t *node, const kith_suspects *suspects,
                                const kith_network *network, uint32_t thing, kith_error *err);

/**
 * Fills the table that `players` prints: id, set, gain, value, chosen, rank, rank_low,
 * rank_high. Rows by set; within a set the member first who alone has the greatest
 * value, then who adds most to those before. gain is what a member adds; the gains of a set and
 * the intact value add up to the set's value. chosen is the share of resamples in which the
 * member is in a best set; rank is that of the member alone, equal ones sharing it, with
 * the interval of the resamples.
 *
 * given      options->size nodes, ascending: only this set is valued; NULL: the best are found.
 * resamples  each loses every tie with probability 0.1 and every person with 0.02; 0: none.
 */
kith_status kith_players_report(kith_table *table, const kith_suspects *suspects,
                                const kith_network *network, const kith_players_options *options,
                                const uint32_t *given, int resamples, uint64_t seed,
                                kith_error *err);

#endif
