/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_private.h: what the files of the network's builder share: reading the
 * tables (network_things.c, network_facts.c), and putting them in order (network.c). */
#ifndef KITH_NETWORK_PRIVATE_H
#define KITH_NETWORK_PRIVATE_H

#include "kith/network.h"
#include "pool.h"

/* From rows of the store, which count up from 1, to indexes. */
typedef struct kith_row_index {
    uint32_t *of; /* KITH_NOTHING where there is none */
    size_t size;
} kith_row_index;

/* A word, and what it means where it is a role or a kind of event. */
typedef struct kith_row_word {
    const char *text; /* NULL where there is none */
    const kith_meaning *of_event;
    kith_role role; /* both bits of a composed word */
} kith_row_word;

typedef struct kith_row_words {
    kith_row_word *of; /* by row */
    size_t size;
} kith_row_words;

typedef struct kith_loader {
    kith_network *network;
    kith_store *store;
    kith_error *err;
    kith_row_words words, sources;
    kith_row_index origin_of, thing_of, event_of;
    size_t thing_room, event_room, participation_room, link_room, origin_room;
    kith_kind kind; /* of the things being read */
} kith_loader;

/**
 * Makes one thing of those that were confirmed to be one. Things are sorted and thing_of
 * is filled; both are so afterwards.
 */
kith_status kith_merge_things(kith_loader *loader);

/** Sets what a row stands for. False when there is no memory. */
bool kith_row_index_set(kith_row_index *map, int64_t row, uint32_t index);

/** What a row stands for, or KITH_NOTHING. */
static inline uint32_t kith_row_index_get(const kith_row_index *map, int64_t row)
{
    return row > 0 && (uint64_t)row < map->size ? map->of[row] : KITH_NOTHING;
}

/** The word of a row; an empty one for row 0; NULL where there is none. */
const kith_row_word *kith_row_word_of(const kith_row_words *map, int64_t row);

/** Room for one item more than count. False when there is no memory. */
bool kith_make_room(void **list, size_t *room, size_t count, size_t size);

/** Gives every row of a statement to `take`, until one fails. */
kith_status kith_read_all(kith_loader *loader, kith_query query,
                          kith_status (*take)(kith_loader *, kith_rows *));

/** Reads a date that import wrote; anything else is KITH_HUB. */
kith_status kith_read_time(kith_time *out, kith_loader *loader, const char *text,
                           const char *record, const char *id);

/** KITH_HUB: a record refers to what is not there. */
kith_status kith_damaged(kith_loader *loader, const char *record, const char *id, const char *what);

/* Each reads one table into the network, in the order of its rows. Links read the words
 * and the things, and so on: the order below is the order of use. */
kith_status kith_read_words(kith_loader *loader);
kith_status kith_read_origins(kith_loader *loader);
kith_status kith_read_things(kith_loader *loader, kith_kind kind);
kith_status kith_read_events(kith_loader *loader);
kith_status kith_read_participations(kith_loader *loader);
kith_status kith_read_links(kith_loader *loader);
kith_status kith_read_newest(kith_loader *loader);

#endif
