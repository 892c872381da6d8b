/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waiting.h: rows that wait for one statement of the store.
 *
 * A load has millions of rows for a few statements, and to start a statement costs as much as
 * the row does. So rows are packed in memory, and written many at a time: a statement that
 * reads its rows from the table `waiting`, whose columns c1, c2, ... are a row's values, is
 * run once for all of them; one with parameters is run for each. `waiting` is no table of
 * the hub and holds nothing of itself.
 *
 *     kith_waiting rows = { 0 };
 *     kith_waiting_text(&rows, "missing");
 *     kith_waiting_end(&rows);
 *     ...
 *     status = kith_store_write(&rows, store, KITH_QUERY_..., err);
 *
 * Additions return no status: a failed allocation is told by kith_store_write.
 *
 * Where a store holds such rows (kith_store_hold_rows), they are not packed: each value goes where it
 * will be read, and kith_store_held_row ends a row. */
#ifndef KITH_WAITING_H
#define KITH_WAITING_H

#include "kith/store.h"
#include "kith/text.h"

enum { KITH_WAITING_VALUES = 20 }; /* at most, in a row */

typedef struct kith_waiting {
    kith_text bytes; /* the rows, one after the other */
    size_t count;    /* of them */
    int values;      /* of each */
    int under_way;   /* of the row that is not ended */
    kith_text same;  /* where the rows begin that the statement found in the hub, size_t each */
    struct held_rows *held; /* where a store holds them; NULL: they are packed */
} kith_waiting;      /* starts as { 0 } */

/* The next value of the row under way. */
void kith_waiting_integer(kith_waiting *rows, int64_t value);
void kith_waiting_number(kith_waiting *rows, double value);
void kith_waiting_text(kith_waiting *rows, const char *text);
void kith_waiting_bytes(kith_waiting *rows, const void *bytes, size_t size);
void kith_waiting_missing(kith_waiting *rows);

/** Ends a row, which has as many values as the others. */
void kith_waiting_end(kith_waiting *rows);

/** Forgets the rows and keeps their room. */
void kith_waiting_clear(kith_waiting *rows);

void kith_waiting_free(kith_waiting *rows);

/** How many rows the statement did not write, as they were in the hub. */
size_t kith_waiting_same_count(const kith_waiting *rows);

/** One of those, packed; size out. It is valid until the rows are changed. */
const char *kith_waiting_same(const kith_waiting *rows, size_t index, size_t *size);

/** Adds a row that is another one, packed, but for an integer at a place (from 1). */
void kith_waiting_again(kith_waiting *rows, int values, const char *row, size_t size, int place,
                        int64_t value);

/**
 * Writes the rows, in their order, inside a change.
 *
 * some_are_there  rows that the hub holds already are no failure: they are put down in `same`.
 *                 Of a statement with parameters that says ON CONFLICT DO NOTHING they always
 *                 are; one that reads from `waiting` must be INSERT OR FAIL.
 *
 * After a failure some of the rows may be written: the change must be undone.
 */
kith_status kith_store_write(kith_waiting *rows, kith_store *store, kith_query query,
                             bool some_are_there, kith_error *err);

/** Whether the store holds such rows as they come (kith_store_open_memory), and finds none the same. */
bool kith_store_holds(const kith_store *store, kith_query query);

/** Has rows, which are none yet, held by the store that holds those of the statement. */
void kith_store_hold_rows(kith_waiting *rows, kith_store *store, kith_query query);

/** Ends a row that is held, instead of kith_waiting_end. */
kith_status kith_store_held_row(kith_waiting *rows, kith_store *store, kith_error *err);

#endif
