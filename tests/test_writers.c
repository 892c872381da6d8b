/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two users who write at once, each through a connection and a process of their own.
 * KITH_WRITERS_CHANGES=50000 makes it a hundred thousand changes. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hub.h"
#include "kith/audit.h"
#include "kith/panel.h"

enum { WRITERS = 2, EACH = 100 };

static kith_error err;

static void make_hub(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    kith_store_close(open_hub()); /* with its log */
}

TestSuite(writers, .init = make_hub, .fini = end_hub);

static long changes_each(void)
{
    const char *asked = getenv("KITH_WRITERS_CHANGES");

    return asked != NULL ? atol(asked) : EACH;
}

/* Who waits for half a minute while the other writes is told so, and tries again. */
static bool waited_too_long(void)
{
    return strstr(err.message, "another program is using") != NULL;
}

/* Exit code 0 when every change was acknowledged. */
static int write_changes(long count)
{
    char *words[] = { (char *)"none" };
    kith_view view = view_of("2022-12-31", 365);
    kith_panel panel;
    kith_store *store;

    view.user = "chair";
    if (kith_panel_read(&panel, words, 1, &err) != KITH_OK)
        return 1;
    while (kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err) != KITH_OK)
        if (!waited_too_long()) {
            fprintf(stderr, "at the start: %s\n", err.message);
            return 1;
        }
    for (long done = 0; done < count;) {
        const kith_status status =
            kith_panel_record(store, &view, "P1", &panel, view.as_of, "agreed", 1656633600, &err);
        done += status == KITH_OK;
        if (status != KITH_OK && !waited_too_long()) {
            fprintf(stderr, "change %ld: %s\n", done, err.message);
            return 1;
        }
    }
    kith_store_close(store);
    return 0;
}

static int64_t rows_of(const char *name)
{
    kith_store *store = open_hub();
    kith_table table = { 0 };
    int64_t rows = -1;

    cr_assert(eq(int, kith_store_fingerprint(&table, store, &err), KITH_OK), "%s", err.message);
    for (size_t i = 0; i < table.cell_count; i += 3)
        if (strcmp(table.cells[i].text, name) == 0)
            rows = table.cells[i + 1].integer;
    kith_table_free(&table);
    kith_store_close(store);
    return rows;
}

Test(writers, no_change_of_two_who_write_at_once_is_lost)
{
    const long count = changes_each();
    kith_view view = view_of("2022-12-31", 365);
    const int64_t entries = rows_of("entry");
    kith_table faults;

    for (int i = 0; i < WRITERS; i++)
        if (fork() == 0)
            _exit(write_changes(count));
    for (int i = 0; i < WRITERS; i++) {
        int how = 0;
        cr_assert(gt(int, wait(&how), 0));
        cr_expect(eq(int, how, 0), "a writer did not end well");
    }
    cr_expect(eq(i64, rows_of("panel"), WRITERS * count));
    cr_expect(eq(i64, rows_of("entry"), entries + WRITERS * count), "one entry a change");
    kith_store *store = open_hub();
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_audit_verify(&faults, store, &view, NULL, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(sz, kith_table_rows(&faults), 0));
    kith_table_free(&faults);
    kith_store_close(store);
}
