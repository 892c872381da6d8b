/* SPDX-License-Identifier: MIT */
/* style_check.c: what a style may not say.
 *
 * Each rule is judged by itself, so that the fault has a line; then every combination of words that
 * a tie or a node can have is asked for its look, so that nothing is left without one. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "style_private.h"

#define INK "#1a1a1a" /* of words on what is filled */

static const double readable = 4.5, apart = 3, thick = 2, thin = 1.8;

enum { CLASSES = (1 << KITH_DRAW_CLASSES) - 1 };
enum { PEOPLE = 1 << KITH_DRAW_CHILD | 1 << KITH_DRAW_ADULT | 1 << KITH_DRAW_UNKNOWN_AGE };
enum { MAYBE_CHILD = 1 << KITH_DRAW_CHILD | 1 << KITH_DRAW_UNKNOWN_AGE };
enum { LINES = 7, TONES = 7 * KITH_STYLE_TONE };
enum { RISK = KITH_STYLE_TONE << KITH_DRAW_RISK, PROTECTIVE = KITH_STYLE_TONE << KITH_DRAW_PROTECTIVE };

typedef struct check {
    const kith_style *style;
    const kith_style_rule *rule;
    const char *name;
    kith_error *err;
} check;

kith_status style_refuse(kith_error *err, const char *name, int line, const char *format, ...)
{
    char sentence[600];
    va_list args;

    va_start(args, format);
    kith_vsentence(sentence, sizeof sentence, format, args);
    va_end(args);
    return kith_fail(err, KITH_INPUT, "%.200s:%d: %s", name, line, sentence);
}

/* Refuses a property of the rule, or the rule when it does not have it. */
#define REFUSE(c, key, ...)                                                                                     \
    style_refuse((c)->err, (c)->name, (c)->rule->value[key] != NULL ? (c)->rule->lines[key] : (c)->rule->line, \
                 __VA_ARGS__)

/* Relative luminance as WCAG 2.1 defines it. */
static double luminance(const char *colour)
{
    static const double shares[] = { 0.2126, 0.7152, 0.0722 };
    const unsigned long rgb = strtoul(colour + 1, NULL, 16);
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        const double value = (double)(rgb >> (16 - 8 * i) & 0xFF) / 255;
        sum += shares[i] * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(const char *one, const char *other)
{
    const double a = luminance(one), b = luminance(other);

    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static bool only_one(uint32_t bits)
{
    return bits != 0 && (bits & (bits - 1)) == 0;
}

/* Words that exclude each other. */
static kith_status check_when(check *c)
{
    const uint32_t must = c->rule->must;
    bool never = (must & c->rule->never) != 0;

    if (c->rule->kind == KITH_STYLE_NODE)
        never = never || ((must & CLASSES) != 0 && !only_one(must & CLASSES));
    if (c->rule->kind == KITH_STYLE_BAR)
        never = never || ((must & 7) != 0 && !only_one(must & 7));
    if (c->rule->kind == KITH_STYLE_TIE)
        never = never || ((must & LINES) != 0 && !only_one(must & LINES)) ||
                ((must & TONES) != 0 && !only_one(must & TONES)) ||
                ((must & KITH_STYLE_BARRED) != 0 && (must & (LINES | TONES | KITH_STYLE_INFERRED | KITH_STYLE_ARROW)) != 0) ||
                ((must & (KITH_STYLE_INFERRED | KITH_STYLE_CONTESTED)) != 0 && (must & 1 << KITH_DRAW_SOLID) != 0) ||
                ((must & KITH_STYLE_INFERRED) != 0 && (must & (1 << KITH_DRAW_DASHED | KITH_STYLE_ARROW)) != 0);
    if (never)
        return REFUSE(c, KITH_STYLE_WHEN,
                      "nothing can be all of \"%s\"; inferred and contested are never solid, a condition is no tie",
                      c->rule->value[KITH_STYLE_WHEN]);
    return KITH_OK;
}

/* Who may be a child is told by age alone, and by marks in brackets as [LAC]: never by a role. */
static kith_status check_says(check *c)
{
    const char *text = c->rule->value[KITH_STYLE_SAYS];
    const uint32_t classes = c->rule->must & CLASSES;

    if (text == NULL || c->rule->kind != KITH_STYLE_NODE || text[0] == '[' ||
        (classes != 0 && (classes & MAYBE_CHILD) == 0))
        return KITH_OK;
    return REFUSE(c, KITH_STYLE_SAYS,
                  "a child is not drawn by what is said of them; name another class in `when`, or a flag as [LAC]");
}

static kith_status check_shape(check *c)
{
    static const char *const shapes[] = { "ellipse", "box",     "octagon",  "house",     "tab",       "hexagon",
                                          "note",    "folder",  "component", "box3d",    "diamond",   "pentagon",
                                          "septagon", "invhouse", "trapezium", "parallelogram" };
    const char *shape = c->rule->value[KITH_STYLE_SHAPE];
    const uint32_t classes = c->rule->must & CLASSES;
    bool known = false;

    if (shape == NULL)
        return KITH_OK;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        known = known || strcmp(shape, shapes[i]) == 0;
    if (!known)
        return REFUSE(c, KITH_STYLE_SHAPE, "shape is \"%.40s\", which is none; docs/style.md lists them", shape);
    if (classes == 0 || ((classes & PEOPLE) != 0 && (c->rule->must != classes || c->rule->never != 0 ||
                                                     c->rule->value[KITH_STYLE_SAYS] != NULL)))
        return REFUSE(c, KITH_STYLE_SHAPE,
                      "a shape tells what a thing is, and a person's tells nothing else; write `when = child` "
                      "(or another class) and no more");
    for (size_t i = 0; i < c->style->count; i++) {
        const kith_style_rule *other = &c->style->rules[i];
        if (other->value[KITH_STYLE_SHAPE] != NULL && strcmp(other->value[KITH_STYLE_SHAPE], shape) == 0 &&
            (other->must & CLASSES) != classes)
            return REFUSE(c, KITH_STYLE_SHAPE, "%s is the shape of another class, at line %d; each has its own",
                          shape, other->lines[KITH_STYLE_SHAPE]);
    }
    return KITH_OK;
}

static kith_status check_outline(check *c)
{
    const char *outline = c->rule->value[KITH_STYLE_OUTLINE];

    if (outline == NULL || strcmp(outline, "plain") == 0 || strcmp(outline, "heavy") == 0 || strcmp(outline, "double") == 0)
        return KITH_OK;
    return REFUSE(c, KITH_STYLE_OUTLINE, "outline is \"%.40s\"; plain, heavy or double is expected", outline);
}

static kith_status check_colours(check *c)
{
    const char *fill = c->rule->value[KITH_STYLE_FILL], *ink = c->rule->value[KITH_STYLE_INK];

    if (fill != NULL && c->rule->kind != KITH_STYLE_BAR && contrast(fill, INK) < readable)
        return REFUSE(c, KITH_STYLE_FILL, "words on %s have a contrast of %.1f; at least 4.5 is needed, so take a "
                      "lighter colour", fill, contrast(fill, INK));
    if (ink != NULL && contrast(ink, "#ffffff") < readable)
        return REFUSE(c, KITH_STYLE_INK, "words in %s on white have a contrast of %.1f; at least 4.5 is needed, so "
                      "take a darker colour", ink, contrast(ink, "#ffffff"));
    return KITH_OK;
}

/* A line is as solid as its record, and nothing else makes it so. */
static kith_status check_line(check *c)
{
    const char *line = c->rule->value[KITH_STYLE_LINE];

    for (size_t i = 0; line != NULL && i < 3; i++) {
        const uint32_t wanted = i == KITH_DRAW_DOTTED && (c->rule->must & KITH_STYLE_INFERRED) != 0 ? KITH_STYLE_INFERRED : 1U << i;
        if (strcmp(line, kith_style_word(KITH_STYLE_TIE, i)) != 0)
            continue;
        if (c->rule->must == wanted && (c->rule->never & ~(uint32_t)KITH_STYLE_INFERRED) == 0 && c->rule->value[KITH_STYLE_SAYS] == NULL)
            return KITH_OK;
        return REFUSE(c, KITH_STYLE_LINE, "a line is %s only when its record is graded so; write `when = %s` and no more, "
                      "or leave out line", line, line);
    }
    return line == NULL ? KITH_OK
                        : REFUSE(c, KITH_STYLE_LINE, "line is \"%.40s\"; solid, dashed or dotted is expected", line);
}

/* Whether a rule above this one makes every tie of risk thick. */
static bool risk_is_thick(const check *c)
{
    for (const kith_style_rule *rule = c->style->rules; rule < c->rule; rule++)
        if (rule->kind == KITH_STYLE_TIE && rule->must == RISK && (rule->never & ~(uint32_t)KITH_STYLE_INFERRED) == 0 &&
            rule->value[KITH_STYLE_SAYS] == NULL && rule->value[KITH_STYLE_WIDTH] != NULL)
            return true;
    return false;
}

/* Thick is a recorded risk, in every style. */
static kith_status check_width(check *c)
{
    const uint32_t must = c->rule->must;

    if (c->rule->value[KITH_STYLE_WIDTH] == NULL || (must & KITH_STYLE_BARRED) != 0)
        return KITH_OK;
    if ((must & RISK) != 0 && c->rule->width < thick)
        return REFUSE(c, KITH_STYLE_WIDTH, "a recorded risk is a thick line; 2 points or more are expected");
    if ((must & RISK) == 0 && c->rule->width > thin)
        return REFUSE(c, KITH_STYLE_WIDTH, "a thick line says that a risk is recorded; at most 1.8 points are for "
                      "other ties");
    if ((must & (TONES | KITH_STYLE_INFERRED)) == 0 && (c->rule->never & RISK) == 0 && !risk_is_thick(c))
        return REFUSE(c, KITH_STYLE_WIDTH, "a tie of risk takes its width from here, and a risk is thick; put the rule "
                      "below the one of `when = risk`, or add `not risk`");
    return KITH_OK;
}

static bool has_word(const char *text, const char *word)
{
    const size_t size = strlen(word);

    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (i < size && (text[i] == word[i] || (text[i] >= 'A' && text[i] <= 'Z' && text[i] + 32 == word[i])))
            i++;
        if (i == size)
            return true;
    }
    return false;
}

static kith_status check_child_words(check *c)
{
    static const char *const blame[] = { "perpetrator", "offender", "suspect", "criminal", "abuser", "exploiter" };
    const uint32_t classes = c->rule->must & CLASSES;

    if (c->rule->kind != KITH_STYLE_NODE || (classes != 0 && (classes & MAYBE_CHILD) == 0))
        return KITH_OK;
    for (size_t i = 0; i < sizeof blame / sizeof *blame; i++)
        if (has_word(c->rule->value[KITH_STYLE_LEGEND], blame[i]))
            return REFUSE(c, KITH_STYLE_LEGEND, "\"%s\" stands for what may be a child; say what is drawn, not who "
                          "did what", blame[i]);
    return KITH_OK;
}

static kith_status check_legend(check *c)
{
    static const struct {
        uint32_t bit;
        const char *words;
    } said[] = { { KITH_STYLE_INFERRED, "inferred" }, { KITH_STYLE_CONTESTED, "contested" }, { KITH_STYLE_BARRED, "not a tie" } };
    const char *legend = c->rule->value[KITH_STYLE_LEGEND];

    if (legend == NULL)
        return c->rule->value[KITH_STYLE_WHEN] == NULL && c->rule->value[KITH_STYLE_SAYS] == NULL &&
                       c->rule->kind != KITH_STYLE_GROUP
                   ? KITH_OK
                   : REFUSE(c, KITH_STYLE_LEGEND, "the rule has no legend; say what its mark means to a reader");
    for (size_t i = 0; c->rule->kind == KITH_STYLE_TIE && i < sizeof said / sizeof *said; i++)
        if ((c->rule->must & said[i].bit) != 0 && !has_word(legend, said[i].words))
            return REFUSE(c, KITH_STYLE_LEGEND, "the words \"%s\" are missing; a reader must not take it for a record "
                          "like others", said[i].words);
    return check_child_words(c);
}

static kith_status check_rule(check *c)
{
    static kith_status (*const checks[])(check *) = { check_when,    check_says, check_shape, check_outline,
                                                      check_colours, check_line, check_width, check_legend };
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < sizeof checks / sizeof *checks; i++)
        status = checks[i](c);
    return status;
}

/* A thing without a property that it needs. */
static kith_status need(const check *c, kith_style_key key, const char *word, const kith_style_thing *thing, const char *what)
{
    if (kith_style_decides(c->style, key, thing) != NULL)
        return KITH_OK;
    return kith_fail(c->err, KITH_INPUT, "%s: no rule gives a %s to %s that is %s; take that rule over from `kith style`",
                     c->name, word, kith_style_kind_word(thing->kind), what);
}

static kith_status need_nodes(const check *c)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < KITH_DRAW_CLASSES; i++) {
        const kith_style_thing node = { .kind = KITH_STYLE_NODE, .facts = 1U << i };
        const char *word = kith_style_word(KITH_STYLE_NODE, i);
        status = need(c, KITH_STYLE_SHAPE, "shape", &node, word);
        if (status == KITH_OK)
            status = need(c, KITH_STYLE_FILL, "fill", &node, word);
    }
    return status;
}

static kith_status need_ties(const check *c)
{
    kith_status status = KITH_OK;

    for (int i = 0; status == KITH_OK && i < 3 * 3 * 2 * 2 * 2; i++) {
        const kith_scene_line line = (kith_scene_line)(i % 3);
        const bool inferred = i / 9 % 2, contested = i / 18 % 2;
        if ((inferred && line != KITH_DRAW_DOTTED) || (contested && line == KITH_DRAW_SOLID))
            continue;
        const kith_scene_tie tie = { .line = line, .tone = (kith_scene_tone)(i / 3 % 3), .inferred = inferred,
                                     .contested = contested, .arrow = i / 36 % 2 && !inferred };
        kith_style_thing thing = kith_style_of_tie(&tie);
        thing.tie = NULL;
        status = need(c, KITH_STYLE_LINE, "line", &thing, kith_scene_line_word(line));
        if (status == KITH_OK)
            status = need(c, KITH_STYLE_INK, "colour (ink)", &thing, kith_scene_line_word(line));
        if (status == KITH_OK)
            status = need(c, KITH_STYLE_WIDTH, "width", &thing, kith_scene_line_word(line));
    }
    const kith_style_thing barred = { .kind = KITH_STYLE_TIE, .facts = KITH_STYLE_BARRED };
    if (status == KITH_OK)
        status = need(c, KITH_STYLE_INK, "colour (ink)", &barred, "barred");
    return status == KITH_OK ? need(c, KITH_STYLE_WIDTH, "width", &barred, "barred") : status;
}

static kith_status need_bars(const check *c)
{
    const kith_style_thing group = { .kind = KITH_STYLE_GROUP };
    kith_status status = need(c, KITH_STYLE_FILL, "fill", &group, "a peer group");

    for (int square = 0; status == KITH_OK && square < 2; square++) {
        kith_style_thing bars[3];
        for (int i = 0; status == KITH_OK && i < 3; i++) {
            bars[i] = kith_style_of_bar((kith_scene_tone)i, square);
            status = need(c, KITH_STYLE_FILL, "fill", &bars[i], kith_scene_tone_word((kith_scene_tone)i));
        }
        if (status != KITH_OK)
            break;
        const kith_style_rule *risk = kith_style_decides(c->style, KITH_STYLE_FILL, &bars[KITH_DRAW_RISK]);
        if (contrast(kith_style_value(c->style, KITH_STYLE_FILL, &bars[KITH_DRAW_NEUTRAL]), risk->value[KITH_STYLE_FILL]) < apart)
            status = style_refuse(c->err, c->name, risk->lines[KITH_STYLE_FILL],
                                  "in grey a bar of risk is too much like one of a count; take a darker colour");
    }
    return status;
}

/* What a reader must be told of has a rule, whatever else decides its look. */
static kith_status need_told(const check *c)
{
    static const struct {
        uint32_t bit;
        const char *word;
    } told[] = { { 1 << KITH_DRAW_SOLID, "solid" }, { 1 << KITH_DRAW_DASHED, "dashed" }, { 1 << KITH_DRAW_DOTTED, "dotted" },
                 { RISK, "risk" }, { PROTECTIVE, "protective" }, { KITH_STYLE_INFERRED, "inferred" }, { KITH_STYLE_CONTESTED, "contested" },
                 { KITH_STYLE_ARROW, "arrow" }, { KITH_STYLE_BARRED, "barred" } };

    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        bool found = false;
        for (size_t k = 0; k < c->style->count; k++)
            found = found || (c->style->rules[k].kind == KITH_STYLE_TIE && c->style->rules[k].must == told[i].bit &&
                              c->style->rules[k].value[KITH_STYLE_SAYS] == NULL);
        if (!found)
            return kith_fail(c->err, KITH_INPUT, "%s: no rule of ties says `when = %s`; a legend must explain it, so take "
                             "that rule over from `kith style`", c->name, told[i].word);
    }
    return KITH_OK;
}

kith_status style_check(const kith_style *style, const char *name, kith_error *err)
{
    check c = { .style = style, .name = name, .err = err };
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < style->count; i++) {
        c.rule = &style->rules[i];
        status = check_rule(&c);
    }
    if (status == KITH_OK)
        status = need_nodes(&c);
    if (status == KITH_OK)
        status = need_ties(&c);
    if (status == KITH_OK)
        status = need_bars(&c);
    return status == KITH_OK ? need_told(&c) : status;
}
