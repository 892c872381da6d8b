/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_blocks.c: records that are worth comparing share a key.
 *
 * A key is a number made of what a record says: how its name sounds, its date of birth
 * with one part left out, an identifier or its beginning, its postcode, and so on. Records
 * of one key are a block. A block that is too large is divided by another thing that its
 * records say, in every way there is, and what is still too large is left out and counted:
 * so a record never has more than a fixed number of partners by one key. */
#include <stdlib.h>
#include <string.h>

#include "linkage_private.h"

enum { SORT_BITS = 11, DIVISORS = 4 };

typedef enum key_kind {
    WHOLE_NAME = 1,
    ONE_WORD,
    BIRTHDAY,
    YEAR_AND_MONTH,
    YEAR_AND_DAY,
    MONTH_AND_DAY,
    IDENTITY,
    IDENTITY_START,
    IDENTITY_END,
    POSTCODE,
    ADDRESS,
    CELL
} key_kind;

typedef struct entry {
    uint64_t key;
    uint32_t record;
    uint8_t kind;
    uint8_t divided; /* divisors used up to here */
} entry;

typedef struct entries {
    entry *list;
    size_t count, room;
    bool failed;
} entries;

/* Blocks under way: they grow in the state. */
typedef struct grouping {
    kith_linkage *linkage;
    size_t member_count, member_room, start_room;
} grouping;

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t x = a * 0x9E3779B97F4A7C15u ^ (b + 0x632BE59BD9B4E019u);

    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

static uint64_t mix_text(uint64_t hash, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001B3u;
    return mix(hash, size);
}

static void add(entries *out, entry made)
{
    if (out->count == out->room) {
        const size_t room = out->room * 2 + 1024;
        entry *grown = out->failed ? NULL : realloc(out->list, room * sizeof *grown);
        if (grown == NULL) {
            out->failed = true;
            return;
        }
        out->list = grown;
        out->room = room;
    }
    out->list[out->count++] = made;
}

static void add_key(entries *out, size_t record, key_kind kind, uint64_t a, uint64_t b)
{
    add(out, (entry){ mix(mix((uint64_t)kind, a), b), (uint32_t)record, (uint8_t)kind, 0 });
}

static void add_keys_of_name(entries *out, const linkage_state *state, size_t record, const linkage_name *name)
{
    if (name->count == 0)
        return;
    const uint32_t first = state->values[name->words[0]].sound;
    const uint32_t last = state->values[name->words[name->count - 1]].sound;
    add_key(out, record, WHOLE_NAME, first < last ? first : last, first < last ? last : first);
    for (uint32_t i = 0; i < name->count; i++)
        add_key(out, record, ONE_WORD, state->values[name->words[i]].sound, 0);
}

static void add_name_keys(entries *out, const linkage_state *state, size_t record)
{
    const linkage_ready *ready = &state->ready[record];

    add_keys_of_name(out, state, record, &ready->name);
    for (uint32_t n = 0; n < ready->alias_count; n++)
        add_keys_of_name(out, state, record, &state->aliases[ready->first_alias + n]);
}

static void add_birth_keys(entries *out, const linkage_state *state, size_t record)
{
    const kith_partial_date born = state->ready[record].born;
    const int low = born.day < born.month ? born.day : born.month;
    const int high = born.day < born.month ? born.month : born.day;

    if (state->ready[record].born_text == NONE || born.month == 0)
        return;
    add_key(out, record, YEAR_AND_MONTH, (uint64_t)born.year, (uint64_t)born.month);
    if (born.day == 0)
        return;
    add_key(out, record, BIRTHDAY, (uint64_t)born.year, (uint64_t)(low * 100 + high));
    add_key(out, record, YEAR_AND_DAY, (uint64_t)born.year, (uint64_t)born.day);
    add_key(out, record, MONTH_AND_DAY, (uint64_t)born.month, (uint64_t)born.day);
}

static void add_identifier_keys(entries *out, const linkage_state *state, size_t record)
{
    const linkage_ready *ready = &state->ready[record];
    enum { PIECE = 5 };

    for (uint32_t i = 0; i < ready->identifier_count; i++) {
        const linkage_identifier *identifier = &state->identifiers[ready->first_identifier + i];
        const char *text = linkage_text(state, identifier->value) + identifier->skip;
        const size_t size = strlen(text);
        add_key(out, record, IDENTITY, identifier->value, 0);
        if (size <= PIECE)
            continue;
        add_key(out, record, IDENTITY_START, identifier->kind, mix_text(1, text, PIECE));
        add_key(out, record, IDENTITY_END, identifier->kind, mix_text(1, text + size - PIECE, PIECE));
    }
}

/* Cells of about 500 m; each record stands in its own and its neighbours'. */
static void add_cell_keys(entries *out, const linkage_state *state, size_t record)
{
    const kith_linkage_record *place = &state->records[record];

    if (place->lat != place->lat || place->lon != place->lon)
        return;
    const int64_t row = (int64_t)((place->lat + 90) * 200), column = (int64_t)((place->lon + 180) * 120);
    for (int64_t i = 0; i <= 1; i++)
        for (int64_t j = 0; j <= 1; j++)
            add_key(out, record, CELL, (uint64_t)(row + i), (uint64_t)(column + j));
}

static void add_home_keys(entries *out, const linkage_state *state, size_t record)
{
    const linkage_ready *ready = &state->ready[record];

    if (ready->postcode_text != NONE)
        add_key(out, record, POSTCODE, ready->postcode_text, 0);
    if (ready->address != NONE)
        add_key(out, record, ADDRESS, ready->address, 0);
    if (state->kind == KITH_LOCATION)
        add_cell_keys(out, state, record);
}

/* By key, and within one key as they stand: by record. */
static bool sort_entries(entries *all)
{
    entry *from = all->list, *to = malloc((all->count + 1) * sizeof *to);
    size_t starts[1 << SORT_BITS];

    if (to == NULL)
        return false;
    for (int shift = 0; shift < 64; shift += SORT_BITS) {
        memset(starts, 0, sizeof starts);
        for (size_t i = 0; i < all->count; i++)
            starts[from[i].key >> shift & ((1 << SORT_BITS) - 1)]++;
        for (size_t i = 0, next = 0; i < 1 << SORT_BITS; i++) {
            const size_t count = starts[i];
            starts[i] = next;
            next += count;
        }
        for (size_t i = 0; i < all->count; i++)
            to[starts[from[i].key >> shift & ((1 << SORT_BITS) - 1)]++] = from[i];
        entry *swap = from;
        from = to;
        to = swap;
    }
    free(to);
    all->list = from;
    all->room = all->count;
    return true;
}

/* The first that is known, or NULL. */
static const linkage_name *name_of(const linkage_state *state, const linkage_ready *ready)
{
    if (ready->name.count > 0)
        return &ready->name;
    return ready->alias_count > 0 ? &state->aliases[ready->first_alias] : NULL;
}

/* What divides a block: the sound of the first and of the last word, the birth year, the
 * postcode. 0: the record does not say it. */
static uint64_t divisor_of(const linkage_state *state, uint32_t record, int which)
{
    const linkage_ready *ready = &state->ready[record];
    const linkage_name *name = name_of(state, ready);

    switch (which) {
    case 1:
        return name != NULL ? state->values[name->words[0]].sound : 0;
    case 2:
        return name != NULL ? state->values[name->words[name->count - 1]].sound : 0;
    case 3:
        return ready->born_text != NONE ? (uint64_t)ready->born.year : 0;
    default:
        return ready->postcode_text != NONE ? ready->postcode_text : 0;
    }
}

/* A key that already says a thing is not divided by it. */
static bool divides(key_kind kind, int which)
{
    if (which <= 2)
        return kind != WHOLE_NAME;
    if (which == 3)
        return kind < BIRTHDAY || kind > YEAR_AND_DAY;
    return kind != POSTCODE;
}

static void divide(entries *out, const linkage_state *state, const entry *block, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (int which = block[i].divided + 1; which <= DIVISORS; which++) {
            const uint64_t value = divisor_of(state, block[i].record, which);
            if (value == 0 || !divides((key_kind)block[i].kind, which))
                continue;
            entry made = block[i];
            made.key = mix(made.key + (uint64_t)which, value);
            made.divided = (uint8_t)which;
            add(out, made);
        }
}

static void left_out(kith_linkage *linkage, size_t count)
{
    linkage->blocks_left_out++;
    if (count > linkage->largest_left_out)
        linkage->largest_left_out = count;
}

/* Numbers that a list of them is one longer by. */
static bool add_number(uint32_t **list, size_t count, size_t *room, size_t number)
{
    if (count == *room) {
        const size_t more = *room + *room / 2 + 4096;
        uint32_t *grown = realloc(*list, more * sizeof *grown);
        if (grown == NULL)
            return false;
        *list = grown;
        *room = more;
    }
    (*list)[count] = (uint32_t)number;
    return number < UINT32_MAX;
}

static bool keep_block(grouping *g, const entry *block, size_t count)
{
    linkage_state *state = g->linkage->state;
    bool whole = add_number(&state->member_start, state->block_count, &g->start_room, g->member_count);

    for (size_t i = 0; i < count && whole; i++, g->member_count += whole)
        whole = add_number(&state->member, g->member_count, &g->member_room, block[i].record);
    state->block_count += whole;
    return whole;
}

/* Keeps blocks that fit, gives those that do not to the next round. A record that has a
 * key twice counts once. */
static bool sift(grouping *g, entries *next, entries *all)
{
    bool whole = true;

    for (size_t from = 0, to; from < all->count && whole; from = to) {
        size_t count = 0;
        for (to = from; to < all->count && all->list[to].key == all->list[from].key; to++)
            if (count == 0 || all->list[from + count - 1].record != all->list[to].record)
                all->list[from + count++] = all->list[to];
        const size_t before = next->count;
        if (count > KITH_LINKAGE_BLOCK) {
            divide(next, g->linkage->state, &all->list[from], count);
            if (next->count == before)
                left_out(g->linkage, count);
        } else if (count > 1) {
            whole = keep_block(g, &all->list[from], count);
        }
    }
    return whole && !next->failed;
}

typedef void add_keys(entries *out, const linkage_state *state, size_t record);

/* The blocks of some kinds of key: those of all at once would take more memory. */
static bool group_by(grouping *g, add_keys *keys)
{
    entries all = { 0 }, next = { 0 };
    bool whole = true;

    for (size_t r = 0; r < g->linkage->state->count && !all.failed; r++)
        keys(&all, g->linkage->state, r);
    while (whole && all.count > 0) {
        next.count = 0;
        whole = !all.failed && sort_entries(&all) && sift(g, &next, &all);
        const entries done = all;
        all = next;
        next = done;
    }
    whole = whole && !all.failed;
    free(all.list);
    free(next.list);
    return whole;
}

/* Lists the blocks of each record. */
static bool index_blocks(linkage_state *state, size_t members)
{
    state->block_of = malloc((members + 1) * sizeof *state->block_of);
    state->block_start = calloc(state->count + 2, sizeof *state->block_start);
    if (state->block_of == NULL || state->block_start == NULL)
        return false;
    for (size_t i = 0; i < members; i++)
        state->block_start[state->member[i] + 2]++;
    for (size_t r = 0; r < state->count; r++)
        state->block_start[r + 2] += state->block_start[r + 1];
    for (size_t b = 0; b < state->block_count; b++)
        for (uint32_t i = state->member_start[b]; i < state->member_start[b + 1]; i++)
            state->block_of[state->block_start[state->member[i] + 1]++] = (uint32_t)b;
    return true;
}

kith_status linkage_make_blocks(kith_linkage *linkage, kith_error *err)
{
    static add_keys *const passes[] = { add_name_keys, add_birth_keys, add_identifier_keys, add_home_keys };
    linkage_state *state = linkage->state;
    grouping g = { .linkage = linkage };
    bool whole = true;

    for (size_t i = 0; i < sizeof passes / sizeof passes[0] && whole; i++)
        whole = group_by(&g, passes[i]);
    whole = whole && add_number(&state->member_start, state->block_count, &g.start_room, g.member_count) &&
            index_blocks(state, g.member_count);
    return whole ? KITH_OK : kith_no_memory(err);
}

void linkage_each_partner(const linkage_state *state, uint32_t left, uint32_t *stamp,
                         linkage_take *take, void *context)
{
    for (uint32_t i = state->block_start[left]; i < state->block_start[left + 1]; i++) {
        const uint32_t block = state->block_of[i];
        for (uint32_t j = state->member_start[block]; j < state->member_start[block + 1]; j++) {
            const uint32_t right = state->member[j];
            if (right <= left || stamp[right] == left)
                continue;
            stamp[right] = left;
            take(context, left, right);
        }
    }
}

uint32_t *linkage_stamps(size_t count)
{
    uint32_t *stamp = malloc((count + 1) * sizeof *stamp);

    if (stamp != NULL)
        memset(stamp, 0xFF, (count + 1) * sizeof *stamp);
    return stamp;
}
