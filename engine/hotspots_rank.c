/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_rank.c: the order of the public places, and how far it can be trusted.
 *
 * All resamples are made at once, one bit of four words to a resample. A child has a
 * small number a resample (how often it was drawn), held as bit planes: the ones of all
 * resamples in the first plane, the twos in the second, the fours in the third. An event
 * has one plane: kept or lost. A child counts at a place in the resamples in which one of
 * its events there was kept: the planes are masked by that, and added to the place's own
 * planes by the carry of binary addition. So a resample costs a few bit operations a
 * child and place, and 200 of them cost little more than one.
 *
 * The draws of a child and of an event come from the seed and the id, never from its
 * position: adding one record leaves the draws of all others as they were. */
#include "hotspots_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/random.h"

enum { WORDS = KITH_HOTSPOT_RESAMPLES_MAX / 64, DRAW_PLANES = 3, COUNT_PLANES = 32 };

typedef struct plane {
    uint64_t bits[WORDS];
} plane;

typedef struct child_draw {
    plane planes[DRAW_PLANES]; /* how often the child was drawn, 0 to 7 */
} child_draw;

/* Children in the order of their first appearance. */
typedef struct sample {
    const visits *v;
    uint32_t resamples;
    uint64_t seed;
    uint32_t *slot_of; /* thing -> draw, or KITH_NOTHING */
    child_draw *draws;
    plane *kept;    /* slot at this place -> resamples in which it counts */
    uint32_t *here; /* draws of the children met at this place */
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

/* ---- draws ---- */

static uint64_t hash_of(const char *id)
{
    uint64_t hash = 0xCBF29CE484222325; /* FNV-1a */

    for (; *id != '\0'; id++)
        hash = (hash ^ (unsigned char)*id) * 0x100000001B3;
    return hash;
}

/* P(X <= k) of a Poisson number of mean 1, times 2^32, for k = 0 to 6. */
static const uint32_t poisson_below[] = { 1580030169, 3160060337, 3950075422, 4213413783,
                                          4279248374, 4292415292, 4294609778 };

static void draw_child(child_draw *draw, kith_random *random, uint32_t resamples)
{
    *draw = (child_draw){ 0 };
    for (uint32_t r = 0; r < resamples; r++) {
        const uint32_t x = (uint32_t)(kith_random_next(random) >> 32);
        uint64_t drawn = 0;
        for (size_t k = 0; k < sizeof poisson_below / sizeof *poisson_below; k++)
            drawn += x >= poisson_below[k];
        for (int p = 0; p < DRAW_PLANES; p++)
            draw->planes[p].bits[r / 64] |= (drawn >> p & 1) << r % 64;
    }
}

/* Bits that are 1 nine times in ten: 0.9 as a binary fraction of 16 places, read from
 * its end; a 1 there takes either, a 0 takes both. */
static plane draw_event(kith_random *random)
{
    static const uint32_t nine_tenths = 58982; /* of 65536 */
    plane kept = { 0 };

    for (int w = 0; w < WORDS; w++) {
        for (int place = 0; place < 16; place++) {
            const uint64_t x = kith_random_next(random);
            kept.bits[w] = nine_tenths >> place & 1 ? kept.bits[w] | x : kept.bits[w] & x;
        }
    }
    return kept;
}

static kith_random stream_of(const sample *s, const char *id)
{
    kith_random random;

    kith_random_seed(&random, s->seed ^ hash_of(id));
    return random;
}

/* ---- one place ---- */

static void count_child(sample *s, const attendance *a, const plane *event, uint32_t *draw_count)
{
    uint32_t *slot = &s->slot_of[a->person];

    if (*slot == KITH_NOTHING) {
        kith_random random = stream_of(s, s->v->network->things[a->person].id);
        *slot = (*draw_count)++;
        draw_child(&s->draws[*slot], &random, s->resamples);
        s->kept[*slot] = (plane){ 0 };
    }
    plane *kept = &s->kept[*slot];
    uint64_t any = 0;
    for (int w = 0; w < WORDS; w++)
        any |= kept->bits[w];
    if (any == 0)
        s->here[s->here_count++] = *slot;
    for (int w = 0; w < WORDS; w++)
        kept->bits[w] |= event->bits[w];
}

/* total += drawn, in every resample whose bit is in `kept`. */
static void add_child(plane total[COUNT_PLANES], const child_draw *draw, const plane *kept)
{
    for (int w = 0; w < WORDS; w++) {
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
static uint64_t resample_events(sample *s, size_t place, uint64_t *weights, uint32_t *draw_count)
{
    uint64_t whole = 0;

    for (size_t i = s->v->first_occasion[place]; i < s->v->first_occasion[place + 1]; i++) {
        const occasion *o = &s->v->occasions[i];
        if (!o->in_window)
            continue;
        kith_random random = stream_of(s, s->v->network->events[o->event].id);
        const plane event = draw_event(&random);
        for (uint32_t j = 0; j < o->attendance_count; j++)
            if (s->v->attendances[o->first_attendance + j].was & WAS_CHILD)
                count_child(s, &s->v->attendances[o->first_attendance + j], &event, draw_count);
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
        add_child(total, &s->draws[s->here[i]], &s->kept[s->here[i]]);
        s->kept[s->here[i]] = (plane){ 0 };
    }
    s->here_count = 0;
}

static void resample_place(sample *s, size_t nth, uint32_t *draw_count)
{
    uint64_t weights[KITH_HOTSPOT_RESAMPLES_MAX] = { 0 }; /* less what is lost, modulo 2^64 */
    plane total[COUNT_PLANES] = { 0 };
    const uint64_t whole = resample_events(s, s->ranked[nth], weights, draw_count);

    add_children(s, total);
    for (uint32_t r = 0; r < s->resamples; r++) {
        uint64_t children = 0;
        for (int p = 0; p < COUNT_PLANES; p++)
            children |= (total[p].bits[r / 64] >> r % 64 & 1) << p;
        s->keys[(size_t)r * s->ranked_count + nth] = key_of(children, whole + weights[r]);
    }
}

/* ---- ranks ---- */

static kith_status sample_make(sample *s, const kith_hotspot *places, kith_error *err)
{
    const size_t things = s->v->network->thing_count;

    for (size_t i = 0; i < s->v->place_count; i++)
        s->ranked_count += places[i].section == KITH_PUBLIC_PLACE;
    s->slot_of = malloc((things + 1) * sizeof *s->slot_of);
    s->draws = malloc((s->v->first_place + 1) * sizeof *s->draws);
    s->kept = malloc((s->v->first_place + 1) * sizeof *s->kept);
    s->here = malloc((s->v->first_place + 1) * sizeof *s->here);
    s->keys = malloc(((size_t)s->resamples + 1) * (s->ranked_count + 1) * sizeof *s->keys);
    s->sorted = malloc((s->ranked_count + KITH_HOTSPOT_RESAMPLES_MAX) * sizeof *s->sorted);
    s->ranked = malloc((s->ranked_count + 1) * sizeof *s->ranked);
    if (s->slot_of == NULL || s->draws == NULL || s->kept == NULL || s->here == NULL ||
        s->keys == NULL || s->sorted == NULL || s->ranked == NULL)
        return kith_no_memory(err);
    memset(s->slot_of, 0xFF, (things + 1) * sizeof *s->slot_of);
    for (size_t i = 0, nth = 0; i < s->v->place_count; i++)
        if (places[i].section == KITH_PUBLIC_PLACE)
            s->ranked[nth++] = (uint32_t)i;
    return KITH_OK;
}

static void sample_free(sample *s)
{
    free(s->slot_of);
    free(s->draws);
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
    uint32_t draw_count = 0;
    const kith_status status = sample_make(&s, places, err);

    if (status == KITH_OK) {
        keys_of_recorded(places, &s);
        rank_recorded(places, &s);
    }
    if (status == KITH_OK && resamples > 0) {
        for (size_t nth = 0; nth < s.ranked_count; nth++)
            resample_place(&s, nth, &draw_count);
        rank_resamples(&s);
        take_intervals(places, &s);
    }
    sample_free(&s);
    return status;
}
