/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.h: the pack of a mapping meeting (R44).
 *
 * A map without actions is a list of names (LO1). So the pack begins with what the meeting is for
 * and what the last one agreed, and ends with an action or an explicit "no action" for each
 * person, place, group and object on the map. Every tie of the map has a number, and every
 * number a row that says what it rests on. People are named as in a dossier.
 *
 * Out parameters are emptied first; err may be NULL. */
#ifndef KITH_PACK_H
#define KITH_PACK_H

#include <stdio.h>

#include "kith/dossier.h"
#include "kith/page.h"
#include "kith/progress.h"

/* What a meeting must say of itself before a map is made for it. Roles, not names. */
typedef enum kith_meeting_line {
    KITH_MEETING_PURPOSE,
    KITH_MEETING_CHAIR,
    KITH_MEETING_ATTENDEES,
    KITH_MEETING_OUTCOME,
    KITH_MEETING_REVIEW, /* a date */
    KITH_MEETING_LINES
} kith_meeting_line;

extern const char *const kith_meeting_key[KITH_MEETING_LINES]; /* "purpose", "chair", ... */

typedef struct kith_meeting {
    char *lines[KITH_MEETING_LINES];
} kith_meeting;

/**
 * Reads "key: value" lines; blank ones and those that begin with # are passed over.
 *
 * Returns KITH_POLICY, naming all that is missing; KITH_INPUT for a line that is none of
 * these, one given twice, or a review that is no date; KITH_NO_MEMORY. Free with kith_meeting_free,
 * also after a failure.
 */
kith_status kith_meeting_read(kith_meeting *meeting, FILE *in, const char *name, kith_error *err);
void kith_meeting_free(kith_meeting *meeting);

typedef struct kith_pack_options {
    const char *const *ids; /* whom and what the meeting maps, at least one */
    size_t id_count;
    int hops; /* of the map */
    size_t most; /* nodes that can be read */
    kith_names names;
    uint64_t seed;
    const kith_progress *progress; /* may be NULL */
} kith_pack_options;

typedef struct kith_pack {
    kith_scene scene;
    char *subject;      /* what the map is of, as kith_positions keeps it: that of `kith map` of the same */
    uint32_t *shown;    /* whom and what the pack names or draws, things in the order of the network */
    size_t shown_count;
    kith_table ties;    /* number, from, to, what, basis, sources: a row a tie of the map */
    kith_table groups;  /* peer groups of people on the map: group, who, stability, why */
    kith_table gaps;    /* pairs that share much and have no recorded contact, as questions */
    kith_table places;  /* on the map: place, children, events, change */
    kith_table actions; /* of, action, when, by whom, worked when: a row or more for each thing on the map */
    kith_table rights;  /* by what right each source's records are held */
    kith_table *weighings; /* of each subject that is a person, group or place */
    kith_dossier *subjects;
    size_t count; /* of both */
} kith_pack;

/**
 * Makes the pack's data.
 *
 * Returns KITH_NOT_FOUND for an id that is not there, KITH_USAGE without one or for a map that cannot
 * be read, KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_pack_make(kith_pack *pack, kith_store *store, const kith_network *network,
                           const kith_pack_options *options, kith_error *err);
void kith_pack_free(kith_pack *pack);

/** Writes it as one HTML file. */
kith_status kith_pack_html(kith_text *html, const kith_pack *pack, const kith_meeting *meeting,
                           const kith_view *view, const char *names, uint64_t seed, kith_error *err);

#endif
