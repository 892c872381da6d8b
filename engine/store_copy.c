/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_copy.c: the bytes of a hub's files, and what its tables hold.
 *
 * Both are taken while one reading keeps writers away. The bytes are read through SQLite's own
 * handles: closing another one of the same file would drop its locks. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "kith/file.h"
#include "store_private.h"

enum { BLOCK = 1 << 20, HASH = 32 };

static kith_status copy_block(FILE *out, sqlite3_file *in, unsigned char *block, int64_t at,
                              int64_t size, const kith_store *store, kith_error *err)
{
    const int part = size - at < BLOCK ? (int)(size - at) : BLOCK;
    const int code = in->pMethods->xRead(in, block, part, at);

    if (code != SQLITE_OK)
        return kith_store_fail(err, store->db, store->path, code);
    fwrite(block, 1, (size_t)part, out); /* a failure stays in the file until its end */
    return KITH_OK;
}

static kith_status copy_file(const char *path, kith_store *store, const char *schema, kith_error *err)
{
    sqlite3_file *in = NULL;
    sqlite3_int64 size = 0;
    kith_new_file out;
    kith_status status = kith_file_begin(&out, path, err);
    unsigned char *block = status == KITH_OK ? malloc(BLOCK) : NULL;

    if (status != KITH_OK)
        return status;
    if (block == NULL)
        status = kith_no_memory(err);
    int code = sqlite3_file_control(store->db, schema, SQLITE_FCNTL_FILE_POINTER, &in);
    if (code == SQLITE_OK)
        code = in->pMethods->xFileSize(in, &size);
    if (status == KITH_OK && code != SQLITE_OK)
        status = kith_store_fail(err, store->db, store->path, code);
    for (int64_t at = 0; status == KITH_OK && at < size; at += BLOCK)
        status = copy_block(out.out, in, block, at, size, store, err);
    free(block);
    return kith_file_end(&out, status, err);
}

static void hash_value(crypto_generichash_state *state, sqlite3_stmt *row, int column)
{
    const int type = sqlite3_column_type(row, column);
    const void *bytes = type == SQLITE_NULL ? NULL : sqlite3_column_blob(row, column);
    const int size = bytes == NULL ? 0 : sqlite3_column_bytes(row, column);
    const unsigned char head[5] = { (unsigned char)type, (unsigned char)size, (unsigned char)(size >> 8),
                                    (unsigned char)(size >> 16), (unsigned char)(size >> 24) };

    crypto_generichash_update(state, head, sizeof head);
    if (size > 0)
        crypto_generichash_update(state, bytes, (unsigned long long)size);
}

/* Rows and hash of one table, in the order of its keys. */
static kith_status hash_table(kith_table *table, kith_store *store, const char *schema,
                              const char *name, kith_error *err)
{
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\".\"%w\"", schema, name);
    crypto_generichash_state state;
    unsigned char hash[HASH];
    char digits[2 * HASH + 1];
    sqlite3_stmt *row = NULL;
    int64_t rows = 0;
    int code = sql != NULL ? sqlite3_prepare_v2(store->db, sql, -1, &row, NULL) : SQLITE_NOMEM;

    crypto_generichash_init(&state, NULL, 0, HASH);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(row);
        for (int c = 0; code == SQLITE_ROW && c < sqlite3_column_count(row); c++)
            hash_value(&state, row, c);
        rows += code == SQLITE_ROW;
    }
    sqlite3_finalize(row);
    sqlite3_free(sql);
    if (code != SQLITE_DONE)
        return kith_store_fail(err, store->db, store->path, code);
    crypto_generichash_final(&state, hash, HASH);
    sodium_bin2hex(digits, sizeof digits, hash, HASH);
    kith_table_text(table, name);
    kith_table_integer(table, rows);
    kith_table_text(table, digits);
    return KITH_OK;
}

static kith_status hash_tables(kith_table *table, kith_store *store, const char *schema, kith_error *err)
{
    char *sql = sqlite3_mprintf("SELECT name FROM \"%w\".sqlite_schema WHERE type = 'table' ORDER BY name",
                                schema);
    sqlite3_stmt *names = NULL;
    kith_status status = KITH_OK;
    int code = sql != NULL ? sqlite3_prepare_v2(store->db, sql, -1, &names, NULL) : SQLITE_NOMEM;

    while ((code == SQLITE_OK || code == SQLITE_ROW) && status == KITH_OK) {
        code = sqlite3_step(names);
        const char *name = code == SQLITE_ROW ? (const char *)sqlite3_column_text(names, 0) : NULL;
        if (name != NULL)
            status = hash_table(table, store, schema, name, err);
        else if (code == SQLITE_ROW)
            code = SQLITE_NOMEM;
    }
    if (status == KITH_OK && code != SQLITE_DONE)
        status = kith_store_fail(err, store->db, store->path, code);
    sqlite3_finalize(names);
    sqlite3_free(sql);
    return status;
}

kith_status kith_store_fingerprint(kith_table *table, kith_store *store, kith_error *err)
{
    kith_table_column(table, "table", KITH_CELL_TEXT);
    kith_table_column(table, "rows", KITH_CELL_INTEGER);
    kith_table_column(table, "hash", KITH_CELL_TEXT);
    kith_status status = hash_tables(table, store, "main", err);
    if (status == KITH_OK && store->logs != LOG_NONE)
        status = hash_tables(table, store, "audit", err);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

kith_status kith_store_copy(kith_table *table, kith_store *store, const char *to, kith_error *err)
{
    kith_text log = { 0 };

    if (store->logs == LOG_NONE)
        return kith_fail(err, KITH_HUB, "%s.audit: there is no audit log here that can be read, and a hub is copied "
                                        "with its log; put the hub where you may write", store->path);
    int code = sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL);
    kith_status status = code == SQLITE_OK ? KITH_OK : kith_store_fail(err, store->db, store->path, code);

    kith_text_format(&log, "%s.audit", to);
    if (status == KITH_OK)
        status = kith_text_status(&log, err);
    if (status == KITH_OK) /* the first statement takes the locks of both files */
        status = kith_store_fingerprint(table, store, err);
    if (status == KITH_OK)
        status = copy_file(to, store, "main", err);
    if (status == KITH_OK)
        status = copy_file(log.data, store, "audit", err);
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    kith_text_free(&log);
    return status;
}

const char *kith_store_path(const kith_store *store)
{
    return store->path;
}
