/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thin.h: a graph with some ties and people lost at random, to see what a figure rests on. */
#ifndef KITH_THIN_H
#define KITH_THIN_H

#include "kith/graph.h"
#include "kith/random.h"

#define KITH_TIE_LOSS    0.1 /* the losses of Ficara et al., PLoS ONE 16(8), 2021 */
#define KITH_PERSON_LOSS 0.02

/**
 * Loses each tie with probability 0.1 and each person, with their ties, with 0.02.
 *
 * thinned  out: has all nodes, those lost without ties; free with kith_graph_free.
 * kept     out: one a node.
 * Returns KITH_OK, KITH_NO_MEMORY.
 */
kith_status kith_graph_thin(kith_graph *thinned, bool *kept, const kith_graph *graph,
                            kith_random *random, kith_error *err);

#endif
