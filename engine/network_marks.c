/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_marks.c: numbers that tell people apart by what is recorded of them, not by their ids.
 *
 * What is drawn at random, or chosen among equals, must fall on the same person under any ids.
 * So each person has a mark. Its first half comes from name and birth, which do not change from day
 * to day, so that most choices do not either; its second from events and links, each hashed by
 * itself and added up, for a sum does not depend on an order. Other things, events and links keep
 * their ids when people are given others, so there the id tells enough. */
#include <stdlib.h>

#include "large_pages.h"
#include "network_private.h"

enum { HEADS = 4096, HEAD_SHIFT = 52, HALF = 32 };

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
}

uint64_t kith_mark_of_text(const char *text)
{
    uint64_t mark = 0xCBF29CE484222325;

    for (; *text != '\0'; text++)
        mark = (mark ^ (unsigned char)*text) * 0x100000001B3;
    return mix(mark);
}

uint64_t kith_mark_with(uint64_t mark, uint64_t more)
{
    return mix(mark + 0x9E3779B97F4A7C15 * (more + 1));
}

void kith_mark_add(uint64_t *mark, uint64_t more)
{
    *mark = (*mark >> HALF << HALF) | (uint32_t)(*mark + more);
}

static uint64_t mark_of_time(uint64_t mark, kith_time time)
{
    const uint64_t day = time.precision == KITH_UNDATED ? 0 : (uint32_t)time.day;

    return kith_mark_with(mark, day << 8 | (uint64_t)time.precision);
}

kith_status kith_mark_things(kith_loader *loader)
{
    kith_network *network = loader->network;

    network->marks = kith_large_block((network->thing_count + 1) * sizeof *network->marks);
    if (network->marks == NULL)
        return kith_no_memory(loader->err);
    for (size_t i = 0; i < network->thing_count; i++) {
        const kith_thing *thing = &network->things[i];
        network->marks[i] = thing->kind == KITH_PERSON
                                ? mark_of_time(kith_mark_of_text(thing->name), thing->born) >> HALF << HALF
                                : kith_mark_with(kith_mark_of_text(thing->id), thing->kind);
    }
    return KITH_OK;
}

void kith_mark_event(kith_network *network, const kith_event_record *event)
{
    const kith_participation *first = &network->participations[event->first_participation];
    const uint64_t mark = kith_mark_of_text(event->id);

    for (uint32_t i = 0; i < event->participation_count; i++)
        kith_mark_add(&network->marks[first[i].person], kith_mark_with(mark, (uint64_t)first[i].role));
}

void kith_mark_link(kith_network *network, const kith_link *link)
{
    uint64_t mark = mark_of_time(kith_mark_of_text(link->word), link->valid_from);

    mark = kith_mark_with(mark_of_time(mark, link->valid_to), kith_mark_of_text(link->id));
    kith_mark_add(&network->marks[link->from], kith_mark_with(mark, 0));
    kith_mark_add(&network->marks[link->to], kith_mark_with(mark, 1));
}

typedef struct marked {
    uint64_t mark;
    uint32_t index;
} marked;

static int by_mark(const void *a, const void *b)
{
    const marked *x = a, *y = b;

    if (x->mark != y->mark)
        return x->mark < y->mark ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Where names differ marks are spread evenly: dealt by their first bits they are nearly in order. */
kith_status kith_order_by_marks(uint32_t *order, const uint64_t *marks, size_t count,
                                kith_error *err)
{
    marked *list = malloc((count + 1) * sizeof *list);
    size_t *begins = calloc(HEADS + 1, sizeof *begins);
    kith_status status = list != NULL && begins != NULL ? KITH_OK : kith_no_memory(err);

    if (status != KITH_OK)
        goto out;
    for (size_t i = 0; i < count; i++)
        begins[(marks[i] >> HEAD_SHIFT) + 1]++;
    for (size_t h = 0; h < HEADS; h++)
        begins[h + 1] += begins[h];
    for (size_t i = 0; i < count; i++)
        list[begins[marks[i] >> HEAD_SHIFT]++] = (marked){ marks[i], (uint32_t)i };
    for (size_t h = 0, from = 0; h < HEADS; from = begins[h++])
        if (begins[h] - from > 1)
            qsort(&list[from], begins[h] - from, sizeof *list, by_mark);
    for (size_t i = 0; i < count; i++)
        order[i] = list[i].index;

out:
    free(list);
    free(begins);
    return status;
}
