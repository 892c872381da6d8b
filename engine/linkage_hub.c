/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_hub.c: the linkage of a hub's own records, beside what was decided of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/decision.h"
#include "kith/linkage.h"
#include "kith/record.h"
#include "kith/text.h"
#include "linkage_private.h"
#include "pool.h"

/* In the order of linkage_people's columns. */
enum {
    ROW_COLUMN,
    ID_COLUMN,
    NAME_COLUMN,
    ALIASES_COLUMN,
    BORN_COLUMN,
    SEX_COLUMN,
    SCHOOL_COLUMN,
    POSTCODE_COLUMN,
    ADDRESS_COLUMN,
    IDENTIFIERS_COLUMN,
    LAT_COLUMN,
    LON_COLUMN
};

typedef struct place_of_row {
    int64_t row;
    size_t place;
} place_of_row;

typedef struct hub {
    kith_pool *pool;
    kith_linkage_record *records;
    int64_t *rows;    /* of entity, by record */
    int64_t *leaders; /* of entity: the record that stands for it */
    size_t count, room;
    place_of_row *places; /* of the records, by row */
    kith_decisions decisions;
    kith_linkage linkage;
} hub;

static void close_hub(hub *h)
{
    kith_linkage_free(&h->linkage);
    kith_decisions_free(&h->decisions);
    kith_pool_free(h->pool);
    free(h->records);
    free(h->rows);
    free(h->leaders);
    free(h->places);
}

static bool grow(hub *h)
{
    const size_t room = h->room * 2 + 256;
    kith_linkage_record *records = realloc(h->records, room * sizeof *records);

    h->records = records != NULL ? records : h->records;
    int64_t *rows = realloc(h->rows, room * sizeof *rows);
    h->rows = rows != NULL ? rows : h->rows;
    int64_t *leaders = realloc(h->leaders, room * sizeof *leaders);
    h->leaders = leaders != NULL ? leaders : h->leaders;
    if (records == NULL || rows == NULL || leaders == NULL)
        return false;
    h->room = room;
    return true;
}

static bool take_record(hub *h, const kith_rows *rows)
{
    const char *text[IDENTIFIERS_COLUMN + 1];
    bool whole = h->count < h->room || grow(h);

    for (int c = ID_COLUMN; c <= IDENTIFIERS_COLUMN && whole; c++) {
        text[c] = kith_pool_add(h->pool, kith_rows_text(rows, c));
        whole = text[c] != NULL;
    }
    if (!whole)
        return false;
    h->rows[h->count] = h->leaders[h->count] = kith_rows_integer(rows, ROW_COLUMN);
    h->records[h->count++] = (kith_linkage_record){
        .id = text[ID_COLUMN], .name = text[NAME_COLUMN], .aliases = text[ALIASES_COLUMN], .born = text[BORN_COLUMN],
        .sex = text[SEX_COLUMN], .school = text[SCHOOL_COLUMN], .postcode = text[POSTCODE_COLUMN],
        .address = text[ADDRESS_COLUMN], .identifiers = text[IDENTIFIERS_COLUMN],
        .lat = kith_rows_missing(rows, LAT_COLUMN) ? NAN : kith_rows_number(rows, LAT_COLUMN),
        .lon = kith_rows_missing(rows, LON_COLUMN) ? NAN : kith_rows_number(rows, LON_COLUMN),
    };
    return true;
}

static kith_status read_records(hub *h, kith_store *store, const kith_view *view, kith_kind kind,
                                kith_error *err)
{
    kith_rows *rows;
    bool whole = true;
    kith_status status = kith_store_read(
        &rows, store, view,
        kind == KITH_PERSON ? KITH_QUERY_LINKAGE_PEOPLE : KITH_QUERY_LINKAGE_PLACES, err);

    if (status != KITH_OK)
        return status;
    while (whole && kith_rows_next(rows))
        whole = take_record(h, rows);
    status = kith_rows_end(rows, err);
    return status == KITH_OK && !whole ? kith_no_memory(err) : status;
}

static int by_row(const void *a, const void *b)
{
    const place_of_row *left = a, *right = b;

    return (left->row > right->row) - (left->row < right->row);
}

/* The record of a row; SIZE_MAX for one of another kind. */
static size_t record_of(const hub *h, int64_t row)
{
    const place_of_row key = { .row = row };
    const place_of_row *found =
        h->count > 0 ? bsearch(&key, h->places, h->count, sizeof key, by_row) : NULL;

    return found != NULL ? found->place : SIZE_MAX;
}

static kith_status note_places(hub *h, kith_error *err)
{
    h->places = malloc((h->count + 1) * sizeof *h->places);
    if (h->places == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < h->count; i++)
        h->places[i] = (place_of_row){ h->rows[i], i };
    if (h->count > 0)
        qsort(h->places, h->count, sizeof *h->places, by_row);
    return KITH_OK;
}

static kith_status read_leaders(hub *h, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_SAMENESS_ALL, err);

    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows)) {
        const size_t at = record_of(h, kith_rows_integer(rows, 0));
        if (at != SIZE_MAX)
            h->leaders[at] = kith_rows_integer(rows, 1);
    }
    return kith_rows_end(rows, err);
}

/* All of it in one state of the hub, also while another program writes. */
static kith_status read_hub(hub *h, kith_store *store, const kith_view *view, kith_kind kind,
                            kith_error *err)
{
    kith_rows *snapshot;
    kith_status status = kith_store_read(&snapshot, store, view, KITH_QUERY_SNAPSHOT, err);

    if (status != KITH_OK)
        return status;
    if (kith_rows_next(snapshot)) {
        status = read_records(h, store, view, kind, err);
        if (status == KITH_OK)
            status = note_places(h, err);
        if (status == KITH_OK)
            status = kith_decisions_read(&h->decisions, store, view, err);
        if (status == KITH_OK)
            status = read_leaders(h, store, view, err);
    }
    const kith_status end = kith_rows_end(snapshot, status == KITH_OK ? err : NULL);
    return status == KITH_OK ? end : status;
}

static kith_status open_hub(hub *h, kith_store *store, const kith_view *view, kith_kind kind,
                            double least, kith_error *err)
{
    *h = (hub){ .pool = kith_pool_new() };
    kith_status status = h->pool == NULL ? kith_no_memory(err)
                                         : read_hub(h, store, view, kind, err);
    if (status == KITH_OK)
        status = kith_linkage_build(&h->linkage, h->records, h->count, kind, least, err);
    return status;
}

/* A refusal between two parts of confirmed records, by their leaders. */
typedef struct refusal { int64_t low, high; } refusal;

static int by_leaders(const void *a, const void *b)
{
    const refusal *left = a, *right = b;

    if (left->low != right->low)
        return left->low < right->low ? -1 : 1;
    return (left->high > right->high) - (left->high < right->high);
}

static refusal between(int64_t a, int64_t b)
{
    return (refusal){ a < b ? a : b, a < b ? b : a };
}

typedef struct refusals {
    refusal *list;
    size_t count;
} refusals;

static const char *decision_word(const hub *h, const refusals *refused, size_t left, size_t right)
{
    const kith_decision *direct = kith_decisions_find(&h->decisions, h->rows[left], h->rows[right]);
    const refusal key = between(h->leaders[left], h->leaders[right]);

    if (direct != NULL)
        return direct->same ? "confirmed" : "refused";
    if (key.low == key.high)
        return "confirmed through others";
    if (refused->count > 0 && bsearch(&key, refused->list, refused->count, sizeof key, by_leaders) != NULL)
        return "refused through others";
    return NULL;
}

/* "given name same +6.1; home different -1.2" */
static double add_why(kith_text *why, const hub *h, size_t left, size_t right, double *probability)
{
    kith_linkage_term terms[KITH_LINKAGE_TERMS];
    size_t count;
    double bits = 0;

    kith_text_clear(why);
    *probability = kith_linkage_explain(terms, &count, &h->linkage, (uint32_t)left, (uint32_t)right);
    for (size_t i = 0; i < count; i++) {
        bits += terms[i].bits;
        kith_text_format(why, "%s%s%s%s %+.1f", i > 0 ? "; " : "", terms[i].name,
                         *terms[i].level != '\0' ? " " : "", terms[i].level, terms[i].bits);
    }
    return bits;
}

static void add_pair(kith_table *table, kith_text *why, const hub *h, const refusals *refused,
                     size_t left, size_t right)
{
    double probability;
    const double bits = add_why(why, h, left, right, &probability);

    kith_table_text(table, h->records[left].id);
    kith_table_text(table, h->records[right].id);
    kith_table_number(table, probability);
    kith_table_text(table, decision_word(h, refused, left, right));
    kith_table_number(table, bits);
    kith_table_text(table, kith_text_string(why));
}

/* What was decided of pairs that the list does not hold is added to it. */
static kith_status add_decided(hub *h, refusals *refused, double least, kith_error *err)
{
    kith_linkage *linkage = &h->linkage;
    const size_t room = linkage->pair_count + h->decisions.count + 1;
    kith_linkage_pair *pairs = realloc(linkage->pairs, room * sizeof *pairs);

    refused->list = malloc((h->decisions.count + 1) * sizeof *refused->list);
    linkage->pairs = pairs != NULL ? pairs : linkage->pairs;
    if (pairs == NULL || refused->list == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < h->decisions.count; i++) {
        const kith_decision *d = &h->decisions.list[i];
        const size_t one = record_of(h, d->one), other = record_of(h, d->other);
        kith_linkage_term terms[KITH_LINKAGE_TERMS];
        size_t count;
        if (one == SIZE_MAX || other == SIZE_MAX)
            continue;
        const uint32_t left = (uint32_t)(one < other ? one : other), right = (uint32_t)(one < other ? other : one);
        const double probability = kith_linkage_explain(terms, &count, linkage, left, right);
        if (!d->same)
            refused->list[refused->count++] = between(h->leaders[one], h->leaders[other]);
        if (probability < least)
            pairs[linkage->pair_count++] = (kith_linkage_pair){ left, right, probability };
    }
    if (linkage->pair_count > 0)
        qsort(pairs, linkage->pair_count, sizeof *pairs, linkage_by_probability);
    if (refused->count > 0)
        qsort(refused->list, refused->count, sizeof *refused->list, by_leaders);
    return KITH_OK;
}

static void make_columns(kith_table *table)
{
    kith_table_column(table, "left_id", KITH_CELL_TEXT);
    kith_table_column(table, "right_id", KITH_CELL_TEXT);
    kith_table_column(table, "probability", KITH_CELL_NUMBER);
    kith_table_column(table, "decision", KITH_CELL_TEXT);
    kith_table_column(table, "bits", KITH_CELL_NUMBER);
    kith_table_column(table, "why", KITH_CELL_TEXT);
}

static void add_facts(kith_table *table, const hub *h, double least)
{
    kith_table_fact(table, "records", "%zu", h->count);
    kith_table_fact(table, "compared", "%zu pairs that share a key", h->linkage.candidates);
    kith_table_fact(table, "expected", "%.0f pairs that are one, by the model", h->linkage.expected);
    kith_table_fact(table, "least", "%g", least);
    if (h->linkage.blocks_left_out > 0)
        kith_table_fact(table, "keys_left_out", "%zu, of more than %d records each (the largest %zu), however divided",
                        h->linkage.blocks_left_out, KITH_LINKAGE_BLOCK, h->linkage.largest_left_out);
}

kith_status kith_linkage_list(kith_table *table, kith_store *store, const kith_view *view,
                              kith_kind kind, double least, kith_error *err)
{
    hub h;
    refusals refused = { 0 };
    kith_text why = { 0 };

    *table = (kith_table){ 0 };
    kith_status status = open_hub(&h, store, view, kind, least, err);
    if (status == KITH_OK && h.count > 1)
        status = add_decided(&h, &refused, least, err);
    make_columns(table);
    add_facts(table, &h, least);
    for (size_t i = 0; status == KITH_OK && i < h.linkage.pair_count; i++)
        add_pair(table, &why, &h, &refused, h.linkage.pairs[i].left, h.linkage.pairs[i].right);
    if (status == KITH_OK && why.failed)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = kith_table_status(table, err);
    free(refused.list);
    kith_text_free(&why);
    close_hub(&h);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}

/* What a record says in the field that a term is named after; in `scratch` when it is
 * made of several. */
static const char *value_of(kith_text *scratch, const kith_linkage_record *record, const char *term)
{
    kith_text_clear(scratch);
    if (strcmp(term, "date of birth") == 0)
        return record->born;
    if (strcmp(term, "sex") == 0)
        return record->sex;
    if (strcmp(term, "school") == 0)
        return record->school;
    if (strcmp(term, "identifier") == 0)
        return record->identifiers;
    if (strcmp(term, "home") == 0)
        kith_text_format(scratch, "%s%s%s", record->address,
                         *record->address != '\0' && *record->postcode != '\0' ? ", " : "", record->postcode);
    else if (strcmp(term, "distance") == 0)
        kith_text_format(scratch, "%.5f %.5f", record->lat, record->lon);
    else if (strcmp(term, "prior") != 0 && strncmp(term, "one ", strlen("one ")) != 0)
        kith_text_format(scratch, "%s%s%s", record->name, *record->aliases != '\0' ? "; " : "", record->aliases);
    return kith_text_string(scratch);
}

static void fill_waterfall(kith_table *table, const hub *h, size_t left, size_t right)
{
    static const char *const texts[] = { "term", "left", "right", "level" };
    kith_linkage_term terms[KITH_LINKAGE_TERMS];
    kith_text scratch = { 0 };
    size_t count;
    const double p = kith_linkage_explain(terms, &count, &h->linkage, (uint32_t)left, (uint32_t)right);

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        kith_table_column(table, texts[i], KITH_CELL_TEXT);
    kith_table_column(table, "bits", KITH_CELL_NUMBER);
    kith_table_column(table, "rarity", KITH_CELL_NUMBER);
    kith_table_fact(table, "left", "%s", h->records[left].id);
    kith_table_fact(table, "right", "%s", h->records[right].id);
    kith_table_fact(table, "probability", "%.6g", p);
    for (size_t i = 0; i < count; i++) {
        kith_table_text(table, terms[i].name);
        kith_table_text(table, value_of(&scratch, &h->records[left], terms[i].name));
        kith_table_text(table, value_of(&scratch, &h->records[right], terms[i].name));
        kith_table_text(table, terms[i].level);
        kith_table_number(table, terms[i].bits);
        kith_table_number(table, terms[i].rarity);
    }
    table->failed = table->failed || scratch.failed;
    kith_text_free(&scratch);
}

static kith_status find_both(kith_kind *kind, int64_t rows[2], kith_store *store,
                             const kith_view *view, const char *a, const char *b, kith_error *err)
{
    kith_kind other;
    kith_status status = kith_record_find(kind, &rows[0], store, view, a, err);

    if (status == KITH_OK)
        status = kith_record_find(&other, &rows[1], store, view, b, err);
    if (status == KITH_OK && (*kind != other || (*kind != KITH_PERSON && *kind != KITH_LOCATION)))
        return kith_fail(err, KITH_USAGE, "%s is a %s and %s is a %s; two people or two places are compared",
                         a, kith_kind_word[*kind], b, kith_kind_word[other]);
    if (status == KITH_OK && rows[0] == rows[1])
        return kith_fail(err, KITH_USAGE, "%s and %s are the same record; two are needed", a, b);
    return status;
}

kith_status kith_linkage_waterfall(kith_table *table, kith_store *store, const kith_view *view,
                                   const char *a, const char *b, kith_error *err)
{
    enum { NO_PAIRS = 2 };
    hub h;
    kith_kind kind;
    int64_t rows[2];

    *table = (kith_table){ 0 };
    kith_status status = find_both(&kind, rows, store, view, a, b, err);
    if (status != KITH_OK)
        return status;
    status = open_hub(&h, store, view, kind, NO_PAIRS, err);
    if (status == KITH_OK) {
        const size_t one = record_of(&h, rows[0]), other = record_of(&h, rows[1]);
        if (one == SIZE_MAX || other == SIZE_MAX)
            status = kith_fail(err, KITH_NOT_FOUND, "%s is not there any more; another program took it away",
                               one == SIZE_MAX ? a : b);
        else
            fill_waterfall(table, &h, one < other ? one : other, one < other ? other : one);
    }
    if (status == KITH_OK)
        status = kith_table_status(table, err);
    close_hub(&h);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
