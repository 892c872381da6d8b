/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write_fields.c: what every form says of a node and of a tie. */
#include "write_private.h"

enum { MUCH = 1 << 16 };

static void truth(kith_text *out, bool value)
{
    kith_text_add(out, value ? "true" : "false");
}

static void number(kith_text *out, double value)
{
    char text[KITH_NUMBER_SIZE];

    kith_number_shortest(text, value);
    kith_text_add(out, text);
}

/* A text, truth or number that stands as it is in a node or tie, so many bytes from its start. */
static void add_text(kith_text *out, const void *from, size_t at)
{
    const char *text = *(char *const *)((const char *)from + at);

    if (text != NULL)
        kith_text_add(out, text);
}

static void add_truth(kith_text *out, const void *from, size_t at)
{
    truth(out, *(const bool *)((const char *)from + at));
}

static void add_number(kith_text *out, const void *from, size_t at)
{
    number(out, *(const double *)((const char *)from + at));
}

#define VALUE(name) static void name(kith_text *out, const kith_scene *scene, size_t index, size_t at)

VALUE(node_text)
{
    add_text(out, &scene->nodes[index], at);
}

VALUE(node_truth)
{
    add_truth(out, &scene->nodes[index], at);
}

/* Where it is in the picture, and on the ground: where that is known. */
VALUE(node_drawn)
{
    if (scene->nodes[index].box.placed)
        add_number(out, &scene->nodes[index], at);
}

VALUE(node_located)
{
    if (scene->nodes[index].located)
        add_number(out, &scene->nodes[index], at);
}

VALUE(node_class)
{
    (void)at;
    kith_text_add(out, kith_scene_class_word(scene->nodes[index].class));
}

VALUE(node_group)
{
    (void)at;
    if (scene->nodes[index].cluster != KITH_NO_CLUSTER)
        kith_text_add(out, scene->clusters[scene->nodes[index].cluster].label);
}

#define NODE(field) offsetof(kith_scene_node, field)

const write_field write_node_fields[WRITE_NODE_FIELDS] = {
    { "id", "Id", WRITE_TEXT, node_text, NODE(id) },
    { "label", "Label", WRITE_TEXT, node_text, NODE(label) },
    { "class", "class", WRITE_TEXT, node_class, 0 },
    { "badges", "badges", WRITE_TEXT, node_text, NODE(badges) },
    { "emphasis", "emphasis", WRITE_TEXT, node_text, NODE(emphasis) },
    { "focus", "focus", WRITE_TRUTH, node_truth, NODE(focus) },
    { "group", "group", WRITE_TEXT, node_group, 0 },
    { "record", "record", WRITE_TEXT, node_text, NODE(outside) },
    { "x", "x", WRITE_NUMBER, node_drawn, NODE(box.x) },
    { "y", "y", WRITE_NUMBER, node_drawn, NODE(box.y) },
    { "latitude", "latitude", WRITE_NUMBER, node_located, NODE(latitude) },
    { "longitude", "longitude", WRITE_NUMBER, node_located, NODE(longitude) },
};

VALUE(tie_text)
{
    add_text(out, &scene->ties[index], at);
}

VALUE(tie_truth)
{
    add_truth(out, &scene->ties[index], at);
}

VALUE(tie_id)
{
    (void)scene, (void)at;
    kith_text_format(out, "t%zu", index + 1);
}

VALUE(tie_end)
{
    const uint32_t *end = (const uint32_t *)((const char *)&scene->ties[index] + at);

    kith_text_add(out, scene->nodes[*end].id);
}

VALUE(tie_type)
{
    (void)at;
    kith_text_add(out, scene->ties[index].arrow ? "Directed" : "Undirected");
}

VALUE(tie_line)
{
    (void)at;
    kith_text_add(out, kith_scene_line_word(scene->ties[index].line));
}

VALUE(tie_tone)
{
    (void)at;
    kith_text_add(out, kith_scene_tone_word(scene->ties[index].tone));
}

VALUE(tie_weight)
{
    (void)at;
    if (scene->ties[index].weight > 0)
        number(out, scene->ties[index].weight);
}

#define TIE(field) offsetof(kith_scene_tie, field)

const write_field write_tie_fields[WRITE_TIE_FIELDS] = {
    { "id", "Id", WRITE_TEXT, tie_id, 0 },
    { "source", "Source", WRITE_TEXT, tie_end, TIE(from) },
    { "target", "Target", WRITE_TEXT, tie_end, TIE(to) },
    { "type", "Type", WRITE_TEXT, tie_type, 0 },
    { "label", "Label", WRITE_TEXT, tie_text, TIE(label) },
    { "line", "line", WRITE_TEXT, tie_line, 0 },
    { "tone", "tone", WRITE_TEXT, tie_tone, 0 },
    { "inferred", "inferred", WRITE_TRUTH, tie_truth, TIE(inferred) },
    { "arrow", "arrow", WRITE_TRUTH, tie_truth, TIE(arrow) },
    { "barred", "barred", WRITE_TRUTH, tie_truth, TIE(barred) },
    { "basis", "basis", WRITE_TEXT, tie_text, TIE(basis) },
    { "weight", "Weight", WRITE_NUMBER, tie_weight, 0 },
    { "contested", "contested", WRITE_TRUTH, tie_truth, TIE(contested) },
};

const char *const write_word_names[WRITE_WORDS] = { "title", "header", "footer", "as_of" };

const char *write_word(const kith_scene *scene, size_t which)
{
    const char *words[WRITE_WORDS] = { scene->title, scene->header, scene->footer, scene->as_of };

    return words[which] != NULL ? words[which] : "";
}

void write_some(FILE *out, kith_text *text)
{
    if (text->size < MUCH || text->failed)
        return;
    fwrite(text->data, 1, text->size, out);
    kith_text_clear(text);
}

kith_status write_end(FILE *out, kith_text *text, const kith_scene *scene, kith_error *err)
{
    kith_status status = kith_scene_status(scene, err);

    if (status == KITH_OK)
        status = kith_text_status(text, err);
    if (status == KITH_OK && text->size > 0)
        fwrite(text->data, 1, text->size, out);
    if (status == KITH_OK && (fflush(out) != 0 || ferror(out)))
        status = kith_fail(err, KITH_IO, "the file could not be written; is the disk full?");
    kith_text_free(text);
    return status;
}

void write_json_value(kith_text *out, const write_field *field, const char *value)
{
    if (field->type == WRITE_TEXT)
        kith_text_add_json(out, value);
    else
        kith_text_add(out, value);
}
