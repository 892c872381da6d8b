/* SPDX-License-Identifier: GPL-3.0-or-later */
/* idmap.h: from an outside id to a row, in memory.
 *
 * A load names records by text ids; asking the store for each would cost a look-up a
 * field. The map holds every id once: its space (people, places, events, words, ... do
 * not share ids), its row, and where in the load under way it was last given. Keys are
 * never removed. Hashing is keyed, so that no file can choose ids that collide.
 *
 * A look-up in a map that is larger than the processor's cache costs the waits for
 * memory: one for the slot, one for the entry, which holds a short key itself. Rows that
 * follow one another often name the same thing, so the last one found is tried first; and
 * who knows of several keys that are looked up soon asks for them before (kith_idmap_fetch).
 *
 * An entry is valid until the next kith_idmap_put. */
#ifndef KITH_ENGINE_IDMAP_H
#define KITH_ENGINE_IDMAP_H

#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"

enum { KITH_IDMAP_SPACES = 16, KITH_IDMAP_SHORT = 16, KITH_IDMAP_FETCH = 32 };

typedef struct kith_idmap_entry {
    union {
        char text[KITH_IDMAP_SHORT]; /* a key that is shorter than that */
        size_t at;                   /* where a longer one begins */
    } key;
    int64_t row;
    uint32_t line;
    uint16_t file;
    uint8_t space; /* below KITH_IDMAP_SPACES */
    uint8_t longer;
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
    char *text;        /* of the longer keys */
    size_t text_size, text_room;
    uint32_t last[KITH_IDMAP_SPACES]; /* index + 1 of the entry last found in a space */
    unsigned char seed[16];
} kith_idmap; /* starts as { 0 } */

/** The entry of a key, or NULL. */
kith_idmap_entry *kith_idmap_find(kith_idmap *map, uint8_t space, const char *key);

/**
 * The entries of a key in several spaces, given as bits (1 << space), at one look-up's cost.
 *
 * found  out: for each space its entry or NULL, in places that the caller has set to NULL.
 */
void kith_idmap_find_in(kith_idmap_entry *found[KITH_IDMAP_SPACES], const kith_idmap *map,
                        unsigned spaces, const char *key);

/**
 * Has what the look-ups of some keys will touch brought near; answers nothing, and waits for
 * nothing that the processor can do meanwhile.
 *
 * count  at most KITH_IDMAP_FETCH.
 */
void kith_idmap_fetch(const kith_idmap *map, const char *const *keys, size_t count);

/** The entry of a key, made with row 0 and line 0 when it is new. NULL: no memory. */
kith_idmap_entry *kith_idmap_put(kith_idmap *map, uint8_t space, const char *key);

/** An entry's key; valid as long as the entry. */
static inline const char *kith_idmap_key(const kith_idmap *map, const kith_idmap_entry *entry)
{
    return entry->longer ? map->text + entry->key.at : entry->key.text;
}

void kith_idmap_free(kith_idmap *map);

#endif
