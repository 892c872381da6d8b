/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_mapped_private.h: the parts of the reading of an extract.
 *
 *     import_mapped           an extract read once for a section
 *     import_mapped_columns   which column is which
 *     import_mapped_rows      which rows are the section's
 *     import_mapped_values    a row's cells as the fields of a table
 *     import_mapped_examples  what a trial shows */
#ifndef KITH_ENGINE_IMPORT_MAPPED_PRIVATE_H
#define KITH_ENGINE_IMPORT_MAPPED_PRIVATE_H

#include "mapping_private.h"

enum { EXAMPLES = 3, OUT_MAX = MAPPING_LINES_MAX + 2, GRADE_PARTS = 3, ROW_ID_SIZE = 2 * 12 + 16 };

typedef struct examples {
    size_t count;
    char *given[EXAMPLES], *became[EXAMPLES];
} examples;

typedef struct column_use {
    char *name;
    bool used, filled_down, key;
    bool filled; /* in a row, of a column that is not used */
    kith_text above; /* what stood there last, to fill down */
    examples seen;   /* of a column that is not used */
} column_use;

typedef struct mapped {
    import_load *load;
    const import_file *file;
    const kith_mapping *mapping;
    const mapping_section *section;
    const kith_csv_handler *handler;
    mapping_decoder *decoder; /* NULL: the bytes are UTF-8 */
    column_use *columns;
    size_t column_count;
    int when_place[MAPPING_SECTIONS_MAX]; /* of each section that reads these rows; -1: no condition */
    bool all_taken; /* one of them has no condition */
    int place[MAPPING_LINES_MAX][MAPPING_TERMS_MAX];
    const char *out_name[OUT_MAX];
    const char *out_field[OUT_MAX];
    size_t out_count;
    kith_text value[MAPPING_LINES_MAX];
    char grade[GRADE_PARTS][2];
    examples shown[MAPPING_LINES_MAX];
    bool names_rows; /* a line has @row */
    char row_id[ROW_ID_SIZE];
    kith_text cell;
    const kith_csv_record *record;
    bool no_memory;
} mapped;

/* What a handler of the file's form calls; the context is a mapped. */
bool mapped_take_header(void *context, const kith_csv_record *record);
bool mapped_take_record(void *context, const kith_csv_record *record);

/* The text without blanks at its ends, the no-break space of spreadsheets included. */
const char *mapped_trimmed(const char *text, size_t *size);
/* The same in m->cell: it lives until the next call. */
const char *mapped_column_name(mapped *m, const char *given);
/* Which column of the extract a name is; -1 when there is none. */
int mapped_find_column(const mapped *m, const char *name);

/* The extract's cell with its blanks and its words for "nothing" taken off. */
const char *mapped_cell(mapped *m, size_t place);
/* The names of the section's fields, and a record of theirs, to the table's loader. */
void mapped_name_fields(mapped *m);
bool mapped_hand_on(mapped *m);

void mapped_remember(mapped *m, examples *seen, const char *given, const char *became);
void mapped_forget(examples *seen);
void mapped_look_at_unused(mapped *m);
void mapped_tell_examples(mapped *m);
void mapped_tell_unused(mapped *m);

#endif
