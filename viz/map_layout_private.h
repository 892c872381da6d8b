/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_layout_private.h: a layout under way; map_layout.c says in which order its parts run. */
#ifndef KITH_MAP_LAYOUT_PRIVATE_H
#define KITH_MAP_LAYOUT_PRIVATE_H

#include "kith/map_layout.h"

typedef struct kith_laying {
    kith_scene *scene;       /* what is made: nodes measured, without places */
    const kith_scene *whole; /* the map it is made of */
    const kith_network *network;
    const kith_map_options *options;
    uint32_t *node;  /* node of whole -> node of scene, or KITH_NOTHING */
    uint32_t *from;  /* node of scene -> node of whole */
    uint32_t *thing; /* node of scene -> thing, or KITH_NOTHING for an event */
    kith_error *err;
} kith_laying;

static inline bool kith_laying_is_person(const kith_scene_node *node)
{
    return node->class <= KITH_DRAW_UNKNOWN_AGE;
}

/** A node's place. */
void kith_laying_put(kith_laying *l, uint32_t node, double x, double y);

/** Words that stand at a place. */
void kith_laying_words(kith_laying *l, double x, double y, kith_scene_align align, const char *text);

/** A further line of the footer. */
void kith_laying_note(kith_laying *l, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** What a node is called: the first line of its label. */
void kith_laying_name(kith_text *out, const kith_scene_node *node);

/** The largest width and height of a node. */
void kith_laying_largest(const kith_laying *l, double *width, double *height);

/* The layouts; each gives every node its place. */
kith_status kith_laying_rings(kith_laying *l);
kith_status kith_laying_two_mode(kith_laying *l);
kith_status kith_laying_timeline(kith_laying *l);
kith_status kith_laying_matrix(kith_laying *l);

#endif
