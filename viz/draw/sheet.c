/* SPDX-License-Identifier: MIT */
/* sheet.c: the scene as a Graphviz graph, and how large each thing in it is.
 *
 * Every text of the picture is a node here, the labels of ties too: so that all have a
 * measured box, a white ground, and a place that we give. Names of nodes never come from
 * data: scene ids are checked by the reader, and ours begin with "_", which those cannot.
 * Only agset and agsafeset are used, which never read a value as HTML. */
#include "draw.h"

#include <gvc.h>

#include <stdlib.h>
#include <string.h>

void sheet_set(void *object, const char *name, const char *value)
{
    agsafeset(object, (char *)name, (char *)value, "");
}

Agnode_t *sheet_node(sheet *s, const char *name, kith_error *err)
{
    Agnode_t *node = agnode(s->graph, (char *)name, 1);

    if (node == NULL)
        kith_no_memory(err);
    else
        sheet_set(node, "pos", "0,0");
    return node;
}

/* Badges share lines while they fit. */
static void add_badges(kith_text *out, const char *badges)
{
    size_t line = 0;

    while (*badges != '\0') {
        const size_t size = strcspn(badges, "\n");
        if (line > 0)
            kith_text_add_char(out, line + size > 24 ? '\n' : ' ');
        line = line + size > 24 ? size : line + size + 1;
        kith_text_add_bytes(out, badges, size);
        badges += size + (badges[size] == '\n');
    }
}

static kith_status add_node(sheet *s, size_t index, kith_error *err)
{
    static const wrapping how = { 16, 3, "\\n" }, wide = { 24, 4, "\\n" };
    const kith_scene_node *node = &s->scene->nodes[index];
    kith_text label = { 0 }, badges = { 0 };

    label_add(&label, node->label, how);
    label_add(&label, node->emphasis, wide);
    add_badges(&badges, node->badges);
    label_add(&label, kith_text_string(&badges), wide);
    kith_status status = label.failed || badges.failed ? kith_no_memory(err) : KITH_OK;
    Agnode_t *drawn = status == KITH_OK ? sheet_node(s, node->id, err) : NULL;
    if (drawn != NULL) {
        style_node(drawn, s->style, node);
        sheet_set(drawn, "id", node->id);
        sheet_set(drawn, "label", kith_text_string(&label));
        s->nodes[index] = drawn;
    } else if (status == KITH_OK) {
        status = kith_no_memory(err);
    }
    kith_text_free(&label);
    kith_text_free(&badges);
    return status;
}

/* A text on white without an outline: a label, a line of the header. */
kith_status sheet_word(sheet *s, word *made, const char *name, const char *text, wrapping how,
                       const char *size, kith_error *err)
{
    kith_text label = { 0 };

    label_add(&label, text, how);
    kith_status status = kith_text_status(&label, err);
    made->node = status == KITH_OK ? sheet_node(s, name, err) : NULL;
    if (made->node != NULL) {
        sheet_set(made->node, "shape", "plain");
        sheet_set(made->node, "style", "filled");
        sheet_set(made->node, "fillcolor", "white");
        sheet_set(made->node, "id", name);
        sheet_set(made->node, "class", "words");
        sheet_set(made->node, "fontsize", size);
        sheet_set(made->node, "label", kith_text_string(&label));
    } else if (status == KITH_OK) {
        status = KITH_NO_MEMORY;
    }
    kith_text_free(&label);
    return status;
}

static kith_status add_tie_label(sheet *s, size_t index, kith_error *err)
{
    static const wrapping how = { 20, 4, "\\n" };
    const kith_scene_tie *tie = &s->scene->ties[index];
    char name[32], number[32];
    kith_text text = { 0 };

    if (tie->label[0] == '\0')
        return KITH_OK;
    snprintf(name, sizeof name, "_label%zu", index + 1);
    if (tie->tone == KITH_DRAW_PROTECTIVE && !tie->barred)
        kith_text_add(&text, "+ ");
    kith_text_add(&text, tie->label);
    kith_status status = kith_text_status(&text, err);
    if (status == KITH_OK)
        status = sheet_word(s, &s->labels[index], name, kith_text_string(&text), how, "9", err);
    snprintf(name, sizeof name, "_number%zu", index + 1);
    snprintf(number, sizeof number, "%zu", index + 1);
    if (status == KITH_OK)
        status = sheet_word(s, &s->numbers[index], name, number, how, "9", err);
    if (status == KITH_OK) {
        sheet_set(s->labels[index].node, "fontcolor", style_ink(s->style, tie));
        sheet_set(s->numbers[index].node, "fontcolor", style_ink(s->style, tie));
    }
    kith_text_free(&text);
    return status;
}

static kith_status add_frame_words(sheet *s, kith_error *err)
{
    static const wrapping title = { 60, 2, "\\l" }, lines = { 100, 4, "\\l" };
    const kith_scene *scene = s->scene;
    kith_status status = KITH_OK;

    if (scene->title[0] != '\0')
        status = sheet_word(s, &s->title, "_title", scene->title, title, "18", err);
    if (status == KITH_OK && scene->header[0] != '\0')
        status = sheet_word(s, &s->header, "_header", scene->header, lines, "10", err);
    if (status == KITH_OK && scene->footer[0] != '\0')
        status = sheet_word(s, &s->footer, "_footer", scene->footer, lines, "10", err);
    if (status == KITH_OK && s->legend_count > 0)
        status = sheet_word(s, &s->legend_title, "_legend", "Legend", lines, "12", err);
    return status;
}

static kith_status add_cluster_labels(sheet *s, kith_error *err)
{
    static const wrapping how = { 40, 1, "\\l" };
    kith_status status = KITH_OK;
    char name[32];

    for (size_t i = 0; status == KITH_OK && i < s->scene->cluster_count; i++) {
        snprintf(name, sizeof name, "_cluster%zu", i + 1);
        if (s->scene->clusters[i].label[0] != '\0')
            status = sheet_word(s, &s->cluster_labels[i], name, s->scene->clusters[i].label, how,
                              "11", err);
    }
    return status;
}

static void add_defaults(Agraph_t *graph)
{
    static const char *const of_graph[][2] = {
        { "layout", "nop2" },
        { "splines", "line" },
        { "outputorder", "edgesfirst" },
        { "bgcolor", "white" },
        { "notranslate", "true" },
        { "pad", "0.25" },
        { "fontname", FONT },
        { "charset", "UTF-8" },
        { "class", "" },
        { "bb", "" },
        { "lp", "" },
    };
    static const char *const of_nodes[][2] = {
        { "label", "\\N" },       { "shape", "box" },     { "style", "" },
        { "fillcolor", "white" }, { "color", "#333333" }, { "fontname", FONT },
        { "fontsize", "11" },     { "fontcolor", INK },   { "margin", "0.09,0.05" },
        { "height", "0.35" },     { "width", "0.5" },     { "pos", "" },
    };
    static const char *const of_edges[][2] = { { "pos", "" },
                                               { "fontname", FONT },
                                               { "arrowsize", "0.8" } };

    for (size_t i = 0; i < sizeof of_graph / sizeof *of_graph; i++)
        agattr(graph, AGRAPH, (char *)of_graph[i][0], (char *)of_graph[i][1]);
    for (size_t i = 0; i < sizeof of_nodes / sizeof *of_nodes; i++)
        agattr(graph, AGNODE, (char *)of_nodes[i][0], (char *)of_nodes[i][1]);
    for (size_t i = 0; i < sizeof of_edges / sizeof *of_edges; i++)
        agattr(graph, AGEDGE, (char *)of_edges[i][0], (char *)of_edges[i][1]);
}

static kith_status add_everything(sheet *s, kith_error *err)
{
    for (size_t i = 0; i < s->scene->tie_count; i++)
        s->scene->ties[i].numbered = s->scene->ties[i].label[0] != '\0';
    kith_status status = kith_scene_legend(&s->legend, &s->legend_count, s->scene, err);

    for (size_t i = 0; status == KITH_OK && i < s->scene->node_count; i++)
        status = add_node(s, i, err);
    for (size_t i = 0; status == KITH_OK && i < s->scene->tie_count; i++)
        status = add_tie_label(s, i, err);
    if (status == KITH_OK)
        status = marks_add(s, err);
    if (status == KITH_OK)
        status = add_cluster_labels(s, err);
    if (status == KITH_OK)
        status = add_frame_words(s, err);
    if (status == KITH_OK)
        status = legend_add(s, err);
    return status;
}

static void measure_word(word *w)
{
    if (w->node != NULL) {
        w->box.width = ND_width(w->node) * 72;
        w->box.height = ND_height(w->node) * 72;
    }
}

static outline measured(Agnode_t *node)
{
    const polygon_t *polygon = ND_shape_info(node);
    outline o = { .width = ND_width(node) * 72, .height = ND_height(node) * 72 };

    if (polygon->sides > 2 && polygon->sides <= CORNERS) {
        const int outer =
            (polygon->peripheries > 1 ? polygon->peripheries - 1 : 0) * polygon->sides;
        o.corner_count = polygon->sides;
        for (int i = 0; i < polygon->sides; i++)
            o.corners[i] =
                (place){ polygon->vertices[outer + i].x, polygon->vertices[outer + i].y };
    }
    return o;
}

static const double printed = 0.01; /* of a length that was written with two decimals */

/* Sizes come from Graphviz itself, in a layout that moves nothing. */
static kith_status measure(sheet *s, kith_error *err)
{
    if (gvLayout(s->gvc, s->graph, "nop2") != 0)
        return kith_fail(err, KITH_INTERNAL, "Graphviz could not measure the texts: %s",
                         aglasterr() != NULL ? aglasterr() : "no reason given");
    for (size_t i = 0; i < s->scene->node_count; i++) {
        kith_scene_box *area = &s->scene->nodes[i].box;
        s->outlines[i] = measured(s->nodes[i]);
        s->grown[i] = area->placed && area->width > 0 &&
                      (s->outlines[i].width > area->width + printed ||
                       s->outlines[i].height > area->height + printed);
        area->width = s->outlines[i].width;
        area->height = s->outlines[i].height;
    }
    for (size_t i = 0; i < s->scene->tie_count; i++) {
        measure_word(&s->labels[i]);
        measure_word(&s->numbers[i]);
    }
    for (size_t i = 0; i < s->scene->cluster_count; i++)
        measure_word(&s->cluster_labels[i]);
    for (size_t i = 0; i < s->scene->mark_count; i++)
        measure_word(&s->marks[i]);
    marks_measure(s);
    for (size_t i = 0; i < s->legend_count; i++) {
        measure_word(&s->legend_texts[i]);
        measure_word(&s->legend_marks[i]);
    }
    measure_word(&s->title);
    measure_word(&s->header);
    measure_word(&s->footer);
    measure_word(&s->legend_title);
    gvFreeLayout(s->gvc, s->graph);
    return KITH_OK;
}

kith_status sheet_open(sheet *s, kith_scene *scene, long seed, kith_error *err)
{
    *s = (sheet){ .scene = scene, .style = kith_style_of(scene), .seed = seed };
    s->gvc = gvContext();
    s->graph = sheet_graph((char *)"kith");
    s->nodes = calloc(scene->node_count + 1, sizeof(Agnode_t *));
    s->outlines = calloc(scene->node_count + 1, sizeof *s->outlines);
    s->grown = calloc(scene->node_count + 1, sizeof *s->grown);
    s->labels = calloc(scene->tie_count + 1, sizeof *s->labels);
    s->numbers = calloc(scene->tie_count + 1, sizeof *s->numbers);
    s->curves = calloc(scene->tie_count + 1, sizeof *s->curves);
    s->bends = calloc(scene->tie_count + 1, sizeof *s->bends);
    s->bounds = calloc(scene->tie_count + 1, sizeof *s->bounds);
    s->points = calloc(scene->tie_count + 1, POINTS * sizeof *s->points);
    s->near = calloc(scene->node_count + scene->cluster_count + scene->tie_count + scene->mark_count + 1,
                     sizeof *s->near);
    s->near_ties = calloc(scene->tie_count + 1, sizeof *s->near_ties);
    s->marks = calloc(scene->mark_count + 1, sizeof *s->marks);
    s->cluster_boxes = calloc(scene->cluster_count + 1, sizeof *s->cluster_boxes);
    s->cluster_labels = calloc(scene->cluster_count + 1, sizeof *s->cluster_labels);
    if (s->gvc == NULL || s->graph == NULL || s->nodes == NULL || s->outlines == NULL || s->grown == NULL ||
        s->labels == NULL || s->numbers == NULL || s->curves == NULL || s->bends == NULL ||
        s->bounds == NULL || s->points == NULL || s->near == NULL || s->near_ties == NULL ||
        s->marks == NULL || s->cluster_boxes == NULL || s->cluster_labels == NULL)
        return kith_no_memory(err);
    add_defaults(s->graph);
    const kith_status status = add_everything(s, err);
    return status == KITH_OK ? measure(s, err) : status;
}

void sheet_close(sheet *s)
{
    if (s->graph != NULL)
        agclose(s->graph);
    if (s->gvc != NULL)
        gvFreeContext(s->gvc);
    free(s->nodes);
    free(s->outlines);
    free(s->grown);
    free(s->labels);
    free(s->numbers);
    free(s->curves);
    free(s->bends);
    free(s->bounds);
    free(s->points);
    free(s->near);
    free(s->near_ties);
    free(s->marks);
    free(s->cluster_boxes);
    free(s->cluster_labels);
    free(s->legend);
    free(s->legend_texts);
    free(s->legend_marks);
    *s = (sheet){ 0 };
}

rect node_box(const sheet *s, size_t node)
{
    const kith_scene_box *area = &s->scene->nodes[node].box;

    return (rect){ area->x, area->y, area->width, area->height };
}
