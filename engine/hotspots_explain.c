/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_explain.c: the children and events that a place's figures are made of. */
#include "kith/hotspots.h"

#include <stdlib.h>

#include "hotspots_parts.h"

static int by_person(const void *left, const void *right)
{
    const attendance *a = left, *b = right;

    return (a->person > b->person) - (a->person < b->person);
}

/* The place's children, each once, in the order of their ids. */
static void list_children(kith_hotspot_terms *terms, attendance *children, size_t count)
{
    qsort(children, count, sizeof *children, by_person);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || children[i].person != children[i - 1].person)
            terms->terms[terms->count++] =
                (kith_hotspot_term){ .index = children[i].person,
                                     .value = 1,
                                     .age_unknown = (children[i].was & WAS_AGE_UNKNOWN) != 0 };
}

static size_t gather_children(attendance *children, const visits *v, size_t place)
{
    size_t count = 0;

    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const occasion *o = &v->occasions[i];
        for (uint32_t j = 0; o->in_window && j < o->attendance_count; j++)
            if (v->attendances[o->first_attendance + j].was & WAS_CHILD)
                children[count++] = v->attendances[o->first_attendance + j];
    }
    return count;
}

static void list_events(kith_hotspot_terms *terms, const visits *v, size_t place)
{
    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const occasion *o = &v->occasions[i];
        if (o->in_window)
            terms->terms[terms->count++] =
                (kith_hotspot_term){ .is_event = true,
                                     .index = o->event,
                                     .value = o->repeated ? 0 : o->mass,
                                     .mass = visits_mass(v->network, &v->network->events[o->event]),
                                     .repeated = o->repeated };
    }
}

kith_status kith_hotspot_explain(kith_hotspot_terms *terms, const kith_network *network,
                                 const kith_hotspots_options *options, uint32_t place,
                                 kith_error *err)
{
    visits v = { 0 };

    *terms = (kith_hotspot_terms){ 0 };
    if (place >= network->thing_count || network->things[place].kind != KITH_LOCATION)
        return kith_fail(err, KITH_USAGE, "only a place has these terms; give the id of a place");
    kith_status status = hotspots_check(options, err);
    if (status == KITH_OK)
        status = visits_build(&v, NULL, network, options, err);
    if (status != KITH_OK)
        return status;
    const size_t nth = place - v.first_place;
    attendance *children = malloc((network->participation_count + 1) * sizeof *children);
    if (children != NULL) {
        const size_t count = gather_children(children, &v, nth);
        const size_t events = v.first_occasion[nth + 1] - v.first_occasion[nth];
        terms->terms = malloc((count + events + 1) * sizeof *terms->terms);
        if (terms->terms != NULL) {
            list_children(terms, children, count);
            list_events(terms, &v, nth);
        }
    }
    if (terms->terms == NULL)
        status = kith_no_memory(err);
    free(children);
    visits_free(&v);
    return status;
}

void kith_hotspot_terms_free(kith_hotspot_terms *terms)
{
    free(terms->terms);
    *terms = (kith_hotspot_terms){ 0 };
}
