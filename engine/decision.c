/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decision.c: confirming, refusing, and what follows.
 *
 * A change is tried first: the parts that the confirmed pairs make are made with it, and no
 * refusal may stand inside one. Then the parts are written down, so that every reader finds
 * them without counting edges. */
#include "kith/decision.h"

#include <stdlib.h>

#include "decision_private.h"
#include "kith/audit.h"
#include "kith/record.h"

static kith_status find_both(decision_desk *d, const char *a, const char *b)
{
    kith_kind other;
    kith_status status = kith_record_find(&d->kind, &d->a, d->store, d->view, a, d->err);

    if (status == KITH_OK)
        status = kith_record_find(&other, &d->b, d->store, d->view, b, d->err);
    if (status != KITH_OK)
        return status;
    if (d->kind != other)
        return kith_fail(d->err, KITH_USAGE, "%s is a %s and %s is a %s; only records of one kind can be one",
                         a, kith_kind_word[d->kind], b, kith_kind_word[other]);
    if (d->kind != KITH_PERSON && d->kind != KITH_LOCATION)
        return kith_fail(d->err, KITH_USAGE, "%s is a %s; only people and places are linked", a,
                         kith_kind_word[d->kind]);
    if (d->a == d->b)
        return kith_fail(d->err, KITH_USAGE, "%s and %s are the same record; two are needed", a, b);
    if (d->a > d->b) {
        const int64_t row = d->a;
        d->a = d->b;
        d->b = row;
    }
    return KITH_OK;
}

/* Reads under the lock that begin takes, so that two programs cannot decide past each other. */
static kith_status open_desk(decision_desk *d, kith_store *store, const kith_view *view, const char *a,
                             const char *b, int64_t now, kith_error *err)
{
    *d = (decision_desk){ .store = store, .view = view, .writes = true, .err = err };
    kith_moment_write(d->now, now);
    kith_status status = kith_store_begin(store, err);
    if (status == KITH_OK)
        status = find_both(d, a, b);
    return status == KITH_OK ? decision_read_edges(d) : status;
}

/* The decision about the two in question, or NULL. */
static const decision_edge *decided(const decision_desk *d)
{
    for (size_t i = 0; i < d->edge_count; i++)
        if (d->edges[i].one == d->a && d->edges[i].other == d->b)
            return &d->edges[i];
    return NULL;
}

/* Writes down each part of two records or more. */
static kith_status write_parts(decision_desk *d)
{
    kith_change *clear, *add;
    kith_status status = kith_store_change(&clear, d->store, KITH_QUERY_SAMENESS_CLEAR, d->err);

    if (status == KITH_OK)
        status = kith_change_run(clear, NULL, d->err);
    if (status == KITH_OK)
        status = kith_store_change(&add, d->store, KITH_QUERY_SAMENESS_ADD, d->err);
    for (size_t i = 0; status == KITH_OK && i < d->edge_count; i++) {
        if (d->edges[i].same) /* marks the records that are confirmed with another */
            d->nodes[decision_node_of(d, d->edges[i].one)].before =
                d->nodes[decision_node_of(d, d->edges[i].other)].before = 0;
    }
    for (uint32_t n = 0; status == KITH_OK && n < d->node_count; n++) {
        if (d->nodes[n].before != 0)
            continue;
        kith_change_integer(add, 1, d->nodes[n].row);
        kith_change_integer(add, 2, d->nodes[decision_part_of(d, n)].row);
        status = kith_change_run(add, NULL, d->err);
    }
    return status;
}

static kith_status settle(decision_desk *d)
{
    kith_status status = decision_make_parts(d);

    if (status == KITH_OK)
        status = decision_check_refusals(d);
    for (uint32_t n = 0; n < d->node_count; n++)
        d->nodes[n].before = KITH_NOTHING;
    return status == KITH_OK ? write_parts(d) : status;
}

static kith_status write_decision(decision_desk *d, bool same)
{
    kith_change *change;
    const kith_status status = kith_store_change(&change, d->store, KITH_QUERY_DECISION_ADD, d->err);

    if (status != KITH_OK)
        return status;
    kith_change_integer(change, 1, d->a);
    kith_change_integer(change, 2, d->b);
    kith_change_integer(change, 3, same);
    kith_change_text(change, 4, d->view->user);
    kith_change_text(change, 5, d->view->purpose);
    kith_change_text(change, 6, d->now);
    return kith_change_run(change, NULL, d->err);
}

static kith_status decide(decision_desk *d, bool same)
{
    const decision_edge *before = decided(d);

    if (before != NULL && before->same == same)
        return KITH_OK;
    if (before != NULL)
        return kith_fail(d->err, KITH_POLICY,
                         "%s and %s were %s by %s on %.10s; nothing is changed: take that back with "
                         "`kith link undo %s %s` first",
                         before->one_id, before->other_id, same ? "refused" : "confirmed",
                         before->user, before->decided_at, before->one_id, before->other_id);
    kith_status status = write_decision(d, same);
    if (status == KITH_OK)
        status = decision_read_edges(d);
    return status == KITH_OK ? settle(d) : status;
}

static kith_status take_back(decision_desk *d, const char *a, const char *b)
{
    kith_change *change;

    if (decided(d) == NULL)
        return kith_fail(d->err, KITH_NOT_FOUND, "nothing was decided of %s and %s", a, b);
    kith_status status = kith_store_change(&change, d->store, KITH_QUERY_DECISION_UNDO, d->err);
    if (status != KITH_OK)
        return status;
    kith_change_text(change, 1, d->now);
    kith_change_text(change, 2, d->view->user);
    kith_change_integer(change, 3, d->a);
    kith_change_integer(change, 4, d->b);
    status = kith_change_run(change, NULL, d->err);
    if (status == KITH_OK)
        status = decision_read_edges(d);
    return status == KITH_OK ? settle(d) : status;
}

static kith_status log_act(decision_desk *d, const char *what, const char *a, const char *b)
{
    const char *const ids[] = { kith_record_bare_id(a), kith_record_bare_id(b) };

    return kith_audit_add(d->store,
                          &(kith_audit_entry){ .act = KITH_AUDIT_COMBINATION,
                                               .what = what,
                                               .why = d->view->purpose,
                                               .ids = ids,
                                               .id_count = 2 },
                          d->err);
}

static kith_status close_change(decision_desk *d, kith_status status)
{
    if (status == KITH_OK)
        status = kith_store_commit(d->store, d->err);
    else
        kith_store_rollback(d->store);
    decision_close_desk(d);
    return status;
}

kith_status kith_decision_confirm(kith_store *store, const kith_view *view, const char *a,
                                  const char *b, int64_t now, kith_error *err)
{
    decision_desk d;
    kith_status status = open_desk(&d, store, view, a, b, now, err);

    if (status == KITH_OK)
        status = decide(&d, true);
    if (status == KITH_OK)
        status = log_act(&d, "link confirm", a, b);
    return close_change(&d, status);
}

kith_status kith_decision_refuse(kith_store *store, const kith_view *view, const char *a,
                                 const char *b, int64_t now, kith_error *err)
{
    decision_desk d;
    kith_status status = open_desk(&d, store, view, a, b, now, err);

    if (status == KITH_OK)
        status = decide(&d, false);
    if (status == KITH_OK)
        status = log_act(&d, "link refuse", a, b);
    return close_change(&d, status);
}

kith_status kith_decision_undo(kith_store *store, const kith_view *view, const char *a,
                               const char *b, int64_t now, kith_error *err)
{
    decision_desk d;
    kith_status status = open_desk(&d, store, view, a, b, now, err);

    if (status == KITH_OK)
        status = take_back(&d, a, b);
    if (status == KITH_OK)
        status = log_act(&d, "link undo", a, b);
    return close_change(&d, status);
}

kith_status kith_decisions_renew(kith_store *store, const kith_view *view, kith_error *err)
{
    decision_desk d = { .store = store, .view = view, .err = err };
    kith_status status = decision_read_edges(&d);

    if (status == KITH_OK)
        status = settle(&d);
    decision_close_desk(&d);
    return status;
}

static int by_rows(const void *a, const void *b)
{
    const kith_decision *left = a, *right = b;

    if (left->one != right->one)
        return left->one < right->one ? -1 : 1;
    return (left->other > right->other) - (left->other < right->other);
}

kith_status kith_decisions_read(kith_decisions *decisions, kith_store *store,
                                const kith_view *view, kith_error *err)
{
    decision_desk d = { .store = store, .view = view, .err = err };
    kith_status status = decision_read_edges(&d);

    *decisions = (kith_decisions){ 0 };
    if (status == KITH_OK) {
        decisions->list = malloc((d.edge_count + 1) * sizeof *decisions->list);
        status = decisions->list == NULL ? kith_no_memory(err) : KITH_OK;
    }
    for (size_t i = 0; status == KITH_OK && i < d.edge_count; i++)
        decisions->list[decisions->count++] =
            (kith_decision){ d.edges[i].one, d.edges[i].other, d.edges[i].kind, d.edges[i].same };
    if (decisions->count > 0)
        qsort(decisions->list, decisions->count, sizeof *decisions->list, by_rows);
    decision_close_desk(&d);
    return status;
}

const kith_decision *kith_decisions_find(const kith_decisions *decisions, int64_t a, int64_t b)
{
    const kith_decision key = { .one = a < b ? a : b, .other = a < b ? b : a };

    return decisions->count == 0 ? NULL
                                 : bsearch(&key, decisions->list, decisions->count, sizeof key, by_rows);
}

void kith_decisions_free(kith_decisions *decisions)
{
    free(decisions->list);
    *decisions = (kith_decisions){ 0 };
}
