/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_space.c: where events cluster in space, by Gi* and Gi.
 *
 * Only public places are points: a school or a home would colour the streets around it.
 * Every event of the window counts, of whatever kind, because the question is where much
 * is recorded; that alone is no harm to a child, so it is shown and never ranks. */
#include "hotspots_parts.h"

#include <math.h>
#include <stdlib.h>

#include "kith/getis_ord.h"
#include "kith/statistics.h"

typedef struct field {
    kith_point *points;
    double *values, *star, *gi, *p, *q;
    kith_nearby *nearby;
    uint32_t *place; /* point -> place from 0 */
    size_t count;
} field;

static void field_free(field *f)
{
    free(f->points);
    free(f->values);
    free(f->star);
    free(f->gi);
    free(f->p);
    free(f->q);
    free(f->nearby);
    free(f->place);
}

static kith_status field_make(field *f, const visits *v, kith_error *err)
{
    const size_t room = v->place_count + 1;

    f->points = malloc(room * sizeof *f->points);
    f->values = calloc(room, sizeof *f->values);
    f->star = malloc(room * sizeof *f->star);
    f->gi = malloc(room * sizeof *f->gi);
    f->p = malloc(room * sizeof *f->p);
    f->q = malloc(room * sizeof *f->q);
    f->nearby = malloc(room * sizeof *f->nearby);
    f->place = malloc(room * sizeof *f->place);
    if (f->points == NULL || f->values == NULL || f->star == NULL || f->gi == NULL || f->p == NULL ||
        f->q == NULL || f->nearby == NULL || f->place == NULL)
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

static void keep_scores(kith_hotspots *hotspots, kith_hotspot *places, const field *f)
{
    for (size_t i = 0; i < f->count; i++) {
        kith_hotspot *h = &places[f->place[i]];
        h->gi_star_z = f->star[i];
        h->gi_z = f->gi[i];
        h->gi_p = f->p[i];
        h->gi_q = f->q[i];
        if (f->nearby[i].count == 1)
            hotspots->islands[hotspots->island_count++] = h->place;
    }
}

static kith_status score_field(field *f, const kith_hotspots_options *options, kith_error *err)
{
    const uint32_t permutations =
        options->gi_permutations > 0 ? options->gi_permutations : KITH_GI_PERMUTATIONS;
    kith_status status =
        options->gi_nearest > 0
            ? kith_nearest_sums(f->nearby, f->points, f->values, f->count, options->gi_nearest, err)
            : kith_nearby_sums(f->nearby, f->points, f->values, f->count, options->gi_metres, err);

    if (status != KITH_OK)
        return status;
    kith_getis_ord_star(f->star, f->nearby, f->values, f->count);
    kith_getis_ord(f->gi, f->nearby, f->values, f->count);
    status = kith_getis_ord_chance(f->p, f->nearby, f->values, f->count, permutations, options->seed,
                                   err);
    return status == KITH_OK ? kith_benjamini_hochberg(f->q, f->p, f->count, err) : status;
}

kith_status hotspots_space(kith_hotspots *hotspots, kith_hotspot *places, const visits *v,
                           const kith_hotspots_options *options, kith_error *err)
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
        status = score_field(&f, options, err);
    }
    if (status == KITH_OK)
        keep_scores(hotspots, places, &f);
    field_free(&f);
    free(events);
    return status;
}
