/* SPDX-License-Identifier: MIT */
/* render.c: the places go into the graph, and Graphviz writes the file.
 *
 * The graph says layout=nop2 and holds every place, so the DOT redraws as it is with
 * plain `dot`. */
#include "draw.h"

#include <gvc.h>

#include <string.h>

enum { ARROW = 8, BAR = 5, MARK_LINE = 46 };

void put_place(Agnode_t *node, rect area)
{
    char text[64];

    snprintf(text, sizeof text, "%.2f,%.2f", area.x, area.y);
    sheet_set(node, "pos", text);
}

static void put_word(sheet *s, word *w, bool shown)
{
    if (w->node == NULL)
        return;
    if (shown) {
        put_place(w->node, w->box);
    } else {
        agdelete(s->graph, w->node);
        w->node = NULL;
    }
}

static void put_frame(Agraph_t *cluster, rect area, const char *fill, const char *pen)
{
    char text[128];

    snprintf(text, sizeof text, "%.2f,%.2f,%.2f,%.2f", area.x - area.width / 2,
             area.y - area.height / 2, area.x + area.width / 2, area.y + area.height / 2);
    sheet_set(cluster, "bb", text);
    sheet_set(cluster, "style", "rounded,filled");
    sheet_set(cluster, "fillcolor", fill);
    sheet_set(cluster, "color", pen);
}

static const char *cluster_fill(const sheet *s)
{
    const kith_style_thing group = { .kind = KITH_STYLE_GROUP };

    return kith_style_value(s->style, KITH_STYLE_FILL, &group);
}

static void put_curve(Agedge_t *edge, const curve *c, bool start, bool end)
{
    kith_text text = { 0 };
    const bool barred = start;
    const curve line = curve_shortened(c, start ? BAR : 0, end ? barred ? BAR : ARROW : 0);

    if (start)
        kith_text_format(&text, "s,%.2f,%.2f ", c->p[0].x, c->p[0].y);
    if (end)
        kith_text_format(&text, "e,%.2f,%.2f ", c->p[3].x, c->p[3].y);
    for (int i = 0; i < 4; i++)
        kith_text_format(&text, "%s%.2f,%.2f", i > 0 ? " " : "", line.p[i].x, line.p[i].y);
    sheet_set(edge, "pos", kith_text_string(&text));
    kith_text_free(&text);
}

static kith_status put_tie(sheet *s, size_t index, kith_error *err)
{
    const kith_scene_tie *tie = &s->scene->ties[index];
    char name[32];

    snprintf(name, sizeof name, "_tie%zu", index + 1);
    Agedge_t *edge = agedge(s->graph, s->nodes[tie->from], s->nodes[tie->to], name, 1);
    if (edge == NULL)
        return kith_no_memory(err);
    sheet_set(edge, "id", name);
    style_tie(edge, s->style, tie);
    /* An undirected graph may hand an edge out from its other end. */
    curve c = s->curves[index];
    if (agtail(edge) != s->nodes[tie->from])
        c = (curve){ { c.p[3], c.p[2], c.p[1], c.p[0] } };
    put_curve(edge, &c, tie->barred, tie->barred || tie->arrow);
    const rect at = { tie->box.x, tie->box.y, tie->box.width, tie->box.height };
    s->labels[index].box = s->numbers[index].box = at;
    put_word(s, &s->labels[index], tie->box.placed && !tie->numbered);
    put_word(s, &s->numbers[index], tie->box.placed && tie->numbered);
    return KITH_OK;
}

/* Cluster labels were nodes to be measured; in the drawing they belong to their cluster. */
static void put_cluster_label(sheet *s, Agraph_t *cluster, word *label)
{
    char text[64];

    if (label->node == NULL)
        return;
    snprintf(text, sizeof text, "%.2f,%.2f", label->box.x, label->box.y);
    sheet_set(cluster, "label", agget(label->node, "label"));
    sheet_set(cluster, "lp", text);
    sheet_set(cluster, "fontsize", agget(label->node, "fontsize"));
    agdelete(s->graph, label->node);
    label->node = NULL;
}

static kith_status put_clusters(sheet *s, kith_error *err)
{
    char name[64];

    for (size_t i = 0; i < s->scene->cluster_count; i++) {
        if (s->cluster_boxes[i].width <= 0) {
            put_word(s, &s->cluster_labels[i], false);
            continue;
        }
        snprintf(name, sizeof name, "cluster_%s", s->scene->clusters[i].id);
        Agraph_t *cluster = agsubg(s->graph, name, 1);
        if (cluster == NULL)
            return kith_no_memory(err);
        for (size_t n = 0; n < s->scene->node_count; n++)
            if (s->scene->nodes[n].cluster == i)
                agsubnode(cluster, s->nodes[n], 1);
        sheet_set(cluster, "id", s->scene->clusters[i].id);
        put_frame(cluster, s->cluster_boxes[i], cluster_fill(s), "#767676");
        put_cluster_label(s, cluster, &s->cluster_labels[i]);
    }
    return KITH_OK;
}

kith_status sheet_line(sheet *s, const char *name, place from, place to, const kith_scene_tie *like,
                       const char *class, kith_error *err)
{
    const place points[2] = { from, to };
    Agnode_t *ends[2];
    char end[40];

    for (int i = 0; i < 2; i++) {
        snprintf(end, sizeof end, "%s%c", name, 'a' + i);
        ends[i] = sheet_node(s, end, err);
        if (ends[i] == NULL)
            return KITH_NO_MEMORY;
        sheet_set(ends[i], "shape", "point");
        sheet_set(ends[i], "style", "invis");
        sheet_set(ends[i], "width", "0.01");
        put_place(ends[i], (rect){ points[i].x, points[i].y, 0, 0 });
    }
    Agedge_t *edge = agedge(s->graph, ends[0], ends[1], (char *)name, 1);
    if (edge == NULL)
        return kith_no_memory(err);
    style_tie(edge, s->style, like);
    sheet_set(edge, "id", name);
    sheet_set(edge, "class", class);
    const double dx = (to.x - from.x) / 3, dy = (to.y - from.y) / 3;
    const curve c = { { from, { from.x + dx, from.y + dy }, { to.x - dx, to.y - dy }, to } };
    put_curve(edge, &c, like->barred, like->barred || like->arrow);
    return KITH_OK;
}

static kith_status put_mark_line(sheet *s, size_t row, kith_error *err)
{
    const kith_style_rule *rule = &s->style->rules[s->legend[row].which];
    const kith_scene_tie like = rule->value[KITH_STYLE_SAYS] != NULL ? s->scene->ties[s->legend[row].like]
                                                                     : kith_style_sample(rule);
    const rect at = s->legend_marks[row].box;
    char name[32];

    snprintf(name, sizeof name, "_line%zu", row + 1);
    return sheet_line(s, name, (place){ at.x - MARK_LINE / 2.0, at.y },
                      (place){ at.x + MARK_LINE / 2.0, at.y }, &like, "mark", err);
}

static kith_status put_mark(sheet *s, Agraph_t *legend, size_t row, kith_error *err)
{
    const kith_legend_mark mark = s->legend[row].mark;

    if (s->legend_marks[row].node != NULL) {
        put_place(s->legend_marks[row].node, s->legend_marks[row].box);
        return KITH_OK;
    }
    if (mark != KITH_MARK_CLUSTER)
        return put_mark_line(s, row, err);
    Agraph_t *sample = agsubg(legend, "cluster__sample", 1);
    if (sample == NULL)
        return kith_no_memory(err);
    rect area = s->legend_marks[row].box;
    area.width = 36;
    area.height = 16;
    put_frame(sample, area, cluster_fill(s), "#767676");
    sheet_set(sample, "id", "_sample");
    return KITH_OK;
}

static kith_status put_legend(sheet *s, kith_error *err)
{
    kith_status status = KITH_OK;

    if (s->legend_count == 0)
        return KITH_OK;
    Agraph_t *legend = agsubg(s->graph, "cluster__legend", 1);
    if (legend == NULL)
        return kith_no_memory(err);
    put_frame(legend, s->legend_box, "white", "#767676");
    sheet_set(legend, "id", "_legend_frame");
    put_word(s, &s->legend_title, true);
    agsubnode(legend, s->legend_title.node, 1);
    for (size_t i = 0; status == KITH_OK && i < s->legend_count; i++) {
        put_word(s, &s->legend_texts[i], true);
        agsubnode(legend, s->legend_texts[i].node, 1);
        status = put_mark(s, legend, i, err);
    }
    return status;
}

static kith_status put_everything(sheet *s, kith_error *err)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; i < s->scene->node_count; i++)
        put_place(s->nodes[i], node_box(s, i));
    for (size_t i = 0; status == KITH_OK && i < s->scene->tie_count; i++)
        status = put_tie(s, i, err);
    if (status == KITH_OK)
        status = marks_put(s, err);
    if (status == KITH_OK)
        status = put_clusters(s, err);
    if (status == KITH_OK)
        status = put_legend(s, err);
    put_word(s, &s->title, true);
    put_word(s, &s->header, true);
    put_word(s, &s->footer, true);
    return status;
}

static kith_status put_out(const char *bytes, size_t size, FILE *out, kith_error *err)
{
    if (fwrite(bytes, 1, size, out) != size || fflush(out) != 0)
        return kith_fail(err, KITH_IO, "the picture could not be written; is the disk full?");
    return KITH_OK;
}

static kith_status finish(sheet *s, const char *format, char *bytes, size_t size, FILE *out,
                          kith_error *err)
{
    kith_text svg = { 0 };

    if (strcmp(format, "pdf") == 0)
        pdf_redate(bytes, size, s->scene->as_of);
    if (strcmp(format, "svg") != 0)
        return put_out(bytes, size, out, err);
    kith_status status = svg_retitled(&svg, s, bytes, size, err);
    if (status == KITH_OK)
        status = put_out(svg.data, svg.size, out, err);
    kith_text_free(&svg);
    return status;
}

kith_status sheet_render(sheet *s, const char *format, int dpi, FILE *out, kith_error *err)
{
    char *bytes = NULL, text[32];
    unsigned size = 0;

    kith_status status = put_everything(s, err);
    if (status != KITH_OK)
        return status;
    snprintf(text, sizeof text, "%d", dpi);
    if (strcmp(format, "png") == 0)
        agattr(s->graph, AGRAPH, "dpi", text);
    if (gvLayout(s->gvc, s->graph, "nop2") != 0 ||
        gvRenderData(s->gvc, s->graph, format, &bytes, &size) != 0)
        status = kith_fail(err, KITH_INTERNAL, "Graphviz could not write %s: %s", format,
                           aglasterr() != NULL ? aglasterr() : "no reason given");
    else
        status = finish(s, format, bytes, size, out, err);
    if (bytes != NULL)
        gvFreeRenderData(bytes);
    gvFreeLayout(s->gvc, s->graph);
    return status;
}
