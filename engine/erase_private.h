/* SPDX-License-Identifier: GPL-3.0-or-later */
/* erase_private.h: what the files of erase share. */
#ifndef KITH_ERASE_PRIVATE_H
#define KITH_ERASE_PRIVATE_H

#include "kith/scrub.h"
#include "kith/store.h"
#include "kith/table.h"

/**
 * What a record is called and was called: its id, names, aliases and longer identifiers.
 *
 * words  out: free with kith_scrub_free.
 */
kith_status erase_words_read(kith_scrub **words, kith_store *store, const kith_view *view, int64_t entity,
                             kith_error *err);

/** Empties what people gave as a purpose, in the log and the hub, and names of files that were
 * loaded, where one of the words stands; a row "erased" for each kind. Inside a change. */
kith_status erase_purposes(kith_table *table, kith_store *store, const kith_view *view,
                           const kith_scrub *words, kith_error *err);

/** A row "mentioned" for each record that is left and has one of the words in what it says. */
kith_status erase_mentions(kith_table *table, kith_store *store, const kith_view *view,
                           const kith_scrub *words, kith_error *err);

/** A row of the answer; records below 0: none are told. */
void erase_row(kith_table *table, const char *section, const char *what, const char *id, int64_t records);

#endif
