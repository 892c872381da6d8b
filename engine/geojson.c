/* SPDX-License-Identifier: GPL-3.0-or-later */
/* geojson.c: a table of places as GeoJSON, and lines read from it. */
#include "kith/geojson.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void write_cell(kith_text *out, const kith_cell *cell, kith_cell_type type)
{
    char number[KITH_NUMBER_SIZE];

    if (cell->missing) {
        kith_text_add(out, "null");
        return;
    }
    switch (type) {
    case KITH_CELL_TEXT:
        kith_text_add_json(out, cell->text);
        break;
    case KITH_CELL_INTEGER:
        kith_text_format(out, "%" PRId64, cell->integer);
        break;
    case KITH_CELL_NUMBER:
        kith_number_shortest(number, cell->number);
        kith_text_add(out, number);
        break;
    }
}

/* Six decimals without trailing zeros, whatever the locale. */
static void write_degrees(kith_text *out, double degrees)
{
    char number[KITH_NUMBER_SIZE];

    kith_number_shortest(number, round(degrees * 1e6) / 1e6);
    kith_text_add(out, number);
}

static void write_feature(kith_text *out, const kith_table *table, size_t row, kith_point point)
{
    kith_text_add(out, "{\"type\": \"Feature\", \"geometry\": ");
    if (isnan(point.lat) || isnan(point.lon)) {
        kith_text_add(out, "null");
    } else {
        kith_text_add(out, "{\"type\": \"Point\", \"coordinates\": [");
        write_degrees(out, point.lon);
        kith_text_add(out, ", ");
        write_degrees(out, point.lat);
        kith_text_add(out, "]}");
    }
    kith_text_add(out, ", \"properties\": {");
    for (size_t c = 0; c < table->column_count; c++) {
        kith_text_add(out, c > 0 ? ", " : "");
        kith_text_add_json(out, table->columns[c].name);
        kith_text_add(out, ": ");
        write_cell(out, &table->cells[row * table->column_count + c], table->columns[c].type);
    }
    kith_text_add(out, "}}");
}

void kith_geojson_write(kith_text *out, const kith_table *table, const kith_point *points)
{
    kith_text_add(out, "{\"type\": \"FeatureCollection\",\n \"facts\": {");
    for (size_t i = 0; i < table->fact_count; i++) {
        kith_text_add(out, i > 0 ? ",\n  " : "\n  ");
        kith_text_add_json(out, table->fact_keys[i]);
        kith_text_add(out, ": ");
        kith_text_add_json(out, table->fact_values[i]);
    }
    kith_text_add(out, "},\n \"features\": [");
    for (size_t row = 0; row < kith_table_rows(table); row++) {
        kith_text_add(out, row > 0 ? ",\n  " : "\n  ");
        write_feature(out, table, row, points[row]);
    }
    kith_text_add(out, "],\n \"notes\": [");
    for (size_t i = 0; i < table->note_count; i++) {
        kith_text_add(out, i > 0 ? ",\n  " : "\n  ");
        kith_text_add_json(out, table->notes[i]);
    }
    kith_text_add(out, "]}\n");
}

/* ---- outlines ---- */

typedef struct reading {
    kith_outline *outline;
    size_t point_room, line_room;
    const char *name;
    kith_error *err;
} reading;

static kith_status refuse(const reading *r, const char *what)
{
    return kith_fail(r->err, KITH_INPUT,
                     "%s: %s; GeoJSON of polygons or lines in longitude and latitude (WGS84) is "
                     "expected",
                     r->name, what);
}

static bool make_room(reading *r)
{
    kith_outline *o = r->outline;

    if (o->point_count == r->point_room) {
        r->point_room = r->point_room == 0 ? 1024 : r->point_room * 2;
        kith_point *grown = realloc(o->points, r->point_room * sizeof *grown);
        if (grown == NULL)
            return false;
        o->points = grown;
    }
    if (o->line_count + 2 > r->line_room) {
        r->line_room = r->line_room == 0 ? 64 : r->line_room * 2;
        size_t *grown = realloc(o->first, r->line_room * sizeof *grown);
        if (grown == NULL)
            return false;
        o->first = grown;
        o->first[0] = 0;
    }
    return true;
}

static kith_status take_position(reading *r, const json_t *position)
{
    const json_t *lon = json_array_get(position, 0), *lat = json_array_get(position, 1);

    if (!json_is_number(lon) || !json_is_number(lat))
        return refuse(r, "a position is not two numbers");
    const kith_point point = { json_number_value(lat), json_number_value(lon) };
    if (!(fabs(point.lat) <= 90 && fabs(point.lon) <= 180))
        return refuse(r, "a position is not on Earth (is it of a national grid?)");
    if (!make_room(r))
        return kith_no_memory(r->err);
    r->outline->points[r->outline->point_count++] = point;
    return KITH_OK;
}

static kith_status take_line(reading *r, const json_t *positions)
{
    kith_status status = KITH_OK;

    if (!json_is_array(positions))
        return refuse(r, "coordinates are not a list");
    for (size_t i = 0; i < json_array_size(positions) && status == KITH_OK; i++)
        status = take_position(r, json_array_get(positions, i));
    if (status != KITH_OK || json_array_size(positions) == 0)
        return status;
    r->outline->first[++r->outline->line_count] = r->outline->point_count;
    return KITH_OK;
}

/* Lists of lines, `depth` deep. */
static kith_status take_lines(reading *r, const json_t *coordinates, int depth)
{
    kith_status status = KITH_OK;

    if (depth == 0)
        return take_line(r, coordinates);
    if (!json_is_array(coordinates))
        return refuse(r, "coordinates are not a list");
    for (size_t i = 0; i < json_array_size(coordinates) && status == KITH_OK; i++)
        status = take_lines(r, json_array_get(coordinates, i), depth - 1);
    return status;
}

static kith_status take_object(reading *r, const json_t *object, int depth);

static kith_status take_members(reading *r, const json_t *members, int depth)
{
    kith_status status = KITH_OK;

    if (!json_is_array(members))
        return refuse(r, "a collection has no list of members");
    for (size_t i = 0; i < json_array_size(members) && status == KITH_OK; i++)
        status = take_object(r, json_array_get(members, i), depth + 1);
    return status;
}

static kith_status take_geometry(reading *r, const json_t *object, const char *type)
{
    static const struct {
        const char *type;
        int depth;
    } lines[] = { { "LineString", 0 }, { "MultiLineString", 1 }, { "Polygon", 1 }, { "MultiPolygon", 2 } };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strcmp(type, lines[i].type) == 0)
            return take_lines(r, json_object_get(object, "coordinates"), lines[i].depth);
    if (strcmp(type, "Point") == 0 || strcmp(type, "MultiPoint") == 0)
        return KITH_OK;
    return refuse(r, "an object is of no type that GeoJSON knows");
}

enum { DEPTH_MOST = 16 };

static kith_status take_object(reading *r, const json_t *object, int depth)
{
    const char *type = json_string_value(json_object_get(object, "type"));

    if (type == NULL || depth > DEPTH_MOST)
        return refuse(r, "an object has no \"type\", or lies too deep");
    if (strcmp(type, "FeatureCollection") == 0)
        return take_members(r, json_object_get(object, "features"), depth);
    if (strcmp(type, "GeometryCollection") == 0)
        return take_members(r, json_object_get(object, "geometries"), depth);
    if (strcmp(type, "Feature") == 0) {
        const json_t *geometry = json_object_get(object, "geometry");
        return json_is_null(geometry) ? KITH_OK : take_object(r, geometry, depth + 1);
    }
    return take_geometry(r, object, type);
}

kith_status kith_outline_read(kith_outline *outline, const char *text, size_t size, const char *name,
                              kith_error *err)
{
    reading r = { .outline = outline, .name = name, .err = err };
    json_error_t fault;

    *outline = (kith_outline){ 0 };
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &fault);
    if (root == NULL)
        return kith_fail(err, KITH_INPUT, "%s:%d: %s; GeoJSON is expected", name, fault.line, fault.text);
    const kith_status status = take_object(&r, root, 0);
    json_decref(root);
    if (status != KITH_OK)
        kith_outline_free(outline);
    return status;
}

void kith_outline_free(kith_outline *outline)
{
    free(outline->points);
    free(outline->first);
    *outline = (kith_outline){ 0 };
}
