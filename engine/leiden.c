/* SPDX-License-Identifier: GPL-3.0-or-later */
/* leiden.c: move, refine, aggregate; again on the smaller graph, until nothing merges.
 *
 * What makes it quick: all that is asked of a node and of a group while nodes move lies in one
 * place, so that a tie costs one access; only nodes whose neighbours have moved are looked at
 * again; and they are looked at stretch by stretch, in random order within it, until the
 * stretch has settled, so that a graph whose neighbours have near numbers stays in the cache
 * however large it is. Within a stretch the order is chance, so a processor is told ahead whom
 * it is to look at. Loops over ties do not branch by what they find, which is chance to a
 * processor. */
#include "kith/leiden.h"

#include <stdlib.h>
#include <string.h>

#include "large_pages.h"

enum {
    BLOCK = 256,    /* nodes */
    STRETCH = 4096, /* nodes: a number of blocks */
    TIES_AHEAD = 12, GROUPS_AHEAD = 4, /* nodes, until one is looked at */
    LINE = 8, /* halves that are brought near at once */
    FEW_MOVES = 128 /* one move in so many nodes: the next level would bring little */
};
static const double least_gain = 1e-11; /* in units of weight: less is rounding */

/* A node, and the group of its number: the group's mass, and the weight to it from the node in
 * hand, which is 0 between nodes; the node's group while nodes move, and whether it is to be
 * looked at. */
typedef struct spot {
    double mass, weight;
    uint32_t group;
    uint32_t waiting;
} spot;

typedef struct work {
    double resolution;
    kith_random *random;
    spot *spots;       /* one a node */
    uint32_t *touched; /* labels with a weight */
    uint32_t *order;   /* nodes as they are looked at */
    uint32_t *vacant;  /* labels without a node */
    size_t vacant_count;
    uint32_t *refined; /* one a node */
    double *cut;       /* one a refined group: its weight to the rest of its group */
    uint32_t *members; /* nodes by group */
    uint32_t *begins;  /* one a group and one more */
    uint32_t *below, *label, *before; /* one a node of the graph given */
    kith_compact levels[2];           /* smaller graphs, in turn */
} work;

struct kith_leiden_room {
    work work;
};

/* Nodes stretch by stretch; the blocks of each, and the nodes of each block, in random order. */
static void choose_order(work *w, size_t count)
{
    const size_t blocks = (count + BLOCK - 1) / BLOCK;
    uint32_t *block = w->touched; /* free at this time */
    size_t at = 0;

    for (size_t b = 0; b < blocks; b++)
        block[b] = (uint32_t)b;
    for (size_t b = 0, many = STRETCH / BLOCK; b < blocks; b += many)
        kith_random_shuffle(w->random, &block[b], blocks - b < many ? blocks - b : many,
                            sizeof *block);
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
static size_t gather(work *w, const kith_compact *graph, uint32_t v)
{
    spot *const spots = w->spots;
    size_t count = 0;

    for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
        const uint32_t g = spots[graph->halves[i].to].group;
        w->touched[count] = g;
        count += spots[g].weight == 0;
        spots[g].weight += graph->halves[i].weight;
    }
    return count;
}

/* The best group for a node: its own unless another is better, an empty one if none is good. */
static uint32_t best_group(work *w, uint32_t own, double mass, size_t touched)
{
    spot *const spots = w->spots;
    const double factor = w->resolution * mass;
    double most = spots[own].weight - factor * (spots[own].mass - mass) + least_gain;
    uint32_t best = own;

    for (size_t i = 0; i < touched; i++) {
        const uint32_t g = w->touched[i];
        const double gain = spots[g].weight - factor * spots[g].mass;
        const bool better = gain > most; /* never its own: that is counted with its mass here */
        most = better ? gain : most;
        best = better ? g : best;
        spots[g].weight = 0;
    }
    return most < 0 && w->vacant_count > 0 ? w->vacant[w->vacant_count - 1] : best;
}

static void move_to(work *w, const kith_compact *graph, uint32_t *size, uint32_t v, uint32_t to)
{
    spot *const spots = w->spots;
    const uint32_t from = spots[v].group;

    if (size[to]++ == 0)
        w->vacant_count--;
    if (--size[from] == 0)
        w->vacant[w->vacant_count++] = from;
    spots[from].mass = size[from] == 0 ? 0 : spots[from].mass - graph->mass[v];
    spots[to].mass += graph->mass[v];
    spots[v].group = to;
    for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
        spot *near = &spots[graph->halves[i].to];
        near->waiting |= near->group != to;
    }
}

/* Has what will be asked of the nodes to come brought near: the ties of one, of a nearer one its
 * neighbours. Nothing follows from it but time. */
static void look_ahead(const work *w, const kith_compact *graph, const uint32_t *nodes, size_t left)
{
    if (left > TIES_AHEAD && w->spots[nodes[TIES_AHEAD]].waiting) {
        const uint32_t v = nodes[TIES_AHEAD];
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i += LINE)
            __builtin_prefetch(&graph->halves[i]);
    }
    if (left > GROUPS_AHEAD && w->spots[nodes[GROUPS_AHEAD]].waiting) {
        const uint32_t v = nodes[GROUPS_AHEAD];
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++)
            __builtin_prefetch(&w->spots[graph->halves[i].to]);
    }
}

/* Looks at the waiting nodes of a stretch, and again, until none moves. Returns how many
 * moves there were. */
static size_t settle(work *w, const kith_compact *graph, uint32_t *size, const uint32_t *nodes,
                     size_t count)
{
    size_t moves = 0;
    bool again = true;

    while (again) {
        again = false;
        for (size_t i = 0; i < count; i++) {
            look_ahead(w, graph, &nodes[i], count - i);
            const uint32_t v = nodes[i], own = w->spots[v].group;
            if (!w->spots[v].waiting)
                continue;
            w->spots[v].waiting = 0;
            const uint32_t best =
                best_group(w, own, graph->mass[v], gather(w, graph, v));
            if (best == own)
                continue;
            move_to(w, graph, size, v, best);
            again = true;
            moves++;
        }
    }
    return moves;
}

/* Every node waits in its group; size: of each group. */
static void begin_moves(work *w, const kith_compact *graph, const uint32_t *group_of, uint32_t *size)
{
    memset(size, 0, graph->count * sizeof *size);
    for (size_t v = 0; v < graph->count; v++)
        w->spots[v] = (spot){ .group = group_of[v], .waiting = 1 };
    for (size_t v = 0; v < graph->count; v++) {
        w->spots[group_of[v]].mass += graph->mass[v];
        size[group_of[v]]++;
    }
    w->vacant_count = 0;
    for (size_t g = graph->count; g-- > 0;)
        if (size[g] == 0)
            w->vacant[w->vacant_count++] = (uint32_t)g;
}

/* Looks at every node, and again at those near one that moved, until none moves. Returns
 * how many moves there were. */
static size_t move_nodes(work *w, const kith_compact *graph, uint32_t *group_of)
{
    uint32_t *size = w->members; /* free at this time */
    size_t moves = 0, before;

    begin_moves(w, graph, group_of, size);
    choose_order(w, graph->count);
    do {
        before = moves;
        for (size_t from = 0; from < graph->count; from += STRETCH) {
            const size_t left = graph->count - from;
            moves += settle(w, graph, size, &w->order[from], left < STRETCH ? left : STRETCH);
        }
    } while (moves > before);
    for (size_t v = 0; v < graph->count; v++)
        group_of[v] = w->spots[v].group;
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
        if (w->spots[g].weight == 0)
            w->touched[touched++] = g;
        w->spots[g].weight += half->weight;
    }
    for (size_t i = 0; i < touched; i++) {
        const uint32_t g = w->touched[i];
        const double there = w->spots[g].mass;
        const double gain = w->spots[g].weight - w->resolution * mass * there;
        if (gain > most && w->cut[g] >= w->resolution * there * (whole - there)) {
            most = gain;
            best = g;
            *weight = w->spots[g].weight;
        }
        w->spots[g].weight = 0;
    }
    return best;
}

/* Each node of a group alone; cut: its weight to the rest of the group. Returns their mass. */
static double begin_group(work *w, const kith_compact *graph, const uint32_t *group_of,
                          const uint32_t *nodes, size_t count)
{
    double whole = 0;

    for (size_t n = 0; n < count; n++) {
        const uint32_t v = nodes[n], own = group_of[v];
        double inside = 0;
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++)
            inside += group_of[graph->halves[i].to] == own ? graph->halves[i].weight : 0;
        w->cut[v] = inside;
        w->refined[v] = v;
        w->spots[v].mass = graph->mass[v];
        whole += graph->mass[v];
    }
    return whole;
}

/* Merges the nodes of one group of a mass, each alone at first, into well connected parts. */
static void refine_group(work *w, const kith_compact *graph, const uint32_t *group_of,
                         const uint32_t *nodes, size_t count, double whole)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t v = nodes[i];
        const double mass = graph->mass[v];
        double weight = 0;
        if (w->spots[v].mass != mass || w->refined[v] != v) /* has been joined, or has joined */
            continue;
        if (w->cut[v] < w->resolution * mass * (whole - mass))
            continue;
        const uint32_t to = best_merger(w, graph, group_of, v, whole, &weight);
        if (to == v)
            continue;
        w->refined[v] = to;
        w->spots[to].mass += mass;
        w->spots[v].mass = 0;
        w->cut[to] += w->cut[v] - 2 * weight;
    }
}

/* Fills w->refined. Returns how many parts there are. */
static size_t refine(work *w, const kith_compact *graph, const uint32_t *group_of, size_t groups)
{
    kith_list_members(w->members, w->begins, group_of, graph->count, groups);
    for (size_t g = 0; g < groups; g++) {
        uint32_t *nodes = &w->members[w->begins[g]];
        const size_t count = w->begins[g + 1] - w->begins[g];
        if (count > 1)
            kith_random_shuffle(w->random, nodes, count, sizeof *nodes);
        const double whole = begin_group(w, graph, group_of, nodes, count);
        if (count > 1)
            refine_group(w, graph, group_of, nodes, count, whole);
    }
    return kith_close_gaps(w->refined, graph->count, NULL, w->touched);
}

static void free_work(work *w)
{
    free(w->spots);
    free(w->touched);
    free(w->order);
    free(w->vacant);
    free(w->refined);
    free(w->cut);
    free(w->members);
    free(w->begins);
    free(w->below);
    free(w->label);
    free(w->before);
    kith_compact_free(&w->levels[0]);
    kith_compact_free(&w->levels[1]);
}

static void *array(size_t count, size_t size)
{
    void *made = malloc((count + 1) * size);

    if (made != NULL)
        kith_use_large_pages(made, (count + 1) * size);
    return made;
}

/* Room for a graph that is smaller than one of so many nodes and halves. */
static bool make_level(kith_compact *level, size_t nodes, size_t halves)
{
    level->first = array(nodes, sizeof *level->first);
    level->halves = array(halves, sizeof *level->halves);
    level->mass = array(nodes, sizeof *level->mass);
    return level->first && level->halves && level->mass;
}

static kith_status make_work(work *w, size_t n, size_t halves, kith_error *err)
{
    w->spots = array(n, sizeof *w->spots);
    w->touched = array(n, sizeof *w->touched);
    w->order = array(n, sizeof *w->order);
    w->vacant = array(n, sizeof *w->vacant);
    w->refined = array(n, sizeof *w->refined);
    w->cut = array(n, sizeof *w->cut);
    w->members = array(n, sizeof *w->members);
    w->begins = array(n, sizeof *w->begins);
    w->below = array(n, sizeof *w->below);
    w->label = array(n, sizeof *w->label);
    w->before = array(n, sizeof *w->before);
    return w->spots && w->touched && w->order && w->vacant && w->refined && w->cut && w->members &&
                   w->begins && w->below && w->label && w->before &&
                   make_level(&w->levels[0], n, halves) && make_level(&w->levels[1], n, halves)
               ? KITH_OK
               : kith_no_memory(err);
}

kith_status kith_leiden_room_open(kith_leiden_room **room, size_t nodes, size_t halves,
                                  kith_error *err)
{
    *room = calloc(1, sizeof **room);
    return *room == NULL ? kith_no_memory(err) : make_work(&(*room)->work, nodes, halves, err);
}

void kith_leiden_room_close(kith_leiden_room *room)
{
    if (room != NULL)
        free_work(&room->work);
    free(room);
}

/* One iteration. below: each node's node in the graph in hand; label: its nodes' groups. */
static void iterate(uint32_t *group_of, work *w, const kith_compact *graph)
{
    const kith_join_room room = { w->members, w->begins, w->touched, w->cut };
    const size_t n = graph->count;
    uint32_t *const below = w->below, *const label = w->label;
    const kith_compact *level = graph;

    for (size_t v = 0; v < n; v++)
        below[v] = (uint32_t)v;
    memcpy(label, group_of, n * sizeof *label);
    for (int depth = 0;; depth++) {
        const size_t moves = move_nodes(w, level, label);
        const size_t groups = kith_close_gaps(label, level->count, NULL, w->touched);
        if (groups == level->count || (depth > 0 && moves <= level->count / FEW_MOVES))
            break;
        size_t parts = refine(w, level, label, groups);
        if (parts == level->count) { /* nothing merges within: the groups themselves */
            memcpy(w->refined, label, level->count * sizeof *label);
            parts = groups;
        }
        kith_compact *smaller = &w->levels[depth % 2];
        kith_compact_join_into(smaller, level, w->refined, parts, &room);
        for (size_t v = 0; v < n; v++)
            below[v] = w->refined[below[v]];
        for (size_t v = 0; v < level->count; v++)
            w->members[w->refined[v]] = label[v];
        memcpy(label, w->members, parts * sizeof *label);
        level = smaller;
    }
    for (size_t v = 0; v < n; v++)
        group_of[v] = label[below[v]];
}

/* Gives every connected piece of a group a label of its own: pieces by their first node. */
static void part_pieces(uint32_t *group_of, work *w, const kith_compact *graph)
{
    uint32_t *const above = w->members, pieces = 0;

    for (uint32_t v = 0; v < graph->count; v++) {
        above[v] = v;
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++) {
            const uint32_t to = graph->halves[i].to;
            if (to > v || group_of[to] != group_of[v])
                continue;
            const uint32_t a = kith_root_of(above, to), b = kith_root_of(above, v);
            above[a > b ? a : b] = a < b ? a : b;
        }
    }
    for (uint32_t v = 0; v < graph->count; v++) {
        const uint32_t root = kith_root_of(above, v);
        w->refined[v] = root == v ? pieces++ : w->refined[root];
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
    kith_status status = room == NULL ? kith_leiden_room_open(&own, n, graph->first[n], err) : KITH_OK;
    work *w = room != NULL ? &room->work : own != NULL ? &own->work : NULL;

    if (w != NULL) {
        w->resolution = resolution;
        w->random = random;
    }
    for (int i = 0; status == KITH_OK && better && (iterations == 0 || i < iterations); i++) {
        memcpy(w->before, group_of, n * sizeof *group_of);
        iterate(group_of, w, graph);
        kith_close_gaps(group_of, n, NULL, w->touched);
        better = memcmp(w->before, group_of, n * sizeof *group_of) != 0;
    }
    if (status == KITH_OK)
        part_pieces(group_of, w, graph);
    kith_leiden_room_close(own);
    return status;
}
