/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_mapped_columns.c: which column of an extract is which.
 *
 * Columns are found by name, exactly and then as people write them. Those that no section
 * reads are told once, by the first section that reads the file. */
#include <stdlib.h>
#include <string.h>

#include "import_mapped_private.h"

/* The text without blanks at its ends, the no-break space of spreadsheets included. */
const char *mapped_trimmed(const char *text, size_t *size)
{
    for (;;) {
        const size_t blank = strspn(text, " \t\r\n");
        const size_t hard = strncmp(text + blank, "\xC2\xA0", 2) == 0 ? 2 : 0;
        text += blank + hard;
        if (hard == 0)
            break;
    }
    *size = strlen(text);
    while (*size > 0) {
        if (strchr(" \t\r\n", text[*size - 1]) != NULL)
            (*size)--;
        else if (*size >= 2 && memcmp(text + *size - 2, "\xC2\xA0", 2) == 0)
            *size -= 2;
        else
            break;
    }
    return text;
}

const char *mapped_column_name(mapped *m, const char *given)
{
    size_t size;
    const char *begin = mapped_trimmed(given, &size);

    kith_text_clear(&m->cell);
    kith_text_add_bytes(&m->cell, begin, size);
    return kith_text_string(&m->cell);
}

/* Which column of the extract a name is; -1 when there is none. */
int mapped_find_column(const mapped *m, const char *name)
{
    for (size_t i = 0; i < m->column_count; i++)
        if (strcmp(m->columns[i].name, name) == 0)
            return (int)i;
    for (size_t i = 0; i < m->column_count; i++)
        if (kith_word_same(m->columns[i].name, name))
            return (int)i;
    return -1;
}

static bool is_twice(const mapped *m, int at)
{
    for (size_t i = 0; i < m->column_count; i++)
        if ((int)i != at && strcmp(m->columns[i].name, m->columns[at].name) == 0)
            return true;
    return false;
}

static const char *all_columns(mapped *m)
{
    kith_text *out = &m->load->scratch;

    kith_text_clear(out);
    for (size_t i = 0; i < m->column_count && out->size < 300; i++)
        kith_text_format(out, "%s%s", i > 0 ? ", " : "", m->columns[i].name);
    if (m->column_count == 1 && strpbrk(m->columns[0].name, "\t|") != NULL)
        kith_text_add(out, " (one column: say delimiter = tab, or pipe, in [file])");
    return kith_text_string(out);
}

static int place_of(mapped *m, const mapping_term *term, const char *field, size_t line, size_t at)
{
    char quoted[SHOWN_SIZE];

    if (term->kind != TERM_COLUMN)
        return -1;
    const int place = mapped_find_column(m, term->text);
    if (place < 0 && !term->optional)
        import_fault(m->load, SEVERITY_ERROR, at, field,
                     "the extract has no column %s (line %zu of %s); its columns are %s",
                     shown(quoted, term->text), line, m->mapping->path, all_columns(m));
    else if (place >= 0 && is_twice(m, place))
        import_fault(m->load, SEVERITY_ERROR, at, field,
                     "the extract has column %s twice; name them apart", shown(quoted, term->text));
    return place;
}

/* Columns that another section reads are used as well. */
static void mark_used(mapped *m)
{
    for (size_t s = 0; s < m->mapping->section_count; s++) {
        const mapping_section *section = &m->mapping->sections[s];
        if (!mapping_section_reads(section, m->file->path) || section->rows != m->section->rows)
            continue;
        for (size_t i = 0; i < section->line_count; i++)
            for (size_t k = 0; k < section->lines[i].term_count; k++) {
                const mapping_term *term = &section->lines[i].terms[k];
                const int place = term->kind == TERM_COLUMN ? mapped_find_column(m, term->text) : -1;
                if (place >= 0)
                    m->columns[place].used = true;
            }
        const int when = section->when != NULL ? mapped_find_column(m, section->when_column.text) : -1;
        if (when >= 0)
            m->columns[when].used = true;
        m->when_place[s] = when;
        m->all_taken |= section->when == NULL;
    }
    for (size_t i = 0; i < m->mapping->ignore_columns.count; i++) {
        const int place = mapped_find_column(m, m->mapping->ignore_columns.from[i]);
        if (place >= 0)
            m->columns[place].used = true;
    }
}

static bool take_columns(mapped *m, const kith_csv_record *record)
{
    m->columns = calloc(record->count, sizeof *m->columns);
    if (m->columns == NULL)
        return false;
    m->column_count = record->count;
    for (size_t i = 0; i < record->count; i++)
        m->columns[i].name = strdup("");
    for (size_t i = 0; i < record->count; i++) {
        free(m->columns[i].name);
        m->columns[i].name = strdup(mapped_column_name(m, record->fields[i]));
    }
    for (size_t i = 0; i < record->count; i++)
        if (m->columns[i].name == NULL)
            return false;
    return !m->cell.failed;
}

/* The columns that the mapping's fill_down and row_key name. */
static void mark_columns(mapped *m, size_t line)
{
    const mapping_words *key = &m->mapping->row_key;
    char quoted[SHOWN_SIZE];

    for (size_t i = 0; i < m->column_count; i++)
        m->columns[i].key = key->count == 0;
    for (size_t i = 0; i < key->count; i++) {
        const int place = mapped_find_column(m, key->from[i]);
        if (place >= 0)
            m->columns[place].key = true;
        else if (!m->file->rows_again)
            import_fault(m->load, SEVERITY_ERROR, line, "",
                         "the extract has no column %s, which the mapping's row_key names",
                         shown(quoted, key->from[i]));
    }
    for (size_t i = 0; i < m->mapping->fill_down.count; i++) {
        const int place = mapped_find_column(m, m->mapping->fill_down.from[i]);
        if (place >= 0)
            m->columns[place].filled_down = true;
        else if (!m->file->rows_again)
            import_fault(m->load, SEVERITY_ERROR, line, "",
                         "the extract has no column %s, which the mapping's fill_down names",
                         shown(quoted, m->mapping->fill_down.from[i]));
    }
}

bool mapped_take_header(void *context, const kith_csv_record *record)
{
    mapped *m = context;
    const uint64_t errors = m->load->report->errors;

    if (!take_columns(m, record))
        return import_goes_on(m->load, kith_no_memory(m->load->err));
    if (m->section->when != NULL)
        place_of(m, &m->section->when_column, "when", m->section->when_line, record->line);
    for (size_t i = 0; i < m->section->line_count; i++) {
        const mapping_line *line = &m->section->lines[i];
        for (size_t k = 0; k < line->term_count; k++)
            m->place[i][k] = place_of(m, &line->terms[k], line->field, line->line, record->line);
        for (size_t k = 0; k < line->term_count; k++)
            m->names_rows |= line->terms[k].kind == TERM_ROW;
    }
    mark_used(m);
    mark_columns(m, record->line);
    mapped_name_fields(m);
    const kith_csv_record made = { record->line, record->byte, m->out_name, m->out_count };
    return m->load->report->errors == errors && m->handler->header(m->handler->context, &made);
}
