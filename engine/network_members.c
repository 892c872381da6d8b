/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_members.c: participations at the events that were kept.
 *
 * They are read in stretches of the events' rows, which are in the order of loading: of a hub
 * that is loaded night by night, what lies in a window is one stretch, and its cost is that of
 * the window. */
#include "network_private.h"

enum { GAP = 8 }; /* so many events cost no more to pass over than a new stretch does */

static kith_status read_stretch(kith_loader *loader, int64_t first, int64_t last)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, loader->store, &loader->network->view,
                                         KITH_QUERY_PARTICIPATION_FROM, loader->err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "first", first);
    while (status == KITH_OK && kith_rows_next(rows)) {
        const int64_t row = kith_rows_integer(rows, 0);
        const uint32_t event = kith_row_index_get(&loader->event_of, row);
        if (row > last)
            break;
        if (event != KITH_NOTHING)
            status = kith_add_participation(loader, rows, event);
    }
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? loader->err : NULL);
    return status == KITH_OK ? end : status;
}

kith_status kith_read_participations(kith_loader *loader)
{
    const kith_row_index *events = &loader->event_of;
    kith_status status = KITH_OK;

    for (size_t row = 1; status == KITH_OK && row < events->size; row++) {
        size_t last = row;
        if (events->of[row] == KITH_NOTHING)
            continue;
        for (size_t next = row + 1; next < events->size && next <= last + GAP; next++)
            last = events->of[next] != KITH_NOTHING ? next : last;
        status = read_stretch(loader, (int64_t)row, (int64_t)last);
        row = last;
    }
    return status;
}
