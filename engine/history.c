/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.c: changes, numbered and listed.
 *
 * A change opens a row of deed when it begins. While that is open, the triggers of the tables that
 * people write to keep what each row was and is; a load and a removal keep no rows, which their own
 * records tell. At the commit the row is closed, or dropped when nothing was kept. */
#include "kith/history.h"

#include "kith/date.h"
#include "kith/record.h"
#include "store_private.h"

enum { ROWS_ARE_KEPT = 1, ROWS_ARE_NOT = 2 };

kith_status kith_deed_open(kith_store *store, kith_error *err)
{
    char at[KITH_TIME_SIZE];
    kith_change *open;
    kith_status status = kith_store_change(&open, store, KITH_QUERY_DEED_OPEN, err);

    if (status != KITH_OK)
        return status;
    kith_moment_write(at, kith_now());
    kith_change_text(open, 1, at);
    kith_change_text(open, 2, store->user);
    kith_change_text(open, 3, store->what != NULL ? store->what : "change");
    kith_change_text(open, 4, store->why != NULL ? store->why : "");
    kith_change_integer(open, 5, store->unchecked ? ROWS_ARE_NOT : ROWS_ARE_KEPT);
    status = kith_change_run(open, NULL, err);
    store->deed = kith_store_last_row(store);
    return status;
}

static kith_status drop_empty(kith_store *store, kith_error *err)
{
    kith_change *drop;
    const kith_status status = kith_store_change(&drop, store, KITH_QUERY_DEED_DROP, err);

    if (status != KITH_OK)
        return status;
    kith_change_integer(drop, 1, store->deed);
    return kith_change_run(drop, NULL, err);
}

/* A removal that is no load's is an erasure: it stays on the list, so that it can be said that it was one. */
kith_status kith_deed_close(kith_store *store, kith_error *err)
{
    kith_text what = { 0 };
    kith_change *close;
    kith_status status = store->removing ? KITH_OK : drop_empty(store, err);

    kith_audit_words(&what, store);
    if (status == KITH_OK)
        status = kith_text_status(&what, err);
    if (status == KITH_OK)
        status = kith_store_change(&close, store, KITH_QUERY_DEED_CLOSE, err);
    if (status == KITH_OK) {
        kith_change_text(close, 1, what.data);
        kith_change_integer(close, 2, store->deed);
        status = kith_change_run(close, NULL, err);
    }
    kith_text_free(&what);
    return status;
}

kith_status kith_history_skip(kith_store *store, kith_error *err)
{
    kith_change *skip;
    const kith_status status = kith_store_change(&skip, store, KITH_QUERY_DEED_SKIP, err);

    return status == KITH_OK ? kith_change_run(skip, NULL, err) : status;
}

typedef struct column {
    const char *name;
    kith_cell_type type;
} column;

static void start_table(kith_table *table, const char *empty, const column *columns, size_t count)
{
    *table = (kith_table){ .empty = empty };
    for (size_t i = 0; i < count; i++)
        kith_table_column(table, columns[i].name, columns[i].type);
}

static void add_cell(kith_table *table, kith_rows *rows, int at, kith_cell_type type)
{
    if (kith_rows_missing(rows, at))
        kith_table_missing(table);
    else if (type == KITH_CELL_INTEGER)
        kith_table_integer(table, kith_rows_integer(rows, at));
    else
        kith_table_text(table, kith_rows_text(rows, at));
}

/* The rows of a reading whose first columns are the table's. */
static kith_status fill(kith_table *table, kith_rows *rows, kith_error *err)
{
    while (kith_rows_next(rows))
        for (size_t c = 0; c < table->column_count; c++)
            add_cell(table, rows, (int)c, table->columns[c].type);
    const kith_status status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

kith_status kith_history_list(kith_table *table, kith_store *store, const kith_view *view,
                              const char *user, kith_error *err)
{
    static const column columns[] = {
        { "change", KITH_CELL_INTEGER }, { "at", KITH_CELL_TEXT },        { "by", KITH_CELL_TEXT },
        { "what", KITH_CELL_TEXT },      { "about", KITH_CELL_TEXT },     { "why", KITH_CELL_TEXT },
        { "undoes", KITH_CELL_INTEGER }, { "undone_by", KITH_CELL_INTEGER },
    };
    kith_rows *rows;

    start_table(table, "nothing was changed in these days", columns, sizeof columns / sizeof *columns);
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_HISTORY_LIST, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "user", user != NULL ? user : "");
    return fill(table, rows, err);
}

kith_status kith_history_of(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                            kith_error *err)
{
    static const column columns[] = {
        { "change", KITH_CELL_INTEGER }, { "at", KITH_CELL_TEXT },   { "by", KITH_CELL_TEXT },
        { "what", KITH_CELL_TEXT },      { "field", KITH_CELL_TEXT }, { "from", KITH_CELL_TEXT },
        { "to", KITH_CELL_TEXT },        { "why", KITH_CELL_TEXT },  { "undone_by", KITH_CELL_INTEGER },
    };
    kith_rows *rows;
    kith_kind kind;
    int64_t row;

    start_table(table, NULL, columns, sizeof columns / sizeof *columns);
    kith_status status = kith_record_find(&kind, &row, store, view, id, err);
    if (status == KITH_OK)
        status = kith_store_read(&rows, store, view, KITH_QUERY_HISTORY_RECORD, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", row);
    kith_rows_bind_integer(rows, "is_event", kind == KITH_EVENT);
    return fill(table, rows, err);
}

kith_status kith_history_change(kith_table *table, kith_store *store, const kith_view *view,
                                int64_t number, kith_error *err)
{
    static const column columns[] = {
        { "what", KITH_CELL_TEXT }, { "about", KITH_CELL_TEXT }, { "field", KITH_CELL_TEXT },
        { "from", KITH_CELL_TEXT }, { "to", KITH_CELL_TEXT },
    };
    kith_rows *rows;
    bool found = false;

    start_table(table, "nothing was entered by hand in it", columns, sizeof columns / sizeof *columns);
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_DEED_FIND, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", number);
    if ((found = kith_rows_next(rows))) {
        kith_table_fact(table, "change", "%lld: %s", (long long)number, kith_rows_text(rows, 2));
        kith_table_fact(table, "made", "%s by %s", kith_rows_text(rows, 0), kith_rows_text(rows, 1));
    }
    status = kith_rows_end(rows, err);
    if (status == KITH_OK && !found)
        status = kith_fail(err, KITH_NOT_FOUND, "there is no change %lld; `kith history` lists them",
                           (long long)number);
    if (status == KITH_OK)
        status = kith_store_read(&rows, store, view, KITH_QUERY_HISTORY_FIELDS, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "deed", number);
    return fill(table, rows, err);
}
