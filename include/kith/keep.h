/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keep.h: the letters of peer groups, kept in the hub from one night to the next.
 *
 * A keeping holds who was in which group and what tied them to it, as far as kith_peers_follow
 * needs it; reasons and stability are not kept. Keepings are told apart by their rules (who is
 * tied, and how groups are found) and their audience, so that one kind of groups never takes
 * the letters of another. The one that counts is the last of a day on or before as-of. */
#ifndef KITH_KEEP_H
#define KITH_KEEP_H

#include "kith/follow.h"

/**
 * Gives groups the letters of the last keeping by their rules: those of a view of the hub as it
 * was after an earlier load, of the keepings up to that load.
 *
 * until    the last day whose keepings count; as-of, or earlier for what changed since.
 * kept     out, may be NULL: the day of that keeping, INT32_MIN when there is none (the letters
 *          stay as they are), and the first letter that was never given; no members.
 * changes  out: what became of the kept groups; free with kith_group_changes_free. May be NULL.
 * Returns KITH_OK, KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_peers_take_letters(kith_peers *peers, const kith_layer *layer, int32_t until,
                                    kith_kept *kept, kith_group_changes *changes,
                                    kith_store *store, kith_error *err);

/**
 * Finds groups as kith_peers_find does, under the letters that were kept last on or before
 * as-of: those that `kith peers` shows. Returns what the two return.
 */
kith_status kith_peers_find_kept(kith_peers *peers, const kith_layer *layer,
                                 const kith_peers_options *options, kith_store *store,
                                 kith_error *err);

/**
 * Keeps the groups under the letters that they have, as one change of the hub.
 *
 * store  opened KITH_READ_WRITE, and no change under way.
 * now    seconds UTC.
 * Returns KITH_OK, KITH_USAGE (groups of the hub as it was, whose letters are history), KITH_HUB,
 * KITH_NO_MEMORY.
 */
kith_status kith_peers_keep(const kith_peers *peers, const kith_layer *layer, kith_store *store,
                            int64_t now, kith_error *err);

#endif
