/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write_fields.c: what every form says of a node and of a tie. */
#include "write_private.h"

enum { MUCH = 1 << 16 };

#define NODE(name) static void node_##name(kith_text *out, const kith_scene *scene, size_t index)
#define TIE(name)  static void tie_##name(kith_text *out, const kith_scene *scene, size_t index)

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

NODE(id)
{
    kith_text_add(out, scene->nodes[index].id);
}

NODE(label)
{
    kith_text_add(out, scene->nodes[index].label);
}

NODE(class)
{
    kith_text_add(out, kith_scene_class_word(scene->nodes[index].class));
}

NODE(badges)
{
    kith_text_add(out, scene->nodes[index].badges);
}

NODE(emphasis)
{
    kith_text_add(out, scene->nodes[index].emphasis);
}

NODE(focus)
{
    truth(out, scene->nodes[index].focus);
}

NODE(group)
{
    if (scene->nodes[index].cluster != KITH_NO_CLUSTER)
        kith_text_add(out, scene->clusters[scene->nodes[index].cluster].label);
}

NODE(record)
{
    if (scene->nodes[index].outside != NULL)
        kith_text_add(out, scene->nodes[index].outside);
}

NODE(x)
{
    if (scene->nodes[index].box.placed)
        number(out, scene->nodes[index].box.x);
}

NODE(y)
{
    if (scene->nodes[index].box.placed)
        number(out, scene->nodes[index].box.y);
}

NODE(latitude)
{
    if (scene->nodes[index].located)
        number(out, scene->nodes[index].latitude);
}

NODE(longitude)
{
    if (scene->nodes[index].located)
        number(out, scene->nodes[index].longitude);
}

const write_field write_node_fields[WRITE_NODE_FIELDS] = {
    { "id", "Id", WRITE_TEXT, node_id },
    { "label", "Label", WRITE_TEXT, node_label },
    { "class", "class", WRITE_TEXT, node_class },
    { "badges", "badges", WRITE_TEXT, node_badges },
    { "emphasis", "emphasis", WRITE_TEXT, node_emphasis },
    { "focus", "focus", WRITE_TRUTH, node_focus },
    { "group", "group", WRITE_TEXT, node_group },
    { "record", "record", WRITE_TEXT, node_record },
    { "x", "x", WRITE_NUMBER, node_x },
    { "y", "y", WRITE_NUMBER, node_y },
    { "latitude", "latitude", WRITE_NUMBER, node_latitude },
    { "longitude", "longitude", WRITE_NUMBER, node_longitude },
};

TIE(id)
{
    (void)scene;
    kith_text_format(out, "t%zu", index + 1);
}

TIE(source)
{
    kith_text_add(out, scene->nodes[scene->ties[index].from].id);
}

TIE(target)
{
    kith_text_add(out, scene->nodes[scene->ties[index].to].id);
}

TIE(type)
{
    kith_text_add(out, scene->ties[index].arrow ? "Directed" : "Undirected");
}

TIE(label)
{
    kith_text_add(out, scene->ties[index].label);
}

TIE(line)
{
    kith_text_add(out, kith_scene_line_word(scene->ties[index].line));
}

TIE(tone)
{
    kith_text_add(out, kith_scene_tone_word(scene->ties[index].tone));
}

TIE(inferred)
{
    truth(out, scene->ties[index].inferred);
}

TIE(arrow)
{
    truth(out, scene->ties[index].arrow);
}

TIE(barred)
{
    truth(out, scene->ties[index].barred);
}

TIE(basis)
{
    kith_text_add(out, scene->ties[index].basis);
}

TIE(weight)
{
    if (scene->ties[index].weight > 0)
        number(out, scene->ties[index].weight);
}

const write_field write_tie_fields[WRITE_TIE_FIELDS] = {
    { "id", "Id", WRITE_TEXT, tie_id },
    { "source", "Source", WRITE_TEXT, tie_source },
    { "target", "Target", WRITE_TEXT, tie_target },
    { "type", "Type", WRITE_TEXT, tie_type },
    { "label", "Label", WRITE_TEXT, tie_label },
    { "line", "line", WRITE_TEXT, tie_line },
    { "tone", "tone", WRITE_TEXT, tie_tone },
    { "inferred", "inferred", WRITE_TRUTH, tie_inferred },
    { "arrow", "arrow", WRITE_TRUTH, tie_arrow },
    { "barred", "barred", WRITE_TRUTH, tie_barred },
    { "basis", "basis", WRITE_TEXT, tie_basis },
    { "weight", "Weight", WRITE_NUMBER, tie_weight },
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
