/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_idmap.c: a key is itself, whatever way it is found by. The other side is a plain list. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../engine/idmap.h"
#include "kith/random.h"

static kith_idmap map;

static void drop_map(void)
{
    kith_idmap_free(&map);
}

TestSuite(idmap, .fini = drop_map);

static void put(uint8_t space, const char *key, int64_t row)
{
    kith_idmap_entry *entry = kith_idmap_put(&map, space, key);

    cr_assert_not_null(entry);
    cr_assert(eq(i64, entry->row, 0), "%s was there", key);
    entry->row = row;
}

static int64_t row_of(uint8_t space, const char *key)
{
    const kith_idmap_entry *entry = kith_idmap_find(&map, space, key);

    if (entry != NULL)
        cr_expect(eq(str, (char *)kith_idmap_key(&map, entry), (char *)key));
    return entry != NULL ? entry->row : 0;
}

Test(idmap, an_empty_map_has_no_key)
{
    kith_idmap_entry *found[KITH_IDMAP_SPACES] = { NULL };
    uint32_t ahead[] = { 7, 7 };

    cr_expect(eq(i64, row_of(1, "P1"), 0));
    kith_idmap_find_in(found, &map, 6, "P1");
    cr_expect_null(found[1]);
    kith_idmap_fetch(ahead, &map, 1, (const char *const[]){ "P1", "" }, 2);
    cr_expect(ahead[0] == 0 && ahead[1] == 0);
}

/* What is found ahead is what a look-up finds; some are left to it. */
static size_t expect_ahead_is_so(uint8_t space, const char *const keys[12])
{
    uint32_t ahead[12];
    size_t told = 0;

    kith_idmap_fetch(ahead, &map, space, keys, 12);
    for (size_t i = 0; i < 12; i++) {
        const kith_idmap_entry *entry = kith_idmap_find(&map, space, keys[i]);
        cr_expect(ahead[i] == 0 || entry == &map.entries[ahead[i] - 1], "%s", keys[i]);
        told += ahead[i] != 0;
    }
    return told;
}

/* Leading zeros, another width, another beginning, and numbers too long to be looked at. */
Test(idmap, keys_that_look_alike_are_told_apart)
{
    static const char *const alike[][12] = {
        { "P1", "P01", "P001", "P10", "P", "p1", "1", "01", "", "P1 ", "P1a", "Q1" },
        { "P007", "P7", "P07", "P0007", "P07a", "007", "7", "P700", "P070", "P1000", "P999", "P000" },
        { "0", "00", "000", "1", "10", "100", "999999999", "1999999999", "11999999999", "0999999999", "65536", "65535" },
        { "E4000000", "E4000001", "E3999999", "E1", "E400000", "E40000000", "E4065536", "E5048576", "E400000000",
          "E4000000000", "E04000000", "E" },
    };

    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++) {
        for (size_t k = 0; k < 12; k++) {
            for (size_t later = k; later < 12; later++)
                cr_expect(eq(i64, row_of(2, alike[i][later]), 0), "%s after %zu", alike[i][later], k);
            put(2, alike[i][k], (int64_t)k + 1);
            cr_expect(eq(sz, expect_ahead_is_so(3, alike[i]), 0));
            expect_ahead_is_so(2, alike[i]);
        }
        cr_expect(gt(sz, expect_ahead_is_so(2, alike[i]), 1));
        for (size_t k = 0; k < 12; k++) {
            cr_expect(eq(i64, row_of(2, alike[i][k]), (int64_t)k + 1), "%s", alike[i][k]);
            cr_expect(eq(i64, row_of(3, alike[i][k]), 0), "%s", alike[i][k]);
        }
        drop_map();
    }
}

Test(idmap, a_key_may_be_of_several_spaces)
{
    kith_idmap_entry *found[KITH_IDMAP_SPACES] = { NULL };

    for (uint8_t space = 1; space <= 3; space++) {
        put(space, "A5", space);
        put(space, "name", 10 + space);
    }
    kith_idmap_find_in(found, &map, 1u << 1 | 1u << 3, "A5");
    cr_expect(found[1] != NULL && found[1]->row == 1 && found[2] == NULL && found[3] != NULL && found[3]->row == 3);
    kith_idmap_find_in(found, &map, 1u << 2, "name");
    cr_expect(found[2] != NULL && found[2]->row == 12);
}

/* The numbers of a space may lie far apart: no more than sixteen places for each id, and some. */
Test(idmap, numbers_far_apart_take_no_more_room_than_their_ids)
{
    char key[32];

    for (int i = 0; i < 2000; i++) {
        snprintf(key, sizeof key, "N%d", i * 499979);
        put(1, key, i + 1);
    }
    cr_expect(le(sz, map.runs[1].room, 2 * (16 * 2000 + 65536)));
    for (int i = 0; i < 2000; i++) {
        snprintf(key, sizeof key, "N%d", i * 499979);
        cr_expect(eq(i64, row_of(1, key), i + 1));
    }
}

/* A number that came when its like were few, and is found by its hash, is found still when they are many. */
Test(idmap, a_number_that_came_early_is_found_later)
{
    char key[32];

    put(1, "N0", 1);
    put(1, "N300000", 2);
    for (int i = 1; i < 300000; i++) {
        snprintf(key, sizeof key, "N%d", i);
        cr_assert_not_null(kith_idmap_put(&map, 1, key));
    }
    cr_expect(gt(sz, map.runs[1].room, 200000));
    cr_expect(eq(i64, row_of(1, "N300000"), 2));
    cr_expect(eq(sz, map.count, 300001));
    cr_expect(eq(i64, kith_idmap_put(&map, 1, "N300000")->row, 2));
}

Test(idmap, keys_of_every_length_are_kept)
{
    static char key[300];

    for (size_t size = 0; size < 290; size++) {
        memset(key, 'x', size);
        key[size] = '\0';
        put(1, key, (int64_t)size + 1);
        key[size / 2] = size > 0 ? 'y' : '\0';
        cr_expect(eq(i64, row_of(1, key), size > 0 ? 0 : 1));
    }
    for (size_t size = 0; size < 290; size++) {
        memset(key, 'x', size);
        key[size] = '\0';
        cr_expect(eq(i64, row_of(1, key), (int64_t)size + 1));
    }
}

Test(idmap, any_keys_are_found_as_a_list_finds_them)
{
    enum { KEYS = 3000 };
    static char list[KEYS][12];
    static uint8_t spaces[KEYS];
    kith_random random;
    int count = 0;

    kith_random_seed(&random, 7);
    for (int i = 0; i < KEYS; i++) {
        const uint8_t space = (uint8_t)(1 + kith_random_below(&random, 2));
        char key[12];
        int at = 0;
        for (uint64_t n = kith_random_below(&random, 3); n-- > 0;)
            key[at++] = "AB0"[kith_random_below(&random, 3)];
        for (uint64_t n = kith_random_below(&random, 5); n-- > 0;)
            key[at++] = "0123456789x"[kith_random_below(&random, n == 0 ? 11 : 10)];
        key[at] = '\0';
        for (at = 0; at < count && (spaces[at] != space || strcmp(list[at], key) != 0);)
            at++;
        cr_assert(eq(i64, row_of(space, key), at < count ? at + 1 : 0), "%s", key);
        if (at < count)
            continue;
        put(space, key, count + 1);
        strcpy(list[count], key);
        spaces[count++] = space;
    }
    cr_expect(gt(int, count, 1000));
}
