/* SPDX-License-Identifier: GPL-3.0-or-later */
/* positions.h: where things stand in a picture, kept in the hub for the next one.
 *
 * A room that has seen a picture finds its way in the next one when what was there stands
 * where it stood. Places are kept per audience (of the view), subject (a text that names what the
 * picture is of, as kith_map_subject makes it) and layout, under the picture's as-of day; the
 * last one kept on or before a view's as-of is read, so a picture of an earlier day stays as it was.
 *
 * Whose place it is stands in kith_scene_node.record, which the maker of the scene sets with
 * kith_position_of_thing and kith_position_of_event; 0 is nobody's and is never kept.
 *
 *     kith_positions_read(&scene, store, &view, subject, layout, KITH_PLACES_ALL, err);
 *     kith_positions_settle(&scene, seed, err);    what has no place gets one
 *     kith_store_begin(store, err);
 *     kith_positions_keep(store, &view, subject, layout, &scene, &scene, err);
 *     kith_store_commit(store, err);
 *
 * Only what asks for it (`map --keep`, packs) keeps places. */
#ifndef KITH_POSITIONS_H
#define KITH_POSITIONS_H

#include "kith/network.h"
#include "kith/scene.h"
#include "kith/store.h"

typedef enum kith_places {
    KITH_PLACES_ALL,   /* everybody stands where they stood */
    KITH_PLACES_PINNED /* only who is pinned: the rest is laid out anew */
} kith_places;

/** Whose place it is: a value for kith_scene_node.record. */
int64_t kith_position_of_thing(const kith_thing *thing);
int64_t kith_position_of_event(const kith_event_record *event);

/**
 * Gives the nodes of a scene the places they had in the last picture kept on or before
 * view->as_of; others are left without one.
 *
 * Returns KITH_OK, also when none was kept; KITH_HUB, KITH_NO_MEMORY.
 * Cost: O((n + m) log n) for n nodes and m kept places.
 */
kith_status kith_positions_read(kith_scene *scene, kith_store *store, const kith_view *view,
                                const char *subject, const char *layout, kith_places which,
                                kith_error *err);

/**
 * Gives whatever has no place the one that it would be drawn at, so that it can be kept before
 * it is drawn, and every writer of pictures draws it there.
 *
 * scene  in which what was kept before has its places.
 * Returns KITH_OK, and as kith_scene_draw when it fails; KITH_NO_MEMORY.
 */
kith_status kith_positions_settle(kith_scene *scene, int64_t seed, kith_error *err);

/**
 * Keeps the places of a drawn scene, in the place of what was kept for the same day. Inside a
 * change of the caller (kith_store_begin).
 *
 * scene  as it was made: its nodes say whose they are, and who is pinned.
 * drawn  the same, as kith-draw gave it back: its nodes, in the same order, have places.
 * Returns KITH_OK, KITH_HUB, KITH_IO, KITH_NO_MEMORY.
 */
kith_status kith_positions_keep(kith_store *store, const kith_view *view, const char *subject,
                                const char *layout, const kith_scene *scene,
                                const kith_scene *drawn, kith_error *err);

#endif
