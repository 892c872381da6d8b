/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compact.c: compact graphs whose nodes are joined, or numbered anew. */
#include <stdlib.h>
#include <string.h>

#include "compact_private.h"

void kith_compact_free(kith_compact *compact)
{
    free(compact->first);
    free(compact->halves);
    free(compact->mass);
    *compact = (kith_compact){ 0 };
}

kith_status kith_compact_open(kith_compact *compact, size_t nodes, size_t halves, kith_error *err)
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

void kith_compact_fit(kith_compact *joined)
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
    kith_status status = kith_compact_open(joined, parts, graph->first[graph->count], err);

    if (status == KITH_OK && (!room.members || !room.begins || !room.touched || !room.sums))
        status = kith_no_memory(err);
    if (status == KITH_OK) {
        kith_compact_join_into(joined, graph, part_of, parts, &room);
        kith_compact_fit(joined);
    }
    free(room.members);
    free(room.begins);
    free(room.touched);
    free(room.sums);
    if (status != KITH_OK)
        kith_compact_free(joined);
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
    kith_status status = kith_compact_open(&moved, n, compact->first[n], err);

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
