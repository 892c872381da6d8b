/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_order.c: the orders of a network's records, by what they are.
 *
 * Ids are compared by their bytes, as the store does: first by eight of them as one
 * number, which nearly always decides. Other records are compared by all that they say, and by
 * their rows last. */
#include <stdlib.h>
#include <string.h>

#include "network_private.h"

typedef struct id_key {
    uint64_t head; /* the id's first eight bytes, big end first */
    const char *id;
    uint32_t index;
} id_key;

static uint64_t head_of(const char *id)
{
    uint64_t head = 0;
    int i = 0;

    for (; i < 8 && id[i] != '\0'; i++)
        head = head << 8 | (unsigned char)id[i];
    return head << (8 * (8 - i) % 64);
}

static int by_id(const void *a, const void *b)
{
    const id_key *left = a, *right = b;

    if (left->head != right->head)
        return left->head < right->head ? -1 : 1;
    return strcmp(left->id, right->id);
}

/* The id of the record at a place, which stands at an offset in it. */
static const char *id_at(const char *records, size_t place, size_t size, size_t offset)
{
    const char *id;

    memcpy(&id, records + place * size + offset, sizeof id);
    return id;
}

static bool are_in_order(const char *records, size_t count, size_t size, size_t offset)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(id_at(records, i - 1, size, offset), id_at(records, i, size, offset)) >= 0)
            return false;
    return true;
}

/* Records mostly are in order, and then need no keys. */
kith_status kith_order_by_id(void *records, size_t count, size_t size, size_t offset,
                             kith_error *err)
{
    char *from = records, *sorted = NULL;
    id_key *keys = NULL;
    kith_status status = KITH_OK;

    if (are_in_order(records, count, size, offset))
        return KITH_OK;
    keys = malloc(count * sizeof *keys);
    sorted = malloc(count * size);
    if (keys == NULL || sorted == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    for (size_t i = 0; i < count; i++) {
        const char *id = id_at(records, i, size, offset);
        keys[i] = (id_key){ head_of(id), id, (uint32_t)i };
    }
    qsort(keys, count, sizeof *keys, by_id);
    for (size_t i = 0; i < count; i++)
        memcpy(sorted + i * size, from + keys[i].index * size, size);
    memcpy(records, sorted, count * size);

out:
    free(sorted);
    free(keys);
    return status;
}

kith_status kith_order_events(kith_loader *loader)
{
    kith_network *network = loader->network;

    return kith_order_by_id(network->events, network->event_count, sizeof(kith_event_record),
                            offsetof(kith_event_record, id), loader->err);
}

/* Rows come last: they only decide between records that say the same. */
static int by_row(kith_row a, kith_row b)
{
    return (a.row > b.row) - (a.row < b.row);
}

static int by_report(const void *a, const void *b)
{
    const kith_origin *left = a, *right = b;
    int order = strcmp(left->report_ref, right->report_ref);

    if (order == 0)
        order = strcmp(left->source, right->source);
    if (order == 0)
        order = left->grade.source - right->grade.source;
    if (order == 0)
        order = left->grade.info - right->grade.info;
    if (order == 0)
        order = left->handling - right->handling;
    if (order == 0)
        order = by_row(left->row, right->row);
    return order != 0 ? order : left->grade.contested - right->grade.contested;
}

void kith_order_origins(kith_network *network)
{
    if (network->origin_count > 0)
        qsort(network->origins, network->origin_count, sizeof *network->origins, by_report);
}

static int by_number(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_person_and_role(const void *a, const void *b)
{
    const kith_participation *left = a, *right = b;
    int order = by_number(left->person, right->person);

    if (order == 0)
        order = by_number(left->role, right->role);
    if (order == 0)
        order = strcmp(left->word, right->word);
    return order != 0 ? order : by_number(left->origin, right->origin);
}

void kith_order_members(kith_participation *members, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (by_person_and_role(&members[i - 1], &members[i]) > 0) {
            qsort(members, count, sizeof *members, by_person_and_role);
            return;
        }
    }
}

static int by_time(kith_time a, kith_time b)
{
    if (a.utc != b.utc)
        return a.utc < b.utc ? -1 : 1;
    return (int)a.precision - (int)b.precision;
}

static int by_weight(double a, double b)
{
    if (a != a || b != b)
        return (a == a) - (b == b);
    return (a > b) - (a < b);
}

static uint32_t lower_end(const kith_link *link)
{
    return link->from < link->to ? link->from : link->to;
}

static uint32_t higher_end(const kith_link *link)
{
    return link->from < link->to ? link->to : link->from;
}

/* By the pair, and by what is said of it but for which way it leads. */
static int by_content(const kith_link *left, const kith_link *right)
{
    int order = by_number(lower_end(left), lower_end(right));

    if (order == 0)
        order = by_number(higher_end(left), higher_end(right));
    if (order == 0)
        order = strcmp(left->word, right->word);
    if (order == 0)
        order = strcmp(left->id, right->id);
    if (order == 0)
        order = by_time(left->valid_from, right->valid_from);
    if (order == 0)
        order = by_time(left->valid_to, right->valid_to);
    if (order == 0)
        order = by_weight(left->weight, right->weight);
    if (order == 0)
        order = (int)left->valence - (int)right->valence;
    if (order == 0)
        order = (int)left->convicted - (int)right->convicted;
    return order != 0 ? order : by_number(left->origin, right->origin);
}

static int by_ends(const void *a, const void *b)
{
    const kith_link *left = a, *right = b;
    int order = by_content(left, right);

    if (order == 0)
        order = by_number(left->from, right->from);
    return order != 0 ? order : by_row(left->row, right->row);
}

static void reverse(kith_link *links, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        const kith_link link = links[i];
        links[i] = links[count - 1 - i];
        links[count - 1 - i] = link;
    }
}

/* Of links that say the same either way round, those come first that lead from whom the marks have
 * first: the lower end is the lower by its id alone. */
static void turn_opposites(kith_network *network)
{
    kith_link *const links = network->links;

    for (size_t begin = 0, end = 0; begin < network->link_count; begin = end) {
        size_t turn = begin;
        for (end = begin + 1; end < network->link_count && by_content(&links[begin], &links[end]) == 0; end++)
            if (links[end].from == links[begin].from)
                turn = end;
        turn++;
        if (turn == end || network->marks[links[turn].from] >= network->marks[links[begin].from])
            continue;
        reverse(&links[begin], turn - begin);
        reverse(&links[turn], end - turn);
        reverse(&links[begin], end - begin);
    }
}

void kith_order_links(kith_network *network)
{
    if (network->link_count > 0)
        qsort(network->links, network->link_count, sizeof *network->links, by_ends);
    turn_opposites(network);
}
