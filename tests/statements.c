/* SPDX-License-Identifier: GPL-3.0-or-later */
/* statements.c: SQLite's calls as the linker gives them to us. */
#include "statements.h"

#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "callers.h"
#include "support.h"

#pragma GCC visibility push(default) /* a library of others may name them too, for an SQLite of its own */

enum { CONNECTIONS_MAX = 16, FILES = 3, CALLERS = 4 };

static const int codes[] = { SQLITE_IOERR_WRITE, SQLITE_BUSY, SQLITE_FULL, SQLITE_CORRUPT, SQLITE_NOMEM };

enum { CODES = sizeof codes / sizeof *codes };

static long left = EVERY_CALL_SUCCEEDS, made;
static int wanted, given;
static int told;               /* what sqlite3_errcode says; 0: what SQLite has to say */
static sqlite3_stmt *short_of; /* the statement of a value that there was no memory for */
static sqlite3 *connections[CONNECTIONS_MAX];

void statements_fail_after(long calls, int code)
{
    left = calls;
    made = 0;
    wanted = code;
    given = told = 0;
}

long statements_succeed(void)
{
    left = EVERY_CALL_SUCCEEDS;
    return made;
}

int statements_failed_with(void)
{
    return given;
}

int statements_busy(void)
{
    int busy = 0;

    for (int i = 0; i < CONNECTIONS_MAX; i++)
        for (sqlite3_stmt *at = NULL; connections[i] != NULL && (at = sqlite3_next_stmt(connections[i], at)) != NULL;)
            busy += sqlite3_stmt_busy(at);
    return busy;
}

int __real_sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *context, char **message);
int __wrap_sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *context, char **message);

static void undo(sqlite3 *db)
{
    if (db != NULL && !sqlite3_get_autocommit(db))
        __real_sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
}

/* Places in the code that called SQLite, and the first call of each of those that were new while they were noted. */
static bool noting;
static callers_places places;
static long first_call[CALLERS_PLACES];
static size_t new_count;

/* The code with which a call fails; SQLITE_OK: it is to be made. */
CALLERS_ASK static int spend(sqlite3 *db)
{
    if (noting && callers_are_new(&places, CALLERS))
        first_call[new_count++] = made;
    made++;
    told = 0;
    if (left < 0 || left-- > 0)
        return SQLITE_OK;
    left = EVERY_CALL_SUCCEEDS;
    given = told = wanted;
    if ((wanted & 0xFF) == SQLITE_IOERR)
        undo(db);
    return wanted;
}

/* A value has no memory. */
static bool spend_memory(sqlite3_stmt *row)
{
    if (spend(NULL) == SQLITE_OK)
        return true;
    given = told = SQLITE_NOMEM;
    short_of = row;
    return false;
}

/* The failure of such a value comes again with the statement's next step or its end, and undoes the transaction. */
static bool is_short(sqlite3_stmt *statement)
{
    if (statement == NULL || statement != short_of)
        return false;
    short_of = NULL;
    undo(sqlite3_db_handle(statement));
    return true;
}

#define WRAP(type, name, parameters, db, call)  \
    type __real_##name parameters;              \
    type __wrap_##name parameters;              \
    type __wrap_##name parameters               \
    {                                           \
        const int code = spend(db);             \
        return code != SQLITE_OK ? code : call; \
    }

WRAP(int, sqlite3_bind_text, (sqlite3_stmt * s, int n, const char *t, int size, void (*end)(void *)), NULL,
     __real_sqlite3_bind_text(s, n, t, size, end))
WRAP(int, sqlite3_bind_blob64, (sqlite3_stmt * s, int n, const void *b, sqlite3_uint64 size, void (*end)(void *)), NULL,
     __real_sqlite3_bind_blob64(s, n, b, size, end))
WRAP(int, sqlite3_bind_int64, (sqlite3_stmt * s, int n, sqlite3_int64 value), NULL, __real_sqlite3_bind_int64(s, n, value))
WRAP(int, sqlite3_bind_double, (sqlite3_stmt * s, int n, double value), NULL, __real_sqlite3_bind_double(s, n, value))
WRAP(int, sqlite3_bind_null, (sqlite3_stmt * s, int n), NULL, __real_sqlite3_bind_null(s, n))
WRAP(int, sqlite3_file_control, (sqlite3 * db, const char *name, int what, void *argument), NULL,
     __real_sqlite3_file_control(db, name, what, argument))
WRAP(int, sqlite3_create_module, (sqlite3 * db, const char *name, const sqlite3_module *module, void *context), NULL,
     __real_sqlite3_create_module(db, name, module, context))
#ifdef SQLITE_HAS_CODEC
WRAP(int, sqlite3_key_v2, (sqlite3 * db, const char *name, const void *key, int size), NULL,
     __real_sqlite3_key_v2(db, name, key, size))
#endif

int __wrap_sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *context, char **message)
{
    const bool counts = strcmp(sql, "ROLLBACK") != 0 && strncmp(sql, "PRAGMA cache_size", 17) != 0;
    const int code = counts ? spend(db) : SQLITE_OK;

    return code != SQLITE_OK ? code : __real_sqlite3_exec(db, sql, row, context, message);
}

/* A connection that could not be opened is one to be closed all the same. */
int __real_sqlite3_open_v2(const char *path, sqlite3 **db, int flags, const char *files);
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **db, int flags, const char *files);
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **db, int flags, const char *files)
{
    const int code = spend(NULL), truly = __real_sqlite3_open_v2(path, db, flags, files);
    int at = 0;

    while (at < CONNECTIONS_MAX && connections[at] != NULL)
        at++;
    cr_assert(at < CONNECTIONS_MAX, "connections are left open");
    connections[at] = *db;
    return code != SQLITE_OK ? code : truly;
}

int __real_sqlite3_close(sqlite3 *db);
int __wrap_sqlite3_close(sqlite3 *db);
int __wrap_sqlite3_close(sqlite3 *db)
{
    for (int i = 0; i < CONNECTIONS_MAX; i++)
        if (connections[i] == db)
            connections[i] = NULL;
    return __real_sqlite3_close(db);
}

int __real_sqlite3_prepare_v2(sqlite3 *db, const char *sql, int size, sqlite3_stmt **out, const char **tail);
int __wrap_sqlite3_prepare_v2(sqlite3 *db, const char *sql, int size, sqlite3_stmt **out, const char **tail);
int __wrap_sqlite3_prepare_v2(sqlite3 *db, const char *sql, int size, sqlite3_stmt **out, const char **tail)
{
    const int code = spend(NULL);

    *out = NULL;
    return code != SQLITE_OK ? code : __real_sqlite3_prepare_v2(db, sql, size, out, tail);
}

int __real_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int size, unsigned flags, sqlite3_stmt **out, const char **tail);
int __wrap_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int size, unsigned flags, sqlite3_stmt **out, const char **tail);
int __wrap_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int size, unsigned flags, sqlite3_stmt **out, const char **tail)
{
    const int code = spend(NULL);

    *out = NULL;
    return code != SQLITE_OK ? code : __real_sqlite3_prepare_v3(db, sql, size, flags, out, tail);
}

int __real_sqlite3_step(sqlite3_stmt *statement);
int __wrap_sqlite3_step(sqlite3_stmt *statement);
int __wrap_sqlite3_step(sqlite3_stmt *statement)
{
    if (is_short(statement))
        return SQLITE_NOMEM;
    const int code = spend(sqlite3_db_handle(statement));
    return code != SQLITE_OK ? code : __real_sqlite3_step(statement);
}

int __real_sqlite3_reset(sqlite3_stmt *statement);
int __wrap_sqlite3_reset(sqlite3_stmt *statement);
int __wrap_sqlite3_reset(sqlite3_stmt *statement)
{
    const int code = __real_sqlite3_reset(statement);

    return is_short(statement) ? SQLITE_NOMEM : code;
}

int __real_sqlite3_finalize(sqlite3_stmt *statement);
int __wrap_sqlite3_finalize(sqlite3_stmt *statement);
int __wrap_sqlite3_finalize(sqlite3_stmt *statement)
{
    is_short(statement);
    return __real_sqlite3_finalize(statement);
}

const unsigned char *__real_sqlite3_column_text(sqlite3_stmt *row, int column);
const unsigned char *__wrap_sqlite3_column_text(sqlite3_stmt *row, int column);
const unsigned char *__wrap_sqlite3_column_text(sqlite3_stmt *row, int column)
{
    return spend_memory(row) ? __real_sqlite3_column_text(row, column) : NULL;
}

const void *__real_sqlite3_column_blob(sqlite3_stmt *row, int column);
const void *__wrap_sqlite3_column_blob(sqlite3_stmt *row, int column);
const void *__wrap_sqlite3_column_blob(sqlite3_stmt *row, int column)
{
    return spend_memory(row) ? __real_sqlite3_column_blob(row, column) : NULL;
}

int __real_sqlite3_errcode(sqlite3 *db);
int __wrap_sqlite3_errcode(sqlite3 *db);
int __wrap_sqlite3_errcode(sqlite3 *db)
{
    return told != SQLITE_OK ? told : __real_sqlite3_errcode(db);
}

/* One moment, so that equal acts leave equal hubs. */
int64_t __wrap_kith_now(void);
int64_t __wrap_kith_now(void)
{
    return 1656633600;
}

/* A hub's files, and those that a change has beside it. */
static struct kept { char path[4096], *bytes; size_t size; } files[FILES];

void statements_keep_files(const char *hub)
{
    static const char *const endings[FILES] = { "", ".audit", ".keys" };

    for (int i = 0; i < FILES; i++) {
        snprintf(files[i].path, sizeof files[i].path, "%s%s", hub, endings[i]);
        files[i].bytes = access(files[i].path, F_OK) == 0 ? read_file(files[i].path, &files[i].size) : NULL;
    }
}

void statements_put_files_back(void)
{
    char journal[sizeof files->path + 16];

    for (int i = 0; i < FILES; i++) {
        snprintf(journal, sizeof journal, "%.4095s-journal", files[i].path);
        unlink(journal);
        if (files[i].bytes != NULL)
            write_file(files[i].path, files[i].bytes, files[i].size);
        else
            unlink(files[i].path);
    }
}

void statements_drop_files(void)
{
    for (int i = 0; i < FILES; i++)
        free(files[i].bytes);
}

static kith_status status_of(int code)
{
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return KITH_NO_MEMORY;
    case SQLITE_IOERR:
    case SQLITE_FULL:
        return KITH_IO;
    default:
        return KITH_HUB;
    }
}

/* A table as one text. */
static char *written(const kith_table *table)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    kith_error err;

    cr_assert_not_null(out);
    if (table->column_count > 0)
        cr_assert_eq(kith_table_write(out, NULL, table, KITH_FORMAT_CSV, &err), KITH_OK, "%s", err.message);
    fclose(out);
    return text;
}

/* An act's answer, and what the hub holds after it. */
typedef struct outcome {
    kith_status status;
    char *answer, *hub;
    long calls;
} outcome;

static bool whole_may_stay;

static char *state_of(kith_status (*state)(kith_table *, kith_error *))
{
    kith_table table = { 0 };
    kith_error err;

    cr_assert_eq(state(&table, &err), KITH_OK, "%s", err.message);
    char *text = written(&table);
    kith_table_free(&table);
    return text;
}

static outcome try_act(const statements_act *tried, long calls, int code, kith_error *err,
                       kith_status (*state)(kith_table *, kith_error *))
{
    kith_table table = { 0 };
    outcome o = { .status = KITH_OK };

    err->message[0] = '\0';
    statements_fail_after(calls, code);
    o.status = tried->act(&table, err);
    o.calls = statements_succeed();
    noting = false;
    cr_expect_eq(statements_busy(), 0, "%s, call %ld, code %d: a statement is left under way", tried->name, calls, code);
    if (o.status == KITH_OK)
        o.answer = written(&table);
    kith_table_free(&table);
    o.hub = state_of(state);
    return o;
}

static void drop_outcome(outcome *o)
{
    free(o->answer);
    free(o->hub);
}

static void fail_one(const statements_act *tried, long calls, int code, const char *before, const outcome *usual,
                     void (*reset)(void), kith_status (*state)(kith_table *, kith_error *))
{
    kith_error err;
    outcome o = try_act(tried, calls, code, &err, state);
    const int failed = statements_failed_with();

    if (o.status == KITH_OK) {
        cr_expect_str_eq(o.answer, usual->answer, "%s, call %ld, code %d: another answer, and no word of it", tried->name,
                         calls, failed);
        cr_expect_str_eq(o.hub, usual->hub, "%s, call %ld, code %d: half of it is kept", tried->name, calls, failed);
        reset();
    } else {
        cr_expect_eq(o.status, status_of(failed), "%s, call %ld, code %d: status %d: %s", tried->name, calls, failed,
                     o.status, err.message);
        cr_expect(strchr(err.message, ';') != NULL, "%s, call %ld: no remedy: %s", tried->name, calls, err.message);
        const bool stays = whole_may_stay && strcmp(o.hub, usual->hub) == 0;
        cr_expect(stays || strcmp(o.hub, before) == 0, "%s, call %ld, code %d: something is left of it: %s",
                  tried->name, calls, failed, err.message);
        if (stays)
            reset();
    }
    drop_outcome(&o);
}

void statements_fail_each(const statements_act *tried, void (*reset)(void), kith_status (*state)(kith_table *, kith_error *))
{
    const bool every = getenv("KITH_EVERY_CALL") != NULL; /* minutes */
    kith_error err;

    reset();
    char *before = state_of(state);
    noting = true;
    new_count = 0;
    outcome usual = try_act(tried, EVERY_CALL_SUCCEEDS, SQLITE_OK, &err, state);
    cr_assert_eq(usual.status, KITH_OK, "%s: %s", tried->name, err.message);
    reset();
    const long tries = every ? usual.calls : (long)new_count;
    for (long i = 0; i < tries; i++)
        for (int c = 0; c < (every ? CODES : 1); c++)
            fail_one(tried, every ? i : first_call[i], codes[every ? c : i % CODES], before, &usual, reset, state);
    free(before);
    drop_outcome(&usual);
}

void statements_fail_each_step(const statements_act *tried, void (*reset)(void), kith_status (*state)(kith_table *, kith_error *))
{
    whole_may_stay = true;
    statements_fail_each(tried, reset, state);
    whole_may_stay = false;
}
