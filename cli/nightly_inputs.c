/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_inputs.c: the files that a source's load reads, with their digests.
 *
 * They are taken before the load and after it. Where the two are the same, what was loaded is
 * what the manifest names; where not, somebody wrote into the extract meanwhile. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "nightly.h"

static int by_path(const void *left, const void *right)
{
    return strcmp(((const night_input *)left)->path, ((const night_input *)right)->path);
}

/* Adds what is a plain file. One that cannot be read has no digest: the load says why. */
static kith_status add_input(night_inputs *inputs, const char *path, kith_error *err)
{
    struct stat info;

    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return KITH_OK;
    night_input *grown = realloc(inputs->files, (inputs->count + 1) * sizeof *grown);
    if (grown == NULL)
        return kith_no_memory(err);
    inputs->files = grown;
    night_input *input = &grown[inputs->count];
    *input = (night_input){ .path = strdup(path), .size = (int64_t)info.st_size };
    if (input->path == NULL)
        return kith_no_memory(err);
    inputs->count++;
    if (night_digest_file(input->sha256, path, NULL) != KITH_OK)
        input->sha256[0] = '\0';
    return KITH_OK;
}

/* The plain files of a folder, by name. */
static kith_status add_folder(night_inputs *inputs, const char *path, kith_error *err)
{
    DIR *folder = opendir(path);
    kith_status status = KITH_OK;

    for (const struct dirent *entry; folder != NULL && status == KITH_OK && (entry = readdir(folder)) != NULL;) {
        kith_text file = { 0 };
        kith_text_format(&file, "%s/%s", path, entry->d_name);
        status = kith_text_status(&file, err);
        if (status == KITH_OK)
            status = add_input(inputs, file.data, err);
        kith_text_free(&file);
    }
    if (folder != NULL)
        closedir(folder);
    if (inputs->count > 0)
        qsort(inputs->files, inputs->count, sizeof *inputs->files, by_path);
    return status;
}

kith_status night_inputs_take(night_inputs *inputs, const night_source *source, kith_error *err)
{
    struct stat info;
    kith_status status = KITH_OK;

    *inputs = (night_inputs){ 0 };
    if (stat(source->path, &info) == 0)
        status = S_ISDIR(info.st_mode) ? add_folder(inputs, source->path, err)
                                       : add_input(inputs, source->path, err);
    if (status == KITH_OK && source->mapping != NULL) /* one that is built in is no file */
        status = add_input(inputs, source->mapping, err);
    if (status != KITH_OK)
        night_inputs_free(inputs);
    return status;
}

static bool is_same(const night_input *a, const night_input *b)
{
    return a->size == b->size && strcmp(a->path, b->path) == 0 && strcmp(a->sha256, b->sha256) == 0;
}

const char *night_inputs_changed(const night_inputs *before, const night_inputs *after)
{
    size_t i = 0;

    while (i < before->count && i < after->count && is_same(&before->files[i], &after->files[i]))
        i++;
    if (i < before->count)
        return before->files[i].path;
    return i < after->count ? after->files[i].path : NULL;
}

void night_inputs_free(night_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        free(inputs->files[i].path);
    free(inputs->files);
    *inputs = (night_inputs){ 0 };
}
