/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <string.h>

#include "kith/graph.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

Test(graph, no_nodes_and_no_ties_make_an_empty_graph)
{
    kith_graph graph;
    kith_error err;

    cr_assert(eq(int, kith_graph_from_ties(&graph, 0, NULL, 0, &err), KITH_OK));
    cr_expect(eq(sz, graph.node_count, 0));
    cr_expect(eq(sz, graph.tie_count, 0));
    cr_expect(eq(sz, graph.first[0], 0));
    cr_expect(eq(sz, kith_graph_tie(&graph, 0, 0), SIZE_MAX));
    kith_graph_free(&graph);
    cr_expect(eq(ptr, graph.ties, NULL));
}

Test(graph, ties_are_sorted_and_neighbours_ascend_from_both_ends)
{
    const kith_tie given[] = { { 3, 1, 1 }, { 0, 3, 2 }, { 2, 3, 3 }, { 1, 0, 4 } };
    const kith_tie expected[] = { { 0, 1, 4 }, { 0, 3, 2 }, { 1, 3, 1 }, { 2, 3, 3 } };
    const uint32_t neighbours_of_3[] = { 0, 1, 2 };
    const uint32_t ties_of_3[] = { 1, 2, 3 };
    kith_graph graph;

    cr_assert(eq(int, kith_graph_from_ties(&graph, 5, given, COUNT(given), NULL), KITH_OK));
    cr_assert(eq(sz, graph.tie_count, COUNT(expected)));
    for (size_t t = 0; t < COUNT(expected); t++) {
        cr_expect(eq(u32, graph.ties[t].low, expected[t].low));
        cr_expect(eq(u32, graph.ties[t].high, expected[t].high));
        cr_expect(eq(dbl, graph.ties[t].weight, expected[t].weight));
    }
    cr_assert(eq(sz, graph.first[4] - graph.first[3], 3));
    cr_expect(memcmp(&graph.neighbour[graph.first[3]], neighbours_of_3, sizeof neighbours_of_3) ==
              0);
    cr_expect(memcmp(&graph.tie_of[graph.first[3]], ties_of_3, sizeof ties_of_3) == 0);
    cr_expect(eq(sz, graph.first[5] - graph.first[4], 0), "node 4 has no tie");
    kith_graph_free(&graph);
}

Test(graph, parallel_ties_and_both_directions_add_up_and_a_tie_to_itself_is_left_out)
{
    const kith_tie given[] = { { 0, 1, 1 }, { 1, 0, 0.5 }, { 1, 1, 9 }, { 0, 1, 2 }, { 2, 1, 4 } };
    kith_graph graph;

    cr_assert(eq(int, kith_graph_from_ties(&graph, 3, given, COUNT(given), NULL), KITH_OK));
    cr_assert(eq(sz, graph.tie_count, 2));
    cr_expect(eq(dbl, graph.ties[0].weight, 3.5));
    cr_expect(eq(dbl, graph.ties[1].weight, 4));
    kith_graph_free(&graph);
}

Test(graph, the_sum_of_parallel_ties_does_not_depend_on_their_order)
{
    const kith_tie one[] = { { 0, 1, 1e16 }, { 0, 1, 1 }, { 0, 1, 1 } };
    const kith_tie other[] = { { 0, 1, 1 }, { 1, 0, 1e16 }, { 0, 1, 1 } };
    kith_graph first, second;

    cr_assert(eq(int, kith_graph_from_ties(&first, 2, one, 3, NULL), KITH_OK));
    cr_assert(eq(int, kith_graph_from_ties(&second, 2, other, 3, NULL), KITH_OK));
    cr_expect(eq(dbl, first.ties[0].weight, second.ties[0].weight));
    cr_expect(eq(dbl, first.ties[0].weight, 1e16 + 2));
    kith_graph_free(&first);
    kith_graph_free(&second);
}

Test(graph, a_tie_is_found_from_either_end_and_a_missing_one_is_not)
{
    const kith_tie given[] = { { 0, 1, 1 }, { 1, 2, 1 }, { 1, 3, 1 } };
    kith_graph graph;

    cr_assert(eq(int, kith_graph_from_ties(&graph, 4, given, COUNT(given), NULL), KITH_OK));
    cr_expect(eq(sz, kith_graph_tie(&graph, 1, 3), 2));
    cr_expect(eq(sz, kith_graph_tie(&graph, 3, 1), 2));
    cr_expect(eq(sz, kith_graph_tie(&graph, 0, 2), SIZE_MAX));
    cr_expect(eq(sz, kith_graph_tie(&graph, 0, 3), SIZE_MAX));
    cr_expect(eq(sz, kith_graph_tie(&graph, 0, 4), SIZE_MAX), "no such node");
    cr_expect(eq(sz, kith_graph_tie(&graph, 9, 0), SIZE_MAX), "no such node");
    kith_graph_free(&graph);
}

Test(graph, a_node_out_of_range_is_refused_with_its_tie)
{
    const kith_tie given[] = { { 0, 1, 1 }, { 1, 2, 1 } };
    kith_graph graph;
    kith_error err;

    cr_assert(eq(int, kith_graph_from_ties(&graph, 2, given, 2, &err), KITH_USAGE));
    cr_expect(eq(str, err.message, "tie 1 joins nodes 1 and 2; there are 2 nodes, counted from 0"));
    cr_expect(eq(ptr, graph.ties, NULL));
}

Test(graph, a_weight_that_is_not_a_finite_number_above_0_is_refused)
{
    const double wrong[] = { 0, -1, NAN, INFINITY, -INFINITY };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        const kith_tie tie = { 0, 1, wrong[i] };
        kith_graph graph;
        cr_expect(eq(int, kith_graph_from_ties(&graph, 2, &tie, 1, NULL), KITH_USAGE), "%g",
                  wrong[i]);
    }
}

Test(graph, weights_that_add_up_past_every_number_are_refused)
{
    const kith_tie given[] = { { 0, 1, 1e308 }, { 0, 1, 1e308 } };
    kith_graph graph;
    kith_error err;

    cr_assert(eq(int, kith_graph_from_ties(&graph, 2, given, 2, &err), KITH_USAGE));
    cr_expect(strstr(err.message, "between nodes 0 and 1") != NULL, "%s", err.message);
}

Test(graph, the_part_that_some_nodes_span_keeps_their_ties_only)
{
    const kith_tie given[] = { { 0, 2, 1 }, { 2, 4, 2 }, { 1, 2, 3 }, { 0, 4, 4 } };
    const uint32_t nodes[] = { 0, 2, 4 }, unordered[] = { 2, 0 }, outside[] = { 0, 5 };
    kith_graph whole, part;

    cr_assert(eq(int, kith_graph_from_ties(&whole, 5, given, COUNT(given), NULL), KITH_OK));
    cr_assert(eq(int, kith_graph_induced(&part, &whole, nodes, COUNT(nodes), NULL), KITH_OK));
    cr_expect(eq(sz, part.node_count, 3));
    cr_expect(eq(sz, part.tie_count, 3));
    cr_expect(eq(dbl, part.ties[kith_graph_tie(&part, 1, 2)].weight, 2));
    kith_graph_free(&part);
    cr_assert(eq(int, kith_graph_induced(&part, &whole, NULL, 0, NULL), KITH_OK));
    cr_expect(eq(sz, part.node_count, 0));
    kith_graph_free(&part);
    cr_expect(eq(int, kith_graph_induced(&part, &whole, unordered, 2, NULL), KITH_USAGE));
    cr_expect(eq(int, kith_graph_induced(&part, &whole, outside, 2, NULL), KITH_USAGE));
    kith_graph_free(&whole);
}
