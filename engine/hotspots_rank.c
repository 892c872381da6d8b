/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_rank.c: the order of the public places, and how far it can be trusted.
 *
 * All resamples are made at once, one bit of four words to a resample. A child has a
 * small number a resample (how often it was drawn), held as bit planes: the ones of all
 * resamples in the first plane, the twos in the second, the fours in the third. An event
 * has one plane: kept or lost. A child counts at a place in the resamples in which one of
 * its events there was kept: the planes are masked by that, and added to the place's own
 * planes by the carry of binary addition. So a resample costs a few bit operations a
 * child and place, and 200 of them cost little more than one. Places are done side by
 * side, and so are the resamples' ranks. */
#include "hotspots_draws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/parallel.h"

enum { COUNT_PLANES = 32, PIECE = 256 /* places of one piece of work */ };

typedef struct room {
    plane *kept;    /* of each child -> resamples in which it counts at this place */
    uint32_t *here; /* the children met at this place */
    size_t here_count;
    uint64_t *sorted;
} room; /* a worker's own */

typedef struct sample {
    const visits *v;
    kith_hotspot *places;
    uint32_t resamples;
    uint64_t seed;
    hotspot_draws draws;
    room *rooms; /* one a worker */
    unsigned workers;
    uint64_t *keys;   /* [resample][public place]: children, then weight */
    uint32_t *ranked; /* the public places */
    size_t ranked_count;
} sample;

/* ---- keys: children above, weighted events in millionths below ---- */

enum { WEIGHT_BITS = 40 }; /* up to a mass of a million a place */

static uint64_t weight_in_millionths(double mass)
{
    return (uint64_t)llround(mass * 1e6);
}

static uint64_t key_of(uint64_t children, uint64_t weight)
{
    const uint64_t most = ((uint64_t)1 << WEIGHT_BITS) - 1;

    return children << WEIGHT_BITS | (weight < most ? weight : most);
}

static int by_key(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

    return (a > b) - (a < b);
}

/* 1 + the number of greater keys. */
static uint32_t rank_in(const uint64_t *ascending, size_t count, uint64_t key)
{
    size_t low = 0, high = count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (ascending[middle] <= key)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)(count - low) + 1;
}

/* ---- one place ---- */

static void count_child(room *own, uint32_t child, const plane *event)
{
    plane *kept = &own->kept[child];
    uint64_t any = 0;

    for (int w = 0; w < PLANE_WORDS; w++)
        any |= kept->bits[w];
    if (any == 0)
        own->here[own->here_count++] = child;
    for (int w = 0; w < PLANE_WORDS; w++)
        kept->bits[w] |= event->bits[w];
}

/* total += drawn, in every resample whose bit is in `kept`. */
static void add_child(plane total[COUNT_PLANES], const child_draw *draw, const plane *kept)
{
    for (int w = 0; w < PLANE_WORDS; w++) {
        uint64_t carry = 0;
        for (int p = 0; p < COUNT_PLANES && (p < DRAW_PLANES || carry != 0); p++) {
            const uint64_t add = p < DRAW_PLANES ? draw->planes[p].bits[w] & kept->bits[w] : 0;
            const uint64_t old = total[p].bits[w];
            total[p].bits[w] = old ^ add ^ carry;
            carry = (old & add) | (carry & (old ^ add));
        }
    }
}

static void lose_weight(uint64_t *weights, uint32_t resamples, const plane *event, uint64_t weight)
{
    for (uint32_t r = 0; r < resamples; r++)
        weights[r] -= (event->bits[r / 64] >> r % 64 & 1) != 0 ? 0 : weight;
}

/* Meets the children of a place; returns what it weighs, less in each resample. */
static uint64_t resample_events(const sample *s, room *own, size_t place, uint64_t *weights)
{
    uint64_t whole = 0;

    for (size_t i = s->v->first_occasion[place]; i < s->v->first_occasion[place + 1]; i++) {
        const occasion *o = &s->v->occasions[i];
        if (!o->in_window)
            continue;
        const plane event = hotspot_draw_event(s->v->network->events[o->event].id, s->seed);
        const attendance *a = &s->v->attendances[o->first_attendance];
        for (uint32_t j = 0; j < o->attendance_count; j++)
            if (a[j].was & WAS_CHILD)
                count_child(own, s->draws.child_of[a[j].person], &event);
        if (o->repeated)
            continue;
        const uint64_t weight = weight_in_millionths(o->mass);
        whole += weight;
        lose_weight(weights, s->resamples, &event, weight);
    }
    return whole;
}

static void add_children(const sample *s, room *own, plane total[COUNT_PLANES])
{
    for (size_t i = 0; i < own->here_count; i++) {
        add_child(total, &s->draws.children[own->here[i]], &own->kept[own->here[i]]);
        own->kept[own->here[i]] = (plane){ 0 };
    }
    own->here_count = 0;
}

static void resample_place(const sample *s, room *own, size_t nth)
{
    uint64_t weights[KITH_HOTSPOT_RESAMPLES_MAX] = { 0 }; /* less what is lost, modulo 2^64 */
    plane total[COUNT_PLANES] = { 0 };
    const uint64_t whole = resample_events(s, own, s->ranked[nth], weights);

    add_children(s, own, total);
    for (uint32_t r = 0; r < s->resamples; r++) {
        uint64_t children = 0;
        for (int p = 0; p < COUNT_PLANES; p++)
            children |= (total[p].bits[r / 64] >> r % 64 & 1) << p;
        s->keys[(size_t)r * s->ranked_count + nth] = key_of(children, whole + weights[r]);
    }
}

static size_t piece_end(const sample *s, size_t piece)
{
    return (piece + 1) * PIECE < s->ranked_count ? (piece + 1) * PIECE : s->ranked_count;
}

static kith_status resample_piece(void *context, size_t piece, unsigned worker, kith_error *err)
{
    const sample *s = context;

    (void)err;
    for (size_t nth = piece * PIECE; nth < piece_end(s, piece); nth++)
        resample_place(s, &s->rooms[worker], nth);
    return KITH_OK;
}

static kith_status rooms_make(sample *s, kith_error *err)
{
    s->workers = s->resamples > 0 ? kith_parallel_workers(s->resamples) : 1;
    s->rooms = calloc(s->workers, sizeof *s->rooms);
    if (s->rooms == NULL)
        return kith_no_memory(err);
    for (unsigned w = 0; w < s->workers; w++) {
        room *own = &s->rooms[w];
        own->kept = calloc(s->draws.count + 1, sizeof *own->kept);
        own->here = malloc((s->draws.count + 1) * sizeof *own->here);
        own->sorted = malloc((s->ranked_count + KITH_HOTSPOT_RESAMPLES_MAX) * sizeof *own->sorted);
        if (own->kept == NULL || own->here == NULL || own->sorted == NULL)
            return kith_no_memory(err);
    }
    return KITH_OK;
}

/* ---- ranks ---- */

static kith_status sample_make(sample *s, kith_error *err)
{
    for (size_t i = 0; i < s->v->place_count; i++)
        s->ranked_count += s->places[i].section == KITH_PUBLIC_PLACE;
    s->keys = malloc(((size_t)s->resamples + 1) * (s->ranked_count + 1) * sizeof *s->keys);
    s->ranked = malloc((s->ranked_count + 1) * sizeof *s->ranked);
    if (s->keys == NULL || s->ranked == NULL)
        return kith_no_memory(err);
    for (size_t i = 0, nth = 0; i < s->v->place_count; i++)
        if (s->places[i].section == KITH_PUBLIC_PLACE)
            s->ranked[nth++] = (uint32_t)i;
    return KITH_OK;
}

static void sample_free(sample *s)
{
    hotspot_draws_free(&s->draws);
    for (unsigned w = 0; s->rooms != NULL && w < s->workers; w++) {
        free(s->rooms[w].kept);
        free(s->rooms[w].here);
        free(s->rooms[w].sorted);
    }
    free(s->rooms);
    free(s->keys);
    free(s->ranked);
    *s = (sample){ 0 };
}

/* The ranks of what is recorded, with nothing resampled. */
static void rank_recorded(sample *s)
{
    uint64_t *sorted = s->rooms[0].sorted;

    memcpy(sorted, s->keys, s->ranked_count * sizeof *sorted);
    qsort(sorted, s->ranked_count, sizeof *sorted, by_key);
    for (size_t nth = 0; nth < s->ranked_count; nth++) {
        kith_hotspot *h = &s->places[s->ranked[nth]];
        h->rank = h->rank_low = h->rank_high = rank_in(sorted, s->ranked_count, s->keys[nth]);
    }
}

static void keys_of_recorded(sample *s)
{
    for (size_t nth = 0; nth < s->ranked_count; nth++) {
        const size_t place = s->ranked[nth];
        uint64_t weight = 0;
        for (size_t i = s->v->first_occasion[place]; i < s->v->first_occasion[place + 1]; i++) {
            const occasion *o = &s->v->occasions[i];
            if (o->in_window && !o->repeated)
                weight += weight_in_millionths(o->mass);
        }
        s->keys[nth] = key_of(s->places[place].children, weight);
    }
}

/* Replaces the keys of a resample by ranks. */
static kith_status rank_resample(void *context, size_t resample, unsigned worker, kith_error *err)
{
    const sample *s = context;
    uint64_t *keys = s->keys + resample * s->ranked_count, *sorted = s->rooms[worker].sorted;

    (void)err;
    memcpy(sorted, keys, s->ranked_count * sizeof *keys);
    qsort(sorted, s->ranked_count, sizeof *keys, by_key);
    for (size_t nth = 0; nth < s->ranked_count; nth++)
        keys[nth] = rank_in(sorted, s->ranked_count, keys[nth]);
    return KITH_OK;
}

/* Leaves out a fortieth of the resampled ranks at either end. */
static kith_status take_intervals(void *context, size_t piece, unsigned worker, kith_error *err)
{
    const sample *s = context;
    const uint32_t left_out = s->resamples / 40;
    uint64_t *sorted = s->rooms[worker].sorted;

    (void)err;
    for (size_t nth = piece * PIECE; nth < piece_end(s, piece); nth++) {
        kith_hotspot *h = &s->places[s->ranked[nth]];
        for (uint32_t r = 0; r < s->resamples; r++)
            sorted[r] = s->keys[(size_t)r * s->ranked_count + nth];
        qsort(sorted, s->resamples, sizeof *sorted, by_key);
        const uint32_t low = (uint32_t)sorted[left_out];
        const uint32_t high = (uint32_t)sorted[s->resamples - 1 - left_out];
        h->rank_low = low < h->rank ? low : h->rank;
        h->rank_high = high > h->rank ? high : h->rank;
    }
    return KITH_OK;
}

static kith_status run_pieces(sample *s, kith_parallel_task *task, size_t pieces, kith_error *err)
{
    const kith_parallel job = { .task = task, .context = s, .pieces = pieces };

    return kith_parallel_run(&job, s->workers, err);
}

static kith_status resample(sample *s, kith_error *err)
{
    const size_t pieces = (s->ranked_count + PIECE - 1) / PIECE;
    kith_status status = run_pieces(s, resample_piece, pieces, err);

    if (status == KITH_OK)
        status = run_pieces(s, rank_resample, s->resamples, err);
    return status == KITH_OK ? run_pieces(s, take_intervals, pieces, err) : status;
}

kith_status hotspots_rank(kith_hotspot *places, const visits *v, uint32_t resamples, uint64_t seed,
                          kith_error *err)
{
    sample s = { .v = v, .places = places, .resamples = resamples, .seed = seed };
    kith_status status = sample_make(&s, err);

    if (status == KITH_OK && resamples > 0)
        status = hotspot_draws_make(&s.draws, v, s.ranked, s.ranked_count, resamples, seed, err);
    if (status == KITH_OK)
        status = rooms_make(&s, err);
    if (status == KITH_OK) {
        keys_of_recorded(&s);
        rank_recorded(&s);
    }
    if (status == KITH_OK && resamples > 0)
        status = resample(&s, err);
    sample_free(&s);
    return status;
}
