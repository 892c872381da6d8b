/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players_value.h: the value of a set, worked out only where the set changes something.
 *
 * A set changes the components that it touches; what the others give is added up once.
 * One evaluator serves all threads, each with a scratch of its own. */
#ifndef KITH_PLAYERS_VALUE_H
#define KITH_PLAYERS_VALUE_H

#include "kith/players.h"

typedef struct kith_evaluator {
    const kith_graph *graph;
    kith_aim aim;
    size_t part_count;
    uint32_t *part_of; /* node -> component */
    uint32_t *members; /* nodes by component */
    size_t *first;     /* part_count + 1 */
    double *base;      /* what a component gives when nobody is gone (taken away) */
    double *cost;      /* steps to work a component out */
    double total;      /* sum of base */
} kith_evaluator;

typedef struct kith_evaluator_scratch {
    uint32_t *distance, *queue, *part;
    uint64_t *pairs; /* by distance */
    bool *gone, *seen;
} kith_evaluator_scratch;

kith_status kith_evaluator_open(kith_evaluator *evaluator, const kith_graph *graph, kith_aim aim,
                                kith_error *err);
void kith_evaluator_close(kith_evaluator *evaluator);
kith_status kith_evaluator_scratch_open(kith_evaluator_scratch *scratch, const kith_graph *graph,
                                        kith_error *err);
void kith_evaluator_scratch_close(kith_evaluator_scratch *scratch);

/** True for the aims that take the set away. */
bool kith_aim_removes(kith_aim aim);

/** The value of a set; nodes in any order, none twice. */
double kith_evaluator_value(const kith_evaluator *evaluator, kith_evaluator_scratch *scratch,
                            const uint32_t *set, size_t count);

/** The same from the beginning, at the cost of all components: what is printed. */
double kith_evaluator_whole_value(const kith_evaluator *evaluator, kith_evaluator_scratch *scratch,
                                  const uint32_t *set, size_t count);

/**
 * What each person gives to the value of a set (players.h), one term a node. A set taken away that
 * leaves nobody has a value without terms.
 */
void kith_evaluator_terms(kith_player_term *terms, const kith_evaluator *evaluator,
                          kith_evaluator_scratch *scratch, const uint32_t *set, size_t count);

#endif
