/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find_loads.c: loads of a hub that had no index for find get theirs.
 *
 * Keys are of one load, so that they go with it when it is taken back. All are read before
 * any are written, as the reading looks at the index. What a later load corrected is
 * indexed as it is now, under the load that made the record. */
#include <stdlib.h>

#include "find_private.h"

enum { BATCH, ENTITY, KIND, ID, NAME, ALIASES, DOB, IDENTIFIERS, POSTCODE };

typedef struct load_keys {
    int64_t batch;
    find_keys *keys;
} load_keys;

typedef struct all_loads {
    load_keys *loads;
    size_t count;
} all_loads;

/* The keys of a load; those of the last, or new ones. NULL: no memory. */
static find_keys *keys_of(all_loads *all, int64_t batch)
{
    if (all->count > 0 && all->loads[all->count - 1].batch == batch)
        return all->loads[all->count - 1].keys;
    load_keys *grown = realloc(all->loads, (all->count + 1) * sizeof *grown);
    if (grown == NULL)
        return NULL;
    all->loads = grown;
    find_keys *keys = find_keys_new();
    if (keys != NULL)
        all->loads[all->count++] = (load_keys){ batch, keys };
    return keys;
}

static kith_status read_loads(all_loads *all, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;
    bool enough = true;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_FIND_UNREADY_NAMES, err);

    if (status != KITH_OK)
        return status;
    while (enough && kith_rows_next(rows)) {
        const find_record record = { .kind = (kith_kind)kith_rows_integer(rows, KIND),
                                     .id = kith_rows_text(rows, ID),
                                     .name = kith_rows_text(rows, NAME),
                                     .aliases = kith_rows_text(rows, ALIASES),
                                     .dob = kith_rows_text(rows, DOB),
                                     .identifiers = kith_rows_text(rows, IDENTIFIERS),
                                     .postcode = kith_rows_text(rows, POSTCODE) };
        find_keys *keys = keys_of(all, kith_rows_integer(rows, BATCH));
        enough = keys != NULL;
        if (enough && !kith_rows_missing(rows, ENTITY))
            find_keys_add(keys, kith_rows_integer(rows, ENTITY), &record);
    }
    const kith_status ended = kith_rows_end(rows, err);
    return enough ? ended : kith_no_memory(err);
}

kith_status find_index_loads(kith_store *store, const kith_view *view, kith_error *err)
{
    all_loads all = { 0 };
    kith_status status = read_loads(&all, store, view, err);

    for (size_t i = 0; i < all.count; i++) {
        if (status == KITH_OK)
            status = find_keys_write(all.loads[i].keys, store, all.loads[i].batch, err);
        find_keys_free(all.loads[i].keys);
    }
    free(all.loads);
    return status;
}
