/* SPDX-License-Identifier: MIT */
/* folder.c: folders that are whole or not there. */
#include "kith/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kith/file.h"
#include "kith/text.h"

enum { DEPTH_MOST = 32 };

static kith_status no_folder(kith_error *err, const char *path)
{
    return kith_fail(err, KITH_IO, "%s: the folder cannot be made (%s); choose a place where you may "
                                   "write", path, strerror(errno));
}

kith_status kith_folder_make(const char *path, kith_error *err)
{
    char *copy = strdup(path);
    kith_status status = KITH_OK;
    struct stat info;

    if (copy == NULL)
        return kith_no_memory(err);
    for (char *at = copy + 1; status == KITH_OK && *copy != '\0' && *at != '\0'; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        if (mkdir(copy, 0700) != 0 && errno != EEXIST)
            status = no_folder(err, copy);
        *at = '/';
    }
    if (status == KITH_OK && mkdir(copy, 0700) != 0 && errno != EEXIST)
        status = no_folder(err, path);
    if (status == KITH_OK && (stat(copy, &info) != 0 || !S_ISDIR(info.st_mode)))
        status = kith_fail(err, KITH_IO, "%s: is no folder; choose another place", path);
    free(copy);
    return status;
}

/* Empties the folder `name` of `parent` and removes it; false leaves errno. */
static bool remove_at(int parent, const char *name, int depth)
{
    const int handle = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = handle >= 0 ? fdopendir(handle) : NULL;
    bool whole = true;

    if (folder == NULL) {
        if (handle >= 0)
            close(handle);
        return errno == ENOENT || (errno == ENOTDIR && unlinkat(parent, name, 0) == 0) ||
               (errno == ELOOP && unlinkat(parent, name, 0) == 0);
    }
    for (const struct dirent *entry; whole && (entry = readdir(folder)) != NULL;) {
        struct stat info;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (fstatat(handle, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            whole = errno == ENOENT;
        else if (S_ISDIR(info.st_mode))
            whole = depth < DEPTH_MOST && remove_at(handle, entry->d_name, depth + 1);
        else
            whole = unlinkat(handle, entry->d_name, 0) == 0 || errno == ENOENT;
    }
    const int reason = errno;
    closedir(folder);
    errno = reason;
    return whole && unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

kith_status kith_folder_remove(const char *path, kith_error *err)
{
    if (remove_at(AT_FDCWD, path, 0))
        return KITH_OK;
    return kith_fail(err, KITH_IO, "%s: cannot be removed (%s); remove it by hand", path, strerror(errno));
}

kith_status kith_folder_replace(const char *fresh, const char *path, kith_error *err)
{
    kith_status status = kith_folder_remove(path, err);

    if (status == KITH_OK && (rename(fresh, path) != 0 || !kith_file_sync_folder(path)))
        status = kith_fail(err, KITH_IO, "%s: cannot be put in its place (%s); look whether there is room",
                           path, strerror(errno));
    return status;
}

kith_status kith_folder_point(const char *link, const char *target, kith_error *err)
{
    kith_text fresh = { 0 };
    struct stat info;

    if (lstat(link, &info) == 0 && !S_ISLNK(info.st_mode))
        return kith_fail(err, KITH_POLICY, "%s: is no link of ours and is not written over; move it away",
                         link);
    kith_text_format(&fresh, "%s.part-%ld", link, (long)getpid());
    kith_status status = kith_text_status(&fresh, err);
    if (status == KITH_OK)
        unlink(fresh.data);
    if (status == KITH_OK && (symlink(target, fresh.data) != 0 || rename(fresh.data, link) != 0 ||
                              !kith_file_sync_folder(link))) {
        status = kith_fail(err, KITH_IO, "%s: the link cannot be made (%s); look whether there is room",
                           link, strerror(errno));
        unlink(fresh.data);
    }
    kith_text_free(&fresh);
    return status;
}

void kith_file_word(char out[KITH_FILE_WORD_SIZE], const char *text)
{
    static const char digits[] = "0123456789abcdef";
    size_t used = 0;

    for (; *text != '\0' && used + 4 < KITH_FILE_WORD_SIZE; text++) {
        const unsigned char c = (unsigned char)*text;
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           c == '-' || c == '_';
        if (plain) {
            out[used++] = (char)c;
            continue;
        }
        out[used++] = '%';
        out[used++] = digits[c >> 4];
        out[used++] = digits[c & 15];
    }
    out[used] = '\0';
}
