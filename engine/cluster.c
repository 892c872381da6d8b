/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cluster.c: the best of several runs of Leiden, and labels that mean something.
 *
 * Both objectives are one to leiden.c: weight inside less the resolution times the
 * products of masses, which are 1 for CPM; for modularity they are the strengths, and the
 * resolution is divided by twice the weight of all ties. */
#include "kith/cluster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/leiden.h"

static const double least_gain = 1e-10; /* of the quality, relative: less is rounding */

typedef struct group_sums {
    double weight, strength, size;
} group_sums;

/* What CPM asks of the groups. */
static void add_up(group_sums *sums, const kith_graph *graph, const uint32_t *group_of)
{
    for (size_t t = 0; t < graph->tie_count; t++) {
        const kith_tie *tie = &graph->ties[t];
        if (group_of[tie->low] == group_of[tie->high])
            sums[group_of[tie->low]].weight += tie->weight;
    }
    for (size_t v = 0; v < graph->node_count; v++)
        sums[group_of[v]].size++;
}

/* What modularity asks of them besides. Returns the weight of all ties. */
static double add_up_strengths(group_sums *sums, const kith_graph *graph, const uint32_t *group_of)
{
    double total = 0;

    for (size_t t = 0; t < graph->tie_count; t++) {
        const kith_tie *tie = &graph->ties[t];
        sums[group_of[tie->low]].strength += tie->weight;
        sums[group_of[tie->high]].strength += tie->weight;
        total += tie->weight;
    }
    return total;
}

kith_status kith_cluster_quality(double *quality, const kith_graph *graph, const uint32_t *group_of,
                                 kith_objective objective, double resolution, kith_error *err)
{
    double total = 0;

    *quality = 0;
    if (graph->tie_count == 0 && objective == KITH_MODULARITY)
        return KITH_OK;
    group_sums *sums = calloc(graph->node_count + 1, sizeof *sums);
    if (sums == NULL)
        return kith_no_memory(err);
    add_up(sums, graph, group_of);
    if (objective == KITH_MODULARITY)
        total = add_up_strengths(sums, graph, group_of);
    for (size_t c = 0; c < graph->node_count; c++) {
        const group_sums *group = &sums[c];
        const double share = objective == KITH_CPM ? 0 : group->strength / (2 * total);
        *quality += objective == KITH_CPM
                        ? group->weight - resolution * group->size * (group->size - 1) / 2
                        : group->weight / total - resolution * share * share;
    }
    free(sums);
    return KITH_OK;
}

kith_status kith_cluster_number(kith_clustering *clustering, const uint32_t *order, size_t n,
                                kith_error *err)
{
    uint32_t *new_label = malloc((n + 1) * sizeof *new_label);
    size_t *begins = calloc(n + 2, sizeof *begins); /* by size */

    if (new_label == NULL || begins == NULL) {
        free(new_label);
        free(begins);
        return kith_no_memory(err);
    }
    const size_t count = kith_close_gaps(clustering->group_of, n, order, new_label);
    memset(clustering->size, 0, n * sizeof *clustering->size);
    clustering->shared_count = 0;
    for (size_t v = 0; v < n; v++)
        clustering->size[clustering->group_of[v]]++;
    for (size_t g = 0; g < count; g++) {
        begins[clustering->size[g]]++;
        clustering->shared_count += clustering->size[g] > 1;
    }
    for (size_t size = n, at = 0; size > 0; size--) {
        const size_t groups = begins[size];
        begins[size] = at;
        at += groups;
    }
    for (size_t g = 0; g < count; g++)
        new_label[g] = (uint32_t)begins[clustering->size[g]]++;
    memset(clustering->size, 0, n * sizeof *clustering->size);
    for (size_t v = 0; v < n; v++) {
        clustering->group_of[v] = new_label[clustering->group_of[v]];
        clustering->size[clustering->group_of[v]]++;
    }
    clustering->group_count = count;
    free(new_label);
    free(begins);
    return KITH_OK;
}

typedef struct search {
    const kith_graph *graph;
    const kith_compact *compact;
    const uint32_t *place; /* node -> node of the compact graph */
    const kith_cluster_options *options;
    double resolution;  /* of the compact graph */
    uint32_t *found;    /* one a node of the compact graph */
    uint32_t *group_of; /* one a node */
} search;

/* One run, kept when it is better than the best so far. */
static kith_status run_once(kith_clustering *best, search *s, int run, kith_error *err)
{
    const size_t n = s->graph->node_count;
    double quality = 0;
    kith_random random;

    kith_random_seed(&random, s->options->seed + (uint64_t)run);
    for (size_t v = 0; v < n; v++)
        s->found[v] = (uint32_t)v;
    kith_status status =
        kith_leiden(s->found, s->compact, s->resolution, &random, s->options->iterations, NULL,
                    err);
    for (size_t v = 0; status == KITH_OK && v < n; v++) /* whoever has no tie keeps a label */
        s->group_of[v] = s->found[s->place[v]];
    if (status == KITH_OK && s->options->runs > 1) /* else there is none to choose from */
        status = kith_cluster_quality(&quality, s->graph, s->group_of, s->options->objective,
                                      s->options->resolution, err);
    if (status == KITH_OK && (run == 0 || quality - best->quality > least_gain * fabs(quality))) {
        memcpy(best->group_of, s->group_of, n * sizeof *s->group_of);
        best->quality = quality;
        best->best_run = run;
    }
    return status;
}

static kith_status best_of_runs(kith_clustering *best, search *s, kith_error *err)
{
    const size_t n = s->graph->node_count;
    kith_status status = KITH_OK;

    s->found = malloc((n + 1) * sizeof *s->found);
    s->group_of = malloc((n + 1) * sizeof *s->group_of);
    if (s->found == NULL || s->group_of == NULL)
        status = kith_no_memory(err);
    for (int run = 0; status == KITH_OK && run < s->options->runs; run++)
        status = run_once(best, s, run, err);
    free(s->found);
    free(s->group_of);
    return status;
}

static kith_status check(const kith_cluster_options *options, kith_error *err)
{
    if (!(options->resolution > 0) || !isfinite(options->resolution))
        return kith_fail(err, KITH_USAGE, "resolution is %g; a finite number above 0 is expected",
                         options->resolution);
    if (options->runs < 1)
        return kith_fail(err, KITH_USAGE, "%d runs were asked for; at least 1 is needed",
                         options->runs);
    if (options->iterations < 0)
        return kith_fail(err, KITH_USAGE,
                         "%d iterations were asked for; 0 is until nothing changes",
                         options->iterations);
    return KITH_OK;
}

kith_status kith_cluster_compact(kith_clustering *clustering, const kith_graph *graph,
                                 kith_compact *compact, const uint32_t *place,
                                 const uint32_t *order, const kith_cluster_options *options,
                                 kith_error *err)
{
    const size_t n = graph->node_count;
    search s = { .graph = graph, .compact = compact, .place = place, .options = options };

    *clustering = (kith_clustering){ 0 };
    kith_status status = check(options, err);
    if (status != KITH_OK || n == 0)
        return status;
    clustering->group_of = malloc(n * sizeof *clustering->group_of);
    clustering->size = calloc(n, sizeof *clustering->size);
    if (clustering->group_of == NULL || clustering->size == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    for (uint32_t v = 0; v < n; v++)
        clustering->group_of[v] = v;
    s.resolution = kith_leiden_masses(compact, options->objective, options->resolution);
    if (graph->tie_count > 0)
        status = best_of_runs(clustering, &s, err);
    if (status == KITH_OK)
        status = kith_cluster_number(clustering, order, n, err);
    if (status == KITH_OK) /* once more: the last bit depends on the order of the groups */
        status = kith_cluster_quality(&clustering->quality, graph, clustering->group_of,
                                      options->objective, options->resolution, err);

out:
    if (status != KITH_OK)
        kith_clustering_free(clustering);
    return status;
}

kith_status kith_cluster(kith_clustering *clustering, const kith_graph *graph,
                         const kith_cluster_options *options, kith_error *err)
{
    kith_compact compact = { 0 };
    uint32_t *place = malloc((graph->node_count + 1) * sizeof *place);

    *clustering = (kith_clustering){ 0 };
    kith_status status =
        place == NULL ? kith_no_memory(err)
                      : kith_compact_make(&compact, place, NULL, graph->node_count, graph->ties,
                                          graph->tie_count, err);
    if (status == KITH_OK)
        status = kith_cluster_compact(clustering, graph, &compact, place, NULL, options, err);
    kith_compact_free(&compact);
    free(place);
    return status;
}

void kith_clustering_free(kith_clustering *clustering)
{
    free(clustering->group_of);
    free(clustering->size);
    *clustering = (kith_clustering){ 0 };
}
