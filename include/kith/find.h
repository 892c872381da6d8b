/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find.h: people, places, groups and objects by what one knows of them. */
#ifndef KITH_FIND_H
#define KITH_FIND_H

#include "kith/store.h"
#include "kith/table.h"

/**
 * Finds what a text may mean, best first.
 *
 * A record fits when the text as a whole is its id, an identifier, a postcode or an object's
 * label, blanks, signs and case apart; or when every word of the text fits a word of one of
 * its names or aliases, in any order, or is a date, part of a date or a date with day and
 * month exchanged that fits its date of birth. The score, 0 to 1, says how alike the text
 * and the record are written, and nothing of the person: docs/measures.md has each term.
 * Of more records that fit equally well than are shown, those loaded first are; what is
 * shown comes by score, kind, then id.
 *
 * Records that were confirmed to be one come once, under the id and name that stand for
 * them; when another of them fits best, `matched` names it.
 *
 * table  out: kind, id, name, matched, score.
 * most   rows kept, at least 1.
 * Cost: about the number of words of names that are like those of the text, and one reading
 * of each record shown, whatever the size of the hub. Hubs of an earlier version of the
 * tables are read through until the next import, which indexes what they hold.
 */
kith_status kith_find(kith_table *table, kith_store *store, const kith_view *view,
                      const char *text, size_t most, kith_error *err);

#endif
