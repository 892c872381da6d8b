/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compact.c: ties from both ends, in an order that keeps neighbours near.
 *
 * The order comes from joining every node with the neighbour to whom it is tied the most
 * for that neighbour's mass, then the joined with theirs, and so on: who was joined
 * early stands close together. That is one pass over the ties a level, and each level has
 * less than half of the nodes. */
#include "kith/compact.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_NODES = 256, MOST_LEVELS = 24 }; /* of the ordering */

void kith_compact_free(kith_compact *compact)
{
    free(compact->first);
    free(compact->halves);
    free(compact->mass);
    *compact = (kith_compact){ 0 };
}

static kith_status make_arrays(kith_compact *compact, size_t nodes, size_t halves, kith_error *err)
{
    *compact = (kith_compact){ .count = nodes, .unit = 1 };
    compact->first = calloc(nodes + 1, sizeof *compact->first);
    compact->halves = malloc((halves + 1) * sizeof *compact->halves);
    compact->mass = calloc(nodes + 1, sizeof *compact->mass);
    return compact->first && compact->halves && compact->mass ? KITH_OK : kith_no_memory(err);
}

size_t kith_close_gaps(uint32_t *label_of, size_t count, const uint32_t *order, uint32_t *room)
{
    uint32_t next = 0;

    memset(room, 0xff, count * sizeof *room);
    for (size_t i = 0; i < count; i++) {
        const size_t v = order == NULL ? i : order[i];
        if (room[label_of[v]] == UINT32_MAX)
            room[label_of[v]] = next++;
        label_of[v] = room[label_of[v]];
    }
    return next;
}

void kith_list_members(uint32_t *members, uint32_t *begins, const uint32_t *part_of, size_t count,
                       size_t parts)
{
    memset(begins, 0, (parts + 1) * sizeof *begins);
    for (size_t v = 0; v < count; v++)
        begins[part_of[v] + 1]++;
    for (size_t p = 0; p < parts; p++)
        begins[p + 1] += begins[p];
    for (size_t v = 0; v < count; v++)
        members[begins[part_of[v]]++] = (uint32_t)v;
    for (size_t p = parts; p > 0; p--)
        begins[p] = begins[p - 1];
    begins[0] = 0;
}

/* A part's ties, added up by the part they lead to; sums is 0 before and after. Nothing here
 * depends on what cannot be foretold: which ties lead out of a part is chance to a processor. */
static size_t join_ties(kith_half *halves, const kith_compact *graph, const uint32_t *part_of,
                        const uint32_t *nodes, size_t node_count, double *sums, uint32_t *touched)
{
    const uint32_t part = part_of[nodes[0]];
    size_t count = 0;

    for (size_t n = 0; n < node_count; n++) {
        for (size_t i = graph->first[nodes[n]]; i < graph->first[nodes[n] + 1]; i++) {
            const uint32_t to = part_of[graph->halves[i].to];
            touched[count] = to;
            count += (sums[to] == 0) & (to != part);
            sums[to] += graph->halves[i].weight;
        }
    }
    sums[part] = 0;
    for (size_t i = 0; i < count; i++) {
        halves[i] = (kith_half){ touched[i], (float)sums[touched[i]] };
        sums[touched[i]] = 0;
    }
    return count;
}

/* Gives back the room that the joined ties did not need. */
static void fit(kith_compact *joined)
{
    kith_half *fitted =
        realloc(joined->halves, (joined->first[joined->count] + 1) * sizeof *fitted);

    if (fitted != NULL)
        joined->halves = fitted;
}

void kith_compact_join_into(kith_compact *joined, const kith_compact *graph,
                            const uint32_t *part_of, size_t parts, const kith_join_room *room)
{
    const uint32_t *members = room->members, *begins = room->begins;

    joined->count = parts;
    joined->unit = graph->unit;
    memset(joined->mass, 0, parts * sizeof *joined->mass);
    memset(room->sums, 0, parts * sizeof *room->sums);
    kith_list_members(room->members, room->begins, part_of, graph->count, parts);
    for (size_t v = 0; v < graph->count; v++)
        joined->mass[part_of[v]] += graph->mass[v];
    joined->first[0] = 0;
    for (size_t p = 0; p < parts; p++)
        joined->first[p + 1] =
            joined->first[p] + join_ties(&joined->halves[joined->first[p]], graph, part_of,
                                         &members[begins[p]], begins[p + 1] - begins[p],
                                         room->sums, room->touched);
}

kith_status kith_compact_join(kith_compact *joined, const kith_compact *graph,
                              const uint32_t *part_of, size_t parts, kith_error *err)
{
    const kith_join_room room = { malloc((graph->count + 1) * sizeof *room.members),
                                  malloc((parts + 1) * sizeof *room.begins),
                                  malloc((parts + 1) * sizeof *room.touched),
                                  malloc((parts + 1) * sizeof *room.sums) };
    kith_status status = make_arrays(joined, parts, graph->first[graph->count], err);

    if (status == KITH_OK && (!room.members || !room.begins || !room.touched || !room.sums))
        status = kith_no_memory(err);
    if (status == KITH_OK) {
        kith_compact_join_into(joined, graph, part_of, parts, &room);
        fit(joined);
    }
    free(room.members);
    free(room.begins);
    free(room.touched);
    free(room.sums);
    if (status != KITH_OK)
        kith_compact_free(joined);
    return status;
}

/* Whom a node is tied to the most for their mass; of equals the first by rank. */
static uint32_t nearest(const kith_compact *graph, const uint32_t *rank, uint32_t v)
{
    uint32_t best = v;
    double most = 0;

    for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
        const uint32_t to = graph->halves[i].to;
        const double here = graph->halves[i].weight / graph->mass[to];
        if (here > most || (here == most && rank[to] < rank[best])) {
            most = here;
            best = to;
        }
    }
    return best;
}

/* Joins every node with its nearest; parts are numbered by their first node in the order.
 * Returns how many parts that makes. */
static size_t join_nearest(uint32_t *part_of, const kith_compact *graph, const uint32_t *order,
                           uint32_t *room)
{
    for (size_t v = 0; v < graph->count; v++)
        part_of[v] = (uint32_t)v;
    for (size_t i = 0; i < graph->count; i++)
        room[order == NULL ? i : order[i]] = (uint32_t)i;
    for (uint32_t v = 0; v < graph->count; v++) {
        const uint32_t a = kith_root_of(part_of, v), b = kith_root_of(part_of, nearest(graph, room, v));
        part_of[a > b ? a : b] = a < b ? a : b;
    }
    for (uint32_t v = 0; v < graph->count; v++)
        part_of[v] = kith_root_of(part_of, v);
    return kith_close_gaps(part_of, graph->count, order, room);
}

/* The levels of the ordering: part_of[l] leads from the nodes of level l to those of l + 1. */
typedef struct levels {
    uint32_t *part_of[MOST_LEVELS];
    size_t nodes[MOST_LEVELS + 1];
    int count;
} levels;

static kith_status find_levels(levels *found, const kith_compact *graph, const uint32_t *order,
                               uint32_t *room, kith_error *err)
{
    kith_compact level = *graph, next;
    kith_status status = KITH_OK;

    *found = (levels){ .nodes = { graph->count } };
    while (found->count < MOST_LEVELS && level.count > FEW_NODES) {
        uint32_t *part_of = malloc(level.count * sizeof *part_of);
        if (part_of == NULL) {
            status = kith_no_memory(err);
            break;
        }
        found->part_of[found->count++] = part_of;
        const size_t parts =
            join_nearest(part_of, &level, level.first == graph->first ? order : NULL, room);
        found->nodes[found->count] = parts;
        if (parts == level.count || parts <= FEW_NODES)
            break;
        status = kith_compact_join(&next, &level, part_of, parts, err);
        if (status != KITH_OK)
            break;
        if (level.first != graph->first)
            kith_compact_free(&level);
        level = next;
    }
    if (level.first != graph->first)
        kith_compact_free(&level);
    return status;
}

/* Numbers the nodes of each level in the order of their parts, those of one part in the order
 * given of all nodes. room: two times one a node. */
static void number_nodes(uint32_t *place, const levels *found, const uint32_t *order,
                         uint32_t *room)
{
    uint32_t *part_place = room, *begins = room + found->nodes[0] + 1;

    for (size_t i = 0; i < found->nodes[found->count]; i++)
        place[found->count == 0 && order != NULL ? order[i] : i] = (uint32_t)i;
    for (int l = found->count - 1; l >= 0; l--) {
        memcpy(part_place, place, found->nodes[l + 1] * sizeof *place);
        memset(begins, 0, (found->nodes[l + 1] + 1) * sizeof *begins);
        for (size_t v = 0; v < found->nodes[l]; v++)
            begins[part_place[found->part_of[l][v]] + 1]++;
        for (size_t p = 0; p < found->nodes[l + 1]; p++)
            begins[p + 1] += begins[p];
        for (size_t i = 0; i < found->nodes[l]; i++) {
            const size_t v = l == 0 && order != NULL ? order[i] : i;
            place[v] = begins[part_place[found->part_of[l][v]]]++;
        }
    }
}

static kith_status choose_places(uint32_t *place, const kith_compact *graph, const uint32_t *order,
                                 kith_error *err)
{
    levels found = { 0 };
    uint32_t *room = malloc(2 * (graph->count + 2) * sizeof *room);
    kith_status status =
        room == NULL ? kith_no_memory(err) : find_levels(&found, graph, order, room, err);

    if (status == KITH_OK)
        number_nodes(place, &found, order, room);
    for (int l = 0; l < found.count; l++)
        free(found.part_of[l]);
    free(room);
    return status;
}

/* Where each node's ties begin, in at[v] = first[v + 1], which then is counted up to where they end. */
static void begin_nodes(kith_compact *moved, const kith_compact *compact, const uint32_t *node_at)
{
    size_t *at = moved->first + 1, begin = 0;

    for (size_t p = 0; p < moved->count; p++) {
        const uint32_t v = node_at[p];
        moved->mass[p] = compact->mass[v];
        at[p] = begin;
        begin += compact->first[v + 1] - compact->first[v];
    }
}

/* Each tie is written down at its other end, the nodes taken in order, so that everybody's
 * neighbours ascend. */
kith_status kith_compact_move(kith_compact *compact, const uint32_t *place, kith_error *err)
{
    const size_t n = compact->count;
    kith_compact moved;
    uint32_t *node_at = malloc((n + 1) * sizeof *node_at);
    kith_status status = make_arrays(&moved, n, compact->first[n], err);

    if (status == KITH_OK && node_at == NULL)
        status = kith_no_memory(err);
    if (status != KITH_OK) {
        free(node_at);
        kith_compact_free(&moved);
        return status;
    }
    moved.unit = compact->unit;
    for (size_t v = 0; v < n; v++)
        node_at[place[v]] = (uint32_t)v;
    begin_nodes(&moved, compact, node_at);
    for (uint32_t p = 0; p < n; p++)
        for (size_t i = compact->first[node_at[p]]; i < compact->first[node_at[p] + 1]; i++)
            moved.halves[moved.first[place[compact->halves[i].to] + 1]++] =
                (kith_half){ p, compact->halves[i].weight };
    free(node_at);
    kith_compact_free(compact);
    *compact = moved;
    return KITH_OK;
}

static double heaviest(const kith_tie *ties, size_t count)
{
    double most = 0;

    for (size_t t = 0; t < count; t++)
        most = ties[t].weight > most ? ties[t].weight : most;
    return most > 0 ? most : 1;
}

/* first[v + 1] is where the next tie of v goes, until all are there. */
static void fill(kith_compact *compact, const uint32_t *rank, const kith_tie *ties, size_t count)
{
    size_t *at = compact->first + 1;

    for (size_t t = 0; t < count; t++) {
        const uint32_t low = rank ? rank[ties[t].low] : ties[t].low;
        const uint32_t high = rank ? rank[ties[t].high] : ties[t].high;
        if (low + 1 < compact->count)
            at[low + 1]++;
        if (high + 1 < compact->count)
            at[high + 1]++;
    }
    for (size_t v = 1; v < compact->count; v++)
        at[v] += at[v - 1];
    for (size_t t = 0; t < count; t++) {
        const uint32_t low = rank ? rank[ties[t].low] : ties[t].low;
        const uint32_t high = rank ? rank[ties[t].high] : ties[t].high;
        const float weight = fmaxf((float)(ties[t].weight / compact->unit), FLT_MIN);
        compact->halves[at[low]++] = (kith_half){ high, weight };
        compact->halves[at[high]++] = (kith_half){ low, weight };
    }
}

/* Numbers the nodes that have a tie, as they come, and after them the others in the order given.
 * tied out: the former's numbers in that order. Returns how many they are. */
static size_t rank_tied(uint32_t *rank, uint32_t *tied, const uint32_t *order, size_t node_count,
                        const kith_tie *ties, size_t tie_count)
{
    uint32_t count = 0, next = 0;

    memset(rank, 0xff, node_count * sizeof *rank);
    for (size_t t = 0; t < tie_count; t++)
        rank[ties[t].low] = rank[ties[t].high] = 0;
    for (size_t v = 0; v < node_count; v++)
        if (rank[v] == 0)
            rank[v] = count++;
    for (size_t i = 0, alone = count; i < node_count; i++) {
        const size_t v = order == NULL ? i : order[i];
        if (rank[v] == UINT32_MAX)
            rank[v] = (uint32_t)alone++;
        else
            tied[next++] = rank[v];
    }
    return count;
}

static kith_status place_near(kith_compact *compact, uint32_t *place, const uint32_t *order,
                              size_t node_count, kith_error *err)
{
    uint32_t *near = malloc((compact->count + 1) * sizeof *near);
    kith_status status =
        near == NULL ? kith_no_memory(err) : choose_places(near, compact, order, err);

    if (status == KITH_OK)
        status = kith_compact_move(compact, near, err);
    for (size_t v = 0; status == KITH_OK && v < node_count; v++)
        place[v] = place[v] < compact->count ? near[place[v]] : place[v];
    free(near);
    return status;
}

kith_status kith_compact_make(kith_compact *compact, uint32_t *place, const uint32_t *order,
                              size_t node_count, const kith_tie *ties, size_t tie_count,
                              kith_error *err)
{
    uint32_t *tied = malloc((node_count + 1) * sizeof *tied);
    kith_status status;

    *compact = (kith_compact){ 0 };
    if (tied == NULL)
        return kith_no_memory(err);
    const size_t nodes =
        place == NULL ? node_count : rank_tied(place, tied, order, node_count, ties, tie_count);
    status = make_arrays(compact, nodes, 2 * tie_count, err);
    if (status != KITH_OK)
        goto out;
    compact->unit = heaviest(ties, tie_count);
    for (size_t v = 0; v < nodes; v++)
        compact->mass[v] = 1;
    fill(compact, place, ties, tie_count);
    if (place != NULL)
        status = place_near(compact, place, tied, node_count, err);

out:
    free(tied);
    return status;
}
