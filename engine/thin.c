/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thin.c: one number from the generator a person, then one a tie, whether lost or not. */
#include "thin.h"

#include <stdlib.h>

kith_status kith_graph_thin(kith_graph *thinned, bool *kept, const kith_graph *graph,
                            kith_random *random, kith_error *err)
{
    kith_tie *ties = malloc((graph->tie_count + 1) * sizeof *ties);
    size_t count = 0;

    *thinned = (kith_graph){ 0 };
    if (ties == NULL)
        return kith_no_memory(err);
    for (size_t v = 0; v < graph->node_count; v++)
        kept[v] = kith_random_unit(random) >= KITH_PERSON_LOSS;
    for (size_t t = 0; t < graph->tie_count; t++) {
        const kith_tie *tie = &graph->ties[t];
        const bool lost = kith_random_unit(random) < KITH_TIE_LOSS;
        if (!lost && kept[tie->low] && kept[tie->high])
            ties[count++] = *tie;
    }
    const kith_status status = kith_graph_from_ties(thinned, graph->node_count, ties, count, err);
    free(ties);
    return status;
}
