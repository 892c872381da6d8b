/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fault.c: preloaded into a program, makes one of its changes of files fail, or its last.
 *
 * Writes, syncs, truncations, new files, removals and renames are counted in the order in which
 * they are called, but for what is written to the standard streams. With FAULT_AT=n the n-th
 *
 *   FAULT=ENOSPC, EIO   fails with that error
 *   FAULT=KILL          is not done: the program is killed by signal 9
 *   FAULT=TORN          is done by half, when it is a write, and the program is killed
 *
 * FAULT_COUNT names a file that is given the number of calls when the program ends. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

static const char *asked(void)
{
    const char *at = getenv("FAULT_AT");

    return at != NULL && calls == atol(at) ? getenv("FAULT") : NULL;
}

/* Counts a call. 0 when it is to be done, else the error with which it fails. */
static int counted(void)
{
    calls++;
    const char *how = asked();

    if (how == NULL)
        return 0;
    if (strcmp(how, "KILL") == 0 || strcmp(how, "TORN") == 0)
        raise(SIGKILL);
    return strcmp(how, "ENOSPC") == 0 ? ENOSPC : EIO;
}

static int counted_write(int file, size_t *size)
{
    if (file <= STDERR_FILENO)
        return 0;
    calls++;
    const char *how = asked();
    calls--;
    if (how == NULL || strcmp(how, "TORN") != 0)
        return counted();
    *size /= 2;
    return -1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_OR(call)                  \
    do {                               \
        const int fault = counted();   \
        if (fault == 0)                \
            return call;               \
        errno = fault;                 \
        return -1;                     \
    } while (0)

ssize_t write(int file, const void *bytes, size_t size)
{
    const int fault = counted_write(file, &size);

    if (fault <= 0) {
        const ssize_t written = NEXT(write)(file, bytes, size);
        if (fault < 0)
            raise(SIGKILL);
        return written;
    }
    errno = fault;
    return -1;
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
    const int fault = counted_write(file, &size);

    if (fault <= 0) {
        const ssize_t written = NEXT(pwrite64)(file, bytes, size, at);
        if (fault < 0)
            raise(SIGKILL);
        return written;
    }
    errno = fault;
    return -1;
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) { return pwrite64(file, bytes, size, at); }
int fsync(int file) { FAIL_OR(NEXT(fsync)(file)); }
int fdatasync(int file) { FAIL_OR(NEXT(fdatasync)(file)); }
int ftruncate(int file, off_t size) { FAIL_OR(NEXT(ftruncate)(file, size)); }
int ftruncate64(int file, off64_t size) { FAIL_OR(NEXT(ftruncate64)(file, size)); }
int unlink(const char *path) { FAIL_OR(NEXT(unlink)(path)); }
int rename(const char *from, const char *to) { FAIL_OR(NEXT(rename)(from, to)); }
int link(const char *from, const char *to) { FAIL_OR(NEXT(link)(from, to)); }
int mkstemp(char *path) { FAIL_OR(NEXT(mkstemp)(path)); }

/* A stream's bytes go out here. */
int fflush(FILE *stream)
{
    if (stream == NULL || fileno(stream) <= STDERR_FILENO)
        return NEXT(fflush)(stream);
    FAIL_OR(NEXT(fflush)(stream));
}

static int open_as(int (*next)(const char *, int, ...), const char *path, int flags, mode_t mode)
{
    if ((flags & O_CREAT) == 0)
        return next(path, flags);
    FAIL_OR(next(path, flags, mode));
}

int open(const char *path, int flags, ...)
{
    va_list more;

    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_as(NEXT(open), path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;

    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_as(NEXT(open64), path, flags, mode);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *out = path != NULL ? NEXT(fopen)(path, "w") : NULL;

    if (out != NULL) {
        fprintf(out, "%ld\n", calls);
        fclose(out);
    }
}
