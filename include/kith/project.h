/* SPDX-License-Identifier: GPL-3.0-or-later */
/* project.h: from who was at which event to who shared events with whom. */
#ifndef KITH_PROJECT_H
#define KITH_PROJECT_H

#include "kith/graph.h"

typedef struct kith_meetings {
    size_t node_count, count; /* events */
    size_t *first;            /* count + 1: where an event's people begin */
    uint32_t *people;         /* nodes, ascending within an event, each once */
    uint32_t *share;          /* one an event: two of its people weigh 1 / share; at least 1 */
} kith_meetings;

/**
 * The ties between people who shared events: for each pair the sum of 1 / share over the
 * events that both were at, added from the smallest share to the largest, so that the order
 * of the events does not matter.
 *
 * ties   out: sorted by low, then high node; free it.
 * Returns KITH_OK, KITH_USAGE when an event has 2^22 people or more or a share above 2^20,
 * KITH_NO_MEMORY.
 * Cost: O(sum of n^2) over events of n people, on all processors: the pairs are dealt into
 *       ranges of nodes that fit a processor's cache, and each range is sorted there. 8
 *       bytes a pair beside the result. The same on any number of processors.
 */
kith_status kith_project(kith_tie **ties, size_t *tie_count, const kith_meetings *meetings,
                         kith_error *err);

void kith_meetings_free(kith_meetings *meetings);

#endif
