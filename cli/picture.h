/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.h: an answer as a picture in a file. */
#ifndef KITH_CLI_PICTURE_H
#define KITH_CLI_PICTURE_H

#include "command.h"
#include "kith/scene.h"
#include "seal.h"

/** "dot", "svg", "pdf", "png" or "html" by the end of a file's name; NULL for another, and for NULL. */
const char *picture_form(const char *path);

/** The same, or a form for other programs: "json", "cyjs", "graphml", "geojson", "csv". */
const char *picture_any_form(const char *path);

/**
 * Draws a scene in one of these forms and puts it in the place of the file (seal_replace). CSV is three files
 * beside it: of x.csv x-nodes.csv, x-ties.csv and x-about.txt.
 */
kith_status picture_write(const kith_call *call, kith_scene *scene, const char *path,
                          const char *form, kith_error *err);

/** The forms for other programs, without drawing: nothing has a place that had none before. */
kith_status picture_export(const kith_call *call, const kith_scene *scene, const char *path, const char *form,
                           kith_error *err);

/* Of commands that draw. */
#define PICTURE_OPTIONS \
    { "dpi", OPTION_INTEGER, .low = 36, .high = 600, .initial = "144", .unit = "N", .help = "of a png" }, \
    { "paper", OPTION_CHOICE, .choices = "a4|a3|tiles", .help = "of a pdf, for the printer: one sheet, or its own size over several of A4" }, \
    { "style", OPTION_TEXT, .unit = "FILE", .help = "how it looks: a file of rules in place of Kith's own (kith style)" }, \
    SEAL_OPTION

#endif
