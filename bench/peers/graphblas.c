/* SPDX-License-Identifier: MIT */
/* graphblas: ties by a sparse matrix product of SuiteSparse:GraphBLAS.
 *
 *     graphblas WORK        reads what bench-groups reads, prints what it prints
 *
 * People by events, times its transpose; the half above the diagonal. bench/groups compiles
 * it where the library is installed: cc -O2 graphblas.c -lgraphblas. */
#include <GraphBLAS.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define TRY(call)                                                                                  \
    do {                                                                                           \
        const GrB_Info info_ = (call);                                                             \
        if (info_ != GrB_SUCCESS) {                                                                \
            fprintf(stderr, "graphblas: %s gives %d\n", #call, (int)info_);                        \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

static double cpu_seconds(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

static double wall_seconds(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

/* 1 where a person was at an event. */
static GrB_Matrix read_matrix(const char *folder, GrB_Index *people, GrB_Index *events)
{
    char path[4096];
    unsigned long long n, m;
    uint32_t pair[2];
    GrB_Matrix matrix;
    GrB_Index count = 0, room = 1 << 20;
    GrB_Index *rows = malloc(room * sizeof *rows), *columns = malloc(room * sizeof *columns);

    snprintf(path, sizeof path, "%s/size.txt", folder);
    FILE *size = fopen(path, "r");
    snprintf(path, sizeof path, "%s/meetings.bin", folder);
    FILE *pairs = fopen(path, "rb");
    if (size == NULL || pairs == NULL || fscanf(size, "%llu %llu", &n, &m) != 2)
        exit(1);
    for (; fread(pair, sizeof pair, 1, pairs) == 1; count++) {
        if (count == room) {
            room *= 2;
            rows = realloc(rows, room * sizeof *rows);
            columns = realloc(columns, room * sizeof *columns);
        }
        if (rows == NULL || columns == NULL)
            exit(1);
        rows[count] = pair[0];
        columns[count] = pair[1];
    }
    *people = n;
    *events = m;
    TRY(GrB_Matrix_new(&matrix, GrB_FP32, n, m));
    float *ones = malloc((count + 1) * sizeof *ones);
    for (GrB_Index i = 0; ones != NULL && i < count; i++)
        ones[i] = 1;
    TRY(GrB_Matrix_build_FP32(matrix, rows, columns, ones, count, GrB_PLUS_FP32));
    TRY(GrB_wait(matrix, GrB_MATERIALIZE));
    free(ones);
    fclose(size);
    fclose(pairs);
    free(rows);
    free(columns);
    return matrix;
}

int main(int count, char **words)
{
    GrB_Index people, events, ties;
    GrB_Matrix turned, product, half;

    if (count != 2)
        return 2;
    TRY(GrB_init(GrB_NONBLOCKING));
    TRY(GxB_Global_Option_set(GxB_GLOBAL_NTHREADS, 1));
    GrB_Matrix at = read_matrix(words[1], &people, &events);
    const double cpu = cpu_seconds(), wall = wall_seconds();
    TRY(GrB_Matrix_new(&turned, GrB_FP32, events, people));
    TRY(GrB_Matrix_new(&product, GrB_UINT32, people, people));
    TRY(GrB_Matrix_new(&half, GrB_UINT32, people, people));
    TRY(GrB_transpose(turned, NULL, NULL, at, NULL));
    TRY(GrB_mxm(product, NULL, NULL, GxB_PLUS_PAIR_UINT32, at, turned, NULL));
    TRY(GrB_select(half, NULL, NULL, GrB_TRIU, product, 1, NULL));
    TRY(GrB_wait(half, GrB_MATERIALIZE));
    const double cpu_end = cpu_seconds(), wall_end = wall_seconds();
    TRY(GrB_Matrix_nvals(&ties, half));
    printf("{\"cpu\": %.4f, \"wall\": %.4f, \"ties\": %llu}\n", cpu_end - cpu, wall_end - wall,
           (unsigned long long)ties);
    return 0;
}
