/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_mapped_values.c: a row's cells as the fields of a table.
 *
 * An expression is composed, then its words are translated, then its date is read. */
#include <stdlib.h>
#include <string.h>

#include "import_mapped_private.h"

static const char *const grade_fields[GRADE_PARTS] = { "source_grade", "info_grade", "handling" };

/* The extract's cell with its blanks and its words for "nothing" taken off. */
const char *mapped_cell(mapped *m, size_t place)
{
    const char *text = mapped_column_name(m, m->record->fields[place]);

    if (mapping_words_find(&m->mapping->blank, text) < m->mapping->blank.count)
        text = "";
    if (text[0] == '\0' && m->columns[place].filled_down)
        return kith_text_string(&m->columns[place].above);
    return text;
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
                           : place[k] >= 0        ? mapped_cell(m, (size_t)place[k])
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
    const char *begin = mapped_trimmed(kith_text_string(value), &size);
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
        mapped_remember(m, &m->shown[i], given, kith_text_string(value));
    free(given);
    m->no_memory |= value->failed;
    return kith_text_string(value);
}

void mapped_name_fields(mapped *m)
{
    m->out_count = 0;
    for (size_t i = 0; i < m->section->line_count; i++) {
        const bool grade = strcmp(m->section->lines[i].field, "grade") == 0;
        for (int k = 0; k < (grade ? GRADE_PARTS : 1); k++)
            m->out_name[m->out_count++] = grade ? grade_fields[k] : m->section->lines[i].field;
    }
}

bool mapped_hand_on(mapped *m)
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
