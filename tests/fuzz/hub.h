/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hub.h: a small open hub in a folder of its own, in memory where there is such a place, for
 * targets that need one. The folder is gone when the process ends. */
#ifndef KITH_FUZZ_HUB_H
#define KITH_FUZZ_HUB_H

#include <stddef.h>
#include <stdint.h>

#include "kith/text.h"

extern char fuzz_folder[64]; /* "" until fuzz_hub_make */

/** Makes the folder and in it the hub h.kith, with a record of each kind and an entry in its log. */
void fuzz_hub_make(void);

/** A file of the folder; out is emptied first. */
void fuzz_read(kith_text *out, const char *name);
void fuzz_write(const char *name, const void *bytes, size_t size);

/** Takes away every file of the folder. */
void fuzz_clear(void);

#endif
