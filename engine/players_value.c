/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players_value.c: breadth-first searches, and pairs counted by their distance.
 *
 * Pairs are counted as whole numbers and divided once a distance, so that a value does not
 * depend on the order of the people. */
#include "players_value.h"

#include <stdlib.h>
#include <string.h>

bool kith_aim_removes(kith_aim aim)
{
    return aim == KITH_AIM_FRAGMENT || aim == KITH_AIM_SPLIT;
}

kith_status kith_evaluator_scratch_open(kith_evaluator_scratch *scratch, const kith_graph *graph,
                                        kith_error *err)
{
    const size_t n = graph->node_count + 1;

    *scratch = (kith_evaluator_scratch){ .distance = malloc(n * sizeof *scratch->distance),
                                         .queue = malloc(n * sizeof *scratch->queue),
                                         .part = malloc(n * sizeof *scratch->part),
                                         .pairs = calloc(n, sizeof *scratch->pairs),
                                         .gone = calloc(n, sizeof *scratch->gone),
                                         .seen = calloc(n, sizeof *scratch->seen) };
    if (!scratch->distance || !scratch->queue || !scratch->part || !scratch->pairs ||
        !scratch->gone || !scratch->seen)
        return kith_no_memory(err);
    for (size_t v = 0; v < n; v++)
        scratch->distance[v] = UINT32_MAX;
    return KITH_OK;
}

void kith_evaluator_scratch_close(kith_evaluator_scratch *scratch)
{
    free(scratch->distance);
    free(scratch->queue);
    free(scratch->part);
    free(scratch->pairs);
    free(scratch->gone);
    free(scratch->seen);
    *scratch = (kith_evaluator_scratch){ 0 };
}

/* Goes on from the first `count` of the queue, which stand at distance 0, around whoever is
 * gone. Returns how many are in the queue then; their distances are left for the caller. */
static size_t search(const kith_graph *graph, kith_evaluator_scratch *s, size_t count)
{
    for (size_t next = 0; next < count; next++) {
        const uint32_t v = s->queue[next];
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
            const uint32_t u = graph->neighbour[i];
            if (s->distance[u] != UINT32_MAX || s->gone[u])
                continue;
            s->distance[u] = s->distance[v] + 1;
            s->queue[count++] = u;
        }
    }
    return count;
}

static void start_at(kith_evaluator_scratch *s, uint32_t node)
{
    s->queue[0] = node;
    s->distance[node] = 0;
}

static void forget(kith_evaluator_scratch *s, size_t count)
{
    for (size_t i = 0; i < count; i++)
        s->distance[s->queue[i]] = UINT32_MAX;
}

/* Counts the ordered pairs of a component by distance, without whoever is gone. Returns the
 * greatest distance seen, or `farthest` when that is greater. */
static uint32_t count_pairs(const kith_evaluator *e, kith_evaluator_scratch *s, uint32_t part,
                            uint32_t farthest)
{
    for (size_t i = e->first[part]; i < e->first[part + 1]; i++) {
        if (s->gone[e->members[i]])
            continue;
        start_at(s, e->members[i]);
        const size_t found = search(e->graph, s, 1);
        const uint32_t last = s->distance[s->queue[found - 1]];
        farthest = last > farthest ? last : farthest;
        for (size_t j = 1; j < found; j++)
            s->pairs[s->distance[s->queue[j]]]++;
        forget(s, found);
    }
    return farthest;
}

/* The sum of 1/distance over the pairs counted; counts none any more. */
static double take_pairs(kith_evaluator_scratch *s, uint32_t farthest)
{
    double sum = 0;

    for (uint32_t d = 1; d <= farthest; d++) {
        sum += (double)s->pairs[d] / d;
        s->pairs[d] = 0;
    }
    return sum;
}

/* Ordered pairs of a component with a way between them, without whoever is gone. */
static double joined(const kith_evaluator *e, kith_evaluator_scratch *s, uint32_t part)
{
    double sum = 0;

    for (size_t i = e->first[part]; i < e->first[part + 1]; i++) {
        const uint32_t v = e->members[i];
        if (s->gone[v] || s->seen[v])
            continue;
        start_at(s, v);
        const size_t found = search(e->graph, s, 1);
        sum += (double)found * (double)(found - 1);
        for (size_t j = 0; j < found; j++)
            s->seen[s->queue[j]] = true;
        forget(s, found);
    }
    for (size_t i = e->first[part]; i < e->first[part + 1]; i++)
        s->seen[e->members[i]] = false;
    return sum;
}

static double part_value(const kith_evaluator *e, kith_evaluator_scratch *s, uint32_t part)
{
    return e->aim == KITH_AIM_FRAGMENT ? take_pairs(s, count_pairs(e, s, part, 0))
                                       : joined(e, s, part);
}

static double share_lost(double sum, size_t left)
{
    return left < 2 ? 1 : 1 - sum / ((double)left * (double)(left - 1));
}

static double value_without(const kith_evaluator *e, kith_evaluator_scratch *s, const uint32_t *set,
                            size_t count)
{
    double sum = e->total;
    size_t parts = 0;

    for (size_t i = 0; i < count; i++) {
        s->gone[set[i]] = true;
        size_t known = 0;
        while (known < parts && s->part[known] != e->part_of[set[i]])
            known++;
        if (known == parts)
            s->part[parts++] = e->part_of[set[i]];
    }
    for (size_t p = 0; p < parts; p++)
        sum += part_value(e, s, s->part[p]) - e->base[s->part[p]];
    for (size_t i = 0; i < count; i++)
        s->gone[set[i]] = false;
    return share_lost(sum, e->graph->node_count - count);
}

/* The same over all components at once: no rounding depends on the order of the people. */
static double whole_value_without(const kith_evaluator *e, kith_evaluator_scratch *s,
                                  const uint32_t *set, size_t count)
{
    uint32_t farthest = 0;
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        s->gone[set[i]] = true;
    for (uint32_t p = 0; p < e->part_count; p++) {
        if (e->aim == KITH_AIM_FRAGMENT)
            farthest = count_pairs(e, s, p, farthest);
        else
            sum += joined(e, s, p);
    }
    if (e->aim == KITH_AIM_FRAGMENT)
        sum = take_pairs(s, farthest);
    for (size_t i = 0; i < count; i++)
        s->gone[set[i]] = false;
    return share_lost(sum, e->graph->node_count - count);
}

static double value_with(const kith_evaluator *e, kith_evaluator_scratch *s, const uint32_t *set,
                         size_t count)
{
    if (count == 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        s->queue[i] = set[i];
        s->distance[set[i]] = 0;
    }
    const size_t found = search(e->graph, s, count);
    for (size_t i = count; i < found; i++)
        s->pairs[s->distance[s->queue[i]]]++;
    const uint32_t farthest = s->distance[s->queue[found - 1]];
    const double near = (double)count + (double)s->pairs[1];
    const double sum = (double)count + take_pairs(s, farthest);
    forget(s, found);
    return e->aim == KITH_AIM_CONTACT ? near : sum / (double)e->graph->node_count;
}

double kith_evaluator_value(const kith_evaluator *evaluator, kith_evaluator_scratch *scratch,
                            const uint32_t *set, size_t count)
{
    return kith_aim_removes(evaluator->aim) ? value_without(evaluator, scratch, set, count)
                                            : value_with(evaluator, scratch, set, count);
}

double kith_evaluator_whole_value(const kith_evaluator *evaluator, kith_evaluator_scratch *scratch,
                                  const uint32_t *set, size_t count)
{
    return kith_aim_removes(evaluator->aim) ? whole_value_without(evaluator, scratch, set, count)
                                            : value_with(evaluator, scratch, set, count);
}

/* Somebody who is left: how far they are from the `left` - 1 others. */
static kith_player_term term_of_left(const kith_evaluator *e, kith_evaluator_scratch *s,
                                     uint32_t node, size_t left)
{
    start_at(s, node);
    const size_t found = search(e->graph, s, 1);
    const uint32_t farthest = s->distance[s->queue[found - 1]];
    for (size_t i = 1; i < found; i++)
        s->pairs[s->distance[s->queue[i]]]++;
    kith_player_term term = { .reached = found - 1, .near = take_pairs(s, farthest) };
    forget(s, found);
    const double share = e->aim == KITH_AIM_FRAGMENT ? term.near : (double)term.reached;
    term.value = (left < 2 ? 1 : 1 - share / (double)(left - 1)) / (double)left;
    return term;
}

static void terms_without(kith_player_term *terms, const kith_evaluator *e,
                          kith_evaluator_scratch *s, const uint32_t *set, size_t count)
{
    const size_t n = e->graph->node_count;

    for (size_t i = 0; i < count; i++)
        s->gone[set[i]] = true;
    for (uint32_t v = 0; v < n; v++)
        terms[v] = s->gone[v] ? (kith_player_term){ 0 } : term_of_left(e, s, v, n - count);
    for (size_t i = 0; i < count; i++)
        s->gone[set[i]] = false;
}

static void terms_with(kith_player_term *terms, const kith_evaluator *e,
                       kith_evaluator_scratch *s, const uint32_t *set, size_t count)
{
    const size_t n = e->graph->node_count;

    memset(terms, 0, n * sizeof *terms);
    for (size_t i = 0; i < count; i++) {
        s->queue[i] = set[i];
        s->distance[set[i]] = 0;
    }
    const size_t found = search(e->graph, s, count);
    for (size_t i = 0; i < found; i++) {
        const uint32_t distance = s->distance[s->queue[i]];
        const double near = distance == 0 ? 1 : 1.0 / distance;
        const double value = e->aim == KITH_AIM_CONTACT ? distance <= 1 : near / (double)n;
        terms[s->queue[i]] = (kith_player_term){ value, near, 1 };
    }
    forget(s, found);
}

void kith_evaluator_terms(kith_player_term *terms, const kith_evaluator *evaluator,
                          kith_evaluator_scratch *scratch, const uint32_t *set, size_t count)
{
    (kith_aim_removes(evaluator->aim) ? terms_without : terms_with)(terms, evaluator, scratch, set,
                                                                    count);
}

/* Numbers the components by their lowest node and lists their members. */
static void find_parts(kith_evaluator *e, kith_evaluator_scratch *s)
{
    const kith_graph *graph = e->graph;
    size_t listed = 0;

    for (uint32_t v = 0; v < graph->node_count; v++) {
        double ends = 0;
        if (s->seen[v])
            continue;
        start_at(s, v);
        const size_t found = search(graph, s, 1);
        for (size_t i = 0; i < found; i++) {
            const uint32_t u = s->queue[i];
            s->seen[u] = true;
            e->part_of[u] = (uint32_t)e->part_count;
            e->members[listed++] = u;
            ends += (double)(graph->first[u + 1] - graph->first[u]);
        }
        forget(s, found);
        const double once = (double)found + ends;
        e->cost[e->part_count] = e->aim == KITH_AIM_FRAGMENT ? (double)found * once : once;
        e->first[++e->part_count] = listed;
    }
    memset(s->seen, 0, graph->node_count * sizeof *s->seen);
}

kith_status kith_evaluator_open(kith_evaluator *evaluator, const kith_graph *graph, kith_aim aim,
                                kith_error *err)
{
    const size_t n = graph->node_count + 1;
    kith_evaluator_scratch scratch = { 0 };

    *evaluator = (kith_evaluator){ .graph = graph,
                                   .aim = aim,
                                   .part_of = malloc(n * sizeof *evaluator->part_of),
                                   .members = malloc(n * sizeof *evaluator->members),
                                   .first = calloc(n, sizeof *evaluator->first),
                                   .base = malloc(n * sizeof *evaluator->base),
                                   .cost = malloc(n * sizeof *evaluator->cost) };
    kith_status status = KITH_OK;
    if (!evaluator->part_of || !evaluator->members || !evaluator->first || !evaluator->base ||
        !evaluator->cost)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = kith_evaluator_scratch_open(&scratch, graph, err);
    if (status == KITH_OK)
        find_parts(evaluator, &scratch);
    for (uint32_t p = 0; status == KITH_OK && kith_aim_removes(aim) && p < evaluator->part_count;
         p++) {
        evaluator->base[p] = part_value(evaluator, &scratch, p);
        evaluator->total += evaluator->base[p];
    }
    kith_evaluator_scratch_close(&scratch);
    if (status != KITH_OK)
        kith_evaluator_close(evaluator);
    return status;
}

void kith_evaluator_close(kith_evaluator *evaluator)
{
    free(evaluator->part_of);
    free(evaluator->members);
    free(evaluator->first);
    free(evaluator->base);
    free(evaluator->cost);
    *evaluator = (kith_evaluator){ 0 };
}
