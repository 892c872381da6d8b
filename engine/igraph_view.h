/* SPDX-License-Identifier: GPL-3.0-or-later */
/* igraph_view.h: a kith_graph as igraph sees it, and its errors as ours.
 *
 * Only files that include this one call igraph. A view is opened before the first
 * call: opening installs the error handler, without which igraph would end the
 * program. Vertex v is node v and edge e is tie e. igraph destroys what is zeroed
 * ({ 0 }), so everything starts that way and one `out:` serves every path; but a graph
 * whose making failed is freed and not zeroed, so only kith_igraph_open makes graphs. */
#ifndef KITH_IGRAPH_VIEW_H
#define KITH_IGRAPH_VIEW_H

#include <igraph.h>

#include "kith/graph.h"

/* The one macro that changes control flow. Wants `status`, `err` and a label `out`. */
#define IG(call)                                                                                   \
    do {                                                                                           \
        const igraph_error_t code_ = (call);                                                       \
        if (code_ != IGRAPH_SUCCESS) {                                                             \
            status = kith_igraph_fail(err, code_);                                                 \
            goto out;                                                                              \
        }                                                                                          \
    } while (0)

typedef struct kith_igraph_view {
    igraph_t graph;
    igraph_vector_t weights; /* one a tie */
} kith_igraph_view;

/** Copies a graph for igraph: 56 bytes a tie. KITH_NO_MEMORY. Close with the function below. */
kith_status kith_igraph_open(kith_igraph_view *view, const kith_graph *graph, kith_error *err);
void kith_igraph_close(kith_igraph_view *view);

/** KITH_NO_MEMORY, or KITH_INTERNAL with igraph's own words. */
kith_status kith_igraph_fail(kith_error *err, igraph_error_t code);

#endif
