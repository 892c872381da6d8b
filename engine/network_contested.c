/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_contested.c: records that somebody contests, as the network reads them (R63).
 *
 * A grade says how far a record may be relied on, and is met at its origin, which records share.
 * So a contested record gets an origin of its own: the same, with a grade that says so. Whatever
 * asks an origin for its grade then knows, and nothing else has to. */
#include <stdlib.h>

#include "network_private.h"

enum { PART, RECORD, PERSON, ROLE, ORIGIN, WRONG };

/* Of a hub that is not read whole most are not asked for. */
static bool is_read(const kith_loader *loader, int64_t origin)
{
    return loader->near == NULL || kith_row_index_get(&loader->near->origins.place, origin) != KITH_NOTHING;
}

static kith_status take_contested(kith_loader *loader, kith_rows *rows)
{
    if (!is_read(loader, kith_rows_integer(rows, ORIGIN)))
        return KITH_OK;
    if (!kith_make_room((void **)&loader->contested, &loader->contested_room,
                        loader->contested_count, sizeof *loader->contested))
        return kith_no_memory(loader->err);
    loader->contested[loader->contested_count++] = (kith_contested_record){
        .part = (kith_contested_part)kith_rows_integer(rows, PART),
        .record = kith_rows_integer(rows, RECORD),
        .person = kith_rows_integer(rows, PERSON),
        .role = kith_rows_integer(rows, ROLE),
        .origin_row = kith_rows_integer(rows, ORIGIN),
        .contested = kith_rows_integer(rows, WRONG) != 0 ? KITH_WRONG : KITH_CONTESTED,
    };
    return KITH_OK;
}

static bool has_copy(const kith_network *network, size_t from, const kith_contested_record *of)
{
    for (size_t i = from; i < network->origin_count; i++)
        if (network->origins[i].row.row == of->origin_row &&
            network->origins[i].grade.contested == (char)of->contested)
            return true;
    return false;
}

static int by_origin_row(const void *key, const void *origin)
{
    const int64_t row = *(const int64_t *)key, other = ((const kith_origin *)origin)->row.row;

    return (row > other) - (row < other);
}

/* Origins were read in the order of their rows. */
static kith_status copy_origin(kith_loader *loader, size_t read, const kith_contested_record *of)
{
    kith_network *network = loader->network;
    const kith_origin *found = read > 0 ? bsearch(&of->origin_row, network->origins, read,
                                                  sizeof *found, by_origin_row)
                                        : NULL;

    if (found == NULL)
        return kith_damaged(loader, "a contested record", "", "an origin");
    kith_origin copy = *found;
    copy.grade.contested = (char)of->contested;
    if (!kith_make_room((void **)&network->origins, &loader->origin_room, network->origin_count,
                        sizeof *network->origins))
        return kith_no_memory(loader->err);
    network->origins[network->origin_count++] = copy;
    return KITH_OK;
}

kith_status kith_read_contested(kith_loader *loader)
{
    const size_t read = loader->network->origin_count;
    kith_status status = kith_read_all(loader, KITH_QUERY_CONTEST_RECORDS, take_contested);

    for (size_t i = 0; status == KITH_OK && i < loader->contested_count; i++)
        if (!has_copy(loader->network, read, &loader->contested[i]))
            status = copy_origin(loader, read, &loader->contested[i]);
    return status;
}

void kith_find_contested(kith_loader *loader)
{
    const kith_network *network = loader->network;

    for (size_t i = 0; i < loader->contested_count; i++) {
        kith_contested_record *c = &loader->contested[i];
        c->origin = kith_row_index_get(&loader->origin_of, c->origin_row);
        while (network->origins[c->origin].grade.contested != (char)c->contested)
            c->origin++; /* the copies follow */
    }
}

static int by_record(const kith_contested_record *a, const kith_contested_record *b)
{
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    if (a->record != b->record)
        return a->record < b->record ? -1 : 1;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

uint32_t kith_contested_origin(const kith_loader *loader, const kith_contested_record *asked)
{
    const kith_contested_record *list = loader->contested;
    size_t low = 0, high = loader->contested_count;
    uint32_t found = asked->origin;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (by_record(&list[middle], asked) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < loader->contested_count && by_record(&list[low], asked) == 0; low++)
        if (asked->part != KITH_CONTESTED_PART || list[low].origin_row == asked->origin_row)
            found = list[low].origin;
    return found;
}
