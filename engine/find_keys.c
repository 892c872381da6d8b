/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find_keys.c: by what the records of a load can be found, gathered while it is read.
 *
 * Each key has the list of its rows, as differences of row numbers in seven bits a byte:
 * rows come mostly in order, so that most take one or two bytes. A million people have few
 * hundred thousand different words and dates of birth; their ids and numbers are all
 * different, and share 65536 keys, since the rows of a key are only where to look. So the
 * index of a load is some hundred thousand rows in the order of their keys, written at the
 * end, instead of millions of rows at random places. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "find_private.h"
#include "kith/waiting.h"
#include "idmap.h"

enum { ROW_BITS = 48, TEXT_KEYS = 1, KEY_SIZE = 2 * FIND_WORD_SIZE + 4, MOST_COUNTED = 4 };

/* Rows that have a key. */
typedef struct entity_list {
    unsigned char *bytes;
    uint32_t size, room;
    int64_t last;
} entity_list;

struct find_keys {
    kith_idmap texts;         /* words and dates; row: place in lists, from 1 */
    entity_list *lists;       /* of texts */
    size_t list_count, list_room;
    uint64_t *values;         /* of each value the bucket, and its row in the lower 48 bits */
    size_t value_count, value_room;
    kith_text waiting;        /* records whose keys are not made yet */
    int64_t entity;           /* of the record under way */
    find_words words;         /* and of its name */
    bool failed;
};

/* A key as it is written, and its rows; NULL: the key alone says where to look on. */
typedef struct written_key {
    char *text;
    const entity_list *list;
} written_key;

typedef struct written_keys {
    written_key *list;
    size_t count, room;
    bool failed;
} written_keys;

find_keys *find_keys_new(void)
{
    return calloc(1, sizeof(find_keys));
}

void find_keys_free(find_keys *keys)
{
    if (keys == NULL)
        return;
    for (size_t i = 0; i < keys->list_count; i++)
        free(keys->lists[i].bytes);
    free(keys->lists);
    free(keys->values);
    kith_idmap_free(&keys->texts);
    find_words_free(&keys->words);
    kith_text_free(&keys->waiting);
    free(keys);
}

unsigned find_bucket(const char *solid)
{
    uint32_t hash = 2166136261u;

    for (; *solid != '\0'; solid++)
        hash = (hash ^ (unsigned char)*solid) * 16777619u;
    return (hash ^ hash >> 16) & (FIND_BUCKETS - 1);
}

/* Adds a row: the difference from the last one, its sign in the lowest bit, and then two bits
 * for the words of its name. */
static bool add_entity(entity_list *list, int64_t entity, size_t words)
{
    enum { MOST_BYTES = 10 };
    const int64_t step = entity - list->last;
    const uint64_t counted = words > MOST_COUNTED ? MOST_COUNTED : words > 0 ? words : 1;
    uint64_t left = (step < 0 ? (uint64_t)-step << 1 | 1 : (uint64_t)step << 1) << 2 | (counted - 1);

    if (list->room - list->size < MOST_BYTES) {
        const uint32_t room = list->room * 2 + 2 * MOST_BYTES;
        unsigned char *grown = realloc(list->bytes, room);
        if (grown == NULL)
            return false;
        list->bytes = grown;
        list->room = room;
    }
    for (; left >= 0x80; left >>= 7)
        list->bytes[list->size++] = (unsigned char)(left | 0x80);
    list->bytes[list->size++] = (unsigned char)left;
    list->last = entity;
    return true;
}

bool find_reader_next(find_reader *reader)
{
    uint64_t value = 0;
    int shift = 0;

    do {
        if (reader->at == reader->end || shift > 63)
            return false;
        value |= (uint64_t)(*reader->at & 0x7F) << shift;
        shift += 7;
    } while ((*reader->at++ & 0x80) != 0);
    reader->words = (unsigned)(value & 3) + 1;
    value >>= 2;
    const int64_t step = (int64_t)(value >> 1);
    reader->entity += (value & 1) != 0 ? -step : step;
    return true;
}

static entity_list *list_of(find_keys *keys, const char *key)
{
    kith_idmap_entry *entry = kith_idmap_put(&keys->texts, TEXT_KEYS, key);

    if (entry == NULL)
        return NULL;
    if (entry->row == 0) {
        if (keys->list_count == keys->list_room) {
            const size_t room = keys->list_room * 2 + 1024;
            entity_list *grown = realloc(keys->lists, room * sizeof *grown);
            if (grown == NULL)
                return NULL;
            keys->lists = grown;
            keys->list_room = room;
        }
        keys->lists[keys->list_count] = (entity_list){ 0 };
        entry->row = (int64_t)++keys->list_count;
    }
    return &keys->lists[entry->row - 1];
}

static void add_text(find_keys *keys, char letter, const char *text, size_t words)
{
    char key[FIND_WORD_SIZE + 1];

    key[0] = letter;
    memcpy(key + 1, text, strlen(text) + 1); /* a word or a date: both fit */
    entity_list *list = keys->failed ? NULL : list_of(keys, key);
    if (list == NULL || !add_entity(list, keys->entity, words))
        keys->failed = true;
}

/* Ids are as many as records: they are put down in a row, and brought in order at the end. */
static void add_value(void *context, const char *value, size_t size)
{
    find_keys *keys = context;
    char solid[FIND_SOLID_SIZE];

    find_solid(solid, value, size);
    if (solid[0] == '\0' || keys->failed)
        return;
    if (keys->value_count == keys->value_room) {
        const size_t room = keys->value_room * 2 + 1024;
        uint64_t *grown = realloc(keys->values, room * sizeof *grown);
        keys->failed = grown == NULL;
        if (keys->failed)
            return;
        keys->values = grown;
        keys->value_room = room;
    }
    keys->values[keys->value_count++] =
        (uint64_t)find_bucket(solid) << ROW_BITS | (uint64_t)keys->entity;
}

static void add_name(find_keys *keys, const char *name, size_t size)
{
    find_words *words = &keys->words;

    if (size == 0)
        return;
    if (!find_words_read(words, name, size)) {
        keys->failed = true;
        return;
    }
    for (size_t i = 0; i < words->count; i++)
        add_text(keys, 'w', words->text[i], words->count);
}

static void add_record(find_keys *keys, const find_record *record)
{
    add_name(keys, record->name, strlen(record->name));
    for (const char *at = record->aliases; *at != '\0';) {
        const size_t size = strcspn(at, ";");
        add_name(keys, at, size);
        at += size + (at[size] == ';');
    }
    if (record->dob[0] != '\0')
        add_text(keys, 'b', record->dob, 1);
    add_value(keys, record->id, strlen(record->id));
    find_each_value(record->identifiers, add_value, keys);
    add_value(keys, record->postcode, strlen(record->postcode));
    if (record->kind == KITH_OBJECT)
        add_value(keys, record->name, strlen(record->name));
}

static const char *next_text(const char **at)
{
    const char *text = *at;

    *at += strlen(text) + 1;
    return text;
}

/* Makes the keys of the records that wait. */
static void add_waiting(find_keys *keys)
{
    const char *at = kith_text_string(&keys->waiting), *end = at + keys->waiting.size;

    keys->failed = keys->failed || keys->waiting.failed;
    while (!keys->failed && at < end) {
        find_record record = { .kind = (kith_kind)*at++ };
        memcpy(&keys->entity, at, sizeof keys->entity);
        at += sizeof keys->entity;
        record.id = next_text(&at);
        record.name = next_text(&at);
        record.aliases = next_text(&at);
        record.dob = next_text(&at);
        record.identifiers = next_text(&at);
        record.postcode = next_text(&at);
        add_record(keys, &record);
    }
    kith_text_clear(&keys->waiting);
}

/* Some thousands of records at a time: what the keys need then stays in the processor's
 * cache, which between two rows of a load is full of other things. */
void find_keys_add(find_keys *keys, int64_t entity, const find_record *record)
{
    enum { WAITING = 1 << 18 };
    const char *const texts[] = { record->id,  record->name,        record->aliases,
                                  record->dob, record->identifiers, record->postcode };

    kith_text_add_char(&keys->waiting, (char)record->kind);
    kith_text_add_bytes(&keys->waiting, (const char *)&entity, sizeof entity);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        kith_text_add_bytes(&keys->waiting, texts[i], strlen(texts[i]) + 1);
    if (keys->waiting.size >= WAITING)
        add_waiting(keys);
}

static void write_down(written_keys *out, const entity_list *list, const char *text)
{
    char *copy = strdup(text);

    if (out->count == out->room) {
        const size_t room = out->room * 2 + 4096;
        written_key *grown = realloc(out->list, room * sizeof *grown);
        out->failed = out->failed || grown == NULL;
        out->list = grown != NULL ? grown : out->list;
        out->room = grown != NULL ? room : out->room;
    }
    if (copy == NULL || out->failed) {
        out->failed = true;
        free(copy);
        return;
    }
    out->list[out->count++] = (written_key){ copy, list };
}

/* The word backwards, and behind its consonants: where a word is looked for that was typed
 * with a slip in its beginning, or with other vowels. */
static void write_down_forms(written_keys *out, const char *word)
{
    char key[KEY_SIZE], consonants[FIND_WORD_SIZE];
    const size_t size = strlen(word);

    key[0] = 'r';
    for (size_t i = 0; i < size; i++)
        key[1 + i] = word[size - 1 - i];
    key[1 + size] = '\0';
    write_down(out, NULL, key);
    find_consonants(consonants, word);
    if (consonants[0] == '\0')
        return;
    snprintf(key, sizeof key, "c%s %s", consonants, word);
    write_down(out, NULL, key);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const written_key *)a)->text, ((const written_key *)b)->text);
}

/* All keys in the order of their texts, but those of values. */
static void write_all_down(written_keys *out, const find_keys *keys)
{
    write_down(out, NULL, ""); /* the load is in the index whole */
    for (size_t i = 0; i < keys->texts.count; i++) {
        const kith_idmap_entry *entry = &keys->texts.entries[i];
        const char *text = kith_idmap_key(&keys->texts, entry);
        write_down(out, &keys->lists[entry->row - 1], text);
        if (text[0] == 'w')
            write_down_forms(out, text + 1);
    }
    if (!out->failed)
        qsort(out->list, out->count, sizeof *out->list, by_text);
}

/* Where the keys go. */
typedef struct key_writer {
    kith_store *store;
    kith_waiting rows;
    int64_t batch;
    kith_error *err;
} key_writer;

static kith_status write_rows(key_writer *to)
{
    const kith_status status = kith_store_write(&to->rows, to->store, KITH_QUERY_FIND_KEY_ADD, false, to->err);

    kith_waiting_clear(&to->rows);
    return status;
}

/* list: NULL for a key without rows. */
static kith_status write_key(key_writer *to, const char *text, const entity_list *list)
{
    enum { ENOUGH = 1 << 17 };

    kith_waiting_text(&to->rows, text);
    kith_waiting_integer(&to->rows, to->batch);
    kith_waiting_bytes(&to->rows, list == NULL ? (const void *)"" : list->bytes,
                       list == NULL ? 0 : list->size);
    kith_waiting_end(&to->rows);
    return to->rows.bytes.size < ENOUGH ? KITH_OK : write_rows(to);
}

static kith_status write_texts(find_keys *keys, key_writer *to)
{
    written_keys all = { 0 };
    kith_status status = KITH_OK;

    write_all_down(&all, keys);
    if (all.failed)
        status = kith_no_memory(to->err);
    for (size_t i = 0; status == KITH_OK && i < all.count; i++)
        status = write_key(to, all.list[i].text, all.list[i].list);
    for (size_t i = 0; i < all.count; i++)
        free(all.list[i].text);
    free(all.list);
    return status;
}

/* The values in the order of their buckets, as they came within one; NULL: no memory. */
static uint64_t *in_buckets(const find_keys *keys)
{
    uint32_t *first = calloc(FIND_BUCKETS + 1, sizeof *first);
    uint64_t *sorted = malloc((keys->value_count + 1) * sizeof *sorted);

    for (size_t i = 0; first != NULL && i < keys->value_count; i++)
        first[(keys->values[i] >> ROW_BITS) + 1]++;
    for (size_t b = 0; first != NULL && b < FIND_BUCKETS; b++)
        first[b + 1] += first[b];
    for (size_t i = 0; first != NULL && sorted != NULL && i < keys->value_count; i++)
        sorted[first[keys->values[i] >> ROW_BITS]++] = keys->values[i];
    if (first == NULL) {
        free(sorted);
        sorted = NULL;
    }
    free(first);
    return sorted;
}

static kith_status write_values(const find_keys *keys, key_writer *to)
{
    const uint64_t row = ((uint64_t)1 << ROW_BITS) - 1;
    uint64_t *values = in_buckets(keys);
    entity_list list = { 0 };
    char bucket[FIND_BUCKET_SIZE];
    kith_status status = values == NULL ? kith_no_memory(to->err) : KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < keys->value_count;) {
        const uint64_t in = values[i] >> ROW_BITS;
        list.size = 0;
        list.last = 0;
        for (; status == KITH_OK && i < keys->value_count && values[i] >> ROW_BITS == in; i++)
            if (!add_entity(&list, (int64_t)(values[i] & row), 1))
                status = kith_no_memory(to->err);
        snprintf(bucket, sizeof bucket, "#%04x", (unsigned)in);
        if (status == KITH_OK)
            status = write_key(to, bucket, &list);
    }
    free(list.bytes);
    free(values);
    return status;
}

kith_status find_keys_write(find_keys *keys, kith_store *store, int64_t batch, kith_error *err)
{
    key_writer to = { .store = store, .batch = batch, .err = err };

    add_waiting(keys);
    if (keys->failed)
        return kith_no_memory(err);
    kith_status status = write_values(keys, &to); /* '#' stands before letters */
    if (status == KITH_OK)
        status = write_texts(keys, &to);
    if (status == KITH_OK)
        status = write_rows(&to);
    kith_waiting_free(&to.rows);
    return status;
}
