/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contexts_private.h: filling a subject's items; for contexts.c and evidence*.c. */
#ifndef KITH_CONTEXTS_PRIVATE_H
#define KITH_CONTEXTS_PRIVATE_H

#include "kith/contexts.h"

/** Adds an item like the one given; its texts are copied, NULL is "" (but for rule). */
kith_status contexts_add(kith_contexts *contexts, const kith_item *like, kith_error *err);

/** Adds the items entered about one record, marked with a rule; NULL for the subject's own. */
kith_status contexts_add_entered(kith_contexts *contexts, kith_store *store, const kith_view *view,
                                 int64_t about, const char *rule, kith_error *err);

/** Adds to a table what a weighting rests on, and its limits. */
void contexts_notes(kith_table *table, const kith_contexts *contexts, const kith_weigh *weigh,
                    const kith_weigh *entered);

/** A scratch text for a table; one that could not be written whole fails the table. */
const char *contexts_finished(kith_table *table, const kith_text *text);

/** The grade of a row's origin: its columns source_grade and info_grade. */
kith_grade contexts_grade(const kith_rows *rows, int source_grade, int info_grade);

#endif
