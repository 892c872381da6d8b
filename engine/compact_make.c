/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compact_make.c: ties from both ends, in an order that keeps neighbours near.
 *
 * The order comes from joining every node with the neighbour to whom it is tied the most
 * for that neighbour's mass, then the joined with theirs, and so on: who was joined
 * early stands close together. That is one pass over the ties a level, and each level has
 * less than half of the nodes.
 *
 * As long as nodes are not in that order, whatever follows a tie to its ends goes all over the
 * memory. So ties are only ever gone through as they come, and their halves dealt into ranges of
 * nodes small enough for the cache, in which they are then put to their nodes: once to join the
 * nodes of the first level, once when everybody's last number is known. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compact_private.h"

enum {
    FEW_NODES = 256, /* of the last level of the ordering */
    MOST_LEVELS = 24,
    MOST_RANGES = 256,
    FEW_HALVES = 96 /* of a node: insertion sorts them the sooner */
};

/* A node of those given. */
typedef struct end {
    uint32_t rank;    /* among those that have a tie, in the order given */
    uint32_t halves;  /* how many ties it has */
    uint32_t nearest; /* rank of whom it is tied to the most; of equals the first */
    float most;       /* that tie's weight */
} end;

/* A half of a tie on its way to its node. */
typedef struct dealt {
    uint32_t from;
    kith_half half;
} dealt;

typedef struct making {
    size_t node_count, tied_count, tie_count;
    const kith_tie *ties;
    double unit;
    end *ends;
    uint32_t *number; /* one a node, for the dealing in hand */
    dealt *dealt;
    int shift; /* a range is 2^shift numbers */
    size_t ranges, begins[MOST_RANGES + 1], ends_at[MOST_RANGES];
} making;

static float weight_of(const making *m, const kith_tie *tie)
{
    return fmaxf((float)(tie->weight / m->unit), FLT_MIN);
}

/* Ranges of numbers, each with room for all halves of its nodes. */
static void cut_ranges(making *m, size_t numbers)
{
    m->shift = 0;
    while (numbers >> m->shift >= MOST_RANGES)
        m->shift++;
    m->ranges = (numbers >> m->shift) + 1;
    memset(m->begins, 0, sizeof m->begins);
    for (size_t v = 0; v < m->node_count; v++)
        if (m->ends[v].halves > 0)
            m->begins[(m->number[v] >> m->shift) + 1] += m->ends[v].halves;
    for (size_t r = 0; r < m->ranges; r++) {
        m->begins[r + 1] += m->begins[r];
        m->ends_at[r] = m->begins[r];
    }
}

/* Deals the halves of all ties between two numbers. */
static void deal(making *m, size_t numbers)
{
    cut_ranges(m, numbers);
    for (size_t t = 0; t < m->tie_count; t++) {
        const uint32_t low = m->number[m->ties[t].low], high = m->number[m->ties[t].high];
        if (low == high)
            continue;
        const float weight = weight_of(m, &m->ties[t]);
        m->dealt[m->ends_at[low >> m->shift]++] = (dealt){ low, { high, weight } };
        m->dealt[m->ends_at[high >> m->shift]++] = (dealt){ high, { low, weight } };
    }
}

/* Lists a range's halves number by number. row_end: where those of each end. */
static void list_rows(kith_half *rows, size_t *row_end, const making *m, size_t range)
{
    const size_t mask = ((size_t)1 << m->shift) - 1;

    memset(row_end, 0, (mask + 2) * sizeof *row_end);
    for (size_t i = m->begins[range]; i < m->ends_at[range]; i++)
        row_end[(m->dealt[i].from & mask) + 1]++;
    for (size_t n = 0; n < mask; n++)
        row_end[n + 1] += row_end[n];
    for (size_t i = m->begins[range]; i < m->ends_at[range]; i++)
        rows[row_end[m->dealt[i].from & mask]++] = m->dealt[i].half;
}

/* Adds up halves that lead to one number; sums is 0 before and after. Returns how many are left. */
static size_t add_equals(kith_half *joined, const kith_half *row, size_t count, double *sums)
{
    size_t left = 0;

    for (size_t i = 0; i < count; i++) {
        joined[left].to = row[i].to;
        left += sums[row[i].to] == 0;
        sums[row[i].to] += row[i].weight;
    }
    for (size_t i = 0; i < left; i++) {
        joined[i].weight = (float)sums[joined[i].to];
        sums[joined[i].to] = 0;
    }
    return left;
}

static size_t longest_range(const making *m)
{
    size_t longest = 0;

    for (size_t r = 0; r < m->ranges; r++)
        if (m->begins[r + 1] - m->begins[r] > longest)
            longest = m->begins[r + 1] - m->begins[r];
    return longest;
}

static void join_range(kith_compact *joined, const making *m, size_t range, kith_half *rows,
                       size_t *row_end, double *sums)
{
    const size_t from = range << m->shift, most = from + ((size_t)1 << m->shift);
    size_t row = 0;

    list_rows(rows, row_end, m, range);
    for (size_t p = from; p < most && p < joined->count; p++) {
        const size_t begin = joined->first[p];
        joined->first[p + 1] =
            begin + add_equals(&joined->halves[begin], &rows[row], row_end[p - from] - row, sums);
        row = row_end[p - from];
    }
}

/* The graph of the parts that nodes were put in, by rank. */
static kith_status join_parts(kith_compact *joined, making *m, const uint32_t *part_of,
                              size_t parts, kith_error *err)
{
    for (size_t v = 0; v < m->node_count; v++)
        if (m->ends[v].halves > 0)
            m->number[v] = part_of[m->ends[v].rank];
    deal(m, parts);
    kith_half *rows = malloc((longest_range(m) + 1) * sizeof *rows);
    size_t *row_end = malloc((((size_t)1 << m->shift) + 1) * sizeof *row_end);
    double *sums = calloc(parts + 1, sizeof *sums);
    kith_status status = kith_compact_open(joined, parts, 2 * m->tie_count, err);
    if (status == KITH_OK && (!rows || !row_end || !sums))
        status = kith_no_memory(err);
    for (size_t r = 0; status == KITH_OK && r < m->ranges; r++)
        join_range(joined, m, r, rows, row_end, sums);
    for (size_t i = 0; status == KITH_OK && i < m->tied_count; i++)
        joined->mass[part_of[i]]++;
    if (status == KITH_OK)
        kith_compact_fit(joined);
    else
        kith_compact_free(joined);
    free(rows);
    free(row_end);
    free(sums);
    return status;
}

static void note_nearest(end *node, uint32_t rank, float weight)
{
    if (weight < node->most || (weight == node->most && rank > node->nearest))
        return;
    node->most = weight;
    node->nearest = rank;
}

/* Whom each node with a tie is tied to the most, by rank. */
static void find_nearest_given(uint32_t *near, making *m)
{
    for (size_t t = 0; t < m->tie_count; t++) {
        end *low = &m->ends[m->ties[t].low], *high = &m->ends[m->ties[t].high];
        const float weight = weight_of(m, &m->ties[t]);
        note_nearest(low, high->rank, weight);
        note_nearest(high, low->rank, weight);
    }
    for (size_t v = 0; v < m->node_count; v++)
        if (m->ends[v].halves > 0)
            near[m->ends[v].rank] = m->ends[v].nearest;
}

/* Whom each node is tied to the most for their mass; of equals the first. */
static void find_nearest(uint32_t *near, const kith_compact *graph)
{
    for (uint32_t v = 0; v < graph->count; v++) {
        double most = 0;
        near[v] = v;
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
            const uint32_t to = graph->halves[i].to;
            const double here = graph->halves[i].weight / graph->mass[to];
            if (here > most || (here == most && to < near[v])) {
                most = here;
                near[v] = to;
            }
        }
    }
}

/* Joins every node with its nearest; parts are numbered by their first node. Returns how many
 * parts that makes. near: is used up. */
static size_t join_nearest(uint32_t *part_of, uint32_t *near, size_t count)
{
    for (size_t v = 0; v < count; v++)
        part_of[v] = (uint32_t)v;
    for (uint32_t v = 0; v < count; v++) {
        const uint32_t a = kith_root_of(part_of, v), b = kith_root_of(part_of, near[v]);
        part_of[a > b ? a : b] = a < b ? a : b;
    }
    for (uint32_t v = 0; v < count; v++)
        part_of[v] = kith_root_of(part_of, v);
    return kith_close_gaps(part_of, count, NULL, near);
}

/* The levels of the ordering: part_of[l] leads from the nodes of level l to those of l + 1. */
typedef struct levels {
    uint32_t *part_of[MOST_LEVELS];
    size_t nodes[MOST_LEVELS + 1];
    int count;
} levels;

/* The ties of the first level are those given, the ties of the others are joined. */
static kith_status find_levels(levels *found, making *m, uint32_t *room, kith_error *err)
{
    kith_compact level = { .count = m->tied_count };
    kith_status status = KITH_OK;

    *found = (levels){ .nodes = { level.count } };
    while (found->count < MOST_LEVELS && level.count > FEW_NODES) {
        kith_compact next;
        uint32_t *part_of = malloc(level.count * sizeof *part_of);
        if (part_of == NULL) {
            status = kith_no_memory(err);
            break;
        }
        found->part_of[found->count++] = part_of;
        if (level.first == NULL)
            find_nearest_given(room, m);
        else
            find_nearest(room, &level);
        const size_t parts = join_nearest(part_of, room, level.count);
        found->nodes[found->count] = parts;
        if (parts == level.count || parts <= FEW_NODES)
            break;
        status = level.first == NULL ? join_parts(&next, m, part_of, parts, err)
                                     : kith_compact_join(&next, &level, part_of, parts, err);
        if (status != KITH_OK)
            break;
        kith_compact_free(&level);
        level = next;
    }
    kith_compact_free(&level);
    return status;
}

/* Numbers the nodes of each level in the order of their parts, those of one part as they come.
 * room: two times one a node. */
static void number_nodes(uint32_t *place, const levels *found, uint32_t *room)
{
    uint32_t *part_place = room, *begins = room + found->nodes[0] + 1;

    for (size_t i = 0; i < found->nodes[found->count]; i++)
        place[i] = (uint32_t)i;
    for (int l = found->count - 1; l >= 0; l--) {
        memcpy(part_place, place, found->nodes[l + 1] * sizeof *place);
        memset(begins, 0, (found->nodes[l + 1] + 1) * sizeof *begins);
        for (size_t v = 0; v < found->nodes[l]; v++)
            begins[part_place[found->part_of[l][v]] + 1]++;
        for (size_t p = 0; p < found->nodes[l + 1]; p++)
            begins[p + 1] += begins[p];
        for (size_t v = 0; v < found->nodes[l]; v++)
            place[v] = begins[part_place[found->part_of[l][v]]]++;
    }
}

/* Numbers the nodes that have a tie so that who is tied is near; the others have their numbers. */
static kith_status number_near(making *m, kith_error *err)
{
    levels found = { 0 };
    uint32_t *near = malloc((m->tied_count + 1) * sizeof *near);
    uint32_t *room = malloc(2 * (m->tied_count + 2) * sizeof *room);
    kith_status status =
        near == NULL || room == NULL ? kith_no_memory(err) : find_levels(&found, m, room, err);

    if (status == KITH_OK)
        number_nodes(near, &found, room);
    for (size_t v = 0; status == KITH_OK && v < m->node_count; v++)
        if (m->ends[v].halves > 0)
            m->number[v] = near[m->ends[v].rank];
    for (int l = 0; l < found.count; l++)
        free(found.part_of[l]);
    free(near);
    free(room);
    return status;
}

static int by_end(const void *a, const void *b)
{
    const kith_half *left = a, *right = b;

    return (left->to > right->to) - (left->to < right->to);
}

static void sort_halves(kith_half *halves, size_t count)
{
    if (count > FEW_HALVES) {
        qsort(halves, count, sizeof *halves, by_end);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        const kith_half half = halves[i];
        size_t at = i;
        for (; at > 0 && halves[at - 1].to > half.to; at--)
            halves[at] = halves[at - 1];
        halves[at] = half;
    }
}

static void fill_range(kith_compact *compact, const making *m, size_t range, size_t *row_end)
{
    const size_t from = range << m->shift, most = from + ((size_t)1 << m->shift);
    const size_t begin = m->begins[range];

    list_rows(&compact->halves[begin], row_end, m, range);
    for (size_t v = from; v < most && v < compact->count; v++) {
        compact->first[v + 1] = begin + row_end[v - from];
        sort_halves(&compact->halves[compact->first[v]], compact->first[v + 1] - compact->first[v]);
    }
}

/* All nodes have their numbers. */
static kith_status fill(kith_compact *compact, making *m, kith_error *err)
{
    deal(m, compact->count);
    size_t *row_end = malloc((((size_t)1 << m->shift) + 1) * sizeof *row_end);
    if (row_end == NULL)
        return kith_no_memory(err);
    for (size_t r = 0; r < m->ranges; r++)
        fill_range(compact, m, r, row_end);
    for (size_t v = 0; v < compact->count; v++)
        compact->mass[v] = 1;
    free(row_end);
    return KITH_OK;
}

/* Ranks the nodes that have a tie, or all; the others get the numbers above in the same order. */
static void rank(making *m, const uint32_t *order, bool all)
{
    uint32_t ranked = 0;

    for (size_t t = 0; t < m->tie_count; t++) {
        m->ends[m->ties[t].low].halves++;
        m->ends[m->ties[t].high].halves++;
        m->unit = m->ties[t].weight > m->unit ? m->ties[t].weight : m->unit;
    }
    for (size_t v = 0; v < m->node_count; v++)
        m->tied_count += m->ends[v].halves > 0 || all;
    for (size_t i = 0, alone = m->tied_count; i < m->node_count; i++) {
        const size_t v = order == NULL ? i : order[i];
        if (m->ends[v].halves > 0 || all)
            m->number[v] = m->ends[v].rank = ranked++;
        else
            m->number[v] = (uint32_t)alone++;
    }
    m->unit = m->unit > 0 ? m->unit : 1;
}

kith_status kith_compact_make(kith_compact *compact, uint32_t *place, const uint32_t *order,
                              size_t node_count, const kith_tie *ties, size_t tie_count,
                              kith_error *err)
{
    uint32_t *own = place == NULL ? malloc((node_count + 1) * sizeof *own) : NULL;
    making m = { .node_count = node_count,
                 .tie_count = tie_count,
                 .ties = ties,
                 .ends = calloc(node_count + 1, sizeof *m.ends),
                 .number = place == NULL ? own : place,
                 .dealt = malloc((2 * tie_count + 1) * sizeof *m.dealt) };
    kith_status status =
        m.number != NULL && m.ends != NULL && m.dealt != NULL ? KITH_OK : kith_no_memory(err);

    *compact = (kith_compact){ 0 };
    if (status == KITH_OK) {
        rank(&m, place == NULL ? NULL : order, place == NULL);
        status = place == NULL ? KITH_OK : number_near(&m, err);
    }
    if (status == KITH_OK)
        status = kith_compact_open(compact, m.tied_count, 2 * tie_count, err);
    compact->unit = m.unit;
    if (status == KITH_OK)
        status = fill(compact, &m, err);
    free(m.ends);
    free(m.dealt);
    free(own);
    return status;
}
