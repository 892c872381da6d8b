/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_base.c: what maps of one network share.
 *
 * Without a layer of its own a map goes by three: declared links, people together, people
 * at places. Steps are counted over all of them at once. A condition is no step. Peer groups
 * and hotspots are asked of their analyses over the whole network; a partial one has none. */
#include <stdlib.h>
#include <string.h>

#include "kith/keep.h"
#include "kith/parallel.h"
#include "map_private.h"

enum { LEAST_MEMBERS = 3 };

static const kith_layer_name usual_layers[MAP_LAYERS] = {
    [LINKS] = KITH_LAYER_LINKS, [TOGETHER] = KITH_LAYER_TOGETHER, [PRESENCE] = KITH_LAYER_PRESENCE
};

uint32_t kith_map_vertex(const kith_map_base *base, size_t layer, uint32_t node)
{
    const kith_layer_node *at = &base->layers[layer].nodes[node];

    return at->is_event ? (uint32_t)base->network->thing_count + at->index : at->index;
}

typedef struct building {
    kith_map_base *base;
    const kith_map_options *options;
} building;

static kith_status build_layer(void *context, size_t layer, unsigned worker, kith_error *err)
{
    const building *b = context;
    kith_map_base *base = b->base;
    kith_layer_options options = b->options->layer;
    const size_t size = (base->vertex_count + 1) * sizeof *base->node_of[layer];

    (void)worker;
    if (!b->options->layer_only)
        options.layer = usual_layers[layer];
    const kith_status status = kith_layer_build(&base->layers[layer], base->network, &options, err);
    if (status != KITH_OK)
        return status;
    base->node_of[layer] = malloc(size);
    if (base->node_of[layer] == NULL)
        return kith_no_memory(err);
    memset(base->node_of[layer], 0xFF, size);
    for (uint32_t n = 0; n < base->layers[layer].graph.node_count; n++)
        base->node_of[layer][kith_map_vertex(base, layer, n)] = n;
    return KITH_OK;
}

/* Side by side: none looks at another. */
static kith_status build_layers(kith_map_base *base, const kith_map_options *options, kith_error *err)
{
    building b = { base, options };

    base->layer_count = options->layer_only ? 1 : MAP_LAYERS;
    const kith_parallel job = { .task = build_layer, .context = &b, .pieces = base->layer_count };
    return kith_parallel_run(&job, kith_parallel_workers(base->layer_count), err);
}

/* The layer of people together, when maps go by it in the ordinary reading. */
static size_t layer_of_groups(const kith_network *network, const kith_map_options *options)
{
    const kith_layer_options *layer = &options->layer;

    if (options->no_groups || layer->raw || layer->unweighted || network->partial)
        return MAP_LAYERS;
    if (!options->layer_only)
        return TOGETHER;
    return layer->layer == KITH_LAYER_TOGETHER ? 0 : MAP_LAYERS;
}

static kith_status find_groups(kith_map_base *base, kith_store *store, const kith_map_options *options,
                               kith_error *err)
{
    const kith_peers_options peers = { .seed = options->seed, .least = LEAST_MEMBERS };

    base->grouped = layer_of_groups(base->network, options);
    return base->grouped == MAP_LAYERS
               ? KITH_OK
               : kith_peers_find_kept(&base->peers, &base->layers[base->grouped], &peers, store, err);
}

static kith_status find_hotspots(kith_map_base *base, const kith_map_options *options, kith_error *err)
{
    const kith_view *view = &base->network->view;
    const int32_t first = view->as_of - KITH_HOTSPOT_CHANGE_DAYS + 1;
    const kith_hotspots_options hotspots = { .since = first > view->since ? first : view->since,
                                             .seed = options->seed };

    return options->layer.raw || options->no_hotspots || view->small > 0 || base->network->partial
               ? KITH_OK
               : kith_hotspots_find(&base->hotspots, base->network, &hotspots, err);
}

kith_status kith_map_base_build(kith_map_base **base, kith_store *store, const kith_network *network,
                                const kith_map_options *options, kith_error *err)
{
    kith_map_base *b = calloc(1, sizeof *b);

    *base = NULL;
    if (b == NULL)
        return kith_no_memory(err);
    b->network = network;
    b->vertex_count = network->thing_count + network->event_count;
    kith_status status = build_layers(b, options, err);
    if (status == KITH_OK)
        status = find_groups(b, store, options, err);
    if (status == KITH_OK)
        status = find_hotspots(b, options, err);
    if (status == KITH_OK)
        *base = b;
    else
        kith_map_base_free(b);
    return status;
}

void kith_map_base_free(kith_map_base *base)
{
    if (base == NULL)
        return;
    for (size_t i = 0; i < MAP_LAYERS; i++) {
        kith_layer_free(&base->layers[i]);
        free(base->node_of[i]);
    }
    kith_peers_free(&base->peers);
    kith_hotspots_free(&base->hotspots);
    free(base);
}

/* The vertices one step on from a vertex that have no distance yet. */
static size_t reach(uint8_t *near, uint32_t *list, size_t count, const kith_map_base *base,
                    uint32_t vertex)
{
    for (size_t l = 0; l < base->layer_count; l++) {
        const uint32_t node = base->node_of[l][vertex];
        const kith_graph *graph = &base->layers[l].graph;
        if (node == KITH_NOTHING)
            continue;
        for (size_t i = graph->first[node]; i < graph->first[node + 1]; i++) {
            const uint32_t next = kith_map_vertex(base, l, graph->neighbour[i]);
            if (near[next] != KITH_MAP_FAR)
                continue;
            near[next] = near[vertex] + 1;
            list[count++] = next;
        }
    }
    return count;
}

static int by_vertex(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

size_t kith_map_near(uint8_t *near, uint32_t *list, size_t count, const kith_map_base *base,
                     int hops)
{
    size_t from = 0;

    for (size_t i = 0; i < count; i++)
        near[list[i]] = 0;
    for (int hop = 0; hop < hops; hop++) {
        const size_t end = count;
        for (; from < end; from++)
            count = reach(near, list, count, base, list[from]);
        if (count > end)
            qsort(list + end, count - end, sizeof *list, by_vertex);
    }
    return count;
}
