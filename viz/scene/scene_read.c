/* SPDX-License-Identifier: MIT */
/* scene_read.c: a scene from JSON, strictly.
 *
 * jansson refuses bad UTF-8, NUL and repeated fields; here every field is known, of the
 * right type and within the limits, or the scene is refused with its place. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/date.h"
#include "kith/style.h"
#include "scene_fields.h"

static const char *class_word(int i)
{
    return kith_scene_class_word((kith_scene_class)i);
}

static const char *line_word(int i)
{
    return kith_scene_line_word((kith_scene_line)i);
}

static const char *tone_word(int i)
{
    return kith_scene_tone_word((kith_scene_tone)i);
}

static const char *shape_word(int i)
{
    return kith_scene_shape_word((kith_scene_shape)i);
}

static const char *align_word(int i)
{
    return kith_scene_align_word((kith_scene_align)i);
}

static kith_scene_box named_box(reader *in, json_t *root, const char *name)
{
    static const char *const fields[] = { "x", "y", "width", "height", NULL };
    json_t *object = json_object_get(root, name);

    if (object == NULL || in->status != KITH_OK)
        return (kith_scene_box){ 0 };
    snprintf(in->place, sizeof in->place, "%s", name);
    field_only(in, object, fields);
    return in->status == KITH_OK ? field_box(in, object) : (kith_scene_box){ 0 };
}

/* Ids end up in files as they are: a letter, then letters, digits, - and _. */
static const char *id_of(reader *in, json_t *object)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *id = field_text(in, object, "id");
    const size_t good = strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789-_");

    if (id[0] == '\0' || strchr(letters, id[0]) == NULL || id[good] != '\0' || good > 32)
        field_refuse(in, "id is \"%.40s\"; a letter and up to 31 letters, digits, - or _ are expected",
               id);
    return id;
}

/* An index from a name: ids of nodes or clusters, each kept once. */
static uint32_t index_of(json_t *ids, const char *id)
{
    json_t *index = json_object_get(ids, id);

    return index != NULL ? (uint32_t)json_integer_value(index) : UINT32_MAX;
}

static void keep_id(reader *in, kith_scene *scene, json_t *ids, const char *id, size_t index)
{
    if (in->status != KITH_OK)
        return;
    if (index_of(ids, id) != UINT32_MAX)
        field_refuse(in, "the id \"%s\" is there twice", id);
    else if (json_object_set_new(ids, id, json_integer((json_int_t)index)) != 0)
        scene->failed = true;
}

static void read_clusters(reader *in, kith_scene *scene, json_t *root, json_t *ids)
{
    static const char *const fields[] = { "id", "label", "x", "y", "width", "height", NULL };
    json_t *list = field_list(in, root, "clusters", KITH_SCENE_CLUSTERS), *object;
    size_t i;

    json_array_foreach(list, i, object)
    {
        field_at(in, "clusters", i);
        field_only(in, object, fields);
        const char *id = id_of(in, object);
        keep_id(in, scene, ids, id, i);
        if (in->status != KITH_OK || scene->failed)
            return;
        kith_scene_add_cluster(scene, field_text(in, object, "label"));
        if (scene->failed)
            return;
        kith_scene_set(scene, &scene->clusters[i].id, id);
        scene->clusters[i].box = field_box(in, object);
    }
}

static void read_nodes(reader *in, kith_scene *scene, json_t *root, json_t *ids, json_t *clusters)
{
    static const char *const fields[] = { "id",       "class", "label",   "badges",
                                          "emphasis", "focus", "cluster", "pinned",
                                          "record",   "x",     "y",       "width",
                                          "height",   NULL };
    json_t *list = field_list(in, root, "nodes", KITH_SCENE_NODES), *object;
    size_t i;

    json_array_foreach(list, i, object)
    {
        field_at(in, "nodes", i);
        field_only(in, object, fields);
        if (in->status == KITH_OK && json_object_get(object, "class") == NULL)
            field_refuse(in,
                   "class is missing; child, adult, unknown_age, place, group, object or event");
        const char *id = id_of(in, object), *cluster = field_text(in, object, "cluster");
        keep_id(in, scene, ids, id, i);
        if (cluster[0] != '\0' && index_of(clusters, cluster) == UINT32_MAX)
            field_refuse(in, "cluster is \"%.40s\", which is not in clusters", cluster);
        const int class = field_word(in, object, "class", class_word, KITH_DRAW_CLASSES, 0);
        if (in->status != KITH_OK || scene->failed)
            return;
        kith_scene_add_node(scene, (kith_scene_class) class, field_text(in, object, "label"),
                            field_text(in, object, "badges"), field_text(in, object, "emphasis"));
        if (scene->failed)
            return;
        kith_scene_node *node = &scene->nodes[i];
        kith_scene_set(scene, &node->id, id);
        node->focus = field_truth(in, object, "focus");
        node->pinned = field_truth(in, object, "pinned");
        node->cluster = cluster[0] != '\0' ? index_of(clusters, cluster) : KITH_NO_CLUSTER;
        if (field_text(in, object, "record")[0] != '\0')
            kith_scene_set(scene, &node->outside, field_text(in, object, "record"));
        node->box = field_box(in, object);
        if (node->pinned && !node->box.placed)
            field_refuse(in, "pinned is true without a place; give x and y");
    }
}

static uint32_t end_of(reader *in, json_t *object, const char *name, json_t *ids)
{
    const char *id = field_text(in, object, name);
    const uint32_t index = index_of(ids, id);

    if (index == UINT32_MAX)
        field_refuse(in, "%s is \"%.40s\", which is not the id of a node", name, id);
    return index;
}

static void read_ties(reader *in, kith_scene *scene, json_t *root, json_t *ids)
{
    static const char *const fields[] = { "number",   "from",     "to",     "line",  "tone",
                                          "inferred", "arrow",    "barred", "contested", "label", "basis",
                                          "weight",   "numbered", "x",      "y",     "width",
                                          "height",   NULL };
    json_t *list = field_list(in, root, "ties", KITH_SCENE_TIES), *object;
    size_t i;

    json_array_foreach(list, i, object)
    {
        field_at(in, "ties", i);
        field_only(in, object, fields);
        const double number = field_number(in, object, "number");
        const kith_scene_tie tie = {
            .from = end_of(in, object, "from", ids),
            .to = end_of(in, object, "to", ids),
            .line = (kith_scene_line)field_word(in, object, "line", line_word, 3, KITH_DRAW_DOTTED),
            .tone = (kith_scene_tone)field_word(in, object, "tone", tone_word, 3, KITH_DRAW_NEUTRAL),
            .inferred = field_truth(in, object, "inferred"),
            .arrow = field_truth(in, object, "arrow"),
            .barred = field_truth(in, object, "barred"),
            .contested = field_truth(in, object, "contested"),
            .label = (char *)field_text(in, object, "label"),
            .basis = (char *)field_text(in, object, "basis"),
            .weight = field_number(in, object, "weight"),
            .numbered = field_truth(in, object, "numbered"),
            .box = field_box(in, object),
        };
        if (number != 0 && number != (double)(i + 1))
            field_refuse(in, "number is %g; ties are numbered in their order, so %zu", number, i + 1);
        if (tie.from == tie.to)
            field_refuse(in, "from and to are the same node");
        if (tie.inferred && (tie.line != KITH_DRAW_DOTTED || tie.arrow || tie.barred))
            field_refuse(in, "an inferred tie is dotted, without an arrow, and no condition");
        if (tie.contested && tie.line == KITH_DRAW_SOLID && !tie.barred)
            field_refuse(in, "a contested tie is never solid");
        if (in->status != KITH_OK || scene->failed)
            return;
        kith_scene_add_tie(scene, &tie);
    }
}

static void read_marks(reader *in, kith_scene *scene, json_t *root)
{
    static const char *const fields[] = { "mark", "tone", "line", "arrow", "align", "echo", "x",
                                          "y",    "x2",   "y2",   "text",  NULL };
    json_t *list = field_list(in, root, "marks", KITH_SCENE_MARKS), *object;
    size_t i;

    json_array_foreach(list, i, object)
    {
        field_at(in, "marks", i);
        field_only(in, object, fields);
        const kith_scene_mark mark = {
            .shape = (kith_scene_shape)field_word(in, object, "mark", shape_word, 3, KITH_DRAW_WORDS),
            .tone = (kith_scene_tone)field_word(in, object, "tone", tone_word, 3, KITH_DRAW_NEUTRAL),
            .line = (kith_scene_line)field_word(in, object, "line", line_word, 3, KITH_DRAW_SOLID),
            .arrow = field_truth(in, object, "arrow"),
            .echo = field_truth(in, object, "echo"),
            .align = (kith_scene_align)field_word(in, object, "align", align_word, 3, KITH_DRAW_CENTRE),
            .x = field_number(in, object, "x"),
            .y = field_number(in, object, "y"),
            .x2 = field_number(in, object, "x2"),
            .y2 = field_number(in, object, "y2"),
            .text = (char *)field_text(in, object, "text"),
        };
        if (in->status != KITH_OK || scene->failed)
            return;
        kith_scene_add_mark(scene, &mark);
    }
}

/* Where marks stand is known, where a layout would put nodes is not. */
static void check_places(reader *in, const kith_scene *scene)
{
    for (size_t i = 0; scene->mark_count > 0 && i < scene->node_count; i++) {
        field_at(in, "nodes", i);
        if (!scene->nodes[i].box.placed)
            field_refuse(in, "x and y are missing; beside marks every node needs a place");
    }
}

static void read_terms(reader *in, kith_scene *scene, json_t *root)
{
    static const char *const fields[] = { "term", "meaning", NULL };
    json_t *list = field_list(in, root, "terms", KITH_SCENE_TERMS), *object;
    size_t i;

    json_array_foreach(list, i, object)
    {
        field_at(in, "terms", i);
        field_only(in, object, fields);
        kith_scene_add_term(scene, field_text(in, object, "term"), field_text(in, object, "meaning"));
    }
}

static void read_words(reader *in, kith_scene *scene, json_t *root)
{
    static const char *const fields[] = { "kith_scene", "title",      "header", "footer",
                                          "as_of",      "style",      "clusters",   "nodes",  "ties",
                                          "terms",      "marks",      "legend",     "page",   "header_box",
                                          "legend_box", "footer_box", NULL };
    int32_t day;

    snprintf(in->place, sizeof in->place, "top level");
    field_only(in, root, fields);
    if (in->status == KITH_OK && json_integer_value(json_object_get(root, "kith_scene")) != 1)
        field_refuse(in, "\"kith_scene\": 1 is missing; this is not a scene of version 1");
    kith_scene_set(scene, &scene->title, field_text(in, root, "title"));
    kith_scene_set(scene, &scene->header, field_text(in, root, "header"));
    kith_scene_set(scene, &scene->footer, field_text(in, root, "footer"));
    const char *as_of = field_text(in, root, "as_of");
    if (as_of[0] != '\0' && !kith_day_read(&day, as_of))
        field_refuse(in, "as_of is \"%.40s\"; a date as 2022-06-30 is expected", as_of);
    kith_scene_set(scene, &scene->as_of, as_of);
}

/* A style that is there was checked once, and is checked again. */
static void read_style(reader *in, kith_scene *scene, json_t *root)
{
    const char *style = field_text(in, root, "style");
    kith_error fault = { 0 };

    if (in->status != KITH_OK || json_object_get(root, "style") == NULL)
        return;
    scene->style = malloc(sizeof *scene->style);
    if (scene->style == NULL)
        scene->failed = true;
    else if (kith_style_read(scene->style, "style", style, strlen(style), &fault) != KITH_OK)
        field_refuse(in, "%s", fault.message);
}

static void read_root(reader *in, kith_scene *scene, json_t *root)
{
    json_t *nodes = json_object(), *clusters = json_object();

    if (nodes == NULL || clusters == NULL)
        scene->failed = true;
    read_words(in, scene, root);
    if (in->status == KITH_OK && !scene->failed)
        read_style(in, scene, root);
    if (in->status == KITH_OK && !scene->failed)
        read_clusters(in, scene, root, clusters);
    if (in->status == KITH_OK && !scene->failed)
        read_nodes(in, scene, root, nodes, clusters);
    if (in->status == KITH_OK && !scene->failed)
        read_ties(in, scene, root, nodes);
    if (in->status == KITH_OK && !scene->failed)
        read_marks(in, scene, root);
    if (in->status == KITH_OK && !scene->failed)
        check_places(in, scene);
    if (in->status == KITH_OK && !scene->failed)
        read_terms(in, scene, root);
    scene->page = named_box(in, root, "page");
    scene->header_box = named_box(in, root, "header_box");
    scene->legend_box = named_box(in, root, "legend_box");
    scene->footer_box = named_box(in, root, "footer_box");
    json_decref(nodes);
    json_decref(clusters);
}

kith_status kith_scene_read(kith_scene *scene, const char *json, size_t size, kith_error *err)
{
    reader in = { .err = err, .status = KITH_OK, .place = "top level" };
    json_error_t fault;

    *scene = (kith_scene){ 0 };
    json_t *root = json_loadb(json, size, JSON_REJECT_DUPLICATES, &fault);
    if (root == NULL) {
        if (json_error_code(&fault) == json_error_out_of_memory)
            return kith_no_memory(err);
        return kith_fail(err, KITH_INPUT, "scene: line %d, column %d: %s", fault.line, fault.column,
                         fault.text);
    }
    read_root(&in, scene, root);
    json_decref(root);
    if (in.status == KITH_OK)
        in.status = kith_scene_status(scene, err);
    if (in.status != KITH_OK)
        kith_scene_free(scene);
    return in.status;
}
