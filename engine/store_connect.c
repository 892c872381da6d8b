/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_connect.c: how SQLite is set up for a hub.
 *
 * SQLite keeps a rollback journal, never a write-ahead log: a hub is then one file at
 * rest, opens from a read-only folder or medium, and meets no version of SQLite in
 * which the log can corrupt it (3.7.0 to 3.51.2, Debian's among them). The price is
 * that a writer waits for readers before its commit. With synchronous=EXTRA the
 * journal's removal is durable too: a commit that was acknowledged outlives a power cut.
 *
 * A hub that is only read is opened for writing all the same where that is allowed, and
 * then forbidden to write but for the audit log: a change that a killed program left half
 * done can only be undone by one who may write. */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "kith/text.h"
#include "store_private.h"

/* Before the first page is read. The page cache (KiB, an upper bound) serves loads that are
 * small beside the hub, where each row changes a page of every index; large ones make the
 * indexes afterwards. What is sorted goes to files without a name, which are memory. */
static const char settings[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA mmap_size = 0;"
                               "PRAGMA temp_store = FILE;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA synchronous = EXTRA;"
                               "PRAGMA cache_size = -262144;";

/* SQLite 3.40, Debian's, takes its own json_object() for unsafe in a trigger, and the triggers
 * that keep what people change need it. What a schema could call there that is unsafe in
 * earnest (loading of code, files) is not built in or is forbidden to every statement. Its
 * json_each makes itself when first used, which is forbidden later. */
static const char old_settings[] = "PRAGMA trusted_schema = ON; SELECT 0 FROM json_each('[]');";

static const struct { int limit, value; } limits[] = {
    { SQLITE_LIMIT_LENGTH, 64 << 20 },  { SQLITE_LIMIT_SQL_LENGTH, 1 << 20 },
    { SQLITE_LIMIT_COLUMN, 100 },       { SQLITE_LIMIT_EXPR_DEPTH, 100 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 50 }, { SQLITE_LIMIT_FUNCTION_ARG, 32 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 8 },  { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 100 },
};

#ifdef SQLITE_HAS_CODEC
/* Hands the data key over as SQLCipher's raw key, x'<64 hexadecimal digits>'.
 *
 * SQLCipher keeps keys in locked memory and wipes them. Its cipher_memory_security would
 * lock and wipe every other allocation too, at a system call each: a load then takes
 * nearly three times as long (8.3 s against 2.9 s for a million participations), and no
 * less of the key is seen in memory, so it stays off. */
static int give_key(sqlite3 *db, const unsigned char *data_key)
{
    enum { KEY_SIZE = 32, SPELLED = 2 * KEY_SIZE + 3 };
    char *spelled = sodium_malloc(SPELLED + 1);

    if (spelled == NULL)
        return SQLITE_NOMEM;
    memcpy(spelled, "x'", 2);
    sodium_bin2hex(spelled + 2, 2 * KEY_SIZE + 1, data_key, KEY_SIZE);
    memcpy(spelled + 2 + 2 * KEY_SIZE, "'", 2);
    int code = sqlite3_exec(db, "PRAGMA cipher_log_level = NONE", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_key_v2(db, "main", spelled, SPELLED);
    sodium_free(spelled);
    return code;
}
#endif

int kith_store_patience(void)
{
    const char *asked = getenv("KITH_WAIT");
    char *end = NULL;
    const long seconds = asked != NULL && *asked >= '0' && *asked <= '9' ? strtol(asked, &end, 10) : -1;

    return seconds >= 0 && seconds <= 3600 && *end == '\0' ? (int)seconds * 1000 : KITH_BUSY_MS;
}

static int settle(sqlite3 *db, const unsigned char *data_key)
{
    int code = SQLITE_OK;

    sqlite3_busy_timeout(db, kith_store_patience());
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        sqlite3_limit(db, limits[i].limit, limits[i].value);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
#ifdef SQLITE_HAS_CODEC
    if (data_key != NULL)
        code = give_key(db, data_key);
#else
    assert(data_key == NULL);
#endif
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, settings, NULL, NULL, NULL);
    if (code == SQLITE_OK && sqlite3_libversion_number() < 3041000)
        code = sqlite3_exec(db, old_settings, NULL, NULL, NULL);
    return code;
}

kith_status kith_store_connect(sqlite3 **db, const char *path, const unsigned char *data_key,
                              kith_error *err)
{
    kith_text name = { 0 };
    int code = SQLITE_NOMEM;

    /* "./", as SQLite has a use of its own for names such as ":memory:" */
    kith_text_format(&name, "%s%s", path[0] == '/' ? "" : "./", path);
    if (!name.failed)
        code = kith_temp_register();
    if (code == SQLITE_OK)
        code = sqlite3_open_v2(name.data, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                                                  SQLITE_OPEN_EXRESCODE, KITH_FILES);
    kith_text_free(&name);
    if (code == SQLITE_OK)
        code = settle(*db, data_key);
    return code == SQLITE_OK ? KITH_OK : kith_store_fail(err, *db, path, code);
}

/* What is only in memory is never undone but by closing it. */
static const char memory_settings[] = "PRAGMA secure_delete = OFF; PRAGMA journal_mode = OFF;";

kith_status kith_store_connect_memory(sqlite3 **db, kith_error *err)
{
    int code = kith_temp_register();

    if (code == SQLITE_OK)
        code = sqlite3_open_v2(KITH_MEMORY, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                               KITH_FILES);
    if (code == SQLITE_OK)
        code = settle(*db, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(*db, memory_settings, NULL, NULL, NULL);
    return code == SQLITE_OK ? KITH_OK : kith_store_fail(err, *db, KITH_MEMORY, code);
}

/* Entries of the audit log are added and stay; an erasure may empty their purposes. */
static int permit_log(int action, const char *table, const char *column)
{
    const bool head = strcmp(table, "head") == 0;

    if (action == SQLITE_INSERT)
        return head ? SQLITE_DENY : SQLITE_OK;
    return action == SQLITE_UPDATE && (head || strcmp(column, "why") == 0) ? SQLITE_OK : SQLITE_DENY;
}

/* Once a hub is open, statements read and write rows and do nothing else. */
int kith_store_permit(void *read_only, int action, const char *first, const char *second,
                      const char *database, const char *trigger)
{
    static const char *const pragmas[] = { "integrity_check", "foreign_key_check",
                                           "cipher_integrity_check", "data_version", "cache_size" };

    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
        return SQLITE_OK;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        if (database != NULL && strcmp(database, "audit") == 0)
            return permit_log(action, first, second);
        return read_only != NULL ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
        for (size_t i = 0; i < sizeof pragmas / sizeof pragmas[0]; i++)
            if (strcmp(first, pragmas[i]) == 0)
                return SQLITE_OK;
        return SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static const char reading_cache[] = "PRAGMA cache_size = -131072",
                  passing_cache[] = "PRAGMA cache_size = -4096";

void kith_store_pass_through(kith_store *store, bool passing)
{
    if (store->access == KITH_READ_ONLY) /* a writer's pages may be waiting for the disk */
        sqlite3_exec(store->db, passing ? passing_cache : reading_cache, NULL, NULL, NULL);
}

int kith_store_confine(sqlite3 *db, kith_access access)
{
    int code = SQLITE_OK;

    if (access == KITH_READ_ONLY)
        code = sqlite3_exec(db, reading_cache, NULL, NULL, NULL);
    return code == SQLITE_OK ? sqlite3_set_authorizer(db, kith_store_permit, access == KITH_READ_ONLY ? db : NULL)
                             : code;
}
