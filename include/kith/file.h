/* SPDX-License-Identifier: MIT */
/* file.h: files that are whole or not there.
 *
 * A reader never sees a half-written file, also when the power fails: the bytes go to a
 * new file beside the old one, are synced, and take its name. */
#ifndef KITH_FILE_H
#define KITH_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "kith/error.h"

/**
 * Makes a new file of mode 0600 with these bytes, synced.
 *
 * Returns KITH_POLICY when path exists, KITH_IO when it cannot be written whole (nothing
 * is left then).
 */
kith_status kith_file_create(const char *path, const void *bytes, size_t size, kith_error *err);

/**
 * Puts these bytes at path in one step, in the place of what stood there; mode 0600.
 *
 * Returns KITH_IO when it cannot be written whole (the old file stays), KITH_NO_MEMORY.
 */
kith_status kith_file_replace(const char *path, const void *bytes, size_t size, kith_error *err);

/** A file that is being written, beside the one whose place it takes. */
typedef struct kith_new_file {
    FILE *out; /* write here */
    char *fresh;
    const char *path;
} kith_new_file;

/**
 * Begins a file of mode 0600 that takes the place of path when it is ended. path must live
 * until then. Returns KITH_IO, KITH_NO_MEMORY.
 */
kith_status kith_file_begin(kith_new_file *file, const char *path, kith_error *err);

/**
 * Ends it: synced, and put at path in one step, when so is KITH_OK; else nothing is left of
 * it and so is returned. Returns KITH_IO when it could not be written whole (the old file stays).
 */
kith_status kith_file_end(kith_new_file *file, kith_status so, kith_error *err);

/** Makes a folder's list of names durable; path is that of a file in it. False when it failed. */
bool kith_file_sync_folder(const char *path);

#endif
