/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kith/folder.h"
#include "support.h"

static kith_error err;
static char *root;

static void make(void)
{
    root = make_folder();
}

static void drop(void)
{
    drop_folder(root);
}

TestSuite(folder, .init = make, .fini = drop);

/* root/name; the last four stay valid. */
static const char *in_root(const char *name)
{
    static char paths[4][512];
    static int at;

    at = (at + 1) % 4;
    snprintf(paths[at], sizeof paths[at], "%s/%s", root, name);
    return paths[at];
}

static bool there(const char *name)
{
    struct stat info;

    return lstat(in_root(name), &info) == 0;
}

Test(folder, missing_parents_are_made_and_a_file_is_no_folder)
{
    cr_assert(eq(int, kith_folder_make(in_root("a/b/c"), &err), KITH_OK));
    cr_assert(eq(int, kith_folder_make(in_root("a/b/c"), &err), KITH_OK));
    cr_expect(there("a/b/c"));
    write_file(in_root("f"), "x", 1);
    cr_expect(eq(int, kith_folder_make(in_root("f"), &err), KITH_IO));
    cr_expect(eq(int, kith_folder_make(in_root("f/g"), &err), KITH_IO));
    cr_expect(eq(int, kith_folder_make("", &err), KITH_IO));
}

Test(folder, removing_takes_all_and_follows_no_link)
{
    cr_assert(eq(int, kith_folder_make(in_root("a/b"), &err), KITH_OK));
    cr_assert(eq(int, kith_folder_make(in_root("kept"), &err), KITH_OK));
    write_file(in_root("a/b/f"), "x", 1);
    write_file(in_root("kept/f"), "x", 1);
    cr_assert(eq(int, symlink(in_root("kept"), in_root("a/link")), 0));
    cr_assert(eq(int, kith_folder_remove(in_root("a"), &err), KITH_OK), "%s", err.message);
    cr_expect(not(there("a")));
    cr_expect(there("kept/f"));
    cr_expect(eq(int, kith_folder_remove(in_root("a"), &err), KITH_OK), "what is not there is removed");
    cr_assert(eq(int, symlink(in_root("kept"), in_root("link")), 0));
    cr_assert(eq(int, kith_folder_remove(in_root("link"), &err), KITH_OK), "%s", err.message);
    cr_expect(not(there("link")));
    cr_expect(there("kept/f"));
}

Test(folder, a_fresh_folder_takes_the_place_of_the_old)
{
    cr_assert(eq(int, kith_folder_make(in_root("old"), &err), KITH_OK));
    write_file(in_root("old/gone"), "x", 1);
    cr_assert(eq(int, kith_folder_make(in_root("fresh"), &err), KITH_OK));
    write_file(in_root("fresh/new"), "x", 1);
    cr_assert(eq(int, kith_folder_replace(in_root("fresh"), in_root("old"), &err), KITH_OK));
    cr_expect(there("old/new"));
    cr_expect(not(there("old/gone")));
    cr_expect(not(there("fresh")));
    cr_expect(eq(int, kith_folder_replace(in_root("fresh"), in_root("old"), &err), KITH_IO));
}

Test(folder, a_link_is_moved_and_nothing_else_is_written_over)
{
    char target[64];

    cr_assert(eq(int, kith_folder_point(in_root("latest"), "one", &err), KITH_OK));
    cr_assert(eq(int, kith_folder_point(in_root("latest"), "two", &err), KITH_OK));
    const ssize_t size = readlink(in_root("latest"), target, sizeof target - 1);
    cr_assert(eq(long, (long)size, 3));
    target[size] = '\0';
    cr_expect(eq(str, target, "two"));
    write_file(in_root("file"), "x", 1);
    cr_expect(eq(int, kith_folder_point(in_root("file"), "two", &err), KITH_POLICY));
    cr_expect(eq(int, kith_folder_point(in_root("nowhere/latest"), "two", &err), KITH_IO));
}

Test(folder, no_text_leaves_its_folder_as_a_file_word)
{
    char word[KITH_FILE_WORD_SIZE];

    kith_file_word(word, "S01-a_B");
    cr_expect(eq(str, word, "S01-a_B"));
    kith_file_word(word, "../x/\xc3\xa9 %2f");
    cr_expect(eq(str, word, "%2e%2e%2fx%2f%c3%a9%20%252f"));
}
