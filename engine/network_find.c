/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_find.c: a thing by its id, what a word chooses, a person's age. */
#include "kith/network.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ADULT_YEARS = 18 };

static const char *const kind_names[] = { "", "person", "location", "group", "object" };

static int by_kind_and_id(const void *a, const void *b)
{
    const kith_thing *left = a, *right = b;

    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    return strcmp(left->id, right->id);
}

static int merged_by_kind_and_id(const void *a, const void *b)
{
    const kith_merged *left = a, *right = b;

    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    return strcmp(left->id, right->id);
}

static uint32_t merged_of(const kith_network *network, kith_kind kind, const char *id)
{
    const kith_merged key = { .kind = kind, .id = id };

    if (network->merged_count == 0)
        return KITH_NOTHING;
    const kith_merged *found = bsearch(&key, network->merged, network->merged_count,
                                       sizeof *network->merged, merged_by_kind_and_id);
    return found != NULL ? found->thing : KITH_NOTHING;
}

/* The thing of a kind and id, or KITH_NOTHING. */
static uint32_t thing_of(const kith_network *network, kith_kind kind, const char *id)
{
    const kith_thing key = { .kind = kind, .id = id };

    if (network->thing_count == 0)
        return KITH_NOTHING;
    const kith_thing *found = bsearch(&key, network->things, network->thing_count,
                                      sizeof *network->things, by_kind_and_id);
    return found != NULL ? (uint32_t)(found - network->things) : merged_of(network, kind, id);
}

/* The thing of an id as "kind:id", or KITH_NOTHING. */
static uint32_t thing_of_prefixed(const kith_network *network, const char *id)
{
    for (kith_kind kind = KITH_PERSON; kind <= KITH_OBJECT; kind++) {
        const size_t size = strlen(kind_names[kind]);
        if (strncmp(id, kind_names[kind], size) == 0 && id[size] == ':')
            return thing_of(network, kind, id + size + 1);
    }
    return KITH_NOTHING;
}

kith_status kith_network_find(uint32_t *thing, const kith_network *network, const char *id,
                              kith_error *err)
{
    kith_kind kinds[KITH_OBJECT];
    int count = 0;

    *thing = KITH_NOTHING;
    for (kith_kind kind = KITH_PERSON; kind <= KITH_OBJECT; kind++) {
        const uint32_t found = thing_of(network, kind, id);
        if (found == KITH_NOTHING)
            continue;
        if (count == 0)
            *thing = found;
        kinds[count++] = kind;
    }
    if (count == 1)
        return KITH_OK;
    if (count > 1) {
        *thing = KITH_NOTHING;
        return kith_fail(err, KITH_NOT_FOUND,
                         "%s is the id of a %s and of a %s; write %s:%s or %s:%s", id,
                         kind_names[kinds[0]], kind_names[kinds[1]], kind_names[kinds[0]], id,
                         kind_names[kinds[1]], id);
    }
    *thing = thing_of_prefixed(network, id);
    return *thing != KITH_NOTHING
               ? KITH_OK
               : kith_fail(err, KITH_NOT_FOUND,
                           "there is no person, place, group or object with the id %s; find "
                           "looks them up by name",
                           id);
}

bool kith_participation_is(const kith_participation *participation, kith_role role,
                           const char *written)
{
    kith_role roles[2];
    const char *words[2];
    int count;
    bool known;

    if ((participation->role & role) == 0)
        return false;
    if (role != KITH_PRESENT)
        return true;
    kith_role_read(participation->word, roles, words, &count, &known);
    return kith_word_same(words[0], written);
}

bool kith_network_has_kind(const kith_network *network, const char *kind)
{
    for (size_t e = 0; e < network->event_count; e++)
        if (kith_word_same(network->events[e].word, kind))
            return true;
    for (size_t l = 0; l < network->link_count; l++)
        if (kith_word_same(network->links[l].word, kind))
            return true;
    return false;
}

bool kith_network_has_role(const kith_network *network, const char *role)
{
    kith_role roles[2];
    const char *words[2];
    int count, found = 0;
    bool known;

    kith_role_read(role, roles, words, &count, &known);
    for (int r = 0; r < count; r++) {
        size_t i = 0;
        while (i < network->participation_count &&
               !kith_participation_is(&network->participations[i], roles[r], words[r]))
            i++;
        found += i < network->participation_count;
    }
    return found == count;
}

bool kith_network_was_missing(const kith_network *network, uint32_t event, uint32_t person)
{
    const kith_event_record *record = &network->events[event];

    for (uint32_t i = 0; i < record->participation_count; i++) {
        const kith_participation *part =
            &network->participations[record->first_participation + i];
        if (part->person == person && part->role == KITH_MISSING)
            return true;
    }
    return false;
}

uint32_t kith_link_exploiter(const kith_link *link)
{
    return link->meaning->passive ? link->to : link->from;
}

kith_age_group kith_thing_age_group(const kith_thing *person, int32_t day)
{
    assert(person->kind == KITH_PERSON);
    if (person->born.precision == KITH_UNDATED)
        return KITH_AGE_UNKNOWN;
    return kith_age(person->born.day, day) < ADULT_YEARS ? KITH_CHILD : KITH_ADULT;
}

int32_t kith_thing_adult_from(const kith_thing *person)
{
    int year, month, day_of_month;

    assert(person->kind == KITH_PERSON);
    if (person->born.precision == KITH_UNDATED)
        return INT32_MAX;
    kith_day_split(person->born.day, &year, &month, &day_of_month);
    const bool leap_day = month == 2 && day_of_month == 29;
    const int32_t birthday = kith_day(year + ADULT_YEARS, month, leap_day ? 28 : day_of_month);
    return leap_day ? birthday + 1 : birthday;
}

bool kith_network_drawn_as_child(const kith_network *network, uint32_t person)
{
    const int32_t first = network->first_day[person], as_of = network->view.as_of;

    return kith_thing_age_group(&network->things[person], first < as_of ? first : as_of) ==
           KITH_CHILD;
}
