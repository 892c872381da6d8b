/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find_load.c: one load's part of the index, made from its records. */
#include "find_private.h"

enum { ENTITY, KIND, ID, NAME, ALIASES, DOB, IDENTIFIERS, POSTCODE };

static kith_status gather(find_keys *keys, kith_store *store, const kith_view *view, int64_t batch,
                          kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_FIND_LOAD, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "batch", batch);
    while (kith_rows_next(rows)) {
        const find_record record = { .kind = (kith_kind)kith_rows_integer(rows, KIND),
                                     .id = kith_rows_text(rows, ID),
                                     .name = kith_rows_text(rows, NAME),
                                     .aliases = kith_rows_text(rows, ALIASES),
                                     .dob = kith_rows_text(rows, DOB),
                                     .identifiers = kith_rows_text(rows, IDENTIFIERS),
                                     .postcode = kith_rows_text(rows, POSTCODE) };
        find_keys_add(keys, kith_rows_integer(rows, ENTITY), &record);
    }
    return kith_rows_end(rows, err);
}

kith_status find_load_again(kith_store *store, const kith_view *view, int64_t batch, kith_error *err)
{
    find_keys *keys = find_keys_new();
    kith_change *clear;
    kith_status status = keys != NULL ? KITH_OK : kith_no_memory(err);

    if (status == KITH_OK)
        status = kith_store_change(&clear, store, KITH_QUERY_UNDO_FIND_KEY, err);
    if (status == KITH_OK) {
        kith_change_integer(clear, 1, batch);
        status = kith_change_run(clear, NULL, err);
    }
    if (status == KITH_OK)
        status = gather(keys, store, view, batch, err);
    if (status == KITH_OK)
        status = find_keys_write(keys, store, batch, err);
    find_keys_free(keys);
    return status;
}
