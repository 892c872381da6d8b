/* SPDX-License-Identifier: MIT */
/* table.h: an answer as rows, and its three printed forms.
 *
 * Analyses fill a kith_table; only this module prints one. A table is built column
 * by column, then row by row, cell by cell:
 *
 *     kith_table_column(&table, "id", KITH_CELL_TEXT);
 *     kith_table_column(&table, "degree", KITH_CELL_INTEGER);
 *     kith_table_text(&table, "P01");
 *     kith_table_integer(&table, 3);
 *
 * A row is whole when it has one cell a column. Like kith_text, a failed allocation
 * is remembered and asked for once (kith_table_status). Starts as { 0 }. */
#ifndef KITH_TABLE_H
#define KITH_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "kith/error.h"
#include "kith/text.h"

typedef enum kith_cell_type { KITH_CELL_TEXT, KITH_CELL_INTEGER, KITH_CELL_NUMBER } kith_cell_type;

typedef enum kith_format { KITH_FORMAT_TABLE, KITH_FORMAT_CSV, KITH_FORMAT_JSON } kith_format;

typedef struct kith_column {
    char *name;
    kith_cell_type type;
} kith_column;

typedef struct kith_cell {
    bool missing;
    char *text;    /* KITH_CELL_TEXT */
    int64_t integer; /* KITH_CELL_INTEGER */
    double number; /* KITH_CELL_NUMBER */
} kith_cell;

typedef struct kith_table {
    const char *title; /* a heading for the reader, or NULL; not copied */
    const char *empty; /* said in the table form when there are no rows, or NULL; not copied */
    kith_column *columns;
    size_t column_count;
    kith_cell *cells; /* row by row: cell of column c in row r is cells[r * column_count + c] */
    size_t cell_count, cell_room;
    char **fact_keys, **fact_values; /* "as_of", "2022-06-30": printed before the rows */
    size_t fact_count;
    char **notes; /* method, limits, warnings: printed after the rows */
    size_t note_count;
    bool failed;
} kith_table;

/** Adds a column. name is copied. All columns come before the first cell. */
void kith_table_column(kith_table *table, const char *name, kith_cell_type type);

/* The next cell, which must be of the column's type. A NULL text is a missing cell. */
void kith_table_text(kith_table *table, const char *text);
void kith_table_integer(kith_table *table, int64_t value);
void kith_table_number(kith_table *table, double value); /* NaN is a missing cell */
void kith_table_missing(kith_table *table);

/** A parameter or figure of the whole result, "key: value". */
void kith_table_fact(kith_table *table, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** A sentence about method, limits or data. */
void kith_table_note(kith_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

size_t kith_table_rows(const kith_table *table);

/**
 * The text of cells[at], "" when it is missing; replaces what out held. Numbers as %.6g when
 * rounded, else the shortest that read back equal.
 */
void kith_table_cell(kith_text *out, const kith_table *table, size_t at, bool rounded);

/**
 * Prints the table.
 *
 * TABLE: title, facts, aligned columns (numbers %.6g), notes. CSV: header and rows only
 * (RFC 4180, formulas neutralised, numbers the shortest that read back equal); facts and
 * notes go to `aside` when it is not NULL. JSON: one object {"facts": {...}, "rows":
 * [...], "notes": [...]}, missing cells null. Returns KITH_IO when writing failed.
 */
kith_status kith_table_write(FILE *out, FILE *aside, const kith_table *table, kith_format format,
                             kith_error *err);

/** KITH_OK, or KITH_NO_MEMORY when any addition failed. */
kith_status kith_table_status(const kith_table *table, kith_error *err);

void kith_table_free(kith_table *table);

#endif
