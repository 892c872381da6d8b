/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_groups.c: which of the groups found are listed.
 *
 * Clustering sees every tie; most true ones rest on one event and no test could support them.
 * But a group of which chance would make every tie is none: it needs one tie that chance
 * would hardly make, or one that somebody declared. */
#include <stdlib.h>

#include "kith/together.h"
#include "peers_private.h"

/* The group of both ends of a tie, or KITH_NOTHING. */
static uint32_t group_inside(const kith_peers *peers, const kith_tie *tie)
{
    const uint32_t group = peers->clustering.group_of[tie->low];

    return group < peers->group_count && peers->clustering.group_of[tie->high] == group
               ? group
               : KITH_NOTHING;
}

static bool is_declared(const kith_layer *layer, size_t tie)
{
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        if (layer->items[i].is_link && !kith_grade_is_false(layer->items[i].grade))
            return true;
    return false;
}

/* Inferred ties are tested against chance only by the rules of peer ties. */
static bool is_tested(const kith_layer *layer)
{
    return layer->options.layer == KITH_LAYER_TOGETHER && !layer->options.raw &&
           !layer->options.unweighted && layer->items != NULL;
}

static kith_status find_supported(bool *supported, const kith_peers *peers,
                                  const kith_layer *layer, kith_error *err)
{
    const kith_graph *graph = &layer->graph;
    double *q = malloc((graph->tie_count + 1) * sizeof *q);

    if (q == NULL)
        return kith_no_memory(err);
    const kith_status status = kith_together_q(q, layer, err);
    for (size_t t = 0; status == KITH_OK && t < graph->tie_count; t++) {
        const uint32_t group = group_inside(peers, &graph->ties[t]);
        if (group != KITH_NOTHING && !supported[group])
            supported[group] = q[t] < KITH_SUPPORTED_Q || is_declared(layer, t);
    }
    free(q);
    return status;
}

static void give_letters(kith_peers *peers, const bool *supported, const uint32_t *people)
{
    for (size_t g = 0; g < peers->group_count; g++) {
        const bool enough = people[g] >= peers->used.least;
        peers->letter[g] = KITH_NOTHING;
        peers->small_count += !enough;
        peers->chance_count += enough && !supported[g];
        if (!enough || !supported[g])
            continue;
        peers->letter[g] = (uint32_t)peers->listed_count++;
        peers->member_count += people[g];
    }
}

/* Lists the members of each group, and counts the people among them. */
static kith_status list_members(kith_peers *peers, uint32_t *people, const kith_layer *layer,
                                kith_error *err)
{
    const kith_clustering *found = &peers->clustering;
    const size_t count = peers->group_count;

    peers->members = malloc((peers->people_count + 1) * sizeof *peers->members);
    peers->first_member = calloc(count + 2, sizeof *peers->first_member);
    peers->letter = malloc((count + 1) * sizeof *peers->letter);
    if (!peers->members || !peers->first_member || !peers->letter)
        return kith_no_memory(err);
    for (size_t g = 1; g < count; g++)
        peers->first_member[g + 1] = peers->first_member[g] + found->size[g - 1];
    for (uint32_t v = 0; v < layer->graph.node_count; v++) {
        const uint32_t group = found->group_of[v];
        if (group >= count)
            continue;
        peers->members[peers->first_member[group + 1]++] = v;
        people[group] += kith_layer_is_person(layer, v);
    }
    return KITH_OK;
}

kith_status kith_peers_list_groups(kith_peers *peers, const kith_layer *layer, kith_error *err)
{
    const size_t count = peers->group_count;
    bool *supported = malloc(count + 1);
    uint32_t *people = calloc(count + 1, sizeof *people);
    kith_status status = supported != NULL && people != NULL ? KITH_OK : kith_no_memory(err);

    if (status == KITH_OK)
        status = list_members(peers, people, layer, err);
    for (size_t g = 0; status == KITH_OK && g < count; g++)
        supported[g] = !is_tested(layer);
    if (status == KITH_OK && count > 0 && is_tested(layer))
        status = find_supported(supported, peers, layer, err);
    if (status == KITH_OK)
        give_letters(peers, supported, people);
    free(supported);
    free(people);
    return status;
}

uint32_t kith_peers_group_of(const kith_peers *peers, uint32_t node)
{
    const uint32_t group = peers->clustering.group_of[node];

    return group < peers->group_count && peers->letter[group] != KITH_NOTHING ? group
                                                                              : KITH_NOTHING;
}

static bool has_event(const kith_layer *layer, size_t tie)
{
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        if (!layer->items[i].is_link && !kith_grade_is_false(layer->items[i].grade))
            return true;
    return false;
}

bool kith_peers_by_association(const kith_peers *peers, const kith_layer *layer, uint32_t node)
{
    const kith_graph *graph = &layer->graph;
    const uint32_t group = kith_peers_group_of(peers, node);

    if (group == KITH_NOTHING || !is_tested(layer))
        return false;
    for (size_t i = graph->first[node]; i < graph->first[node + 1]; i++)
        if (peers->clustering.group_of[graph->neighbour[i]] == group &&
            has_event(layer, graph->tie_of[i]))
            return false;
    return true;
}
