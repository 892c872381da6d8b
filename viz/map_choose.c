/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_choose.c: what is on a map: a walk outwards over its layers.
 *
 * Steps are counted over all layers of its base at once. */
#include <stdlib.h>
#include <string.h>

#include "map_private.h"

/* Puts a vertex on the list unless it is there. */
static void reach(kith_mapping *m, uint32_t vertex)
{
    if (m->node[vertex] != KITH_NOTHING)
        return;
    m->node[vertex] = (uint32_t)m->chosen_count;
    m->chosen[m->chosen_count++] = vertex;
}

/* Those within the steps, nearest first; the next ring is only counted. */
static kith_status walk(kith_mapping *m)
{
    uint8_t *near = malloc(m->vertex_count + 1);

    if (near == NULL)
        return kith_no_memory(m->err);
    memset(near, KITH_MAP_FAR, m->vertex_count);
    const size_t all =
        kith_map_near(near, m->chosen, m->seed_count, m->base, m->options->hops + 1);
    for (m->chosen_count = m->seed_count; m->chosen_count < all; m->chosen_count++)
        if (near[m->chosen[m->chosen_count]] > m->options->hops)
            break;
    m->beyond = all - m->chosen_count;
    for (uint32_t i = 0; i < m->chosen_count; i++)
        m->node[m->chosen[i]] = i;
    free(near);
    return KITH_OK;
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
        for (size_t l = 0; l < m->base->layer_count; l++)
            if (m->base->node_of[l][v] != KITH_NOTHING)
                reach(m, v);
}

static kith_status judge_size(const kith_mapping *m)
{
    const size_t most = m->options->most ? m->options->most : KITH_MAP_MOST;

    if (m->chosen_count <= most || m->options->summarise)
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
    kith_status status = KITH_OK;

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
            status = walk(m);
    }
    return status == KITH_OK ? judge_size(m) : status;
}
