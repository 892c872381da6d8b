/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_writer.c: every form holds every node and tie, with the same texts. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/writer.h"

typedef kith_status writer(FILE *out, const kith_scene *scene, kith_error *err);

static char *written(writer *write, const kith_scene *scene)
{
    char *bytes = NULL;
    size_t size = 0;
    kith_error err;
    FILE *out = open_memstream(&bytes, &size);

    cr_assert(eq(int, write(out, scene, &err), KITH_OK), "%s", err.message);
    fclose(out);
    return bytes;
}

static size_t count(const char *text, const char *piece)
{
    size_t found = 0;

    for (const char *p = strstr(text, piece); p != NULL; p = strstr(p + 1, piece))
        found++;
    return found;
}

enum { NODES = 3, TIES = 4 };

static const char hostile[] = "=cmd|'/C calc'!A0 <b>&amp;\"\\N\"\n\xE2\x80\xAE\xF0\x9F\x98\x80";

/* Three places, two of them on the ground; four ties, two of the same pair. */
static void build(kith_scene *scene)
{
    *scene = (kith_scene){ 0 };
    kith_scene_set(scene, &scene->title, hostile);
    kith_scene_set(scene, &scene->header, "OFFICIAL-SENSITIVE");
    kith_scene_set(scene, &scene->footer, "foot");
    kith_scene_set(scene, &scene->as_of, "2022-06-30");
    for (int i = 0; i < NODES; i++)
        kith_scene_add_node(scene, KITH_DRAW_PLACE, hostile, "[x]", "");
    for (uint32_t i = 0; i < 2; i++) {
        scene->nodes[i].located = true;
        scene->nodes[i].latitude = 53.5 + i;
        scene->nodes[i].longitude = -0.125;
        scene->nodes[i].box = (kith_scene_box){ .placed = true, .x = 10, .y = 20.5 };
    }
    for (uint32_t i = 0; i < TIES; i++)
        kith_scene_add_tie(scene, &(kith_scene_tie){ .from = i % 2,
                                                     .to = 1 + i % 2,
                                                     .arrow = i == 1,
                                                     .label = (char *)hostile,
                                                     .weight = 0.1 * i });
}

static void check_json(writer *write, const kith_scene *scene, const char *nodes_at,
                       const char *ties_at, size_t nodes, size_t ties)
{
    char *text = written(write, scene);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    cr_assert_not_null(root);
    json_t *elements = json_object_get(root, "elements");
    if (elements == NULL)
        elements = root;
    cr_assert(eq(sz, json_array_size(json_object_get(elements, nodes_at)), nodes));
    cr_assert(eq(sz, json_array_size(json_object_get(elements, ties_at)), ties));
    json_decref(root);
    free(text);
}

Test(writer, every_form_counts_the_same)
{
    kith_scene scene;

    build(&scene);
    check_json(kith_scene_write_cytoscape, &scene, "nodes", "edges", NODES, TIES);
    check_json(kith_scene_write_geojson, &scene, "features", "features", NODES + TIES,
               NODES + TIES);
    char *text = written(kith_scene_write_graphml, &scene);
    cr_assert(eq(sz, count(text, "<node "), NODES));
    cr_assert(eq(sz, count(text, "<edge "), TIES));
    free(text);
    text = written(kith_scene_write_nodes, &scene);
    cr_assert(eq(sz, count(text, "\nn"), NODES));
    free(text);
    text = written(kith_scene_write_ties, &scene);
    cr_assert(eq(sz, count(text, "\nt"), TIES));
    free(text);
    kith_scene_free(&scene);
}

static json_t *label_of(json_t *root, const char *list, size_t index, const char *fields)
{
    json_t *elements = json_object_get(root, "elements");
    json_t *at = json_array_get(json_object_get(elements != NULL ? elements : root, list), index);

    return json_object_get(json_object_get(at, fields), "label");
}

Test(writer, texts_read_back_from_json)
{
    kith_scene scene;

    build(&scene);
    char *text = written(kith_scene_write_cytoscape, &scene);
    json_t *root = json_loads(text, 0, NULL);
    cr_assert(
        eq(str, (char *)json_string_value(label_of(root, "nodes", 0, "data")), (char *)hostile));
    cr_assert(
        eq(str, (char *)json_string_value(label_of(root, "edges", 3, "data")), (char *)hostile));
    json_decref(root);
    free(text);
    text = written(kith_scene_write_geojson, &scene);
    root = json_loads(text, 0, NULL);
    cr_assert(eq(str, (char *)json_string_value(label_of(root, "features", 6, "properties")),
                 (char *)hostile));
    json_decref(root);
    free(text);
    kith_scene_free(&scene);
}

Test(writer, only_what_is_on_the_ground_has_a_geometry)
{
    kith_scene scene;

    build(&scene);
    char *text = written(kith_scene_write_geojson, &scene);
    cr_assert(eq(sz, count(text, "\"type\": \"Point\", \"coordinates\": [-0.125, 53.5]"), 1));
    cr_assert(eq(sz, count(text, "\"coordinates\": [[-0.125, 53.5], [-0.125, 54.5]]"), 2));
    cr_assert(eq(sz, count(text, "\"geometry\": null"), 3));
    free(text);
    kith_scene_free(&scene);
}

Test(writer, cells_that_a_spreadsheet_would_run_are_marked)
{
    kith_scene scene;

    build(&scene);
    char *text = written(kith_scene_write_nodes, &scene);
    cr_assert(eq(sz, count(text, "n1,\"'=cmd|'/C calc'!A0 <b>&amp;\"\"\\N\"\"\n"), 1));
    free(text);
    text = written(kith_scene_write_ties, &scene);
    cr_assert(eq(sz, count(text, "Id,Source,Target,Type,Label,"), 1));
    cr_assert(eq(sz, count(text, "t2,n2,n3,Directed,\"'=cmd"), 1));
    cr_assert(eq(sz, count(text, "t1,n1,n2,Undirected,\"'=cmd"), 1));
    free(text);
    kith_scene_free(&scene);
}

Test(writer, an_empty_scene_is_a_whole_file)
{
    kith_scene scene = { 0 };

    check_json(kith_scene_write_cytoscape, &scene, "nodes", "edges", 0, 0);
    check_json(kith_scene_write_geojson, &scene, "features", "features", 0, 0);
    char *text = written(kith_scene_write_graphml, &scene);
    cr_assert(eq(sz, count(text, "</graphml>"), 1));
    free(text);
    text = written(kith_scene_write_ties, &scene);
    cr_assert(eq(sz, count(text, "\n"), 1));
    free(text);
}

Test(writer, a_full_disk_is_said)
{
    kith_scene scene;
    kith_error err;
    FILE *out = fopen("/dev/full", "w");

    build(&scene);
    cr_assert(eq(int, kith_scene_write_graphml(out, &scene, &err), KITH_IO));
    fclose(out);
    kith_scene_free(&scene);
}
