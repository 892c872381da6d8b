/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.h: finding one record by its outside id, without building a network. */
#ifndef KITH_RECORD_H
#define KITH_RECORD_H

#include "kith/network.h"
#include "kith/store.h"

enum { KITH_KIND_COUNT = 6 }; /* kith_kind is 1 to 5 */

/** "person", "location", "group", "object", "event"; "" for 0. */
extern const char *const kith_kind_word[KITH_KIND_COUNT];

/** The id without the kind before it: "P01" of "person:P01". */
const char *kith_record_bare_id(const char *id);

/**
 * Finds a person, place, group, object or event.
 *
 * kind, row  out: what it is, and its row of entity or event.
 * id         as written; "person:ID", "event:ID" ... where several kinds share it.
 * Returns KITH_NOT_FOUND when nothing has the id, or several kinds have it (it names two).
 */
kith_status kith_record_find(kith_kind *kind, int64_t *row, kith_store *store,
                             const kith_view *view, const char *id, kith_error *err);

#endif
