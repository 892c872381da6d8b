/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frame.c: header and footer of pictures and pages, the same for all of them. */
#include "kith/frame.h"

#include "kith/date.h"
#include "kith/text.h"

void kith_frame_header(kith_text *out, const kith_view *view, const kith_frame *frame)
{
    char since[KITH_TIME_SIZE], as_of[KITH_TIME_SIZE];

    kith_day_write(since, view->since);
    kith_day_write(as_of, view->as_of);
    kith_text_format(out, KITH_MARKING ". Prepared for: %s. Purpose: %s.\n", view->audience,
                     view->purpose[0] != '\0' ? view->purpose : "not stated");
    if (frame->span != NULL)
        kith_text_format(out, "As of %s. %s", as_of, frame->span);
    else if (view->all_dates)
        kith_text_add(out, "All dates.");
    else
        kith_text_format(out, "As of %s, from %s.", as_of, since);
    kith_text_format(out, " Names: %s.", frame->names);
    if (!view->silent)
        kith_text_format(out, " Withheld items: %lld.", (long long)view->withheld);
    if (frame->header[0] != '\0')
        kith_text_format(out, "\n%s", frame->header);
}

void kith_frame_footer(kith_text *out, const kith_view *view, const kith_frame *frame)
{
    char review[KITH_TIME_SIZE];

    kith_day_write(review, view->as_of + KITH_REVIEW_DAYS);
    kith_text_format(out, "This shows what is recorded, not what is true. Review or destroy by %s.", review);
    if (frame->footer[0] != '\0')
        kith_text_format(out, "\n%s", frame->footer);
}

void kith_scene_set_frame(kith_scene *scene, const kith_view *view, const kith_frame *frame)
{
    kith_text header = { 0 }, footer = { 0 };
    char as_of[KITH_TIME_SIZE];

    kith_day_write(as_of, view->as_of);
    kith_frame_header(&header, view, frame);
    kith_frame_footer(&footer, view, frame);
    kith_scene_set(scene, &scene->title, frame->title);
    kith_scene_set(scene, &scene->header, kith_text_string(&header));
    kith_scene_set(scene, &scene->footer, kith_text_string(&footer));
    kith_scene_set(scene, &scene->as_of, as_of);
    if (header.failed || footer.failed)
        scene->failed = true;
    kith_text_free(&header);
    kith_text_free(&footer);
}
