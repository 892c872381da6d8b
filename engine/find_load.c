/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find_load.c: a load's part of the index, made from its records: after an erasure, and for the
 * loads of a hub that is older than the index. */
#include <stdlib.h>

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

/* All are listed before any is written, as the list looks at the index. */
kith_status find_index_loads(kith_store *store, const kith_view *view, kith_error *err)
{
    int64_t *loads = NULL;
    size_t count = 0, room = 0;
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_FIND_UNREADY_LOADS, err);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows)) {
        if (count == room) {
            room = 2 * room + 16;
            int64_t *grown = realloc(loads, room * sizeof *grown);
            if (grown == NULL) {
                status = kith_no_memory(err);
                break;
            }
            loads = grown;
        }
        loads[count++] = kith_rows_integer(rows, 0);
    }
    const kith_status ended = kith_rows_end(rows, err);
    if (status == KITH_OK)
        status = ended;
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = find_load_again(store, view, loads[i], err);
    free(loads);
    return status;
}
