/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_log.c: the audit log's file, FILE.audit, attached to the hub's connection.
 *
 * It is made when the hub is first opened, under the hub's key. Where nothing can be written
 * there is no log, and kith_audit_add says what follows. */
#include <string.h>
#include <unistd.h>

#include "kith/file.h"
#include "store_private.h"

static const char settings[] = "PRAGMA audit.synchronous = EXTRA; PRAGMA audit.cache_size = -2048";

/* Whether a journal can be made beside the file. */
static bool folder_writable(const char *path)
{
    const char *slash = strrchr(path, '/');
    kith_text folder = { 0 };

    if (slash != NULL)
        kith_text_add_bytes(&folder, path, (size_t)(slash - path) + 1);
    kith_text_add(&folder, ".");
    const bool writable = !folder.failed && access(folder.data, W_OK) == 0;
    kith_text_free(&folder);
    return writable;
}

static int attach(sqlite3 *db, const char *path)
{
    const bool memory = strcmp(path, KITH_MEMORY) == 0; /* no file's: those end in .audit */
    sqlite3_stmt *statement = NULL;
    kith_text name = { 0 };
    int code = SQLITE_NOMEM;

    kith_text_format(&name, "%s%s", path[0] == '/' || memory ? "" : "./", path);
    if (!name.failed)
        code = sqlite3_prepare_v2(db, "ATTACH ? AS audit", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(statement, 1, name.data, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    sqlite3_finalize(statement);
    kith_text_free(&name);
    return code == SQLITE_DONE ? sqlite3_exec(db, settings, NULL, NULL, NULL) : code;
}

/* Makes the tables of a log that is still empty; asks again under the lock, as another may have come first. */
static kith_status make_tables(kith_store *store, const char *path, kith_error *err)
{
    static const char count[] = "SELECT count(*) FROM audit.sqlite_schema";
    int tables = 0;
    kith_status status = kith_schema_number(&tables, store->db, path, count, err);

    if (status == KITH_OK && tables == 0 && store->logs == LOG_READABLE)
        store->logs = LOG_NONE;
    if (status != KITH_OK || tables > 0 || store->logs != LOG_WRITABLE)
        return status;
    int code = sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return kith_store_fail(err, store->db, path, code);
    store->changing = true;
    status = kith_schema_number(&tables, store->db, path, count, err);
    if (status == KITH_OK && tables == 0) {
        code = sqlite3_exec(store->db, kith_schema_script("audit_schema"), NULL, NULL, NULL);
        status = code == SQLITE_OK ? kith_audit_make(store, err)
                                   : kith_store_fail(err, store->db, path, code);
    }
    if (status == KITH_OK && (code = sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL)) != SQLITE_OK)
        status = kith_store_fail(err, store->db, path, code);
    if (status != KITH_OK)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->changing = false;
    return status;
}

static kith_status open_log(kith_store *store, const char *path, kith_error *err)
{
    if (access(path, F_OK) != 0 && folder_writable(path))
        kith_file_create(path, "", 0, NULL);
    if (access(path, R_OK) != 0)
        return KITH_OK; /* nothing can be written here, or nothing read */
    const int code = attach(store->db, path);
    if (code != SQLITE_OK)
        return kith_store_fail(err, store->db, path, code);
    store->logs = sqlite3_db_readonly(store->db, "audit") == 0 && folder_writable(path) ? LOG_WRITABLE
                                                                                       : LOG_READABLE;
    const kith_status status = make_tables(store, path, err);
    return status == KITH_OK && store->logs != LOG_NONE ? kith_audit_look(store, err) : status;
}

static kith_status open_in_memory(kith_store *store, kith_error *err)
{
    const int code = attach(store->db, KITH_MEMORY);

    if (code != SQLITE_OK)
        return kith_store_fail(err, store->db, KITH_MEMORY, code);
    store->logs = LOG_WRITABLE;
    const kith_status status = make_tables(store, KITH_MEMORY, err);
    return status == KITH_OK ? kith_audit_look(store, err) : status;
}

kith_status kith_store_attach_log(kith_store *store, kith_error *err)
{
    kith_text path = { 0 };

    if (store->in_memory)
        return open_in_memory(store, err);

    kith_text_format(&path, "%s.audit", store->path);
    kith_status status = kith_text_status(&path, err);
    if (status == KITH_OK)
        status = open_log(store, path.data, err);
    kith_text_free(&path);
    return status;
}
