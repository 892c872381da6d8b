/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each call of SQLite fails once while a hub is made, opened, brought up to date, loaded, copied, put back
 * and read by who may not see everything: each time that is said, and nothing is half done. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../engine/store_private.h"
#include "cases.h"
#include "hub.h"
#include "kith/backup.h"
#include "statements.h"
#include "support.h"

static kith_error err;
static kith_view view;
static kith_policy *policy;
static kith_store *store;
static char *made; /* the name of what an act makes */

static void open_store(void)
{
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK), "%s", err.message);
}

static void reset(void)
{
    kith_store_close(store);
    statements_put_files_back();
    open_store();
}

static void add_words(int count)
{
    char sql[64];

    for (int i = 0; i < count; i++) {
        snprintf(sql, sizeof sql, "INSERT INTO word (text) VALUES ('word %d')", i);
        run_sql(sql);
    }
}

static void set_up(void)
{
    cr_assert(sodium_init() >= 0);
    begin_hub();
    cr_assert(eq(int, kith_policy_read(&policy, NULL, NULL, &err), KITH_OK));
    made = path_in(hub_folder(), "made.kith");
    add_cases();
    add_words(3);
    view = view_of("2022-12-31", 0);
    open_store();
    kith_store_close(store);
    statements_keep_files(hub_path());
    open_store();
}

static void tear_down(void)
{
    kith_store_close(store);
    statements_drop_files();
    kith_policy_free(policy);
    free(made);
    end_hub();
}

TestSuite(store_statements, .init = set_up, .fini = tear_down);

static kith_status hub_state(kith_table *table, kith_error *error)
{
    return kith_store_fingerprint(table, store, error);
}

/* And what an act makes beside the hub. */
static kith_status files_state(kith_table *table, kith_error *error)
{
    struct dirent **names;
    const kith_status status = kith_store_fingerprint(table, store, error);
    const int count = scandir(hub_folder(), &names, NULL, alphasort);

    for (int i = 0; i < count; i++) {
        if (strncmp(names[i]->d_name, "made", 4) == 0) {
            kith_table_text(table, names[i]->d_name);
            kith_table_missing(table);
            kith_table_missing(table);
        }
        free(names[i]);
    }
    free(names);
    return status;
}

static void remove_made(void)
{
    remove_files(hub_folder(), "made");
}

static kith_status create(kith_table *table, kith_error *error)
{
    (void)table;
    return kith_store_create(made, NULL, error);
}

static kith_status open_in_memory(kith_table *table, kith_error *error)
{
    kith_store *opened = NULL;
    kith_status status = kith_store_open_memory(&opened, false, error);

    if (status == KITH_OK)
        status = kith_store_fingerprint(table, opened, error);
    /* the log's seed is made by chance */
    kith_table_free(table);
    kith_store_close(opened);
    return status;
}

static kith_status open_and_verify(kith_table *table, kith_error *error)
{
    kith_store *opened = NULL;
    kith_status status = kith_store_open(&opened, hub_path(), NULL, KITH_READ_ONLY, error);

    if (status == KITH_OK)
        status = kith_store_verify(opened, error);
    if (status == KITH_OK)
        status = kith_store_fingerprint(table, opened, error);
    kith_store_close(opened);
    return status;
}

Test(store_statements, making_and_opening_a_hub)
{
    static const statements_act making = { "make a hub", create }, opening = { "open a hub", open_and_verify },
                                in_memory = { "make one in memory", open_in_memory };

    statements_fail_each(&making, remove_made, files_state);
    statements_fail_each(&opening, reset, hub_state);
    statements_fail_each(&in_memory, reset, hub_state);
}

/* Without a log, which opening makes. */
static void forget_log(void)
{
    char path[4096];

    kith_store_close(store);
    store = NULL;
    statements_put_files_back();
    snprintf(path, sizeof path, "%s.audit", hub_path());
    unlink(path);
}

static kith_status open_once(kith_table *table, kith_error *error)
{
    kith_store *opened = NULL;
    const kith_status status = kith_store_open(&opened, hub_path(), NULL, KITH_READ_WRITE, error);

    (void)table;
    kith_store_close(opened);
    return status;
}

static int number(sqlite3 *db, const char *sql)
{
    int value = -1;

    cr_assert(eq(int, kith_schema_number(&value, db, hub_path(), sql, &err), KITH_OK), "%s: %s", sql, err.message);
    return value;
}

/* How far the tables of the hub have come, without opening it as a hub. */
static kith_status versions(kith_table *table, kith_error *error)
{
    sqlite3 *db;

    (void)error;
    kith_table_column(table, "what", KITH_CELL_TEXT);
    kith_table_column(table, "value", KITH_CELL_INTEGER);
    cr_assert(eq(int, sqlite3_open(hub_path(), &db), SQLITE_OK));
    kith_table_text(table, "version");
    kith_table_integer(table, number(db, "PRAGMA user_version"));
    kith_table_text(table, "things");
    kith_table_integer(table, number(db, "SELECT count(*) FROM sqlite_schema"));
    sqlite3_close(db);
    return KITH_OK;
}

/* And whether it has a log. */
static kith_status log_state(kith_table *table, kith_error *error)
{
    char path[4096];
    sqlite3 *db;

    versions(table, error);
    snprintf(path, sizeof path, "%s.audit", hub_path());
    if (access(path, F_OK) != 0)
        return KITH_OK;
    cr_assert(eq(int, sqlite3_open(path, &db), SQLITE_OK));
    if (number(db, "SELECT count(*) FROM sqlite_schema") > 0) {
        kith_table_text(table, "heads");
        kith_table_integer(table, number(db, "SELECT count(*) FROM head"));
    }
    sqlite3_close(db);
    return KITH_OK;
}

Test(store_statements, a_log_is_made_whole_or_the_next_opening_makes_it)
{
    static const statements_act opening = { "open a hub without a log", open_once };

    statements_fail_each_step(&opening, forget_log, log_state);
    reset();
}

/* A hub of the first version. */
static void make_old(void)
{
    sqlite3 *db;
    size_t at = 0;

    forget_log();
    unlink(hub_path());
    while (strcmp(kith_schema[at].name, "schema") != 0)
        at++;
    cr_assert(eq(int, sqlite3_open(hub_path(), &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_exec(db, kith_schema[at].bytes, NULL, NULL, NULL), SQLITE_OK));
    sqlite3_close(db);
}

Test(store_statements, an_older_hub_comes_up_to_date_or_stays_as_it_is)
{
    static const statements_act opening = { "open an older hub", open_once };
    kith_store *opened;

    make_old();
    cr_expect(eq(int, kith_store_open(&opened, hub_path(), NULL, KITH_READ_ONLY, &err), KITH_HUB));
    statements_fail_each_step(&opening, make_old, versions);
    reset();
}

static kith_status keep_words(kith_store *to, kith_error *error)
{
    kith_change *change;
    kith_status status = kith_store_change(&change, to, KITH_QUERY_WORD_ADD, error);

    for (int i = 0; status == KITH_OK && i < 3; i++) {
        const char word[] = { (char)('x' + i), '\0' };
        kith_change_text(change, 1, word);
        status = kith_change_run(change, NULL, error);
    }
    return status;
}

static kith_status end_change(kith_store *to, kith_status status, kith_error *error)
{
    if (status == KITH_OK)
        return kith_store_commit(to, error);
    kith_store_rollback(to);
    return status;
}

/* The indexes go and come again. */
static kith_status load(kith_table *table, kith_error *error)
{
    kith_status status = kith_store_begin_load(store, UINT64_MAX, error);

    (void)table;
    return status == KITH_OK ? end_change(store, keep_words(store, error), error) : status;
}

static kith_status remove_much(kith_table *table, kith_error *error)
{
    const kith_status status = kith_store_begin_removal(store, error);

    (void)table;
    return status == KITH_OK ? end_change(store, keep_words(store, error), error) : status;
}

static kith_status verify(kith_table *table, kith_error *error)
{
    (void)table;
    return kith_store_verify(store, error);
}

Test(store_statements, loads_removals_and_checks)
{
    static const statements_act acts[] = { { "load", load }, { "remove", remove_much }, { "verify", verify } };

    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        statements_fail_each(&acts[i], reset, hub_state);
}

static kith_status back_up(kith_table *table, kith_error *error)
{
    return kith_backup_make(table, store, NULL, made, error);
}

/* The hub itself is the backup. */
static kith_status restore(kith_table *table, kith_error *error)
{
    return kith_backup_restore(table, store, NULL, made, true, error);
}

/* What is there does not open beside the backup, and why is said in it. */
static kith_status restore_beside(kith_table *table, kith_error *error)
{
    const kith_status status = restore(table, error);

    return status == KITH_POLICY && strstr(error->message, "made.kith.restore") != NULL ? KITH_HUB : status;
}

/* A hub where the backup is to go, with a word of its own. */
static void make_standing(void)
{
    sqlite3 *db;

    remove_made();
    cr_assert(eq(int, kith_store_create(made, NULL, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, sqlite3_open(made, &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_exec(db, "INSERT INTO word (text) VALUES ('standing')", NULL, NULL, NULL), SQLITE_OK));
    sqlite3_close(db);
}

/* And what it holds. */
static kith_status standing_state(kith_table *table, kith_error *error)
{
    sqlite3 *db;

    const kith_status status = files_state(table, error);
    cr_assert(eq(int, sqlite3_open(made, &db), SQLITE_OK));
    kith_table_text(table, "standing");
    kith_table_integer(table, number(db, "SELECT count(*) FROM word WHERE text = 'standing'"));
    kith_table_missing(table);
    sqlite3_close(db);
    return status;
}

Test(store_statements, backups_and_restores)
{
    static const statements_act copying = { "back up", back_up }, restoring = { "restore", restore },
                                replacing = { "restore beside a log", restore_beside };

    statements_fail_each(&copying, remove_made, files_state);
    statements_fail_each(&restoring, remove_made, files_state);
    statements_fail_each(&replacing, make_standing, standing_state);
}

/* After a failure the same store shows no more than before, and reads on. */
static kith_status enter_and_look(kith_table *table, kith_error *error)
{
    kith_store *opened = NULL;
    kith_view seen = view;
    kith_status status = kith_store_open(&opened, hub_path(), NULL, KITH_READ_ONLY, error);

    if (status == KITH_OK)
        status = enter_cases(&seen, opened, policy, error);
    if (status == KITH_OK) {
        status = look_for_both(opened, &seen, error);
        statements_succeed();
        cr_expect(eq(int, look_for_both(opened, &seen, &err), KITH_OK), "%s", err.message);
        kith_table_fact(table, "withheld", "%lld", (long long)seen.withheld);
    }
    kith_store_close(opened);
    return status;
}

/* By the cases of their own teams, and by those that are open to everybody. */
Test(store_statements, who_may_not_see_everything_never_does)
{
    static const statements_act looking = { "enter and look", enter_and_look };

    statements_fail_each(&looking, reset, hub_state);
    kith_store_close(store);
    run_sql("UPDATE account_role SET role = 'chair'");
    statements_drop_files();
    statements_keep_files(hub_path());
    open_store();
    statements_fail_each(&looking, reset, hub_state);
}
