/* SPDX-License-Identifier: GPL-3.0-or-later */
/* disclose.h: what the audit log hears of things drawn or listed. */
#ifndef KITH_CLI_DISCLOSE_H
#define KITH_CLI_DISCLOSE_H

#include "command.h"
#include "kith/scene.h"

/* What goes out. */
typedef struct disclosed {
    const kith_network *network;
    const kith_scene *const *scenes; /* of this network */
    size_t scene_count;
    const uint32_t *things; /* that it is about besides, of the network */
    size_t thing_count;
} disclosed;

/**
 * Writes who that is into the audit log, every record that was confirmed to be one of them too:
 * a disclosure when it goes outside the case team, else a consultation. By this entry an
 * erasure lists who has received somebody's record.
 */
kith_status disclose(const kith_call *call, const disclosed *what, kith_error *err);

/**
 * The same of a table that goes outside the case team: every id in its columns "id" and "..._id", once.
 * Nothing for the case team, for a table without such a cell, and for commands that disclose what they draw.
 */
kith_status disclose_table(const kith_call *call, const kith_table *table, kith_error *err);

/** Whether the answer goes outside the case team. */
bool disclose_goes_out(const kith_call *call);

#endif
