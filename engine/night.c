/* SPDX-License-Identifier: GPL-3.0-or-later */
/* night.c: the children and events of every place, then and now.
 *
 * Each side's visits (hotspots_parts.h) give, place by place, the people who count as children
 * and the rows of the events. Sorted, two lists are compared in one walk. Things have one
 * number on both sides, events are known by their row in the store. */
#include "kith/night.h"

#include <stdlib.h>
#include <string.h>

#include "hotspots_parts.h"
#include "kith/date.h"

enum { NIGHT_FROM = 22, NIGHT_TO = 6 };

typedef struct lists {
    int64_t *children, *events; /* things; rows */
    size_t child_count, event_count;
} lists;

typedef struct comparing {
    visits now, then;
    bool has_then;
    int32_t since_then;
    int64_t known; /* row of the last event of then */
    lists here, before;
} comparing;

static int by_number(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

static size_t sort_unique(int64_t *list, size_t count)
{
    size_t kept = 0;

    qsort(list, count, sizeof *list, by_number);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || list[i] != list[kept - 1])
            list[kept++] = list[i];
    return kept;
}

/* The children and events of a place within the window, of those loaded up to last_event. */
static void list_place(lists *l, const visits *v, size_t place, int64_t last_event)
{
    l->child_count = l->event_count = 0;
    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const occasion *o = &v->occasions[i];
        if (!o->in_window || v->network->events[o->event].row.row > last_event)
            continue;
        l->events[l->event_count++] = v->network->events[o->event].row.row;
        for (uint32_t a = 0; a < o->attendance_count; a++) {
            const attendance *one = &v->attendances[o->first_attendance + a];
            if (one->was & WAS_CHILD)
                l->children[l->child_count++] = one->person;
        }
    }
    l->child_count = sort_unique(l->children, l->child_count);
    l->event_count = sort_unique(l->events, l->event_count);
}

static size_t largest(const visits *v, bool people)
{
    size_t most = 0;

    for (size_t place = 0; place < v->place_count; place++) {
        size_t size = 0;
        for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++)
            size += people ? v->occasions[i].attendance_count : 1;
        most = size > most ? size : most;
    }
    return most;
}

static kith_status make_lists(lists *l, const visits *v, kith_error *err)
{
    l->children = malloc((largest(v, true) + 1) * sizeof *l->children);
    l->events = malloc((largest(v, false) + 1) * sizeof *l->events);
    return l->children != NULL && l->events != NULL ? KITH_OK : kith_no_memory(err);
}

/* How many of a are not in b. */
static uint32_t missing_in(const int64_t *a, size_t a_count, const int64_t *b, size_t b_count)
{
    uint32_t count = 0;

    for (size_t i = 0, j = 0; i < a_count; i++) {
        while (j < b_count && b[j] < a[i])
            j++;
        count += j == b_count || b[j] != a[i];
    }
    return count;
}

/* -1 for an event without a time of day. */
static int hour_of(const kith_event_record *event)
{
    char at[KITH_TIME_SIZE];

    if (event->at.precision < KITH_MINUTE)
        return -1;
    kith_time_write(at, event->at);
    return (at[11] - '0') * 10 + at[12] - '0';
}

static bool at_night(int hour)
{
    return hour >= NIGHT_FROM || (hour >= 0 && hour < NIGHT_TO);
}

static bool is_new(const comparing *c, const kith_event_record *event)
{
    return bsearch(&event->row.row, c->before.events, c->before.event_count, sizeof *c->before.events,
                   by_number) == NULL;
}

/* What the events that are not new were like. */
typedef struct known {
    bool any, night;
    const kith_event_record *event; /* that is asked about */
    bool same_kind, same_source;
} known;

static known look_at_known(const comparing *c, size_t place, const kith_event_record *asked)
{
    const visits *v = &c->now;
    known k = { .event = asked };
    const char *source = v->network->origins[asked->origin].source;

    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const kith_event_record *event = &v->network->events[v->occasions[i].event];
        if (!v->occasions[i].in_window || is_new(c, event))
            continue;
        k.any = true;
        k.night = k.night || at_night(hour_of(event));
        k.same_kind = k.same_kind || kith_word_same(event->word, asked->word);
        k.same_source = k.same_source || strcmp(v->network->origins[event->origin].source, source) == 0;
    }
    return k;
}

static void add_kind(kith_night_place *p, const kith_event_record *event)
{
    const char *label = event->meaning->known ? event->meaning->label : event->word;

    for (int i = 0; i < KITH_NIGHT_KINDS; i++) {
        if (p->new_kinds[i] == NULL) {
            p->new_kinds[i] = label;
            return;
        }
        if (strcmp(p->new_kinds[i], label) == 0)
            return;
    }
}

static void look_at_new(kith_night_place *p, const comparing *c, size_t place)
{
    const visits *v = &c->now;

    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const kith_event_record *event = &v->network->events[v->occasions[i].event];
        if (!v->occasions[i].in_window || !is_new(c, event))
            continue;
        const known k = look_at_known(c, place, event);
        p->late_events += event->at.precision != KITH_UNDATED && event->at.day < c->since_then;
        if (!k.any)
            continue;
        p->night_first = p->night_first || (at_night(hour_of(event)) && !k.night);
        p->agency_first = p->agency_first ||
                          (!k.same_source && v->network->origins[event->origin].source[0] != '\0');
        if (!k.same_kind)
            add_kind(p, event);
    }
}

static kith_place_news news_of(const kith_night_place *p, bool compared)
{
    const kith_hotspot *now = p->now;

    if (now->children == 0)
        return compared && p->children_before > 0 ? KITH_NEWS_GONE : KITH_NEWS_NOTHING;
    if (compared && p->children_before == 0)
        return KITH_NEWS_NEW;
    switch (now->change) {
    case KITH_CHANGE_EMERGING: return KITH_NEWS_EMERGING;
    case KITH_CHANGE_COOLING: return KITH_NEWS_COOLING;
    case KITH_CHANGE_RECENT: return KITH_NEWS_RECENT;
    case KITH_CHANGE_PERSISTING: return KITH_NEWS_PERSISTING;
    default: return KITH_NEWS_QUIET;
    }
}

static void compare_place(kith_night_place *p, comparing *c, const kith_hotspot *before)
{
    const size_t place = p->now->place - c->now.first_place;

    if (c->has_then) {
        list_place(&c->here, &c->now, place, INT64_MAX);
        list_place(&c->before, &c->then, place, c->known);
        p->new_children = missing_in(c->here.children, c->here.child_count, c->before.children,
                                     c->before.child_count);
        p->gone_children = missing_in(c->before.children, c->before.child_count, c->here.children,
                                      c->here.child_count);
        p->new_events =
            missing_in(c->here.events, c->here.event_count, c->before.events, c->before.event_count);
        p->gone_events =
            missing_in(c->before.events, c->before.event_count, c->here.events, c->here.event_count);
        if (p->new_events > 0)
            look_at_new(p, c, place);
        p->change_before = before->change;
        p->children_before = (uint32_t)c->before.child_count;
        p->events_before = (uint32_t)c->before.event_count;
        p->rank_before = before->rank;
        p->changed = p->new_children + p->gone_children + p->new_events + p->gone_events > 0 ||
                     before->change != p->now->change;
    }
    p->news = news_of(p, c->has_then);
}

/* The earlier night's places by their index. */
static const kith_hotspot **index_places(const kith_hotspots *then, const visits *v)
{
    const kith_hotspot **list = calloc(v->place_count + 1, sizeof *list);

    for (size_t i = 0; list != NULL && i < then->count; i++)
        list[then->places[i].place - v->first_place] = &then->places[i];
    return list;
}

static kith_status open_both(comparing *c, const kith_network *network, const kith_hotspots_options *options,
                             const kith_network *network_then, const kith_hotspots_options *options_then,
                             kith_error *err)
{
    kith_status status = visits_build(&c->now, NULL, network, options, err);

    if (status != KITH_OK || !c->has_then)
        return status;
    if (network->thing_count != network_then->thing_count)
        return kith_fail(err, KITH_USAGE, "the two nights are not of one state of the hub; build both networks again");
    status = visits_build(&c->then, NULL, network_then, options_then, err);
    if (status == KITH_OK)
        status = make_lists(&c->here, &c->now, err);
    return status == KITH_OK ? make_lists(&c->before, &c->then, err) : status;
}

static void close_both(comparing *c)
{
    visits_free(&c->now);
    visits_free(&c->then);
    free(c->here.children);
    free(c->here.events);
    free(c->before.children);
    free(c->before.events);
}

kith_status kith_night_compare(kith_night *night, const kith_hotspots *now, const kith_network *network,
                               const kith_hotspots_options *options, const kith_hotspots *then,
                               const kith_network *network_then,
                               const kith_hotspots_options *options_then,
                               const kith_night_last *last, kith_error *err)
{
    comparing c = { .has_then = then != NULL,
                    .since_then = then != NULL ? last->day : 0,
                    .known = then != NULL ? last->event : 0 };
    const kith_hotspot **before = NULL;

    *night = (kith_night){ .count = now->count, .compared = c.has_then };
    kith_status status = open_both(&c, network, options, network_then, options_then, err);
    if (status == KITH_OK) {
        night->places = calloc(now->count + 1, sizeof *night->places);
        before = c.has_then ? index_places(then, &c.then) : NULL;
        if (night->places == NULL || (c.has_then && before == NULL))
            status = kith_no_memory(err);
    }
    for (size_t i = 0; status == KITH_OK && i < now->count; i++) {
        kith_night_place *p = &night->places[i];
        p->now = &now->places[i];
        compare_place(p, &c, c.has_then ? before[p->now->place - c.now.first_place] : NULL);
        night->changed += p->changed;
        night->of_news[p->news] += p->now->section == KITH_PUBLIC_PLACE;
    }
    free(before);
    close_both(&c);
    if (status != KITH_OK)
        kith_night_free(night);
    return status;
}

void kith_night_free(kith_night *night)
{
    free(night->places);
    *night = (kith_night){ 0 };
}
