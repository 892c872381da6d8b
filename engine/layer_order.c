/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_order.c: an order of a layer's nodes that does not follow from the ids of people.
 *
 * Nodes go by their marks. Where nothing that is recorded of two people alone tells them apart,
 * as in a published network without names, their ties do: each round adds to a mark those of
 * the neighbours with the weights of the ties (Weisfeiler and Leman 1968). */
#include <stdlib.h>
#include <string.h>

#include "kith/layer.h"
#include "network_private.h"

enum { ROUNDS = 3 };

static uint64_t mark_of(const kith_layer *layer, uint32_t v)
{
    const kith_layer_node *node = &layer->nodes[v];

    return node->is_event ? kith_mark_of_text(layer->network->events[node->index].id)
                          : layer->network->marks[node->index];
}

/* Whether two nodes have one mark; whoever has no tie does not matter. */
static bool has_equals(const uint32_t *order, const uint64_t *marks, const kith_layer *layer,
                       uint8_t *tied)
{
    const kith_graph *graph = &layer->graph;

    memset(tied, 0, graph->node_count);
    for (size_t t = 0; t < graph->tie_count; t++)
        tied[graph->ties[t].low] = tied[graph->ties[t].high] = 1;
    for (size_t i = 1; i < graph->node_count; i++)
        if (marks[order[i]] == marks[order[i - 1]] && tied[order[i]] && tied[order[i - 1]])
            return true;
    return false;
}

/* The last bits of a weight may hold the order in which it was added up; a float leaves them out. */
static uint64_t mark_of_weight(double weight)
{
    const float rounded = (float)weight;
    uint32_t bits;

    memcpy(&bits, &rounded, sizeof bits);
    return bits;
}

static void look_around(uint64_t *next, const uint64_t *marks, const kith_graph *graph)
{
    memcpy(next, marks, graph->node_count * sizeof *next);
    for (size_t t = 0; t < graph->tie_count; t++) {
        const kith_tie *tie = &graph->ties[t];
        const uint64_t weight = mark_of_weight(tie->weight);
        kith_mark_add(&next[tie->low], kith_mark_with(marks[tie->high], weight));
        kith_mark_add(&next[tie->high], kith_mark_with(marks[tie->low], weight));
    }
}

kith_status kith_layer_order(uint32_t *order, const kith_layer *layer, kith_error *err)
{
    const size_t n = layer->graph.node_count;
    uint64_t *marks = malloc((n + 1) * sizeof *marks), *next = malloc((n + 1) * sizeof *next);
    kith_status status = marks != NULL && next != NULL ? KITH_OK : kith_no_memory(err);

    for (uint32_t v = 0; status == KITH_OK && v < n; v++)
        marks[v] = mark_of(layer, v);
    if (status == KITH_OK)
        status = kith_order_by_marks(order, marks, n, err);
    if (status == KITH_OK && has_equals(order, marks, layer, (uint8_t *)next)) {
        for (int round = 0; round < ROUNDS; round++) {
            uint64_t *const last = marks;
            look_around(next, marks, &layer->graph);
            marks = next;
            next = last;
        }
        status = kith_order_by_marks(order, marks, n, err);
    }
    free(marks);
    free(next);
    return status;
}
