/* SPDX-License-Identifier: GPL-3.0-or-later */
/* near_repeat.c: pairs of events by bands of space and time, and what dealing out the days gives.
 *
 * Only near pairs are kept; a permutation goes through them with the days dealt anew. How many
 * pairs of all lie in a band of time never changes, so what lies beyond the outermost distance
 * is the rest. Events are sorted along one axis, and each is compared with those after it until
 * the axis alone says that they are too far. */
#include "kith/near_repeat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotspots_parts.h"
#include "kith/parallel.h"
#include "kith/random.h"
#include "kith/spatial.h"
#include "kith/statistics.h"

#define DEGREE (3.14159265358979323846 / 180)

static const double same_place_metres = 0.01;
enum { NEAR_PAIRS_MAX = 100000000, CELLS = KITH_NEAR_REPEAT_BANDS_MAX + 1 };

typedef struct near_pair {
    uint32_t low, high; /* events */
    uint8_t space;
} near_pair;

typedef struct search {
    kith_near_event *events; /* by x */
    size_t count;
    const kith_near_options *options;
    near_pair *pairs;
    size_t pair_count, pair_room;
    uint64_t by_time[CELLS];  /* pairs of all, by band of time */
    uint64_t *dealt;          /* [permutation][space][time] of near pairs */
    int32_t *days;            /* [worker][event] */
    size_t time_count, near_count; /* bands of time, and of space without beyond */
} search;

/* The first band whose upper edge is not passed; `count` beyond the last. */
static size_t band_of(double value, const double *edges, size_t count, bool closed)
{
    size_t band = 0;

    while (band < count && (closed ? value > edges[band] : value >= edges[band]))
        band++;
    return band;
}

static size_t time_band(const search *s, int32_t a, int32_t b)
{
    return band_of(fabs((double)a - (double)b), s->options->days, s->options->day_count,
                   s->options->closed);
}

/* 0 for the same place, then the bands. */
static size_t space_band(const search *s, double metres)
{
    return metres < same_place_metres
               ? 0
               : 1 + band_of(metres, s->options->metres, s->options->metre_count, s->options->closed);
}

static double metres_between(const search *s, const kith_near_event *a, const kith_near_event *b)
{
    switch (s->options->metric) {
    case KITH_NEAR_SPHERE:
        return kith_distance_metres((kith_point){ a->x, a->y }, (kith_point){ b->x, b->y });
    case KITH_NEAR_PLANE:
        return hypot(a->x - b->x, a->y - b->y);
    default:
        return fabs(a->x - b->x) + fabs(a->y - b->y);
    }
}

static int by_x(const void *left, const void *right)
{
    const kith_near_event *a = left, *b = right;

    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    if (a->y != b->y)
        return a->y < b->y ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

static kith_status keep_pair(search *s, size_t low, size_t high, size_t space, kith_error *err)
{
    if (s->pair_count == NEAR_PAIRS_MAX)
        return kith_fail(err, KITH_USAGE,
                         "more than %d million pairs of events lie within %g m; take a shorter "
                         "window, fewer kinds or narrower bands",
                         NEAR_PAIRS_MAX / 1000000, s->options->metres[s->options->metre_count - 1]);
    if (s->pair_count == s->pair_room) {
        s->pair_room = s->pair_room == 0 ? 1024 : s->pair_room * 2;
        near_pair *grown = realloc(s->pairs, s->pair_room * sizeof *grown);
        if (grown == NULL)
            return kith_no_memory(err);
        s->pairs = grown;
    }
    s->pairs[s->pair_count++] = (near_pair){ (uint32_t)low, (uint32_t)high, (uint8_t)space };
    return KITH_OK;
}

static kith_status find_pairs(search *s, kith_error *err)
{
    const double furthest = s->options->metres[s->options->metre_count - 1];
    const double scale =
        s->options->metric == KITH_NEAR_SPHERE ? KITH_EARTH_RADIUS_METRES * DEGREE * (1 - 1e-9) : 1;
    kith_status status = KITH_OK;

    for (size_t i = 0; i < s->count; i++)
        for (size_t j = i + 1; j < s->count && (s->events[j].x - s->events[i].x) * scale <= furthest &&
                               status == KITH_OK;
             j++) {
            const size_t space = space_band(s, metres_between(s, &s->events[i], &s->events[j]));
            if (space < s->near_count)
                status = keep_pair(s, i, j, space, err);
        }
    return status;
}

static int by_day(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

    return (a > b) - (a < b);
}

/* Pairs of all events by band of time, from how many lie on each day. */
static void count_times(search *s, int32_t *days)
{
    for (size_t i = 0; i < s->count; i++)
        days[i] = s->events[i].day;
    qsort(days, s->count, sizeof *days, by_day);
    for (size_t i = 0, end; i < s->count; i = end) {
        for (end = i + 1; end < s->count && days[end] == days[i];)
            end++;
        const uint64_t here = end - i;
        s->by_time[time_band(s, 0, 0)] += here * (here - 1) / 2;
        for (size_t j = end, next; j < s->count; j = next) {
            for (next = j + 1; next < s->count && days[next] == days[j];)
                next++;
            s->by_time[time_band(s, days[i], days[j])] += here * (next - j);
        }
    }
}

static void count_near(uint64_t *cells, const search *s, const int32_t *days)
{
    for (size_t i = 0; i < s->pair_count; i++) {
        const near_pair *p = &s->pairs[i];
        cells[p->space * s->time_count + time_band(s, days[p->low], days[p->high])]++;
    }
}

static kith_status deal(void *context, size_t piece, unsigned worker, kith_error *err)
{
    search *s = context;
    int32_t *days = s->days + worker * s->count;
    kith_random random;

    (void)err;
    for (size_t i = 0; i < s->count; i++)
        days[i] = s->events[i].day;
    kith_random_seed(&random, s->options->seed + piece);
    kith_random_shuffle(&random, days, s->count, sizeof *days);
    count_near(s->dealt + piece * s->near_count * s->time_count, s, days);
    return KITH_OK;
}

/* ---- from counts to the table ---- */

typedef struct tally {
    uint64_t observed, as_many;
    double sum;
} tally;

static uint64_t beyond(const search *s, const uint64_t *cells, size_t time)
{
    uint64_t left = s->by_time[time];

    for (size_t space = 0; space < s->near_count; space++)
        left -= cells[space * s->time_count + time];
    return left;
}

static tally tally_cell(const search *s, const uint64_t *recorded, size_t space, size_t time)
{
    const size_t cell = space * s->time_count + time;
    const bool near = space < s->near_count;
    tally t = { .observed = near ? recorded[cell] : beyond(s, recorded, time) };

    for (uint32_t r = 0; r < s->options->permutations; r++) {
        const uint64_t *dealt = s->dealt + (size_t)r * s->near_count * s->time_count;
        const uint64_t pairs = near ? dealt[cell] : beyond(s, dealt, time);
        t.as_many += pairs >= t.observed;
        t.sum += (double)pairs;
    }
    return t;
}

static void fill_cells(kith_near_repeat *repeat, const search *s, const uint64_t *recorded)
{
    const double all = (double)s->count * ((double)s->count - 1) / 2;

    for (size_t space = 0; space <= s->near_count; space++) {
        double in_space = 0;
        for (size_t time = 0; time < s->time_count; time++)
            in_space += (double)(space < s->near_count ? recorded[space * s->time_count + time]
                                                       : beyond(s, recorded, time));
        for (size_t time = 0; time < s->time_count; time++) {
            const tally t = tally_cell(s, recorded, space, time);
            repeat->cells[space][time] = (kith_near_cell){
                .pairs = t.observed,
                .independent = all > 0 ? in_space * (double)s->by_time[time] / all : 0,
                .mean = t.sum / s->options->permutations,
                .p_value = ((double)t.as_many + 1) / (s->options->permutations + 1.0),
                .q_value = NAN,
            };
        }
    }
}

static kith_status adjust_cells(kith_near_repeat *repeat, kith_error *err)
{
    double p[(KITH_NEAR_REPEAT_BANDS_MAX + 1) * KITH_NEAR_REPEAT_BANDS_MAX];
    size_t count = 0;

    for (size_t space = 0; space + 1 < repeat->space_count; space++)
        for (size_t time = 0; time + 1 < repeat->time_count; time++)
            p[count++] = repeat->cells[space][time].p_value;
    const kith_status status = kith_benjamini_hochberg(p, p, count, err);
    count = 0;
    for (size_t space = 0; space + 1 < repeat->space_count && status == KITH_OK; space++)
        for (size_t time = 0; time + 1 < repeat->time_count; time++)
            repeat->cells[space][time].q_value = p[count++];
    return status;
}

static kith_status check_edges(const double *edges, size_t count, double least, const char *what,
                               kith_error *err)
{
    if (count == 0 || count > KITH_NEAR_REPEAT_BANDS_MAX)
        return kith_fail(err, KITH_USAGE, "%zu bands of %s are asked for; 1 to %d are expected", count,
                         what, KITH_NEAR_REPEAT_BANDS_MAX);
    for (size_t i = 0; i < count; i++)
        if (!(edges[i] > (i == 0 ? least : edges[i - 1]) && isfinite(edges[i])))
            return kith_fail(err, KITH_USAGE,
                             "the edge %g of the bands of %s is not above %g; edges ascend, as "
                             "100,200,400",
                             edges[i], what, i == 0 ? least : edges[i - 1]);
    return KITH_OK;
}

static kith_status search_make(search *s, const kith_near_event *events, unsigned workers,
                               kith_error *err)
{
    const size_t cells = s->near_count * s->time_count;

    s->events = malloc((s->count + 1) * sizeof *s->events);
    s->days = malloc((workers * s->count + 1) * sizeof *s->days);
    s->dealt = calloc(((size_t)s->options->permutations + 1) * cells, sizeof *s->dealt);
    if (s->events == NULL || s->days == NULL || s->dealt == NULL)
        return kith_no_memory(err);
    if (s->count > 0) {
        memcpy(s->events, events, s->count * sizeof *events);
        qsort(s->events, s->count, sizeof *events, by_x);
    }
    return KITH_OK;
}

static kith_status fill_table(kith_near_repeat *repeat, search *s, unsigned workers, kith_error *err)
{
    uint64_t *recorded = s->dealt + (size_t)s->options->permutations * s->near_count * s->time_count;
    const kith_parallel job = { .task = deal, .context = s, .pieces = s->options->permutations };

    count_times(s, s->days);
    for (size_t i = 0; i < s->count; i++)
        s->days[i] = s->events[i].day;
    count_near(recorded, s, s->days);
    const kith_status status = kith_parallel_run(&job, workers, err);
    if (status != KITH_OK)
        return status;
    fill_cells(repeat, s, recorded);
    return adjust_cells(repeat, err);
}

kith_status kith_near_repeat_find(kith_near_repeat *repeat, const kith_near_event *events,
                                  size_t count, const kith_near_options *options, kith_error *err)
{
    search s = { .count = count,
                 .options = options,
                 .time_count = options->day_count + 1,
                 .near_count = options->metre_count + 1 };

    *repeat = (kith_near_repeat){ .space_count = s.near_count + 1,
                                  .time_count = s.time_count,
                                  .events = count,
                                  .used = *options };
    kith_status status =
        check_edges(options->metres, options->metre_count, same_place_metres, "metres", err);
    if (status == KITH_OK)
        status = check_edges(options->days, options->day_count, 0, "days", err);
    if (status == KITH_OK && options->permutations == 0)
        status = kith_fail(err, KITH_USAGE, "0 permutations are asked for; 1 or more are expected");
    if (status != KITH_OK)
        return status;
    const unsigned workers = kith_parallel_workers(options->permutations);
    status = search_make(&s, events, workers, err);
    if (status == KITH_OK)
        status = find_pairs(&s, err);
    if (status == KITH_OK)
        status = fill_table(repeat, &s, workers, err);
    free(s.events);
    free(s.days);
    free(s.dealt);
    free(s.pairs);
    return status;
}

/* ---- of a network ---- */

static void take_event(kith_near_event *events, size_t *count, kith_near_repeat *left,
                       const kith_event_record *event, const kith_thing *place)
{
    if (event->at.precision < KITH_DAY)
        left->without_day++;
    else if (isnan(place->lat) || isnan(place->lon))
        left->without_point++;
    else
        events[(*count)++] = (kith_near_event){ place->lat, place->lon, event->at.day };
}

kith_status kith_near_repeat_places(kith_near_repeat *repeat, const kith_network *network,
                                    const kith_hotspots_options *places,
                                    const kith_near_options *options, kith_error *err)
{
    kith_near_repeat left = { 0 };
    visits v = { 0 };
    size_t count = 0;

    *repeat = (kith_near_repeat){ 0 };
    kith_status status = visits_build(&v, NULL, network, places, err);
    if (status != KITH_OK)
        return status;
    kith_near_event *events = malloc((v.first_occasion[v.place_count] + 1) * sizeof *events);
    for (size_t place = 0; place < v.place_count && events != NULL; place++) {
        const kith_thing *thing = &network->things[v.first_place + place];
        if (hotspots_section(thing) != KITH_PUBLIC_PLACE)
            continue;
        for (size_t i = v.first_occasion[place]; i < v.first_occasion[place + 1]; i++)
            if (v.occasions[i].in_window && !v.occasions[i].repeated)
                take_event(events, &count, &left, &network->events[v.occasions[i].event], thing);
    }
    status = events == NULL ? kith_no_memory(err)
                            : kith_near_repeat_find(repeat, events, count, options, err);
    repeat->without_day = left.without_day;
    repeat->without_point = left.without_point;
    free(events);
    visits_free(&v);
    return status;
}
