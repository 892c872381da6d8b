/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain_member.c: what a member brings to a group, tie by tie. */
#include <stdio.h>

#include "explain_rows.h"
#include "kith/explain.h"

/* What the objective takes for being with the others: the resolution for each of them, or what
 * chance over the whole network would tie to them. */
static double price(const kith_peers *peers, const kith_layer *layer, uint32_t group,
                    uint32_t node)
{
    const kith_graph *graph = &layer->graph;
    const double others =
        (double)(peers->first_member[group + 1] - peers->first_member[group]) - 1;
    double whole = 0, own = 0, in_group = 0;

    if (peers->used.objective == KITH_CPM)
        return peers->used.resolution * others;
    for (size_t t = 0; t < graph->tie_count; t++) {
        const kith_tie *tie = &graph->ties[t];
        whole += tie->weight;
        own += tie->low == node || tie->high == node ? tie->weight : 0;
        in_group += tie->weight * ((peers->clustering.group_of[tie->low] == group) +
                                   (peers->clustering.group_of[tie->high] == group));
    }
    return peers->used.resolution * own * (in_group - own) / (2 * whole);
}

static double add_ties(kith_table *table, const kith_peers *peers, const kith_layer *layer,
                       uint32_t group, uint32_t node)
{
    const kith_graph *graph = &layer->graph;
    double sum = 0;

    for (size_t i = graph->first[node]; i < graph->first[node + 1]; i++) {
        const size_t tie = graph->tie_of[i];
        char text[96];
        if (peers->clustering.group_of[graph->neighbour[i]] != group)
            continue;
        size_t events = 0, links = 0;
        for (size_t k = layer->first_item[tie]; k < layer->first_item[tie + 1]; k++)
            if (layer->items[k].is_link)
                links++;
            else
                events++;
        snprintf(text, sizeof text, "%zu events, %zu links; `kith explain tie` has them", events,
                 links);
        explain_row(table, "tie", graph->ties[tie].weight,
                    kith_layer_id(layer, graph->neighbour[i]), NULL, text);
        sum += graph->ties[tie].weight;
    }
    return sum;
}

kith_status kith_explain_member(kith_table *table, const kith_peers *peers,
                                const kith_layer *layer, uint32_t node, kith_error *err)
{
    const uint32_t group = kith_peers_group_of(peers, node);
    const bool cpm = peers->used.objective == KITH_CPM;
    char label[KITH_PEERS_LABEL_SIZE], text[96];

    if (group == KITH_NOTHING)
        return kith_fail(err, KITH_NOT_FOUND,
                         "%s is in no peer group that is listed; `kith peers` lists them",
                         kith_layer_id(layer, node));
    explain_columns(table, "record");
    kith_peers_label(label, peers->letter[group]);
    const double taken = price(peers, layer, group, node);
    const double held = add_ties(table, peers, layer, group, node);
    const size_t others = peers->first_member[group + 1] - peers->first_member[group] - 1;
    snprintf(text, sizeof text, cpm ? "resolution %.6g for each of %zu others"
                                    : "resolution %.6g: what chance would tie to %zu others",
             peers->used.resolution, others);
    explain_row(table, cpm ? "resolution, less" : "chance, less", -taken, "", NULL, text);
    kith_table_fact(table, "group", "%s, of %zu", label, others + 1);
    explain_number(table, "hold", held - taken);
    kith_table_fact(table, "association_only", "%s",
                    kith_peers_by_association(peers, layer, node) ? "yes: declared ties alone"
                                                                  : "no");
    kith_table_note(table, "the values add up to the hold: by so much the quality of all groups, in units of "
                           "weight, would fall if this member stood alone");
    return kith_table_status(table, err);
}
