/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_private.h: a map under way; map.c says in which order its parts run. */
#ifndef KITH_MAP_PRIVATE_H
#define KITH_MAP_PRIVATE_H

#include "kith/association.h"
#include "kith/hotspots.h"
#include "kith/map.h"
#include "kith/peers.h"

/* The layers of a map that names none. */
enum { LINKS, TOGETHER, PRESENCE, MAP_LAYERS };

/* A vertex is a thing, or thing_count + an event. */
struct kith_map_base {
    const kith_network *network;
    size_t vertex_count;
    kith_layer layers[MAP_LAYERS];
    uint32_t *node_of[MAP_LAYERS]; /* vertex -> node of the layer, or KITH_NOTHING */
    size_t layer_count;
    size_t grouped; /* the layer that peers is of; MAP_LAYERS: none */
    kith_peers peers;
    kith_hotspots hotspots; /* none in a raw reading */
};

typedef struct kith_mapping {
    kith_scene *scene;
    kith_store *store;
    const kith_network *network;
    const kith_map_options *options;
    size_t vertex_count;
    const kith_map_base *base;
    uint32_t *chosen;  /* vertices, nearest first, then in the network's order */
    size_t chosen_count;
    size_t seed_count;  /* the first of them were asked for */
    size_t beyond;      /* vertices one step further */
    uint32_t *node;     /* vertex -> index into chosen, which is the scene's node, or KITH_NOTHING */
    char **names;       /* of each chosen vertex: what it is called */
    kith_text *badges;  /* of each */
    kith_associations *alone; /* of each: what of its links rests on whom it knows; once asked for */
    bool *asked;
    size_t elsewhere;   /* conditions that concern somebody who is not on the map */
    kith_error *err;
} kith_mapping;

static inline bool kith_vertex_is_event(const kith_mapping *m, uint32_t vertex)
{
    return vertex >= m->network->thing_count;
}

/** NULL for an event. */
static inline const kith_thing *kith_vertex_thing(const kith_mapping *m, uint32_t vertex)
{
    return kith_vertex_is_event(m, vertex) ? NULL : &m->network->things[vertex];
}

static inline bool kith_vertex_is_person(const kith_mapping *m, uint32_t vertex)
{
    const kith_thing *thing = kith_vertex_thing(m, vertex);

    return thing != NULL && thing->kind == KITH_PERSON;
}

/** The vertex of a layer's node. */
uint32_t kith_map_vertex(const kith_map_base *base, size_t layer, uint32_t node);

kith_scene_class kith_map_class(const kith_mapping *m, uint32_t vertex);

/** A line of badges of a chosen node. */
void kith_map_badge(kith_mapping *m, uint32_t chosen, const char *badge);

/** A word as written, its underscores as blanks. */
void kith_map_word(kith_text *out, const char *word);

/** The roles of a person in an event, in the order of the records; never a child's as of one who harms. */
void kith_map_roles_in(kith_text *out, const kith_network *network, uint32_t person, uint32_t event);

/** What a page asks of a tie, as fields of JSON; like: only the links of its kind, NULL for all. */
void kith_map_about(kith_text *out, const kith_mapping *m, const kith_layer *layer, size_t tie,
                    const kith_link *like);

/* The parts, in their order. */
kith_status kith_map_choose(kith_mapping *m);  /* map_choose.c: chosen */
kith_status kith_map_name(kith_mapping *m);    /* map_names.c: names */
kith_status kith_map_roles(kith_mapping *m);   /* map_marks.c: badges from roles */
kith_status kith_map_flags(kith_mapping *m);   /* map_marks.c: badges from flags */
kith_status kith_map_nodes(kith_mapping *m);   /* map.c: the scene's nodes */
kith_status kith_map_groups(kith_mapping *m); /* map_groups.c: clusters */
void kith_map_ties(kith_mapping *m);           /* map_ties.c: the scene's ties */
kith_status kith_map_beyond(kith_mapping *m);  /* map_about.c: how many neighbours of each are not drawn */
kith_status kith_map_condition_badges(kith_mapping *m); /* map_marks.c: badges from conditions */
kith_status kith_map_bars(kith_mapping *m);    /* map_marks.c: conditions between two */

/** Takes ties out of a scene: gone has one entry a tie. */
void kith_map_remove_ties(kith_scene *scene, const bool *gone);

#endif
