/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_seal.c: a sealed file opens with its key alone, whole or not at all. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "kith/seal.h"
#include "support.h"

static char *folder, *path;
static kith_secret *mine, *other;
static kith_error err;

static void put(const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    cr_assert(eq(sz, fwrite(bytes, 1, size, file), size));
    fclose(file);
}

static void take_key(kith_secret **secret, char fill)
{
    char bytes[32];

    memset(bytes, fill, sizeof bytes);
    put(bytes, sizeof bytes);
    cr_assert(eq(int, kith_secret_from_file(secret, path, &err), KITH_OK), "%s", err.message);
}

static void begin(void)
{
    cr_assert(sodium_init() >= 0);
    folder = make_folder();
    path = path_in(folder, "file");
    take_key(&mine, 1);
    take_key(&other, 2);
}

static void end(void)
{
    kith_secret_free(mine);
    kith_secret_free(other);
    free(path);
    drop_folder(folder);
}

TestSuite(seal, .init = begin, .fini = end);

static void seal(kith_text *out, const char *bytes, size_t size)
{
    kith_public_key key;

    cr_assert(eq(int, kith_public_key_of(&key, mine, &err), KITH_OK));
    cr_assert(eq(int, kith_seal(out, bytes, size, &key, &err), KITH_OK), "%s", err.message);
}

Test(seal, what_is_sealed_opens_with_its_key_alone)
{
    static const char content[] = "<html>\0A name</html>";
    kith_text sealed = { 0 }, opened = { 0 };

    seal(&sealed, content, sizeof content);
    cr_assert(memcmp(sealed.data, "kith sealed 1\n", 14) == 0);
    cr_assert(eq(sz, sealed.size, 14 + sizeof content + 48)); /* crypto_box_SEALBYTES is 48 */
    cr_assert(eq(int, kith_unseal(&opened, sealed.data, sealed.size, other, &err), KITH_INPUT));
    cr_assert(eq(sz, opened.size, 0));
    cr_assert(eq(int, kith_unseal(&opened, sealed.data, sealed.size, mine, &err), KITH_OK));
    cr_assert(eq(sz, opened.size, sizeof content));
    cr_assert(memcmp(opened.data, content, sizeof content) == 0);
    kith_text_free(&sealed);
    kith_text_free(&opened);
}

Test(seal, every_changed_byte_and_every_cut_is_noticed)
{
    kith_text sealed = { 0 }, opened = { 0 };

    seal(&sealed, "abc", 3);
    for (size_t i = 0; i < sealed.size; i++) {
        sealed.data[i] ^= 1;
        cr_assert(eq(int, kith_unseal(&opened, sealed.data, sealed.size, mine, &err), KITH_INPUT));
        sealed.data[i] ^= 1;
        cr_assert(eq(int, kith_unseal(&opened, sealed.data, i, mine, &err), KITH_INPUT));
    }
    cr_assert(eq(sz, opened.size, 0));
    kith_text_free(&sealed);
    kith_text_free(&opened);
}

Test(seal, nothing_can_be_sealed_too)
{
    kith_text sealed = { 0 }, opened = { 0 };

    seal(&sealed, "", 0);
    cr_assert(eq(int, kith_unseal(&opened, sealed.data, sealed.size, mine, &err), KITH_OK));
    cr_assert(eq(sz, opened.size, 0));
    kith_text_free(&sealed);
    kith_text_free(&opened);
}

Test(seal, the_same_content_is_sealed_differently_each_time)
{
    kith_text one = { 0 }, two = { 0 };

    seal(&one, "abc", 3);
    seal(&two, "abc", 3);
    cr_assert(memcmp(one.data, two.data, one.size) != 0);
    kith_text_free(&one);
    kith_text_free(&two);
}

Test(seal, a_public_key_reads_back_and_anything_else_is_refused)
{
    static const char *const bad[] = { "", "kith-public-1", "kith-public-1 AAAA\n", "ssh-rsa AAAA\n",
                                       "kith-public-1 !!!!\n" };
    kith_public_key key, again;
    kith_text line = { 0 };

    cr_assert(eq(int, kith_public_key_of(&key, mine, &err), KITH_OK));
    kith_public_key_write(&line, &key);
    put(line.data, line.size);
    cr_assert(eq(int, kith_public_key_read(&again, path, &err), KITH_OK), "%s", err.message);
    cr_assert(memcmp(&key, &again, sizeof key) == 0);
    kith_text_add(&line, "more\n");
    put(line.data, line.size);
    cr_assert(eq(int, kith_public_key_read(&again, path, &err), KITH_INPUT));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put(bad[i], strlen(bad[i]));
        cr_assert(eq(int, kith_public_key_read(&again, path, &err), KITH_INPUT), "%s", bad[i]);
    }
    cr_assert(eq(int, kith_public_key_read(&again, "/nonexistent/key", &err), KITH_IO));
    kith_text_free(&line);
}

Test(seal, a_passphrase_has_no_public_key)
{
    kith_secret *words = NULL;
    kith_public_key key;

    cr_assert(eq(int, kith_secret_from_passphrase(&words, "correct horse battery", &err), KITH_OK));
    cr_assert(eq(int, kith_public_key_of(&key, words, &err), KITH_USAGE));
    kith_secret_free(words);
}

/* A public key that is a point of small order: everybody would open what is sealed to it. */
Test(seal, nothing_is_sealed_to_a_key_that_is_none)
{
    const kith_public_key none = { { 0 } };
    kith_text sealed = { 0 };

    cr_assert(eq(int, kith_seal(&sealed, "abc", 3, &none, &err), KITH_INPUT));
    cr_assert(eq(sz, sealed.size, 0));
}
