/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_summary_private.h: a summary under way: first what becomes of each node, then the picture. */
#ifndef KITH_MAP_SUMMARY_PRIVATE_H
#define KITH_MAP_SUMMARY_PRIVATE_H

#include "kith/map.h"

/* What becomes of a node. */
enum { SUMMARY_DRAWN, SUMMARY_IN_GROUP, SUMMARY_BESIDE, SUMMARY_LEFT_OUT };

typedef struct summary_tally {
    size_t people, children, places, others;
} summary_tally;

typedef struct summary {
    const kith_scene *whole;
    kith_scene *made;
    size_t most, count; /* nodes that may be, and would be, drawn */
    unsigned char *fate;
    uint32_t *group;   /* of each cluster: 1 when it is drawn as one node; then that node */
    uint32_t *members; /* of each cluster: those who would be drawn as one */
    bool *own;         /* of each cluster: somebody of it is whom the map is about */
    bool about;        /* it is about somebody, and so nearest first */
    uint32_t *other;   /* of each node: the only thing that it is tied to, or KITH_NOTHING */
    uint32_t *beside;  /* of each node: how many are counted beside it */
    uint32_t *node;    /* whole -> made, or KITH_NOTHING */
    uint32_t *order;   /* scratch: of nodes or clusters */
    size_t group_count, dropped;
    summary_tally grouped, folded, left;
    kith_error *err;
} summary;

void summary_count(summary_tally *t, const kith_scene_node *node);

/** Makes the scene once every node's fate is settled. */
kith_status summary_make_scene(summary *s, size_t most_ties);

#endif
