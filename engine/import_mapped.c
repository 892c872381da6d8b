/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_mapped.c: an extract is read once for each section of its mapping.
 *
 * A section stands between the reader of the file and the loader of a table: the header
 * it hands on is that of the table, a record it hands on has the line of the extract's,
 * and everything after it is the same code as for a file that came as a table. What
 * concerns the file as a whole is told by the first section that reads it. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping_private.h"

enum { EXAMPLES = 3, OUT_MAX = MAPPING_LINES_MAX + 2, GRADE_PARTS = 3, ROW_ID_SIZE = 2 * 12 + 16 };

typedef struct examples {
    size_t count;
    char *given[EXAMPLES], *became[EXAMPLES];
} examples;

typedef struct column_use {
    char *name;
    bool used, filled_down, key;
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
    int when_place;
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

static const char *const grade_fields[GRADE_PARTS] = { "source_grade", "info_grade", "handling" };

/* The text without blanks at its ends, the no-break space of spreadsheets included. */
static const char *trimmed(const char *text, size_t *size)
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

static const char *column_name(mapped *m, const char *given)
{
    size_t size;
    const char *begin = trimmed(given, &size);

    kith_text_clear(&m->cell);
    kith_text_add_bytes(&m->cell, begin, size);
    return kith_text_string(&m->cell);
}

static void remember(mapped *m, examples *seen, const char *given, const char *became)
{
    if (became[0] == '\0' || seen->count == EXAMPLES)
        return;
    for (size_t i = 0; i < seen->count; i++)
        if (strcmp(seen->became[i], became) == 0)
            return;
    char *one = strdup(given), *other = strdup(became);
    if (one == NULL || other == NULL) {
        free(one);
        free(other);
        m->no_memory = true;
        return;
    }
    seen->given[seen->count] = one;
    seen->became[seen->count++] = other;
}

static void forget(examples *seen)
{
    for (size_t i = 0; i < seen->count; i++) {
        free(seen->given[i]);
        free(seen->became[i]);
    }
}

/* The extract's cell with its blanks and its words for "nothing" taken off. */
static const char *cell(mapped *m, size_t place)
{
    const char *text = column_name(m, m->record->fields[place]);

    if (mapping_words_find(&m->mapping->blank, text) < m->mapping->blank.count)
        text = "";
    if (text[0] == '\0' && m->columns[place].filled_down)
        return kith_text_string(&m->columns[place].above);
    return text;
}

/* Which column of the extract a name is; -1 when there is none. */
static int find_column(const mapped *m, const char *name)
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
    return kith_text_string(out);
}

static int place_of(mapped *m, const mapping_term *term, const char *field, size_t line, size_t at)
{
    char quoted[SHOWN_SIZE];

    if (term->kind != TERM_COLUMN)
        return -1;
    const int place = find_column(m, term->text);
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
        if (!mapping_section_reads(section, m->file->path))
            continue;
        for (size_t i = 0; i < section->line_count; i++)
            for (size_t k = 0; k < section->lines[i].term_count; k++) {
                const mapping_term *term = &section->lines[i].terms[k];
                const int place = term->kind == TERM_COLUMN ? find_column(m, term->text) : -1;
                if (place >= 0)
                    m->columns[place].used = true;
            }
        const int when = section->when != NULL ? find_column(m, section->when_column.text) : -1;
        if (when >= 0)
            m->columns[when].used = true;
    }
    for (size_t i = 0; i < m->mapping->ignore_columns.count; i++) {
        const int place = find_column(m, m->mapping->ignore_columns.from[i]);
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
        m->columns[i].name = strdup(column_name(m, record->fields[i]));
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
        const int place = find_column(m, key->from[i]);
        if (place >= 0)
            m->columns[place].key = true;
        else if (!m->file->again)
            import_fault(m->load, SEVERITY_ERROR, line, "",
                         "the extract has no column %s, which the mapping's row_key names",
                         shown(quoted, key->from[i]));
    }
    for (size_t i = 0; i < m->mapping->fill_down.count; i++) {
        const int place = find_column(m, m->mapping->fill_down.from[i]);
        if (place >= 0)
            m->columns[place].filled_down = true;
        else if (!m->file->again)
            import_fault(m->load, SEVERITY_ERROR, line, "",
                         "the extract has no column %s, which the mapping's fill_down names",
                         shown(quoted, m->mapping->fill_down.from[i]));
    }
}

static void name_fields(mapped *m)
{
    m->out_count = 0;
    for (size_t i = 0; i < m->section->line_count; i++) {
        const bool grade = strcmp(m->section->lines[i].field, "grade") == 0;
        for (int k = 0; k < (grade ? GRADE_PARTS : 1); k++)
            m->out_name[m->out_count++] = grade ? grade_fields[k] : m->section->lines[i].field;
    }
}

static bool take_header(void *context, const kith_csv_record *record)
{
    mapped *m = context;
    const uint64_t errors = m->load->report->errors;

    if (!take_columns(m, record))
        return import_goes_on(m->load, kith_no_memory(m->load->err));
    m->when_place = m->section->when == NULL
                        ? -1
                        : place_of(m, &m->section->when_column, "when", m->section->when_line, record->line);
    for (size_t i = 0; i < m->section->line_count; i++) {
        const mapping_line *line = &m->section->lines[i];
        for (size_t k = 0; k < line->term_count; k++)
            m->place[i][k] = place_of(m, &line->terms[k], line->field, line->line, record->line);
        for (size_t k = 0; k < line->term_count; k++)
            m->names_rows |= line->terms[k].kind == TERM_ROW;
    }
    mark_used(m);
    mark_columns(m, record->line);
    name_fields(m);
    const kith_csv_record made = { record->line, record->byte, m->out_name, m->out_count };
    return m->load->report->errors == errors && m->handler->header(m->handler->context, &made);
}

static bool row_is_blank(mapped *m)
{
    for (size_t i = 0; i < m->column_count; i++)
        if (column_name(m, m->record->fields[i])[0] != '\0')
            return false;
    return true;
}

/* The first cell that is filled begins with one of the words of ignore_rows. */
static bool row_is_ignored(mapped *m)
{
    const mapping_words *words = &m->mapping->ignore_rows;
    const char *first = "";
    char quoted[SHOWN_SIZE], begin[64];

    for (size_t i = 0; i < m->column_count && first[0] == '\0'; i++)
        first = column_name(m, m->record->fields[i]);
    for (size_t i = 0; i < words->count; i++) {
        const size_t size = strlen(words->from[i]);
        if (size >= sizeof begin || strlen(first) < size)
            continue;
        memcpy(begin, first, size);
        begin[size] = '\0';
        if (!kith_word_same(begin, words->from[i]))
            continue;
        if (!m->file->again)
            import_gather(m->load, SEVERITY_NOTE, m->record->line, "",
                          "the row begins with %s; it is passed over, as ignore_rows says",
                          shown(quoted, first));
        return true;
    }
    return false;
}

/* A digest of the record's columns, all of them or those of row_key, for this section. */
static bool digest_row(mapped *m, unsigned char digest[KITH_DIGEST_SIZE], bool key)
{
    kith_text *all = &m->load->scratch;

    kith_text_clear(all);
    for (size_t i = 0; i < m->column_count; i++) {
        if (key && !m->columns[i].key)
            continue;
        kith_text_add_bytes(all, m->columns[i].name, strlen(m->columns[i].name) + 1);
        kith_text_add_bytes(all, m->record->fields[i], strlen(m->record->fields[i]) + 1);
    }
    kith_text_add_char(all, key ? 'k' : 'r');
    if (all->failed)
        return import_goes_on(m->load, kith_no_memory(m->load->err));
    crypto_generichash(digest, KITH_DIGEST_SIZE, (const unsigned char *)all->data, all->size, NULL, 0);
    return true;
}

/* Counts the record among its equals in this call, for this section. */
static bool count_row(mapped *m, uint32_t *nth, unsigned char digest[KITH_DIGEST_SIZE])
{
    digest[KITH_DIGEST_SIZE - 1] ^= (unsigned char)(m->section - m->mapping->sections);
    return kith_tally_add(nth, &m->load->extract_rows, digest) ||
           import_goes_on(m->load, kith_no_memory(m->load->err));
}

/* Names the record by its content, and by which of its equals it is. */
static bool name_row(mapped *m)
{
    unsigned char digest[KITH_DIGEST_SIZE];
    uint32_t nth;

    if (!digest_row(m, digest, true))
        return false;
    for (size_t i = 0; i < 12; i++)
        snprintf(m->row_id + 2 * i, 3, "%02x", digest[i]);
    if (!count_row(m, &nth, digest))
        return false;
    if (nth > 1)
        snprintf(m->row_id + 24, sizeof m->row_id - 24, "-%u", nth);
    return true;
}

static bool is_repeated(mapped *m)
{
    unsigned char digest[KITH_DIGEST_SIZE];
    uint32_t nth = 0;

    if (m->mapping->keep_equal_rows || !digest_row(m, digest, false) || !count_row(m, &nth, digest) ||
        nth == 1)
        return false;
    if (!m->file->again)
        import_gather(m->load, SEVERITY_WARNING, m->record->line, "",
                      "the row is like an earlier one in every column; it is read once");
    return true;
}

static void fill_down(mapped *m)
{
    for (size_t i = 0; i < m->column_count; i++) {
        if (!m->columns[i].filled_down)
            continue;
        const char *text = column_name(m, m->record->fields[i]);
        if (text[0] == '\0') {
            if (!m->file->again)
                import_gather(m->load, SEVERITY_NOTE, m->record->line, m->columns[i].name,
                              "the cell is blank; it is filled from the row above, as fill_down says");
            continue;
        }
        kith_text_clear(&m->columns[i].above);
        kith_text_add(&m->columns[i].above, text);
        m->no_memory |= m->columns[i].above.failed;
    }
}

static bool when_holds(mapped *m)
{
    const mapping_section *section = m->section;
    const char *text = m->when_place >= 0 ? cell(m, (size_t)m->when_place) : "";

    if (section->when == NULL)
        return true;
    if (section->when_values.count == 0)
        return text[0] != '\0';
    const bool listed = mapping_words_find(&section->when_values, text) < section->when_values.count;
    return listed != section->when_not;
}

/* The first alternative that is filled, in out; "" when none is. */
static void compose(mapped *m, kith_text *out, const mapping_line *line, const int *place)
{
    bool columns = false, filled = false, blank = false;

    for (size_t k = 0; k < line->term_count; k++) {
        const mapping_term *term = &line->terms[k];
        if (term->begins) {
            if (k > 0 && (!columns || (line->whole ? !blank : filled)))
                return;
            kith_text_clear(out);
            columns = filled = blank = false;
        }
        if (term->kind == TERM_TEXT) {
            kith_text_add(out, term->text);
            continue;
        }
        const char *text = term->kind == TERM_ROW ? m->row_id
                           : place[k] >= 0        ? cell(m, (size_t)place[k])
                                                  : "";
        columns = true;
        filled |= text[0] != '\0';
        blank |= text[0] == '\0';
        kith_text_add(out, text);
    }
    if (columns && (line->whole ? blank : !filled))
        kith_text_clear(out);
}

static void replace(mapped *m, kith_text *value, const char *text)
{
    kith_text_clear(&m->cell);
    kith_text_add(&m->cell, text); /* text may lie in value */
    kith_text_clear(value);
    kith_text_add(value, kith_text_string(&m->cell));
}

static void translate(mapped *m, kith_text *value, const mapping_line *line)
{
    const mapping_words *words = line->values;
    char quoted[SHOWN_SIZE];

    if (words == NULL || value->size == 0 || (line->term_count == 1 && line->terms[0].kind == TERM_TEXT))
        return;
    size_t at = mapping_words_find(words, kith_text_string(value));
    if (at == words->count)
        at = mapping_words_find(words, "*");
    if (at < words->count)
        replace(m, value, words->to[at]);
    else
        import_gather(m->load, SEVERITY_NOTE, m->record->line, line->field,
                      "%s is not in [values %s]; it is kept as written",
                      shown(quoted, kith_text_string(value)), words->name);
}

static void read_date(mapped *m, kith_text *value, const mapping_line *line)
{
    char date[KITH_NUMBER_SIZE], quoted[SHOWN_SIZE];
    bool swapped;

    if (line->dates == NULL || value->size == 0)
        return;
    if (!mapping_date_read(date, kith_text_string(value), line->dates, &swapped))
        import_fault(m->load, SEVERITY_ERROR, m->record->line, line->field,
                     "%s is not a date written as %s%s", shown(quoted, kith_text_string(value)),
                     line->dates,
                     swapped ? "; with day and month changed it would be: look at this row's source"
                             : "; correct it, or add its form or its word to the mapping");
    replace(m, value, date);
}

/* "1A", "1A-P", "B24": one sign each, whatever stands between them. */
static void split_grade(mapped *m, const char *text, const char **out)
{
    size_t count = 0;
    char quoted[SHOWN_SIZE];

    memset(m->grade, 0, sizeof m->grade);
    for (const char *p = text; *p != '\0'; p++) {
        if (strchr(" -/.", *p) != NULL)
            continue;
        if (count < GRADE_PARTS)
            m->grade[count][0] = *p;
        count++;
    }
    if (count == 1 || count > GRADE_PARTS)
        import_fault(m->load, SEVERITY_ERROR, m->record->line, "grade",
                     "%s is no grade; 1A, 1A-P or, of the older 5x5x5, B24 is expected",
                     shown(quoted, text));
    for (int k = 0; k < GRADE_PARTS; k++)
        out[k] = m->grade[k];
}

static const char *evaluate(mapped *m, size_t i)
{
    const mapping_line *line = &m->section->lines[i];
    kith_text *value = &m->value[i];
    size_t size;

    kith_text_clear(value);
    compose(m, value, line, m->place[i]);
    const char *begin = trimmed(kith_text_string(value), &size);
    if (size < value->size) {
        memmove(value->data, begin, size);
        value->data[size] = '\0';
        value->size = size;
    }
    char *given = m->load->options->dry_run && m->shown[i].count < EXAMPLES
                      ? strdup(kith_text_string(value))
                      : NULL;
    translate(m, value, line);
    read_date(m, value, line);
    if (given != NULL)
        remember(m, &m->shown[i], given, kith_text_string(value));
    free(given);
    m->no_memory |= value->failed;
    return kith_text_string(value);
}

static bool hand_on(mapped *m)
{
    size_t at = 0;

    for (size_t i = 0; i < m->section->line_count; i++) {
        const char *value = evaluate(m, i);
        if (strcmp(m->section->lines[i].field, "grade") == 0) {
            split_grade(m, value, &m->out_field[at]);
            at += GRADE_PARTS;
        } else {
            m->out_field[at++] = value;
        }
    }
    if (m->no_memory)
        return import_goes_on(m->load, kith_no_memory(m->load->err));
    const kith_csv_record made = { m->record->line, m->record->byte, m->out_field, m->out_count };
    return m->handler->record(m->handler->context, &made);
}

static void look_at_unused(mapped *m)
{
    if (m->file->again || !m->load->options->dry_run)
        return;
    for (size_t i = 0; i < m->column_count; i++)
        if (!m->columns[i].used) {
            const char *text = column_name(m, m->record->fields[i]);
            remember(m, &m->columns[i].seen, text, text);
        }
}

static bool take_record(void *context, const kith_csv_record *record)
{
    mapped *m = context;

    m->record = record;
    if (row_is_blank(m)) {
        if (!m->file->again)
            import_gather(m->load, SEVERITY_NOTE, record->line, "",
                          "the row has nothing in it; it is passed over");
        return m->load->status == KITH_OK;
    }
    if (row_is_ignored(m))
        return m->load->status == KITH_OK;
    look_at_unused(m);
    fill_down(m);
    if (is_repeated(m))
        return m->load->status == KITH_OK;
    if (m->names_rows && !name_row(m))
        return false;
    return when_holds(m) && m->load->status == KITH_OK ? hand_on(m) : m->load->status == KITH_OK;
}

/* The bytes end where they cannot be read, which is no fault of form. */
static bool cannot_decode(const mapped *m)
{
    return m->decoder != NULL && mapping_decoder_fault(m->decoder)[0] != '\0';
}

static void take_fault(void *context, size_t line, const char *message)
{
    const mapped *m = context;

    if (!m->file->again && !cannot_decode(m))
        m->handler->fault(m->handler->context, line, message);
}

static const char *write_examples(kith_text *out, const examples *seen)
{
    char quoted[SHOWN_SIZE];

    kith_text_clear(out);
    for (size_t i = 0; i < seen->count; i++) {
        kith_text_add(out, i > 0 ? ", " : "");
        if (strcmp(seen->given[i], seen->became[i]) != 0)
            kith_text_format(out, "%s as ", shown(quoted, seen->given[i]));
        kith_text_add(out, shown(quoted, seen->became[i]));
    }
    return kith_text_string(out);
}

/* What each line of the section made of the extract. */
static void tell_examples(mapped *m)
{
    kith_text *text = &m->load->scratch;

    for (size_t i = 0; i < m->section->line_count; i++)
        import_fault(m->load, SEVERITY_NOTE, 0, m->section->lines[i].field,
                     m->shown[i].count == 0 ? "becomes nothing in any row%s" : "becomes %s",
                     write_examples(text, &m->shown[i]));
}

static void tell_unused(mapped *m)
{
    kith_text *text = &m->load->scratch;

    for (size_t i = 0; i < m->column_count; i++) {
        const column_use *column = &m->columns[i];
        if (column->used)
            continue;
        const char *seen = write_examples(text, &column->seen);
        import_fault(m->load, SEVERITY_NOTE, 0, column->name,
                     "no line of the mapping reads this column; it is not loaded%s%s",
                     seen[0] != '\0' ? ": " : "", seen);
    }
}

static void mapped_free(mapped *m)
{
    for (size_t i = 0; i < m->column_count; i++) {
        free(m->columns[i].name);
        kith_text_free(&m->columns[i].above);
        forget(&m->columns[i].seen);
    }
    free(m->columns);
    for (size_t i = 0; i < MAPPING_LINES_MAX; i++) {
        kith_text_free(&m->value[i]);
        forget(&m->shown[i]);
    }
    kith_text_free(&m->cell);
    free(m);
}

static kith_status read_extract(bool *whole, mapped *m, FILE *in)
{
    import_load *load = m->load;
    const kith_csv_handler own = { m, take_header, take_record, take_fault };
    kith_csv_form form = { .delimiter = m->mapping->delimiter, .skip_lines = m->mapping->skip_lines };
    kith_status status = KITH_OK;

    if (m->mapping->encoding != NULL && !kith_word_same(m->mapping->encoding, "utf-8")) {
        status = mapping_decoder_open(&m->decoder, in, m->mapping->encoding, load->err);
        form.read = mapping_decoder_read;
        form.context = m->decoder;
    }
    if (status == KITH_OK)
        status = kith_csv_read_form(whole, in, &form, &own, load->err);
    if (cannot_decode(m)) {
        *whole = false;
        if (!m->file->again)
            import_fault(load, SEVERITY_ERROR, 0, "", "%s", mapping_decoder_fault(m->decoder));
    }
    mapping_decoder_close(m->decoder);
    return status;
}

kith_status import_mapped(bool *whole, import_load *load, const import_file *file, FILE *in,
                          const kith_csv_handler *handler)
{
    mapped *m = calloc(1, sizeof *m);

    *whole = false;
    if (m == NULL)
        return kith_no_memory(load->err);
    m->load = load;
    m->file = file;
    m->mapping = load->mapping;
    m->section = file->section;
    m->handler = handler;
    kith_status status = read_extract(whole, m, in);
    if (status == KITH_OK && m->no_memory)
        status = kith_no_memory(load->err);
    if (status == KITH_OK && m->column_count > 0 && !file->again)
        tell_unused(m);
    if (status == KITH_OK && *whole && load->options->dry_run)
        tell_examples(m);
    mapped_free(m);
    return status;
}
