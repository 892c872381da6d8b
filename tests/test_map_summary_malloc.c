/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a summary, and of a scene with a style of its own, fails once: that is said,
 * nothing leaks, and the scene is as it was or gone. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "allocations.h"
#include "kith/map.h"
#include "kith/style.h"

static void build(kith_scene *scene)
{
    const uint32_t group = kith_scene_add_cluster(scene, "group A");

    kith_style_set(scene, kith_style_own());
    for (int i = 0; i < 12; i++) {
        const uint32_t node = kith_scene_add_node(scene, i % 2 ? KITH_DRAW_CHILD : KITH_DRAW_PLACE, "AB", "[LAC]", NULL);
        if (!scene->failed)
            scene->nodes[node].cluster = i < 5 ? group : KITH_NO_CLUSTER;
        if (i > 0)
            kith_scene_add_tie(scene, &(kith_scene_tie){ .from = node, .to = i < 8 ? 0 : 7, .inferred = true });
    }
    if (!scene->failed)
        scene->nodes[6].focus = true;
}

static kith_status see(kith_scene *scene, kith_error *err)
{
    kith_text json = { 0 };

    build(scene);
    kith_status status = kith_scene_status(scene, err);
    if (status == KITH_OK)
        status = kith_map_summarise(scene, 5, 3, err);
    if (status == KITH_OK)
        kith_scene_write(&json, scene);
    if (status == KITH_OK)
        status = kith_text_status(&json, err);
    kith_text_free(&json);
    return status;
}

Test(map_summary_malloc, each_allocation_may_fail)
{
    kith_error err = { 0 };
    kith_status status = KITH_NO_MEMORY;

    for (long allowed = 0; status != KITH_OK; allowed++) {
        kith_scene scene = { 0 };
        allocations_left = allowed;
        status = see(&scene, &err);
        allocations_left = -1;
        kith_scene_free(&scene);
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%ld: %s", allowed, err.message);
        cr_assert(lt(long, allowed, 2000));
    }
}
