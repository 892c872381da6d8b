/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms_data.c: the forms' items and what must be said beside them, read from data.
 *
 * Rows are kept in the order of their file. */
#include <stdlib.h>
#include <string.h>

#include "forms_data.h"
#include "forms_private.h"
#include "kith/words.h"

kith_status forms_embedded_read(data_csv csv, kith_error *err)
{
    for (size_t i = 0; i < kith_forms_data_count; i++) {
        if (strcmp(kith_forms_data[i].name, csv.name) != 0)
            continue;
        csv.bytes = kith_forms_data[i].bytes;
        csv.size = kith_forms_data[i].size;
    }
    return data_csv_read(&csv, NULL, err);
}

static kith_status take_item(void *context, const char *place, const char *const fields[],
                             kith_error *err)
{
    forms_data *data = context;

    (void)place;
    form_item *grown = data_grow(data->items, data->item_count, sizeof *grown);
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
    form_note *grown = data_grow(data->notes, data->note_count, sizeof *grown);
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
    const data_csv items = { "items", item_columns, 5, take_item, data, NULL, 0 };
    const data_csv notes = { "notes", note_columns, 3, take_note, data, NULL, 0 };
    kith_status status = forms_embedded_read(items, err);
    if (status == KITH_OK)
        status = forms_embedded_read(notes, err);
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
