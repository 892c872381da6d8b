/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters in the order of their making, by names that Graphviz can look behind. */
#include "draw.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const char *const names[] = { "cluster_z", "cluster_a", "cluster__legend", "cluster_m" };

enum { NAMES = sizeof names / sizeof *names };

static Agraph_t *make(void)
{
    Agraph_t *graph = sheet_graph((char *)"kith");

    for (size_t i = 0; i < NAMES; i++)
        cr_assert(agsubg(graph, (char *)names[i], 1) != NULL);
    return graph;
}

Test(order, clusters_come_in_the_order_of_their_making)
{
    Agraph_t *graph = make(), *cluster = agfstsubg(graph);

    for (size_t i = 0; i < NAMES; i++, cluster = agnxtsubg(cluster))
        cr_assert(eq(str, agnameof(cluster), (char *)names[i]));
    cr_assert(cluster == NULL);
    agclose(graph);
}

/* Graphviz keeps whether a text is HTML before the text's first byte; before a text of anybody
 * else's is something else, and DOT wrote <cluster_c1> in one run of eight. */
Test(order, a_name_is_a_text_of_graphviz_own)
{
    Agraph_t *graph = make();

    cr_assert(agnameof(graph) == agstrbind(graph, (char *)"kith"));
    for (size_t i = 0; i < NAMES; i++) {
        Agraph_t *cluster = agsubg(graph, (char *)names[i], 0);
        cr_assert(agnameof(cluster) == agstrbind(graph, (char *)names[i]));
        cr_assert(eq(int, aghtmlstr(agnameof(cluster)), 0));
    }
    agclose(graph);
}

Test(order, a_name_is_found_again_and_not_made_twice)
{
    Agraph_t *graph = make();

    cr_assert(agsubg(graph, (char *)"cluster_none", 0) == NULL);
    cr_assert(agsubg(graph, (char *)"cluster_a", 1) == agsubg(graph, (char *)"cluster_a", 0));
    cr_assert(eq(int, agnsubg(graph), NAMES));
    agclose(graph);
}
