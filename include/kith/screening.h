/* SPDX-License-Identifier: GPL-3.0-or-later */
/* screening.h: a partnership's own criteria, which of them a record meets, and the step that
 * its own rules give for them (R47).
 *
 * Two rule files, both local policy; Kith's are an example. A criterion is met, not met or
 * not known: that nothing is recorded is not a no (R34). Criteria are never counted, added
 * up or compared between children: a step names those that it rests on, and nothing else. */
#ifndef KITH_SCREENING_H
#define KITH_SCREENING_H

#include "kith/store.h"
#include "kith/table.h"

enum { KITH_CRITERIA_MAX = 12 };

typedef struct kith_screening kith_screening;

/**
 * Reads both files; NULL is Kith's example (engine/forms/screening.csv, steps.csv).
 *
 * Criteria have the columns criterion, way, looks_at, is, from, to, days, says. Lines of
 * one criterion and way are all needed; one way is enough. looks_at is
 *   flag   a flag of this name holds on the as-of date
 *   event  at least `from` events of this kind in the `days` before and with the as-of date
 *   age    from `from` to `to` years old
 *   form   at least `from` ticks in this list, or of this item, on the newest form
 * and `is` names what it looks for, a/b for either; of a form GAT.strong or CSE.high.3.
 *
 * Steps have the columns step, when, sentence, the lowest step first. `when` is criteria
 * joined by +, each with `not ` before it or without, or `otherwise`.
 *
 * Returns KITH_OK, KITH_INPUT with file and line, KITH_IO, KITH_NO_MEMORY.
 */
kith_status kith_screening_read(kith_screening **screening, const char *criteria,
                                const char *steps, kith_error *err);
void kith_screening_free(kith_screening *screening);

/**
 * Looks at every set of criteria that can be met.
 *
 * A gap fits no step. An overlap fits several. A set is not_monotone when with one criterion
 * less the step is a higher one.
 *
 * table  out: kind, met (criteria joined by +), step, detail.
 * found  out: rows.
 */
kith_status kith_screening_check(kith_table *table, size_t *found,
                                 const kith_screening *screening, kith_error *err);

/**
 * The criteria for one person on the as-of date, and the step.
 *
 * The step is said when it is the same whatever the answers that are not known; else the
 * criteria on which it depends are. What is graded E counts for nothing.
 *
 * table  out: what (criterion, step), item, answer, evidence (record ids joined by ;), text.
 * Returns KITH_NOT_FOUND, KITH_USAGE when the id is not a person's, KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_screen(kith_table *table, kith_store *store, const kith_view *view,
                        const char *person, const kith_screening *screening, kith_error *err);

#endif
