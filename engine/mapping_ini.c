/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_ini.c: the lines of a mapping file.
 *
 * inih cuts the file into sections and lines. It counts no lines and knows no quotes, so
 * it is fed a line at a time by a reader that counts, and that hides between quotes the
 * signs which mean something to inih. What a line means is decided by its section. */
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping_ini_private.h"

enum { SECTION_SIZE_MAX = 48 /* inih cuts longer ones */ };

static const char hidden[] = "=:;#";

/* One line for inih; signs between quotes are hidden as control characters. */
static char *give_line(char *line, int room, void *context)
{
    mapping_reading *r = context;
    const size_t size = strcspn(r->at, "\n");
    bool quoted = false;
    size_t i;

    if (*r->at == '\0')
        return NULL;
    r->line++;
    if (size + 2 > (size_t)room)
        mapping_fault(r, r->line, "", "the line is longer than %d bytes; make it shorter", room - 2);
    if ((r->at[0] == ' ' || r->at[0] == '\t') && strspn(r->at, " \t\r") < size)
        mapping_fault(r, r->line, "", "the line begins with a blank; begin it at the margin");
    if (strspn(r->at, " \t\r") < size && strchr(";#[ \t", r->at[0]) == NULL &&
        memchr(r->at, '=', size) == NULL && memchr(r->at, ':', size) == NULL)
        mapping_fault(r, r->line, "", "the line is neither [section] nor name = value");
    if (r->at[0] == '[')
        r->section_line = r->line;
    if (r->at[0] == '[' && size > SECTION_SIZE_MAX)
        mapping_fault(r, r->line, "", "the section's name is longer than %d bytes; make it shorter",
              SECTION_SIZE_MAX - 2);
    for (i = 0; i < size && i + 2 < (size_t)room; i++) {
        const char *sign = strchr(hidden, r->at[i]);
        quoted ^= r->at[i] == '"';
        line[i] = quoted && sign != NULL ? (char)(1 + (sign - hidden)) : r->at[i];
        if ((unsigned char)r->at[i] < 0x20 && r->at[i] != '\t' && r->at[i] != '\r')
            line[i] = ' ';
    }
    while (i < size && ((unsigned char)r->at[i] & 0xC0) == 0x80) /* too long: to the end of a character */
        i--;
    line[i++] = '\n';
    line[i] = '\0';
    r->at += size + (r->at[size] == '\n');
    return line;
}

/* What was hidden, in the pool; a name between quotes loses them. */
static const char *shown_again(mapping_reading *r, const char *text, bool unquote)
{
    const size_t size = strlen(text);
    kith_text out = { 0 };

    unquote = unquote && size >= 2 && text[0] == '"' && text[size - 1] == '"';
    for (size_t i = unquote; i < size - unquote; i++)
        kith_text_add_char(&out, text[i] >= 1 && text[i] <= 4 ? hidden[text[i] - 1] : text[i]);
    const char *kept = out.failed ? NULL : kith_pool_add(r->mapping->pool, kith_text_string(&out));
    kith_text_free(&out);
    r->no_memory |= kept == NULL;
    return kept != NULL ? kept : "";
}

/* "a, b, c", each with or without quotes. */
static void read_list(mapping_reading *r, mapping_words *words, const char *value)
{
    kith_text word = { 0 };

    while (*value != '\0') {
        value += strspn(value, " \t,");
        const bool quoted = *value == '"';
        const char *begin = value + quoted;
        size_t size = strcspn(begin, quoted ? "\"" : ",");
        value = begin + size + (quoted && begin[size] == '"');
        while (!quoted && size > 0 && begin[size - 1] == ' ')
            size--;
        kith_text_clear(&word);
        kith_text_add_bytes(&word, begin, size);
        if (size > 0 &&
            (word.failed || !mapping_words_add(words, r->mapping->pool, kith_text_string(&word), "")))
            r->no_memory = true;
    }
    kith_text_free(&word);
}

static void read_delimiter(mapping_reading *r, const char *value)
{
    static const struct {
        const char *name;
        char sign;
    } signs[] = { { "comma", ',' }, { "\",\"", ',' }, { "semicolon", ';' }, { ";", ';' },
                  { "tab", '\t' },  { "pipe", '|' }, { "|", '|' } };

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strcmp(signs[i].name, value) == 0)
            r->mapping->delimiter = signs[i].sign;
    if (r->mapping->delimiter == 0)
        mapping_fault(r, r->line, "delimiter", "comma, semicolon, tab or pipe is expected");
}

static void read_file_line(mapping_reading *r, const char *name, const char *value)
{
    kith_mapping *m = r->mapping;
    char quoted[SHOWN_SIZE];
    int64_t number = 0;

    if (strcmp(name, "format") == 0) {
        m->graphml = strcmp(value, "graphml") == 0;
        if (!m->graphml && strcmp(value, "csv") != 0)
            mapping_fault(r, r->line, name, "csv or graphml is expected");
    } else if (strcmp(name, "encoding") == 0) {
        m->encoding = value;
        if (!mapping_encoding_known(value))
            mapping_fault(r, r->line, name,
                  "encoding %s is not known; UTF-8, CP1252, UTF-16, UTF-16LE, UTF-16BE, "
                  "ISO-8859-1 or ISO-8859-15 is expected",
                  shown(quoted, value));
    } else if (strcmp(name, "delimiter") == 0) {
        read_delimiter(r, value);
    } else if (strcmp(name, "dates") == 0) {
        m->dates = value;
        if (!mapping_dates_sound(value))
            mapping_fault(r, r->line, name,
                  "%s is no form of a date; write it with dd, mm or mon, yyyy, hh:mm, as in "
                  "dd/mm/yyyy hh:mm",
                  shown(quoted, value));
    } else if (strcmp(name, "skip_lines") == 0) {
        if (!kith_integer_read(&number, value) || number < 0 || number > 1000)
            mapping_fault(r, r->line, name, "a number of lines from 0 to 1000 is expected");
        m->skip_lines = (size_t)number;
    } else if (strcmp(name, "equal_rows") == 0) {
        m->keep_equal_rows = strcmp(value, "keep") == 0;
        if (!m->keep_equal_rows && strcmp(value, "once") != 0)
            mapping_fault(r, r->line, name, "once or keep is expected");
    } else if (strcmp(name, "blank") == 0) {
        read_list(r, &m->blank, value);
    } else if (strcmp(name, "ignore_rows") == 0) {
        read_list(r, &m->ignore_rows, value);
    } else if (strcmp(name, "ignore_columns") == 0) {
        read_list(r, &m->ignore_columns, value);
    } else if (strcmp(name, "fill_down") == 0) {
        read_list(r, &m->fill_down, value);
    } else if (strcmp(name, "row_key") == 0) {
        read_list(r, &m->row_key, value);
    } else {
        mapping_fault(r, r->line, name,
              "%s is not known here; format, encoding, delimiter, dates, skip_lines, blank, ignore_rows, "
              "ignore_columns, fill_down, row_key or equal_rows is expected",
              shown(quoted, name));
    }
}

static void read_condition(mapping_reading *r, const char *value)
{
    char message[SHOWN_SIZE * 4];

    r->section->when = value;
    r->section->when_line = r->line;
    if (!mapping_when_read(r->section, r->mapping->pool, value, message)) {
        r->no_memory |= message[0] == '\0';
        mapping_fault(r, r->line, "when", "%s", message);
    }
}

static void read_expression(mapping_reading *r, const char *name, const char *value)
{
    mapping_section *section = r->section;
    char message[SHOWN_SIZE * 4];

    if (mapping_line_of(section, name) != NULL) {
        mapping_fault(r, r->line, name, "this section has the field twice; keep one of them");
        return;
    }
    if (section->line_count == MAPPING_LINES_MAX) {
        mapping_fault(r, r->line, name, "a section has at most %d fields", MAPPING_LINES_MAX);
        return;
    }
    if (kith_column_names_source(name)) {
        mapping_fault(r, r->line, name,
              "this field would name a source of intelligence; leave it out, and give only a "
              "reference in report_ref");
        return;
    }
    mapping_line *line = &section->lines[section->line_count++];
    *line = (mapping_line){ .field = name, .given = value, .line = r->line };
    if (!mapping_line_read(line, r->mapping->pool, value, message)) {
        r->no_memory |= message[0] == '\0';
        mapping_fault(r, r->line, name, "%s", message);
    }
}

/* Which table of a GraphML file a section is made of. */
static void read_rows(mapping_reading *r, const char *value)
{
    static const char *const names[KITH_GRAPHML_TABLES] = { "nodes", "edges", "hyperedges", "endpoints" };
    int i = 0;

    while (i < KITH_GRAPHML_TABLES && strcmp(names[i], value) != 0)
        i++;
    if (i == KITH_GRAPHML_TABLES)
        mapping_fault(r, r->line, "rows", "nodes, edges, hyperedges or endpoints is expected");
    else
        r->section->rows = (kith_graphml_rows)i;
    r->section->rows_line = r->line;
}

static void read_section_line(mapping_reading *r, const char *name, const char *value)
{
    const bool table = r->section->table != NULL;

    if (table && strcmp(name, "when") == 0) {
        read_condition(r, value);
    } else if (table && strcmp(name, "files") == 0) {
        r->section->files = value;
    } else if (table && strcmp(name, "records") == 0) {
        r->section->only_known = strcmp(value, "known") == 0;
        if (!r->section->only_known && strcmp(value, "new") != 0)
            mapping_fault(r, r->line, name, "known or new is expected");
    } else if (table && strcmp(name, "rows") == 0) {
        read_rows(r, value);
    } else if (table && strcmp(name, "repeats") == 0) {
        r->section->first_of_equal_ids = strcmp(value, "first") == 0;
        if (!r->section->first_of_equal_ids && strcmp(value, "refuse") != 0)
            mapping_fault(r, r->line, name, "first or refuse is expected");
    } else {
        read_expression(r, name, value);
    }
}

static mapping_words *add_values(mapping_reading *r, const char *field)
{
    kith_mapping *m = r->mapping;
    mapping_words *grown = realloc(m->values, (m->value_count + 1) * sizeof *grown);

    if (grown == NULL) {
        r->no_memory = true;
        return NULL;
    }
    m->values = grown;
    m->values[m->value_count] = (mapping_words){ .name = field };
    return &m->values[m->value_count++];
}

static void read_value_line(mapping_reading *r, const char *field, const char *from, const char *to)
{
    kith_mapping *m = r->mapping;
    mapping_words *words = NULL;
    char quoted[SHOWN_SIZE];

    for (size_t i = 0; i < m->value_count; i++)
        if (strcmp(m->values[i].name, field) == 0)
            words = &m->values[i];
    if (words == NULL)
        words = add_values(r, field);
    if (words == NULL)
        return;
    if (mapping_words_find(words, from) < words->count)
        mapping_fault(r, r->line, field, "%s is given twice; keep one of them", shown(quoted, from));
    else if (!mapping_words_add(words, m->pool, from, to))
        r->no_memory = true;
}

static void read_form_line(mapping_reading *r, const char *field, const char *forms)
{
    char quoted[SHOWN_SIZE];

    if (!mapping_dates_sound(forms))
        mapping_fault(r, r->line, field,
              "%s is no form of a date; write it with dd, mm or mon, yyyy, hh:mm, as in "
              "dd/mm/yyyy hh:mm",
              shown(quoted, forms));
    else if (!mapping_words_add(&r->mapping->date_forms, r->mapping->pool, field, forms))
        r->no_memory = true;
}

static const import_table *table_named(const char *name)
{
    const size_t size = strcspn(name, " \t");

    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        if (strlen(import_tables[i].name) == size &&
            strncmp(import_tables[i].name, name, size) == 0)
            return &import_tables[i];
    return NULL;
}

/* A section of a table begins; a name is there once. */
static void begin_table(mapping_reading *r, const char *name)
{
    kith_mapping *m = r->mapping;
    const import_table *table = table_named(name);
    char quoted[SHOWN_SIZE];

    r->section = NULL;
    for (size_t i = 0; i < m->section_count; i++)
        if (strcmp(m->sections[i].name, name) == 0)
            r->section = &m->sections[i];
    if (r->section != NULL)
        return;
    if (table == NULL || m->section_count == MAPPING_SECTIONS_MAX) {
        mapping_fault(r, r->line, "",
              table == NULL ? "section %s is neither a table (persons, events, ...) nor file, "
                              "origin, dates or values FIELD"
                            : "%s is one section too many; a mapping has at most 40",
              shown(quoted, name));
        return;
    }
    r->section = &m->sections[m->section_count++];
    *r->section = (mapping_section){ .name = shown_again(r, name, false), .line = r->section_line, .table = table };
}

static int take_line(void *context, const char *section, const char *raw_name, const char *raw_value)
{
    mapping_reading *r = context;
    const bool values = strncmp(section, "values ", 7) == 0;
    const char *name = shown_again(r, raw_name, true);
    const bool plain = strcmp(section, "dates") == 0 || values || strcmp(name, "files") == 0 ||
                       strcmp(name, "repeats") == 0 || strcmp(name, "rows") == 0 ||
                       strcmp(name, "records") == 0 ||
                       (strcmp(section, "file") == 0 && strchr(raw_value, ',') == NULL);
    const char *value = shown_again(r, raw_value, plain);

    if (strcmp(section, "file") == 0) {
        read_file_line(r, name, value);
    } else if (strcmp(section, "dates") == 0) {
        read_form_line(r, name, value);
    } else if (values) {
        read_value_line(r, shown_again(r, section + 7, false), name, value);
    } else if (strcmp(section, "origin") == 0) {
        r->section = &r->mapping->origin;
        read_section_line(r, name, value);
    } else if (section[0] == '\0') {
        mapping_fault(r, r->line, name, "the line stands before the first section; begin with [file]");
    } else {
        if (strcmp(r->section_name, section) != 0 || r->section == NULL || r->section->table == NULL)
            begin_table(r, section);
        snprintf(r->section_name, sizeof r->section_name, "%s", section);
        if (r->section != NULL)
            read_section_line(r, name, value);
    }
    return !r->no_memory;
}

void mapping_read_lines(mapping_reading *r)
{
    const int code = ini_parse_stream(give_line, r, take_line, r);

    if (code > 0 && r->faults == 0 && !r->no_memory)
        mapping_fault(r, (size_t)code, "", "the line is neither [section] nor name = value");
}
