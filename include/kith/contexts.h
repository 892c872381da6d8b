/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contexts.h: what is recorded about the contexts of one person, group or place.
 *
 * What practitioners entered about the subject, and beside it, marked with its rule, what
 * flows in from other records (evidence.h). The record id of what was entered is
 * "context:ROW"; of the rest an event's id, a link's id or "link:ROW", or "flag:ROW". */
#ifndef KITH_CONTEXTS_H
#define KITH_CONTEXTS_H

#include "kith/record.h"
#include "kith/store.h"
#include "kith/subject.h"
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
    kith_item *items; /* those entered in the order of their rows; then by rule and record */
    size_t count, room;
    size_t entered; /* the first so many were entered about the subject itself */
    struct kith_pool *pool; /* owns the items' texts */
    size_t later; /* entered items dated after as-of, left out */
    size_t older; /* entered items dated before the window, left out */
    size_t unplaced;           /* records that a rule fits, and no context is known for */
    size_t unplaced_strengths; /* those of them that protect */
    kith_text unplaced_named;  /* the first of these */
    kith_scale scales[KITH_RATER_COUNT]; /* of one person */
} kith_contexts;

struct kith_rules;

/**
 * Reads the evidence of a subject that a view may see, and its safety scales.
 *
 * contexts  out: free with kith_contexts_free. Items dated after as-of and before the
 *           view's first day are counted and left out; undated ones are standing facts.
 * rules     by which other records flow in (evidence.h); NULL for what was entered alone.
 * Returns KITH_OK, KITH_HUB, KITH_INPUT for an item in none of the five contexts (names
 * it), KITH_NO_MEMORY.
 */
kith_status kith_contexts_read(kith_contexts *contexts, kith_store *store, const kith_view *view,
                               const kith_subject *subject, const struct kith_rules *rules,
                               kith_error *err);
void kith_contexts_free(kith_contexts *contexts);

/** The newest day of what counts as risk or drives: INT32_MAX when one stands undated, INT32_MIN when there is none. */
int32_t kith_contexts_newest_risk(const kith_contexts *contexts);

/**
 * One item in a line: "school risk 3/1B, 2022-06-05, police CTX-2022-0003 (context:3): summary".
 * Conditions on which the item is shared stand at its end. A grade that is missing is written "ungraded", a severity that is missing "severity not given".
 */
void kith_item_describe(kith_text *text, const kith_item *item);

/**
 * Whether a lead is clear, also to those who entered what they know.
 *
 * Records add up by themselves, and what drives what only people can say: the lead of what
 * was entered, taken alone, must be clear too, and in the same context.
 *
 * entered  weighed on what was entered alone; NULL when that is all there is.
 */
bool kith_contexts_clear(const kith_weigh *weigh, const kith_weigh *entered);

/**
 * The answer of `kith weigh`: five rows, what they rest on, and how far to trust it.
 *
 * entered  as for kith_contexts_clear.
 * table    out, added to: columns context, share, own_share, risk, protective, items, recorded,
 *        agencies, newest, ungraded (a share), entered (items), and drives_home to
 *        drives_online, the matrix of interplay (J of row's context driving column's); facts: lead, verdict, runs, parameters; notes: the items the lead hangs on,
 *        interplay, strengths, opinions, what was listed and not counted, scales, limits.
 */
kith_status kith_contexts_table(kith_table *table, const kith_contexts *contexts,
                                const kith_weigh *weigh, const kith_weigh *entered,
                                kith_error *err);

/**
 * How the shares moved: the weighting on several days, and what was new between them.
 *
 * Days are every `step` days back from as-of, not before `first`. The people of the subject are the
 * same on all of them. Between two days shares move by what is new, by what has ended, and
 * by the half-lives alone.
 *
 * table  out, added to: columns on, home to online (shares), lead, verdict, items, new (items
 *        that were not there on the row before) and what_is_new (their records).
 * step   at least 1.
 */
kith_status kith_contexts_history(kith_table *table, kith_store *store, const kith_view *view,
                                  const kith_subject *subject, const struct kith_rules *rules,
                                  const kith_weigh_options *options, int32_t first, int32_t step,
                                  kith_error *err);

#endif
