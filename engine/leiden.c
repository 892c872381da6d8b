/* SPDX-License-Identifier: GPL-3.0-or-later */
/* leiden.c: move, refine, aggregate; again on the smaller graph, until nothing merges.
 *
 * What makes it quick: the weight from a node to each group is summed in a dense array
 * beside the group's mass, so that a tie costs one access; only nodes whose neighbours have
 * moved are looked at again; and they are looked at block by block, in random order within
 * a block, so that a graph whose neighbours have near numbers stays in the cache. */
#include "kith/leiden.h"

#include <stdlib.h>
#include <string.h>

#include "large_pages.h"

enum {
    BLOCK = 256,    /* nodes */
    FEW_MOVES = 128 /* one move in so many nodes: the next level would bring little */
};
static const double least_gain = 1e-11; /* in units of weight: less is rounding */

/* A group while nodes move: its mass, and the weight from the node in hand. */
typedef struct group_sum {
    double mass, weight;
} group_sum;

typedef struct work {
    double resolution;
    kith_random *random;
    group_sum *sums;   /* one a label; weight is 0 between nodes */
    uint32_t *touched; /* labels with a weight */
    uint32_t *order;   /* nodes as they are looked at */
    uint32_t *vacant;  /* labels without a node */
    size_t vacant_count;
    uint8_t *waiting;  /* one a node: to be looked at */
    uint32_t *refined; /* one a node */
    double *cut;       /* one a refined group: its weight to the rest of its group */
    uint32_t *members; /* nodes by group */
    uint32_t *begins;  /* one a group and one more */
    uint32_t *below, *label, *before; /* one a node of the graph given */
} work;

struct kith_leiden_room {
    work work;
};

/* Nodes block by block, blocks and the nodes of each in random order. */
static void choose_order(work *w, size_t count)
{
    const size_t blocks = (count + BLOCK - 1) / BLOCK;
    uint32_t *block = w->touched; /* free at this time */
    size_t at = 0;

    for (size_t b = 0; b < blocks; b++)
        block[b] = (uint32_t)b;
    kith_random_shuffle(w->random, block, blocks, sizeof *block);
    for (size_t b = 0; b < blocks; b++) {
        const size_t from = (size_t)block[b] * BLOCK;
        const size_t size = count - from < BLOCK ? count - from : BLOCK;
        for (size_t i = 0; i < size; i++)
            w->order[at + i] = (uint32_t)(from + i);
        kith_random_shuffle(w->random, &w->order[at], size, sizeof *w->order);
        at += size;
    }
}

/* Sums the weight from a node to each group near it. Returns how many were touched. */
static size_t gather(work *w, const kith_compact *graph, const uint32_t *group_of, uint32_t v)
{
    size_t count = 0;

    for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
        const uint32_t g = group_of[graph->halves[i].to];
        if (w->sums[g].weight == 0)
            w->touched[count++] = g;
        w->sums[g].weight += graph->halves[i].weight;
    }
    return count;
}

/* The best group for a node: its own unless another is better, an empty one if none is good. */
static uint32_t best_group(work *w, uint32_t own, double mass, size_t touched)
{
    const double factor = w->resolution * mass;
    double most = w->sums[own].weight - factor * (w->sums[own].mass - mass) + least_gain;
    uint32_t best = own;

    for (size_t i = 0; i < touched; i++) {
        const uint32_t g = w->touched[i];
        const double gain = w->sums[g].weight - factor * w->sums[g].mass;
        if (gain > most && g != own) {
            most = gain;
            best = g;
        }
        w->sums[g].weight = 0;
    }
    return most < 0 && w->vacant_count > 0 ? w->vacant[w->vacant_count - 1] : best;
}

static void move_to(work *w, const kith_compact *graph, uint32_t *group_of, uint32_t *size,
                    uint32_t v, uint32_t to)
{
    const uint32_t from = group_of[v];

    if (size[to]++ == 0)
        w->vacant_count--;
    if (--size[from] == 0)
        w->vacant[w->vacant_count++] = from;
    w->sums[from].mass = size[from] == 0 ? 0 : w->sums[from].mass - graph->mass[v];
    w->sums[to].mass += graph->mass[v];
    group_of[v] = to;
    for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++)
        if (group_of[graph->halves[i].to] != to)
            w->waiting[graph->halves[i].to] = 1;
}

/* Looks at every node, and again at those near one that moved, until none moves. Returns
 * how many moves there were. */
static size_t move_nodes(work *w, const kith_compact *graph, uint32_t *group_of)
{
    uint32_t *size = w->members; /* free at this time */
    size_t moves = 0;
    bool again = true;

    memset(w->sums, 0, graph->count * sizeof *w->sums);
    memset(size, 0, graph->count * sizeof *size);
    memset(w->waiting, 1, graph->count);
    for (size_t v = 0; v < graph->count; v++) {
        w->sums[group_of[v]].mass += graph->mass[v];
        size[group_of[v]]++;
    }
    w->vacant_count = 0;
    for (size_t g = graph->count; g-- > 0;)
        if (size[g] == 0)
            w->vacant[w->vacant_count++] = (uint32_t)g;
    choose_order(w, graph->count);
    while (again) {
        again = false;
        for (size_t i = 0; i < graph->count; i++) {
            const uint32_t v = w->order[i];
            if (!w->waiting[v])
                continue;
            w->waiting[v] = 0;
            const size_t touched = gather(w, graph, group_of, v);
            const uint32_t best = best_group(w, group_of[v], graph->mass[v], touched);
            if (best == group_of[v])
                continue;
            move_to(w, graph, group_of, size, v, best);
            again = true;
            moves++;
        }
    }
    return moves;
}

/* The refined group of v's own group that v gains most from joining; its own when none. */
static uint32_t best_merger(work *w, const kith_compact *graph, const uint32_t *group_of,
                            uint32_t v, double whole, double *weight)
{
    const double mass = graph->mass[v];
    size_t touched = 0;
    double most = least_gain;
    uint32_t best = v;

    for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
        const kith_half *half = &graph->halves[i];
        if (group_of[half->to] != group_of[v])
            continue;
        const uint32_t g = w->refined[half->to];
        if (w->sums[g].weight == 0)
            w->touched[touched++] = g;
        w->sums[g].weight += half->weight;
    }
    for (size_t i = 0; i < touched; i++) {
        const uint32_t g = w->touched[i];
        const double there = w->sums[g].mass;
        const double gain = w->sums[g].weight - w->resolution * mass * there;
        if (gain > most && w->cut[g] >= w->resolution * there * (whole - there)) {
            most = gain;
            best = g;
            *weight = w->sums[g].weight;
        }
        w->sums[g].weight = 0;
    }
    return best;
}

/* Merges the nodes of one group, each alone at first, into well connected parts. */
static void refine_group(work *w, const kith_compact *graph, const uint32_t *group_of,
                         const uint32_t *nodes, size_t count)
{
    double whole = 0;

    for (size_t i = 0; i < count; i++)
        whole += graph->mass[nodes[i]];
    for (size_t i = 0; i < count; i++) {
        const uint32_t v = nodes[i];
        const double mass = graph->mass[v];
        double weight = 0;
        if (w->sums[v].mass != mass || w->refined[v] != v) /* has been joined, or has joined */
            continue;
        if (w->cut[v] < w->resolution * mass * (whole - mass))
            continue;
        const uint32_t to = best_merger(w, graph, group_of, v, whole, &weight);
        if (to == v)
            continue;
        w->refined[v] = to;
        w->sums[to].mass += mass;
        w->sums[v].mass = 0;
        w->cut[to] += w->cut[v] - 2 * weight;
    }
}

/* Fills w->refined. Returns how many parts there are. */
static size_t refine(work *w, const kith_compact *graph, const uint32_t *group_of, size_t groups)
{
    kith_list_members(w->members, w->begins, group_of, graph->count, groups);
    for (uint32_t v = 0; v < graph->count; v++) {
        double inside = 0;
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++)
            if (group_of[graph->halves[i].to] == group_of[v])
                inside += graph->halves[i].weight;
        w->cut[v] = inside;
        w->refined[v] = v;
        w->sums[v] = (group_sum){ graph->mass[v], 0 };
    }
    for (size_t g = 0; g < groups; g++) {
        uint32_t *nodes = &w->members[w->begins[g]];
        const size_t count = w->begins[g + 1] - w->begins[g];
        if (count < 2)
            continue;
        kith_random_shuffle(w->random, nodes, count, sizeof *nodes);
        refine_group(w, graph, group_of, nodes, count);
    }
    return kith_close_gaps(w->refined, graph->count, NULL, w->touched);
}

static void free_work(work *w)
{
    free(w->sums);
    free(w->touched);
    free(w->order);
    free(w->vacant);
    free(w->waiting);
    free(w->refined);
    free(w->cut);
    free(w->members);
    free(w->begins);
    free(w->below);
    free(w->label);
    free(w->before);
}

static void *array(size_t count, size_t size)
{
    void *made = malloc((count + 1) * size);

    if (made != NULL)
        kith_use_large_pages(made, (count + 1) * size);
    return made;
}

static kith_status make_work(work *w, size_t n, kith_error *err)
{
    w->sums = array(n, sizeof *w->sums);
    w->touched = array(n, sizeof *w->touched);
    w->order = array(n, sizeof *w->order);
    w->vacant = array(n, sizeof *w->vacant);
    w->waiting = array(n, sizeof *w->waiting);
    w->refined = array(n, sizeof *w->refined);
    w->cut = array(n, sizeof *w->cut);
    w->members = array(n, sizeof *w->members);
    w->begins = array(n, sizeof *w->begins);
    w->below = array(n, sizeof *w->below);
    w->label = array(n, sizeof *w->label);
    w->before = array(n, sizeof *w->before);
    return w->sums && w->touched && w->order && w->vacant && w->waiting && w->refined && w->cut &&
                   w->members && w->begins && w->below && w->label && w->before
               ? KITH_OK
               : kith_no_memory(err);
}

kith_status kith_leiden_room_open(kith_leiden_room **room, size_t nodes, kith_error *err)
{
    *room = calloc(1, sizeof **room);
    return *room == NULL ? kith_no_memory(err) : make_work(&(*room)->work, nodes, err);
}

void kith_leiden_room_close(kith_leiden_room *room)
{
    if (room != NULL)
        free_work(&room->work);
    free(room);
}

/* One iteration. below: each node's node in the graph in hand; label: its nodes' groups. */
static kith_status iterate(uint32_t *group_of, work *w, const kith_compact *graph, kith_error *err)
{
    const size_t n = graph->count;
    uint32_t *const below = w->below, *const label = w->label;
    kith_compact level = *graph, smaller;
    kith_status status = KITH_OK;

    for (size_t v = 0; v < n; v++)
        below[v] = (uint32_t)v;
    memcpy(label, group_of, n * sizeof *label);
    for (;;) {
        const size_t moves = move_nodes(w, &level, label);
        const size_t groups = kith_close_gaps(label, level.count, NULL, w->touched);
        if (groups == level.count ||
            (level.first != graph->first && moves <= level.count / FEW_MOVES))
            break;
        size_t parts = refine(w, &level, label, groups);
        if (parts == level.count) { /* nothing merges within: the groups themselves */
            memcpy(w->refined, label, level.count * sizeof *label);
            parts = groups;
        }
        status = kith_compact_join(&smaller, &level, w->refined, parts, err);
        if (status != KITH_OK)
            break;
        for (size_t v = 0; v < n; v++)
            below[v] = w->refined[below[v]];
        for (size_t v = 0; v < level.count; v++)
            w->members[w->refined[v]] = label[v];
        memcpy(label, w->members, parts * sizeof *label);
        if (level.first != graph->first)
            kith_compact_free(&level);
        level = smaller;
    }
    for (size_t v = 0; status == KITH_OK && v < n; v++)
        group_of[v] = label[below[v]];
    if (level.first != graph->first)
        kith_compact_free(&level);
    return status;
}

/* Gives every connected piece of a group a label of its own. */
static void part_pieces(uint32_t *group_of, work *w, const kith_compact *graph)
{
    uint32_t *stack = w->members, pieces = 0;

    memset(w->refined, 0xff, graph->count * sizeof *w->refined);
    for (uint32_t v = 0; v < graph->count; v++) {
        size_t waiting = 0;
        if (w->refined[v] != UINT32_MAX)
            continue;
        w->refined[v] = pieces;
        stack[waiting++] = v;
        while (waiting > 0) {
            const uint32_t u = stack[--waiting];
            for (size_t i = graph->first[u]; i < graph->first[u + 1]; i++) {
                const uint32_t to = graph->halves[i].to;
                if (group_of[to] != group_of[u] || w->refined[to] != UINT32_MAX)
                    continue;
                w->refined[to] = pieces;
                stack[waiting++] = to;
            }
        }
        pieces++;
    }
    memcpy(group_of, w->refined, graph->count * sizeof *group_of);
}

double kith_leiden_masses(kith_compact *compact, kith_objective objective, double resolution)
{
    double all = 0;

    if (objective == KITH_CPM)
        return resolution / compact->unit;
    for (size_t v = 0; v < compact->count; v++) {
        compact->mass[v] = 0;
        for (size_t i = compact->first[v]; i < compact->first[v + 1]; i++)
            compact->mass[v] += compact->halves[i].weight;
        all += compact->mass[v];
    }
    return all > 0 ? resolution / all : 0;
}

kith_status kith_leiden(uint32_t *group_of, const kith_compact *graph, double resolution,
                        kith_random *random, int iterations, kith_leiden_room *room,
                        kith_error *err)
{
    const size_t n = graph->count;
    kith_leiden_room *own = NULL;
    bool better = true;
    kith_status status = room == NULL ? kith_leiden_room_open(&own, n, err) : KITH_OK;
    work *w = room != NULL ? &room->work : own != NULL ? &own->work : NULL;

    if (w != NULL) {
        w->resolution = resolution;
        w->random = random;
    }
    for (int i = 0; status == KITH_OK && better && (iterations == 0 || i < iterations); i++) {
        memcpy(w->before, group_of, n * sizeof *group_of);
        status = iterate(group_of, w, graph, err);
        kith_close_gaps(group_of, n, NULL, w->touched);
        better = memcmp(w->before, group_of, n * sizeof *group_of) != 0;
    }
    if (status == KITH_OK)
        part_pieces(group_of, w, graph);
    kith_leiden_room_close(own);
    return status;
}
