/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.h: a network, or somebody's surroundings in it, as a scene.
 *
 * What may be drawn. People, places, groups and objects within some steps of those asked
 * for; the ties between them; conditions in force at as-of, as bars and never as ties;
 * roles and flags as words. What is graded E is not drawn (R7). A child is drawn as a child
 * if under 18 at as-of or at any event or link of the network (R4, R50).
 *
 * Names. Only a full map holds names of people, addresses of homes, labels of objects or
 * outside ids; no other holds them anywhere, its table included (R52, R53), but for outside ids
 * that the caller asks for by `records`. */
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

/* What many maps of one network share, worked out once: layers, peer groups, hotspots. */
typedef struct kith_map_base kith_map_base;

typedef struct kith_map_options {
    const char *const *ids; /* around whom; none: the whole network */
    size_t id_count;
    int hops;        /* steps from them, 0 to 6 */
    bool layer_only; /* only the layer below; else declared links, presence and inferred ties together */
    kith_layer_options layer;
    kith_map_names names;
    bool records;   /* outside ids also where names are not full: for a page that asks for more of them */
    bool no_groups; /* without the frames of peer groups */
    bool no_hotspots; /* nor what a place's rank is; as where the view gives no small counts */
    size_t most;        /* more nodes than this cannot be read; 0: KITH_MAP_MOST */
    size_t most_ties;   /* of a summary: nor more ties; 0: KITH_MAP_MOST_TIES */
    bool summarise;     /* what is too much is drawn as a summary, in place of being refused */
    uint64_t seed;
    const kith_map_base *base; /* made with the same layer, names apart; NULL: its own */
    const char *const *called; /* what each thing is called, one a thing; NULL, or NULL for a thing:
                                  named by this map alone */
} kith_map_options;

enum { KITH_MAP_HOPS = 6, KITH_MAP_MOST = 150, KITH_MAP_MOST_TIES = 400 };

/**
 * Works out what maps of one network share. A map with it costs what it draws, and no more.
 *
 * store    has the letters of peer groups that were kept (keep.h).
 * base     out: free with kith_map_base_free; it and the network outlive the maps.
 * options  layer, layer_only, no_groups and seed of all of them.
 * Returns KITH_OK, KITH_USAGE, KITH_NO_MEMORY.
 */
kith_status kith_map_base_build(kith_map_base **base, kith_store *store, const kith_network *network,
                                const kith_map_options *options, kith_error *err);
void kith_map_base_free(kith_map_base *base); /* NULL is allowed */

/**
 * Finds the things and events within some steps of others.
 *
 * near   one a thing and event, all KITH_MAP_FAR before: the steps to each, v being a thing or
 *        thing_count + an event.
 * list   its first `count` are where to start, each once; out: those within the steps, nearest
 *        first, then in the network's order. Room for as many as near.
 * Returns how many there are. Cost: of what is within the steps.
 */
size_t kith_map_near(uint8_t *near, uint32_t *list, size_t count, const kith_map_base *base,
                     int hops);

enum { KITH_MAP_FAR = UINT8_MAX };

/**
 * Names things as one map of all of them would, so that several maps can call them alike.
 *
 * names  out: one for each of the things; free each, and the array, with free().
 */
kith_status kith_map_call(char ***names, const kith_network *network, const uint32_t *things,
                          size_t count, kith_map_names profile, kith_error *err);

/** What a flag is called ("CP plan"), and what it stands for; both NULL for an unknown one. */
const char *kith_map_flag(const char **meaning, const char *flag);

/** How a person, place, group or object is drawn. */
kith_scene_class kith_map_class_of(const kith_network *network, uint32_t thing);

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

/**
 * Makes a scene that can be read out of one that is too large (R54).
 *
 * As much as is needed, in this order: peer groups become one node each, the largest first, with
 * their ties in one line a tone; things with a single tie are counted beside what they are tied to;
 * what is furthest, or without a tie, is left out; then the lightest of inferred and tentative ties
 * that are neither risk nor protection. Who the map is about is never left out, nor a condition
 * between two that are drawn. The footer counts all of it.
 *
 * scene  in place. most_ties 0: ties are not judged.
 * Returns KITH_OK, KITH_NO_MEMORY. Cost: O(nodes + ties), times a logarithm.
 */
kith_status kith_map_summarise(kith_scene *scene, size_t most, size_t most_ties, kith_error *err);

/**
 * What a map is of, as a subject of kith_positions: whom it is about, in the order of the
 * network, how many steps it goes, and its layer when it has only one.
 *
 * Returns KITH_NOT_FOUND for an id that is not there, KITH_NO_MEMORY.
 */
kith_status kith_map_subject(kith_text *subject, const kith_network *network,
                             const kith_map_options *options, kith_error *err);

/** The node of a scene that a thing of the network is; KITH_NOTHING when it is not in it. */
uint32_t kith_map_node(const kith_scene *scene, const kith_network *network, uint32_t thing);

#endif
