/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reach.h: whom a place brings together.
 *
 * Which peer groups meet there, and how many children were first recorded together there: a
 * place where children come to know each other matters beyond what happens at it, for good as
 * for ill. Only events of kinds that bring people together count, with the people whom they
 * may tie (layer.h); reporters, witnesses and adults of concern are none of them. */
#ifndef KITH_REACH_H
#define KITH_REACH_H

#include "kith/hotspots.h"
#include "kith/text.h"

typedef struct kith_place_reach {
    uint32_t place;     /* thing */
    uint32_t first_met; /* children */
    const uint32_t *groups; /* that meet there, ascending */
    size_t group_count;
} kith_place_reach;

typedef struct kith_reach {
    kith_place_reach *places; /* in the order of things */
    size_t count;
    uint32_t *groups; /* owns what the places point to */
    size_t group_count; /* groups listed in the hub */
} kith_reach;

/**
 * Finds the reach of every place.
 *
 * reach    out: free with kith_reach_free.
 * store    read twice: the 365 days up to as-of for the groups, as `kith peers` finds them by
 *          default; then everything up to as-of, for first meetings.
 * network  of the same hub; its view's as-of and its things are meant.
 * options  the window of the figures (since).
 * seed     of the groups.
 *
 * A group meets at a place when at least two of its members are in one event there in the
 * window. Two children first met where the first event is that the hub knows them both in, when
 * that lies in the window and at the place; of two events on one day the one with a clock time
 * first, then by id. Each child counts once a place.
 *
 * Returns KITH_OK, KITH_HUB, KITH_USAGE, KITH_NO_MEMORY.
 * Cost: that of kith_peers_find without resamples, and 24 bytes for each pair in each event.
 */
kith_status kith_reach_find(kith_reach *reach, kith_store *store, const kith_network *network,
                            const kith_hotspots_options *options, uint64_t seed, kith_error *err);
void kith_reach_free(kith_reach *reach);

/** The reach of a place; NULL for a thing that is none. */
const kith_place_reach *kith_place_reach_of(const kith_reach *reach, uint32_t place);

/** "A, C"; "" when no group meets there. */
void kith_place_groups_write(kith_text *out, const kith_place_reach *place);

#endif
