/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write_graphml.c: GraphML 1.0.
 *
 * Readers differ on graphs with both kinds of edges (networkx refuses them, igraph takes all
 * for one kind), so every edge is undirected and `arrow` says whether it is read one way.
 * Values are content of elements, where white space is kept; only ids stand in attributes. */
#include "write_private.h"

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
                           "         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
                           "         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
                           "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";

/* Ids of keys are "g_title", "n_label", "e_label". */
static void add_keys(kith_text *out, const char *of, const write_field *fields, size_t count)
{
    static const char *const types[] = { "string", "boolean", "double" };

    for (size_t f = 0; f < count; f++)
        kith_text_format(out, "<key id=\"%c_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
                         of[0], fields[f].name, of, fields[f].name, types[fields[f].type]);
}

static void add_data(kith_text *out, char of, const char *name, const char *value)
{
    if (value[0] == '\0')
        return;
    kith_text_format(out, "<data key=\"%c_%s\">", of, name);
    kith_text_add_xml(out, value);
    kith_text_add(out, "</data>");
}

static void add_fields(kith_text *out, char of, const kith_scene *scene, size_t index,
                       const write_field *fields, size_t count, kith_text *value)
{
    for (size_t f = 0; f < count; f++) {
        kith_text_clear(value);
        write_value(value, &fields[f], scene, index);
        add_data(out, of, fields[f].name, kith_text_string(value));
        out->failed = out->failed || value->failed;
    }
}

static void begin(kith_text *out, const kith_scene *scene)
{
    kith_text_add(out, head);
    for (size_t w = 0; w < WRITE_WORDS; w++)
        kith_text_format(out,
                         "<key id=\"g_%s\" for=\"graph\" attr.name=\"%s\" attr.type=\"string\"/>\n",
                         write_word_names[w], write_word_names[w]);
    add_keys(out, "node", write_node_fields + 1, WRITE_NODE_FIELDS - 1);
    add_keys(out, "edge", write_tie_fields + WRITE_TARGET + 1, WRITE_TIE_FIELDS - WRITE_TARGET - 1);
    kith_text_add(out, "<graph id=\"map\" edgedefault=\"undirected\">\n");
    for (size_t w = 0; w < WRITE_WORDS; w++)
        add_data(out, 'g', write_word_names[w], write_word(scene, w));
    kith_text_add_char(out, '\n');
}

kith_status kith_scene_write_graphml(FILE *out, const kith_scene *scene, kith_error *err)
{
    kith_text text = { 0 }, value = { 0 };

    begin(&text, scene);
    for (size_t i = 0; i < scene->node_count; i++) {
        kith_text_format(&text, "<node id=\"%s\">", scene->nodes[i].id);
        add_fields(&text, 'n', scene, i, write_node_fields + 1, WRITE_NODE_FIELDS - 1, &value);
        kith_text_add(&text, "</node>\n");
        write_some(out, &text);
    }
    for (size_t i = 0; i < scene->tie_count; i++) {
        kith_text_format(&text, "<edge id=\"t%zu\" source=\"%s\" target=\"%s\">", i + 1,
                         scene->nodes[scene->ties[i].from].id, scene->nodes[scene->ties[i].to].id);
        add_fields(&text, 'e', scene, i, write_tie_fields + WRITE_TARGET + 1,
                   WRITE_TIE_FIELDS - WRITE_TARGET - 1, &value);
        kith_text_add(&text, "</edge>\n");
        write_some(out, &text);
    }
    kith_text_add(&text, "</graph>\n</graphml>\n");
    kith_text_free(&value);
    return write_end(out, &text, scene, err);
}
