/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/path.h"
#include "kith/random.h"

typedef struct map {
    kith_network network;
    kith_layer layers[2];
    size_t count;
    kith_path path;
} map;

/* One or two layers (second -1: one) of everything recorded, and the route over them. */
static kith_status find(map *made, const char *from, const char *to, kith_layer_name first,
                        int second, bool raw)
{
    kith_error err = { 0 };
    kith_layer_options options = { .layer = first, .who = KITH_WHO_ALL, .raw = raw };

    made->network = network_of(view_of("2022-06-30", raw ? 0 : 365));
    made->count = second < 0 ? 1 : 2;
    for (size_t i = 0; i < made->count; i++) {
        options.layer = i == 0 ? first : (kith_layer_name)second;
        cr_assert(kith_layer_build(&made->layers[i], &made->network, &options, &err) == KITH_OK,
                  "%s", err.message);
    }
    const uint32_t a = thing_called(&made->network, from), b = thing_called(&made->network, to);
    return kith_path_find(&made->path, made->layers, made->count, a, b, raw, NULL);
}

static void drop(map *made)
{
    kith_path_free(&made->path);
    for (size_t i = 0; i < made->count; i++)
        kith_layer_free(&made->layers[i]);
    kith_network_free(&made->network);
}

/* The ids along a route, "A B C"; "" for none. */
static const char *route(const map *found)
{
    static char text[256];

    text[0] = '\0';
    for (size_t i = 0; i < found->path.count; i++) {
        const kith_path_step *step = &found->path.steps[i];
        if (i == 0)
            strcat(text, kith_layer_id(step->layer, step->from));
        strcat(strcat(text, " "), kith_layer_id(step->layer, step->to));
    }
    return text;
}

static void expect_route(const char *from, const char *to, const char *expected, double length)
{
    map found;

    cr_assert(eq(int, find(&found, from, to, KITH_LAYER_LINKS, -1, true), KITH_OK));
    cr_expect(eq(str, (char *)route(&found), (char *)expected));
    cr_expect(epsilon_eq(dbl, found.path.length, length, 1e-12));
    drop(&found);
}

static void people(const char *ids)
{
    begin_hub();
    for (; *ids != '\0'; ids++)
        add_person((char[]){ *ids, '\0' }, "2008-05-01");
}

Test(path, several_strong_ties_are_shorter_than_one_weak_one, .fini = end_hub)
{
    people("ABC");
    add_link("A", "C", "friend", 0.4, "", "");
    add_link("A", "B", "friend", 1, "", "");
    add_link("B", "C", "friend", 1, "", "");
    expect_route("A", "C", "A B C", 2);
    expect_route("C", "A", "C B A", 2);
}

Test(path, of_equal_routes_the_one_with_fewer_steps_is_taken, .fini = end_hub)
{
    people("ABC");
    add_link("A", "C", "friend", 0.5, "", "");
    add_link("A", "B", "friend", 1, "", "");
    add_link("B", "C", "friend", 1, "", "");
    expect_route("A", "C", "A C", 2);
}

/* 1/3 + 1/3 + 1/3 and 1 differ in the last bit only. */
Test(path, routes_that_differ_by_rounding_are_equal, .fini = end_hub)
{
    people("ABCD");
    add_link("A", "B", "friend", 3, "", "");
    add_link("B", "C", "friend", 3, "", "");
    add_link("C", "D", "friend", 3, "", "");
    add_link("A", "D", "friend", 1, "", "");
    expect_route("A", "D", "A D", 1);
}

Test(path, of_equal_routes_of_equal_steps_the_first_ids_are_taken, .fini = end_hub)
{
    people("ABCD");
    add_link("A", "C", "friend", 1, "", "");
    add_link("C", "D", "friend", 1, "", "");
    add_link("A", "B", "friend", 1, "", "");
    add_link("B", "D", "friend", 1, "", "");
    expect_route("A", "D", "A B D", 2);
    expect_route("D", "A", "D B A", 2);
}

Test(path, no_route_is_no_fault, .fini = end_hub)
{
    people("ABC");
    add_link("A", "B", "friend", 1, "", "");
    expect_route("A", "C", "", 0);
}

/* All routes of fewest steps over declared links, "A B D; A C D", each with its length. */
static const char *fewest(const char *from, const char *to, double *total)
{
    static char text[1024];
    const kith_layer_options options = { .layer = KITH_LAYER_LINKS, .raw = true };
    kith_network network = network_of(view_of("2022-06-30", 0));
    kith_layer layer;
    kith_paths paths;

    text[0] = '\0';
    cr_assert(kith_layer_build(&layer, &network, &options, NULL) == KITH_OK);
    cr_assert(kith_path_fewest(&paths, &layer, 1, thing_called(&network, from),
                               thing_called(&network, to), true, NULL) == KITH_OK);
    *total = paths.total;
    for (size_t i = 0; i < paths.count; i++) {
        strcat(text, i > 0 ? "; " : "");
        strcat(text, from);
        for (size_t j = 0; j < paths.list[i].count; j++)
            strcat(strcat(text, " "), kith_layer_id(&layer, paths.list[i].steps[j].to));
    }
    kith_paths_free(&paths);
    kith_layer_free(&layer);
    kith_network_free(&network);
    return text;
}

Test(path, all_routes_of_fewest_steps_the_strongest_first, .fini = end_hub)
{
    double total;

    people("ABCDEF");
    add_link("A", "B", "friend", 1, "", "");
    add_link("B", "D", "friend", 1, "", "");
    add_link("A", "C", "friend", 9, "", "");
    add_link("C", "D", "friend", 9, "", "");
    add_link("A", "E", "friend", 1, "", "");
    add_link("E", "D", "friend", 1, "", "");
    add_link("A", "F", "friend", 99, "", "");
    cr_expect(eq(str, (char *)fewest("A", "D", &total), "A C D; A B D; A E D"));
    cr_expect(epsilon_eq(dbl, total, 3, 0));
    cr_expect(eq(str, (char *)fewest("A", "F", &total), "A F"), "one tie, however many detours");
    cr_expect(eq(str, (char *)fewest("F", "D", &total), "F A C D; F A B D; F A E D"));
}

Test(path, without_a_route_there_are_none_of_fewest_steps, .fini = end_hub)
{
    double total;

    people("AB");
    cr_expect(eq(str, (char *)fewest("A", "B", &total), ""));
    cr_expect(epsilon_eq(dbl, total, 0, 0));
}

/* From one row of three to the next, nine rows between: 3^9 routes, of which 10 000 are listed. */
Test(path, more_routes_than_can_be_listed_are_counted, .fini = end_hub)
{
    const kith_layer_options options = { .layer = KITH_LAYER_LINKS, .raw = true };
    kith_layer layer;
    kith_paths paths;

    begin_hub();
    add_person("A", "");
    add_person("Z", "");
    for (char row = '1'; row <= '9'; row++)
        for (char place = 'a'; place <= 'c'; place++)
            add_person((char[]){ row, place, '\0' }, "");
    for (char row = '1'; row <= '9'; row++)
        for (char place = 'a'; place <= 'c'; place++)
            for (char next = 'a'; next <= (row == '9' ? 'a' : 'c'); next++)
                add_link((char[]){ row, place, '\0' },
                         row == '9' ? "Z" : (char[]){ (char)(row + 1), next, '\0' }, "friend", 1,
                         "", "");
    for (char place = 'a'; place <= 'c'; place++)
        add_link("A", (char[]){ '1', place, '\0' }, "friend", 1, "", "");
    kith_network network = network_of(view_of("2022-06-30", 0));
    cr_assert(kith_layer_build(&layer, &network, &options, NULL) == KITH_OK);
    cr_assert(kith_path_fewest(&paths, &layer, 1, thing_called(&network, "A"),
                               thing_called(&network, "Z"), true, NULL) == KITH_OK);
    cr_expect(epsilon_eq(dbl, paths.total, 19683, 0));
    cr_expect(eq(sz, paths.count, 10000));
    cr_expect(eq(sz, paths.list[0].count, 10));
    kith_paths_free(&paths);
    kith_layer_free(&layer);
    kith_network_free(&network);
}

Test(path, both_ends_the_same_is_refused, .fini = end_hub)
{
    map found;

    people("AB");
    cr_expect(eq(int, find(&found, "A", "A", KITH_LAYER_LINKS, -1, true), KITH_USAGE));
    drop(&found);
}

/* An adult alleged to harm and a child share a place, and nothing joins them directly: the
 * layers of links and of presence together find the way. */
Test(path, a_route_may_change_from_one_layer_to_another, .fini = end_hub)
{
    map found;

    begin_hub();
    add_person("A1", "1980-01-01");
    add_person("C1", "2008-01-01");
    add_person("C2", "2008-01-01");
    add_place("L1", "park");
    add_event("E1", "incident", "2022-06-01", "L1", 2);
    add_part("E1", "A1", "alleged_perpetrator");
    add_event("E2", "sighting", "2022-06-02", "L1", 0);
    add_part("E2", "C1", "present");
    add_link("C1", "C2", "friend", 0, "2022-06-01", "");
    cr_assert(
        eq(int, find(&found, "A1", "C2", KITH_LAYER_LINKS, KITH_LAYER_PRESENCE, false), KITH_OK));
    cr_expect(eq(str, (char *)route(&found), "A1 L1 C1 C2"));
    cr_expect(eq(ptr, (void *)found.path.steps[2].layer, (void *)&found.layers[0]));
    drop(&found);
}

/* Severity 2 against 1, ungraded (0.5), both on the last day: weights 1 and 0.5. */
Test(path, evidence_decides_the_ordinary_reading, .fini = end_hub)
{
    map found;

    begin_hub();
    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    add_event("E1", "incident", "2022-06-30", "", 2);
    add_part("E1", "A", "present");
    add_part("E1", "B", "present");
    add_link("A", "B", "friend", 0, "", "");
    cr_assert(
        eq(int, find(&found, "A", "B", KITH_LAYER_LINKS, KITH_LAYER_TOGETHER, false), KITH_OK));
    cr_assert(eq(sz, found.path.count, 1));
    cr_expect(eq(ptr, (void *)found.path.steps[0].layer, (void *)&found.layers[1]));
    cr_expect(epsilon_eq(dbl, found.path.steps[0].weight, 1.5, 1e-12), "event and friendship");
    drop(&found);
}

Test(path, what_is_suspected_to_be_false_makes_no_route, .fini = end_hub)
{
    map found;

    people("AB");
    set_origin("police", "R1", "1E");
    add_link("A", "B", "friend", 0, "2022-06-01", "");
    cr_assert(eq(int, find(&found, "A", "B", KITH_LAYER_LINKS, -1, false), KITH_OK));
    cr_expect(eq(sz, found.path.count, 0));
    drop(&found);
}

/* A link that says what was done to a child is never told as if the child did it. */
Test(path, a_link_is_told_from_its_own_end, .fini = end_hub)
{
    map found;
    kith_table table = { 0 };

    begin_hub();
    add_person("A1", "1980-01-01");
    add_person("C1", "2008-01-01");
    add_link("A1", "C1", "exploits_alleged", 0, "2022-06-01", "");
    cr_assert(eq(int, find(&found, "C1", "A1", KITH_LAYER_LINKS, -1, false), KITH_OK));
    cr_assert(eq(int, kith_path_report(&table, &found.path, NULL), KITH_OK));
    cr_assert(eq(sz, kith_table_rows(&table), 1));
    cr_expect(eq(str, table.cells[3].text, "from A1: alleged exploitation of"));
    kith_table_free(&table);
    drop(&found);
    cr_assert(eq(int, find(&found, "A1", "C1", KITH_LAYER_LINKS, -1, false), KITH_OK));
    table = (kith_table){ 0 };
    cr_assert(eq(int, kith_path_report(&table, &found.path, NULL), KITH_OK));
    cr_expect(eq(str, table.cells[3].text, "alleged exploitation of"));
    kith_table_free(&table);
    drop(&found);
}

/* Against all distances by Floyd and Warshall on random networks of eight people. */
Test(path, the_length_is_the_shortest_of_all_routes_on_random_networks, .fini = end_hub)
{
    enum { N = 8 };
    double length[N][N];
    kith_random random;

    people("ABCDEFGH");
    kith_random_seed(&random, 5);
    for (int a = 0; a < N; a++)
        for (int b = 0; b < N; b++)
            length[a][b] = a == b ? 0 : INFINITY;
    for (int a = 0; a < N; a++)
        for (int b = a + 1; b < N; b++) {
            const double weight = 0.1 + kith_random_unit(&random);
            if (kith_random_unit(&random) > 0.35)
                continue;
            add_link((char[]){ (char)('A' + a), 0 }, (char[]){ (char)('A' + b), 0 }, "friend",
                     weight, "", "");
            length[a][b] = length[b][a] = 1 / weight;
        }
    for (int k = 0; k < N; k++)
        for (int a = 0; a < N; a++)
            for (int b = 0; b < N; b++)
                length[a][b] = fmin(length[a][b], length[a][k] + length[k][b]);
    for (int a = 0; a < N; a++)
        for (int b = 0; b < N; b++) {
            map found;
            double sum = 0;
            if (a == b)
                continue;
            cr_assert(find(&found, (char[]){ (char)('A' + a), 0 }, (char[]){ (char)('A' + b), 0 },
                           KITH_LAYER_LINKS, -1, true) == KITH_OK);
            for (size_t i = 0; i < found.path.count; i++)
                sum += 1 / found.path.steps[i].weight;
            cr_expect(eq(int, found.path.count == 0, isinf(length[a][b]) != 0));
            if (found.path.count > 0) {
                cr_expect(epsilon_eq(dbl, sum, length[a][b], 1e-9));
                cr_expect(epsilon_eq(dbl, found.path.length, sum, 1e-9));
            }
            drop(&found);
        }
}
