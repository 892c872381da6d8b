/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_bridges.c: one record alone makes no two groups one.
 *
 * Two parts of a group may hang together by one tie, a bridge; or through one child, by no more
 * than one record weighs (a friendship, or an event that brought one of the one part together
 * with the other). One walk in depth finds both (Tarjan 1974): nothing below a tie that
 * the walk went down leads back above it. A part that hangs by one record through one child
 * is a group of its own when its members hold more than one record's worth to each other. All
 * bridges are taken out; then, from the strongest on, each is put back where a side is
 * smaller than the smallest group, so that whoever hangs on by one tie stays with whom they
 * are tied to the most. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kith/leiden.h"
#include "peers_private.h"

enum { SMALLEST = 3 }; /* members of a side that stands alone */

typedef struct bridge {
    float weight;
    uint32_t from, to; /* nodes of the compact graph */
} bridge;

typedef struct walk {
    const kith_compact *graph;
    uint32_t *group_of; /* one a node of the compact graph, as all below */
    uint32_t *number;   /* in the order of the walk, from 1; 0: not yet seen */
    uint32_t *low;      /* the least number that is reached from below */
    uint32_t *parent;
    size_t *next;       /* tie that is looked at next */
    double *back;       /* weight that leads back to a node from below, so far */
    double *mark;       /* the parent's when the walk went down */
    double *weight;     /* of the ties from below and from the node itself to lower numbers */
    uint32_t *below;    /* nodes, the node itself too */
    double *own;        /* of the ties from the node itself to lower numbers */
    bool *passed;       /* something below leads above the node */
    size_t left;        /* members of the group in hand that are not parted from it */
    double left_weight; /* of the ties among them */
    size_t parted;
    uint32_t *above;    /* towards the root of its part */
    uint32_t *size;     /* of a root's part */
    bridge *bridges;
    size_t bridge_count, bridge_room;
} walk;

static const double one_record = 1 + 1e-6; /* what a friendship weighs; floats round */

static uint32_t root_of(uint32_t *above, uint32_t v)
{
    while (above[v] != v)
        v = above[v] = above[above[v]];
    return v;
}

static void join(walk *w, uint32_t a, uint32_t b)
{
    const uint32_t x = root_of(w->above, a), y = root_of(w->above, b);
    const uint32_t into = x < y ? x : y, from = x < y ? y : x;

    if (x == y)
        return;
    w->above[from] = into;
    w->size[into] += w->size[from];
}

static bool add_bridge(walk *w, uint32_t v, uint32_t up, float weight)
{
    if (w->bridge_count == w->bridge_room) {
        const size_t room = w->bridge_room == 0 ? 64 : 2 * w->bridge_room;
        bridge *grown = realloc(w->bridges, room * sizeof *grown);
        if (grown == NULL)
            return false;
        w->bridges = grown;
        w->bridge_room = room;
    }
    w->bridges[w->bridge_count++] = (bridge){ weight, up < v ? up : v, up < v ? v : up };
    return true;
}

static bool holds(const walk *w, size_t nodes, double inside)
{
    return nodes >= SMALLEST && 2 * inside * w->graph->unit > one_record * (double)nodes;
}

/* Whether v and what is below, tied to the rest by a weight across, are a group of their own. */
static bool stands_alone(const walk *w, uint32_t v, double across)
{
    return across * w->graph->unit <= one_record && holds(w, w->below[v], w->weight[v] - across) &&
           holds(w, w->left - w->below[v], w->left_weight - w->weight[v]);
}

/* Goes back up from v, by a tie of a weight. False when there is no memory. */
static bool leave(walk *w, uint32_t v, float weight)
{
    const uint32_t up = w->parent[v];
    const double to_up = w->back[up] - w->mark[v] + weight;

    w->weight[v] += weight;
    w->own[v] += weight;
    const bool by_up = w->low[v] == w->number[up] && stands_alone(w, v, to_up);
    if (by_up || (!w->passed[v] && stands_alone(w, v, w->own[v]))) {
        w->left -= w->below[v];
        w->left_weight -= w->weight[v];
        w->parted++;
        return true;
    }
    w->passed[up] = w->passed[up] || w->low[v] < w->number[up];
    if (w->low[v] < w->low[up])
        w->low[up] = w->low[v];
    w->below[up] += w->below[v];
    w->weight[up] += w->weight[v];
    if (w->low[v] > w->number[up])
        return add_bridge(w, v, up, weight);
    join(w, v, up);
    return true;
}

/* Looks along a tie from v to a node that was seen before: one below, or one above. */
static void look_back(walk *w, uint32_t v, const kith_half *tie)
{
    if (w->number[tie->to] > w->number[v])
        return;
    if (w->number[tie->to] < w->low[v])
        w->low[v] = w->number[tie->to];
    w->back[tie->to] += tie->weight;
    w->weight[v] += tie->weight;
    w->own[v] += tie->weight;
}

static bool walk_from(walk *w, uint32_t start, uint32_t *seen)
{
    uint32_t v = start;

    w->parent[v] = v;
    w->number[v] = w->low[v] = ++*seen;
    for (;;) {
        if (w->next[v] < w->graph->first[v + 1]) {
            const kith_half *tie = &w->graph->halves[w->next[v]++];
            const uint32_t to = tie->to;
            if (w->group_of[to] != w->group_of[v] || to == w->parent[v])
                continue;
            if (w->number[to] != 0) {
                look_back(w, v, tie);
                continue;
            }
            w->parent[to] = v;
            w->mark[to] = w->back[v];
            w->number[to] = w->low[to] = ++*seen;
            v = to;
            continue;
        }
        if (v == start)
            return true;
        const uint32_t up = w->parent[v];
        if (!leave(w, v, w->graph->halves[w->next[up] - 1].weight))
            return false;
        v = up;
    }
}

static int strongest_first(const void *a, const void *b)
{
    const bridge *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* Puts bridges back where a side is too small. Returns how many stay out. */
static size_t put_back(walk *w)
{
    size_t out = 0;

    if (w->bridge_count > 0)
        qsort(w->bridges, w->bridge_count, sizeof *w->bridges, strongest_first);
    for (size_t i = 0; i < w->bridge_count; i++) {
        const bridge *b = &w->bridges[i];
        if (w->size[root_of(w->above, b->from)] < SMALLEST ||
            w->size[root_of(w->above, b->to)] < SMALLEST)
            join(w, b->from, b->to);
        else
            out++;
    }
    return out;
}

static kith_status open_walk(walk *w, const kith_peers_graph *grouped, const uint32_t *group_of,
                             kith_error *err)
{
    const size_t n = grouped->compact.count;

    *w = (walk){ .graph = &grouped->compact };
    w->group_of = malloc((n + 1) * sizeof *w->group_of);
    w->number = calloc(n + 1, sizeof *w->number);
    w->low = malloc((n + 1) * sizeof *w->low);
    w->parent = malloc((n + 1) * sizeof *w->parent);
    w->next = malloc((n + 1) * sizeof *w->next);
    w->back = calloc(n + 1, sizeof *w->back);
    w->mark = calloc(n + 1, sizeof *w->mark);
    w->weight = calloc(n + 1, sizeof *w->weight);
    w->own = calloc(n + 1, sizeof *w->own);
    w->passed = calloc(n + 1, sizeof *w->passed);
    w->below = malloc((n + 1) * sizeof *w->below);
    w->above = malloc((n + 1) * sizeof *w->above);
    w->size = malloc((n + 1) * sizeof *w->size);
    if (!w->group_of || !w->number || !w->low || !w->parent || !w->next || !w->back ||
        !w->mark || !w->weight || !w->own || !w->passed || !w->below || !w->above || !w->size)
        return kith_no_memory(err);
    for (size_t v = 0; v < grouped->graph->node_count; v++)
        if (grouped->place[v] < n)
            w->group_of[grouped->place[v]] = group_of[v];
    memcpy(w->next, grouped->compact.first, n * sizeof *w->next);
    for (size_t v = 0; v < n; v++) {
        w->above[v] = (uint32_t)v;
        w->size[v] = w->below[v] = 1;
    }
    return KITH_OK;
}

static void close_walk(walk *w)
{
    free(w->group_of);
    free(w->number);
    free(w->low);
    free(w->parent);
    free(w->next);
    free(w->back);
    free(w->mark);
    free(w->weight);
    free(w->own);
    free(w->passed);
    free(w->below);
    free(w->above);
    free(w->size);
    free(w->bridges);
}

/* The weight of the ties within each group. */
static void weigh_groups(double *within, const walk *w)
{
    for (size_t v = 0; v < w->graph->count; v++)
        for (size_t i = w->graph->first[v]; i < w->graph->first[v + 1]; i++)
            if (w->group_of[w->graph->halves[i].to] == w->group_of[v])
                within[w->group_of[v]] += w->graph->halves[i].weight / 2.0;
}

static kith_status walk_all(walk *w, const kith_clustering *found, kith_error *err)
{
    double *within = calloc(found->group_count + 1, sizeof *within);
    bool whole = within != NULL;
    uint32_t seen = 0;

    if (whole)
        weigh_groups(within, w);
    for (uint32_t v = 0; whole && v < w->graph->count; v++) {
        if (w->number[v] != 0)
            continue;
        w->left = found->size[w->group_of[v]];
        w->left_weight = within[w->group_of[v]];
        whole = walk_from(w, v, &seen);
    }
    free(within);
    return whole ? KITH_OK : kith_no_memory(err);
}

kith_status kith_peers_part_bridges(kith_peers *peers, const kith_peers_graph *grouped,
                                    kith_error *err)
{
    const size_t n = grouped->graph->node_count;
    kith_clustering *found = &peers->clustering;
    walk w;
    kith_status status = open_walk(&w, grouped, found->group_of, err);

    if (status == KITH_OK)
        status = walk_all(&w, found, err);
    if (status == KITH_OK)
        peers->parted_count = w.parted + put_back(&w);
    if (status == KITH_OK && peers->parted_count > 0) {
        for (size_t v = 0; v < n; v++) {
            const uint32_t at = grouped->place[v];
            found->group_of[v] = at < w.graph->count ? root_of(w.above, at) : at;
        }
        status = kith_cluster_number(found, n, err);
        if (status == KITH_OK)
            status = kith_cluster_quality(&found->quality, grouped->graph, found->group_of,
                                          peers->used.objective, peers->used.resolution, err);
    }
    close_walk(&w);
    return status;
}
