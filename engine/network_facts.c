/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_facts.c: events, participations and links, read from a hub.
 *
 * Only what lies in the view's window is kept. Where nothing lies in it, the newest day before it
 * tells a user where to look.
 *
 * Of the hub as it was after an earlier load, what later loads have corrected is read first, with
 * its old content, and passed over among the rest. */
#include "network_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Keeps the newest day on or before as-of. */
static void saw_day(kith_network *network, kith_time time)
{
    const kith_view *view = &network->view;

    if (time.precision != KITH_UNDATED && time.day > network->newest_day &&
        (view->all_dates || time.day <= view->as_of))
        network->newest_day = time.day;
}

/* The index of a record's origin; where it is contested, of one that says so. */
static uint32_t origin_of(const kith_loader *loader, kith_contested_part part, int64_t record,
                          int64_t origin_row)
{
    const uint32_t origin = kith_row_index_get(&loader->origin_of, origin_row);

    if (loader->contested_count == 0)
        return origin;
    return kith_contested_origin(loader, &(kith_contested_record){
        .part = part, .record = record, .origin_row = origin_row, .origin = origin });
}

kith_status kith_fill_event(kith_event_record *event, kith_loader *loader, kith_rows *rows)
{
    const int64_t place = kith_rows_integer(rows, 5);
    const kith_row_word *word = kith_row_word_of(&loader->words, kith_rows_integer(rows, 2));
    kith_status status =
        kith_read_time(&event->ended, loader, kith_rows_text(rows, 4), "event", event->id);

    if (status != KITH_OK)
        return status;
    event->origin = origin_of(loader, KITH_CONTESTED_EVENT, event->row.row, kith_rows_integer(rows, 7));
    event->place = kith_row_index_get(&loader->thing_of, place);
    if (word == NULL || word->of_event == NULL)
        return kith_damaged(loader, "event", event->id, "a kind");
    if (event->origin == KITH_NOTHING)
        return kith_damaged(loader, "event", event->id, "an origin");
    if (place != 0 && event->place == KITH_NOTHING)
        return kith_damaged(loader, "event", event->id, "a location");
    event->word = word->text;
    event->meaning = word->of_event;
    event->severity = (int8_t)kith_rows_integer(rows, 6);
    return KITH_OK;
}

kith_status kith_begin_event(kith_event_record *event, bool *wanted, kith_loader *loader,
                             kith_rows *rows)
{
    kith_network *network = loader->network;

    *event = (kith_event_record){ .row = { kith_rows_integer(rows, 0) },
                                  .id = kith_rows_text(rows, 1) };
    if (event->id == NULL)
        return kith_no_memory(loader->err);
    kith_row_index_ask(&loader->thing_of, kith_rows_integer(rows, 5));
    const kith_status status =
        kith_read_time(&event->at, loader, kith_rows_text(rows, 3), "event", event->id);
    if (status != KITH_OK)
        return status;
    saw_day(network, event->at);
    *wanted = event->at.precision == KITH_UNDATED ||
              kith_view_has_day(&network->view, event->at.day);
    return KITH_OK;
}

static kith_status take_event(kith_loader *loader, kith_rows *rows)
{
    kith_network *network = loader->network;
    kith_event_record event;
    bool wanted;
    kith_status status = kith_begin_event(&event, &wanted, loader, rows);

    if (status != KITH_OK || !wanted)
        return status;
    event.id = kith_pool_add(network->pool, event.id);
    if (event.id == NULL || network->event_count >= KITH_NOTHING - 1 ||
        !kith_make_room((void **)&network->events, &loader->event_room, network->event_count,
                   sizeof *network->events))
        return kith_no_memory(loader->err);
    status = kith_fill_event(&event, loader, rows);
    if (status == KITH_OK)
        network->events[network->event_count++] = event;
    return status;
}

static kith_status take_was_event(kith_loader *loader, kith_rows *rows)
{
    return kith_row_index_set(&loader->was, kith_rows_integer(rows, 0), 0)
               ? take_event(loader, rows)
               : kith_no_memory(loader->err);
}

static kith_status take_other_event(kith_loader *loader, kith_rows *rows)
{
    return kith_row_index_get(&loader->was, kith_rows_integer(rows, 0)) == KITH_NOTHING
               ? take_event(loader, rows)
               : KITH_OK;
}

/* Reads what was corrected since, then the rest. */
static kith_status read_as_it_was(kith_loader *loader, kith_query was, kith_query all,
                                  kith_status (*take_was)(kith_loader *, kith_rows *),
                                  kith_status (*take_other)(kith_loader *, kith_rows *))
{
    const kith_status status = kith_read_all(loader, was, take_was);

    if (status != KITH_OK)
        return status;
    const kith_status rest = kith_read_all(loader, all, take_other);
    free(loader->was.of);
    loader->was = (kith_row_index){ 0 };
    return rest;
}

kith_status kith_read_events(kith_loader *loader)
{
    if (loader->near != NULL)
        return kith_read_rows(loader, KITH_QUERY_NEAR_EVENT, &loader->near->events, take_event);
    if (loader->network->view.through_load == 0)
        return kith_read_all(loader, KITH_QUERY_EVENT_ALL, take_event);
    return read_as_it_was(loader, KITH_QUERY_EVENT_WAS, KITH_QUERY_EVENT_ALL, take_was_event,
                          take_other_event);
}

kith_status kith_add_participation(kith_loader *loader, const kith_part *part, uint32_t event)
{
    kith_network *network = loader->network;
    const kith_row_word *word = kith_row_word_of(&loader->words, part->role);

    if (network->participation_count >= KITH_NOTHING - 1 ||
        !kith_make_room((void **)&network->participations, &loader->participation_room,
                   network->participation_count, sizeof *network->participations))
        return kith_no_memory(loader->err);
    kith_participation *made = &network->participations[network->participation_count];
    *made = (kith_participation){
        .event = event,
        .person = part->thing,
        .origin = kith_row_index_get(&loader->origin_of, part->origin),
    };
    if (loader->contested_count > 0)
        made->origin = kith_contested_origin(loader, &(kith_contested_record){
            .part = KITH_CONTESTED_PART, .record = part->event, .person = part->person,
            .role = part->role, .origin_row = part->origin, .origin = made->origin });
    if (made->person == KITH_NOTHING || word == NULL || made->origin == KITH_NOTHING)
        return kith_damaged(loader, "a participation in event", network->events[event].id,
                       made->person == KITH_NOTHING ? "a person"
                       : word == NULL               ? "a role"
                                                    : "an origin");
    const bool unproved = word->role == KITH_CONVICTED_PERPETRATOR && !part->convicted;
    made->role = unproved ? KITH_ALLEGED_PERPETRATOR : word->role;
    made->word = unproved ? kith_role_word(made->role) : word->text;
    network->participation_count++;
    return KITH_OK;
}

static kith_valence valence_of(const char *text, const kith_meaning *meaning)
{
    if (strcmp(text, "risk") == 0)
        return KITH_RISK;
    if (strcmp(text, "protective") == 0)
        return KITH_PROTECTIVE;
    return *text == '\0' ? meaning->valence : KITH_NEUTRAL;
}

static kith_status fill_link(kith_link *link, kith_loader *loader, kith_rows *rows)
{
    const char *valence = kith_rows_text(rows, 5);
    const kith_row_word *word = kith_row_word_of(&loader->words, kith_rows_integer(rows, 4));

    link->origin = origin_of(loader, KITH_CONTESTED_LINK, link->row.row, kith_rows_integer(rows, 10));
    if (valence == NULL)
        return kith_no_memory(loader->err);
    if (word == NULL || word->of_link == NULL || link->origin == KITH_NOTHING)
        return kith_damaged(loader, "a link", link->id,
                            link->origin != KITH_NOTHING ? "a kind" : "an origin");
    link->word = word->text;
    link->meaning = word->of_link;
    link->valence = valence_of(valence, link->meaning);
    link->weight = kith_rows_missing(rows, 6) ? NAN : kith_rows_number(rows, 6);
    link->convicted = kith_rows_integer(rows, 9) != 0;
    return KITH_OK;
}

/* The first and last day of a link; open ends reach as far as days go. */
static int32_t first_of(const kith_link *link)
{
    return link->valid_from.precision == KITH_UNDATED ? INT32_MIN : link->valid_from.day;
}

static int32_t last_of(const kith_link *link)
{
    return link->valid_to.precision == KITH_UNDATED ? INT32_MAX : link->valid_to.day;
}

/* A place that somebody lives at is a home, in any window; not on a report that is
 * suspected to be false. */
static void note_home(kith_network *network, const kith_link *link)
{
    const bool begun = network->view.all_dates || first_of(link) <= network->view.as_of;

    if (begun && strcmp(link->meaning->word, "lives_at") == 0 &&
        network->things[link->to].kind == KITH_LOCATION &&
        !kith_grade_is_false(network->origins[link->origin].grade))
        network->things[link->to].home = true;
}

static bool in_view(const kith_link *link, const kith_view *view)
{
    return view->all_dates || (first_of(link) <= view->as_of && last_of(link) >= view->since);
}

kith_status kith_begin_link(kith_begun_link *begun, kith_loader *loader, kith_rows *rows)
{
    kith_link *link = &begun->link;

    *link = (kith_link){ .row = { kith_rows_integer(rows, 0) }, .id = kith_rows_text(rows, 1) };
    begun->from = kith_rows_integer(rows, 2);
    begun->to = kith_rows_integer(rows, 3);
    if (link->id == NULL)
        return kith_no_memory(loader->err);
    kith_row_index_ask(&loader->thing_of, begun->from);
    kith_row_index_ask(&loader->thing_of, begun->to);
    kith_status status =
        kith_read_time(&link->valid_from, loader, kith_rows_text(rows, 7), "link", link->id);
    if (status == KITH_OK)
        status = kith_read_time(&link->valid_to, loader, kith_rows_text(rows, 8), "link", link->id);
    return status == KITH_OK ? fill_link(link, loader, rows) : status;
}

kith_status kith_find_ends(kith_begun_link *begun, kith_loader *loader)
{
    kith_link *link = &begun->link;

    link->from = kith_row_index_get(&loader->thing_of, begun->from);
    link->to = kith_row_index_get(&loader->thing_of, begun->to);
    if (link->from == KITH_NOTHING || link->to == KITH_NOTHING)
        return kith_damaged(loader, "a link", link->id, "a thing");
    __builtin_prefetch(&loader->network->marks[link->from], 1);
    __builtin_prefetch(&loader->network->marks[link->to], 1);
    return KITH_OK;
}

bool kith_end_link(const kith_begun_link *begun, kith_loader *loader)
{
    kith_network *network = loader->network;
    const kith_link *link = &begun->link;

    saw_day(network, link->valid_from);
    note_home(network, link);
    const bool wanted = link->from != link->to /* not between two records of one */ &&
                        in_view(link, &network->view);
    if (wanted)
        kith_mark_link(network, link);
    return wanted;
}

/* One link by itself. */
static kith_status fill_wanted(kith_link *link, bool *wanted, kith_loader *loader, kith_rows *rows)
{
    kith_begun_link begun;
    kith_status status = kith_begin_link(&begun, loader, rows);

    *wanted = false;
    if (status == KITH_OK)
        status = kith_find_ends(&begun, loader);
    if (status == KITH_OK)
        *wanted = kith_end_link(&begun, loader);
    *link = begun.link;
    return status;
}

static kith_status take_link(kith_loader *loader, kith_rows *rows)
{
    kith_network *network = loader->network;
    kith_link link;
    bool wanted;
    const kith_status status = fill_wanted(&link, &wanted, loader, rows);

    if (status != KITH_OK || !wanted)
        return status;
    link.id = kith_pool_add(network->pool, link.id);
    if (link.id == NULL ||
        !kith_make_room((void **)&network->links, &loader->link_room, network->link_count,
                   sizeof *network->links) ||
        network->link_count >= KITH_NOTHING - 1)
        return kith_no_memory(loader->err);
    network->links[network->link_count++] = link;
    return KITH_OK;
}

static kith_status take_was_link(kith_loader *loader, kith_rows *rows)
{
    return kith_row_index_set(&loader->was, kith_rows_integer(rows, 0), 0)
               ? take_link(loader, rows)
               : kith_no_memory(loader->err);
}

static kith_status take_other_link(kith_loader *loader, kith_rows *rows)
{
    return kith_row_index_get(&loader->was, kith_rows_integer(rows, 0)) == KITH_NOTHING
               ? take_link(loader, rows)
               : KITH_OK;
}

kith_status kith_read_links(kith_loader *loader)
{
    if (loader->near != NULL)
        return kith_read_rows(loader, KITH_QUERY_NEAR_LINK, &loader->near->links, take_link);
    if (loader->network->view.through_load == 0)
        return kith_read_all(loader, KITH_QUERY_LINK_ALL, take_link);
    return read_as_it_was(loader, KITH_QUERY_LINK_WAS, KITH_QUERY_LINK_ALL, take_was_link,
                          take_other_link);
}

static kith_status pass_link(kith_loader *loader, kith_rows *rows)
{
    kith_link link;
    bool wanted;

    return fill_wanted(&link, &wanted, loader, rows);
}

kith_status kith_pass_links(kith_loader *loader)
{
    return kith_read_all(loader, KITH_QUERY_LINK_ALL, pass_link);
}

static kith_status take_newest(kith_loader *loader, kith_rows *rows)
{
    kith_time time;

    if (kith_rows_missing(rows, 0))
        return KITH_OK;
    const kith_status status =
        kith_read_time(&time, loader, kith_rows_text(rows, 0), "a statement", "of a context");
    if (status == KITH_OK)
        saw_day(loader->network, time);
    return status;
}

/* Events of before the window were passed over: their days are looked at where no later one is known. */
kith_status kith_read_newest(kith_loader *loader)
{
    const kith_network *network = loader->network;
    const kith_status status = kith_read_all(loader, KITH_QUERY_NEWEST_STATEMENT, take_newest);

    return status != KITH_OK || network->view.all_dates ||
                   network->newest_day >= network->view.since
               ? status
               : kith_read_all(loader, KITH_QUERY_EVENT_DAY_BEFORE, take_newest);
}
