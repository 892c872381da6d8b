/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_figures.c: what the events of a place add up to.
 *
 * Distinct people are counted by marking them while one place is looked at; the marks
 * are taken away again before the next. */
#include "hotspots_parts.h"

#include <math.h>
#include <stdlib.h>

/* Marks on people, all 0 between places. */
typedef struct desk {
    uint32_t *was;     /* thing -> bits of attendance */
    uint32_t *touched; /* things marked */
    size_t touched_count;
} desk;

static void desk_free(desk *d)
{
    free(d->was);
    free(d->touched);
    *d = (desk){ 0 };
}

static kith_status desk_make(desk *d, const kith_network *network, kith_error *err)
{
    d->was = calloc(network->thing_count + 1, sizeof *d->was);
    d->touched = calloc(network->thing_count + 1, sizeof *d->touched);
    return d->was != NULL && d->touched != NULL ? KITH_OK : kith_no_memory(err);
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
        if (o->repeated)
            continue;
        h->events++;
        h->weighted_events += o->mass;
        count_missing(h, v, o);
    }
    count_people(h, d);
    h->agencies = place_sources_count(&v->sources, place);
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
