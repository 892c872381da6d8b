/* SPDX-License-Identifier: GPL-3.0-or-later */
/* idmap.c: open addressing over indices; entries and texts grow in two arrays. */
#include "idmap.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

static uint32_t hash_of(const kith_idmap *map, uint8_t space, const char *key, size_t size)
{
    unsigned char out[crypto_shorthash_BYTES];
    uint32_t hash;

    crypto_shorthash(out, (const unsigned char *)key, size, map->seed);
    memcpy(&hash, out, sizeof hash);
    return hash ^ space * 0x9E3779B1u;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t slot_of(const kith_idmap *map, uint8_t space, const char *key, uint32_t hash)
{
    size_t slot = hash & (map->slot_count - 1);

    for (; map->slots[slot].entry != 0; slot = (slot + 1) & (map->slot_count - 1)) {
        const kith_idmap_entry *entry = &map->entries[map->slots[slot].entry - 1];
        if (map->slots[slot].hash == hash && entry->space == space &&
            strcmp(map->text + entry->key, key) == 0)
            break;
    }
    return slot;
}

kith_idmap_entry *kith_idmap_find(const kith_idmap *map, uint8_t space, const char *key)
{
    if (map->slot_count == 0)
        return NULL;
    const size_t slot = slot_of(map, space, key, hash_of(map, space, key, strlen(key)));
    return map->slots[slot].entry != 0 ? &map->entries[map->slots[slot].entry - 1] : NULL;
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

/* Room for one more entry and its text. */
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
    if (map->text_room - map->text_size < size) {
        const size_t room = map->text_room + map->text_room / 2 + size + 4096;
        char *grown = realloc(map->text, room);
        if (grown == NULL)
            return 0;
        map->text = grown;
        map->text_room = room;
    }
    return 1;
}

kith_idmap_entry *kith_idmap_put(kith_idmap *map, uint8_t space, const char *key)
{
    const size_t size = strlen(key) + 1;

    if (!make_room(map, size))
        return NULL;
    const uint32_t hash = hash_of(map, space, key, size - 1);
    const size_t slot = slot_of(map, space, key, hash);
    if (map->slots[slot].entry != 0)
        return &map->entries[map->slots[slot].entry - 1];
    kith_idmap_entry *entry = &map->entries[map->count++];
    *entry = (kith_idmap_entry){ .key = map->text_size, .space = space };
    memcpy(map->text + map->text_size, key, size);
    map->text_size += size;
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
