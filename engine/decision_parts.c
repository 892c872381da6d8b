/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decision_parts.c: who is one by the confirmed pairs, and which refusal that contradicts.
 *
 * Confirmed pairs are the edges of a graph; its parts are the people. Every refusal must
 * have its two records in two parts; the path between them that a fault would make is
 * found and named. */
#include <stdlib.h>
#include <string.h>

#include "decision_private.h"
#include "kith/text.h"

static int by_row(const void *a, const void *b)
{
    const decision_node *left = a, *right = b;

    return (left->row > right->row) - (left->row < right->row);
}

uint32_t decision_node_of(const decision_desk *d, int64_t row)
{
    const decision_node key = { .row = row };

    return (uint32_t)((decision_node *)bsearch(&key, d->nodes, d->node_count, sizeof key, by_row) - d->nodes);
}

uint32_t decision_part_of(decision_desk *d, uint32_t n)
{
    while (d->nodes[n].part != n) {
        d->nodes[n].part = d->nodes[d->nodes[n].part].part;
        n = d->nodes[n].part;
    }
    return n;
}

/* The part is named after the smallest id in it. */
static void join(decision_desk *d, uint32_t a, uint32_t b)
{
    const uint32_t x = decision_part_of(d, a), y = decision_part_of(d, b);

    if (x == y)
        return;
    if (strcmp(d->nodes[x].id, d->nodes[y].id) < 0)
        d->nodes[y].part = x;
    else
        d->nodes[x].part = y;
}

kith_status decision_make_parts(decision_desk *d)
{
    size_t kept = 0;

    d->nodes = malloc((d->edge_count * 2 + 1) * sizeof *d->nodes);
    if (d->nodes == NULL)
        return kith_no_memory(d->err);
    for (size_t i = 0; i < d->edge_count; i++) {
        d->nodes[d->node_count++] = (decision_node){ .row = d->edges[i].one, .id = d->edges[i].one_id };
        d->nodes[d->node_count++] = (decision_node){ .row = d->edges[i].other, .id = d->edges[i].other_id };
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
            join(d, decision_node_of(d, d->edges[i].one), decision_node_of(d, d->edges[i].other));
    return KITH_OK;
}

/* Leads from `from` to all nodes of its part by confirmed edges; rounds over all edges,
 * of which there are as many as people have confirmed by hand. */
static void find_paths(decision_desk *d, uint32_t from)
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
            decision_node *one = &d->nodes[decision_node_of(d, d->edges[i].one)];
            decision_node *other = &d->nodes[decision_node_of(d, d->edges[i].other)];
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

/* "C is B is A": the path that find_paths found; of a long one both its ends, so that a
 * message holds it whole. */
static void add_chain(kith_text *chain, const decision_desk *d, uint32_t from, uint32_t to)
{
    enum { SHOWN = 3 }; /* at each end */
    size_t length = 1, at = 0;

    for (uint32_t n = to; n != from; n = d->nodes[n].before)
        length++;
    for (uint32_t n = to; n != from; n = d->nodes[n].before, at++) {
        if (length <= 2 * SHOWN + 1 || at < SHOWN || at + SHOWN >= length)
            kith_text_format(chain, "%s is ", d->nodes[n].id);
        else if (at == SHOWN)
            kith_text_format(chain, "... (%zu more) ... is ", length - 2 * SHOWN);
    }
    kith_text_add(chain, d->nodes[from].id);
}

static kith_status say_chain(decision_desk *d, const decision_edge *refusal)
{
    const uint32_t from = decision_node_of(d, refusal->one);
    kith_text chain = { 0 };

    find_paths(d, from);
    add_chain(&chain, d, from, decision_node_of(d, refusal->other));
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

kith_status decision_check_refusals(decision_desk *d)
{
    for (size_t i = 0; i < d->edge_count; i++) {
        const decision_edge *e = &d->edges[i];
        const uint32_t one = decision_node_of(d, e->one), other = decision_node_of(d, e->other);
        if (!e->same && decision_part_of(d, one) == decision_part_of(d, other))
            return say_chain(d, e);
    }
    return KITH_OK;
}

