/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_visits.c: which events count at which place, and who was in them.
 *
 * One pass over the events decides what counts and how much room a place needs; a second
 * gives each its place there, with its people: both go through the network as it lies in
 * memory, and only what they write is scattered. A person with several roles in an event
 * is one attendance. Of several events that rest on the same report at the same place
 * only the strongest counts as an event; their people all count. */
#include "hotspots_parts.h"

#include <stdlib.h>
#include <string.h>

#include "large_pages.h"

enum { AHEAD = 12 }; /* events, whose places are asked of memory before they are needed */

typedef enum verdict { COUNTED, OTHER_KIND, GRADED_FALSE, NO_PLACE, OUT_OF_TIME } verdict;

kith_place_section hotspots_section(const kith_thing *place)
{
    if (place->home || place->meaning->home)
        return KITH_HOME_PLACE;
    return place->meaning->service ? KITH_SERVICE_PLACE : KITH_PUBLIC_PLACE;
}

static bool kind_counts(const kith_event_record *event, const kith_hotspots_options *options)
{
    if (options->kind_count == 0)
        return event->meaning->valence == KITH_RISK;
    for (size_t i = 0; i < options->kind_count; i++)
        if (kith_word_same(event->word, options->kinds[i]))
            return true;
    return false;
}

bool visits_see(const visits *v, const kith_event_record *event)
{
    return event->at.precision == KITH_UNDATED || kith_view_has_day(&v->window, event->at.day);
}

static bool in_change_period(const visits *v, const kith_event_record *event)
{
    const int32_t as_of = v->network->view.as_of;

    return event->at.precision != KITH_UNDATED && event->at.day <= as_of &&
           event->at.day > as_of - KITH_HOTSPOT_CHANGE_DAYS;
}

static verdict judge(const visits *v, const kith_event_record *event,
                     const kith_hotspots_options *options)
{
    if (!visits_see(v, event) && !in_change_period(v, event))
        return OUT_OF_TIME;
    if (!kind_counts(event, options))
        return OTHER_KIND;
    if (kith_grade_is_false(v->network->origins[event->origin].grade))
        return GRADED_FALSE;
    return event->place == KITH_NOTHING ? NO_PLACE : COUNTED;
}

/* Notes what a reader needs to know of an event of the window. */
static void note_event(kith_hotspots *hotspots, const kith_event_record *event, verdict judged)
{
    hotspots->neutral_events += judged == OTHER_KIND && event->meaning->known;
    hotspots->graded_false += judged == GRADED_FALSE;
    hotspots->without_place += judged == NO_PLACE;
    hotspots->undated += judged == COUNTED && event->at.precision == KITH_UNDATED;
    hotspots->month_only += judged == COUNTED && event->at.precision == KITH_MONTH;
}

static void find_places(visits *v)
{
    const kith_network *network = v->network;

    while (v->first_place < network->thing_count &&
           network->things[v->first_place].kind != KITH_LOCATION)
        v->first_place++;
    while (v->first_place + v->place_count < network->thing_count &&
           network->things[v->first_place + v->place_count].kind == KITH_LOCATION)
        v->place_count++;
}

static uint32_t what_in_role(kith_role role, kith_age_group age)
{
    const bool adult = age == KITH_ADULT;
    uint32_t was = WAS_THERE;

    if (!adult)
        was |= WAS_CHILD | (age == KITH_AGE_UNKNOWN ? WAS_AGE_UNKNOWN : 0);
    if (role == KITH_VICTIM || role == KITH_MISSING)
        was |= adult ? WAS_ADULT_HARMED : WAS_CHILD_HARMED;
    if (role == KITH_MISSING)
        was |= WAS_MISSING;
    if (adult && (role == KITH_ALLEGED_PERPETRATOR || role == KITH_CONVICTED_PERPETRATOR))
        was |= WAS_ADULT_OF_CONCERN;
    return was;
}

/* As kith_thing_age_group says. */
static kith_age_group age_group(int32_t adult_from, int32_t day)
{
    if (adult_from == INT32_MAX)
        return KITH_AGE_UNKNOWN;
    return day < adult_from ? KITH_CHILD : KITH_ADULT;
}

/* Adds the event's people behind the occasion's attendances; counts E-graded rows. */
static size_t attend(occasion *o, attendance *to, const kith_network *network,
                     const int32_t *adult_from)
{
    const kith_event_record *event = &network->events[o->event];
    const int32_t day = event->at.precision == KITH_UNDATED ? network->view.as_of : event->at.day;
    size_t false_rows = 0;

    for (uint32_t i = 0; i < event->participation_count; i++) {
        const size_t at = event->first_participation + i;
        const kith_participation *p = &network->participations[at];
        if (p->role == KITH_REPORTER || p->role == KITH_HELPER)
            continue;
        if (kith_grade_is_false(network->origins[p->origin].grade)) {
            false_rows++;
            continue;
        }
        const uint32_t was = what_in_role(p->role, age_group(adult_from[p->person], day));
        if (o->attendance_count > 0 && to[o->attendance_count - 1].person == p->person)
            to[o->attendance_count - 1].was |= was;
        else
            to[o->attendance_count++] = (attendance){ p->person, was };
    }
    return false_rows;
}

kith_mass visits_mass(const kith_network *network, const kith_event_record *event)
{
    const kith_nature nature = event->at.precision == KITH_UNDATED ? KITH_STANDING : KITH_INCIDENT;

    return kith_mass_of(event->severity, network->origins[event->origin].grade, event->at.day,
                        network->view.as_of, nature, &kith_weighting_default);
}

/* What is needed while visits are made. */
typedef struct placing {
    visits *v;
    const kith_hotspots_options *options;
    kith_hotspots *hotspots;  /* or NULL */
    int32_t *adult_from;      /* of each person */
    size_t *next_attendance;  /* of each place; place_count + 1 */
} placing;

static kith_status make_room(placing *p, kith_error *err)
{
    visits *v = p->v;
    const kith_network *network = v->network;

    v->first_occasion = calloc(v->place_count + 2, sizeof *v->first_occasion);
    v->occasions = malloc((network->event_count + 1) * sizeof *v->occasions);
    v->attendance_room = network->participation_count;
    v->attendances = malloc((v->attendance_room + 1) * sizeof *v->attendances);
    p->next_attendance = calloc(v->place_count + 1, sizeof *p->next_attendance);
    p->adult_from = kith_large_block((network->thing_count + 1) * sizeof *p->adult_from);
    if (v->first_occasion == NULL || v->occasions == NULL || v->attendances == NULL ||
        p->next_attendance == NULL || p->adult_from == NULL)
        return kith_no_memory(err);
    kith_use_large_pages(v->attendances, v->attendance_room * sizeof *v->attendances); /* written here and there */
    kith_use_large_pages(v->occasions, network->event_count * sizeof *v->occasions);
    for (size_t i = 0; i < network->thing_count && network->things[i].kind == KITH_PERSON; i++)
        p->adult_from[i] = kith_thing_adult_from(&network->things[i]);
    return place_sources_make(&v->sources, network, v->place_count, err);
}

/* Leaves in first_occasion[place + 2] how many events a place has, then where they begin;
 * likewise in next_attendance[place + 1]. */
static void count_events(placing *p)
{
    visits *v = p->v;

    for (size_t e = 0; e < v->network->event_count; e++) {
        const kith_event_record *event = &v->network->events[e];
        const verdict judged = judge(v, event, p->options);
        if (p->hotspots != NULL && visits_see(v, event))
            note_event(p->hotspots, event, judged);
        if (judged != COUNTED)
            continue;
        v->first_occasion[event->place - v->first_place + 2]++;
        p->next_attendance[event->place - v->first_place + 1] += event->participation_count;
    }
    for (size_t place = 2; place <= v->place_count + 1; place++)
        v->first_occasion[place] += v->first_occasion[place - 1];
    for (size_t place = 1; place <= v->place_count; place++)
        p->next_attendance[place] += p->next_attendance[place - 1];
}

static void put_event(placing *p, uint32_t e)
{
    visits *v = p->v;
    const kith_event_record *event = &v->network->events[e];
    const size_t place = event->place - v->first_place;
    occasion *o = &v->occasions[v->first_occasion[place + 1]++];

    *o = (occasion){ .event = e,
                     .mass = visits_mass(v->network, event).mass,
                     .in_window = visits_see(v, event),
                     .first_attendance = (uint32_t)p->next_attendance[place] };
    const size_t false_rows =
        attend(o, v->attendances + o->first_attendance, v->network, p->adult_from);
    p->next_attendance[place] += o->attendance_count;
    if (o->in_window)
        place_sources_see(&v->sources, place, v->network, event);
    if (p->hotspots != NULL && o->in_window)
        p->hotspots->graded_false += false_rows;
}

/* Asks memory for where an event to come is written: first for the places of where, then for where. */
static void ask_for_event(const placing *p, size_t e)
{
    const visits *v = p->v;
    const size_t after = e + AHEAD, count = v->network->event_count;

    if (after < count && v->network->events[after].place != KITH_NOTHING) {
        const size_t place = v->network->events[after].place - v->first_place;
        __builtin_prefetch(&v->first_occasion[place + 1]);
        __builtin_prefetch(&p->next_attendance[place]);
    }
    if (e < count && v->network->events[e].place != KITH_NOTHING) {
        const size_t place = v->network->events[e].place - v->first_place;
        __builtin_prefetch(&v->occasions[v->first_occasion[place + 1]], 1);
        __builtin_prefetch(&v->attendances[p->next_attendance[place]], 1);
        __builtin_prefetch(&v->sources.seen[place * v->sources.words], 1);
    }
}

/* first_occasion[place + 1] is where the place's next event goes; at the end it is where
 * the next place begins, as it should be. */
static void put_events(placing *p)
{
    for (uint32_t e = 0; e < p->v->network->event_count; e++) {
        ask_for_event(p, (size_t)e + AHEAD);
        if (judge(p->v, &p->v->network->events[e], p->options) == COUNTED)
            put_event(p, e);
    }
}

typedef struct report {
    const char *ref;
    double mass;
    size_t occasion;
} report;

static int by_report(const void *left, const void *right)
{
    const report *a = left, *b = right;
    const int order = a->ref == b->ref ? 0 : strcmp(a->ref, b->ref);

    if (order != 0)
        return order;
    if (a->mass != b->mass)
        return a->mass > b->mass ? -1 : 1;
    return (a->occasion > b->occasion) - (a->occasion < b->occasion);
}

/* Marks all but the strongest event of each report, of one place and within the window. */
static size_t mark_repeated(visits *v, size_t place, report *reports)
{
    size_t count = 0, repeated = 0;

    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const occasion *o = &v->occasions[i];
        const char *ref = v->network->origins[v->network->events[o->event].origin].report_ref;
        if (o->in_window && ref[0] != '\0')
            reports[count++] = (report){ ref, o->mass, i };
    }
    qsort(reports, count, sizeof *reports, by_report);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(reports[i].ref, reports[i - 1].ref) == 0) {
            v->occasions[reports[i].occasion].repeated = true;
            repeated++;
        }
    }
    return repeated;
}

static bool any_report(const kith_network *network)
{
    for (size_t i = 0; i < network->origin_count; i++)
        if (network->origins[i].report_ref[0] != '\0')
            return true;
    return false;
}

static kith_status count_reports_once(visits *v, kith_hotspots *hotspots, kith_error *err)
{
    if (!any_report(v->network))
        return KITH_OK;
    report *reports = malloc((v->first_occasion[v->place_count] + 1) * sizeof *reports);

    if (reports == NULL)
        return kith_no_memory(err);
    for (size_t place = 0; place < v->place_count; place++) {
        const size_t repeated = mark_repeated(v, place, reports);
        if (hotspots != NULL)
            hotspots->repeated_reports += repeated;
    }
    free(reports);
    return KITH_OK;
}

kith_status visits_build(visits *v, kith_hotspots *hotspots, const kith_network *network,
                         const kith_hotspots_options *options, kith_error *err)
{
    placing p = { .v = v, .options = options, .hotspots = hotspots };

    *v = (visits){ .network = network, .window = network->view };
    v->window.since = options->since;
    find_places(v);
    kith_status status = make_room(&p, err);
    if (status == KITH_OK) {
        count_events(&p);
        put_events(&p);
        status = count_reports_once(v, hotspots, err);
    }
    free(p.next_attendance);
    free(p.adult_from);
    if (status != KITH_OK)
        visits_free(v);
    return status;
}

void visits_free(visits *v)
{
    free(v->first_occasion);
    free(v->occasions);
    free(v->attendances);
    place_sources_free(&v->sources);
    *v = (visits){ 0 };
}
