/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find_index.c: the records that may fit, and the most that each can score.
 *
 * For each part of what was typed, the words of the hub that fit it are looked up: those
 * that begin or end like it (a slip leaves one of the two as it is), those of the same
 * consonants, the forms of its name; and the dates of birth that fit. Then the rows that have
 * one of them, the rarest part first, until all parts have found a row or only a few are
 * left. The bound of a row is what it would score if all those words were of one name, and
 * the parts that were not looked at fitted whole. A row found by a value may be anything. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "find_private.h"

typedef struct hit {
    uint32_t before; /* how well the parts fit that found it before the last */
    uint16_t best;   /* and that */
    uint8_t parts;   /* that found it */
    uint8_t words;   /* fewest of a name by which it was found; 0: by none */
    uint8_t used;    /* parts that found it by a word, before the last; and whether that did */
    bool by_word;
} hit;

typedef struct words_list {
    char (*list)[FIND_WORD_SIZE];
    size_t count, room;
} words_list;

/* A key under which rows stand that fit a part. */
typedef struct fitting_key {
    char key[FIND_WORD_SIZE + 1];
    unsigned fit;
} fitting_key;

typedef struct fitting_keys {
    fitting_key *list;
    size_t count, room;
    int64_t size; /* bytes that their rows take, about */
} fitting_keys;

enum { LISTED = 255, FEW = 200 }; /* listed: found by its value */

typedef struct gathering {
    const find_query *query;
    kith_store *store;
    const kith_view *view;
    kith_error *err;
    kith_status status;
    hit *hits;    /* by row */
    int64_t last; /* row of the hub */
    size_t part;  /* under way, by the order in which they are looked at */
    fitting_keys fitting[FIND_PARTS];
    int64_t *found; /* rows that the part under way found, after all before it */
    size_t found_count, found_room;
    find_candidates *out;
    size_t out_room;
} gathering;

static bool goes_on(gathering *g, kith_status status)
{
    if (g->status == KITH_OK)
        g->status = status;
    return g->status == KITH_OK;
}

static bool first_is_better(const find_candidate *a, const find_candidate *b)
{
    return a->bound != b->bound ? a->bound > b->bound : a->entity < b->entity;
}

static void sift(find_candidates *heap, size_t at)
{
    for (;;) {
        size_t best = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < heap->count; child++)
            if (first_is_better(&heap->list[child], &heap->list[best]))
                best = child;
        if (best == at)
            return;
        const find_candidate moved = heap->list[at];
        heap->list[at] = heap->list[best];
        heap->list[best] = moved;
        at = best;
    }
}

bool find_candidates_next(find_candidate *out, find_candidates *candidates)
{
    if (candidates->count == 0)
        return false;
    *out = candidates->list[0];
    candidates->list[0] = candidates->list[--candidates->count];
    sift(candidates, 0);
    return true;
}

static void add_candidate(gathering *g, int64_t entity, double bound)
{
    find_candidates *out = g->out;

    if (out->count == g->out_room) {
        const size_t room = g->out_room * 2 + 256;
        find_candidate *grown = realloc(out->list, room * sizeof *grown);
        if (grown == NULL) {
            goes_on(g, kith_no_memory(g->err));
            return;
        }
        out->list = grown;
        g->out_room = room;
    }
    out->list[out->count++] = (find_candidate){ bound, entity };
}

static void remember(gathering *g, int64_t entity)
{
    if (g->found_count == g->found_room) {
        const size_t room = g->found_room * 2 + 1024;
        int64_t *grown = realloc(g->found, room * sizeof *grown);
        if (grown == NULL) {
            goes_on(g, kith_no_memory(g->err));
            return;
        }
        g->found = grown;
        g->found_room = room;
    }
    g->found[g->found_count++] = entity;
}

/* The part under way fits a record. words: of the name, 0 for a date. */
static void take_hit(gathering *g, int64_t entity, unsigned fit, unsigned words)
{
    hit *h = &g->hits[entity];

    if (h->parts == g->part) {
        h->before += h->best;
        h->best = (uint16_t)fit;
        h->parts++;
        h->used += h->by_word;
        h->by_word = false;
        remember(g, entity);
    } else if (h->parts == g->part + 1) {
        h->best = fit > h->best ? (uint16_t)fit : h->best;
    } else {
        return;
    }
    h->by_word = h->by_word || words > 0;
    if (words > 0 && (h->words == 0 || words < h->words))
        h->words = (uint8_t)words;
}

static void take_value(gathering *g, int64_t entity)
{
    if (g->hits[entity].parts != LISTED)
        add_candidate(g, entity, 1);
    g->hits[entity].parts = LISTED;
}

/* Every row that has a key. fit 0: a value. */
static void read_entities(gathering *g, const char *key, unsigned fit)
{
    const bool words = key[0] == 'w';
    kith_rows *rows;

    if (g->status != KITH_OK ||
        !goes_on(g, kith_store_read(&rows, g->store, g->view, KITH_QUERY_FIND_ENTITIES, g->err)))
        return;
    kith_rows_bind_text(rows, "key", key);
    while (g->status == KITH_OK && kith_rows_next(rows)) {
        size_t size;
        const unsigned char *bytes = kith_rows_bytes(rows, 0, &size);
        find_reader reader = { .at = bytes, .end = bytes + size };
        while (g->status == KITH_OK && find_reader_next(&reader)) {
            if (reader.entity < 1 || reader.entity > g->last)
                continue;
            if (fit > 0)
                take_hit(g, reader.entity, fit, words ? reader.words : 0);
            else
                take_value(g, reader.entity);
        }
    }
    goes_on(g, kith_rows_end(rows, g->err));
}

static void add_word(gathering *g, words_list *words, const char *word, size_t size)
{
    if (size == 0 || size >= FIND_WORD_SIZE)
        return;
    if (words->count == words->room) {
        const size_t room = words->room * 2 + 64;
        char(*grown)[FIND_WORD_SIZE] = realloc(words->list, room * sizeof *grown);
        if (grown == NULL) {
            goes_on(g, kith_no_memory(g->err));
            return;
        }
        words->list = grown;
        words->room = room;
    }
    memcpy(words->list[words->count], word, size);
    words->list[words->count++][size] = '\0';
}

/* The word that a key is for. */
static void add_word_of_key(gathering *g, words_list *words, const char *key)
{
    char word[FIND_WORD_SIZE];
    const size_t size = strlen(key) - 1;

    if (key[0] == 'w') {
        add_word(g, words, key + 1, size);
    } else if (key[0] == 'c') {
        const char *blank = strchr(key, ' ');
        add_word(g, words, blank + 1, strlen(blank + 1));
    } else if (size < FIND_WORD_SIZE) {
        for (size_t i = 0; i < size; i++)
            word[i] = key[size - i];
        add_word(g, words, word, size);
    }
}

static void add_key(gathering *g, const char *key, unsigned fit, int64_t size)
{
    fitting_keys *keys = &g->fitting[g->part];

    if (keys->count == keys->room) {
        const size_t room = keys->room * 2 + 64;
        fitting_key *grown = realloc(keys->list, room * sizeof *grown);
        if (grown == NULL) {
            goes_on(g, kith_no_memory(g->err));
            return;
        }
        keys->list = grown;
        keys->room = room;
    }
    fitting_key *added = &keys->list[keys->count++];
    added->fit = fit;
    snprintf(added->key, sizeof added->key, "%s", key);
    keys->size += size;
}

/* Reads the keys that begin with `low`, which is not empty. */
static void read_keys(gathering *g, const char *low,
                      void (*take)(gathering *, void *, const char *key, int64_t size), void *context)
{
    char high[2 * FIND_WORD_SIZE];
    const size_t size = strlen(low);
    kith_rows *rows;

    memcpy(high, low, size + 1);
    high[size - 1]++; /* letters, digits, blanks, bytes of other characters: none is 0xFF */
    if (g->status != KITH_OK ||
        !goes_on(g, kith_store_read(&rows, g->store, g->view, KITH_QUERY_FIND_KEYS, g->err)))
        return;
    kith_rows_bind_text(rows, "low", low);
    kith_rows_bind_text(rows, "high", high);
    while (g->status == KITH_OK && kith_rows_next(rows))
        take(g, context, kith_rows_text(rows, 0), kith_rows_integer(rows, 1));
    goes_on(g, kith_rows_end(rows, g->err));
}

static void take_word_key(gathering *g, void *context, const char *key, int64_t size)
{
    (void)size;
    add_word_of_key(g, context, key);
}

/* Letters at the beginning and at the end of which one stays as it was after a slip. */
static size_t kept_letters(size_t size, bool at_end)
{
    static const size_t beginning[] = { 0, 1, 2, 1, 2, 2, 3 }, end[] = { 0, 0, 0, 1, 1, 2, 2 };

    return size > 6 ? 3 : at_end ? end[size] : beginning[size];
}

static bool all_letters(const char *word)
{
    return strspn(word, "abcdefghijklmnopqrstuvwxyz") == strlen(word);
}

static void take_form(void *context, const char *form)
{
    void **pair = context;

    add_word(pair[0], pair[1], form, strlen(form));
}

/* Every word of the hub that may fit a word, some more than once. */
static void gather_words(gathering *g, words_list *words, const char *typed)
{
    const size_t size = strlen(typed);
    const size_t front = all_letters(typed) ? kept_letters(size, false) : size;
    const size_t back = all_letters(typed) ? kept_letters(size, true) : 0;
    char key[FIND_WORD_SIZE + 2];
    void *pair[] = { g, words };

    key[0] = 'w';
    memcpy(key + 1, typed, front);
    key[1 + front] = '\0';
    read_keys(g, key, take_word_key, words);
    key[0] = 'r';
    for (size_t i = 0; i < back; i++)
        key[1 + i] = typed[size - 1 - i];
    key[1 + back] = '\0';
    if (back > 0)
        read_keys(g, key, take_word_key, words);
    key[0] = 'c';
    find_consonants(key + 1, typed);
    strcat(key, " ");
    if (key[1] != ' ')
        read_keys(g, key, take_word_key, words);
    kith_nickname_forms(typed, take_form, pair);
}

static int by_word(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int64_t size_of(gathering *g, const char *key)
{
    kith_rows *rows;
    int64_t size = 0;

    if (g->status != KITH_OK ||
        !goes_on(g, kith_store_read(&rows, g->store, g->view, KITH_QUERY_FIND_SIZE, g->err)))
        return 0;
    kith_rows_bind_text(rows, "key", key);
    if (kith_rows_next(rows))
        size = kith_rows_integer(rows, 0);
    goes_on(g, kith_rows_end(rows, g->err));
    return size;
}

/* The words that fit one that was typed. */
static void find_words_of(gathering *g, const char *typed)
{
    char key[FIND_WORD_SIZE + 1] = "w";
    words_list words = { 0 };

    gather_words(g, &words, typed);
    if (words.count > 0)
        qsort(words.list, words.count, sizeof *words.list, by_word);
    for (size_t i = 0; i < words.count && g->status == KITH_OK; i++) {
        const unsigned fit = find_word_fit(typed, words.list[i]);
        if (fit == 0 || (i > 0 && strcmp(words.list[i], words.list[i - 1]) == 0))
            continue;
        strcpy(key + 1, words.list[i]);
        add_key(g, key, fit, g->query->count > 1 ? size_of(g, key) : 0);
    }
    free(words.list);
}

static void take_date_key(gathering *g, void *context, const char *key, int64_t size)
{
    const fitting_keys *keys = &g->fitting[g->part];
    const unsigned fit = find_date_fit(*(kith_partial_date *)context, key + 1);
    const bool again = keys->count > 0 && strcmp(keys->list[keys->count - 1].key, key) == 0;

    if (fit > 0 && !again) /* in a second load */
        add_key(g, key, fit, size);
}

/* The dates of birth that fit one that was typed: all are of its year. */
static void find_dates_of(gathering *g, kith_partial_date typed)
{
    char low[FIND_WORD_SIZE];

    snprintf(low, sizeof low, "b%04d", typed.year);
    read_keys(g, low, take_date_key, &typed);
}

/* What the rows that were found can score at the most, when `looked` parts were looked at.
 * Words that nobody typed are known to cost something only when a word of the name is sure to
 * be among what fits. */
static void add_bounds(gathering *g, size_t looked)
{
    const find_query *query = g->query;
    const unsigned unseen = (unsigned)(query->count - looked) * FIND_FIT;

    for (size_t i = 0; i < g->found_count && g->status == KITH_OK; i++) {
        const hit *h = &g->hits[g->found[i]];
        const size_t used = h->used + h->by_word + query->count - looked;
        const size_t spare = query->only_words > 0 && h->words > used ? h->words - used : 0;
        add_candidate(g, g->found[i], find_score(h->before + h->best + unseen, query->count, spare));
    }
}

static int by_size(const void *a, const void *b)
{
    const fitting_keys *left = a, *right = b;

    return left->size < right->size ? -1 : left->size > right->size;
}

static void gather(gathering *g)
{
    const find_query *query = g->query;
    char bucket[FIND_BUCKET_SIZE];
    size_t looked = 0;

    snprintf(bucket, sizeof bucket, "#%04x", find_bucket(query->solid));
    if (query->solid[0] != '\0')
        read_entities(g, bucket, 0);
    for (g->part = 0; g->part < query->count && g->status == KITH_OK; g->part++) {
        const find_part *part = &query->parts[g->part];
        if (part->word[0] != '\0')
            find_words_of(g, part->word);
        if (part->date.year != 0)
            find_dates_of(g, part->date);
    }
    qsort(g->fitting, query->count, sizeof *g->fitting, by_size);
    while (looked < query->count && (looked == 0 || g->found_count > FEW) && g->status == KITH_OK) {
        g->part = looked++;
        g->found_count = 0;
        const fitting_keys *keys = &g->fitting[g->part];
        for (size_t i = 0; i < keys->count && g->status == KITH_OK; i++)
            read_entities(g, keys->list[i].key, keys->list[i].fit);
    }
    add_bounds(g, looked);
    for (size_t i = g->out->count / 2; i-- > 0;)
        sift(g->out, i);
}

static kith_status read_number(int64_t *out, kith_store *store, const kith_view *view,
                               kith_query query, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, query, err);

    *out = 0;
    if (status != KITH_OK)
        return status;
    if (kith_rows_next(rows))
        *out = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, err);
}

kith_status find_candidates_read(find_candidates *candidates, const find_query *query,
                                 kith_store *store, const kith_view *view, kith_error *err)
{
    gathering g = { .query = query, .store = store, .view = view, .err = err, .out = candidates };
    int64_t unready = 0;

    *candidates = (find_candidates){ 0 };
    kith_status status = read_number(&unready, store, view, KITH_QUERY_FIND_UNREADY, err);
    if (status == KITH_OK)
        status = read_number(&g.last, store, view, KITH_QUERY_FIND_LAST, err);
    candidates->ready = unready == 0;
    if (status != KITH_OK || !candidates->ready)
        return status;
    g.hits = calloc((size_t)g.last + 1, sizeof *g.hits);
    if (g.hits == NULL)
        return kith_no_memory(err);
    gather(&g);
    for (size_t i = 0; i < FIND_PARTS; i++)
        free(g.fitting[i].list);
    free(g.hits);
    free(g.found);
    return g.status;
}
