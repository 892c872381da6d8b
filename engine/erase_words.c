/* SPDX-License-Identifier: GPL-3.0-or-later */
/* erase_words.c: where an erased record is spoken of.
 *
 * Its names are looked for as whole words, however they are written (scrub.h): "P10" is not in
 * "P100", and "Li" is in "with li". What says why somebody did something is emptied; what other
 * records say belongs to their sources, and is listed. */
#include <stdlib.h>
#include <string.h>

#include "data_csv.h"
#include "erase_private.h"
#include "find_private.h"
#include "kith/audit.h"

enum { IDENTIFIER_LEAST = 5 /* bytes: a shorter one is a number like any other */ };

void erase_row(kith_table *table, const char *section, const char *what, const char *id, int64_t records)
{
    kith_table_text(table, section);
    kith_table_text(table, what);
    kith_table_text(table, id);
    if (records >= 0)
        kith_table_integer(table, records);
    else
        kith_table_missing(table);
}

/* A single letter is looked for as a capital: "a" is a word too. */
static void add_word(void *context, const char *word, size_t size)
{
    kith_text copy = { 0 };

    kith_text_add_bytes(&copy, word, size);
    kith_scrub_add(context, copy.failed ? NULL : copy.data, NULL, size == 1);
    kith_text_free(&copy);
}

static void add_identifier(void *context, const char *word, size_t size)
{
    if (size >= IDENTIFIER_LEAST)
        add_word(context, word, size);
}

kith_status erase_words_read(kith_scrub **words, kith_store *store, const kith_view *view, int64_t entity,
                             kith_error *err)
{
    kith_rows *rows;

    *words = kith_scrub_new();
    if (*words == NULL)
        return kith_no_memory(err);
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_ERASE_NAMES, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "entity", entity);
    while (kith_rows_next(rows)) {
        const char *field = kith_rows_text(rows, 0), *text = kith_rows_text(rows, 1);
        if (strcmp(field, "aliases") == 0)
            find_each_value(text, add_word, *words);
        else if (strcmp(field, "identifiers") == 0)
            find_each_value(text, add_identifier, *words);
        else
            add_word(*words, text, strlen(text));
    }
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_scrub_end(*words, err) : status;
}

/* Rows in which a word stands, of one kind of text. */
typedef struct found {
    int64_t *rows;
    size_t count;
} found;

static kith_status add_found(found *list, int64_t row, kith_error *err)
{
    int64_t *grown = data_grow(list->rows, list->count, sizeof *grown);

    if (grown == NULL)
        return kith_no_memory(err);
    list->rows = grown;
    list->rows[list->count++] = row;
    return KITH_OK;
}

static kith_status empty_them(const found *list, kith_store *store, kith_query query, kith_error *err)
{
    kith_change *change;

    if (list->count == 0)
        return KITH_OK;
    kith_status status = kith_store_change(&change, store, query, err);
    for (size_t i = 0; status == KITH_OK && i < list->count; i++) {
        kith_change_integer(change, 1, list->rows[i]);
        status = kith_change_run(change, NULL, err);
    }
    return status;
}

typedef kith_status taker(void *context, const kith_rows *rows, kith_error *err);

/* Gives each row of a reading in whose text (a column) one of the words stands. */
static kith_status read_found(kith_store *store, const kith_view *view, kith_query query, int column,
                              const kith_scrub *words, taker *take, void *context, kith_error *err)
{
    kith_rows *rows;
    bool holds;
    kith_status status = kith_store_read(&rows, store, view, query, err);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows)) {
        status = kith_scrub_finds(&holds, words, kith_rows_text(rows, column), err);
        if (status == KITH_OK && holds)
            status = take(context, rows, err);
    }
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status == KITH_OK ? ended : status;
}

static kith_status take_why(void *context, const kith_rows *rows, kith_error *err)
{
    return add_found(context, kith_rows_integer(rows, 0), err);
}

static kith_status empty_whys(kith_table *table, kith_store *store, const kith_view *view,
                              const kith_scrub *words, kith_error *err)
{
    found list = { 0 };
    kith_status status = read_found(store, view, KITH_QUERY_ERASE_WHYS, 1, words, take_why, &list, err);

    if (status == KITH_OK)
        status = empty_them(&list, store, KITH_QUERY_ERASE_WHY, err);
    if (status == KITH_OK && list.count > 0)
        erase_row(table, "erased", "purposes in the audit log", NULL, (int64_t)list.count);
    free(list.rows);
    return status;
}

/* In the order of the places of erase_purposes.sql. */
static const struct place {
    const char *name;
    kith_query query;
} places[] = {
    { "names of loaded files", KITH_QUERY_ERASE_FILES },
    { "purposes of loads", KITH_QUERY_ERASE_PURPOSE_BATCH },
    { "purposes of panels", KITH_QUERY_ERASE_PURPOSE_PANEL },
    { "purposes of decisions of meetings", KITH_QUERY_ERASE_PURPOSE_MINUTE },
    { "purposes of steps of actions", KITH_QUERY_ERASE_PURPOSE_ACTION_STEP },
    { "purposes of decisions of who is who", KITH_QUERY_ERASE_PURPOSE_DECISION },
    { "purposes of kept pictures", KITH_QUERY_ERASE_PURPOSE_PICTURE },
    { "purposes of lists of alerts", KITH_QUERY_ERASE_PURPOSE_ALERT_LIST },
    { "purposes of kept groups", KITH_QUERY_ERASE_PURPOSE_KEPT },
    { "purposes of changes", KITH_QUERY_ERASE_PURPOSE_DEED },
    { "purposes in what changes kept", KITH_QUERY_ERASE_PURPOSE_DEED_ROW },
    { "purposes of reviews", KITH_QUERY_ERASE_PURPOSE_REVIEW },
    { "remembered views", KITH_QUERY_ERASE_REMEMBERED },
    { "remembered views in what changes kept", KITH_QUERY_ERASE_DEED_REMEMBERED },
};

enum { PLACES = sizeof places / sizeof places[0] };

static kith_status take_purpose(void *context, const kith_rows *rows, kith_error *err)
{
    found *lists = context;

    return add_found(&lists[kith_rows_integer(rows, 0)], kith_rows_integer(rows, 1), err);
}

kith_status erase_purposes(kith_table *table, kith_store *store, const kith_view *view,
                           const kith_scrub *words, kith_error *err)
{
    found lists[PLACES] = { 0 };
    kith_status status = KITH_OK;

    if (kith_audit_is_kept(store))
        status = empty_whys(table, store, view, words, err);
    if (status == KITH_OK)
        status = read_found(store, view, KITH_QUERY_ERASE_PURPOSES, 2, words, take_purpose, lists, err);
    for (size_t i = 0; i < PLACES; i++) {
        if (status == KITH_OK)
            status = empty_them(&lists[i], store, places[i].query, err);
        if (status == KITH_OK && lists[i].count > 0)
            erase_row(table, "erased", places[i].name, NULL, (int64_t)lists[i].count);
        free(lists[i].rows);
    }
    return status;
}

static kith_status take_mention(void *context, const kith_rows *rows, kith_error *err)
{
    (void)err;
    erase_row(context, "mentioned", kith_rows_text(rows, 0), kith_rows_text(rows, 1), -1);
    return KITH_OK;
}

kith_status erase_mentions(kith_table *table, kith_store *store, const kith_view *view,
                           const kith_scrub *words, kith_error *err)
{
    return read_found(store, view, KITH_QUERY_ERASE_MENTIONS, 2, words, take_mention, table, err);
}
