/* SPDX-License-Identifier: GPL-3.0-or-later */
/* near_repeat.h: whether events come close to each other in both space and time (Knox).
 *
 * Every pair of events lies in one band of space and one of time. If the place of an event had
 * nothing to do with its day, the days could be dealt out anew over the events; how many pairs
 * a cell then holds is what the recorded number is compared with. A cell that holds more says
 * that after an event more follow nearby and soon, which is when a place can still be made safe.
 *
 * Bands. Edges are open: [0, a), [a, b), ... and beyond; or closed: [0, a], (a, b], ... and
 * beyond. Which it is decides whether "7 days" holds the seventh, so it is always printed. Pairs
 * less than a centimetre apart are at the same place, a band of their own before the first.
 *
 * Source: E.G. Knox, The detection of space-time interactions, Applied Statistics 13, 1964,
 *         25-30; J.H. Ratcliffe, G.F. Rengert, Near-repeat patterns in Philadelphia shootings,
 *         Security Journal 21, 2008, 58-76. */
#ifndef KITH_NEAR_REPEAT_H
#define KITH_NEAR_REPEAT_H

#include "kith/hotspots.h"
#include "kith/table.h"

enum { KITH_NEAR_REPEAT_BANDS_MAX = 12, KITH_NEAR_REPEAT_PERMUTATIONS = 999 };

typedef enum kith_near_metric {
    KITH_NEAR_SPHERE,   /* x, y: latitude and longitude; haversine (spatial.h) */
    KITH_NEAR_PLANE,    /* x, y: metres; straight lines */
    KITH_NEAR_MANHATTAN /* x, y: metres; along the axes */
} kith_near_metric;

typedef struct kith_near_event {
    double x, y;
    int32_t day;
} kith_near_event;

typedef struct kith_near_options {
    kith_near_metric metric;
    bool closed;           /* the upper edges of bands belong to them */
    const double *metres;  /* upper edges, ascending, above 0.01 */
    size_t metre_count;    /* 1 to KITH_NEAR_REPEAT_BANDS_MAX */
    const double *days;    /* upper edges, ascending, above 0 */
    size_t day_count;      /* as metre_count */
    uint32_t permutations; /* at least 1 */
    uint64_t seed;
} kith_near_options;

typedef struct kith_near_cell {
    uint64_t pairs;
    double independent; /* pairs of the space band x share of the time band, exactly */
    double mean;        /* of the permutations */
    double p_value;     /* (1 + permutations with at least as many) / (1 + permutations) */
    double q_value;     /* over the cells within both outer edges; NaN beyond */
} kith_near_cell;

typedef struct kith_near_repeat {
    /* cells[space][time]; space 0 is the same place, the last of each is beyond */
    kith_near_cell cells[KITH_NEAR_REPEAT_BANDS_MAX + 2][KITH_NEAR_REPEAT_BANDS_MAX + 1];
    size_t space_count, time_count;
    size_t events;
    kith_near_options used; /* the edges are the caller's */
    /* With kith_near_repeat_places: what was left out. */
    size_t without_day, without_point;
} kith_near_repeat;

/**
 * Fills the table of pairs.
 *
 * repeat  out: holds nothing that needs freeing; options->metres and days must outlive it.
 *
 * Returns KITH_OK, KITH_USAGE (edges that do not ascend, too many bands, more than 100 million
 * near pairs: narrower bands or a shorter window are named as the remedy), KITH_NO_MEMORY.
 * Cost: O(n log n + pairs in a strip as wide as the outermost edge + permutations x near
 *       pairs), on all processors; the same on any number.
 */
kith_status kith_near_repeat_find(kith_near_repeat *repeat, const kith_near_event *events,
                                  size_t count, const kith_near_options *options, kith_error *err);

/**
 * The same of the counted events (hotspots.h) at public places in the window of the figures; a
 * repeated report counts once. Left out are events known by month only, and places without
 * coordinates.
 */
kith_status kith_near_repeat_places(kith_near_repeat *repeat, const kith_network *network,
                                    const kith_hotspots_options *places,
                                    const kith_near_options *options, kith_error *err);

/** A row for each cell: space, time, pairs, expected, ratio, p_value, q_value; and the method as notes. */
void kith_near_repeat_table(kith_table *table, const kith_near_repeat *repeat);

#endif
