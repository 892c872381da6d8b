/* SPDX-License-Identifier: GPL-3.0-or-later */
/* power.c: what is not synced, kept so that it can be undone. Files are changed by system calls:
 * the functions of libc are those that the preloaded library stands in for. */
#define _GNU_SOURCE /* syscall */
#include "power.h"

#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CHANGES_MAX = 65536, FILES_MAX = 256, PATH_SIZE = 1024 };

typedef struct {
    dev_t device;
    ino_t number;
} place;

typedef struct {
    enum { GONE, WRITTEN, CUT, MADE, REMOVED, RENAMED } what; /* GONE: on the disk */
    place at; /* of the file, or of the folder of a name */
    int file; /* WRITTEN, CUT: opened anew, for what is to be undone */
    off_t from, to, size_before;
    unsigned char *before; /* the bytes from `from` that were there */
    size_t before_size;
    char path[PATH_SIZE], second[PATH_SIZE], spare[PATH_SIZE];
} change;

static change *changes[CHANGES_MAX];
static size_t count;
static struct {
    place at;
    int file;
} files[FILES_MAX];
static size_t file_count;

static bool place_of(place *out, int file, mode_t *kind)
{
    struct stat about;

    if (fstat(file, &about) != 0)
        return false;
    *out = (place){ about.st_dev, about.st_ino };
    *kind = about.st_mode & S_IFMT;
    return true;
}

static bool same(place a, place b)
{
    return a.device == b.device && a.number == b.number;
}

/* The same file, opened once more and never closed: closing it would end the program's locks. */
static int again(int file, place at)
{
    char path[64];

    for (size_t i = 0; i < file_count; i++)
        if (same(files[i].at, at))
            return files[i].file;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    const int opened = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    if (opened >= 0 && file_count < FILES_MAX) {
        files[file_count].at = at;
        files[file_count++].file = opened;
    }
    return opened;
}

static change *add(int what, place at)
{
    change *made = count < CHANGES_MAX ? calloc(1, sizeof *made) : NULL;

    if (made == NULL)
        return NULL;
    made->what = what;
    made->at = at;
    made->file = -1;
    changes[count++] = made;
    return made;
}

/* The bytes from one place to another are about to change. */
static void keep_bytes(int what, int file, off_t from, off_t to)
{
    struct stat about;
    place at;
    mode_t kind;

    if (!place_of(&at, file, &kind) || kind != S_IFREG || fstat(file, &about) != 0)
        return;
    const int opened = again(file, at);
    change *made = opened >= 0 ? add(what, at) : NULL;
    if (made == NULL)
        return;
    made->file = opened;
    made->from = from;
    made->to = to;
    made->size_before = about.st_size;
    const off_t end = to < about.st_size ? to : about.st_size;
    if (end <= from)
        return;
    made->before = malloc((size_t)(end - from));
    const ssize_t got = made->before != NULL
                            ? syscall(SYS_pread64, opened, made->before, (size_t)(end - from), from)
                            : 0;
    made->before_size = got > 0 ? (size_t)got : 0;
}

void power_write(int file, size_t size, off_t at)
{
    const off_t from = at >= 0 ? at : lseek(file, 0, SEEK_CUR);

    if (from >= 0 && size > 0)
        keep_bytes(WRITTEN, file, from, from + (off_t)size);
}

void power_cut(int file, off_t size)
{
    struct stat about;

    if (fstat(file, &about) == 0)
        keep_bytes(CUT, file, size, about.st_size > size ? about.st_size : size);
}

static void drop(change *c)
{
    if (c->what == REMOVED || c->what == RENAMED)
        syscall(SYS_unlinkat, AT_FDCWD, c->spare, 0);
    free(c->before);
    c->before = NULL;
    c->what = GONE;
}

void power_synced(int file)
{
    place at;
    mode_t kind;

    if (!place_of(&at, file, &kind))
        return;
    for (size_t i = 0; i < count; i++)
        if (changes[i]->what != GONE && same(changes[i]->at, at))
            drop(changes[i]);
}

static change *add_name(int what, const char *path)
{
    char copy[PATH_SIZE];
    struct stat about;

    snprintf(copy, sizeof copy, "%s", path);
    change *made =
        stat(dirname(copy), &about) == 0 ? add(what, (place){ about.st_dev, about.st_ino }) : NULL;
    if (made == NULL)
        return NULL;
    snprintf(made->path, sizeof made->path, "%s", path);
    snprintf(made->spare, sizeof made->spare, "%.900s.spare%zu", path, count);
    return made;
}

void power_made(const char *path)
{
    add_name(MADE, path);
}

void power_removing(const char *path)
{
    change *made = add_name(REMOVED, path);

    if (made != NULL && syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, made->spare, 0) != 0)
        made->what = GONE;
}

/* What stands under the second name is kept too. */
void power_renaming(const char *from, const char *to)
{
    change *made = add_name(RENAMED, to);

    if (made == NULL)
        return;
    snprintf(made->second, sizeof made->second, "%s", from);
    syscall(SYS_linkat, AT_FDCWD, to, AT_FDCWD, made->spare, 0);
}

/* The disk has no bytes of a later change there that stays. */
static bool is_last(size_t nth)
{
    const change *c = changes[nth];

    for (size_t i = nth + 1; i < count; i++)
        if (changes[i]->what != GONE && changes[i]->file >= 0 && same(changes[i]->at, c->at) &&
            changes[i]->from < c->to && c->from < changes[i]->to)
            return false;
    return true;
}

static void undo_bytes(const change *c)
{
    static const unsigned char none[65536];
    struct stat about;

    syscall(SYS_pwrite64, c->file, c->before, c->before_size, c->from);
    if (fstat(c->file, &about) != 0)
        return;
    if (c->what == CUT || about.st_size <= c->to)
        syscall(SYS_ftruncate, c->file, c->size_before);
    else /* a later one is beyond it */
        for (off_t at = c->from + (off_t)c->before_size; at < c->to; at += (off_t)sizeof none)
            syscall(SYS_pwrite64, c->file, none,
                    c->to - at < (off_t)sizeof none ? (size_t)(c->to - at) : sizeof none, at);
}

static void undo_name(const change *c)
{
    if (c->what == MADE)
        syscall(SYS_unlinkat, AT_FDCWD, c->path, 0);
    if (c->what == RENAMED)
        syscall(SYS_renameat, AT_FDCWD, c->path, AT_FDCWD, c->second);
    if (c->what != MADE && syscall(SYS_linkat, AT_FDCWD, c->spare, AT_FDCWD, c->path, 0) == 0)
        syscall(SYS_unlinkat, AT_FDCWD, c->spare, 0);
}

void power_lost(bool all, unsigned seed)
{
    srandom(seed);
    for (size_t i = count; i-- > 0;) {
        change *c = changes[i];
        if (c->what == GONE || (!all && random() % 2 == 0) || (c->file >= 0 && !is_last(i)))
            continue;
        if (c->file >= 0)
            undo_bytes(c);
        else
            undo_name(c);
        c->what = GONE;
    }
    power_kept();
}

void power_kept(void)
{
    for (size_t i = 0; i < count; i++)
        drop(changes[i]);
}
