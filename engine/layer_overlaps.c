/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_overlaps.c: what a layer keeps of missing episodes that were recorded apart. */
#include <stdlib.h>

#include "layer_private.h"
#include "overlap.h"

static kith_overlap read_match(const kith_overlaps *found, const kith_match *match)
{
    const kith_episode *left = &found->episodes[match->left];
    const kith_episode *right = &found->episodes[match->right];

    return (kith_overlap){ .left = left->person,
                           .right = right->person,
                           .event = left->event < right->event ? left->event : right->event,
                           .other = left->event < right->event ? right->event : left->event,
                           .weight = match->weight,
                           .grade = kith_grade_weaker(left->grade, right->grade) };
}

static kith_status keep(kith_layer *layer, const kith_overlaps *found, kith_error *err)
{
    layer->overlaps_unsupported = found->unsupported;
    layer->capped_events += found->capped;
    if (found->match_count == 0)
        return KITH_OK;
    layer->overlaps = malloc(found->match_count * sizeof *layer->overlaps);
    if (layer->overlaps == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < found->match_count; i++)
        if (found->matches[i].weight > 0)
            layer->overlaps[layer->overlap_count++] = read_match(found, &found->matches[i]);
    return KITH_OK;
}

kith_status kith_layer_find_overlaps(kith_layer *layer, kith_gathering *gathering, kith_error *err)
{
    kith_overlaps found;

    if (layer->network->partial) /* what chance makes is known of all episodes alone */
        return KITH_OK;
    kith_status status = kith_overlaps_build(&found, gathering, err);
    if (status == KITH_OK)
        status = keep(layer, &found, err);
    kith_overlaps_free(&found);
    return status;
}

/* Where the overlaps of a pair begin. */
static size_t first_of(const kith_layer *layer, uint32_t left, uint32_t right)
{
    size_t low = 0, high = layer->overlap_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const kith_overlap *at = &layer->overlaps[middle];
        if (at->left < left || (at->left == left && at->right < right))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t kith_layer_other_event(const kith_layer *layer, size_t tie, const kith_layer_item *item)
{
    const uint32_t left = layer->nodes[layer->graph.ties[tie].low].index;
    const uint32_t right = layer->nodes[layer->graph.ties[tie].high].index;
    size_t i = first_of(layer, left, right);

    while (i + 1 < layer->overlap_count && layer->overlaps[i].event != item->index)
        i++;
    return layer->overlaps[i].other;
}
