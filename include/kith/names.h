/* SPDX-License-Identifier: GPL-3.0-or-later */
/* names.h: a name by fewer letters. */
#ifndef KITH_NAMES_H
#define KITH_NAMES_H

#include "kith/text.h"

/**
 * Adds the first letter of each word of a name; words in small letters ("de", "known as") only
 * when there are no others. Nothing for a name without letters.
 */
void kith_name_initials(kith_text *out, const char *name);

#endif
