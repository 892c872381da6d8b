/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_header.c: which column of a file is which.
 *
 * Names are compared in lower case with blanks and hyphens as '_'. A column that is
 * neither the table's nor one of the origin becomes an attribute under its own name. */
#include <stdlib.h>
#include <string.h>

#include "import_private.h"

enum { NAME_SIZE = 64 };

/* A name in the form of the tables; cut when it is too long to be one of theirs. */
static void normal_form(char out[NAME_SIZE], const char *name)
{
    size_t size = 0;

    for (; *name != '\0' && size + 1 < NAME_SIZE; name++) {
        const char c = *name == ' ' || *name == '-' ? '_' : *name;
        out[size++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[size] = '\0';
}

static int place_among(const table_column *columns, int count, const char *name)
{
    char normal[NAME_SIZE];

    normal_form(normal, name);
    for (int i = 0; i < count; i++)
        if (strcmp(columns[i].name, normal) == 0)
            return i;
    return -1;
}

/* Gives a column its place; false when the column was there before. */
static bool take_place(int *place, int at)
{
    if (*place >= 0)
        return false;
    *place = at;
    return true;
}

static bool keep_extra(import_row *row, const char *name, int at)
{
    const size_t size = strlen(name) + 1;
    size_t i = row->extra_count;

    for (size_t k = 0; k < row->extra_count; k++)
        if (strcmp(row->extra_name[k], name) == 0)
            return false;
    char *copy = malloc(size);
    if (copy == NULL) {
        import_goes_on(row->load, kith_no_memory(row->load->err));
        return true;
    }
    memcpy(copy, name, size);
    for (; i > 0 && strcmp(row->extra_name[i - 1], name) > 0; i--) {
        row->extra_name[i] = row->extra_name[i - 1];
        row->extra_place[i] = row->extra_place[i - 1];
    }
    row->extra_name[i] = copy;
    row->extra_place[i] = at;
    row->extra_count++;
    return true;
}

static void place_column(import_row *row, const char *name, int at, size_t line)
{
    import_load *load = row->load;
    const int own = place_among(load->table->columns, load->table->column_count, name);
    const int origin = place_among(origin_columns, ORIGIN_COLUMNS, name);
    char quoted[SHOWN_SIZE];
    bool once;

    if (name[0] == '\0') {
        import_fault(load, SEVERITY_ERROR, line, "",
                     "column %d has no name; name it, or take it out", at + 1);
        return;
    }
    if (kith_column_names_source(name)) {
        import_fault(
            load, SEVERITY_ERROR, line, name,
            "this column would name a source of intelligence; take it out, and give only a "
            "reference in report_ref");
        return;
    }
    if (own >= 0)
        once = take_place(&row->place[own], at);
    else if (origin >= 0)
        row->has_origin = once = take_place(&row->origin_place[origin], at);
    else
        once = keep_extra(row, name, at);
    if (!once)
        import_fault(load, SEVERITY_ERROR, line, name,
                     "the header has this column twice; keep one of them");
    else if (own < 0 && origin < 0)
        import_fault(load, SEVERITY_NOTE, line, name,
                     "column %s is not known; it is kept as an attribute", shown(quoted, name));
}

static bool make_room(import_row *row, size_t count)
{
    import_header_free(row);
    row->extra_place = calloc(count, sizeof *row->extra_place);
    row->extra_name = calloc(count, sizeof *row->extra_name);
    return row->extra_place != NULL && row->extra_name != NULL;
}

bool import_header(import_row *row, const kith_csv_record *record)
{
    import_load *load = row->load;
    const uint64_t errors = load->report->errors;

    if (!make_room(row, record->count))
        return import_goes_on(load, kith_no_memory(load->err));
    for (int i = 0; i < TABLE_COLUMNS_MAX; i++)
        row->place[i] = -1;
    for (int i = 0; i < ORIGIN_COLUMNS; i++)
        row->origin_place[i] = -1;
    row->has_origin = false;
    row->origin_row = 0;
    for (size_t i = 0; i < record->count; i++)
        place_column(row, record->fields[i], (int)i, record->line);
    const int needed = import_only_known(load) ? 1 : load->table->column_count;
    for (int i = 0; i < needed; i++)
        if ((load->table->columns[i].flags & REQUIRED) != 0 && row->place[i] < 0)
            import_fault(load, SEVERITY_ERROR, record->line, load->table->columns[i].name,
                         "the column is missing; %s.csv must have it", load->table->name);
    return load->status == KITH_OK && load->report->errors == errors;
}

void import_header_free(import_row *row)
{
    for (size_t i = 0; i < row->extra_count; i++)
        free(row->extra_name[i]);
    free(row->extra_name);
    free(row->extra_place);
    row->extra_name = NULL;
    row->extra_place = NULL;
    row->extra_count = 0;
}
