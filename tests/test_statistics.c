/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "kith/statistics.h"

/* Each tail's figure was computed in exact fractions (or 50 decimals, for Poisson). */
static void expect(double found, double exact)
{
    cr_assert(epsilon_eq(dbl, found / exact, 1.0, 1e-12), "%.17g is not %.17g", found, exact);
}

/* 0.25^3: the smallest figure that can make a place "emerging". */
Test(statistics, three_of_three_at_a_quarter_is_one_in_64)
{
    cr_assert(eq(dbl, kith_binomial_upper(3, 3, 0.25), 0.015625));
    cr_assert(eq(dbl, kith_binomial_lower(0, 3, 0.25), 0.421875));
}

Test(statistics, binomial_tails_are_exact)
{
    expect(kith_binomial_upper(8, 12, 0.25), 0.002781510353088379);
    expect(kith_binomial_lower(1, 20, 0.25), 0.024312624865160615);
    expect(kith_binomial_upper(5, 200, 0.001), 2.1560164186571483e-06);
    expect(kith_binomial_upper(160, 170, 0.25), 1.1419375147174087e-82);
}

Test(statistics, many_trials_keep_nine_figures)
{
    cr_assert(
        epsilon_eq(dbl, kith_binomial_upper(301, 1000, 0.25) / 0.00014792917454344693, 1.0, 1e-11));
}

Test(statistics, a_tail_and_the_rest_make_one)
{
    for (int64_t n = 0; n <= 400; n += 25) {
        for (int64_t k = 0; k <= n; k += 5) {
            const double whole =
                kith_binomial_upper(k, n, 0.25) + kith_binomial_lower(k - 1, n, 0.25);
            cr_assert(epsilon_eq(dbl, whole, 1.0, 1e-12));
        }
    }
}

Test(statistics, counts_outside_the_trials_are_certain_or_impossible)
{
    cr_assert(eq(dbl, kith_binomial_upper(0, 0, 0.25), 1.0));
    cr_assert(eq(dbl, kith_binomial_upper(-1, 4, 0.25), 1.0));
    cr_assert(eq(dbl, kith_binomial_upper(5, 4, 0.25), 0.0));
    cr_assert(eq(dbl, kith_binomial_lower(-1, 4, 0.25), 0.0));
    cr_assert(eq(dbl, kith_binomial_lower(4, 4, 0.25), 1.0));
}

Test(statistics, certain_and_impossible_trials_have_no_chance_in_them)
{
    cr_assert(eq(dbl, kith_binomial_upper(4, 4, 1), 1.0));
    cr_assert(eq(dbl, kith_binomial_upper(1, 4, 0), 0.0));
    cr_assert(eq(dbl, kith_binomial_lower(3, 4, 1), 0.0));
    cr_assert(eq(dbl, kith_binomial_lower(0, 4, 0), 1.0));
}

Test(statistics, poisson_tails_are_exact)
{
    expect(kith_poisson_upper(10, 3.2), 0.001761887868184625);
    expect(kith_poisson_lower(2, 3.2), 0.3799037410783731);
    expect(kith_poisson_upper(1, 1e-9), 9.999999995e-10);
    cr_assert(epsilon_eq(dbl, kith_poisson_upper(1100, 1000) / 0.0009626304058665572, 1.0, 1e-10));
}

Test(statistics, a_mean_of_zero_gives_zero)
{
    cr_assert(eq(dbl, kith_poisson_upper(0, 0), 1.0));
    cr_assert(eq(dbl, kith_poisson_upper(1, 0), 0.0));
    cr_assert(eq(dbl, kith_poisson_lower(0, 0), 1.0));
    cr_assert(eq(dbl, kith_poisson_lower(-1, 2), 0.0));
}

/* Benjamini and Hochberg (1995), section 4.1: 15 comparisons of treatments of myocardial
 * infarction; at 0.05 their procedure rejects the first four. Adjusted by hand: 15 p / i. */
Test(statistics, the_paper_s_fifteen_comparisons_reject_four)
{
    static const double p[] = { 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000 };
    double q[15];
    int rejected = 0;

    cr_assert(eq(int, kith_benjamini_hochberg(q, p, 15, NULL), KITH_OK));
    for (int i = 0; i < 15; i++)
        rejected += q[i] <= 0.05;
    cr_assert(eq(int, rejected, 4));
    cr_assert(epsilon_eq(dbl, q[0], 0.0015, 1e-12));
    cr_assert(epsilon_eq(dbl, q[3], 0.035625, 1e-12));
    cr_assert(epsilon_eq(dbl, q[4], 0.0603, 1e-12));
    cr_assert(epsilon_eq(dbl, q[5], 15 * 0.0298 / 7, 1e-12), "the sixth takes the seventh's");
    cr_assert(eq(dbl, q[14], 1.0));
}

Test(statistics, adjusting_keeps_the_order_of_the_input)
{
    static const double p[] = { 0.04, 0.01, 0.04, 0.02 };
    double q[4];

    cr_assert(eq(int, kith_benjamini_hochberg(q, p, 4, NULL), KITH_OK));
    cr_assert(epsilon_eq(dbl, q[0], 0.04, 1e-15));
    cr_assert(epsilon_eq(dbl, q[1], 0.04, 1e-15));
    cr_assert(epsilon_eq(dbl, q[2], 0.04, 1e-15));
    cr_assert(epsilon_eq(dbl, q[3], 0.04, 1e-15));
}

Test(statistics, what_was_not_tested_does_not_count)
{
    double p[] = { NAN, 0.01, NAN, 0.03 };

    cr_assert(eq(int, kith_benjamini_hochberg(p, p, 4, NULL), KITH_OK));
    cr_assert(isnan(p[0]) && isnan(p[2]));
    cr_assert(epsilon_eq(dbl, p[1], 0.02, 1e-15));
    cr_assert(epsilon_eq(dbl, p[3], 0.03, 1e-15));
}

Test(statistics, nothing_to_adjust_is_no_fault)
{
    cr_assert(eq(int, kith_benjamini_hochberg(NULL, NULL, 0, NULL), KITH_OK));
}

/* The 95 % limits of Garwood (1936) as tabled by Ulm (1990) and others: 0 to 3.689 for no
 * event, 0.0253 to 5.572 for one; GraphPad's QuickCalcs gives 16.18 to 36.90 for 25. The
 * further figures were computed with 60 decimals. */
Test(statistics, poisson_limits_are_garwoods)
{
    static const struct {
        int64_t count;
        double low, high;
    } tabled[] = { { 0, 0, 3.6888794541139363 },
                   { 1, 0.025317807984289876, 5.571643390938899 },
                   { 2, 0.2422092785439649, 7.224687667723961 },
                   { 3, 0.6186721228956013, 8.767273069742327 },
                   { 5, 1.6234863901184204, 11.668332079322669 },
                   { 10, 4.7953886961324335, 18.39035604201778 },
                   { 20, 12.216519585403944, 30.8883779026746 },
                   { 50, 37.110963737461866, 65.91876666433681 },
                   { 100, 81.36399125092314, 121.62679379242638 } };
    double low, high;

    for (size_t i = 0; i < sizeof tabled / sizeof *tabled; i++) {
        kith_poisson_limits(&low, &high, tabled[i].count, 0.95);
        cr_assert(epsilon_eq(dbl, low, tabled[i].low, 1e-9 * (1 + low)));
        cr_assert(epsilon_eq(dbl, high, tabled[i].high, 1e-9 * high));
    }
    kith_poisson_limits(&low, &high, 25, 0.95);
    cr_assert(epsilon_eq(dbl, low, 16.18, 0.005));
    cr_assert(epsilon_eq(dbl, high, 36.90, 0.005));
}

/* The example of R's manual page, poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)), Fredericia
 * against three other cities, prints the ratio 1.971488, 0.8584264 to 4.2772659. The second,
 * 41 cases in 28010 woman-years after fluoroscopy and 15 in 19017 without (Boice and Monson
 * 1977), was computed with 60 decimals. */
Test(statistics, rate_ratios_have_rs_interval)
{
    double ratio, low, high;

    kith_rate_ratio(&ratio, &low, &high, 21, 3011, 11, 800, 0.95);
    cr_assert(epsilon_eq(dbl, ratio, 1.971488, 1e-6));
    cr_assert(epsilon_eq(dbl, low, 0.8584264, 1e-7));
    cr_assert(epsilon_eq(dbl, high, 4.2772659, 1e-7));
    kith_rate_ratio(&ratio, &low, &high, 15, 19017, 41, 28010, 0.95);
    cr_assert(epsilon_eq(dbl, ratio, 1.8557586576222778, 1e-12));
    cr_assert(epsilon_eq(dbl, low, 1.0056840626892576, 1e-9));
    cr_assert(epsilon_eq(dbl, high, 3.609300311077905, 1e-9));
}

/* By hand, equal times. Of 3 events none is in the later one: the first's share p is at its
 * lowest when p^3 = 0.025, and the ratio then (1 - p) / p. Of 2, one each: the later's share q is
 * at its lowest when 1 - (1 - q)^2 = 0.025. */
Test(statistics, small_rate_ratios_can_be_worked_by_hand)
{
    const double p = cbrt(0.025), q = 1 - sqrt(0.975);
    double ratio, low, high;

    kith_rate_ratio(&ratio, &low, &high, 3, 1, 0, 1, 0.95);
    cr_assert(eq(dbl, ratio, 0.0));
    cr_assert(eq(dbl, low, 0.0));
    cr_assert(epsilon_eq(dbl, high, (1 - p) / p, 1e-12));
    kith_rate_ratio(&ratio, &low, &high, 1, 2, 1, 2, 0.95);
    cr_assert(eq(dbl, ratio, 1.0));
    cr_assert(epsilon_eq(dbl, low, q / (1 - q), 1e-12));
    cr_assert(epsilon_eq(dbl, low * high, 1.0, 1e-12));
}

Test(statistics, nothing_before_leaves_the_ratio_open_above)
{
    double ratio, low, high;

    kith_rate_ratio(&ratio, &low, &high, 0, 1, 3, 1, 0.95);
    cr_assert(isnan(ratio) && isinf(high));
    cr_assert(epsilon_eq(dbl, low, 0.4132313550308938, 1e-12));
    kith_rate_ratio(&ratio, &low, &high, 0, 1, 0, 1, 0.95);
    cr_assert(isnan(ratio) && isinf(high));
    cr_assert(eq(dbl, low, 0.0));
}

static void expect_couples(const kith_couples *parts, size_t part_count, int64_t count,
                           double exact)
{
    expect(kith_couples_upper(count, parts, part_count), exact);
}

/* Each figure in exact fractions, by a separate program from the formula of the header. Ten of each in
 * a pool of twenty: each has only the other, so all ten fall together. */
Test(statistics, couples_tails_are_exact)
{
    const kith_couples one[] = { { 1, 1, 0.25, 0, 0 } };
    const kith_couples hand[] = { { 3, 2, 3.0 / 17, 7, 15 } };
    const kith_couples only_each_other[] = { { 10, 10, 0.1, 20, 200 } };
    const kith_couples two[] = { { 9, 9, 0.01, 0, 0 }, { 2, 5, 0.02, 0, 0 } };
    const kith_couples busy[] = { { 75, 75, 8.0 / 4599, 1200, 60300 } };
    const kith_couples three[] = { { 40, 10, 1.0 / 4000, 900, 40000 },
                                   { 3, 3, 1.0 / 300, 0, 0 },
                                   { 1, 1, 1.0 / 52, 0, 0 } };
    const kith_couples rare[] = { { 30, 30, 1e-5, 0, 0 } };

    expect_couples(one, 1, 1, 0.25);
    expect_couples(hand, 1, 2, 0.25210084033613445);
    cr_assert(epsilon_eq(dbl, kith_couples_upper(10, only_each_other, 1), 1, 1e-9));
    expect_couples(two, 2, 4, 0.009872443265542962);
    cr_assert(epsilon_eq(dbl, kith_couples_upper(17, busy, 1) / 0.00955089150518136, 1, 1e-6));
    cr_assert(epsilon_eq(dbl, kith_couples_upper(20, busy, 1) / 0.00047430300372471577, 1, 1e-6));
    expect_couples(three, 3, 5, 2.0037216485376458e-07);
    expect_couples(rare, 1, 12, 3.572745419645928e-36);
}

/* Where the sum would lose its digits a Poisson tail of the same mean stands above it. */
Test(statistics, many_couples_have_a_poisson_tail)
{
    const kith_couples many[] = { { 200, 200, 0.001, 0, 0 } };

    cr_assert(eq(dbl, kith_couples_mean(many, 1), 40));
    cr_assert(eq(dbl, kith_couples_upper(70, many, 1), kith_poisson_upper(70, 40)));
    cr_assert(eq(dbl, kith_couples_upper(0, many, 1), 1));
    cr_assert(eq(dbl, kith_couples_upper(3, NULL, 0), 0));
}

/* Couples can be no more than the fewer places; a Poisson count of the same mean could. */
Test(statistics, a_couples_tail_lies_below_poissons)
{
    for (double places = 2; places <= 40; places += 1)
        for (int64_t count = 2; count <= 6; count++) {
            const kith_couples part[] = { { places, places, 0.5 / (places * places), 0, 0 } };
            cr_assert(le(dbl, kith_couples_upper(count, part, 1), kith_poisson_upper(count, 0.5)));
        }
}

/* Two of a hundred tests seen, the others at p = 1: m is a hundred. */
Test(statistics, p_values_of_one_only_make_m_larger)
{
    const double p[] = { 0.0001, 0.001 };
    double q[2];

    cr_assert(eq(int, kith_benjamini_hochberg_among(q, p, 2, 100, NULL), KITH_OK));
    cr_assert(epsilon_eq(dbl, q[0], 0.01, 1e-15));
    cr_assert(epsilon_eq(dbl, q[1], 0.05, 1e-15));
    cr_assert(eq(int, kith_benjamini_hochberg_among(q, p, 0, 0, NULL), KITH_OK));
}
