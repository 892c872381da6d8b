/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libraries.h: what the figures rest on beside Kith's own code. */
#ifndef KITH_LIBRARIES_H
#define KITH_LIBRARIES_H

#include <stddef.h>

enum { KITH_LIBRARIES_MOST = 8, KITH_LIBRARY_SIZE = 64 };

typedef struct kith_library {
    const char *name;
    char version[KITH_LIBRARY_SIZE]; /* as the library itself says it */
} kith_library;

/**
 * The libraries that this program runs with and that a figure may depend on: that read what is loaded,
 * keep it, or compute with it. In the order of their names; how many.
 *
 * Asked of the libraries that are loaded, not of the headers that were compiled against.
 */
size_t kith_libraries(kith_library list[KITH_LIBRARIES_MOST]);

#endif
