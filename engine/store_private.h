/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_private.h: what the files of the store share. SQLite's types stay here. */
#ifndef KITH_STORE_PRIVATE_H
#define KITH_STORE_PRIVATE_H

#include <sqlite3.h>

#include "kith/store.h"
#include "kith/text.h"
#include "kith/waiting.h"
#include "schema.h" /* generated at build: schema.sql and the migrations */

enum { KITH_SCHEMA_VERSION = 16, KITH_APPLICATION_ID = 0x4B495448 /* KITH */ };

/* How long a lock is waited for. A commit waits for those who read, and reading a country
 * takes a while: what was loaded in minutes is not given up after seconds. Whoever waits for
 * that commit, or for a disk that others keep busy, waits longer than a change by itself takes. */
enum { KITH_BUSY_MS = 30000, KITH_COMMIT_BUSY_MS = 120000 };

/** KITH_BUSY_MS, or the milliseconds of the environment's KITH_WAIT, which is in seconds (0 to 3600). */
int kith_store_patience(void);

struct kith_rows {
    kith_store *store;
    sqlite3_stmt *statement; /* NULL until first wanted */
    struct held_reading *held; /* instead, of rows that are held (store_held.c) */
    int code;                /* SQLITE_ROW: there may be more; anything else: the end */
    bool under_way;
    bool bounded; /* read through the views of store->seen */
};

struct kith_change {
    kith_store *store;
    sqlite3_stmt *statement;
    int code; /* of the first binding that failed */
};

/* The rows that a statement under way reads from `waiting`, and where it is. */
typedef struct kith_waiting_state {
    kith_waiting *rows; /* NULL: there are none */
    const char *row;
} kith_waiting_state;

/* The name of our way to files; see store_temp.c. */
#define KITH_FILES "kith"

/* What SQLite takes for the name of a database in memory, and messages for that of its hub. */
#define KITH_MEMORY ":memory:"

/* What can be done with the audit log. */
typedef enum kith_logs { LOG_NONE, LOG_READABLE, LOG_WRITABLE } kith_logs;

/* A second connection that reads through views which leave out what may not be seen. */
struct store_seen {
    bool bounded;
    kith_bounds bounds; /* its texts are ours */
    sqlite3 *db;        /* NULL until something is read */
    struct kith_rows rows[KITH_QUERY_COUNT];
};

struct kith_store {
    sqlite3 *db;
    char *path;
    char *user;
    kith_access access;
    bool encrypted;
    bool in_memory;
    struct store_held *held; /* NULL but in memory, for networks alone */
    kith_logs logs;
    const char *noticed;    /* when it was opened; see kith_audit_noticed */
    const char *what, *why; /* kith_audit_describe */
    int act;                /* of the change that is under way (kith_act); 0: alteration */
    char detail[64];        /* added to what */
    bool logged;   /* the change that is under way has its entry */
    bool changing; /* between begin and commit */
    bool writing;  /* and not only an entry of the log */
    bool unchecked; /* and the store does not look up what a record refers to */
    bool removing;  /* but once, at the end */
    int64_t deed;   /* row of deed of the change that is under way, or was the last */
    kith_text indexes; /* statements that make those again that a load took off */
    kith_waiting_state waiting;
    struct kith_rows rows[KITH_QUERY_COUNT];
    kith_keyring *ring;     /* while there are bounds to come; NULL for an open hub */
    struct store_seen seen; /* what is read where not everything may be */
    struct kith_change changes[KITH_QUERY_COUNT];
};

/**
 * The sentence and the status for a result code of SQLite, of a hub at path.
 *
 * Says nothing of what the hub holds: SQLite's own texts name tables and rules only.
 */
kith_status kith_store_fail(kith_error *err, sqlite3 *db, const char *path, int code);

/**
 * Opens a file that exists, with every setting that a hub needs; no page is read yet.
 *
 * db        out: to be closed also after a failure.
 * data_key  NULL for an open hub.
 */
kith_status kith_store_connect(sqlite3 **db, const char *path, const unsigned char *data_key,
                               kith_error *err);

/** The same of an empty one that is in memory alone. */
kith_status kith_store_connect_memory(sqlite3 **db, kith_error *err);

/** Takes off the indexes that only help reading, inside a change. */
kith_status kith_indexes_drop(kith_store *store, kith_error *err);

/** Makes them again; nothing when none was taken off. */
kith_status kith_indexes_make(kith_store *store, kith_error *err);

/** Attaches FILE.audit, which is made when it is missing and can be. */
kith_status kith_store_attach_log(kith_store *store, kith_error *err);

/** Starts an entry of the log without a change of the hub. */
kith_status kith_store_begin_entry(kith_store *store, kith_error *err);

/* Of audit.c: the first row of a new log; what opening notices; the entry of a change that has none. */
kith_status kith_audit_make(kith_store *store, kith_error *err);
kith_status kith_audit_look(kith_store *store, kith_error *err);
kith_status kith_audit_of_change(kith_store *store, kith_error *err);

/** The change under way in words: what was described, and its detail. */
void kith_audit_words(kith_text *what, const kith_store *store);

/* Of history.c: the beginning and the end of the record of a change. */
kith_status kith_deed_open(kith_store *store, kith_error *err);
kith_status kith_deed_close(kith_store *store, kith_error *err);

/** Makes KITH_FILES known to SQLite, once. A result code. */
int kith_temp_register(void);

/** Makes the table `waiting` and is_same() known to a connection. A result code. */
int kith_waiting_register(sqlite3 *db, kith_waiting_state *state);

/** From here on statements read and write rows, or only read them. A result code. */
int kith_store_confine(sqlite3 *db, kith_access access);

/** A script of queries/ that is embedded, by its name. */
const char *kith_schema_script(const char *name);

/** Makes the tables of an empty database. */
kith_status kith_schema_create(sqlite3 *db, const char *path, kith_error *err);

/**
 * Brings the tables from the version that the database has to another, in one change.
 *
 * scripts  holds migrate_<n>, which makes version n out of n - 1 and sets user_version.
 * Returns KITH_HUB when a step is missing; the database is then as before.
 */
kith_status kith_schema_migrate(sqlite3 *db, const char *path,
                                const kith_embedded_schema *scripts, size_t count, int version,
                                kith_error *err);

/** The value of a pragma that is a number. */
kith_status kith_schema_number(int *out, sqlite3 *db, const char *path, const char *pragma,
                               kith_error *err);

/** Opens the connection of store->seen, if it is not; and closes it, with its statements. */
kith_status kith_seen_open(kith_store *store, kith_error *err);
void kith_seen_close(kith_store *store);

/** Whether it still has its views: a failure that undoes what it made takes them too. */
bool kith_seen_is_whole(const kith_store *store);

/** Closes it unless something is being read: others may change the hub until the next reading. */
void kith_seen_rest(kith_store *store);

/** Closes it and forgets the bounds. */
void kith_seen_free(kith_store *store);

/* Of store_held.c. From here on rows of some tables are held, and no statement reads those. */
kith_status kith_held_begin(kith_store *store, kith_error *err);
void kith_held_free(kith_store *store);

/* False when it is not for them to read; else status says how it went. */
bool kith_held_read(kith_status *status, kith_rows *rows, kith_store *store, kith_query query,
                    kith_error *err);

/* The row of the last write, when that was held; 0 otherwise. A change of SQLite's forgets it. */
int64_t kith_held_last_row(const kith_store *store);
void kith_held_changed(kith_store *store);

/* As the functions of kith_rows, of a reading that is held. */
void kith_held_bind(kith_rows *rows, const char *name, int64_t value);
bool kith_held_next(kith_rows *rows);
bool kith_held_missing(const kith_rows *rows, int column);
int64_t kith_held_integer(const kith_rows *rows, int column);
double kith_held_number(const kith_rows *rows, int column);
const char *kith_held_text(const kith_rows *rows, int column);

/** What an open store's statements may do (sqlite3_set_authorizer); read_only NULL: also write. */
int kith_store_permit(void *read_only, int action, const char *first, const char *second,
                      const char *database, const char *trigger);

/** Finalizes every statement. */
void kith_statements_free(kith_store *store);

#endif
