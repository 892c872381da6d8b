/* SPDX-License-Identifier: GPL-3.0-or-later */
/* allocations.c: malloc, calloc, realloc, strdup and strndup that stop giving. */
#include "allocations.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t most);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t most);

_Atomic long allocations_left = -1;
_Atomic long allocations_asked;

static bool spend(void)
{
    long left = allocations_left;

    allocations_asked++;
    while (left > 0 && !atomic_compare_exchange_weak(&allocations_left, &left, left - 1))
        continue;
    if (left == 0)
        errno = ENOMEM;
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

char *__wrap_strdup(const char *text)
{
    return spend() ? __real_strdup(text) : NULL;
}

char *__wrap_strndup(const char *text, size_t most)
{
    return spend() ? __real_strndup(text, most) : NULL;
}
