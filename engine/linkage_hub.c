/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_hub.c: a hub's own records and what was decided of them, read to be linked. */
#include <math.h>
#include <stdlib.h>

#include "linkage_hub.h"

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

void linkage_hub_close(linkage_hub *h)
{
    kith_linkage_free(&h->linkage);
    kith_decisions_free(&h->decisions);
    kith_pool_free(h->pool);
    free(h->records);
    free(h->rows);
    free(h->leaders);
    free(h->places);
}

static bool grow(linkage_hub *h)
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

static bool take_record(linkage_hub *h, const kith_rows *rows)
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

static kith_status read_records(linkage_hub *h, kith_store *store, const kith_view *view, kith_kind kind,
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
    const linkage_place *left = a, *right = b;

    return (left->row > right->row) - (left->row < right->row);
}

size_t linkage_hub_record(const linkage_hub *h, int64_t row)
{
    const linkage_place key = { .row = row };
    const linkage_place *found =
        h->count > 0 ? bsearch(&key, h->places, h->count, sizeof key, by_row) : NULL;

    return found != NULL ? found->place : SIZE_MAX;
}

static kith_status note_places(linkage_hub *h, kith_error *err)
{
    h->places = malloc((h->count + 1) * sizeof *h->places);
    if (h->places == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < h->count; i++)
        h->places[i] = (linkage_place){ h->rows[i], i };
    if (h->count > 0)
        qsort(h->places, h->count, sizeof *h->places, by_row);
    return KITH_OK;
}

static kith_status read_leaders(linkage_hub *h, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_SAMENESS_ALL, err);

    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows)) {
        const size_t at = linkage_hub_record(h, kith_rows_integer(rows, 0));
        if (at != SIZE_MAX)
            h->leaders[at] = kith_rows_integer(rows, 1);
    }
    return kith_rows_end(rows, err);
}

/* All of it in one state of the hub, also while another program writes. */
static kith_status read_hub(linkage_hub *h, kith_store *store, const kith_view *view, kith_kind kind,
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

kith_status linkage_hub_open(linkage_hub *h, kith_store *store, const kith_view *view, kith_kind kind,
                             double least, kith_error *err)
{
    *h = (linkage_hub){ .pool = kith_pool_new() };
    kith_status status = h->pool == NULL ? kith_no_memory(err)
                                         : read_hub(h, store, view, kind, err);
    if (status == KITH_OK)
        status = kith_linkage_build(&h->linkage, h->records, h->count, kind, least, err);
    return status;
}
