/* SPDX-License-Identifier: GPL-3.0-or-later */
/* idmap.h: from an outside id to a row, in memory.
 *
 * A load names records by text ids; asking the store for each would cost a look-up a
 * field. The map holds every id once: its space (people, places, events, words, ... do
 * not share ids), its row, and where in the load under way it was last given. Keys are
 * never removed. Hashing is keyed, so that no file can choose ids that collide.
 *
 * Ids of one space mostly begin alike and end in a number that counts up. Those are found by their
 * number, in an array, as long as it is not much longer than they are many; the others by a hash.
 *
 * A look-up in a map that is larger than the processor's cache costs the waits for
 * memory: one for the slot, one for the key, which stands there itself when it is short. Rows that
 * follow one another often name the same thing, so the last one found is tried first; and
 * who knows of several keys that are looked up soon asks for them before (kith_idmap_fetch).
 *
 * An entry is valid until the next kith_idmap_put. */
#ifndef KITH_ENGINE_IDMAP_H
#define KITH_ENGINE_IDMAP_H

#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"

enum { KITH_IDMAP_SPACES = 16, KITH_IDMAP_SHORT = 16, KITH_IDMAP_FETCH = 32, KITH_IDMAP_HASHED = 64 };

typedef struct kith_idmap_entry {
    int64_t row;
    uint32_t line;
    uint16_t file;
    uint8_t space; /* below KITH_IDMAP_SPACES */
    uint8_t longer; /* its key does not fit beside the others */
} kith_idmap_entry;

typedef union kith_idmap_text {
    char text[KITH_IDMAP_SHORT]; /* a key that is shorter than that */
    size_t at;                   /* where a longer one begins */
} kith_idmap_text;

typedef struct kith_idmap_slot {
    uint32_t hash;  /* beside the index, so that a search looks at few entries */
    uint32_t entry; /* index + 1; 0 is free */
} kith_idmap_slot;

/* The ids of a space that begin as the first one did: entries by the number at their end. */
typedef struct kith_idmap_run {
    char prefix[KITH_IDMAP_SHORT];
    uint8_t prefix_size;
    uint8_t digits; /* of each number; 0: without leading zeros */
    uint32_t first; /* number */
    uint32_t *entry; /* index + 1, 0 where there is none */
    size_t room, count;
} kith_idmap_run;

typedef struct kith_idmap {
    kith_idmap_entry *entries;
    kith_idmap_text *keys; /* one an entry, and apart, as a number needs none to be found */
    size_t count, entry_room;
    kith_idmap_run runs[KITH_IDMAP_SPACES];
    kith_idmap_slot *slots;
    size_t slot_count, slots_used; /* the first a power of two */
    size_t hashed[KITH_IDMAP_SPACES]; /* keys of each space that are found by their hash */
    char *text;        /* of the longer keys */
    size_t text_size, text_room;
    uint32_t last[KITH_IDMAP_SPACES]; /* index + 1 of the entry last found by its hash in a space */
    uint64_t seeds[KITH_IDMAP_HASHED / 4 + 2]; /* of the hash */
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
 * Has the entries of some keys brought near, and gives those that their number tells, without
 * waiting for each.
 *
 * found  out: of each key index + 1 of its entry, which stays its place for good; 0 where only
 *        kith_idmap_find can tell.
 * count  at most KITH_IDMAP_FETCH.
 */
void kith_idmap_fetch(uint32_t *found, const kith_idmap *map, uint8_t space, const char *const *keys, size_t count);

/** The entry of a key, made with row 0 and line 0 when it is new. NULL: no memory. */
kith_idmap_entry *kith_idmap_put(kith_idmap *map, uint8_t space, const char *key);

/** An entry's key; valid as long as the entry. */
static inline const char *kith_idmap_key(const kith_idmap *map, const kith_idmap_entry *entry)
{
    const kith_idmap_text *key = &map->keys[entry - map->entries];

    return entry->longer ? map->text + key->at : key->text;
}

void kith_idmap_free(kith_idmap *map);

#endif
