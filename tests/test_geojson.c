/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/geojson.h"
#include "kith/places_map.h"
#include "town.h"

static kith_outline outline;
static kith_error err;

static kith_status read(const char *text)
{
    kith_outline_free(&outline);
    return kith_outline_read(&outline, text, strlen(text), "shore.geojson", &err);
}

static void drop(void)
{
    kith_outline_free(&outline);
}

TestSuite(geojson, .fini = drop);

Test(geojson, a_row_is_a_feature_and_longitude_comes_first)
{
    const kith_point points[] = { { 53.5, -1.25 }, { NAN, NAN } };
    kith_table table = { 0 };
    kith_text text = { 0 };

    kith_table_column(&table, "id", KITH_CELL_TEXT);
    kith_table_column(&table, "children", KITH_CELL_INTEGER);
    kith_table_column(&table, "score", KITH_CELL_NUMBER);
    kith_table_text(&table, "</script> \"L1\"");
    kith_table_integer(&table, 3);
    kith_table_number(&table, 0.25);
    kith_table_text(&table, "L2");
    kith_table_integer(&table, 0);
    kith_table_number(&table, NAN);
    kith_table_fact(&table, "as_of", "2022-06-30");
    kith_table_note(&table, "a note");
    kith_geojson_write(&text, &table, points);
    json_t *root = json_loadb(text.data, text.size, JSON_REJECT_DUPLICATES, NULL);
    cr_assert_not_null(root);
    const json_t *first = json_array_get(json_object_get(root, "features"), 0);
    const json_t *second = json_array_get(json_object_get(root, "features"), 1);
    const json_t *at = json_object_get(json_object_get(first, "geometry"), "coordinates");
    cr_assert(eq(dbl, json_number_value(json_array_get(at, 0)), -1.25));
    cr_assert(eq(dbl, json_number_value(json_array_get(at, 1)), 53.5));
    const json_t *cells = json_object_get(first, "properties");
    cr_assert(eq(str, (char *)json_string_value(json_object_get(cells, "id")), (char *)"</script> \"L1\""));
    cr_assert(eq(dbl, json_number_value(json_object_get(cells, "score")), 0.25));
    cr_assert(eq(int, json_typeof(json_object_get(second, "geometry")), JSON_NULL));
    cr_assert(eq(int, json_typeof(json_object_get(json_object_get(second, "properties"), "score")), JSON_NULL));
    json_decref(root);
    kith_text_free(&text);
    kith_table_free(&table);
}

Test(geojson, lines_and_rings_are_read_wherever_they_stand)
{
    cr_assert(eq(int,
                 read("{\"type\":\"FeatureCollection\",\"features\":["
                      "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{}},"
                      "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[0,1]}},"
                      "{\"type\":\"Feature\",\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":["
                      "{\"type\":\"LineString\",\"coordinates\":[[0,50],[1,51]]},"
                      "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,50],[1,50],[1,51],[0,50]],"
                      "[[0.2,50],[0.3,50],[0.2,50.1]]]]}]}}]}"),
                 KITH_OK),
              "%s", err.message);
    cr_assert(eq(sz, outline.line_count, 3));
    cr_assert(eq(sz, outline.point_count, 9));
    cr_assert(eq(sz, outline.first[1], 2));
    cr_assert(eq(sz, outline.first[3], 9));
    cr_assert(eq(dbl, outline.points[1].lat, 51));
    cr_assert(eq(dbl, outline.points[1].lon, 1));
}

Test(geojson, what_is_no_geojson_is_refused_with_the_remedy)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{\"type\":\"Circle\"}",
        "{\"type\":\"Feature\"}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,50],[\"1\",50]]]}",
        "{\"type\":\"LineString\",\"coordinates\":7}",
        "{\"type\":\"FeatureCollection\",\"features\":{}}",
        "{\"type\":\"LineString\",\"coordinates\":[[451000,330000],[452000,331000]]}",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert(eq(int, read(bad[i]), KITH_INPUT), "%s", bad[i]);
        cr_assert_not_null(strstr(err.message, "is expected"), "%s", err.message);
        cr_assert(eq(sz, outline.point_count, 0));
    }
    cr_assert_not_null(strstr(err.message, "national grid"));
}

Test(geojson, lists_within_lists_without_end_are_refused)
{
    kith_text text = { 0 };

    for (int i = 0; i < 40; i++)
        kith_text_add(&text, "{\"type\":\"GeometryCollection\",\"geometries\":[");
    for (int i = 0; i < 40; i++)
        kith_text_add(&text, "]}");
    cr_assert(eq(int, read(kith_text_string(&text)), KITH_INPUT));
    kith_text_free(&text);
}

/* ---- the map ---- */

static size_t marks_with(const kith_scene *scene, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < scene->mark_count; i++)
        count += strstr(scene->marks[i].text, text) != NULL;
    return count;
}

TestSuite(places_map, .init = build_town, .fini = drop_town);

Test(places_map, no_home_or_school_or_place_without_children_is_on_it)
{
    kith_scene scene;
    const uint32_t a = child(), b = child();
    const uint32_t park = place("park"), flat = place("home"), school = place("school");
    const uint32_t quiet = place("park"), off = place("park"), lodging = place("park");

    town.things[lodging].home = true; /* somebody lives there */
    for (uint32_t at = park; at <= lodging; at++)
        if (at != off)
            locate(at, 53 + 0.01 * (at - park), -1.5);
    for (uint32_t at = park; at <= lodging; at++) {
        if (at == quiet)
            continue;
        event("missing", "2022-06-20", at);
        part(a, "missing");
        part(b, "missing");
    }
    find();
    cr_assert(eq(int, kith_places_scene(&scene, &town, &found, NULL, 40, &err), KITH_OK));
    cr_assert(eq(sz, marks_with(&scene, town.things[park].id), 2), "the mark and the list");
    cr_assert(eq(sz, marks_with(&scene, town.things[flat].id), 0));
    cr_assert(eq(sz, marks_with(&scene, town.things[lodging].id), 0));
    cr_assert(eq(sz, marks_with(&scene, town.things[school].id), 0));
    cr_assert(eq(sz, marks_with(&scene, town.things[quiet].id), 0));
    cr_assert(eq(sz, marks_with(&scene, town.things[off].id), 0));
    cr_assert_not_null(strstr(scene.footer, "for want of coordinates: 1 of the places"));
    cr_assert_not_null(strstr(scene.footer, "No outlines were given"));
    kith_scene_free(&scene);
}

/* Two places 1 km apart on one meridian: the scale bar of 200 m is a fifth of their distance. */
Test(places_map, it_is_to_scale_with_north_up)
{
    kith_scene scene;
    const uint32_t who = child(), south = place("park"), north = place("park");
    double y[2] = { 0 }, bar = 0;

    locate(south, 53, -1.5);
    locate(north, 53 + 1000 / 111194.93, -1.5);
    for (uint32_t at = south; at <= north; at++) {
        event("missing", "2022-06-20", at);
        part(who, "missing");
    }
    find();
    cr_assert(eq(int, kith_places_scene(&scene, &town, &found, NULL, 40, &err), KITH_OK));
    for (size_t i = 0; i < scene.mark_count; i++) {
        const kith_scene_mark *mark = &scene.marks[i];
        for (uint32_t at = south; at <= north; at++)
            if (mark->shape == KITH_DRAW_BAR && strstr(mark->text, town.things[at].id) != NULL)
                y[at - south] = (mark->y + mark->y2) / 2;
        if (mark->shape == KITH_DRAW_RULE && strcmp(mark->text, "200 m") == 0)
            bar = mark->x2 - mark->x;
    }
    cr_assert(gt(dbl, y[1], y[0]));
    cr_assert(epsilon_eq(dbl, y[1] - y[0], 5 * bar, 0.5));
    kith_scene_free(&scene);
}

Test(places_map, outlines_are_cut_to_the_map_and_thinned)
{
    enum { POINTS = 200000 };
    kith_scene scene;
    kith_point *points = malloc(POINTS * sizeof *points);
    size_t first[] = { 0, POINTS };
    const kith_outline shore = { .points = points, .first = first, .line_count = 1, .point_count = POINTS };
    const uint32_t who = child(), park = place("park");

    locate(park, 53, -1.5);
    event("missing", "2022-06-20", park);
    part(who, "missing");
    find();
    for (size_t i = 0; i < POINTS; i++) { /* a spiral from the place to far beyond the map */
        const double turn = 0.005 * (double)i, out = 1e-7 * (double)i;
        points[i] = (kith_point){ 53 + out * sin(turn), -1.5 + out * cos(turn) };
    }
    cr_assert(eq(int, kith_places_scene(&scene, &town, &found, &shore, 40, &err), KITH_OK));
    cr_assert(lt(sz, scene.mark_count, KITH_SCENE_MARKS));
    cr_assert(gt(sz, scene.mark_count, 100));
    for (size_t i = 0; i < scene.mark_count; i++)
        if (scene.marks[i].shape == KITH_DRAW_RULE)
            cr_assert(scene.marks[i].x >= -0.001 && scene.marks[i].x2 <= 460.001);
    cr_assert_null(strstr(scene.footer, "No outlines"));
    kith_scene_free(&scene);
    free(points);
}

Test(places_map, without_places_it_says_so)
{
    kith_scene scene;

    find();
    cr_assert(eq(int, kith_places_scene(&scene, &town, &found, NULL, 40, &err), KITH_OK));
    cr_assert(eq(sz, marks_with(&scene, "No public place"), 1));
    kith_scene_free(&scene);
}
