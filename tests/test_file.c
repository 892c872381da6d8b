/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_file.c: files are whole or not there. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kith/file.h"
#include "support.h"

static char *folder, *path;
static kith_error err;

static void make_place(void)
{
    folder = make_folder();
    path = path_in(folder, "list.csv");
}

static void drop_place(void)
{
    free(path);
    drop_folder(folder);
}

TestSuite(file, .init = make_place, .fini = drop_place);

static void expect_holds(const char *text)
{
    char *found = read_file(path, NULL);

    cr_expect(eq(str, found, (char *)text));
    free(found);
}

/* The folder holds nothing, as only an empty one can be removed. */
static void expect_empty_folder(void)
{
    cr_expect(eq(int, rmdir(folder), 0));
    mkdir(folder, 0700);
}

static void allow_bytes(rlim_t most)
{
    struct rlimit limit;

    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = most;
    setrlimit(RLIMIT_FSIZE, &limit);
}

Test(file, a_new_file_is_private_and_is_never_overwritten)
{
    struct stat info;

    cr_assert(eq(int, kith_file_create(path, "one", 3, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, stat(path, &info), 0));
    cr_expect(eq(int, (int)(info.st_mode & 0777), 0600));
    cr_expect(eq(int, kith_file_create(path, "two", 3, &err), KITH_POLICY));
    cr_expect(not(zero(ptr, strstr(err.message, path))));
    expect_holds("one");
}

Test(file, a_replaced_file_holds_the_new_bytes_only)
{
    cr_assert(eq(int, kith_file_replace(path, "the first", 9, &err), KITH_OK), "%s", err.message);
    expect_holds("the first");
    cr_assert(eq(int, kith_file_replace(path, "then", 4, &err), KITH_OK), "%s", err.message);
    expect_holds("then");
    cr_assert(eq(int, kith_file_replace(path, "", 0, &err), KITH_OK), "%s", err.message);
    expect_holds("");
    unlink(path);
    expect_empty_folder();
}

Test(file, a_file_that_does_not_fit_leaves_the_old_one_and_nothing_else)
{
    char much[1000] = "";

    cr_assert(eq(int, kith_file_replace(path, "old", 3, &err), KITH_OK));
    allow_bytes(100);
    cr_expect(eq(int, kith_file_replace(path, much, sizeof much, &err), KITH_IO));
    cr_expect(not(zero(ptr, strstr(err.message, path))), "%s", err.message);
    expect_holds("old");
    unlink(path);
    expect_empty_folder();
    cr_expect(eq(int, kith_file_create(path, much, sizeof much, &err), KITH_IO));
    expect_empty_folder();
}

Test(file, a_folder_that_is_missing_is_said)
{
    char *deep = path_in(folder, "absent/list.csv");

    cr_expect(eq(int, kith_file_create(deep, "one", 3, &err), KITH_IO));
    cr_expect(eq(int, kith_file_replace(deep, "one", 3, &err), KITH_IO));
    cr_expect(not(zero(ptr, strstr(err.message, deep))), "%s", err.message);
    cr_expect(not(kith_file_sync_folder(deep)));
    free(deep);
}

Test(file, a_name_without_a_folder_is_of_the_working_one)
{
    cr_assert(eq(int, chdir(folder), 0));
    cr_expect(eq(int, kith_file_replace("list.csv", "here", 4, &err), KITH_OK), "%s", err.message);
    expect_holds("here");
}
