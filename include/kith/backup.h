/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup.h: copies of a hub, made whole and proved.
 *
 * A backup is a hub: FILE, FILE.keys and FILE.audit, encrypted as the first one is, and opened
 * by the same keys. It is proved by opening it as a restore would: every page is read and
 * authenticated, and every table has the rows and the hash that the hub had when it was copied. */
#ifndef KITH_BACKUP_H
#define KITH_BACKUP_H

#include "kith/store.h"
#include "kith/table.h"

/**
 * Copies a hub that is open, while others may read it and wait to write, and proves the copy.
 *
 * table   out: table, rows, hash of each table (BLAKE2b over all its rows); free with
 *         kith_table_free, also after a failure.
 * secret  what opened the store; NULL for an open hub.
 * to      the copy's name. None of to, to.keys and to.audit may be there (KITH_POLICY).
 * Returns KITH_HUB when the copy does not hold what the hub does; nothing is left then.
 * Cost: reads the hub three times.
 */
kith_status kith_backup_make(kith_table *table, kith_store *store, const kith_secret *secret,
                             const char *to, kith_error *err);

/**
 * Puts a backup in a hub's place, proved before it is there, and logs it.
 *
 * backup   open; what it is of is told by its key.
 * to       the hub's name. What is there of to.keys and to.audit stays, so that a key revoked
 *          since opens nothing and no entry of the log is lost; they must be of the same hub
 *          (KITH_POLICY). After a failure what was there is there again.
 * replace  a hub that is there is kept as to.before-<UTC time>; without it, one is refused.
 *          A change of it that was interrupted is undone first.
 * Returns KITH_HUB while somebody reads or changes the hub that is there.
 */
kith_status kith_backup_restore(kith_table *table, kith_store *backup, const kith_secret *secret,
                                const char *to, bool replace, kith_error *err);

#endif
