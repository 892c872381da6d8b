/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decision.h: what people decided of two records: one, or not one.
 *
 * Nothing is joined but by a decision, and none changes a record: confirmed records are
 * read as one (network.h), under the smallest of their ids, and come apart again when the
 * decision is taken back. A refusal holds until it is taken back, and through any chain:
 * when A is B and B is C, A cannot be refused to be C, nor the other way round.
 *
 * Each function is one change of the hub, all of it or nothing. Ids are as in record.h.
 * Failures: KITH_NOT_FOUND for an id; KITH_USAGE for records of two kinds, one record, or
 * a kind that is not linked (only people and places are); KITH_POLICY, naming the
 * decisions in the way. */
#ifndef KITH_DECISION_H
#define KITH_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/network.h"
#include "kith/store.h"

typedef struct kith_decision {
    int64_t one, other; /* rows of entity, one < other */
    kith_kind kind;
    bool same;
} kith_decision;

typedef struct kith_decisions {
    kith_decision *list; /* by rows */
    size_t count;
} kith_decisions;

/** Confirms that two records are one. now: seconds UTC. Nothing changes when they are already. */
kith_status kith_decision_confirm(kith_store *store, const kith_view *view, const char *a,
                                  const char *b, int64_t now, kith_error *err);

/** Refuses that two records are one. */
kith_status kith_decision_refuse(kith_store *store, const kith_view *view, const char *a,
                                 const char *b, int64_t now, kith_error *err);

/** Writes down anew what follows from the decisions, after some were erased; inside a change. */
kith_status kith_decisions_renew(kith_store *store, const kith_view *view, kith_error *err);

/** Takes back what was decided of exactly these two. KITH_NOT_FOUND when nothing was. */
kith_status kith_decision_undo(kith_store *store, const kith_view *view, const char *a,
                               const char *b, int64_t now, kith_error *err);

/** The decisions that hold. Free with kith_decisions_free. */
kith_status kith_decisions_read(kith_decisions *decisions, kith_store *store,
                                const kith_view *view, kith_error *err);

/** What was decided of two records, or NULL. Cost: O(log n). */
const kith_decision *kith_decisions_find(const kith_decisions *decisions, int64_t a, int64_t b);

void kith_decisions_free(kith_decisions *decisions);

#endif
