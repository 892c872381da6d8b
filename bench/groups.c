/* SPDX-License-Identifier: GPL-3.0-or-later */
/* groups: ties and groups by Kith's own code and by igraph's, on the same numbers.
 *
 *     bench-groups kith-ties|igraph-ties WORK
 *     bench-groups kith-groups|igraph-groups WORK cpm|modularity RESOLUTION
 *
 * WORK/meetings.bin holds who was at which event, as pairs of 32-bit numbers by event;
 * WORK/size.txt the numbers of people and events. kith-ties leaves WORK/ties.bin, which the
 * groups read. Each prints one line of JSON: seconds of processor and wall time of the step
 * alone, from arrays to arrays, and what came out. bench/groups calls it. */
#include <igraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "kith/leiden.h"
#include "kith/project.h"

enum { ITERATIONS = 2 };

typedef struct watch {
    double cpu, wall;
} watch;

static watch now(void)
{
    struct rusage used;
    struct timespec at;

    getrusage(RUSAGE_SELF, &used);
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (watch){ (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                        1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec),
                    (double)at.tv_sec + 1e-9 * (double)at.tv_nsec };
}

static void fail(const char *what)
{
    fprintf(stderr, "bench-groups: %s\n", what);
    exit(1);
}

static void *need(void *memory)
{
    if (memory == NULL)
        fail("out of memory");
    return memory;
}

static FILE *file_in(const char *folder, const char *name, const char *mode)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, mode);
    if (file == NULL)
        fail(path);
    return file;
}

/* A whole file of items of a size. */
static void *read_items(const char *folder, const char *name, size_t size, size_t *count)
{
    FILE *file = file_in(folder, name, "rb");

    fseek(file, 0, SEEK_END);
    const long bytes = ftell(file);
    rewind(file);
    *count = (size_t)bytes / size;
    void *items = need(malloc((size_t)bytes + 1));
    if (fread(items, size, *count, file) != *count)
        fail(name);
    fclose(file);
    return items;
}

static void read_size(const char *folder, size_t *people, size_t *events)
{
    FILE *file = file_in(folder, "size.txt", "r");

    if (fscanf(file, "%zu %zu", people, events) != 2)
        fail("size.txt");
    fclose(file);
}

static void print(watch from, watch to, size_t ties, size_t groups, double quality)
{
    printf("{\"cpu\": %.4f, \"wall\": %.4f, \"ties\": %zu, \"groups\": %zu, \"quality\": %.6f}\n",
           to.cpu - from.cpu, to.wall - from.wall, ties, groups, quality);
}

static kith_meetings read_meetings(const char *folder)
{
    kith_meetings m;
    size_t count;

    read_size(folder, &m.node_count, &m.count);
    uint32_t(*pairs)[2] = read_items(folder, "meetings.bin", sizeof *pairs, &count);
    m.first = need(calloc(m.count + 1, sizeof *m.first));
    m.people = need(malloc((count + 1) * sizeof *m.people));
    m.share = need(malloc((m.count + 1) * sizeof *m.share));
    for (size_t i = 0; i < count; i++) {
        m.people[i] = pairs[i][0];
        m.first[pairs[i][1] + 1]++;
    }
    for (size_t e = 0; e < m.count; e++) {
        const size_t here = m.first[e + 1];
        m.share[e] = here > 1 ? (uint32_t)here - 1 : 1;
        m.first[e + 1] += m.first[e];
    }
    free(pairs);
    return m;
}

static void kith_ties(const char *folder)
{
    kith_meetings m = read_meetings(folder);
    kith_error err;
    kith_tie *ties;
    size_t count;
    const watch from = now();

    if (kith_project(&ties, &count, &m, &err) != KITH_OK)
        fail(err.message);
    print(from, now(), count, 0, 0);
    FILE *out = file_in(folder, "ties.bin", "wb");
    if (fwrite(ties, sizeof *ties, count, out) != count || fclose(out) != 0)
        fail("ties.bin cannot be written");
    free(ties);
    kith_meetings_free(&m);
}

static void igraph_ties(const char *folder)
{
    size_t people, events, count;
    igraph_t graph, projected;
    igraph_vector_int_t ends, shared;
    igraph_vector_bool_t types;

    read_size(folder, &people, &events);
    uint32_t(*pairs)[2] = read_items(folder, "meetings.bin", sizeof *pairs, &count);
    igraph_vector_int_init(&ends, (igraph_integer_t)(2 * count));
    igraph_vector_int_init(&shared, 0);
    igraph_vector_bool_init(&types, (igraph_integer_t)(people + events));
    for (size_t i = 0; i < count; i++) {
        VECTOR(ends)[2 * i] = pairs[i][0];
        VECTOR(ends)[2 * i + 1] = (igraph_integer_t)(people + pairs[i][1]);
    }
    for (size_t e = people; e < people + events; e++)
        VECTOR(types)[e] = true;
    free(pairs);
    igraph_create(&graph, &ends, (igraph_integer_t)(people + events), IGRAPH_UNDIRECTED);
    const watch from = now();
    igraph_bipartite_projection(&graph, &types, &projected, NULL, &shared, NULL, -1);
    print(from, now(), (size_t)igraph_ecount(&projected), 0, 0);
}

static void save_groups(const char *folder, const char *name, const uint32_t *group_of, size_t n)
{
    FILE *out = file_in(folder, name, "wb");

    if (fwrite(group_of, sizeof *group_of, n, out) != n || fclose(out) != 0)
        fail("the groups cannot be written");
}

/* From the ties, with making the compact graph and putting the groups in order. */
static void kith_groups(const char *folder, const kith_graph *graph,
                        const kith_cluster_options *options)
{
    kith_clustering found;
    kith_error err;
    const watch from = now();

    if (kith_cluster(&found, graph, options, &err) != KITH_OK)
        fail(err.message);
    print(from, now(), graph->tie_count, found.group_count, found.quality);
    save_groups(folder, "kith.groups", found.group_of, graph->node_count);
    kith_clustering_free(&found);
}

static void igraph_groups(const char *folder, const kith_graph *graph,
                          const kith_cluster_options *options)
{
    const size_t n = graph->node_count;
    igraph_t copy;
    igraph_vector_int_t ends, membership;
    igraph_vector_t weights, masses;
    igraph_integer_t groups;
    igraph_real_t unused;
    double resolution = options->resolution, quality;

    igraph_vector_int_init(&ends, (igraph_integer_t)(2 * graph->tie_count));
    igraph_vector_int_init(&membership, 0);
    igraph_vector_init(&weights, (igraph_integer_t)graph->tie_count);
    igraph_vector_init(&masses, (igraph_integer_t)n);
    igraph_vector_fill(&masses, 1);
    for (size_t t = 0; t < graph->tie_count; t++) {
        VECTOR(ends)[2 * t] = graph->ties[t].low;
        VECTOR(ends)[2 * t + 1] = graph->ties[t].high;
        VECTOR(weights)[t] = graph->ties[t].weight;
    }
    igraph_create(&copy, &ends, (igraph_integer_t)n, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&ends);
    igraph_rng_seed(igraph_rng_default(), 1);
    const watch from = now();
    if (options->objective == KITH_MODULARITY) {
        igraph_strength(&copy, &masses, igraph_vss_all(), IGRAPH_ALL, true, &weights);
        resolution /= igraph_vector_sum(&masses);
    }
    igraph_community_leiden(&copy, &weights, &masses, resolution, 0.01, false, ITERATIONS,
                            &membership, &groups, &unused);
    const watch to = now();
    uint32_t *group_of = need(malloc(n * sizeof *group_of));
    for (size_t v = 0; v < n; v++)
        group_of[v] = (uint32_t)VECTOR(membership)[v];
    kith_cluster_quality(&quality, graph, group_of, options->objective, options->resolution, NULL);
    print(from, to, graph->tie_count, (size_t)groups, quality);
    save_groups(folder, "igraph.groups", group_of, n);
    free(group_of);
}

static void group(const char *by, const char *folder, const char *objective, double resolution)
{
    const kith_cluster_options options = {
        strcmp(objective, "cpm") == 0 ? KITH_CPM : KITH_MODULARITY, resolution, 1, 1, ITERATIONS
    };
    size_t people, events;
    kith_graph graph = { 0 };

    read_size(folder, &people, &events);
    graph.node_count = people;
    graph.ties = read_items(folder, "ties.bin", sizeof *graph.ties, &graph.tie_count);
    if (strcmp(by, "kith-groups") == 0)
        kith_groups(folder, &graph, &options);
    else
        igraph_groups(folder, &graph, &options);
    free(graph.ties);
}

int main(int count, char **words)
{
    if (count == 3 && strcmp(words[1], "kith-ties") == 0)
        kith_ties(words[2]);
    else if (count == 3 && strcmp(words[1], "igraph-ties") == 0)
        igraph_ties(words[2]);
    else if (count == 5 && strstr(words[1], "-groups") != NULL)
        group(words[1], words[2], words[3], strtod(words[4], NULL));
    else
        fail("kith-ties|igraph-ties WORK, or kith-groups|igraph-groups WORK cpm|modularity X");
    return 0;
}
