/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh_chart.c: five contexts, what risk and what strength each holds, and what drives what.
 *
 * Contexts stand in their fixed order, so that nothing is ranked. An arrow leaves the context
 * that is said to drive and ends at the one that is driven; each has a lane of its own to the
 * right of the bars. */
#include <stdio.h>

#include "kith/chart.h"
#include "kith/frame.h"

enum { CONTEXTS = KITH_CONTEXT_COUNT };
enum { ROW = 58, BAR = 14, FULL = 190, LANES = FULL + 52, LANE = 30 };

typedef struct chart {
    kith_scene *scene;
    const kith_contexts *contexts;
    const kith_weigh *weigh;
} chart;

static double y_of(int context)
{
    return -(double)ROW * context;
}

static void add_words(const chart *c, double x, double y, kith_scene_align align, const char *text)
{
    kith_scene_add_mark(c->scene, &(kith_scene_mark){ .shape = KITH_DRAW_WORDS, .align = align, .x = x,
                                                      .y = y, .text = (char *)text });
}

/* A bar with its number; none for 0. */
static void add_bar(const chart *c, int context, double y, double value, kith_scene_tone tone)
{
    const char *what = tone == KITH_DRAW_RISK ? "risk" : "protective";
    char text[64];

    snprintf(text, sizeof text, "%s: %s %.2f", kith_context_name[context], what, value);
    if (value > 0)
        kith_scene_add_mark(c->scene, &(kith_scene_mark){ .shape = KITH_DRAW_BAR, .tone = tone, .x = 0,
                                                          .y = y, .x2 = FULL * value, .y2 = y + BAR,
                                                          .text = text });
    if (value > 0)
        snprintf(text, sizeof text, "%.2f", value);
    else
        snprintf(text, sizeof text, "no %s recorded", tone == KITH_DRAW_RISK ? "risk" : "strength");
    add_words(c, FULL * value + 5, y + BAR / 2.0, KITH_DRAW_LEFT, text);
}

static void add_context(const chart *c, int context)
{
    const kith_context_weight *weight = &c->weigh->contexts[context];
    const double y = y_of(context);
    char text[96];

    if (weight->items == 0)
        snprintf(text, sizeof text, "%s", kith_context_name[context]);
    else if (weight->share == weight->share) /* there is a share */
        snprintf(text, sizeof text, "%s  %.1f %%\n%zu item%s", kith_context_name[context],
                 100 * weight->share, weight->items, weight->items == 1 ? "" : "s");
    else
        snprintf(text, sizeof text, "%s\n%zu item%s", kith_context_name[context], weight->items,
                 weight->items == 1 ? "" : "s");
    add_words(c, -10, y, KITH_DRAW_RIGHT, text);
    if (weight->items == 0) {
        add_words(c, 5, y, KITH_DRAW_LEFT, "nothing recorded");
        return;
    }
    add_bar(c, context, y + 2, weight->risk, KITH_DRAW_RISK);
    add_bar(c, context, y - 2 - BAR, weight->protective, KITH_DRAW_PROTECTIVE);
}

static void add_line(const chart *c, double x, double y, double x2, double y2, kith_scene_line line,
                     bool arrow, const char *text)
{
    kith_scene_add_mark(c->scene, &(kith_scene_mark){ .shape = KITH_DRAW_RULE, .line = line,
                                                      .arrow = arrow, .x = x, .y = y, .x2 = x2,
                                                      .y2 = y2, .text = (char *)text });
}

/* The style of the best item that says so, as of a tie. */
static kith_scene_line line_of(const chart *c, int from, int to)
{
    static const kith_scene_line lines[] = { [KITH_DOTTED] = KITH_DRAW_DOTTED,
                                             [KITH_DASHED] = KITH_DRAW_DASHED,
                                             [KITH_SOLID] = KITH_DRAW_SOLID };
    kith_line best = KITH_DOTTED;

    for (size_t i = 0; i < c->weigh->part_count; i++) {
        const kith_weigh_part *part = &c->weigh->parts[i];
        const kith_item *item = &c->contexts->items[part->item];
        if (item->kind != KITH_ITEM_DRIVES || part->context != from || part->to != to)
            continue;
        const kith_line line = kith_line_of(item->grade);
        best = line > best ? line : best;
    }
    return lines[best];
}

/* Out of the driving row, along its lane, and into the driven one a little beside its middle. */
static void add_drive(const chart *c, int from, int to, int lane)
{
    const double x = LANES + LANE * (lane + 0.5), aside = 2.0 + 3 * lane;
    const double y = y_of(from) + (from < to ? -aside : aside);
    const double y2 = y_of(to) + (from < to ? aside : -aside);
    const kith_scene_line line = line_of(c, from, to);
    char text[128];

    snprintf(text, sizeof text, "%s is said to drive %s: %.2f of its weight moves",
             kith_context_name[from], kith_context_name[to], c->weigh->moved[from][to]);
    add_line(c, LANES - 8, y, x, y, line, false, text);
    add_line(c, x, y, x, y2, line, false, "");
    add_line(c, x, y2, LANES - 8, y2, line, true, "");
    snprintf(text, sizeof text, "%.2f", c->weigh->moved[from][to]);
    add_words(c, x + 3, (y + y2) / 2, KITH_DRAW_LEFT, text);
}

static int add_drives(const chart *c)
{
    int lanes = 0;

    for (int from = 0; from < CONTEXTS; from++)
        for (int to = 0; to < CONTEXTS; to++)
            if (from != to && c->weigh->interplay[from][to] > 0)
                add_drive(c, from, to, lanes++);
    return lanes;
}

static void say_verdict(kith_text *out, const kith_weigh *weigh, const kith_weigh *entered)
{
    if (weigh->lead < 0)
        kith_text_add(out, "No context leads.");
    else
        kith_text_format(out, "Lead: %s (%s).", kith_context_name[weigh->lead],
                         kith_contexts_clear(weigh, entered) ? "clear lead" : "no clear lead, discuss");
    if (entered != NULL && entered->lead >= 0)
        kith_text_format(out, " Of what was entered alone: %s.", kith_context_name[entered->lead]);
}

static void set_frame(const chart *c, const kith_weigh *entered, const kith_subject *subject,
                      const kith_view *view, int lanes)
{
    char title[96];
    kith_text header = { 0 }, footer = { 0 };

    if (subject->kind == KITH_PERSON && subject->count == 1)
        snprintf(title, sizeof title, "Context weighting: a person");
    else
        snprintf(title, sizeof title, "Context weighting: a %s, %zu people",
                 subject->row == 0                  ? "list"
                 : subject->kind == KITH_LOCATION ? "place"
                                                    : "group",
                 subject->count);
    say_verdict(&header, c->weigh, entered);
    if (lanes > 0)
        kith_text_add(&footer, "Arrows: one context is said to drive another, which is an opinion; the number is "
                               "the weight that moves back to it.\nSolid: graded 1A or 1B; dashed: 1C, 2A or 2B; "
                               "dotted: other grades, or ungraded.\n");
    kith_text_add(&footer, "A prompt for discussion, not validated; not a prediction, a threshold or a comparison "
                           "between children. Nothing recorded is not zero.");
    kith_scene_set_frame(c->scene, view, &(kith_frame){ .title = title, .names = "none",
                                                        .span = view->since == INT32_MIN
                                                                    ? "Items fade by their half-lives."
                                                                    : NULL,
                                                        .header = kith_text_string(&header),
                                                        .footer = kith_text_string(&footer) });
    c->scene->failed = c->scene->failed || header.failed || footer.failed;
    kith_text_free(&header);
    kith_text_free(&footer);
}

kith_status kith_weigh_scene(kith_scene *scene, const kith_contexts *contexts, const kith_weigh *weigh,
                             const kith_weigh *entered, const kith_subject *subject,
                             const kith_view *view, kith_error *err)
{
    const chart c = { scene, contexts, weigh };

    *scene = (kith_scene){ 0 };
    for (int context = 0; context < CONTEXTS; context++)
        add_context(&c, context);
    add_line(&c, 0, y_of(0) + BAR + 8, 0, y_of(CONTEXTS - 1) - BAR - 8, KITH_DRAW_SOLID, false, "");
    const int lanes = add_drives(&c);
    set_frame(&c, entered, subject, view, lanes);
    const kith_status status = kith_scene_status(scene, err);
    if (status != KITH_OK)
        kith_scene_free(scene);
    return status;
}
