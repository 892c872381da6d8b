/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_contest.c: what somebody contests counts less and is never drawn solid, until it is settled. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/bare.h"
#include "kith/layer.h"
#include "kith/map.h"

static const char as_of[] = "2022-06-30";
static kith_network network;
static kith_layer layer;
static kith_error err;

/* Ann and Bea: friends, 1A, and two events of 1A; Cy is at the second. */
static void make_town(void)
{
    begin_hub();
    add_person("ANN", "2008-01-01");
    add_person("BEA", "2008-01-01");
    add_person("CY", "2008-01-01");
    set_origin("police", "R1", "1A");
    add_link("ANN", "BEA", "friend", 0, "2022-06-30", "");
    set_origin("police", "R2", "1A");
    add_event("E1", "missing", "2022-06-30", "", 2);
    add_part("E1", "ANN", "missing");
    add_part("E1", "BEA", "missing");
    set_origin("police", "R3", "1A");
    add_event("E2", "incident", "2022-06-30", "", 2);
    add_part("E2", "BEA", "victim");
    add_part("E2", "CY", "victim");
    set_origin("", "", "");
}

static void drop(void)
{
    kith_layer_free(&layer);
    kith_network_free(&network);
    end_hub();
}

TestSuite(contest, .init = make_town, .fini = drop);

static void see(const char *day, kith_layer_name name)
{
    kith_layer_free(&layer);
    kith_network_free(&network);
    network = network_of(view_of(day, 365));
    cr_assert(eq(int, kith_layer_build(&layer, &network, &(kith_layer_options){ .layer = name }, &err),
                 KITH_OK), "%s", err.message);
}

static uint32_t node(const char *id)
{
    return kith_layer_node_of(&layer, thing_called(&network, id));
}

static size_t tie(const char *a, const char *b)
{
    return node(a) == KITH_NOTHING || node(b) == KITH_NOTHING ? SIZE_MAX
                                                              : kith_graph_tie(&layer.graph, node(a), node(b));
}

static kith_line line(const char *a, const char *b)
{
    cr_assert(ne(sz, tie(a, b), SIZE_MAX));
    return kith_layer_line(&layer, tie(a, b), NULL);
}

static double evidence(const char *a, const char *b)
{
    return tie(a, b) == SIZE_MAX ? 0 : kith_layer_evidence(&layer, tie(a, b));
}

Test(contest, a_contested_link_is_never_solid_and_counts_half)
{
    see(as_of, KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_SOLID));
    cr_expect(eq(dbl, evidence("ANN", "BEA"), 1), "severity 1, 1A, today");
    add_contest("link", "1", "", "2022-06-10", "open", "");
    see(as_of, KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_DOTTED));
    cr_expect(eq(dbl, evidence("ANN", "BEA"), 0.5));
    cr_expect(kith_grade_is_contested(layer.items[layer.first_item[tie("ANN", "BEA")]].grade));
}

/* On a map the line is dotted, says that it is contested, and has its row in the legend. */
Test(contest, a_map_says_what_is_contested)
{
    const char *const ids[] = { "ANN" };
    const kith_map_options options = { .ids = ids, .id_count = 1, .hops = 1, .names = KITH_MAP_NONE };
    kith_legend_row *rows;
    kith_scene scene;
    size_t count, told = 0;

    add_contest("link", "1", "", "2022-06-10", "open", "");
    see(as_of, KITH_LAYER_LINKS);
    kith_store *store = open_hub();
    cr_assert(eq(int, kith_map_scene(&scene, store, &network, &options, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(sz, scene.tie_count, 1));
    cr_expect(scene.ties[0].contested);
    cr_expect(eq(int, scene.ties[0].line, KITH_DRAW_DOTTED));
    cr_expect(eq(str, scene.ties[0].label, "friend (1), contested"));
    cr_assert(eq(int, kith_scene_legend(&rows, &count, &scene, &err), KITH_OK));
    for (size_t i = 0; i < count; i++)
        told += strcmp(rows[i].text, "contested: somebody says it is not so; never solid") == 0;
    cr_expect(eq(sz, told, 1));
    free(rows);
    kith_scene_free(&scene);
    kith_store_close(store);
}

Test(contest, it_holds_from_its_day_until_it_is_settled)
{
    add_contest("link", "1", "", "2022-06-10", "rejected", "2022-06-20");
    see("2022-06-30", KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_SOLID), "the record stands");
    run_sql("UPDATE link SET valid_from = '2022-01-01'");
    see("2022-06-20", KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_SOLID), "settled on the day");
    see("2022-06-19", KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_DOTTED));
    see("2022-06-10", KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_DOTTED));
    see("2022-06-09", KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_SOLID), "nobody had contested it yet");
}

Test(contest, a_month_alone_counts_as_its_last_day)
{
    add_contest("link", "1", "", "2022-05", "upheld", "2022-06");
    run_sql("UPDATE link SET valid_from = '2022-01-01'");
    see("2022-05-30", KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_SOLID));
    see("2022-06-29", KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_DOTTED));
}

Test(contest, what_is_found_to_be_wrong_is_listed_and_makes_no_tie)
{
    add_contest("link", "1", "", "2022-06-10", "upheld", "2022-06-20");
    see(as_of, KITH_LAYER_LINKS);
    cr_expect(eq(sz, tie("ANN", "BEA"), SIZE_MAX));
    see(as_of, KITH_LAYER_TOGETHER);
    const size_t t = tie("ANN", "BEA");
    cr_assert(ne(sz, t, SIZE_MAX));
    cr_expect(eq(sz, layer.first_item[t + 1] - layer.first_item[t], 2), "the event, and the link that is no evidence");
    cr_expect(eq(dbl, kith_layer_evidence(&layer, t), 2));
    cr_expect(eq(dbl, layer.graph.ties[t].weight, 1));
}

Test(contest, an_event_that_is_contested_weakens_every_tie_of_it)
{
    add_contest("event", "2", "", "2022-06-10", "open", "");
    see(as_of, KITH_LAYER_TOGETHER);
    cr_expect(eq(dbl, evidence("BEA", "CY"), 1), "severity 2, 1A, half");
    cr_expect(eq(dbl, evidence("ANN", "BEA"), 3), "E1 and the friendship");
}

Test(contest, a_part_that_is_contested_is_one_persons_alone)
{
    add_contest("event, subject", "2, (SELECT row FROM entity WHERE id = 'CY')", "", "2022-06-10", "upheld", "2022-06-20");
    add_contest("event, subject", "1, (SELECT row FROM entity WHERE id = 'ANN')", "", "2022-06-10", "open", "");
    see(as_of, KITH_LAYER_TOGETHER);
    cr_expect(eq(sz, tie("BEA", "CY"), SIZE_MAX), "Cy was not there");
    cr_expect(eq(dbl, evidence("ANN", "BEA"), 2), "half of E1, and the friendship");
    see(as_of, KITH_LAYER_EVENTS);
    const uint32_t e1 = (uint32_t)layer.graph.node_count - 2;
    cr_assert(layer.nodes[e1].is_event);
    cr_expect(eq(int, kith_layer_line(&layer, kith_graph_tie(&layer.graph, node("BEA"), e1), NULL), KITH_SOLID));
    cr_expect(eq(int, kith_layer_line(&layer, kith_graph_tie(&layer.graph, node("ANN"), e1), NULL), KITH_DOTTED));
}

Test(contest, a_part_in_another_role_is_not_meant)
{
    set_origin("police", "R2", "1A");
    add_part("E1", "ANN", "victim");
    add_contest("event, subject", "1, (SELECT row FROM entity WHERE id = 'ANN')", "", "2022-06-10", "upheld", "2022-06-20");
    run_sql("UPDATE contest SET role = 'victim'");
    see(as_of, KITH_LAYER_TOGETHER);
    cr_expect(eq(dbl, evidence("ANN", "BEA"), 3), "Ann was missing with Bea all the same");
}

Test(contest, a_field_that_was_found_to_be_wrong_is_contested_until_its_source_corrects_it)
{
    add_contest("link", "1", "valid_from", "2022-06-10", "upheld", "2022-06-20");
    see(as_of, KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_DOTTED));
    cr_expect(eq(dbl, evidence("ANN", "BEA"), 0.5), "the link itself is not denied");
    run_sql("INSERT INTO batch (loaded_at, user, purpose, files, records) VALUES ('2022-06-25T00:00:00', '', '', '', 1);"
            "INSERT INTO correction (batch, table_name, record, field, old_value, new_value)"
            " VALUES (2, 'link', 1, 'valid_from', '2022-06-30', '2022-06-29')");
    see(as_of, KITH_LAYER_LINKS);
    cr_expect(eq(int, line("ANN", "BEA"), KITH_SOLID));
}

Test(contest, of_several_the_gravest_counts_and_records_of_one_origin_are_told_apart)
{
    set_origin("police", "R1", "1A");
    add_link("BEA", "CY", "friend", 0, "2022-06-30", "");
    add_contest("link", "1", "", "2022-06-10", "open", "");
    add_contest("link", "1", "", "2022-06-11", "upheld", "2022-06-12");
    see(as_of, KITH_LAYER_LINKS);
    cr_expect(eq(sz, tie("ANN", "BEA"), SIZE_MAX));
    cr_expect(eq(int, line("BEA", "CY"), KITH_SOLID), "the same report says so, and nobody contests it");
}

Test(contest, what_two_records_say_is_contested_as_either_is)
{
    const kith_grade strong = { .source = '1', .info = 'A', .contested = KITH_CONTESTED };
    const kith_weighting off = { .half_life_scale = 1 };

    cr_expect(eq(dbl, kith_reliability(strong, &kith_weighting_default), 0.5));
    cr_expect(eq(dbl, kith_reliability(strong, &off), 0.5), "also with grades off");
    cr_expect(eq(dbl, kith_reliability((kith_grade){ .contested = KITH_CONTESTED }, &kith_weighting_default), 0.25));
    cr_expect(eq(dbl, kith_reliability((kith_grade){ '1', 'A', KITH_WRONG }, &off), 0));
    cr_expect(eq(int, kith_line_of(strong), KITH_DOTTED));
    char written[KITH_GRADE_SIZE];
    cr_expect(eq(str, (char *)kith_grade_write(written, strong), "1A, contested"));
}

/* `peers --brief` reads no records whole, and must hold the same ties. */
Test(contest, the_reading_without_records_holds_the_same_ties)
{
    kith_layer brief;
    kith_network bare;
    const kith_view view = view_of(as_of, 365);
    const kith_layer_options options = { .layer = KITH_LAYER_TOGETHER };

    add_contest("link", "1", "", "2022-06-10", "upheld", "2022-06-20");
    add_contest("event", "2", "", "2022-06-10", "upheld", "2022-06-20");
    see(as_of, KITH_LAYER_TOGETHER);
    kith_store *store = open_hub();
    cr_assert(eq(int, kith_bare_read(&brief, &bare, store, &view, &options, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    cr_expect(eq(sz, layer.graph.tie_count, 1));
    cr_expect(eq(sz, brief.graph.tie_count, 1));
    cr_expect(eq(dbl, brief.graph.ties[0].weight, layer.graph.ties[0].weight));
    kith_layer_free(&brief);
    kith_network_free(&bare);
}

Test(contest, who_was_confirmed_to_be_one_is_meant_by_either_record)
{
    add_person("CY2", "2008-01-01");
    run_sql("INSERT INTO sameness SELECT row, (SELECT row FROM entity WHERE id = 'CY') FROM entity WHERE id IN ('CY', 'CY2')");
    add_contest("event, subject", "2, (SELECT row FROM entity WHERE id = 'CY2')", "", "2022-06-10", "upheld", "2022-06-20");
    see(as_of, KITH_LAYER_TOGETHER);
    cr_expect(eq(sz, tie("BEA", "CY"), SIZE_MAX));
}
