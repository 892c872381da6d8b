/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compact.h: a graph in as few bytes as a fast analysis can do with.
 *
 * Eight bytes hold one end of a tie: where it leads and what it weighs, in units of the
 * heaviest tie. Nodes are numbered anew so that those who are tied have near numbers:
 * what is read together then lies together, and a step over all ties is up to twice as
 * quick. place says where a node of the given graph has gone. */
#ifndef KITH_COMPACT_H
#define KITH_COMPACT_H

#include "kith/graph.h"

typedef struct kith_half {
    uint32_t to;
    float weight;
} kith_half;

typedef struct kith_compact {
    size_t count;      /* nodes */
    size_t *first;     /* count + 1: where a node's ties begin */
    kith_half *halves; /* each tie from both ends */
    double *mass;      /* one a node, above 0; 1 unless set otherwise */
    double unit;       /* what weight 1 stands for */
} kith_compact;

/**
 * Makes a compact graph from ties that each join two different nodes, no two the same.
 *
 * place  out: one a node, from the number given to the new one. Nodes without a tie are left
 *        out: their places are compact->count and above, each its own. NULL keeps all
 *        nodes and their numbers. The neighbours of a node ascend.
 * order  all nodes in an order that decides wherever ties leave a choice of numbers, so that these do
 *        not depend on the numbers given; NULL for that of the numbers given.
 * Returns KITH_OK or KITH_NO_MEMORY. Free with kith_compact_free, also after a failure.
 * Cost: O(n + m log d) for d ties a node; 16 bytes a tie to keep, 24 more on the way.
 */
kith_status kith_compact_make(kith_compact *compact, uint32_t *place, const uint32_t *order,
                              size_t node_count, const kith_tie *ties, size_t tie_count,
                              kith_error *err);
void kith_compact_free(kith_compact *compact);

/** Gives the nodes other numbers, each its own below count; neighbours ascend. KITH_OK or KITH_NO_MEMORY. */
kith_status kith_compact_move(kith_compact *compact, const uint32_t *place, kith_error *err);

/**
 * The graph whose nodes are parts of another: masses add up, and so do the ties between
 * two parts; ties within a part are left out.
 *
 * part_of  one a node, labels from 0 without gaps; parts of them.
 */
kith_status kith_compact_join(kith_compact *joined, const kith_compact *graph,
                              const uint32_t *part_of, size_t parts, kith_error *err);

/** What a join works with: one a node of the graph that is joined, and one more. */
typedef struct kith_join_room {
    uint32_t *members, *begins, *touched;
    double *sums;
} kith_join_room;

/** The same into arrays that have room for as many nodes and ties as the graph has. */
void kith_compact_join_into(kith_compact *joined, const kith_compact *graph,
                            const uint32_t *part_of, size_t parts, const kith_join_room *room);

/** The root of a node among those that were joined: above leads to it, and is made shorter. */
static inline uint32_t kith_root_of(uint32_t *above, uint32_t v)
{
    while (above[v] != v)
        v = above[v] = above[above[v]];
    return v;
}

/**
 * Labels anew from 0, in the order of their first node: by number, or in an order given of all nodes.
 * room: one a label. Returns how many.
 */
size_t kith_close_gaps(uint32_t *label_of, size_t count, const uint32_t *order, uint32_t *room);

/**
 * Lists nodes by part, ascending in each. members has room for count, begins for parts + 1:
 * where a part's nodes begin.
 */
void kith_list_members(uint32_t *members, uint32_t *begins, const uint32_t *part_of, size_t count,
                       size_t parts);

#endif
