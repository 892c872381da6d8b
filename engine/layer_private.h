/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_private.h: what the files of a layer share.
 *
 * A claim says that one record ties two vertices. Here a vertex is a thing's index, or
 * the number of things plus an event's: one space in which things stand in network order
 * before events, as in the finished layer, so that claims are sorted once. */
#ifndef KITH_LAYER_PRIVATE_H
#define KITH_LAYER_PRIVATE_H

#include "gathering.h"

typedef struct kith_claim {
    uint64_t pair;  /* lower vertex x 2^32 + higher vertex */
    uint32_t index; /* of the link or event; of an overlap the number of events plus its own */
    bool is_link;
    kith_grade grade;
} kith_claim;

typedef struct kith_claims {
    kith_claim *list;
    size_t count, room;
    double *event_weight; /* together: 1/(n-1) of each event; else NULL: 1 */
    size_t capped_events;
} kith_claims;

/**
 * Collects the claims of the gathering's layer and of its overlaps, and sorts them by pair, then
 * by kind of record and index. Free with kith_claims_free also after a failure.
 */
kith_status kith_claims_collect(kith_claims *claims, kith_gathering *gathering,
                                const kith_layer *layer, kith_error *err);
void kith_claims_free(kith_claims *claims);

/** Fills the overlaps of a layer that has none yet. */
kith_status kith_layer_find_overlaps(kith_layer *layer, kith_gathering *gathering, kith_error *err);

static inline uint32_t kith_claim_low(const kith_claim *claim)
{
    return (uint32_t)(claim->pair >> 32);
}

static inline uint32_t kith_claim_high(const kith_claim *claim)
{
    return (uint32_t)claim->pair;
}

#endif
