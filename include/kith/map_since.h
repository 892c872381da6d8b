/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_since.h: what has changed between two scenes of the same, drawn in one.
 *
 * Things are the same when their records are (kith_scene_node.record); lines, when they join
 * the same two and say the same but for their counts. What changed says so in words: new, gone,
 * stronger (a better line, or more events) or weaker. What is gone is drawn dotted. */
#ifndef KITH_MAP_SINCE_H
#define KITH_MAP_SINCE_H

#include "kith/scene.h"

typedef struct kith_map_changes {
    size_t new_nodes, gone_nodes, new_ties, gone_ties, stronger, weaker;
} kith_map_changes;

/**
 * Marks in a scene what has changed since an earlier one, and adds what is gone.
 *
 * changes  out: how many of each. since: the day of the earlier scene, YYYY-MM-DD, for the words.
 * Returns KITH_OK or KITH_NO_MEMORY.
 * Cost: O(n m) for n things and m lines of both.
 */
kith_status kith_map_since(kith_map_changes *changes, kith_scene *scene, const kith_scene *before,
                           const char *since, kith_error *err);

#endif
