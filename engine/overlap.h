/* SPDX-License-Identifier: GPL-3.0-or-later */
/* overlap.h: missing episodes that were recorded apart and look like one.
 *
 * An episode is one person's participation as `missing` in an event that may tie people
 * (gathering.h), with a start and an end known to the minute, shorter than four weeks.
 * Episodes of one person that overlap are one. Two people's episodes match when they overlap
 * in time and neither event names the other person, and
 *
 *     both were found at the same place, which is no home and no service place; or
 *     they began within an hour of each other and ended within an hour of each other, and
 *     are not known to have been found at different places.
 *
 * Each episode of a pair matches once. A match counts 1/(n-1), as one event of n people would, n
 * being the number of people who are in, or match, the one episode or the other, whichever
 * is more. Null model: every episode keeps its length, weekday
 * and time of day and falls into one of the W whole weeks of the window; the place where it
 * ended is dealt from where all of them ended. Then a matches b with probability
 *
 *     (overlaps same + near (1 - same - different)) / W
 *
 * overlaps: how many shifts by whole weeks make the two overlap; near: by how many they also
 * begin and end within the hour; same, different: the chance that two of all episodes ended at
 * one place, at two known ones. The expected matches of a pair are the sum over its episodes.
 *
 * A pair is supported when its q, over all pairs of people with an episode, is below
 * KITH_SUPPORTED_Q. Only its matches tie: overlaps of busy nights are many, and one alone
 * says little. */
#ifndef KITH_OVERLAP_H
#define KITH_OVERLAP_H

#include "gathering.h"
#include "kith/statistics.h"

typedef struct kith_episode {
    uint32_t person, event;
    uint32_t place;    /* where found; KITH_NOTHING when that is not known or says nothing */
    uint32_t partners; /* others recorded in the event, and those who match where supported */
    int64_t start, end; /* seconds UTC, start < end */
    kith_grade grade;
} kith_episode;

/* Two matching episodes: of the person who stands first in the network, and of the other. */
typedef struct kith_match {
    uint64_t pair;        /* left person x 2^32 + right person */
    uint32_t left, right; /* into episodes */
    double weight;        /* 1/(n-1), n being the more of those in or matching either; 0 above the cap */
} kith_match;

typedef struct kith_overlaps {
    kith_episode *episodes; /* by person, start */
    size_t episode_count;
    size_t *first;          /* per thing: where its episodes begin; thing_count + 1 */
    kith_match *matches;    /* of supported pairs, by pair, left episode */
    size_t match_count;
    size_t unsupported;     /* pairs with a match that are not */
    size_t capped;          /* matches above the size cap, which tie nobody */
    size_t people;          /* with an episode */
    double same, different; /* chances of the places */
    double weeks;
} kith_overlaps;

/** Free with kith_overlaps_free also after a failure. Without peer rules there are none. */
kith_status kith_overlaps_build(kith_overlaps *overlaps, kith_gathering *gathering,
                                kith_error *err);
void kith_overlaps_free(kith_overlaps *overlaps);

/** What chance makes of two people's episodes: their couples, of no rate when one has none. */
kith_couples kith_overlaps_couples(const kith_overlaps *overlaps, uint32_t a, uint32_t b);

#endif
