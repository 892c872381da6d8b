/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/players.h"
#include "kith/random.h"
#include "support.h"

#define NEAR(actual, expected) epsilon_eq(dbl, actual, expected, 1e-9)

static kith_graph made(size_t nodes, const kith_tie *ties, size_t count)
{
    kith_graph graph;

    cr_assert(kith_graph_from_ties(&graph, nodes, ties, count, NULL) == KITH_OK);
    return graph;
}

static double value(const kith_graph *graph, kith_aim aim, const uint32_t *set, size_t count)
{
    double found;

    cr_assert(kith_players_value(&found, graph, aim, set, count, NULL) == KITH_OK);
    return found;
}

static double without(const kith_graph *graph, uint32_t node)
{
    return value(graph, KITH_AIM_FRAGMENT, &node, 1);
}

/* The check values of distance-weighted fragmentation, worked by hand. */
Test(players, a_star_falls_apart_without_its_hub)
{
    const kith_tie ties[] = { { 0, 1, 1 }, { 0, 2, 1 }, { 0, 3, 1 }, { 0, 4, 1 } };
    kith_graph star = made(5, ties, 4);

    cr_expect(NEAR(value(&star, KITH_AIM_FRAGMENT, NULL, 0), 0.3));
    cr_expect(NEAR(without(&star, 0), 1));
    cr_expect(NEAR(value(&star, KITH_AIM_SPLIT, &(uint32_t){ 0 }, 1), 1));
    cr_expect(NEAR(value(&star, KITH_AIM_REACH, &(uint32_t){ 0 }, 1), 1));
    cr_expect(NEAR(value(&star, KITH_AIM_CONTACT, &(uint32_t){ 1 }, 1), 2));
    kith_graph_free(&star);
}

Test(players, a_path_is_cut_in_its_middle)
{
    const kith_tie ties[] = { { 0, 1, 1 }, { 1, 2, 1 }, { 2, 3, 1 }, { 3, 4, 1 } };
    kith_graph path = made(5, ties, 4);

    cr_expect(epsilon_eq(dbl, value(&path, KITH_AIM_FRAGMENT, NULL, 0), 0.3583, 5e-5));
    cr_expect(epsilon_eq(dbl, without(&path, 2), 0.6667, 5e-5));
    kith_graph_free(&path);
}

Test(players, two_triangles_hang_on_the_ends_of_their_bridge)
{
    const kith_tie ties[] = { { 0, 1, 1 }, { 0, 2, 1 }, { 1, 2, 1 }, { 2, 3, 1 },
                              { 3, 4, 1 }, { 3, 5, 1 }, { 4, 5, 1 } };
    const kith_players_options options = { .aim = KITH_AIM_FRAGMENT, .size = 1 };
    kith_graph graph = made(6, ties, 7);
    kith_players players;

    cr_expect(epsilon_eq(dbl, value(&graph, KITH_AIM_FRAGMENT, NULL, 0), 0.3111, 5e-5));
    cr_expect(NEAR(without(&graph, 2), 0.6));
    cr_expect(epsilon_eq(dbl, without(&graph, 4), 0.2833, 5e-5));
    cr_assert(kith_players_find(&players, &graph, &options, NULL) == KITH_OK);
    cr_expect(players.exact);
    cr_expect(NEAR(players.optima, 2));
    cr_assert(eq(sz, players.set_count, 2));
    cr_expect(eq(u32, players.sets[0], 2));
    cr_expect(eq(u32, players.sets[1], 3));
    cr_expect(NEAR(players.value, 0.6));
    cr_expect(NEAR(players.bound, 0.6));
    kith_players_free(&players);
    kith_graph_free(&graph);
}

/* Without one end of the bridge two are left with each other, three with each other: each pair of
 * them is a tie, so (1 - 1/4)/5 of two and (1 - 2/4)/5 of three make 0.6. */
Test(players, terms_are_what_each_one_left_no_longer_reaches)
{
    const kith_tie ties[] = { { 0, 1, 1 }, { 0, 2, 1 }, { 1, 2, 1 }, { 2, 3, 1 },
                              { 3, 4, 1 }, { 3, 5, 1 }, { 4, 5, 1 } };
    const double wanted[] = { 0.15, 0.15, 0, 0.1, 0.1, 0.1 };
    kith_graph graph = made(6, ties, 7);
    kith_player_term terms[6];

    cr_assert(kith_players_terms(terms, &graph, KITH_AIM_FRAGMENT, &(uint32_t){ 2 }, 1, NULL) ==
              KITH_OK);
    for (int v = 0; v < 6; v++)
        cr_expect(NEAR(terms[v].value, wanted[v]), "%d", v);
    cr_expect(eq(sz, terms[0].reached, 1));
    cr_expect(NEAR(terms[3].near, 2));
    cr_assert(kith_players_terms(terms, &graph, KITH_AIM_REACH, &(uint32_t){ 2 }, 1, NULL) ==
              KITH_OK);
    cr_expect(NEAR(terms[2].value, 1.0 / 6));
    cr_expect(NEAR(terms[5].value, 1.0 / 12));
    cr_expect(eq(int,
                 kith_players_terms(terms, &graph, KITH_AIM_REACH, (uint32_t[]){ 3, 2 }, 2, NULL),
                 KITH_USAGE));
    kith_graph_free(&graph);
}

static kith_graph random_graph(kith_random *random, size_t n)
{
    kith_tie ties[100];
    size_t count = 0;

    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = a + 1; b < n; b++)
            if (kith_random_below(random, 5) == 0)
                ties[count++] = (kith_tie){ a, b, 1 };
    return made(n, ties, count);
}

Test(players, terms_add_up_to_the_value_of_any_set)
{
    kith_random random;

    kith_random_seed(&random, 7);
    for (int i = 0; i < 100; i++) {
        const size_t n = 1 + kith_random_below(&random, 12);
        kith_graph graph = random_graph(&random, n);
        uint32_t set[12];
        size_t count = 0;
        for (uint32_t v = 0; v < n; v++)
            if (kith_random_below(&random, 3) == 0)
                set[count++] = v;
        for (int aim = KITH_AIM_FRAGMENT; count < n && aim <= KITH_AIM_CONTACT; aim++) {
            kith_player_term terms[12];
            double sum = 0;
            cr_assert(kith_players_terms(terms, &graph, (kith_aim)aim, set, count, NULL) == KITH_OK);
            for (size_t v = 0; v < n; v++)
                sum += terms[v].value;
            cr_expect(NEAR(sum, value(&graph, (kith_aim)aim, set, count)), "%d, aim %d", i, aim);
        }
        kith_graph_free(&graph);
    }
}

/* Alone, either end of the bridge leaves most apart; the other four share the rest. */
Test(players, those_who_leave_the_others_as_far_apart_share_a_rank)
{
    const kith_tie ties[] = { { 0, 1, 1 }, { 0, 2, 1 }, { 1, 2, 1 }, { 2, 3, 1 },
                              { 3, 4, 1 }, { 3, 5, 1 }, { 4, 5, 1 } };
    const uint32_t wanted[] = { 3, 3, 1, 1, 3, 3 };
    kith_graph graph = made(6, ties, 7);
    uint32_t rank[6];

    cr_assert(kith_players_rank(rank, &graph, KITH_AIM_FRAGMENT, NULL) == KITH_OK);
    for (int v = 0; v < 6; v++)
        cr_expect(eq(u32, rank[v], wanted[v]), "%d", v);
    kith_graph_free(&graph);
}

Test(players, a_size_out_of_range_is_refused)
{
    kith_graph graph = made(3, NULL, 0);
    kith_players players;
    kith_players_options options = { .aim = KITH_AIM_SPLIT, .size = 2 };
    kith_error err;
    double found;

    cr_expect(eq(int, kith_players_find(&players, &graph, &options, &err), KITH_USAGE));
    cr_expect(
        eq(str, err.message, "there are 3 people, too few for a set of 2 that leaves two others"));
    options.size = 0;
    cr_expect(eq(int, kith_players_find(&players, &graph, &options, NULL), KITH_USAGE));
    options = (kith_players_options){ .aim = KITH_AIM_REACH, .size = 4 };
    cr_expect(eq(int, kith_players_find(&players, &graph, &options, NULL), KITH_USAGE));
    options.size = 3;
    cr_assert(eq(int, kith_players_find(&players, &graph, &options, NULL), KITH_OK));
    cr_expect(NEAR(players.value, 1));
    kith_players_free(&players);
    const uint32_t twice[] = { 1, 1 }, outside[] = { 3 };
    cr_expect(
        eq(int, kith_players_value(&found, &graph, KITH_AIM_SPLIT, twice, 2, NULL), KITH_USAGE));
    cr_expect(
        eq(int, kith_players_value(&found, &graph, KITH_AIM_SPLIT, outside, 1, NULL), KITH_USAGE));
    kith_graph_free(&graph);
}

/* A published network: ids in order, and its graph. */
typedef struct outside_id {
    char text[16];
} outside_id;

typedef struct published {
    outside_id *ids;
    size_t count;
    kith_graph graph;
} published;

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static size_t place_of(const published *p, const char *id)
{
    const outside_id *found = bsearch(id, p->ids, p->count, sizeof *p->ids, by_text);

    cr_assert_not_null(found, "%s is not in the network", id);
    return (size_t)(found - p->ids);
}

/* The first three fields of each line after the heading. */
static bool next_line(char **text, char a[16], char b[16], char kind[32])
{
    int used = 0;

    if (sscanf(*text, " %15[^,],%15[^,\n]%*1[,]%31[^,\n]%*[^\n]%n", a, b, kind, &used) < 2 &&
        sscanf(*text, " %15[^,]", a) != 1)
        return false;
    *text = strchr(*text, '\n');
    *text = *text == NULL ? "" : *text + 1;
    return true;
}

static bool among(const char *kinds, const char *kind)
{
    char padded[64];

    snprintf(padded, sizeof padded, ",%s,", kind);
    return kinds == NULL || strstr(kinds, padded) != NULL;
}

/* kinds ",a,b," or NULL; everybody: also those without a tie. */
static published load(const char *folder, const char *kinds, bool everybody)
{
    char name[128], a[16], b[16], kind[32];
    published p = { .ids = calloc(400, sizeof *p.ids) };
    kith_tie ties[800];
    size_t tie_count = 0;

    snprintf(name, sizeof name, "%s/links.csv", folder);
    char *path = need_data(name), *links = read_file(path, NULL), *at = strchr(links, '\n') + 1;
    while (!everybody && next_line(&at, a, b, kind))
        if (among(kinds, kind)) {
            memcpy(p.ids[p.count++].text, a, sizeof a);
            memcpy(p.ids[p.count++].text, b, sizeof b);
            qsort(p.ids, p.count, sizeof *p.ids, by_text);
            size_t kept = 1;
            for (size_t i = 1; i < p.count; i++)
                if (strcmp(p.ids[i].text, p.ids[kept - 1].text) != 0)
                    p.ids[kept++] = p.ids[i];
            p.count = kept;
        }
    if (everybody) {
        snprintf(name, sizeof name, "%s/persons.csv", folder);
        char *people = need_data(name), *persons = read_file(people, NULL);
        for (at = strchr(persons, '\n') + 1; next_line(&at, a, b, kind);)
            memcpy(p.ids[p.count++].text, a, sizeof a);
        qsort(p.ids, p.count, sizeof *p.ids, by_text);
        free(persons);
        free(people);
    }
    for (at = strchr(links, '\n') + 1; next_line(&at, a, b, kind);)
        if (among(kinds, kind))
            ties[tie_count++] =
                (kith_tie){ (uint32_t)place_of(&p, a), (uint32_t)place_of(&p, b), 1 };
    p.graph = made(p.count, ties, tie_count);
    free(links);
    free(path);
    return p;
}

static void drop(published *p)
{
    kith_graph_free(&p->graph);
    free(p->ids);
}

static kith_aim aim_of(const char *measure)
{
    return strcmp(measure, "DF") == 0   ? KITH_AIM_FRAGMENT
           : strcmp(measure, "F") == 0  ? KITH_AIM_SPLIT
           : strcmp(measure, "DR") == 0 ? KITH_AIM_REACH
                                        : KITH_AIM_CONTACT;
}

/* Every set that the reference lists must be among ours. sets: "A+B;A+C". */
static void expect_sets(const published *p, const kith_players *found, char *sets, const char *row)
{
    for (char *rest = sets, *set; (set = strtok_r(rest, ";", &rest)) != NULL;) {
        uint32_t nodes[8];
        size_t count = 0, s = 0;
        for (char *member, *inner = set; (member = strtok_r(inner, "+", &inner)) != NULL;)
            nodes[count++] = (uint32_t)place_of(p, member);
        cr_assert(eq(sz, count, found->size));
        while (s < found->set_count &&
               memcmp(&found->sets[s * count], nodes, count * sizeof *nodes) != 0)
            s++;
        cr_expect(s < found->set_count, "%s: %s is not found", row, set);
    }
}

/* The search, with less work than all sets take, is never above the best, and its bound never
 * below. With work for some beginnings it comes close in sets of three, but where most sets
 * are equal: then only trying them all finds the few that are not. */
static void check_search(const published *p, kith_players_options *options, double optimum,
                         const char *row)
{
    for (options->work = 1; options->work <= 1e7; options->work *= 1e7) {
        kith_players found;
        cr_assert(kith_players_find(&found, &p->graph, options, NULL) == KITH_OK);
        cr_expect(found.value <= optimum + 1e-9, "%s: %.12g", row, found.value);
        cr_expect(found.bound >= optimum - 1e-9, "%s: bound %.12g", row, found.bound);
        if (options->work > 1 && options->size == 3 && options->aim != KITH_AIM_SPLIT)
            cr_expect(found.value >= 0.9 * optimum, "%s: %.12g", row, found.value);
        kith_players_free(&found);
    }
}

/* One row of the reference: "measure,k,optimum,sets,listed". */
static void check_row(const published *p, const char *row)
{
    char measure[16], listed[2048] = "";
    size_t size;
    double optimum, optima;
    kith_players found;
    kith_error err = { 0 };

    cr_assert(
        sscanf(row, "%15[^,],%zu,%lf,%lf,%2047s", measure, &size, &optimum, &optima, listed) >= 4);
    const kith_aim aim = aim_of(measure);
    if (size == 0) {
        cr_expect(NEAR(value(&p->graph, aim, NULL, 0), optimum), "%s", row);
        return;
    }
    kith_players_options options = { .aim = aim, .size = size, .listed = 100 };
    cr_assert(kith_players_find(&found, &p->graph, &options, &err) == KITH_OK, "%s", err.message);
    cr_expect(found.exact, "%s", row);
    cr_expect(NEAR(found.value, optimum), "%s: %.12g", row, found.value);
    cr_expect(NEAR(found.optima, optima), "%s: %.0f sets", row, found.optima);
    expect_sets(p, &found, listed, row);
    kith_players_free(&found);
    check_search(p, &options, optimum, row);
}

static void check_reference(const char *folder, const char *name, const char *kinds, bool everybody)
{
    char file[160];
    size_t rows = 0;
    published p = load(folder, kinds, everybody);

    snprintf(file, sizeof file, "%s/reference/key_players_%s.csv", folder, name);
    char *path = need_data(file), *text = read_file(path, NULL);
    for (char *rest = strchr(text, '\n') + 1, *row; (row = strtok_r(rest, "\n", &rest)) != NULL;
         rows++)
        check_row(&p, row);
    cr_expect(rows >= 10, "%zu rows of %s", rows, name);
    free(text);
    free(path);
    drop(&p);
}

Test(players, the_kite_hangs_on_heather_and_on_fernando_with_garth)
{
    check_reference("small-classics/krackhardt-kite", "kite", NULL, true);
}

Test(players, the_karate_club_has_the_published_sets)
{
    check_reference("small-classics/karate", "karate", NULL, true);
}

Test(players, the_london_network_has_the_published_sets)
{
    check_reference("london-gang", "all_ties", NULL, true);
}

Test(players, the_london_network_of_offences_has_the_published_sets)
{
    check_reference("london-gang", "co_offending",
                    ",co_offend,co_offend_serious,co_offend_serious_kin,", true);
}

Test(players, the_montagna_meetings_have_the_published_sets)
{
    check_reference("montagna", "meetings", ",meeting,", false);
}

Test(players, the_montagna_calls_have_the_published_sets)
{
    check_reference("montagna", "phone_calls", ",phone_call,", false);
}

/* Random networks: every set is tried here in the plainest way, without components or threads. */
static double brute(const kith_graph *graph, kith_aim aim, size_t size)
{
    double best = -1;

    for (uint32_t bits = 0; bits < 1u << graph->node_count; bits++) {
        uint32_t set[16];
        size_t count = 0;
        for (uint32_t v = 0; v < graph->node_count; v++)
            if (bits >> v & 1)
                set[count++] = v;
        if (count == size)
            best = fmax(best, value(graph, aim, set, count));
    }
    return best;
}

Test(players, the_search_is_bounded_on_random_networks)
{
    kith_random random;

    kith_random_seed(&random, 7);
    for (int round = 0; round < 60; round++) {
        const size_t n = 6 + kith_random_below(&random, 5);
        kith_tie ties[40];
        const size_t m = kith_random_below(&random, 2 * n);
        for (size_t t = 0; t < m; t++)
            ties[t] = (kith_tie){ (uint32_t)kith_random_below(&random, n),
                                  (uint32_t)kith_random_below(&random, n), 1 };
        kith_graph graph = made(n, ties, m);
        const kith_aim aim = (kith_aim)(round % 4);
        for (size_t size = 1; size <= 3; size++) {
            kith_players exact, found;
            kith_players_options options = { .aim = aim, .size = size };
            const double best = brute(&graph, aim, size);
            cr_assert(kith_players_find(&exact, &graph, &options, NULL) == KITH_OK);
            options.work = 1;
            cr_assert(kith_players_find(&found, &graph, &options, NULL) == KITH_OK);
            cr_expect(NEAR(exact.value, best), "round %d size %zu", round, size);
            cr_expect(found.value <= best + 1e-9 && found.bound >= best - 1e-9,
                      "round %d size %zu: %g, %g, %g", round, size, found.value, best, found.bound);
            kith_players_free(&exact);
            kith_players_free(&found);
        }
        kith_graph_free(&graph);
    }
}

Test(players, threads_change_nothing)
{
    published p = load("london-gang", NULL, true);
    const kith_players_options options = { .aim = KITH_AIM_SPLIT, .size = 2 };
    kith_players one, three;

    setenv("KITH_THREADS", "1", 1);
    cr_assert(kith_players_find(&one, &p.graph, &options, NULL) == KITH_OK);
    setenv("KITH_THREADS", "3", 1);
    cr_assert(kith_players_find(&three, &p.graph, &options, NULL) == KITH_OK);
    cr_expect(eq(sz, one.set_count, three.set_count));
    cr_expect(eq(int, memcmp(one.sets, three.sets, 2 * one.set_count * sizeof *one.sets), 0));
    cr_expect(eq(dbl, one.value, three.value));
    cr_expect(eq(dbl, one.optima, three.optima));
    kith_players_free(&one);
    kith_players_free(&three);
    drop(&p);
}

/* Of whom it is asked. */

static kith_suspects suspects_of(const kith_network *network, kith_suspect_ties ties)
{
    const kith_layer_options options = { .size_cap = 12 };
    kith_suspects suspects;

    cr_assert(kith_suspects_find(&suspects, network, ties, &options, NULL) == KITH_OK);
    return suspects;
}

static void add_cast(void)
{
    begin_hub();
    add_person("A", "1990-01-01");
    add_person("B", "1991-01-01");
    add_person("C", "2007-01-01");
    add_person("D", "");
    add_person("F", "1980-01-01");
    add_person("G", "2004-02-01"); /* 17 on the first day, 18 on the last */
    set_origin("police", "", "1A");
    add_event("E1", "incident", "2022-01-10", "", 2);
    for (char id[] = "A"; id[0] <= 'D'; id[0]++)
        add_part("E1", id, "alleged_perpetrator");
    add_part("E1", "G", "alleged_perpetrator");
    add_event("E2", "incident", "2022-06-10", "", 2);
    add_part("E2", "G", "alleged_perpetrator");
    add_part("E2", "F", "alleged_perpetrator");
    add_part("E2", "A", "alleged_perpetrator");
    add_event("E3", "incident", "2022-06-11", "", 2);
    add_part("E3", "F", "victim");
}

Test(players, only_known_adults_who_are_no_victims_are_asked_of, .init = add_cast, .fini = end_hub)
{
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_suspects suspects = suspects_of(&network, KITH_SUSPECTS_TOGETHER);
    kith_error err;
    uint32_t node;

    cr_assert(eq(sz, suspects.graph.node_count, 2));
    cr_expect(eq(sz, suspects.graph.tie_count, 1));
    cr_expect(eq(str, (char *)network.things[suspects.thing[suspects.by_id[1]]].id, "B"));
    cr_expect(eq(sz, suspects.children, 2), "C, and G who was 17");
    cr_expect(eq(sz, suspects.unknown, 1));
    cr_expect(eq(sz, suspects.victims, 1));
    for (const char *const *id = (const char *const[]){ "C", "D", "F", "G", NULL }; *id; id++)
        cr_expect(eq(
            int, kith_suspects_admit(&node, &suspects, &network, thing_called(&network, *id), &err),
            KITH_POLICY));
    cr_expect(eq(int,
                 kith_suspects_admit(&node, &suspects, &network, thing_called(&network, "B"), &err),
                 KITH_OK));
    cr_expect(eq(u32, node, suspects.by_id[1]));
    kith_suspects_free(&suspects);
    kith_network_free(&network);
}

Test(players, an_allegation_of_grade_e_is_none, .init = begin_hub, .fini = end_hub)
{
    add_person("A", "1990-01-01");
    add_person("B", "1991-01-01");
    set_origin("police", "", "3E");
    add_event("E1", "incident", "2022-01-10", "", 2);
    add_part("E1", "A", "alleged_perpetrator");
    add_part("E1", "B", "alleged_perpetrator");
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_suspects suspects = suspects_of(&network, KITH_SUSPECTS_BOTH);

    cr_expect(eq(sz, suspects.graph.node_count, 0));
    kith_suspects_free(&suspects);
    kith_network_free(&network);
}

Test(players, a_report_that_names_two_ties_nobody_and_a_link_does, .init = begin_hub,
     .fini = end_hub)
{
    add_person("A", "1990-01-01");
    add_person("B", "1991-01-01");
    add_event("E1", "intelligence", "2022-01-10", "", 2);
    add_part("E1", "A", "alleged_perpetrator");
    add_part("E1", "B", "convicted_perpetrator");
    add_link("A", "B", "sibling", 0, "", "");
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_suspects together = suspects_of(&network, KITH_SUSPECTS_TOGETHER);
    kith_suspects links = suspects_of(&network, KITH_SUSPECTS_LINKS);

    cr_expect(eq(sz, together.graph.node_count, 2));
    cr_expect(eq(sz, together.graph.tie_count, 0));
    cr_expect(eq(sz, links.graph.tie_count, 1));
    kith_suspects_free(&together);
    kith_suspects_free(&links);
    kith_network_free(&network);
}

Test(players, raw_is_refused_where_ages_are_recorded, .init = add_cast, .fini = end_hub)
{
    kith_network network = network_of(view_of("2022-06-30", 0));
    const kith_layer_options options = { .layer = KITH_LAYER_LINKS, .raw = true };
    kith_layer layer;
    kith_suspects suspects;

    cr_assert(kith_layer_build(&layer, &network, &options, NULL) == KITH_OK);
    cr_expect(eq(int, kith_suspects_published(&suspects, &layer, NULL), KITH_POLICY));
    kith_layer_free(&layer);
    kith_network_free(&network);
}
