/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find.h: people, places, groups and objects by what one knows of them. */
#ifndef KITH_FIND_H
#define KITH_FIND_H

#include "kith/store.h"
#include "kith/table.h"

/**
 * Finds what a text may mean, best first.
 *
 * Compared are ids, names, aliases (tolerant of spelling, accents and the order of
 * words), dates of birth, identifiers and postcodes (by their whole value, blanks and
 * case apart). The score says how alike the text and the record's field are written
 * (kith_name_similarity; an equal id, date or identifier scores 1): it says nothing of
 * the person. Equal scores come by kind, then id.
 *
 * table  out: kind, id, name, matched, score. Empty when nothing scores 0.85 or more.
 * most   rows kept, at least 1.
 * Cost: one pass over all records.
 */
kith_status kith_find(kith_table *table, kith_store *store, const kith_view *view,
                      const char *text, size_t most, kith_error *err);

#endif
