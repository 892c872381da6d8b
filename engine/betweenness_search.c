/* SPDX-License-Identifier: GPL-3.0-or-later */
/* betweenness_search.c: forward by steps or by length, then back.
 *
 * By steps, the forward pass touches one byte a neighbour, without a branch that depends on
 * it: a node not seen yet joins the queue, and whoever is one step on joins the list of next
 * nodes. As neighbours differ by at most one step, the step modulo 3 says which of three
 * a neighbour is. Both later passes, routes forward and shares back, walk that list only:
 * the same nodes, in the same order, without asking again. */
#include "betweenness_search.h"

#include <math.h>
#include <stdlib.h>

static const double slack = 1e-10; /* lengths that differ by less of themselves are equal */

kith_status kith_scout_open(kith_scout *scout, const kith_roads *roads, kith_error *err)
{
    const size_t n = roads->count + 2, ends = roads->first[roads->count] + (size_t)1;
    const bool by_weight = roads->length != NULL;

    *scout = (kith_scout){ .mark = calloc(n, sizeof *scout->mark),
                           .queue = malloc(n * sizeof *scout->queue),
                           .begin = malloc(n * sizeof *scout->begin),
                           .next = malloc(ends * sizeof *scout->next),
                           .routes = calloc(n, sizeof *scout->routes),
                           .share = malloc(n * sizeof *scout->share) };
    if (by_weight) {
        scout->distance = malloc(n * sizeof *scout->distance);
        scout->place = malloc(n * sizeof *scout->place);
        scout->heap = malloc(n * sizeof *scout->heap);
    }
    if (!scout->mark || !scout->queue || !scout->begin || !scout->next || !scout->routes ||
        !scout->share || (by_weight && (!scout->distance || !scout->place || !scout->heap)))
        return kith_no_memory(err);
    for (size_t v = 0; by_weight && v < n; v++)
        scout->distance[v] = INFINITY;
    return KITH_OK;
}

void kith_scout_close(kith_scout *scout)
{
    free(scout->mark);
    free(scout->queue);
    free(scout->begin);
    free(scout->next);
    free(scout->routes);
    free(scout->share);
    free(scout->distance);
    free(scout->place);
    free(scout->heap);
    *scout = (kith_scout){ 0 };
}

static void add_nearness(const kith_sums *sums, uint32_t node, double near)
{
    sums->nearness[node] += near;
    sums->nearness_squares[node] += near * near;
}

/* Lists what lies one step on from queue[at], and counts the routes there. Returns the
 * queue's new end; *listed is where the list of next nodes ends. */
static size_t expand(kith_scout *s, const kith_roads *roads, size_t at, size_t end, size_t *listed,
                     uint32_t step)
{
    const uint32_t *neighbour = roads->neighbour;
    const uint32_t u = s->queue[at], last = roads->first[u + 1];
    uint8_t *const mark = s->mark;
    uint32_t *const queue = s->queue, *const next = s->next;
    size_t k = *listed;

    for (uint32_t i = roads->first[u]; i < last; i++) {
        const uint32_t v = neighbour[i];
        const uint32_t seen = mark[v], fresh = seen == 0;
        const uint32_t now = seen | (step & (0 - fresh)); /* step where it was not seen */
        queue[end] = v;
        end += fresh;
        mark[v] = (uint8_t)now;
        next[k] = v;
        k += now == step;
    }
    const double routes = s->routes[u];
    for (size_t j = *listed; j < k; j++)
        s->routes[next[j]] += routes;
    *listed = k;
    return end;
}

/* Returns how many nodes are reached, the source included. */
static size_t forward_by_steps(kith_scout *s, const kith_roads *roads, const kith_sums *sums,
                               uint32_t source)
{
    size_t at = 0, end = 1, listed = 0;
    double near = 0;

    s->queue[0] = source;
    s->mark[source] = 1;
    s->routes[source] = 1;
    for (uint32_t step = 1; at < end; step++) {
        const size_t level = end;
        for (; at < level; at++) {
            s->begin[at] = (uint32_t)listed;
            end = expand(s, roads, at, end, &listed, step % 3 + 1);
        }
        near += (double)(end - level) / step;
        for (size_t i = level; sums->nearness_squares != NULL && i < end; i++)
            add_nearness(sums, s->queue[i], 1.0 / step);
    }
    s->begin[end] = (uint32_t)listed;
    if (sums->nearness_squares == NULL)
        sums->nearness[source] = near;
    return end;
}

static void backward(kith_scout *s, const kith_sums *sums, size_t reached)
{
    for (size_t at = reached; at-- > 1;) {
        const uint32_t u = s->queue[at];
        double share = 0;
        for (uint32_t j = s->begin[at]; j < s->begin[at + 1]; j++)
            share += s->share[s->next[j]];
        const double dependency = share * s->routes[u];
        sums->through[u] += dependency;
        if (sums->through_squares != NULL)
            sums->through_squares[u] += dependency * dependency;
        s->share[u] = (1 + dependency) / s->routes[u];
        s->routes[u] = 0;
        s->mark[u] = 0;
    }
    s->routes[s->queue[0]] = 0;
    s->mark[s->queue[0]] = 0;
}

/* A binary heap of nodes by distance; place[] follows them. */
static void heap_set(kith_scout *s, size_t at, uint32_t node)
{
    s->heap[at] = node;
    s->place[node] = (uint32_t)at;
}

static void heap_rise(kith_scout *s, size_t at)
{
    const uint32_t node = s->heap[at];

    while (at > 0 && s->distance[s->heap[(at - 1) / 2]] > s->distance[node]) {
        heap_set(s, at, s->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    heap_set(s, at, node);
}

static uint32_t heap_take(kith_scout *s, size_t *count)
{
    const uint32_t top = s->heap[0], node = s->heap[--*count];
    size_t at = 0;

    for (size_t child = 1; child < *count; child = 2 * at + 1) {
        if (child + 1 < *count && s->distance[s->heap[child + 1]] < s->distance[s->heap[child]])
            child++;
        if (s->distance[s->heap[child]] >= s->distance[node])
            break;
        heap_set(s, at, s->heap[child]);
        at = child;
    }
    if (*count > 0)
        heap_set(s, at, node);
    return top;
}

/* Settles all reachable nodes in the order of their distance (Dijkstra). */
static size_t settle(kith_scout *s, const kith_roads *roads, uint32_t source)
{
    size_t waiting = 1, settled = 0;

    s->distance[source] = 0;
    s->mark[source] = 1;
    heap_set(s, 0, source);
    while (waiting > 0) {
        const uint32_t u = heap_take(s, &waiting);
        s->queue[settled++] = u;
        for (uint32_t i = roads->first[u]; i < roads->first[u + 1]; i++) {
            const uint32_t v = roads->neighbour[i];
            const double distance = s->distance[u] + roads->length[i];
            if (distance >= s->distance[v])
                continue;
            s->distance[v] = distance;
            if (s->mark[v] == 0) {
                s->mark[v] = 1;
                heap_set(s, waiting++, v);
            }
            heap_rise(s, s->place[v]);
        }
    }
    return settled;
}

static size_t forward_by_weight(kith_scout *s, const kith_roads *roads, const kith_sums *sums,
                                uint32_t source)
{
    const size_t end = settle(s, roads, source);
    size_t listed = 0;
    double near = 0;

    s->routes[source] = 1;
    for (size_t at = 0; at < end; at++) {
        const uint32_t u = s->queue[at];
        s->begin[at] = (uint32_t)listed;
        for (uint32_t i = roads->first[u]; i < roads->first[u + 1]; i++) {
            const uint32_t v = roads->neighbour[i];
            const double here = s->distance[u], there = s->distance[v];
            if (there <= here || fabs(here + roads->length[i] - there) > slack * there)
                continue;
            s->next[listed++] = v;
            s->routes[v] += s->routes[u];
        }
        if (at > 0 && sums->nearness_squares != NULL)
            add_nearness(sums, u, 1 / s->distance[u]);
        near += at > 0 ? 1 / s->distance[u] : 0;
    }
    s->begin[end] = (uint32_t)listed;
    if (sums->nearness_squares == NULL)
        sums->nearness[source] = near;
    for (size_t at = 0; at < end; at++)
        s->distance[s->queue[at]] = INFINITY;
    return end;
}

void kith_scout_search(kith_scout *scout, const kith_roads *roads, const kith_sums *sums,
                       uint32_t source)
{
    const size_t reached = roads->length == NULL ? forward_by_steps(scout, roads, sums, source)
                                                 : forward_by_weight(scout, roads, sums, source);

    backward(scout, sums, reached);
}
