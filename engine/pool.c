/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool.c: blocks of text, each twice as large as the one before up to a limit. */
#include "pool.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

typedef struct block {
    struct block *next;
    size_t used, room;
    char text[];
} block;

struct kith_pool {
    block *newest;
};

kith_pool *kith_pool_new(void)
{
    return calloc(1, sizeof(kith_pool));
}

static block *block_for(kith_pool *pool, size_t size)
{
    block *newest = pool->newest;

    if (newest != NULL && newest->room - newest->used >= size)
        return newest;
    size_t room = newest == NULL ? FIRST_BLOCK : newest->room * 2;
    if (room > LARGEST_BLOCK)
        room = LARGEST_BLOCK;
    if (room < size)
        room = size;
    block *made = malloc(sizeof *made + room);
    if (made == NULL)
        return NULL;
    *made = (block){ .next = newest, .room = room };
    pool->newest = made;
    return made;
}

const char *kith_pool_add(kith_pool *pool, const char *text)
{
    if (text == NULL || *text == '\0')
        return text == NULL ? NULL : "";
    const size_t size = strlen(text) + 1;
    block *into = block_for(pool, size);
    if (into == NULL)
        return NULL;
    char *copy = into->text + into->used;
    memcpy(copy, text, size);
    into->used += size;
    return copy;
}

void kith_pool_free(kith_pool *pool)
{
    if (pool == NULL)
        return;
    while (pool->newest != NULL) {
        block *next = pool->newest->next;
        free(pool->newest);
        pool->newest = next;
    }
    free(pool);
}
