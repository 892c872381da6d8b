/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_indexes.c: a large load writes the tables first and their indexes afterwards.
 *
 * A row that goes into an index at random changes a page of it; the same rows sorted fill
 * page after page. So the indexes that are there for reading alone are taken off when the
 * load begins, and made again from their own text before it is committed. All of it is
 * inside the one change: a program that is killed leaves the hub with its indexes. */
#include "kith/parallel.h"
#include "store_private.h"

/* Gathers what makes the indexes and gives what takes them off. */
static kith_status list_indexes(kith_text *drops, kith_store *store, kith_error *err)
{
    static const char list[] = "SELECT sql, format('DROP INDEX %w;', name) FROM sqlite_schema "
                               "WHERE type = 'index' AND sql LIKE 'CREATE INDEX %' ORDER BY rowid";
    sqlite3_stmt *rows = NULL;
    int code = sqlite3_prepare_v2(store->db, list, -1, &rows, NULL);

    /* runs of a size that fits the processor's cache, which other threads sort and merge */
    kith_text_format(&store->indexes, "PRAGMA cache_size = -2048; PRAGMA threads = %d;",
                     kith_parallel_workers(2) > 1 ? 2 : 0);

    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(rows);
        if (code != SQLITE_ROW)
            break;
        const char *make = (const char *)sqlite3_column_text(rows, 0);
        const char *drop = (const char *)sqlite3_column_text(rows, 1);
        if (make == NULL || drop == NULL) { /* they are never NULL in the hub */
            code = SQLITE_NOMEM;
            break;
        }
        kith_text_format(&store->indexes, "%s;", make);
        kith_text_add(drops, drop);
    }
    sqlite3_finalize(rows);
    if (code != SQLITE_DONE)
        return kith_store_fail(err, store->db, store->path, code);
    const kith_status status = kith_text_status(&store->indexes, err);
    return status == KITH_OK ? kith_text_status(drops, err) : status;
}

/* Statements of ours on the tables themselves, which an open store otherwise refuses. */
static kith_status reshape(kith_store *store, const kith_text *script, kith_error *err)
{
    sqlite3_set_authorizer(store->db, NULL, NULL);
    int code = sqlite3_exec(store->db, kith_text_string(script), NULL, NULL, NULL);
    const kith_status status =
        code == SQLITE_OK ? KITH_OK : kith_store_fail(err, store->db, store->path, code);
    code = kith_store_confine(store->db, store->access);
    return code == SQLITE_OK ? status : kith_store_fail(err, store->db, store->path, code);
}

kith_status kith_indexes_drop(kith_store *store, kith_error *err)
{
    kith_text drops = { 0 };
    kith_status status = list_indexes(&drops, store, err);

    if (status == KITH_OK)
        status = reshape(store, &drops, err);
    kith_text_free(&drops);
    return status;
}

kith_status kith_indexes_make(kith_store *store, kith_error *err)
{
    return store->indexes.data != NULL ? reshape(store, &store->indexes, err) : KITH_OK;
}
