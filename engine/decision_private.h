/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decision_private.h: what the files of the decisions share: those that hold
 * (decision_edges.c), the parts that they make and what contradicts them
 * (decision_parts.c), and the changes (decision.c). */
#ifndef KITH_DECISION_PRIVATE_H
#define KITH_DECISION_PRIVATE_H

#include "kith/date.h"
#include "kith/decision.h"

typedef struct decision_edge {
    int64_t one, other;
    kith_kind kind;
    char *one_id, *other_id, *user, *decided_at;
    bool same;
} decision_edge;

typedef struct decision_node {
    int64_t row;
    const char *id;
    uint32_t part;   /* a node of the same part, up to the one with the smallest id */
    uint32_t before; /* on a path under way */
} decision_node;

typedef struct decision_desk {
    kith_store *store;
    const kith_view *view;
    bool writes; /* inside a change: every decision counts, not only those that may be seen */
    kith_error *err;
    int64_t a, b; /* rows in question, a < b */
    kith_kind kind;
    char now[KITH_TIME_SIZE];
    decision_edge *edges;
    size_t edge_count, edge_room;
    decision_node *nodes; /* by row */
    size_t node_count;
} decision_desk;

/** The decisions as the hub has them now. */
kith_status decision_read_edges(decision_desk *d);

/** Frees what is on the desk. */
void decision_close_desk(decision_desk *d);

/** The parts that the confirmed edges make. */
kith_status decision_make_parts(decision_desk *d);
uint32_t decision_node_of(const decision_desk *d, int64_t row);
uint32_t decision_part_of(decision_desk *d, uint32_t n);

/** KITH_POLICY when a refusal has both its records in one part, naming the chain. */
kith_status decision_check_refusals(decision_desk *d);

#endif
