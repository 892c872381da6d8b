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
    if (errno == ENOMEM)
        return kith_no_memory(err);
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
    if (fill(file, bytes, size) && kith_file_sync_folder(path))
        return KITH_OK;
    const kith_status status = not_written(err, path);
    unlink(path);
    return status;
}

kith_status kith_file_begin(kith_new_file *file, const char *path, kith_error *err)
{
    static const char ending[] = ".XXXXXX";
    const size_t room = strlen(path) + sizeof ending;

    *file = (kith_new_file){ .path = path, .fresh = malloc(room) };
    if (file->fresh == NULL)
        return kith_no_memory(err);
    snprintf(file->fresh, room, "%s%s", path, ending);
    const int handle = mkstemp(file->fresh); /* mode 0600 */
    file->out = handle >= 0 ? fdopen(handle, "w") : NULL;
    if (file->out != NULL)
        return KITH_OK;
    const kith_status status = not_written(err, path);
    if (handle >= 0) {
        close(handle);
        unlink(file->fresh);
    }
    free(file->fresh);
    return status;
}

kith_status kith_file_end(kith_new_file *file, kith_status so, kith_error *err)
{
    bool whole = fflush(file->out) == 0 && !ferror(file->out);

    if (so == KITH_OK)
        whole = whole && fsync(fileno(file->out)) == 0;
    whole = fclose(file->out) == 0 && whole;
    if (so == KITH_OK && (!whole || rename(file->fresh, file->path) != 0))
        so = not_written(err, file->path);
    if (so != KITH_OK)
        unlink(file->fresh);
    else if (!kith_file_sync_folder(file->path))
        so = not_written(err, file->path);
    free(file->fresh);
    return so;
}

kith_status kith_file_replace(const char *path, const void *bytes, size_t size, kith_error *err)
{
    kith_new_file file;
    const kith_status status = kith_file_begin(&file, path, err);

    if (status != KITH_OK)
        return status;
    fwrite(bytes, 1, size, file.out);
    return kith_file_end(&file, KITH_OK, err);
}
