/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players_search.h: one good set where not every set can be tried, and how good at most. */
#ifndef KITH_PLAYERS_SEARCH_H
#define KITH_PLAYERS_SEARCH_H

#include "kith/parallel.h"
#include "players_value.h"

#define KITH_PLAYERS_EQUAL 1e-12 /* values that differ by less are equal */

typedef struct kith_search {
    kith_evaluator evaluator;
    kith_evaluator_scratch scratch[KITH_PARALLEL_MOST]; /* one a worker */
    unsigned workers;
    size_t size;
    double work, spent;   /* steps that may be spent, and were */
    double sweep_cost;    /* of one sweep over the candidates, with one member */
    uint32_t *candidates; /* ascending */
    size_t candidate_count;
    bool *candidate; /* one a node */
    double *values;  /* one a node: of the set with it, from the last sweep */
    const kith_progress *progress;
} kith_search;

/** Prepares; close with kith_search_close also after a failure. */
kith_status kith_search_open(kith_search *search, const kith_graph *graph,
                             const kith_players_options *options, kith_error *err);
void kith_search_close(kith_search *search);

/**
 * Grows sets, greedily and from one candidate after the other, and exchanges members until no
 * exchange helps; the best is kept. Stops beginning anew when the work is spent.
 *
 * set    out: search->size nodes, ascending.
 * bound  out: no set of the size has a greater value.
 */
kith_status kith_search_run(uint32_t *set, double *bound, kith_search *search, kith_error *err);

#endif
