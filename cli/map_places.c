/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_places.c: where things stand in `kith map`, before and from now on. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/positions.h"
#include "map.h"

static const char layout[] = "association";

bool map_keeps(const kith_call *call)
{
    return call_flag(call, "keep");
}

/* "P001@120:-40.5": the id, cut off, and whether a place follows. */
static kith_status read_pin(char *word, bool *placed, double *x, double *y, kith_error *err)
{
    char *at = strrchr(word, '@'), *colon = at != NULL ? strchr(at, ':') : NULL;

    *placed = colon != NULL;
    if (!*placed)
        return KITH_OK;
    *at = *colon = '\0';
    if (kith_number_read(x, at + 1) && kith_number_read(y, colon + 1) && fabs(*x) <= 1e5 &&
        fabs(*y) <= 1e5)
        return KITH_OK;
    return kith_fail(err, KITH_USAGE,
                     "--pin %s@%s:%s: a place is two numbers of points, as in P001@120:-40", word,
                     at + 1, colon + 1);
}

static kith_status find_node(uint32_t *node, const kith_scene *scene, const kith_network *network,
                             const char *id, kith_error *err)
{
    uint32_t thing;
    const kith_status status = kith_network_find(&thing, network, id, err);

    if (status != KITH_OK)
        return status;
    *node = kith_map_node(scene, network, thing);
    return *node != KITH_NOTHING
               ? KITH_OK
               : kith_fail(err, KITH_NOT_FOUND, "%s is not on this map; ask for more --hops", id);
}

typedef enum pinning { PIN, UNPIN, PLACE } pinning;

static kith_status pin(kith_scene *scene, const kith_network *network, char *word, pinning how,
                       kith_error *err)
{
    bool placed = false;
    double x, y;
    uint32_t node;
    kith_status status = how != UNPIN ? read_pin(word, &placed, &x, &y, err) : KITH_OK;

    if (status == KITH_OK)
        status = find_node(&node, scene, network, word, err);
    if (status != KITH_OK)
        return status;
    if (how != PLACE)
        scene->nodes[node].pinned = how == PIN;
    if (placed)
        scene->nodes[node].box = (kith_scene_box){ .placed = true, .x = x, .y = y };
    return KITH_OK;
}

static kith_status pin_all(const kith_call *call, kith_scene *scene, const kith_network *network,
                           const char *option, pinning how, kith_error *err)
{
    char **words;
    size_t count;
    kith_status status = call_list(&words, &count, call, option, err);

    for (size_t i = 0; status == KITH_OK && words != NULL && i < count; i++)
        status = pin(scene, network, words[i], how, err);
    free(words);
    return status;
}

/* With --relayout only what is pinned now keeps its place. */
static void let_go(kith_scene *scene)
{
    for (size_t i = 0; i < scene->node_count; i++)
        if (!scene->nodes[i].pinned)
            scene->nodes[i].box = (kith_scene_box){ 0 };
}

static kith_status keep(kith_call *call, const kith_scene *scene, const char *subject, kith_error *err)
{
    kith_status status = kith_store_begin(call->store, err);

    if (status != KITH_OK)
        return status;
    status = kith_positions_keep(call->store, &call->view, subject, layout, scene, scene, err);
    if (status == KITH_OK)
        return kith_store_commit(call->store, err);
    kith_store_rollback(call->store);
    return status;
}

kith_status map_places(kith_call *call, kith_scene *scene, const kith_network *network,
                       const kith_map_options *options, kith_error *err)
{
    kith_text subject = { 0 };
    kith_status status = kith_map_subject(&subject, network, options, err);

    if (status == KITH_OK)
        status = kith_positions_read(scene, call->store, &call->view, subject.data, layout,
                                     KITH_PLACES_ALL, err);
    if (status == KITH_OK)
        status = pin_all(call, scene, network, "pin", PIN, err);
    if (status == KITH_OK)
        status = pin_all(call, scene, network, "unpin", UNPIN, err);
    if (status == KITH_OK)
        status = pin_all(call, scene, network, "place", PLACE, err);
    if (status == KITH_OK && call_flag(call, "relayout"))
        let_go(scene);
    if (status == KITH_OK && map_keeps(call))
        status = kith_positions_settle(scene, (int64_t)call->seed, err);
    if (status == KITH_OK && map_keeps(call))
        status = keep(call, scene, subject.data, err);
    kith_text_free(&subject);
    return status;
}
