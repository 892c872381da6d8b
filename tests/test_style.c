/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How pictures look is a file of rules, and what keeps a picture honest is in no file's power.
 *
 * Contrast is WCAG 2.1's: black on white is 21, #767676 on white 4.54, #777777 4.48. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/style.h"

static kith_style style;
static kith_error err;

/* Kith's own style with its first `what` replaced. */
static char *changed(const char *what, const char *with)
{
    static char text[KITH_STYLE_SIZE * 2];
    const char *own = kith_style_own()->source, *at = strstr(own, what);

    cr_assert(at != NULL, "\"%s\" is not in the style", what);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - own), own, with, at + strlen(what));
    return text;
}

static kith_status read_text(const char *text)
{
    return kith_style_read(&style, "team.ini", text, strlen(text), &err);
}

static void refused(const char *what, const char *with, const char *because)
{
    cr_assert(eq(int, read_text(changed(what, with)), KITH_INPUT), "\"%s\" was taken", with);
    cr_assert(strstr(err.message, because) != NULL, "\"%s\": said \"%s\"", with, err.message);
    cr_assert(eq(int, strncmp(err.message, "team.ini", 8), 0));
}

static void taken(const char *what, const char *with)
{
    cr_assert(eq(int, read_text(changed(what, with)), KITH_OK), "\"%s\": %s", with, err.message);
}

Test(style, the_own_style_is_a_file_that_reads)
{
    const char *own = kith_style_own()->source;

    cr_assert(eq(int, read_text(own), KITH_OK), "%s", err.message);
    cr_assert(eq(str, style.source, (char *)own));
    cr_assert(eq(sz, style.count, kith_style_own()->count));
}

Test(style, the_first_rule_that_fits_decides_a_property)
{
    char child[] = "AB\nchild, 14", badges[] = "[LAC]\nvictim (2)", nothing[] = "";
    kith_scene_node node = { .class = KITH_DRAW_CHILD, .label = child, .badges = badges, .emphasis = nothing };
    const kith_style_thing thing = kith_style_of_node(&node);

    taken("[node child]\n", "[node lac]\nwhen = child\nsays = [LAC]\nfill = #ffffff\nlegend = white: looked after\n\n"
                            "[node child]\n");
    cr_assert(eq(str, (char *)kith_style_value(&style, KITH_STYLE_FILL, &thing), "#ffffff"));
    cr_assert(eq(str, (char *)kith_style_value(&style, KITH_STYLE_SHAPE, &thing), "ellipse"));
    badges[1] = 'M';
    cr_assert(eq(str, (char *)kith_style_value(&style, KITH_STYLE_FILL, &thing), "#d3eafa"));
}

Test(style, a_name_is_never_asked_for)
{
    char label[] = "taxi\nvehicle", nothing[] = "";
    const kith_scene_node node = { .class = KITH_DRAW_OBJECT, .label = label, .badges = nothing, .emphasis = nothing };
    const kith_style_thing thing = kith_style_of_node(&node);

    taken("[node object]\n", "[node t]\nwhen = object\nsays = taxi\nfill = #fffffe\nlegend = a\n[node v]\nwhen = object\n"
                             "says = vehicle\nfill = #fffffd\nlegend = b\n[node object]\n");
    cr_assert(eq(str, (char *)kith_style_value(&style, KITH_STYLE_FILL, &thing), "#fffffd"));
}

/* R50: one shape for a child, whatever the role; and no other class may have it. */
Test(style, a_child_has_one_shape_whatever_is_said)
{
    refused("[node child]\n", "[node x]\nwhen = child\nsays = [LAC]\nshape = diamond\nlegend = x\n[node child]\n",
            "team.ini:9: a shape tells what a thing is");
    refused("[node child]\n", "[node x]\nwhen = child, focus\nshape = diamond\nlegend = x\n[node child]\n", "a person's");
    refused("[node child]\n", "[node x]\nwhen = not adult\nshape = diamond\nlegend = x\n[node child]\n", "a person's");
    refused("shape = box\n", "shape = ellipse\n", "ellipse is the shape of another class");
    refused("[node child]\n", "[node x]\nwhen = focus\nshape = box\nlegend = x\n[node child]\n", "a shape tells");
    taken("shape = ellipse\n", "shape = pentagon\n");
}

Test(style, nobody_who_may_be_a_child_is_drawn_by_a_role)
{
    refused("[node child]\n", "[node x]\nwhen = child\nsays = named as alleged\nfill = #ffffff\nlegend = x\n[node child]\n",
            "team.ini:8: a child is not drawn by what is said of them");
    refused("[node child]\n", "[node x]\nsays = named as alleged\nfill = #ffffff\nlegend = x\n[node child]\n", "not drawn by");
    refused("[node child]\n", "[node x]\nwhen = unknown_age\nsays = victim\nfill = #ffffff\nlegend = x\n[node child]\n",
            "not drawn by");
    refused("legend = child: under 18 now", "legend = young Offender", "\"offender\" stands for what may be a child");
    refused("legend = heavy outline", "legend = suspect", "\"suspect\"");
    taken("[node child]\n", "[node x]\nwhen = adult\nsays = alleged perpetrator\noutline = heavy\nlegend = alleged\n[node child]\n");
}

Test(style, a_line_is_as_solid_as_its_record)
{
    refused("when = dotted, not inferred\nline = dotted", "when = dotted, not inferred\nline = solid",
            "a line is solid only when its record is graded so");
    refused("when = inferred\nline = dotted", "when = inferred\nline = dashed", "a line is dashed only");
    refused("when = contested\n", "when = contested\nline = solid\n", "a line is solid only");
    refused("when = risk\n", "when = risk\nline = solid\n", "a line is solid only");
    refused("when = barred\n", "when = barred\nline = solid\n", "a line is solid only");
    refused("when = solid\nline = solid", "when = solid\nsays = friend\nline = solid", "and no more");
    refused("when = contested\n", "when = contested, solid\n", "nothing can be all of");
    refused("when = inferred\n", "when = inferred, solid\n", "nothing can be all of");
}

Test(style, a_condition_is_never_a_tie)
{
    refused("when = barred\n", "when = barred, solid\n", "nothing can be all of");
    refused("[tie barred]\nwhen = barred\n", "[tie barred]\nwhen = barred, risk\n", "nothing can be all of");
}

Test(style, what_a_reader_must_be_told_is_told)
{
    refused("legend = barred: a condition keeps them apart; not a tie", "legend = link", "\"not a tie\" are missing");
    refused("legend = faint: inferred, nobody recorded this tie", "legend = faint", "\"inferred\" are missing");
    refused("legend = contested: ", "legend = ", "\"contested\" are missing");
    refused("legend = place\n", "", "the rule has no legend");
    refused("[tie arrow]\nwhen = arrow\n", "[tie arrow]\nwhen = arrow, risk\n", "no rule of ties says `when = arrow`");
}

Test(style, a_thick_line_is_a_risk_and_a_risk_is_thick)
{
    refused("width = 2.6", "width = 1.5", "2 points or more");
    refused("width = 1.4", "width = 2.2", "at most 1.8");
    refused("[tie solid]\n", "[tie early]\nwidth = 1.4\n[tie solid]\n", "put the rule below");
    refused("[tie solid]\n", "[tie early]\nsays = friend\nwidth = 1.4\nlegend = f\n[tie solid]\n", "put the rule below");
    taken("[tie solid]\n", "[tie early]\nwhen = not risk, not inferred\nsays = friend\nwidth = 1.2\nlegend = f\n[tie solid]\n");
}

Test(style, words_can_be_read)
{
    refused("ink = #1a1a1a", "ink = #777777", "contrast of 4.5; at least 4.5");
    taken("ink = #1a1a1a", "ink = #767676");
    refused("fill = #d3eafa", "fill = #0000ff", "take a lighter colour");
    refused("fill = #a33a00", "fill = #bbbbbb", "in grey a bar of risk");
}

Test(style, nothing_is_left_without_a_look)
{
    cr_assert(eq(int, read_text(""), KITH_INPUT));
    cr_assert(eq(str, err.message, "team.ini: no rule gives a shape to node that is child; take that rule over from `kith style`"));
    refused("ink = #1a1a1a\n", "", "no rule gives a colour (ink) to tie");
    refused("[group]\nfill = #f6f6f6", "[group]", "no rule gives a fill to group");
    refused("when = dashed\nline = dashed", "when = dashed", "no rule gives a line to tie that is dashed");
}

Test(style, a_fault_is_told_with_its_line)
{
    refused("shape = ellipse", "shape = circle9", "team.ini:8: shape is \"circle9\"");
    refused("shape = ellipse", "colour = red", "team.ini:8: \"colour\" is no property of a node");
    refused("shape = ellipse", "ink = #000000", "\"ink\" is no property of a node");
    refused("shape = ellipse", "shape", "team.ini:8: \"shape\" is neither");
    refused("shape = ellipse", "shape =", "shape has no value");
    refused("shape = ellipse", "shape = box\nshape = box", "team.ini:9: shape is given a second time");
    refused("when = child\n", "when = infant\n", "team.ini:7: \"infant\" is nothing that a node can be");
    refused("when = child\n", "when = child, adult\n", "nothing can be all of");
    refused("when = child\n", "when = child, not child\n", "nothing can be all of");
    refused("fill = #d3eafa", "fill = red", "a colour as #d3eafa");
    refused("fill = #d3eafa", "fill = #D3EAFA", "in small letters");
    refused("width = 0.8", "width = thin", "width is \"thin\"");
    refused("width = 0.8", "width = nan", "width is \"nan\"");
    refused("[node child]", "[child]", "team.ini:6: \"child\" is no kind of rule");
    refused("[node child]", "[node child", "is not closed");
    refused("[node adult]", "[node child]", "team.ini:12: a rule [node child] is there already, at line 6");
    refused("[node adult]", "[node A dult]", "a rule is called");
    refused("; How Kith", "fill = #ffffff\n; How Kith", "team.ini:1: a property stands before the first rule");
    refused("legend = adult", "legend = ad\xFFult", "no text");
    refused("legend = adult", "legend = ad\x01ult", "no text");
}

Test(style, limits_hold)
{
    static char large[KITH_STYLE_SIZE + 2];
    char rules[4096] = "";

    memset(large, ';', sizeof large - 1);
    cr_assert(eq(int, read_text(large), KITH_INPUT));
    cr_assert(strstr(err.message, "at most 16384 bytes") != NULL);
    for (int i = 0; i <= KITH_STYLE_RULES; i++)
        snprintf(rules + strlen(rules), sizeof rules - strlen(rules), "[tie r%d]\n", i);
    cr_assert(eq(int, read_text(rules), KITH_INPUT));
    cr_assert(strstr(err.message, "team.ini:65: there are more than 64 rules") != NULL, "%s", err.message);
}

Test(style, other_editors_files_are_read)
{
    static char text[KITH_STYLE_SIZE * 2];
    size_t size = (size_t)snprintf(text, sizeof text, "\xEF\xBB\xBF");

    for (const char *p = kith_style_own()->source; *p != '\0'; p++) {
        if (*p == '\n')
            text[size++] = '\r';
        text[size++] = *p;
    }
    cr_assert(eq(int, kith_style_read(&style, "team.ini", text, size, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(str, (char *)style.rules[0].value[KITH_STYLE_SHAPE], "ellipse"));
}

static kith_scene scene_of_two(void)
{
    kith_scene scene = { 0 };
    kith_scene_tie tie = { .from = 0, .to = 1, .line = KITH_DRAW_DASHED };
    char label[] = "friend (2)";

    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "AB\nchild, 14", "[LAC]", NULL);
    kith_scene_add_node(&scene, KITH_DRAW_ADULT, "CD\nadult", NULL, NULL);
    tie.label = label;
    kith_scene_add_tie(&scene, &tie);
    return scene;
}

Test(style, the_legend_has_the_rules_that_were_used)
{
    kith_scene scene = scene_of_two();
    kith_legend_row *rows;
    size_t count;
    const char *const expected[] = { "of care", "child: under 18 now, or at an event shown", "adult", "friends",
                                     "unconfirmed: graded 1C, 2A or 2B" };

    taken("[node child]\n", "[node lac]\nwhen = child\nsays = [LAC]\noutline = heavy\nlegend = of care\n[tie f]\n"
                            "says = friend\nink = #000001\nlegend = friends\n[tie g]\nsays = cousin\nink = #000002\n"
                            "legend = cousins\n[node child]\n");
    kith_style_set(&scene, &style);
    cr_assert(eq(int, kith_scene_legend(&rows, &count, &scene, &err), KITH_OK));
    cr_assert(eq(sz, count, 5));
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t k = 0; k < 5; k++)
            found = found || strcmp(rows[i].text, expected[k]) == 0;
        cr_expect(found, "%s", rows[i].text);
    }
    free(rows);
    kith_scene_free(&scene);
}

Test(style, a_scene_carries_its_style_and_a_wrong_one_is_refused)
{
    kith_scene scene = scene_of_two(), again;
    kith_text json = { 0 }, twice = { 0 };

    kith_scene_write(&json, &scene);
    cr_assert(strstr(json.data, "\"style\"") == NULL, "Kith's own is not repeated");
    kith_text_clear(&json);
    taken("#d3eafa", "#d3eafb");
    kith_style_set(&scene, &style);
    kith_scene_write(&json, &scene);
    cr_assert(eq(int, kith_scene_read(&again, json.data, json.size, &err), KITH_OK), "%s", err.message);
    kith_scene_write(&twice, &again);
    cr_assert(eq(str, json.data, twice.data));
    cr_assert(eq(str, (char *)kith_style_of(&again)->rules[0].value[KITH_STYLE_FILL], "#d3eafb"));
    kith_scene_free(&again);
    const char wrong[] = "{\"kith_scene\": 1, \"style\": \"[tie x]\\nwhen = dotted\\nline = solid\\nlegend = x\"}";
    cr_assert(eq(int, kith_scene_read(&again, wrong, strlen(wrong), &err), KITH_INPUT));
    cr_assert(strstr(err.message, "style:3: a line is solid only") != NULL, "%s", err.message);
    kith_text_free(&json);
    kith_text_free(&twice);
    kith_scene_free(&scene);
}
