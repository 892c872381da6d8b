/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chance.c: places in events, pooled by what is alike.
 *
 * The places of all events are listed once. Pools are then taken from the finest kind of
 * likeness on: an event joins the first kind of pool that holds enough people. With fewer, a peer
 * group could be the pool, and would be its own chance; so what is left joins a pool of days
 * when it is too little to be one. Last, each person's places are counted by pool. */
#include "chance.h"

#include <stdlib.h>
#include <string.h>

/* How many people a pool must hold: more than a peer group has; at one place more than any group
 * and its neighbours, as a bus station has. */
enum { DAYS_PEOPLE = 100, PLACE_PEOPLE = 500 };

/* What must be equal in one pool, the finest likeness first. */
static const struct likeness {
    bool place, days;
    int alike;
    size_t people; /* at least */
} likenesses[] = {
    { true, true, KITH_POOL_PLACE_DAYS, PLACE_PEOPLE },
    { true, false, KITH_POOL_PLACE, PLACE_PEOPLE },
    { false, true, KITH_POOL_DAYS, DAYS_PEOPLE },
};

/* An event that may tie people, and where its places begin. */
typedef struct dealt {
    uint64_t key;
    uint32_t event, first, count;
} dealt;

typedef struct dealer {
    kith_chance *chance;
    kith_gathering *gathering;
    dealt *events; /* those without a pool yet */
    size_t event_count;
    uint32_t *seats; /* people, by event */
    size_t seat_count;
    uint32_t *pool_of; /* per seat */
    uint32_t *seen;    /* per thing: the pool that counted it last, from 1 */
    uint32_t stamp;
} dealer;

static kith_status open_dealer(dealer *d, kith_error *err)
{
    const kith_network *network = d->chance->network;

    d->events = malloc((network->event_count + 1) * sizeof *d->events);
    d->seats = malloc((network->participation_count + 1) * sizeof *d->seats);
    d->seen = calloc(network->thing_count + 1, sizeof *d->seen);
    return d->events && d->seats && d->seen ? KITH_OK : kith_no_memory(err);
}

static void list_seats(dealer *d, uint32_t event)
{
    kith_gathering *gathering = d->gathering;
    const uint32_t first = (uint32_t)d->seat_count;
    size_t whole;
    const size_t count = kith_gathering_at(gathering, event, &whole);

    if (gathering->peers && whole > gathering->size_cap)
        return;
    for (size_t i = 0; i < count; i++) {
        const kith_member *member = &gathering->members[i];
        if (member->selected && !kith_grade_is_false(member->grade))
            d->seats[d->seat_count++] = member->person;
    }
    if (d->seat_count > first)
        d->events[d->event_count++] =
            (dealt){ 0, event, first, (uint32_t)d->seat_count - first };
}

static uint32_t length_class(const kith_event_record *event)
{
    if (event->at.precision < KITH_MINUTE || event->ended.precision < KITH_MINUTE)
        return 0;
    const int64_t hours = (event->ended.utc - event->at.utc) / 3600;
    return hours < 6 ? 1 : hours < 24 ? 2 : 3;
}

const char *kith_chance_length(const kith_event_record *event)
{
    static const char *const names[] = { "length not known", "below 6 hours", "6 to 24 hours",
                                         "24 hours and more" };
    return names[length_class(event)];
}

static uint32_t weekday(const kith_event_record *event)
{
    return event->at.precision < KITH_DAY ? 7 : (uint32_t)kith_weekday(event->at.day);
}

/* 0 for an event that cannot be alike: without a place. */
static uint64_t key_of(const kith_event_record *event, const struct likeness *like)
{
    uint64_t key = 1;

    if (like->place && event->place == KITH_NOTHING)
        return 0;
    if (like->place)
        key += ((uint64_t)event->place + 1) << 8;
    if (like->days)
        key += (uint64_t)(weekday(event) * 4 + length_class(event)) << 1;
    return key;
}

static int by_key(const void *a, const void *b)
{
    const dealt *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->event > y->event) - (x->event < y->event);
}

static size_t end_of_pool(const dealer *d, size_t from)
{
    size_t end = from + 1;

    while (end < d->event_count && d->events[end].key == d->events[from].key)
        end++;
    return end;
}

static size_t count_people(dealer *d, size_t from, size_t end)
{
    size_t people = 0;

    d->stamp++;
    for (size_t e = from; e < end; e++)
        for (uint32_t i = 0; i < d->events[e].count; i++) {
            uint32_t *seen = &d->seen[d->seats[d->events[e].first + i]];
            people += *seen != d->stamp;
            *seen = d->stamp;
        }
    return people;
}

/* Puts the places of events into a pool. */
static void fill_pool(dealer *d, size_t number, size_t from, size_t end)
{
    kith_pool_of_events *pool = &d->chance->pools[number];

    for (size_t e = from; e < end; e++) {
        const double count = d->events[e].count;
        pool->all += count;
        pool->couples += count * (count - 1);
        for (uint32_t i = 0; i < d->events[e].count; i++)
            d->pool_of[d->events[e].first + i] = (uint32_t)number;
    }
}

static kith_status add_pool(dealer *d, size_t from, size_t end, int alike, kith_error *err)
{
    kith_chance *chance = d->chance;
    kith_pool_of_events *grown =
        realloc(chance->pools, (chance->pool_count + 1) * sizeof *chance->pools);

    if (grown == NULL)
        return kith_no_memory(err);
    chance->pools = grown;
    grown[chance->pool_count] = (kith_pool_of_events){ .event = d->events[from].event };
    grown[chance->pool_count].alike = alike;
    fill_pool(d, chance->pool_count++, from, end);
    return KITH_OK;
}

/* The smallest pool of days; pool_count when there is none. */
static size_t smallest_of_days(const kith_chance *chance)
{
    size_t smallest = chance->pool_count;

    for (size_t i = 0; i < chance->pool_count; i++)
        if (chance->pools[i].alike == KITH_POOL_DAYS &&
            (smallest == chance->pool_count ||
             chance->pools[i].all < chance->pools[smallest].all))
            smallest = i;
    return smallest;
}

/* What is left is a pool; of too few people, with the smallest pool of days. */
static kith_status take_rest(dealer *d, kith_error *err)
{
    const size_t smallest = smallest_of_days(d->chance);

    if (d->event_count == 0)
        return KITH_OK;
    if (smallest == d->chance->pool_count || count_people(d, 0, d->event_count) >= DAYS_PEOPLE)
        return add_pool(d, 0, d->event_count, KITH_POOL_REST, err);
    fill_pool(d, smallest, 0, d->event_count);
    d->chance->pools[smallest].alike = KITH_POOL_REST;
    return KITH_OK;
}

/* Takes the pools of one likeness; what is in none stays for the next. */
static kith_status take_pools(dealer *d, const struct likeness *like, kith_error *err)
{
    kith_status status = KITH_OK;
    size_t kept = 0;

    for (size_t e = 0; e < d->event_count; e++)
        d->events[e].key = key_of(&d->chance->network->events[d->events[e].event], like);
    qsort(d->events, d->event_count, sizeof *d->events, by_key);
    for (size_t from = 0, end = 0; status == KITH_OK && from < d->event_count; from = end) {
        end = end_of_pool(d, from);
        if (d->events[from].key != 0 && count_people(d, from, end) >= like->people) {
            status = add_pool(d, from, end, like->alike, err);
            continue;
        }
        memmove(&d->events[kept], &d->events[from], (end - from) * sizeof *d->events);
        kept += end - from;
    }
    d->event_count = kept;
    return status;
}

static int by_pool(const void *a, const void *b)
{
    const kith_holding *x = a, *y = b;

    return (x->pool > y->pool) - (x->pool < y->pool);
}

/* A person's list of single places becomes one of holdings, behind all before it. */
static size_t fold(kith_chance *chance, size_t thing, size_t to, size_t end)
{
    kith_holding *list = &chance->holdings[chance->first[thing]];
    const size_t count = end - chance->first[thing], from = to;

    qsort(list, count, sizeof *list, by_pool);
    for (size_t i = 0; i < count; i++)
        if (to > from && chance->holdings[to - 1].pool == list[i].pool)
            chance->holdings[to - 1].places++;
        else
            chance->holdings[to++] = list[i];
    for (size_t i = from; i < to; i++) {
        const kith_holding *held = &chance->holdings[i];
        chance->pools[held->pool].squares += (double)held->places * held->places;
    }
    chance->first[thing] = from;
    chance->people += count > 0;
    return to;
}

static kith_status count_holdings(dealer *d, kith_error *err)
{
    kith_chance *chance = d->chance;
    const size_t things = chance->network->thing_count;
    size_t to = 0;

    chance->first = calloc(things + 2, sizeof *chance->first);
    chance->holdings = malloc((d->seat_count + 1) * sizeof *chance->holdings);
    if (chance->first == NULL || chance->holdings == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < d->seat_count; i++)
        chance->first[d->seats[i] + 2]++;
    for (size_t t = 1; t < things + 2; t++)
        chance->first[t] += chance->first[t - 1];
    for (size_t i = 0; i < d->seat_count; i++)
        chance->holdings[chance->first[d->seats[i] + 1]++] = (kith_holding){ d->pool_of[i], 1 };
    for (size_t t = 0; t < things; t++)
        to = fold(chance, t, to, chance->first[t + 1]);
    chance->first[things] = to;
    return KITH_OK;
}

static kith_status deal(dealer *d, kith_error *err)
{
    kith_status status = open_dealer(d, err);

    for (uint32_t e = 0; status == KITH_OK && e < d->chance->network->event_count; e++)
        if (kith_gathering_ties(d->gathering, e))
            list_seats(d, e);
    d->pool_of = malloc((d->seat_count + 1) * sizeof *d->pool_of);
    if (status == KITH_OK && d->pool_of == NULL)
        status = kith_no_memory(err);
    for (size_t i = 0; status == KITH_OK && i < sizeof likenesses / sizeof *likenesses; i++)
        status = take_pools(d, &likenesses[i], err);
    if (status == KITH_OK)
        status = take_rest(d, err);
    if (status == KITH_OK)
        status = count_holdings(d, err);
    return status;
}

size_t kith_chance_most_parts(const kith_chance *chance)
{
    size_t most = 0;

    for (size_t t = 0; t < chance->network->thing_count; t++)
        if (chance->first[t + 1] - chance->first[t] > most)
            most = chance->first[t + 1] - chance->first[t];
    return most;
}

kith_status kith_chance_build(kith_chance *chance, kith_gathering *gathering, kith_error *err)
{
    dealer d = { .chance = chance, .gathering = gathering };

    *chance = (kith_chance){ .network = gathering->network };
    const kith_status status = deal(&d, err);
    free(d.events);
    free(d.seats);
    free(d.pool_of);
    free(d.seen);
    return status;
}

void kith_chance_free(kith_chance *chance)
{
    free(chance->pools);
    free(chance->first);
    free(chance->holdings);
    *chance = (kith_chance){ 0 };
}

static kith_couples couples_of(const kith_pool_of_events *pool, uint32_t left, uint32_t right)
{
    const double ways = pool->all * pool->all - pool->squares;

    return (kith_couples){ .left = left,
                           .right = right,
                           .rate = ways > 0 ? pool->couples / ways : 0,
                           .all = pool->all,
                           .squares = pool->squares };
}

size_t kith_chance_parts(const kith_chance *chance, kith_couples *parts, uint32_t *pool_of,
                         uint32_t a, uint32_t b)
{
    const kith_holding *left = &chance->holdings[chance->first[a]];
    const kith_holding *left_end = &chance->holdings[chance->first[a + 1]];
    const kith_holding *right = &chance->holdings[chance->first[b]];
    const kith_holding *right_end = &chance->holdings[chance->first[b + 1]];
    size_t count = 0;

    while (left < left_end && right < right_end) {
        if (left->pool == right->pool) {
            if (pool_of != NULL)
                pool_of[count] = left->pool;
            parts[count++] =
                couples_of(&chance->pools[left->pool], left->places, right->places);
        }
        const uint32_t l = left->pool, r = right->pool;
        left += l <= r;
        right += r <= l;
    }
    return count;
}
