/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_report.c: faults as they are found, and as a table.
 *
 * A fault is listed by itself (import_fault), or gathered with the others that say the
 * same of the same field (import_gather), which keeps its first lines and a count. The
 * format of a sentence stands for its kind: of one kind, a file lists LISTED_MAX. */
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping_private.h"

enum { LISTED_MAX = 1000, KIND_MAX = 64, LINES_SHOWN = 8, SENTENCE_SIZE = 640, FIELD_SIZE = 256 };

static const char *const severity_names[] = { "error", "warning", "note" };

const char *shown(char out[SHOWN_SIZE], const char *text)
{
    const size_t most = SHOWN_SIZE - 8;
    const char *end = text + kith_utf8_fault(text, strlen(text)); /* inih cuts names inside a character */
    size_t size = 0;

    out[size++] = '"';
    for (; text < end && size < most; text++) {
        const unsigned char c = (unsigned char)*text;
        out[size++] = c < 0x20 || c == 0x7F ? ' ' : *text;
    }
    if (*text != '\0') {
        while (size > 1 && ((unsigned char)*text & 0xC0) == 0x80) { /* back to the start of a character */
            text--;
            size--;
        }
        memcpy(out + size, "...", 3);
        size += 3;
    }
    out[size++] = '"';
    out[size] = '\0';
    return out;
}

/* A copy that may be cut: a column's name can be a mebibyte. */
static char *copy_of(const char *text)
{
    char cut[SENTENCE_SIZE];

    kith_sentence(cut, sizeof cut, "%s", text);
    return strdup(cut);
}

static void count_severity(import_load *load, import_severity severity)
{
    kith_import_report *report = load->report;

    *(severity == SEVERITY_ERROR     ? &report->errors
      : severity == SEVERITY_WARNING ? &report->warnings
                                     : &report->notes) += 1;
}

/* Counts the fault to its kind; false when enough of them are listed, or one could not be. */
static bool is_listed(fault_list *list, import_severity severity, const char *format)
{
    size_t i = 0;

    if (list->failed)
        return false;
    while (i < list->kind_count && list->kinds[i].format != format)
        i++;
    if (i == KIND_MAX)
        return true;
    if (i == list->kind_count)
        list->kinds[list->kind_count++] =
            (fault_kind){ .format = format, .severity = severity, .example = list->count };
    return ++list->kinds[i].count <= LISTED_MAX;
}

/* Adds a fault; NULL when memory is short. */
static listed_fault *add(fault_list *list, import_severity severity, const char *file, const char *field,
                  const char *message)
{
    if (list->count == list->room) {
        const size_t room = list->room ? 2 * list->room : 64;
        listed_fault *grown = realloc(list->faults, room * sizeof *grown);
        if (grown == NULL) {
            list->failed = true;
            return NULL;
        }
        list->faults = grown;
        list->room = room;
    }
    listed_fault *made = &list->faults[list->count];
    *made = (listed_fault){
        .file = file, .severity = severity, .field = copy_of(field), .message = copy_of(message)
    };
    if (made->field == NULL || made->message == NULL) {
        free(made->field);
        free(made->message);
        list->failed = true;
        return NULL;
    }
    list->count++;
    return made;
}

static void count_line(listed_fault *fault, size_t line)
{
    if (fault->count < LINES_SHOWN)
        fault->lines[fault->count] = (uint32_t)line;
    fault->count++;
}

static const char *file_under_way(const import_load *load)
{
    return load->file < load->list.count ? load->list.files[load->file].path : "";
}

/* The line of the section under way that gives a field; NULL without one. */
static const mapping_line *line_of(const import_load *load, const char *field)
{
    const bool of_grade = strcmp(field, "source_grade") == 0 || strcmp(field, "info_grade") == 0 ||
                          strcmp(field, "handling") == 0;

    if (load->section == NULL)
        return NULL;
    const mapping_line *line = mapping_line_of(load->section, field);
    return line == NULL && of_grade ? mapping_line_of(load->section, "grade") : line;
}

/* Whether the line stands in the mapping's [origin], and so in every section. */
static bool is_of_origin(const import_load *load, const mapping_line *line)
{
    const mapping_line *origin = line != NULL ? mapping_line_of(&load->mapping->origin, line->field) : NULL;

    return origin != NULL && origin->line == line->line;
}

/* A field as the report names it: of a mapped file, by the mapping's line. */
static const char *field_shown(const import_load *load, const char *field, char out[FIELD_SIZE])
{
    const mapping_line *line = line_of(load, field);

    if (line == NULL)
        return field;
    kith_sentence(out, FIELD_SIZE, "%s.%s = %s", is_of_origin(load, line) ? "origin" : load->section->name,
                  line->field, line->given);
    return out;
}

/* A row's origin is read for each section that has the row; what is wrong with it is told once. */
static bool was_told(import_load *load, size_t line, const char *field, const char *message)
{
    unsigned char digest[KITH_DIGEST_SIZE];
    kith_text what = { 0 };
    uint32_t nth = 1;

    if (!is_of_origin(load, line_of(load, field)))
        return false;
    kith_text_format(&what, "%s:%zu:%s:%s", file_under_way(load), line, field, message);
    if (!what.failed)
        crypto_generichash(digest, sizeof digest, (const unsigned char *)what.data, what.size, NULL, 0);
    load->faults.failed |= what.failed || !kith_tally_add(&nth, &load->origin_told, digest);
    kith_text_free(&what);
    return nth > 1;
}

static void list_one(import_load *load, import_severity severity, size_t line, const char *field,
                     const char *format, va_list args)
{
    char message[SENTENCE_SIZE], name[FIELD_SIZE];

    load->told++;
    kith_vsentence(message, sizeof message, format, args);
    if (was_told(load, line, field, message))
        return;
    count_severity(load, severity);
    if (!is_listed(&load->faults, severity, format))
        return;
    listed_fault *made = add(&load->faults, severity, file_under_way(load),
                             field_shown(load, field, name), message);
    if (made != NULL)
        count_line(made, line);
}

void import_fault(import_load *load, import_severity severity, size_t line, const char *field,
                  const char *format, ...)
{
    va_list args;

    va_start(args, format);
    list_one(load, severity, line, field, format, args);
    va_end(args);
}

void row_error(import_row *row, const char *field, const char *format, ...)
{
    va_list args;

    row->faulty = true;
    va_start(args, format);
    list_one(row->load, SEVERITY_ERROR, row->line, field, format, args);
    va_end(args);
}

void import_gather(import_load *load, import_severity severity, size_t line, const char *field,
                   const char *format, ...)
{
    char key[SENTENCE_SIZE + 128], name[FIELD_SIZE];
    va_list args;
    fault_list *list = &load->faults;

    load->told++;
    int start = snprintf(key, sizeof key, "%zu:%.100s:", load->file, field);
    va_start(args, format);
    kith_vsentence(key + start, SENTENCE_SIZE, format, args);
    va_end(args);
    if (was_told(load, line, field, key + start))
        return;
    kith_idmap_entry *entry = list->failed ? NULL : kith_idmap_find(&list->gathered, 0, key);
    if (entry == NULL) {
        count_severity(load, severity);
        if (!is_listed(list, severity, format))
            return;
        entry = kith_idmap_put(&list->gathered, 0, key);
        if (entry == NULL ||
            add(list, severity, file_under_way(load), field_shown(load, field, name),
                key + start) == NULL) {
            list->failed = true;
            return;
        }
        entry->row = (int64_t)list->count;
    }
    count_line(&list->faults[entry->row - 1], line);
}

void import_path_fault(import_load *load, import_severity severity, const char *path,
                       const char *format, ...)
{
    char message[SENTENCE_SIZE];
    va_list args;

    va_start(args, format);
    kith_vsentence(message, sizeof message, format, args);
    va_end(args);
    count_severity(load, severity);
    add(&load->faults, severity, path, "", message);
}

void import_line_fault(import_load *load, const char *path, size_t line, const char *field,
                       const char *message)
{
    count_severity(load, SEVERITY_ERROR);
    listed_fault *made = add(&load->faults, SEVERITY_ERROR, path, field, message);
    if (made != NULL)
        count_line(made, line);
}

void import_faults_end_file(import_load *load)
{
    fault_list *list = &load->faults;
    char message[320], example[SHOWN_SIZE];

    for (size_t i = 0; i < list->kind_count && !list->failed; i++) {
        const fault_kind *kind = &list->kinds[i];
        if (kind->count <= LISTED_MAX)
            continue;
        kith_sentence(message, sizeof message, "%llu more %ss are not listed that are like %s",
                 (unsigned long long)(kind->count - LISTED_MAX), severity_names[kind->severity],
                 shown(example, list->faults[kind->example].message));
        add(list, kind->severity, file_under_way(load), "", message);
    }
    list->kind_count = 0;
}

/* "the sentence (682 rows: lines 3, 7, 9 and others)" */
static void describe(kith_text *text, const listed_fault *fault)
{
    kith_text_clear(text);
    kith_text_add(text, fault->message);
    if (fault->count < 2)
        return;
    kith_text_format(text, " (%llu rows: lines ", (unsigned long long)fault->count);
    for (size_t i = 0; i < LINES_SHOWN && i < fault->count; i++)
        kith_text_format(text, "%s%u", i > 0 ? ", " : "", fault->lines[i]);
    kith_text_add(text, fault->count > LINES_SHOWN ? " and others)" : ")");
}

void import_faults_to_table(import_load *load)
{
    static const char *const columns[] = { "file", "line", "field", "severity", "message" };
    kith_table *out = &load->report->table;
    kith_text text = { 0 };

    out->empty = "nothing to report";
    for (size_t i = 0; i < 5; i++)
        kith_table_column(out, columns[i], i == 1 ? KITH_CELL_INTEGER : KITH_CELL_TEXT);
    for (size_t i = 0; i < load->faults.count; i++) {
        const listed_fault *fault = &load->faults.faults[i];
        describe(&text, fault);
        kith_table_text(out, fault->file);
        if (fault->lines[0] > 0)
            kith_table_integer(out, fault->lines[0]);
        else
            kith_table_missing(out);
        kith_table_text(out, fault->field);
        kith_table_text(out, severity_names[fault->severity]);
        kith_table_text(out, kith_text_string(&text));
    }
    out->failed |= text.failed || load->scratch.failed || load->faults.failed;
    kith_text_free(&text);
}

void import_faults_free(import_load *load)
{
    for (size_t i = 0; i < load->faults.count; i++) {
        free(load->faults.faults[i].field);
        free(load->faults.faults[i].message);
    }
    free(load->faults.faults);
    kith_idmap_free(&load->faults.gathered);
    load->faults = (fault_list){ 0 };
}
