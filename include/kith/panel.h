/* SPDX-License-Identifier: GPL-3.0-or-later */
/* panel.h: a panel's own weighting of contexts, and its reason (R36).
 *
 * It stands beside what is computed, which is a prompt. Each is kept as it was recorded: a
 * later one is added and takes none away. */
#ifndef KITH_PANEL_H
#define KITH_PANEL_H

#include "kith/record.h"
#include "kith/store.h"
#include "kith/table.h"
#include "kith/weigh.h"

enum { KITH_PANEL_REASON_SIZE = 4000 }; /* bytes of a reason, at most */

/** "school" alone names a lead; percentages of all five sum to 100. */
typedef struct kith_panel {
    int lead;     /* a context; -1: no lead */
    bool percent; /* the shares were given */
    double share[KITH_CONTEXT_COUNT]; /* percent */
} kith_panel;

/**
 * Reads words such as "school=60" "peer=40", "school", or "none" (no context leads).
 *
 * What percentages leave out has 0; they sum to 100. Of equal leaders none leads.
 * Returns KITH_OK or KITH_USAGE.
 */
kith_status kith_panel_read(kith_panel *panel, char *const *words, size_t count, kith_error *err);

/**
 * Records a weighting, as one change of the hub.
 *
 * id          of a person, a group or a place.
 * decided_on  the day of the panel, not after view->as_of.
 * now         seconds UTC.
 * Returns KITH_OK, KITH_NOT_FOUND, KITH_USAGE (another kind of record; a reason that is
 * empty, too long or not UTF-8), KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_panel_record(kith_store *store, const kith_view *view, const char *id,
                              const kith_panel *panel, int32_t decided_on, const char *reason,
                              int64_t now, kith_error *err);

/**
 * Adds to a table what panels decided of a subject up to as-of, the newest first: the fact
 * `panel`, and a note for each with its reason.
 *
 * subject  row of entity; 0 for a list, of which nothing can be recorded.
 */
kith_status kith_panel_notes(kith_table *table, kith_store *store, const kith_view *view,
                             int64_t subject, kith_error *err);

#endif
