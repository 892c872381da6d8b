/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players.c: trying every set, or growing one and exchanging its members.
 *
 * Sets are tried in the order of their nodes, cut by their first node into pieces that
 * threads take. Each piece remembers its best sets; put together in the order of the
 * pieces they are those that one thread would have found. */
#include "kith/players.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/parallel.h"
#include "players_search.h"

static const double most_work = 3e9;

enum { LISTED = 10, MOST_PIECES = 256 };

/* The best of the sets that begin with some nodes. */
typedef struct trial {
    uint32_t from, to; /* first nodes, `to` excluded */
    double best, optima;
    uint32_t *sets;
    size_t listed;
    bool *chosen;
} trial;

typedef struct desk {
    kith_search *search;
    size_t most; /* sets to list */
    trial *trials;
} desk;

static void remember(trial *t, const desk *d, const uint32_t *set, double value)
{
    const size_t size = d->search->size, n = d->search->evaluator.graph->node_count;

    if (value < t->best - KITH_PLAYERS_EQUAL)
        return;
    if (value > t->best + KITH_PLAYERS_EQUAL) {
        memset(t->chosen, 0, n * sizeof *t->chosen);
        t->optima = 0;
        t->listed = 0;
    }
    if (value > t->best)
        t->best = value;
    t->optima++;
    for (size_t i = 0; i < size; i++)
        t->chosen[set[i]] = true;
    if (t->listed < d->most)
        memcpy(&t->sets[t->listed++ * size], set, size * sizeof *set);
}

/* The next set in order with the same first node. False after the last. */
static bool next_set(uint32_t *set, size_t size, size_t n)
{
    size_t at = size;

    while (at > 1 && set[at - 1] == n - size + at - 1)
        at--;
    if (at <= 1)
        return false;
    set[at - 1]++;
    for (size_t i = at; i < size; i++)
        set[i] = set[i - 1] + 1;
    return true;
}

static kith_status try_sets(void *context, size_t piece, unsigned worker, kith_error *err)
{
    const desk *d = context;
    kith_search *search = d->search;
    const size_t n = search->evaluator.graph->node_count, size = search->size;
    trial *t = &d->trials[piece];
    uint32_t *set = malloc(size * sizeof *set);

    t->sets = malloc(d->most * size * sizeof *t->sets);
    t->chosen = calloc(n, sizeof *t->chosen);
    if (set == NULL || t->sets == NULL || t->chosen == NULL) {
        free(set);
        return kith_no_memory(err);
    }
    for (uint32_t first = t->from; first < t->to && first + size <= n; first++) {
        for (size_t i = 0; i < size; i++)
            set[i] = first + (uint32_t)i;
        do
            remember(t, d, set,
                     kith_evaluator_value(&search->evaluator, &search->scratch[worker], set, size));
        while (next_set(set, size, n));
    }
    free(set);
    return KITH_OK;
}

static void put_together(kith_players *players, const desk *d, size_t pieces)
{
    const size_t n = d->search->evaluator.graph->node_count, size = players->size;
    double best = -1;

    for (size_t p = 0; p < pieces; p++)
        best = d->trials[p].optima > 0 && d->trials[p].best > best ? d->trials[p].best : best;
    for (size_t p = 0; p < pieces; p++) {
        const trial *t = &d->trials[p];
        if (t->optima == 0 || t->best < best - KITH_PLAYERS_EQUAL)
            continue;
        players->optima += t->optima;
        for (size_t v = 0; v < n; v++)
            players->chosen[v] |= t->chosen[v];
        for (size_t i = 0; i < t->listed && players->set_count < d->most; i++)
            memcpy(&players->sets[players->set_count++ * size], &t->sets[i * size],
                   size * sizeof *t->sets);
    }
}

static kith_status try_all(kith_players *players, kith_search *search, size_t most, kith_error *err)
{
    const size_t n = search->evaluator.graph->node_count;
    const size_t pieces = n < MOST_PIECES ? n : MOST_PIECES;
    desk d = { .search = search, .most = most, .trials = calloc(pieces, sizeof *d.trials) };
    const kith_parallel job = { try_sets, &d, pieces, "sets of people", search->progress };

    if (d.trials == NULL)
        return kith_no_memory(err);
    for (size_t p = 0; p < pieces; p++)
        d.trials[p] = (trial){ .from = (uint32_t)(p * n / pieces),
                               .to = (uint32_t)((p + 1) * n / pieces),
                               .best = -1 };
    const kith_status status = kith_parallel_run(&job, search->workers, err);
    if (status == KITH_OK)
        put_together(players, &d, pieces);
    for (size_t p = 0; p < pieces; p++) {
        free(d.trials[p].sets);
        free(d.trials[p].chosen);
    }
    free(d.trials);
    players->exact = true;
    return status;
}

static kith_status search_one(kith_players *players, kith_search *search, kith_error *err)
{
    const kith_status status = kith_search_run(players->sets, &players->bound, search, err);

    players->set_count = 1;
    players->optima = 1;
    for (size_t i = 0; status == KITH_OK && i < players->size; i++)
        players->chosen[players->sets[i]] = true;
    return status;
}

/* An upper limit of the steps for all sets: each member brings its component. */
static double work_of_all(const kith_search *search)
{
    const kith_evaluator *e = &search->evaluator;
    const double n = (double)e->graph->node_count;
    double work = 0;

    for (size_t p = 0; p < e->part_count; p++)
        work += e->cost[p] * (double)(e->first[p + 1] - e->first[p]);
    for (size_t i = 1; i < search->size; i++)
        work *= (n - (double)i) / (double)i;
    return work;
}

static kith_status check(const kith_graph *graph, kith_aim aim, size_t size, kith_error *err)
{
    const size_t n = graph->node_count, left = kith_aim_removes(aim) ? 2 : 0;

    if (size == 0)
        return kith_fail(err, KITH_USAGE, "the size of the set is 0; ask for at least one person");
    if (n < size + left)
        return kith_fail(err, KITH_USAGE, "there are %zu people, too few for a set of %zu%s", n,
                         size, left > 0 ? " that leaves two others" : "");
    return KITH_OK;
}

static kith_status find(kith_players *players, kith_search *search,
                        const kith_players_options *options, kith_error *err)
{
    const size_t n = search->evaluator.graph->node_count;
    const size_t most = options->listed > 0 ? options->listed : LISTED;
    const double work = options->work > 0 ? options->work : most_work;

    players->size = options->size;
    players->sets = malloc(most * options->size * sizeof *players->sets);
    players->chosen = calloc(n, sizeof *players->chosen);
    if (players->sets == NULL || players->chosen == NULL)
        return kith_no_memory(err);
    search->work = work;
    const kith_status status = work_of_all(search) <= work ? try_all(players, search, most, err)
                                                           : search_one(players, search, err);
    if (status != KITH_OK)
        return status;
    const kith_evaluator *e = &search->evaluator;
    players->intact = kith_evaluator_whole_value(e, &search->scratch[0], NULL, 0);
    players->value =
        kith_evaluator_whole_value(e, &search->scratch[0], players->sets, players->size);
    if (players->exact || players->bound < players->value)
        players->bound = players->value;
    return KITH_OK;
}

kith_status kith_players_find(kith_players *players, const kith_graph *graph,
                              const kith_players_options *options, kith_error *err)
{
    kith_search search;

    *players = (kith_players){ 0 };
    kith_status status = check(graph, options->aim, options->size, err);
    if (status != KITH_OK)
        return status;
    status = kith_search_open(&search, graph, options, err);
    if (status == KITH_OK)
        status = find(players, &search, options, err);
    kith_search_close(&search);
    if (status != KITH_OK)
        kith_players_free(players);
    return status;
}

void kith_players_free(kith_players *players)
{
    free(players->sets);
    free(players->chosen);
    *players = (kith_players){ 0 };
}

static kith_status check_set(const kith_graph *graph, const uint32_t *set, size_t count,
                             kith_error *err)
{
    if (count > graph->node_count)
        return kith_fail(err, KITH_USAGE, "a set of %zu is larger than the %zu people", count,
                         graph->node_count);
    for (size_t i = 0; i < count; i++)
        if (set[i] >= graph->node_count || (i > 0 && set[i] <= set[i - 1]))
            return kith_fail(err, KITH_USAGE, "node %lu is out of range or out of order",
                             (unsigned long)set[i]);
    return KITH_OK;
}

/* The value of a set, or where terms is not NULL those. */
static kith_status evaluate(double *value, kith_player_term *terms, const kith_graph *graph,
                            kith_aim aim, const uint32_t *set, size_t count, kith_error *err)
{
    kith_evaluator evaluator = { 0 };
    kith_evaluator_scratch scratch = { 0 };
    kith_status status = check_set(graph, set, count, err);

    if (status == KITH_OK)
        status = kith_evaluator_open(&evaluator, graph, aim, err);
    if (status == KITH_OK)
        status = kith_evaluator_scratch_open(&scratch, graph, err);
    if (status == KITH_OK && terms != NULL)
        kith_evaluator_terms(terms, &evaluator, &scratch, set, count);
    else if (status == KITH_OK)
        *value = kith_evaluator_whole_value(&evaluator, &scratch, set, count);
    kith_evaluator_scratch_close(&scratch);
    kith_evaluator_close(&evaluator);
    return status;
}

kith_status kith_players_value(double *value, const kith_graph *graph, kith_aim aim,
                               const uint32_t *set, size_t count, kith_error *err)
{
    *value = NAN;
    return evaluate(value, NULL, graph, aim, set, count, err);
}

kith_status kith_players_terms(kith_player_term *terms, const kith_graph *graph, kith_aim aim,
                               const uint32_t *set, size_t count, kith_error *err)
{
    return evaluate(NULL, terms, graph, aim, set, count, err);
}
