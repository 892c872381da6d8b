/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support.h: what several tests need. */
#ifndef KITH_TESTS_SUPPORT_H
#define KITH_TESTS_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>

/** A new empty folder, as an absolute path. Remove and free with drop_folder. */
char *make_folder(void);

/** Removes the folder with all it holds; NULL is allowed. */
void drop_folder(char *folder);

/** Removes what is in a folder and has a name that begins so. */
void remove_files(const char *folder, const char *beginning);

/** folder/name in new memory; free it. */
char *path_in(const char *folder, const char *name);

/** Writes a whole file. The test fails when that fails. */
void write_file(const char *path, const void *bytes, size_t size);

/** A whole file in new memory, a NUL after it; free it. size may be NULL. */
char *read_file(const char *path, size_t *size);

/**
 * The folder of the reference data: $KITH_TEST_DATA, else ../shared/data beside the source
 * folder. NULL when there is none; a test then skips itself with need_data.
 */
const char *data_folder(void);

/** Path of a file of the reference data in new memory; skips the test when it is absent. */
char *need_data(const char *name);

/**
 * The next allocation that is to fail after one: each of the first hundred, then one in twenty-nine;
 * each of all with KITH_EVERY_ALLOCATION in the environment (docs/assurance.md).
 */
long next_allocation(long last);

#endif
