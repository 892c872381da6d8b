/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_two_mode.c: people in one column, places and other things in the other.
 *
 * Each column is put in the order of the mean place of what its members are tied to in the other,
 * in turn, so that few lines cross (Sugiyama, Tagawa and Toda 1981, the barycentre method). */
#include <stdlib.h>
#include <string.h>

#include "map_layout_private.h"

enum { TURNS = 12, ROW_GAP = 22, COLUMN_GAP = 420 };

typedef struct seat {
    double mean;
    uint32_t was, node; /* its rank before */
} seat;

static int by_mean(const void *left, const void *right)
{
    const seat *a = left, *b = right;

    if (a->mean < b->mean || a->mean > b->mean)
        return a->mean < b->mean ? -1 : 1;
    return (a->was > b->was) - (a->was < b->was);
}

/* Ranks of one column by the mean rank across; who has no tie stands last. */
static void order(const kith_laying *l, seat *column, size_t count, uint32_t *rank, const double *sum,
                  const double *ties)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t node = column[i].node;
        column[i].was = rank[node];
        column[i].mean = ties[node] > 0 ? sum[node] / ties[node] : (double)l->scene->node_count;
    }
    qsort(column, count, sizeof *column, by_mean);
    for (uint32_t i = 0; i < count; i++)
        rank[column[i].node] = i;
}

static void add_ranks(const kith_laying *l, const uint32_t *rank, double *sum, double *ties)
{
    memset(sum, 0, l->scene->node_count * sizeof *sum);
    memset(ties, 0, l->scene->node_count * sizeof *ties);
    for (size_t i = 0; i < l->scene->tie_count; i++) {
        const kith_scene_tie *tie = &l->scene->ties[i];
        if (tie->barred)
            continue;
        sum[tie->from] += rank[tie->to];
        sum[tie->to] += rank[tie->from];
        ties[tie->from]++;
        ties[tie->to]++;
    }
}

static void stack(kith_laying *l, const seat *column, size_t count, double x)
{
    double height = 0;

    for (size_t i = 0; i < count; i++)
        height += l->scene->nodes[column[i].node].box.height + ROW_GAP;
    for (double y = height / 2; count > 0; column++, count--) {
        const double own = l->scene->nodes[column->node].box.height + ROW_GAP;
        kith_laying_put(l, column->node, x, y - own / 2);
        y -= own;
    }
}

kith_status kith_laying_two_mode(kith_laying *l)
{
    const size_t count = l->scene->node_count;
    seat *columns[2] = { calloc(count, sizeof(seat)), calloc(count, sizeof(seat)) };
    size_t counts[2] = { 0, 0 };
    uint32_t *rank = calloc(count, sizeof *rank);
    double *sum = calloc(count, sizeof *sum), *ties = calloc(count, sizeof *ties), width, height;
    kith_status status = KITH_OK;

    if (columns[0] == NULL || columns[1] == NULL || rank == NULL || sum == NULL || ties == NULL) {
        status = kith_no_memory(l->err);
        goto out;
    }
    for (uint32_t i = 0; i < count; i++) {
        const size_t side = !kith_laying_is_person(&l->scene->nodes[i]);
        rank[i] = (uint32_t)counts[side];
        columns[side][counts[side]++].node = i;
    }
    for (size_t turn = 0; turn < TURNS; turn++) {
        const size_t side = (turn + 1) % 2;
        add_ranks(l, rank, sum, ties);
        order(l, columns[side], counts[side], rank, sum, ties);
    }
    kith_laying_largest(l, &width, &height);
    stack(l, columns[0], counts[0], 0);
    stack(l, columns[1], counts[1], width + COLUMN_GAP);

out:
    free(columns[0]);
    free(columns[1]);
    free(rank);
    free(sum);
    free(ties);
    return status;
}
