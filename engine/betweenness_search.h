/* SPDX-License-Identifier: GPL-3.0-or-later */
/* betweenness_search.h: the search from one source, and what it adds to every node. */
#ifndef KITH_BETWEENNESS_SEARCH_H
#define KITH_BETWEENNESS_SEARCH_H

#include "kith/graph.h"

/* A graph renumbered, with narrow offsets. */
typedef struct kith_roads {
    size_t count;
    uint32_t *first, *neighbour;
    double *length; /* one a neighbour; NULL: all 1 */
} kith_roads;

/* What the sources of a chunk add up to, one a node. The squares are NULL when exact. */
typedef struct kith_sums {
    double *through, *through_squares;
    double *nearness, *nearness_squares; /* when exact, nearness is written for the source alone */
} kith_sums;

/* What one thread works with; clean between two searches. */
typedef struct kith_scout {
    uint8_t *mark;    /* 0: not seen; else the step modulo 3, and 1 */
    uint32_t *queue;  /* nodes in the order in which they were reached; one room more than nodes */
    uint32_t *begin;  /* where a queue entry's next nodes begin */
    uint32_t *next;   /* the nodes one step on over shortest routes, by queue entry */
    double *routes;   /* shortest routes from the source */
    double *share;    /* (1 + dependency) / routes */
    double *distance; /* by weight; INFINITY when not seen */
    uint32_t *place;  /* by weight: of a node in the heap */
    uint32_t *heap;
} kith_scout;

kith_status kith_scout_open(kith_scout *scout, const kith_roads *roads, kith_error *err);
void kith_scout_close(kith_scout *scout);

/** Adds the source's share to the sums. */
void kith_scout_search(kith_scout *scout, const kith_roads *roads, const kith_sums *sums,
                       uint32_t source);

#endif
