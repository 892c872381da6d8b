/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contexts.h: what is recorded about the contexts of one person, group or place.
 *
 * Evidence is read from the hub's context items only; events and links are not turned
 * into evidence. An item's record id is "context:ROW". */
#ifndef KITH_CONTEXTS_H
#define KITH_CONTEXTS_H

#include "kith/record.h"
#include "kith/store.h"
#include "kith/table.h"
#include "kith/text.h"
#include "kith/weigh.h"

typedef enum kith_rater { KITH_WORKER, KITH_PARENT, KITH_CHILD_ITSELF, KITH_RATER_COUNT } kith_rater;

/** The newest safety scale of one rater: 0 is not safe, 10 is safe. */
typedef struct kith_scale {
    bool recorded;
    bool asked; /* false: recorded as not asked */
    int score;
    kith_time on;
} kith_scale;

typedef struct kith_contexts {
    kith_kind kind;
    kith_item *items; /* in the order of their rows */
    size_t count, room;
    char **texts; /* one block an item: its strings */
    size_t later; /* items dated after as-of, left out */
    size_t older; /* items dated before the window, left out */
    kith_scale scales[KITH_RATER_COUNT]; /* people only */
} kith_contexts;

/**
 * Reads the items of a subject that a view may see, and its safety scales.
 *
 * contexts  out: free with kith_contexts_free. Items dated after as-of and before the
 *           view's first day are counted and left out; undated ones are standing facts.
 * id        of a person, group or place, as kith_record_find takes it.
 * Returns KITH_OK, KITH_NOT_FOUND, KITH_USAGE for an event or an object, KITH_HUB,
 * KITH_INPUT for an item in none of the five contexts (names it), KITH_NO_MEMORY.
 */
kith_status kith_contexts_read(kith_contexts *contexts, kith_store *store, const kith_view *view,
                               const char *id, kith_error *err);
void kith_contexts_free(kith_contexts *contexts);

/** The newest day of what counts as risk or drives: INT32_MAX when one stands undated, INT32_MIN when there is none. */
int32_t kith_contexts_newest_risk(const kith_contexts *contexts);

/**
 * One item in a line: "school risk 3/1B, 2022-06-05, police CTX-2022-0003 (context:3): summary".
 * Conditions on which the item is shared stand at its end. A grade that is missing is written "ungraded", a severity that is missing "severity not given".
 */
void kith_item_describe(kith_text *text, const kith_item *item);

/** The parameters of a weighting as facts: K, U, L, cap, half_lives, grades. */
void kith_weigh_options_facts(kith_table *table, const kith_weigh_options *options);

/**
 * The answer of `kith weigh`: five rows, what they rest on, and how far to trust it.
 *
 * table  out, added to: columns context, share, own_share, risk, protective, items, recorded;
 *        facts: lead, verdict, runs, parameters; notes: the items the lead hangs on,
 *        interplay, strengths, opinions, what was listed and not counted, scales, limits.
 */
kith_status kith_contexts_table(kith_table *table, const kith_contexts *contexts,
                                const kith_weigh *weigh, kith_error *err);

#endif
