/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place_facts.h: what else a plan for a place needs: what kinds of harm, when, who says so, and
 * what protects.
 *
 * All of the events that hotspots.h counts in the window of its figures; a repeated report
 * counts once. Clock times are London's, also on nights when the clocks change. */
#ifndef KITH_PLACE_FACTS_H
#define KITH_PLACE_FACTS_H

#include "kith/hotspots.h"
#include "kith/text.h"

enum { KITH_WEEKDAYS = 7, KITH_DAY_QUARTERS = 4, KITH_DAY_HOURS = 24 }; /* quarters: 00-06, 06-12, 12-18, 18-24 */

typedef struct kith_place_kind {
    const char *word; /* as written */
    uint32_t events;
} kith_place_kind;

typedef enum kith_protection_source {
    KITH_PROTECTION_ENTERED, /* somebody entered it of the place */
    KITH_PROTECTION_EVENTS,  /* events of a protective kind there, as youth work */
    KITH_PROTECTION_LINK     /* a protective link to it, as of a guardian */
} kith_protection_source;

typedef struct kith_protection {
    kith_protection_source source;
    const char *what;   /* the words entered, or the label of the kind */
    uint32_t events;    /* of KITH_PROTECTION_EVENTS, in the window */
    kith_time observed; /* of the newest; undated when standing */
    const char *report_ref; /* "" when none */
} kith_protection;

typedef struct kith_place_facts {
    uint32_t place; /* thing */
    uint16_t week[KITH_WEEKDAYS][KITH_DAY_QUARTERS]; /* events by weekday, Monday first, and quarter */
    uint16_t hours[KITH_WEEKDAYS][KITH_DAY_HOURS];   /* and hour */
    uint32_t timed, untimed;                         /* events with a clock time, and without */
    const kith_place_kind *kinds;                    /* most events first, then by word */
    size_t kind_count;
    const char *const *agencies; /* distinct sources of events and participations, by name */
    size_t agency_count;
    const kith_protection *protections; /* entered ones, newest first; then events, then links */
    size_t protection_count;
} kith_place_facts;

typedef struct kith_places_facts {
    kith_place_facts *places; /* in the order of things */
    size_t count;
    kith_place_kind *kinds; /* own what the places point to */
    const char **agencies;
    kith_protection *protections;
    struct kith_pool *pool;
} kith_places_facts;

/**
 * Gathers the facts of every place.
 *
 * facts  out: free with kith_places_facts_free. Its texts live in the network and in itself.
 * store  for what is entered of places; NULL leaves that out.
 *
 * What is graded E, or dated after as-of, protects nothing.
 * Returns KITH_OK, KITH_USAGE, KITH_HUB, KITH_NO_MEMORY.
 * Cost: one pass over the events and links, one over the store's context items.
 */
kith_status kith_places_facts_find(kith_places_facts *facts, const kith_network *network,
                                   const kith_hotspots_options *options, kith_store *store,
                                   kith_error *err);
void kith_places_facts_free(kith_places_facts *facts);

/** The facts of a place; NULL for a thing that is none. */
const kith_place_facts *kith_place_facts_of(const kith_places_facts *facts, uint32_t place);

/* One line each, "" where there is nothing to say: "missing 7, assault 2"; "Fri 18-24 (5), Sat
 * 18-24 (3) of 12 with a time" (the most frequent, at most three, none below 2); "police, youth_work";
 * "New lights and a park keeper until nine (2022-02-14); youth work session 4 events". */
void kith_place_kinds_write(kith_text *out, const kith_place_facts *facts);
void kith_place_times_write(kith_text *out, const kith_place_facts *facts);
void kith_place_agencies_write(kith_text *out, const kith_place_facts *facts);
void kith_place_protections_write(kith_text *out, const kith_place_facts *facts);

#endif
