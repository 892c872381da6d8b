/* SPDX-License-Identifier: MIT */
/* style.h: how a scene looks, as a file of rules (docs/style.md).
 *
 * A rule fits a node, a tie, the frame of a peer group or a bar by words of what it is, and gives
 * properties: of each property the first rule that fits and gives it decides. What keeps a picture
 * honest is no property, or one that is checked when the file is read: a child has one shape, which
 * nothing else has; a line is solid, dashed or dotted as its record is graded; inferred and contested
 * are never solid; a condition has bars at its ends and is never a tie; all words can be read.
 *
 * A style is large, and its rules point into it: it is not copied by assignment. */
#ifndef KITH_STYLE_H
#define KITH_STYLE_H

#include "kith/scene.h"

enum { KITH_STYLE_SIZE = 16384 /* bytes of a file */, KITH_STYLE_RULES = 64 };

typedef enum kith_style_kind {
    KITH_STYLE_NODE,
    KITH_STYLE_TIE,
    KITH_STYLE_GROUP,
    KITH_STYLE_BAR
} kith_style_kind;

#define KITH_STYLE_KINDS (KITH_STYLE_BAR + 1)

typedef enum kith_style_key {
    KITH_STYLE_WHEN,
    KITH_STYLE_SAYS,
    KITH_STYLE_SHAPE,
    KITH_STYLE_FILL,
    KITH_STYLE_OUTLINE,
    KITH_STYLE_LINE,
    KITH_STYLE_INK,
    KITH_STYLE_WIDTH,
    KITH_STYLE_LEGEND
} kith_style_key;

#define KITH_STYLE_KEYS (KITH_STYLE_LEGEND + 1)

typedef struct kith_style_rule {
    kith_style_kind kind;
    const char *name;                   /* "child"; "" when it has none */
    uint32_t must, never;               /* words that must, and that must not, be true */
    const char *value[KITH_STYLE_KEYS]; /* as written; NULL: not given */
    double width;
    int line, lines[KITH_STYLE_KEYS]; /* where in the file */
} kith_style_rule;

typedef struct kith_style {
    char source[KITH_STYLE_SIZE + 1]; /* the file as it was, without a mark of byte order */
    char words[KITH_STYLE_SIZE + 1];  /* the same, cut up */
    kith_style_rule rules[KITH_STYLE_RULES];
    size_t count;
} kith_style;

/**
 * Reads a style.
 *
 * style  out: filled; nothing is allocated.
 * name   of the file, for messages.
 * Returns KITH_INPUT with file, line and remedy for anything that docs/style.md does not allow.
 */
kith_status kith_style_read(kith_style *style, const char *name, const char *bytes, size_t size,
                            kith_error *err);

/** Kith's own style, which lives as long as the program. */
const kith_style *kith_style_own(void);

/* Bits of must and never: of nodes 1 << class, of ties 1 << line and KITH_STYLE_TONE << tone, of bars
 * 1 << tone; and these. */
enum { KITH_STYLE_FOCUS = 1 << KITH_DRAW_CLASSES, KITH_STYLE_EMPHASIS = KITH_STYLE_FOCUS << 1 };
enum {
    KITH_STYLE_TONE = 1 << 3,
    KITH_STYLE_INFERRED = 1 << 6,
    KITH_STYLE_ARROW = 1 << 7,
    KITH_STYLE_BARRED = 1 << 8,
    KITH_STYLE_CONTESTED = 1 << 9
};
enum { KITH_STYLE_SQUARE = 1 << 3 };

/** "node", "tie", "group", "bar". */
const char *kith_style_kind_word(kith_style_kind kind);

/** "shape", "legend". */
const char *kith_style_key_word(kith_style_key key);

/** The words of a kind of which `must` and `never` are bits; NULL after the last. */
const char *kith_style_word(kith_style_kind kind, size_t bit);

/* One thing that rules are asked about: what it is in the words of its kind, and what it says. */
typedef struct kith_style_thing {
    kith_style_kind kind;
    uint32_t facts;
    const kith_scene_node *node; /* or NULL: it says nothing */
    const kith_scene_tie *tie;
} kith_style_thing;

kith_style_thing kith_style_of_node(const kith_scene_node *node);
kith_style_thing kith_style_of_tie(const kith_scene_tie *tie);
kith_style_thing kith_style_of_bar(kith_scene_tone tone, bool square); /* square: it stands for ties */

/** Whether a rule fits. */
bool kith_style_fits(const kith_style_rule *rule, const kith_style_thing *thing);

/** The rule that decides a property of a thing; NULL when none gives it. */
const kith_style_rule *kith_style_decides(const kith_style *style, kith_style_key key,
                                          const kith_style_thing *thing);

/** What is decided of a property: "#d3eafa"; "" when nothing is. */
const char *kith_style_value(const kith_style *style, kith_style_key key, const kith_style_thing *thing);

/** How wide the line of a tie is, in points. */
double kith_style_width(const kith_style *style, const kith_style_thing *thing);

/** A tie that a rule of ties fits and that is nothing else, as a legend shows it. It says nothing. */
kith_scene_tie kith_style_sample(const kith_style_rule *rule);

/** The style of a scene: its own, or Kith's. */
const kith_style *kith_style_of(const kith_scene *scene);

/** Gives a scene a style, which is copied; NULL: Kith's own. The scene fails without memory. */
void kith_style_set(kith_scene *scene, const kith_style *style);

#endif
