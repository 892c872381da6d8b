/* SPDX-License-Identifier: MIT */
/* folder.h: folders that are whole or not there, like the files of file.h. */
#ifndef KITH_FOLDER_H
#define KITH_FOLDER_H

#include <stddef.h>

#include "kith/error.h"

/** Makes a folder of mode 0700, and those above it that are missing. One that is there is left. */
kith_status kith_folder_make(const char *path, kith_error *err);

/** Removes a folder with all it holds; a link in it is removed, never followed. None: nothing. */
kith_status kith_folder_remove(const char *path, kith_error *err);

/**
 * Puts the folder `fresh` at `path`, in the place of what stood there; both lie in one folder.
 * Killed between its two steps, it leaves nothing at path.
 */
kith_status kith_folder_replace(const char *fresh, const char *path, kith_error *err);

/**
 * Makes `link` a symbolic link to `target` in one step: a reader follows the old or the new one.
 *
 * target  as written into the link: beside it when it is a bare name.
 * Returns KITH_POLICY when something other than a link stands there.
 */
kith_status kith_folder_point(const char *link, const char *target, kith_error *err);

enum { KITH_FILE_WORD_SIZE = 256 };

/**
 * Turns any text of up to 64 bytes into a word that may be part of a file's name: letters, digits,
 * '-' and '_' stay, every other byte becomes '%' and two digits. Two texts never give one word.
 */
void kith_file_word(char out[KITH_FILE_WORD_SIZE], const char *text);

#endif
