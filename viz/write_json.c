/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write_json.c: the two forms of JSON that other programs read: cytoscape.js and GeoJSON. */
#include "write_private.h"

/* "{"id": "n1", ...}": fields with nothing to say are left out. */
static void add_fields(kith_text *out, const kith_scene *scene, size_t index,
                       const write_field *fields, size_t count, kith_text *value)
{
    bool first = true;

    kith_text_add_char(out, '{');
    for (size_t f = 0; f < count; f++) {
        kith_text_clear(value);
        write_value(value, &fields[f], scene, index);
        out->failed = out->failed || value->failed;
        if (value->size == 0)
            continue;
        kith_text_format(out, "%s\"%s\": ", first ? "" : ", ", fields[f].name);
        write_json_value(out, &fields[f], value->data);
        first = false;
    }
    kith_text_add_char(out, '}');
}

static void add_words(kith_text *out, const kith_scene *scene)
{
    for (size_t w = 0; w < WRITE_WORDS; w++) {
        kith_text_format(out, "%s\"%s\": ", w > 0 ? ", " : "", write_word_names[w]);
        kith_text_add_json(out, write_word(scene, w));
    }
}

static void add_position(kith_text *out, const kith_scene_box *box)
{
    char x[KITH_NUMBER_SIZE], y[KITH_NUMBER_SIZE];

    if (!box->placed)
        return;
    kith_number_shortest(x, box->x);
    kith_number_shortest(y, -box->y); /* downwards */
    kith_text_format(out, ", \"position\": {\"x\": %s, \"y\": %s}", x, y);
}

kith_status kith_scene_write_cytoscape(FILE *out, const kith_scene *scene, kith_error *err)
{
    kith_text text = { 0 }, value = { 0 };

    kith_text_add(&text, "{\"data\": {");
    add_words(&text, scene);
    kith_text_add(&text, "},\n \"elements\": {\"nodes\": [");
    for (size_t i = 0; i < scene->node_count; i++) {
        kith_text_add(&text, i > 0 ? ",\n  {\"data\": " : "\n  {\"data\": ");
        add_fields(&text, scene, i, write_node_fields, WRITE_NODE_FIELDS, &value);
        add_position(&text, &scene->nodes[i].box);
        kith_text_add_char(&text, '}');
        write_some(out, &text);
    }
    kith_text_add(&text, "],\n  \"edges\": [");
    for (size_t i = 0; i < scene->tie_count; i++) {
        kith_text_add(&text, i > 0 ? ",\n  {\"data\": " : "\n  {\"data\": ");
        add_fields(&text, scene, i, write_tie_fields, WRITE_TIE_FIELDS, &value);
        kith_text_add_char(&text, '}');
        write_some(out, &text);
    }
    kith_text_add(&text, "]}}\n");
    kith_text_free(&value);
    return write_end(out, &text, scene, err);
}

static void add_coordinates(kith_text *out, const kith_scene_node *node)
{
    char latitude[KITH_NUMBER_SIZE], longitude[KITH_NUMBER_SIZE];

    kith_number_shortest(latitude, node->latitude);
    kith_number_shortest(longitude, node->longitude);
    kith_text_format(out, "[%s, %s]", longitude, latitude);
}

static void add_geometry(kith_text *out, const kith_scene *scene, size_t from, size_t to)
{
    const kith_scene_node *a = &scene->nodes[from], *b = &scene->nodes[to];

    if (!a->located || !b->located) {
        kith_text_add(out, "null");
    } else if (a == b) {
        kith_text_add(out, "{\"type\": \"Point\", \"coordinates\": ");
        add_coordinates(out, a);
        kith_text_add_char(out, '}');
    } else {
        kith_text_add(out, "{\"type\": \"LineString\", \"coordinates\": [");
        add_coordinates(out, a);
        kith_text_add(out, ", ");
        add_coordinates(out, b);
        kith_text_add(out, "]}");
    }
}

kith_status kith_scene_write_geojson(FILE *out, const kith_scene *scene, kith_error *err)
{
    kith_text text = { 0 }, value = { 0 };

    kith_text_add(&text, "{\"type\": \"FeatureCollection\", ");
    add_words(&text, scene);
    kith_text_add(&text, ",\n \"features\": [");
    for (size_t i = 0; i < scene->node_count + scene->tie_count; i++) {
        const bool is_tie = i >= scene->node_count;
        const size_t index = is_tie ? i - scene->node_count : i;
        kith_text_format(&text, "%s\n  {\"type\": \"Feature\", \"geometry\": ", i > 0 ? "," : "");
        add_geometry(&text, scene, is_tie ? scene->ties[index].from : index,
                     is_tie ? scene->ties[index].to : index);
        kith_text_add(&text, ", \"properties\": ");
        add_fields(&text, scene, index, is_tie ? write_tie_fields : write_node_fields,
                   is_tie ? WRITE_TIE_FIELDS : WRITE_NODE_FIELDS, &value);
        kith_text_add_char(&text, '}');
        write_some(out, &text);
    }
    kith_text_add(&text, "]}\n");
    kith_text_free(&value);
    return write_end(out, &text, scene, err);
}
