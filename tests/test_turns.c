/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_turns.c: those who use a hub at once wait for each other, and never two for one another. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
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

/* Another user's change, which waits for readers before its commit. It begins when *go is written to; its
 * process is made before the hub is opened in this one, as SQLite's locks are a process's own. */
static pid_t change_by_another(int *go)
{
    int ends[2];
    char byte = 0;

    cr_assert(eq(int, pipe(ends), 0));
    const pid_t writer = fork();
    if (writer == 0) {
        kith_store *store;
        kith_change *add;
        bool well = read(ends[0], &byte, 1) == 1 && kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err) == KITH_OK &&
                    kith_store_begin(store, &err) == KITH_OK &&
                    kith_store_change(&add, store, KITH_QUERY_WORD_ADD, &err) == KITH_OK;
        if (well) {
            kith_change_text(add, 1, "missing");
            well = kith_change_run(add, NULL, &err) == KITH_OK && kith_store_commit(store, &err) == KITH_OK;
            kith_store_close(store);
        }
        _exit(well ? 0 : 1);
    }
    close(ends[0]);
    *go = ends[1];
    return writer;
}

/* Until nobody new may read: the change has all that it needs but the end of those who do. The file was opened
 * before the hub, and is closed after it: closing it would let go of this process's locks. */
static void wait_for_its_commit(int file, pid_t writer)
{
    enum { PENDING = 0x40000000 }; /* the byte that SQLite locks then */
    struct flock lock = { .l_type = F_UNLCK };

    while (lock.l_type == F_UNLCK && waitpid(writer, NULL, WNOHANG) == 0) {
        nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
        lock = (struct flock){ .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = PENDING, .l_len = 1 };
        cr_assert(eq(int, fcntl(file, F_GETLK, &lock), 0));
    }
    cr_assert(ne(int, lock.l_type, F_UNLCK), "the change has come to its commit");
}

/* Whoever reads through bounds reads one state of the hub until the end; a disclosure is entered in the log
 * before that, and the log is the change's by then. */
Test(turns, an_entry_of_who_reads_does_not_wait_for_a_change_that_waits_for_them)
{
    const kith_bounds bounds = { .limits = { .records = ~0U, .handling = ~0U, .every_agency = true, .agencies = "" },
                                 .cases = KITH_CASES_ALL };
    const kith_audit_entry entry = { .act = KITH_AUDIT_DISCLOSURE, .what = "map", .to = "school" };
    kith_store *store;
    int how = 1, go = -1;

    setenv("KITH_WAIT", "1", 1);
    const pid_t writer = change_by_another(&go);
    const int file = open(hub_path(), O_RDONLY);
    store = open_hub();
    cr_assert(eq(int, kith_store_bound(store, &bounds, &err), KITH_OK));
    cr_expect(eq(int, words_seen(store), 0));
    cr_assert(eq(int, (int)write(go, "", 1), 1));
    close(go);
    wait_for_its_commit(file, writer);
    cr_expect(eq(int, kith_audit_add(store, &entry, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, waitpid(writer, &how, 0), writer));
    cr_expect(eq(int, how, 0), "the change is made");
    cr_expect(eq(int, words_seen(store), 0), "reading goes on: of words, those of what may be seen");
    kith_store_close(store);
    close(file);
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
