/* SPDX-License-Identifier: MIT */
/* marks.c: bars, lines and words of a chart, drawn where the scene puts them.
 *
 * Bars of risk are dark, of protection striped, others grey: a grey print tells them apart. */
#include <math.h>
#include <stdio.h>

#include "draw.h"

enum { STRIPE = 4, STRIPES_MAX = 60 };

static rect between(const kith_scene_mark *mark)
{
    return (rect){ (mark->x + mark->x2) / 2, (mark->y + mark->y2) / 2, fabs(mark->x2 - mark->x),
                   fabs(mark->y2 - mark->y) };
}

/* Colours side by side, as wide as a stripe each. */
static void add_stripes(kith_text *out, const char *fill, double width)
{
    int count = (int)(width / STRIPE);

    count = count < 2 ? 2 : count > STRIPES_MAX ? STRIPES_MAX : count;
    for (int i = 0; i < count; i++)
        kith_text_format(out, "%s%s", i > 0 ? ":" : "", i % 2 == 0 ? fill : "#d5f0e4");
}

kith_status style_bar(Agnode_t *node, const char *colour, kith_scene_tone tone, double width, kith_error *err)
{
    kith_text fill = { 0 };

    if (tone == KITH_DRAW_PROTECTIVE)
        add_stripes(&fill, colour, width);
    else
        kith_text_add(&fill, colour);
    sheet_set(node, "shape", "box");
    sheet_set(node, "style", tone == KITH_DRAW_PROTECTIVE ? "striped" : "filled");
    sheet_set(node, "fillcolor", kith_text_string(&fill));
    sheet_set(node, "class", "bar");
    sheet_set(node, "label", "");
    sheet_set(node, "fixedsize", "true");
    sheet_set(node, "penwidth", "0.6");
    sheet_set(node, "width", "0.5");
    sheet_set(node, "height", "0.2");
    const kith_status status = kith_text_status(&fill, err);
    kith_text_free(&fill);
    return status;
}

static kith_status add_bar(sheet *s, word *made, const char *name, const kith_scene_mark *mark,
                           kith_error *err)
{
    const rect area = between(mark);
    char inches[32];

    made->node = sheet_node(s, name, err);
    if (made->node == NULL)
        return KITH_NO_MEMORY;
    const kith_style_thing thing = kith_style_of_bar(mark->tone, s->scene->node_count > 0);
    const kith_status status =
        style_bar(made->node, kith_style_value(s->style, KITH_STYLE_FILL, &thing), mark->tone, area.width, err);
    sheet_set(made->node, "id", name);
    snprintf(inches, sizeof inches, "%.5f", fmax(area.width, 0.75) / 72);
    sheet_set(made->node, "width", inches);
    snprintf(inches, sizeof inches, "%.5f", fmax(area.height, 0.75) / 72);
    sheet_set(made->node, "height", inches);
    return status;
}

kith_status marks_add(sheet *s, kith_error *err)
{
    static const wrapping how = { 60, 4, "\\n" };
    static const char *const inks[] = { INK, RISK_INK, GOOD_INK };
    kith_status status = KITH_OK;
    char name[32];

    for (size_t i = 0; status == KITH_OK && i < s->scene->mark_count; i++) {
        const kith_scene_mark *mark = &s->scene->marks[i];
        snprintf(name, sizeof name, "_at%zu", i + 1);
        if (mark->shape == KITH_DRAW_BAR)
            status = add_bar(s, &s->marks[i], name, mark, err);
        if (mark->shape == KITH_DRAW_WORDS)
            status = sheet_word(s, &s->marks[i], name, mark->text, how, "10", err);
        if (status == KITH_OK && mark->shape == KITH_DRAW_WORDS)
            sheet_set(s->marks[i].node, "fontcolor", inks[mark->tone]);
    }
    return status;
}

void marks_measure(sheet *s)
{
    for (size_t i = 0; i < s->scene->mark_count; i++) {
        const kith_scene_mark *mark = &s->scene->marks[i];
        rect *area = &s->marks[i].box;
        if (mark->shape != KITH_DRAW_WORDS) {
            *area = between(mark);
            continue;
        }
        area->x = mark->x + (mark->align == KITH_DRAW_LEFT    ? area->width / 2
                             : mark->align == KITH_DRAW_RIGHT ? -area->width / 2
                                                              : 0);
        area->y = mark->y;
    }
}

rect mark_box(const sheet *s, size_t mark)
{
    return s->marks[mark].box;
}

static kith_status put_line(sheet *s, size_t index, kith_error *err)
{
    const kith_scene_mark *mark = &s->scene->marks[index];
    const kith_scene_tie like = { .line = mark->line, .tone = mark->tone, .arrow = mark->arrow, .label = mark->text };
    char name[32];

    snprintf(name, sizeof name, "_at%zu", index + 1);
    return sheet_line(s, name, (place){ mark->x, mark->y }, (place){ mark->x2, mark->y2 }, &like, "line",
                      err);
}

kith_status marks_put(sheet *s, kith_error *err)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < s->scene->mark_count; i++) {
        if (s->marks[i].node != NULL)
            put_place(s->marks[i].node, s->marks[i].box);
        else
            status = put_line(s, i, err);
    }
    return status;
}
