/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_schema.c: the tables of a hub, made once and brought up to date.
 *
 * queries/schema.sql is version 1, and queries/migrate_<n>.sql makes version n out of the one
 * before. A new hub takes the same steps as an old one, so that both end alike. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "store_private.h"

static const char *script_named(const kith_embedded_schema *scripts, size_t count,
                                const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(scripts[i].name, name) == 0)
            return scripts[i].bytes;
    return NULL;
}

const char *kith_schema_script(const char *name)
{
    const char *script = script_named(kith_schema, kith_schema_count, name);

    assert(script != NULL);
    return script;
}

kith_status kith_schema_number(int *out, sqlite3 *db, const char *path, const char *pragma,
                               kith_error *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, pragma, -1, &statement, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? KITH_OK : kith_store_fail(err, db, path, code);
}

/* Runs a script as one change. */
static kith_status run_whole(sqlite3 *db, const char *path, const char *script, kith_error *err)
{
    int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_exec(db, script, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return KITH_OK;
    const kith_status status = kith_store_fail(err, db, path, code);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* The steps, inside a change that is under way. */
static kith_status take_steps(sqlite3 *db, const char *path, const kith_embedded_schema *scripts,
                              size_t count, int version, kith_error *err)
{
    char name[32];
    int has;
    kith_status status = kith_schema_number(&has, db, path, "PRAGMA user_version", err);

    while (status == KITH_OK && has < version) {
        snprintf(name, sizeof name, "migrate_%d", has + 1);
        const char *script = script_named(scripts, count, name);
        if (script == NULL)
            return kith_fail(err, KITH_HUB, "%s: is a hub of version %d, which this kith cannot "
                                            "bring up to date; make a new one with `kith init`",
                             path, has);
        const int code = sqlite3_exec(db, script, NULL, NULL, NULL);
        if (code != SQLITE_OK)
            return kith_store_fail(err, db, path, code);
        const int before = has;
        status = kith_schema_number(&has, db, path, "PRAGMA user_version", err);
        if (status == KITH_OK && has != before + 1)
            return kith_fail(err, KITH_INTERNAL, "%s.sql leaves version %d", name, has);
    }
    return status;
}

kith_status kith_schema_migrate(sqlite3 *db, const char *path,
                                const kith_embedded_schema *scripts, size_t count, int version,
                                kith_error *err)
{
    int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

    if (code != SQLITE_OK)
        return kith_store_fail(err, db, path, code);
    kith_status status = take_steps(db, path, scripts, count, version, err);
    if (status == KITH_OK) {
        code = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
        if (code != SQLITE_OK)
            status = kith_store_fail(err, db, path, code);
    }
    if (status != KITH_OK)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

kith_status kith_schema_create(sqlite3 *db, const char *path, kith_error *err)
{
    const kith_status status = run_whole(db, path, kith_schema_script("schema"), err);

    return status != KITH_OK ? status
                             : kith_schema_migrate(db, path, kith_schema, kith_schema_count,
                                                   KITH_SCHEMA_VERSION, err);
}
