/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cluster.c: igraph's Leiden, run until it settles, and labels that mean something.
 *
 * igraph maximises the same quality for both objectives: weight inside minus resolution
 * times the products of node weights, which are 1 for CPM; for modularity they are the
 * strengths, and the resolution is divided by twice the weight of all ties. Its own
 * "until nothing changes" stops after the first iteration that changes something (igraph/igraph#2798),
 * so we iterate here. The generator is igraph's own, seeded for each run.
 *
 * Known fault: where memory runs out while igraph makes the graph of groups, it frees that
 * graph twice (2 of its 80 allocations an iteration), so that a process may end by a
 * signal instead of with our sentence. Nothing is written by then. */
#include "kith/cluster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "igraph_view.h"

static const double randomness = 0.01;  /* Leiden's theta: of merging within a group */
static const double least_gain = 1e-10; /* of the quality, relative: less is rounding */
enum { MOST_ITERATIONS = 100 };

typedef struct group_sums {
    double weight, strength, size;
} group_sums;

static void add_up(group_sums *sums, double *total, const kith_graph *graph,
                   const uint32_t *group_of)
{
    *total = 0;
    for (size_t t = 0; t < graph->tie_count; t++) {
        const kith_tie *tie = &graph->ties[t];
        sums[group_of[tie->low]].strength += tie->weight;
        sums[group_of[tie->high]].strength += tie->weight;
        if (group_of[tie->low] == group_of[tie->high])
            sums[group_of[tie->low]].weight += tie->weight;
        *total += tie->weight;
    }
    for (size_t v = 0; v < graph->node_count; v++)
        sums[group_of[v]].size++;
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
    add_up(sums, &total, graph, group_of);
    for (size_t c = 0; c < graph->node_count; c++) {
        const group_sums *group = &sums[c];
        const double share = group->strength / (2 * total);
        *quality += objective == KITH_CPM
                        ? group->weight - resolution * group->size * (group->size - 1) / 2
                        : group->weight / total - resolution * share * share;
    }
    free(sums);
    return KITH_OK;
}

typedef struct leiden {
    kith_igraph_view view;
    igraph_vector_t node_weights;
    igraph_vector_int_t membership;
    double resolution; /* as igraph wants it */
} leiden;

static kith_status leiden_open(leiden *work, const kith_graph *graph,
                               const kith_cluster_options *options, kith_error *err)
{
    *work = (leiden){ .resolution = options->resolution };
    kith_status status = kith_igraph_open(&work->view, graph, err);
    if (status != KITH_OK)
        return status;
    IG(igraph_vector_init(&work->node_weights, (igraph_integer_t)graph->node_count));
    IG(igraph_vector_int_init(&work->membership, (igraph_integer_t)graph->node_count));
    igraph_vector_fill(&work->node_weights, 1);
    if (options->objective == KITH_MODULARITY) {
        IG(igraph_strength(&work->view.graph, &work->node_weights, igraph_vss_all(), IGRAPH_ALL,
                           true, &work->view.weights));
        work->resolution /= igraph_vector_sum(&work->node_weights);
    }

out:
    return status;
}

static void leiden_close(leiden *work)
{
    kith_igraph_close(&work->view);
    igraph_vector_destroy(&work->node_weights);
    igraph_vector_int_destroy(&work->membership);
}

/* One run: iterations from where the last one ended, until one brings nothing. */
static kith_status leiden_run(leiden *work, uint64_t seed, int iterations, kith_error *err)
{
    kith_status status = KITH_OK;
    igraph_integer_t groups = 0;
    igraph_real_t quality = 0, before = -INFINITY;

    IG(igraph_rng_seed(igraph_rng_default(), (igraph_uint_t)seed));
    for (int i = 0; i < (iterations > 0 ? iterations : MOST_ITERATIONS); i++) {
        IG(igraph_community_leiden(&work->view.graph, &work->view.weights, &work->node_weights,
                                   work->resolution, randomness, i > 0, 1, &work->membership,
                                   &groups, &quality));
        if (!(quality - before > least_gain * fabs(quality)))
            break;
        before = quality;
    }

out:
    return status;
}

typedef struct named {
    uint32_t smallest, size, old;
} named;

static int larger_first(const void *a, const void *b)
{
    const named *x = a, *y = b;

    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (x->smallest > y->smallest) - (x->smallest < y->smallest);
}

/* Numbers the groups anew: larger first, equal sizes by smallest node. */
static kith_status relabel(kith_clustering *clustering, size_t n, kith_error *err)
{
    named *groups = calloc(n, sizeof *groups);
    uint32_t *new_label = malloc(n * sizeof *new_label);
    kith_status status = KITH_OK;
    size_t count = 0;

    if (groups == NULL || new_label == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    for (uint32_t v = 0; v < n; v++) {
        named *group = &groups[clustering->group_of[v]];
        if (group->size++ == 0)
            *group = (named){ v, 1, clustering->group_of[v] };
    }
    qsort(groups, n, sizeof *groups, larger_first);
    for (; count < n && groups[count].size > 0; count++) {
        new_label[groups[count].old] = (uint32_t)count;
        clustering->size[count] = groups[count].size;
        clustering->shared_count += groups[count].size > 1;
    }
    clustering->group_count = count;
    for (size_t v = 0; v < n; v++)
        clustering->group_of[v] = new_label[clustering->group_of[v]];

out:
    free(groups);
    free(new_label);
    return status;
}

/* Keeps a run's groups when they are better than the best so far. */
static kith_status keep_better(kith_clustering *best, uint32_t *scratch, const leiden *work,
                               const kith_graph *graph, const kith_cluster_options *options,
                               int run, kith_error *err)
{
    double quality = 0;

    for (size_t v = 0; v < graph->node_count; v++)
        scratch[v] = (uint32_t)VECTOR(work->membership)[v];
    const kith_status status = kith_cluster_quality(&quality, graph, scratch, options->objective,
                                                    options->resolution, err);
    if (status == KITH_OK && (run == 0 || quality - best->quality > least_gain * fabs(quality))) {
        memcpy(best->group_of, scratch, graph->node_count * sizeof *scratch);
        best->quality = quality;
        best->best_run = run;
    }
    return status;
}

static kith_status best_of_runs(kith_clustering *best, const kith_graph *graph,
                                const kith_cluster_options *options, kith_error *err)
{
    leiden work;
    uint32_t *scratch = malloc(graph->node_count * sizeof *scratch);

    if (scratch == NULL)
        return kith_no_memory(err);
    kith_status status = leiden_open(&work, graph, options, err);
    for (int run = 0; status == KITH_OK && run < options->runs; run++) {
        status = leiden_run(&work, options->seed + (uint64_t)run, options->iterations, err);
        if (status == KITH_OK)
            status = keep_better(best, scratch, &work, graph, options, run, err);
    }
    leiden_close(&work);
    free(scratch);
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

kith_status kith_cluster(kith_clustering *clustering, const kith_graph *graph,
                         const kith_cluster_options *options, kith_error *err)
{
    const size_t n = graph->node_count;

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
    if (graph->tie_count > 0)
        status = best_of_runs(clustering, graph, options, err);
    if (status == KITH_OK)
        status = relabel(clustering, n, err);
    if (status == KITH_OK) /* once more: the last bit depends on the order of the groups */
        status = kith_cluster_quality(&clustering->quality, graph, clustering->group_of,
                                      options->objective, options->resolution, err);

out:
    if (status != KITH_OK)
        kith_clustering_free(clustering);
    return status;
}

void kith_clustering_free(kith_clustering *clustering)
{
    free(clustering->group_of);
    free(clustering->size);
    *clustering = (kith_clustering){ 0 };
}
