/* SPDX-License-Identifier: GPL-3.0-or-later */
/* data_csv.h: the program's own data files, and a team's file in place of one.
 *
 * They are CSV, read by the reader of the agencies' extracts; their columns are fixed, and
 * may come in any order. */
#ifndef KITH_DATA_CSV_H
#define KITH_DATA_CSV_H

#include <stdio.h>

#include "kith/error.h"

enum { DATA_COLUMN_MAX = 12 };

/* One row. place is "file:line", for messages; fields are in the order of the columns. */
typedef kith_status data_take(void *context, const char *place, const char *const fields[],
                              kith_error *err);

typedef struct data_csv {
    const char *name;           /* for messages */
    const char *const *columns; /* all of them, and no others may be there */
    size_t count;               /* at most DATA_COLUMN_MAX */
    data_take *take;
    void *context;
    const char *bytes; /* of an embedded file; NULL to read `in` */
    size_t size;
} data_csv;

/**
 * Reads every row; the first fault ends it.
 *
 * in  the file; NULL for an embedded one.
 * Returns KITH_OK, KITH_INPUT with file and line, KITH_IO, KITH_NO_MEMORY, or what take returned.
 */
kith_status data_csv_read(const data_csv *csv, FILE *in, kith_error *err);

/* The array with room for one more than `count` of `size` bytes; NULL when there is no memory,
 * and the array stays. */
void *data_grow(void *array, size_t count, size_t size);

#endif
