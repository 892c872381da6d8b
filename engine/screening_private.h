/* SPDX-License-Identifier: GPL-3.0-or-later */
/* screening_private.h: what rules and answers of the screening share. */
#ifndef KITH_SCREENING_PRIVATE_H
#define KITH_SCREENING_PRIVATE_H

#include <stdint.h>

#include "kith/screening.h"
#include "pool.h"

typedef enum screening_look { LOOK_FLAG, LOOK_EVENT, LOOK_AGE, LOOK_FORM, LOOK_COUNT } screening_look;

typedef struct screening_line {
    size_t criterion;
    int64_t way;
    screening_look look;
    const char *is;
    int64_t from, to, days; /* -1: blank */
} screening_line;

typedef struct screening_step {
    const char *step, *sentence;
    uint32_t met, unmet; /* a bit a criterion */
    bool otherwise;
} screening_step;

struct kith_screening {
    const char *criteria_name, *steps_name;
    const char *criteria[KITH_CRITERIA_MAX], *says[KITH_CRITERIA_MAX];
    size_t criterion_count;
    screening_line *lines;
    size_t line_count;
    screening_step *steps;
    size_t step_count;
    kith_pool *pool;
};

/* The first step that fits a set of met criteria; NULL when none does, or several that differ. */
const screening_step *screening_find(const kith_screening *screening, uint32_t met, bool *overlap);

#endif
