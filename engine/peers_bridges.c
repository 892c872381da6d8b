/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_bridges.c: one record alone makes no two groups one.
 *
 * Two parts of a group may hang together by one tie, a bridge; or through one child, by no more
 * than one record weighs (a friendship, or an event that brought one of the one part together
 * with the other). One walk in depth finds both (Tarjan 1974): nothing below a tie that
 * the walk went down leads back above it. A part that hangs by one record through one child
 * is a group of its own when its members hold more than one record's worth to each other: it is
 * either all that is below that child, or the child with what hangs by it alone; the group is then
 * walked again without it, so that it does not matter whom the walk met first. All
 * bridges are taken out; then, from the strongest on, each is put back where a side is
 * smaller than the smallest group, so that whoever hangs on by one tie stays with whom they
 * are tied to the most. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kith/leiden.h"
#include "peers_private.h"

enum { SMALLEST = 3 }; /* members of a side that stands alone */

typedef struct bridge {
    float weight;
    uint32_t from, to; /* nodes of the compact graph */
} bridge;

/* What hangs by a node in the walk, but for what leads above it. */
typedef struct hanging {
    uint32_t nodes;
    double weight; /* of the ties among them and to the node */
} hanging;

/* What the walk knows of a node. Its number in the order of the walk, from 1, is its place. */
typedef struct visit {
    uint32_t node;
    uint32_t parent; /* number */
    uint32_t low;    /* the least number that is reached from below */
    uint32_t below;  /* nodes, the node itself too */
    size_t next;     /* tie that is looked at next */
    double back;     /* weight that leads back to the node from below, so far */
    double mark;     /* the parent's when the walk went down */
    double weight;   /* of the ties from below and from the node itself to lower numbers */
    double far;      /* of the node's ties to all else */
    hanging near;    /* what is below and leads no higher than the node */
    bool chosen;     /* room for choosing a part */
} visit;

typedef struct walk {
    const kith_compact *graph;
    uint32_t *group_of; /* one a node of the compact graph; changed where a part is cut off */
    uint32_t *number;   /* one a node; 0: not yet seen */
    visit *visits;      /* of the group in hand, by number */
    uint32_t *members;  /* of each group, by its label, as left by what was cut off */
    double *within;     /* weight of the ties in each */
    uint32_t labels;    /* groups, those cut off too */
    size_t parted;
    uint32_t *above;    /* one a node: towards the root of its part */
    uint32_t *size;     /* of a root's part */
    bridge *bridges;
    size_t bridge_count, bridge_room;
} walk;

typedef enum step { WALK_ON, WALK_CUT, WALK_NO_MEMORY } step;

static const double one_record = 1 + 1e-6; /* what a friendship weighs; floats round */

static void join(walk *w, uint32_t a, uint32_t b)
{
    const uint32_t x = kith_root_of(w->above, a), y = kith_root_of(w->above, b);
    const uint32_t into = x < y ? x : y, from = x < y ? y : x;

    if (x == y)
        return;
    w->above[from] = into;
    w->size[into] += w->size[from];
}

static bool add_bridge(walk *w, uint32_t v, uint32_t up, float weight)
{
    if (w->bridge_count == w->bridge_room) {
        const size_t room = w->bridge_room == 0 ? 64 : 2 * w->bridge_room;
        bridge *grown = realloc(w->bridges, room * sizeof *grown);
        if (grown == NULL)
            return false;
        w->bridges = grown;
        w->bridge_room = room;
    }
    w->bridges[w->bridge_count++] = (bridge){ weight, up < v ? up : v, up < v ? v : up };
    return true;
}

static bool holds(const walk *w, size_t nodes, double inside)
{
    return nodes >= SMALLEST && 2 * inside * w->graph->unit > one_record * (double)nodes;
}

/* Whether a part of v's group, tied to the rest by a weight across, is a group of its own. */
static bool stands_alone(const walk *w, uint32_t v, hanging part, double across)
{
    const uint32_t group = w->group_of[v];

    return across * w->graph->unit <= one_record && holds(w, part.nodes, part.weight) &&
           holds(w, w->members[group] - part.nodes, w->within[group] - part.weight - across);
}

/* Makes a part below a node a group of its own: all from it on, or the node and what hangs by it. */
static void cut_off(walk *w, uint32_t number, uint32_t seen, bool all, hanging part, double across)
{
    const uint32_t group = w->group_of[w->visits[number].node], fresh = w->labels++;

    for (uint32_t i = number; i <= seen; i++) {
        visit *at = &w->visits[i];
        at->chosen = all || i == number ||
                     (at->parent == number ? at->low >= number : w->visits[at->parent].chosen);
        if (at->chosen)
            w->group_of[at->node] = fresh;
    }
    w->members[fresh] = part.nodes;
    w->within[fresh] = part.weight;
    w->members[group] -= part.nodes;
    w->within[group] -= part.weight + across;
    w->parted++;
}

/* Goes back up from a node, by a tie of a weight; seen is the last number. */
static step leave(walk *w, uint32_t number, float weight, uint32_t seen)
{
    visit *v = &w->visits[number], *up = &w->visits[v->parent];
    const double to_up = up->back - v->mark + weight;

    v->weight += weight;
    v->far += weight;
    const hanging all = { v->below, v->weight - to_up };
    const hanging by_v = { v->near.nodes + 1, v->near.weight };
    if (v->low == v->parent && stands_alone(w, v->node, all, to_up)) {
        cut_off(w, number, seen, true, all, to_up);
        return WALK_CUT;
    }
    if (stands_alone(w, v->node, by_v, v->far)) {
        cut_off(w, number, seen, false, by_v, v->far);
        return WALK_CUT;
    }
    if (v->low < v->parent) {
        up->far += to_up;
    } else {
        up->near.nodes += v->below;
        up->near.weight += v->weight;
    }
    if (v->low < up->low)
        up->low = v->low;
    up->below += v->below;
    up->weight += v->weight;
    if (v->low > v->parent)
        return add_bridge(w, v->node, up->node, weight) ? WALK_ON : WALK_NO_MEMORY;
    join(w, v->node, up->node);
    return WALK_ON;
}

/* Looks along a tie to a node that was seen before: one below, or one above. */
static void look_back(walk *w, uint32_t number, const kith_half *tie)
{
    visit *v = &w->visits[number];
    const uint32_t to = w->number[tie->to];

    if (to > number)
        return;
    if (to < v->low)
        v->low = to;
    w->visits[to].back += tie->weight;
    v->weight += tie->weight;
    v->far += tie->weight;
}

static void enter(walk *w, uint32_t v, uint32_t number, uint32_t parent)
{
    w->number[v] = number;
    w->visits[number] = (visit){ .node = v, .parent = parent, .low = number, .below = 1,
                                 .next = w->graph->first[v], .mark = w->visits[parent].back };
    w->size[v] = 1;
    w->above[v] = v;
}

/* Walks through what is left of a group, until a part is cut off: then all is as before the walk. */
static step walk_from(walk *w, uint32_t start)
{
    const size_t bridges = w->bridge_count;
    uint32_t seen = 1, at = 1;
    step went = WALK_ON;

    enter(w, start, 1, 0);
    while (went == WALK_ON) {
        visit *v = &w->visits[at];
        if (v->next < w->graph->first[v->node + 1]) {
            const kith_half *tie = &w->graph->halves[v->next++];
            if (w->group_of[tie->to] != w->group_of[v->node])
                continue;
            const uint32_t to = w->number[tie->to];
            if (to == 0) {
                enter(w, tie->to, ++seen, at);
                at = seen;
            } else if (to != v->parent) {
                look_back(w, at, tie);
            }
            continue;
        }
        if (at == 1)
            return WALK_ON;
        const visit *up = &w->visits[v->parent];
        went = leave(w, at, w->graph->halves[up->next - 1].weight, seen);
        at = v->parent;
    }
    for (; seen > 0; seen--)
        w->number[w->visits[seen].node] = 0;
    w->bridge_count = bridges;
    return went;
}

static int strongest_first(const void *a, const void *b)
{
    const bridge *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* Puts bridges back where a side is too small. Returns how many stay out. */
static size_t put_back(walk *w)
{
    size_t out = 0;

    if (w->bridge_count > 0)
        qsort(w->bridges, w->bridge_count, sizeof *w->bridges, strongest_first);
    for (size_t i = 0; i < w->bridge_count; i++) {
        const bridge *b = &w->bridges[i];
        if (w->size[kith_root_of(w->above, b->from)] < SMALLEST ||
            w->size[kith_root_of(w->above, b->to)] < SMALLEST)
            join(w, b->from, b->to);
        else
            out++;
    }
    return out;
}

static kith_status open_walk(walk *w, const kith_peers_graph *grouped, const kith_clustering *found,
                             kith_error *err)
{
    const size_t n = grouped->compact.count;
    uint32_t largest = 0;

    *w = (walk){ .graph = &grouped->compact, .labels = (uint32_t)found->group_count };
    for (size_t g = 0; g < found->group_count; g++)
        largest = found->size[g] > largest ? found->size[g] : largest;
    w->group_of = malloc((n + 1) * sizeof *w->group_of);
    w->number = calloc(n + 1, sizeof *w->number);
    w->visits = calloc((size_t)largest + 1, sizeof *w->visits);
    w->members = malloc((found->group_count + n + 1) * sizeof *w->members);
    w->within = calloc(found->group_count + n + 1, sizeof *w->within);
    w->above = malloc((n + 1) * sizeof *w->above);
    w->size = malloc((n + 1) * sizeof *w->size);
    if (!w->group_of || !w->number || !w->visits || !w->members || !w->within || !w->above ||
        !w->size)
        return kith_no_memory(err);
    for (size_t v = 0; v < grouped->graph->node_count; v++)
        if (grouped->place[v] < n)
            w->group_of[grouped->place[v]] = found->group_of[v];
    if (found->group_count > 0)
        memcpy(w->members, found->size, found->group_count * sizeof *w->members);
    return KITH_OK;
}

static void close_walk(walk *w)
{
    free(w->group_of);
    free(w->number);
    free(w->visits);
    free(w->members);
    free(w->within);
    free(w->above);
    free(w->size);
    free(w->bridges);
}

/* The weight of the ties within each group. */
static void weigh_groups(walk *w)
{
    for (size_t v = 0; v < w->graph->count; v++)
        for (size_t i = w->graph->first[v]; i < w->graph->first[v + 1]; i++)
            if (w->group_of[w->graph->halves[i].to] == w->group_of[v])
                w->within[w->group_of[v]] += w->graph->halves[i].weight / 2.0;
}

static kith_status walk_all(walk *w, kith_error *err)
{
    weigh_groups(w);
    for (uint32_t v = 0; v < w->graph->count; v++) {
        step went = w->number[v] == 0 ? WALK_CUT : WALK_ON;
        while (went == WALK_CUT)
            went = walk_from(w, v);
        if (went == WALK_NO_MEMORY)
            return kith_no_memory(err);
    }
    return KITH_OK;
}

kith_status kith_peers_part_bridges(kith_peers *peers, const kith_peers_graph *grouped,
                                    kith_error *err)
{
    const size_t n = grouped->graph->node_count;
    kith_clustering *found = &peers->clustering;
    walk w;
    kith_status status = open_walk(&w, grouped, found, err);

    if (status == KITH_OK)
        status = walk_all(&w, err);
    if (status == KITH_OK)
        peers->parted_count = w.parted + put_back(&w);
    if (status == KITH_OK && peers->parted_count > 0) {
        for (size_t v = 0; v < n; v++) {
            const uint32_t at = grouped->place[v];
            found->group_of[v] = at < w.graph->count ? kith_root_of(w.above, at) : at;
        }
        status = kith_cluster_number(found, grouped->order, n, err);
        if (status == KITH_OK)
            status = kith_cluster_quality(&found->quality, grouped->graph, found->group_of,
                                          peers->used.objective, peers->used.resolution, err);
    }
    close_walk(&w);
    return status;
}
