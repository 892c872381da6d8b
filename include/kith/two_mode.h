/* SPDX-License-Identifier: GPL-3.0-or-later */
/* two_mode.h: a random walk between people and places that starts over. */
#ifndef KITH_TWO_MODE_H
#define KITH_TWO_MODE_H

#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"

typedef struct kith_two_mode {
    size_t person_count, place_count;
    const size_t *first;    /* place -> where its pairs begin; place_count + 1 */
    const uint32_t *person; /* pair -> person, each once a place */
    const double *weight;   /* pair -> above 0 */
} kith_two_mode;

/**
 * How much of a walk is at each place.
 *
 *     people = (1 - d) start + d from_places(places)      from_: a step, as likely as the weight
 *     places = d from_people(people)
 *
 * share      out: one for each place; not scaled: with a start that adds up to 1, people and places
 *            together do too.
 * start      one for each person, 0 or more; people without a pair are walked away from no further.
 * damping    d, in (0, 1).
 * tolerance  the sum of all errors is at most this times the sum of start.
 * rounds     out, may be NULL: how often the pairs were gone through, there and back.
 *
 * Returns KITH_OK or KITH_NO_MEMORY.
 * Cost: O(pairs x rounds); about 20 rounds for d = 0.85 and a tolerance of 1e-10.
 * Source: L. Page, S. Brin, R. Motwani, T. Winograd, The PageRank citation ranking, Stanford 1999;
 *         M.R. Hestenes, E. Stiefel, Methods of conjugate gradients for solving linear systems,
 *         Journal of Research of the National Bureau of Standards 49(6), 1952.
 */
kith_status kith_two_mode_walk(double *share, const kith_two_mode *graph, const double *start,
                               double damping, double tolerance, int *rounds, kith_error *err);

#endif
