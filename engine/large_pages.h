/* SPDX-License-Identifier: GPL-3.0-or-later */
/* large_pages.h: memory that is read here and there, in pages of which the processor remembers enough. */
#ifndef KITH_LARGE_PAGES_H
#define KITH_LARGE_PAGES_H

#include <stddef.h>

/**
 * Asks for large pages under a block that was just allocated and is not yet written, where it is
 * large enough to gain by them; without them all is as before, only slower. They cost time to be made,
 * so they are for blocks that are used again and again.
 */
void kith_use_large_pages(void *block, size_t size);

/** As malloc; a block that takes several large pages begins and ends with them, for what is read in no order. */
void *kith_large_block(size_t size);

#endif
