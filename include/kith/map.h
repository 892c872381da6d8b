/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.h: a network, or somebody's surroundings in it, as a scene.
 *
 * What may be drawn. People, places, groups and objects within some steps of those asked
 * for; the ties between them; conditions in force at as-of, as bars and never as ties;
 * roles and flags as words. What is graded E is not drawn (R7). A child is drawn as a child
 * if under 18 at as-of or at any event or link of the network (R4, R50).
 *
 * Names. Only a full map holds names of people, addresses of homes, labels of objects or
 * outside ids; no other holds them anywhere, its table included (R52, R53). */
#ifndef KITH_MAP_H
#define KITH_MAP_H

#include "kith/layer.h"
#include "kith/scene.h"
#include "kith/store.h"

typedef enum kith_map_names {
    KITH_MAP_FULL,
    KITH_MAP_INITIALS,  /* "AB"; "AB 1", "AB 2" where two share them */
    KITH_MAP_PSEUDONYM, /* "Child Ash": stable within one map, and in no other */
    KITH_MAP_NONE       /* "child 1": people and places are only counted */
} kith_map_names;

typedef struct kith_map_options {
    const char *const *ids; /* around whom; none: the whole network */
    size_t id_count;
    int hops;        /* steps from them, 0 to 6 */
    bool layer_only; /* only the layer below; else declared links, presence and inferred ties together */
    kith_layer_options layer;
    kith_map_names names;
    bool no_groups; /* without the frames of peer groups */
    size_t most;        /* more nodes than this cannot be read; 0: KITH_MAP_MOST */
    uint64_t seed;
} kith_map_options;

enum { KITH_MAP_HOPS = 6, KITH_MAP_MOST = 150 };

/**
 * Makes the scene of a map.
 *
 * scene    out: free with kith_scene_free.
 * network  of the store, in the view that the map is for; store gives flags and conditions.
 *
 * Returns KITH_NOT_FOUND for an id that is not there, KITH_USAGE when hops is out of
 * range or there is more to draw than can be read (with the remedy), KITH_HUB,
 * KITH_NO_MEMORY.
 * Cost: that of the layers of the whole network, and of what is drawn.
 */
kith_status kith_map_scene(kith_scene *scene, kith_store *store, const kith_network *network,
                           const kith_map_options *options, kith_error *err);

#endif
