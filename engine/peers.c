/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers.c: the groups of a layer.
 *
 * Groups come from kith_cluster. How sure a member is, is asked of the data
 * (peers_stability.c): a group that is swallowed whole by a larger one stays together; one
 * that falls apart keeps only the members of its largest piece. */
#include "kith/peers.h"

#include <math.h>
#include <stdlib.h>

#include "kith/leiden.h"
#include "peers_private.h"

enum {
    RUN_TIES = 100000, /* ties times runs stay below this, but for one run */
    MANY_TIES = 50000, /* above: few iterations, as the later ones bring little */
    MOST_RUNS = 10,
    ITERATIONS_OF_MANY = 2,
    MANY_NODES = 1 << 16 /* fewer fit a cache in any order */
};

/* Ties weighed by their evidence with mean 1; the resolution keeps to the scale. */
static kith_status weigh_ties(kith_graph *graph, kith_peers *peers, double *scale,
                              const kith_layer *layer, kith_error *err)
{
    const kith_graph *given = &layer->graph;
    kith_tie *ties = malloc((given->tie_count + 1) * sizeof *ties);
    double evidence = 0, weight = 0;
    size_t count = 0;

    if (ties == NULL)
        return kith_no_memory(err);
    for (size_t t = 0; t < given->tie_count; t++) {
        ties[count] = given->ties[t];
        weight += ties[count].weight;
        ties[count].weight = kith_layer_evidence(layer, t);
        evidence += ties[count].weight;
        count += ties[count].weight > 0;
    }
    peers->ungrounded = given->tie_count - count;
    if (count > 0) {
        *scale = (double)count / evidence;
        for (size_t t = 0; t < count; t++)
            ties[t].weight *= *scale;
        if (peers->used.objective == KITH_CPM)
            peers->used.resolution /= weight / (double)given->tie_count;
    }
    const kith_status status = kith_graph_from_ties(graph, given->node_count, ties, count, err);
    free(ties);
    return status;
}

static void settle_options(kith_peers_options *used, size_t tie_count)
{
    if (used->resolution == 0)
        used->resolution = used->objective == KITH_CPM ? KITH_PEERS_RESOLUTION : 1;
    if (used->runs == 0) {
        const size_t affordable = RUN_TIES / (tie_count + 1);
        used->runs = affordable < 1 ? 1 : affordable > MOST_RUNS ? MOST_RUNS : (int)affordable;
    }
    if (used->resamples < 0)
        used->resamples = KITH_PEERS_RESAMPLES;
}

static void count_groups(kith_peers *peers)
{
    const kith_clustering *found = &peers->clustering;

    while (peers->group_count < found->group_count &&
           found->size[peers->group_count] >= peers->used.least)
        peers->people_count += found->size[peers->group_count++];
    peers->small_count =
        found->shared_count > peers->group_count ? found->shared_count - peers->group_count : 0;
}

/* A network that is read as published keeps the groups of its objective. */
static bool parts_bridges(const kith_peers *peers, const kith_layer *layer)
{
    return peers->used.objective == KITH_CPM && layer->options.layer == KITH_LAYER_TOGETHER &&
           !layer->options.raw && !layer->options.unweighted;
}

static kith_status find(kith_peers *peers, const kith_layer *layer, kith_peers_graph *grouped,
                        kith_error *err)
{
    const kith_graph *graph = grouped->graph;
    const kith_cluster_options options = {
        peers->used.objective, peers->used.resolution, peers->used.seed, peers->used.runs,
        graph->tie_count > MANY_TIES ? ITERATIONS_OF_MANY : 0
    };

    peers->stability = malloc((graph->node_count + 1) * sizeof *peers->stability);
    peers->turn = malloc((graph->node_count + 1) * sizeof *peers->turn);
    grouped->place = malloc((graph->node_count + 1) * sizeof *grouped->place);
    grouped->order = malloc((graph->node_count + 1) * sizeof *grouped->order);
    if (!peers->stability || !peers->turn || !grouped->place || !grouped->order)
        return kith_no_memory(err);
    kith_status status = kith_layer_order(grouped->order, layer, err);
    for (size_t i = 0; status == KITH_OK && i < graph->node_count; i++) {
        peers->stability[i] = NAN;
        peers->turn[grouped->order[i]] = (uint32_t)i;
    }
    if (status == KITH_OK)
        status = kith_compact_make(&grouped->compact, grouped->place, grouped->order,
                                   graph->node_count, graph->ties, graph->tie_count, err);
    if (status == KITH_OK)
        status = kith_cluster_compact(&peers->clustering, graph, &grouped->compact, grouped->place,
                                      grouped->order, &options, err);
    if (status == KITH_OK && parts_bridges(peers, layer))
        status = kith_peers_part_bridges(peers, grouped, err);
    if (status != KITH_OK)
        return status;
    count_groups(peers);
    status = kith_peers_list_groups(peers, layer, err);
    if (status != KITH_OK || peers->used.resamples == 0 || peers->group_count == 0)
        return status;
    status = kith_peers_place_towns(grouped, &peers->clustering, MANY_NODES, err);
    return status == KITH_OK ? kith_peers_resample(peers, layer, grouped, err) : status;
}

kith_status kith_peers_find(kith_peers *peers, const kith_layer *layer,
                            const kith_peers_options *options, kith_error *err)
{
    kith_graph weighed = { 0 };
    kith_peers_graph grouped = { .graph = &layer->graph, .scale = 1 };
    kith_status status = KITH_OK;

    *peers = (kith_peers){ .used = *options };
    if (options->least < 1 || options->resamples < -1 || options->runs < 0)
        return kith_fail(err, KITH_USAGE,
                         "a smallest group of %u, %d resamples and %d runs were asked for; at "
                         "least 1, 0 and 1 are expected",
                         (unsigned)options->least, options->resamples, options->runs);
    if (layer->items == NULL && (options->resamples != 0 || options->evidence))
        return kith_fail(err, KITH_USAGE,
                         "without the records under its ties a group has no stability and no "
                         "evidence; ask for neither");
    settle_options(&peers->used, layer->graph.tie_count);
    if (peers->used.evidence) {
        status = weigh_ties(&weighed, peers, &grouped.scale, layer, err);
        grouped.graph = &weighed;
    }
    if (status == KITH_OK)
        status = find(peers, layer, &grouped, err);
    kith_compact_free(&grouped.compact);
    free(grouped.place);
    free(grouped.order);
    kith_graph_free(&weighed);
    if (status != KITH_OK)
        kith_peers_free(peers);
    return status;
}

void kith_peers_free(kith_peers *peers)
{
    kith_clustering_free(&peers->clustering);
    free(peers->stability);
    free(peers->turn);
    free(peers->members);
    free(peers->first_member);
    free(peers->letter);
    *peers = (kith_peers){ 0 };
}

void kith_peers_label(char out[KITH_PEERS_LABEL_SIZE], size_t group)
{
    char reversed[KITH_PEERS_LABEL_SIZE];
    size_t count = 0, at = 0;

    for (size_t rest = group + 1; rest > 0; rest = (rest - 1) / 26)
        reversed[count++] = (char)('A' + (rest - 1) % 26);
    while (count > 0)
        out[at++] = reversed[--count];
    out[at] = '\0';
}
