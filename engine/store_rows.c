/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_rows.c: statements, prepared once and kept.
 *
 * A store has one place for each statement as a reading and one as a change, so that a
 * reading costs no allocation and a row no more than SQLite's own calls. A failure is
 * kept in `code` until the end is asked for, as a loop over millions of rows has no
 * room for a status each. */
#include <assert.h>
#include <string.h>

#include "kith/date.h"
#include "store_private.h"

static kith_status prepare(sqlite3_stmt **statement, kith_store *store, sqlite3 *db,
                           kith_query query, kith_error *err)
{
    if (*statement != NULL)
        return KITH_OK;
    const int code = sqlite3_prepare_v3(db, kith_queries[query].bytes,
                                        (int)kith_queries[query].size + 1,
                                        SQLITE_PREPARE_PERSISTENT, statement, NULL);
    return code == SQLITE_OK ? KITH_OK : kith_store_fail(err, db, store->path, code);
}

void kith_statements_free(kith_store *store)
{
    for (size_t i = 0; i < KITH_QUERY_COUNT; i++) {
        sqlite3_finalize(store->rows[i].statement);
        sqlite3_finalize(store->changes[i].statement);
    }
}

const char *kith_query_name(kith_query query)
{
    return kith_queries[query].name;
}

static int place_of(const kith_rows *rows, const char *name)
{
    char parameter[64] = ":";

    strncat(parameter, name, sizeof parameter - 2); /* some hundred thousand times: without printf */
    return sqlite3_bind_parameter_index(rows->statement, parameter);
}

/* The first failure stays. */
static void keep_code(kith_rows *rows, int code)
{
    if (code != SQLITE_OK && rows->code == SQLITE_ROW)
        rows->code = code;
}

static void bind_day(kith_rows *rows, const char *name, const char *unbounded, bool all, int32_t day)
{
    char text[KITH_TIME_SIZE];
    const int place = place_of(rows, name);

    if (place == 0)
        return;
    kith_day_write(text, day);
    keep_code(rows, sqlite3_bind_text(rows->statement, place, all ? unbounded : text, -1,
                                      SQLITE_TRANSIENT));
}

/* Readies a statement of one connection. */
static kith_status begin_reading(kith_rows **rows, kith_rows *reading, kith_store *store, sqlite3 *db,
                                 const kith_view *view, kith_query query, kith_error *err)
{
    assert(!reading->under_way);
    const kith_status status = prepare(&reading->statement, store, db, query, err);
    if (status != KITH_OK)
        return status;
    reading->store = store;
    reading->code = SQLITE_ROW;
    reading->under_way = true;
    reading->bounded = db == store->seen.db;
    bind_day(reading, "as_of", "9999-12-31", view->all_dates, view->as_of);
    bind_day(reading, "since", "0000-01-01", view->all_dates, view->since);
    if (place_of(reading, "through") > 0)
        kith_rows_bind_integer(reading, "through",
                               view->through_load > 0 ? view->through_load : INT64_MAX);
    *rows = reading;
    return KITH_OK;
}

kith_status kith_store_read(kith_rows **rows, kith_store *store, const kith_view *view,
                            kith_query query, kith_error *err)
{
    kith_status held;

    *rows = NULL;
    if (kith_held_read(&held, &store->rows[query], store, query, err)) {
        *rows = held == KITH_OK ? &store->rows[query] : NULL;
        return held;
    }
    if (!store->seen.bounded || store->unchecked) /* unchecked: a load, or a removal */
        return begin_reading(rows, &store->rows[query], store, store->db, view, query, err);
    const kith_status status = kith_seen_open(store, err);
    return status == KITH_OK ? begin_reading(rows, &store->seen.rows[query], store, store->seen.db,
                                             view, query, err)
                             : status;
}

kith_status kith_store_read_all(kith_rows **rows, kith_store *store, const kith_view *view,
                                kith_query query, kith_error *err)
{
    *rows = NULL;
    return begin_reading(rows, &store->rows[query], store, store->db, view, query, err);
}

void kith_rows_bind_integer(kith_rows *rows, const char *name, int64_t value)
{
    if (rows->held != NULL) {
        kith_held_bind(rows, name, value);
        return;
    }
    const int place = place_of(rows, name);

    assert(place > 0);
    keep_code(rows, sqlite3_bind_int64(rows->statement, place, value));
}

void kith_rows_bind_text(kith_rows *rows, const char *name, const char *text)
{
    const int place = place_of(rows, name);

    assert(place > 0);
    keep_code(rows, sqlite3_bind_text(rows->statement, place, text, -1, SQLITE_TRANSIENT));
}

bool kith_rows_next(kith_rows *rows)
{
    if (rows->code != SQLITE_ROW)
        return false;
    if (rows->held != NULL)
        return kith_held_next(rows);
    rows->code = rows->bounded && !kith_seen_is_whole(rows->store) ? SQLITE_ABORT : sqlite3_step(rows->statement);
    return rows->code == SQLITE_ROW;
}

bool kith_rows_missing(const kith_rows *rows, int column)
{
    return rows->held != NULL ? kith_held_missing(rows, column)
                              : sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

int64_t kith_rows_integer(const kith_rows *rows, int column)
{
    return rows->held != NULL ? kith_held_integer(rows, column)
                              : sqlite3_column_int64(rows->statement, column);
}

double kith_rows_number(const kith_rows *rows, int column)
{
    return rows->held != NULL ? kith_held_number(rows, column)
                              : sqlite3_column_double(rows->statement, column);
}

const char *kith_rows_text(const kith_rows *rows, int column)
{
    if (rows->held != NULL)
        return kith_held_text(rows, column);
    const char *text = (const char *)sqlite3_column_text(rows->statement, column);
    if (text == NULL && sqlite3_errcode(sqlite3_db_handle(rows->statement)) == SQLITE_NOMEM)
        return ""; /* it is not missing, and kith_rows_end says so */
    return text;
}

const void *kith_rows_bytes(const kith_rows *rows, int column, size_t *size)
{
    const void *bytes = sqlite3_column_blob(rows->statement, column);

    *size = bytes != NULL ? (size_t)sqlite3_column_bytes(rows->statement, column) : 0;
    return bytes;
}

kith_status kith_rows_end(kith_rows *rows, kith_error *err)
{
    int code = rows->code;

    rows->under_way = false;
    if (rows->held != NULL) {
        rows->held = NULL;
        return KITH_OK;
    }
    const int reset = sqlite3_reset(rows->statement); /* tells of a value that there was no memory for */
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        code = reset;
    sqlite3_clear_bindings(rows->statement);
    return code == SQLITE_OK ? KITH_OK
                             : kith_store_fail(err, sqlite3_db_handle(rows->statement), rows->store->path, code);
}

kith_status kith_store_change(kith_change **change, kith_store *store, kith_query query,
                              kith_error *err)
{
    kith_change *made = &store->changes[query];

    *change = NULL;
    const kith_status status = prepare(&made->statement, store, store->db, query, err);
    if (status != KITH_OK)
        return status;
    made->store = store;
    *change = made;
    return KITH_OK;
}

/* The first failure stays until the row is run. */
static void bound(kith_change *change, int code)
{
    if (code != SQLITE_OK && change->code == SQLITE_OK)
        change->code = code;
}

void kith_change_integer(kith_change *change, int place, int64_t value)
{
    bound(change, sqlite3_bind_int64(change->statement, place, value));
}

void kith_change_number(kith_change *change, int place, double value)
{
    bound(change, sqlite3_bind_double(change->statement, place, value));
}

void kith_change_text(kith_change *change, int place, const char *text)
{
    bound(change, sqlite3_bind_text(change->statement, place, text, -1, SQLITE_STATIC));
}

void kith_change_bytes(kith_change *change, int place, const void *bytes, size_t size)
{
    bound(change, sqlite3_bind_blob64(change->statement, place, bytes, size, SQLITE_STATIC));
}

void kith_change_missing(kith_change *change, int place)
{
    bound(change, sqlite3_bind_null(change->statement, place));
}

kith_status kith_change_run(kith_change *change, int64_t *changed, kith_error *err)
{
    kith_store *store = change->store;
    int code = change->code;

    assert(store->changing);
    kith_held_changed(store);
    if (code == SQLITE_OK && sqlite3_get_autocommit(store->db))
        code = SQLITE_ABORT; /* an earlier failure has undone the change */
    if (code == SQLITE_OK)
        code = sqlite3_step(change->statement);
    if (changed != NULL)
        *changed = code == SQLITE_DONE ? sqlite3_changes64(store->db) : 0;
    const kith_status status =
        code == SQLITE_DONE ? KITH_OK : kith_store_fail(err, store->db, store->path, code);
    sqlite3_reset(change->statement);
    sqlite3_clear_bindings(change->statement);
    change->code = SQLITE_OK;
    return status;
}

int64_t kith_store_last_row(const kith_store *store)
{
    const int64_t held = kith_held_last_row(store);

    return held > 0 ? held : sqlite3_last_insert_rowid(store->db);
}
