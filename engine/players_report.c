/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players_report.c: the sets as rows, and how surely each member belongs there. */
#include "kith/players.h"

#include <math.h>
#include <stdlib.h>

#include "kith/statistics.h"
#include "players_search.h"
#include "players_words.h"
#include "thin.h"

static const double rank_work = 2e9; /* steps for the ranks of one network */

typedef struct desk {
    const kith_suspects *suspects;
    const kith_network *network;
    const kith_players_options *options;
    kith_players found;
    double *alone;            /* one a node: value of the set of that one; NaN: too much to try */
    uint32_t *rank;           /* one a node, from 1; 0: too much to try */
    uint32_t *ranks;          /* one a resample and node; 0: lost */
    uint32_t *tried, *chosen; /* one a node */
    bool *kept;
    bool given; /* the set was named, not searched */
    int resamples;
} desk;

static int descending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x < y) - (x > y);
}

static int ascending(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Ranks from 1, equal values sharing one; nodes whose value is NaN get 0. */
static kith_status rank_values(uint32_t *rank, const double *value, size_t n, kith_error *err)
{
    double *sorted = malloc((n + 1) * sizeof *sorted);
    size_t count = 0;

    if (sorted == NULL)
        return kith_no_memory(err);
    for (size_t v = 0; v < n; v++)
        if (!isnan(value[v]))
            sorted[count++] = value[v];
    qsort(sorted, count, sizeof *sorted, descending);
    for (size_t v = 0; v < n; v++) {
        size_t low = 0, high = count; /* how many are greater */
        while (low < high) {
            const size_t middle = low + (high - low) / 2;
            if (sorted[middle] > value[v] + KITH_PLAYERS_EQUAL)
                low = middle + 1;
            else
                high = middle;
        }
        rank[v] = isnan(value[v]) ? 0 : (uint32_t)low + 1;
    }
    free(sorted);
    return KITH_OK;
}

/* The value of each one alone; NaN for all where that is too much, and for those not kept. */
static kith_status value_alone(double *alone, const kith_graph *graph, kith_aim aim,
                               const bool *kept, kith_error *err)
{
    kith_evaluator e;
    kith_evaluator_scratch scratch = { 0 };
    double work = 0;

    kith_status status = kith_evaluator_open(&e, graph, aim, err);
    if (status == KITH_OK)
        status = kith_evaluator_scratch_open(&scratch, graph, err);
    for (size_t p = 0; status == KITH_OK && p < e.part_count; p++)
        work += e.cost[p] * (double)(e.first[p + 1] - e.first[p]);
    for (uint32_t v = 0; status == KITH_OK && v < graph->node_count; v++)
        alone[v] = work > rank_work || (kept != NULL && !kept[v])
                       ? NAN
                       : kith_evaluator_value(&e, &scratch, &v, 1);
    kith_evaluator_scratch_close(&scratch);
    kith_evaluator_close(&e);
    return status;
}

/* One resample: the lost ones stay as people without ties, and are no choice. */
static kith_status resample(desk *d, int number, uint64_t seed, kith_error *err)
{
    const kith_graph *whole = &d->suspects->graph;
    const size_t n = whole->node_count;
    kith_random random;
    kith_graph thinned;
    kith_players again = { 0 };
    kith_players_options options = *d->options;

    options.work = (options.work > 0 ? options.work : 3e9) / d->resamples;
    options.progress = NULL;
    kith_random_seed(&random, seed + (uint64_t)number);
    kith_status status = kith_graph_thin(&thinned, d->kept, whole, &random, err);
    if (status == KITH_OK)
        status = kith_players_find(&again, &thinned, &options, err);
    if (status == KITH_OK && d->rank[0] != 0)
        status = value_alone(d->alone, &thinned, options.aim, d->kept, err);
    if (status == KITH_OK && d->rank[0] != 0)
        status = rank_values(&d->ranks[(size_t)number * n], d->alone, n, err);
    for (size_t v = 0; status == KITH_OK && v < n; v++) {
        d->tried[v] += d->kept[v];
        d->chosen[v] += d->kept[v] && again.chosen[v];
    }
    kith_players_free(&again);
    kith_graph_free(&thinned);
    return status;
}

/* The interval of a rank: a fortieth of the resamples left out at either end, and never
 * without the rank itself. scratch has room for all resamples. */
static void interval(uint32_t *low, uint32_t *high, const desk *d, uint32_t node, uint32_t *scratch)
{
    const size_t n = d->suspects->graph.node_count;
    size_t count = 0;

    *low = *high = d->rank[node];
    for (int r = 0; r < d->resamples; r++)
        if (d->ranks[(size_t)r * n + node] != 0)
            scratch[count++] = d->ranks[(size_t)r * n + node];
    if (count == 0)
        return;
    qsort(scratch, count, sizeof *scratch, ascending);
    const uint32_t first = scratch[count / 40], last = scratch[count - 1 - count / 40];
    *low = first < *low ? first : *low;
    *high = last > *high ? last : *high;
}

static kith_status open_desk(desk *d, int resamples, uint64_t seed, kith_error *err)
{
    const size_t n = d->suspects->graph.node_count;

    d->resamples = resamples;
    d->alone = malloc(n * sizeof *d->alone);
    d->rank = calloc(n, sizeof *d->rank);
    d->ranks = calloc(n * (size_t)resamples + 1, sizeof *d->ranks);
    d->tried = calloc(n, sizeof *d->tried);
    d->chosen = calloc(n, sizeof *d->chosen);
    d->kept = calloc(n, sizeof *d->kept);
    if (!d->alone || !d->rank || !d->ranks || !d->tried || !d->chosen || !d->kept)
        return kith_no_memory(err);
    kith_status status =
        kith_players_rank(d->rank, &d->suspects->graph, d->options->aim, err);
    for (int i = 0; status == KITH_OK && i < resamples; i++) {
        kith_progress_tell(d->options->progress, "resamples", (uint64_t)i, (uint64_t)resamples);
        status = resample(d, i, seed, err);
    }
    return status;
}

static void close_desk(desk *d)
{
    kith_players_free(&d->found);
    free(d->alone);
    free(d->rank);
    free(d->ranks);
    free(d->tried);
    free(d->chosen);
    free(d->kept);
}

/* Puts a set in the order in which its members add most; gains as they then add. */
static kith_status order_set(uint32_t *set, double *gain, const desk *d, kith_error *err)
{
    const kith_graph *graph = &d->suspects->graph;
    const size_t size = d->found.size;
    double value = d->found.intact;
    kith_evaluator e = { 0 };
    kith_evaluator_scratch scratch = { 0 };

    kith_status status = kith_evaluator_open(&e, graph, d->options->aim, err);
    if (status == KITH_OK)
        status = kith_evaluator_scratch_open(&scratch, graph, err);
    for (size_t at = 0; status == KITH_OK && at < size; at++) {
        size_t best = at;
        double most = -INFINITY;
        for (size_t i = at; i < size; i++) {
            const uint32_t moved = set[at];
            set[at] = set[i];
            const double now = kith_evaluator_whole_value(&e, &scratch, set, at + 1);
            set[at] = moved;
            if (now > most + KITH_PLAYERS_EQUAL) {
                most = now;
                best = i;
            }
        }
        const uint32_t taken = set[best];
        for (size_t i = best; i > at; i--)
            set[i] = set[i - 1];
        set[at] = taken;
        gain[at] = most - value;
        value = most;
    }
    kith_evaluator_scratch_close(&scratch);
    kith_evaluator_close(&e);
    return status;
}

static void add_rank(kith_table *table, const desk *d, uint32_t node, uint32_t *scratch)
{
    uint32_t low, high;

    if (d->rank[node] == 0) {
        for (int i = 0; i < 3; i++)
            kith_table_missing(table);
        return;
    }
    kith_table_integer(table, d->rank[node]);
    if (d->resamples == 0) {
        kith_table_missing(table);
        kith_table_missing(table);
        return;
    }
    interval(&low, &high, d, node, scratch);
    kith_table_integer(table, low);
    kith_table_integer(table, high);
}

static kith_status add_rows(kith_table *table, desk *d, kith_error *err)
{
    const size_t size = d->found.size;
    double *gain = malloc(size * sizeof *gain);
    uint32_t *scratch = malloc(((size_t)d->resamples + 1) * sizeof *scratch);
    kith_status status = gain == NULL || scratch == NULL ? kith_no_memory(err) : KITH_OK;

    for (size_t s = 0; status == KITH_OK && s < d->found.set_count; s++) {
        uint32_t *set = &d->found.sets[s * size];
        status = order_set(set, gain, d, err);
        for (size_t i = 0; status == KITH_OK && i < size; i++) {
            kith_table_text(table, d->network->things[d->suspects->thing[set[i]]].id);
            kith_table_integer(table, (int64_t)s + 1);
            kith_table_number(table, kith_round_figures(gain[i]));
            kith_table_number(table, kith_round_figures(d->found.value));
            kith_table_number(
                table, d->tried[set[i]] == 0 ? NAN : (double)d->chosen[set[i]] / d->tried[set[i]]);
            add_rank(table, d, set[i], scratch);
        }
    }
    free(gain);
    free(scratch);
    return status;
}

static void add_facts(kith_table *table, const desk *d)
{
    const kith_players *found = &d->found;

    kith_table_fact(table, "aim", "%s", players_aims[d->options->aim].fact);
    kith_table_fact(table, "set_size", "%zu", found->size);
    kith_table_fact(table, "intact", "%.6g", found->intact);
    kith_table_fact(table, "value", "%.6g", found->value);
    if (d->given)
        kith_table_fact(table, "method",
                        "the set was given; `players` without names finds the "
                        "best one");
    else if (found->exact)
        kith_table_fact(table, "method", "exact: every set was tried");
    else if (found->bound <= found->value + KITH_PLAYERS_EQUAL)
        kith_table_fact(table, "method", "greedy with exchange; no set can be better");
    else
        kith_table_fact(table, "method",
                        "greedy with exchange, not exact; no set is above %.6g, so the gap is at "
                        "most %.6g",
                        found->bound, found->bound - found->value);
    if (found->exact && !d->given)
        kith_table_fact(table, "sets", "%.0f equally good%s", found->optima,
                        (double)found->set_count < found->optima ? ", the first are listed" : "");
}

static void add_notes(kith_table *table, const desk *d)
{
    kith_table_note(table, "%s; distances in steps", players_aims[d->options->aim].note);
    kith_table_note(table, "gain: what the member adds to those above it in the set; the gains and "
                           "the intact value add up to the value");
    if (d->resamples > 0)
        kith_table_note(table,
                        "chosen: share of %d resamples (10 %% of ties and 2 %% of people lost) in "
                        "which the member is in a best set; rank: of the member alone among all, "
                        "rank_low to rank_high in the resamples",
                        d->resamples);
    players_note_limits(table, d->network->view.all_dates);
}

static void add_columns(kith_table *table)
{
    kith_table_column(table, "id", KITH_CELL_TEXT);
    kith_table_column(table, "set", KITH_CELL_INTEGER);
    kith_table_column(table, "gain", KITH_CELL_NUMBER);
    kith_table_column(table, "value", KITH_CELL_NUMBER);
    kith_table_column(table, "chosen", KITH_CELL_NUMBER);
    kith_table_column(table, "rank", KITH_CELL_INTEGER);
    kith_table_column(table, "rank_low", KITH_CELL_INTEGER);
    kith_table_column(table, "rank_high", KITH_CELL_INTEGER);
}

/* A set that was named, as if it had been found. */
static kith_status take_given(desk *d, const uint32_t *given, kith_error *err)
{
    const kith_graph *graph = &d->suspects->graph;
    const size_t size = d->options->size;

    d->found = (kith_players){ .size = size,
                               .set_count = 1,
                               .sets = malloc(size * sizeof *d->found.sets) };
    if (d->found.sets == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < size; i++)
        d->found.sets[i] = given[i];
    kith_status status = kith_players_value(&d->found.intact, graph, d->options->aim, NULL, 0, err);
    if (status == KITH_OK)
        status = kith_players_value(&d->found.value, graph, d->options->aim, given, size, err);
    return status;
}

kith_status kith_players_rank(uint32_t *rank, const kith_graph *graph, kith_aim aim,
                              kith_error *err)
{
    const size_t n = graph->node_count;
    double *alone = malloc((n + 1) * sizeof *alone);
    kith_status status = alone == NULL ? kith_no_memory(err) : KITH_OK;

    if (status == KITH_OK)
        status = value_alone(alone, graph, aim, NULL, err);
    if (status == KITH_OK)
        status = rank_values(rank, alone, n, err);
    free(alone);
    return status;
}

kith_status kith_players_report(kith_table *table, const kith_suspects *suspects,
                                const kith_network *network, const kith_players_options *options,
                                const uint32_t *given, int resamples, uint64_t seed,
                                kith_error *err)
{
    desk d = {
        .suspects = suspects, .network = network, .options = options, .given = given != NULL
    };

    add_columns(table);
    table->empty = "no adult is alleged to harm in the window";
    players_add_people(table, suspects, network->view.all_dates);
    if (suspects->graph.node_count == 0)
        return kith_table_status(table, err);
    kith_status status = given != NULL
                             ? take_given(&d, given, err)
                             : kith_players_find(&d.found, &suspects->graph, options, err);
    if (status == KITH_OK)
        status = open_desk(&d, resamples, seed, err);
    if (status == KITH_OK)
        add_facts(table, &d);
    if (status == KITH_OK)
        status = add_rows(table, &d, err);
    if (status == KITH_OK)
        add_notes(table, &d);
    close_desk(&d);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
