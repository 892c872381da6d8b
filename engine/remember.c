/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remember.c: names and texts, a user's own. */
#include "kith/remember.h"

#include <string.h>

#include "kith/date.h"
#include "kith/text.h"

kith_status kith_remember_table(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_REMEMBERED_ALL, err);

    *table = (kith_table){ .title = "Remembered views", .empty = "no view is remembered" };
    kith_table_column(table, "name", KITH_CELL_TEXT);
    kith_table_column(table, "text", KITH_CELL_TEXT);
    kith_table_column(table, "kept_at", KITH_CELL_TEXT);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "user", view->user);
    while (kith_rows_next(rows))
        for (int column = 0; column < 3; column++)
            kith_table_text(table, kith_rows_text(rows, column));
    const kith_status ended = kith_rows_end(rows, err);
    return ended == KITH_OK ? kith_table_status(table, err) : ended;
}

static kith_status check_text(const char *text, size_t most, const char *what, kith_error *err)
{
    if (text[0] == '\0' || strlen(text) > most || !kith_utf8_valid(text, strlen(text)))
        return kith_fail(err, KITH_USAGE, "the %s of a view is 1 to %zu bytes of UTF-8; give another", what, most);
    return KITH_OK;
}

/* Whether there is room for one more; one of the same name takes the earlier one's place. */
static kith_status check_room(kith_store *store, const kith_view *view, const char *name, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = kith_remember_table(&table, store, view, err);
    bool known = false;

    for (size_t r = 0; r < kith_table_rows(&table); r++)
        known |= strcmp(table.cells[r * table.column_count].text, name) == 0;
    if (status == KITH_OK && !known && kith_table_rows(&table) >= KITH_REMEMBER_MOST)
        status = kith_fail(err, KITH_POLICY, "%d views are remembered already; drop one first", KITH_REMEMBER_MOST);
    kith_table_free(&table);
    return status;
}

/* One statement whose parameters are texts, as a change of its own. */
static kith_status change(int64_t *changed, kith_store *store, kith_query query, const char *const *texts, int count,
                          kith_error *err)
{
    kith_change *made;
    kith_status status = kith_store_begin(store, err);

    if (status != KITH_OK)
        return status;
    status = kith_store_change(&made, store, query, err);
    for (int i = 0; status == KITH_OK && i < count; i++)
        kith_change_text(made, i + 1, texts[i]);
    if (status == KITH_OK)
        status = kith_change_run(made, changed, err);
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}

kith_status kith_remember_keep(kith_store *store, const kith_view *view, const char *name, const char *text,
                               int64_t now, kith_error *err)
{
    char kept_at[KITH_TIME_SIZE];
    kith_status status = check_text(name, KITH_REMEMBER_NAME, "name", err);

    if (status == KITH_OK)
        status = check_text(text, KITH_REMEMBER_TEXT, "text", err);
    if (status == KITH_OK)
        status = check_room(store, view, name, err);
    if (status != KITH_OK)
        return status;
    kith_moment_write(kept_at, now);
    return change(NULL, store, KITH_QUERY_REMEMBERED_KEEP, (const char *const[]){ view->user, name, text, kept_at }, 4,
                  err);
}

kith_status kith_remember_drop(kith_store *store, const kith_view *view, const char *name, kith_error *err)
{
    int64_t changed = 0;
    const kith_status status = change(&changed, store, KITH_QUERY_REMEMBERED_DROP,
                                      (const char *const[]){ view->user, name }, 2, err);

    return status == KITH_OK && changed == 0
               ? kith_fail(err, KITH_NOT_FOUND, "no view of that name is remembered; `kith view` lists them")
               : status;
}
