/* SPDX-License-Identifier: GPL-3.0-or-later */
/* displacement.h: whether harm that left one place may have gone to another.
 *
 * A place that falls silent looks like a success. It is none when a place nearby, or one that
 * the same children are recorded at, warms in the same weeks. Such couples are named, as a
 * question to be asked before a plan is closed, never as a finding: the records cannot tell
 * harm that moved from attention that moved. */
#ifndef KITH_DISPLACEMENT_H
#define KITH_DISPLACEMENT_H

#include "kith/hotspots.h"

enum { KITH_DISPLACEMENT_METRES = 1000, KITH_DISPLACEMENT_SHARED = 2 };

typedef struct kith_displacement {
    uint32_t from, to; /* things: the place that cools, and the one that warms */
    double metres;     /* between them; NaN when either is not on the map */
    bool near;         /* metres is within the limit */
    uint32_t shared;   /* distinct children recorded at both in the 112 days */
    uint32_t followed; /* of them, at `from` in the 84 days and at `to` in the 28 */
    uint32_t recent_child_days, earlier_child_days, recent_children; /* of `to` */
    double p_value, q_value;
} kith_displacement;

typedef struct kith_displacements {
    kith_displacement *items; /* by from, then by q-value, then to */
    size_t count;
    size_t cooling; /* public places that cool */
    size_t tested;  /* places that were asked whether they warm */
} kith_displacements;

/**
 * Finds what warms beside, or with the children of, what cools.
 *
 * displacements  out: free with kith_displacements_free.
 * network, options, hotspots  as given to and made by kith_hotspots_find; the change tested,
 *                otherwise the answer is empty.
 * near_metres    what is nearby, the limit included; 0 for children alone.
 *
 * `from` is a public place whose change is cooling. Asked about is every other public place
 * that lies nearby, or shares at least two children with it in the 112 days, and has three
 * child-days there or more: a choice that knows nothing of which child-days are recent, so the
 * upper tail of the change test (hotspots.h) stays exact. It is adjusted over the places asked
 * about alone, which is why a place may warm here that is not emerging among all. Warm is: q <
 * 0.05, or emerging; with at least three child-days of two children in the 28 days.
 *
 * Returns KITH_OK, KITH_USAGE, KITH_NO_MEMORY.
 * Cost: one pass over the visits, and cooling x public places distances.
 * Source: K.J. Bowers, S.D. Johnson, Measuring the geographical displacement and diffusion of
 *         benefit effects of crime prevention activity, Journal of Quantitative Criminology
 *         19(3), 2003, 275-301 (the question; the test is this project's own).
 */
kith_status kith_displacement_find(kith_displacements *displacements, const kith_network *network,
                                   const kith_hotspots_options *options, const kith_hotspots *hotspots,
                                   double near_metres, kith_error *err);
void kith_displacements_free(kith_displacements *displacements);

#endif
