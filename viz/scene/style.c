/* SPDX-License-Identifier: MIT */
/* style.c: what the rules of a style decide.
 *
 * A rule asks with bits, one a word of its kind, and perhaps for a text. Kith's own style is a
 * file like any other, read once, into memory that is there from the start. */
#include "kith/style.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "style_data.h"

static const char *const kinds[] = { "node", "tie", "group", "bar" };

enum { WORDS = 12 };

static const char *const words[KITH_STYLE_KINDS][WORDS] = {
    { "child", "adult", "unknown_age", "place", "group", "object", "event", "focus", "emphasis" },
    { "dotted", "dashed", "solid", "neutral", "risk", "protective", "inferred", "arrow", "barred", "contested" },
    { NULL },
    { "neutral", "risk", "protective", "square" },
};

const char *kith_style_kind_word(kith_style_kind kind)
{
    return kinds[kind];
}

const char *kith_style_word(kith_style_kind kind, size_t bit)
{
    return bit < WORDS ? words[kind][bit] : NULL;
}

kith_style_thing kith_style_of_node(const kith_scene_node *node)
{
    return (kith_style_thing){ .kind = KITH_STYLE_NODE,
                               .facts = 1U << node->class | (node->focus ? KITH_STYLE_FOCUS : 0U) |
                                        (node->emphasis[0] != '\0' ? KITH_STYLE_EMPHASIS : 0U),
                               .node = node };
}

/* A condition is nothing but that: no word of a tie is true of it. */
kith_style_thing kith_style_of_tie(const kith_scene_tie *tie)
{
    const uint32_t facts = tie->barred ? KITH_STYLE_BARRED
                                       : 1U << tie->line | (uint32_t)KITH_STYLE_TONE << tie->tone |
                                             (tie->inferred ? KITH_STYLE_INFERRED : 0U) |
                                             (tie->arrow ? KITH_STYLE_ARROW : 0U);

    return (kith_style_thing){ .kind = KITH_STYLE_TIE,
                               .facts = facts | (tie->contested ? KITH_STYLE_CONTESTED : 0U),
                               .tie = tie };
}

kith_style_thing kith_style_of_bar(kith_scene_tone tone, bool square)
{
    return (kith_style_thing){ .kind = KITH_STYLE_BAR, .facts = 1U << tone | (square ? KITH_STYLE_SQUARE : 0U) };
}

kith_scene_tie kith_style_sample(const kith_style_rule *rule)
{
    static char nothing[] = "";
    kith_scene_tie tie = { .line = KITH_DRAW_SOLID, .label = nothing };

    for (int i = 0; i < 3; i++) {
        tie.line = (rule->must & 1U << i) != 0 ? (kith_scene_line)i : tie.line;
        tie.tone = (rule->must & (uint32_t)KITH_STYLE_TONE << i) != 0 ? (kith_scene_tone)i : tie.tone;
    }
    tie.inferred = (rule->must & KITH_STYLE_INFERRED) != 0;
    tie.arrow = (rule->must & KITH_STYLE_ARROW) != 0;
    tie.barred = (rule->must & KITH_STYLE_BARRED) != 0;
    tie.contested = (rule->must & KITH_STYLE_CONTESTED) != 0;
    if (tie.inferred || (tie.contested && tie.line == KITH_DRAW_SOLID))
        tie.line = tie.inferred ? KITH_DRAW_DOTTED : KITH_DRAW_DASHED;
    return tie;
}

/* Whether one of the lines is this text, but for a number in parentheses after it. */
static bool has_line(const char *lines, const char *text)
{
    const size_t size = strlen(text);

    while (*lines != '\0') {
        const size_t length = strcspn(lines, "\n");
        if (length >= size && memcmp(lines, text, size) == 0 &&
            (length == size || (length > size + 1 && lines[size] == ' ' && lines[size + 1] == '(')))
            return true;
        lines += length + (lines[length] == '\n');
    }
    return false;
}

/* A node says its badges and what stands below its name, and never its name. */
static bool says(const kith_style_thing *thing, const char *text)
{
    if (thing->tie != NULL)
        return has_line(thing->tie->label, text);
    if (thing->node == NULL)
        return false;
    const char *rest = strchr(thing->node->label, '\n');
    return (rest != NULL && has_line(rest + 1, text)) || has_line(thing->node->badges, text);
}

bool kith_style_fits(const kith_style_rule *rule, const kith_style_thing *thing)
{
    return rule->kind == thing->kind && (thing->facts & rule->must) == rule->must &&
           (thing->facts & rule->never) == 0 &&
           (rule->value[KITH_STYLE_SAYS] == NULL || says(thing, rule->value[KITH_STYLE_SAYS]));
}

const kith_style_rule *kith_style_decides(const kith_style *style, kith_style_key key,
                                          const kith_style_thing *thing)
{
    for (size_t i = 0; i < style->count; i++)
        if (style->rules[i].value[key] != NULL && kith_style_fits(&style->rules[i], thing))
            return &style->rules[i];
    return NULL;
}

const char *kith_style_value(const kith_style *style, kith_style_key key, const kith_style_thing *thing)
{
    const kith_style_rule *rule = kith_style_decides(style, key, thing);

    return rule != NULL ? rule->value[key] : "";
}

double kith_style_width(const kith_style *style, const kith_style_thing *thing)
{
    const kith_style_rule *rule = kith_style_decides(style, KITH_STYLE_WIDTH, thing);

    return rule != NULL ? rule->width : 1;
}

static kith_style own;
static pthread_once_t own_once = PTHREAD_ONCE_INIT;

static void read_own(void)
{
    kith_error err;

    if (kith_style_read(&own, "style.ini", kith_style_data[0].bytes, kith_style_data[0].size, &err) != KITH_OK)
        abort(); /* test_style reads it */
}

const kith_style *kith_style_own(void)
{
    pthread_once(&own_once, read_own);
    return &own;
}

const kith_style *kith_style_of(const kith_scene *scene)
{
    return scene->style != NULL ? scene->style : kith_style_own();
}

void kith_style_set(kith_scene *scene, const kith_style *style)
{
    kith_error err;

    free(scene->style);
    scene->style = style != NULL ? malloc(sizeof *style) : NULL;
    if (style != NULL && (scene->style == NULL || kith_style_read(scene->style, "style", style->source,
                                                                  strlen(style->source), &err) != KITH_OK))
        scene->failed = true;
}
