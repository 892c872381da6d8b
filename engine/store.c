/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store.c: making, opening and changing the hub file.
 *
 * SQLite keeps a rollback journal, never a write-ahead log: a hub is then one file at
 * rest, opens from a read-only folder or medium, and meets no version of SQLite in
 * which the log can corrupt it (3.7.0 to 3.51.2, Debian's among them). The price is
 * that a writer waits for readers before its commit. With synchronous=EXTRA the
 * journal's removal is durable too: a commit that was acknowledged outlives a power cut.
 *
 * A hub that is only read is opened for writing all the same where that is allowed, and
 * then forbidden to write (query_only): a change that a killed program left half done
 * can only be undone by one who may write.
 *
 * Every page of an encrypted hub is authenticated when it is read, so opening checks the
 * first page only; kith_store_verify reads them all. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kith/file.h"
#include "kith/text.h"
#include "store_private.h"

enum { BUSY_MS = 5000, HEADER_SIZE = 16 };

static const char plain_header[HEADER_SIZE] = "SQLite format 3";

/* Before the first page is read. Page caches are upper bounds, in KiB. */
static const char settings[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA mmap_size = 0;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA synchronous = EXTRA;"
                               "PRAGMA cache_size = -524288;";

static const struct { int limit, value; } limits[] = {
    { SQLITE_LIMIT_LENGTH, 64 << 20 },  { SQLITE_LIMIT_SQL_LENGTH, 1 << 20 },
    { SQLITE_LIMIT_COLUMN, 100 },       { SQLITE_LIMIT_EXPR_DEPTH, 100 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 50 }, { SQLITE_LIMIT_FUNCTION_ARG, 32 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 8 },  { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 100 },
};

/* Once a hub is open, statements read and write rows and do nothing else. */
static int permit(void *unused, int action, const char *first, const char *second,
                  const char *database, const char *trigger)
{
    static const char *const pragmas[] = { "integrity_check", "foreign_key_check",
                                           "cipher_integrity_check", "data_version" };

    (void)unused, (void)second, (void)database, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_TRANSACTION:
        return SQLITE_OK;
    case SQLITE_PRAGMA:
        for (size_t i = 0; i < sizeof pragmas / sizeof pragmas[0]; i++)
            if (strcmp(first, pragmas[i]) == 0)
                return SQLITE_OK;
        return SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

#ifdef SQLITE_HAS_CODEC
/* Hands the data key over as SQLCipher's raw key, x'<64 hexadecimal digits>'. */
static int give_key(sqlite3 *db, const unsigned char *data_key)
{
    enum { KEY_SIZE = 32, SPELLED = 2 * KEY_SIZE + 3 };
    char *spelled = sodium_malloc(SPELLED + 1);

    if (spelled == NULL)
        return SQLITE_NOMEM;
    memcpy(spelled, "x'", 2);
    sodium_bin2hex(spelled + 2, 2 * KEY_SIZE + 1, data_key, KEY_SIZE);
    memcpy(spelled + 2 + 2 * KEY_SIZE, "'", 2);
    int code = sqlite3_exec(db, "PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON",
                            NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_key_v2(db, "main", spelled, SPELLED);
    sodium_free(spelled);
    return code;
}
#endif

static int settle(sqlite3 *db, const unsigned char *data_key)
{
    int code = SQLITE_OK;

    sqlite3_busy_timeout(db, BUSY_MS);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        sqlite3_limit(db, limits[i].limit, limits[i].value);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
#ifdef SQLITE_HAS_CODEC
    if (data_key != NULL)
        code = give_key(db, data_key);
#else
    assert(data_key == NULL);
#endif
    return code == SQLITE_OK ? sqlite3_exec(db, settings, NULL, NULL, NULL) : code;
}

/* Opens a file that exists. data_key is NULL for an open hub. */
static kith_status connect_to(sqlite3 **db, const char *path, const unsigned char *data_key,
                              kith_error *err)
{
    kith_text name = { 0 };
    int code = SQLITE_NOMEM;

    /* "./", as SQLite has a use of its own for names such as ":memory:" */
    kith_text_format(&name, "%s%s", path[0] == '/' ? "" : "./", path);
    if (!name.failed)
        code = sqlite3_open_v2(name.data, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                                                  SQLITE_OPEN_EXRESCODE, NULL);
    kith_text_free(&name);
    if (code == SQLITE_OK)
        code = settle(*db, data_key);
    return code == SQLITE_OK ? KITH_OK : kith_store_fail(err, *db, path, code);
}

#ifdef SQLITE_HAS_CODEC
static kith_status refuse_encryption(const char *path, kith_error *err)
{
    (void)path, (void)err;
    return KITH_OK;
}
#else
static kith_status refuse_encryption(const char *path, kith_error *err)
{
    return kith_fail(err, KITH_POLICY, "%s: this kith was built without encryption, for synthetic "
                                       "data only; use `init --plain`, or a kith built with "
                                       "KITH_STORE=sqlcipher", path);
}
#endif

static kith_status refuse_existing(const char *path, kith_error *err)
{
    struct stat info;

    if (lstat(path, &info) != 0)
        return KITH_OK;
    return kith_fail(err, KITH_POLICY, "%s: is there already and is not overwritten; choose "
                                       "another name", path);
}

/* Fills the empty file at path with the tables. */
static kith_status make_tables(const char *path, const kith_keyring *keyring, kith_error *err)
{
    sqlite3 *db = NULL;
    kith_status status =
        connect_to(&db, path, keyring != NULL ? kith_keyring_data_key(keyring) : NULL, err);

    if (status == KITH_OK)
        status = kith_schema_create(db, path, err);
    if (sqlite3_close(db) != SQLITE_OK && status == KITH_OK)
        status = kith_fail(err, KITH_INTERNAL, "%s: the new hub cannot be closed", path);
    return status;
}

kith_status kith_store_create(const char *path, const kith_keyring *keyring, kith_error *err)
{
    kith_text keys = { 0 };
    kith_status status = KITH_OK;

    kith_text_format(&keys, "%s.keys", path);
    status = kith_text_status(&keys, err);
    if (status == KITH_OK && keyring != NULL)
        status = refuse_encryption(path, err);
    if (status == KITH_OK)
        status = refuse_existing(kith_text_string(&keys), err);
    if (status == KITH_OK)
        status = kith_file_create(path, "", 0, err);
    if (status != KITH_OK)
        goto out;

    status = make_tables(path, keyring, err);
    if (status == KITH_OK && keyring != NULL)
        status = kith_keyring_save(keyring, path, err);
    if (status != KITH_OK) {
        unlink(kith_text_string(&keys));
        unlink(path);
    }

out:
    kith_text_free(&keys);
    return status;
}

/* What the first bytes and the name tell: whether it is a file, and encrypted or open. */
static kith_status look_at(bool *plain, const char *path, kith_error *err)
{
    char header[HEADER_SIZE] = { 0 };
    struct stat info;

    if (stat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return kith_fail(err, KITH_HUB, "%s: there is no hub here; make one with `kith init`, or "
                                        "name it with --hub", path);
    const int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 || fstat(file, &info) != 0) {
        const int reason = errno;
        if (file >= 0)
            close(file);
        return kith_fail(err, KITH_HUB, "%s: cannot be opened (%s); ask its owner", path,
                         strerror(reason));
    }
    const ssize_t size = S_ISREG(info.st_mode) ? read(file, header, sizeof header) : 0;
    close(file);
    if (S_ISDIR(info.st_mode))
        return kith_fail(err, KITH_HUB, "%s: is a folder; name the hub file in it", path);
    if (size < HEADER_SIZE)
        return kith_fail(err, KITH_HUB, "%s: is not a hub; name one with --hub, or make one with "
                                        "`kith init`", path);
    *plain = memcmp(header, plain_header, sizeof header) == 0;
    return KITH_OK;
}

/* Pairs what the file is with the key that was given; *ring is NULL for an open hub. */
static kith_status find_key(kith_keyring **ring, const char *path, const kith_secret *secret,
                            kith_error *err)
{
    bool plain = false;
    kith_status status = look_at(&plain, path, err);

    if (status != KITH_OK)
        return status;
    if (plain && secret != NULL)
        return kith_fail(err, KITH_HUB, "%s: is an open hub, without encryption; if that is what "
                                        "you expect, leave out the key (--key-file, KITH_KEY_FILE)",
                         path);
    if (plain)
        return KITH_OK;
    if (refuse_encryption(path, err) != KITH_OK)
        return kith_fail(err, KITH_HUB, "%s: is encrypted, or not a hub; this kith was built "
                                        "without encryption, for synthetic data only", path);
    if (secret == NULL)
        return kith_fail(err, KITH_HUB, "%s: is encrypted, or not a hub; give its key with "
                                        "--key-file or KITH_KEY_FILE, or type the passphrase",
                         path);
    return kith_keyring_open(ring, path, secret, err);
}

static kith_status check_schema(kith_store *store, kith_error *err)
{
    int application = 0, version = 0;
    kith_status status =
        kith_schema_number(&application, store->db, store->path, "PRAGMA application_id", err);

    if (status == KITH_OK)
        status = kith_schema_number(&version, store->db, store->path, "PRAGMA user_version", err);
    if (status != KITH_OK)
        return status;
    if (application != KITH_APPLICATION_ID)
        return kith_fail(err, KITH_HUB, "%s: is a database of another program, not a hub; name one "
                                        "with --hub, or make one with `kith init`", store->path);
    if (version > KITH_SCHEMA_VERSION)
        return kith_fail(err, KITH_HUB, "%s: was made by a newer kith (version %d of the tables; "
                                        "this one knows %d); install the newer one", store->path,
                         version, KITH_SCHEMA_VERSION);
    if (version == KITH_SCHEMA_VERSION)
        return KITH_OK;
    if (store->access == KITH_READ_ONLY)
        return kith_fail(err, KITH_HUB, "%s: is a hub of an older kith (version %d of the tables); "
                                        "the next import brings it up to date", store->path,
                         version);
    return kith_schema_migrate(store->db, store->path, kith_schema, kith_schema_count,
                               KITH_SCHEMA_VERSION, err);
}

/* Reads the first page, then leaves statements no more than they need. */
static kith_status ready(kith_store *store, kith_error *err)
{
    kith_status status = check_schema(store, err);

    if (status != KITH_OK)
        return status;
    if (store->access == KITH_READ_WRITE && sqlite3_db_readonly(store->db, "main") == 1)
        return kith_fail(err, KITH_HUB, "%s: is write-protected; choose a place where you may "
                                        "write", store->path);
    int code = SQLITE_OK;
    if (store->access == KITH_READ_ONLY)
        code = sqlite3_exec(store->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_set_authorizer(store->db, permit, NULL);
    return code == SQLITE_OK ? KITH_OK : kith_store_fail(err, store->db, store->path, code);
}

kith_status kith_store_open(kith_store **store, const char *path, const kith_secret *secret,
                            kith_access access, kith_error *err)
{
    kith_keyring *ring = NULL;
    kith_store *made = NULL;
    kith_status status = find_key(&ring, path, secret, err);

    *store = NULL;
    if (status != KITH_OK)
        goto out;
    made = calloc(1, sizeof *made);
    if (made == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    made->access = access;
    made->encrypted = ring != NULL;
    made->path = strdup(path);
    made->user = strdup(ring != NULL ? kith_keyring_user(ring) : "open");
    if (made->path == NULL || made->user == NULL)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = connect_to(&made->db, path, ring != NULL ? kith_keyring_data_key(ring) : NULL, err);
    if (status == KITH_OK)
        status = ready(made, err);

out:
    kith_keyring_free(ring);
    if (status == KITH_OK)
        *store = made;
    else
        kith_store_close(made);
    return status;
}

void kith_store_close(kith_store *store)
{
    if (store == NULL)
        return;
    kith_statements_free(store);
    const int code = sqlite3_close(store->db); /* undoes what was not committed */
    assert(code == SQLITE_OK);
    (void)code;
    free(store->user);
    free(store->path);
    free(store);
}

const char *kith_store_user(const kith_store *store)
{
    return store->user;
}

static kith_status run(kith_store *store, const char *statement, kith_error *err)
{
    const int code = sqlite3_exec(store->db, statement, NULL, NULL, NULL);

    return code == SQLITE_OK ? KITH_OK : kith_store_fail(err, store->db, store->path, code);
}

kith_status kith_store_begin(kith_store *store, kith_error *err)
{
    assert(store->access == KITH_READ_WRITE && !store->changing);
    const kith_status status = run(store, "BEGIN IMMEDIATE", err);
    store->changing = status == KITH_OK;
    return status;
}

kith_status kith_store_commit(kith_store *store, kith_error *err)
{
    assert(store->changing);
    const kith_status status = run(store, "COMMIT", err);
    if (status == KITH_OK)
        store->changing = false;
    else
        kith_store_rollback(store);
    return status;
}

void kith_store_rollback(kith_store *store)
{
    /* SQLite has undone it already after some failures, a full disk among them */
    if (store->changing && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->changing = false;
}

/* The first column of the first row of a check that says nothing, or "ok", when all is well. */
static kith_status check(kith_store *store, const char *pragma, kith_error *err)
{
    sqlite3_stmt *statement = NULL;
    kith_status status = KITH_OK;
    int code = sqlite3_prepare_v2(store->db, pragma, -1, &statement, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    const char *fault = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : "ok";
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = kith_store_fail(err, store->db, store->path, code);
    else if (fault == NULL || strcmp(fault, "ok") != 0)
        status = kith_fail(err, KITH_HUB, "%s: the hub is damaged (%s); put back a backup",
                           store->path, fault != NULL ? fault : pragma);
    sqlite3_finalize(statement);
    return status;
}

kith_status kith_store_verify(kith_store *store, kith_error *err)
{
    kith_status status = KITH_OK;

    if (store->encrypted)
        status = check(store, "PRAGMA cipher_integrity_check", err);
    if (status == KITH_OK)
        status = check(store, "PRAGMA integrity_check(1)", err);
    if (status == KITH_OK)
        status = check(store, "PRAGMA foreign_key_check", err);
    return status;
}
