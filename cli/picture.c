/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture.h"

#include <string.h>

#include "kith/drawing.h"
#include "kith/file.h"

const char *picture_form(const char *path)
{
    static const char *const forms[] = { "dot", "svg", "pdf", "png" };
    const char *dot = path != NULL ? strrchr(path, '.') : NULL;

    for (size_t i = 0; dot != NULL && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(dot + 1, forms[i]) == 0)
            return forms[i];
    return NULL;
}

kith_status picture_write(const kith_call *call, const kith_scene *scene, const char *path,
                          const char *form, kith_error *err)
{
    kith_text picture = { 0 };
    const kith_drawing drawing = { .seed = (int64_t)call->seed,
                                   .dpi = (int)call_integer(call, "dpi") };

    kith_status status = kith_scene_draw(&picture, scene, form, &drawing, err);
    if (status == KITH_OK)
        status = kith_file_replace(path, picture.data, picture.size, err);
    kith_text_free(&picture);
    return status;
}
