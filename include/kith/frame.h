/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frame.h: the words around every picture and page (R51): for whom, why, as of when, what names it
 * shows and when it is to be destroyed. */
#ifndef KITH_FRAME_H
#define KITH_FRAME_H

#include "kith/scene.h"
#include "kith/view.h"

#define KITH_MARKING "OFFICIAL-SENSITIVE"

enum { KITH_REVIEW_DAYS = 28 }; /* after as-of a picture is looked at again, or destroyed */

typedef struct kith_frame {
    const char *title;
    const char *names;  /* "initials", "none": which names the picture shows */
    const char *span;   /* what time it is of; NULL: the view's window */
    const char *header; /* further lines, "" for none */
    const char *footer;
} kith_frame;

/** The lines above and below, each line but the last with its line break; added to. */
void kith_frame_header(kith_text *out, const kith_view *view, const kith_frame *frame);
void kith_frame_footer(kith_text *out, const kith_view *view, const kith_frame *frame);

/** Sets title, header, footer and as-of of a scene. */
void kith_scene_set_frame(kith_scene *scene, const kith_view *view, const kith_frame *frame);

#endif
