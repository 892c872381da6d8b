/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weight.c: the evidence formula and its tables. */
#include "kith/weight.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>

const kith_weighting kith_weighting_default = { .grades = true, .half_life_scale = 1 };

const kith_factors kith_factors_default = {
    .source = { 1.0, 0.7, 0.3 },
    .info = { 1.0, 0.85, 0.6, 0.4 },
    .ungraded = 0.5,
    .contested = 0.5,
    .floor = 0.05,
    .half_life = { [KITH_INCIDENT] = 90, [KITH_CONDITION] = 180 },
};

const char *kith_grade_write(char out[KITH_GRADE_SIZE], kith_grade grade)
{
    static const char *const contested[] = {
        [KITH_UNCONTESTED] = "", [KITH_CONTESTED] = ", contested", [KITH_WRONG] = ", found to be wrong"
    };

    if (grade.source != 0 && grade.info != 0)
        snprintf(out, KITH_GRADE_SIZE, "%c%c%s", grade.source, grade.info,
                 contested[(int)grade.contested]);
    else
        snprintf(out, KITH_GRADE_SIZE, "ungraded%s", contested[(int)grade.contested]);
    return out;
}

static const kith_factors *factors_of(const kith_weighting *weighting)
{
    return weighting->factors != NULL ? weighting->factors : &kith_factors_default;
}

double kith_reliability(kith_grade grade, const kith_weighting *weighting)
{
    const kith_factors *factors = factors_of(weighting);

    const double share = kith_grade_is_contested(grade) ? factors->contested : 1;

    if (kith_grade_is_false(grade))
        return 0;
    if (!weighting->grades)
        return share;
    if (grade.source == 0 || grade.info == 0)
        return factors->ungraded * share;
    return factors->source[grade.source - '1'] * factors->info[grade.info - 'A'] * share;
}

double kith_recency(int32_t day, int32_t as_of, kith_nature nature,
                    const kith_weighting *weighting)
{
    const kith_factors *factors = factors_of(weighting);

    if (nature == KITH_STANDING || day >= as_of)
        return 1;
    const double half_life = factors->half_life[nature] * weighting->half_life_scale;
    return fmax(factors->floor, exp2(-(as_of - day) / half_life));
}

kith_mass kith_mass_of(int severity, kith_grade grade, int32_t day, int32_t as_of,
                       kith_nature nature, const kith_weighting *weighting)
{
    kith_mass mass = {
        .severity = severity > 0 ? severity : 1,
        .reliability = kith_reliability(grade, weighting),
        .recency = kith_recency(day, as_of, nature, weighting),
    };

    mass.mass = mass.severity * mass.reliability * mass.recency;
    return mass;
}

kith_line kith_line_of(kith_grade grade)
{
    if (grade.contested != KITH_UNCONTESTED)
        return KITH_DOTTED;
    if (grade.source == '1' && (grade.info == 'A' || grade.info == 'B'))
        return KITH_SOLID;
    if ((grade.source == '1' && grade.info == 'C') ||
        (grade.source == '2' && (grade.info == 'A' || grade.info == 'B')))
        return KITH_DASHED;
    return KITH_DOTTED;
}
