/* SPDX-License-Identifier: GPL-3.0-or-later */
/* betweenness.c: sources in chunks, chunks on threads, sums in order.
 *
 * The chunks are as many whatever the threads, and their sums are added in the order of the
 * chunks, so no rounding depends on which thread was quicker. */
#include "kith/betweenness.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "betweenness_search.h"
#include "kith/compact.h"
#include "kith/parallel.h"
#include "kith/random.h"

enum { CHUNKS = 8 };

static const double doubt = 0.05;

typedef struct desk {
    kith_roads roads;
    uint32_t *number;  /* node -> its new number */
    uint32_t *sources; /* new numbers */
    size_t source_count;
    bool sampled;
    kith_sums sums[CHUNKS];
    kith_scout scouts[KITH_PARALLEL_MOST];
    unsigned workers;
    atomic_size_t done;
    const kith_progress *progress;
} desk;

/* Where nodes go, so that neighbours lie together (kith/compact.h). queue[number] is the node. */
static kith_status renumber(uint32_t *number, uint32_t *queue, const kith_graph *graph,
                            kith_error *err)
{
    kith_compact compact;
    const kith_status status =
        kith_compact_make(&compact, number, NULL, graph->node_count, graph->ties, graph->tie_count, err);

    kith_compact_free(&compact);
    for (uint32_t v = 0; status == KITH_OK && v < graph->node_count; v++)
        queue[number[v]] = v;
    return status;
}

static kith_status lay_roads(desk *d, const kith_graph *graph, bool by_weight, kith_error *err)
{
    const size_t n = graph->node_count, ends = 2 * graph->tie_count;
    uint32_t *queue = malloc((n + 1) * sizeof *queue);

    d->number = malloc((n + 1) * sizeof *d->number);
    d->roads =
        (kith_roads){ .count = n,
                      .first = malloc((n + 1) * sizeof *d->roads.first),
                      .neighbour = malloc((ends + 1) * sizeof *d->roads.neighbour),
                      .length = by_weight ? malloc((ends + 1) * sizeof *d->roads.length) : NULL };
    kith_status status = KITH_OK;
    if (!queue || !d->number || !d->roads.first || !d->roads.neighbour ||
        (by_weight && !d->roads.length))
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = renumber(d->number, queue, graph, err);
    size_t at = 0;
    for (size_t i = 0; status == KITH_OK && i < n; i++) {
        d->roads.first[i] = (uint32_t)at;
        for (size_t j = graph->first[queue[i]]; j < graph->first[queue[i] + 1]; j++) {
            d->roads.neighbour[at] = d->number[graph->neighbour[j]];
            if (by_weight)
                d->roads.length[at] = 1 / graph->ties[graph->tie_of[j]].weight;
            at++;
        }
    }
    if (status == KITH_OK)
        d->roads.first[n] = (uint32_t)at;
    free(queue);
    return status;
}

/* All nodes, or a draw without replacement from the nodes in their given order. */
static kith_status choose_sources(desk *d, const kith_betweenness_options *options, kith_error *err)
{
    const size_t n = d->roads.count;
    kith_random random;

    d->sampled = options->samples > 0 && options->samples < n;
    d->source_count = d->sampled ? options->samples : n;
    d->sources = malloc((n + 1) * sizeof *d->sources);
    if (d->sources == NULL)
        return kith_no_memory(err);
    for (size_t v = 0; v < n; v++)
        d->sources[v] = d->sampled ? d->number[v] : (uint32_t)v;
    kith_random_seed(&random, options->seed);
    for (size_t i = 0; d->sampled && i < d->source_count; i++) {
        const size_t j = i + kith_random_below(&random, n - i);
        const uint32_t drawn = d->sources[j];
        d->sources[j] = d->sources[i];
        d->sources[i] = drawn;
    }
    return KITH_OK;
}

static kith_status search_chunk(void *context, size_t piece, unsigned worker, kith_error *err)
{
    desk *d = context;
    const size_t n = d->roads.count + 1;
    const size_t from = piece * d->source_count / CHUNKS;
    const size_t to = (piece + 1) * d->source_count / CHUNKS;
    kith_sums *sums = &d->sums[piece];
    kith_scout *scout = &d->scouts[worker];

    sums->through = calloc(n, sizeof *sums->through);
    sums->nearness = calloc(n, sizeof *sums->nearness);
    if (d->sampled) {
        sums->through_squares = calloc(n, sizeof *sums->through_squares);
        sums->nearness_squares = calloc(n, sizeof *sums->nearness_squares);
    }
    if (!sums->through || !sums->nearness ||
        (d->sampled && (!sums->through_squares || !sums->nearness_squares)))
        return kith_no_memory(err);
    kith_status status = scout->mark == NULL ? kith_scout_open(scout, &d->roads, err) : KITH_OK;
    for (size_t i = from; status == KITH_OK && i < to; i++) {
        kith_scout_search(scout, &d->roads, sums, d->sources[i]);
        const size_t done = atomic_fetch_add(&d->done, 1) + 1;
        if (worker == 0)
            kith_progress_tell(d->progress, "shortest routes", done, d->source_count);
    }
    return status;
}

/* The deviation from the mean of n that k drawn values, in [0, 1], stay below: the smaller bound.
 */
static double deviation(double sum, double squares, double k, double n, double range)
{
    static const double kappa = 7.0 / 3 + 3 / 1.4142135623730951;
    const double each = doubt / 2 / n;
    const double left = k <= n / 2 ? 1 - (k - 1) / n : (1 - k / n) * (1 + 1 / k);
    const double variance = fmax(0, squares / k - sum / k * (sum / k));
    const double serfling = range * sqrt(left * log(2 / each) / (2 * k));
    const double bernstein =
        sqrt(2 * variance * left * log(10 / each) / k) + kappa * range * log(10 / each) / k;

    return fmin(serfling, bernstein);
}

typedef struct total {
    double sum, squares;
} total;

static total total_of(const desk *d, size_t node, bool through)
{
    total t = { 0, 0 };

    for (size_t c = 0; c < CHUNKS; c++) {
        const kith_sums *sums = &d->sums[c];
        t.sum += through ? sums->through[node] : sums->nearness[node];
        if (d->sampled)
            t.squares += through ? sums->through_squares[node] : sums->nearness_squares[node];
    }
    return t;
}

/* Adds the chunks in their order, each node's for itself. */
static void add_up(kith_betweenness *result, const desk *d)
{
    const double n = (double)result->count, k = (double)d->source_count;
    const double most = n > 2 ? n - 2 : 1; /* that one source can add to a node */

    for (size_t v = 0; v < result->count; v++) {
        const uint32_t i = d->number[v];
        const total through = total_of(d, i, true), near = total_of(d, i, false);
        result->through[v] = through.sum / 2 * (n / k);
        result->nearness[v] = near.sum * (d->sampled ? n / k : 1);
        if (!d->sampled)
            continue;
        const double through_error =
            deviation(through.sum / most, through.squares / most / most, k, n, 1);
        const double near_error = deviation(near.sum, near.squares, k, n, 1);
        result->through_error = fmax(result->through_error, through_error * n / (n - 1));
        result->nearness_error = fmax(result->nearness_error, near_error * n / (n - 1));
    }
}

static kith_status compute(kith_betweenness *result, desk *d, const kith_graph *graph,
                           const kith_betweenness_options *options, kith_error *err)
{
    const kith_parallel job = { .task = search_chunk, .context = d, .pieces = CHUNKS };

    result->through = calloc(result->count + 1, sizeof *result->through);
    result->nearness = calloc(result->count + 1, sizeof *result->nearness);
    if (result->through == NULL || result->nearness == NULL)
        return kith_no_memory(err);
    kith_status status = lay_roads(d, graph, options->by_weight, err);
    if (status == KITH_OK)
        status = choose_sources(d, options, err);
    if (status == KITH_OK)
        status = kith_parallel_run(&job, d->workers, err);
    if (status == KITH_OK)
        add_up(result, d);
    result->sources = d->source_count;
    return status;
}

static void close_desk(desk *d)
{
    free(d->roads.first);
    free(d->roads.neighbour);
    free(d->roads.length);
    free(d->number);
    free(d->sources);
    for (unsigned i = 0; i < d->workers; i++)
        kith_scout_close(&d->scouts[i]);
    for (size_t c = 0; c < CHUNKS; c++) {
        free(d->sums[c].through);
        free(d->sums[c].through_squares);
        free(d->sums[c].nearness);
        free(d->sums[c].nearness_squares);
    }
}

kith_status kith_betweenness_of(kith_betweenness *result, const kith_graph *graph,
                                const kith_betweenness_options *options, kith_error *err)
{
    desk d = { .workers = kith_parallel_workers(CHUNKS), .progress = options->progress };

    *result = (kith_betweenness){ .count = graph->node_count };
    const kith_status status = compute(result, &d, graph, options, err);
    close_desk(&d);
    if (status != KITH_OK)
        kith_betweenness_free(result);
    return status;
}

void kith_betweenness_free(kith_betweenness *result)
{
    free(result->through);
    free(result->nearness);
    *result = (kith_betweenness){ 0 };
}
