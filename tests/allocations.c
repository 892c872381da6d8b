/* SPDX-License-Identifier: GPL-3.0-or-later */
/* allocations.c: malloc, calloc, realloc, strdup and strndup that stop giving. */
#include "allocations.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stddef.h>

#include "callers.h"

enum { CALLERS = 5 };

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

/* SQLite's allocations come from between these. */
static sqlite3_mem_methods given;
static _Thread_local bool within_sqlite;

static void *sqlite_malloc(int size)
{
    within_sqlite = true;
    void *block = given.xMalloc(size);
    within_sqlite = false;
    return block;
}

static void *sqlite_realloc(void *block, int size)
{
    within_sqlite = true;
    void *grown = given.xRealloc(block, size);
    within_sqlite = false;
    return grown;
}

__attribute__((constructor)) static void stand_before_sqlite(void)
{
    sqlite3_mem_methods ours;

    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &given);
    ours = given;
    ours.xMalloc = sqlite_malloc;
    ours.xRealloc = sqlite_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

static bool trying, tried; /* a new place; there was one */
static callers_places failed;

void allocations_try_next_place(void)
{
    trying = true;
    tried = false;
}

bool allocations_end_try(void)
{
    trying = false;
    return tried;
}

CALLERS_ASK static bool spend(void)
{
    long left = allocations_left;

    allocations_asked++;
    if (trying && !tried && !within_sqlite && callers_are_new(&failed, CALLERS)) {
        tried = true;
        errno = ENOMEM;
        return false;
    }
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
