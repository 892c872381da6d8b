/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_parts.h: what the parts of hotspots share.
 *
 * Visits are the counted events place by place, each with the people who count in it:
 * made once (hotspots_visits.c), then read by the figures and the change test
 * (hotspots_figures.c, hotspots_change.c), the resampling (hotspots_rank.c, hotspots_draws.c), the score
 * (hotspots_score.c) and Gi* (hotspots_space.c).
 * A place is here an index from 0; visits->first_place makes it a thing. */
#ifndef KITH_HOTSPOTS_PARTS_H
#define KITH_HOTSPOTS_PARTS_H

#include "kith/hotspots.h"

/* What a person was in one event, as bits. */
enum {
    WAS_CHILD = 1, /* under 18 or of unknown age */
    WAS_AGE_UNKNOWN = 2,
    WAS_CHILD_HARMED = 4, /* a child in role victim or missing */
    WAS_ADULT_HARMED = 8,
    WAS_ADULT_OF_CONCERN = 16, /* an adult alleged or convicted */
    WAS_MISSING = 32,
    WAS_THERE = 64 /* always set */
};

typedef struct attendance {
    uint32_t person; /* thing */
    uint32_t was;
} attendance;

/* One counted event at one place. */
typedef struct occasion {
    double mass;
    uint32_t event;
    uint32_t attendance_count;
    uint32_t first_attendance;
    bool in_window;
    bool repeated; /* its report is counted by another occasion of the place */
} occasion;

/* Which sources stand behind each place (hotspots_sources.c). */
typedef struct place_sources {
    uint32_t *source; /* origin -> source; KITH_NOTHING without one, and for what is graded false */
    uint64_t *seen;   /* place by place, a bit a source */
    size_t words;     /* of a place */
} place_sources;

typedef struct visits {
    const kith_network *network;
    kith_view window; /* the network's view, beginning with the figures' window */
    uint32_t first_place;
    size_t place_count;
    size_t *first_occasion; /* place_count + 1 */
    occasion *occasions;    /* by place, then event */
    attendance *attendances;
    size_t attendance_room; /* there are no more of them */
    place_sources sources; /* of the events of the window */
} visits;

/* Left-out events are counted in hotspots, which may be NULL. */
kith_status visits_build(visits *v, kith_hotspots *hotspots, const kith_network *network,
                         const kith_hotspots_options *options, kith_error *err);
void visits_free(visits *v);

/* Whether an event lies in the window of the figures; undated ones always do. */
bool visits_see(const visits *v, const kith_event_record *event);

/* The terms of occasion.mass. */
kith_mass visits_mass(const kith_network *network, const kith_event_record *event);

kith_status place_sources_make(place_sources *s, const kith_network *network, size_t place_count,
                               kith_error *err);
void place_sources_see(place_sources *s, size_t place, const kith_network *network,
                       const kith_event_record *event);
uint32_t place_sources_count(const place_sources *s, size_t place);
void place_sources_free(place_sources *s);

kith_place_section hotspots_section(const kith_thing *place);

/* KITH_USAGE for options that have no meaning. */
kith_status hotspots_check(const kith_hotspots_options *options, kith_error *err);

/* Figures of every place, in the order of places, except rank, score and Gi*. */
kith_status hotspots_count(kith_hotspot *places, const visits *v, kith_error *err);
kith_status hotspots_change(kith_hotspot *places, const visits *v, kith_error *err);

/* rank, rank_low and rank_high of the public places. */
kith_status hotspots_rank(kith_hotspot *places, const visits *v, uint32_t resamples, uint64_t seed,
                          kith_error *err);

/* Gi and Gi* of the public places with coordinates; hotspots keeps the islands. */
kith_status hotspots_space(kith_hotspots *hotspots, kith_hotspot *places, const visits *v,
                           const kith_hotspots_options *options, kith_error *err);

/* score of the public places; what it started from goes into hotspots. */
kith_status hotspots_score(kith_hotspot *places, kith_hotspots *hotspots, const visits *v,
                           kith_error *err);

#endif
