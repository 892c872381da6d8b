/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support.c: folders, files and reference data for tests. */
#include "support.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *path_in(const char *folder, const char *name)
{
    const size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);

    cr_assert_not_null(path);
    snprintf(path, size, "%s/%s", folder, name);
    return path;
}

char *make_folder(void)
{
    const char *temporary = getenv("TMPDIR");
    char *folder = path_in(temporary != NULL ? temporary : "/tmp", "kith-test-XXXXXX");

    cr_assert_not_null(mkdtemp(folder), "no folder can be made at %s", folder);
    return folder;
}

void remove_files(const char *folder, const char *beginning)
{
    struct dirent *entry;
    struct stat info;
    DIR *dir = opendir(folder);

    if (dir == NULL)
        return;
    while ((entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            strncmp(entry->d_name, beginning, strlen(beginning)) != 0)
            continue;
        char *path = path_in(folder, entry->d_name);
        if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
            remove_files(path, "");
            rmdir(path);
        } else {
            unlink(path);
        }
        free(path);
    }
    closedir(dir);
}

void drop_folder(char *folder)
{
    if (folder == NULL)
        return;
    chmod(folder, 0700);
    remove_files(folder, "");
    rmdir(folder);
    free(folder);
}

void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    cr_assert_not_null(file, "%s cannot be written", path);
    cr_assert_eq(fwrite(bytes, 1, size, file), size);
    cr_assert_eq(fclose(file), 0);
}

char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    long end;

    cr_assert_not_null(file, "%s cannot be read", path);
    cr_assert_eq(fseek(file, 0, SEEK_END), 0);
    end = ftell(file);
    cr_assert_geq(end, 0);
    rewind(file);
    char *bytes = malloc((size_t)end + 1);
    cr_assert_not_null(bytes);
    cr_assert_eq(fread(bytes, 1, (size_t)end, file), (size_t)end);
    fclose(file);
    bytes[end] = '\0';
    if (size != NULL)
        *size = (size_t)end;
    return bytes;
}

const char *data_folder(void)
{
    const char *given = getenv("KITH_TEST_DATA");
    const char *folder = given != NULL ? given : KITH_SOURCE_DIR "/../shared/data";

    return access(folder, R_OK) == 0 ? folder : NULL;
}

char *need_data(const char *name)
{
    const char *folder = data_folder();

    if (folder == NULL)
        cr_skip("there is no reference data; set KITH_TEST_DATA to its folder");
    char *path = path_in(folder, name);
    if (access(path, R_OK) != 0) {
        free(path);
        cr_skip("the reference data holds no %s", name);
    }
    return path;
}

long next_allocation(long last)
{
    enum { EACH = 100, STEP = 29 };

    return last < EACH || getenv("KITH_EVERY_ALLOCATION") != NULL ? last + 1 : last + STEP;
}
