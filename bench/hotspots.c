/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots: the walk between people and places by Kith and by igraph's PRPACK, in turn.
 *
 *     bench-hotspots HUB [ROUNDS]
 *
 * HUB is an open hub (init --plain) of bench-generate's data. Each person and place that share
 * events make a pair that weighs their number; the walk starts over from everybody who is a victim or missing. Each
 * round runs Kith at 1e-13, which is what igraph reaches, then igraph; it prints processor seconds, and the sum of errors over
 * the places against Kith at 1e-14. */
#include <igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "kith/network.h"
#include "kith/two_mode.h"

static const double damping = 0.85;

typedef struct data {
    kith_network network;
    kith_two_mode graph;
    size_t *first;
    uint32_t *person;
    double *weight, *start;
} data;

static double seconds(void)
{
    struct timespec at;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void *need(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "bench-hotspots: out of memory\n");
        exit(1);
    }
    return memory;
}

static void need_ok(kith_status status, const kith_error *err)
{
    if (status != KITH_OK) {
        fprintf(stderr, "bench-hotspots: %s\n", err->message);
        exit(1);
    }
}

static int by_value(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

    return (a > b) - (a < b);
}

/* place << 32 | person for each participation at a place, sorted. */
static size_t list_visits(uint64_t *visits, data *d, uint32_t first_place)
{
    const kith_network *n = &d->network;
    double starters = 0;
    size_t count = 0;

    for (size_t i = 0; i < n->participation_count; i++) {
        const kith_participation *p = &n->participations[i];
        const uint32_t place = n->events[p->event].place;
        if (p->role == KITH_VICTIM || p->role == KITH_MISSING)
            d->start[p->person] = 1;
        if (place != KITH_NOTHING)
            visits[count++] = (uint64_t)(place - first_place) << 32 | p->person;
    }
    qsort(visits, count, sizeof *visits, by_value);
    for (uint32_t i = 0; i < first_place; i++)
        starters += d->start[i];
    for (uint32_t i = 0; i < first_place; i++)
        d->start[i] /= starters;
    return count;
}

static void make_graph(data *d)
{
    const kith_network *n = &d->network;
    uint64_t *visits = need(malloc((n->participation_count + 1) * sizeof *visits));
    uint32_t first_place = 0, places = 0;
    size_t pairs = 0;

    while (first_place < n->thing_count && n->things[first_place].kind == KITH_PERSON)
        first_place++;
    while (first_place + places < n->thing_count && n->things[first_place + places].kind == KITH_LOCATION)
        places++;
    d->start = need(calloc(first_place + 1, sizeof *d->start));
    const size_t count = list_visits(visits, d, first_place);
    d->first = need(calloc(places + 2, sizeof *d->first));
    d->person = need(malloc((count + 1) * sizeof *d->person));
    d->weight = need(malloc((count + 1) * sizeof *d->weight));
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && visits[i] == visits[i - 1]) {
            d->weight[pairs - 1]++;
            continue;
        }
        d->person[pairs] = (uint32_t)visits[i];
        d->weight[pairs++] = 1;
        d->first[(visits[i] >> 32) + 1]++;
    }
    for (uint32_t i = 0; i < places; i++)
        d->first[i + 1] += d->first[i];
    d->graph = (kith_two_mode){ first_place, places, d->first, d->person, d->weight };
    free(visits);
}

static double walk(double *share, const data *d, double tolerance, int *rounds)
{
    kith_error err;
    const double before = seconds();

    need_ok(kith_two_mode_walk(share, &d->graph, d->start, damping, tolerance, rounds, &err), &err);
    return seconds() - before;
}

static void fill_igraph(igraph_t *graph, igraph_vector_t *weights, igraph_vector_t *reset, const data *d)
{
    const kith_two_mode *g = &d->graph;
    const size_t pairs = g->first[g->place_count];
    igraph_vector_int_t ends;

    igraph_vector_int_init(&ends, (igraph_integer_t)(2 * pairs));
    igraph_vector_init(weights, (igraph_integer_t)pairs);
    igraph_vector_init(reset, (igraph_integer_t)(g->person_count + g->place_count));
    for (size_t place = 0; place < g->place_count; place++)
        for (size_t i = g->first[place]; i < g->first[place + 1]; i++) {
            VECTOR(ends)[2 * i] = g->person[i];
            VECTOR(ends)[2 * i + 1] = (igraph_integer_t)(g->person_count + place);
            VECTOR(*weights)[i] = g->weight[i];
        }
    for (size_t i = 0; i < g->person_count; i++)
        VECTOR(*reset)[i] = d->start[i];
    igraph_create(graph, &ends, (igraph_integer_t)(g->person_count + g->place_count), IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&ends);
}

static double prpack(igraph_vector_t *rank, const igraph_t *graph, igraph_vector_t *weights,
                     igraph_vector_t *reset)
{
    const double before = seconds();

    igraph_personalized_pagerank(graph, IGRAPH_PAGERANK_ALGO_PRPACK, rank, NULL, igraph_vss_all(),
                                 IGRAPH_UNDIRECTED, damping, reset, weights, NULL);
    return seconds() - before;
}

/* People in no event are walked to no further, which igraph hands back to the start: shares are
 * compared, not what is left of the walk. */
static double error_of(const double *share, const double *exact, size_t count)
{
    double sum = 0, exact_sum = 0, error = 0;

    for (size_t i = 0; i < count; i++) {
        sum += share[i];
        exact_sum += exact[i];
    }
    for (size_t i = 0; i < count; i++)
        error += fabs(share[i] / sum - exact[i] / exact_sum);
    return error;
}

int main(int argc, char **argv)
{
    const kith_view view = { .user = "open", .purpose = "", .audience = "case-team", .all_dates = true };
    const int rounds = argc > 2 ? atoi(argv[2]) : 3;
    kith_store *store;
    kith_error err = { 0 };
    data d = { 0 };
    igraph_t graph;
    igraph_vector_t weights, reset, rank;
    int used;

    if (argc < 2) {
        fprintf(stderr, "usage: bench-hotspots HUB [ROUNDS]\n");
        return 2;
    }
    need_ok(kith_store_open(&store, argv[1], NULL, KITH_READ_ONLY, &err), &err);
    need_ok(kith_network_build(&d.network, store, &view, &err), &err);
    make_graph(&d);
    fill_igraph(&graph, &weights, &reset, &d);
    igraph_vector_init(&rank, 0);
    double *exact = need(malloc((d.graph.place_count + 1) * sizeof *exact));
    double *share = need(malloc((d.graph.place_count + 1) * sizeof *share));
    walk(exact, &d, 1e-14, &used);
    printf("people %zu, places %zu, pairs %zu\n", d.graph.person_count, d.graph.place_count,
           d.graph.first[d.graph.place_count]);
    for (int round = 0; round < rounds; round++) {
        const double ours = walk(share, &d, 1e-13, &used);
        const double our_error = error_of(share, exact, d.graph.place_count);
        const double theirs = prpack(&rank, &graph, &weights, &reset);
        printf("kith %.3f s (%d rounds, error %.1e), igraph PRPACK %.3f s (error %.1e): %.2f times\n", ours,
               used, our_error, theirs,
               error_of(VECTOR(rank) + d.graph.person_count, exact, d.graph.place_count), theirs / ours);
    }
    igraph_vector_destroy(&rank);
    igraph_vector_destroy(&reset);
    igraph_vector_destroy(&weights);
    igraph_destroy(&graph);
    kith_network_free(&d.network);
    kith_store_close(store);
    free(exact);
    free(share);
    free(d.first);
    free(d.person);
    free(d.weight);
    free(d.start);
    return 0;
}
