/* SPDX-License-Identifier: GPL-3.0-or-later */
/* two_mode.c: the walk as a linear system, solved by conjugate gradients.
 *
 * With the people put into the line of the places, and each place's share divided by the root of
 * its weight, the walk obeys
 *
 *     (I - d^2 B'B) y = b        B: the weights over the roots of both ends' sums
 *
 * which is symmetric with eigenvalues from 1 - d^2 to 1. So conjugate gradients shrink the error
 * to less than a third in each round, where stepping to and fro leaves d^2 = 0.72 of it. What the
 * equation leaves over, in shares, divided by 1 - d^2 bounds the sum of all errors. */
#include "kith/two_mode.h"

#include <math.h>
#include <stdlib.h>

#include "large_pages.h"

enum { ROUNDS_MAX = 1000 };

typedef struct solver {
    const kith_two_mode *graph;
    double square;                 /* of the damping */
    double *person_sum;            /* 1 / weights of a person; 0 without any */
    double *root;                  /* of a place's weights; 0 without any */
    double *people;                /* halfway */
    double *left, *toward, *moved; /* of the equation: what is left, the direction, its image */
} solver;

static void solver_free(solver *s)
{
    free(s->person_sum);
    free(s->root);
    free(s->people);
    free(s->left);
    free(s->toward);
    free(s->moved);
}

static kith_status solver_make(solver *s, kith_error *err)
{
    const kith_two_mode *g = s->graph;

    s->person_sum = calloc(g->person_count + 1, sizeof *s->person_sum);
    s->people = kith_large_block((g->person_count + 1) * sizeof *s->people);
    s->root = calloc(g->place_count + 1, sizeof *s->root);
    s->left = malloc((g->place_count + 1) * sizeof *s->left);
    s->toward = malloc((g->place_count + 1) * sizeof *s->toward);
    s->moved = malloc((g->place_count + 1) * sizeof *s->moved);
    if (s->person_sum == NULL || s->people == NULL || s->root == NULL || s->left == NULL ||
        s->toward == NULL || s->moved == NULL)
        return kith_no_memory(err);
    for (size_t place = 0; place < g->place_count; place++) {
        for (size_t i = g->first[place]; i < g->first[place + 1]; i++) {
            s->person_sum[g->person[i]] += g->weight[i];
            s->root[place] += g->weight[i];
        }
        s->root[place] = sqrt(s->root[place]);
    }
    for (size_t i = 0; i < g->person_count; i++)
        s->person_sum[i] = s->person_sum[i] > 0 ? 1 / s->person_sum[i] : 0;
    return KITH_OK;
}

/* people = E^-1 A F^-1/2 vector */
static void to_people(solver *s, const double *vector)
{
    const kith_two_mode *g = s->graph;

    for (size_t i = 0; i < g->person_count; i++)
        s->people[i] = 0;
    for (size_t place = 0; place < g->place_count; place++) {
        const double value = s->root[place] > 0 ? vector[place] / s->root[place] : 0;
        for (size_t i = g->first[place]; i < g->first[place + 1]; i++)
            s->people[g->person[i]] += value * g->weight[i];
    }
    for (size_t i = 0; i < g->person_count; i++)
        s->people[i] *= s->person_sum[i];
}

/* out = F^-1/2 A' people */
static void to_places(double *out, const solver *s)
{
    const kith_two_mode *g = s->graph;

    for (size_t place = 0; place < g->place_count; place++) {
        double sum = 0;
        for (size_t i = g->first[place]; i < g->first[place + 1]; i++)
            sum += s->people[g->person[i]] * g->weight[i];
        out[place] = s->root[place] > 0 ? sum / s->root[place] : 0;
    }
}

static double product(const double *a, const double *b, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

/* What the equation leaves over, as shares. */
static double left_over(const solver *s)
{
    double sum = 0;

    for (size_t place = 0; place < s->graph->place_count; place++)
        sum += fabs(s->left[place]) * s->root[place];
    return sum;
}

/* Leaves y in share. */
static int solve(double *share, solver *s, double enough)
{
    const size_t count = s->graph->place_count;
    double size = product(s->left, s->left, count);
    int round = 0;

    for (size_t i = 0; i < count; i++)
        s->toward[i] = s->left[i];
    for (; round < ROUNDS_MAX && size > 0 && left_over(s) > enough; round++) {
        to_people(s, s->toward);
        to_places(s->moved, s);
        for (size_t i = 0; i < count; i++)
            s->moved[i] = s->toward[i] - s->square * s->moved[i];
        const double step = size / product(s->toward, s->moved, count);
        for (size_t i = 0; i < count; i++) {
            share[i] += step * s->toward[i];
            s->left[i] -= step * s->moved[i];
        }
        const double next = product(s->left, s->left, count);
        for (size_t i = 0; i < count; i++)
            s->toward[i] = s->left[i] + next / size * s->toward[i];
        size = next;
    }
    return round;
}

kith_status kith_two_mode_walk(double *share, const kith_two_mode *graph, const double *start,
                               double damping, double tolerance, int *rounds, kith_error *err)
{
    solver s = { .graph = graph, .square = damping * damping };
    const kith_status status = solver_make(&s, err);
    double all = 0;

    if (status == KITH_OK) {
        for (size_t i = 0; i < graph->person_count; i++) {
            s.people[i] = damping * (1 - damping) * start[i] * s.person_sum[i];
            all += start[i];
        }
        to_places(s.left, &s);
        for (size_t place = 0; place < graph->place_count; place++)
            share[place] = 0;
        const int used = solve(share, &s, tolerance * all * (1 - s.square));
        for (size_t place = 0; place < graph->place_count; place++)
            share[place] *= s.root[place];
        if (rounds != NULL)
            *rounds = used + 1;
    }
    solver_free(&s);
    return status;
}
