/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weight.h: what a piece of evidence counts: the one formula, in the one place.
 *
 *     mass = severity x reliability x recency
 *
 *     reliability  source grade (1: 1.0, 2: 0.7, 3: 0.3) x information grade
 *                  (A: 1.0, B: 0.85, C: 0.6, D: 0.4, E: 0); ungraded 0.5;
 *                  with grades off, 1 (E stays 0: listed, never counted);
 *                  half of that while somebody contests the record, 0 once that is upheld
 *     recency      max(0.05, 2^(-age / half_life)); a standing fact 1
 *     severity     1, 2 or 3; missing counts as 1
 *
 * Half-lives in days: incident 90, condition 180, protective 180, drives 90, standing
 * none. These are engineering defaults, not probabilities, and every result that
 * rests on them says so; kith_factors_default holds them, and settings.h reads others for
 * context weighting. Source: design 3.2; domain section 5, steps 1 to 4. */
#ifndef KITH_WEIGHT_H
#define KITH_WEIGHT_H

#include <stdbool.h>
#include <stdint.h>

typedef enum kith_nature {
    KITH_INCIDENT,  /* halves in 90 days */
    KITH_CONDITION, /* halves in 180 days; protective facts by default */
    KITH_STANDING   /* never fades; undated facts */
} kith_nature;

/** Whether somebody says that a record is wrong (contest.h). */
typedef enum kith_contested {
    KITH_UNCONTESTED, /* nobody does, or it was looked into and the record stands */
    KITH_CONTESTED,   /* and it is not decided, or decided and not yet corrected */
    KITH_WRONG        /* and it was upheld */
} kith_contested;

/** How far a record may be relied on. */
typedef struct kith_grade {
    char source;    /* '1' to '3', 0 when ungraded */
    char info;      /* 'A' to 'E', 0 when ungraded */
    char contested; /* a kith_contested */
} kith_grade;

/** E, suspected to be false, or found to be wrong. Such an item is listed and never counted. */
static inline bool kith_grade_is_false(kith_grade grade)
{
    return grade.info == 'E' || grade.contested == KITH_WRONG;
}

/** Contested and not settled: counts less, and is never drawn as confirmed. */
static inline bool kith_grade_is_contested(kith_grade grade)
{
    return grade.contested == KITH_CONTESTED;
}

/** A grade as people read it: "1A", "ungraded", "2B, contested", "ungraded, found to be wrong". */
enum { KITH_GRADE_SIZE = 40 };
const char *kith_grade_write(char out[KITH_GRADE_SIZE], kith_grade grade);

/** The figures of the formula above. What is false never counts, whatever they are. */
typedef struct kith_factors {
    double source[3];    /* grades 1 to 3 */
    double info[4];      /* grades A to D */
    double ungraded;     /* instead of both */
    double contested;    /* times either, while the record is contested */
    double floor;        /* of recency */
    double half_life[2]; /* days: KITH_INCIDENT, KITH_CONDITION */
} kith_factors;

extern const kith_factors kith_factors_default;

typedef struct kith_weighting {
    bool grades;            /* false: every graded or ungraded item counts in full (E still 0, contested less) */
    double half_life_scale; /* 1; the sensitivity runs use 0.5 and 2 */
    const kith_factors *factors; /* NULL: kith_factors_default */
} kith_weighting;

extern const kith_weighting kith_weighting_default;

/** The terms of one item's mass. mass = severity * reliability * recency exactly. */
typedef struct kith_mass {
    double severity, reliability, recency, mass;
} kith_mass;

/** In [0, 1]. */
double kith_reliability(kith_grade grade, const kith_weighting *weighting);

/** From the floor, 0.05, to 1. An item dated after as-of counts as of age 0. */
double kith_recency(int32_t day, int32_t as_of, kith_nature nature,
                    const kith_weighting *weighting);

/**
 * The mass of one item.
 *
 * severity  1 to 3; 0 when missing, which counts as 1.
 * day       when observed; ignored for KITH_STANDING.
 */
kith_mass kith_mass_of(int severity, kith_grade grade, int32_t day, int32_t as_of,
                       kith_nature nature, const kith_weighting *weighting);

/** How a tie is drawn (R48): solid 1A 1B, dashed 1C 2A 2B, dotted the rest, ungraded and contested. */
typedef enum kith_line { KITH_DOTTED, KITH_DASHED, KITH_SOLID } kith_line;
kith_line kith_line_of(kith_grade grade);

#endif
