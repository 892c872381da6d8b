/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_members.c: participations at the events that were kept.
 *
 * They are read in stretches of the events' rows, which are in the order of loading: of a hub
 * that is loaded night by night, what lies in a window is one stretch, and its cost is that of
 * the window. */
#include "network_private.h"

enum { GAP = 8 }; /* so many events cost no more to pass over than a new stretch does */

kith_status kith_parts_begin(kith_parts *parts, kith_loader *loader, int64_t first, int64_t last)
{
    parts->last = last;
    parts->at = parts->count = 0;
    const kith_status status = kith_store_read(&parts->rows, loader->store, &loader->network->view,
                                               KITH_QUERY_PARTICIPATION_FROM, loader->err);

    if (status == KITH_OK)
        kith_rows_bind_integer(parts->rows, "first", first);
    return status;
}

/* Whether a row is of a role that asks for a conviction, and has one: few are, and the rest is not looked at. */
static bool is_convicted(const kith_loader *loader, const kith_rows *rows)
{
    const kith_row_word *word = kith_row_word_of(&loader->words, kith_rows_integer(rows, 2));
    const char *reference = NULL;

    if (word != NULL && word->role == KITH_CONVICTED_PERPETRATOR)
        reference = kith_rows_text(rows, 4);
    return reference != NULL && reference[0] != '\0';
}

/* Where a person stands among the things, and their mark, is asked of memory while other rows are read. */
static void read_ahead(kith_parts *parts, const kith_loader *loader)
{
    const kith_row_index *thing_of = &loader->thing_of;

    for (parts->at = parts->count = 0; parts->count < KITH_PARTS_AHEAD && kith_rows_next(parts->rows);
         parts->count++) {
        kith_part *part = &parts->ahead[parts->count];
        *part = (kith_part){ .event = kith_rows_integer(parts->rows, 0),
                             .person = kith_rows_integer(parts->rows, 1),
                             .role = kith_rows_integer(parts->rows, 2),
                             .origin = kith_rows_integer(parts->rows, 3),
                             .convicted = is_convicted(loader, parts->rows) };
        if (part->event > parts->last)
            break;
        kith_row_index_ask(thing_of, part->person);
    }
    for (size_t i = 0; i < parts->count; i++) {
        kith_part *part = &parts->ahead[i];
        part->thing = kith_row_index_get(thing_of, part->person);
        if (part->thing != KITH_NOTHING)
            __builtin_prefetch(&loader->network->marks[part->thing], 1);
    }
}

const kith_part *kith_parts_here(kith_parts *parts, const kith_loader *loader)
{
    if (parts->at == parts->count)
        read_ahead(parts, loader);
    return parts->at < parts->count ? &parts->ahead[parts->at] : NULL;
}

void kith_parts_next(kith_parts *parts)
{
    parts->at++;
}

kith_status kith_parts_end(kith_parts *parts, kith_error *err)
{
    return kith_rows_end(parts->rows, err);
}

static kith_status read_stretch(kith_loader *loader, int64_t first, int64_t last)
{
    kith_parts parts;
    const kith_part *part;
    kith_status status = kith_parts_begin(&parts, loader, first, last);

    if (status != KITH_OK)
        return status;
    for (; status == KITH_OK && (part = kith_parts_here(&parts, loader)) != NULL; kith_parts_next(&parts)) {
        const uint32_t event = kith_row_index_get(&loader->event_of, part->event);
        if (event != KITH_NOTHING)
            status = kith_add_participation(loader, part, event);
    }
    const kith_status end = kith_parts_end(&parts, status == KITH_OK ? loader->err : NULL);
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
