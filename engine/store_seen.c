/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_seen.c: reading where not everything may be seen.
 *
 * A second connection to the same hub has a temporary view for each table, by the table's own
 * name, that leaves out what may not be seen (queries/need_to_know*.sql). SQLite looks for a
 * name among temporary views first, so every statement reads those, with no word of its own.
 * The views of the hub are made again there too, as those in the hub read its tables.
 *
 * It is opened by the first reading, and from then on sees one state of the hub: what may be
 * seen was worked out of that. A change closes it when it begins and before it is committed, and
 * so does an entry of the log alone, which would else wait for a change that waits for it.
 *
 * All of this is made in the transaction that it then reads in. When memory or the disk fails in a
 * reading, SQLite may undo that transaction, and the views with it: the tables would be read behind
 * them. So no row is read without it, and the next reading makes everything anew. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audience_private.h"
#include "store_private.h"

kith_status kith_store_bound(kith_store *store, const kith_bounds *bounds, kith_error *err)
{
    struct store_seen *seen = &store->seen;

    if (bounds == NULL) {
        kith_seen_free(store);
        return KITH_OK;
    }
    if (store->in_memory)
        return kith_fail(err, KITH_POLICY, "who may see what is decided in a hub, and tables are read whole; load "
                                           "them into one (kith import)");
    char *agencies = strdup(bounds->limits.agencies);
    char *agency = strdup(bounds->agency != NULL ? bounds->agency : "");

    if (agencies == NULL || agency == NULL) {
        free(agencies);
        free(agency);
        return kith_no_memory(err);
    }
    kith_seen_free(store);
    seen->bounds = *bounds;
    seen->bounds.limits.agencies = agencies;
    seen->bounds.agency = agency;
    seen->bounded = true;
    return KITH_OK;
}

static int add_rule(sqlite3_stmt *add, const char *what, const char *value, size_t size)
{
    int code = sqlite3_bind_text(add, 1, what, -1, SQLITE_STATIC);

    if (code == SQLITE_OK)
        code = sqlite3_bind_text(add, 2, value, (int)size, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(add);
    sqlite3_reset(add);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int add_words(sqlite3_stmt *add, const char *what, const policy_word *words, unsigned bits)
{
    int code = SQLITE_OK;

    for (; code == SQLITE_OK && words->word != NULL; words++) {
        const char *word = words->value == KITH_HANDLING_NONE && words == policy_handling_words ? "" : words->word;
        if ((bits & (unsigned)words->value) != 0)
            code = add_rule(add, what, word, strlen(word));
    }
    return code;
}

static int add_agencies(sqlite3_stmt *add, const kith_bounds *bounds)
{
    int code = SQLITE_OK;

    if (bounds->limits.every_agency)
        return add_rule(add, "agency", "*", 1);
    if (bounds->limits.own_agency && bounds->agency[0] != '\0')
        code = add_rule(add, "agency", bounds->agency, strlen(bounds->agency));
    for (const char *at = bounds->limits.agencies; code == SQLITE_OK && *at != '\0';) {
        const size_t size = strcspn(at, "\n");
        code = add_rule(add, "agency", at, size);
        at += size + (at[size] == '\n');
    }
    return code;
}

/* temp.rule: what the bounds allow, one word a row. */
static int add_rules(sqlite3 *db, const kith_bounds *bounds)
{
    static const char *const cases[] = { "own", "open", "all" };
    sqlite3_stmt *add = NULL;
    char account[32];

    int code = sqlite3_exec(db, "CREATE TEMP TABLE rule (what TEXT NOT NULL, value TEXT NOT NULL, "
                                "PRIMARY KEY (what, value)) WITHOUT ROWID", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, "INSERT OR IGNORE INTO temp.rule VALUES (?, ?)", -1, &add, NULL);
    if (code == SQLITE_OK)
        code = add_words(add, "records", policy_record_words, bounds->limits.records);
    if (code == SQLITE_OK)
        code = add_words(add, "handling", policy_handling_words, bounds->limits.handling);
    if (code == SQLITE_OK)
        code = add_agencies(add, bounds);
    if (code == SQLITE_OK)
        code = add_rule(add, "cases", cases[bounds->cases], strlen(cases[bounds->cases]));
    snprintf(account, sizeof account, "%lld", (long long)bounds->account);
    if (code == SQLITE_OK)
        code = add_rule(add, "account", account, strlen(account));
    sqlite3_finalize(add);
    return code;
}

/* The hub's views, of the tables as they are seen here. */
static int add_views(sqlite3 *db)
{
    static const char list[] = "SELECT group_concat('CREATE TEMP VIEW' || substr(sql, length('CREATE VIEW') + 1), "
                               "';') FROM (SELECT sql FROM main.sqlite_schema WHERE type = 'view' ORDER BY rowid)";
    sqlite3_stmt *views = NULL;
    int code = sqlite3_prepare_v2(db, list, -1, &views, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(views);
    const char *script = code == SQLITE_ROW ? (const char *)sqlite3_column_text(views, 0) : NULL;
    char *copy = script != NULL ? strdup(script) : NULL;
    sqlite3_finalize(views); /* it reads the schema that is about to grow */
    if (copy != NULL)
        code = sqlite3_exec(db, copy, NULL, NULL, NULL);
    else if (code == SQLITE_ROW)
        code = SQLITE_NOMEM;
    free(copy);
    return code;
}

/* A table's view for each table. They are written for what is hidden; "own" lists what is seen. */
static int add_tables(sqlite3 *db, bool own)
{
    static const char hidden[] = "NOT IN (SELECT row FROM temp.hidden_e", seen[] = "IN (SELECT row FROM temp.seen_e";
    const char *rest = kith_schema_script("need_to_know_views");
    kith_text views = { 0 };

    for (const char *at; own && (at = strstr(rest, hidden)) != NULL; rest = at + strlen(hidden)) {
        kith_text_add_bytes(&views, rest, (size_t)(at - rest));
        kith_text_add(&views, seen);
    }
    kith_text_add(&views, rest);
    const int code = views.failed ? SQLITE_NOMEM : sqlite3_exec(db, views.data, NULL, NULL, NULL);
    kith_text_free(&views);
    return code;
}

/* Everything that stands in the place of the hub's tables and views. */
static int add_all(sqlite3 *db, const kith_bounds *bounds)
{
    const bool own = bounds->cases == KITH_CASES_OWN;
    int code = add_rules(db, bounds);

    if (code == SQLITE_OK)
        code = sqlite3_exec(db, kith_schema_script("need_to_know"), NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, kith_schema_script(own ? "need_to_know_own" : "need_to_know_most"), NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = add_tables(db, own);
    return code == SQLITE_OK ? add_views(db) : code;
}

bool kith_seen_is_whole(const kith_store *store)
{
    return store->seen.db != NULL && !sqlite3_get_autocommit(store->seen.db);
}

static bool is_being_read(const struct store_seen *seen)
{
    size_t at = 0;

    while (at < KITH_QUERY_COUNT && !seen->rows[at].under_way)
        at++;
    return at < KITH_QUERY_COUNT;
}

kith_status kith_seen_open(kith_store *store, kith_error *err)
{
    struct store_seen *seen = &store->seen;

    if (kith_seen_is_whole(store))
        return KITH_OK;
    if (is_being_read(seen))
        return kith_store_fail(err, seen->db, store->path, SQLITE_ABORT);
    kith_seen_close(store);
    const kith_status status = kith_store_connect(
        &seen->db, store->path, store->ring != NULL ? kith_keyring_data_key(store->ring) : NULL, err);
    int code = SQLITE_OK;
    if (status == KITH_OK)
        code = sqlite3_exec(seen->db, "BEGIN", NULL, NULL, NULL);
    if (status == KITH_OK && code == SQLITE_OK)
        code = add_all(seen->db, &seen->bounds);
    if (status == KITH_OK && code == SQLITE_OK)
        code = kith_store_confine(seen->db, KITH_READ_ONLY);
    if (status == KITH_OK && code == SQLITE_OK)
        return KITH_OK;
    const kith_status failed = status != KITH_OK ? status : kith_store_fail(err, seen->db, store->path, code);
    kith_seen_close(store);
    return failed;
}

void kith_seen_close(kith_store *store)
{
    struct store_seen *seen = &store->seen;

    for (size_t i = 0; seen->db != NULL && i < KITH_QUERY_COUNT; i++) {
        assert(!seen->rows[i].under_way);
        sqlite3_finalize(seen->rows[i].statement);
        seen->rows[i] = (struct kith_rows){ 0 };
    }
    const int code = sqlite3_close(seen->db);
    assert(code == SQLITE_OK);
    (void)code;
    seen->db = NULL;
}

void kith_seen_rest(kith_store *store)
{
    if (!is_being_read(&store->seen))
        kith_seen_close(store);
}

void kith_seen_free(kith_store *store)
{
    kith_seen_close(store);
    free((char *)(uintptr_t)store->seen.bounds.limits.agencies);
    free((char *)(uintptr_t)store->seen.bounds.agency);
    store->seen = (struct store_seen){ 0 };
}

kith_status kith_store_withheld(int64_t *items, kith_store *store, kith_error *err)
{
    sqlite3_stmt *count = NULL;

    *items = 0;
    if (!store->seen.bounded)
        return KITH_OK;
    const kith_status status = kith_seen_open(store, err);
    if (status != KITH_OK)
        return status;
    int code = sqlite3_prepare_v2(store->seen.db, "SELECT items FROM temp.withheld", -1, &count, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(count);
    if (code == SQLITE_ROW)
        *items = sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    return code == SQLITE_ROW ? KITH_OK : kith_store_fail(err, store->seen.db, store->path, code);
}
