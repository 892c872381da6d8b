/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drmm_private.h: a daily pack under way. */
#ifndef KITH_PACKS_DRMM_PRIVATE_H
#define KITH_PACKS_DRMM_PRIVATE_H

#include "desk.h"
#include "kith/drmm.h"

/* Somebody on the agenda: when their first event in the period was, and which. */
typedef struct drmm_entry {
    uint32_t thing;
    int64_t at;
    uint32_t event; /* KITH_NOTHING: named by the chair, or a group */
    kith_within within;
    size_t given; /* place among the chair's ids; SIZE_MAX: not named */
    bool group;
} drmm_entry;

typedef struct drmm_work {
    kith_drmm *drmm;
    kith_store *store;
    kith_desk *desk;
    const kith_network *network;
    const kith_drmm_options *options;
    drmm_entry *entries;
    size_t count;
    size_t *place_of; /* entry of each thing; SIZE_MAX: none */
    char loaded[KITH_TIME_SIZE], until[KITH_TIME_SIZE];
} drmm_work;

/** Whether a page is owed to the children in an event: it is of harm or risk, or of a kind that nobody knows. */
static inline bool drmm_is_of_risk(const kith_event_record *event)
{
    return event->meaning->valence == KITH_RISK || !event->meaning->known;
}

/** drmm_tables.c: the agenda, and what stands on no page. */
kith_status drmm_add_tables(drmm_work *w, kith_error *err);

#endif
