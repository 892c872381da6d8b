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
#include "kith/text.h"

static const double slack = 1e-9; /* relative: lengths that differ by less are equal */

enum { MOST_IDS = 3 };

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

static kith_status draw_atlas(atlas *a, size_t layer_count, bool as_given, kith_error *err)
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
    if (a->roads == NULL || ties == NULL || a->distance == NULL || a->steps == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    const size_t count = list_roads(a->roads, a->layers, layer_count, as_given);
    for (size_t i = 0; i < count; i++)
        ties[i] = (kith_tie){ a->roads[i].low, a->roads[i].high, 1 / a->roads[i].weight };
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

/* Breadth first from the end over the shortest roads. queue has room for all places. */
static void count_steps(atlas *a, uint32_t end, uint32_t *queue)
{
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

kith_status kith_path_find(kith_path *path, const kith_layer *layers, size_t layer_count,
                           uint32_t from, uint32_t to, bool as_given, kith_error *err)
{
    atlas a = { .layers = layers };
    uint32_t *queue = NULL;

    *path = (kith_path){ 0 };
    if (from == to)
        return kith_fail(err, KITH_USAGE, "both ends are %s; name two different ones",
                         layers[0].network->things[from].id);
    kith_status status = draw_atlas(&a, layer_count, as_given, err);
    if (status == KITH_OK)
        status = measure_distances(&a, to, err);
    if (status != KITH_OK)
        goto out;
    queue = malloc((a.graph.node_count + 1) * sizeof *queue);
    if (queue == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    count_steps(&a, to, queue);
    status = walk(path, &a, from, err);

out:
    free(queue);
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

static const char *item_id(const kith_layer *layer, const kith_layer_item *item)
{
    return item->is_link ? layer->network->links[item->index].id
                         : layer->network->events[item->index].id;
}

static void write_records(kith_text *out, const kith_layer *layer, size_t tie)
{
    const size_t first = layer->first_item[tie], end = layer->first_item[tie + 1];
    size_t named = 0;

    for (size_t i = first; i < end && named < MOST_IDS; i++)
        if (item_id(layer, &layer->items[i])[0] != '\0')
            kith_text_format(out, "%s%s", named++ > 0 ? ", " : "",
                             item_id(layer, &layer->items[i]));
    if (named < end - first)
        kith_text_format(out, "%s%zu more", named > 0 ? ", and " : "", end - first - named);
}

/* What the strongest item says. A link that the other end stands first in is told from there,
 * or a child would seem to do what is done to them. */
static void write_kind(kith_text *out, const kith_path_step *step)
{
    const kith_layer *layer = step->layer;
    const kith_layer_item *item = &layer->items[layer->first_item[step->tie]];

    if (item->is_link) {
        const kith_link *link = &layer->network->links[item->index];
        if (!link->meaning->gathers && link->from != layer->nodes[step->from].index)
            kith_text_format(out, "from %s: ", kith_layer_id(layer, step->to));
    }
    kith_text_add(out, kith_layer_item_label(layer, item));
}

static void add_step(kith_table *table, kith_text *text, const kith_path_step *step)
{
    static const char *const lines[] = {
        [KITH_DOTTED] = "dotted", [KITH_DASHED] = "dashed", [KITH_SOLID] = "solid"
    };
    const kith_layer *layer = step->layer;

    kith_table_text(table, kith_layer_id(layer, step->from));
    kith_table_text(table, kith_layer_id(layer, step->to));
    kith_text_clear(text);
    write_kind(text, step);
    kith_table_text(table, kith_text_string(text));
    kith_table_number(table, step->weight);
    kith_text_clear(text);
    write_records(text, layer, step->tie);
    kith_table_text(table, kith_text_string(text));
    kith_table_text(table, lines[kith_layer_line(layer, step->tie, NULL)]);
    kith_table_text(table, kith_layer_kind_word(layer, step->from));
    kith_table_text(table, kith_layer_kind_word(layer, step->to));
}

kith_status kith_path_report(kith_table *table, const kith_path *path, kith_error *err)
{
    kith_text text = { 0 };

    kith_table_column(table, "step", KITH_CELL_INTEGER);
    kith_table_column(table, "from_id", KITH_CELL_TEXT);
    kith_table_column(table, "to_id", KITH_CELL_TEXT);
    kith_table_column(table, "kind", KITH_CELL_TEXT);
    kith_table_column(table, "weight", KITH_CELL_NUMBER);
    kith_table_column(table, "records", KITH_CELL_TEXT);
    kith_table_column(table, "line", KITH_CELL_TEXT);
    kith_table_column(table, "from_kind", KITH_CELL_TEXT);
    kith_table_column(table, "to_kind", KITH_CELL_TEXT);
    table->empty = "no route is recorded between the two";
    for (size_t i = 0; i < path->count; i++) {
        kith_table_integer(table, (int64_t)i + 1);
        add_step(table, &text, &path->steps[i]);
    }
    if (path->count > 0)
        kith_table_fact(table, "length", "%.6g, the sum of 1/weight over %zu steps", path->length,
                        path->count);
    kith_table_note(table, "a route says that records connect the two, not that they know each "
                           "other; it is as weak as its weakest step");
    const kith_status status = kith_text_status(&text, err);
    kith_text_free(&text);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
