/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remember.h: views that somebody wants to come back to.
 *
 * A view is a name and a small text in the words of the page that shows it (which ids, filters,
 * dates); Kith keeps it and reads it for one thing: an erasure takes away each in which the erased record
 * is named. It is its user's alone: nobody else sees it, or takes back a change of it. */
#ifndef KITH_REMEMBER_H
#define KITH_REMEMBER_H

#include "kith/store.h"
#include "kith/table.h"

enum { KITH_REMEMBER_NAME = 64, KITH_REMEMBER_TEXT = 8000, KITH_REMEMBER_MOST = 200 };

/** What the view's user remembers: name, text, kept_at; by name. Free with kith_table_free. */
kith_status kith_remember_table(kith_table *table, kith_store *store, const kith_view *view, kith_error *err);

/**
 * Remembers a text under a name, in the place of an earlier one. now: seconds UTC.
 *
 * Returns KITH_USAGE for a name or text that is empty, too long or not UTF-8, KITH_POLICY when the
 * user remembers KITH_REMEMBER_MOST others, KITH_HUB, KITH_IO, KITH_NO_MEMORY.
 */
kith_status kith_remember_keep(kith_store *store, const kith_view *view, const char *name, const char *text,
                               int64_t now, kith_error *err);

/** Forgets one. KITH_NOT_FOUND when the user remembers none of that name. */
kith_status kith_remember_drop(kith_store *store, const kith_view *view, const char *name, kith_error *err);

#endif
