/* SPDX-License-Identifier: GPL-3.0-or-later */
/* together.h: who was recorded together, and whether chance would do that.
 *
 * A pair that shares events may share them only because both are in many. The null model
 * keeps for everybody the number of events they are in, and for every event its number of
 * people, and lets chance say who is in which (the bipartite configuration model). Events
 * are dealt in pools: those of one busy place (500 people or more were recorded there), weekday
 * and length of episode; where such a pool holds fewer than 500 people, those of one busy place;
 * then those of one weekday and length, of 100 people or more; then the rest, with the smallest of
 * these where it holds fewer than 100. So everybody also
 * keeps how often they are at each busy place, on each day of the week and in episodes of each length,
 * and each place keeps how many come; and no pool is as small as a peer group, which would then
 * be its own chance.
 *
 * In a pool person i has d_i places and event e has n_e; M = sum d_i = sum n_e. The events
 * hold S = sum n_e (n_e - 1) ordered couples of places. A couple goes to two different
 * people, i first and j second, with a chance in proportion to d_i d_j, hence with
 * d_i d_j / (M^2 - sum_k d_k^2); and a shared event of i and j is just one such couple. So
 * the two are expected to share
 *
 *     lambda_ij = sum over pools of  S d_i d_j / (M^2 - sum_k d_k^2)    events,
 *
 * which over all pairs adds up to the meetings recorded. Missing episodes that were recorded
 * apart add the matches that chance would make of them (engine/overlap.h). p = P(X >= seen),
 * X being the number of couples that fall together (kith_couples_upper); q is p adjusted
 * for the false discovery rate over all pairs of people who have a place, met or not
 * (Benjamini and Hochberg 1995; a pair that never met has p = 1). Events of one report are
 * seen once. A tie is supported when q is below KITH_SUPPORTED_Q.
 *
 * Who has a place: the people whom the together layer would tie in the event (layer.h:
 * roles, ages, kinds, grades and size cap).
 *
 * Limits, for the reader of a q. A pool of a whole region lets a child of one town meet one of
 * another, which is less likely than it takes it for; so two of one town who meet twice by chance look
 * less like chance than they are. Two children of one children's home meet more often than
 * this chance without being peers. Hardly any pair of a hub with few records can be told from
 * chance. A q is no probability that two people are friends. */
#ifndef KITH_TOGETHER_H
#define KITH_TOGETHER_H

#include "kith/layer.h"

/* Below, a tie counts as supported: at most this share of such ties is chance. */
#define KITH_SUPPORTED_Q 0.05

typedef struct kith_together_pair {
    uint32_t left, right; /* things, people; left's id before right's */
    uint32_t events;      /* shared, without those of grade E */
    uint32_t overlaps;    /* missing episodes recorded apart that match */
    uint32_t seen;        /* of both, with one for each report: what is tested */
    double weight;        /* of events and overlaps: sum of 1/(n-1); raw: their number */
    double evidence;      /* sum of their masses, a report once */
    double expected;      /* lambda */
    double p_value, q_value; /* 1 where seen is 0: a tie that is declared only */
} kith_together_pair;

typedef struct kith_together {
    kith_layer layer; /* shared events only; pair i is its tie i, whose items say why */
    kith_together_pair *pairs; /* one a tie of the layer tested: by left, then right */
    size_t pair_count;
    size_t people; /* who have a place in an event */
    double tested; /* pairs of them: people (people - 1) / 2 */
} kith_together;

/**
 * Tests the ties of a layer of people together, which may hold declared ties too.
 *
 * together  out: free with kith_together_free; its own layer stays empty.
 * Returns KITH_OK, KITH_NO_MEMORY, and KITH_USAGE for another layer.
 * Cost: O(participations log participations), and for k ties O(k log k) and their pools.
 */
kith_status kith_together_test(kith_together *together, const kith_layer *layer, kith_error *err);

/** The q of each tie of such a layer, in the order of its ties, and nothing else; NaN for a tie
 * that is declared only. Fails as kith_together_test does. */
kith_status kith_together_q(double *q, const kith_layer *layer, kith_error *err);

/**
 * Finds the pairs that share events, and tests them.
 *
 * together  out: free with kith_together_free. The network must outlive it.
 * options   of the together layer; layer and no_declared are set here.
 *
 * Returns what kith_layer_build returns.
 * Source: B. K. Fosdick et al., Configuring random graph models with fixed degree
 *         sequences, SIAM Review 60(2), 2018, 315-355, for the model.
 */
kith_status kith_together_build(kith_together *together, const kith_network *network,
                                const kith_layer_options *options, kith_error *err);
void kith_together_free(kith_together *together);

#endif
