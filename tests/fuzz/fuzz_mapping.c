/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_mapping.c: any bytes as a mapping file, and as a date with its forms (a NUL between
 * them). A mapping that is taken has what its tables need; one that is refused says why;
 * a date that is read is one that exists. */
#include <string.h>

#include "../../engine/mapping_private.h"
#include "fuzz.h"
#include "kith/date.h"

static void take_fault(void *context, size_t line, const char *field, const char *message)
{
    size_t *faults = context;

    (void)line;
    MUST(field != NULL && message[0] != '\0' && kith_utf8_valid(message, strlen(message)));
    (*faults)++;
}

static void check_section(const mapping_section *section)
{
    MUST(section->table != NULL && section->line_count <= MAPPING_LINES_MAX);
    for (int i = 0; i < section->table->column_count; i++)
        if ((section->table->columns[i].flags & REQUIRED) != 0)
            MUST(mapping_line_of(section, section->table->columns[i].name) != NULL);
    for (size_t i = 0; i < section->line_count; i++) {
        const mapping_line *line = &section->lines[i];
        MUST(line->term_count >= 1 && line->term_count <= MAPPING_TERMS_MAX);
        MUST(line->terms[0].begins && line->terms[0].text != NULL);
        MUST(line->dates == NULL || mapping_dates_sound(line->dates));
        MUST(!kith_column_names_source(line->field));
    }
}

static void check_mapping(const kith_text *text)
{
    kith_mapping *mapping;
    size_t faults = 0;
    const kith_status status = mapping_read_text(&mapping, "fuzz", text, take_fault, &faults, NULL);

    MUST(status == KITH_OK || status == KITH_INPUT);
    MUST((status == KITH_OK) == (faults == 0) && (mapping != NULL) == (status == KITH_OK));
    if (mapping == NULL)
        return;
    MUST(mapping->section_count >= 1);
    for (size_t i = 0; i < mapping->section_count; i++)
        check_section(&mapping->sections[i]);
    kith_mapping_free(mapping);
}

static void check_date(const kith_text *text)
{
    const char *field = kith_text_string(text);
    const size_t size = strlen(field);
    char out[KITH_NUMBER_SIZE];
    kith_time time;
    bool swapped;

    if (size >= text->size || !mapping_dates_sound(field + size + 1))
        return;
    if (mapping_date_read(out, field, field + size + 1, &swapped))
        MUST(kith_time_read(&time, out) && time.precision != KITH_UNDATED);
    else
        MUST(out[0] == '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kith_text text = { 0 };

    kith_text_add_bytes(&text, (const char *)data, size);
    MUST(!text.failed);
    check_mapping(&text);
    check_date(&text);
    kith_text_free(&text);
    return 0;
}
