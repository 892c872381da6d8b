/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_store_memory.c: every allocation of SQLite fails once, and each time the store says
 * so, leaks nothing and leaves the hub as it was. */
#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "kith/store.h"
#include "support.h"

static const kith_view everything = { .user = "open", .purpose = "", .audience = "case-team",
                                      .all_dates = true };
static sqlite3_mem_methods given;
static long allowed = -1; /* allocations left; negative: all */
static long live;
static kith_error err;

static bool spend(void)
{
    if (allowed == 0)
        return false;
    allowed -= allowed > 0;
    return true;
}

static void *sparing_malloc(int size)
{
    void *block = spend() ? given.xMalloc(size) : NULL;

    live += block != NULL;
    return block;
}

static void *sparing_realloc(void *block, int size)
{
    return spend() ? given.xRealloc(block, size) : NULL;
}

static void counting_free(void *block)
{
    live -= block != NULL;
    given.xFree(block);
}

static void spare_memory(void)
{
    cr_assert_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &given), SQLITE_OK);
    sqlite3_mem_methods sparing = given;
    sparing.xMalloc = sparing_malloc;
    sparing.xRealloc = sparing_realloc;
    sparing.xFree = counting_free;
    cr_assert_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &sparing), SQLITE_OK);
}

/* As a large load does it, whose indexes are made anew. */
static kith_status add_word(kith_store *store, const char *word)
{
    kith_change *change;
    kith_status status = kith_store_begin_load(store, UINT64_MAX, &err);

    if (status == KITH_OK)
        status = kith_store_change(&change, store, KITH_QUERY_WORD_ADD, &err);
    if (status == KITH_OK) {
        kith_change_text(change, 1, word);
        status = kith_change_run(change, NULL, &err);
    }
    if (status == KITH_OK)
        return kith_store_commit(store, &err);
    kith_store_rollback(store);
    return status;
}

static kith_status count_words(long *count, kith_store *store)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, &everything, KITH_QUERY_WORD_ALL, &err);

    *count = 0;
    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows))
        *count += kith_rows_text(rows, 1) != NULL;
    return kith_rows_end(rows, &err);
}

static kith_status use_hub(const char *path, const kith_secret *secret)
{
    kith_store *store;
    long count;
    kith_status status = kith_store_open(&store, path, secret, KITH_READ_WRITE, &err);

    if (status == KITH_OK)
        status = add_word(store, "friend");
    if (status == KITH_OK)
        status = count_words(&count, store);
    kith_store_close(store);
    return status;
}

/* What SQLite would write while it sorts. */
Test(store_memory, what_was_set_aside_is_given_back_when_it_is_closed)
{
    char *folder = make_folder(), *path = path_in(folder, "town.kith");
    static const char words[1 << 16] = "set aside";

    spare_memory();
    cr_assert_eq(kith_store_create(path, NULL, &err), KITH_OK, "%s", err.message);
    sqlite3_vfs *files = sqlite3_vfs_find("kith");
    cr_assert_not_null(files);
    sqlite3_file *file = malloc((size_t)files->szOsFile);
    const long before = live;
    cr_assert_eq(files->xOpen(files, NULL, file, SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL),
                 SQLITE_OK);
    for (int i = 0; i < 20; i++)
        cr_assert_eq(file->pMethods->xWrite(file, words, sizeof words, (sqlite3_int64)i * (1 << 16)), SQLITE_OK);
    cr_expect_gt(live, before);
    cr_assert_eq(file->pMethods->xTruncate(file, 1000), SQLITE_OK);
    for (allowed = 0; allowed < 2; allowed++) { /* no list of pieces more; no piece more */
        const long again = allowed;
        cr_expect_eq(file->pMethods->xWrite(file, words, sizeof words, 1 << 20), SQLITE_IOERR_NOMEM);
        allowed = again;
    }
    allowed = -1;
    file->pMethods->xClose(file);
    cr_expect_eq(live, before);
    free(file);
    free(path);
    drop_folder(folder);
}

Test(store_memory, where_sqlite_cannot_begin_for_want_of_memory_that_is_said)
{
    char *folder = make_folder(), *path = path_in(folder, "town.kith");
    kith_store *store;

    spare_memory();
    allowed = 0;
    cr_expect_eq(kith_store_create(path, NULL, &err), KITH_NO_MEMORY, "%s", err.message);
    cr_expect_eq(kith_store_open_memory(&store, false, &err), KITH_NO_MEMORY, "%s", err.message);
    allowed = -1;
    free(path);
    drop_folder(folder);
}

/* Fails the first allocation, then the second, until all that the work needs succeed. */
static void fail_each(const char *path, const kith_secret *secret)
{
    kith_status status = KITH_NO_MEMORY;
    kith_store *store;
    long failures = 0, count;

    cr_assert_eq(use_hub(path, secret), KITH_OK, "%s", err.message); /* what SQLite keeps for good */
    const long before = live;
    for (; status != KITH_OK; failures = next_allocation(failures)) {
        allowed = failures;
        status = use_hub(path, secret);
        allowed = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "allocation %ld: %s", failures,
                  err.message);
        cr_assert_eq(live, before, "allocation %ld leaks", failures);
    }
    cr_expect_gt(failures, 50);
    cr_assert_eq(kith_store_open(&store, path, secret, KITH_READ_ONLY, &err), KITH_OK);
    cr_expect_eq(count_words(&count, store), KITH_OK);
    cr_expect_eq(count, 1);
    cr_expect_eq(kith_store_verify(store, &err), KITH_OK);
    kith_store_close(store);
}

Test(store_memory, an_allocation_that_fails_is_said_and_leaves_the_hub_as_it_was)
{
    char *folder = make_folder(), *path = path_in(folder, "town.kith");

    spare_memory();
    cr_assert_eq(kith_store_create(path, NULL, &err), KITH_OK, "%s", err.message);
    fail_each(path, NULL);
    free(path);
    drop_folder(folder);
}

#ifdef SQLITE_HAS_CODEC
Test(store_memory, so_it_is_with_an_encrypted_hub)
{
    char *folder = make_folder(), *path = path_in(folder, "town.kith");
    char *key = path_in(folder, "ann.key");
    kith_secret *secret;
    kith_keyring *ring;

    spare_memory();
    cr_assert_eq(kith_key_file_create(key, &err), KITH_OK);
    cr_assert_eq(kith_secret_from_file(&secret, key, &err), KITH_OK);
    cr_assert_eq(kith_keyring_create(&ring, "ann", secret, &err), KITH_OK);
    cr_assert_eq(kith_store_create(path, ring, &err), KITH_OK, "%s", err.message);
    fail_each(path, secret);
    kith_keyring_free(ring);
    kith_secret_free(secret);
    free(key);
    free(path);
    drop_folder(folder);
}
#endif
