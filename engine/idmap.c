/* SPDX-License-Identifier: GPL-3.0-or-later */
/* idmap.c: open addressing over indices; entries, keys and longer keys grow in three arrays.
 *
 * The hash is of the key alone, so that the entries of one key in several spaces follow
 * one another. It is taken of every id of a load several times, so it is a cheap one whose numbers
 * nobody knows: each four bytes times a random number of their own, summed (D. Lemire and O. Kaser,
 * Strongly universal string hashing is fast, The Computer Journal 57(11), 2014, 1624-1638), and the
 * sum's bits mixed, as ids that count up would else lie side by side. */
#include "idmap.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_SLOTS = 1024,
    DIGITS_MOST = 9, /* of a number that is looked at */
    SPARSE = 16,     /* numbers of a run for each of its ids, at most ... */
    RUN_LEAST = 1 << 16 /* ... and beside that so many */
};

/* Of what is no id: an origin, or a word that nobody meant as one. */
static uint32_t hash_of_long(const kith_idmap *map, const char *key, size_t size)
{
    unsigned char out[crypto_shorthash_BYTES];
    uint32_t hash;

    crypto_shorthash(out, (const unsigned char *)key, size, (const unsigned char *)map->seeds);
    memcpy(&hash, out, sizeof hash);
    return hash;
}

static uint32_t hash_of(const kith_idmap *map, const char *key, size_t size)
{
    const char *end = key + size, *rest = end - size % sizeof(uint32_t);
    const uint64_t *seed = map->seeds;
    uint64_t sum = *seed++;
    uint32_t word = 0;

    if (size > KITH_IDMAP_HASHED)
        return hash_of_long(map, key, size);
    for (; key < rest; key += sizeof word) {
        memcpy(&word, key, sizeof word);
        sum += *seed++ * word;
    }
    for (word = 0; key < end; key++) /* no byte is 0, so no two keys have the same words */
        word = word << 8 | (unsigned char)*key;
    sum += *seed * word;
    return (uint32_t)((sum ^ sum >> 32) * 0x9E3779B97F4A7C15 >> 32);
}

static int is_key(const kith_idmap *map, const kith_idmap_entry *entry, const char *key)
{
    return strcmp(kith_idmap_key(map, entry), key) == 0;
}

/* ---- ids by their number ---- */

typedef struct numbered {
    size_t prefix_size; /* what stands before the number */
    unsigned digits;
    bool padded; /* with zeros before it */
    uint32_t number;
} numbered;

static numbered read_number(const char *key, size_t size)
{
    static const uint32_t powers[DIGITS_MOST] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };
    numbered n = { .prefix_size = size };

    for (; n.prefix_size > 0 && n.digits < DIGITS_MOST; n.prefix_size--, n.digits++) {
        const unsigned digit = (unsigned char)key[n.prefix_size - 1] - '0';
        if (digit > 9)
            break;
        n.number += digit * powers[n.digits];
    }
    n.padded = n.digits > 1 && key[n.prefix_size] == '0';
    return n;
}

static bool is_of_run(const kith_idmap_run *run, const char *key, const numbered *n)
{
    return run->room > 0 && n->digits > 0 && n->prefix_size == run->prefix_size &&
           (run->digits == 0 ? !n->padded : n->digits == run->digits) && n->number >= run->first &&
           memcmp(key, run->prefix, n->prefix_size) == 0;
}

/* The number of a key, where all of a run have as many digits; false when it is none of them. */
static bool read_padded(uint32_t *number, const kith_idmap_run *run, const char *key, size_t size)
{
    const char *end = key + size;
    unsigned odd = 0;

    if (size != (size_t)run->prefix_size + run->digits || memcmp(key, run->prefix, run->prefix_size) != 0)
        return false;
    *number = 0;
    for (key += run->prefix_size; key < end; key++) {
        const unsigned digit = (unsigned char)*key - '0';
        odd |= digit > 9;
        *number = *number * 10 + digit;
    }
    return !odd && *number >= run->first;
}

/* Where a key's entry stands, or would; NULL when that is not by a number. */
static uint32_t *place_in_run(const kith_idmap_run *run, const char *key, size_t size)
{
    uint32_t number;

    if (run->room == 0)
        return NULL;
    if (run->digits == 0) {
        const numbered n = read_number(key, size);
        if (!is_of_run(run, key, &n))
            return NULL;
        number = n.number;
    } else if (!read_padded(&number, run, key, size)) {
        return NULL;
    }
    return number - run->first < run->room ? &run->entry[number - run->first] : NULL;
}

static bool more_room(kith_idmap_run *run, size_t wanted)
{
    const size_t room = wanted > 2 * run->room ? wanted : 2 * run->room;
    uint32_t *grown = realloc(run->entry, room * sizeof *grown);

    if (grown == NULL)
        return false;
    memset(grown + run->room, 0, (room - run->room) * sizeof *grown);
    run->entry = grown;
    run->room = room;
    return true;
}

/* The same for a new key: makes its place where numbers are dense enough. A run is only faster: without
 * memory for it, the hash serves. */
static uint32_t *make_place_in_run(kith_idmap_run *run, const char *key, size_t size)
{
    const numbered n = read_number(key, size);

    if (n.digits == 0 || n.prefix_size > sizeof run->prefix)
        return NULL;
    if (run->room == 0) {
        *run = (kith_idmap_run){ .prefix_size = (uint8_t)n.prefix_size,
                                 .digits = n.padded ? (uint8_t)n.digits : 0,
                                 .first = n.number - n.number % RUN_LEAST };
        memcpy(run->prefix, key, n.prefix_size);
        if (!more_room(run, RUN_LEAST))
            return NULL;
    }
    if (!is_of_run(run, key, &n))
        return NULL;
    const size_t at = n.number - run->first;
    if (at >= run->room && (at >= SPARSE * run->count + RUN_LEAST || !more_room(run, at + 1)))
        return NULL;
    run->count++;
    return &run->entry[at];
}

/* ---- and by a hash ---- */

/* The slot that holds the key, or the free one where it belongs. */
static size_t slot_of(const kith_idmap *map, uint8_t space, const char *key, uint32_t hash)
{
    size_t slot = hash & (map->slot_count - 1);

    for (; map->slots[slot].entry != 0; slot = (slot + 1) & (map->slot_count - 1)) {
        const kith_idmap_entry *entry = &map->entries[map->slots[slot].entry - 1];
        if (map->slots[slot].hash == hash && entry->space == space && is_key(map, entry, key))
            break;
    }
    return slot;
}

/* Index + 1 of a key's entry by its number, or 0. */
static uint32_t find_in_run(const kith_idmap *map, uint8_t space, const char *key, size_t size)
{
    const uint32_t *place = place_in_run(&map->runs[space], key, size);

    return place != NULL ? *place : 0;
}

static uint32_t find_by_hash(const kith_idmap *map, uint8_t space, const char *key, size_t size)
{
    return map->hashed[space] == 0 ? 0 : map->slots[slot_of(map, space, key, hash_of(map, key, size))].entry;
}

/* A number needs no look at the keys, which a look at the last one found would be. */
kith_idmap_entry *kith_idmap_find(kith_idmap *map, uint8_t space, const char *key)
{
    const size_t size = strlen(key);
    uint32_t *last = &map->last[space], found = find_in_run(map, space, key, size);

    if (found != 0)
        return &map->entries[found - 1];
    if (*last != 0 && is_key(map, &map->entries[*last - 1], key))
        return &map->entries[*last - 1];
    found = find_by_hash(map, space, key, size);
    if (found == 0)
        return NULL;
    *last = found;
    return &map->entries[found - 1];
}

static void find_in_by_hash(kith_idmap_entry *found[KITH_IDMAP_SPACES], const kith_idmap *map,
                            unsigned spaces, const char *key, size_t size)
{
    const uint32_t hash = hash_of(map, key, size);
    size_t slot = hash & (map->slot_count - 1);

    for (; map->slots[slot].entry != 0; slot = (slot + 1) & (map->slot_count - 1)) {
        kith_idmap_entry *entry = &map->entries[map->slots[slot].entry - 1];
        if (map->slots[slot].hash == hash && (spaces >> entry->space & 1) != 0 &&
            is_key(map, entry, key))
            found[entry->space] = entry;
    }
}

void kith_idmap_find_in(kith_idmap_entry *found[KITH_IDMAP_SPACES], const kith_idmap *map,
                        unsigned spaces, const char *key)
{
    const size_t size = strlen(key);
    bool hashed = false;

    for (unsigned space = 0; spaces >> space != 0; space++) {
        if ((spaces >> space & 1) == 0)
            continue;
        const uint32_t place = find_in_run(map, (uint8_t)space, key, size);
        if (place != 0)
            found[space] = &map->entries[place - 1];
        hashed = hashed || map->hashed[space] > 0;
    }
    if (hashed)
        find_in_by_hash(found, map, spaces, key, size);
}

void kith_idmap_fetch(uint32_t *found, const kith_idmap *map, uint8_t space, const char *const *keys, size_t count)
{
    const kith_idmap_run *run = &map->runs[space];
    const uint32_t *places[KITH_IDMAP_FETCH];

    for (size_t i = 0; i < count; i++) {
        places[i] = place_in_run(run, keys[i], strlen(keys[i]));
        __builtin_prefetch(places[i]);
    }
    for (size_t i = 0; i < count; i++) {
        found[i] = places[i] != NULL ? *places[i] : 0;
        if (found[i] != 0)
            __builtin_prefetch(&map->entries[found[i] - 1]);
    }
}

static bool more_slots(kith_idmap *map)
{
    const size_t count = map->slot_count ? 2 * map->slot_count : FIRST_SLOTS;
    kith_idmap_slot *slots = calloc(count, sizeof *slots);

    if (slots == NULL)
        return false;
    if (map->slot_count == 0)
        randombytes_buf(map->seeds, sizeof map->seeds);
    for (size_t i = 0; i < map->slot_count; i++) {
        size_t slot = map->slots[i].hash & (count - 1);
        if (map->slots[i].entry == 0)
            continue;
        while (slots[slot].entry != 0)
            slot = (slot + 1) & (count - 1);
        slots[slot] = map->slots[i];
    }
    free(map->slots);
    map->slots = slots;
    map->slot_count = count;
    return true;
}

/* Room for one more entry and, when it is long, its key. */
static bool make_room(kith_idmap *map, size_t size)
{
    if (map->count >= UINT32_MAX - 1)
        return false;
    if (map->count == map->entry_room) {
        const size_t room = map->entry_room ? map->entry_room + map->entry_room / 2 : 256;
        kith_idmap_entry *entries = realloc(map->entries, room * sizeof *entries);
        if (entries != NULL)
            map->entries = entries;
        kith_idmap_text *keys = entries != NULL ? realloc(map->keys, room * sizeof *keys) : NULL;
        if (keys == NULL)
            return false;
        map->keys = keys;
        map->entry_room = room;
    }
    if (size > KITH_IDMAP_SHORT && map->text_room - map->text_size < size) {
        const size_t room = map->text_room + map->text_room / 2 + size + 4096;
        char *grown = realloc(map->text, room);
        if (grown == NULL)
            return false;
        map->text = grown;
        map->text_room = room;
    }
    return true;
}

static void set_key(kith_idmap *map, kith_idmap_entry *entry, const char *key, size_t size)
{
    kith_idmap_text *to = &map->keys[entry - map->entries];

    entry->longer = size > KITH_IDMAP_SHORT;
    if (!entry->longer) {
        memcpy(to->text, key, size);
        return;
    }
    to->at = map->text_size;
    memcpy(map->text + map->text_size, key, size);
    map->text_size += size;
}

/* Where the index of a new key's entry goes; NULL: no memory. */
static uint32_t *place_for(kith_idmap *map, uint8_t space, const char *key, size_t size)
{
    uint32_t *place = make_place_in_run(&map->runs[space], key, size);

    if (place != NULL)
        return place;
    if (map->slots_used + 1 > map->slot_count / 4 * 3 && !more_slots(map))
        return NULL;
    const uint32_t hash = hash_of(map, key, size);
    kith_idmap_slot *slot = &map->slots[slot_of(map, space, key, hash)];
    slot->hash = hash;
    map->slots_used++;
    map->hashed[space]++;
    return &slot->entry;
}

kith_idmap_entry *kith_idmap_put(kith_idmap *map, uint8_t space, const char *key)
{
    const size_t size = strlen(key);
    uint32_t *place = place_in_run(&map->runs[space], key, size);
    uint32_t found = place != NULL ? *place : 0;

    if (found == 0)
        found = find_by_hash(map, space, key, size);
    if (found != 0)
        return &map->entries[found - 1];
    if (!make_room(map, size + 1))
        return NULL;
    if (place != NULL)
        map->runs[space].count++;
    else
        place = place_for(map, space, key, size);
    if (place == NULL)
        return NULL;
    kith_idmap_entry *entry = &map->entries[map->count++];
    *entry = (kith_idmap_entry){ .space = space };
    set_key(map, entry, key, size + 1);
    *place = (uint32_t)map->count;
    return entry;
}

void kith_idmap_free(kith_idmap *map)
{
    for (int space = 0; space < KITH_IDMAP_SPACES; space++)
        free(map->runs[space].entry);
    free(map->entries);
    free(map->keys);
    free(map->slots);
    free(map->text);
    *map = (kith_idmap){ 0 };
}
