/* SPDX-License-Identifier: GPL-3.0-or-later */
/* erase.h: taking one record out of the hub for good (R59).
 *
 * With it go its part in events, links, contexts, flags, conditions, assessments, scales,
 * actions and their steps, decisions of meetings and panels, decisions of who is who, what
 * corrections replaced, kept pictures that name it, lines of alerts, and all that find knew it
 * by. Events that only it took part in go too. What is freed is overwritten. The entry in the
 * audit log holds none of it. What people gave as a purpose, in the log and in the hub, and names
 * of files that were loaded are emptied, and remembered views taken away, where its id, a name or alias that it has or had, or an
 * identifier of five letters or more stands in them, as whole words in any spelling of scrub.h.
 *
 * What cannot be reached is listed: what was disclosed, to whom and when; other records whose
 * words still hold the name; places and objects that nothing mentions any more; when backups were made, and
 * hubs set aside by a restore. Where those lie, and other files that were written elsewhere, is the user's
 * to know. */
#ifndef KITH_ERASE_H
#define KITH_ERASE_H

#include "kith/store.h"
#include "kith/table.h"

/**
 * Erases a person; or a place, a group or an object on which no event, school or link rests.
 *
 * table   out: section (erased, disclosed, copied, mentioned, left), what, id, records; free with
 *         kith_table_free, also after a failure.
 * id      as written; "person:ID" where kinds share it.
 * dry_run tells what would go and keeps everything.
 * Returns KITH_NOT_FOUND; KITH_POLICY for an event, and for what others rest on; nothing is
 * changed then. Cost: writes the find index of the record's loads anew.
 */
kith_status kith_erase(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                       bool dry_run, kith_error *err);

#endif
