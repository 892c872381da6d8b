/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_mapped_examples.c: what a trial shows of an extract.
 *
 * Three values of each line of the mapping, as they stand in the extract and as what they
 * become, and of each column that no line reads. */
#include <stdlib.h>
#include <string.h>

#include "import_mapped_private.h"

void mapped_remember(mapped *m, examples *seen, const char *given, const char *became)
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

void mapped_forget(examples *seen)
{
    for (size_t i = 0; i < seen->count; i++) {
        free(seen->given[i]);
        free(seen->became[i]);
    }
}

void mapped_look_at_unused(mapped *m)
{
    for (size_t i = 0; i < m->column_count && !m->file->rows_again; i++) {
        column_use *column = &m->columns[i];
        if (column->used || (column->filled && !m->load->options->dry_run))
            continue;
        const char *text = mapped_column_name(m, m->record->fields[i]);
        column->filled |= text[0] != '\0';
        if (m->load->options->dry_run)
            mapped_remember(m, &column->seen, text, text);
    }
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
void mapped_tell_examples(mapped *m)
{
    kith_text *text = &m->load->scratch;

    for (size_t i = 0; i < m->section->line_count; i++)
        import_fault(m->load, SEVERITY_NOTE, 0, m->section->lines[i].field,
                     m->shown[i].count == 0 ? "becomes nothing in any row%s" : "becomes %s",
                     write_examples(text, &m->shown[i]));
}

/* A column that GraphML itself has is there whether the file needs it or not. */
void mapped_tell_unused(mapped *m)
{
    kith_text *text = &m->load->scratch;

    for (size_t i = 0; i < m->column_count; i++) {
        const column_use *column = &m->columns[i];
        if (column->used || (m->mapping->graphml && column->name[0] == '@' && !column->filled))
            continue;
        const char *seen = write_examples(text, &column->seen);
        import_fault(m->load, SEVERITY_NOTE, 0, column->name,
                     "no line of the mapping reads this column; it is not loaded%s%s",
                     seen[0] != '\0' ? ": " : "", seen);
    }
}
