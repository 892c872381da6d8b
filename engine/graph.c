/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.c: ties sorted, merged, and listed from both ends.
 *
 * Ties are sorted by two counting passes (by the higher node, then by the lower), so
 * that making a graph is linear. Parallel ties are added from the lightest to the
 * heaviest: the sum does not depend on the order in which they were given. */
#include "kith/graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static kith_status check(size_t node_count, const kith_tie *ties, size_t tie_count, kith_error *err)
{
    if (node_count > UINT32_MAX || tie_count > UINT32_MAX)
        return kith_fail(err, KITH_USAGE,
                         "a graph of %zu nodes and %zu ties is too large; narrow the window",
                         node_count, tie_count);
    for (size_t i = 0; i < tie_count; i++) {
        const kith_tie *tie = &ties[i];
        if (tie->low >= node_count || tie->high >= node_count)
            return kith_fail(err, KITH_USAGE,
                             "tie %zu joins nodes %lu and %lu; there are %zu nodes, counted from 0",
                             i, (unsigned long)tie->low, (unsigned long)tie->high, node_count);
        if (!(tie->weight > 0) || !isfinite(tie->weight))
            return kith_fail(err, KITH_USAGE,
                             "tie %zu has weight %g; a finite number above 0 is expected", i,
                             tie->weight);
    }
    return KITH_OK;
}

/* Copies the ties that join two nodes, lower node first. Returns how many. */
static size_t copy_proper(kith_tie *out, const kith_tie *ties, size_t tie_count)
{
    size_t count = 0;

    for (size_t i = 0; i < tie_count; i++) {
        const kith_tie tie = ties[i];
        if (tie.low < tie.high)
            out[count++] = tie;
        else if (tie.low > tie.high)
            out[count++] = (kith_tie){ tie.high, tie.low, tie.weight };
    }
    return count;
}

/* One stable counting pass; place has node_count + 1 entries. */
static void sort_pass(kith_tie *to, const kith_tie *from, size_t count, size_t *place,
                      size_t node_count, bool by_low)
{
    memset(place, 0, (node_count + 1) * sizeof *place);
    for (size_t i = 0; i < count; i++)
        place[(by_low ? from[i].low : from[i].high) + 1]++;
    for (size_t v = 0; v < node_count; v++)
        place[v + 1] += place[v];
    for (size_t i = 0; i < count; i++)
        to[place[by_low ? from[i].low : from[i].high]++] = from[i];
}

static int by_weight(const void *a, const void *b)
{
    const double x = ((const kith_tie *)a)->weight, y = ((const kith_tie *)b)->weight;

    return (x > y) - (x < y);
}

static bool same_pair(const kith_tie *a, const kith_tie *b)
{
    return a->low == b->low && a->high == b->high;
}

/* Adds up parallel ties of a sorted list in place. Returns how many are left. */
static size_t merge(kith_tie *ties, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0, end = 0; i < count; i = end) {
        for (end = i + 1; end < count && same_pair(&ties[i], &ties[end]); end++)
            ;
        if (end - i > 1)
            qsort(&ties[i], end - i, sizeof *ties, by_weight);
        kith_tie whole = ties[i];
        for (size_t j = i + 1; j < end; j++)
            whole.weight += ties[j].weight;
        ties[kept++] = whole;
    }
    return kept;
}

static kith_status check_sums(const kith_graph *graph, kith_error *err)
{
    for (size_t t = 0; t < graph->tie_count; t++)
        if (!isfinite(graph->ties[t].weight))
            return kith_fail(err, KITH_USAGE,
                             "the ties between nodes %lu and %lu add up to more than a number can "
                             "hold; give smaller weights",
                             (unsigned long)graph->ties[t].low, (unsigned long)graph->ties[t].high);
    return KITH_OK;
}

/* A node's lower neighbours come first: ties ascend by their lower node, then the higher. */
static void list_neighbours(kith_graph *graph, size_t *place)
{
    const size_t n = graph->node_count;

    memset(graph->first, 0, (n + 1) * sizeof *graph->first);
    for (size_t t = 0; t < graph->tie_count; t++) {
        graph->first[graph->ties[t].low + 1]++;
        graph->first[graph->ties[t].high + 1]++;
    }
    for (size_t v = 0; v < n; v++)
        graph->first[v + 1] += graph->first[v];
    memcpy(place, graph->first, (n + 1) * sizeof *place);
    for (int higher = 0; higher < 2; higher++) {
        for (size_t t = 0; t < graph->tie_count; t++) {
            const kith_tie *tie = &graph->ties[t];
            const size_t at = place[higher ? tie->low : tie->high]++;
            graph->neighbour[at] = higher ? tie->high : tie->low;
            graph->tie_of[at] = (uint32_t)t;
        }
    }
}

/* An empty list still gets a byte, so that NULL always means no memory. */
static void *array(size_t count, size_t size)
{
    return calloc(count > 0 ? count : 1, size);
}

kith_status kith_graph_from_ties(kith_graph *graph, size_t node_count, const kith_tie *ties,
                                 size_t tie_count, kith_error *err)
{
    kith_tie *spare = NULL;
    size_t *place = NULL;

    *graph = (kith_graph){ 0 };
    kith_status status = check(node_count, ties, tie_count, err);
    if (status != KITH_OK)
        return status;
    graph->node_count = node_count;
    graph->ties = array(tie_count, sizeof *graph->ties);
    graph->first = array(node_count + 1, sizeof *graph->first);
    spare = array(tie_count, sizeof *spare);
    place = array(node_count + 1, sizeof *place);
    if (!graph->ties || !graph->first || !spare || !place)
        goto no_memory;
    const size_t proper = copy_proper(graph->ties, ties, tie_count);
    sort_pass(spare, graph->ties, proper, place, node_count, false);
    sort_pass(graph->ties, spare, proper, place, node_count, true);
    graph->tie_count = merge(graph->ties, proper);
    graph->neighbour = array(2 * graph->tie_count, sizeof *graph->neighbour);
    graph->tie_of = array(2 * graph->tie_count, sizeof *graph->tie_of);
    if (!graph->neighbour || !graph->tie_of)
        goto no_memory;
    list_neighbours(graph, place);
    status = check_sums(graph, err);
    goto out;

no_memory:
    status = kith_no_memory(err);
out:
    free(spare);
    free(place);
    if (status != KITH_OK)
        kith_graph_free(graph);
    return status;
}

static kith_status check_nodes(const kith_graph *whole, const uint32_t *nodes, size_t count,
                               kith_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (nodes[i] >= whole->node_count || (i > 0 && nodes[i] <= nodes[i - 1]))
            return kith_fail(err, KITH_USAGE,
                             "node %lu is out of range or out of order; nodes ascend below %zu",
                             (unsigned long)nodes[i], whole->node_count);
    return KITH_OK;
}

kith_status kith_graph_induced(kith_graph *part, const kith_graph *whole, const uint32_t *nodes,
                               size_t count, kith_error *err)
{
    *part = (kith_graph){ 0 };
    kith_status status = check_nodes(whole, nodes, count, err);
    if (status != KITH_OK)
        return status;
    uint32_t *place = array(whole->node_count, sizeof *place); /* 1 + node of the part, 0: none */
    kith_tie *ties = array(whole->tie_count, sizeof *ties);
    size_t kept = 0;
    if (place == NULL || ties == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    for (size_t i = 0; i < count; i++)
        place[nodes[i]] = (uint32_t)i + 1;
    for (size_t t = 0; t < whole->tie_count; t++) {
        const kith_tie tie = whole->ties[t];
        if (place[tie.low] && place[tie.high])
            ties[kept++] = (kith_tie){ place[tie.low] - 1, place[tie.high] - 1, tie.weight };
    }
    status = kith_graph_from_ties(part, count, ties, kept, err);

out:
    free(place);
    free(ties);
    return status;
}

void kith_graph_free(kith_graph *graph)
{
    free(graph->ties);
    free(graph->first);
    free(graph->neighbour);
    free(graph->tie_of);
    *graph = (kith_graph){ 0 };
}

size_t kith_graph_tie(const kith_graph *graph, uint32_t a, uint32_t b)
{
    if (a >= graph->node_count || b >= graph->node_count)
        return SIZE_MAX;
    size_t low = graph->first[a], end = graph->first[a + 1];
    while (low < end) {
        const size_t middle = low + (end - low) / 2;
        if (graph->neighbour[middle] < b)
            low = middle + 1;
        else
            end = middle;
    }
    return low < graph->first[a + 1] && graph->neighbour[low] == b ? graph->tie_of[low] : SIZE_MAX;
}
