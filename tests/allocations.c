/* SPDX-License-Identifier: GPL-3.0-or-later */
/* allocations.c: malloc, calloc and realloc that stop giving. */
#include "allocations.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);

_Atomic long allocations_left = -1;
_Atomic long allocations_asked;

static bool spend(void)
{
    long left = allocations_left;

    allocations_asked++;
    while (left > 0 && !atomic_compare_exchange_weak(&allocations_left, &left, left - 1))
        continue;
    return left != 0;
}

void *__wrap_malloc(size_t size)
{
    return spend() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return spend() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *block, size_t size)
{
    return spend() ? __real_realloc(block, size) : NULL;
}
