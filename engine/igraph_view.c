/* SPDX-License-Identifier: GPL-3.0-or-later */
/* igraph_view.c: arrays copied for igraph, its handlers silenced.
 *
 * The handler that igraph has for this (it frees what a failed call left and returns)
 * makes every fault a return code; a handler that returns without freeing would leave
 * a stale stack behind. */
#include "igraph_view.h"

kith_status kith_igraph_fail(kith_error *err, igraph_error_t code)
{
    if (code == IGRAPH_ENOMEM)
        return kith_no_memory(err);
    return kith_fail(err, KITH_INTERNAL, "the graph library failed: %s; please report this",
                     igraph_strerror(code));
}

static void silence(void)
{
    igraph_set_error_handler(igraph_error_handler_ignore);
    igraph_set_warning_handler(igraph_warning_handler_ignore);
}

kith_status kith_igraph_open(kith_igraph_view *view, const kith_graph *graph, kith_error *err)
{
    kith_status status = KITH_OK;
    igraph_vector_int_t ends = { 0 };

    *view = (kith_igraph_view){ 0 };
    silence();
    IG(igraph_vector_int_init(&ends, (igraph_integer_t)(2 * graph->tie_count)));
    IG(igraph_vector_init(&view->weights, (igraph_integer_t)graph->tie_count));
    for (size_t t = 0; t < graph->tie_count; t++) {
        VECTOR(ends)[2 * t] = graph->ties[t].low;
        VECTOR(ends)[2 * t + 1] = graph->ties[t].high;
        VECTOR(view->weights)[t] = graph->ties[t].weight;
    }
    const igraph_error_t code =
        igraph_create(&view->graph, &ends, (igraph_integer_t)graph->node_count, IGRAPH_UNDIRECTED);
    if (code != IGRAPH_SUCCESS) {
        view->graph = (igraph_t){ 0 }; /* igraph has freed it and left its pointers */
        IG(code);
    }

out:
    igraph_vector_int_destroy(&ends);
    if (status != KITH_OK)
        kith_igraph_close(view);
    return status;
}

void kith_igraph_close(kith_igraph_view *view)
{
    igraph_destroy(&view->graph);
    igraph_vector_destroy(&view->weights);
    *view = (kith_igraph_view){ 0 };
}
