/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_store.c: the hub file keeps what it was given, whole, and for those with a key. */
#define _GNU_SOURCE /* setresuid */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../engine/store_private.h"
#include "kith/audit.h"
#include "kith/store.h"
#include "support.h"

static const kith_view everything = { .user = "open", .purpose = "", .audience = "case-team",
                                      .all_dates = true };
static char *folder, *hub;
static kith_error err;

static void make_place(void)
{
    folder = make_folder();
    hub = path_in(folder, "town.kith");
}

static void drop_place(void)
{
    if (geteuid() == 65534)
        setresuid(0, 0, 0); /* it was root that went on as somebody else */
    free(hub);
    drop_folder(folder);
}

TestSuite(store, .init = make_place, .fini = drop_place);

static kith_store *opened(kith_access access)
{
    kith_store *store = NULL;

    cr_assert(eq(int, kith_store_open(&store, hub, NULL, access, &err), KITH_OK), "%s", err.message);
    return store;
}

static kith_store *new_store(void)
{
    cr_assert(eq(int, kith_store_create(hub, NULL, &err), KITH_OK), "%s", err.message);
    return opened(KITH_READ_WRITE);
}

static void add_word(kith_store *store, const char *word)
{
    kith_change *change;

    cr_assert(eq(int, kith_store_change(&change, store, KITH_QUERY_WORD_ADD, &err), KITH_OK), "%s",
              err.message);
    kith_change_text(change, 1, word);
    cr_assert(eq(int, kith_change_run(change, NULL, &err), KITH_OK), "%s", err.message);
}

static int count_words(kith_store *store)
{
    kith_rows *rows;
    int count = 0;

    cr_assert(eq(int, kith_store_read(&rows, store, &everything, KITH_QUERY_WORD_ALL, &err),
                 KITH_OK), "%s", err.message);
    while (kith_rows_next(rows))
        count++;
    cr_assert(eq(int, kith_rows_end(rows, &err), KITH_OK), "%s", err.message);
    return count;
}

static void begin(kith_store *store)
{
    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK), "%s", err.message);
}

static void commit(kith_store *store)
{
    cr_assert(eq(int, kith_store_commit(store, &err), KITH_OK), "%s", err.message);
}

/* Words of about a kilobyte each. */
static void add_long_words(kith_store *store, int count)
{
    char word[1000];

    memset(word, 'x', sizeof word);
    for (int i = 0; i < count; i++) {
        snprintf(word, sizeof word, "%06d", i);
        word[6] = 'x';
        word[sizeof word - 1] = '\0';
        add_word(store, word);
    }
}

static kith_status try_to_open(const kith_secret *secret, kith_access access)
{
    kith_store *store;
    const kith_status status = kith_store_open(&store, hub, secret, access, &err);

    if (status != KITH_OK)
        cr_expect(zero(ptr, store));
    kith_store_close(store);
    return status;
}

static void expect_refused(const char *why)
{
    cr_expect(eq(int, try_to_open(NULL, KITH_READ_ONLY), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, why))), "%s", err.message);
    cr_expect(eq(int, try_to_open(NULL, KITH_READ_WRITE), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, why))), "%s", err.message);
}

/* Does as another program would. */
static void run_on_file(const char *path, const char *sql)
{
    sqlite3 *db;

    cr_assert(eq(int, sqlite3_open(path, &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK), "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* Root may write anywhere: go on as somebody else until the end. */
static void become_nobody(void)
{
    if (geteuid() == 0) {
        cr_assert(eq(int, chown(folder, 65534, 65534), 0));
        cr_assert(eq(int, chown(hub, 65534, 65534), 0));
        cr_assert(eq(int, setresuid(65534, 65534, 0), 0));
    }
}

Test(store, what_is_committed_is_read_back)
{
    kith_store *store = new_store();
    kith_rows *rows;

    begin(store);
    add_word(store, "missing");
    add_word(store, "café 'quoted'");
    commit(store);
    kith_store_close(store);

    store = opened(KITH_READ_ONLY);
    cr_expect(eq(str, (char *)kith_store_user(store), "open"));
    cr_assert(eq(int, kith_store_read(&rows, store, &everything, KITH_QUERY_WORD_ALL, &err),
                 KITH_OK));
    cr_assert(kith_rows_next(rows));
    cr_expect(eq(str, (char *)kith_rows_text(rows, 1), "missing"));
    cr_assert(kith_rows_next(rows));
    cr_expect(eq(str, (char *)kith_rows_text(rows, 1), "café 'quoted'"));
    cr_expect(not(kith_rows_missing(rows, 1)));
    cr_expect(not(kith_rows_next(rows)));
    cr_expect(not(kith_rows_next(rows)), "after the end");
    cr_assert(eq(int, kith_rows_end(rows, &err), KITH_OK));
    kith_store_close(store);
}

Test(store, a_reading_that_ended_early_begins_anew)
{
    kith_store *store = new_store();
    kith_rows *rows;

    begin(store);
    add_word(store, "missing");
    add_word(store, "friend");
    commit(store);
    cr_assert(eq(int, kith_store_read(&rows, store, &everything, KITH_QUERY_WORD_ALL, &err),
                 KITH_OK));
    cr_assert(kith_rows_next(rows));
    cr_assert(eq(int, kith_rows_end(rows, &err), KITH_OK));
    cr_expect(eq(int, count_words(store), 2));
    kith_store_close(store);
}

Test(store, a_change_says_how_many_rows_it_made)
{
    kith_store *store = new_store();
    kith_change *change;
    int64_t changed = -1;

    begin(store);
    cr_assert(eq(int, kith_store_change(&change, store, KITH_QUERY_WORD_ADD, &err), KITH_OK));
    kith_change_text(change, 1, "missing");
    cr_assert(eq(int, kith_change_run(change, &changed, &err), KITH_OK));
    cr_expect(eq(i64, changed, 1));
    cr_expect(eq(i64, kith_store_last_row(store), 1));
    kith_change_text(change, 1, "missing");
    cr_assert(eq(int, kith_change_run(change, &changed, &err), KITH_OK));
    cr_expect(eq(i64, changed, 0));
    kith_store_close(store);
}

Test(store, a_row_that_the_schema_forbids_is_refused)
{
    kith_store *store = new_store();
    kith_change *change;

    begin(store);
    cr_assert(eq(int, kith_store_change(&change, store, KITH_QUERY_WORD_ADD, &err), KITH_OK));
    kith_change_text(change, 1, "");
    cr_expect(eq(int, kith_change_run(change, NULL, &err), KITH_INTERNAL));
    kith_change_text(change, 1, "missing");
    cr_expect(eq(int, kith_change_run(change, NULL, &err), KITH_OK));
    cr_expect(eq(int, kith_change_run(change, NULL, &err), KITH_INTERNAL), "no value stayed bound");
    cr_expect(ne(int, sqlite3_exec(store->db, "INSERT INTO flag VALUES"
                                   " (1, 7, 'NRM', '', '', '', '', '', zeroblob(16), 1, 7, 7)",
                                   NULL, NULL, NULL), SQLITE_OK), "there is no person 7");
    kith_store_rollback(store);
    cr_expect(eq(int, count_words(store), 0));
    kith_store_close(store);
}

Test(store, a_change_that_sqlite_has_undone_does_not_go_on)
{
    kith_store *store = new_store();
    kith_change *change;

    begin(store);
    add_word(store, "missing");
    cr_assert(eq(int, sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK));
    cr_assert(eq(int, kith_store_change(&change, store, KITH_QUERY_WORD_ADD, &err), KITH_OK));
    kith_change_text(change, 1, "friend");
    cr_expect(ne(int, kith_change_run(change, NULL, &err), KITH_OK));
    cr_expect(ne(int, kith_store_commit(store, &err), KITH_OK));
    cr_expect(eq(int, count_words(store), 0));
    begin(store);
    kith_store_close(store);
}

/* The limit of a row, made smaller. */
Test(store, a_text_that_is_too_large_is_said_once_and_first)
{
    kith_store *store = new_store();
    kith_rows *rows;
    kith_change *change;
    char word[100];

    sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, (int)sizeof word);
    memset(word, 'x', sizeof word);
    word[sizeof word - 1] = '\0';
    cr_assert(eq(int, kith_store_read_all(&rows, store, &everything, KITH_QUERY_ACCOUNT_FIND, &err), KITH_OK), "%s", err.message);
    sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, 30);
    kith_rows_bind_text(rows, "name", word);
    kith_rows_bind_text(rows, "name", word);
    kith_rows_bind_text(rows, "name", "ash");
    cr_expect(not(kith_rows_next(rows)));
    cr_expect(eq(int, kith_rows_end(rows, &err), KITH_INTERNAL));
    cr_expect(not(zero(ptr, strstr(err.message, "code 18"))), "%s", err.message);
    sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, 1 << 20);
    begin(store);
    cr_assert(eq(int, kith_store_change(&change, store, KITH_QUERY_WORD_ADD, &err), KITH_OK));
    sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, 30);
    kith_change_text(change, 1, word);
    kith_change_text(change, 1, word);
    kith_change_text(change, 1, "friend");
    cr_expect(eq(int, kith_change_run(change, NULL, &err), KITH_INTERNAL));
    cr_expect(not(zero(ptr, strstr(err.message, "code 18"))), "%s", err.message);
    kith_store_rollback(store);
    cr_expect(eq(int, count_words(store), 0));
    kith_store_close(store);
}

Test(store, what_is_rolled_back_was_never_there)
{
    kith_store *store = new_store();

    begin(store);
    add_word(store, "missing");
    kith_store_rollback(store);
    cr_expect(eq(int, count_words(store), 0));
    begin(store);
    add_word(store, "friend");
    commit(store);
    cr_expect(eq(int, count_words(store), 1));
    kith_store_close(store);
}

Test(store, closing_undoes_what_was_not_committed)
{
    kith_store *store = new_store();

    begin(store);
    add_word(store, "missing");
    kith_store_close(store);
    store = opened(KITH_READ_ONLY);
    cr_expect(eq(int, count_words(store), 0));
    kith_store_close(store);
}

Test(store, a_change_cut_off_by_a_kill_is_undone_by_the_next_reader)
{
    char *journal = path_in(folder, "town.kith-journal"), *copy = path_in(folder, "cut.kith");
    char *copied_journal = path_in(folder, "cut.kith-journal");
    sqlite3 *db;
    size_t size, journal_size;

    kith_store_close(new_store());
    cr_assert(eq(int, sqlite3_open(hub, &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_exec(db,
        "PRAGMA cache_size = 5; BEGIN IMMEDIATE; DELETE FROM batch;"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
        "INSERT INTO word (text) SELECT 'word ' || i FROM n", NULL, NULL, NULL), SQLITE_OK), "%s",
        sqlite3_errmsg(db));
    /* what a kill would leave at this moment: pages of the change, and the journal */
    char *half = read_file(hub, &size), *undo = read_file(journal, &journal_size);
    write_file(copy, half, size);
    write_file(copied_journal, undo, journal_size);
    sqlite3_close(db);

    free(hub);
    hub = copy;
    kith_store *store = opened(KITH_READ_ONLY);
    cr_expect(eq(int, count_words(store), 0));
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    cr_expect(ne(int, access(copied_journal, F_OK), 0));
    free(half), free(undo), free(journal), free(copied_journal);
}

Test(store, a_change_cut_off_on_a_read_only_medium_is_not_shown)
{
    char *journal = path_in(folder, "town.kith-journal");
    sqlite3 *db;
    size_t size, journal_size;

    kith_store_close(new_store());
    cr_assert(eq(int, sqlite3_open(hub, &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_exec(db,
        "PRAGMA cache_size = 5; BEGIN IMMEDIATE;"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
        "INSERT INTO word (text) SELECT 'word ' || i FROM n", NULL, NULL, NULL), SQLITE_OK));
    char *half = read_file(hub, &size), *undo = read_file(journal, &journal_size);
    sqlite3_close(db);
    write_file(hub, half, size);
    write_file(journal, undo, journal_size);
    chmod(journal, 0444);
    become_nobody();
    chmod(hub, 0400);
    chmod(folder, 0500);
    expect_refused("interrupted");
    free(half), free(undo), free(journal);
}

/* Commits five words at a time for ever, and says so after each commit. */
static void commit_for_ever(int told)
{
    char word[32];

    kith_store *store = opened(KITH_READ_WRITE);
    const int before = count_words(store);
    for (int i = before;; i += 5) {
        begin(store);
        for (int j = i; j < i + 5; j++) {
            snprintf(word, sizeof word, "word %d", j);
            add_word(store, word);
        }
        commit(store);
        if (write(told, "c", 1) != 1)
            _exit(0);
    }
}

Test(store, a_kill_at_any_moment_loses_nothing_that_was_committed)
{
    enum { KILLS = 40 };
    int acknowledged = 0;
    char byte;

    kith_store_close(new_store());
    for (int i = 0; i < KILLS; i++) {
        int ends[2];
        cr_assert(eq(int, pipe(ends), 0));
        const pid_t child = fork();
        if (child == 0)
            commit_for_ever(ends[1]);
        close(ends[1]);
        cr_assert(eq(int, (int)read(ends[0], &byte, 1), 1)); /* it is at work */
        acknowledged++;
        nanosleep(&(struct timespec){ .tv_nsec = 100000 + 377000L * i }, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(ends[0], &byte, 1) == 1)
            acknowledged++;
        close(ends[0]);

        kith_store *store = opened(KITH_READ_ONLY);
        const int words = count_words(store);
        cr_expect(words % 5 == 0 && words >= 5 * acknowledged && words <= 5 * acknowledged + 5,
                  "%d words after %d commits", words, acknowledged);
        cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
        kith_store_close(store);
        acknowledged = words / 5;
    }
}

Test(store, a_hub_is_one_private_file)
{
    kith_store *store = new_store();
    struct stat info;
    char *journal = path_in(folder, "town.kith-journal"), *log = path_in(folder, "town.kith-wal");

    begin(store);
    add_word(store, "missing");
    commit(store);
    kith_store_close(store);
    cr_assert(eq(int, stat(hub, &info), 0));
    cr_expect(eq(int, (int)(info.st_mode & 0777), 0600));
    cr_expect(ne(int, access(journal, F_OK), 0));
    cr_expect(ne(int, access(log, F_OK), 0));
    free(journal), free(log);
}

Test(store, a_file_that_exists_is_not_made_into_a_hub)
{
    char *keys = path_in(folder, "town.kith.keys");

    write_file(hub, "mine", 4);
    cr_expect(eq(int, kith_store_create(hub, NULL, &err), KITH_POLICY));
    char *text = read_file(hub, NULL);
    cr_expect(eq(str, text, "mine"));
    free(text);
    unlink(hub);
    write_file(keys, "mine", 4);
    cr_expect(eq(int, kith_store_create(hub, NULL, &err), KITH_POLICY));
    cr_expect(ne(int, access(hub, F_OK), 0));
    free(keys);
}

Test(store, a_missing_hub_is_not_made_by_opening_it)
{
    expect_refused("kith init");
    cr_expect(ne(int, access(hub, F_OK), 0));
}

Test(store, what_is_not_a_hub_is_refused_with_what_it_is)
{
    static const char text[] = "event_id,kind,occurred_at\n";

    mkdir(hub, 0700);
    expect_refused("is a folder");
    rmdir(hub);
    mkfifo(hub, 0600);
    expect_refused("is not a hub");
    unlink(hub);
    write_file(hub, "", 0);
    expect_refused("is not a hub");
    write_file(hub, text, sizeof text - 1);
    expect_refused("not a hub");
    unlink(hub);
    run_on_file(hub, "CREATE TABLE other (x)");
    expect_refused("of another program");
}

Test(store, a_hub_below_a_file_or_in_a_closed_folder_is_not_there_or_cannot_be_opened)
{
    char *whole = hub;

    kith_store_close(new_store());
    hub = path_in(whole, "hub.kith");
    expect_refused("there is no hub here");
    free(hub);
    hub = whole;
    become_nobody();
    chmod(folder, 0);
    expect_refused("cannot be opened");
}

Test(store, a_hub_of_a_newer_kith_is_refused_with_both_versions)
{
    kith_store_close(new_store());
    run_on_file(hub, "PRAGMA user_version = 1000");
    expect_refused("version 1000");
}

Test(store, a_hub_that_was_not_finished_is_refused)
{
    kith_store_close(new_store());
    run_on_file(hub, "PRAGMA user_version = 0");
    cr_expect(eq(int, try_to_open(NULL, KITH_READ_ONLY), KITH_HUB));
    cr_expect(eq(int, try_to_open(NULL, KITH_READ_WRITE), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "version 0"))), "%s", err.message);
}

Test(store, steps_bring_an_older_hub_up_to_date_or_leave_it)
{
    static const char first[] = "CREATE TABLE a (x); PRAGMA user_version = 1;",
                      second[] = "INSERT INTO a VALUES (7); PRAGMA user_version = 2;",
                      broken[] = "CREATE TABLE b (x); CREATE TABLE b (x);";
    const kith_embedded_schema scripts[] = { { "migrate_1", first, sizeof first - 1 },
                                             { "migrate_2", second, sizeof second - 1 },
                                             { "migrate_3", broken, sizeof broken - 1 } };
    int value = -1;
    sqlite3 *db;

    cr_assert(eq(int, sqlite3_open(hub, &db), SQLITE_OK));
    cr_expect(eq(int, kith_schema_migrate(db, hub, scripts, 3, 3, &err), KITH_INTERNAL));
    kith_schema_number(&value, db, hub, "PRAGMA user_version", &err);
    cr_expect(eq(int, value, 0));
    cr_expect(eq(int, kith_schema_migrate(db, hub, scripts, 1, 2, &err), KITH_HUB));
    kith_schema_number(&value, db, hub, "SELECT count(*) FROM sqlite_schema", &err);
    cr_expect(eq(int, value, 0));
    const kith_embedded_schema astray = { "migrate_1", second, sizeof second - 1 };
    cr_assert(eq(int, sqlite3_exec(db, "CREATE TABLE a (x)", NULL, NULL, NULL), SQLITE_OK));
    cr_expect(eq(int, kith_schema_migrate(db, hub, &astray, 1, 1, &err), KITH_INTERNAL));
    cr_expect(not(zero(ptr, strstr(err.message, "migrate_1.sql leaves version 2"))), "%s", err.message);
    cr_assert(eq(int, sqlite3_exec(db, "DROP TABLE a", NULL, NULL, NULL), SQLITE_OK));
    cr_expect(eq(int, kith_schema_migrate(db, hub, scripts, 2, 2, &err), KITH_OK), "%s", err.message);
    kith_schema_number(&value, db, hub, "SELECT x FROM a", &err);
    cr_expect(eq(int, value, 7));
    sqlite3_close(db);
}

/* Two who were missing together and are friends, in the tables of the first version, which every later one began with. */
static const char first_records[] =
    "INSERT INTO word VALUES (1, 'missing'), (2, 'friend'), (3, 'takeaway');"
    "INSERT INTO source VALUES (1, 'police');"
    "INSERT INTO batch VALUES (1, '2022-01-01T00:00:00', 'ash', 'a test', 'persons.csv', 6);"
    "INSERT INTO origin VALUES (1, 1, 'R1', 2, 'B', '', 'P', '', '2021-05-02');"
    "INSERT INTO entity VALUES (1, 1, 'P1', 1, 1), (2, 1, 'P2', 1, 1), (3, 2, 'L1', 1, 1);"
    "INSERT INTO person VALUES (1, 'Ada', 'A', '2008-01-01', 'f', '', '', NULL, 'NG1 1ZZ', '1 Street', 'nhs=1', 'a note', '{\"x\":1}'),"
    " (2, 'Bea', '', '2008', '', '', '', NULL, '', '', '', '', '');"
    "INSERT INTO location VALUES (3, 'Kebabs', 3, 52.9, -1.1, NULL, NULL, '', '', '');"
    "INSERT INTO event VALUES (1, 'E1', 1, '2021-05-01T22:00', '', 3, 2, 'late', '', 1, 1);"
    "INSERT INTO participation VALUES (1, 1, 1, 1, '', '', 1, 1), (1, 2, 1, 1, '', '', 1, 1);"
    "INSERT INTO link VALUES (1, NULL, 1, 2, 2, 'risk', 1.5, '2021', '', '', 'from school', '', zeroblob(16), 1, 1, 1);";

/* Every table but the log, which begins with the opening: names, rows and hashes. */
static void records_as_text(char *out, size_t size, kith_store *store)
{
    kith_table table = { 0 };
    size_t used = 0;

    cr_assert(eq(int, kith_store_fingerprint(&table, store, &err), KITH_OK), "%s", err.message);
    out[0] = '\0';
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *row = table.cells + r * table.column_count;
        if (strcmp(row[0].text, "entry") != 0 && strcmp(row[0].text, "head") != 0)
            used += (size_t)snprintf(out + used, size - used, "%s %lld %s\n", row[0].text, (long long)row[1].integer, row[2].text);
        cr_assert(lt(sz, used, size));
    }
    kith_table_free(&table);
}

Test(store, a_hub_of_each_older_version_keeps_its_records)
{
    char usual[16384] = "", got[16384];
    sqlite3 *db;
    int value;

    for (int version = 1; version <= KITH_SCHEMA_VERSION; version++) {
        cr_assert(eq(int, sqlite3_open(hub, &db), SQLITE_OK));
        for (size_t i = 0; i < kith_schema_count; i++)
            if (strcmp(kith_schema[i].name, "schema") == 0)
                cr_assert(eq(int, sqlite3_exec(db, kith_schema[i].bytes, NULL, NULL, NULL), SQLITE_OK));
        cr_assert(eq(int, sqlite3_exec(db, first_records, NULL, NULL, NULL), SQLITE_OK), "%s", sqlite3_errmsg(db));
        cr_assert(eq(int, kith_schema_migrate(db, hub, kith_schema, kith_schema_count, version, &err), KITH_OK), "%s", err.message);
        sqlite3_close(db);
        kith_store *store = opened(KITH_READ_WRITE);
        cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "version %d: %s", version, err.message);
        records_as_text(got, sizeof got, store);
        cr_expect(version == 1 || strcmp(got, usual) == 0, "version %d:\n%s\nand not\n%s", version, got, usual);
        memcpy(usual, got, sizeof usual);
        kith_store_close(store);
        cr_assert(eq(int, sqlite3_open(hub, &db), SQLITE_OK));
        cr_expect(eq(int, kith_schema_number(&value, db, hub, "PRAGMA user_version", &err), KITH_OK), "%s", err.message);
        cr_expect(eq(int, value, KITH_SCHEMA_VERSION));
        sqlite3_close(db);
        remove_files(folder, "town");
    }
    cr_expect(ne(ptr, strstr(got, "person 2 "), NULL), "%s", got);
    cr_expect(ne(ptr, strstr(got, "link 1 "), NULL), "%s", got);
}

Test(store, a_hub_cut_short_is_refused)
{
    kith_store *store = new_store();
    size_t size;

    begin(store);
    add_long_words(store, 100);
    commit(store);
    kith_store_close(store);
    char *bytes = read_file(hub, &size);
    write_file(hub, bytes, size / 2 / 4096 * 4096);
    expect_refused("damaged");
    write_file(hub, bytes, 50);
    expect_refused("hub");
    free(bytes);
}

Test(store, a_damaged_page_of_an_open_hub_is_found_by_verify)
{
    kith_store *store = new_store();
    size_t size;

    begin(store);
    add_long_words(store, 100);
    commit(store);
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    char *bytes = read_file(hub, &size);
    memset(bytes + size - 4096, 0x55, 64);
    write_file(hub, bytes, size);
    store = opened(KITH_READ_ONLY);
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "damaged"))), "%s", err.message);
    kith_store_close(store);
    free(bytes);
}

Test(store, a_link_to_nothing_is_found_by_verify)
{
    kith_store_close(new_store());
    run_on_file(hub, "PRAGMA foreign_keys = OFF; INSERT INTO person VALUES"
                     " (99, '', '', '', '', '', '', NULL, '', '', '', '', '')");
    kith_store *store = opened(KITH_READ_ONLY);
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_HUB));
    kith_store_close(store);
}

/* Its question is not asked of the next change. */
Test(store, a_removal_is_refused_where_something_refers_to_nothing)
{
    kith_store_close(new_store());
    run_on_file(hub, "PRAGMA foreign_keys = OFF; INSERT INTO person VALUES"
                     " (99, '', '', '', '', '', '', NULL, '', '', '', '', '')");
    kith_store *store = opened(KITH_READ_WRITE);
    cr_assert(eq(int, kith_store_begin_removal(store, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, kith_store_commit(store, &err), KITH_POLICY));
    begin(store);
    commit(store);
    kith_store_close(store);
}

Test(store, each_failure_of_sqlite_has_its_status_and_a_remedy)
{
    static const struct { int code; kith_status status; } rows[] = {
        { SQLITE_NOMEM, KITH_NO_MEMORY },         { SQLITE_IOERR_NOMEM, KITH_NO_MEMORY }, { SQLITE_BUSY, KITH_HUB },
        { SQLITE_LOCKED, KITH_HUB },              { SQLITE_NOTADB, KITH_HUB },            { SQLITE_CORRUPT, KITH_HUB },
        { SQLITE_READONLY_ROLLBACK, KITH_HUB },   { SQLITE_FULL, KITH_IO },               { SQLITE_READONLY, KITH_IO },
        { SQLITE_CANTOPEN, KITH_IO },             { SQLITE_PERM, KITH_IO },               { SQLITE_IOERR_FSYNC, KITH_IO },
        { SQLITE_ABORT, KITH_IO },                { SQLITE_ABORT_ROLLBACK, KITH_IO },     { SQLITE_CONSTRAINT, KITH_INTERNAL },
    };
    kith_store *store = new_store();

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_expect(eq(int, kith_store_fail(&err, store->db, hub, rows[i].code), rows[i].status), "%d", rows[i].code);
        cr_expect(rows[i].status == KITH_INTERNAL || strchr(err.message, ';') != NULL, "%s", err.message);
        cr_expect(rows[i].status == KITH_NO_MEMORY || strncmp(err.message, hub, strlen(hub)) == 0, "%s", err.message);
    }
    kith_store_close(store);
}

Test(store, rows_are_read_and_written_and_nothing_else_is_done)
{
    static const struct { int action; const char *first, *second, *database; bool write, read; } rows[] = {
        { SQLITE_SELECT, NULL, NULL, NULL, true, true },          { SQLITE_READ, "person", "name", "main", true, true },
        { SQLITE_FUNCTION, NULL, "length", NULL, true, true },    { SQLITE_RECURSIVE, NULL, NULL, NULL, true, true },
        { SQLITE_TRANSACTION, "BEGIN", NULL, NULL, true, true },  { SQLITE_INSERT, "person", NULL, "main", true, false },
        { SQLITE_UPDATE, "person", "name", NULL, true, false },   { SQLITE_DELETE, "person", NULL, "main", true, false },
        { SQLITE_INSERT, "entry", NULL, "audit", true, true },    { SQLITE_INSERT, "head", NULL, "audit", false, false },
        { SQLITE_UPDATE, "head", "hash", "audit", true, true },   { SQLITE_UPDATE, "entry", "why", "audit", true, true },
        { SQLITE_UPDATE, "entry", "what", "audit", false, false }, { SQLITE_DELETE, "entry", NULL, "audit", false, false },
        { SQLITE_DELETE, "head", NULL, "audit", false, false },   { SQLITE_PRAGMA, "integrity_check", NULL, NULL, true, true },
        { SQLITE_PRAGMA, "journal_mode", "off", NULL, false, false }, { SQLITE_ATTACH, "other", NULL, NULL, false, false },
        { SQLITE_DROP_TABLE, "person", NULL, "main", false, false },
    };
    int reader;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const int as_writer = kith_store_permit(NULL, rows[i].action, rows[i].first, rows[i].second, rows[i].database, NULL);
        const int as_reader = kith_store_permit(&reader, rows[i].action, rows[i].first, rows[i].second, rows[i].database, NULL);
        cr_expect(eq(int, as_writer, rows[i].write ? SQLITE_OK : SQLITE_DENY), "row %zu", i);
        cr_expect(eq(int, as_reader, rows[i].read ? SQLITE_OK : SQLITE_DENY), "row %zu", i);
    }
}

Test(store, a_hub_in_a_read_only_folder_is_read_and_not_changed)
{
    kith_store *store = new_store();

    begin(store);
    add_word(store, "missing");
    commit(store);
    kith_store_close(store);
    become_nobody();
    chmod(hub, 0400);
    chmod(folder, 0500);
    store = opened(KITH_READ_ONLY);
    cr_expect(eq(int, count_words(store), 1));
    kith_store_close(store);
    cr_expect(eq(int, try_to_open(NULL, KITH_READ_WRITE), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "write-protected"))), "%s", err.message);

    chmod(hub, 0600); /* the file may be written, its journal not made */
    store = opened(KITH_READ_WRITE);
    kith_change *change;
    kith_status status = kith_store_begin(store, &err);
    if (status == KITH_OK)
        status = kith_store_change(&change, store, KITH_QUERY_WORD_ADD, &err);
    if (status == KITH_OK) {
        kith_change_text(change, 1, "friend");
        status = kith_change_run(change, NULL, &err);
    }
    cr_expect(eq(int, status, KITH_IO), "%s", err.message);
    kith_store_rollback(store);
    cr_expect(eq(int, count_words(store), 1));
    kith_store_close(store);
}

/* The log of a hub is there, and not to be read; or was never filled, and cannot be. */
Test(store, a_log_that_may_not_be_read_or_was_not_finished_is_none)
{
    char *log = path_in(folder, "town.kith.audit");

    kith_store_close(new_store());
    write_file(log, "", 0);
    if (geteuid() == 0)
        cr_assert(eq(int, chown(log, 65534, 65534), 0));
    become_nobody();
    chmod(folder, 0500);
    chmod(log, 0);
    kith_store *store = opened(KITH_READ_ONLY);
    cr_expect(not(kith_audit_is_kept(store)));
    cr_expect(eq(int, count_words(store), 0));
    kith_store_close(store);
    chmod(log, 0400);
    store = opened(KITH_READ_ONLY);
    cr_expect(not(kith_audit_is_kept(store)));
    kith_store_close(store);
    chmod(folder, 0700);
    chmod(log, 0600);
    store = opened(KITH_READ_ONLY);
    cr_expect(kith_audit_is_kept(store));
    kith_store_close(store);
    chmod(folder, 0500);
    store = opened(KITH_READ_ONLY);
    cr_expect(kith_audit_is_kept(store), "it is read where no journal can be made");
    kith_store_close(store);
    free(log);
}

Test(store, a_hub_that_may_not_be_read_is_refused)
{
    kith_store_close(new_store());
    become_nobody();
    chmod(hub, 0);
    expect_refused("cannot be opened");
}

Test(store, a_full_disk_undoes_the_change_and_says_so)
{
    kith_store *store = new_store();
    struct rlimit limit;
    struct stat info;

    begin(store);
    add_word(store, "missing");
    commit(store);
    cr_assert(eq(int, stat(hub, &info), 0));
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = (rlim_t)info.st_size + 100000;
    setrlimit(RLIMIT_FSIZE, &limit);
    begin(store);
    add_long_words(store, 1000);
    cr_expect(eq(int, kith_store_commit(store, &err), KITH_IO), "%s", err.message);
    cr_expect(eq(int, count_words(store), 1));
    begin(store);
    add_word(store, "friend");
    commit(store);
    kith_store_close(store);
    store = opened(KITH_READ_ONLY);
    cr_expect(eq(int, count_words(store), 2));
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
}

Test(store, a_disk_too_full_for_a_hub_is_left_without_one)
{
    struct rlimit limit;

    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = 20000;
    setrlimit(RLIMIT_FSIZE, &limit);
    cr_expect(eq(int, kith_store_create(hub, NULL, &err), KITH_IO), "%s", err.message);
    cr_expect(ne(int, access(hub, F_OK), 0));
}

/* What there is: every table and index with its text, sorted. */
static char *shape_of_hub(void)
{
    sqlite3 *db;
    sqlite3_stmt *row;

    cr_assert(eq(int, sqlite3_open(hub, &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_prepare_v2(db, "SELECT group_concat(name || coalesce(sql, '')) FROM"
                                             " (SELECT name, sql FROM sqlite_schema ORDER BY name)",
                                         -1, &row, NULL), SQLITE_OK));
    cr_assert(eq(int, sqlite3_step(row), SQLITE_ROW));
    char *shape = strdup((const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    sqlite3_close(db);
    return shape;
}

static int indexes_under_way(kith_store *store)
{
    int count = 0;

    kith_schema_number(&count, store->db, hub,
                       "SELECT count(*) FROM sqlite_schema WHERE name = 'participation_person'", &err);
    return count;
}

Test(store, a_large_load_leaves_every_index)
{
    kith_store *store = new_store();
    char *before = shape_of_hub();

    for (int kept = 0; kept < 2; kept++) {
        setenv("KITH_THREADS", kept ? "1" : "2", 1);
        cr_assert(eq(int, kith_store_begin_load(store, UINT64_MAX, &err), KITH_OK), "%s", err.message);
        cr_expect(eq(int, indexes_under_way(store), 0));
        add_long_words(store, 100);
        if (kept)
            commit(store);
        else
            kith_store_rollback(store);
        cr_expect(eq(int, indexes_under_way(store), 1));
        cr_expect(eq(int, count_words(store), 100 * kept));
    }
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    char *after = shape_of_hub();
    cr_expect(eq(str, after, before));
    free(before), free(after);
}

Test(store, a_load_that_is_small_beside_the_hub_keeps_its_indexes)
{
    kith_store *store = new_store();
    struct stat info;

    stat(hub, &info);
    cr_assert(eq(int, kith_store_begin_load(store, (uint64_t)info.st_size, &err), KITH_OK));
    cr_expect(eq(int, indexes_under_way(store), 1));
    kith_store_close(store);
}

static void wait_entity(kith_waiting *rows, int kind, const char *id)
{
    kith_waiting_integer(rows, kind);
    kith_waiting_text(rows, id);
    kith_waiting_integer(rows, 1);
    kith_waiting_integer(rows, 1);
    kith_waiting_end(rows);
}

Test(store, references_are_looked_up_again_after_a_load)
{
    kith_store *store = new_store();
    kith_waiting rows = { 0 };

    wait_entity(&rows, 1, "P1");
    cr_assert(eq(int, kith_store_begin_load(store, 0, &err), KITH_OK));
    cr_expect(eq(int, kith_store_write(&rows, store, KITH_QUERY_ENTITY_ADD, false, &err), KITH_OK));
    kith_store_rollback(store);
    begin(store);
    cr_expect(ne(int, kith_store_write(&rows, store, KITH_QUERY_ENTITY_ADD, false, &err), KITH_OK),
              "there is no origin 1");
    kith_waiting_free(&rows);
    kith_store_close(store);
}

/* The ids of all entities, each with a blank behind it, in their order. */
static void read_ids(kith_text *out, kith_store *store)
{
    kith_rows *rows;

    cr_assert(eq(int, kith_store_read(&rows, store, &everything, KITH_QUERY_ENTITY_IDS, &err), KITH_OK));
    while (kith_rows_next(rows))
        kith_text_format(out, "%lld=%s ", (long long)kith_rows_integer(rows, 0), kith_rows_text(rows, 2));
    cr_assert(eq(int, kith_rows_end(rows, &err), KITH_OK));
}

Test(store, rows_that_wait_are_written_in_their_order)
{
    kith_store *store = new_store();
    kith_waiting rows = { 0 };
    kith_text ids = { 0 };

    cr_assert(eq(int, kith_store_begin_load(store, 0, &err), KITH_OK));
    cr_expect(eq(int, kith_store_write(&rows, store, KITH_QUERY_ENTITY_ADD, false, &err), KITH_OK), "none");
    wait_entity(&rows, 1, "z");
    wait_entity(&rows, 2, "\xC3\xA9");
    wait_entity(&rows, 3, "a");
    cr_expect(eq(int, kith_store_write(&rows, store, KITH_QUERY_ENTITY_ADD, false, &err), KITH_OK));
    cr_expect(eq(i64, kith_store_last_row(store), 3));
    kith_waiting_clear(&rows);
    wait_entity(&rows, 1, "b");
    cr_expect(eq(int, kith_store_write(&rows, store, KITH_QUERY_ENTITY_ADD, false, &err), KITH_OK));
    read_ids(&ids, store);
    cr_expect(eq(str, ids.data, "3=a 4=b 1=z 2=\xC3\xA9 "));
    kith_text_free(&ids);
    kith_waiting_free(&rows);
    kith_store_close(store);
}

Test(store, a_row_that_breaks_a_rule_is_a_failure)
{
    kith_store *store = new_store();
    kith_waiting rows = { 0 };

    cr_assert(eq(int, kith_store_begin_load(store, 0, &err), KITH_OK));
    wait_entity(&rows, 1, "a");
    wait_entity(&rows, 9, "there is no kind 9");
    cr_expect(eq(int, kith_store_write(&rows, store, KITH_QUERY_ENTITY_ADD, true, &err), KITH_INTERNAL));
    kith_waiting_clear(&rows);
    wait_entity(&rows, 1, "b");
    wait_entity(&rows, 1, "b");
    cr_expect(eq(int, kith_store_write(&rows, store, KITH_QUERY_ENTITY_ADD, false, &err), KITH_INTERNAL));
    kith_waiting_free(&rows);
    kith_store_close(store);
}

Test(store, of_rows_that_wait_nothing_is_written_in_a_change_that_was_undone)
{
    kith_store *store = new_store();
    kith_waiting rows = { 0 };

    wait_entity(&rows, 1, "a");
    cr_assert(eq(int, kith_store_begin_load(store, 0, &err), KITH_OK));
    cr_assert(eq(int, sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK));
    cr_expect(eq(int, kith_store_write(&rows, store, KITH_QUERY_ENTITY_ADD, false, &err), KITH_IO));
    kith_store_rollback(store);
    cr_expect(ne(int, sqlite3_exec(store->db, "SELECT c1 FROM waiting", NULL, NULL, NULL), SQLITE_OK), "nobody waits");
    kith_waiting_free(&rows);
    kith_store_close(store);
}

static void wait_flag(kith_waiting *rows, const unsigned char digest[16])
{
    kith_waiting_integer(rows, 1);
    for (int i = 0; i < 6; i++)
        kith_waiting_text(rows, i == 0 ? "NRM" : "");
    kith_waiting_bytes(rows, digest, 16);
    for (int i = 0; i < 3; i++)
        kith_waiting_integer(rows, 1);
    kith_waiting_end(rows);
}

Test(store, bytes_that_wait_are_written_as_they_are)
{
    static const unsigned char digest[16] = "0123456789abcde";
    kith_store *store = new_store();
    kith_waiting rows = { 0 };
    int found = 0;

    wait_flag(&rows, digest);
    cr_assert(eq(int, kith_store_begin_load(store, 0, &err), KITH_OK));
    cr_expect(eq(int, kith_store_write(&rows, store, KITH_QUERY_FLAG_ADD, false, &err), KITH_OK), "%s", err.message);
    kith_schema_number(&found, store->db, hub,
                       "SELECT count(*) FROM flag WHERE digest = x'30313233343536373839616263646500' AND nth = 1", &err);
    cr_expect(eq(int, found, 1));
    kith_waiting_free(&rows);
    kith_store_close(store);
}

static void wait_part(kith_waiting *rows, int person, int nth)
{
    const int before[] = { 1, person, 1 }, after[] = { nth, 1, 1 };

    for (int i = 0; i < 3; i++)
        kith_waiting_integer(rows, before[i]);
    kith_waiting_text(rows, "");
    kith_waiting_text(rows, "{}");
    for (int i = 0; i < 3; i++)
        kith_waiting_integer(rows, after[i]);
    kith_waiting_end(rows);
}

/* By one statement for all rows, and by one for each. */
Test(store, of_rows_that_wait_those_that_are_there_are_told)
{
    static const kith_query queries[] = { KITH_QUERY_PARTICIPATION_FIRST, KITH_QUERY_PARTICIPATION_ADD };
    static const int people[] = { 5, 5, 4, 6, 4, 5, 5 }; /* the second, fifth, sixth and last are */
    kith_store *store = new_store();
    kith_waiting rows = { 0 }, again = { 0 };
    size_t first_size = 0;

    for (int i = 0; i < 7; i++) {
        wait_part(&rows, people[i], 1);
        first_size = i == 0 ? rows.bytes.size : first_size;
    }
    for (int q = 0; q < 2; q++) {
        size_t size;
        cr_assert(eq(int, kith_store_begin_load(store, 0, &err), KITH_OK));
        cr_assert(eq(int, kith_store_write(&rows, store, queries[q], true, &err), KITH_OK), "%s", err.message);
        cr_assert(eq(sz, kith_waiting_same_count(&rows), 4));
        cr_expect(eq(ptr, (void *)kith_waiting_same(&rows, 0, &size), rows.bytes.data + first_size));
        cr_expect(eq(sz, size, first_size));
        cr_expect(eq(ptr, (void *)kith_waiting_same(&rows, 3, &size), rows.bytes.data + 6 * first_size));
        kith_waiting_clear(&again);
        kith_waiting_again(&again, rows.values, rows.bytes.data, first_size, 6, 2);
        cr_expect(eq(int, kith_store_write(&again, store, queries[q], true, &err), KITH_OK));
        cr_expect(eq(sz, kith_waiting_same_count(&again), 0), "as the second of its kind it is new");
        kith_store_rollback(store);
    }
    kith_waiting_free(&rows);
    kith_waiting_free(&again);
    kith_store_close(store);
}

static int open_files(void)
{
    int count = 0;

    for (int file = 0; file < 64; file++)
        count += fcntl(file, F_GETFD) != -1;
    return count;
}

/* Random writes, readings and cuts of a file without a name, beside an array that has the same. */
Test(store, what_sqlite_sets_aside_is_kept_and_never_on_a_disk)
{
    enum { MOST = 1 << 21, PIECE = 70000 };
    static unsigned char model[MOST], piece[PIECE];
    sqlite3_int64 size = 0, said;

    kith_store_close(new_store());
    sqlite3_vfs *files = sqlite3_vfs_find(KITH_FILES);
    cr_assert(ne(ptr, files, NULL));
    sqlite3_file *file = calloc(1, (size_t)files->szOsFile);
    const int before = open_files();
    const int flags = SQLITE_OPEN_TEMP_JOURNAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_DELETEONCLOSE;
    int opened_with = 0;
    cr_assert(eq(int, files->xOpen(files, NULL, file, flags, &opened_with), SQLITE_OK));
    cr_expect(eq(int, opened_with, flags));
    srand(1);
    for (int i = 0; i < 2000; i++) {
        const int at = rand() % (MOST - PIECE), amount = rand() % PIECE;
        if (i % 100 == 98) { /* no shorter than it is */
            cr_assert(eq(int, file->pMethods->xTruncate(file, size + at % 2), SQLITE_OK));
        } else if (i % 100 == 99) {
            cr_assert(eq(int, file->pMethods->xTruncate(file, at), SQLITE_OK));
            if (at < size) {
                memset(model + at, 0, (size_t)(MOST - at));
                size = at;
            }
        } else if (i % 2 == 0) {
            memset(piece, rand(), sizeof piece);
            memcpy(model + at, piece, (size_t)amount);
            cr_assert(eq(int, file->pMethods->xWrite(file, piece, amount, at), SQLITE_OK));
            size = at + amount > size ? at + amount : size;
        } else {
            const int code = file->pMethods->xRead(file, piece, amount, at);
            cr_assert(eq(int, code, at + amount <= size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ));
            cr_assert(eq(int, memcmp(piece, model + at, (size_t)amount), 0), "at %d", i);
        }
        cr_assert(eq(int, file->pMethods->xFileSize(file, &said), SQLITE_OK));
        cr_assert(eq(long, (long)said, (long)size));
    }
    cr_expect(eq(int, open_files(), before));
    file->pMethods->xClose(file);
    free(file);
    cr_expect(ne(str, (char *)sqlite3_vfs_find(NULL)->zName, KITH_FILES), "others' files are not ours");
}

Test(store, how_long_a_lock_is_waited_for_is_a_number_of_seconds)
{
    static const struct { const char *asked; int milliseconds; } rows[] = {
        { "0", 0 }, { "1", 1000 }, { "3600", 3600000 }, { "3601", 30000 }, { "-1", 30000 }, { "", 30000 },
        { "5s", 30000 }, { "x", 30000 }, { " 5", 30000 }, { "99999999999999999999", 30000 },
    };

    unsetenv("KITH_WAIT");
    cr_expect(eq(int, kith_store_patience(), 30000));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        setenv("KITH_WAIT", rows[i].asked, 1);
        cr_expect(eq(int, kith_store_patience(), rows[i].milliseconds), "%s", rows[i].asked);
    }
}

Test(store, a_hub_that_another_program_changes_is_locked)
{
    setenv("KITH_WAIT", "1", 1);
    kith_store *store = new_store();
    sqlite3 *db;

    cr_assert(eq(int, sqlite3_open(hub, &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK));
    cr_expect(eq(int, count_words(store), 0), "reading goes on");
    cr_expect(eq(int, kith_store_begin(store, &err), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "another program"))), "%s", err.message);
    sqlite3_close(db);
    begin(store);
    kith_store_close(store);
}

/* Another program that has begun to read, and reads for some seconds. */
static pid_t read_for(unsigned seconds)
{
    int ready[2];
    char byte = 0;

    cr_assert(eq(int, pipe(ready), 0));
    const pid_t reader = fork();
    if (reader == 0) {
        sqlite3 *db;
        if (sqlite3_open(hub, &db) == SQLITE_OK &&
            sqlite3_exec(db, "BEGIN; SELECT count(*) FROM word", NULL, NULL, NULL) == SQLITE_OK &&
            write(ready[1], &byte, 1) == 1)
            sleep(seconds);
        _exit(0);
    }
    cr_assert(eq(int, (int)read(ready[0], &byte, 1), 1));
    close(ready[0]);
    close(ready[1]);
    return reader;
}

Test(store, a_commit_waits_for_readers_longer_than_other_locks)
{
    setenv("KITH_WAIT", "1", 1);
    kith_store *store = new_store();
    const pid_t reader = read_for(3);

    begin(store);
    add_word(store, "missing");
    commit(store);
    waitpid(reader, NULL, 0);
    cr_expect(eq(int, count_words(store), 1));
    kith_store_close(store);
}

Test(store, a_hub_that_another_program_has_to_itself_does_not_open)
{
    sqlite3 *db;

    setenv("KITH_WAIT", "1", 1);
    kith_store_close(new_store());
    cr_assert(eq(int, sqlite3_open(hub, &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK));
    cr_expect(eq(int, try_to_open(NULL, KITH_READ_ONLY), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "another program"))), "%s", err.message);
    sqlite3_close(db);
    cr_expect(eq(int, try_to_open(NULL, KITH_READ_ONLY), KITH_OK));
}

Test(store, statements_can_do_no_more_than_read_and_write_rows)
{
    static const char *const forbidden[] = {
        "ATTACH 'other' AS other", "DROP TABLE word", "CREATE TABLE other (x)",
        "CREATE TEMP TRIGGER t AFTER INSERT ON word BEGIN SELECT 1; END", "PRAGMA journal_mode = OFF",
        "PRAGMA foreign_keys = OFF", "PRAGMA query_only = OFF", "ALTER TABLE word ADD COLUMN x",
        "VACUUM INTO 'other'"
    };
    kith_store *store = new_store();

    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
        cr_expect(ne(int, sqlite3_exec(store->db, forbidden[i], NULL, NULL, NULL), SQLITE_OK), "%s",
                  forbidden[i]);
    kith_store_close(store);
    store = opened(KITH_READ_ONLY);
    cr_expect(eq(int, sqlite3_exec(store->db, "INSERT INTO word (text) VALUES ('x')", NULL, NULL,
                                   NULL), SQLITE_AUTH));
    kith_store_close(store);
}

Test(store, names_that_sqlite_reads_otherwise_are_files)
{
    cr_assert(eq(int, chdir(folder), 0));
    free(hub);
    hub = strdup(":memory:");
    kith_store *store = new_store();
    begin(store);
    add_word(store, "missing");
    commit(store);
    kith_store_close(store);
    store = opened(KITH_READ_ONLY);
    cr_expect(eq(int, count_words(store), 1));
    kith_store_close(store);
}

Test(store, a_sound_hub_is_verified)
{
    kith_store *store = new_store();

    cr_assert(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    kith_store_close(NULL);
}

static kith_secret *passphrase(const char *text)
{
    kith_secret *secret;

    cr_assert(eq(int, kith_secret_from_passphrase(&secret, text, &err), KITH_OK));
    return secret;
}

static kith_secret *key_file(const char *name)
{
    char *path = path_in(folder, name);
    kith_secret *secret;

    cr_assert(eq(int, kith_key_file_create(path, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_secret_from_file(&secret, path, &err), KITH_OK), "%s", err.message);
    free(path);
    return secret;
}

#ifdef SQLITE_HAS_CODEC

static void new_encrypted_hub(const kith_secret *secret)
{
    kith_keyring *ring;
    kith_store *store;

    cr_assert(eq(int, kith_keyring_create(&ring, "ann", secret, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_store_create(hub, ring, &err), KITH_OK), "%s", err.message);
    kith_keyring_free(ring);
    cr_assert(eq(int, kith_store_open(&store, hub, secret, KITH_READ_WRITE, &err), KITH_OK), "%s",
              err.message);
    begin(store);
    add_word(store, "marker_of_a_word");
    add_long_words(store, 20);
    commit(store);
    kith_store_close(store);
}

Test(store, an_encrypted_hub_opens_with_its_key_and_names_the_user)
{
    kith_secret *secret = key_file("ann.key");
    kith_store *store;

    new_encrypted_hub(secret);
    cr_assert(eq(int, kith_store_open(&store, hub, secret, KITH_READ_ONLY, &err), KITH_OK), "%s",
              err.message);
    cr_expect(eq(str, (char *)kith_store_user(store), "ann"));
    cr_expect(eq(int, count_words(store), 21));
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    kith_secret_free(secret);
}

Test(store, an_encrypted_hub_does_not_open_without_its_key_or_its_keys_file)
{
    kith_secret *secret = key_file("ann.key"), *other = key_file("ben.key");
    char *keys = path_in(folder, "town.kith.keys");

    new_encrypted_hub(secret);
    expect_refused("is encrypted");
    cr_expect(eq(int, try_to_open(other, KITH_READ_ONLY), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "no key in it opens"))), "%s", err.message);
    unlink(keys);
    cr_expect(eq(int, try_to_open(secret, KITH_READ_ONLY), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "town.kith.keys"))), "%s", err.message);

    /* another hub's keys: the secret opens them, but not the file */
    kith_keyring *ring;
    cr_assert(eq(int, kith_keyring_create(&ring, "ann", secret, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_save(ring, hub, &err), KITH_OK));
    kith_keyring_free(ring);
    cr_expect(eq(int, try_to_open(secret, KITH_READ_ONLY), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "belongs to another key"))), "%s", err.message);
    free(keys);
    kith_secret_free(secret);
    kith_secret_free(other);
}

/* Reading is an entry, and there is no place for it. */
Test(store, an_encrypted_hub_without_its_log_is_not_read)
{
    kith_secret *secret = key_file("ann.key");
    char *log = path_in(folder, "town.kith.audit");
    const kith_audit_entry entry = { .act = KITH_AUDIT_CONSULTATION, .what = "show" };
    kith_store *store;

    new_encrypted_hub(secret);
    unlink(log);
    cr_assert(zero(int, symlink("nowhere/there", log)));
    cr_assert(eq(int, kith_store_open(&store, hub, secret, KITH_READ_ONLY, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, kith_audit_add(store, &entry, &err), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "the audit log cannot be written"))), "%s", err.message);
    kith_store_close(store);
    free(log);
    kith_secret_free(secret);
}

Test(store, an_encrypted_hub_shows_nothing_of_what_it_holds)
{
    kith_secret *secret = passphrase("three quiet herons");
    size_t size;

    new_encrypted_hub(secret);
    char *bytes = read_file(hub, &size);
    for (size_t i = 0; i + 6 < size; i++)
        cr_assert(memcmp(bytes + i, "marker", 6) != 0 && memcmp(bytes + i, "SQLite", 6) != 0 &&
                  memcmp(bytes + i, "CREATE", 6) != 0);
    free(bytes);
    kith_secret_free(secret);
}

Test(store, a_flipped_bit_on_any_page_is_noticed)
{
    kith_secret *secret = key_file("ann.key");
    kith_store *store;
    size_t size;

    new_encrypted_hub(secret);
    char *bytes = read_file(hub, &size);
    cr_assert(gt(sz, size, 20 * 4096));
    for (size_t page = 0; page < size / 4096; page++) {
        const size_t at = page * 4096 + (page * 97) % 4096;
        bytes[at] ^= 4;
        write_file(hub, bytes, size);
        kith_status status = kith_store_open(&store, hub, secret, KITH_READ_ONLY, &err);
        if (status == KITH_OK)
            status = kith_store_verify(store, &err);
        cr_expect(eq(int, status, KITH_HUB), "page %zu: %s", page, err.message);
        kith_store_close(store);
        bytes[at] ^= 4;
    }
    free(bytes);
    kith_secret_free(secret);
}

Test(store, reading_a_damaged_page_fails_before_anything_is_shown)
{
    kith_secret *secret = key_file("ann.key");
    kith_store *store;
    kith_rows *rows;
    size_t size;
    int refused = 0;

    new_encrypted_hub(secret);
    char *bytes = read_file(hub, &size);
    for (size_t page = 1; page < size / 4096; page++) {
        bytes[page * 4096 + 2000] ^= 1;
        write_file(hub, bytes, size);
        kith_status status = kith_store_open(&store, hub, secret, KITH_READ_ONLY, &err);
        if (status == KITH_OK)
            status = kith_store_read(&rows, store, &everything, KITH_QUERY_WORD_ALL, &err);
        if (status == KITH_OK) {
            while (kith_rows_next(rows))
                ;
            status = kith_rows_end(rows, &err);
        }
        cr_expect(status == KITH_OK || status == KITH_HUB, "page %zu: %s", page, err.message);
        refused += status == KITH_HUB;
        kith_store_close(store);
        bytes[page * 4096 + 2000] ^= 1;
    }
    cr_expect(ge(int, refused, 20 / 4), "the words fill at least five pages");
    free(bytes);
    kith_secret_free(secret);
}

Test(store, an_encrypted_hub_cut_short_is_refused)
{
    kith_secret *secret = key_file("ann.key");
    size_t size;

    new_encrypted_hub(secret);
    char *bytes = read_file(hub, &size);
    write_file(hub, bytes, size / 2 / 4096 * 4096);
    cr_expect(eq(int, try_to_open(secret, KITH_READ_ONLY), KITH_HUB), "%s", err.message);
    write_file(hub, bytes, 1000);
    cr_expect(eq(int, try_to_open(secret, KITH_READ_ONLY), KITH_HUB), "%s", err.message);
    free(bytes);
    kith_secret_free(secret);
}

static unsigned char window[1 << 20]; /* wiped, so that a search does not find the one before */

/* Counts where the bytes, complemented, stand in the window; not the window's own picture. */
static int count_in_window(unsigned long begins, size_t held, const unsigned char *complement,
                           size_t size)
{
    const unsigned char *at = window, *end = window + held;
    int found = 0;

    while ((size_t)(end - at) >= size &&
           (at = memchr(at, complement[0] ^ 0xFF, (size_t)(end - at) - size + 1)) != NULL) {
        const unsigned long place = begins + (unsigned long)(at - window);
        size_t same = 1;
        while (same < size && (at[same] ^ complement[same]) == 0xFF)
            same++;
        found += same == size && (place < (unsigned long)window ||
                                  place >= (unsigned long)(window + sizeof window));
        at++;
    }
    return found;
}

/* The same in all of this program's memory that can be written. */
static int count_in_memory(const unsigned char *complement, size_t size)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    const int memory = open("/proc/self/mem", O_RDONLY);
    unsigned long from, to;
    char line[512], mode[5];
    int found = 0;

    cr_assert(maps != NULL && memory >= 0);
    while (fgets(line, sizeof line, maps) != NULL) {
        if (sscanf(line, "%lx-%lx %4s", &from, &to, mode) != 3 || strncmp(mode, "rw", 2) != 0 ||
            to - from > 256ul << 20)
            continue; /* the sanitizers' own tables are larger */
        for (unsigned long at = from; at < to; at += sizeof window - size) {
            const ssize_t held = pread(memory, window,
                                       to - at < sizeof window ? to - at : sizeof window, (off_t)at);
            if (held > 0)
                found += count_in_window(at, (size_t)held, complement, size);
        }
    }
    memset(window, 0, sizeof window);
    fclose(maps);
    close(memory);
    return found;
}

Test(store, the_key_is_gone_from_memory_when_the_hub_is_closed)
{
    kith_secret *secret = passphrase("three quiet herons");
    unsigned char complement[32], spelled[64];
    kith_keyring *ring;
    kith_store *store;

    new_encrypted_hub(secret);
    cr_assert(eq(int, kith_keyring_open(&ring, hub, secret, &err), KITH_OK));
    for (size_t i = 0; i < sizeof complement; i++) {
        const unsigned char byte = kith_keyring_data_key(ring)[i];
        complement[i] = (unsigned char)~byte;
        spelled[2 * i] = (unsigned char)~"0123456789abcdef"[byte >> 4];
        spelled[2 * i + 1] = (unsigned char)~"0123456789abcdef"[byte & 15];
    }
    cr_expect(ge(int, count_in_memory(complement, sizeof complement), 1), "the search finds it");
    kith_keyring_free(ring);
    cr_assert(eq(int, kith_store_open(&store, hub, secret, KITH_READ_ONLY, &err), KITH_OK));
    cr_expect(eq(int, count_words(store), 21));
    kith_store_close(store);
    kith_secret_free(secret);
    cr_expect(eq(int, count_in_memory(complement, sizeof complement), 0));
    cr_expect(eq(int, count_in_memory(spelled, sizeof spelled), 0));
}

Test(store, a_full_disk_leaves_neither_hub_nor_keys)
{
    kith_secret *secret = key_file("ann.key");
    char *keys = path_in(folder, "town.kith.keys");
    kith_keyring *ring;
    struct rlimit limit;

    cr_assert(eq(int, kith_keyring_create(&ring, "ann", secret, &err), KITH_OK));
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = 20000;
    setrlimit(RLIMIT_FSIZE, &limit);
    cr_expect(eq(int, kith_store_create(hub, ring, &err), KITH_IO), "%s", err.message);
    cr_expect(ne(int, access(hub, F_OK), 0));
    cr_expect(ne(int, access(keys, F_OK), 0));
    kith_keyring_free(ring);
    kith_secret_free(secret);
    free(keys);
}

#else

Test(store, without_encryption_a_key_is_refused_and_nothing_made)
{
    kith_secret *secret = passphrase("three quiet herons");
    kith_keyring *ring;

    cr_assert(eq(int, kith_keyring_create(&ring, "ann", secret, &err), KITH_OK));
    cr_expect(eq(int, kith_store_create(hub, ring, &err), KITH_POLICY));
    cr_expect(not(zero(ptr, strstr(err.message, "without encryption"))), "%s", err.message);
    cr_expect(ne(int, access(hub, F_OK), 0));
    kith_keyring_free(ring);
    kith_secret_free(secret);
}

#endif

Test(store, an_open_hub_does_not_pass_for_an_encrypted_one)
{
    kith_secret *secret = key_file("ann.key"), *words = passphrase("three quiet herons");

    kith_store_close(new_store());
    cr_expect(eq(int, try_to_open(secret, KITH_READ_ONLY), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "is an open hub"))), "%s", err.message);
    cr_expect(eq(int, try_to_open(words, KITH_READ_WRITE), KITH_HUB));
    kith_secret_free(secret);
    kith_secret_free(words);
}
