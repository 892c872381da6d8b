/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcomes_private.h: what the files of outcomes share. */
#ifndef KITH_OUTCOMES_PRIVATE_H
#define KITH_OUTCOMES_PRIVATE_H

#include "cohort.h"
#include "kith/outcomes.h"

/** First and last day of any event; INT32_MIN when there is none. */
kith_status outcomes_span(int32_t *first, int32_t *last, kith_store *store, const kith_view *view,
                          kith_error *err);

/** KITH_USAGE when periods are none, out of order, overlap or end after as-of. */
kith_status outcomes_check_periods(const kith_periods *periods, int32_t as_of, kith_error *err);

/**
 * Whom or what the ids stand for, into outcomes->kind, followed and group.
 *
 * who  out: rows ascending; free them, also after a failure.
 */
kith_status outcomes_cohort(cohort *who, kith_outcomes *outcomes, kith_store *store,
                            const kith_view *view, char *const *ids, size_t id_count,
                            kith_error *err);

#endif
