/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_places.c: the nodes of a large graph numbered by group, and groups by where they lie.
 *
 * A resample goes some ten times from every node to its neighbours. Where neighbours have near
 * numbers, what it needs stays in the cache, and a tie costs a country about what it costs a
 * county. The numbers of kith_compact_make keep groups together and strew the groups of a town
 * over the country; so the groups that were found are grouped in turn, by modularity,
 * which finds towns, and numbered town by town. */
#include <stdlib.h>

#include "kith/leiden.h"
#include "peers_private.h"


/* The town of each group, from 0 without gaps. */
static kith_status find_towns(uint32_t *town_of, const kith_compact *graph,
                              const uint32_t *group_of, size_t groups, kith_error *err)
{
    kith_compact joined;
    kith_random random;
    kith_status status = kith_compact_join(&joined, graph, group_of, groups, err);

    if (status != KITH_OK)
        return status;
    const double resolution = kith_leiden_masses(&joined, KITH_MODULARITY, 1);
    kith_random_seed(&random, 0);
    for (size_t g = 0; g < groups; g++)
        town_of[g] = (uint32_t)g;
    status = kith_leiden(town_of, &joined, resolution, &random, 1, NULL, err);
    kith_compact_free(&joined);
    return status;
}

static size_t labels_of(const uint32_t *label_of, size_t count)
{
    size_t labels = 0;

    for (size_t i = 0; i < count; i++)
        labels = label_of[i] >= labels ? (size_t)label_of[i] + 1 : labels;
    return labels;
}

/* Where each item stands in the order of labels, which have no gaps; those of one label as they
 * stood. room: two times one an item, and two more. */
static void place_by(uint32_t *place, const uint32_t *label_of, size_t count, uint32_t *room)
{
    uint32_t *listed = room, *begins = room + count;

    kith_list_members(listed, begins, label_of, count, labels_of(label_of, count));
    for (size_t i = 0; i < count; i++)
        place[listed[i]] = (uint32_t)i;
}

kith_status kith_peers_place_towns(kith_peers_graph *grouped, const kith_clustering *found,
                                   size_t many, kith_error *err)
{
    const size_t n = grouped->compact.count, all = grouped->graph->node_count;
    kith_status status = KITH_OK;

    if (n < many)
        return KITH_OK;
    uint32_t *label_of = malloc(all * sizeof *label_of), *town_of = malloc(n * sizeof *town_of);
    uint32_t *place = malloc(n * sizeof *place), *room = malloc((2 * all + 2) * sizeof *room);
    if (!label_of || !town_of || !place || !room) {
        status = kith_no_memory(err);
        goto out;
    }
    for (size_t v = 0; v < all; v++) /* whoever has no tie stands last, so have their labels */
        label_of[grouped->place[v]] = found->group_of[v];
    kith_close_gaps(label_of, all, NULL, room);
    const size_t groups = labels_of(label_of, n);
    status = find_towns(town_of, &grouped->compact, label_of, groups, err);
    if (status != KITH_OK)
        goto out;
    place_by(place, town_of, groups, room);
    for (size_t v = 0; v < n; v++)
        label_of[v] = place[label_of[v]];
    place_by(place, label_of, n, room);
    status = kith_compact_move(&grouped->compact, place, err);
    for (size_t v = 0; status == KITH_OK && v < all; v++)
        if (grouped->place[v] < n)
            grouped->place[v] = place[grouped->place[v]];

out:
    free(label_of);
    free(town_of);
    free(place);
    free(room);
    return status;
}
