/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_private.h: what the files of the network's builder share: reading the
 * tables (network_things.c, network_facts.c), and putting them in order (network_order.c). */
#ifndef KITH_NETWORK_PRIVATE_H
#define KITH_NETWORK_PRIVATE_H

#include "kith/grid.h"
#include "kith/network.h"
#include "pool.h"

/* From rows of the store, which count up from 1, to indexes. */
typedef struct kith_row_index {
    uint32_t *of; /* KITH_NOTHING where there is none */
    size_t size;
} kith_row_index;

/* A word, and what it means where it is a role, or a kind of event or link. */
typedef struct kith_row_word {
    const char *text; /* NULL where there is none */
    const kith_meaning *of_event, *of_link;
    kith_role role; /* both bits of a composed word */
} kith_row_word;

typedef struct kith_row_words {
    kith_row_word *of; /* by row */
    size_t size;
} kith_row_words;

/* A record that somebody contests, or that was found to be wrong. */
typedef enum kith_contested_part {
    KITH_CONTESTED_EVENT = 1,
    KITH_CONTESTED_PART,
    KITH_CONTESTED_LINK
} kith_contested_part;

typedef struct kith_contested_record {
    kith_contested_part part;
    int64_t record, person, role; /* rows; person and role of a part in an event */
    int64_t origin_row;
    uint32_t origin; /* index; of a contested one that of its own copy */
    kith_contested contested;
} kith_contested_record;

/* Rows, each once. */
typedef struct kith_row_list {
    int64_t *rows;
    size_t count, room;
    kith_row_index place; /* row -> its place in the order in which they were met */
} kith_row_list;

/* What is read of a hub that is not read whole. */
typedef struct kith_near {
    const char *const *ids; /* around what */
    size_t id_count, most;
    int hops;
    kith_row_list records, links, origins;
    kith_row_list met;                     /* events of any day, */
    size_t looked_at;                      /* so many of which were looked at: */
    kith_row_list events;                  /* those of the window; without places */
    kith_row_list things[KITH_OBJECT + 1]; /* the records, by kind; without places */
} kith_near;

typedef struct kith_loader {
    kith_network *network;
    kith_store *store;
    kith_error *err;
    kith_row_words words, sources;
    kith_row_index origin_of, thing_of, event_of;
    kith_row_index was; /* 0 for each event, or link, that was read as it was before a correction */
    size_t thing_room, event_room, participation_room, link_room, origin_room;
    kith_contested_record *contested; /* by part, record, person, role */
    size_t contested_count, contested_room;
    kith_kind kind; /* of the things being read */
    void *context;  /* of a step */
    kith_grid *grid; /* once a place has needed it */
    kith_near *near; /* NULL: the whole hub */
} kith_loader;

/* A row of participation. */
typedef struct kith_part {
    int64_t event, person, role, origin; /* rows */
    uint32_t thing;                      /* of the person; KITH_NOTHING when it is not there */
    bool convicted;
} kith_part;

/* A link, whose ends are rows until kith_find_ends has asked for them. */
typedef struct kith_begun_link {
    kith_link link;
    int64_t from, to; /* rows of entity */
} kith_begun_link;

enum { KITH_PARTS_AHEAD = 64 };

/* Participations of a stretch of events, read some rows ahead (network_members.c). */
typedef struct kith_parts {
    kith_rows *rows;
    int64_t last; /* row of event */
    kith_part ahead[KITH_PARTS_AHEAD];
    size_t at, count;
} kith_parts;

/**
 * Begins to read the participations of events from one row to another, by event and person.
 * After success kith_parts_end tells whether they could be read.
 */
kith_status kith_parts_begin(kith_parts *parts, kith_loader *loader, int64_t first, int64_t last);

/** The one in hand, until the next is asked for; NULL at the end. */
const kith_part *kith_parts_here(kith_parts *parts, const kith_loader *loader);
void kith_parts_next(kith_parts *parts);
kith_status kith_parts_end(kith_parts *parts, kith_error *err);

/**
 * Makes one thing of those that were confirmed to be one. Things are sorted and thing_of
 * is filled; both are so afterwards.
 */
kith_status kith_merge_things(kith_loader *loader);

/* Marks (network.h): things once they are in order and merged, then each event with all of its
 * participations, and each link. */
kith_status kith_mark_things(kith_loader *loader);
void kith_mark_event(kith_network *network, const kith_event_record *event);
void kith_mark_link(kith_network *network, const kith_link *link);
uint64_t kith_mark_of_text(const char *text);
uint64_t kith_mark_with(uint64_t mark, uint64_t more);
void kith_mark_add(uint64_t *mark, uint64_t more); /* to its second half alone */

/** Sets what a row stands for. False when there is no memory. */
bool kith_row_index_set(kith_row_index *map, int64_t row, uint32_t index);

/** What a row stands for, or KITH_NOTHING. */
static inline uint32_t kith_row_index_get(const kith_row_index *map, int64_t row)
{
    return row > 0 && (uint64_t)row < map->size ? map->of[row] : KITH_NOTHING;
}

/** Asks memory for what a row stands for, before it is needed. */
static inline void kith_row_index_ask(const kith_row_index *map, int64_t row)
{
    if (row > 0 && (uint64_t)row < map->size)
        __builtin_prefetch(&map->of[row]);
}

/** The word of a row; an empty one for row 0; NULL where there is none. */
const kith_row_word *kith_row_word_of(const kith_row_words *map, int64_t row);

/** Room for one item more than count. False when there is no memory. */
bool kith_make_room(void **list, size_t *room, size_t count, size_t size);

/** Gives every row of a statement to `take`, until one fails. */
kith_status kith_read_all(kith_loader *loader, kith_query query,
                          kith_status (*take)(kith_loader *, kith_rows *));

/** The same of a statement about one row, its parameter :row; and for one row after another of a list. */
kith_status kith_read_row(kith_loader *loader, kith_query query, int64_t row,
                          kith_status (*take)(kith_loader *, kith_rows *));
kith_status kith_read_rows(kith_loader *loader, kith_query query, const kith_row_list *list,
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
kith_status kith_pass_links(kith_loader *loader); /* for the homes and days they tell of alone */
kith_status kith_read_newest(kith_loader *loader);

/* Reads the contested records, after the origins, and adds an origin for them; then, when origins
 * are in order, finds it; and gives what the records use: a record that is not contested its own. */
kith_status kith_read_contested(kith_loader *loader);
void kith_find_contested(kith_loader *loader);
uint32_t kith_contested_origin(const kith_loader *loader, const kith_contested_record *asked);

/* The same row by row. An id is that of the row until it is kept. wanted out: in the window,
 * and of a link not within one thing. */
kith_status kith_begin_event(kith_event_record *event, bool *wanted, kith_loader *loader,
                             kith_rows *rows); /* its id and time; fill the rest when wanted */
kith_status kith_fill_event(kith_event_record *event, kith_loader *loader, kith_rows *rows);
kith_status kith_add_participation(kith_loader *loader, const kith_part *part, uint32_t event);
kith_status kith_begin_link(kith_begun_link *begun, kith_loader *loader, kith_rows *rows);
kith_status kith_find_ends(kith_begun_link *begun, kith_loader *loader);
bool kith_end_link(const kith_begun_link *begun, kith_loader *loader); /* whether it is wanted */

/* What network.c makes of them: read, in order, and found by their rows. */
kith_status kith_load_origins(kith_loader *loader);
kith_status kith_load_things(kith_loader *loader);

/** Sorts records of a size, whose id stands at an offset, by id. Ids are unique. */
kith_status kith_order_by_id(void *records, size_t count, size_t size, size_t offset,
                             kith_error *err);
kith_status kith_order_events(kith_loader *loader);       /* by id */
void kith_order_origins(kith_network *network);           /* those of one report together */
void kith_order_members(kith_participation *members, size_t count); /* of one event, by person */
void kith_order_links(kith_network *network);             /* by their ends */

/* Lists what is near; a step before all others. */
kith_status kith_near_find(kith_loader *loader);
void kith_near_free(kith_near *near);

/** Runs steps on a new network, all in one state of the hub. Frees the network on failure. */
typedef kith_status kith_load_step(kith_loader *loader);
kith_status kith_network_load(kith_loader *loader, kith_store *store, const kith_view *view,
                              kith_load_step *const *steps, size_t count, kith_error *err);

#endif
