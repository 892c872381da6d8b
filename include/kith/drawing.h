/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawing.h: a scene handed to kith-draw, and its picture taken back.
 *
 * kith never calls Graphviz: it starts kith-draw, the program beside its own file, and
 * speaks to it over pipes. kith-draw limits its own time and memory; the wall clock is
 * watched here, and a program that does not end is killed. */
#ifndef KITH_DRAWING_H
#define KITH_DRAWING_H

#include "kith/scene.h"

typedef struct kith_drawing {
    int64_t seed; /* where the layout starts */
    int dpi;      /* of png; 0: 144 */
    int seconds;  /* most time on the wall clock; 0: 120 */
    int width, height; /* of the paper that it goes on, in points: the legend stands where it leaves
                        * most to the picture; 0: unknown */
} kith_drawing;

/**
 * Draws a scene.
 *
 * out     added to: the file's bytes. Free with kith_text_free.
 * format  "dot", "svg", "pdf", "png" or "json" (the scene with its places filled in).
 *
 * Returns KITH_INPUT when kith-draw refuses the scene, KITH_IO when it cannot be
 * started, KITH_INTERNAL when it fails, crashes or takes too long; each with its reason.
 */
kith_status kith_scene_draw(kith_text *out, const kith_scene *scene, const char *format,
                            const kith_drawing *drawing, kith_error *err);

/**
 * What draws: "kith-draw 0.1.0, Graphviz 2.43.0", as the program says it.
 *
 * out  added to. Returns as kith_scene_draw; KITH_OK without a word where there is no kith-draw.
 */
kith_status kith_drawing_version(kith_text *out, kith_error *err);

#endif
