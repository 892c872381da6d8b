/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bare.c: events and their people read side by side, both in the order of their rows.
 *
 * The event in hand stands behind the events that are kept, so that the rules of gathering.c
 * see it as any other; it is kept only when it may be an episode (overlap.h). */
#include "kith/bare.h"

#include <stdlib.h>
#include <string.h>

#include "kith/project.h"
#include "layer_private.h"
#include "network_private.h"

enum { LINKS_AHEAD = 32, ID_SIZE = 65 };

typedef struct reading {
    kith_layer *layer;
    const kith_layer_options *options;
    kith_gathering gathering;
    size_t member_room;
    kith_meetings meetings;
    size_t first_room, share_room, people_room, people_count;
    kith_bare_ask *ask; /* NULL: events are not kept */
    void *context;
    uint64_t *declared; /* lower thing x 2^32 + higher thing, of each link that ties */
    size_t declared_count, declared_room;
} reading;

static kith_status open_gathering(kith_loader *loader)
{
    reading *r = loader->context;

    return kith_gathering_open(&r->gathering, loader->network, r->options, loader->err);
}

/* Room for an event of so many people among the members. */
static bool make_member_room(reading *r, size_t count)
{
    if (count <= r->member_room)
        return true;
    kith_member *grown = realloc(r->gathering.members, 2 * count * sizeof *grown);
    if (grown == NULL)
        return false;
    r->gathering.members = grown;
    r->member_room = 2 * count;
    return true;
}

/* Adds an event's people to the meetings, when they are two or more. */
static bool add_meeting(reading *r, size_t members, size_t counted)
{
    kith_meetings *m = &r->meetings;
    const size_t before = r->people_count;

    for (size_t i = 0; i < members; i++) {
        const kith_member *member = &r->gathering.members[i];
        if (!member->selected || kith_grade_is_false(member->grade))
            continue;
        if (!kith_make_room((void **)&m->people, &r->people_room, r->people_count,
                            sizeof *m->people))
            return false;
        m->people[r->people_count++] = member->person;
    }
    if (r->people_count < before + 2) {
        r->people_count = before;
        return true;
    }
    if (!kith_make_room((void **)&m->share, &r->share_room, m->count, sizeof *m->share) ||
        !kith_make_room((void **)&m->first, &r->first_room, m->count, sizeof *m->first))
        return false;
    m->first[m->count] = before;
    m->share[m->count++] = (uint32_t)counted - 1;
    return true;
}

/* What an event with all of its participations gives. */
static kith_status meet(kith_loader *loader, uint32_t event)
{
    reading *r = loader->context;
    const kith_event_record *record = &loader->network->events[event];
    size_t counted;

    if (!make_member_room(r, record->participation_count))
        return kith_no_memory(loader->err);
    if (!kith_gathering_ties(&r->gathering, event))
        return KITH_OK;
    const size_t members = kith_gathering_at(&r->gathering, event, &counted);
    if (counted > r->gathering.size_cap) {
        r->layer->capped_events++;
        return KITH_OK;
    }
    return counted < 2 || add_meeting(r, members, counted) ? KITH_OK : kith_no_memory(loader->err);
}

/* Passes over participations of earlier events and takes those of one. */
static kith_status take_people(kith_loader *loader, kith_parts *parts, uint32_t event)
{
    const reading *r = loader->context;
    kith_network *network = loader->network;
    kith_event_record *record = &network->events[event];
    const size_t before = network->participation_count;
    const kith_part *part = kith_parts_here(parts, loader);
    kith_status status = KITH_OK;

    for (; part != NULL && part->event < record->row.row; part = kith_parts_here(parts, loader))
        kith_parts_next(parts);
    for (; status == KITH_OK && part != NULL && part->event == record->row.row;
         part = kith_parts_here(parts, loader)) {
        if (part->thing != KITH_NOTHING)
            __builtin_prefetch(&r->gathering.adult_from[part->thing]);
        status = kith_add_participation(loader, part, event);
        kith_parts_next(parts);
    }
    record->first_participation = (uint32_t)before;
    record->participation_count = (uint32_t)(network->participation_count - before);
    if (status == KITH_OK) {
        kith_order_members(&network->participations[before], record->participation_count);
        kith_mark_event(network, record);
    }
    return status;
}

static kith_status take_event(kith_loader *loader, kith_rows *events, kith_parts *parts)
{
    kith_network *network = loader->network;
    const size_t before = network->participation_count;
    kith_event_record event;
    bool wanted;
    kith_status status = kith_begin_event(&event, &wanted, loader, events);

    if (status != KITH_OK || !wanted)
        return status;
    if (network->event_count >= KITH_NOTHING - 1 ||
        !kith_make_room((void **)&network->events, &loader->event_room, network->event_count,
                        sizeof *network->events))
        return kith_no_memory(loader->err);
    kith_event_record *kept = &network->events[network->event_count];
    *kept = event;
    status = take_people(loader, parts, (uint32_t)network->event_count);
    if (status == KITH_OK)
        status = kith_fill_event(kept, loader, events);
    if (status == KITH_OK)
        status = meet(loader, (uint32_t)network->event_count);
    if (kept->ended.precision == KITH_UNDATED && ((const reading *)loader->context)->ask == NULL) {
        network->participation_count = before;
        return status;
    }
    network->event_count++;
    kept->id = kith_pool_add(network->pool, event.id);
    return status == KITH_OK && kept->id == NULL ? kith_no_memory(loader->err) : status;
}

static kith_status stream_events(kith_loader *loader)
{
    kith_rows *events;
    kith_parts parts;
    const kith_view *view = &loader->network->view;
    kith_status status =
        kith_store_read(&events, loader->store, view, KITH_QUERY_EVENT_ALL, loader->err);

    if (status != KITH_OK)
        return status;
    status = kith_parts_begin(&parts, loader, 1, INT64_MAX);
    if (status == KITH_OK) {
        while (status == KITH_OK && kith_rows_next(events))
            status = take_event(loader, events, &parts);
        const kith_status end = kith_parts_end(&parts, status == KITH_OK ? loader->err : NULL);
        status = status == KITH_OK ? end : status;
    }
    const kith_status end = kith_rows_end(events, status == KITH_OK ? loader->err : NULL);
    return status == KITH_OK ? end : status;
}

/* Those that are kept, in the order of their ids, as a network has them. */
static kith_status order_events(kith_loader *loader)
{
    kith_network *network = loader->network;
    const kith_status status = kith_order_events(loader);

    for (uint32_t e = 0; status == KITH_OK && e < network->event_count; e++)
        for (uint32_t i = 0; i < network->events[e].participation_count; i++)
            network->participations[network->events[e].first_participation + i].event = e;
    return status;
}

static kith_status take_link(kith_loader *loader, kith_begun_link *begun)
{
    reading *r = loader->context;
    const kith_link link = begun->link;

    if (!kith_end_link(begun, loader) || r->options->no_declared)
        return KITH_OK;
    loader->network->links = &begun->link;
    const bool ties = kith_gathering_has_link(&r->gathering, 0) &&
                      kith_gathering_declares(&r->gathering, &link) &&
                      !kith_grade_is_false(loader->network->origins[link.origin].grade);
    loader->network->links = NULL;
    if (!ties)
        return KITH_OK;
    if (!kith_make_room((void **)&r->declared, &r->declared_room, r->declared_count,
                        sizeof *r->declared))
        return kith_no_memory(loader->err);
    const uint64_t low = link.from < link.to ? link.from : link.to;
    r->declared[r->declared_count++] = low << 32 | (link.from ^ link.to ^ low);
    return KITH_OK;
}

/* Some links, read before their ends are looked for, and their ends before what is known of them. */
typedef struct links_ahead {
    kith_begun_link of[LINKS_AHEAD];
    char id[LINKS_AHEAD][ID_SIZE];
    size_t count;
} links_ahead;

/* An id goes with its row. */
static const char *keep_id(char to[ID_SIZE], const char *id)
{
    const size_t size = strnlen(id, ID_SIZE - 1);

    memcpy(to, id, size);
    to[size] = '\0';
    return to;
}

static kith_status read_links(links_ahead *ahead, kith_loader *loader, kith_rows *rows)
{
    kith_status status = KITH_OK;

    for (ahead->count = 0; status == KITH_OK && ahead->count < LINKS_AHEAD && kith_rows_next(rows);
         ahead->count++) {
        kith_begun_link *begun = &ahead->of[ahead->count];
        status = kith_begin_link(begun, loader, rows);
        if (status == KITH_OK)
            begun->link.id = keep_id(ahead->id[ahead->count], begun->link.id);
    }
    return status;
}

static kith_status take_links(links_ahead *ahead, kith_loader *loader)
{
    const reading *r = loader->context;
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < ahead->count; i++) {
        const kith_link *link = &ahead->of[i].link;
        status = kith_find_ends(&ahead->of[i], loader);
        if (status == KITH_OK) {
            __builtin_prefetch(&r->gathering.adult_from[link->from]);
            __builtin_prefetch(&r->gathering.adult_from[link->to]);
        }
    }
    for (size_t i = 0; status == KITH_OK && i < ahead->count; i++)
        status = take_link(loader, &ahead->of[i]);
    return status;
}

static kith_status stream_links(kith_loader *loader)
{
    links_ahead ahead = { .count = LINKS_AHEAD };
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, loader->store, &loader->network->view,
                                         KITH_QUERY_LINK_ALL, loader->err);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && ahead.count == LINKS_AHEAD) {
        status = read_links(&ahead, loader, rows);
        if (status == KITH_OK)
            status = take_links(&ahead, loader);
    }
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? loader->err : NULL);
    return status == KITH_OK ? end : status;
}

static kith_status find_overlaps(kith_loader *loader)
{
    reading *r = loader->context;

    return kith_layer_find_overlaps(r->layer, &r->gathering, loader->err);
}

static int ascending(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static uint64_t pair_of(const kith_tie *tie)
{
    return (uint64_t)tie->low << 32 | tie->high;
}

static uint64_t pair_of_overlap(const kith_overlap *overlap)
{
    return (uint64_t)overlap->left << 32 | overlap->right;
}

/* Adds to a tie what overlaps and declarations of its pair add. */
static void add_others(kith_tie *tie, const reading *r, size_t *overlap, size_t *declared)
{
    const uint64_t pair = pair_of(tie);

    for (; *overlap < r->layer->overlap_count &&
           pair_of_overlap(&r->layer->overlaps[*overlap]) == pair;
         (*overlap)++)
        if (!kith_grade_is_false(r->layer->overlaps[*overlap].grade))
            tie->weight += r->layer->overlaps[*overlap].weight;
    if (*declared < r->declared_count && r->declared[*declared] == pair)
        tie->weight += 1;
    while (*declared < r->declared_count && r->declared[*declared] == pair)
        (*declared)++;
}

/* The ties of the events, of the overlaps and of the links, in the order of their pairs. The events'
 * stand at the end of the list that is written from its beginning, so that none is written over
 * before it is read. */
static kith_status merge(reading *r, size_t event_ties, kith_error *err)
{
    kith_graph *graph = &r->layer->graph;
    const size_t others = r->layer->overlap_count + r->declared_count;
    size_t e = 0, o = 0, d = 0;

    kith_tie *grown = realloc(graph->ties, (event_ties + others + 1) * sizeof *grown);
    if (grown == NULL)
        return kith_no_memory(err);
    kith_tie *const events = memmove(grown + others, grown, event_ties * sizeof *grown);
    graph->ties = grown;
    if (r->declared_count > 0)
        qsort(r->declared, r->declared_count, sizeof *r->declared, ascending);
    while (e < event_ties || o < r->layer->overlap_count || d < r->declared_count) {
        uint64_t next = e < event_ties ? pair_of(&events[e]) : UINT64_MAX;
        if (o < r->layer->overlap_count && pair_of_overlap(&r->layer->overlaps[o]) < next)
            next = pair_of_overlap(&r->layer->overlaps[o]);
        if (d < r->declared_count && r->declared[d] < next)
            next = r->declared[d];
        kith_tie tie = { (uint32_t)(next >> 32), (uint32_t)next, 0 };
        if (e < event_ties && pair_of(&events[e]) == next)
            tie.weight = events[e++].weight;
        add_others(&tie, r, &o, &d);
        if (tie.weight > 0)
            graph->ties[graph->tie_count++] = tie;
    }
    grown = realloc(graph->ties, (graph->tie_count + 1) * sizeof *grown);
    graph->ties = grown != NULL ? grown : graph->ties;
    return KITH_OK;
}

static size_t count_people(const kith_network *network)
{
    size_t count = 0;

    while (count < network->thing_count && network->things[count].kind == KITH_PERSON)
        count++;
    return count;
}

static kith_status make_graph(reading *r, kith_error *err)
{
    kith_layer *layer = r->layer;
    size_t count = 0;

    layer->graph.node_count = count_people(layer->network);
    layer->nodes = malloc((layer->graph.node_count + 1) * sizeof *layer->nodes);
    if (layer->nodes == NULL)
        return kith_no_memory(err);
    for (uint32_t v = 0; v < layer->graph.node_count; v++)
        layer->nodes[v] = (kith_layer_node){ false, v };
    if (!kith_make_room((void **)&r->meetings.first, &r->first_room, r->meetings.count,
                        sizeof *r->meetings.first))
        return kith_no_memory(err);
    r->meetings.first[r->meetings.count] = r->people_count;
    r->meetings.node_count = layer->graph.node_count;
    const kith_status status = kith_project(&layer->graph.ties, &count, &r->meetings, err);
    kith_meetings_free(&r->meetings);
    return status == KITH_OK ? merge(r, count, err) : status;
}

/* Whoever asks has the events before there are ties beside them. */
static kith_status ask_of_events(reading *r, kith_network *network, kith_error *err)
{
    if (r->ask == NULL)
        return KITH_OK;
    const kith_status status = r->ask(r->context, network, err);
    kith_network_forget_events(network);
    return status;
}

static kith_status read_bare(reading *r, kith_network *network, kith_store *store,
                             const kith_view *view, kith_error *err)
{
    static kith_load_step *const steps[] = {
        kith_read_words, kith_load_origins, kith_load_things, open_gathering,   stream_events,
        order_events,    stream_links,      find_overlaps,    kith_read_newest,
    };
    kith_loader loader = { .network = network, .context = r };

    *r->layer = (kith_layer){ .network = network, .options = *r->options };
    *network = (kith_network){ 0 };
    if (r->options->layer != KITH_LAYER_TOGETHER || r->options->raw || r->options->unweighted ||
        view->through_load != 0)
        return kith_fail(err, KITH_USAGE,
                         "only the ties of the layer together, and not as published, are read "
                         "without their records");
    kith_status status =
        kith_network_load(&loader, store, view, steps, sizeof steps / sizeof steps[0], err);
    kith_gathering_close(&r->gathering);
    if (status == KITH_OK)
        status = ask_of_events(r, network, err);
    if (status == KITH_OK)
        status = make_graph(r, err);
    kith_meetings_free(&r->meetings);
    free(r->declared);
    if (status != KITH_OK) {
        kith_layer_free(r->layer);
        kith_network_free(network);
    }
    return status;
}

kith_status kith_bare_read(kith_layer *layer, kith_network *network, kith_store *store,
                           const kith_view *view, const kith_layer_options *options,
                           kith_error *err)
{
    reading r = { .layer = layer, .options = options };

    return read_bare(&r, network, store, view, err);
}

kith_status kith_bare_read_events(kith_layer *layer, kith_network *network, kith_store *store,
                                  const kith_view *view, const kith_layer_options *options,
                                  kith_bare_ask *ask, void *context, kith_error *err)
{
    reading r = { .layer = layer, .options = options, .ask = ask, .context = context };

    return read_bare(&r, network, store, view, err);
}
