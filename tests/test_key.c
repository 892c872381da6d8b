/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_key.c: a hub's key opens for those it was wrapped for, and for nobody else. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kith/key.h"
#include "support.h"

static char *folder, *hub, *keys;
static kith_error err;

static void make_place(void)
{
    folder = make_folder();
    hub = path_in(folder, "town.kith");
    keys = path_in(folder, "town.kith.keys");
}

static void drop_place(void)
{
    free(hub);
    free(keys);
    drop_folder(folder);
}

TestSuite(key, .init = make_place, .fini = drop_place);

/* Key files of 32 bytes that differ in their last one. */
static kith_secret *key_of(char last)
{
    char bytes[32] = "0123456789abcdef0123456789abcde";
    char *path = path_in(folder, "key");
    kith_secret *secret;

    bytes[31] = last;
    write_file(path, bytes, sizeof bytes);
    cr_assert(eq(int, kith_secret_from_file(&secret, path, &err), KITH_OK), "%s", err.message);
    free(path);
    return secret;
}

static kith_secret *passphrase(const char *text)
{
    kith_secret *secret;

    cr_assert(eq(int, kith_secret_from_passphrase(&secret, text, &err), KITH_OK));
    return secret;
}

static void save_ring_of(const char *user, const kith_secret *secret)
{
    kith_keyring *ring;

    cr_assert(eq(int, kith_keyring_create(&ring, user, secret, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_keyring_save(ring, hub, &err), KITH_OK), "%s", err.message);
    kith_keyring_free(ring);
}

static kith_status try_to_open(const kith_secret *secret)
{
    kith_keyring *ring;
    const kith_status status = kith_keyring_open(&ring, hub, secret, &err);

    if (status != KITH_OK)
        cr_expect(zero(ptr, ring));
    kith_keyring_free(ring);
    return status;
}

Test(key, a_saved_ring_opens_with_its_secret_and_names_the_user)
{
    kith_secret *secret = key_of('a');
    kith_keyring *made, *opened;

    cr_assert(eq(int, kith_keyring_create(&made, "Zoë of the day team", secret, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_save(made, hub, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_open(&opened, hub, secret, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(str, (char *)kith_keyring_user(opened), "Zoë of the day team"));
    cr_expect_arr_eq(kith_keyring_data_key(opened), kith_keyring_data_key(made), 32);
    kith_keyring_free(made);
    kith_keyring_free(opened);
    kith_secret_free(secret);
}

Test(key, two_rings_have_different_data_keys)
{
    kith_secret *secret = key_of('a');
    kith_keyring *one, *other;

    cr_assert(eq(int, kith_keyring_create(&one, "ann", secret, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_create(&other, "ann", secret, &err), KITH_OK));
    cr_expect_arr_neq(kith_keyring_data_key(one), kith_keyring_data_key(other), 32);
    kith_keyring_free(one);
    kith_keyring_free(other);
    kith_secret_free(secret);
}

Test(key, another_key_does_not_open_and_the_sentence_is_the_same_for_all)
{
    kith_secret *right = key_of('a'), *wrong = key_of('b');
    kith_secret *words = passphrase("0123456789abcdef0123456789abcdea");
    char first[sizeof err.message];

    save_ring_of("ann", right);
    cr_expect(eq(int, try_to_open(wrong), KITH_HUB));
    memcpy(first, err.message, sizeof first);
    cr_expect(eq(int, try_to_open(words), KITH_HUB));
    cr_expect(eq(str, err.message, first));
    cr_expect(not(zero(ptr, strstr(first, "no key in it opens"))));
    kith_secret_free(right);
    kith_secret_free(wrong);
    kith_secret_free(words);
}

Test(key, a_passphrase_opens_and_a_near_one_does_not)
{
    kith_secret *right = passphrase("three quiet herons"), *wrong = passphrase("three quiet heron");

    save_ring_of("ann", right);
    cr_expect(eq(int, try_to_open(right), KITH_OK), "%s", err.message);
    cr_expect(eq(int, try_to_open(wrong), KITH_HUB));
    kith_secret_free(right);
    kith_secret_free(wrong);
}

Test(key, two_users_open_the_same_key_each_under_their_own_name)
{
    kith_secret *ann = key_of('a'), *ben = passphrase("three quiet herons");
    kith_keyring *by_ann, *by_ben;

    save_ring_of("ann", ann);
    cr_assert(eq(int, kith_keyring_open(&by_ann, hub, ann, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_add(by_ann, "ben", ben, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_keyring_save(by_ann, hub, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_open(&by_ben, hub, ben, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(str, (char *)kith_keyring_user(by_ann), "ann"));
    cr_expect(eq(str, (char *)kith_keyring_user(by_ben), "ben"));
    cr_expect_arr_eq(kith_keyring_data_key(by_ann), kith_keyring_data_key(by_ben), 32);
    kith_keyring_free(by_ann);
    kith_keyring_free(by_ben);
    kith_secret_free(ann);
    kith_secret_free(ben);
}

Test(key, a_revoked_user_opens_nothing_and_the_other_still_does)
{
    kith_secret *ann = key_of('a'), *ben = key_of('b');
    kith_keyring *ring;

    cr_assert(eq(int, kith_keyring_create(&ring, "ann", ann, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_add(ring, "ben", ben, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_revoke(ring, "ann", &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_save(ring, hub, &err), KITH_OK));
    cr_expect(eq(int, try_to_open(ann), KITH_HUB));
    cr_expect(eq(int, try_to_open(ben), KITH_OK));
    kith_keyring_free(ring);
    kith_secret_free(ann);
    kith_secret_free(ben);
}

Test(key, a_rotated_key_opens_nothing_and_the_new_one_is_the_same_users)
{
    kith_secret *old = key_of('a'), *fresh = key_of('n'), *ben = key_of('b');
    kith_keyring *ring;

    cr_assert(eq(int, kith_keyring_create(&ring, "ann", old, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_add(ring, "ben", ben, &err), KITH_OK));
    cr_expect(eq(int, kith_keyring_rotate(ring, ben, &err), KITH_POLICY), "it is ben's");
    cr_assert(eq(int, kith_keyring_rotate(ring, fresh, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_keyring_save(ring, hub, &err), KITH_OK));
    kith_keyring_free(ring);
    cr_expect(eq(int, try_to_open(old), KITH_HUB));
    cr_expect(eq(int, try_to_open(ben), KITH_OK));
    cr_assert(eq(int, kith_keyring_open(&ring, hub, fresh, &err), KITH_OK));
    cr_expect(eq(str, (char *)kith_keyring_user(ring), "ann"));
    kith_keyring_free(ring);
    kith_secret_free(old);
    kith_secret_free(fresh);
    kith_secret_free(ben);
}

Test(key, the_last_key_stays_and_an_unknown_name_is_not_found)
{
    kith_secret *ann = key_of('a');
    kith_keyring *ring;

    cr_assert(eq(int, kith_keyring_create(&ring, "ann", ann, &err), KITH_OK));
    cr_expect(eq(int, kith_keyring_revoke(ring, "ben", &err), KITH_NOT_FOUND));
    cr_expect(eq(int, kith_keyring_revoke(ring, "ann", &err), KITH_POLICY));
    cr_expect(not(zero(ptr, strstr(err.message, "the last one"))));
    kith_keyring_free(ring);
    kith_secret_free(ann);
}

Test(key, a_name_or_a_secret_is_added_once)
{
    kith_secret *ann = key_of('a'), *ben = key_of('b');
    kith_keyring *ring;

    cr_assert(eq(int, kith_keyring_create(&ring, "ann", ann, &err), KITH_OK));
    cr_expect(eq(int, kith_keyring_add(ring, "ann", ben, &err), KITH_POLICY));
    cr_expect(eq(int, kith_keyring_add(ring, "ben", ann, &err), KITH_POLICY));
    cr_expect(not(zero(ptr, strstr(err.message, "already that of \"ann\""))), "%s", err.message);
    kith_keyring_free(ring);
    kith_secret_free(ann);
    kith_secret_free(ben);
}

Test(key, names_are_text_of_1_to_64_bytes)
{
    static const char *const bad[] = { "", "a\nb", "a\x7f", "a\xc2\x85", "\xff",
        "12345678901234567890123456789012345678901234567890123456789012345" };
    kith_secret *ann = key_of('a');
    kith_keyring *ring;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cr_expect(eq(int, kith_keyring_create(&ring, bad[i], ann, &err), KITH_USAGE));
        cr_expect(zero(ptr, ring));
    }
    kith_secret_free(ann);
}

Test(key, key_files_have_16_to_65536_bytes)
{
    static const struct { size_t size; kith_status status; } cases[] = {
        { 0, KITH_HUB }, { 15, KITH_HUB }, { 16, KITH_OK }, { 65536, KITH_OK }, { 65537, KITH_HUB }
    };
    char *path = path_in(folder, "key"), *bytes = calloc(1, 65537);
    kith_secret *secret;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file(path, bytes, cases[i].size);
        cr_expect(eq(int, kith_secret_from_file(&secret, path, &err), cases[i].status), "%zu bytes",
                  cases[i].size);
        kith_secret_free(secret);
    }
    free(bytes);
    free(path);
}

Test(key, what_cannot_be_read_is_no_key_file)
{
    kith_secret *secret;
    char *path = path_in(folder, "absent");

    cr_expect(eq(int, kith_secret_from_file(&secret, path, &err), KITH_HUB));
    cr_expect(zero(ptr, secret));
    cr_expect(eq(int, kith_secret_from_file(&secret, folder, &err), KITH_HUB));
    cr_expect(eq(int, kith_secret_from_passphrase(&secret, "", &err), KITH_HUB));
    cr_expect(zero(ptr, secret));
    free(path);
}

Test(key, a_made_key_file_is_private_fresh_and_never_overwritten)
{
    char *one = path_in(folder, "one"), *other = path_in(folder, "other");
    struct stat info;

    cr_assert(eq(int, kith_key_file_create(one, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_key_file_create(other, &err), KITH_OK));
    cr_assert(eq(int, stat(one, &info), 0));
    cr_expect(eq(int, (int)(info.st_mode & 0777), 0600));
    cr_expect(eq(int, (int)info.st_size, 32));
    char *first = read_file(one, NULL), *second = read_file(other, NULL);
    cr_expect_arr_neq(first, second, 32);
    cr_expect(eq(int, kith_key_file_create(one, &err), KITH_POLICY));
    char *again = read_file(one, NULL);
    cr_expect_arr_eq(first, again, 32);
    free(first), free(second), free(again), free(one), free(other);
}

Test(key, the_keys_file_is_private_and_holds_no_key)
{
    kith_secret *ann = key_of('a');
    kith_keyring *ring;
    struct stat info;
    char spelled[65];

    cr_assert(eq(int, kith_keyring_create(&ring, "ann", ann, &err), KITH_OK));
    cr_assert(eq(int, kith_keyring_save(ring, hub, &err), KITH_OK));
    cr_assert(eq(int, stat(keys, &info), 0));
    cr_expect(eq(int, (int)(info.st_mode & 0777), 0600));
    char *text = read_file(keys, NULL);
    for (int i = 0; i < 32; i++)
        snprintf(spelled + 2 * i, 3, "%02x", kith_keyring_data_key(ring)[i]);
    cr_expect(zero(ptr, strstr(text, spelled)));
    free(text);
    kith_keyring_free(ring);
    kith_secret_free(ann);
}

Test(key, a_missing_keys_file_is_named)
{
    kith_secret *ann = key_of('a');

    cr_expect(eq(int, try_to_open(ann), KITH_HUB));
    cr_expect(not(zero(ptr, strstr(err.message, "town.kith.keys"))));
    kith_secret_free(ann);
}

Test(key, no_byte_of_the_keys_file_can_be_changed)
{
    kith_secret *ann = key_of('a');
    size_t size;

    save_ring_of("ann", ann);
    char *text = read_file(keys, &size);
    for (size_t i = 0; i < size; i++) {
        text[i] ^= 1;
        write_file(keys, text, size);
        cr_expect(eq(int, try_to_open(ann), KITH_HUB), "byte %zu of %zu", i, size);
        text[i] ^= 1;
    }
    write_file(keys, text, size - 1);
    cr_expect(eq(int, try_to_open(ann), KITH_HUB), "cut short");
    write_file(keys, text, size);
    cr_expect(eq(int, try_to_open(ann), KITH_OK));
    free(text);
    kith_secret_free(ann);
}

Test(key, a_line_under_another_name_does_not_open)
{
    kith_secret *ann = key_of('a');
    size_t size;

    save_ring_of("ann", ann);
    char *text = read_file(keys, &size);
    memcpy(text + size - 4, "eve", 3);
    write_file(keys, text, size);
    cr_expect(eq(int, try_to_open(ann), KITH_HUB));
    free(text);
    kith_secret_free(ann);
}

Test(key, costs_that_a_damaged_file_asks_for_are_bounded)
{
    kith_secret *words = passphrase("three quiet herons");
    size_t size;

    save_ring_of("ann", words);
    char *text = read_file(keys, &size);
    char *memory = strstr(text, "67108864");
    cr_assert(not(zero(ptr, memory)));
    memcpy(memory, "99999999999999999999", 8);
    write_file(keys, text, size);
    cr_expect(eq(int, try_to_open(words), KITH_HUB));
    memcpy(memory, "00000000", 8);
    write_file(keys, text, size);
    cr_expect(eq(int, try_to_open(words), KITH_HUB));
    free(text);
    kith_secret_free(words);
}
