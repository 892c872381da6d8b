/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_places.c: what a map is of, so that its places are found again. */
#include <stdlib.h>

#include "kith/map.h"
#include "kith/positions.h"

static int by_thing(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

static void add_things(kith_text *out, const kith_network *network, uint32_t *things, size_t count)
{
    static const char *const words[] = { "", "person", "location", "group", "object" };

    qsort(things, count, sizeof *things, by_thing);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || things[i] != things[i - 1])
            kith_text_format(out, "%s:%s ", words[network->things[things[i]].kind],
                             network->things[things[i]].id);
}

kith_status kith_map_subject(kith_text *subject, const kith_network *network,
                             const kith_map_options *options, kith_error *err)
{
    kith_status status = KITH_OK;
    uint32_t *things = malloc((options->id_count + 1) * sizeof *things);

    if (things == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; status == KITH_OK && i < options->id_count; i++)
        status = kith_network_find(&things[i], network, options->ids[i], err);
    if (status == KITH_OK) {
        add_things(subject, network, things, options->id_count);
        kith_text_format(subject, "hops %d", options->hops);
        if (options->layer_only)
            kith_text_format(subject, " layer %d", (int)options->layer.layer);
        status = kith_text_status(subject, err);
    }
    free(things);
    return status;
}

uint32_t kith_map_node(const kith_scene *scene, const kith_network *network, uint32_t thing)
{
    const int64_t record = kith_position_of_thing(&network->things[thing]);

    for (uint32_t i = 0; i < scene->node_count; i++)
        if (scene->nodes[i].record == record)
            return i;
    return KITH_NOTHING;
}
