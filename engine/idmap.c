/* SPDX-License-Identifier: GPL-3.0-or-later */
/* idmap.c: open addressing over indices; entries and longer keys grow in two arrays.
 *
 * The hash is of the key alone, so that the entries of one key in several spaces follow
 * one another. */
#include "idmap.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

static uint32_t hash_of(const kith_idmap *map, const char *key, size_t size)
{
    unsigned char out[crypto_shorthash_BYTES];
    uint32_t hash;

    crypto_shorthash(out, (const unsigned char *)key, size, map->seed);
    memcpy(&hash, out, sizeof hash);
    return hash;
}

static int is_key(const kith_idmap *map, const kith_idmap_entry *entry, const char *key)
{
    return strcmp(kith_idmap_key(map, entry), key) == 0;
}

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

kith_idmap_entry *kith_idmap_find(kith_idmap *map, uint8_t space, const char *key)
{
    uint32_t *last = &map->last[space];

    if (map->slot_count == 0)
        return NULL;
    if (*last != 0 && is_key(map, &map->entries[*last - 1], key))
        return &map->entries[*last - 1];
    const size_t slot = slot_of(map, space, key, hash_of(map, key, strlen(key)));
    if (map->slots[slot].entry == 0)
        return NULL;
    *last = map->slots[slot].entry;
    return &map->entries[*last - 1];
}

void kith_idmap_find_in(kith_idmap_entry *found[KITH_IDMAP_SPACES], const kith_idmap *map,
                        unsigned spaces, const char *key)
{
    if (map->slot_count == 0)
        return;
    const uint32_t hash = hash_of(map, key, strlen(key));
    size_t slot = hash & (map->slot_count - 1);
    for (; map->slots[slot].entry != 0; slot = (slot + 1) & (map->slot_count - 1)) {
        kith_idmap_entry *entry = &map->entries[map->slots[slot].entry - 1];
        if (map->slots[slot].hash == hash && (spaces >> entry->space & 1) != 0 &&
            is_key(map, entry, key))
            found[entry->space] = entry;
    }
}

void kith_idmap_fetch(const kith_idmap *map, const char *const *keys, size_t count)
{
    uint32_t slots[KITH_IDMAP_FETCH];

    if (map->slot_count == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        slots[i] = hash_of(map, keys[i], strlen(keys[i])) & (uint32_t)(map->slot_count - 1);
        __builtin_prefetch(&map->slots[slots[i]]);
    }
    for (size_t i = 0; i < count; i++)
        if (map->slots[slots[i]].entry != 0)
            __builtin_prefetch(&map->entries[map->slots[slots[i]].entry - 1]);
}

static int more_slots(kith_idmap *map)
{
    const size_t count = map->slot_count ? 2 * map->slot_count : FIRST_SLOTS;
    kith_idmap_slot *slots = calloc(count, sizeof *slots);

    if (slots == NULL)
        return 0;
    if (map->slot_count == 0)
        randombytes_buf(map->seed, sizeof map->seed);
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
    return 1;
}

/* Room for one more entry and, when it is long, its key. */
static int make_room(kith_idmap *map, size_t size)
{
    if (map->count + 1 > map->slot_count / 4 * 3 &&
        (map->count >= UINT32_MAX - 1 || !more_slots(map)))
        return 0;
    if (map->count == map->entry_room) {
        const size_t room = map->entry_room ? map->entry_room + map->entry_room / 2 : 256;
        kith_idmap_entry *grown = realloc(map->entries, room * sizeof *grown);
        if (grown == NULL)
            return 0;
        map->entries = grown;
        map->entry_room = room;
    }
    if (size > KITH_IDMAP_SHORT && map->text_room - map->text_size < size) {
        const size_t room = map->text_room + map->text_room / 2 + size + 4096;
        char *grown = realloc(map->text, room);
        if (grown == NULL)
            return 0;
        map->text = grown;
        map->text_room = room;
    }
    return 1;
}

static void set_key(kith_idmap *map, kith_idmap_entry *entry, const char *key, size_t size)
{
    entry->longer = size > KITH_IDMAP_SHORT;
    if (!entry->longer) {
        memcpy(entry->key.text, key, size);
        return;
    }
    entry->key.at = map->text_size;
    memcpy(map->text + map->text_size, key, size);
    map->text_size += size;
}

kith_idmap_entry *kith_idmap_put(kith_idmap *map, uint8_t space, const char *key)
{
    const size_t size = strlen(key) + 1;

    if (!make_room(map, size))
        return NULL;
    const uint32_t hash = hash_of(map, key, size - 1);
    const size_t slot = slot_of(map, space, key, hash);
    if (map->slots[slot].entry != 0)
        return &map->entries[map->slots[slot].entry - 1];
    kith_idmap_entry *entry = &map->entries[map->count++];
    *entry = (kith_idmap_entry){ .space = space };
    set_key(map, entry, key, size);
    map->slots[slot] = (kith_idmap_slot){ hash, (uint32_t)map->count };
    return entry;
}

void kith_idmap_free(kith_idmap *map)
{
    free(map->entries);
    free(map->slots);
    free(map->text);
    *map = (kith_idmap){ 0 };
}
