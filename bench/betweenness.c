/* SPDX-License-Identifier: GPL-3.0-or-later */
/* betweenness.c: our betweenness beside igraph's and, where GraphBLAS was found, beside the
 * published batch method of LAGraph, in one process on one network.
 *
 *     bench-betweenness FOLDER [SOURCES [ROUNDS]]     SOURCES 0: every node
 *
 * FOLDER is a generated hub; people are tied by the events that they share, every tie 1.
 * Processor time of the algorithm alone, the rounds in turn; the least of each is printed, and
 * how far the figures of all nodes are apart. LAGraph's method: Brandes over matrices, four
 * sources at a time (T. Mattson et al., LAGraph, 2019; LAGr_Betweenness of version 1.0). */
#include <igraph.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#ifdef KITH_GRAPHBLAS
#include <GraphBLAS.h>
#endif

#include "kith/betweenness.h"
#include "kith/parallel.h"
#include "kith/random.h"

enum { BATCH = 4, MOST_DEPTH = 1000 };

static double cpu_seconds(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

static void give_up(const char *what)
{
    fprintf(stderr, "bench-betweenness: %s\n", what);
    exit(1);
}

static void *room(size_t count, size_t size)
{
    void *made = calloc(count + 1, size);

    if (made == NULL)
        give_up("no memory");
    return made;
}

typedef struct part {
    uint32_t event, person;
} part;

static int by_event(const void *a, const void *b)
{
    const part *x = a, *y = b;

    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

/* Rows "E12,P7,role": the numbers are taken as they are. */
static part *read_parts(const char *folder, size_t *count, uint32_t *people)
{
    char path[4096], line[512];
    size_t capacity = 1 << 16;
    part *parts = room(capacity, sizeof *parts);

    snprintf(path, sizeof path, "%s/participations.csv", folder);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        give_up("the folder has no participations.csv");
    *count = 0;
    *people = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        part p;
        if (sscanf(line, "E%" SCNu32 ",P%" SCNu32, &p.event, &p.person) != 2)
            continue;
        if (*count == capacity) {
            part *grown = realloc(parts, (capacity *= 2) * sizeof *grown);
            if (grown == NULL)
                give_up("no memory");
            parts = grown;
        }
        parts[(*count)++] = p;
        *people = p.person >= *people ? p.person + 1 : *people;
    }
    fclose(file);
    qsort(parts, *count, sizeof *parts, by_event);
    return parts;
}

static int by_pair(const void *a, const void *b)
{
    const kith_tie *x = a, *y = b;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    return (x->high > y->high) - (x->high < y->high);
}

static kith_graph read_graph(const char *folder)
{
    size_t count, pairs = 0, kept = 0;
    uint32_t people;
    part *parts = read_parts(folder, &count, &people);
    kith_graph graph;

    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && parts[end].event == parts[i].event;)
            end++;
        pairs += (end - i) * (end - i - 1) / 2;
    }
    kith_tie *ties = room(pairs, sizeof *ties);
    pairs = 0;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && parts[end].event == parts[i].event;)
            end++;
        for (size_t a = i; a < end; a++)
            for (size_t b = a + 1; b < end; b++)
                if (parts[a].person != parts[b].person)
                    ties[pairs++] = (kith_tie){ parts[a].person, parts[b].person, 1 };
    }
    qsort(ties, pairs, sizeof *ties, by_pair);
    for (size_t t = 0; t < pairs; t++)
        if (kept == 0 || by_pair(&ties[t], &ties[kept - 1]) != 0)
            ties[kept++] = ties[t];
    if (kith_graph_from_ties(&graph, people, ties, kept, NULL) != KITH_OK)
        give_up("the network cannot be made");
    free(ties);
    free(parts);
    return graph;
}

/* The same draw as ours: the sums of both are then over the same sources. */
static size_t draw_sources(uint32_t *sources, size_t n, size_t wanted)
{
    kith_random random;

    for (size_t v = 0; v < n; v++)
        sources[v] = (uint32_t)v;
    kith_random_seed(&random, 1);
    if (wanted == 0 || wanted >= n)
        return n;
    for (size_t i = 0; i < wanted; i++) {
        const size_t j = i + kith_random_below(&random, n - i);
        const uint32_t drawn = sources[j];
        sources[j] = sources[i];
        sources[i] = drawn;
    }
    return wanted;
}

static double run_kith(double *through, const kith_graph *graph, size_t sources)
{
    const kith_betweenness_options options = { .samples = sources, .seed = 1 };
    kith_betweenness found;
    const double started = cpu_seconds();

    if (kith_betweenness_of(&found, graph, &options, NULL) != KITH_OK)
        give_up("no memory");
    const double took = cpu_seconds() - started;
    memcpy(through, found.through, found.count * sizeof *through);
    kith_betweenness_free(&found);
    return took;
}

static double run_igraph(double *through, const kith_graph *graph, const uint32_t *sources,
                         size_t count)
{
    const size_t n = graph->node_count;
    igraph_vector_int_t ends, from;
    igraph_vector_t found;
    igraph_t copy;

    igraph_vector_int_init(&ends, (igraph_integer_t)(2 * graph->tie_count));
    for (size_t t = 0; t < graph->tie_count; t++) {
        VECTOR(ends)[2 * t] = graph->ties[t].low;
        VECTOR(ends)[2 * t + 1] = graph->ties[t].high;
    }
    igraph_create(&copy, &ends, (igraph_integer_t)n, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&ends);
    igraph_vector_init(&found, 0);
    igraph_vector_int_init(&from, (igraph_integer_t)count);
    for (size_t i = 0; i < count; i++)
        VECTOR(from)[i] = sources[i];
    const double started = cpu_seconds();
    if (count == n)
        igraph_betweenness(&copy, &found, igraph_vss_all(), IGRAPH_UNDIRECTED, NULL);
    else
        igraph_betweenness_subset(&copy, &found, igraph_vss_all(), IGRAPH_UNDIRECTED,
                                  igraph_vss_vector(&from), igraph_vss_all(), NULL);
    const double took = cpu_seconds() - started;
    for (size_t v = 0; v < n; v++)
        through[v] = VECTOR(found)[v];
    igraph_vector_destroy(&found);
    igraph_vector_int_destroy(&from);
    igraph_destroy(&copy);
    return took;
}

#ifdef KITH_GRAPHBLAS
/* One batch of sources: adds (dependencies + 1) of each to `sum`, a dense vector. */
static void run_batch(GrB_Vector sum, GrB_Matrix ties, const uint32_t *sources, GrB_Index size,
                      GrB_Index n)
{
    GrB_Matrix levels[MOST_DEPTH], paths, frontier, share, weight;
    GrB_Index *from = room(size, sizeof *from), found = 1;
    size_t depth = 0;

    for (GrB_Index i = 0; i < size; i++)
        from[i] = sources[i];
    GrB_Matrix_new(&paths, GrB_FP64, size, n);
    GxB_set(paths, GxB_SPARSITY_CONTROL, GxB_BITMAP + GxB_FULL);
    GrB_Matrix_assign_FP64(paths, NULL, NULL, 0, GrB_ALL, size, GrB_ALL, n, NULL);
    for (GrB_Index i = 0; i < size; i++)
        GrB_Matrix_setElement_FP64(paths, 1, i, from[i]);
    GrB_Matrix_new(&frontier, GrB_FP64, size, n);
    GrB_Matrix_extract(frontier, NULL, NULL, ties, from, size, GrB_ALL, n, NULL);
    for (; found > 0 && depth < MOST_DEPTH; depth++) {
        GrB_Matrix_new(&levels[depth], GrB_BOOL, size, n);
        GrB_Matrix_apply(levels[depth], NULL, NULL, GxB_ONE_BOOL, frontier, NULL);
        GrB_Matrix_assign(paths, NULL, GrB_PLUS_FP64, frontier, GrB_ALL, size, GrB_ALL, n, NULL);
        GrB_mxm(frontier, paths, NULL, GxB_PLUS_FIRST_FP64, frontier, ties, GrB_DESC_RC);
        GrB_Matrix_nvals(&found, frontier);
    }
    GrB_Matrix_new(&share, GrB_FP64, size, n);
    GrB_Matrix_assign_FP64(share, NULL, NULL, 1, GrB_ALL, size, GrB_ALL, n, NULL);
    GrB_Matrix_new(&weight, GrB_FP64, size, n);
    for (size_t i = depth - 1; i > 0; i--) {
        GrB_Matrix_eWiseMult_BinaryOp(weight, levels[i], NULL, GrB_DIV_FP64, share, paths,
                                      GrB_DESC_RS);
        GrB_mxm(weight, levels[i - 1], NULL, GxB_PLUS_FIRST_FP64, weight, ties, GrB_DESC_RS);
        GrB_Matrix_eWiseMult_BinaryOp(share, NULL, GrB_PLUS_FP64, GrB_TIMES_FP64, weight, paths,
                                      NULL);
    }
    GrB_Matrix_reduce_Monoid(sum, NULL, GrB_PLUS_FP64, GrB_PLUS_MONOID_FP64, share, GrB_DESC_T0);
    for (size_t i = 0; i < depth; i++)
        GrB_Matrix_free(&levels[i]);
    GrB_Matrix_free(&paths);
    GrB_Matrix_free(&frontier);
    GrB_Matrix_free(&share);
    GrB_Matrix_free(&weight);
    free(from);
}

static double run_lagraph(double *through, const kith_graph *graph, const uint32_t *sources,
                          size_t count)
{
    const GrB_Index n = graph->node_count, m = 2 * graph->tie_count;
    GrB_Index *rows = room(m, sizeof *rows), *columns = room(m, sizeof *columns);
    bool *ones = room(m, sizeof *ones);
    GrB_Matrix ties;
    GrB_Vector sum;

    for (size_t v = 0; v < n; v++)
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
            rows[i] = v;
            columns[i] = graph->neighbour[i];
            ones[i] = true;
        }
    GrB_Matrix_new(&ties, GrB_BOOL, n, n);
    GrB_Matrix_build_BOOL(ties, rows, columns, ones, m, GrB_FIRST_BOOL);
    GrB_Matrix_wait(ties, GrB_MATERIALIZE);
    GrB_Vector_new(&sum, GrB_FP64, n);
    GrB_Vector_assign_FP64(sum, NULL, NULL, 0, GrB_ALL, n, NULL);
    const double started = cpu_seconds();
    for (size_t i = 0; i < count; i += BATCH)
        run_batch(sum, ties, &sources[i], count - i < BATCH ? count - i : BATCH, n);
    const double took = cpu_seconds() - started;
    for (GrB_Index v = 0; v < n; v++) {
        GrB_Vector_extractElement_FP64(&through[v], sum, v);
        through[v] -= (double)count;
    }
    GrB_Matrix_free(&ties);
    GrB_Vector_free(&sum);
    free(rows);
    free(columns);
    free(ones);
    return took;
}
#endif

/* The greatest difference of two answers after both are scaled, as a share of the greatest figure.
 */
static double apart(const double *a, double by, const double *b, double by_other, size_t n)
{
    double worst = 0, most = 0;

    for (size_t v = 0; v < n; v++) {
        worst = fmax(worst, fabs(a[v] * by - b[v] * by_other));
        most = fmax(most, fabs(a[v] * by));
    }
    return most > 0 ? worst / most : 0;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        give_up("name the folder of a generated hub");
    kith_graph graph = read_graph(argv[1]);
    const size_t n = graph.node_count, wanted = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    const int rounds = argc > 3 ? atoi(argv[3]) : 3;
    uint32_t *sources = room(n, sizeof *sources);
    double *ours = room(n, sizeof *ours), *theirs = room(n, sizeof *theirs);
    double best[3] = { INFINITY, INFINITY, INFINITY }, off[3] = { 0, 0, 0 };
    const size_t count = draw_sources(sources, n, wanted);
    const double scale = count == n ? 1 : (double)n / (double)count;

#ifdef KITH_GRAPHBLAS
    GrB_init(GrB_NONBLOCKING);
    GxB_set(GxB_NTHREADS, 1);
#endif
    for (int round = 0; round < rounds; round++) {
        best[0] = fmin(best[0], run_kith(ours, &graph, wanted));
        best[1] = fmin(best[1], run_igraph(theirs, &graph, sources, count));
        off[1] = apart(ours, 1, theirs, scale, n); /* igraph halves pairs of sources itself */
#ifdef KITH_GRAPHBLAS
        best[2] = fmin(best[2], run_lagraph(theirs, &graph, sources, count));
        off[2] = apart(ours, 1, theirs, scale / 2, n);
#endif
    }
    printf("%zu people, %zu ties, %zu sources, %u threads of ours\n", n, graph.tie_count, count,
           kith_parallel_workers(8));
    printf("%-22s %9s %12s %14s\n", "", "cpu s", "times ours", "apart at most");
    printf("%-22s %9.3f %12.2f %14s\n", "kith", best[0], 1.0, "");
    printf("%-22s %9.3f %12.2f %14.2g\n", "igraph", best[1], best[1] / best[0], off[1]);
    if (isfinite(best[2]))
        printf("%-22s %9.3f %12.2f %14.2g\n", "LAGraph's on GraphBLAS", best[2], best[2] / best[0],
               off[2]);
    else
        printf("LAGraph's method is not compared: GraphBLAS was not found when this was built\n");
    free(sources);
    free(ours);
    free(theirs);
    kith_graph_free(&graph);
    return 0;
}
