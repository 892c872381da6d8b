/* SPDX-License-Identifier: GPL-3.0-or-later */
/* displacement.c: what warms beside, or with the children of, what cools.
 *
 * The children of the cooling places are listed once, each with the places it was at. Then
 * every other public place is gone through with its children, and counts for each cooling
 * place how many it shares. */
#include "kith/displacement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotspots_parts.h"
#include "kith/spatial.h"
#include "kith/statistics.h"

static const double significant = 0.05;
enum { LEAST_CHILD_DAYS = 3, LEAST_CHILDREN = 2 };

/* A child at one of the cooling places. */
typedef struct stay {
    uint32_t child, source; /* thing, index into sources */
    bool earlier;           /* in the 84 days */
} stay;

/* What a place shares with one cooling place. */
typedef struct overlap {
    uint32_t shared, followed;
} overlap;

typedef struct search {
    const visits *v;
    const kith_hotspot **of; /* place from 0 -> its figures */
    uint32_t *sources;       /* cooling places, from 0 */
    size_t source_count;
    stay *stays; /* by child, then source */
    size_t stay_count;
    uint32_t *first_stay; /* person -> first of its stays; person count + 1 */
    overlap *overlaps;    /* of the place that is looked at, per source */
    uint32_t *here;       /* the children of that place, as person << 1 | recent */
    kith_displacements *out;
    size_t room;
    double near_metres;
} search;

static int by_child(const void *left, const void *right)
{
    const stay *a = left, *b = right;

    if (a->child != b->child)
        return a->child < b->child ? -1 : 1;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    return b->earlier - a->earlier;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

/* The children of a place in the 112 days, each once, with whether it was there in the last 28. */
static size_t list_children(search *s, size_t place)
{
    const visits *v = s->v;
    size_t count = 0, kept = 0;

    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const kith_time at = v->network->events[v->occasions[i].event].at;
        const int64_t ago = (int64_t)v->network->view.as_of - at.day;
        if (at.precision == KITH_UNDATED || ago < 0 || ago >= KITH_HOTSPOT_CHANGE_DAYS)
            continue;
        for (uint32_t j = 0; j < v->occasions[i].attendance_count; j++) {
            const attendance *a = &v->attendances[v->occasions[i].first_attendance + j];
            if (a->was & WAS_CHILD)
                s->here[count++] = a->person << 1 | (ago < KITH_HOTSPOT_RECENT_DAYS);
        }
    }
    qsort(s->here, count, sizeof *s->here, by_number);
    for (size_t i = 0; i < count; i++) { /* of one child the last, which is recent if any is */
        if (i + 1 < count && s->here[i] >> 1 == s->here[i + 1] >> 1)
            continue;
        s->here[kept++] = s->here[i];
    }
    return kept;
}

/* Whether a child was at a place in the 84 days. */
static bool was_there_earlier(const search *s, size_t place, uint32_t child)
{
    const visits *v = s->v;

    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const kith_time at = v->network->events[v->occasions[i].event].at;
        const int64_t ago = (int64_t)v->network->view.as_of - at.day;
        if (at.precision == KITH_UNDATED || ago < KITH_HOTSPOT_RECENT_DAYS ||
            ago >= KITH_HOTSPOT_CHANGE_DAYS)
            continue;
        for (uint32_t j = 0; j < v->occasions[i].attendance_count; j++)
            if (v->attendances[v->occasions[i].first_attendance + j].person == child &&
                (v->attendances[v->occasions[i].first_attendance + j].was & WAS_CHILD) != 0)
                return true;
    }
    return false;
}

static kith_status list_stays(search *s, kith_error *err)
{
    size_t room = 0;

    for (uint32_t n = 0; n < s->source_count; n++) {
        const size_t count = list_children(s, s->sources[n]);
        if (s->stay_count + count > room) {
            room = (s->stay_count + count) * 2;
            stay *grown = realloc(s->stays, room * sizeof *grown);
            if (grown == NULL)
                return kith_no_memory(err);
            s->stays = grown;
        }
        for (size_t i = 0; i < count; i++) {
            const uint32_t child = s->here[i] >> 1;
            s->stays[s->stay_count++] = (stay){
                .child = child, .source = n, .earlier = was_there_earlier(s, s->sources[n], child)
            };
        }
    }
    if (s->stay_count > 0)
        qsort(s->stays, s->stay_count, sizeof *s->stays, by_child);
    for (size_t i = s->stay_count; i > 0; i--)
        s->first_stay[s->stays[i - 1].child] = (uint32_t)i - 1;
    return KITH_OK;
}

static void share_children(search *s, size_t place)
{
    const size_t count = list_children(s, place);

    memset(s->overlaps, 0, s->source_count * sizeof *s->overlaps);
    for (size_t i = 0; i < count; i++) {
        const uint32_t child = s->here[i] >> 1;
        for (size_t n = s->first_stay[child]; n < s->stay_count && s->stays[n].child == child; n++) {
            overlap *o = &s->overlaps[s->stays[n].source];
            o->shared++;
            o->followed += (s->here[i] & 1) != 0 && s->stays[n].earlier;
        }
    }
}

static kith_point point_of(const search *s, size_t place)
{
    const kith_thing *thing = &s->v->network->things[s->v->first_place + place];

    return (kith_point){ thing->lat, thing->lon };
}

/* NaN when either is not on the map. */
static double metres_between(const search *s, size_t a, size_t b)
{
    const kith_point from = point_of(s, a), to = point_of(s, b);

    return isnan(from.lat) || isnan(to.lat) ? NAN : kith_distance_metres(from, to);
}

/* Without a cosine: a degree of latitude is 111.2 km. False where either is not on the map. */
static bool may_be_near(const search *s, size_t a, size_t b)
{
    return s->near_metres > 0 &&
           fabs(point_of(s, a).lat - point_of(s, b).lat) * 111000 <= s->near_metres;
}

static kith_status add_couple(search *s, size_t source, size_t place, double metres, kith_error *err)
{
    const kith_hotspot *to = s->of[place];
    kith_displacements *out = s->out;

    if (out->count == s->room) {
        s->room = s->room == 0 ? 16 : s->room * 2;
        kith_displacement *grown = realloc(out->items, s->room * sizeof *grown);
        if (grown == NULL)
            return kith_no_memory(err);
        out->items = grown;
    }
    out->items[out->count++] = (kith_displacement){
        .from = s->v->first_place + s->sources[source],
        .to = to->place,
        .metres = metres,
        .near = s->near_metres > 0 && metres <= s->near_metres,
        .shared = s->overlaps[source].shared,
        .followed = s->overlaps[source].followed,
        .recent_child_days = to->recent_child_days,
        .earlier_child_days = to->earlier_child_days,
        .recent_children = to->recent_children,
    };
    return KITH_OK;
}

/* Couples of one place with the cooling ones that it lies near, or shares children with. */
static kith_status couple_place(search *s, size_t place, kith_error *err)
{
    kith_status status = KITH_OK;

    share_children(s, place);
    for (size_t n = 0; n < s->source_count && status == KITH_OK; n++) {
        const bool shares = s->overlaps[n].shared >= KITH_DISPLACEMENT_SHARED;
        if (!shares && !may_be_near(s, s->sources[n], place))
            continue;
        const double metres = metres_between(s, s->sources[n], place);
        if (shares || metres <= s->near_metres)
            status = add_couple(s, n, place, metres, err);
    }
    return status;
}

static bool is_asked_about(const kith_hotspot *h)
{
    return h->section == KITH_PUBLIC_PLACE && h->change != KITH_CHANGE_COOLING &&
           h->recent_child_days + h->earlier_child_days >= LEAST_CHILD_DAYS;
}

/* Couples stand place by place, so each place is tested once, where its couples begin. */
static kith_status test_couples(search *s, kith_error *err)
{
    kith_displacements *out = s->out;
    double *p = malloc((out->count + 1) * sizeof *p);

    if (p == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < out->count; i++) {
        const kith_displacement *d = &out->items[i];
        const bool first = i == 0 || out->items[i - 1].to != d->to;
        p[i] = first ? kith_binomial_upper(d->recent_child_days,
                                           d->recent_child_days + d->earlier_child_days,
                                           (double)KITH_HOTSPOT_RECENT_DAYS / KITH_HOTSPOT_CHANGE_DAYS)
                     : NAN;
        out->items[i].p_value = first ? p[i] : out->items[i - 1].p_value;
        out->tested += first;
    }
    const kith_status status = kith_benjamini_hochberg(p, p, out->count, err);
    for (size_t i = 0; i < out->count && status == KITH_OK; i++)
        out->items[i].q_value = isnan(p[i]) ? out->items[i - 1].q_value : p[i];
    free(p);
    return status;
}

static bool warms(const search *s, const kith_displacement *d)
{
    return (d->q_value < significant ||
            s->of[d->to - s->v->first_place]->change == KITH_CHANGE_EMERGING) &&
           d->recent_child_days >= LEAST_CHILD_DAYS && d->recent_children >= LEAST_CHILDREN;
}

static int by_source(const void *left, const void *right)
{
    const kith_displacement *a = left, *b = right;

    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->q_value != b->q_value)
        return a->q_value < b->q_value ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

static void keep_warm(search *s)
{
    kith_displacements *out = s->out;
    size_t kept = 0;

    for (size_t i = 0; i < out->count; i++)
        if (warms(s, &out->items[i]))
            out->items[kept++] = out->items[i];
    out->count = kept;
    if (kept > 0)
        qsort(out->items, kept, sizeof *out->items, by_source);
}

static kith_status search_make(search *s, const kith_hotspots *hotspots, kith_error *err)
{
    const visits *v = s->v;

    s->of = malloc((v->place_count + 1) * sizeof *s->of);
    s->sources = malloc((v->place_count + 1) * sizeof *s->sources);
    s->first_stay = malloc((v->first_place + 1) * sizeof *s->first_stay);
    s->here = malloc((v->network->participation_count + 1) * sizeof *s->here);
    if (s->of == NULL || s->sources == NULL || s->first_stay == NULL || s->here == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < hotspots->count; i++)
        s->of[hotspots->places[i].place - v->first_place] = &hotspots->places[i];
    for (size_t place = 0; place < v->place_count; place++)
        if (s->of[place]->section == KITH_PUBLIC_PLACE && s->of[place]->change == KITH_CHANGE_COOLING)
            s->sources[s->source_count++] = (uint32_t)place;
    for (size_t person = 0; person <= v->first_place; person++)
        s->first_stay[person] = KITH_NOTHING;
    s->out->cooling = s->source_count;
    s->overlaps = calloc(s->source_count + 1, sizeof *s->overlaps);
    return s->overlaps == NULL ? kith_no_memory(err) : list_stays(s, err);
}

static void search_free(search *s)
{
    free(s->of);
    free(s->sources);
    free(s->stays);
    free(s->first_stay);
    free(s->overlaps);
    free(s->here);
}

static kith_status look_around(search *s, const kith_hotspots *hotspots, kith_error *err)
{
    kith_status status = search_make(s, hotspots, err);

    for (size_t place = 0; place < s->v->place_count && status == KITH_OK && s->source_count > 0;
         place++)
        if (is_asked_about(s->of[place]))
            status = couple_place(s, place, err);
    if (status == KITH_OK)
        status = test_couples(s, err);
    if (status == KITH_OK)
        keep_warm(s);
    return status;
}

kith_status kith_displacement_find(kith_displacements *displacements, const kith_network *network,
                                   const kith_hotspots_options *options, const kith_hotspots *hotspots,
                                   double near_metres, kith_error *err)
{
    visits v = { 0 };
    search s = { .v = &v, .out = displacements, .near_metres = near_metres };

    *displacements = (kith_displacements){ 0 };
    if (!(near_metres >= 0 && isfinite(near_metres)))
        return kith_fail(err, KITH_USAGE, "a distance of %g m has no meaning; 0 or more is expected",
                         near_metres);
    if (!hotspots->change_tested)
        return KITH_OK;
    kith_status status = visits_build(&v, NULL, network, options, err);
    if (status == KITH_OK)
        status = look_around(&s, hotspots, err);
    search_free(&s);
    visits_free(&v);
    if (status != KITH_OK)
        kith_displacements_free(displacements);
    return status;
}

void kith_displacements_free(kith_displacements *displacements)
{
    free(displacements->items);
    *displacements = (kith_displacements){ 0 };
}
