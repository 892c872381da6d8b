/* SPDX-License-Identifier: GPL-3.0-or-later */
/* getis_ord.c: Gi*, Gi, and chance.
 *
 * For chance, a permutation of all points is made, and its running sums. The others of a point,
 * in the order of the permutation, are as random an order of the others as any; the first W of
 * them add up to the running sum after W, or, when the point itself stands among them, to the
 * one after W + 1 less its own value. So a permutation costs one look a point, whatever W. */
#include "kith/getis_ord.h"

#include <math.h>
#include <stdlib.h>

#include "kith/random.h"

static double square(double x)
{
    return x * x;
}

void kith_getis_ord_star(double *z, const kith_nearby *nearby, const double *values, size_t count)
{
    const double n = (double)count;
    double mean = 0, variance = 0;

    for (size_t i = 0; i < count; i++)
        mean += values[i];
    mean /= n;
    for (size_t i = 0; i < count; i++)
        variance += square(values[i] - mean) / n;
    for (size_t i = 0; i < count; i++) {
        const double w = (double)nearby[i].count;
        const double spread = sqrt(variance * (n * w - w * w) / (n - 1));
        /* Equal values that are not whole numbers leave a spread of rounding alone. */
        z[i] = spread > 1e-12 * fabs(mean) ? (nearby[i].sum - mean * w) / spread : NAN;
    }
}

/* What is the same for every point: around a middle near the values, so that no figures are lost. */
typedef struct moments {
    double middle, sum, squares;
} moments;

static moments moments_of(const double *values, size_t count)
{
    moments m = { 0 };

    for (size_t i = 0; i < count; i++)
        m.middle += values[i] / (double)count;
    for (size_t i = 0; i < count; i++) {
        m.sum += values[i] - m.middle;
        m.squares += square(values[i] - m.middle);
    }
    return m;
}

static double score_around(const kith_nearby *nearby, double value, const moments *m, size_t count)
{
    const double others = (double)count - 1, w = (double)nearby->count - 1;
    const double own = value - m->middle;
    const double mean = (m->sum - own) / others;
    const double variance = (m->squares - square(own)) / others - square(mean);
    const double spread = sqrt(variance * (others * w - w * w) / (others - 1));
    const double around = nearby->sum - value - m->middle * w;

    return count >= 3 && spread > 1e-12 * fabs(m->middle) ? (around - mean * w) / spread : NAN;
}

void kith_getis_ord(double *z, const kith_nearby *nearby, const double *values, size_t count)
{
    const moments m = moments_of(values, count);

    for (size_t i = 0; i < count; i++)
        z[i] = score_around(&nearby[i], values[i], &m, count);
}

/* ---- chance ---- */

typedef struct shuffle {
    uint32_t *order;    /* of points; its first `length` are drawn anew each time */
    uint32_t *place_of; /* point -> its place in order */
    double *running;    /* running[w]: sum of the first w */
    uint32_t *as_much;  /* point -> permutations with as much around it */
    size_t count, length;
    kith_random random;
} shuffle;

static void draw(shuffle *s, const double *values)
{
    for (size_t i = 0; i < s->length; i++) {
        const size_t other = i + (size_t)kith_random_below(&s->random, s->count - i);
        const uint32_t point = s->order[other];
        s->order[other] = s->order[i];
        s->order[i] = point;
        s->place_of[s->order[other]] = (uint32_t)other;
        s->place_of[point] = (uint32_t)i;
        s->running[i + 1] = s->running[i] + values[point];
    }
}

static void compare(shuffle *s, const kith_nearby *nearby, const double *values)
{
    for (size_t i = 0; i < s->count; i++) {
        const uint32_t w = nearby[i].count - 1;
        const double around = s->place_of[i] < w ? s->running[w + 1] - values[i] : s->running[w];
        const double recorded = nearby[i].sum - values[i];
        s->as_much[i] += around >= recorded - 1e-9 * fabs(recorded);
    }
}

static kith_status shuffle_make(shuffle *s, const kith_nearby *nearby, size_t count, uint64_t seed,
                                kith_error *err)
{
    s->count = count;
    for (size_t i = 0; i < count; i++)
        if (nearby[i].count > s->length)
            s->length = nearby[i].count;
    s->order = malloc((count + 1) * sizeof *s->order);
    s->place_of = malloc((count + 1) * sizeof *s->place_of);
    s->running = malloc((count + 1) * sizeof *s->running);
    s->as_much = calloc(count + 1, sizeof *s->as_much);
    if (s->order == NULL || s->place_of == NULL || s->running == NULL || s->as_much == NULL)
        return kith_no_memory(err);
    s->running[0] = 0;
    for (size_t i = 0; i < count; i++)
        s->order[i] = s->place_of[i] = (uint32_t)i;
    kith_random_seed(&s->random, seed);
    return KITH_OK;
}

static void shuffle_free(shuffle *s)
{
    free(s->order);
    free(s->place_of);
    free(s->running);
    free(s->as_much);
}

kith_status kith_getis_ord_chance(double *p, const kith_nearby *nearby, const double *values,
                                  size_t count, uint32_t permutations, uint64_t seed, kith_error *err)
{
    shuffle s = { 0 };

    if (permutations == 0 || permutations > KITH_GI_PERMUTATIONS_MAX)
        return kith_fail(err, KITH_USAGE, "%u permutations are asked for; 1 to %d are expected",
                         permutations, KITH_GI_PERMUTATIONS_MAX);
    const kith_status status = shuffle_make(&s, nearby, count, seed, err);
    if (status == KITH_OK) {
        for (uint32_t r = 0; r < permutations; r++) {
            draw(&s, values);
            compare(&s, nearby, values);
        }
        for (size_t i = 0; i < count; i++)
            p[i] = nearby[i].count > 1 && nearby[i].count < count
                       ? (s.as_much[i] + 1) / (permutations + 1.0)
                       : NAN;
    }
    shuffle_free(&s);
    return status;
}
