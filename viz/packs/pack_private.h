/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack_private.h: a mapping meeting's pack under way. */
#ifndef KITH_PACKS_PACK_PRIVATE_H
#define KITH_PACKS_PACK_PRIVATE_H

#include "desk.h"
#include "kith/pack.h"

typedef struct pack_work {
    kith_pack *pack;
    kith_store *store;
    kith_desk *desk;
    const kith_network *network;
    const kith_pack_options *options;
    uint32_t *subjects;
    uint32_t *drawn; /* thing of each node of the scene; KITH_NOTHING: none */
} pack_work;

/** Whether a thing is on the map. */
bool pack_draws(const pack_work *w, uint32_t thing);

/** Adds a text of an analysis without the ids of records, which it has in brackets. */
void pack_add_question(kith_text *out, const kith_desk *desk, const char *ask);

kith_status pack_add_ties(pack_work *w, kith_error *err); /* pack_ties.c: the key, and its numbers on the map */
kith_status pack_add_groups(pack_work *w, kith_error *err); /* pack_tables.c */
kith_status pack_add_gaps(pack_work *w, kith_error *err);
void pack_add_places(pack_work *w);
void pack_add_actions(pack_work *w);
kith_status pack_add_weighing(pack_work *w, size_t subject, kith_error *err); /* pack_weighing.c */

#endif
