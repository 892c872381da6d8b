/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cohort.h: people, or places, who are looked at together. */
#ifndef KITH_ENGINE_COHORT_H
#define KITH_ENGINE_COHORT_H

#include <stddef.h>
#include <stdint.h>

#include "kith/store.h"

/** Rows of entity, each of a record that stands for itself and others. Free rows. */
typedef struct cohort {
    int64_t *rows;
    size_t count, room;
} cohort;

kith_status cohort_add(cohort *who, int64_t row, kith_error *err);

/** Adds the record that stands for a record. */
kith_status cohort_add_leader(cohort *who, kith_store *store, const kith_view *view, int64_t row,
                              kith_error *err);

/** Adds those with a member_of link to a group that holds on a day and is not graded E. */
kith_status cohort_add_members(cohort *who, kith_store *store, const kith_view *view,
                               int64_t group, int32_t day, kith_error *err);

/** Puts the rows in ascending order, each once. */
void cohort_settle(cohort *who);

#endif
