/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_private.h: the parts of a mapping.
 *
 *     mapping           the file as a whole
 *     mapping_ini       its sections and lines
 *     mapping_check     what they say together
 *     mapping_line      one line of it: an expression over columns
 *     mapping_date      a date as the source writes it
 *     mapping_encoding  bytes of another encoding as UTF-8
 *     mapping_draft     a first mapping from a header
 *     mapping_draft_graphml  and from the keys of a network
 *     mapping_report    a mapping as a table
 *     import_mapped     an extract's record to rows of a table
 *
 * Texts live in the mapping's pool. */
#ifndef KITH_ENGINE_MAPPING_PRIVATE_H
#define KITH_ENGINE_MAPPING_PRIVATE_H

#include <stdbool.h>
#include <stdio.h>

#include "import_private.h"
#include "kith/graphml.h"
#include "kith/mapping.h"
#include "pool.h"

enum { MAPPING_TERMS_MAX = 12, MAPPING_LINES_MAX = 40, MAPPING_SECTIONS_MAX = 40, MAPPING_WORDS_MAX = 40 };

typedef enum term_kind { TERM_TEXT, TERM_COLUMN, TERM_ROW } term_kind;

typedef struct mapping_term {
    term_kind kind;
    bool begins;   /* a new alternative: what follows `or` */
    bool optional; /* a column that the extract may not have */
    const char *text;
} mapping_term;

typedef struct mapping_words { /* a list, or pairs from = to */
    const char *name;          /* of pairs: the field they are for */
    const char **from, **to;
    size_t count, room;
} mapping_words;

typedef struct mapping_line {
    const char *field, *given; /* the expression as it is written */
    size_t line;
    mapping_term terms[MAPPING_TERMS_MAX];
    size_t term_count;
    bool whole; /* blank when one of its columns is blank: ids */
    const char *dates;            /* forms; NULL for ISO 8601 */
    const mapping_words *values;  /* NULL: as written */
} mapping_line;

typedef struct mapping_section {
    const char *name; /* "persons victim" */
    size_t line;
    const import_table *table;
    const char *files;   /* pattern of file names; NULL: every file */
    kith_graphml_rows rows; /* of a GraphML file: which of its tables */
    size_t rows_line;       /* 0: not said */
    bool first_of_equal_ids; /* repeats = first */
    bool only_known;         /* records = known */
    const char *when;    /* the condition as it is written; NULL: every row */
    size_t when_line;
    mapping_term when_column;
    bool when_not;
    mapping_words when_values; /* none: the column is filled */
    mapping_line lines[MAPPING_LINES_MAX];
    size_t line_count;
} mapping_section;

struct kith_mapping {
    const char *path;
    kith_pool *pool;
    bool graphml;         /* the extract is GraphML; else CSV */
    const char *encoding; /* NULL: UTF-8 */
    char delimiter;       /* 0: by the header */
    size_t skip_lines;
    bool keep_equal_rows;
    const char *dates;
    mapping_words blank, ignore_rows, ignore_columns, fill_down;
    mapping_words row_key; /* columns that @row is made of; none: all */
    mapping_words *values; /* each with its name */
    size_t value_count;
    mapping_words date_forms; /* field = forms */
    mapping_section origin;
    mapping_section *sections;
    size_t section_count;
};

/** kith_mapping_read of a text; path is its name in messages. */
kith_status mapping_read_text(kith_mapping **mapping, const char *path, const kith_text *text,
                              kith_mapping_fault *fault, void *context, kith_error *err);

/** A list of a mapping: adds a word, or a pair. False: no memory. */
bool mapping_words_add(mapping_words *words, kith_pool *pool, const char *from, const char *to);

/** Index of a word, compared as kith_word_same does; words->count when it is not there. */
size_t mapping_words_find(const mapping_words *words, const char *word);

/**
 * Reads `"police:" + [Ref No] or @row`.
 *
 * message  out: what is wrong, "" when nothing is. Returns false then, and when the
 *          memory is short (message is "").
 */
bool mapping_line_read(mapping_line *line, kith_pool *pool, const char *given,
                       char message[SHOWN_SIZE * 4]);

/** Reads `[Column] is not "a" or "b"`. */
bool mapping_when_read(mapping_section *section, kith_pool *pool, const char *given,
                       char message[SHOWN_SIZE * 4]);

/** True when the forms ("dd/mm/yyyy or mm/yyyy") can be read. */
bool mapping_dates_sound(const char *forms);

/**
 * A date in one of the forms as ISO 8601. False when it is in none of them, or does not
 * exist; swapped out: with day and month changed it would.
 */
bool mapping_date_read(char out[KITH_NUMBER_SIZE], const char *field, const char *forms,
                       bool *swapped);

/** A reader of bytes as UTF-8, for kith_csv_form. */
typedef struct mapping_decoder mapping_decoder;
bool mapping_encoding_known(const char *name);
kith_status mapping_decoder_open(mapping_decoder **decoder, FILE *in, const char *encoding,
                                 kith_error *err);
size_t mapping_decoder_read(void *decoder, char *bytes, size_t size);
/** What could not be read, or "". */
const char *mapping_decoder_fault(const mapping_decoder *decoder);
void mapping_decoder_close(mapping_decoder *decoder);

/** A network is known by its name: *.graphml. */
bool mapping_path_is_graphml(const char *path);

/** kith_mapping_draft of a GraphML file, opened. */
kith_status mapping_draft_graphml(kith_text *out, const char *path, FILE *in, kith_error *err);

/** True when a section reads a file of this name. */
bool mapping_section_reads(const mapping_section *section, const char *path);

/** The section's line for a field, or NULL. */
const mapping_line *mapping_line_of(const mapping_section *section, const char *field);

#endif
