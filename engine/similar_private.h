/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similar_private.h: texts as characters, for the measures of similar.h. */
#ifndef KITH_SIMILAR_PRIVATE_H
#define KITH_SIMILAR_PRIVATE_H

#include <stddef.h>
#include <stdint.h>

enum { KITH_MOST_CHARACTERS = 256 };

/** The first 256 characters of a text. Malformed bytes are read one by one. */
size_t kith_characters(uint32_t out[KITH_MOST_CHARACTERS], const char *text);

#endif
