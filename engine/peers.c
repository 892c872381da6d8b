/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers.c: the groups of a layer, and how surely each member belongs.
 *
 * Groups come from kith_cluster. How sure a member is, is asked of the data: some ties and
 * people are lost at random, the rest is grouped anew, and we see who stays together. A
 * group that is swallowed whole by a larger one stays together; one that falls apart
 * keeps only the members of its largest piece. */
#include "kith/peers.h"

#include <math.h>
#include <stdlib.h>

#include "kith/random.h"

static const double tie_loss = 0.1, person_loss = 0.02;

enum {
    RESAMPLE_ITERATIONS = 3,
    RUN_TIES = 100000, /* ties times runs stay below this, but for one run */
    MANY_TIES = 50000, /* above: fewer resamples */
    MOST_RUNS = 10,
    RESAMPLES = 20,
    RESAMPLES_OF_MANY = 10
};

/* The ties as they are, or weighed by their evidence with mean 1. */
static kith_status weigh_ties(kith_graph *graph, kith_peers *peers, const kith_layer *layer,
                              kith_error *err)
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
        if (peers->used.evidence)
            ties[count].weight = kith_layer_evidence(layer, t);
        evidence += ties[count].weight;
        count += ties[count].weight > 0;
    }
    peers->ungrounded = given->tie_count - count;
    if (peers->used.evidence && count > 0) {
        const double mean = evidence / (double)count;
        for (size_t t = 0; t < count; t++)
            ties[t].weight /= mean;
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
        used->resamples = tie_count > MANY_TIES ? RESAMPLES_OF_MANY : RESAMPLES;
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

/* A resample: what was kept, and how it was grouped. */
typedef struct resample {
    kith_random random;
    bool *kept; /* one a node */
    kith_tie *ties;
    uint32_t *overlap;        /* one a new group */
    uint32_t *tried, *stayed; /* one a node */
} resample;

static kith_status lose_some(kith_graph *thinned, resample *r, const kith_graph *graph,
                             kith_error *err)
{
    size_t count = 0;

    for (size_t v = 0; v < graph->node_count; v++)
        r->kept[v] = kith_random_unit(&r->random) >= person_loss;
    for (size_t t = 0; t < graph->tie_count; t++) {
        const kith_tie *tie = &graph->ties[t];
        const bool lost = kith_random_unit(&r->random) < tie_loss;
        if (!lost && r->kept[tie->low] && r->kept[tie->high])
            r->ties[count++] = *tie;
    }
    return kith_graph_from_ties(thinned, graph->node_count, r->ties, count, err);
}

/* Marks who of one old group stays with its core. members: the group's nodes. */
static void follow_group(resample *r, const uint32_t *members, size_t count,
                         const kith_clustering *again)
{
    uint32_t core = 0, most = 0;

    for (size_t i = 0; i < count; i++) {
        const uint32_t label = again->group_of[members[i]];
        if (!r->kept[members[i]])
            continue;
        r->overlap[label]++;
        if (r->overlap[label] > most || (r->overlap[label] == most && label < core)) {
            most = r->overlap[label];
            core = label;
        }
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t v = members[i];
        r->overlap[again->group_of[v]] = 0;
        r->tried[v] += r->kept[v];
        r->stayed[v] += r->kept[v] && most > 1 && again->group_of[v] == core;
    }
}

/* Nodes by group; begins[g] is where group g starts. Both have room for all nodes and one more. */
static void list_members(uint32_t *members, size_t *begins, const kith_clustering *clustering,
                         size_t n)
{
    size_t at = 0;

    for (size_t g = 0; g < clustering->group_count; g++) {
        begins[g] = at;
        at += clustering->size[g];
    }
    for (size_t v = 0; v < n; v++)
        members[begins[clustering->group_of[v]]++] = (uint32_t)v;
    for (size_t g = 0; g < clustering->group_count; g++)
        begins[g] -= clustering->size[g];
}

static kith_status run_resample(resample *r, const kith_peers *peers, const kith_graph *graph,
                                const uint32_t *members, const size_t *begins, int number,
                                kith_error *err)
{
    const kith_cluster_options options = { peers->used.objective, peers->used.resolution,
                                           peers->used.seed + (uint64_t)number, 1,
                                           RESAMPLE_ITERATIONS };
    kith_graph thinned = { 0 };
    kith_clustering again = { 0 };

    kith_random_seed(&r->random, peers->used.seed + (uint64_t)number);
    kith_status status = lose_some(&thinned, r, graph, err);
    if (status == KITH_OK)
        status = kith_cluster(&again, &thinned, &options, err);
    for (size_t g = 0; status == KITH_OK && g < peers->group_count; g++)
        follow_group(r, &members[begins[g]], peers->clustering.size[g], &again);
    kith_clustering_free(&again);
    kith_graph_free(&thinned);
    return status;
}

static kith_status find_stability(kith_peers *peers, const kith_graph *graph, kith_error *err)
{
    const size_t n = graph->node_count;
    kith_status status = KITH_OK;
    uint32_t *members = malloc((n + 1) * sizeof *members);
    size_t *begins = malloc((n + 1) * sizeof *begins);
    resample r = { .kept = malloc(n + 1),
                   .ties = malloc((graph->tie_count + 1) * sizeof *r.ties),
                   .overlap = calloc(n + 1, sizeof *r.overlap),
                   .tried = calloc(n + 1, sizeof *r.tried),
                   .stayed = calloc(n + 1, sizeof *r.stayed) };

    if (!members || !begins || !r.kept || !r.ties || !r.overlap || !r.tried || !r.stayed) {
        status = kith_no_memory(err);
        goto out;
    }
    list_members(members, begins, &peers->clustering, n);
    for (int i = 1; status == KITH_OK && i <= peers->used.resamples; i++)
        status = run_resample(&r, peers, graph, members, begins, i, err);
    for (size_t v = 0; v < n; v++)
        if (r.tried[v] > 0)
            peers->stability[v] = (double)r.stayed[v] / r.tried[v];

out:
    free(members);
    free(begins);
    free(r.kept);
    free(r.ties);
    free(r.overlap);
    free(r.tried);
    free(r.stayed);
    return status;
}

static kith_status find(kith_peers *peers, const kith_graph *graph, kith_error *err)
{
    const kith_cluster_options options = { peers->used.objective, peers->used.resolution,
                                           peers->used.seed, peers->used.runs, 0 };

    peers->stability = malloc((graph->node_count + 1) * sizeof *peers->stability);
    if (peers->stability == NULL)
        return kith_no_memory(err);
    for (size_t v = 0; v < graph->node_count; v++)
        peers->stability[v] = NAN;
    const kith_status status = kith_cluster(&peers->clustering, graph, &options, err);
    if (status != KITH_OK)
        return status;
    count_groups(peers);
    return find_stability(peers, graph, err);
}

kith_status kith_peers_find(kith_peers *peers, const kith_layer *layer,
                            const kith_peers_options *options, kith_error *err)
{
    kith_graph graph = { 0 };

    *peers = (kith_peers){ .used = *options };
    if (options->least < 1 || options->resamples < -1 || options->runs < 0)
        return kith_fail(err, KITH_USAGE,
                         "a smallest group of %u, %d resamples and %d runs were asked for; at "
                         "least 1, 0 and 1 are expected",
                         (unsigned)options->least, options->resamples, options->runs);
    settle_options(&peers->used, layer->graph.tie_count);
    kith_status status = weigh_ties(&graph, peers, layer, err);
    if (status == KITH_OK)
        status = find(peers, &graph, err);
    kith_graph_free(&graph);
    if (status != KITH_OK)
        kith_peers_free(peers);
    return status;
}

void kith_peers_free(kith_peers *peers)
{
    kith_clustering_free(&peers->clustering);
    free(peers->stability);
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
