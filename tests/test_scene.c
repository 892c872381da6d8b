/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_scene.c: the scene, its JSON, its legend and its table. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/style.h"

/* A child, a place, an adult: one tie of each kind that the legend tells apart. */
static void build(kith_scene *scene)
{
    *scene = (kith_scene){ 0 };
    kith_scene_set(scene, &scene->title, "Map of \"AB\"");
    kith_scene_set(scene, &scene->header, "OFFICIAL-SENSITIVE\nPrepared for: case team");
    kith_scene_set(scene, &scene->footer, "What is recorded, not what is true.");
    kith_scene_set(scene, &scene->as_of, "2022-06-30");
    const uint32_t child =
        kith_scene_add_node(scene, KITH_DRAW_CHILD, "AB\nchild, 14", "[LAC]", NULL);
    const uint32_t place =
        kith_scene_add_node(scene, KITH_DRAW_PLACE, "Harbour Park", NULL, "hotspot 1");
    const uint32_t adult = kith_scene_add_node(scene, KITH_DRAW_ADULT, "CD\nadult", NULL, NULL);
    scene->nodes[child].focus = true;
    scene->nodes[child].cluster = kith_scene_add_cluster(scene, "group A");
    kith_scene_add_tie(scene, &(kith_scene_tie){ .from = child,
                                                 .to = place,
                                                 .line = KITH_DRAW_DASHED,
                                                 .label = "present 4",
                                                 .basis = "4 events",
                                                 .weight = 0.1 });
    kith_scene_add_tie(scene, &(kith_scene_tie){ .from = adult,
                                                 .to = child,
                                                 .line = KITH_DRAW_SOLID,
                                                 .tone = KITH_DRAW_RISK,
                                                 .arrow = true,
                                                 .label = "alleged" });
    kith_scene_add_tie(
        scene,
        &(kith_scene_tie){ .from = child, .to = adult, .barred = true, .label = "no contact" });
    kith_scene_add_term(scene, "[LAC]", "looked after child");
    kith_scene_add_term(scene, "[LAC]", "looked after child");
}

static kith_status read_text(kith_scene *scene, const char *json, kith_error *err)
{
    return kith_scene_read(scene, json, strlen(json), err);
}

Test(scene, what_is_written_reads_back_and_writes_the_same)
{
    kith_scene first, second;
    kith_text one = { 0 }, two = { 0 };
    kith_error err = { 0 };

    build(&first);
    first.nodes[1].box = (kith_scene_box){ true, -0.001, 72.125, 90, 40 };
    cr_assert(eq(int, kith_scene_status(&first, &err), KITH_OK));
    kith_scene_write(&one, &first);
    cr_assert(eq(int, kith_scene_read(&second, one.data, one.size, &err), KITH_OK), "%s",
              err.message);
    kith_scene_write(&two, &second);
    cr_assert(eq(str, one.data, two.data));
    cr_assert(eq(str, second.nodes[0].label, "AB\nchild, 14"));
    cr_assert(second.nodes[0].focus);
    cr_assert(eq(u32, second.nodes[0].cluster, 0));
    cr_assert(not(second.nodes[0].box.placed));
    cr_assert(second.nodes[1].box.placed);
    cr_assert(eq(dbl, second.nodes[1].box.x, 0));
    cr_assert(second.ties[2].barred);
    cr_assert(eq(sz, second.term_count, 1));
    cr_assert(strstr(one.data, "\"x\": 0.00, \"y\": 72.13") != NULL, "no minus zero, two decimals");
    kith_text_free(&one);
    kith_text_free(&two);
    kith_scene_free(&first);
    kith_scene_free(&second);
}

Test(scene, a_legend_of_every_mark_can_be_written)
{
    static const char *const rows[] = { "node\", \"which\": \"child", "node\", \"which\": \"focus",
                                        "node\", \"which\": \"emphasis", "group", "tie\", \"which\": \"dashed",
                                        "tie\", \"which\": \"arrow", "tie\", \"which\": \"risk",
                                        "tie\", \"which\": \"barred", "term", "number" };
    kith_scene scene, again;
    kith_text json = { 0 };
    kith_error err = { 0 };

    build(&scene);
    scene.ties[0].numbered = true;
    kith_scene_write(&json, &scene);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char row[64];
        snprintf(row, sizeof row, "{\"mark\": \"%s\"", rows[i]);
        cr_assert(strstr(json.data, row) != NULL, "no row for %s", rows[i]);
    }
    cr_assert(eq(int, kith_scene_read(&again, json.data, json.size, &err), KITH_OK), "%s",
              err.message);
    cr_assert(again.ties[0].numbered);
    kith_text_free(&json);
    kith_scene_free(&scene);
    kith_scene_free(&again);
}

/* Rows of the legend for the own style's rule of that name. */
static size_t rows_of(const kith_legend_row *rows, size_t count, kith_legend_mark mark, const char *rule)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += rows[i].mark == mark &&
                 (mark >= KITH_MARK_TERM || strcmp(kith_style_own()->rules[rows[i].which].name, rule) == 0);
    return found;
}

/* A bar, a line and words, as a chart has them. */
static void build_chart(kith_scene *scene)
{
    *scene = (kith_scene){ 0 };
    kith_scene_add_mark(scene, &(kith_scene_mark){ .tone = KITH_DRAW_RISK, .x = 0, .y = 0, .x2 = 30,
                                                   .y2 = 80, .text = "January: 16" });
    kith_scene_add_mark(scene, &(kith_scene_mark){ .shape = KITH_DRAW_RULE, .line = KITH_DRAW_DASHED,
                                                   .arrow = true, .x = 10.125, .y2 = -5 });
    kith_scene_add_mark(scene, &(kith_scene_mark){ .shape = KITH_DRAW_WORDS, .align = KITH_DRAW_RIGHT,
                                                   .x = 15, .y = -10, .text = "Jan" });
}

Test(scene, marks_read_back_and_are_in_legend_and_table)
{
    kith_scene scene, again;
    kith_text json = { 0 }, twice = { 0 };
    kith_legend_row *rows;
    kith_table table = { 0 };
    size_t count;
    kith_error err = { 0 };

    build_chart(&scene);
    kith_scene_write(&json, &scene);
    cr_assert(eq(int, kith_scene_read(&again, json.data, json.size, &err), KITH_OK), "%s", err.message);
    kith_scene_write(&twice, &again);
    cr_expect(eq(str, json.data, twice.data));
    cr_assert(eq(sz, again.mark_count, 3));
    cr_expect(eq(int, again.marks[1].shape, KITH_DRAW_RULE));
    cr_expect(again.marks[1].arrow);
    cr_expect(eq(dbl, again.marks[0].y2, 80));
    cr_expect(eq(int, again.marks[2].align, KITH_DRAW_RIGHT));
    cr_assert(eq(int, kith_scene_legend(&rows, &count, &again, &err), KITH_OK));
    cr_expect(eq(sz, rows_of(rows, count, KITH_MARK_BAR, "risk"), 1));
    cr_expect(eq(sz, count, 1));
    kith_scene_table(&table, &again);
    cr_expect(eq(sz, kith_table_rows(&table), 2)); /* the line says nothing */
    free(rows);
    kith_table_free(&table);
    kith_text_free(&json);
    kith_text_free(&twice);
    kith_scene_free(&scene);
    kith_scene_free(&again);
}

Test(scene, an_empty_scene_is_a_scene)
{
    kith_scene scene;
    kith_text out = { 0 };

    cr_assert(eq(int, read_text(&scene, "{\"kith_scene\": 1}", NULL), KITH_OK));
    cr_assert(eq(sz, scene.node_count, 0));
    kith_scene_write(&out, &scene);
    cr_assert(not(out.failed));
    kith_text_free(&out);
    kith_scene_free(&scene);
}

static void refused(const char *json, const char *because)
{
    kith_scene scene;
    kith_error err = { 0 };

    cr_assert(eq(int, read_text(&scene, json, &err), KITH_INPUT), "%s was taken", json);
    cr_assert(strstr(err.message, because) != NULL, "%s: said \"%s\"", json, err.message);
    cr_assert(eq(sz, scene.node_count, 0));
    cr_assert(eq(ptr, scene.nodes, NULL));
}

#define NODES \
    "\"nodes\": [{\"id\": \"a\", \"class\": \"child\"}, {\"id\": \"b\", \"class\": \"adult\"}]"

Test(scene, a_bad_scene_is_refused_with_its_place)
{
    refused("", "line 1");
    refused("[]", "an object is expected");
    refused("{}", "\"kith_scene\": 1 is missing");
    refused("{\"kith_scene\": 2}", "\"kith_scene\": 1 is missing");
    refused("{\"kith_scene\": 1, \"kith_scene\": 1}", "duplicate");
    refused("{\"kith_scene\": 1, \"colour\": \"red\"}", "no field \"colour\"");
    refused("{\"kith_scene\": 1, \"title\": 7}", "title is not a text");
    refused("{\"kith_scene\": 1, \"title\": \"a\\u0000b\"}", "NUL");
    refused("{\"kith_scene\": 1, \"title\": \"\xff\"}", "unable to decode byte 0xff");
    refused("{\"kith_scene\": 1, \"as_of\": \"2022-02-30\"}", "as_of is \"2022-02-30\"");
    refused("{\"kith_scene\": 1, \"nodes\": {}}", "nodes: a list is expected");
    refused("{\"kith_scene\": 1, \"marks\": [{\"mark\": \"pie\"}]}", "marks[0]: mark is \"pie\"");
    refused("{\"kith_scene\": 1, \"marks\": [{\"width\": 3}]}", "no field \"width\"");
    refused("{\"kith_scene\": 1, \"marks\": [{\"x\": 1e9}]}", "x is not a number");
    refused("{\"kith_scene\": 1, \"marks\": [{}], " NODES "}", "nodes[0]: x and y are missing");
    refused("{\"kith_scene\": 1, \"nodes\": [{\"id\": \"n1\"}]}", "nodes[0]: class is missing");
    refused("{\"kith_scene\": 1, \"nodes\": [{\"id\": \"n1\", \"class\": \"suspect\"}]}",
            "class is \"suspect\"");
    refused("{\"kith_scene\": 1, \"nodes\": [{\"id\": \"_x\", \"class\": \"child\"}]}",
            "id is \"_x\"");
    refused("{\"kith_scene\": 1, \"nodes\": [{\"id\": \"a b\", \"class\": \"child\"}]}", "id is");
    refused(
        "{\"kith_scene\": 1, \"nodes\": [{\"id\": \"a\", \"class\": \"child\"}, {\"id\": \"a\", "
        "\"class\": \"child\"}]}",
        "nodes[1]: the id \"a\" is there twice");
    refused("{\"kith_scene\": 1, \"nodes\": [{\"id\": \"a\", \"class\": \"child\", \"image\": "
            "\"/etc/passwd\"}]}",
            "no field \"image\"");
    refused("{\"kith_scene\": 1, \"nodes\": [{\"id\": \"a\", \"class\": \"child\", \"cluster\": "
            "\"c\"}]}",
            "not in clusters");
    refused("{\"kith_scene\": 1, \"nodes\": [{\"id\": \"a\", \"class\": \"child\", \"x\": 1}]}",
            "x and y go together");
    refused("{\"kith_scene\": 1, \"nodes\": [{\"id\": \"a\", \"class\": \"child\", \"x\": 1e300, "
            "\"y\": 1}]}",
            "x is not a number from");
    refused("{\"kith_scene\": 1, " NODES ", \"ties\": [{\"from\": \"a\", \"to\": \"z\"}]}",
            "ties[0]: to is \"z\"");
    refused("{\"kith_scene\": 1, " NODES ", \"ties\": [{\"from\": \"a\", \"to\": \"a\"}]}",
            "the same node");
    refused("{\"kith_scene\": 1, " NODES
            ", \"ties\": [{\"from\": \"a\", \"to\": \"b\", \"number\": 2}]}",
            "so 1");
    refused("{\"kith_scene\": 1, " NODES
            ", \"ties\": [{\"from\": \"a\", \"to\": \"b\", \"inferred\": true, "
            "\"line\": \"solid\"}]}",
            "an inferred tie is dotted");
    refused("{\"kith_scene\": 1, " NODES
            ", \"ties\": [{\"from\": \"a\", \"to\": \"b\", \"contested\": true, "
            "\"line\": \"solid\"}]}",
            "a contested tie is never solid");
}

Test(scene, more_than_the_limits_is_refused)
{
    kith_text json = { 0 };
    kith_scene scene;
    kith_error err = { 0 };

    kith_text_add(&json, "{\"kith_scene\": 1, \"nodes\": [");
    for (int i = 0; i <= KITH_SCENE_NODES; i++)
        kith_text_format(&json, "%s{\"id\": \"n%d\", \"class\": \"child\"}", i ? "," : "", i);
    kith_text_add(&json, "]}");
    cr_assert(eq(int, kith_scene_read(&scene, json.data, json.size, &err), KITH_INPUT));
    cr_assert(strstr(err.message, "5001 entries; at most 5000") != NULL, "%s", err.message);
    kith_text_clear(&json);
    kith_text_add(&json, "{\"kith_scene\": 1, \"title\": \"");
    for (int i = 0; i <= KITH_SCENE_TEXT; i++)
        kith_text_add_char(&json, 'x');
    kith_text_add(&json, "\"}");
    cr_assert(eq(int, kith_scene_read(&scene, json.data, json.size, &err), KITH_INPUT));
    cr_assert(strstr(err.message, "title has 65537 bytes") != NULL, "%s", err.message);
    kith_text_free(&json);
}

Test(scene, the_legend_has_every_rule_used_and_no_other)
{
    kith_scene scene;
    kith_legend_row *rows;
    size_t count;

    build(&scene);
    cr_assert(eq(int, kith_scene_legend(&rows, &count, &scene, NULL), KITH_OK));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_NODE, "child"), 1));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_NODE, "event"), 0));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_TIE, "dashed"), 1));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_TIE, "solid"), 1));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_TIE, "dotted"), 0),
              "the barred tie's line means nothing");
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_TIE, "risk"), 1));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_TIE, "protective"), 0));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_TIE, "barred"), 1));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_TIE, "inferred"), 0));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_NODE, "focus"), 1));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_NODE, "emphasis"), 1));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_TERM, ""), 1));
    cr_assert(eq(sz, rows_of(rows, count, KITH_MARK_NUMBER, ""), 0));
    cr_assert(eq(sz, count, 12));
    free(rows);
    kith_scene_free(&scene);
}

Test(scene, the_table_has_a_row_for_each_node_and_each_tie)
{
    kith_scene scene;
    kith_table table = { 0 };
    char *out = NULL;
    size_t size = 0;

    build(&scene);
    kith_scene_table(&table, &scene);
    cr_assert(eq(sz, kith_table_rows(&table), 6));
    FILE *file = open_memstream(&out, &size);
    cr_assert(eq(int, kith_table_write(file, NULL, &table, KITH_FORMAT_CSV, NULL), KITH_OK));
    fclose(file);
    cr_assert(eq(str, out,
                 "number,what,from,to,line,label,basis\n"
                 ",child,AB,,,\"child, 14; [LAC]; group A\",\n"
                 ",place,Harbour Park,,,hotspot 1,\n"
                 ",adult,CD,,,adult,\n"
                 "1,tie,AB,Harbour Park,dashed,present 4,4 events\n"
                 "2,tie,CD,AB,solid,alleged; risk,\n"
                 "3,condition,AB,CD,barred,no contact,\n"));
    free(out);
    kith_table_free(&table);
    kith_scene_free(&scene);
}
