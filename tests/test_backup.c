/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a restore's way: changes under way, interrupted ones, links. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hub.h"
#include "kith/backup.h"
#include "support.h"

static kith_error err;
static char *copy;

static void make_hub(void)
{
    cr_assert(sodium_init() >= 0);
    begin_hub();
    add_person("P1", "2008-01-01");
    copy = path_in(hub_folder(), "copy.kith");
}

static void drop_hub(void)
{
    free(copy);
    end_hub();
}

TestSuite(backup, .init = make_hub, .fini = drop_hub);

static kith_store *opened(const char *path, kith_access access)
{
    kith_store *store;

    cr_assert(eq(int, kith_store_open(&store, path, NULL, access, &err), KITH_OK), "%s", err.message);
    return store;
}

static void back_up(void)
{
    kith_store *store = opened(hub_path(), KITH_READ_ONLY);
    kith_table table;

    cr_assert(eq(int, kith_backup_make(&table, store, NULL, copy, &err), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    kith_store_close(store);
}

static kith_status restore(const char *to)
{
    kith_store *store = opened(copy, KITH_READ_ONLY);
    kith_table table;
    const kith_status status = kith_backup_restore(&table, store, NULL, to, true, &err);

    kith_table_free(&table);
    kith_store_close(store);
    return status;
}

static void expect_sound(const char *path)
{
    kith_store *store = opened(path, KITH_READ_ONLY);

    cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
}

/* A process that dies in the middle of a large change: pages are written, and the journal is left. */
static void die_in_a_change(void)
{
    const pid_t child = fork();

    if (child == 0) {
        sqlite3 *db;
        sqlite3_open(hub_path(), &db);
        sqlite3_exec(db, "PRAGMA cache_size = 4; BEGIN; WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "
                         "SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO word (text) "
                         "SELECT 'word ' || i FROM n", NULL, NULL, NULL);
        _exit(0);
    }
    cr_assert(eq(int, waitpid(child, NULL, 0), child));
}

static bool is_there(const char *ending)
{
    char path[4096];
    struct stat info;

    snprintf(path, sizeof path, "%s%s", hub_path(), ending);
    return stat(path, &info) == 0;
}

/* The hub that was set aside. */
static const char *aside(void)
{
    static char path[4096];
    char command[4200];

    snprintf(command, sizeof command, "ls %s.before-*Z", hub_path());
    FILE *list = popen(command, "r");
    cr_assert(ne(ptr, fgets(path, sizeof path, list), NULL));
    pclose(list);
    path[strcspn(path, "\n")] = '\0';
    return path;
}

Test(backup, an_interrupted_change_is_undone_in_its_own_hub)
{
    back_up();
    for (int i = 0; i < 500; i++) { /* the two differ in their first pages too */
        char id[16];
        snprintf(id, sizeof id, "Q%d", i);
        add_person(id, "");
    }
    die_in_a_change();
    cr_assert(is_there("-journal"), "it was in the middle");
    cr_assert(eq(int, restore(hub_path()), KITH_OK), "%s", err.message);
    cr_expect(not(is_there("-journal")));
    expect_sound(hub_path());
    expect_sound(aside());
}

Test(backup, a_hub_that_is_being_changed_is_not_taken_away)
{
    setenv("KITH_WAIT", "1", 1);
    kith_store *store = (back_up(), opened(hub_path(), KITH_READ_WRITE));

    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    cr_expect(eq(int, restore(hub_path()), KITH_HUB));
    cr_expect(ne(ptr, strstr(err.message, "another program is using the hub"), NULL), "%s", err.message);
    cr_expect(eq(int, kith_store_commit(store, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    cr_expect(eq(int, restore(hub_path()), KITH_OK), "%s", err.message);
    expect_sound(hub_path());
}

Test(backup, a_damaged_hub_is_set_aside_with_its_journal)
{
    back_up();
    die_in_a_change();
    FILE *file = fopen(hub_path(), "r+");
    fwrite("no database at all, by a fault", 1, 30, file);
    fclose(file);
    cr_assert(eq(int, restore(hub_path()), KITH_OK), "%s", err.message);
    cr_expect(not(is_there("-journal")));
    expect_sound(hub_path());
}

static char *bytes_of(const char *path, size_t *size)
{
    char *bytes = read_file(path, size);

    cr_assert(ne(ptr, bytes, NULL));
    return bytes;
}

/* It is copied piece by piece, of a mebibyte each. */
Test(backup, a_hub_of_several_mebibytes_is_copied_byte_for_byte)
{
    size_t size, copied;

    run_sql("INSERT INTO word (text) SELECT printf('%.*c', 2500000, 'x')");
    back_up();
    char *bytes = bytes_of(hub_path(), &size), *copy_bytes = bytes_of(copy, &copied);
    cr_expect(gt(sz, size, 2500000));
    cr_assert(eq(sz, copied, size));
    cr_expect(zero(int, memcmp(bytes, copy_bytes, size)));
    free(bytes);
    free(copy_bytes);
}

/* It cannot be made here, so there is none to copy. */
Test(backup, a_hub_is_not_copied_without_its_log)
{
    char log[4096];
    kith_table table = { 0 };

    snprintf(log, sizeof log, "%s.audit", hub_path());
    cr_assert(zero(int, symlink("nowhere/there", log)));
    kith_store *store = opened(hub_path(), KITH_READ_ONLY);
    cr_expect(eq(int, kith_store_fingerprint(&table, store, &err), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    cr_expect(eq(int, kith_backup_make(&table, store, NULL, copy, &err), KITH_HUB));
    cr_expect(ne(ptr, strstr(err.message, "a hub is copied with its log"), NULL), "%s", err.message);
    kith_table_free(&table);
    kith_store_close(store);
}

Test(backup, a_copy_where_nothing_can_be_written_is_refused)
{
    kith_store *store = opened(hub_path(), KITH_READ_ONLY);
    kith_table table;

    cr_expect(eq(int, kith_backup_make(&table, store, NULL, "/proc/nowhere/copy.kith", &err), KITH_IO));
    cr_expect(ne(ptr, strstr(err.message, "cannot be written"), NULL), "%s", err.message);
    kith_table_free(&table);
    kith_store_close(store);
}

Test(backup, a_link_is_no_hub_as_keys_and_log_are_beside_the_hub_itself)
{
    char *name = path_in(hub_folder(), "name.kith");
    kith_store *store;

    back_up();
    cr_assert(eq(int, symlink(hub_path(), name), 0));
    cr_expect(eq(int, kith_store_open(&store, name, NULL, KITH_READ_ONLY, &err), KITH_HUB));
    cr_expect(eq(int, restore(name), KITH_POLICY), "%s", err.message);
    unlink(name);
    free(name);
}
