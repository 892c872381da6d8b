/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_groups.c: peer groups as frames.
 *
 * Groups are those that `peers` finds over the whole layer of people together, with its
 * letters; a frame is drawn around two members and more, and says how many are not here. */
#include <stdio.h>
#include <stdlib.h>

#include "map_private.h"

/* The group of a chosen vertex, or SIZE_MAX. */
static size_t group_of(const kith_mapping *m, const kith_peers *peers, size_t layer,
                       uint32_t chosen)
{
    const uint32_t node = m->base->node_of[layer][m->chosen[chosen]];
    const uint32_t group =
        node != KITH_NOTHING ? kith_peers_group_of(peers, node) : KITH_NOTHING;

    return group != KITH_NOTHING ? group : SIZE_MAX;
}

static void add_frame(kith_mapping *m, const kith_peers *peers, size_t layer, size_t group,
                      uint32_t members)
{
    char letters[KITH_PEERS_LABEL_SIZE], label[64];
    const uint32_t size = peers->clustering.size[group];

    kith_peers_label(letters, peers->letter[group]);
    if (members < size)
        snprintf(label, sizeof label, "group %s (%u of %u)", letters, members, size);
    else
        snprintf(label, sizeof label, "group %s", letters);
    const uint32_t cluster = kith_scene_add_cluster(m->scene, label);
    for (uint32_t i = 0; i < m->chosen_count; i++)
        if (group_of(m, peers, layer, i) == group)
            m->scene->nodes[i].cluster = cluster;
}

static kith_status add_frames(kith_mapping *m, const kith_peers *peers, size_t layer)
{
    uint32_t *members = calloc(peers->group_count + 1, sizeof *members);

    if (members == NULL)
        return kith_no_memory(m->err);
    for (uint32_t i = 0; i < m->chosen_count; i++) {
        const size_t group = group_of(m, peers, layer, i);
        if (group != SIZE_MAX)
            members[group]++;
    }
    for (size_t group = 0; group < peers->group_count; group++)
        if (members[group] > 1)
            add_frame(m, peers, layer, group, members[group]);
    free(members);
    return KITH_OK;
}

kith_status kith_map_groups(kith_mapping *m)
{
    const kith_map_base *base = m->base;

    return m->options->no_groups || base->grouped == MAP_LAYERS
               ? KITH_OK
               : add_frames(m, &base->peers, base->grouped);
}
