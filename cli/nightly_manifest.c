/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_manifest.c: of what a night's files were made, so that it can be repeated and a
 * changed byte is noticed. It has no time of day: the same night twice gives the same bytes. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sodium.h>
#include <sys/stat.h>

#include "kith/date.h"
#include "nightly.h"

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The names of the plain files of a folder, in order; free each and the list. */
static kith_status list_files(char ***names, size_t *count, const char *path, kith_error *err)
{
    DIR *folder = opendir(path);
    kith_status status = KITH_OK;

    for (const struct dirent *entry; folder != NULL && status == KITH_OK && (entry = readdir(folder)) != NULL;) {
        char **grown = realloc(*names, (*count + 1) * sizeof *grown);
        if (grown != NULL)
            *names = grown;
        if (grown == NULL || (grown[*count] = strdup(entry->d_name)) == NULL)
            status = kith_no_memory(err);
        else
            ++*count;
    }
    if (folder != NULL)
        closedir(folder);
    if (*count > 0)
        qsort(*names, *count, sizeof **names, by_name);
    return status;
}

static kith_status add_input(kith_text *out, const night_source *source, const char *path, const char *between,
                             kith_error *err)
{
    char hex[65];
    struct stat info;

    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return KITH_OK;
    const kith_status status = night_digest_file(hex, path, err);
    if (status != KITH_OK)
        return status;
    kith_text_format(out, "%s\n  {\"source\": ", out->size > 0 && out->data[out->size - 1] != '[' ? between : "");
    kith_text_add_json(out, source->name);
    kith_text_add(out, ", \"file\": ");
    kith_text_add_json(out, strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path);
    kith_text_format(out, ", \"bytes\": %lld, \"sha256\": \"%s\"}", (long long)info.st_size, hex);
    return KITH_OK;
}

static kith_status add_source(kith_text *out, const night_source *source, kith_error *err)
{
    char **names = NULL;
    size_t count = 0;
    struct stat info;
    kith_status status = KITH_OK;

    if (stat(source->path, &info) != 0)
        return KITH_OK;
    if (!S_ISDIR(info.st_mode))
        return add_input(out, source, source->path, ",", err);
    status = list_files(&names, &count, source->path, err);
    for (size_t i = 0; status == KITH_OK && i < count; i++) {
        kith_text path = { 0 };
        kith_text_format(&path, "%s/%s", source->path, names[i]);
        status = kith_text_status(&path, err);
        if (status == KITH_OK)
            status = add_input(out, source, path.data, ",", err);
        kith_text_free(&path);
    }
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return status;
}

static void add_states(kith_text *out, const night *n)
{
    kith_text_add(out, ",\n \"sources\": [");
    for (size_t i = 0; i < n->config->source_count; i++) {
        const night_load *load = &n->loads[i];
        kith_text_add(out, i > 0 ? ",\n  {\"source\": " : "\n  {\"source\": ");
        kith_text_add_json(out, load->source->name);
        kith_text_format(out, ", \"loaded\": %s, \"load\": %lld}", load->status == KITH_OK ? "true" : "false",
                         (long long)load->report.batch);
    }
    kith_text_add(out, "]");
}

static void add_files(kith_text *out, const night *n)
{
    char hex[65];

    kith_text_add(out, ",\n \"files\": [");
    for (size_t i = 0; i < n->file_count; i++) {
        sodium_bin2hex(hex, sizeof hex, n->files[i].digest, sizeof n->files[i].digest);
        kith_text_add(out, i > 0 ? ",\n  {\"file\": " : "\n  {\"file\": ");
        kith_text_add_json(out, n->files[i].path);
        kith_text_format(out, ", \"bytes\": %zu, \"sha256\": \"%s\"}", n->files[i].size, hex);
    }
    kith_text_add(out, "]}\n");
}

kith_status night_manifest(night *n, kith_error *err)
{
    const night_config *c = n->config;
    kith_text out = { 0 }, inputs = { 0 };
    char date[KITH_TIME_SIZE], as_of[KITH_TIME_SIZE], last[KITH_TIME_SIZE] = "", hex[65];
    kith_status status = night_digest_file(hex, c->file, err);

    kith_day_write(date, n->date);
    kith_day_write(as_of, n->date - 1);
    if (n->last.day != INT32_MIN)
        kith_day_write(last, n->last.day);
    kith_text_format(&out, "{\"kith\": \"" KITH_VERSION "\", \"night\": \"%s\", \"as_of\": \"%s\", \"window_days\": %lld, "
                           "\"seed\": %lld, \"resamples\": %lld,\n", date, as_of, (long long)c->window,
                     (long long)c->seed, (long long)c->resamples);
    kith_text_format(&out, " \"hub_load\": %lld, \"compared_night\": \"%s\", \"compared_load\": %lld, "
                           "\"configuration_sha256\": \"%s\"", (long long)n->load, last, (long long)n->last.load, hex);
    add_states(&out, n);
    kith_text_add(&inputs, "[");
    for (size_t i = 0; status == KITH_OK && i < c->source_count; i++)
        status = add_source(&inputs, &c->sources[i], err);
    kith_text_add(&out, ",\n \"inputs\": ");
    kith_text_add(&out, kith_text_string(&inputs));
    kith_text_add(&out, "]");
    add_files(&out, n);
    if (status == KITH_OK)
        status = out.failed || inputs.failed ? kith_no_memory(err) : KITH_OK;
    if (status == KITH_OK)
        status = night_write(n, "", "manifest.json", out.data, out.size, err);
    kith_text_free(&out);
    kith_text_free(&inputs);
    return status;
}
