/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "kith/two_mode.h"

static kith_error err;
static int rounds;

/* Two people, one place: with d = 1/2 and the start at the first, 1/2 (1/2 + p/2) comes to the
 * place, whatever the weights: p = d (1 - d) / (1 - d^2) = 1/3. */
Test(two_mode, one_place_has_its_share_by_hand)
{
    const size_t first[] = { 0, 2 };
    const uint32_t person[] = { 0, 1 };
    const double weight[] = { 3, 1 }, start[] = { 1, 0 };
    const kith_two_mode graph = { 2, 1, first, person, weight };
    double share;

    cr_assert(eq(int, kith_two_mode_walk(&share, &graph, start, 0.5, 1e-14, &rounds, &err), KITH_OK));
    cr_assert(epsilon_eq(dbl, share, 1 / 3.0, 1e-13));
}

/* A person between two places, met with weights 3 and 1; from each place every step leads back:
 * p1 = d (3/4) x, p2 = d (1/4) x, x = 1 - d + d (p1 + p2), so x = (1 - d) / (1 - d^2). */
Test(two_mode, places_share_by_weight)
{
    const size_t first[] = { 0, 1, 2, 2 };
    const uint32_t person[] = { 1, 1 };
    const double weight[] = { 3, 1 }, start[] = { 0, 1 };
    const kith_two_mode graph = { 2, 3, first, person, weight };
    const double d = 0.85, x = (1 - d) / (1 - d * d);
    double share[3];

    kith_two_mode_walk(share, &graph, start, d, 1e-14, &rounds, &err);
    cr_assert(epsilon_eq(dbl, share[0], d * 0.75 * x, 1e-13));
    cr_assert(epsilon_eq(dbl, share[1], d * 0.25 * x, 1e-13));
    cr_assert(eq(dbl, share[2], 0), "a place without people");
}

/* Stepping to and fro until nothing moves, against the tolerance promised. */
Test(two_mode, the_errors_add_up_to_less_than_the_tolerance)
{
    enum { PEOPLE = 40, PLACES = 25 };
    size_t first[PLACES + 1] = { 0 };
    uint32_t person[PLACES * PEOPLE];
    double weight[PLACES * PEOPLE], start[PEOPLE] = { 0 }, share[PLACES];
    double people[PEOPLE], places[PLACES] = { 0 }, of_person[PEOPLE] = { 0 }, of_place[PLACES] = { 0 };
    size_t pairs = 0;

    for (uint32_t place = 0; place < PLACES; place++) {
        for (uint32_t who = 0; who < PEOPLE; who++)
            if ((place * 7 + who * 13) % 11 < 2) {
                person[pairs] = who;
                weight[pairs] = 1 + (place + who) % 5;
                of_person[who] += weight[pairs];
                of_place[place] += weight[pairs++];
            }
        first[place + 1] = pairs;
    }
    start[3] = 0.25, start[17] = 0.75;
    for (int step = 0; step < 500; step++) {
        for (int who = 0; who < PEOPLE; who++)
            people[who] = 0.15 * start[who];
        for (int place = 0; place < PLACES; place++)
            for (size_t i = first[place]; i < first[place + 1]; i++)
                people[person[i]] += 0.85 * places[place] * weight[i] / of_place[place];
        for (int place = 0; place < PLACES; place++) {
            places[place] = 0;
            for (size_t i = first[place]; i < first[place + 1]; i++)
                places[place] += 0.85 * people[person[i]] * weight[i] / of_person[person[i]];
        }
    }
    const kith_two_mode graph = { PEOPLE, PLACES, first, person, weight };
    for (double tolerance = 1e-2; tolerance > 1e-13; tolerance /= 10) {
        double error = 0;
        kith_two_mode_walk(share, &graph, start, 0.85, tolerance, &rounds, &err);
        for (int place = 0; place < PLACES; place++)
            error += share[place] > places[place] ? share[place] - places[place] : places[place] - share[place];
        cr_assert(le(dbl, error, tolerance + 1e-14), "%g", tolerance);
    }
    cr_assert(lt(int, rounds, 40));
}

Test(two_mode, nobody_and_nowhere_have_no_share)
{
    const size_t first[] = { 0, 0 };
    const double start[] = { 0 };
    const kith_two_mode nobody = { 0, 1, first, NULL, NULL }, nowhere = { 1, 0, first, NULL, NULL };
    double share = 1;

    cr_assert(eq(int, kith_two_mode_walk(&share, &nobody, start, 0.85, 1e-10, &rounds, &err), KITH_OK));
    cr_assert(eq(dbl, share, 0));
    cr_assert(eq(int, kith_two_mode_walk(NULL, &nowhere, start, 0.85, 1e-10, NULL, &err), KITH_OK));
}
