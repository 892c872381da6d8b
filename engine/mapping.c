/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping.c: a mapping file, read and checked.
 *
 * inih cuts the file into sections and lines. It counts no lines and knows no quotes, so
 * it is fed a line at a time by a reader that counts, and that hides between quotes the
 * signs which mean something to inih. What a line means is decided by its section. */
#include "kith/mapping.h"

#include <errno.h>
#include <fnmatch.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping_private.h"
#include "mappings_data.h"

enum { FILE_SIZE_MAX = 1 << 20, SECTION_SIZE_MAX = 48 /* inih cuts longer ones */ };

static const char hidden[] = "=:;#";

typedef struct reading {
    kith_mapping *mapping;
    kith_mapping_fault *fault;
    void *context;
    const char *at; /* what is left of the file */
    size_t line;
    uint64_t faults;
    bool no_memory;
    mapping_section *section; /* under way */
    char section_name[128];
    size_t section_line; /* of the last line that began a section */
} reading;

static void fault(reading *r, size_t line, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void fault(reading *r, size_t line, const char *field, const char *format, ...)
{
    char message[640];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    r->faults++;
    r->fault(r->context, line, field, message);
}

bool mapping_words_add(mapping_words *words, kith_pool *pool, const char *from, const char *to)
{
    if (words->count == words->room) {
        const size_t room = words->room ? 2 * words->room : 16;
        const char **grown_from = realloc(words->from, room * sizeof *grown_from);
        if (grown_from == NULL)
            return false;
        words->from = grown_from;
        const char **grown_to = realloc(words->to, room * sizeof *grown_to);
        if (grown_to == NULL)
            return false;
        words->to = grown_to;
        words->room = room;
    }
    words->from[words->count] = kith_pool_add(pool, from);
    words->to[words->count] = kith_pool_add(pool, to);
    if (words->from[words->count] == NULL || words->to[words->count] == NULL)
        return false;
    words->count++;
    return true;
}

size_t mapping_words_find(const mapping_words *words, const char *word)
{
    size_t i = 0;

    while (i < words->count && !kith_word_same(words->from[i], word))
        i++;
    return i;
}

static void words_free(mapping_words *words)
{
    free(words->from);
    free(words->to);
}

const mapping_line *mapping_line_of(const mapping_section *section, const char *field)
{
    for (size_t i = 0; i < section->line_count; i++)
        if (strcmp(section->lines[i].field, field) == 0)
            return &section->lines[i];
    return NULL;
}

bool mapping_section_reads(const mapping_section *section, const char *path)
{
    const char *slash = strrchr(path, '/');

    return section->files == NULL ||
           fnmatch(section->files, slash != NULL ? slash + 1 : path, 0) == 0;
}

/* One line for inih; signs between quotes are hidden as control characters. */
static char *give_line(char *line, int room, void *context)
{
    reading *r = context;
    const size_t size = strcspn(r->at, "\n");
    bool quoted = false;
    size_t i;

    if (*r->at == '\0')
        return NULL;
    r->line++;
    if (size + 2 > (size_t)room)
        fault(r, r->line, "", "the line is longer than %d bytes; make it shorter", room - 2);
    if ((r->at[0] == ' ' || r->at[0] == '\t') && strspn(r->at, " \t\r") < size)
        fault(r, r->line, "", "the line begins with a blank; begin it at the margin");
    if (strspn(r->at, " \t\r") < size && strchr(";#[ \t", r->at[0]) == NULL &&
        memchr(r->at, '=', size) == NULL && memchr(r->at, ':', size) == NULL)
        fault(r, r->line, "", "the line is neither [section] nor name = value");
    if (r->at[0] == '[')
        r->section_line = r->line;
    if (r->at[0] == '[' && size > SECTION_SIZE_MAX)
        fault(r, r->line, "", "the section's name is longer than %d bytes; make it shorter",
              SECTION_SIZE_MAX - 2);
    for (i = 0; i < size && i + 2 < (size_t)room; i++) {
        const char *sign = strchr(hidden, r->at[i]);
        quoted ^= r->at[i] == '"';
        line[i] = quoted && sign != NULL ? (char)(1 + (sign - hidden)) : r->at[i];
        if ((unsigned char)r->at[i] < 0x20 && r->at[i] != '\t' && r->at[i] != '\r')
            line[i] = ' ';
    }
    line[i++] = '\n';
    line[i] = '\0';
    r->at += size + (r->at[size] == '\n');
    return line;
}

/* What was hidden, in the pool; a name between quotes loses them. */
static const char *shown_again(reading *r, const char *text, bool unquote)
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
static void read_list(reading *r, mapping_words *words, const char *value)
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

static void read_delimiter(reading *r, const char *value)
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
        fault(r, r->line, "delimiter", "comma, semicolon, tab or pipe is expected");
}

static void read_file_line(reading *r, const char *name, const char *value)
{
    kith_mapping *m = r->mapping;
    char quoted[SHOWN_SIZE];
    int64_t number = 0;

    if (strcmp(name, "encoding") == 0) {
        m->encoding = value;
        if (!mapping_encoding_known(value))
            fault(r, r->line, name,
                  "encoding %s is not known; UTF-8, CP1252, UTF-16, UTF-16LE, UTF-16BE, "
                  "ISO-8859-1 or ISO-8859-15 is expected",
                  shown(quoted, value));
    } else if (strcmp(name, "delimiter") == 0) {
        read_delimiter(r, value);
    } else if (strcmp(name, "dates") == 0) {
        m->dates = value;
        if (!mapping_dates_sound(value))
            fault(r, r->line, name,
                  "%s is no form of a date; write it with dd, mm or mon, yyyy, hh:mm, as in "
                  "dd/mm/yyyy hh:mm",
                  shown(quoted, value));
    } else if (strcmp(name, "skip_lines") == 0) {
        if (!kith_integer_read(&number, value) || number < 0 || number > 1000)
            fault(r, r->line, name, "a number of lines from 0 to 1000 is expected");
        m->skip_lines = (size_t)number;
    } else if (strcmp(name, "equal_rows") == 0) {
        m->keep_equal_rows = strcmp(value, "keep") == 0;
        if (!m->keep_equal_rows && strcmp(value, "once") != 0)
            fault(r, r->line, name, "once or keep is expected");
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
        fault(r, r->line, name,
              "%s is not known here; encoding, delimiter, dates, skip_lines, blank, ignore_rows, "
              "ignore_columns, fill_down, row_key or equal_rows is expected",
              shown(quoted, name));
    }
}

static void read_condition(reading *r, const char *value)
{
    char message[SHOWN_SIZE * 4];

    r->section->when = value;
    r->section->when_line = r->line;
    if (!mapping_when_read(r->section, r->mapping->pool, value, message)) {
        r->no_memory |= message[0] == '\0';
        fault(r, r->line, "when", "%s", message);
    }
}

static void read_expression(reading *r, const char *name, const char *value)
{
    mapping_section *section = r->section;
    char message[SHOWN_SIZE * 4];

    if (mapping_line_of(section, name) != NULL) {
        fault(r, r->line, name, "this section has the field twice; keep one of them");
        return;
    }
    if (section->line_count == MAPPING_LINES_MAX) {
        fault(r, r->line, name, "a section has at most %d fields", MAPPING_LINES_MAX);
        return;
    }
    if (kith_column_names_source(name)) {
        fault(r, r->line, name,
              "this field would name a source of intelligence; leave it out, and give only a "
              "reference in report_ref");
        return;
    }
    mapping_line *line = &section->lines[section->line_count++];
    *line = (mapping_line){ .field = name, .given = value, .line = r->line };
    if (!mapping_line_read(line, r->mapping->pool, value, message)) {
        r->no_memory |= message[0] == '\0';
        fault(r, r->line, name, "%s", message);
    }
}

static void read_section_line(reading *r, const char *name, const char *value)
{
    const bool table = r->section->table != NULL;

    if (table && strcmp(name, "when") == 0) {
        read_condition(r, value);
    } else if (table && strcmp(name, "files") == 0) {
        r->section->files = value;
    } else if (table && strcmp(name, "repeats") == 0) {
        r->section->first_of_equal_ids = strcmp(value, "first") == 0;
        if (!r->section->first_of_equal_ids && strcmp(value, "refuse") != 0)
            fault(r, r->line, name, "first or refuse is expected");
    } else {
        read_expression(r, name, value);
    }
}

static mapping_words *add_values(reading *r, const char *field)
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

static void read_value_line(reading *r, const char *field, const char *from, const char *to)
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
        fault(r, r->line, field, "%s is given twice; keep one of them", shown(quoted, from));
    else if (!mapping_words_add(words, m->pool, from, to))
        r->no_memory = true;
}

static void read_form_line(reading *r, const char *field, const char *forms)
{
    char quoted[SHOWN_SIZE];

    if (!mapping_dates_sound(forms))
        fault(r, r->line, field,
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
static void begin_table(reading *r, const char *name)
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
        fault(r, r->line, "",
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
    reading *r = context;
    const bool values = strncmp(section, "values ", 7) == 0;
    const char *name = shown_again(r, raw_name, true);
    const bool plain = strcmp(section, "dates") == 0 || values || strcmp(name, "files") == 0 ||
                       strcmp(name, "repeats") == 0 ||
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
        fault(r, r->line, name, "the line stands before the first section; begin with [file]");
    } else {
        if (strcmp(r->section_name, section) != 0 || r->section == NULL || r->section->table == NULL)
            begin_table(r, section);
        snprintf(r->section_name, sizeof r->section_name, "%s", section);
        if (r->section != NULL)
            read_section_line(r, name, value);
    }
    return !r->no_memory;
}

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
static void take_origin(reading *r, mapping_section *section)
{
    const mapping_section *origin = &r->mapping->origin;

    for (size_t i = 0; i < origin->line_count; i++)
        if (mapping_line_of(section, origin->lines[i].field) == NULL &&
            section->line_count < MAPPING_LINES_MAX)
            section->lines[section->line_count++] = origin->lines[i];
}

static void check_section(reading *r, mapping_section *section)
{
    take_origin(r, section);
    for (size_t i = 0; i < section->line_count; i++)
        join_line(r->mapping, section, &section->lines[i]);
    for (int i = 0; i < section->table->column_count; i++) {
        const table_column *column = &section->table->columns[i];
        if ((column->flags & REQUIRED) != 0 && mapping_line_of(section, column->name) == NULL)
            fault(r, section->line, column->name,
                  "section %s has no line for %s; %s must have it", section->name, column->name,
                  section->table->name);
    }
    static const char *const of_grade[] = { "source_grade", "info_grade", "handling" };
    for (int i = 0; i < 3 && mapping_line_of(section, "grade") != NULL; i++)
        if (mapping_line_of(section, of_grade[i]) != NULL)
            fault(r, section->line, of_grade[i],
                  "grade gives source_grade, info_grade and handling; keep grade, or these");
}

static void check_whole(reading *r)
{
    kith_mapping *m = r->mapping;
    char quoted[SHOWN_SIZE];

    if (m->section_count == 0)
        fault(r, 0, "", "the mapping has no section of a table, such as [persons]; nothing would be loaded");
    for (size_t i = 0; i < m->origin.line_count; i++)
        if (strcmp(m->origin.lines[i].field, "grade") != 0) {
            bool known = false;
            for (int k = 0; k < ORIGIN_COLUMNS; k++)
                known |= strcmp(origin_columns[k].name, m->origin.lines[i].field) == 0;
            if (!known)
                fault(r, m->origin.lines[i].line, m->origin.lines[i].field,
                      "%s is no field of the origin; source, report_ref, source_grade, "
                      "info_grade, grade, handling, conditions or recorded_on is expected",
                      shown(quoted, m->origin.lines[i].field));
        }
    for (size_t i = 0; i < m->section_count; i++)
        check_section(r, &m->sections[i]);
}

static kith_status read_text_of(kith_text *text, const char *path, kith_error *err)
{
    char bytes[4096];
    size_t got;

    for (size_t i = 0; i < kith_mappings_data_count; i++)
        if (strncmp(kith_mappings_data[i].name, path, strlen(path) + 1) == 0) {
            kith_text_add_bytes(text, kith_mappings_data[i].bytes, kith_mappings_data[i].size);
            return kith_text_status(text, err);
        }
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return kith_fail(err, errno == ENOENT ? KITH_NOT_FOUND : KITH_IO,
                         errno == ENOENT ? "%s: there is no such mapping file, and none of that "
                                           "name is built in; `kith mapping list` names those"
                                         : "%s: the mapping cannot be opened",
                         path);
    while ((got = fread(bytes, 1, sizeof bytes, in)) > 0 && text->size <= FILE_SIZE_MAX)
        kith_text_add_bytes(text, bytes, got);
    const bool failed = ferror(in) != 0;
    fclose(in);
    return failed ? kith_fail(err, KITH_IO, "%s: the mapping cannot be read", path)
                  : kith_text_status(text, err);
}

static void read_all(reading *r, const kith_text *text)
{
    const size_t bad = kith_utf8_fault(kith_text_string(text), text->size);

    if (text->size > FILE_SIZE_MAX) {
        fault(r, 0, "", "the file is longer than 1 MiB; is this a mapping?");
    } else if (bad < text->size) {
        fault(r, 0, "", "byte %zu is not UTF-8; save the mapping as UTF-8", bad);
    } else {
        const int code = ini_parse_stream(give_line, r, take_line, r);
        if (code > 0 && r->faults == 0 && !r->no_memory)
            fault(r, (size_t)code, "", "the line is neither [section] nor name = value");
        if (r->faults == 0 && !r->no_memory)
            check_whole(r);
    }
}

kith_status mapping_read_text(kith_mapping **mapping, const char *path, const kith_text *text,
                              kith_mapping_fault *told, void *context, kith_error *err)
{
    reading r = { .fault = told, .context = context };
    kith_status status = KITH_OK;
    kith_mapping *m = calloc(1, sizeof *m);

    *mapping = NULL;
    if (m != NULL) {
        m->pool = kith_pool_new();
        m->sections = calloc(MAPPING_SECTIONS_MAX, sizeof *m->sections);
    }
    if (m == NULL || m->pool == NULL || m->sections == NULL ||
        (m->path = kith_pool_add(m->pool, path)) == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    r.mapping = m;
    r.at = kith_text_string(text);
    read_all(&r, text);
    if (r.no_memory)
        status = kith_no_memory(err);
    else if (r.faults > 0)
        status = kith_fail(err, KITH_INPUT, "%s: %llu error%s in the mapping", path,
                           (unsigned long long)r.faults, r.faults == 1 ? "" : "s");

out:
    if (status == KITH_OK)
        *mapping = m;
    else
        kith_mapping_free(m);
    return status;
}

kith_status kith_mapping_read(kith_mapping **mapping, const char *path, kith_mapping_fault *told,
                              void *context, kith_error *err)
{
    kith_text text = { 0 };
    kith_status status = read_text_of(&text, path, err);

    *mapping = NULL;
    if (status == KITH_OK)
        status = mapping_read_text(mapping, path, &text, told, context, err);
    kith_text_free(&text);
    return status;
}

void kith_mapping_free(kith_mapping *mapping)
{
    if (mapping == NULL)
        return;
    mapping_words *const lists[] = { &mapping->blank, &mapping->ignore_rows,
                                     &mapping->ignore_columns, &mapping->fill_down,
                                     &mapping->row_key,        &mapping->date_forms };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        words_free(lists[i]);
    for (size_t i = 0; i < mapping->value_count; i++)
        words_free(&mapping->values[i]);
    for (size_t i = 0; mapping->sections != NULL && i < MAPPING_SECTIONS_MAX; i++)
        words_free(&mapping->sections[i].when_values);
    free(mapping->values);
    free(mapping->sections);
    kith_pool_free(mapping->pool);
    free(mapping);
}
