/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fault.c: preloaded into a program, makes one of its changes of files fail, or its last.
 *
 * Writes, syncs, truncations, new files, removals and renames are counted in the order in which
 * they are called, but for what is written to the standard streams. With FAULT_AT=n the n-th
 *
 *   FAULT=ENOSPC, EIO   fails with that error
 *   FAULT=KILL          is not done: the program is killed by signal 9
 *   FAULT=TORN          is done by half, when it is a write, and the program is killed
 *   FAULT=LOST          is the moment when the power goes: it is not done, what is not synced is
 * undone (power.h), and the program is killed; when n is beyond the last call, as soon as the
 * program has ended FAULT=REORDERED     as LOST, but some of what is not synced stays
 *
 * FAULT_COUNT names a file that is given the number of calls when the program ends. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "power.h"

static long calls;

static const char *asked(void)
{
    const char *at = getenv("FAULT_AT");

    return at != NULL && calls == atol(at) ? getenv("FAULT") : NULL;
}

static bool power_goes(void)
{
    const char *how = getenv("FAULT");

    return how != NULL && (strcmp(how, "LOST") == 0 || strcmp(how, "REORDERED") == 0);
}

static void lose_power(void)
{
    power_lost(strcmp(getenv("FAULT"), "LOST") == 0, (unsigned)calls);
}

/* Counts a call. 0 when it is to be done, else the error with which it fails. */
static int counted(void)
{
    calls++;
    const char *how = asked();

    if (how == NULL)
        return 0;
    if (power_goes())
        lose_power();
    if (power_goes() || strcmp(how, "KILL") == 0 || strcmp(how, "TORN") == 0)
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
#define IF_POWER_GOES(condition, telling) \
    do {                                  \
        if (power_goes() && (condition))  \
            telling;                      \
    } while (0)

/* A call that is told to power.h before it is made. */
#define FAIL_OR(telling, call)            \
    do {                                  \
        const int fault = counted();      \
        if (fault == 0) {                 \
            IF_POWER_GOES(true, telling); \
            return call;                  \
        }                                 \
        errno = fault;                    \
        return -1;                        \
    } while (0)

/* And one of which it is told afterwards, if it succeeded. */
#define FAIL_OR_TELL(call, telling)              \
    do {                                         \
        const int fault = counted();             \
        const int done = fault == 0 ? call : -1; \
        if (done >= 0)                           \
            IF_POWER_GOES(true, telling);        \
        if (fault != 0)                          \
            errno = fault;                       \
        return done;                             \
    } while (0)

ssize_t write(int file, const void *bytes, size_t size)
{
    const int fault = counted_write(file, &size);

    if (fault <= 0) {
        IF_POWER_GOES(file > STDERR_FILENO, power_write(file, size, -1));
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
        IF_POWER_GOES(true, power_write(file, size, at));
        const ssize_t written = NEXT(pwrite64)(file, bytes, size, at);
        if (fault < 0)
            raise(SIGKILL);
        return written;
    }
    errno = fault;
    return -1;
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
    return pwrite64(file, bytes, size, at);
}
int fsync(int file)
{
    FAIL_OR_TELL(NEXT(fsync)(file), power_synced(file));
}
int fdatasync(int file)
{
    FAIL_OR_TELL(NEXT(fdatasync)(file), power_synced(file));
}
int ftruncate(int file, off_t size)
{
    FAIL_OR(power_cut(file, size), NEXT(ftruncate)(file, size));
}
int ftruncate64(int file, off64_t size)
{
    FAIL_OR(power_cut(file, size), NEXT(ftruncate64)(file, size));
}
int unlink(const char *path)
{
    FAIL_OR(power_removing(path), NEXT(unlink)(path));
}
int rename(const char *from, const char *to)
{
    FAIL_OR(power_renaming(from, to), NEXT(rename)(from, to));
}
int link(const char *from, const char *to)
{
    FAIL_OR_TELL(NEXT(link)(from, to), power_made(to));
}
int mkstemp(char *path)
{
    FAIL_OR_TELL(NEXT(mkstemp)(path), power_made(path));
}

/* What a stream still holds is about to be written where its file stands. */
static void tell_of_stream(FILE *stream)
{
    const off_t to = ftello(stream), from = lseek(fileno(stream), 0, SEEK_CUR);

    if (to > from && from >= 0)
        power_write(fileno(stream), (size_t)(to - from), from);
}

/* A stream's bytes go out here. */
int fflush(FILE *stream)
{
    if (stream == NULL || fileno(stream) <= STDERR_FILENO)
        return NEXT(fflush)(stream);
    FAIL_OR(tell_of_stream(stream), NEXT(fflush)(stream));
}

/* Or here, which is not counted. */
int fclose(FILE *stream)
{
    IF_POWER_GOES(fileno(stream) > STDERR_FILENO, tell_of_stream(stream));
    return NEXT(fclose)(stream);
}

static int open_as(int (*next)(const char *, int, ...), const char *path, int flags, mode_t mode)
{
    if ((flags & O_CREAT) == 0)
        return next(path, flags);
    const bool is_new = access(path, F_OK) != 0;
    FAIL_OR_TELL(next(path, flags, mode), is_new ? power_made(path) : (void)0);
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

/* The power goes right after the program ended: what it has answered must stay. */
static void lose_power_at_last(void)
{
    const char *at = getenv("FAULT_AT");

    if (at != NULL && atol(at) > calls)
        lose_power();
    else
        power_kept();
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *out = path != NULL ? NEXT(fopen)(path, "w") : NULL;

    if (out != NULL) {
        fprintf(out, "%ld\n", calls);
        NEXT(fclose)(out);
    }
    IF_POWER_GOES(true, lose_power_at_last());
}
