/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check.h: what is wrong or missing in the data. */
#ifndef KITH_CHECK_H
#define KITH_CHECK_H

#include "kith/store.h"
#include "kith/table.h"

/**
 * Looks through the hub for faults and gaps.
 *
 * Each statement queries/check_*.sql is one check and gives severity, table, id, field
 * and message. Severities: CRITICAL (the picture is wrong), WARNING (it may be),
 * NOTE (how complete it is: R20). Rows come by severity, then table, field and id. Words that
 * blame a child, in free text and in kinds that Kith does not know, are notes (R67).
 *
 * Timed events of one person within an hour of each other are a WARNING when more than a
 * kilometre and more than 150 km/h lie between their places (WGS84 or National Grid); where
 * the distance is not known, a NOTE when they are in one minute. Records that were confirmed
 * to be one are read as one; where two of them differ in what a person has once, it is told.
 *
 * table    out: severity, table, id, field, message. The id is '' for what concerns
 *          many records.
 * found    out: rows that are CRITICAL or WARNING.
 * all      false: a note that more than three records have is one row, with their number and
 *          the first three of their ids.
 * terms    a file of terms as language.h reads it; NULL for Kith's own.
 * Cost: a few passes over each table.
 */
kith_status kith_check(kith_table *table, size_t *found, kith_store *store, const kith_view *view,
                       const char *terms, bool all, kith_error *err);

#endif
