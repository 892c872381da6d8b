/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chance.h: how often two people would be recorded together if only chance said who is where.
 *
 * Every event that may tie people has places, one a selected member (gathering.h), and
 * everybody keeps their number of places. Places are dealt inside pools of like events, so
 * that people also keep how often they are recorded at a busy place, and on which days of the week in
 * episodes of which length, and places and events keep how many come (together.h). */
#ifndef KITH_CHANCE_H
#define KITH_CHANCE_H

#include "gathering.h"
#include "kith/statistics.h"

typedef struct kith_pool_of_events {
    uint32_t event; /* one of its events, which says what is alike */
    enum { KITH_POOL_REST, KITH_POOL_DAYS, KITH_POOL_PLACE, KITH_POOL_PLACE_DAYS } alike;
    double all;     /* places, M */
    double couples; /* sum over its events of n (n - 1), S */
    double squares; /* sum over people of their places squared, Q */
} kith_pool_of_events;

typedef struct kith_holding {
    uint32_t pool, places;
} kith_holding;

typedef struct kith_chance {
    const kith_network *network;
    kith_pool_of_events *pools;
    size_t pool_count;
    size_t *first;           /* per thing: where its holdings begin; thing_count + 1 */
    kith_holding *holdings;  /* of a thing by pool */
    size_t people;           /* who have a place */
} kith_chance;

/** Free with kith_chance_free also after a failure. */
kith_status kith_chance_build(kith_chance *chance, kith_gathering *gathering, kith_error *err);
void kith_chance_free(kith_chance *chance);

/**
 * What two people's shared events are made of by chance: one part for each pool in which both
 * have places, by pool.
 *
 * parts    out: room for kith_chance_most_parts.
 * pool_of  out: the pool of each; may be NULL.
 * Returns how many. O(pools of the two).
 */
size_t kith_chance_parts(const kith_chance *chance, kith_couples *parts, uint32_t *pool_of,
                         uint32_t a, uint32_t b);

/** The most parts that two people can have. */
size_t kith_chance_most_parts(const kith_chance *chance);

/** Length of an episode as pools tell it apart: not known, below 6 hours, below 24, longer. */
const char *kith_chance_length(const kith_event_record *event);

#endif
