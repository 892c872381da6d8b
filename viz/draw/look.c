/* SPDX-License-Identifier: MIT */
/* look.c: what the style's rules say of nodes and lines, as Graphviz's attributes. */
#include "draw.h"

#include <stdio.h>
#include <string.h>

void style_node(Agnode_t *node, const kith_style *style, const kith_scene_node *like)
{
    const kith_style_thing thing = kith_style_of_node(like);
    const char *edge = kith_style_value(style, KITH_STYLE_OUTLINE, &thing);
    const bool twice = strcmp(edge, "double") == 0, plain = !twice && strcmp(edge, "heavy") != 0;

    sheet_set(node, "shape", kith_style_value(style, KITH_STYLE_SHAPE, &thing));
    sheet_set(node, "style", "filled");
    sheet_set(node, "fillcolor", kith_style_value(style, KITH_STYLE_FILL, &thing));
    sheet_set(node, "peripheries", twice ? "2" : "1");
    sheet_set(node, "penwidth", plain ? "1.2" : "2.8");
    sheet_set(node, "class", kith_scene_class_word(like->class));
}

const char *style_ink(const kith_style *style, const kith_scene_tie *tie)
{
    const kith_style_thing thing = kith_style_of_tie(tie);

    return kith_style_value(style, KITH_STYLE_INK, &thing);
}

/* How a line is broken and what stands at its ends is its record's; colour and width are the style's. */
void style_tie(Agedge_t *edge, const kith_style *style, const kith_scene_tie *tie)
{
    static const char *const styles[] = { "dotted", "dashed", "solid" };
    const kith_style_thing thing = kith_style_of_tie(tie);
    const char *ink = style_ink(style, tie);
    char colour[64], width[16];

    if (tie->barred)
        snprintf(colour, sizeof colour, "%s;0.46:transparent;0.08:%s;0.46", ink, ink);
    else if (tie->tone == KITH_DRAW_PROTECTIVE && !tie->inferred)
        snprintf(colour, sizeof colour, "%s:white:%s", ink, ink);
    else
        snprintf(colour, sizeof colour, "%s", ink);
    snprintf(width, sizeof width, "%g", kith_style_width(style, &thing));
    sheet_set(edge, "style", tie->barred ? "solid" : styles[tie->line]);
    sheet_set(edge, "color", colour);
    sheet_set(edge, "penwidth", width);
    sheet_set(edge, "dir", tie->barred ? "both" : tie->arrow ? "forward" : "none");
    sheet_set(edge, "arrowhead", tie->barred ? "tee" : "normal");
    sheet_set(edge, "arrowtail", tie->barred ? "tee" : "none");
    sheet_set(edge, "arrowsize", tie->barred ? "1.8" : "0.8");
    sheet_set(edge, "class", tie->barred ? "barred" : tie->inferred ? "inferred" : "tie");
}
