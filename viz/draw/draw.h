/* SPDX-License-Identifier: MIT */
/* draw.h: inside kith-draw, from a scene to a file.
 *
 *     sheet_open    the scene's nodes and words as a Graphviz graph; their sizes measured
 *     sheet_layout  places for the nodes: kept ones kept, new ones by sfdp; with them
 *                   sheet_route, each tie a gentle curve around nodes it does not concern,
 *                   and sheet_label, a spot for each tie's label that covers nothing
 *     sheet_frame   header, legend and footer around the picture; the page
 *     sheet_render  everything handed to Graphviz with its place (nop2), and written
 *
 * Each step only needs those before it. Lengths are points, y grows upwards. */
#ifndef KITH_DRAW_H
#define KITH_DRAW_H

#include <cgraph.h>

#include "kith/style.h"

typedef struct GVC_s GVC_t; /* of gvc.h, whose many short names stay out of here */

typedef struct place {
    double x, y;
} place;

typedef struct rect {
    double x, y, width, height; /* centre and size */
} rect;

enum { CORNERS = 12, POINTS = 21 };

/* The outline of a node around its centre; an ellipse has no corners. */
typedef struct outline {
    double width, height;
    int corner_count;
    place corners[CORNERS];
} outline;

/* A tie's curve between the outlines of its ends: one cubic Bezier. */
typedef struct curve {
    place p[4];
} curve;

/* A text of the frame or the legend, as a node of its own. */
typedef struct word {
    Agnode_t *node;
    rect box;
} word;

typedef struct sheet {
    kith_scene *scene;
    const kith_style *style;
    GVC_t *gvc;
    Agraph_t *graph;
    Agnode_t **nodes;   /* scene node -> drawing node */
    outline *outlines;  /* of each scene node */
    bool *grown;        /* of each scene node: it is larger than it was when it got its place */
    word *labels;       /* of each tie; node NULL when it has no label */
    word *numbers;      /* of each tie: its number, drawn when there is no room for the label */
    curve *curves;      /* of each tie */
    double *bends;      /* of each tie: how far its middle is off the straight line */
    rect *bounds;       /* of each tie's curve */
    place *points;      /* POINTS along each tie's curve */
    rect *near;         /* scratch of sheet_label: boxes, and ties, that a label could meet */
    uint32_t *near_ties;
    rect *cluster_boxes;
    word *cluster_labels;
    word *marks;        /* of each mark: a bar's or words' node; of a line the first of its ends */
    kith_legend_row *legend;
    word *legend_texts; /* of each row of the legend */
    word *legend_marks;
    size_t legend_count;
    word title, header, footer, legend_title;
    rect page, legend_box;
    long seed;
    size_t crossed; /* ties that run under a node */
    size_t without; /* labels that found no spot */
} sheet;

/* Colours of a chart's words; a map's are its style's. All are of the safe set of Okabe and Ito,
 * darkened until text of their colour on white has a contrast above 4.5. */
#define FONT        "DejaVu Sans"
#define INK         "#1a1a1a"
#define RISK_INK    "#a33a00"
#define GOOD_INK    "#00664a"

enum { NODE_GAP = 14, CLUSTER_PAD = 16, CLUSTER_TOP = 22 };

/** text.c: a text as a Graphviz label: wrapped, cut with an ellipsis, every escape undone. */
typedef struct wrapping {
    int width, lines; /* characters a line, lines a paragraph */
    const char *end;  /* "\\n" centred, "\\l" to the left */
} wrapping;
void label_add(kith_text *out, const char *text, wrapping how);

/** order.c: an empty graph that keeps its clusters in the order of their making. */
Agraph_t *sheet_graph(char *name);

/** sheet.c */
kith_status sheet_open(sheet *s, kith_scene *scene, long seed, kith_error *err);
void sheet_close(sheet *s);
rect node_box(const sheet *s, size_t node);
Agnode_t *sheet_node(sheet *s, const char *name, kith_error *err);
void sheet_set(void *object, const char *name, const char *value);

/* A text on white without an outline. */
kith_status sheet_word(sheet *s, word *made, const char *name, const char *text, wrapping how,
                       const char *size, kith_error *err);

/** look.c */
void style_node(Agnode_t *node, const kith_style *style, const kith_scene_node *like);
void style_tie(Agedge_t *edge, const kith_style *style, const kith_scene_tie *tie);
const char *style_ink(const kith_style *style, const kith_scene_tie *tie);

/** samples.c: the legend's rows, each with its sample */
kith_status legend_add(sheet *s, kith_error *err);

/** marks.c: bars, lines and words that stand where they are told */
kith_status marks_add(sheet *s, kith_error *err);
void marks_measure(sheet *s);
rect mark_box(const sheet *s, size_t mark);
kith_status marks_put(sheet *s, kith_error *err);
kith_status style_bar(Agnode_t *node, const char *fill, kith_scene_tone tone, double width, kith_error *err);

/** layout.c, fit.c, pack.c */
kith_status sheet_layout(sheet *s, kith_error *err);
kith_status sheet_spread(sheet *s, kith_error *err); /* a layout of everything from the seed */
void sheet_settle(sheet *s);                         /* places rounded, frames around them */
kith_status sheet_furnish(sheet *s, bool rough, kith_error *err); /* settled, with curves and labels */
bool sheet_pack(sheet *s); /* parts that nothing joins, closer; false: no memory */
kith_status sheet_fit(sheet *s, kith_error *err);     /* the best of several layouts, as small as it reads */

/** route.c, label.c */
bool sheet_route(sheet *s); /* false: no memory */

/* Finds a spot for each label, or for its number where there is room for no more. A rough
 * search takes the first that is free, to see how many find one. */
void sheet_label(sheet *s, bool rough);
place curve_at(const curve *c, double t);
rect curve_bounds(const curve *c);
curve curve_shortened(const curve *c, double at_start, double at_end); /* room for arrowheads */

/** frame.c; width and height of the paper, 0 when they are unknown */
void sheet_frame(sheet *s, double width, double height);

/** render.c, titles.c */
void put_place(Agnode_t *node, rect area);

/* A straight line between two points that are not seen, styled as a tie like that. */
kith_status sheet_line(sheet *s, const char *name, place from, place to, const kith_scene_tie *like,
                       const char *class, kith_error *err);
kith_status sheet_render(sheet *s, const char *format, int dpi, FILE *out, kith_error *err);

kith_status svg_retitled(kith_text *out, const sheet *s, const char *svg, size_t size, kith_error *err);
void pdf_redate(char *pdf, size_t size, const char *as_of);

/* Geometry that several need. */
static inline bool rects_touch(rect a, rect b, double gap)
{
    const double dx = a.x > b.x ? a.x - b.x : b.x - a.x, dy = a.y > b.y ? a.y - b.y : b.y - a.y;

    return dx < (a.width + b.width) / 2 + gap && dy < (a.height + b.height) / 2 + gap;
}

static inline bool rect_has(rect r, place p, double gap)
{
    return p.x > r.x - r.width / 2 - gap && p.x < r.x + r.width / 2 + gap &&
           p.y > r.y - r.height / 2 - gap && p.y < r.y + r.height / 2 + gap;
}

static inline rect rect_around(rect a, rect b)
{
    const double left = a.x - a.width / 2 < b.x - b.width / 2 ? a.x - a.width / 2 : b.x - b.width / 2;
    const double low = a.y - a.height / 2 < b.y - b.height / 2 ? a.y - a.height / 2 : b.y - b.height / 2;
    const double right = a.x + a.width / 2 > b.x + b.width / 2 ? a.x + a.width / 2 : b.x + b.width / 2;
    const double high = a.y + a.height / 2 > b.y + b.height / 2 ? a.y + a.height / 2 : b.y + b.height / 2;

    return (rect){ (left + right) / 2, (low + high) / 2, right - left, high - low };
}

#endif
