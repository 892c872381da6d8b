/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_report.c: a mapping as a table: its faults, or what it does. */
#include <string.h>

#include "mapping_private.h"
#include "mappings_data.h"

static void take_fault(void *context, size_t line, const char *field, const char *message)
{
    kith_table *table = context;

    kith_table_integer(table, (int64_t)line);
    kith_table_text(table, field);
    kith_table_text(table, "error");
    kith_table_text(table, message);
}

static void add_columns(kith_table *table, const char *const *names)
{
    for (size_t i = 0; i < 4; i++)
        kith_table_column(table, names[i], i == 0 ? KITH_CELL_INTEGER : KITH_CELL_TEXT);
}

static void list_lines(kith_table *table, const kith_mapping *mapping)
{
    for (size_t i = 0; i < mapping->section_count; i++) {
        const mapping_section *section = &mapping->sections[i];
        for (size_t k = 0; k < section->line_count; k++) {
            kith_table_integer(table, (int64_t)section->lines[k].line);
            kith_table_text(table, section->name);
            kith_table_text(table, section->lines[k].field);
            kith_table_text(table, section->lines[k].given);
        }
    }
}

kith_status kith_mapping_check(kith_table *table, const char *path, kith_error *err)
{
    static const char *const faults[] = { "line", "field", "severity", "message" };
    static const char *const lines[] = { "line", "section", "field", "from" };
    kith_mapping *mapping;

    *table = (kith_table){ 0 };
    add_columns(table, faults);
    const kith_status status = kith_mapping_read(&mapping, path, take_fault, table, err);
    if (status != KITH_OK)
        return status;
    kith_table_free(table);
    *table = (kith_table){ 0 };
    add_columns(table, lines);
    list_lines(table, mapping);
    kith_mapping_free(mapping);
    return kith_table_status(table, err);
}

/* The first comment of a built-in mapping, without its sign. */
static void add_about(kith_table *table, const char *text)
{
    kith_text about = { 0 };

    kith_text_add_bytes(&about, text + 2, text[0] == ';' ? strcspn(text + 2, "\n") : 0);
    kith_table_text(table, about.failed ? NULL : kith_text_string(&about));
    table->failed |= about.failed;
    kith_text_free(&about);
}

kith_status kith_mapping_names(kith_table *table, kith_error *err)
{
    *table = (kith_table){ 0 };
    kith_table_column(table, "name", KITH_CELL_TEXT);
    kith_table_column(table, "about", KITH_CELL_TEXT);
    for (size_t i = 0; i < kith_mappings_data_count; i++) {
        kith_table_text(table, kith_mappings_data[i].name);
        add_about(table, kith_mappings_data[i].bytes);
    }
    return kith_table_status(table, err);
}
