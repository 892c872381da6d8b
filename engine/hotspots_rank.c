/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_rank.c: the order of the public places, and how far it can be trusted.
 *
 * All resamples are made at once, one bit of four words to a resample. A child has a
 * small number a resample (how often it was drawn), held as bit planes: the ones of all
 * resamples in the first plane, the twos in the second, the fours in the third. An event
 * has one plane: kept or lost. A child counts at a place in the resamples in which one of
 * its events there was kept: the planes are masked by that, and added to the place's own
 * planes by the carry of binary addition. So a resample costs a few bit operations a
 * child and place, and 200 of them cost little more than one. */
#include "hotspots_draws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT_PLANES = 32 };

typedef struct sample {
    const visits *v;
    uint32_t resamples;
    uint64_t seed;
    hotspot_draws draws;
    plane *kept;    /* of each child -> resamples in which it counts at this place */
    uint32_t *here; /* the children met at this place */
    size_t here_count;
    uint64_t *keys; /* [resample][public place]: children, then weight */
    uint64_t *sorted;
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

static void count_child(sample *s, uint32_t child, const plane *event)
{
    plane *kept = &s->kept[child];
    uint64_t any = 0;

    for (int w = 0; w < PLANE_WORDS; w++)
        any |= kept->bits[w];
    if (any == 0)
        s->here[s->here_count++] = child;
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
static uint64_t resample_events(sample *s, size_t place, uint64_t *weights)
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
                count_child(s, s->draws.child_of[a[j].person], &event);
        if (o->repeated)
            continue;
        const uint64_t weight = weight_in_millionths(o->mass);
        whole += weight;
        lose_weight(weights, s->resamples, &event, weight);
    }
    return whole;
}

static void add_children(sample *s, plane total[COUNT_PLANES])
{
    for (size_t i = 0; i < s->here_count; i++) {
        add_child(total, &s->draws.children[s->here[i]], &s->kept[s->here[i]]);
        s->kept[s->here[i]] = (plane){ 0 };
    }
    s->here_count = 0;
}

static void resample_place(sample *s, size_t nth)
{
    uint64_t weights[KITH_HOTSPOT_RESAMPLES_MAX] = { 0 }; /* less what is lost, modulo 2^64 */
    plane total[COUNT_PLANES] = { 0 };
    const uint64_t whole = resample_events(s, s->ranked[nth], weights);

    add_children(s, total);
    for (uint32_t r = 0; r < s->resamples; r++) {
        uint64_t children = 0;
        for (int p = 0; p < COUNT_PLANES; p++)
            children |= (total[p].bits[r / 64] >> r % 64 & 1) << p;
        s->keys[(size_t)r * s->ranked_count + nth] = key_of(children, whole + weights[r]);
    }
}

static kith_status resample_places(sample *s, kith_error *err)
{
    const kith_status status =
        hotspot_draws_make(&s->draws, s->v, s->ranked, s->ranked_count, s->resamples, s->seed, err);

    if (status != KITH_OK)
        return status;
    s->kept = calloc(s->draws.count + 1, sizeof *s->kept);
    s->here = malloc((s->draws.count + 1) * sizeof *s->here);
    if (s->kept == NULL || s->here == NULL)
        return kith_no_memory(err);
    for (size_t nth = 0; nth < s->ranked_count; nth++)
        resample_place(s, nth);
    return KITH_OK;
}

/* ---- ranks ---- */

static kith_status sample_make(sample *s, const kith_hotspot *places, kith_error *err)
{
    for (size_t i = 0; i < s->v->place_count; i++)
        s->ranked_count += places[i].section == KITH_PUBLIC_PLACE;
    s->keys = malloc(((size_t)s->resamples + 1) * (s->ranked_count + 1) * sizeof *s->keys);
    s->sorted = malloc((s->ranked_count + KITH_HOTSPOT_RESAMPLES_MAX) * sizeof *s->sorted);
    s->ranked = malloc((s->ranked_count + 1) * sizeof *s->ranked);
    if (s->keys == NULL || s->sorted == NULL || s->ranked == NULL)
        return kith_no_memory(err);
    for (size_t i = 0, nth = 0; i < s->v->place_count; i++)
        if (places[i].section == KITH_PUBLIC_PLACE)
            s->ranked[nth++] = (uint32_t)i;
    return KITH_OK;
}

static void sample_free(sample *s)
{
    hotspot_draws_free(&s->draws);
    free(s->kept);
    free(s->here);
    free(s->keys);
    free(s->sorted);
    free(s->ranked);
    *s = (sample){ 0 };
}

/* The ranks of what is recorded, with nothing resampled. */
static void rank_recorded(kith_hotspot *places, sample *s)
{
    for (size_t nth = 0; nth < s->ranked_count; nth++)
        s->sorted[nth] = s->keys[nth];
    qsort(s->sorted, s->ranked_count, sizeof *s->sorted, by_key);
    for (size_t nth = 0; nth < s->ranked_count; nth++) {
        kith_hotspot *h = &places[s->ranked[nth]];
        h->rank = h->rank_low = h->rank_high = rank_in(s->sorted, s->ranked_count, s->keys[nth]);
    }
}

static void keys_of_recorded(const kith_hotspot *places, sample *s)
{
    for (size_t nth = 0; nth < s->ranked_count; nth++) {
        const size_t place = s->ranked[nth];
        uint64_t weight = 0;
        for (size_t i = s->v->first_occasion[place]; i < s->v->first_occasion[place + 1]; i++) {
            const occasion *o = &s->v->occasions[i];
            if (o->in_window && !o->repeated)
                weight += weight_in_millionths(o->mass);
        }
        s->keys[nth] = key_of(places[place].children, weight);
    }
}

/* Replaces the keys by ranks, resample by resample. */
static void rank_resamples(sample *s)
{
    for (uint32_t r = 0; r < s->resamples; r++) {
        uint64_t *keys = s->keys + (size_t)r * s->ranked_count;
        memcpy(s->sorted, keys, s->ranked_count * sizeof *keys);
        qsort(s->sorted, s->ranked_count, sizeof *keys, by_key);
        for (size_t nth = 0; nth < s->ranked_count; nth++)
            keys[nth] = rank_in(s->sorted, s->ranked_count, keys[nth]);
    }
}

/* Leaves out a fortieth of the resampled ranks at either end. */
static void take_intervals(kith_hotspot *places, sample *s)
{
    const uint32_t left_out = s->resamples / 40;

    for (size_t nth = 0; nth < s->ranked_count; nth++) {
        kith_hotspot *h = &places[s->ranked[nth]];
        for (uint32_t r = 0; r < s->resamples; r++)
            s->sorted[r] = s->keys[(size_t)r * s->ranked_count + nth];
        qsort(s->sorted, s->resamples, sizeof *s->sorted, by_key);
        const uint32_t low = (uint32_t)s->sorted[left_out];
        const uint32_t high = (uint32_t)s->sorted[s->resamples - 1 - left_out];
        h->rank_low = low < h->rank ? low : h->rank;
        h->rank_high = high > h->rank ? high : h->rank;
    }
}

kith_status hotspots_rank(kith_hotspot *places, const visits *v, uint32_t resamples, uint64_t seed,
                          kith_error *err)
{
    sample s = { .v = v, .resamples = resamples, .seed = seed };
    kith_status status = sample_make(&s, places, err);

    if (status == KITH_OK) {
        keys_of_recorded(places, &s);
        rank_recorded(places, &s);
    }
    if (status == KITH_OK && resamples > 0)
        status = resample_places(&s, err);
    if (status == KITH_OK && resamples > 0) {
        rank_resamples(&s);
        take_intervals(places, &s);
    }
    sample_free(&s);
    return status;
}
