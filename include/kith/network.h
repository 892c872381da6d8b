/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network.h: what one view may see of a hub, in memory.
 *
 * A network holds the people, places, groups and objects (things), the events, the
 * participations and the declared links that a view may see and that lie in its window,
 * as compact arrays. It only says what is recorded: no tie is inferred here and no
 * weight given (layer.h does that). Things are sorted by kind, then id; events by id;
 * participations by event, person, role; links by their two ends (whichever comes first), kind
 * and content; origins by report. Records confirmed to be one are one thing, under the smallest of their ids,
 * with all that is recorded of any of them (what stands alone, as a name or a place on the
 * map, is the first that is known in the order of ids; a birth is the latest, so that
 * nobody is called an adult while one record says child); a link between two of them is
 * none. So it is that the same records and view give the same arrays, whatever the order
 * of loading (only the rows of the store, carried along, depend on it).
 *
 * Three integer spaces never mix: a store row is wrapped (kith_row), a thing is an
 * index into things, an event an index into events. */
#ifndef KITH_NETWORK_H
#define KITH_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/date.h"
#include "kith/error.h"
#include "kith/store.h"
#include "kith/view.h"
#include "kith/weight.h"
#include "kith/words.h"

typedef enum kith_kind {
    KITH_PERSON = 1,
    KITH_LOCATION = 2,
    KITH_GROUP = 3,
    KITH_OBJECT = 4,
    KITH_EVENT = 5
} kith_kind;

typedef struct kith_row { int64_t row; } kith_row; /* a row of entity, event or link */

#define KITH_NOTHING UINT32_MAX /* no thing, no event */

typedef enum kith_age_group { KITH_AGE_UNKNOWN, KITH_CHILD, KITH_ADULT } kith_age_group;

typedef struct kith_origin {
    kith_row row;
    const char *source;     /* agency; "" when not given */
    const char *report_ref; /* "" when not given */
    kith_grade grade;
    char handling; /* 'P', 'C' or 0 */
} kith_origin;

typedef struct kith_thing {
    kith_kind kind;
    kith_row row; /* of entity */
    const char *id;
    const char *name;            /* of an object its label; "" when none */
    const kith_meaning *meaning; /* of the place's, group's or object's kind; NULL for people */
    const char *word;            /* the kind as written, "" for none */
    kith_time born;              /* people; undated when unknown */
    double lat, lon;             /* places, WGS84, also when given by easting and northing; NaN when unknown */
    bool home;                   /* places: by kind, or because any lives_at link points to it */
    uint32_t origin;             /* index into origins */
} kith_thing;

/* A record that another stands for: they were confirmed to be one (decision.h). */
typedef struct kith_merged {
    kith_kind kind;
    const char *id;
    uint32_t thing; /* that stands for it */
} kith_merged;

typedef struct kith_event_record {
    kith_row row;
    const char *id;
    const char *word; /* kind as written */
    const kith_meaning *meaning;
    kith_time at, ended;
    uint32_t place; /* thing, or KITH_NOTHING */
    uint32_t first_participation, participation_count;
    uint32_t origin;
    int8_t severity; /* 1 to 3, 0 when missing */
} kith_event_record;

typedef struct kith_participation {
    uint32_t event;
    uint32_t person; /* thing */
    const char *word; /* the role as written */
    kith_role role;
    uint32_t origin;
} kith_participation;

typedef struct kith_link {
    kith_row row;
    const char *id; /* link_id; "" when it has none */
    uint32_t from, to; /* things */
    const char *word;
    const kith_meaning *meaning;
    kith_valence valence; /* of the record; of the kind's meaning when the record has none */
    double weight;        /* as given; NaN when none */
    kith_time valid_from, valid_to;
    bool convicted; /* has a conviction reference */
    uint32_t origin;
} kith_link;

typedef struct kith_network {
    kith_view view;
    kith_thing *things;
    size_t thing_count;
    kith_merged *merged; /* by kind, then id; the record with the smallest id is the thing itself */
    size_t merged_count;
    kith_event_record *events;
    size_t event_count;
    kith_participation *participations;
    size_t participation_count;
    kith_link *links;
    size_t link_count;
    kith_origin *origins; /* those of one report_ref stand together */
    size_t origin_count;
    uint64_t *marks; /* per thing: of people from what is recorded of them, never from their ids */
    int32_t *first_day; /* per thing, people: the earliest dated event or link above; INT32_MAX for none */
    bool partial; /* read near some things alone: nothing in it is judged by what the whole hub has */
    int32_t newest_day; /* of anything observed in the hub, dated on or before as-of; INT32_MIN when nothing is */
    struct kith_pool *pool; /* owns every string above */
} kith_network;

/**
 * Reads what the view may see.
 *
 * network  out: free with kith_network_free. Holds every thing of the hub, and the
 *          events and links whose time lies in the view's window (an event counts on
 *          the day it occurred; a link whose validity overlaps the window; undated ones
 *          always). A conviction without a reference is read as alleged (R3).
 * view     its texts are copied. With through_load set: the events, participations and links of
 *          the loads up to that one, as they were before later ones corrected them; the things
 *          are those of the hub as it is, so that two such networks have the same.
 *
 * All tables are read in one state of the hub, also while another program writes.
 * Returns KITH_OK, KITH_HUB, KITH_NO_MEMORY.
 * Cost: one pass over each table; about 90 bytes a thing or event, 24 a participation.
 */
kith_status kith_network_build(kith_network *network, kith_store *store, const kith_view *view,
                               kith_error *err);

/** The same without links and first days: what events say of places. Homes are known all the same. */
kith_status kith_network_build_events(kith_network *network, kith_store *store,
                                      const kith_view *view, kith_error *err);

/**
 * Reads what lies within some steps of a few things, by the store's indexes, and is partial.
 *
 * It holds all that kith_network_build would have of those within `hops` steps by whatever tie a layer
 * makes, but for those of chance; and whom these are tied to, without what else those did. So a map of as
 * many steps shows the same, without what is judged over the whole network: peer groups, hotspots, episodes
 * recorded apart. newest_day is not looked for.
 *
 * ids   as kith_network_find takes them; one that is not there brings nothing in.
 * most  when more things and events than this would have to be read, network is empty and not partial.
 * view  without through_load.
 * Cost: of what is read.
 */
kith_status kith_network_build_near(kith_network *network, kith_store *store, const kith_view *view,
                                    const char *const *ids, size_t count, int hops, size_t most,
                                    kith_error *err);
void kith_network_free(kith_network *network);

/** Frees the events and the participations alone, once only things are asked of it. */
void kith_network_forget_events(kith_network *network);

/**
 * Finds a thing by its outside id, or by that of a record which it stands for.
 *
 * id  as written; "person:ID", "location:ID", "group:ID", "object:ID" where kinds share it
 *     (an id that is itself written so is found first).
 * Returns KITH_NOT_FOUND with a sentence, also when two kinds share a bare id (which it names).
 * Cost: O(log n).
 */
kith_status kith_network_find(uint32_t *thing, const kith_network *network, const char *id,
                              kith_error *err);

/**
 * Lists 0 to count - 1 in the order of their marks, which follows from nothing but what the marks
 * are made of: for what is drawn at random, or chosen among equals, and must not depend on ids.
 * Equal marks keep the order of their indexes. Returns KITH_OK or KITH_NO_MEMORY. O(n).
 */
kith_status kith_order_by_marks(uint32_t *order, const uint64_t *marks, size_t count,
                                kith_error *err);

/** Whether any event or link is of a kind, or any participation in a role, as `--kinds` and
 * `--roles` take them; of a composed role, each of its roles. O(events + links), O(participations). */
bool kith_network_has_kind(const kith_network *network, const char *kind);
bool kith_network_has_role(const kith_network *network, const char *role);

/** Whether a participation is in a role; all unknown words are `present`, and told apart by
 * how they are written. */
bool kith_participation_is(const kith_participation *participation, kith_role role,
                           const char *written);

/** Whether a person takes part in an event as missing. O(participations of the event). */
bool kith_network_was_missing(const kith_network *network, uint32_t event, uint32_t person);

/** Which end of an exploiting link is said to exploit. */
uint32_t kith_link_exploiter(const kith_link *link);

/**
 * Child, adult or unknown on a day (R4). A birth known by its month alone counts as the
 * month's last day: nobody is called an adult before they surely are.
 */
kith_age_group kith_thing_age_group(const kith_thing *person, int32_t day);

/** The day on which a person turned or turns 18; INT32_MAX when the birth is unknown. */
int32_t kith_thing_adult_from(const kith_thing *person);

/** A child for drawing: known to be under 18 at as-of, or at any event or link of the network. */
bool kith_network_drawn_as_child(const kith_network *network, uint32_t person);

#endif
