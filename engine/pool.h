/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool.h: strings that live and die together.
 *
 * A network holds millions of short texts. A pool keeps them in large blocks: adding
 * one is a copy, and all are freed at once. */
#ifndef KITH_POOL_H
#define KITH_POOL_H

typedef struct kith_pool kith_pool;

/** An empty pool; NULL when there is no memory. */
kith_pool *kith_pool_new(void);

/**
 * A copy of text that lives as long as the pool. "" is not copied.
 *
 * Returns NULL when there is no memory, or text is NULL (SQLite's own sign of it).
 */
const char *kith_pool_add(kith_pool *pool, const char *text);

/** Frees every text; NULL is allowed. */
void kith_pool_free(kith_pool *pool);

#endif
