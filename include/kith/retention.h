/* SPDX-License-Identifier: GPL-3.0-or-later */
/* retention.h: how long what is held is kept, and by what right (R60).
 *
 * A table of rules in the hub says of each record which review group it is of, by its kind, word, role
 * and source: the first rule that fits. A group has a number of clear years: a person is due for
 * review when all that is recorded of them is as old. A new record begins the years anew. The day
 * of a record is the one it is of, or ended; without one the day it was recorded, or loaded. A group
 * without years is never due, and is counted. The rules that a new hub has are where to begin, not law.
 *
 * A review is somebody's decision, with a reason: to keep until a day, or to erase. Nothing is erased by it,
 * nor by a day passing: `kith erase` does that, and a person does it. Records that were confirmed to be one
 * person are reviewed as one.
 *
 * Tables are made by each call: free with kith_table_free, also after a failure. */
#ifndef KITH_RETENTION_H
#define KITH_RETENTION_H

#include <stdio.h>

#include "kith/network.h"
#include "kith/store.h"
#include "kith/table.h"

enum { KITH_REVIEW_REASON_SIZE = 4000 /* bytes of a reason, at most */ };

typedef struct kith_due_options {
    kith_kind kind; /* people, places, groups or objects; 0: people */
    int days;       /* and what falls due so many days after as-of */
    bool all;       /* and what is kept */
} kith_due_options;

/**
 * Who is due for review on as-of, or in some days after it: id, state, review_on, group, last, rule, records,
 * keep_until, controllers, decision, reason; the longest due first, then by id.
 *
 * state        "review"; "to be erased" when a review decided so; with all, "kept" for the others.
 * records      of a person the events, links, contexts and what else is of them; of a place also the events there.
 * last         the day of the record that decides, rule the words of its rule.
 * keep_until   the day before which the rule keeps the record, by the person's age; "" without one.
 * controllers  who decides, of the sources of the records (kith_source_list); "?" where it is not said.
 * decision     the last review's, with its day.
 * Cost: one pass over every record.
 */
kith_status kith_retention_due(kith_table *table, kith_store *store, const kith_view *view,
                               const kith_due_options *options, kith_error *err);

/**
 * The records of one person, place, group or object, with the rule of each: date, kind, word, role, source, group, rule, review_on.
 *
 * Returns KITH_NOT_FOUND for an id that nothing has, or an event.
 */
kith_status kith_retention_of(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                              kith_error *err);

/**
 * Whose links and events have all expired before the view's window (R61): id, last, why, by id. They have no tie
 * and no event in what is computed of the window. What has no day or no end never expires; whoever has no
 * link and no event has not left, but was never there.
 *
 * id  only this person's; NULL for everybody's.
 */
kith_status kith_retention_left(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                                kith_error *err);

/**
 * The same people as a mark on each thing of a network, for pictures and measures of its window, which leave
 * out who is in none of it (kith_layer_options).
 *
 * expired  out: thing_count marks, none with all dates; free with free().
 * count    out: how many are marked.
 * Cost: one pass over participations and links.
 */
kith_status kith_retention_expired(bool **expired, size_t *count, kith_store *store, const kith_network *network,
                                   kith_error *err);

/** What reviews decided up to as-of, the newest first: id, on, decision, until, reason, by. */
kith_status kith_retention_decisions(kith_table *table, kith_store *store, const kith_view *view, kith_error *err);

/** The rules, in the order in which they are tried, with the columns of the file. */
kith_status kith_retention_rules(kith_table *table, kith_store *store, const kith_view *view, kith_error *err);

/**
 * Sets other rules: a CSV file of the columns review_group, years, until_age, kind, word, role, source, label. What is
 * blank fits everything; years and until_age are blank for none.
 *
 * Returns KITH_INPUT with file, line and remedy; the rules are then as before.
 */
kith_status kith_retention_set(kith_store *store, const kith_view *view, FILE *in, const char *name, kith_error *err);

typedef struct kith_review {
    bool erase;      /* else keep until */
    int32_t until;   /* after view->as_of */
    const char *reason;
} kith_review;

/**
 * Records what a review on view->as_of decided of a person, place, group or object.
 *
 * now  seconds UTC. Returns KITH_NOT_FOUND; KITH_USAGE without a reason, for an event, or a day that is not
 * after as-of.
 */
kith_status kith_retention_decide(kith_store *store, const kith_view *view, const char *id, const kith_review *review,
                                  int64_t now, kith_error *err);

/* By what right a source's records are held. */
typedef struct kith_source_right {
    const char *source;     /* as in the column source */
    const char *held_for;   /* the purpose */
    const char *basis;      /* one of kith_basis_words */
    const char *controller; /* who answers for it */
    int32_t review_on;      /* when it is looked at again; 0: not said */
} kith_source_right;

/** "consent", "legal-obligation", ... (UK GDPR article 6; "law-enforcement": DPA 2018 part 3); NULL ends them. */
extern const char *const kith_basis_words[];

/** Sets it, in the place of what was said before. KITH_USAGE for a text that is empty or too long, or another basis. */
kith_status kith_source_set(kith_store *store, const kith_view *view, const kith_source_right *right, int64_t now,
                            kith_error *err);

/** Whether from now on a load of a source without a right is refused; else it is warned of. */
kith_status kith_source_require(kith_store *store, bool needed, kith_error *err);

/** What a pack says of it: from, held for, basis, controller of each source that has sent records. */
kith_status kith_source_rights(kith_table *table, kith_store *store, const kith_view *view, kith_error *err);

/** Every source: source, held_for, basis, controller, review_on, by, at, state ("held", "to review", "not said"). */
kith_status kith_source_list(kith_table *table, kith_store *store, const kith_view *view, kith_error *err);

#endif
