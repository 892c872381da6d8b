/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures.c: igraph measures, we fix what each figure means.
 *
 * Degree, strength and components are read off our own arrays, and routes are counted by our
 * own kernel (betweenness.h); the rest is igraph's,
 * asked only for what it does well: a simple undirected graph, weights above 0, at
 * least one node. PageRank is ARPACK's: PRPACK's threads race, and no two runs of it give
 * the same last digits. The eigenvector is computed within the largest component alone,
 * where it is unique: over a graph in pieces it would pick one piece by its density
 * and say nothing of the others. */
#include "kith/measures.h"

#include <math.h>
#include <stdlib.h>

#include "igraph_view.h"
#include "kith/betweenness.h"

static const double damping = 0.85;
enum { FEWEST_SOURCES = 100 };
/* The iteration settles to some 1e-13 of the greatest value, and where depends on the order of
 * the nodes: what lies below this is not said. */
static const double EIGENVECTOR_STEP = 1e-9;
enum { MOST_RESTARTS = 300 }; /* of the eigenvector's iteration; a county needs a few */

typedef struct part {
    uint32_t smallest; /* its smallest node */
    uint32_t size;
    size_t ends; /* twice its ties */
} part;

static int by_size(const void *a, const void *b)
{
    const part *x = a, *y = b;

    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (x->smallest > y->smallest) - (x->smallest < y->smallest);
}

/* Marks one component with its smallest node, breadth first; queue has room for all nodes. */
static part explore(const kith_graph *graph, uint32_t start, uint32_t *mark, uint32_t *queue)
{
    part found = { .smallest = start };
    size_t next = 0, end = 0;

    mark[start] = start;
    queue[end++] = start;
    while (next < end) {
        const uint32_t v = queue[next++];
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
            const uint32_t u = graph->neighbour[i];
            if (mark[u] == UINT32_MAX) {
                mark[u] = start;
                queue[end++] = u;
            }
        }
        found.ends += graph->first[v + 1] - graph->first[v];
    }
    found.size = (uint32_t)end;
    return found;
}

/* Fills component, component_count and work. */
static kith_status find_components(kith_measures *measures, const kith_graph *graph,
                                   kith_error *err)
{
    const size_t n = graph->node_count;
    kith_status status = KITH_OK;
    uint32_t *mark = malloc(n * sizeof *mark), *queue = malloc(n * sizeof *queue);
    part *parts = malloc(n * sizeof *parts);

    if (mark == NULL || queue == NULL || parts == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    for (size_t v = 0; v < n; v++)
        mark[v] = UINT32_MAX;
    for (uint32_t v = 0; v < n; v++)
        if (mark[v] == UINT32_MAX)
            parts[measures->component_count++] = explore(graph, v, mark, queue);
    qsort(parts, measures->component_count, sizeof *parts, by_size);
    for (uint32_t c = 0; c < measures->component_count; c++) {
        queue[parts[c].smallest] = c;
        measures->work += (double)parts[c].size * ((double)parts[c].size + (double)parts[c].ends);
    }
    for (size_t v = 0; v < n; v++)
        measures->nodes[v].component = queue[mark[v]];

out:
    free(mark);
    free(queue);
    free(parts);
    return status;
}

static void count_ties(kith_measures *measures, const kith_graph *graph)
{
    for (size_t v = 0; v < graph->node_count; v++) {
        kith_measure *node = &measures->nodes[v];
        node->degree = (uint32_t)(graph->first[v + 1] - graph->first[v]);
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++)
            node->strength += graph->ties[graph->tie_of[i]].weight;
    }
}

static size_t sources_for(const kith_graph *graph, const kith_measures_options *options,
                          double work)
{
    const double once = (double)graph->node_count + 2 * (double)graph->tie_count;

    if (options->exact || (options->samples == 0 && work <= KITH_MEASURES_WORK))
        return 0;
    if (options->samples > 0)
        return options->samples;
    return KITH_MEASURES_WORK / once > FEWEST_SOURCES ? (size_t)(KITH_MEASURES_WORK / once)
                                                      : FEWEST_SOURCES;
}

static kith_status by_distance(kith_measures *measures, const kith_graph *graph,
                               const kith_measures_options *options, kith_error *err)
{
    const double n = (double)measures->count;
    const kith_betweenness_options asked = { .by_weight = options->by_weight,
                                             .samples = sources_for(graph, options, measures->work),
                                             .seed = options->seed,
                                             .progress = options->progress };
    kith_betweenness found;

    const kith_status status = kith_betweenness_of(&found, graph, &asked, err);
    for (size_t v = 0; status == KITH_OK && v < measures->count; v++) {
        kith_measure *node = &measures->nodes[v];
        node->betweenness = found.through[v];
        node->betweenness_norm = n < 3 ? 0 : 2 * found.through[v] / ((n - 1) * (n - 2));
        node->harmonic = found.nearness[v];
    }
    measures->sources = found.sources;
    measures->betweenness_error = found.through_error;
    measures->harmonic_error = found.nearness_error;
    kith_betweenness_free(&found);
    return status;
}

static kith_status by_structure(kith_measures *measures, const igraph_t *graph, kith_error *err)
{
    kith_status status = KITH_OK;
    igraph_vector_t clustering = { 0 };
    igraph_vector_int_t cores = { 0 }, cuts = { 0 };

    IG(igraph_vector_init(&clustering, 0));
    IG(igraph_vector_int_init(&cores, 0));
    IG(igraph_vector_int_init(&cuts, 0));
    IG(igraph_transitivity_local_undirected(graph, &clustering, igraph_vss_all(),
                                            IGRAPH_TRANSITIVITY_ZERO));
    IG(igraph_coreness(graph, &cores, IGRAPH_ALL));
    IG(igraph_articulation_points(graph, &cuts));
    for (size_t v = 0; v < measures->count; v++) {
        measures->nodes[v].clustering = VECTOR(clustering)[v];
        measures->nodes[v].coreness = (uint32_t)VECTOR(cores)[v];
    }
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&cuts); i++)
        measures->nodes[VECTOR(cuts)[i]].cut = true;

out:
    igraph_vector_destroy(&clustering);
    igraph_vector_int_destroy(&cores);
    igraph_vector_int_destroy(&cuts);
    return status;
}

static kith_status by_walks(kith_measures *measures, const kith_igraph_view *view, kith_error *err)
{
    kith_status status = KITH_OK;
    igraph_vector_t rank = { 0 };
    igraph_arpack_options_t options;

    igraph_arpack_options_init(&options);
    IG(igraph_vector_init(&rank, 0));
    IG(igraph_pagerank(&view->graph, IGRAPH_PAGERANK_ALGO_ARPACK, &rank, NULL, igraph_vss_all(),
                       IGRAPH_UNDIRECTED, damping, &view->weights, &options));
    for (size_t v = 0; v < measures->count; v++)
        measures->nodes[v].pagerank = VECTOR(rank)[v];

out:
    igraph_vector_destroy(&rank);
    return status;
}

/* The largest component as a graph of its own. members: its nodes, ascending. */
static kith_status largest(kith_graph *giant, uint32_t **members, const kith_measures *measures,
                           const kith_graph *graph, kith_error *err)
{
    size_t count = 0;

    *members = malloc(graph->node_count * sizeof **members);
    if (*members == NULL)
        return kith_no_memory(err);
    for (size_t v = 0; v < graph->node_count; v++)
        if (measures->nodes[v].component == 0)
            (*members)[count++] = (uint32_t)v;
    return kith_graph_induced(giant, graph, *members, count, err);
}

/* Nobody has a value where nobody has a tie, or when igraph's iteration does not settle. */
static kith_status by_eigenvector(kith_measures *measures, const kith_graph *graph, kith_error *err)
{
    kith_graph giant = { 0 };
    kith_igraph_view view = { 0 };
    uint32_t *members = NULL;
    igraph_vector_t values = { 0 };
    igraph_arpack_options_t options;

    if (graph->tie_count == 0)
        return KITH_OK;
    kith_status status = largest(&giant, &members, measures, graph, err);
    if (status == KITH_OK)
        status = kith_igraph_open(&view, &giant, err);
    if (status != KITH_OK)
        goto out;
    IG(igraph_vector_init(&values, 0));
    igraph_arpack_options_init(&options);
    options.mxiter = MOST_RESTARTS;
    const igraph_error_t code = igraph_eigenvector_centrality(
        &view.graph, &values, NULL, IGRAPH_UNDIRECTED, true, &view.weights, &options);
    if (code == IGRAPH_ENOMEM)
        IG(code);
    measures->eigen = code == IGRAPH_SUCCESS;
    for (size_t i = 0; measures->eigen && i < giant.node_count; i++)
        measures->nodes[members[i]].eigenvector = round(VECTOR(values)[i] / EIGENVECTOR_STEP) * EIGENVECTOR_STEP;

out:
    igraph_vector_destroy(&values);
    kith_igraph_close(&view);
    kith_graph_free(&giant);
    free(members);
    return status;
}

static kith_status measure(kith_measures *measures, const kith_graph *graph,
                           const kith_measures_options *options, kith_error *err)
{
    kith_igraph_view view = { 0 };

    count_ties(measures, graph);
    kith_status status = find_components(measures, graph, err);
    if (status == KITH_OK)
        status = kith_igraph_open(&view, graph, err);
    if (status == KITH_OK)
        status = by_distance(measures, graph, options, err);
    if (status == KITH_OK)
        status = by_structure(measures, &view.graph, err);
    if (status == KITH_OK)
        status = by_walks(measures, &view, err);
    kith_igraph_close(&view);
    if (status == KITH_OK)
        status = by_eigenvector(measures, graph, err);
    return status;
}

kith_status kith_measures_of(kith_measures *measures, const kith_graph *graph,
                             const kith_measures_options *options, kith_error *err)
{
    static const kith_measures_options usual = { .exact = false };

    *measures = (kith_measures){ .eigen = true };
    if (graph->node_count == 0)
        return KITH_OK;
    measures->nodes = calloc(graph->node_count, sizeof *measures->nodes);
    if (measures->nodes == NULL)
        return kith_no_memory(err);
    measures->count = graph->node_count;
    for (size_t v = 0; v < measures->count; v++)
        measures->nodes[v].eigenvector = NAN;
    const kith_status status = measure(measures, graph, options != NULL ? options : &usual, err);
    if (status != KITH_OK)
        kith_measures_free(measures);
    return status;
}

void kith_measures_free(kith_measures *measures)
{
    free(measures->nodes);
    *measures = (kith_measures){ 0 };
}
