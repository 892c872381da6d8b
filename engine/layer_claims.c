/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_claims.c: which record ties whom.
 *
 * Every layer is a list of claims in the order of events and links, then sorted by pair
 * with a radix sort: it is stable, so within a pair the claims stay in the order in which
 * they were found, and it streams through memory (no table of pairs is ever held). */
#include "layer_private.h"

#include <stdlib.h>

enum { FIRST_ROOM = 1024, DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

static bool add(kith_claims *claims, uint32_t a, uint32_t b, kith_claim claim)
{
    if (claims->count == claims->room) {
        const size_t room = claims->room == 0 ? FIRST_ROOM : claims->room * 2;
        if (room > SIZE_MAX / sizeof *claims->list)
            return false;
        kith_claim *grown = realloc(claims->list, room * sizeof *grown);
        if (grown == NULL)
            return false;
        claims->list = grown;
        claims->room = room;
    }
    claim.pair = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
    claims->list[claims->count++] = claim;
    return true;
}

/* The pairs of an event's selected members. Beyond the cap those of grade E are not even
 * listed: they must not cost what they do not count. */
static bool add_pairs(kith_claims *claims, const kith_gathering *gathering, uint32_t event,
                      size_t count)
{
    const bool list_false = !gathering->peers || count <= gathering->size_cap;

    for (size_t i = 0; i < count; i++) {
        const kith_member *a = &gathering->members[i];
        if (!a->selected || (!list_false && kith_grade_is_false(a->grade)))
            continue;
        for (size_t j = i + 1; j < count; j++) {
            const kith_member *b = &gathering->members[j];
            if (!b->selected || (!list_false && kith_grade_is_false(b->grade)))
                continue;
            const kith_claim claim = { .index = event,
                                       .grade = kith_grade_weaker(a->grade, b->grade) };
            if (!add(claims, a->person, b->person, claim))
                return false;
        }
    }
    return true;
}

static bool add_shared_events(kith_claims *claims, kith_gathering *gathering)
{
    const kith_network *network = gathering->network;

    for (uint32_t e = 0; e < network->event_count; e++) {
        size_t counted;
        if (!kith_gathering_ties(gathering, e))
            continue;
        const size_t count = kith_gathering_at(gathering, e, &counted);
        if (gathering->peers && counted > gathering->size_cap) {
            claims->capped_events++;
            continue;
        }
        if (gathering->peers && counted > 1)
            claims->event_weight[e] = 1.0 / (double)(counted - 1);
        if (!add_pairs(claims, gathering, e, count))
            return false;
    }
    return true;
}

/* A tie of each member to what an event stands for: its place, or itself. */
static bool add_members(kith_claims *claims, kith_gathering *gathering, bool to_place)
{
    const kith_network *network = gathering->network;

    for (uint32_t e = 0; e < network->event_count; e++) {
        const kith_event_record *event = &network->events[e];
        const uint32_t end = to_place ? event->place : (uint32_t)network->thing_count + e;
        size_t counted;
        if (!kith_gathering_has_event(gathering, e) || end == KITH_NOTHING)
            continue;
        const size_t count = kith_gathering_at(gathering, e, &counted);
        for (size_t i = 0; i < count; i++) {
            const kith_claim claim = { .index = e, .grade = gathering->members[i].grade };
            if (!add(claims, gathering->members[i].person, end, claim))
                return false;
        }
    }
    return true;
}

static bool add_event_places(kith_claims *claims, const kith_gathering *gathering)
{
    const kith_network *network = gathering->network;

    for (uint32_t e = 0; e < network->event_count; e++) {
        const kith_event_record *event = &network->events[e];
        const kith_claim claim = { .index = e, .grade = network->origins[event->origin].grade };
        if (kith_gathering_has_event(gathering, e) && event->place != KITH_NOTHING &&
            !add(claims, event->place, (uint32_t)network->thing_count + e, claim))
            return false;
    }
    return true;
}

static bool is_presence(const kith_gathering *gathering, const kith_link *link)
{
    const kith_kind from = gathering->network->things[link->from].kind;
    const kith_kind to = gathering->network->things[link->to].kind;

    return (from == KITH_PERSON && to == KITH_LOCATION) ||
           (from == KITH_LOCATION && to == KITH_PERSON);
}

static bool is_any(const kith_gathering *gathering, const kith_link *link)
{
    (void)gathering;
    (void)link;
    return true;
}

static bool add_links(kith_claims *claims, const kith_gathering *gathering,
                      bool (*wanted)(const kith_gathering *, const kith_link *))
{
    const kith_network *network = gathering->network;

    for (uint32_t i = 0; i < network->link_count; i++) {
        const kith_link *link = &network->links[i];
        const kith_claim claim = { .index = i,
                                   .is_link = true,
                                   .grade = network->origins[link->origin].grade };
        if (kith_gathering_has_link(gathering, i) && wanted(gathering, link) &&
            !add(claims, link->from, link->to, claim))
            return false;
    }
    return true;
}

static bool add_overlaps(kith_claims *claims, const kith_layer *layer)
{
    for (size_t i = 0; i < layer->overlap_count; i++) {
        const kith_overlap *overlap = &layer->overlaps[i];
        const kith_claim claim = { .index = (uint32_t)(layer->network->event_count + i),
                                   .grade = overlap->grade };
        if (!add(claims, overlap->left, overlap->right, claim))
            return false;
    }
    return true;
}

static bool add_layer(kith_claims *claims, kith_gathering *gathering, const kith_layer *layer)
{
    const bool declared = !gathering->options->no_declared;

    switch (gathering->options->layer) {
    case KITH_LAYER_LINKS:
        return add_links(claims, gathering, is_any);
    case KITH_LAYER_TOGETHER:
        return add_shared_events(claims, gathering) && add_overlaps(claims, layer) &&
               (!declared || add_links(claims, gathering, kith_gathering_declares));
    case KITH_LAYER_PRESENCE:
        return add_members(claims, gathering, true) && add_links(claims, gathering, is_presence);
    case KITH_LAYER_EVENTS:
        return add_members(claims, gathering, false);
    default:
        return add_members(claims, gathering, false) && add_event_places(claims, gathering) &&
               add_links(claims, gathering, is_any);
    }
}

/* One stable pass over DIGIT_BITS of the key from bit `shift` on. */
static void sort_pass(kith_claim *to, const kith_claim *from, size_t count, int shift)
{
    size_t place[DIGITS + 1] = { 0 };

    for (size_t i = 0; i < count; i++)
        place[(from[i].pair >> shift & (DIGITS - 1)) + 1]++;
    for (size_t d = 1; d <= DIGITS; d++)
        place[d] += place[d - 1];
    for (size_t i = 0; i < count; i++)
        to[place[from[i].pair >> shift & (DIGITS - 1)]++] = from[i];
}

/* Sorts by the higher vertex, then by the lower; bits is how many a vertex needs. */
static kith_status sort(kith_claims *claims, int bits, kith_error *err)
{
    kith_claim *spare = malloc((claims->count > 0 ? claims->count : 1) * sizeof *spare);

    if (spare == NULL)
        return kith_no_memory(err);
    for (int half = 0; half <= 32; half += 32) {
        for (int shift = 0; shift < bits; shift += DIGIT_BITS) {
            sort_pass(spare, claims->list, claims->count, half + shift);
            kith_claim *sorted = spare;
            spare = claims->list;
            claims->list = sorted;
        }
    }
    claims->room = claims->count;
    free(spare);
    return KITH_OK;
}

kith_status kith_claims_collect(kith_claims *claims, kith_gathering *gathering,
                                const kith_layer *layer, kith_error *err)
{
    const kith_network *network = gathering->network;
    const size_t vertices = network->thing_count + network->event_count;
    int bits = 0;

    *claims = (kith_claims){ 0 };
    if (vertices >= UINT32_MAX)
        return kith_fail(err, KITH_USAGE,
                         "%zu things and events are more than a network can hold; narrow the window",
                         vertices);
    if (gathering->peers) {
        claims->event_weight = calloc(network->event_count + 1, sizeof *claims->event_weight);
        if (claims->event_weight == NULL)
            return kith_no_memory(err);
    }
    if (!add_layer(claims, gathering, layer))
        return kith_no_memory(err);
    while (vertices >> bits != 0)
        bits++;
    return claims->count > 1 ? sort(claims, bits, err) : KITH_OK;
}

void kith_claims_free(kith_claims *claims)
{
    free(claims->list);
    free(claims->event_weight);
    *claims = (kith_claims){ 0 };
}
