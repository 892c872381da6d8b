/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_check.c: a mapping as a whole.
 *
 * When every line is read its parts are joined: each line finds the values and the dates that
 * are for its field, each table the origin that it has no lines for. Then each table is asked
 * for what it must have. */
#include <stdio.h>
#include <string.h>

#include "mapping_ini_private.h"

static const table_column *column_of(const import_table *table, const char *field)
{
    for (int i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, field) == 0)
            return &table->columns[i];
    for (int i = 0; i < ORIGIN_COLUMNS; i++)
        if (strcmp(origin_columns[i].name, field) == 0)
            return &origin_columns[i];
    return NULL;
}

/* Values and date forms of a line: of its table's field, else of any field so named. */
static void join_line(kith_mapping *m, const mapping_section *section, mapping_line *line)
{
    const table_column *column = column_of(section->table, line->field);
    const bool date = column != NULL && (column->type == COLUMN_DATE || column->type == COLUMN_TIME);
    char full[160];

    snprintf(full, sizeof full, "%s.%s", section->table->name, line->field);
    line->whole = column != NULL && (column->type == COLUMN_ID || column->type == COLUMN_REF);
    line->dates = date ? m->dates : NULL;
    for (int pass = 0; pass < 2; pass++) {
        const char *name = pass == 0 ? line->field : full;
        for (size_t i = 0; i < m->value_count; i++)
            if (strcmp(m->values[i].name, name) == 0)
                line->values = &m->values[i];
        for (size_t i = 0; i < m->date_forms.count; i++)
            if (strcmp(m->date_forms.from[i], name) == 0)
                line->dates = m->date_forms.to[i];
    }
}

/* The origin's lines hold for each table that has none of its own. */
static void take_origin(mapping_reading *r, mapping_section *section)
{
    const mapping_section *origin = &r->mapping->origin;

    for (size_t i = 0; i < origin->line_count; i++)
        if (mapping_line_of(section, origin->lines[i].field) == NULL &&
            section->line_count < MAPPING_LINES_MAX)
            section->lines[section->line_count++] = origin->lines[i];
}

/* The lines that are for one form of file alone. */
static void check_form(mapping_reading *r)
{
    const kith_mapping *m = r->mapping;

    if (m->graphml && (m->delimiter != 0 || m->skip_lines > 0 || m->fill_down.count > 0 || m->row_key.count > 0))
        mapping_fault(r, 0, "", "delimiter, skip_lines, fill_down and row_key are for CSV; take them out, or format");
    for (size_t i = 0; i < m->section_count; i++) {
        const mapping_section *section = &m->sections[i];
        if (m->graphml && section->rows_line == 0)
            mapping_fault(r, section->line, "rows",
                          "section %s has no line for rows; rows = nodes, edges, hyperedges or endpoints is expected",
                          section->name);
        else if (!m->graphml && section->rows_line > 0)
            mapping_fault(r, section->rows_line, "rows",
                          "a CSV file is one table; take the line out, or add format = graphml to [file]");
    }
}

static void check_section(mapping_reading *r, mapping_section *section)
{
    take_origin(r, section);
    for (size_t i = 0; i < section->line_count; i++)
        join_line(r->mapping, section, &section->lines[i]);
    for (int i = 0; i < section->table->column_count; i++) {
        const table_column *column = &section->table->columns[i];
        if (section->only_known && i > 0)
            break;
        if ((column->flags & REQUIRED) != 0 && mapping_line_of(section, column->name) == NULL)
            mapping_fault(r, section->line, column->name,
                  "section %s has no line for %s; %s must have it", section->name, column->name,
                  section->table->name);
    }
    if (section->only_known && section->table->identity != BY_ID)
        mapping_fault(r, section->line, "records", "rows of %s are not known by an id; take the line out",
                      section->table->name);
    static const char *const of_grade[] = { "source_grade", "info_grade", "handling" };
    for (int i = 0; i < 3 && mapping_line_of(section, "grade") != NULL; i++)
        if (mapping_line_of(section, of_grade[i]) != NULL)
            mapping_fault(r, section->line, of_grade[i],
                  "grade gives source_grade, info_grade and handling; keep grade, or these");
}

void mapping_check_whole(mapping_reading *r)
{
    kith_mapping *m = r->mapping;
    char quoted[SHOWN_SIZE];

    if (m->section_count == 0)
        mapping_fault(r, 0, "", "the mapping has no section of a table, such as [persons]; nothing would be loaded");
    for (size_t i = 0; i < m->origin.line_count; i++)
        if (strcmp(m->origin.lines[i].field, "grade") != 0) {
            bool known = false;
            for (int k = 0; k < ORIGIN_COLUMNS; k++)
                known |= strcmp(origin_columns[k].name, m->origin.lines[i].field) == 0;
            if (!known)
                mapping_fault(r, m->origin.lines[i].line, m->origin.lines[i].field,
                      "%s is no field of the origin; source, report_ref, source_grade, "
                      "info_grade, grade, handling, conditions or recorded_on is expected",
                      shown(quoted, m->origin.lines[i].field));
        }
    check_form(r);
    for (size_t i = 0; i < m->section_count; i++)
        check_section(r, &m->sections[i]);
}
