/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_draws.h: how often each child is drawn, and which events are kept, in every resample.
 *
 * The draws of an event come from the seed and its id; those of a child from the seed and what is
 * recorded of it, its name and birth, and where others share both the events it was in too: never
 * from its id or its position. So other ids change no interval, and one record more leaves the
 * draws of all others as they were. */
#ifndef KITH_HOTSPOTS_DRAWS_H
#define KITH_HOTSPOTS_DRAWS_H

#include "hotspots_parts.h"

enum { PLANE_WORDS = KITH_HOTSPOT_RESAMPLES_MAX / 64, DRAW_PLANES = 3 };

/* A bit a resample. */
typedef struct plane {
    uint64_t bits[PLANE_WORDS];
} plane;

typedef struct child_draw {
    plane planes[DRAW_PLANES]; /* how often the child was drawn, 0 to 7 */
} child_draw;

typedef struct hotspot_draws {
    uint32_t *child_of; /* thing -> index of the child, or KITH_NOTHING */
    child_draw *children;
    size_t count;
} hotspot_draws;

/* Draws the children of some places, each once. Returns KITH_OK or KITH_NO_MEMORY. */
kith_status hotspot_draws_make(hotspot_draws *draws, const visits *v, const uint32_t *places,
                               size_t place_count, uint32_t resamples, uint64_t seed,
                               kith_error *err);
void hotspot_draws_free(hotspot_draws *draws);

/* In which resamples an event is kept: in nine of ten. */
plane hotspot_draw_event(const char *id, uint64_t seed);

#endif
