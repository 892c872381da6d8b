/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_weight.c: the evidence formula, against the worked check of its source.
 *
 * The practice that the formula comes from works through a school threat: peer risk
 * 3/1A/10 (severity, grade, age in days) and 2/1A/20 give the peer context, which has no
 * protection, an own weight of 0.675; the school's 3/1B/25 and 2/2C/15 give it 0.510. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "kith/weight.h"

enum { AS_OF = 19000 };

static kith_grade graded(char source, char info)
{
    return (kith_grade){ .source = source, .info = info };
}

static double mass(int severity, char source, char info, int age, kith_nature nature)
{
    return kith_mass_of(severity, graded(source, info), AS_OF - age, AS_OF, nature,
                        &kith_weighting_default)
        .mass;
}

Test(weight, reliability_is_source_times_information)
{
    static const double source[] = { 1.0, 0.7, 0.3 }, info[] = { 1.0, 0.85, 0.6, 0.4, 0 };

    for (int s = 0; s < 3; s++)
        for (int i = 0; i < 5; i++)
            cr_assert(epsilon_eq(dbl,
                                 kith_reliability(graded((char)('1' + s), (char)('A' + i)),
                                                  &kith_weighting_default),
                                 source[s] * info[i], 0));
    cr_assert(eq(dbl, kith_reliability(graded(0, 0), &kith_weighting_default), 0.5));
}

Test(weight, with_grades_off_all_but_E_count_in_full)
{
    const kith_weighting off = { .grades = false, .half_life_scale = 1 };

    cr_assert(eq(dbl, kith_reliability(graded('3', 'D'), &off), 1));
    cr_assert(eq(dbl, kith_reliability(graded(0, 0), &off), 1));
    cr_assert(eq(dbl, kith_reliability(graded('1', 'E'), &off), 0));
}

Test(weight, incidents_halve_in_90_days_and_conditions_in_180)
{
    const kith_weighting half = { true, 0.5, NULL }, twice = { true, 2, NULL };
    const kith_weighting *usual = &kith_weighting_default;

    cr_assert(epsilon_eq(dbl, kith_recency(AS_OF - 90, AS_OF, KITH_INCIDENT, usual), 0.5, 1e-15));
    cr_assert(epsilon_eq(dbl, kith_recency(AS_OF - 180, AS_OF, KITH_INCIDENT, usual), 0.25, 1e-15));
    cr_assert(epsilon_eq(dbl, kith_recency(AS_OF - 180, AS_OF, KITH_CONDITION, usual), 0.5, 1e-15));
    cr_assert(epsilon_eq(dbl, kith_recency(AS_OF - 45, AS_OF, KITH_INCIDENT, &half), 0.5, 1e-15));
    cr_assert(epsilon_eq(dbl, kith_recency(AS_OF - 180, AS_OF, KITH_INCIDENT, &twice), 0.5, 1e-15));
    cr_assert(eq(dbl, kith_recency(AS_OF - 100000, AS_OF, KITH_STANDING, usual), 1));
}

Test(weight, nothing_fades_below_a_twentieth)
{
    /* 2^(-389/90) is 0.04999; 388 days are just above. */
    cr_assert(eq(dbl, kith_recency(AS_OF - 389, AS_OF, KITH_INCIDENT, &kith_weighting_default),
                 0.05));
    cr_assert(gt(dbl, kith_recency(AS_OF - 388, AS_OF, KITH_INCIDENT, &kith_weighting_default),
                 0.05));
    cr_assert(eq(dbl, kith_recency(0, AS_OF, KITH_CONDITION, &kith_weighting_default), 0.05));
}

Test(weight, today_and_later_are_of_age_0)
{
    cr_assert(eq(dbl, mass(3, '1', 'A', 0, KITH_INCIDENT), 3));
    cr_assert(eq(dbl, mass(3, '1', 'A', -10, KITH_INCIDENT), 3));
}

Test(weight, a_missing_severity_counts_as_1)
{
    cr_assert(eq(dbl, mass(0, '1', 'A', 0, KITH_INCIDENT), 1));
}

Test(weight, an_item_is_the_product_of_its_terms)
{
    const kith_mass item = kith_mass_of(2, graded('2', 'C'), AS_OF - 15, AS_OF, KITH_INCIDENT,
                                        &kith_weighting_default);

    cr_assert(eq(dbl, item.severity, 2));
    cr_assert(epsilon_eq(dbl, item.reliability, 0.42, 1e-15));
    cr_assert(epsilon_eq(dbl, item.recency, pow(2, -15.0 / 90), 1e-15));
    cr_assert(eq(dbl, item.mass, item.severity * item.reliability * item.recency));
}

static double saturated(double sum)
{
    return 1 - exp(-sum / 4); /* K = 4 */
}

/* To the three decimals that the worked check prints. */
Test(weight, masses_give_the_worked_check_of_the_practice)
{
    const double peer = saturated(mass(3, '1', 'A', 10, KITH_INCIDENT) +
                                  mass(2, '1', 'A', 20, KITH_INCIDENT));
    const double school = saturated(mass(3, '1', 'B', 25, KITH_INCIDENT) +
                                    mass(2, '2', 'C', 15, KITH_INCIDENT));

    cr_assert(epsilon_eq(dbl, peer, 0.675, 0.0005));
    cr_assert(epsilon_eq(dbl, school, 0.510, 0.0005));
}

/* R48: solid 1A, 1B; dashed 1C, 2A, 2B; dotted the rest and ungraded. */
Test(weight, lines_follow_the_grade)
{
    static const kith_line expected[3][5] = {
        { KITH_SOLID, KITH_SOLID, KITH_DASHED, KITH_DOTTED, KITH_DOTTED },
        { KITH_DASHED, KITH_DASHED, KITH_DOTTED, KITH_DOTTED, KITH_DOTTED },
        { KITH_DOTTED, KITH_DOTTED, KITH_DOTTED, KITH_DOTTED, KITH_DOTTED },
    };

    for (int s = 0; s < 3; s++)
        for (int i = 0; i < 5; i++)
            cr_assert(eq(int, kith_line_of(graded((char)('1' + s), (char)('A' + i))),
                         expected[s][i]));
    cr_assert(eq(int, kith_line_of(graded(0, 0)), KITH_DOTTED));
}
