/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.h: an answer as a picture in a file. */
#ifndef KITH_CLI_PICTURE_H
#define KITH_CLI_PICTURE_H

#include "command.h"
#include "kith/scene.h"

/** "dot", "svg", "pdf" or "png" by the end of a file's name; NULL for another, and for NULL. */
const char *picture_form(const char *path);

/** Draws a scene in one of these forms, or "json", and puts it in the place of the file. */
kith_status picture_write(const kith_call *call, const kith_scene *scene, const char *path,
                          const char *form, kith_error *err);

/* Of commands that draw. */
#define PICTURE_OPTIONS \
    { "dpi", OPTION_INTEGER, .low = 36, .high = 600, .initial = "144", .unit = "N", .help = "of a png" }

#endif
