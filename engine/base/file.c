/* SPDX-License-Identifier: MIT */
/* file.c: files that are whole or not there. */
#include "kith/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        const ssize_t written = write(file, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

/* Writes, syncs and closes. */
static bool fill(int file, const void *bytes, size_t size)
{
    const bool whole = write_all(file, bytes, size) && fsync(file) == 0;
    const int reason = errno;

    if (close(file) != 0 && whole)
        return false;
    errno = reason;
    return whole;
}

static kith_status not_written(kith_error *err, const char *path)
{
    return kith_fail(err, KITH_IO, "%s: cannot be written (%s); choose a folder with room where "
                                   "you may write", path, strerror(errno));
}

bool kith_file_sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);

    if (folder == NULL)
        return false;
    const int handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (handle < 0)
        return false;
    const bool synced = fsync(handle) == 0 || errno == EINVAL; /* some file systems have none */
    close(handle);
    return synced;
}

kith_status kith_file_create(const char *path, const void *bytes, size_t size, kith_error *err)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file < 0 && errno == EEXIST)
        return kith_fail(err, KITH_POLICY, "%s: is there already and is not overwritten; choose "
                                           "another name", path);
    if (file < 0)
        return not_written(err, path);
    if (!fill(file, bytes, size) || !kith_file_sync_folder(path)) {
        not_written(err, path);
        unlink(path);
        return KITH_IO;
    }
    return KITH_OK;
}

kith_status kith_file_replace(const char *path, const void *bytes, size_t size, kith_error *err)
{
    static const char ending[] = ".XXXXXX";
    const size_t room = strlen(path) + sizeof ending;
    char *fresh = malloc(room);
    kith_status status = KITH_OK;
    int file = -1;

    if (fresh == NULL)
        return kith_no_memory(err);
    snprintf(fresh, room, "%s%s", path, ending);
    file = mkstemp(fresh); /* mode 0600 */
    if (file < 0) {
        status = not_written(err, path);
        goto out;
    }
    if (!fill(file, bytes, size) || rename(fresh, path) != 0) {
        status = not_written(err, path);
        unlink(fresh);
        goto out;
    }
    if (!kith_file_sync_folder(path))
        status = not_written(err, path);

out:
    free(fresh);
    return status;
}
