/* SPDX-License-Identifier: GPL-3.0-or-later */
/* statistics.c: tails by summing terms away from the middle.
 *
 * A tail is summed from the count seen outwards, where the terms fall, so nothing is
 * lost to cancellation; on the near side of the mean it is 1 less the other tail. Each
 * term follows from the one before by a ratio, and the sum ends when a term no longer
 * changes it. */
#include "kith/statistics.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { EXACT_TRIALS = 170 }; /* products of that many factors stay far inside a double */

static double binomial_term_by_products(int64_t count, int64_t trials, double p)
{
    double term = 1;

    for (int64_t i = 1; i <= count; i++)
        term *= (double)(trials - count + i) / (double)i * p;
    return term * pow(1 - p, (double)(trials - count));
}

/* P(X = count), for 0 < p < 1 and 0 <= count <= trials. */
static double binomial_term(int64_t count, int64_t trials, double p)
{
    const double k = (double)count, n = (double)trials;

    if (trials <= EXACT_TRIALS)
        return binomial_term_by_products(count, trials, p);
    return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) +
               (n - k) * log1p(-p));
}

static double binomial_sum_up(int64_t count, int64_t trials, double p)
{
    double term = binomial_term(count, trials, p), sum = term;

    for (int64_t i = count; i < trials && term > sum * 1e-18; i++) {
        term *= (double)(trials - i) / (double)(i + 1) * (p / (1 - p));
        sum += term;
    }
    return fmin(sum, 1);
}

static double binomial_sum_down(int64_t count, int64_t trials, double p)
{
    double term = binomial_term(count, trials, p), sum = term;

    for (int64_t i = count; i > 0 && term > sum * 1e-18; i--) {
        term *= (double)i / (double)(trials - i + 1) * ((1 - p) / p);
        sum += term;
    }
    return fmin(sum, 1);
}

double kith_binomial_upper(int64_t count, int64_t trials, double p)
{
    assert(trials >= 0 && p >= 0 && p <= 1);
    if (count <= 0)
        return 1;
    if (count > trials || p == 0)
        return 0;
    if (p == 1)
        return 1;
    if ((double)count >= (double)trials * p)
        return binomial_sum_up(count, trials, p);
    return 1 - binomial_sum_down(count - 1, trials, p);
}

double kith_binomial_lower(int64_t count, int64_t trials, double p)
{
    assert(trials >= 0 && p >= 0 && p <= 1);
    if (count >= trials)
        return 1;
    if (count < 0 || p == 1)
        return 0;
    if (p == 0)
        return 1;
    if ((double)count <= (double)trials * p)
        return binomial_sum_down(count, trials, p);
    return 1 - binomial_sum_up(count + 1, trials, p);
}

/* P(X = count), for mean > 0 and count >= 0. */
static double poisson_term(int64_t count, double mean)
{
    const double k = (double)count;

    return exp(k * log(mean) - mean - lgamma(k + 1));
}

static double poisson_sum_up(int64_t count, double mean)
{
    double term = poisson_term(count, mean), sum = term;

    for (int64_t i = count; term > sum * 1e-18; i++) {
        term *= mean / (double)(i + 1);
        sum += term;
    }
    return fmin(sum, 1);
}

static double poisson_sum_down(int64_t count, double mean)
{
    double term = poisson_term(count, mean), sum = term;

    for (int64_t i = count; i > 0 && term > sum * 1e-18; i--) {
        term *= (double)i / mean;
        sum += term;
    }
    return fmin(sum, 1);
}

double kith_poisson_upper(int64_t count, double mean)
{
    assert(mean >= 0);
    if (count <= 0)
        return 1;
    if (mean == 0)
        return 0;
    if ((double)count >= mean)
        return poisson_sum_up(count, mean);
    return 1 - poisson_sum_down(count - 1, mean);
}

double kith_poisson_lower(int64_t count, double mean)
{
    assert(mean >= 0);
    if (count < 0)
        return 0;
    if (mean == 0)
        return 1;
    if ((double)count <= mean)
        return poisson_sum_down(count, mean);
    return 1 - poisson_sum_up(count + 1, mean);
}

/* Where the alternating sum keeps its digits, and how many terms it may have. */
static const double most_mean = 12;
enum { MOST_COUNT = 160, MOST_TERMS = 288 };

double kith_couples_mean(const kith_couples *parts, size_t part_count)
{
    double mean = 0;

    for (size_t i = 0; i < part_count; i++)
        mean += parts[i].left * parts[i].right * parts[i].rate;
    return mean;
}

/* How many sets are needed after those of `count`: what follows is less than 1e-18 of them. */
static size_t terms_after(int64_t count, double mean)
{
    size_t terms = (size_t)count;
    double left = 1;

    while (left > 1e-18 && terms < MOST_TERMS - 1)
        left *= mean / (double)(++terms - (size_t)count);
    return terms;
}

/* The probability of a couple when t others have taken their places out of the pool. */
static double rate_after(const kith_couples *part, double t)
{
    if (part->all == 0 || t == 0)
        return part->rate;
    const double all = part->all - 2 * t;
    const double squares = part->squares - 2 * t * (part->left + part->right) + 2 * t * t;
    const double ways = all * all - squares;
    return ways > 0 ? part->rate * (all / part->all) *
                          ((part->all * part->all - part->squares) / ways)
                    : 0;
}

/* Multiplies sets[0 .. terms] by the expected sets of one part, in place from the end. */
static void multiply_sets(double *sets, size_t terms, const kith_couples *part)
{
    double own[MOST_TERMS];
    size_t most = 0;

    own[0] = 1;
    for (double k = 0; most < terms && k < part->left && k < part->right; k++, most++)
        own[most + 1] =
            own[most] * ((part->left - k) * (part->right - k)) / (k + 1) * rate_after(part, k);
    for (size_t i = terms + 1; i-- > 0;) {
        double sum = 0;
        for (size_t r = 0; r <= most && r <= i; r++)
            sum += own[r] * sets[i - r];
        sets[i] = sum;
    }
}

double kith_couples_upper(int64_t count, const kith_couples *parts, size_t part_count)
{
    const double mean = kith_couples_mean(parts, part_count);
    double sets[MOST_TERMS], sum = 0, sign = 1;

    if (count <= 0)
        return 1;
    if (mean > most_mean || count > MOST_COUNT)
        return kith_poisson_upper(count, mean);
    const size_t terms = terms_after(count, mean);
    for (size_t r = 0; r <= terms; r++)
        sets[r] = r == 0;
    for (size_t i = 0; i < part_count; i++)
        multiply_sets(sets, terms, &parts[i]);
    for (size_t r = (size_t)count; r <= terms; r++) {
        sum += sign * sets[r];
        sign *= -(double)r / (double)(r - (size_t)count + 1);
    }
    return fmin(fmax(sum, 0), 1);
}

enum { HALVINGS = 200 }; /* more than a double has steps between two limits */

/* The mean, between below and above, at which the tail crosses `goal`. */
static double poisson_crossing(double (*tail)(int64_t, double), int64_t count, double goal,
                               bool rises, double below, double above)
{
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = (below + above) / 2;
        if ((tail(count, middle) < goal) == rises)
            below = middle;
        else
            above = middle;
    }
    return (below + above) / 2;
}

void kith_poisson_limits(double *low, double *high, int64_t count, double level)
{
    const double tail = (1 - level) / 2, k = (double)count;

    assert(count >= 0 && level > 0 && level < 1);
    double above = k + 1;
    while (kith_poisson_lower(count, above) > tail)
        above *= 2;
    *low = count == 0 ? 0 : poisson_crossing(kith_poisson_upper, count, tail, true, 0, k);
    *high = poisson_crossing(kith_poisson_lower, count, tail, false, 0, above);
}

/* The same for a binomial p. */
static double binomial_crossing(double (*tail)(int64_t, int64_t, double), int64_t count,
                                int64_t trials, double goal, bool rises)
{
    double below = 0, above = 1;

    for (int i = 0; i < HALVINGS; i++) {
        const double middle = (below + above) / 2;
        if ((tail(count, trials, middle) < goal) == rises)
            below = middle;
        else
            above = middle;
    }
    return (below + above) / 2;
}

/* The odds of a count among trials, at the lower end of Clopper and Pearson's interval. */
static double low_odds(int64_t count, int64_t trials, double tail)
{
    if (count == 0)
        return 0;
    const double p = binomial_crossing(kith_binomial_upper, count, trials, tail, true);
    return p / (1 - p);
}

void kith_rate_ratio(double *ratio, double *low, double *high, int64_t first, double first_exposure,
                     int64_t later, double later_exposure, double level)
{
    const double longer = first_exposure / later_exposure, tail = (1 - level) / 2;
    const int64_t both = first + later;

    assert(first >= 0 && later >= 0 && first_exposure > 0 && later_exposure > 0);
    assert(level > 0 && level < 1);
    *ratio = first == 0 ? NAN : (double)later / (double)first * longer;
    *low = longer * low_odds(later, both, tail);
    *high = first == 0 ? INFINITY : longer / low_odds(first, both, tail);
}

typedef struct ranked {
    double p;
    size_t index;
} ranked;

static int by_p(const void *left, const void *right)
{
    const ranked *a = left, *b = right;

    if (a->p != b->p)
        return a->p < b->p ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

kith_status kith_benjamini_hochberg(double *q, const double *p, size_t count, kith_error *err)
{
    ranked *order = malloc((count + 1) * sizeof *order);
    size_t tested = 0;
    double least = 1;

    if (order == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        if (!isnan(p[i]))
            order[tested++] = (ranked){ p[i], i };
        q[i] = NAN;
    }
    qsort(order, tested, sizeof *order, by_p);
    for (size_t rank = tested; rank > 0; rank--) {
        least = fmin(least, order[rank - 1].p * (double)tested / (double)rank);
        q[order[rank - 1].index] = least;
    }
    free(order);
    return KITH_OK;
}

/* What has p = 1 has the last ranks: it only makes m larger. */
kith_status kith_benjamini_hochberg_among(double *q, const double *p, size_t count, double tested,
                                          kith_error *err)
{
    size_t given = 0;

    for (size_t i = 0; i < count; i++)
        given += !isnan(p[i]);
    const kith_status status = kith_benjamini_hochberg(q, p, count, err);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        q[i] = isnan(q[i]) ? NAN : fmin(1, q[i] * (tested / (double)given));
    return status;
}

double kith_round_figures(double value)
{
    if (value == 0 || !isfinite(value))
        return value;
    const double scale = pow(10, fmax(8 - floor(log10(fabs(value))), 7));
    return isfinite(value * scale) ? round(value * scale) / scale : value;
}
