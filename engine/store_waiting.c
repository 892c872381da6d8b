/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_waiting.c: the table `waiting`, whose rows are in memory (kith/waiting.h).
 *
 * A row is read once, from its first value to its last, so the cursor needs no more
 * than where each value of its row begins.
 *
 * SQLite tells of a statement that writes many rows how many it has written, and not which
 * ones were there already. So such a statement is INSERT OR FAIL: it stops at one that is
 * there, keeps what it has written, and is run again from the next row on. (OR FAIL also saves
 * the journal that SQLite keeps of a statement that it may have to undo alone. A statement
 * whose CHECKs call a function may end in one, so it has that journal all the same: it holds the
 * pages that were there before, encrypted, which is little where rows go to the end.) */
#include <assert.h>
#include <string.h>

#include "store_private.h"
#include "waiting_private.h"

typedef struct waiting_cursor {
    sqlite3_vtab_cursor base;
    kith_waiting_state *state;
    const char *end;
    const char *values[KITH_WAITING_VALUES + 1]; /* of the row; the last: what follows it */
} waiting_cursor;

typedef struct waiting_table {
    sqlite3_vtab base;
    kith_waiting_state *state;
} waiting_table;

static int connect_table(sqlite3 *db, void *state, int count, const char *const *arguments,
                         sqlite3_vtab **out, char **message)
{
    static const char columns[] = "CREATE TABLE waiting (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, "
                                  "c13, c14, c15, c16, c17, c18, c19, c20)";
    waiting_table *table;

    (void)count, (void)arguments, (void)message;
    const int code = sqlite3_declare_vtab(db, columns);
    if (code != SQLITE_OK)
        return code;
    table = sqlite3_malloc(sizeof *table);
    if (table == NULL)
        return SQLITE_NOMEM;
    *table = (waiting_table){ .state = state };
    *out = &table->base;
    return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = 1;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    waiting_cursor *cursor = sqlite3_malloc(sizeof *cursor);

    if (cursor == NULL)
        return SQLITE_NOMEM;
    *cursor = (waiting_cursor){ .state = ((waiting_table *)table)->state };
    *out = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

/* Goes to the row that begins at a place. */
static void go_to(waiting_cursor *cursor, const char *at)
{
    const int count = cursor->state->rows->values;

    cursor->state->row = at;
    cursor->values[0] = at;
    for (int i = 0; i < count && at < cursor->end; i++)
        cursor->values[i + 1] = at = kith_waiting_after(at);
}

static int first(sqlite3_vtab_cursor *base, int plan_number, const char *plan_text, int count,
                 sqlite3_value **values)
{
    waiting_cursor *cursor = (waiting_cursor *)base;
    const kith_waiting *rows = cursor->state->rows;

    (void)plan_number, (void)plan_text, (void)count, (void)values;
    if (rows == NULL)
        return SQLITE_MISUSE; /* nobody has rows */
    cursor->end = rows->bytes.data + rows->bytes.size;
    go_to(cursor, cursor->state->row);
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base)
{
    waiting_cursor *cursor = (waiting_cursor *)base;

    go_to(cursor, cursor->values[cursor->state->rows->values]);
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base)
{
    const waiting_cursor *cursor = (const waiting_cursor *)base;

    return cursor->values[0] == cursor->end;
}

static int give_value(sqlite3_vtab_cursor *base, sqlite3_context *to, int column)
{
    const waiting_cursor *cursor = (const waiting_cursor *)base;
    const char *value = cursor->values[column];
    int64_t integer;
    double number;
    uint32_t size;

    assert(column < cursor->state->rows->values);
    switch (*value) {
    case WAITING_INTEGER:
        memcpy(&integer, value + 1, sizeof integer);
        sqlite3_result_int64(to, integer);
        break;
    case WAITING_NUMBER:
        memcpy(&number, value + 1, sizeof number);
        sqlite3_result_double(to, number);
        break;
    case WAITING_TEXT:
        memcpy(&size, value + 1, sizeof size);
        sqlite3_result_text(to, value + 1 + sizeof size, (int)size, SQLITE_STATIC);
        break;
    case WAITING_EMPTY:
        sqlite3_result_text(to, "", 0, SQLITE_STATIC);
        break;
    case WAITING_BYTES:
        memcpy(&size, value + 1, sizeof size);
        sqlite3_result_blob(to, value + 1 + sizeof size, (int)size, SQLITE_STATIC);
        break;
    default:
        break; /* missing */
    }
    return SQLITE_OK;
}

static int row_number(sqlite3_vtab_cursor *base, sqlite3_int64 *row)
{
    const waiting_cursor *cursor = (const waiting_cursor *)base;

    *row = cursor->end - cursor->values[0];
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = connect_table,
    .xDisconnect = disconnect_table,
    .xBestIndex = plan,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = first,
    .xNext = next,
    .xEof = at_end,
    .xColumn = give_value,
    .xRowid = row_number,
};

int kith_waiting_register(sqlite3 *db, kith_waiting_state *state)
{
    return sqlite3_create_module(db, "waiting", &module, state);
}

/* Binds one value; gives what follows it. */
static const char *bind(kith_change *change, int place, const char *value)
{
    int64_t integer;
    double number;
    uint32_t size;

    switch (*value) {
    case WAITING_INTEGER:
        memcpy(&integer, value + 1, sizeof integer);
        kith_change_integer(change, place, integer);
        break;
    case WAITING_NUMBER:
        memcpy(&number, value + 1, sizeof number);
        kith_change_number(change, place, number);
        break;
    case WAITING_TEXT:
        kith_change_text(change, place, value + 1 + sizeof size);
        break;
    case WAITING_EMPTY:
        kith_change_text(change, place, "");
        break;
    case WAITING_BYTES:
        memcpy(&size, value + 1, sizeof size);
        kith_change_bytes(change, place, value + 1 + sizeof size, size);
        break;
    default:
        kith_change_missing(change, place);
    }
    return kith_waiting_after(value);
}

static kith_status note_same(kith_waiting *rows, const char *row, kith_error *err)
{
    const size_t at = (size_t)(row - rows->bytes.data);

    kith_text_add_bytes(&rows->same, (const char *)&at, sizeof at);
    return kith_text_status(&rows->same, err);
}

/* A statement with parameters, for each row. */
static kith_status run_each(kith_waiting *rows, kith_change *change, kith_error *err)
{
    const char *at = kith_text_string(&rows->bytes);
    kith_status status = KITH_OK;
    int64_t changed;

    for (size_t i = 0; i < rows->count && status == KITH_OK; i++) {
        const char *row = at;
        for (int place = 1; place <= rows->values; place++)
            at = bind(change, place, at);
        status = kith_change_run(change, &changed, err);
        if (status == KITH_OK && changed == 0)
            status = note_same(rows, row, err);
    }
    return status;
}

static bool is_there(int code)
{
    return code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE;
}

/* A statement that reads from `waiting`, for all of them. */
static kith_status run_all(kith_waiting *rows, kith_change *change, bool some_are_there, kith_error *err)
{
    kith_store *store = change->store;
    const char *end = rows->bytes.data + rows->bytes.size;
    kith_status status = KITH_OK;

    store->waiting = (kith_waiting_state){ rows, rows->bytes.data };
    while (store->waiting.row < end && status == KITH_OK) {
        const int code = sqlite3_get_autocommit(store->db) ? SQLITE_ABORT /* an earlier failure has undone the change */
                                                     : sqlite3_step(change->statement);
        if (code != SQLITE_DONE && !(some_are_there && is_there(code)))
            status = kith_store_fail(err, store->db, store->path, code);
        else if (code != SQLITE_DONE)
            status = note_same(rows, store->waiting.row, err);
        sqlite3_reset(change->statement);
        store->waiting.row = code == SQLITE_DONE ? end : kith_waiting_value(store->waiting.row, rows->values);
    }
    store->waiting.rows = NULL;
    return status;
}

kith_status kith_store_write(kith_waiting *rows, kith_store *store, kith_query query,
                             bool some_are_there, kith_error *err)
{
    kith_change *change;
    kith_status status = kith_text_status(&rows->bytes, err);

    assert(store->changing && (rows->count == 0 || !kith_store_holds(store, query)));
    kith_text_clear(&rows->same);
    kith_held_changed(store);
    if (status == KITH_OK && rows->count > 0)
        status = kith_store_change(&change, store, query, err);
    if (status != KITH_OK || rows->count == 0)
        return status;
    return sqlite3_bind_parameter_count(change->statement) > 0
               ? run_each(rows, change, err)
               : run_all(rows, change, some_are_there, err);
}
