/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_choose.c: what is on a map: a walk outwards over its layers.
 *
 * Without a layer of its own a map goes by three: declared links, people together, people
 * at places. Steps are counted over all of them at once. A condition is no step. */
#include <stdlib.h>
#include <string.h>

#include "map_private.h"

static const kith_layer_name usual_layers[MAP_LAYERS] = {
    [LINKS] = KITH_LAYER_LINKS, [TOGETHER] = KITH_LAYER_TOGETHER, [PRESENCE] = KITH_LAYER_PRESENCE
};

uint32_t kith_map_vertex(const kith_mapping *m, size_t layer, uint32_t node)
{
    const kith_layer_node *at = &m->layers[layer].nodes[node];

    return at->is_event ? (uint32_t)m->network->thing_count + at->index : at->index;
}

static kith_status build_layers(kith_mapping *m)
{
    kith_status status = KITH_OK;
    const size_t count = m->options->layer_only ? 1 : MAP_LAYERS;

    for (size_t i = 0; status == KITH_OK && i < count; i++) {
        kith_layer_options options = m->options->layer;
        if (!m->options->layer_only)
            options.layer = usual_layers[i];
        status = kith_layer_build(&m->layers[i], m->network, &options, m->err);
        if (status != KITH_OK)
            return status;
        m->layer_count = i + 1;
        m->node_of[i] = malloc((m->vertex_count + 1) * sizeof *m->node_of[i]);
        if (m->node_of[i] == NULL)
            return kith_no_memory(m->err);
        memset(m->node_of[i], 0xFF, (m->vertex_count + 1) * sizeof *m->node_of[i]);
        for (uint32_t n = 0; n < m->layers[i].graph.node_count; n++)
            m->node_of[i][kith_map_vertex(m, i, n)] = n;
    }
    return status;
}

/* Puts a vertex on the list unless it is there. */
static void reach(kith_mapping *m, uint32_t vertex)
{
    if (m->node[vertex] != KITH_NOTHING)
        return;
    m->node[vertex] = (uint32_t)m->chosen_count;
    m->chosen[m->chosen_count++] = vertex;
}

static void reach_neighbours(kith_mapping *m, uint32_t vertex)
{
    for (size_t l = 0; l < m->layer_count; l++) {
        const uint32_t node = m->node_of[l][vertex];
        const kith_graph *graph = &m->layers[l].graph;
        if (node == KITH_NOTHING)
            continue;
        for (size_t i = graph->first[node]; i < graph->first[node + 1]; i++)
            reach(m, kith_map_vertex(m, l, graph->neighbour[i]));
    }
}

static int by_vertex(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

/* One ring after another, each in the network's order; the last one is only counted. */
static void walk(kith_mapping *m)
{
    size_t from = 0;

    for (int hop = 0; hop <= m->options->hops; hop++) {
        const size_t end = m->chosen_count;
        for (size_t i = from; i < end; i++)
            reach_neighbours(m, m->chosen[i]);
        if (m->chosen_count > end)
            qsort(m->chosen + end, m->chosen_count - end, sizeof *m->chosen, by_vertex);
        from = end;
    }
    m->beyond = m->chosen_count - from;
    for (size_t i = from; i < m->chosen_count; i++)
        m->node[m->chosen[i]] = KITH_NOTHING;
    m->chosen_count = from;
    for (uint32_t i = 0; i < m->chosen_count; i++)
        m->node[m->chosen[i]] = i;
}

static kith_status start_from_ids(kith_mapping *m)
{
    for (size_t i = 0; i < m->options->id_count; i++) {
        uint32_t thing;
        const kith_status status =
            kith_network_find(&thing, m->network, m->options->ids[i], m->err);
        if (status != KITH_OK)
            return status;
        reach(m, thing);
    }
    m->seed_count = m->chosen_count;
    return KITH_OK;
}

static void take_everything(kith_mapping *m)
{
    for (uint32_t v = 0; v < m->vertex_count; v++)
        for (size_t l = 0; l < m->layer_count; l++)
            if (m->node_of[l][v] != KITH_NOTHING)
                reach(m, v);
}

static kith_status judge_size(const kith_mapping *m)
{
    const size_t most = m->options->most ? m->options->most : KITH_MAP_MOST;

    if (m->chosen_count <= most)
        return KITH_OK;
    if (m->options->id_count == 0)
        return kith_fail(
            m->err, KITH_USAGE,
            "the whole network has %zu people, places and things; a picture of more than "
            "%zu cannot be read: name whom it is about (kith map ID), leave out those "
            "without a tie (--no-isolates), or choose --kinds or a shorter --window",
            m->chosen_count, most);
    return kith_fail(
        m->err, KITH_USAGE,
        "%zu people, places and things are within %d steps; a picture of more than %zu "
        "cannot be read: ask for fewer --hops, choose --kinds or a shorter --window, or "
        "raise --most",
        m->chosen_count, m->options->hops, most);
}

kith_status kith_map_choose(kith_mapping *m)
{
    kith_status status = build_layers(m);

    if (status != KITH_OK)
        return status;
    m->node = malloc((m->vertex_count + 1) * sizeof *m->node);
    m->chosen = malloc((m->vertex_count + 1) * sizeof *m->chosen);
    if (m->node == NULL || m->chosen == NULL)
        return kith_no_memory(m->err);
    memset(m->node, 0xFF, (m->vertex_count + 1) * sizeof *m->node);
    if (m->options->id_count == 0) {
        take_everything(m);
    } else {
        status = start_from_ids(m);
        if (status == KITH_OK)
            walk(m);
    }
    return status == KITH_OK ? judge_size(m) : status;
}
