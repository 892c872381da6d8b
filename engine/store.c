/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store.c: making, opening and changing the hub file.
 *
 * Every page of an encrypted hub is authenticated when it is read, so opening checks the
 * first page only; kith_store_verify reads them all. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kith/file.h"
#include "kith/text.h"
#include "store_private.h"

enum { HEADER_SIZE = 16 };

static const char plain_header[HEADER_SIZE] = "SQLite format 3";

#ifdef SQLITE_HAS_CODEC
enum { ENCRYPTS = true };
#else
enum { ENCRYPTS = false };
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
        kith_store_connect(&db, path, keyring != NULL ? kith_keyring_data_key(keyring) : NULL, err);

    if (status == KITH_OK)
        status = kith_schema_create(db, path, err);
    const int code = sqlite3_close(db);
    assert(code == SQLITE_OK);
    (void)code;
    return status;
}

kith_status kith_store_create(const char *path, const kith_keyring *keyring, kith_error *err)
{
    kith_text keys = { 0 }, log = { 0 };
    kith_status status = KITH_OK;

    kith_text_format(&keys, "%s.keys", path);
    kith_text_format(&log, "%s.audit", path);
    status = kith_text_status(&keys, err);
    if (status == KITH_OK)
        status = kith_text_status(&log, err);
    if (!ENCRYPTS && keyring != NULL)
        status = kith_fail(err, KITH_POLICY, "%s: this kith was built without encryption, for synthetic "
                                             "data only; use `init --plain`, or a kith built with "
                                             "KITH_STORE=sqlcipher", path);
    if (status == KITH_OK)
        status = refuse_existing(kith_text_string(&keys), err);
    if (status == KITH_OK)
        status = refuse_existing(kith_text_string(&log), err);
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
    kith_text_free(&log);
    return status;
}

/* What the first bytes and the name tell: whether it is a file, and encrypted or open. */
static kith_status look_at(bool *plain, const char *path, kith_error *err)
{
    char header[HEADER_SIZE] = { 0 };
    struct stat info = { 0 };

    if (lstat(path, &info) == 0 && S_ISLNK(info.st_mode))
        return kith_fail(err, KITH_HUB, "%s: is a link; name the hub itself, which its keys and its audit "
                                        "log are beside", path);
    const int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return kith_fail(err, KITH_HUB, "%s: there is no hub here; make one with `kith init`, or "
                                        "name it with --hub", path);
    if (file < 0)
        return kith_fail(err, KITH_HUB, "%s: cannot be opened (%s); ask its owner", path,
                         strerror(errno));
    fstat(file, &info);
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
    if (!ENCRYPTS)
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

    if (status == KITH_OK)
        status = kith_store_attach_log(store, err);
    if (status != KITH_OK)
        return status;
    if (store->access == KITH_READ_WRITE && sqlite3_db_readonly(store->db, "main") == 1)
        return kith_fail(err, KITH_HUB, "%s: is write-protected; choose a place where you may "
                                        "write", store->path);
    int code = kith_waiting_register(store->db, &store->waiting);
    if (code == SQLITE_OK)
        code = kith_store_confine(store->db, store->access);
    return code == SQLITE_OK ? KITH_OK : kith_store_fail(err, store->db, store->path, code);
}

kith_status kith_store_open_memory(kith_store **store, bool for_networks, kith_error *err)
{
    kith_store *made = calloc(1, sizeof *made);
    kith_status status = KITH_OK;

    *store = NULL;
    if (made == NULL)
        return kith_no_memory(err);
    made->access = KITH_READ_WRITE;
    made->in_memory = true;
    made->path = strdup(KITH_MEMORY);
    made->user = strdup("open");
    if (made->path == NULL || made->user == NULL)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = kith_store_connect_memory(&made->db, err);
    if (status == KITH_OK)
        status = kith_schema_create(made->db, made->path, err);
    if (status == KITH_OK)
        status = ready(made, err);
    if (status == KITH_OK && for_networks)
        status = kith_held_begin(made, err);
    if (status == KITH_OK)
        *store = made;
    else
        kith_store_close(made);
    return status;
}

bool kith_store_for_networks(const kith_store *store)
{
    return store->held != NULL;
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
    made->ring = ring;
    made->path = strdup(path);
    made->user = strdup(ring != NULL ? kith_keyring_user(ring) : "open");
    if (made->path == NULL || made->user == NULL)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = kith_store_connect(&made->db, path, ring != NULL ? kith_keyring_data_key(ring) : NULL, err);
    if (status == KITH_OK)
        status = ready(made, err);

out:
    if (made == NULL)
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
    kith_seen_free(store);
    kith_held_free(store);
    kith_keyring_free(store->ring);
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

kith_access kith_store_access(const kith_store *store)
{
    return store->access;
}

static kith_status run(kith_store *store, const char *statement, kith_error *err)
{
    const int code = sqlite3_exec(store->db, statement, NULL, NULL, NULL);

    return code == SQLITE_OK ? KITH_OK : kith_store_fail(err, store->db, store->path, code);
}

/* The count takes the hub's lock, and leaves the log's to those who only read. */
kith_status kith_store_begin(kith_store *store, kith_error *err)
{
    assert(store->access == KITH_READ_WRITE && !store->changing);
    kith_seen_close(store); /* its state of the hub ends with the change's beginning */
    store->writing = true;
    kith_status status = run(store, "BEGIN", err);
    store->changing = status == KITH_OK;
    store->logged = false;
    if (status == KITH_OK)
        status = run(store, "UPDATE change_count SET changes = changes + 1", err);
    if (status == KITH_OK)
        status = kith_deed_open(store, err);
    if (status != KITH_OK)
        kith_store_rollback(store);
    return status;
}

/* Who still read would be waited for by a change that has the log already: neither would go on. */
kith_status kith_store_begin_entry(kith_store *store, kith_error *err)
{
    assert(!store->changing);
    kith_seen_rest(store);
    const kith_status status = run(store, "BEGIN", err);
    store->changing = status == KITH_OK;
    return status;
}

/* The first column of the first row of a check that says nothing, or "ok", when all is well. */
static kith_status look(kith_store *store, const char *pragma, kith_error *err)
{
    sqlite3_stmt *statement = NULL;
    kith_status status = KITH_OK;
    int code = sqlite3_prepare_v2(store->db, pragma, -1, &statement, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    const char *fault = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : "ok";
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = kith_store_fail(err, store->db, store->path, code);
    else if (fault == NULL)
        status = kith_no_memory(err);
    else if (strcmp(fault, "ok") != 0)
        status = kith_fail(err, KITH_HUB, "%s: the hub is damaged (%s); put back a backup", store->path, fault);
    sqlite3_finalize(statement);
    return status;
}

/* Damage is what two readings say: memory that runs out within a check can look like damage to SQLite. */
static kith_status check(kith_store *store, const char *pragma, kith_error *err)
{
    const kith_status status = look(store, pragma, err);

    return status == KITH_HUB ? look(store, pragma, err) : status;
}

static void end_change(kith_store *store)
{
    if (store->writing)
        kith_seen_close(store);
    store->writing = false;
    store->changing = false;
    store->act = 0;
    store->detail[0] = '\0';
    if (store->unchecked)
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    store->unchecked = false;
    store->removing = false;
    kith_text_free(&store->indexes);
}

/* SQLite heeds the setting outside a change only. */
static kith_status begin_unchecked(kith_store *store, kith_error *err)
{
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    store->unchecked = true;
    const kith_status status = kith_store_begin(store, err);
    if (status != KITH_OK)
        end_change(store);
    return status;
}

kith_status kith_store_begin_removal(kith_store *store, kith_error *err)
{
    const kith_status status = begin_unchecked(store, err);

    store->removing = status == KITH_OK;
    return status;
}

/* 0 in memory. */
static uint64_t size_of_hub(const kith_store *store)
{
    struct stat info = { 0 };

    if (!store->in_memory)
        stat(store->path, &info);
    return (uint64_t)info.st_size;
}

kith_status kith_store_begin_load(kith_store *store, uint64_t bytes, kith_error *err)
{
    kith_status status = begin_unchecked(store, err);

    if (status != KITH_OK || store->held != NULL || bytes <= size_of_hub(store))
        return status;
    status = kith_indexes_drop(store, err);
    if (status != KITH_OK)
        kith_store_rollback(store);
    return status;
}

kith_status kith_store_commit(kith_store *store, kith_error *err)
{
    assert(store->changing);
    if (store->writing)
        kith_seen_close(store); /* or the commit would wait for it */
    kith_status status = store->removing ? check(store, "PRAGMA foreign_key_check", err) : KITH_OK;
    if (status == KITH_HUB)
        status = kith_fail(err, KITH_POLICY, "other records refer to what would be taken away");
    if (status == KITH_OK)
        status = kith_indexes_make(store, err);
    if (status == KITH_OK && !store->logged && store->held == NULL) /* whose log could not name records */
        status = kith_audit_of_change(store, err);
    if (status == KITH_OK && store->writing)
        status = kith_deed_close(store, err);
    sqlite3_busy_timeout(store->db, KITH_COMMIT_BUSY_MS);
    if (status == KITH_OK)
        status = run(store, "COMMIT", err);
    sqlite3_busy_timeout(store->db, kith_store_patience());
    if (status == KITH_OK)
        end_change(store);
    else
        kith_store_rollback(store);
    return status;
}

void kith_store_rollback(kith_store *store)
{
    /* SQLite has undone it already after some failures, a full disk among them */
    if (store->changing && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    end_change(store);
}

kith_status kith_store_verify(kith_store *store, kith_error *err)
{
    kith_status status = KITH_OK;

    if (store->encrypted)
        status = check(store, "PRAGMA cipher_integrity_check", err);
    if (status == KITH_OK && store->encrypted)
        status = check(store, "PRAGMA audit.cipher_integrity_check", err);
    if (status == KITH_OK)
        status = check(store, "PRAGMA integrity_check(1)", err);
    if (status == KITH_OK)
        status = check(store, "PRAGMA foreign_key_check", err);
    return status;
}
