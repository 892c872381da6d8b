/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reach.c: whom a place brings together.
 *
 * The groups are found first and let go of again but for one number a person; then all that the
 * hub holds is read, and every pair of children in every event becomes one key with its day.
 * Sorted, the first of each pair is where the two first met. Things of the three networks are
 * the same by their rows. */
#include "kith/reach.h"

#include <stdlib.h>
#include <string.h>

#include "gathering.h"
#include "kith/peers.h"

enum { GROUP_DAYS = 365, LEAST_MEMBERS = 3 };

typedef struct row_of {
    int64_t row;
    uint32_t value; /* group of a person, place from 0 */
} row_of;

typedef struct row_map {
    row_of *items; /* by row */
    size_t count;
} row_map;

typedef struct pair {
    uint32_t low, high; /* people */
    int64_t when;       /* day, then clock time; events without one after those with */
    uint32_t event;
} pair;

typedef struct meeting {
    uint32_t place, value; /* place from 0; a group, or a child */
} meeting;

typedef struct meetings {
    meeting *items;
    size_t count, room;
} meetings;

static int by_row(const void *left, const void *right)
{
    const row_of *a = left, *b = right;

    return (a->row > b->row) - (a->row < b->row);
}

static uint32_t value_of(const row_map *map, int64_t row)
{
    const row_of wanted = { .row = row };
    const row_of *found =
        map->count == 0 ? NULL : bsearch(&wanted, map->items, map->count, sizeof wanted, by_row);

    return found == NULL ? KITH_NOTHING : found->value;
}

/* ---- the groups ---- */

static kith_status keep_groups(row_map *map, kith_reach *reach, const kith_peers *peers,
                               const kith_layer *layer, kith_error *err)
{
    map->items = malloc((layer->graph.node_count + 1) * sizeof *map->items);
    if (map->items == NULL)
        return kith_no_memory(err);
    for (uint32_t node = 0; node < layer->graph.node_count; node++) {
        const uint32_t group = kith_peers_group_of(peers, node);
        if (group == KITH_NOTHING || !kith_layer_is_person(layer, node))
            continue;
        map->items[map->count++] =
            (row_of){ layer->network->things[layer->nodes[node].index].row.row, peers->letter[group] };
    }
    qsort(map->items, map->count, sizeof *map->items, by_row);
    reach->group_count = peers->listed_count;
    return KITH_OK;
}

static kith_status find_groups(row_map *map, kith_reach *reach, kith_store *store, kith_view view,
                               uint64_t seed, kith_error *err)
{
    const kith_layer_options rules = { .layer = KITH_LAYER_TOGETHER };
    const kith_peers_options how = { .objective = KITH_CPM, .seed = seed, .least = LEAST_MEMBERS };
    kith_network network = { 0 };
    kith_layer layer = { 0 };
    kith_peers peers = { 0 };

    view.since = view.as_of - GROUP_DAYS + 1;
    kith_status status = kith_network_build(&network, store, &view, err);
    if (status != KITH_OK)
        return status;
    status = kith_layer_build(&layer, &network, &rules, err);
    if (status == KITH_OK)
        status = kith_peers_find(&peers, &layer, &how, err);
    if (status == KITH_OK)
        status = keep_groups(map, reach, &peers, &layer, err);
    kith_peers_free(&peers);
    kith_layer_free(&layer);
    kith_network_free(&network);
    return status;
}

/* ---- who is with whom ---- */

typedef struct search {
    const kith_network *history;
    kith_gathering gathering;
    row_map group_of, place_of; /* rows of people, of places */
    meetings groups, children;
    pair *pairs;
    size_t pair_count, pair_room;
    int32_t since;
    uint32_t *here; /* groups of the people in one event */
} search;

static bool add_meeting(meetings *list, uint32_t place, uint32_t value)
{
    if (list->count == list->room) {
        list->room = list->room == 0 ? 256 : list->room * 2;
        meeting *grown = realloc(list->items, list->room * sizeof *grown);
        if (grown == NULL)
            return false;
        list->items = grown;
    }
    list->items[list->count++] = (meeting){ place, value };
    return true;
}

static bool add_pair(search *s, uint32_t low, uint32_t high, int64_t when, uint32_t event)
{
    if (s->pair_count == s->pair_room) {
        s->pair_room = s->pair_room == 0 ? 1024 : s->pair_room * 2;
        pair *grown = realloc(s->pairs, s->pair_room * sizeof *grown);
        if (grown == NULL)
            return false;
        s->pairs = grown;
    }
    s->pairs[s->pair_count++] = (pair){ low, high, when, event };
    return true;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

/* The groups of which two members or more are among the event's people. */
static bool meet_groups(search *s, size_t members, uint32_t place)
{
    size_t count = 0;
    bool room = true;

    for (size_t i = 0; i < members; i++) {
        const uint32_t person = s->gathering.members[i].person;
        const uint32_t group = value_of(&s->group_of, s->history->things[person].row.row);
        if (group != KITH_NOTHING && !kith_grade_is_false(s->gathering.members[i].grade))
            s->here[count++] = group;
    }
    qsort(s->here, count, sizeof *s->here, by_number);
    for (size_t i = 1; i < count && room; i++)
        if (s->here[i] == s->here[i - 1] && (i == 1 || s->here[i - 2] != s->here[i]))
            room = add_meeting(&s->groups, place, s->here[i]);
    return room;
}

static bool may_meet(const kith_member *member)
{
    return member->selected && !kith_grade_is_false(member->grade);
}

static bool meet_children(search *s, size_t members, uint32_t event, kith_time at)
{
    const int64_t clock = at.precision >= KITH_MINUTE ? at.utc - kith_day_begins(at.day) : 99999;
    const kith_member *of = s->gathering.members;
    bool room = true;

    for (size_t i = 0; i < members; i++)
        for (size_t j = i + 1; j < members && room; j++)
            if (may_meet(&of[i]) && may_meet(&of[j]))
                room = add_pair(s, of[i].person, of[j].person, (int64_t)at.day * 100000 + clock, event);
    return room;
}

static uint32_t place_of_event(const search *s, const kith_event_record *event)
{
    return event->place == KITH_NOTHING
               ? KITH_NOTHING
               : value_of(&s->place_of, s->history->things[event->place].row.row);
}

static kith_status look_at_events(search *s, kith_error *err)
{
    bool room = true;

    for (uint32_t e = 0; e < s->history->event_count && room; e++) {
        const kith_event_record *event = &s->history->events[e];
        size_t counted;
        if (event->at.precision == KITH_UNDATED || !kith_gathering_ties(&s->gathering, e) ||
            kith_grade_is_false(s->history->origins[event->origin].grade))
            continue;
        const size_t members = kith_gathering_at(&s->gathering, e, &counted);
        if (counted < 2 || counted > s->gathering.size_cap)
            continue;
        const uint32_t place = place_of_event(s, event);
        room = meet_children(s, members, e, event->at);
        if (room && place != KITH_NOTHING && event->at.day >= s->since)
            room = meet_groups(s, members, place);
    }
    return room ? KITH_OK : kith_no_memory(err);
}

static int by_pair(const void *left, const void *right)
{
    const pair *a = left, *b = right;

    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    if (a->when != b->when)
        return a->when < b->when ? -1 : 1;
    return (a->event > b->event) - (a->event < b->event);
}

static kith_status find_first_meetings(search *s, kith_error *err)
{
    bool room = true;

    if (s->pair_count > 0)
        qsort(s->pairs, s->pair_count, sizeof *s->pairs, by_pair);
    for (size_t i = 0; i < s->pair_count && room; i++) {
        const pair *p = &s->pairs[i];
        if (i > 0 && p[-1].low == p->low && p[-1].high == p->high)
            continue;
        const kith_event_record *event = &s->history->events[p->event];
        const uint32_t place = place_of_event(s, event);
        if (place != KITH_NOTHING && event->at.day >= s->since)
            room = add_meeting(&s->children, place, p->low) && add_meeting(&s->children, place, p->high);
    }
    return room ? KITH_OK : kith_no_memory(err);
}

/* ---- the answer ---- */

static int by_meeting(const void *left, const void *right)
{
    const meeting *a = left, *b = right;

    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

/* By place, each once. */
static void put_in_order(meetings *list)
{
    size_t kept = 0;

    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, by_meeting);
    for (size_t i = 0; i < list->count; i++)
        if (i == 0 || by_meeting(&list->items[i], &list->items[i - 1]) != 0)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static kith_status answer(kith_reach *reach, search *s, kith_error *err)
{
    put_in_order(&s->groups);
    put_in_order(&s->children);
    reach->groups = malloc((s->groups.count + 1) * sizeof *reach->groups);
    if (reach->groups == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < s->children.count; i++)
        reach->places[s->children.items[i].place].first_met++;
    for (size_t i = 0; i < s->groups.count; i++) {
        kith_place_reach *place = &reach->places[s->groups.items[i].place];
        reach->groups[i] = s->groups.items[i].value;
        if (place->group_count++ == 0)
            place->groups = &reach->groups[i];
    }
    return KITH_OK;
}

static kith_status list_places(kith_reach *reach, row_map *map, const kith_network *network,
                               kith_error *err)
{
    size_t first = 0;

    while (first < network->thing_count && network->things[first].kind < KITH_LOCATION)
        first++;
    while (first + reach->count < network->thing_count &&
           network->things[first + reach->count].kind == KITH_LOCATION)
        reach->count++;
    reach->places = calloc(reach->count + 1, sizeof *reach->places);
    map->items = malloc((reach->count + 1) * sizeof *map->items);
    if (reach->places == NULL || map->items == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < reach->count; i++) {
        reach->places[i].place = (uint32_t)(first + i);
        map->items[map->count++] = (row_of){ network->things[first + i].row.row, (uint32_t)i };
    }
    qsort(map->items, map->count, sizeof *map->items, by_row);
    return KITH_OK;
}

static void search_free(search *s)
{
    free(s->group_of.items);
    free(s->place_of.items);
    free(s->groups.items);
    free(s->children.items);
    free(s->pairs);
    free(s->here);
}

static kith_status search_history(kith_reach *reach, search *s, kith_store *store, kith_view view,
                                  kith_error *err)
{
    const kith_layer_options rules = { .layer = KITH_LAYER_TOGETHER };
    kith_network history = { 0 };

    view.since = kith_day(1800, 1, 1);
    kith_status status = kith_network_build(&history, store, &view, err);
    if (status != KITH_OK)
        return status;
    s->history = &history;
    s->here = malloc((history.participation_count + 1) * sizeof *s->here);
    status = s->here == NULL ? kith_no_memory(err)
                             : kith_gathering_open(&s->gathering, &history, &rules, err);
    if (status == KITH_OK)
        status = look_at_events(s, err);
    if (status == KITH_OK)
        status = find_first_meetings(s, err);
    if (status == KITH_OK)
        status = answer(reach, s, err);
    kith_gathering_close(&s->gathering);
    kith_network_free(&history);
    return status;
}

kith_status kith_reach_find(kith_reach *reach, kith_store *store, const kith_network *network,
                            const kith_hotspots_options *options, uint64_t seed, kith_error *err)
{
    search s = { .since = options->since };

    *reach = (kith_reach){ 0 };
    kith_status status = list_places(reach, &s.place_of, network, err);
    if (status == KITH_OK)
        status = find_groups(&s.group_of, reach, store, network->view, seed, err);
    if (status == KITH_OK)
        status = search_history(reach, &s, store, network->view, err);
    search_free(&s);
    if (status != KITH_OK)
        kith_reach_free(reach);
    return status;
}

void kith_reach_free(kith_reach *reach)
{
    free(reach->places);
    free(reach->groups);
    *reach = (kith_reach){ 0 };
}

const kith_place_reach *kith_place_reach_of(const kith_reach *reach, uint32_t place)
{
    if (reach->count == 0 || place < reach->places[0].place ||
        place - reach->places[0].place >= reach->count)
        return NULL;
    return &reach->places[place - reach->places[0].place];
}

void kith_place_groups_write(kith_text *out, const kith_place_reach *place)
{
    char letters[KITH_PEERS_LABEL_SIZE];

    for (size_t i = 0; i < place->group_count; i++) {
        kith_peers_label(letters, place->groups[i]);
        kith_text_format(out, "%s%s", i > 0 ? ", " : "", letters);
    }
}
