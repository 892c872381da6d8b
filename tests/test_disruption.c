/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_disruption.c: the published curves of how a network falls apart as its most central
 * people are taken away one by one, by our betweenness, degree and components.
 *
 * L. Cavallaro et al., Disrupting resilient criminal networks through data analysis, PLOS ONE
 * 15(8), 2020, e0236476: meetings and phone calls of the Montagna operation. Of equal people the
 * authors take the last in the order in which their program holds them; that is known to us up
 * to the order of the files' rows. Betweenness seldom makes people equal; degree often does. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/measures.h"
#include "support.h"

enum { MOST = 200 };

typedef struct plot {
    uint32_t number[MOST]; /* a person's own number -> node */
    size_t count;
    kith_tie ties[600];
    size_t tie_count;
} plot;

/* Rows of one kind, "N11,N143,phone_call,2,1,143>11:2": the pair, and as the source wrote it.
 * by_number: people in the order of their numbers, else in that of the rows. */
static plot load(const char *kind, bool by_number)
{
    plot p = { .count = 0 };
    char *path = need_data("montagna/links.csv"), *text = read_file(path, NULL);
    bool named[MOST] = { false };

    for (char *rest = text, *row; (row = strtok_r(rest, "\n", &rest)) != NULL;) {
        char found[32];
        uint32_t ends[2];
        if (sscanf(row, "%*[^,],%*[^,],%31[^,],%*[^,],%*[^,],%u>%u", found, &ends[0], &ends[1]) !=
                3 ||
            strcmp(found, kind) != 0)
            continue;
        for (int i = 0; i < 2; i++) {
            cr_assert(ends[i] < MOST);
            if (!named[ends[i]])
                p.number[ends[i]] = (uint32_t)p.count++;
            named[ends[i]] = true;
        }
        p.ties[p.tie_count++] = (kith_tie){ ends[0], ends[1], 1 };
    }
    for (uint32_t i = 0, next = 0; by_number && i < MOST; i++)
        p.number[i] = named[i] ? next++ : 0;
    for (size_t t = 0; t < p.tie_count; t++)
        p.ties[t] = (kith_tie){ p.number[p.ties[t].low], p.number[p.ties[t].high], 1 };
    free(text);
    free(path);
    return p;
}

/* The node to take away next: the greatest figure, of equal ones the last. size: of the
 * largest component. */
static uint32_t next_target(const kith_graph *graph, const bool *gone, bool by_degree, size_t *size)
{
    kith_measures measures;
    uint32_t best = 0;
    double most = -1;

    cr_assert(kith_measures_of(&measures, graph, NULL, NULL) == KITH_OK);
    *size = 0;
    for (uint32_t v = 0; v < measures.count; v++) {
        const kith_measure *node = &measures.nodes[v];
        const double figure = by_degree ? node->degree : node->betweenness;
        *size += node->component == 0;
        if (!gone[v] && figure >= most - 1e-9) {
            most = figure > most ? figure : most;
            best = v;
        }
    }
    kith_measures_free(&measures);
    return best;
}

/* misses: steps of the curve that equal people, taken in another order, may make different. */
static void expect_curve(const char *kind, const char *name, bool by_degree, int rows, int misses)
{
    plot p = load(kind, by_degree);
    bool gone[MOST] = { false };
    size_t whole = 0;
    int row = 0;
    char *path = need_data(name), *text = read_file(path, NULL), *rest = strchr(text, '\n') + 1;

    for (char *line; (line = strtok_r(rest, "\n", &rest)) != NULL; row++) {
        double between, degree;
        size_t size;
        kith_graph graph;
        cr_assert(sscanf(line, "%*d,%lf,%*f,%*f,%lf", &between, &degree) == 2);
        cr_assert(kith_graph_from_ties(&graph, p.count, p.ties, p.tie_count, NULL) == KITH_OK);
        const uint32_t target = next_target(&graph, gone, by_degree, &size);
        kith_graph_free(&graph);
        whole = row == 0 ? size : whole;
        const double share = (double)size / (double)whole;
        if (fabs(share - (by_degree ? degree : between)) > 1e-9)
            cr_expect(misses-- > 0 && row > 5, "%s, %d taken away: %g", kind, row, share);
        gone[target] = true;
        size_t kept = 0;
        for (size_t t = 0; t < p.tie_count; t++)
            if (p.ties[t].low != target && p.ties[t].high != target)
                p.ties[kept++] = p.ties[t];
        p.tie_count = kept;
    }
    cr_expect(eq(int, row, rows));
    free(text);
    free(path);
}

Test(disruption, meetings_fall_apart_by_betweenness_as_published)
{
    expect_curve("meeting", "montagna/published/lcc_sequential_meetings_unweighted.csv", false, 96,
                 0);
}

Test(disruption, meetings_fall_apart_by_degree_as_published)
{
    expect_curve("meeting", "montagna/published/lcc_sequential_meetings_unweighted.csv", true, 96,
                 0);
}

Test(disruption, calls_fall_apart_by_betweenness_as_published)
{
    expect_curve("phone_call", "montagna/published/lcc_sequential_phone_calls_unweighted.csv",
                 false, 95, 0);
}

Test(disruption, calls_fall_apart_by_degree_as_published)
{
    expect_curve("phone_call", "montagna/published/lcc_sequential_phone_calls_unweighted.csv", true,
                 95, 2);
}
