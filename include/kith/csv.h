/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.h: a comma-separated file, read as a stream.
 *
 * RFC 4180 by libcsv in its strict mode, in UTF-8. A byte order mark, CRLF or CR line
 * ends and ';' between the fields are accepted; which of ',' and ';' it is, the header
 * row decides. Blanks around a field without quotes are not part of it, and empty lines
 * are passed over. At no time is more held in memory than some lines and
 * one record.
 *
 * A fault of form (a stray or open quote, a NUL, bytes that are not UTF-8, a field,
 * line or record above its limit) ends the reading of the file, because what follows
 * cannot be trusted; a record with too few or too many fields is passed over. */
#ifndef KITH_CSV_H
#define KITH_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "kith/error.h"
#include "kith/text.h"

enum {
    KITH_CSV_FIELD_MAX = 1 << 20, /* bytes in a field */
    KITH_CSV_LINE_MAX = 4 << 20,  /* bytes in a line, and in a record */
    KITH_CSV_COLUMN_MAX = 1000
};

typedef struct kith_csv_record {
    size_t line;               /* on which it begins, from 1 */
    uint64_t byte;             /* where in the file its last line begins, from 0 */
    const char *const *fields; /* `count` strings; valid during the call */
    size_t count;              /* as many as the header has */
} kith_csv_record;

typedef struct kith_csv_handler {
    void *context;
    /* The header, once and first. False: read no further. */
    bool (*header)(void *context, const kith_csv_record *record);
    /* Each record after it. False: read no further. */
    bool (*record)(void *context, const kith_csv_record *record);
    /* A fault: what and the remedy, without the place. */
    void (*fault)(void *context, size_t line, const char *message);
} kith_csv_handler;

/* How a file is read that is not as above: all 0 is as above. */
typedef struct kith_csv_form {
    char delimiter;    /* 0: ',' or ';', by the header */
    size_t skip_lines; /* before the header; they still count as lines */
    const char *remedy; /* of bytes that are not UTF-8; NULL: "save the file as UTF-8" */
    /* Where the bytes come from instead of the file: fills up to size, 0 at the end. */
    size_t (*read)(void *context, char *bytes, size_t size);
    void *context;
    /* May be NULL: told of records before the first of them is handed on, with the handler's
     * context, to fetch what they need. A fault or a false may come before the last. */
    void (*ahead)(void *context, const kith_csv_record *records, size_t count);
} kith_csv_form;

/**
 * Reads a file to its end, a fault of form, or a false from the handler.
 *
 * whole  out: every byte was read and well formed (records of a wrong length apart);
 *        false after a fault of form or a handler's false. A file without a header
 *        record has a fault.
 * Returns KITH_OK, also with faults; KITH_IO when reading failed; KITH_NO_MEMORY.
 */
kith_status kith_csv_read(bool *whole, FILE *in, const kith_csv_handler *handler,
                          kith_error *err);

/** The same of a file of another form; in may be NULL when form has its own read. */
kith_status kith_csv_read_form(bool *whole, FILE *in, const kith_csv_form *form,
                               const kith_csv_handler *handler, kith_error *err);

/** Adds a field in quotes, as it is: for what import reads again. An export guards against formulas. */
void kith_csv_add_field(kith_text *out, const char *field);

#endif
