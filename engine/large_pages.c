/* SPDX-License-Identifier: GPL-3.0-or-later */
/* large_pages.c: advice to the system, which it may leave. */
#define _DEFAULT_SOURCE /* madvise */
#include "large_pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 1 << 21, FEW_PAGES = 2 };

void kith_use_large_pages(void *block, size_t size)
{
#ifdef MADV_HUGEPAGE
    const uintptr_t from = (uintptr_t)block;
    const size_t before = (size_t)(-from & (LARGE_PAGE - 1)); /* up to where the first one begins */

    if (size < before + (size_t)FEW_PAGES * LARGE_PAGE)
        return;
    madvise((char *)block + before, (size - before) / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE);
#else
    (void)block;
    (void)size;
#endif
}

void *kith_large_block(size_t size)
{
    void *block;

    if (size < (size_t)FEW_PAGES * LARGE_PAGE || size > SIZE_MAX - LARGE_PAGE)
        return malloc(size);
    block = aligned_alloc(LARGE_PAGE, (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE);
    if (block != NULL)
        kith_use_large_pages(block, (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE);
    return block;
}
