/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network.c: what was read, put in order, step by step.
 *
 * The store gives rows in the order of loading. Everything is sorted by what it is
 * (network_order.c) before anything refers to it, so that two hubs of the same records give
 * the same network. */
#include "kith/network.h"

#include <stdlib.h>
#include <string.h>

#include "network_private.h"

kith_status kith_load_origins(kith_loader *loader)
{
    kith_network *network = loader->network;
    kith_status status = kith_read_origins(loader);

    if (status == KITH_OK)
        status = kith_read_contested(loader);
    if (status != KITH_OK)
        return status;
    kith_order_origins(network);
    for (size_t i = 0; i < network->origin_count; i++)
        if (network->origins[i].grade.contested == KITH_UNCONTESTED &&
            !kith_row_index_set(&loader->origin_of, network->origins[i].row.row, (uint32_t)i))
            return kith_no_memory(loader->err);
    kith_find_contested(loader);
    return KITH_OK;
}

/* The highest row goes first, so that there is room for all. */
static bool find_things(kith_loader *loader)
{
    const kith_network *network = loader->network;
    size_t highest = 0;
    bool found = true;

    for (size_t i = 1; i < network->thing_count; i++)
        highest = network->things[i].row.row > network->things[highest].row.row ? i : highest;
    if (network->thing_count > 0)
        found = kith_row_index_set(&loader->thing_of, network->things[highest].row.row, (uint32_t)highest);
    for (size_t i = 0; found && i < network->thing_count; i++)
        found = kith_row_index_set(&loader->thing_of, network->things[i].row.row, (uint32_t)i);
    return found;
}

kith_status kith_load_things(kith_loader *loader)
{
    kith_network *network = loader->network;

    for (kith_kind kind = KITH_PERSON; kind <= KITH_OBJECT; kind++) {
        const size_t before = network->thing_count;
        kith_status status = kith_read_things(loader, kind);
        if (status == KITH_OK && network->thing_count > before)
            status = kith_order_by_id(&network->things[before], network->thing_count - before,
                                      sizeof(kith_thing), offsetof(kith_thing, id), loader->err);
        if (status != KITH_OK)
            return status;
    }
    if (!find_things(loader))
        return kith_no_memory(loader->err);
    const kith_status status = kith_merge_things(loader);
    return status == KITH_OK ? kith_mark_things(loader) : status;
}

static kith_status read_events(kith_loader *loader)
{
    kith_network *network = loader->network;
    kith_status status = kith_read_events(loader);

    if (status == KITH_OK)
        status = kith_order_events(loader);
    for (size_t i = 0; status == KITH_OK && i < network->event_count; i++)
        if (!kith_row_index_set(&loader->event_of, network->events[i].row.row, (uint32_t)i))
            status = kith_no_memory(loader->err);
    return status;
}

/* Gives each event its stretch of the participations; true when they lie in that order. */
static bool count_members(kith_network *network)
{
    bool in_order = true;
    uint32_t next = 0;

    for (size_t i = 0; i < network->participation_count; i++) {
        network->events[network->participations[i].event].participation_count++;
        in_order = in_order && (i == 0 || network->participations[i - 1].event <=
                                              network->participations[i].event);
    }
    for (size_t e = 0; e < network->event_count; e++) {
        network->events[e].first_participation = next;
        next += network->events[e].participation_count;
    }
    return in_order;
}

/* A counting pass puts those of an event together. */
static kith_status gather_members(kith_network *network, kith_error *err)
{
    kith_participation *sorted = malloc(network->participation_count * sizeof *sorted);

    if (sorted == NULL)
        return kith_no_memory(err);
    for (size_t e = 0; e < network->event_count; e++)
        network->events[e].participation_count = 0;
    for (size_t i = 0; i < network->participation_count; i++) {
        kith_event_record *event = &network->events[network->participations[i].event];
        sorted[event->first_participation + event->participation_count++] =
            network->participations[i];
    }
    free(network->participations);
    network->participations = sorted;
    return KITH_OK;
}

/* Participations come in the order of the store, which is mostly that of the events; each
 * event's few are sorted. */
static kith_status read_participations(kith_loader *loader)
{
    kith_network *network = loader->network;
    kith_status status = kith_read_participations(loader);

    if (status != KITH_OK || network->participation_count == 0)
        return status;
    if (!count_members(network))
        status = gather_members(network, loader->err);
    for (size_t e = 0; status == KITH_OK && e < network->event_count; e++) {
        kith_order_members(&network->participations[network->events[e].first_participation],
                           network->events[e].participation_count);
        kith_mark_event(network, &network->events[e]);
    }
    return status;
}

static kith_status read_links(kith_loader *loader)
{
    kith_network *network = loader->network;
    const kith_status status = kith_read_links(loader);

    if (status == KITH_OK)
        kith_order_links(network);
    return status;
}

static void note_day(kith_network *network, uint32_t thing, kith_time time)
{
    if (time.precision != KITH_UNDATED && time.day < network->first_day[thing])
        network->first_day[thing] = time.day;
}

static kith_status find_first_days(kith_loader *loader)
{
    kith_network *network = loader->network;

    network->first_day = malloc((network->thing_count + 1) * sizeof *network->first_day);
    if (network->first_day == NULL)
        return kith_no_memory(loader->err);
    for (size_t i = 0; i < network->thing_count; i++)
        network->first_day[i] = INT32_MAX;
    for (size_t i = 0; i < network->participation_count; i++) {
        const kith_participation *p = &network->participations[i];
        note_day(network, p->person, network->events[p->event].at);
    }
    for (size_t i = 0; i < network->link_count; i++) {
        const kith_link *link = &network->links[i];
        const bool begins = link->valid_from.precision != KITH_UNDATED;
        note_day(network, link->from, begins ? link->valid_from : link->valid_to);
        note_day(network, link->to, begins ? link->valid_from : link->valid_to);
    }
    return KITH_OK;
}

/* The view with texts of its own. */
static kith_status copy_view(kith_network *network, const kith_view *view, kith_error *err)
{
    network->view = *view;
    network->view.user = kith_pool_add(network->pool, view->user);
    network->view.purpose = kith_pool_add(network->pool, view->purpose);
    network->view.audience = kith_pool_add(network->pool, view->audience);
    return network->view.user == NULL || network->view.purpose == NULL ||
                   network->view.audience == NULL
               ? kith_no_memory(err)
               : KITH_OK;
}

static kith_status run(kith_loader *loader, kith_load_step *const *steps, size_t count)
{
    kith_rows *snapshot;
    kith_status status = kith_store_read(&snapshot, loader->store, &loader->network->view,
                                         KITH_QUERY_SNAPSHOT, loader->err);

    if (status != KITH_OK)
        return status;
    if (kith_rows_next(snapshot))
        for (size_t i = 0; status == KITH_OK && i < count; i++)
            status = steps[i](loader);
    const kith_status end = kith_rows_end(snapshot, status == KITH_OK ? loader->err : NULL);
    return status == KITH_OK ? end : status;
}

kith_status kith_network_load(kith_loader *loader, kith_store *store, const kith_view *view,
                              kith_load_step *const *steps, size_t count, kith_error *err)
{
    kith_network *network = loader->network;

    *network = (kith_network){ .newest_day = INT32_MIN, .pool = kith_pool_new() };
    loader->store = store;
    loader->err = err;
    kith_status status =
        network->pool == NULL ? kith_no_memory(err) : copy_view(network, view, err);
    kith_store_pass_through(store, loader->near == NULL); /* what is near is come back to */
    if (status == KITH_OK)
        status = run(loader, steps, count);
    kith_store_pass_through(store, false);
    free(loader->words.of);
    free(loader->sources.of);
    free(loader->origin_of.of);
    free(loader->thing_of.of);
    free(loader->event_of.of);
    kith_grid_close(loader->grid);
    free(loader->was.of);
    free(loader->contested);
    if (status != KITH_OK)
        kith_network_free(network);
    return status;
}

kith_status kith_network_build(kith_network *network, kith_store *store, const kith_view *view,
                               kith_error *err)
{
    static kith_load_step *const steps[] = {
        kith_read_words,     kith_load_origins, kith_load_things, read_events,
        read_participations, read_links,        kith_read_newest, find_first_days,
    };
    kith_loader loader = { .network = network };

    return kith_network_load(&loader, store, view, steps, sizeof steps / sizeof steps[0], err);
}

kith_status kith_network_build_events(kith_network *network, kith_store *store,
                                      const kith_view *view, kith_error *err)
{
    static kith_load_step *const steps[] = {
        kith_read_words,     kith_load_origins, kith_load_things, read_events,
        read_participations, kith_pass_links,   kith_read_newest,
    };
    kith_loader loader = { .network = network };

    return kith_network_load(&loader, store, view, steps, sizeof steps / sizeof steps[0], err);
}

kith_status kith_network_build_near(kith_network *network, kith_store *store, const kith_view *view,
                                    const char *const *ids, size_t count, int hops, size_t most,
                                    kith_error *err)
{
    static kith_load_step *const steps[] = {
        kith_near_find, kith_read_words,   kith_load_origins, kith_load_things,
        read_events,    read_participations, read_links,      find_first_days,
    };
    kith_near near = { .ids = ids, .id_count = count, .hops = hops, .most = most };
    kith_loader loader = { .network = network, .near = &near };
    const kith_status status =
        kith_network_load(&loader, store, view, steps, sizeof steps / sizeof steps[0], err);

    kith_near_free(&near);
    return status;
}

void kith_network_forget_events(kith_network *network)
{
    free(network->events);
    free(network->participations);
    network->events = NULL;
    network->participations = NULL;
    network->event_count = network->participation_count = 0;
}

void kith_network_free(kith_network *network)
{
    free(network->things);
    free(network->merged);
    free(network->events);
    free(network->participations);
    free(network->links);
    free(network->origins);
    free(network->marks);
    free(network->first_day);
    kith_pool_free(network->pool);
    *network = (kith_network){ 0 };
}
