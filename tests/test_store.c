/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_store.c: the hub file keeps what it was given, whole, and for those with a key. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

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

Test(store, what_is_committed_is_read_back)
{
    kith_store *store = new_store();
    kith_rows *rows;

    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    add_word(store, "missing");
    add_word(store, "café 'quoted'");
    cr_assert(eq(int, kith_store_commit(store, &err), KITH_OK));
    kith_store_close(store);

    store = opened(KITH_READ_ONLY);
    cr_assert(eq(int, kith_store_read(&rows, store, &everything, KITH_QUERY_WORD_ALL, &err),
                 KITH_OK));
    cr_assert(kith_rows_next(rows));
    cr_assert(eq(str, (char *)kith_rows_text(rows, 1), "missing"));
    cr_assert(kith_rows_next(rows));
    cr_assert(eq(str, (char *)kith_rows_text(rows, 1), "café 'quoted'"));
    cr_assert(not(kith_rows_next(rows)));
    cr_assert(eq(int, kith_rows_end(rows, &err), KITH_OK));
    kith_store_close(store);
}

Test(store, what_is_rolled_back_was_never_there)
{
    kith_store *store = new_store();

    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    add_word(store, "missing");
    kith_store_rollback(store);
    cr_assert(eq(int, count_words(store), 0));
    kith_store_close(store);
}

Test(store, a_sound_hub_is_verified)
{
    kith_store *store = new_store();

    cr_assert(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
}
