/* SPDX-License-Identifier: MIT */
/* samples.c: the legend: a row of words for each rule that was used, and a sample beside it. */
#include "draw.h"

#include <stdio.h>
#include <stdlib.h>

/* What a rule of nodes fits, and no more: of the class that it asks for, or of one that it fitted. */
static kith_scene_node legend_node(const sheet *s, const kith_legend_row *row)
{
    const kith_style_rule *rule = &s->style->rules[row->which];
    const kith_scene_node *like = &s->scene->nodes[row->like];
    const bool says = rule->value[KITH_STYLE_SAYS] != NULL;
    const uint32_t must = rule->must;
    static char nothing[] = "", something[] = "x";

    return (kith_scene_node){ .class = like->class,
                              .label = says ? like->label : nothing,
                              .badges = says ? like->badges : nothing,
                              .emphasis = (must & KITH_STYLE_EMPHASIS) != 0 ? something : nothing,
                              .focus = (must & KITH_STYLE_FOCUS) != 0 };
}

static kith_status legend_bar(Agnode_t *node, const kith_style_rule *rule, kith_error *err)
{
    const kith_scene_tone tone = (rule->must & 1U << KITH_DRAW_RISK) != 0 ? KITH_DRAW_RISK
                                 : (rule->must & 1U << KITH_DRAW_PROTECTIVE) != 0 ? KITH_DRAW_PROTECTIVE
                                                         : KITH_DRAW_NEUTRAL;
    const kith_status status = style_bar(node, rule->value[KITH_STYLE_FILL], tone, 36, err);

    sheet_set(node, "class", "mark");
    return status;
}

/* The sample beside a row: a small node, a short line between two points, or a term. */
static kith_status add_legend_mark(sheet *s, size_t index, kith_error *err)
{
    static const wrapping how = { 16, 2, "\\l" };
    const kith_legend_row *row = &s->legend[index];
    word *mark = &s->legend_marks[index];
    char name[32];

    snprintf(name, sizeof name, "_mark%zu", index + 1);
    if (row->mark == KITH_MARK_TERM)
        return sheet_word(s, mark, name, s->scene->terms[row->which].term, how, "9", err);
    if (row->mark == KITH_MARK_NUMBER)
        return sheet_word(s, mark, name, "12", how, "9", err);
    if (row->mark == KITH_MARK_CLUSTER || row->mark == KITH_MARK_TIE)
        return KITH_OK;
    mark->node = sheet_node(s, name, err);
    if (mark->node == NULL)
        return KITH_NO_MEMORY;
    if (row->mark == KITH_MARK_BAR)
        return legend_bar(mark->node, &s->style->rules[row->which], err);
    const kith_scene_node sample = legend_node(s, row);
    style_node(mark->node, s->style, &sample);
    sheet_set(mark->node, "class", "mark");
    sheet_set(mark->node, "label", "");
    sheet_set(mark->node, "fixedsize", "true");
    sheet_set(mark->node, "width", "0.5");
    sheet_set(mark->node, "height", "0.3");
    return KITH_OK;
}

kith_status legend_add(sheet *s, kith_error *err)
{
    static const wrapping how = { 40, 3, "\\l" };
    kith_status status = KITH_OK;
    char name[32];

    s->legend_texts = calloc(s->legend_count + 1, sizeof *s->legend_texts);
    s->legend_marks = calloc(s->legend_count + 1, sizeof *s->legend_marks);
    if (s->legend_texts == NULL || s->legend_marks == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; status == KITH_OK && i < s->legend_count; i++) {
        snprintf(name, sizeof name, "_row%zu", i + 1);
        status = sheet_word(s, &s->legend_texts[i], name, s->legend[i].text, how, "10", err);
        if (status == KITH_OK)
            status = add_legend_mark(s, i, err);
    }
    return status;
}
