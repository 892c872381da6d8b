/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_temp.c: what SQLite sets aside while it sorts stays in memory.
 *
 * SQLite sorts in small runs, which it writes to files without a name and merges. Those
 * files would hold what the hub holds, unencrypted, so they are memory here. (With
 * temp_store = MEMORY there are no runs: all is one list of small blocks, and sorting ten
 * million rows takes nearly three times as long and twice the memory.) Files that have a
 * name are the system's as before. */
#include <assert.h>
#include <pthread.h>
#include <string.h>

#include "store_private.h"

enum { PIECE_SIZE = 1 << 18 };

typedef struct temp_file {
    sqlite3_file base;
    char **pieces; /* of PIECE_SIZE; the last one may be part full */
    sqlite3_int64 piece_count, size;
} temp_file;

/* Leaves as many pieces as size takes, and nothing after size in the last of them. */
static void cut(temp_file *temp, sqlite3_int64 size)
{
    while (temp->piece_count > 0 && (temp->piece_count - 1) * PIECE_SIZE >= size)
        sqlite3_free(temp->pieces[--temp->piece_count]);
    if (size % PIECE_SIZE != 0)
        memset(temp->pieces[size / PIECE_SIZE] + size % PIECE_SIZE, 0, (size_t)(PIECE_SIZE - size % PIECE_SIZE));
    temp->size = size;
}

static int close_temp(sqlite3_file *file)
{
    temp_file *temp = (temp_file *)file;

    cut(temp, 0);
    sqlite3_free(temp->pieces);
    *temp = (temp_file){ 0 };
    return SQLITE_OK;
}

/* Copies between a buffer and the pieces, of which there are enough. */
static void copy(temp_file *temp, char *buffer, sqlite3_int64 amount, sqlite3_int64 at, bool in)
{
    while (amount > 0) {
        char *place = temp->pieces[at / PIECE_SIZE] + at % PIECE_SIZE;
        const sqlite3_int64 left = PIECE_SIZE - at % PIECE_SIZE;
        const size_t size = (size_t)(amount < left ? amount : left);
        memcpy(in ? place : buffer, in ? buffer : place, size);
        buffer += size;
        at += (sqlite3_int64)size;
        amount -= (sqlite3_int64)size;
    }
}

static int read_temp(sqlite3_file *file, void *buffer, int amount, sqlite3_int64 at)
{
    temp_file *temp = (temp_file *)file;
    const sqlite3_int64 there = at < temp->size ? temp->size - at : 0;

    copy(temp, buffer, amount < there ? amount : there, at, false);
    if (amount <= there)
        return SQLITE_OK;
    memset((char *)buffer + there, 0, (size_t)(amount - there));
    return SQLITE_IOERR_SHORT_READ;
}

static bool add_piece(temp_file *temp)
{
    const sqlite3_uint64 count = (sqlite3_uint64)temp->piece_count;

    if ((count & (count - 1)) == 0) { /* full at each power of two */
        char **grown = sqlite3_realloc64(temp->pieces, (count > 0 ? 2 * count : 1) * sizeof *grown);
        if (grown == NULL)
            return false;
        temp->pieces = grown;
    }
    temp->pieces[count] = sqlite3_malloc(PIECE_SIZE);
    if (temp->pieces[count] == NULL)
        return false;
    memset(temp->pieces[count], 0, PIECE_SIZE); /* what is skipped reads as 0 */
    temp->piece_count++;
    return true;
}

static int write_temp(sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 at)
{
    temp_file *temp = (temp_file *)file;

    while (temp->piece_count * PIECE_SIZE < at + amount)
        if (!add_piece(temp))
            return SQLITE_IOERR_NOMEM;
    copy(temp, (char *)(uintptr_t)buffer, amount, at, true);
    if (at + amount > temp->size)
        temp->size = at + amount;
    return SQLITE_OK;
}

static int truncate_temp(sqlite3_file *file, sqlite3_int64 size)
{
    if (size < ((temp_file *)file)->size)
        cut((temp_file *)file, size);
    return SQLITE_OK;
}

static int sync_temp(sqlite3_file *file, int flags)
{
    (void)file, (void)flags;
    return SQLITE_OK;
}

static int size_of_temp(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = ((temp_file *)file)->size;
    return SQLITE_OK;
}

static int lock_temp(sqlite3_file *file, int lock)
{
    (void)file, (void)lock;
    return SQLITE_OK;
}

static int temp_is_reserved(sqlite3_file *file, int *out)
{
    (void)file;
    *out = 0;
    return SQLITE_OK;
}

static int control_temp(sqlite3_file *file, int what, void *argument)
{
    (void)file, (void)what, (void)argument;
    return SQLITE_NOTFOUND;
}

static int none(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = close_temp,
    .xRead = read_temp,
    .xWrite = write_temp,
    .xTruncate = truncate_temp,
    .xSync = sync_temp,
    .xFileSize = size_of_temp,
    .xLock = lock_temp,
    .xUnlock = lock_temp,
    .xCheckReservedLock = temp_is_reserved,
    .xFileControl = control_temp,
    .xSectorSize = none,
    .xDeviceCharacteristics = none,
};

static sqlite3_vfs *given; /* the system's files */
static sqlite3_vfs ours;
static int registered = SQLITE_NOMEM; /* as long as SQLite cannot begin */

static int open_file(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
                     int *out_flags)
{
    (void)vfs;
    if (name != NULL)
        return given->xOpen(given, name, file, flags, out_flags);
    *(temp_file *)file = (temp_file){ .base = { &methods } };
    if (out_flags != NULL)
        *out_flags = flags;
    return SQLITE_OK;
}

static void register_ours(void)
{
    given = sqlite3_vfs_find(NULL);
    if (given == NULL)
        return;
    ours = *given;
    ours.zName = KITH_FILES;
    ours.pNext = NULL;
    ours.xOpen = open_file;
    assert(ours.szOsFile >= (int)sizeof(temp_file));
    registered = sqlite3_vfs_register(&ours, 0);
}

int kith_temp_register(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, register_ours);
    return registered;
}
