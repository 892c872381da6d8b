/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_layer_published.c: published networks come out of a hub as published.
 *
 * Each set is imported as it is, seen as one layer with --raw, and compared node by node
 * and as a whole with figures made by other tools (reference/README.md of each set).
 * Without the reference data these tests skip. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/import.h"
#include "kith/layer.h"
#include "kith/text.h"
#include "support.h"

enum { CELLS = 8, CELL_SIZE = 128 };

typedef char row[CELLS][CELL_SIZE];

static const char *set;
static kith_network network;
static kith_layer layer;

static void drop(void)
{
    kith_layer_free(&layer);
    kith_network_free(&network);
    end_hub();
}

TestSuite(published_layer, .init = begin_hub, .fini = drop);

/* The first cells of the next line; none of those used here has quotes. */
static bool next_row(FILE *file, row cells)
{
    char line[4096];

    if (fgets(line, sizeof line, file) == NULL)
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    char *at = line;
    for (int i = 0; i < CELLS; i++) {
        const size_t size = strcspn(at, ",");
        snprintf(cells[i], CELL_SIZE, "%.*s", (int)(size < CELL_SIZE ? size : 0), at);
        at += size + (at[size] == ',');
    }
    return true;
}

static int column(row heading, const char *name)
{
    for (int i = 0; i < CELLS; i++)
        if (strcmp(heading[i], name) == 0)
            return i;
    return -1;
}

/* A reference table of the set, its heading read. */
static FILE *table(const char *name, row heading)
{
    char relative[256];

    snprintf(relative, sizeof relative, "%s/reference/%s", set, name);
    char *path = need_data(relative);
    FILE *file = fopen(path, "r");
    free(path);
    cr_assert_not_null(file);
    cr_assert(next_row(file, heading));
    return file;
}

static void load(const char *name)
{
    const kith_view view = view_of("2022-06-30", 0);
    kith_import_report report;
    kith_store *store;
    kith_error err;

    set = name;
    char *path = need_data(name);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int,
                 kith_import(&report, store, &view, (const char *const[]){ path }, 1,
                             &(kith_import_options){ .now = 1 }, &err),
                 KITH_OK),
              "%s", err.message);
    kith_import_report_free(&report);
    kith_store_close(store);
    free(path);
    network = network_of(view);
}

static double fact(const char *graph, const char *name, double otherwise)
{
    row cells;
    FILE *file = table("graph_facts.csv", cells);
    double value = otherwise;

    while (next_row(file, cells))
        if (strcmp(cells[0], graph) == 0 && strcmp(cells[1], name) == 0)
            cr_assert(kith_number_read(&value, cells[2]));
    fclose(file);
    return value;
}

static uint32_t node(const char *id)
{
    for (uint32_t v = 0; v < layer.graph.node_count; v++)
        if (strcmp(kith_layer_id(&layer, v), id) == 0)
            return v;
    cr_fatal("%s is no node", id);
    return KITH_NOTHING;
}

static double strength_of(uint32_t v)
{
    double sum = 0;

    for (size_t i = layer.graph.first[v]; i < layer.graph.first[v + 1]; i++)
        sum += layer.graph.ties[layer.graph.tie_of[i]].weight;
    return sum;
}

static void compare_nodes(const char *graph)
{
    char name[128];
    row cells;
    size_t count = 0;

    snprintf(name, sizeof name, "nodes_%s.csv", graph);
    FILE *file = table(name, cells);
    const int degree = column(cells, "degree"), strength = column(cells, "strength");
    for (; next_row(file, cells); count++) {
        const uint32_t v = node(cells[0]);
        double expected;
        cr_assert(kith_number_read(&expected, cells[degree]));
        cr_assert_eq((double)(layer.graph.first[v + 1] - layer.graph.first[v]), expected,
                     "%s: %s", graph, cells[0]);
        if (strength < 0)
            continue;
        cr_assert(kith_number_read(&expected, cells[strength]));
        cr_assert_eq(strength_of(v), expected, "%s: %s", graph, cells[0]);
    }
    fclose(file);
    cr_assert(eq(sz, count, layer.graph.node_count));
}

static void compare(const char *graph, const kith_layer_options *options)
{
    kith_error err;
    double total = 0;

    kith_layer_free(&layer);
    cr_assert(eq(int, kith_layer_build(&layer, &network, options, &err), KITH_OK), "%s",
              err.message);
    for (size_t t = 0; t < layer.graph.tie_count; t++)
        total += layer.graph.ties[t].weight;
    cr_assert(eq(dbl, (double)layer.graph.node_count, fact(graph, "nodes", -1)), "%s", graph);
    cr_assert(eq(dbl, (double)layer.graph.tie_count, fact(graph, "edges", -1)), "%s", graph);
    /* Graphs without weights have no total: every tie is 1. */
    cr_assert(eq(dbl, total, fact(graph, "total_weight", fact(graph, "edges", -1))), "%s", graph);
    compare_nodes(graph);
}

Test(published_layer, the_kite_and_the_karate_club)
{
    const kith_layer_options links = { .layer = KITH_LAYER_LINKS, .raw = true };

    load("small-classics/krackhardt-kite");
    compare("kite", &links);
    drop();
    begin_hub();
    load("small-classics/karate");
    compare("karate", &links);
    kith_error err;
    kith_layer_free(&layer);
    const kith_layer_options plain = { .layer = KITH_LAYER_LINKS, .unweighted = true };
    cr_assert(eq(int, kith_layer_build(&layer, &network, &plain, &err), KITH_OK));
    for (size_t t = 0; t < layer.graph.tie_count; t++)
        cr_assert(eq(dbl, layer.graph.ties[t].weight, 1));
}

Test(published_layer, southern_women)
{
    load("southern-women");
    compare("bipartite", &(kith_layer_options){ .layer = KITH_LAYER_EVENTS, .raw = true });
    compare("coattendance", &(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .raw = true });
}

Test(published_layer, london)
{
    static const char *const offending[] = { "co_offend", "co_offend_serious",
                                             "co_offend_serious_kin" };

    load("london-gang");
    compare("all_ties", &(kith_layer_options){ .layer = KITH_LAYER_LINKS, .raw = true });
    compare("co_offending", &(kith_layer_options){ .layer = KITH_LAYER_LINKS, .raw = true,
                                                   .kinds = offending, .kind_count = 3 });
}

Test(published_layer, montagna)
{
    static const char *const kinds[] = { "meeting", "phone_call" };
    kith_layer_options options = { .layer = KITH_LAYER_LINKS, .raw = true, .no_isolates = true };

    load("montagna");
    compare("union", &options);
    options.kind_count = 1;
    options.kinds = &kinds[0];
    compare("meetings", &options);
    options.kinds = &kinds[1];
    compare("phone_calls", &options);
}

Test(published_layer, st_louis)
{
    static const char *const suspects[] = { "suspect", "victim_and_suspect" };

    load("stlouis-crime");
    compare("bipartite", &(kith_layer_options){ .layer = KITH_LAYER_EVENTS, .raw = true });
    compare("coparticipation", &(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .raw = true });
    compare("cosuspect", &(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .raw = true,
                                                .roles = suspects, .role_count = 2 });
}

Test(published_layer, suffragettes)
{
    load("suffragette-arrests");
    compare("person_event", &(kith_layer_options){ .layer = KITH_LAYER_EVENTS, .raw = true });
    compare("coappearance", &(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .raw = true });
    compare("person_location", &(kith_layer_options){ .layer = KITH_LAYER_PRESENCE, .raw = true });
}
