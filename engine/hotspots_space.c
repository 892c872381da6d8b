/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_space.c: where events cluster in space, by Gi*.
 *
 * Only public places are points: a school or a home would colour the streets around it.
 * Every event of the window counts, of whatever kind, because the question is where much
 * is recorded; that alone is no harm to a child, so it is shown and never ranks. */
#include "hotspots_parts.h"

#include <math.h>
#include <stdlib.h>

#include "kith/spatial.h"

typedef struct field {
    kith_point *points;
    double *values, *z;
    kith_nearby *nearby;
    uint32_t *place; /* point -> place from 0 */
    size_t count;
} field;

static void field_free(field *f)
{
    free(f->points);
    free(f->values);
    free(f->z);
    free(f->nearby);
    free(f->place);
}

static kith_status field_make(field *f, const visits *v, kith_error *err)
{
    const size_t room = v->place_count + 1;

    f->points = malloc(room * sizeof *f->points);
    f->values = calloc(room, sizeof *f->values);
    f->z = malloc(room * sizeof *f->z);
    f->nearby = malloc(room * sizeof *f->nearby);
    f->place = malloc(room * sizeof *f->place);
    if (f->points == NULL || f->values == NULL || f->z == NULL || f->nearby == NULL ||
        f->place == NULL)
        return kith_no_memory(err);
    return KITH_OK;
}

/* Every event of the window counts here, of whatever kind; the places come together. */
static void place_points(field *f, double *events, const kith_hotspot *places, const visits *v)
{
    for (size_t e = 0; e < v->network->event_count; e++) {
        const kith_event_record *event = &v->network->events[e];
        if (event->place != KITH_NOTHING &&
            (event->at.precision == KITH_UNDATED || kith_view_has_day(&v->window, event->at.day)))
            events[event->place - v->first_place]++;
    }
    for (size_t place = 0; place < v->place_count; place++) {
        const kith_thing *thing = &v->network->things[places[place].place];
        if (places[place].section != KITH_PUBLIC_PLACE || isnan(thing->lat) || isnan(thing->lon))
            continue;
        f->points[f->count] = (kith_point){ thing->lat, thing->lon };
        f->values[f->count] = events[place];
        f->place[f->count++] = (uint32_t)place;
    }
}

static void keep_islands(kith_hotspots *hotspots, kith_hotspot *places, const field *f)
{
    for (size_t i = 0; i < f->count; i++) {
        places[f->place[i]].gi_star_z = f->z[i];
        if (f->nearby[i].count == 1)
            hotspots->islands[hotspots->island_count++] = places[f->place[i]].place;
    }
}

kith_status hotspots_space(kith_hotspots *hotspots, kith_hotspot *places, const visits *v,
                           double metres, kith_error *err)
{
    field f = { 0 };
    double *events = calloc(v->place_count + 1, sizeof *events);
    kith_status status = field_make(&f, v, err);

    hotspots->islands = malloc((v->place_count + 1) * sizeof *hotspots->islands);
    if (status == KITH_OK && (events == NULL || hotspots->islands == NULL))
        status = kith_no_memory(err);
    if (status == KITH_OK) {
        place_points(&f, events, places, v);
        hotspots->gi_places = f.count;
        status = kith_nearby_sums(f.nearby, f.points, f.values, f.count, metres, err);
    }
    if (status == KITH_OK) {
        kith_getis_ord_star(f.z, f.nearby, f.values, f.count);
        keep_islands(hotspots, places, &f);
    }
    field_free(&f);
    free(events);
    return status;
}
