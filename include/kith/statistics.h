/* SPDX-License-Identifier: GPL-3.0-or-later */
/* statistics.h: exact tails of counts, intervals made of them, and the correction for asking many times.
 *
 * A tail is the probability of a count at least (upper) or at most (lower) as large as
 * the one seen, when only chance is at work; the count seen is included in both.
 * Nothing here knows what is counted. */
#ifndef KITH_STATISTICS_H
#define KITH_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"

/**
 * P(X >= count) and P(X <= count) for X binomial: `trials` independent trials that each
 * succeed with probability p.
 *
 * A count below 0 or above trials is allowed: the tail is then 1 or 0. p in [0, 1].
 * Up to 170 trials the terms are products, without logarithms, so that 3 of 3 at p =
 * 0.25 is 0.015625 exactly; above, the relative error is below 1e-9 for 10^6 trials.
 * Cost: O(number of terms that matter), about the standard deviation.
 */
double kith_binomial_upper(int64_t count, int64_t trials, double p);
double kith_binomial_lower(int64_t count, int64_t trials, double p);

/** The same for X Poisson with a mean of 0 or more. */
double kith_poisson_upper(int64_t count, double mean);
double kith_poisson_lower(int64_t count, double mean);

/**
 * Places of one thing and of another among all places of a pool, any couple of which
 * falls together with probability `rate`.
 */
typedef struct kith_couples {
    double left, right; /* how many places each has, whole numbers */
    double rate;
    double all, squares; /* places in the pool, and the sum over things of their number squared;
                            0: no end of them, so that no couple makes another likelier */
} kith_couples;

/**
 * P(X >= count) for X the number of couples that fall together, where no place is in two of
 * them, over all parts, independent of each other.
 *
 * Of one part the expected number of sets of r couples is
 *
 *     B_r = product over t < r of  (left - t) (right - t) rate_t / (t + 1)
 *     rate_t = rate (1 - 2t / all) (all^2 - squares) / ((all - 2t)^2 - squares_t)
 *
 * (t couples take 2t places out of the pool; squares_t is what is left of squares). Parts
 * are joined by multiplying their generating functions, and
 *
 *     P(X >= k) = sum over r >= k of  (-1)^(r - k) C(r - 1, k - 1) B_r.
 *
 * In a large pool X is a sum of independent indicators (the polynomial of matchings has
 * real roots), so its tail lies below that of a Poisson count of the same mean; that is taken
 * where the alternating sum would lose digits: mean above 12, or count above 160.
 * Cost: O(parts x terms), terms about count + 10 for a small mean.
 * Source: W. Feller, An Introduction to Probability Theory I, IV.5; O. J. Heilmann, E. H.
 *         Lieb, Theory of monomer-dimer systems, Communications in Mathematical Physics 25, 1972.
 */
double kith_couples_upper(int64_t count, const kith_couples *parts, size_t part_count);

/** The mean of X above. */
double kith_couples_mean(const kith_couples *parts, size_t part_count);

/**
 * The exact interval that holds a Poisson mean with at least `level` confidence, given one
 * count: the means at which the count's tails are (1 - level) / 2. From 0 when count is 0.
 *
 * count 0 or more; level in (0, 1), as 0.95.
 * Source: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28(3/4),
 *         1936, 437-442; K. Ulm, A simple method to calculate the confidence interval of a
 *         standardized mortality ratio, American Journal of Epidemiology 131(2), 1990, 373-375.
 */
void kith_poisson_limits(double *low, double *high, int64_t count, double level);

/**
 * The ratio of two Poisson rates, (later / later_exposure) / (first / first_exposure), with
 * its exact interval.
 *
 * Given both counts' sum n, the later one is binomial with p = ratio later_exposure /
 * (ratio later_exposure + first_exposure); the interval is Clopper and Pearson's for p,
 * turned back into ratios. ratio is NaN when first is 0, and high then infinite; when both
 * counts are 0 nothing is known: ratio NaN, the interval from 0 to infinity.
 *
 * Counts 0 or more, exposures above 0, level in (0, 1). ratio, low and high are out.
 * Source: C.J. Clopper, E.S. Pearson, The use of confidence or fiducial limits illustrated in
 *         the case of the binomial, Biometrika 26(4), 1934, 404-413.
 */
void kith_rate_ratio(double *ratio, double *low, double *high, int64_t first, double first_exposure,
                     int64_t later, double later_exposure, double level);

/**
 * Adjusts p-values for the false discovery rate.
 *
 *     q of the i-th smallest p = min over j >= i of  m p_j / j,  at most 1
 *
 * q      out: one for each p, in its order. May be p itself.
 * p      in [0, 1]; NaN stands for "not tested": it gets q NaN and is not counted in m.
 * count  may be 0.
 *
 * Returns KITH_OK or KITH_NO_MEMORY (q is then not written).
 * Cost: O(m log m).
 * Source: Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, Journal of
 *         the Royal Statistical Society B 57(1), 1995, 289-300; in the adjusted form.
 */
kith_status kith_benjamini_hochberg(double *q, const double *p, size_t count, kith_error *err);

/** The same where the p-values given are some of `tested`, at least as many, and all others are 1. */
kith_status kith_benjamini_hochberg_among(double *q, const double *p, size_t count, double tested,
                                          kith_error *err);

/**
 * A number to 9 significant figures, of a large one to 7 decimals. What was added up in another
 * order differs from the 15th figure on: rounded so far before it, hardly a number stands at an
 * edge, and all others are printed the same.
 */
double kith_round_figures(double value);

#endif
