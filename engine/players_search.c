/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players_search.c: sweeps over the candidates, and what no set can exceed.
 *
 * A sweep works out the value of a set with each candidate added, side by side. Growing
 * takes the best of a sweep; exchanging sweeps the set without each of its members. */
#include "players_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SWEEP_CHUNK = 8, FEWEST_CANDIDATES = 16, MOST_EXCHANGES = 100, SWEEPS = 20 };

kith_status kith_search_open(kith_search *search, const kith_graph *graph,
                             const kith_players_options *options, kith_error *err)
{
    const size_t n = graph->node_count;

    *search = (kith_search){ .size = options->size,
                             .workers = kith_parallel_workers(n),
                             .progress = options->progress,
                             .candidates = malloc(n * sizeof *search->candidates),
                             .candidate = calloc(n, sizeof *search->candidate),
                             .values = malloc(n * sizeof *search->values) };
    kith_status status = kith_evaluator_open(&search->evaluator, graph, options->aim, err);
    if (status != KITH_OK)
        return status;
    if (!search->candidates || !search->candidate || !search->values)
        return kith_no_memory(err);
    for (unsigned i = 0; status == KITH_OK && i < search->workers; i++)
        status = kith_evaluator_scratch_open(&search->scratch[i], graph, err);
    return status;
}

void kith_search_close(kith_search *search)
{
    for (unsigned i = 0; i < search->workers; i++)
        kith_evaluator_scratch_close(&search->scratch[i]);
    kith_evaluator_close(&search->evaluator);
    free(search->candidates);
    free(search->candidate);
    free(search->values);
}

static size_t degree(const kith_graph *graph, uint32_t v)
{
    return graph->first[v + 1] - graph->first[v];
}

typedef struct ranked {
    double value;
    uint32_t node;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;

    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

/* Everybody, or as many with most ties as one sweep can afford. */
static kith_status choose_candidates(kith_search *search, kith_error *err)
{
    const kith_evaluator *e = &search->evaluator;
    const size_t n = e->graph->node_count;
    ranked *order = malloc(n * sizeof *order);
    double spent = 0;
    size_t chosen = 0;

    if (order == NULL)
        return kith_no_memory(err);
    for (uint32_t v = 0; v < n; v++)
        order[v] = (ranked){ (double)degree(e->graph, v), v };
    qsort(order, n, sizeof *order, by_value);
    const size_t fewest = FEWEST_CANDIDATES + search->size;
    for (size_t i = 0; i < n; i++) {
        const double cost = e->cost[e->part_of[order[i].node]];
        if (chosen >= fewest && spent + cost > search->work / SWEEPS)
            continue;
        spent += cost;
        chosen++;
        search->candidate[order[i].node] = true;
    }
    free(order);
    for (uint32_t v = 0; v < n; v++)
        if (search->candidate[v])
            search->candidates[search->candidate_count++] = v;
    search->sweep_cost = spent;
    return KITH_OK;
}

typedef struct sweep {
    kith_search *search;
    const uint32_t *set;
    size_t count;
} sweep;

static bool holds(const uint32_t *set, size_t count, uint32_t node)
{
    for (size_t i = 0; i < count; i++)
        if (set[i] == node)
            return true;
    return false;
}

static kith_status sweep_some(void *context, size_t piece, unsigned worker, kith_error *err)
{
    const sweep *s = context;
    kith_search *search = s->search;
    uint32_t *set = malloc((s->count + 1) * sizeof *set);

    if (set == NULL)
        return kith_no_memory(err);
    memcpy(set, s->set, s->count * sizeof *set);
    for (size_t i = piece * SWEEP_CHUNK;
         i < (piece + 1) * SWEEP_CHUNK && i < search->candidate_count; i++) {
        const uint32_t v = search->candidates[i];
        set[s->count] = v;
        search->values[v] = holds(s->set, s->count, v)
                                ? -INFINITY
                                : kith_evaluator_value(&search->evaluator, &search->scratch[worker],
                                                       set, s->count + 1);
    }
    free(set);
    return KITH_OK;
}

/* Values of the set with each candidate; best is the lowest node of the greatest. */
static kith_status sweep_all(uint32_t *best, kith_search *search, const uint32_t *set, size_t count,
                             kith_error *err)
{
    sweep s = { search, set, count };
    const kith_parallel job = { sweep_some, &s,
                                (search->candidate_count + SWEEP_CHUNK - 1) / SWEEP_CHUNK,
                                "sets of people", search->progress };
    const kith_status status = kith_parallel_run(&job, search->workers, err);

    search->spent += search->sweep_cost * (double)(count + 1);
    *best = search->candidates[0];
    for (size_t i = 1; status == KITH_OK && i < search->candidate_count; i++) {
        const uint32_t v = search->candidates[i];
        if (search->values[v] > search->values[*best] + KITH_PLAYERS_EQUAL)
            *best = v;
    }
    return status;
}

/* The most that one person more can add to a kept set, whatever the set. */
static double most_alone(const kith_search *search, uint32_t v)
{
    const kith_evaluator *e = &search->evaluator;
    const uint32_t part = e->part_of[v];
    const double ties = (double)degree(e->graph, v);
    const double others = (double)(e->first[part + 1] - e->first[part]) - 1 - ties;

    return e->aim == KITH_AIM_CONTACT ? 1 + ties
                                      : (1 + ties + others / 2) / (double)e->graph->node_count;
}

static int descending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x < y) - (x > y);
}

static double sum_of_greatest(double *values, size_t n, size_t k)
{
    double sum = 0;

    qsort(values, n, sizeof *values, descending);
    for (size_t i = 0; i < n && i < k; i++)
        sum += values[i];
    return sum;
}

/* After a sweep over a kept set of that value: the set, and the greatest gains on it. */
static void lower_bound_of_kept(double *bound, const kith_search *search, double value,
                                double *scratch)
{
    const size_t n = search->evaluator.graph->node_count;

    for (uint32_t v = 0; v < n; v++)
        scratch[v] =
            search->candidate[v] ? fmax(search->values[v] - value, 0) : most_alone(search, v);
    const double limit = value + sum_of_greatest(scratch, n, search->size);
    if (limit < *bound)
        *bound = limit;
}

/* What surely stays near v: those tied to it 1, those with more than k others between 1/2 (or
 * 1 where only the way counts). seen holds 0 for all nodes, before and after. */
static double lasting(const kith_search *search, uint32_t v, uint32_t *seen, uint32_t *list)
{
    const kith_graph *graph = search->evaluator.graph;
    const double two_steps = search->evaluator.aim == KITH_AIM_FRAGMENT ? 0.5 : 1;
    double sum = (double)degree(graph, v);
    size_t count = 0;

    for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
        const uint32_t u = graph->neighbour[i];
        for (size_t j = graph->first[u]; j < graph->first[u + 1]; j++)
            if (seen[graph->neighbour[j]]++ == 0)
                list[count++] = graph->neighbour[j];
    }
    seen[v] = 0;
    for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++)
        seen[graph->neighbour[i]] = 0;
    for (size_t i = 0; i < count; i++) {
        sum += seen[list[i]] > search->size ? two_steps : 0;
        seen[list[i]] = 0;
    }
    return sum;
}

static kith_status bound_of_removal(double *bound, const kith_search *search, kith_error *err)
{
    const size_t n = search->evaluator.graph->node_count;
    const double left = (double)(n - search->size);
    uint32_t *seen = calloc(n, sizeof *seen), *list = malloc(n * sizeof *list);
    double *stays = malloc(n * sizeof *stays);
    double total = 0;
    kith_status status = KITH_OK;

    if (seen == NULL || list == NULL || stays == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    for (uint32_t v = 0; v < n; v++) {
        stays[v] = lasting(search, v, seen, list);
        total += stays[v];
    }
    total -= 2 * sum_of_greatest(stays, n, search->size);
    *bound = 1 - fmax(total, 0) / (left * (left - 1));

out:
    free(seen);
    free(list);
    free(stays);
    return status;
}

/* Adds the best candidate until the set is large enough; the first `count` are given. */
static kith_status grow(uint32_t *set, size_t count, double *value, double *bound,
                        kith_search *search, double *scratch, kith_error *err)
{
    *value = kith_evaluator_value(&search->evaluator, &search->scratch[0], set, count);
    for (; count < search->size; count++) {
        uint32_t best;
        const kith_status status = sweep_all(&best, search, set, count, err);
        if (status != KITH_OK)
            return status;
        if (!kith_aim_removes(search->evaluator.aim))
            lower_bound_of_kept(bound, search, *value, scratch);
        set[count] = best;
        *value = search->values[best];
    }
    return KITH_OK;
}

/* The best exchange of one member. improved: whether it was worth it, and made. */
static kith_status exchange(bool *improved, uint32_t *set, double *value, kith_search *search,
                            kith_error *err)
{
    const size_t size = search->size;
    uint32_t *rest = malloc(size * sizeof *rest), incoming = 0;
    size_t outgoing = size;
    double best = *value + KITH_PLAYERS_EQUAL;

    *improved = false;
    if (rest == NULL)
        return kith_no_memory(err);
    kith_status status = KITH_OK;
    for (size_t out = 0; status == KITH_OK && out < size; out++) {
        uint32_t node;
        size_t count = 0;
        for (size_t i = 0; i < size; i++)
            if (i != out)
                rest[count++] = set[i];
        status = sweep_all(&node, search, rest, count, err);
        if (status == KITH_OK && search->values[node] > best) {
            best = search->values[node];
            outgoing = out;
            incoming = node;
        }
    }
    free(rest);
    if (status == KITH_OK && outgoing < size) {
        set[outgoing] = incoming;
        *value = best;
        *improved = true;
    }
    return status;
}

static int ascending(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

typedef struct attempt {
    uint32_t *set, *best; /* at hand; of all attempts */
    double value, most;
    double *scratch;
} attempt;

/* One set, grown from its first `count` members and improved as far as exchanges go. */
static kith_status try_from(attempt *a, size_t count, double *bound, kith_search *search,
                            kith_error *err)
{
    bool improved = true;
    kith_status status = grow(a->set, count, &a->value, bound, search, a->scratch, err);

    for (int i = 0; status == KITH_OK && improved && i < MOST_EXCHANGES; i++)
        status = exchange(&improved, a->set, &a->value, search, err);
    if (status == KITH_OK && a->value > a->most + KITH_PLAYERS_EQUAL) {
        a->most = a->value;
        memcpy(a->best, a->set, search->size * sizeof *a->best);
    }
    return status;
}

/* The greedy set first; then, while the work lasts and a better one may be, sets grown from each
 * candidate in turn, those with most ties first: exchange alone stays where no single step is
 * better. */
static kith_status try_starts(attempt *a, double *bound, kith_search *search, kith_error *err)
{
    ranked *order = malloc(search->candidate_count * sizeof *order);

    a->most = -1;
    if (order == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < search->candidate_count; i++)
        order[i] = (ranked){ (double)degree(search->evaluator.graph, search->candidates[i]),
                             search->candidates[i] };
    qsort(order, search->candidate_count, sizeof *order, by_value);
    kith_status status = try_from(a, 0, bound, search, err);
    for (size_t i = 0; status == KITH_OK && search->size > 1 && i < search->candidate_count &&
                       search->spent < search->work && a->most < *bound - KITH_PLAYERS_EQUAL;
         i++) {
        a->set[0] = order[i].node;
        status = try_from(a, 1, bound, search, err);
    }
    free(order);
    return status;
}

kith_status kith_search_run(uint32_t *set, double *bound, kith_search *search, kith_error *err)
{
    const bool removes = kith_aim_removes(search->evaluator.aim);
    const size_t n = search->evaluator.graph->node_count;
    attempt a = { .best = set,
                  .set = malloc(search->size * sizeof *a.set),
                  .scratch = malloc(n * sizeof *a.scratch) };
    uint32_t best;

    *bound = search->evaluator.aim == KITH_AIM_CONTACT ? (double)n : 1;
    kith_status status = a.set == NULL || a.scratch == NULL ? kith_no_memory(err) : KITH_OK;
    if (status == KITH_OK)
        status = choose_candidates(search, err);
    if (status == KITH_OK && removes)
        status = bound_of_removal(bound, search, err);
    if (status == KITH_OK)
        status = try_starts(&a, bound, search, err);
    if (status == KITH_OK && !removes)
        status = sweep_all(&best, search, set, search->size, err);
    if (status == KITH_OK && !removes)
        lower_bound_of_kept(bound, search, a.most, a.scratch);
    if (status == KITH_OK)
        qsort(set, search->size, sizeof *set, ascending);
    free(a.set);
    free(a.scratch);
    return status;
}
