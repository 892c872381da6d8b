/* SPDX-License-Identifier: GPL-3.0-or-later */
/* idmap.h: from an outside id to a row, in memory.
 *
 * A load names records by text ids; asking the store for each would cost a look-up a
 * field. The map holds every id once: its space (people, places, events, words, ... do
 * not share ids), its row, and where in the load under way it was last given. Keys are
 * never removed. Hashing is keyed, so that no file can choose ids that collide.
 *
 * An entry is valid until the next kith_idmap_put. */
#ifndef KITH_ENGINE_IDMAP_H
#define KITH_ENGINE_IDMAP_H

#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"

typedef struct kith_idmap_entry {
    size_t key; /* where its text begins */
    int64_t row;
    uint32_t line;
    uint16_t file;
    uint8_t space;
} kith_idmap_entry;

typedef struct kith_idmap_slot {
    uint32_t hash;  /* beside the index, so that a search looks at few entries */
    uint32_t entry; /* index + 1; 0 is free */
} kith_idmap_slot;

typedef struct kith_idmap {
    kith_idmap_entry *entries;
    size_t count, entry_room;
    kith_idmap_slot *slots;
    size_t slot_count; /* a power of two */
    char *text;
    size_t text_size, text_room;
    unsigned char seed[16];
} kith_idmap; /* starts as { 0 } */

/** The entry of a key, or NULL. */
kith_idmap_entry *kith_idmap_find(const kith_idmap *map, uint8_t space, const char *key);

/** The entry of a key, made with row 0 and line 0 when it is new. NULL: no memory. */
kith_idmap_entry *kith_idmap_put(kith_idmap *map, uint8_t space, const char *key);

void kith_idmap_free(kith_idmap *map);

#endif
