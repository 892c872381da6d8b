/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier_private.h: a dossier under way. */
#ifndef KITH_PACKS_DOSSIER_PRIVATE_H
#define KITH_PACKS_DOSSIER_PRIVATE_H

#include "desk.h"

typedef struct dossier_event {
    int64_t utc;
    uint32_t event;
} dossier_event;

typedef struct dossier_place {
    uint32_t place;
    int32_t newest;
    size_t events, harm;
} dossier_place;

typedef struct dossier_work {
    kith_dossier *dossier;
    kith_desk *desk;
    const kith_dossier_options *options;
    uint32_t *people; /* the person, or the members */
    size_t people_count;
    uint32_t *groups; /* that a person is in on as-of */
    size_t group_count;
    uint32_t *links; /* of the thing and its people, in the order of the network */
    size_t link_count;
    dossier_event *events; /* theirs, by time */
    size_t event_count;
} dossier_work;

/** Whether a thing is what the dossier is about, or one of its people. */
bool dossier_has(const dossier_work *w, uint32_t thing);

/** Whether it is that, or a group that the person is in. KITH_NOTHING is neither. */
bool dossier_concerns(const dossier_work *w, uint32_t thing);

/** Whether there is room for one more row; what has none is counted. */
bool dossier_room(const dossier_work *w, const kith_table *table, size_t *more);

/** Sets a field to a text, and frees that. */
void dossier_set(char **field, kith_text *text, bool *failed);

kith_status dossier_add_recent(dossier_work *w, kith_error *err);    /* dossier_events.c */
kith_status dossier_add_news(dossier_work *w, kith_error *err);
kith_status dossier_add_strengths(dossier_work *w, kith_error *err); /* dossier_strengths.c */
kith_status dossier_add_plan(dossier_work *w, kith_error *err);      /* dossier_plan.c: plan, decisions, standing */
kith_status dossier_add_corrected(dossier_work *w, kith_error *err); /* dossier_corrected.c */
kith_status dossier_add_picture(dossier_work *w, kith_error *err);   /* dossier_picture.c */

#endif
