/* SPDX-License-Identifier: MIT */
/* scene.h: one picture, before anybody draws it.
 *
 * A scene says what is in a picture: nodes, ties, clusters and the words around them;
 * not how it looks. `kith` makes scenes, `kith-draw` draws them, and between the two a
 * scene is JSON (docs/scene.md describes it). Nothing drawn of a scene names a store row or
 * an outside id: a node's id is n1, n2, ... and means nothing outside its picture.
 *
 * Texts are UTF-8; a line break in one is a line break in the picture. Lengths are in
 * points (1/72 inch), y grows upwards, and a box is given by its centre. Boxes are
 * filled in by kith-draw; a node that comes with a place keeps it.
 *
 * The kith_scene_add functions copy what they are given. Like kith_text, a failed
 * allocation is remembered and asked for once (kith_scene_status). Starts as { 0 }. */
#ifndef KITH_SCENE_H
#define KITH_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"
#include "kith/table.h"
#include "kith/text.h"

/* What a scene may hold, at most; the reader refuses more. */
enum {
    KITH_SCENE_NODES = 5000,
    KITH_SCENE_TIES = 20000,
    KITH_SCENE_CLUSTERS = 500,
    KITH_SCENE_MARKS = 5000,
    KITH_SCENE_TERMS = 100,
    KITH_SCENE_TEXT = 65536,   /* bytes of one text */
    KITH_SCENE_LAID_OUT = 1500 /* nodes, when any of them has no place yet */
};

#define KITH_NO_CLUSTER UINT32_MAX

/* One shape each. A child is a child whatever the role (R50). */
typedef enum kith_scene_class {
    KITH_DRAW_CHILD,
    KITH_DRAW_ADULT,
    KITH_DRAW_UNKNOWN_AGE,
    KITH_DRAW_PLACE,
    KITH_DRAW_GROUP,
    KITH_DRAW_OBJECT,
    KITH_DRAW_EVENT
} kith_scene_class;

enum { KITH_DRAW_CLASSES = KITH_DRAW_EVENT + 1 };

typedef enum kith_scene_line { KITH_DRAW_DOTTED, KITH_DRAW_DASHED, KITH_DRAW_SOLID } kith_scene_line;

typedef enum kith_scene_tone {
    KITH_DRAW_NEUTRAL,
    KITH_DRAW_RISK,
    KITH_DRAW_PROTECTIVE
} kith_scene_tone;

typedef struct kith_scene_box {
    bool placed; /* x and y are known */
    double x, y, width, height;
} kith_scene_box;

typedef struct kith_scene_node {
    char *id;
    kith_scene_class class;
    char *label;
    char *badges;   /* "" or lines such as "[LAC]" */
    char *emphasis; /* "" or what makes it stand out, as "hotspot 1" */
    bool focus;     /* the picture was asked for around this node */
    uint32_t cluster;
    bool pinned;    /* it keeps its place also when everything else is laid out anew */
    int64_t record; /* whose it is, for the program that made the scene (positions.h); never in JSON */
    kith_scene_box box;
    size_t beyond; /* neighbours that are not in the picture; for a page on a screen */
    /* For other programs, not for the picture: */
    char *outside; /* its id outside, where names are full or it was asked for; else NULL */
    bool located; /* where it is on the ground, where that may be shown */
    double latitude, longitude;
} kith_scene_node;

typedef struct kith_scene_tie {
    uint32_t from, to; /* nodes, not the same */
    kith_scene_line line;
    kith_scene_tone tone;
    bool inferred; /* nobody recorded it: dotted, without an arrowhead, labelled so */
    bool arrow;    /* it has a direction */
    bool barred;   /* a condition that keeps the two apart: never an association */
    bool contested; /* somebody says that it is not so: never solid */
    char *label;
    char *basis;   /* what it rests on, for the table; "" for nothing to say */
    double weight; /* 0: none */
    char *about;   /* for a page on a screen: fields of JSON, each after a comma; NULL for none */
    bool numbered; /* drawn: there was only room for its number */
    kith_scene_box box; /* of its label */
} kith_scene_tie;

typedef struct kith_scene_cluster {
    char *id, *label;
    kith_scene_box box;
} kith_scene_cluster;

/* What charts are made of: a bar, a line, words. A mark stands where it is told, and ties
 * and layout know nothing of it; beside marks every node needs a place. */
typedef enum kith_scene_shape { KITH_DRAW_BAR, KITH_DRAW_RULE, KITH_DRAW_WORDS } kith_scene_shape;

typedef enum kith_scene_align { KITH_DRAW_CENTRE, KITH_DRAW_LEFT, KITH_DRAW_RIGHT } kith_scene_align;

typedef struct kith_scene_mark {
    kith_scene_shape shape;
    kith_scene_tone tone;   /* of a bar or line; bars of each tone differ in grey too */
    kith_scene_line line;   /* of a line */
    bool arrow;             /* of a line, at its second end */
    kith_scene_align align; /* of words: which part of them stands at x, y */
    double x, y, x2, y2;    /* two corners of a bar, the ends of a line; of words x and y only */
    char *text;             /* the words; of a bar or line what it says, for titles and table */
    bool echo;              /* words that another mark says in full: not in the table */
} kith_scene_mark;

typedef struct kith_scene_term {
    char *term, *meaning; /* an abbreviation in the picture, and what it stands for */
} kith_scene_term;

typedef struct kith_scene {
    char *title, *header, *footer;
    char *as_of; /* YYYY-MM-DD, "" when none */
    kith_scene_node *nodes;
    size_t node_count, node_room;
    kith_scene_tie *ties; /* a tie's number is its place, from 1 */
    size_t tie_count, tie_room;
    kith_scene_cluster *clusters;
    size_t cluster_count;
    kith_scene_mark *marks;
    size_t mark_count, mark_room;
    kith_scene_term *terms;
    size_t term_count;
    kith_scene_box page, header_box, legend_box, footer_box;
    struct kith_style *style; /* how it looks (style.h); NULL: Kith's own style */
    bool failed;
} kith_scene;

/** Sets a text of the scene; replaces the one before. */
void kith_scene_set(kith_scene *scene, char **field, const char *text);

/**
 * Adds a node, n1, n2, ... ; returns its index. What cannot be added returns 0 and makes
 * the scene failed. label, badges and emphasis are copied; NULL is "".
 */
uint32_t kith_scene_add_node(kith_scene *scene, kith_scene_class class, const char *label,
                             const char *badges, const char *emphasis);

/**
 * Adds a node like one of another scene, its record and what is for other programs with it, but
 * without cluster, pin and place; returns its index.
 */
uint32_t kith_scene_copy_node(kith_scene *scene, const kith_scene_node *like);

/** Copies title, header, footer, as-of, terms and style of another scene. */
void kith_scene_copy_frame(kith_scene *scene, const kith_scene *like);

/** Adds a tie like the one given: its texts are copied, NULL is "". */
void kith_scene_add_tie(kith_scene *scene, const kith_scene_tie *like);

/** Adds a cluster, c1, c2, ... ; returns its index. */
uint32_t kith_scene_add_cluster(kith_scene *scene, const char *label);

/** Adds a mark like the one given: its text is copied, NULL is "". */
void kith_scene_add_mark(kith_scene *scene, const kith_scene_mark *like);

/**
 * Takes nodes and ties out: those marked, and every tie of a node that goes. Nodes keep their ids;
 * a cluster without nodes goes too.
 *
 * nodes, ties  a mark each.
 */
void kith_scene_leave_out(kith_scene *scene, const bool *nodes, const bool *ties);

/** Explains an abbreviation in the legend; the same term twice is once. */
void kith_scene_add_term(kith_scene *scene, const char *term, const char *meaning);

/** KITH_OK, or KITH_NO_MEMORY when any addition failed. */
kith_status kith_scene_status(const kith_scene *scene, kith_error *err);

void kith_scene_free(kith_scene *scene);

/** Words of the JSON and of the table: "child", "dotted", "protective". */
const char *kith_scene_class_word(kith_scene_class class);
const char *kith_scene_line_word(kith_scene_line line);
const char *kith_scene_tone_word(kith_scene_tone tone);
const char *kith_scene_shape_word(kith_scene_shape shape);
const char *kith_scene_align_word(kith_scene_align align);

/* What a row of the legend shows beside its text. */
typedef enum kith_legend_mark {
    KITH_MARK_NODE, /* which: the rule of the style, of a node, tie, group's frame or bar */
    KITH_MARK_TIE,
    KITH_MARK_CLUSTER,
    KITH_MARK_BAR,
    KITH_MARK_TERM,  /* which: index into terms */
    KITH_MARK_NUMBER /* a tie's number, where there was no room for its label */
} kith_legend_mark;

typedef struct kith_legend_row {
    kith_legend_mark mark;
    size_t which;
    uint32_t like;    /* of a node or tie: the first that the rule fits */
    const char *text; /* lives as long as the scene */
} kith_legend_row;

/**
 * The legend: one row for each rule of the style that decided something of the scene (or, of one
 * that gives no property, that fits something), and none for others; then terms.
 *
 * rows  out: free with free(). In the order of the style's rules.
 * Returns KITH_OK or KITH_NO_MEMORY.
 */
kith_status kith_scene_legend(kith_legend_row **rows, size_t *count, const kith_scene *scene,
                              kith_error *err);

/**
 * The text equivalent (R55): a row for each node, then one for each tie and mark, so that the
 * table says all that the picture says. Columns number, what, from, to, line, label,
 * basis; header and footer lines are the table's notes.
 */
void kith_scene_table(kith_table *table, const kith_scene *scene);

/**
 * Reads a scene from JSON.
 *
 * scene  out: free with kith_scene_free.
 * Returns KITH_INPUT, with the place and the remedy, for anything that docs/scene.md
 * does not allow: unknown or repeated fields, bad UTF-8, ids that nothing has, more
 * than the limits above. KITH_NO_MEMORY.
 */
kith_status kith_scene_read(kith_scene *scene, const char *json, size_t size, kith_error *err);

/** Writes a scene as JSON: fields in fixed order, lengths with two decimals, newline at the end. */
void kith_scene_write(kith_text *out, const kith_scene *scene);

/**
 * The same for a page on a screen, with what no picture says: of a node how many neighbours are
 * not drawn and where a place is on the ground, of a tie what it is about. kith_scene_read refuses it.
 */
void kith_scene_write_page(kith_text *out, const kith_scene *scene);

#endif
