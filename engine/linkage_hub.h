/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_hub.h: a hub's records and decisions, read in one state of it (linkage_hub.c),
 * for the list (linkage_list.c) and the waterfall of one pair (linkage_waterfall.c). */
#ifndef KITH_LINKAGE_HUB_H
#define KITH_LINKAGE_HUB_H

#include "kith/decision.h"
#include "kith/linkage.h"
#include "pool.h"

typedef struct linkage_place {
    int64_t row;
    size_t place;
} linkage_place;

typedef struct linkage_hub {
    kith_pool *pool;
    kith_linkage_record *records;
    int64_t *rows;    /* of entity, by record */
    int64_t *leaders; /* of entity: the record that stands for it */
    size_t count, room;
    linkage_place *places; /* of the records, by row */
    kith_decisions decisions;
    kith_linkage linkage;
} linkage_hub;

/** Reads the records of a kind, and links them; close it also when this fails. */
kith_status linkage_hub_open(linkage_hub *h, kith_store *store, const kith_view *view,
                             kith_kind kind, double least, kith_error *err);

/** The record of a row; SIZE_MAX for one of another kind. */
size_t linkage_hub_record(const linkage_hub *h, int64_t row);

void linkage_hub_close(linkage_hub *h);

#endif
