/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desk.c: what all pages of a pack share. */
#include "desk.h"

#include <stdlib.h>
#include <string.h>

#include "../../engine/data_csv.h"
#include "../../engine/pool.h"
#include "kith/date.h"

static int by_row(const void *left, const void *right)
{
    const desk_row *a = left, *b = right;

    return (a->row > b->row) - (a->row < b->row);
}

static uint32_t find_row(const desk_row *rows, size_t count, int64_t row)
{
    const desk_row key = { row, 0 };
    const desk_row *found = count > 0 ? bsearch(&key, rows, count, sizeof *rows, by_row) : NULL;

    return found != NULL ? found->index : KITH_NOTHING;
}

uint32_t desk_thing(const kith_desk *desk, int64_t row)
{
    return find_row(desk->things, desk->thing_count, row);
}

uint32_t desk_event(const kith_desk *desk, int64_t row)
{
    return find_row(desk->events, desk->event_count, row);
}

uint32_t desk_link(const kith_desk *desk, int64_t row)
{
    return find_row(desk->links, desk->link_count, row);
}

static kith_status index_rows(kith_desk *desk, kith_error *err)
{
    const kith_network *network = desk->network;

    desk->things = calloc(network->thing_count + 1, sizeof *desk->things);
    desk->events = calloc(network->event_count + 1, sizeof *desk->events);
    desk->links = calloc(network->link_count + 1, sizeof *desk->links);
    if (desk->things == NULL || desk->events == NULL || desk->links == NULL)
        return kith_no_memory(err);
    for (uint32_t i = 0; i < network->thing_count; i++)
        desk->things[desk->thing_count++] = (desk_row){ network->things[i].row.row, i };
    for (uint32_t i = 0; i < network->event_count; i++)
        desk->events[desk->event_count++] = (desk_row){ network->events[i].row.row, i };
    for (uint32_t i = 0; i < network->link_count; i++)
        desk->links[desk->link_count++] = (desk_row){ network->links[i].row.row, i };
    qsort(desk->things, desk->thing_count, sizeof *desk->things, by_row);
    qsort(desk->links, desk->link_count, sizeof *desk->links, by_row);
    qsort(desk->events, desk->event_count, sizeof *desk->events, by_row);
    return KITH_OK;
}

/* Records that another stands for are that other. */
static kith_status index_same(kith_desk *desk, kith_error *err)
{
    const size_t own = desk->thing_count;
    kith_rows *rows;
    bool kept = true;
    kith_status status = kith_store_read(&rows, desk->store, &desk->network->view,
                                         KITH_QUERY_SAMENESS_ALL, err);

    if (status != KITH_OK)
        return status;
    while (kept && kith_rows_next(rows)) {
        const uint32_t leader = find_row(desk->things, own, kith_rows_integer(rows, 1));
        desk_row *grown = realloc(desk->things, (desk->thing_count + 2) * sizeof *grown);
        kept = grown != NULL;
        desk->things = kept ? grown : desk->things;
        if (kept && leader != KITH_NOTHING &&
            find_row(desk->things, own, kith_rows_integer(rows, 0)) == KITH_NOTHING)
            desk->things[desk->thing_count++] = (desk_row){ kith_rows_integer(rows, 0), leader };
    }
    status = kith_rows_end(rows, err);
    qsort(desk->things, desk->thing_count, sizeof *desk->things, by_row);
    return status == KITH_OK && !kept ? kith_no_memory(err) : status;
}

/* Participations by person, so that a page costs what it shows. */
static kith_status index_parts(kith_desk *desk, kith_error *err)
{
    const kith_network *network = desk->network;
    size_t *at = calloc(network->thing_count + 2, sizeof *at);

    desk->first_part = at;
    desk->part_of = malloc((network->participation_count + 1) * sizeof *desk->part_of);
    if (at == NULL || desk->part_of == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < network->participation_count; i++)
        at[network->participations[i].person + 2]++;
    for (size_t t = 2; t < network->thing_count + 2; t++)
        at[t] += at[t - 1];
    for (uint32_t i = 0; i < network->participation_count; i++)
        desk->part_of[at[network->participations[i].person + 1]++] = i;
    return KITH_OK;
}

/* Links by either end, for the same reason. */
static kith_status index_links(kith_desk *desk, kith_error *err)
{
    const kith_network *network = desk->network;
    size_t *at = calloc(network->thing_count + 2, sizeof *at);

    desk->first_link = at;
    desk->link_of = malloc((2 * network->link_count + 1) * sizeof *desk->link_of);
    if (at == NULL || desk->link_of == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < network->link_count; i++) {
        at[network->links[i].from + 2]++;
        at[network->links[i].to + 2]++;
    }
    for (size_t t = 2; t < network->thing_count + 2; t++)
        at[t] += at[t - 1];
    for (uint32_t i = 0; i < network->link_count; i++) {
        desk->link_of[at[network->links[i].from + 1]++] = i;
        desk->link_of[at[network->links[i].to + 1]++] = i;
    }
    return KITH_OK;
}

/* Whose actions and decisions are. */
static kith_status index_actions(kith_desk *desk, kith_error *err)
{
    const kith_actions *a = &desk->actions;

    desk->action_of = malloc((a->count + 1) * sizeof *desk->action_of);
    desk->minute_of = malloc((a->minute_count + 1) * sizeof *desk->minute_of);
    if (desk->action_of == NULL || desk->minute_of == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < a->count; i++)
        desk->action_of[i] = a->list[i].subject != 0 ? desk_thing(desk, a->list[i].subject) : KITH_NOTHING;
    for (size_t i = 0; i < a->minute_count; i++)
        desk->minute_of[i] = a->minutes[i].subject != 0 ? desk_thing(desk, a->minutes[i].subject) : KITH_NOTHING;
    return KITH_OK;
}

static int32_t day_or(const char *text, int32_t otherwise)
{
    kith_time time;

    return kith_time_read(&time, text) && time.precision != KITH_UNDATED ? time.day : otherwise;
}

static bool keep(const char **to, const kith_desk *desk, const kith_rows *rows, int column)
{
    const char *text = kith_rows_text(rows, column);

    *to = kith_pool_add(desk->pool, text != NULL ? text : "");
    return *to != NULL;
}

static bool take_flag(kith_desk *desk, const kith_rows *rows)
{
    const kith_view *view = &desk->network->view;
    desk_flag f = { .person = desk_thing(desk, kith_rows_integer(rows, 0)) };
    desk_flag *grown;

    if (!keep(&f.flag, desk, rows, 1) || !keep(&f.status, desk, rows, 2) ||
        !keep(&f.from, desk, rows, 3) || !keep(&f.to, desk, rows, 4))
        return false;
    if (f.person == KITH_NOTHING || day_or(f.from, INT32_MIN) > view->as_of ||
        day_or(f.to, INT32_MAX) < view->since)
        return true;
    grown = data_grow(desk->flags, desk->flag_count, sizeof *grown);
    if (grown == NULL)
        return false;
    desk->flags = grown;
    desk->flags[desk->flag_count++] = f;
    return true;
}

static bool take_condition(kith_desk *desk, const kith_rows *rows)
{
    const int32_t as_of = desk->network->view.as_of;
    desk_condition c = { .person = desk_thing(desk, kith_rows_integer(rows, 0)),
                         .other = kith_rows_missing(rows, 1)
                                      ? KITH_NOTHING
                                      : desk_thing(desk, kith_rows_integer(rows, 1)) };
    desk_condition *grown;

    if (!keep(&c.kind, desk, rows, 2) || !keep(&c.imposed_by, desk, rows, 3) ||
        !keep(&c.from, desk, rows, 4) || !keep(&c.to, desk, rows, 5))
        return false;
    if (c.person == KITH_NOTHING || day_or(c.from, INT32_MIN) > as_of || day_or(c.to, INT32_MAX) < as_of)
        return true;
    grown = data_grow(desk->conditions, desk->condition_count, sizeof *grown);
    if (grown == NULL)
        return false;
    desk->conditions = grown;
    desk->conditions[desk->condition_count++] = c;
    return true;
}

static kith_status read_all(kith_desk *desk, kith_query query,
                            bool (*take)(kith_desk *, const kith_rows *), kith_error *err)
{
    kith_rows *rows;
    bool kept = true;
    kith_status status = kith_store_read(&rows, desk->store, &desk->network->view, query, err);

    if (status != KITH_OK)
        return status;
    while (kept && kith_rows_next(rows))
        kept = take(desk, rows);
    status = kith_rows_end(rows, err);
    return status == KITH_OK && !kept ? kith_no_memory(err) : status;
}

static kith_status read_desk(kith_desk *desk, bool undrawn, kith_error *err)
{
    const kith_map_options options = { .seed = desk->seed, .no_groups = undrawn, .no_hotspots = undrawn };
    kith_status status = index_rows(desk, err);

    if (status == KITH_OK)
        status = index_same(desk, err);
    if (status == KITH_OK)
        status = index_parts(desk, err);
    if (status == KITH_OK)
        status = index_links(desk, err);
    if (status == KITH_OK)
        status = kith_actions_read(&desk->actions, desk->store, &desk->network->view, err);
    if (status == KITH_OK)
        status = index_actions(desk, err);
    if (status == KITH_OK)
        status = kith_contests_read(&desk->contests, desk->store, &desk->network->view, err);
    if (status == KITH_OK)
        status = read_all(desk, KITH_QUERY_FLAG_ALL, take_flag, err);
    if (status == KITH_OK)
        status = read_all(desk, KITH_QUERY_RESTRICTION_ALL, take_condition, err);
    return status == KITH_OK ? kith_map_base_build(&desk->base, desk->store, desk->network, &options, err) : status;
}

kith_status kith_desk_open(kith_desk **desk, kith_store *store, const kith_network *network,
                           kith_names names, uint64_t seed, bool undrawn, kith_error *err)
{
    kith_desk *d = calloc(1, sizeof *d);

    *desk = NULL;
    if (d == NULL)
        return kith_no_memory(err);
    *d = (kith_desk){ .store = store, .network = network, .names = names, .seed = seed,
                      .pool = kith_pool_new() };
    d->called = calloc(network->thing_count + 1, sizeof *d->called);
    d->shown = calloc(network->thing_count + 1, sizeof *d->shown);
    const size_t vertices = network->thing_count + network->event_count + 1;
    d->near = malloc(vertices);
    d->reached = malloc(vertices * sizeof *d->reached);
    kith_status status = d->pool != NULL && d->called != NULL && d->shown != NULL && d->near != NULL && d->reached != NULL
                             ? KITH_OK
                             : kith_no_memory(err);
    if (status == KITH_OK) {
        memset(d->near, KITH_MAP_FAR, vertices);
        status = read_desk(d, undrawn, err);
    }
    if (status == KITH_OK)
        *desk = d;
    else
        kith_desk_close(d);
    return status;
}

void kith_desk_close(kith_desk *desk)
{
    if (desk == NULL)
        return;
    for (size_t i = 0; desk->called != NULL && i < desk->network->thing_count; i++)
        free(desk->called[i]);
    free(desk->called);
    free(desk->shown);
    free(desk->flags);
    free(desk->conditions);
    free(desk->things);
    free(desk->events);
    free(desk->links);
    free(desk->part_of);
    free(desk->first_part);
    free(desk->link_of);
    free(desk->first_link);
    free(desk->action_of);
    free(desk->minute_of);
    free(desk->near);
    free(desk->reached);
    kith_actions_free(&desk->actions);
    kith_contests_free(&desk->contests);
    kith_map_base_free(desk->base);
    kith_scrub_free(desk->scrub);
    kith_pool_free(desk->pool);
    free(desk);
}

size_t desk_near(kith_desk *desk, uint32_t thing, int hops)
{
    desk->reached[0] = thing;
    return kith_map_near(desk->near, desk->reached, 1, desk->base, hops);
}

void desk_forget(kith_desk *desk, size_t count)
{
    for (size_t i = 0; i < count; i++)
        desk->near[desk->reached[i]] = KITH_MAP_FAR;
}

bool desk_is_of_concern(const kith_desk *desk, uint32_t thing)
{
    const kith_network *network = desk->network;

    if (network->things[thing].kind != KITH_PERSON ||
        kith_map_class_of(network, thing) != KITH_DRAW_ADULT)
        return false;
    for (size_t i = desk->first_part[thing]; i < desk->first_part[thing + 1]; i++) {
        const kith_participation *part = &network->participations[desk->part_of[i]];
        if ((part->role & (KITH_ALLEGED_PERPETRATOR | KITH_CONVICTED_PERPETRATOR)) &&
            !desk_part_is_false(network, part))
            return true;
    }
    return false;
}

void desk_mark_event(const kith_desk *desk, bool *named, uint32_t index)
{
    const kith_event_record *event = &desk->network->events[index];

    if (event->place != KITH_NOTHING)
        named[event->place] = true;
    for (uint32_t i = 0; i < event->participation_count; i++)
        named[desk->network->participations[event->first_participation + i].person] = true;
}

static void mark_events(const kith_desk *desk, bool *named, uint32_t person)
{
    for (size_t i = desk->first_part[person]; i < desk->first_part[person + 1]; i++)
        desk_mark_event(desk, named, desk->network->participations[desk->part_of[i]].event);
}

void desk_mark(kith_desk *desk, bool *named, uint32_t thing)
{
    const kith_network *network = desk->network;
    const size_t count = desk_near(desk, thing, 2);

    for (size_t i = 0; i < count; i++) {
        const uint32_t v = desk->reached[i];
        if (v < network->thing_count && (desk->near[v] < 2 || desk_is_of_concern(desk, v)))
            named[v] = true;
        if (v < network->thing_count && network->things[thing].kind == KITH_GROUP && desk->near[v] == 1)
            mark_events(desk, named, v);
    }
    desk_forget(desk, count);
    mark_events(desk, named, thing);
    for (size_t i = 0; i < desk->condition_count; i++) {
        const desk_condition *c = &desk->conditions[i];
        if (c->other != KITH_NOTHING && (named[c->person] || named[c->other]))
            named[c->person] = named[c->other] = true;
    }
}
