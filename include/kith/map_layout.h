/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_layout.h: maps whose places are computed from what is in them.
 *
 * An association map is laid out by kith-draw, and its places are kept. The others follow a rule
 * and so need nothing kept: the same records give the same picture. */
#ifndef KITH_MAP_LAYOUT_H
#define KITH_MAP_LAYOUT_H

#include "kith/map.h"

typedef enum kith_map_layout {
    KITH_LAYOUT_ASSOCIATION, /* by kith-draw */
    KITH_LAYOUT_RINGS,       /* one in the middle, steps outwards, a sector for each context */
    KITH_LAYOUT_TWO_MODE,    /* people in one column, what they are tied to in the other */
    KITH_LAYOUT_TIMELINE,    /* people side by side, their events one below the other */
    KITH_LAYOUT_MATRIX       /* a row each, ties as cells */
} kith_map_layout;

/**
 * Gives everything in a scene its place. What a layout cannot show is left out of the scene and
 * counted in its footer: of two-mode the lines within a column; of a timeline all that is no
 * person, and the lines. A matrix shows lines as marks. Peer groups become badges.
 *
 * scene    of kith_map_scene (with kith_map_since applied, if it is); on failure as it was.
 * options  those of the map.
 * Returns KITH_USAGE when rings has not exactly one in the middle, or there are more marks than a
 * scene may hold; KITH_NO_MEMORY; what kith_scene_draw returns, which measures the nodes.
 */
kith_status kith_map_lay_out(kith_scene *scene, const kith_network *network,
                             const kith_map_options *options, kith_map_layout layout,
                             kith_error *err);

#endif
