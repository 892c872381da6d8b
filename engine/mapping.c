/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping.c: a mapping file, found, read whole and checked. */
#include "kith/mapping.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping_ini_private.h"
#include "mappings_data.h"

enum { FILE_SIZE_MAX = 1 << 20 };

void mapping_fault(mapping_reading *r, size_t line, const char *field, const char *format, ...)
{
    char message[640];
    va_list args;

    va_start(args, format);
    kith_vsentence(message, sizeof message, format, args);
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

bool mapping_path_is_graphml(const char *path)
{
    return fnmatch("*.graphml", path, 0) == 0;
}

bool mapping_section_reads(const mapping_section *section, const char *path)
{
    const char *slash = strrchr(path, '/');

    return section->files == NULL ||
           fnmatch(section->files, slash != NULL ? slash + 1 : path, 0) == 0;
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
    const int failure = ferror(in) != 0 ? errno : 0;
    fclose(in);
    if (failure == EISDIR)
        return kith_fail(err, KITH_USAGE, "%s: is a folder; name one mapping file in it", path);
    return failure != 0 ? kith_fail(err, KITH_IO, "%s: the mapping cannot be read", path)
                        : kith_text_status(text, err);
}

static void read_all(mapping_reading *r, const kith_text *text)
{
    const size_t bad = kith_utf8_fault(kith_text_string(text), text->size);

    if (text->size > FILE_SIZE_MAX) {
        mapping_fault(r, 0, "", "the file is longer than 1 MiB; is this a mapping?");
    } else if (bad < text->size) {
        mapping_fault(r, 0, "", "byte %zu is not UTF-8; save the mapping as UTF-8", bad);
    } else {
        mapping_read_lines(r);
        if (r->faults == 0 && !r->no_memory)
            mapping_check_whole(r);
    }
}

kith_status mapping_read_text(kith_mapping **mapping, const char *path, const kith_text *text,
                              kith_mapping_fault *told, void *context, kith_error *err)
{
    mapping_reading r = { .fault = told, .context = context };
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
