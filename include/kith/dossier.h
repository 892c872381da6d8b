/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier.h: what a meeting needs to know of one child, group or place, on one page.
 *
 * A desk holds what all pages of a pack share. A dossier is plain data: sentences and tables in
 * which people are named as the desk names them, and nowhere else; texts that people wrote are
 * scrubbed of names unless the pack shows full ones (R53). Everything about a child is said of a
 * child and a victim first. No figure compares two children.
 *
 * Out parameters are emptied first; err may be NULL. */
#ifndef KITH_DOSSIER_H
#define KITH_DOSSIER_H

#include "kith/audience.h"
#include "kith/map.h"
#include "kith/network.h"
#include "kith/store.h"
#include "kith/table.h"

typedef struct kith_desk kith_desk;

/**
 * Reads what dossiers share: layers, groups and hotspots of the network, actions and
 * decisions, flags, conditions.
 *
 * network  must outlive the desk; store too.
 * undrawn  without what pictures alone need: groups, hotspots.
 */
kith_status kith_desk_open(kith_desk **desk, kith_store *store, const kith_network *network,
                           kith_names names, uint64_t seed, bool undrawn, kith_error *err);
void kith_desk_close(kith_desk *desk); /* NULL is allowed */

/**
 * Names the things of a pack, each once in it, and learns which names to take out of sentences.
 * Call it once, before any dossier. Others are called by their class.
 *
 * things  each once, in any order.
 */
kith_status kith_desk_name(kith_desk *desk, const uint32_t *things, size_t count, kith_error *err);

/** From one moment to another, the second not included; seconds UTC. */
typedef struct kith_period {
    int64_t from, to;
    int32_t first_day, last_day; /* London days that it covers, both included */
    bool ends_recorded; /* most missing episodes have an end: one without may be under way */
} kith_period;

/* Why an event concerns a period. */
typedef enum kith_within {
    KITH_WITHIN_NOT,
    KITH_WITHIN,           /* it occurred in it */
    KITH_WITHIN_ENDED,     /* it began before, and ended in it */
    KITH_WITHIN_NO_RETURN, /* a missing episode of the last weeks of which no end is recorded */
    KITH_WITHIN_MONTH      /* known by its month only, which ends in it: not counted as in it */
} kith_within;

/**
 * Of the days first to last, by London's clock: 23 or 25 hours long where it changes.
 *
 * network  says whether ends of missing episodes are recorded; NULL: they are.
 */
kith_period kith_period_of(int32_t first_day, int32_t last_day, const kith_network *network);

kith_within kith_event_within(const kith_event_record *event, const kith_period *period);

typedef struct kith_dossier {
    uint32_t thing;
    char *heading;  /* "DT, child, 15" */
    char *standing; /* flags and adoption, in a line; "" for none */
    char *beyond;   /* what is one step further than the picture, in a sentence */
    kith_scene scene; /* one step around; each says what lies behind it */
    char *subject;    /* what the picture is of, as kith_positions keeps it; NULL when not drawn */
    bool drawn;       /* false: too much to be read, and beyond says so */
    kith_table recent;     /* when, what, role, where, with, recorded */
    kith_table news;       /* what the hub has heard since, beside recent */
    kith_table conditions; /* in force */
    kith_table strengths;
    kith_table places;
    kith_table plan;       /* due and overdue, and what else is open */
    kith_table decisions;
    kith_table corrected; /* later, of what others had been given: what, when, whom to tell */
} kith_dossier;

typedef struct kith_dossier_options {
    const kith_period *period; /* of `recent`; NULL: no such table, and no news */
    const char *loaded, *until; /* first and last day of loading of `news` */
    size_t rows;               /* of each table, at most; 0: all */
    bool no_picture;           /* nor what lies beyond it */
    bool undrawn;              /* no picture, but what lies beyond it */
} kith_dossier_options;

/**
 * Makes the dossier of a person, group, place or object.
 *
 * dossier  out: free with kith_dossier_free.
 */
kith_status kith_dossier_make(kith_dossier *dossier, kith_desk *desk, uint32_t thing,
                              const kith_dossier_options *options, kith_error *err);
void kith_dossier_free(kith_dossier *dossier);

#endif
