/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_hide.c: what is left out of a picture by hand, as a reader has hidden it on the screen. */
#include <stdlib.h>

#include "map.h"

/* "#7" is the seventh line; anything else an id. */
static kith_status mark(bool *nodes, bool *ties, const kith_scene *scene, const kith_network *network,
                        const char *word, kith_error *err)
{
    uint32_t thing, node;
    int64_t number;

    if (word[0] == '#') {
        if (!kith_integer_read(&number, word + 1) || number < 1 || number > (int64_t)scene->tie_count)
            return kith_fail(err, KITH_USAGE, "--hide %.40s: the lines are #1 to #%zu", word, scene->tie_count);
        ties[number - 1] = true;
        return KITH_OK;
    }
    const kith_status status = kith_network_find(&thing, network, word, err);
    if (status != KITH_OK)
        return status;
    node = kith_map_node(scene, network, thing);
    if (node == KITH_NOTHING)
        return kith_fail(err, KITH_NOT_FOUND, "%s is not on this map, and cannot be hidden in it", word);
    nodes[node] = true;
    return KITH_OK;
}

static void say(kith_scene *scene, size_t nodes, size_t ties)
{
    kith_text footer = { 0 };

    kith_text_format(&footer, "%s\nLeft out by hand: %zu %s, %zu line%s.", scene->footer, nodes,
                     nodes == 1 ? "person, place or thing" : "people, places and things", ties, ties == 1 ? "" : "s");
    if (!footer.failed)
        kith_scene_set(scene, &scene->footer, kith_text_string(&footer));
    scene->failed |= footer.failed;
    kith_text_free(&footer);
}

kith_status map_hide(const kith_call *call, kith_scene *scene, const kith_network *network, kith_error *err)
{
    char **words;
    size_t count;
    kith_status status = call_list(&words, &count, call, "hide", err);

    if (status != KITH_OK || words == NULL)
        return status;
    bool *nodes = calloc(scene->node_count + 1, sizeof *nodes), *ties = calloc(scene->tie_count + 1, sizeof *ties);
    const size_t before = scene->node_count, ties_before = scene->tie_count;
    status = nodes != NULL && ties != NULL ? KITH_OK : kith_no_memory(err);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = mark(nodes, ties, scene, network, words[i], err);
    if (status == KITH_OK) {
        kith_scene_leave_out(scene, nodes, ties);
        say(scene, before - scene->node_count, ties_before - scene->tie_count);
        status = kith_scene_status(scene, err);
    }
    free(nodes);
    free(ties);
    free(words);
    return status;
}
