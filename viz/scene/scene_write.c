/* SPDX-License-Identifier: MIT */
/* scene_write.c: a scene as JSON, always in the same order and the same digits.
 *
 * Fields with nothing to say are left out, so that a scene reads like its picture; the
 * legend is written for other readers, and read over when the scene comes back, because
 * it is made from the scene itself. */
#include <math.h>
#include <stdlib.h>

#include "kith/style.h"

static void field(kith_text *out, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    kith_text_format(out, ", \"%s\": ", name);
    kith_text_add_json(out, value);
}

static void truth(kith_text *out, const char *name, bool value)
{
    if (value)
        kith_text_format(out, ", \"%s\": true", name);
}

/* Hundredths of a point, and no minus zero. */
static double rounded(double value)
{
    const double hundredths = round(value * 100);

    return hundredths == 0 ? 0 : hundredths / 100;
}

static void add_box(kith_text *out, const kith_scene_box *box)
{
    if (box->placed)
        kith_text_format(out, ", \"x\": %.2f, \"y\": %.2f", rounded(box->x), rounded(box->y));
    if (box->width > 0 || box->height > 0)
        kith_text_format(out, ", \"width\": %.2f, \"height\": %.2f", rounded(box->width),
                         rounded(box->height));
}

static void add_named_box(kith_text *out, const char *name, const kith_scene_box *box)
{
    if (box->placed)
        kith_text_format(
            out, ",\n \"%s\": {\"x\": %.2f, \"y\": %.2f, \"width\": %.2f, \"height\": %.2f}", name,
            rounded(box->x), rounded(box->y), rounded(box->width), rounded(box->height));
}

/* What only a page on a screen is told of a node. */
static void add_for_page(kith_text *out, const kith_scene_node *node)
{
    char latitude[KITH_NUMBER_SIZE], longitude[KITH_NUMBER_SIZE];

    if (node->beyond > 0)
        kith_text_format(out, ", \"beyond\": %zu", node->beyond);
    if (!node->located)
        return;
    kith_number_shortest(latitude, node->latitude);
    kith_number_shortest(longitude, node->longitude);
    kith_text_format(out, ", \"latitude\": %s, \"longitude\": %s", latitude, longitude);
}

static void add_node(kith_text *out, const kith_scene *scene, const kith_scene_node *node, bool page)
{
    kith_text_format(out, "{\"id\": \"%s\", \"class\": \"%s\"", node->id,
                     kith_scene_class_word(node->class));
    field(out, "label", node->label);
    field(out, "badges", node->badges);
    field(out, "emphasis", node->emphasis);
    truth(out, "focus", node->focus);
    if (node->cluster != KITH_NO_CLUSTER)
        field(out, "cluster", scene->clusters[node->cluster].id);
    truth(out, "pinned", node->pinned);
    field(out, "record", node->outside);
    add_box(out, &node->box);
    if (page)
        add_for_page(out, node);
    kith_text_add_char(out, '}');
}

static void add_tie(kith_text *out, const kith_scene *scene, size_t index, bool page)
{
    const kith_scene_tie *tie = &scene->ties[index];
    char weight[KITH_NUMBER_SIZE];

    kith_text_format(out, "{\"number\": %zu, \"from\": \"%s\", \"to\": \"%s\", \"line\": \"%s\"",
                     index + 1, scene->nodes[tie->from].id, scene->nodes[tie->to].id,
                     kith_scene_line_word(tie->line));
    if (tie->tone != KITH_DRAW_NEUTRAL)
        field(out, "tone", kith_scene_tone_word(tie->tone));
    truth(out, "inferred", tie->inferred);
    truth(out, "arrow", tie->arrow);
    truth(out, "barred", tie->barred);
    truth(out, "contested", tie->contested);
    field(out, "label", tie->label);
    field(out, "basis", tie->basis);
    if (tie->weight > 0) {
        kith_number_shortest(weight, tie->weight);
        kith_text_format(out, ", \"weight\": %s", weight);
    }
    truth(out, "numbered", tie->numbered);
    add_box(out, &tie->box);
    if (page && tie->about != NULL)
        kith_text_add(out, tie->about);
    kith_text_add_char(out, '}');
}

/* "mark" and "which": the kind of thing and the name of the style's rule, or the term. */
static void add_legend_row(kith_text *out, const kith_scene *scene, const kith_legend_row *row)
{
    static const char *const marks[] = { "node", "tie", "group", "bar", "term", "number" };

    kith_text_format(out, "{\"mark\": \"%s\"", marks[row->mark]);
    if (row->mark < KITH_MARK_TERM)
        field(out, "which", kith_style_of(scene)->rules[row->which].name);
    if (row->mark == KITH_MARK_TERM)
        field(out, "which", scene->terms[row->which].term);
    field(out, "text", row->text);
    kith_text_add_char(out, '}');
}

static void add_legend(kith_text *out, const kith_scene *scene)
{
    kith_legend_row *rows;
    size_t count;

    if (kith_scene_legend(&rows, &count, scene, NULL) != KITH_OK)
        out->failed = true;
    for (size_t i = 0; i < count; i++) {
        kith_text_add(out, i > 0 ? ",\n  " : "\n  ");
        add_legend_row(out, scene, &rows[i]);
    }
    free(rows);
}

static void add_clusters(kith_text *out, const kith_scene *scene)
{
    for (size_t i = 0; i < scene->cluster_count; i++) {
        kith_text_format(out, "%s{\"id\": \"%s\"", i > 0 ? ",\n  " : "\n  ", scene->clusters[i].id);
        field(out, "label", scene->clusters[i].label);
        add_box(out, &scene->clusters[i].box);
        kith_text_add_char(out, '}');
    }
}

/* Written only where there are any: maps have none. */
static void add_marks(kith_text *out, const kith_scene *scene)
{
    for (size_t i = 0; i < scene->mark_count; i++) {
        const kith_scene_mark *mark = &scene->marks[i];
        kith_text_format(out, "%s{\"mark\": \"%s\"", i > 0 ? ",\n  " : ",\n \"marks\": [\n  ",
                         kith_scene_shape_word(mark->shape));
        if (mark->tone != KITH_DRAW_NEUTRAL)
            field(out, "tone", kith_scene_tone_word(mark->tone));
        if (mark->shape == KITH_DRAW_RULE)
            field(out, "line", kith_scene_line_word(mark->line));
        truth(out, "arrow", mark->arrow);
        if (mark->align != KITH_DRAW_CENTRE)
            field(out, "align", kith_scene_align_word(mark->align));
        truth(out, "echo", mark->echo);
        kith_text_format(out, ", \"x\": %.2f, \"y\": %.2f", rounded(mark->x), rounded(mark->y));
        if (mark->shape != KITH_DRAW_WORDS)
            kith_text_format(out, ", \"x2\": %.2f, \"y2\": %.2f", rounded(mark->x2), rounded(mark->y2));
        field(out, "text", mark->text);
        kith_text_add(out, i + 1 < scene->mark_count ? "}" : "}]");
    }
}

static void add_terms(kith_text *out, const kith_scene *scene)
{
    for (size_t i = 0; i < scene->term_count; i++) {
        kith_text_add(out, i > 0 ? ",\n  {\"term\": " : "\n  {\"term\": ");
        kith_text_add_json(out, scene->terms[i].term);
        field(out, "meaning", scene->terms[i].meaning);
        kith_text_add_char(out, '}');
    }
}

static void add_top_field(kith_text *out, const char *name, const char *value)
{
    kith_text_format(out, ",\n \"%s\": ", name);
    kith_text_add_json(out, value != NULL ? value : "");
}

static void write_scene(kith_text *out, const kith_scene *scene, bool page)
{
    kith_text_add(out, "{\"kith_scene\": 1");
    add_top_field(out, "title", scene->title);
    add_top_field(out, "as_of", scene->as_of);
    add_top_field(out, "header", scene->header);
    add_top_field(out, "footer", scene->footer);
    if (scene->style != NULL)
        add_top_field(out, "style", scene->style->source);
    kith_text_add(out, ",\n \"clusters\": [");
    add_clusters(out, scene);
    kith_text_add(out, "],\n \"nodes\": [");
    for (size_t i = 0; i < scene->node_count; i++) {
        kith_text_add(out, i > 0 ? ",\n  " : "\n  ");
        add_node(out, scene, &scene->nodes[i], page);
    }
    kith_text_add(out, "],\n \"ties\": [");
    for (size_t i = 0; i < scene->tie_count; i++) {
        kith_text_add(out, i > 0 ? ",\n  " : "\n  ");
        add_tie(out, scene, i, page);
    }
    kith_text_add(out, "]");
    add_marks(out, scene);
    kith_text_add(out, ",\n \"terms\": [");
    add_terms(out, scene);
    kith_text_add(out, "],\n \"legend\": [");
    add_legend(out, scene);
    kith_text_add(out, "]");
    add_named_box(out, "page", &scene->page);
    add_named_box(out, "header_box", &scene->header_box);
    add_named_box(out, "legend_box", &scene->legend_box);
    add_named_box(out, "footer_box", &scene->footer_box);
    kith_text_add(out, "}\n");
    if (scene->failed)
        out->failed = true;
}

void kith_scene_write(kith_text *out, const kith_scene *scene)
{
    write_scene(out, scene, false);
}

void kith_scene_write_page(kith_text *out, const kith_scene *scene)
{
    write_scene(out, scene, true);
}
