/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_figures.c: what the events of a place add up to.
 *
 * Distinct people are counted by marking them while one place is looked at; the marks
 * are taken away again before the next. */
#include "hotspots_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Marks on people and sources, all 0 between places. */
typedef struct desk {
    uint32_t *was;     /* thing -> bits of attendance */
    uint32_t *touched; /* things marked */
    size_t touched_count;
    uint32_t *source;      /* origin -> source from 1; 0 for none */
    uint32_t *source_seen; /* source -> place + 1 that saw it last */
} desk;

static void desk_free(desk *d)
{
    free(d->was);
    free(d->touched);
    free(d->source);
    free(d->source_seen);
    *d = (desk){ 0 };
}

typedef struct named_source {
    const char *name;
    uint32_t origin;
} named_source;

static int by_name(const void *left, const void *right)
{
    const named_source *a = left, *b = right;

    return a->name == b->name ? 0 : strcmp(a->name, b->name);
}

/* Numbers the sources, so that equal names have equal numbers. */
static kith_status number_sources(desk *d, const kith_network *network, kith_error *err)
{
    named_source *names = malloc((network->origin_count + 1) * sizeof *names);
    uint32_t number = 0;

    if (names == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < network->origin_count; i++)
        names[i] = (named_source){ network->origins[i].source, (uint32_t)i };
    qsort(names, network->origin_count, sizeof *names, by_name);
    for (size_t i = 0; i < network->origin_count; i++) {
        if (names[i].name[0] == '\0')
            continue;
        if (i == 0 || by_name(&names[i], &names[i - 1]) != 0)
            number++;
        d->source[names[i].origin] = number;
    }
    free(names);
    return KITH_OK;
}

static kith_status desk_make(desk *d, const kith_network *network, kith_error *err)
{
    d->was = calloc(network->thing_count + 1, sizeof *d->was);
    d->touched = calloc(network->thing_count + 1, sizeof *d->touched);
    d->source = calloc(network->origin_count + 1, sizeof *d->source);
    d->source_seen = calloc(network->origin_count + 1, sizeof *d->source_seen);
    if (d->was == NULL || d->touched == NULL || d->source == NULL || d->source_seen == NULL)
        return kith_no_memory(err);
    return number_sources(d, network, err);
}

static void mark_people(desk *d, const visits *v, const occasion *o)
{
    for (uint32_t i = 0; i < o->attendance_count; i++) {
        const attendance *a = &v->attendances[o->first_attendance + i];
        if (d->was[a->person] == 0)
            d->touched[d->touched_count++] = a->person;
        d->was[a->person] |= a->was;
    }
}

static void count_source(kith_hotspot *h, desk *d, const visits *v, uint32_t origin)
{
    const uint32_t source = d->source[origin];
    const bool false_record = kith_grade_is_false(v->network->origins[origin].grade);

    if (false_record || source == 0 || d->source_seen[source] == h->place + 1)
        return;
    d->source_seen[source] = h->place + 1;
    h->agencies++;
}

static void count_sources(kith_hotspot *h, desk *d, const visits *v, const occasion *o)
{
    const kith_event_record *event = &v->network->events[o->event];

    count_source(h, d, v, event->origin);
    for (uint32_t i = 0; i < event->participation_count; i++)
        count_source(h, d, v, v->network->participations[event->first_participation + i].origin);
}

static void count_missing(kith_hotspot *h, const visits *v, const occasion *o)
{
    for (uint32_t i = 0; i < o->attendance_count; i++)
        h->missing += (v->attendances[o->first_attendance + i].was & WAS_MISSING) != 0;
}

static void count_people(kith_hotspot *h, desk *d)
{
    for (size_t i = 0; i < d->touched_count; i++) {
        const uint32_t was = d->was[d->touched[i]];
        h->children += (was & WAS_CHILD) != 0;
        h->age_unknown += (was & WAS_AGE_UNKNOWN) != 0;
        h->adult_victims += (was & WAS_ADULT_HARMED) != 0;
        h->adults_of_concern += (was & WAS_ADULT_OF_CONCERN) != 0;
        d->was[d->touched[i]] = 0;
    }
    d->touched_count = 0;
}

static void count_place(kith_hotspot *h, desk *d, const visits *v, size_t place)
{
    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const occasion *o = &v->occasions[i];
        if (!o->in_window)
            continue;
        mark_people(d, v, o);
        count_sources(h, d, v, o);
        if (o->repeated)
            continue;
        h->events++;
        h->weighted_events += o->mass.mass;
        count_missing(h, v, o);
    }
    count_people(h, d);
}

kith_status hotspots_count(kith_hotspot *places, const visits *v, kith_error *err)
{
    desk d = { 0 };
    const kith_status status = desk_make(&d, v->network, err);

    for (size_t place = 0; place < v->place_count && status == KITH_OK; place++) {
        const uint32_t thing = v->first_place + (uint32_t)place;
        places[place] = (kith_hotspot){ .place = thing,
                                        .section = hotspots_section(&v->network->things[thing]),
                                        .score = NAN,
                                        .lift = NAN,
                                        .p_value = NAN,
                                        .q_value = NAN,
                                        .gi_star_z = NAN,
                                        .gi_z = NAN,
                                        .gi_p = NAN,
                                        .gi_q = NAN };
        count_place(&places[place], &d, v, place);
    }
    desk_free(&d);
    return status;
}
