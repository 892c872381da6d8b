/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store.h: the hub file.
 *
 * A hub is one encrypted SQLite file. What it can be asked, and told, is the list of
 * statements under queries/, one a file, each with its parameters and columns in its
 * heading; kith_query names them (KITH_QUERY_<FILE>). No SQLite type crosses here.
 *
 *     kith_rows *rows;
 *     kith_store_read(&rows, store, &view, KITH_QUERY_EVENT_ALL, err);
 *     while (kith_rows_next(rows))
 *         use(kith_rows_integer(rows, 0), kith_rows_text(rows, 1));
 *     status = kith_rows_end(rows, err);
 *
 * Reading takes a view. Writing happens between kith_store_begin and kith_store_commit:
 * all of it or nothing. A store is used by one thread; several programs may open the
 * same hub, one of them writing. Statements are prepared once and kept.
 *
 * Failures: KITH_HUB when the file cannot be opened, is locked for longer than five
 * seconds (a commit waits two minutes for readers) or is damaged; KITH_IO when the disk is
 * full or unwritable; KITH_NO_MEMORY. */
#ifndef KITH_STORE_H
#define KITH_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/audience.h"
#include "kith/error.h"
#include "kith/key.h"
#include "kith/table.h"
#include "kith/view.h"
#include "queries.h" /* generated at build: typedef enum kith_query */

typedef struct kith_store kith_store;
typedef struct kith_rows kith_rows;

typedef enum kith_access { KITH_READ_ONLY, KITH_READ_WRITE } kith_access;

/* What a reading may see (access.h decides). */
typedef struct kith_bounds {
    kith_limits limits;
    kith_cases cases;
    int64_t account;    /* row of the user's account, for the cases of its teams; 0: none */
    const char *agency; /* the user's, where limits.own_agency; NULL: none */
} kith_bounds;

/**
 * Makes a new hub at path, and path.keys unless keyring is NULL (an open hub, for
 * synthetic data only).
 *
 * The files are made with mode 0600, and neither is left when anything fails. Refuses
 * with KITH_POLICY when path or path.keys exists, and a keyring when this kith was built
 * without encryption (KITH_STORE=system). The hub is not opened.
 */
kith_status kith_store_create(const char *path, const kith_keyring *keyring, kith_error *err);

/**
 * Opens a hub. secret is the key file's or passphrase's content, NULL for an open hub.
 *
 * store    out: close with kith_store_close.
 * Returns KITH_HUB, with the reason and the remedy, when the file is missing, not a
 * hub, of a newer schema, encrypted with another key, damaged, or locked. An older
 * schema is migrated when access is KITH_READ_WRITE. A wrong key and a damaged first
 * page cannot be told apart, and the sentence says so. An open hub is refused when a
 * secret is given: it may have been put in the place of an encrypted one.
 *
 * A hub may lie in a folder or on a medium that is read-only. Opening never makes a file;
 * it undoes a change that a killed program left half done, also when only reading.
 */
kith_status kith_store_open(kith_store **store, const char *path, const kith_secret *secret,
                            kith_access access, kith_error *err);

/**
 * A new hub that is in memory alone, open and for writing, with a log of its own that is there
 * too: both go when it is closed. It cannot be bound (kith_store_bound), and after a change that
 * was undone it can only be closed.
 *
 * for_networks  only one load is to come, and then networks (network.h, bare.h) are all that is
 *               read: its records are held as they come, not put into tables. A statement that
 *               needs the tables fails, and kith_store_wants_tables is true from then on: open
 *               another hub without, and load again.
 */
kith_status kith_store_open_memory(kith_store **store, bool for_networks, kith_error *err);
bool kith_store_for_networks(const kith_store *store);
bool kith_store_wants_tables(const kith_store *store); /* NULL is allowed */

/** Closes; NULL is allowed. A change that was not committed is undone. */
void kith_store_close(kith_store *store);

/** The name under which the key that opened the hub was added; "open" for an open hub. */
const char *kith_store_user(const kith_store *store);

/** What the store was opened for. */
kith_access kith_store_access(const kith_store *store);

/**
 * From here on reading sees only what the bounds allow (need to know): every statement, whoever
 * asks. They are copied, and take the place of earlier ones; NULL: everything. No reading is
 * under way.
 *
 * What may be seen is worked out by the first reading after this, and anew when a change
 * begins and when it ends. A read-only store sees one state of the hub until an
 * entry of the log. Within a load or a removal everything is read, as records are checked against all others.
 */
kith_status kith_store_bound(kith_store *store, const kith_bounds *bounds, kith_error *err);

/** How many people, places, events, links and other items the bounds keep back; 0 without any. */
kith_status kith_store_withheld(int64_t *items, kith_store *store, kith_error *err);

/** Starts a change of a store opened KITH_READ_WRITE. Only one may be under way in a store. */
kith_status kith_store_begin(kith_store *store, kith_error *err);

/**
 * The same for a change that takes away records in bulk: whether everything that is
 * referred to is still there is asked once, by kith_store_commit, which refuses with
 * KITH_POLICY and undoes the change when it is not.
 */
kith_status kith_store_begin_removal(kith_store *store, kith_error *err);

/**
 * The same for a load, whose caller has looked up everything that its records refer to: the
 * store does not look it up again.
 *
 * bytes  about how much is to come. When that is more than the hub holds, the indexes that
 *        only help reading are taken off, and kith_store_commit makes them again: for a
 *        large load that is faster than a place in each for every row. 0: never.
 */
kith_status kith_store_begin_load(kith_store *store, uint64_t bytes, kith_error *err);

/** Makes the change durable. When that fails the change is undone. */
kith_status kith_store_commit(kith_store *store, kith_error *err);

/** Undoes the change; nothing when none is under way. */
void kith_store_rollback(kith_store *store);

/**
 * Whether whole tables are read from now on, each once: pages are then not kept for a second
 * look. Only the memory that is used depends on it.
 */
void kith_store_pass_through(kith_store *store, bool passing);

/**
 * Starts reading a statement. The view's bounds are bound to :as_of and :since where
 * the statement has them, as YYYY-MM-DD (recorded times are longer: compare their first
 * ten characters), and the last load that counts to :through. Bind the others by name, then
 * step.
 *
 * One reading of a statement at a time. Costs nothing until the first step.
 */
kith_status kith_store_read(kith_rows **rows, kith_store *store, const kith_view *view,
                            kith_query query, kith_error *err);

/**
 * The same of everything, whatever the bounds: for what is no record (the log), and for what
 * follows from records as a whole (who is one with whom) and is kept, not shown.
 */
kith_status kith_store_read_all(kith_rows **rows, kith_store *store, const kith_view *view,
                                kith_query query, kith_error *err);

/* Parameters by their name without the colon. A name that the statement does not have
 * is a fault of ours (assert). Text is copied. */
void kith_rows_bind_integer(kith_rows *rows, const char *name, int64_t value);
void kith_rows_bind_text(kith_rows *rows, const char *name, const char *text); /* NULL: missing */

/** Moves to the next row. False at the end and after a failure; kith_rows_end tells which. */
bool kith_rows_next(kith_rows *rows);

/* The row's columns, from 0. A missing text is NULL, as are no bytes; a missing number is 0.
 * Text and bytes are valid until the next step. */
bool kith_rows_missing(const kith_rows *rows, int column);
int64_t kith_rows_integer(const kith_rows *rows, int column);
double kith_rows_number(const kith_rows *rows, int column);
const char *kith_rows_text(const kith_rows *rows, int column);
const void *kith_rows_bytes(const kith_rows *rows, int column, size_t *size);

/** Ends a reading, also early, and says how it went. */
kith_status kith_rows_end(kith_rows *rows, kith_error *err);

/**
 * A statement that changes the hub, inside begin and commit. Parameters are bound by
 * place (from 1, in the order of first appearance in the file), because a load binds
 * millions of rows.
 */
typedef struct kith_change kith_change;
kith_status kith_store_change(kith_change **change, kith_store *store, kith_query query,
                              kith_error *err);
void kith_change_integer(kith_change *change, int place, int64_t value);
void kith_change_number(kith_change *change, int place, double value);
void kith_change_text(kith_change *change, int place, const char *text); /* not copied: lives until run; NULL is missing */
void kith_change_bytes(kith_change *change, int place, const void *bytes, size_t size);
void kith_change_missing(kith_change *change, int place);

/**
 * Runs it once and makes it ready for the next row; bound values are cleared.
 *
 * changed  out, may be NULL: rows inserted, updated or deleted (0: an INSERT OR IGNORE
 *          found the row there already).
 */
kith_status kith_change_run(kith_change *change, int64_t *changed, kith_error *err);

/** Row of the last insert of this store. */
int64_t kith_store_last_row(const kith_store *store);

/** The hub's path as it was opened. */
const char *kith_store_path(const kith_store *store);

/**
 * What every table holds: table, rows, hash (BLAKE2b of all rows in the order of their keys).
 *
 * table  columns and rows are added; free with kith_table_free, also after a failure.
 */
kith_status kith_store_fingerprint(kith_table *table, kith_store *store, kith_error *err);

/**
 * Copies the hub's file and its audit log, byte for byte, to `to` and to.audit, with the
 * fingerprint of what was copied. Others may read meanwhile; writers wait.
 */
kith_status kith_store_copy(kith_table *table, kith_store *store, const char *to, kith_error *err);

typedef struct kith_hold kith_hold;

/**
 * Undoes a change of the hub at path that was interrupted, and keeps everybody from the file until
 * kith_hold_end, which takes NULL too. Of a hub that is damaged nothing is held.
 *
 * like  a store with the same key.
 * Returns KITH_HUB while somebody reads or changes it.
 */
kith_status kith_store_hold(kith_hold **hold, const char *path, const kith_store *like, kith_error *err);
void kith_hold_end(kith_hold *hold);

/** Reads every page. KITH_OK on a sound hub; KITH_HUB with the first fault. */
kith_status kith_store_verify(kith_store *store, kith_error *err);

/** Name of a query's file without .sql, for messages and tests. */
const char *kith_query_name(kith_query query);

#endif
