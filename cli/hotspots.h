/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots.h: what the rows and the notes of `kith hotspots` are made from. */
#ifndef KITH_CLI_HOTSPOTS_H
#define KITH_CLI_HOTSPOTS_H

#include "command.h"
#include "kith/hotspots.h"

typedef struct hotspots_answer {
    const kith_call *call;
    const kith_network *network;
    const kith_hotspots_options *options;
    const kith_hotspots *hotspots;
} hotspots_answer;

/** How it was worked out, what was left out, and what it cannot say. */
void hotspots_notes(kith_table *table, const hotspots_answer *a);

/** Lists of earlier months against the events of the months after. */
kith_status hotspots_selfcheck(kith_call *call, const kith_hotspots_options *options, kith_error *err);

#endif
