/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.h: what people changed in a hub, and taking it back.
 *
 * Every change of a hub is numbered. What somebody enters by hand (a decision of who is who, a
 * panel's weighting, decisions of meetings and steps of actions, accounts, teams, cases, the
 * policy, a picture that is kept, a view that is remembered) is recorded row by row as it was before and after, by the
 * tables themselves (queries/migrate_13.sql and later steps), in the same commit. What a load brings is told by
 * its own number and its corrections.
 *
 * Taking a change back is a change too: it puts every row as it was, and can itself be taken
 * back. After both, the hub holds what it held, byte for byte. A load is taken back as
 * `import --undo` does it; its records are then gone, and come back by reading the files again. An
 * erasure is never taken back: nothing of what it took away is kept.
 *
 * What a user may not see is as if it were not there: a change of which any row is hidden is in
 * no list, and not found.
 *
 * Tables are made by each call: free with kith_table_free, also after a failure. */
#ifndef KITH_HISTORY_H
#define KITH_HISTORY_H

#include "kith/access.h"
#include "kith/store.h"
#include "kith/table.h"

/**
 * The changes of the view's window by the day they were made, the newest first: change, at, by,
 * what, about, why, undoes, undone_by.
 *
 * user  only this user's; NULL for everybody's.
 */
kith_status kith_history_list(kith_table *table, kith_store *store, const kith_view *view,
                              const char *user, kith_error *err);

/**
 * What became of one record, the oldest first: change, at, by, what, field, from, to, why,
 * undone_by; who loaded it, what was corrected, what was decided and entered about it.
 *
 * id  as in record.h. Returns KITH_NOT_FOUND for one that is not there.
 */
kith_status kith_history_of(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                            kith_error *err);

/** One change, field by field: what, about, field, from, to. KITH_NOT_FOUND when there is none. */
kith_status kith_history_change(kith_table *table, kith_store *store, const kith_view *view,
                                int64_t number, kith_error *err);

/**
 * Takes a change back, as one change.
 *
 * undone  out: the number of what was taken back, and of the change that did.
 * number  of the change; 0: the last one of view->user that holds and is no undo.
 * Returns KITH_NOT_FOUND when there is none; KITH_POLICY, with the reason, when the user may not do
 * what it did, when it was taken back before, when a later change stands on it (named), and
 * for an erasure, or what an erasure has reached. Nothing is changed then.
 */
typedef struct kith_undone {
    int64_t number, by;
    char what[128]; /* what was taken back, as the audit log words it */
} kith_undone;

kith_status kith_undo(kith_undone *undone, kith_store *store, const kith_view *view,
                      const kith_member *member, int64_t number, kith_error *err);

/**
 * From here on the change under way keeps nothing for undo: what it writes is computed (where things
 * stand in a pack), and is computed again.
 */
kith_status kith_history_skip(kith_store *store, kith_error *err);

#endif
