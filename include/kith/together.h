/* SPDX-License-Identifier: GPL-3.0-or-later */
/* together.h: who was recorded together, and whether chance would do that.
 *
 * A pair that shares events may share them only because both are in many. The null model
 * keeps for everybody the number of events they are in, and for every event its number of
 * people, and lets chance say who is in which (the bipartite configuration model). Person
 * i has d_i places in events, event e has n_e; M = sum d_i = sum n_e. The events hold
 * S = sum n_e (n_e - 1) ordered couples of places. A couple goes to two different people,
 * i first and j second, with a chance in proportion to d_i d_j, hence with
 * d_i d_j / (M^2 - sum_k d_k^2); and a shared event of i and j is just one such couple. So
 * the two are expected to share
 *
 *     lambda_ij = S d_i d_j / (M^2 - sum_k d_k^2)    events,
 *
 * which over all pairs adds up to the meetings recorded. p = P(X >= events seen) for X
 * Poisson with that mean; q is p adjusted for the false discovery rate over all pairs of
 * people who have a place, met or not (Benjamini and Hochberg 1995; a pair that never met
 * has p = 1).
 *
 * Who has a place: the people whom the together layer would tie in the event (layer.h:
 * roles, ages, kinds, grades and size cap).
 *
 * Limits, for the reader of a q. Only numbers of events are kept, not their lengths, days
 * of the week, times or places: two children of one children's home meet more often than
 * this chance without being peers. Couples are taken as drawn one by one, as if those of
 * one event did not hang together, and a count that cannot exceed d_i is taken as Poisson,
 * which spreads further: with few events q is too large rather than too small. A q is no
 * probability that two people are friends. */
#ifndef KITH_TOGETHER_H
#define KITH_TOGETHER_H

#include "kith/layer.h"

typedef struct kith_together_pair {
    uint32_t left, right; /* things, people; left's id before right's */
    uint32_t events;      /* shared, without those of grade E; at least 1 */
    double weight;        /* sum of 1/(n-1) over them; raw: their number */
    double evidence;      /* sum of the masses (kith_layer_evidence) */
    double expected;      /* lambda */
    double p_value, q_value;
} kith_together_pair;

typedef struct kith_together {
    kith_layer layer; /* shared events only; pair i is its tie i, whose items say why */
    kith_together_pair *pairs; /* by left, then right */
    size_t pair_count;
    size_t people; /* who have a place in an event */
    double tested; /* pairs of them: people (people - 1) / 2 */
} kith_together;

/**
 * Finds the pairs that share events.
 *
 * together  out: free with kith_together_free. The network must outlive it.
 * options   of the together layer; layer and no_declared are set here.
 *
 * Returns what kith_layer_build returns.
 * Cost: that of the layer, and O(k log k) for k pairs.
 * Source: B. K. Fosdick et al., Configuring random graph models with fixed degree
 *         sequences, SIAM Review 60(2), 2018, 315-355, for the model.
 */
kith_status kith_together_build(kith_together *together, const kith_network *network,
                                const kith_layer_options *options, kith_error *err);
void kith_together_free(kith_together *together);

#endif
