/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_merge.c: records that were confirmed to be one become one thing.
 *
 * It is done before anything refers to a thing: the row of each record of a part leads to
 * the part's thing from then on, and nothing else needs to know of it. */
#include "network_private.h"

#include <math.h>
#include <stdlib.h>

/* leader_of: for each thing the one that stands for it, itself when it is alone. */
static kith_status read_sameness(uint32_t *leader_of, kith_loader *loader)
{
    kith_rows *rows;
    bool sound = true;
    kith_status status = kith_store_read(&rows, loader->store, &loader->network->view,
                                         KITH_QUERY_SAMENESS_ALL, loader->err);

    if (status != KITH_OK)
        return status;
    while (sound && kith_rows_next(rows)) {
        const uint32_t record = kith_row_index_get(&loader->thing_of, kith_rows_integer(rows, 0));
        const uint32_t leader = kith_row_index_get(&loader->thing_of, kith_rows_integer(rows, 1));
        const bool elsewhere = loader->near != NULL && record == KITH_NOTHING && leader == KITH_NOTHING;
        sound = elsewhere || (record != KITH_NOTHING && leader != KITH_NOTHING);
        if (sound && !elsewhere)
            leader_of[record] = leader;
    }
    status = kith_rows_end(rows, loader->err);
    return status == KITH_OK && !sound
               ? kith_damaged(loader, "a record", "that was confirmed to be one with another", "a thing")
               : status;
}

/* Things come in the order of their ids, so what is known first is kept. */
static void take_over(kith_thing *into, const kith_thing *from)
{
    if (*into->name == '\0')
        into->name = from->name;
    if (*into->word == '\0' && *from->word != '\0') {
        into->word = from->word;
        into->meaning = from->meaning;
    }
    if (from->born.precision != KITH_UNDATED &&
        (into->born.precision == KITH_UNDATED || from->born.day > into->born.day))
        into->born = from->born;
    if (isnan(into->lat)) {
        into->lat = from->lat;
        into->lon = from->lon;
    }
    into->home = into->home || from->home;
}

/* Lists the records that others stand for, and gives what they say to those. */
static kith_status gather(kith_network *network, const uint32_t *leader_of, kith_error *err)
{
    size_t count = 0;

    for (size_t i = 0; i < network->thing_count; i++)
        count += leader_of[i] != i;
    network->merged = malloc((count + 1) * sizeof *network->merged);
    if (network->merged == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < network->thing_count; i++) {
        const kith_thing *thing = &network->things[i];
        if (leader_of[i] == i)
            continue;
        take_over(&network->things[leader_of[i]], thing);
        network->merged[network->merged_count++] =
            (kith_merged){ thing->kind, thing->id, leader_of[i] };
    }
    return KITH_OK;
}

/* Closes the gaps, and leads every row and id to the thing's new index. moved: room for
 * an index a thing. */
static void close_up(kith_loader *loader, const uint32_t *leader_of, uint32_t *moved)
{
    kith_network *network = loader->network;
    uint32_t kept = 0;

    for (size_t i = 0; i < network->thing_count; i++) {
        moved[i] = kept;
        if (leader_of[i] == i)
            network->things[kept++] = network->things[i];
    }
    for (size_t row = 0; row < loader->thing_of.size; row++)
        if (loader->thing_of.of[row] != KITH_NOTHING)
            loader->thing_of.of[row] = moved[leader_of[loader->thing_of.of[row]]];
    for (size_t i = 0; i < network->merged_count; i++)
        network->merged[i].thing = moved[network->merged[i].thing];
    network->thing_count = kept;
}

kith_status kith_merge_things(kith_loader *loader)
{
    kith_network *network = loader->network;
    uint32_t *leader_of = malloc((network->thing_count + 1) * sizeof *leader_of);
    uint32_t *moved = malloc((network->thing_count + 1) * sizeof *moved);
    kith_status status =
        leader_of == NULL || moved == NULL ? kith_no_memory(loader->err) : KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < network->thing_count; i++)
        leader_of[i] = (uint32_t)i;
    if (status == KITH_OK)
        status = read_sameness(leader_of, loader);
    if (status == KITH_OK)
        status = gather(network, leader_of, loader->err);
    if (status == KITH_OK && network->merged_count > 0)
        close_up(loader, leader_of, moved);
    free(leader_of);
    free(moved);
    return status;
}
