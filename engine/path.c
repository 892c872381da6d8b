/* SPDX-License-Identifier: GPL-3.0-or-later */
/* path.c: the strongest route, and always the same one.
 *
 * Layers number their nodes each in its own way, so their ties are first written between
 * places: a thing's index, or the number of things plus an event's. igraph measures all
 * distances to the end; the walk from the start then takes at each place, among the ties
 * that lie on a shortest road, one with the fewest steps to go, and the first id. */
#include "kith/path.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "igraph_view.h"

static const double slack = 1e-9; /* relative: lengths that differ by less are equal */

enum { MOST_LISTED = 10000 }; /* routes of fewest steps that are compared */

/* A tie of one layer between two places. */
typedef struct road {
    uint32_t low, high;
    double weight;
    uint32_t layer;
    size_t tie;
} road;

typedef struct atlas {
    const kith_layer *layers;
    road *roads;      /* one a pair, in the order of graph.ties */
    kith_graph graph; /* of places; a tie's weight is its length */
    double *distance; /* to the end */
    uint32_t *steps;  /* to the end, over the shortest roads; UINT32_MAX: none */
    uint32_t *queue;  /* places from which the end can be reached, the nearest first */
    size_t reached;
} atlas;

static uint32_t place_of(const kith_layer *layer, uint32_t node)
{
    const kith_layer_node *at = &layer->nodes[node];

    return at->is_event ? (uint32_t)layer->network->thing_count + at->index : at->index;
}

static const char *id_of(const kith_network *network, uint32_t place)
{
    return place < network->thing_count ? network->things[place].id
                                        : network->events[place - network->thing_count].id;
}

/* The strongest of a pair first, of equals the first layer's. */
static int by_pair(const void *a, const void *b)
{
    const road *x = a, *y = b;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    if (x->high != y->high)
        return x->high < y->high ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->layer > y->layer) - (x->layer < y->layer);
}

/* Lists one road a pair. Returns how many. */
static size_t list_roads(road *roads, const kith_layer *layers, size_t layer_count, bool as_given)
{
    size_t count = 0, kept = 0;

    for (uint32_t l = 0; l < layer_count; l++) {
        const kith_layer *layer = &layers[l];
        for (size_t t = 0; t < layer->graph.tie_count; t++) {
            const kith_tie *tie = &layer->graph.ties[t];
            const uint32_t a = place_of(layer, tie->low), b = place_of(layer, tie->high);
            const double weight = as_given ? tie->weight : kith_layer_evidence(layer, t);
            if (weight > 0 && isfinite(1 / weight))
                roads[count++] = (road){ a < b ? a : b, a < b ? b : a, weight, l, t };
        }
    }
    qsort(roads, count, sizeof *roads, by_pair);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || roads[i].low != roads[kept - 1].low ||
            roads[i].high != roads[kept - 1].high)
            roads[kept++] = roads[i];
    return kept;
}

/* fewest: every road is of length 1. */
static kith_status draw_atlas(atlas *a, size_t layer_count, bool as_given, bool fewest,
                              kith_error *err)
{
    const kith_network *network = a->layers[0].network;
    const size_t places = network->thing_count + network->event_count;
    kith_status status = KITH_OK;
    kith_tie *ties = NULL;
    size_t room = 1;

    for (size_t l = 0; l < layer_count; l++)
        room += a->layers[l].graph.tie_count;
    a->roads = malloc(room * sizeof *a->roads);
    ties = malloc(room * sizeof *ties);
    a->distance = malloc((places + 1) * sizeof *a->distance);
    a->steps = malloc((places + 1) * sizeof *a->steps);
    a->queue = malloc((places + 1) * sizeof *a->queue);
    if (!a->roads || !ties || !a->distance || !a->steps || !a->queue) {
        status = kith_no_memory(err);
        goto out;
    }
    const size_t count = list_roads(a->roads, a->layers, layer_count, as_given);
    for (size_t i = 0; i < count; i++)
        ties[i] =
            (kith_tie){ a->roads[i].low, a->roads[i].high, fewest ? 1 : 1 / a->roads[i].weight };
    status = kith_graph_from_ties(&a->graph, places, ties, count, err);

out:
    free(ties);
    return status;
}

static void close_atlas(atlas *a)
{
    kith_graph_free(&a->graph);
    free(a->roads);
    free(a->distance);
    free(a->steps);
    free(a->queue);
}

static kith_status measure_distances(atlas *a, uint32_t end, kith_error *err)
{
    kith_igraph_view view = { 0 };
    igraph_matrix_t found = { 0 };

    kith_status status = kith_igraph_open(&view, &a->graph, err);
    if (status != KITH_OK)
        return status;
    IG(igraph_matrix_init(&found, 0, 0));
    IG(igraph_distances_dijkstra(&view.graph, &found, igraph_vss_1(end), igraph_vss_all(),
                                 &view.weights, IGRAPH_ALL));
    for (size_t v = 0; v < a->graph.node_count; v++)
        a->distance[v] = MATRIX(found, 0, v);

out:
    igraph_matrix_destroy(&found);
    kith_igraph_close(&view);
    return status;
}

/* Whether a shortest road from `far` goes on over neighbour entry i, to `near`. */
static bool leads(const atlas *a, uint32_t far, uint32_t near, size_t i)
{
    const double length = a->graph.ties[a->graph.tie_of[i]].weight;

    return a->distance[near] < a->distance[far] &&
           fabs(a->distance[far] - a->distance[near] - length) <= slack * a->distance[far];
}

/* Breadth first from the end over the shortest roads. */
static void count_steps(atlas *a, uint32_t end)
{
    uint32_t *queue = a->queue;
    size_t next = 0, count = 0;

    for (size_t v = 0; v < a->graph.node_count; v++)
        a->steps[v] = UINT32_MAX;
    a->steps[end] = 0;
    queue[count++] = end;
    while (next < count) {
        const uint32_t near = queue[next++];
        for (size_t i = a->graph.first[near]; i < a->graph.first[near + 1]; i++) {
            const uint32_t far = a->graph.neighbour[i];
            if (a->steps[far] == UINT32_MAX && leads(a, far, near, i)) {
                a->steps[far] = a->steps[near] + 1;
                queue[count++] = far;
            }
        }
    }
    a->reached = count;
}

/* Of the next places with one step less to go, the neighbour entry of the first id. */
static size_t first_way(const atlas *a, uint32_t at)
{
    const kith_network *network = a->layers[0].network;
    size_t best = SIZE_MAX;

    for (size_t i = a->graph.first[at]; i < a->graph.first[at + 1]; i++) {
        const uint32_t next = a->graph.neighbour[i];
        if (a->steps[next] != a->steps[at] - 1 || !leads(a, at, next, i))
            continue;
        if (best == SIZE_MAX ||
            strcmp(id_of(network, next), id_of(network, a->graph.neighbour[best])) < 0)
            best = i;
    }
    return best;
}

static kith_path_step step_over(const atlas *a, uint32_t at, size_t way)
{
    const road *taken = &a->roads[a->graph.tie_of[way]];
    const kith_layer *layer = &a->layers[taken->layer];
    const kith_tie *tie = &layer->graph.ties[taken->tie];
    const bool forward = place_of(layer, tie->low) == at;

    return (kith_path_step){ forward ? tie->low : tie->high, forward ? tie->high : tie->low, layer,
                             taken->tie, taken->weight };
}

static kith_status walk(kith_path *path, const atlas *a, uint32_t from, kith_error *err)
{
    const uint32_t count = a->steps[from];

    if (count == UINT32_MAX)
        return KITH_OK;
    path->steps = malloc((count + 1) * sizeof *path->steps);
    if (path->steps == NULL)
        return kith_no_memory(err);
    path->length = a->distance[from];
    for (uint32_t at = from; path->count < count;) {
        const size_t way = first_way(a, at);
        path->steps[path->count++] = step_over(a, at, way);
        at = a->graph.neighbour[way];
    }
    return KITH_OK;
}

static kith_status survey(atlas *a, size_t layer_count, uint32_t from, uint32_t to, bool as_given,
                          bool fewest, kith_error *err)
{
    if (from == to)
        return kith_fail(err, KITH_USAGE, "both ends are %s; name two different ones",
                         a->layers[0].network->things[from].id);
    kith_status status = draw_atlas(a, layer_count, as_given, fewest, err);
    if (status == KITH_OK)
        status = measure_distances(a, to, err);
    if (status == KITH_OK)
        count_steps(a, to);
    return status;
}

kith_status kith_path_find(kith_path *path, const kith_layer *layers, size_t layer_count,
                           uint32_t from, uint32_t to, bool as_given, kith_error *err)
{
    atlas a = { .layers = layers };

    *path = (kith_path){ 0 };
    kith_status status = survey(&a, layer_count, from, to, as_given, false, err);
    if (status == KITH_OK)
        status = walk(path, &a, from, err);
    close_atlas(&a);
    if (status != KITH_OK)
        kith_path_free(path);
    return status;
}

void kith_path_free(kith_path *path)
{
    free(path->steps);
    *path = (kith_path){ 0 };
}

/* Whether entry i leads one step on from a place. */
static bool goes_on(const atlas *a, uint32_t at, size_t i)
{
    const uint32_t next = a->graph.neighbour[i];

    return a->steps[next] == a->steps[at] - 1 && leads(a, at, next, i);
}

/* How many routes there are; places nearer to the end are counted first. */
static kith_status count_routes(double *total, const atlas *a, uint32_t from, kith_error *err)
{
    double *ways = calloc(a->graph.node_count + 1, sizeof *ways);

    if (ways == NULL)
        return kith_no_memory(err);
    for (size_t q = 0; q < a->reached; q++) {
        const uint32_t at = a->queue[q];
        ways[at] = q == 0;
        for (size_t i = a->graph.first[at]; q > 0 && i < a->graph.first[at + 1]; i++)
            if (goes_on(a, at, i))
                ways[at] += ways[a->graph.neighbour[i]];
    }
    *total = ways[from];
    free(ways);
    return KITH_OK;
}

/* The next entry from `i` on that goes on from a place; its end when there is none. */
static size_t next_way(const atlas *a, uint32_t at, size_t i)
{
    while (i < a->graph.first[at + 1] && !goes_on(a, at, i))
        i++;
    return i;
}

static bool add_route(kith_paths *paths, const atlas *a, uint32_t from, const size_t *ways,
                      size_t length)
{
    kith_path *path = &paths->list[paths->count];

    *path = (kith_path){ .steps = malloc((length + 1) * sizeof *path->steps) };
    if (path->steps == NULL)
        return false;
    for (uint32_t at = from; path->count < length; at = a->graph.neighbour[ways[path->count - 1]]) {
        path->steps[path->count] = step_over(a, at, ways[path->count]);
        path->length += 1 / path->steps[path->count].weight;
        path->count++;
    }
    paths->count++;
    return true;
}

/* Lists routes in the order of the places on them, depth first. ways: the entries taken so far. */
static kith_status list_routes(kith_paths *paths, const atlas *a, uint32_t from, size_t room,
                               kith_error *err)
{
    const size_t length = a->steps[from];
    size_t *ways = malloc((length + 1) * sizeof *ways), depth = 0;
    uint32_t *places = malloc((length + 1) * sizeof *places);
    bool fits = ways != NULL && places != NULL;

    if (fits) {
        places[0] = from;
        ways[0] = next_way(a, from, a->graph.first[from]);
    }
    while (fits && paths->count < room) {
        const uint32_t at = places[depth];
        if (ways[depth] == a->graph.first[at + 1]) {
            if (depth-- == 0)
                break;
            ways[depth] = next_way(a, places[depth], ways[depth] + 1);
        } else if (depth + 1 == length) {
            fits = add_route(paths, a, from, ways, length);
            ways[depth] = next_way(a, at, ways[depth] + 1);
        } else {
            places[depth + 1] = a->graph.neighbour[ways[depth]];
            depth++;
            ways[depth] = next_way(a, places[depth], a->graph.first[places[depth]]);
        }
    }
    free(ways);
    free(places);
    return fits ? KITH_OK : kith_no_memory(err);
}

/* The strongest first; equal ones in the order of the places on them. */
static int by_length(const void *left, const void *right)
{
    const kith_path *x = left, *y = right;

    if (fabs(x->length - y->length) > slack * x->length)
        return x->length < y->length ? -1 : 1;
    for (size_t i = 0; i < x->count; i++) {
        const kith_layer_node *a = &x->steps[i].layer->nodes[x->steps[i].to];
        const kith_layer_node *b = &y->steps[i].layer->nodes[y->steps[i].to];
        if (a->is_event != b->is_event)
            return a->is_event ? 1 : -1;
        if (a->index != b->index)
            return a->index < b->index ? -1 : 1;
    }
    return 0;
}

kith_status kith_path_fewest(kith_paths *paths, const kith_layer *layers, size_t layer_count,
                             uint32_t from, uint32_t to, bool as_given, kith_error *err)
{
    atlas a = { .layers = layers };

    *paths = (kith_paths){ 0 };
    kith_status status = survey(&a, layer_count, from, to, as_given, true, err);
    if (status != KITH_OK || a.steps[from] == UINT32_MAX)
        goto out;
    status = count_routes(&paths->total, &a, from, err);
    if (status != KITH_OK)
        goto out;
    const size_t room = paths->total < MOST_LISTED ? (size_t)paths->total : MOST_LISTED;
    paths->list = calloc(room, sizeof *paths->list);
    status = paths->list == NULL ? kith_no_memory(err) : list_routes(paths, &a, from, room, err);
    if (status == KITH_OK)
        qsort(paths->list, paths->count, sizeof *paths->list, by_length);

out:
    close_atlas(&a);
    if (status != KITH_OK)
        kith_paths_free(paths);
    return status;
}

void kith_paths_free(kith_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        kith_path_free(&paths->list[i]);
    free(paths->list);
    *paths = (kith_paths){ 0 };
}
