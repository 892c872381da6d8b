/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.h: inside `kith map`. */
#ifndef KITH_CLI_MAP_H
#define KITH_CLI_MAP_H

#include "command.h"
#include "kith/map.h"

/** Whether the places of the picture are to be kept. */
bool map_keeps(const kith_call *call);

/** Gives the scene the places that were kept of it, as --relayout, --pin and --unpin say; keeps
 * those that it is drawn with when it is to be kept. */
kith_status map_places(kith_call *call, kith_scene *scene, const kith_network *network,
                       const kith_map_options *options, kith_error *err);

/** Leaves out of the scene what --hide says, and says in the footer how much that is. */
kith_status map_hide(const kith_call *call, kith_scene *scene, const kith_network *network, kith_error *err);

/** Marks in the scene what has changed since --since, and adds what is gone. */
kith_status map_compare(kith_call *call, kith_scene *scene, const kith_network *network,
                        const kith_map_options *options, kith_error *err);

#endif
