/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms_data.c: the forms' items and what must be said beside them, read from data.
 *
 * The files are CSV, because the forms' words hold commas and quotes; the reader of the
 * agencies' extracts reads these too. */
#include <stdlib.h>
#include <string.h>

#include "forms_data.h"
#include "forms_private.h"
#include "kith/csv.h"
#include "kith/words.h"

enum { NO_COLUMN = FORMS_COLUMN_MAX };

typedef struct csv_reading {
    const forms_csv *csv;
    const char *bytes; /* of an embedded file: what is left */
    size_t left;
    size_t place[FORMS_COLUMN_MAX]; /* of the expected columns in the file */
    kith_status status;
    kith_error *err;
} csv_reading;

void *forms_grow(void *array, size_t count, size_t size)
{
    if (count != 0 && (count < 16 || (count & (count - 1)) != 0))
        return array; /* room for 16, then for each power of two */
    return realloc(array, (count == 0 ? 16 : 2 * count) * size);
}

static size_t read_bytes(void *context, char *to, size_t size)
{
    csv_reading *r = context;
    const size_t take = r->left < size ? r->left : size;

    if (take > 0)
        memcpy(to, r->bytes, take);
    r->bytes += take;
    r->left -= take;
    return take;
}

static void take_fault(void *context, size_t line, const char *message)
{
    csv_reading *r = context;

    if (r->status == KITH_OK)
        r->status = kith_fail(r->err, KITH_INPUT, "%s:%zu: %s", r->csv->name, line, message);
}

static size_t column_named(const csv_reading *r, const char *name)
{
    for (size_t c = 0; c < r->csv->count; c++)
        if (kith_word_same(r->csv->columns[c], name))
            return c;
    return NO_COLUMN;
}

static bool take_header(void *context, const kith_csv_record *record)
{
    csv_reading *r = context;

    for (size_t c = 0; c < r->csv->count; c++)
        r->place[c] = SIZE_MAX;
    for (size_t f = 0; f < record->count && r->status == KITH_OK; f++) {
        const size_t c = column_named(r, record->fields[f]);
        if (c == NO_COLUMN || r->place[c] != SIZE_MAX)
            r->status = kith_fail(r->err, KITH_INPUT, "%s:%zu: the column \"%s\" is %s; take it out",
                                  r->csv->name, record->line, record->fields[f],
                                  c == NO_COLUMN ? "not known" : "there twice");
        else
            r->place[c] = f;
    }
    for (size_t c = 0; c < r->csv->count && r->status == KITH_OK; c++)
        if (r->place[c] == SIZE_MAX)
            r->status = kith_fail(r->err, KITH_INPUT, "%s:%zu: the column %s is missing; add it",
                                  r->csv->name, record->line, r->csv->columns[c]);
    return r->status == KITH_OK;
}

static bool take_record(void *context, const kith_csv_record *record)
{
    csv_reading *r = context;
    const char *fields[FORMS_COLUMN_MAX] = { NULL };
    char place[512];

    snprintf(place, sizeof place, "%s:%zu", r->csv->name, record->line);
    for (size_t c = 0; c < r->csv->count; c++)
        fields[c] = record->fields[r->place[c]];
    r->status = r->csv->take(r->csv->context, place, fields, r->err);
    return r->status == KITH_OK;
}

kith_status forms_csv_read(const forms_csv *csv, FILE *in, kith_error *err)
{
    csv_reading r = { .csv = csv, .err = err };
    const kith_csv_handler handler = { &r, take_header, take_record, take_fault };
    kith_csv_form form = { .delimiter = ',' };
    bool whole;

    if (in == NULL) {
        for (size_t i = 0; i < kith_forms_data_count; i++) {
            if (strcmp(kith_forms_data[i].name, csv->name) != 0)
                continue;
            r.bytes = kith_forms_data[i].bytes;
            r.left = kith_forms_data[i].size;
        }
        form.read = read_bytes;
        form.context = &r;
    } else {
        form.delimiter = 0;
    }
    const kith_status status = kith_csv_read_form(&whole, in, &form, &handler, err);
    if (status == KITH_IO)
        return kith_fail(err, KITH_IO, "%s: cannot be read to its end; name a file that can be read",
                         csv->name);
    return status != KITH_OK ? status : r.status;
}

static kith_status take_item(void *context, const char *place, const char *const fields[],
                             kith_error *err)
{
    forms_data *data = context;

    (void)place;
    form_item *grown = forms_grow(data->items, data->item_count, sizeof *grown);
    if (grown == NULL)
        return kith_no_memory(err);
    data->items = grown;
    const form_item item = { .form = kith_pool_add(data->pool, fields[0]),
                             .list = kith_pool_add(data->pool, fields[1]),
                             .item = kith_pool_add(data->pool, fields[2]),
                             .theme = kith_pool_add(data->pool, fields[3]),
                             .text = kith_pool_add(data->pool, fields[4]) };
    if (item.form == NULL || item.list == NULL || item.item == NULL || item.theme == NULL ||
        item.text == NULL)
        return kith_no_memory(err);
    data->items[data->item_count++] = item;
    return KITH_OK;
}

static kith_status take_note(void *context, const char *place, const char *const fields[],
                             kith_error *err)
{
    forms_data *data = context;

    (void)place;
    form_note *grown = forms_grow(data->notes, data->note_count, sizeof *grown);
    if (grown == NULL)
        return kith_no_memory(err);
    data->notes = grown;
    const form_note note = { .form = kith_pool_add(data->pool, fields[0]),
                             .items = kith_pool_add(data->pool, fields[1]),
                             .note = kith_pool_add(data->pool, fields[2]) };
    if (note.form == NULL || note.items == NULL || note.note == NULL)
        return kith_no_memory(err);
    data->notes[data->note_count++] = note;
    return KITH_OK;
}

kith_status forms_data_read(forms_data *data, kith_error *err)
{
    static const char *const item_columns[] = { "form", "list", "item", "theme", "text" };
    static const char *const note_columns[] = { "form", "items", "note" };

    *data = (forms_data){ .pool = kith_pool_new() };
    if (data->pool == NULL)
        return kith_no_memory(err);
    const forms_csv items = { "items", item_columns, 5, take_item, data };
    const forms_csv notes = { "notes", note_columns, 3, take_note, data };
    kith_status status = forms_csv_read(&items, NULL, err);
    if (status == KITH_OK)
        status = forms_csv_read(&notes, NULL, err);
    if (status != KITH_OK)
        forms_data_free(data);
    return status;
}

void forms_data_free(forms_data *data)
{
    free(data->items);
    free(data->notes);
    kith_pool_free(data->pool);
    *data = (forms_data){ 0 };
}

const form_item *forms_item_find(const forms_data *data, const char *form, const char *item)
{
    for (size_t i = 0; i < data->item_count; i++)
        if (strcmp(data->items[i].form, form) == 0 && kith_word_same(data->items[i].item, item))
            return &data->items[i];
    return NULL;
}

const char *forms_known(const char *tool)
{
    static const char *const known[] = { "GAT", "CSE", "PEER" };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (kith_word_same(known[i], tool))
            return known[i];
    return NULL;
}
