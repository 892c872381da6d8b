/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_turns.c: those who use a hub at once wait for each other, and never two for one another. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../engine/store_private.h"
#include "hub.h"
#include "kith/audit.h"

static kith_error err;

static void make_hub(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    kith_store_close(open_hub()); /* with its log */
}

TestSuite(turns, .init = make_hub, .fini = end_hub);

static int words_seen(kith_store *store)
{
    const kith_view view = view_of("2022-12-31", 0);
    kith_rows *rows;
    int count = 0;

    cr_assert(eq(int, kith_store_read(&rows, store, &view, KITH_QUERY_WORD_ALL, &err), KITH_OK), "%s", err.message);
    while (kith_rows_next(rows))
        count++;
    cr_assert(eq(int, kith_rows_end(rows, &err), KITH_OK), "%s", err.message);
    return count;
}

/* Another user's change, which waits for readers before its commit. */
static pid_t change_by_another(void)
{
    const pid_t writer = fork();

    if (writer == 0) {
        kith_store *store;
        kith_change *add;
        bool well = kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err) == KITH_OK &&
                    kith_store_begin(store, &err) == KITH_OK &&
                    kith_store_change(&add, store, KITH_QUERY_WORD_ADD, &err) == KITH_OK;
        if (well) {
            kith_change_text(add, 1, "missing");
            well = kith_change_run(add, NULL, &err) == KITH_OK && kith_store_commit(store, &err) == KITH_OK;
            kith_store_close(store);
        }
        _exit(well ? 0 : 1);
    }
    return writer;
}

/* Until nobody new may read: the change has all that it needs but the end of those who do. */
static void wait_for_its_commit(void)
{
    int code = SQLITE_OK;

    for (int i = 0; i < 2000 && code != SQLITE_BUSY; i++) {
        sqlite3 *db;
        usleep(5000);
        cr_assert(eq(int, sqlite3_open(hub_path(), &db), SQLITE_OK));
        code = sqlite3_exec(db, "SELECT count(*) FROM word", NULL, NULL, NULL);
        sqlite3_close(db);
    }
    cr_assert(eq(int, code, SQLITE_BUSY), "the change has come to its commit");
}

/* Whoever reads through bounds reads one state of the hub until the end; a disclosure is entered in the log
 * before that, and the log is the change's by then. */
Test(turns, an_entry_of_who_reads_does_not_wait_for_a_change_that_waits_for_them)
{
    const kith_bounds bounds = { .limits = { .records = ~0U, .handling = ~0U, .every_agency = true, .agencies = "" },
                                 .cases = KITH_CASES_ALL };
    const kith_audit_entry entry = { .act = KITH_AUDIT_DISCLOSURE, .what = "map", .to = "school" };
    kith_store *store;
    int how = 1;

    setenv("KITH_WAIT", "1", 1);
    store = open_hub();
    cr_assert(eq(int, kith_store_bound(store, &bounds, &err), KITH_OK));
    cr_expect(eq(int, words_seen(store), 0));
    const pid_t writer = change_by_another();
    wait_for_its_commit();
    cr_expect(eq(int, kith_audit_add(store, &entry, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, waitpid(writer, &how, 0), writer));
    cr_expect(eq(int, how, 0), "the change is made");
    cr_expect(eq(int, words_seen(store), 1), "and what is read after it is of after it");
    kith_store_close(store);
}

Test(turns, a_lock_is_waited_for_as_long_as_is_said)
{
    static const struct { const char *said; int milliseconds; } all[] = {
        { "0", 0 }, { "7", 7000 }, { "3600", 3600000 }, { "3601", KITH_BUSY_MS }, { "-1", KITH_BUSY_MS },
        { "", KITH_BUSY_MS }, { "5s", KITH_BUSY_MS }, { " 5", KITH_BUSY_MS }, { "99999999999999999999", KITH_BUSY_MS },
    };

    unsetenv("KITH_WAIT");
    cr_expect(eq(int, kith_store_patience(), KITH_BUSY_MS));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        setenv("KITH_WAIT", all[i].said, 1);
        cr_expect(eq(int, kith_store_patience(), all[i].milliseconds), "\"%s\"", all[i].said);
    }
}
