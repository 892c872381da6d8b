/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decision.c: confirming, refusing, and what follows.
 *
 * Confirmed pairs are the edges of a graph; its parts are the people. A change is tried
 * first: the parts are made with it, and every refusal must have its two records in two
 * parts. The path between them that a fault would make is found and named. Then the parts
 * are written down, so that every reader finds them without counting edges. */
#include "kith/decision.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kith/date.h"
#include "kith/record.h"
#include "kith/text.h"

typedef struct edge {
    int64_t one, other;
    kith_kind kind;
    char *one_id, *other_id, *user, *decided_at;
    bool same;
} edge;

typedef struct node {
    int64_t row;
    const char *id;
    uint32_t part;   /* a node of the same part, up to the one with the smallest id */
    uint32_t before; /* on a path under way */
} node;

typedef struct desk {
    kith_store *store;
    const kith_view *view;
    kith_error *err;
    int64_t a, b; /* rows in question, a < b */
    kith_kind kind;
    char now[KITH_TIME_SIZE];
    edge *edges;
    size_t edge_count, edge_room;
    node *nodes; /* by row */
    size_t node_count;
} desk;

static void free_edge(edge *e)
{
    free(e->one_id);
    free(e->other_id);
    free(e->user);
    free(e->decided_at);
}

static void forget_edges(desk *d)
{
    for (size_t i = 0; i < d->edge_count; i++)
        free_edge(&d->edges[i]);
    d->edge_count = 0;
}

static void close_desk(desk *d)
{
    forget_edges(d);
    free(d->edges);
    free(d->nodes);
}

static char *copy(const char *text)
{
    return text != NULL ? strdup(text) : NULL;
}

static kith_status add_edge(desk *d, edge made)
{
    bool whole = made.one_id != NULL && made.other_id != NULL && made.user != NULL &&
                 made.decided_at != NULL;

    if (whole && d->edge_count == d->edge_room) {
        edge *grown = realloc(d->edges, (d->edge_room * 2 + 16) * sizeof *grown);
        whole = grown != NULL;
        d->edges = whole ? grown : d->edges;
        d->edge_room = whole ? d->edge_room * 2 + 16 : d->edge_room;
    }
    if (!whole) {
        free_edge(&made);
        return kith_no_memory(d->err);
    }
    d->edges[d->edge_count++] = made;
    return KITH_OK;
}

/* The decisions as the hub has them now. */
static kith_status read_edges(desk *d)
{
    kith_rows *rows;

    forget_edges(d);
    kith_status status = kith_store_read(&rows, d->store, d->view, KITH_QUERY_DECISION_ALL, d->err);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows))
        status = add_edge(d, (edge){ .one = kith_rows_integer(rows, 0),
                                     .other = kith_rows_integer(rows, 1),
                                     .kind = (kith_kind)kith_rows_integer(rows, 2),
                                     .one_id = copy(kith_rows_text(rows, 3)),
                                     .other_id = copy(kith_rows_text(rows, 4)),
                                     .same = kith_rows_integer(rows, 5) != 0,
                                     .user = copy(kith_rows_text(rows, 6)),
                                     .decided_at = copy(kith_rows_text(rows, 7)) });
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? d->err : NULL);
    return status == KITH_OK ? end : status;
}

static kith_status find_both(desk *d, const char *a, const char *b)
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
static kith_status open_desk(desk *d, kith_store *store, const kith_view *view, const char *a,
                             const char *b, int64_t now, kith_error *err)
{
    const time_t time = (time_t)now;
    struct tm utc;

    *d = (desk){ .store = store, .view = view, .err = err };
    gmtime_r(&time, &utc);
    strftime(d->now, sizeof d->now, "%Y-%m-%dT%H:%M:%SZ", &utc);
    kith_status status = kith_store_begin(store, err);
    if (status == KITH_OK)
        status = find_both(d, a, b);
    return status == KITH_OK ? read_edges(d) : status;
}

/* The decision about the two in question, or NULL. */
static const edge *decided(const desk *d)
{
    for (size_t i = 0; i < d->edge_count; i++)
        if (d->edges[i].one == d->a && d->edges[i].other == d->b)
            return &d->edges[i];
    return NULL;
}

static int by_row(const void *a, const void *b)
{
    const node *left = a, *right = b;

    return (left->row > right->row) - (left->row < right->row);
}

static uint32_t node_of(const desk *d, int64_t row)
{
    const node key = { .row = row };

    return (uint32_t)((node *)bsearch(&key, d->nodes, d->node_count, sizeof key, by_row) - d->nodes);
}

static uint32_t part_of(desk *d, uint32_t n)
{
    while (d->nodes[n].part != n) {
        d->nodes[n].part = d->nodes[d->nodes[n].part].part;
        n = d->nodes[n].part;
    }
    return n;
}

/* The part is named after the smallest id in it. */
static void join(desk *d, uint32_t a, uint32_t b)
{
    const uint32_t x = part_of(d, a), y = part_of(d, b);

    if (x == y)
        return;
    if (strcmp(d->nodes[x].id, d->nodes[y].id) < 0)
        d->nodes[y].part = x;
    else
        d->nodes[x].part = y;
}

static kith_status make_parts(desk *d)
{
    size_t kept = 0;

    d->nodes = malloc((d->edge_count * 2 + 1) * sizeof *d->nodes);
    if (d->nodes == NULL)
        return kith_no_memory(d->err);
    for (size_t i = 0; i < d->edge_count; i++) {
        d->nodes[d->node_count++] = (node){ .row = d->edges[i].one, .id = d->edges[i].one_id };
        d->nodes[d->node_count++] = (node){ .row = d->edges[i].other, .id = d->edges[i].other_id };
    }
    qsort(d->nodes, d->node_count, sizeof *d->nodes, by_row);
    for (size_t i = 0; i < d->node_count; i++)
        if (kept == 0 || d->nodes[kept - 1].row != d->nodes[i].row)
            d->nodes[kept++] = d->nodes[i];
    d->node_count = kept;
    for (uint32_t n = 0; n < kept; n++)
        d->nodes[n].part = n;
    for (size_t i = 0; i < d->edge_count; i++)
        if (d->edges[i].same)
            join(d, node_of(d, d->edges[i].one), node_of(d, d->edges[i].other));
    return KITH_OK;
}

/* Leads from `from` to all nodes of its part by confirmed edges; rounds over all edges,
 * of which there are as many as people have confirmed by hand. */
static void find_paths(desk *d, uint32_t from)
{
    bool grown = true;

    for (uint32_t n = 0; n < d->node_count; n++)
        d->nodes[n].before = KITH_NOTHING;
    d->nodes[from].before = from;
    while (grown) {
        grown = false;
        for (size_t i = 0; i < d->edge_count; i++) {
            if (!d->edges[i].same)
                continue;
            node *one = &d->nodes[node_of(d, d->edges[i].one)];
            node *other = &d->nodes[node_of(d, d->edges[i].other)];
            if ((one->before == KITH_NOTHING) == (other->before == KITH_NOTHING))
                continue;
            if (one->before == KITH_NOTHING)
                one->before = (uint32_t)(other - d->nodes);
            else
                other->before = (uint32_t)(one - d->nodes);
            grown = true;
        }
    }
}

/* "C is B is A": the path from one end of a refusal to the other. */
static kith_status say_chain(desk *d, const edge *refusal)
{
    const uint32_t from = node_of(d, refusal->one);
    kith_text chain = { 0 };
    uint32_t n = node_of(d, refusal->other);

    find_paths(d, from);
    for (; n != from; n = d->nodes[n].before)
        kith_text_format(&chain, "%s is ", d->nodes[n].id);
    kith_text_add(&chain, d->nodes[from].id);
    const kith_status status =
        chain.failed ? kith_no_memory(d->err)
                     : kith_fail(d->err, KITH_POLICY,
                                 "%s, while %s refused on %.10s that %s is %s; nothing is changed: take one of "
                                 "these decisions back with `kith link undo` first",
                                 chain.data, refusal->user, refusal->decided_at, refusal->one_id,
                                 refusal->other_id);
    kith_text_free(&chain);
    return status;
}

static kith_status check_refusals(desk *d)
{
    for (size_t i = 0; i < d->edge_count; i++) {
        const edge *e = &d->edges[i];
        if (!e->same && part_of(d, node_of(d, e->one)) == part_of(d, node_of(d, e->other)))
            return say_chain(d, e);
    }
    return KITH_OK;
}

/* Writes down each part of two records or more. */
static kith_status write_parts(desk *d)
{
    kith_change *clear, *add;
    kith_status status = kith_store_change(&clear, d->store, KITH_QUERY_SAMENESS_CLEAR, d->err);

    if (status == KITH_OK)
        status = kith_change_run(clear, NULL, d->err);
    if (status == KITH_OK)
        status = kith_store_change(&add, d->store, KITH_QUERY_SAMENESS_ADD, d->err);
    for (size_t i = 0; status == KITH_OK && i < d->edge_count; i++) {
        if (d->edges[i].same) /* marks the records that are confirmed with another */
            d->nodes[node_of(d, d->edges[i].one)].before =
                d->nodes[node_of(d, d->edges[i].other)].before = 0;
    }
    for (uint32_t n = 0; status == KITH_OK && n < d->node_count; n++) {
        if (d->nodes[n].before != 0)
            continue;
        kith_change_integer(add, 1, d->nodes[n].row);
        kith_change_integer(add, 2, d->nodes[part_of(d, n)].row);
        status = kith_change_run(add, NULL, d->err);
    }
    return status;
}

static kith_status settle(desk *d)
{
    kith_status status = make_parts(d);

    if (status == KITH_OK)
        status = check_refusals(d);
    for (uint32_t n = 0; n < d->node_count; n++)
        d->nodes[n].before = KITH_NOTHING;
    return status == KITH_OK ? write_parts(d) : status;
}

static kith_status write_decision(desk *d, bool same)
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

static kith_status decide(desk *d, bool same)
{
    const edge *before = decided(d);

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
        status = read_edges(d);
    return status == KITH_OK ? settle(d) : status;
}

static kith_status take_back(desk *d, const char *a, const char *b)
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
        status = read_edges(d);
    return status == KITH_OK ? settle(d) : status;
}

static kith_status close_change(desk *d, kith_status status)
{
    if (status == KITH_OK)
        status = kith_store_commit(d->store, d->err);
    else
        kith_store_rollback(d->store);
    close_desk(d);
    return status;
}

kith_status kith_decision_confirm(kith_store *store, const kith_view *view, const char *a,
                                  const char *b, int64_t now, kith_error *err)
{
    desk d;
    const kith_status status = open_desk(&d, store, view, a, b, now, err);

    return close_change(&d, status == KITH_OK ? decide(&d, true) : status);
}

kith_status kith_decision_refuse(kith_store *store, const kith_view *view, const char *a,
                                 const char *b, int64_t now, kith_error *err)
{
    desk d;
    const kith_status status = open_desk(&d, store, view, a, b, now, err);

    return close_change(&d, status == KITH_OK ? decide(&d, false) : status);
}

kith_status kith_decision_undo(kith_store *store, const kith_view *view, const char *a,
                               const char *b, int64_t now, kith_error *err)
{
    desk d;
    const kith_status status = open_desk(&d, store, view, a, b, now, err);

    return close_change(&d, status == KITH_OK ? take_back(&d, a, b) : status);
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
    desk d = { .store = store, .view = view, .err = err };
    kith_status status = read_edges(&d);

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
    close_desk(&d);
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
