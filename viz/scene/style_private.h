/* SPDX-License-Identifier: MIT */
/* style_private.h: between the files that read a style. */
#ifndef KITH_STYLE_PRIVATE_H
#define KITH_STYLE_PRIVATE_H

#include "kith/style.h"

/** "team.ini:12: ..."; returns KITH_INPUT. */
kith_status style_refuse(kith_error *err, const char *name, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** style_check.c: whether the rules keep what every picture must keep. */
kith_status style_check(const kith_style *style, const char *name, kith_error *err);

#endif
