/* SPDX-License-Identifier: GPL-3.0-or-later */
/* data_csv.c: rows of fixed columns, handed on one by one. */
#include "data_csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kith/csv.h"
#include "kith/words.h"

enum { NO_COLUMN = DATA_COLUMN_MAX };

typedef struct csv_reading {
    const data_csv *csv;
    size_t read; /* of an embedded file's bytes */
    size_t place[DATA_COLUMN_MAX]; /* of the expected columns in the file */
    kith_status status;
    kith_error *err;
} csv_reading;

void *data_grow(void *array, size_t count, size_t size)
{
    if (count != 0 && (count < 16 || (count & (count - 1)) != 0))
        return array; /* room for 16, then for each power of two */
    return realloc(array, (count == 0 ? 16 : 2 * count) * size);
}

static size_t read_bytes(void *context, char *to, size_t size)
{
    csv_reading *r = context;
    const size_t left = r->csv->size - r->read;
    const size_t take = left < size ? left : size;

    if (take > 0)
        memcpy(to, r->csv->bytes + r->read, take);
    r->read += take;
    return take;
}

static void take_fault(void *context, size_t line, const char *message)
{
    csv_reading *r = context;

    if (r->status == KITH_OK)
        r->status = kith_fail(r->err, KITH_INPUT, "%s:%zu: %s", r->csv->name, line, message);
}

static size_t column_named(const csv_reading *r, const char *name)
{
    for (size_t c = 0; c < r->csv->count; c++)
        if (kith_word_same(r->csv->columns[c], name))
            return c;
    return NO_COLUMN;
}

static bool take_header(void *context, const kith_csv_record *record)
{
    csv_reading *r = context;

    for (size_t c = 0; c < r->csv->count; c++)
        r->place[c] = SIZE_MAX;
    for (size_t f = 0; f < record->count && r->status == KITH_OK; f++) {
        const size_t c = column_named(r, record->fields[f]);
        if (c == NO_COLUMN || r->place[c] != SIZE_MAX)
            r->status = kith_fail(r->err, KITH_INPUT, "%s:%zu: the column \"%s\" is %s; take it out",
                                  r->csv->name, record->line, record->fields[f],
                                  c == NO_COLUMN ? "not known" : "there twice");
        else
            r->place[c] = f;
    }
    for (size_t c = 0; c < r->csv->count && r->status == KITH_OK; c++)
        if (r->place[c] == SIZE_MAX)
            r->status = kith_fail(r->err, KITH_INPUT, "%s:%zu: the column %s is missing; add it",
                                  r->csv->name, record->line, r->csv->columns[c]);
    return r->status == KITH_OK;
}

static bool take_record(void *context, const kith_csv_record *record)
{
    csv_reading *r = context;
    const char *fields[DATA_COLUMN_MAX] = { NULL };
    char place[512];

    snprintf(place, sizeof place, "%s:%zu", r->csv->name, record->line);
    for (size_t c = 0; c < r->csv->count; c++)
        fields[c] = record->fields[r->place[c]];
    r->status = r->csv->take(r->csv->context, place, fields, r->err);
    return r->status == KITH_OK;
}

kith_status data_csv_read(const data_csv *csv, FILE *in, kith_error *err)
{
    csv_reading r = { .csv = csv, .err = err };
    const kith_csv_handler handler = { &r, take_header, take_record, take_fault };
    kith_csv_form form = { .delimiter = ',' };
    struct stat info;
    bool whole;

    if (in != NULL && fstat(fileno(in), &info) == 0 && S_ISDIR(info.st_mode))
        return kith_fail(err, KITH_USAGE, "%s: is a folder; name a file", csv->name);
    if (in != NULL)
        form = (kith_csv_form){ 0 };
    else
        form.read = read_bytes, form.context = &r;
    const kith_status status = kith_csv_read_form(&whole, in, &form, &handler, err);
    if (status == KITH_IO)
        return kith_fail(err, KITH_IO, "%s: cannot be read to its end; name a file that can be read",
                         csv->name);
    return status != KITH_OK ? status : r.status;
}
