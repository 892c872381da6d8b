/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style.h: a team's own style for a picture. */
#ifndef KITH_CLI_STYLE_H
#define KITH_CLI_STYLE_H

#include "command.h"
#include "kith/style.h"

/**
 * Reads a style from a file; words of its legends that blame a child are refused as well.
 *
 * style  out: filled. Returns KITH_INPUT with file, line and remedy, KITH_IO, KITH_NO_MEMORY.
 */
kith_status style_load(kith_style *style, const char *path, kith_error *err);

/** Gives a scene the style of --style, when that is given. */
kith_status style_wear(const kith_call *call, kith_scene *scene, kith_error *err);

#endif
