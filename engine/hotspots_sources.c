/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_sources.c: which agencies' records stand behind a place.
 *
 * A place has a row of bits, one a source. They are set while the events are gone through as they
 * lie in memory: what is written to is small, where the participations of a place's events lie
 * all over the network. */
#include "hotspots_parts.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 64 };

typedef struct named_source {
    const char *name;
    uint32_t origin;
} named_source;

static int by_name(const void *left, const void *right)
{
    const named_source *a = left, *b = right;

    return a->name == b->name ? 0 : strcmp(a->name, b->name);
}

/* Numbers the sources from 0, so that equal names have equal numbers. Returns how many there are. */
static size_t number_sources(uint32_t *source, named_source *names, const kith_network *network)
{
    size_t count = 0;

    for (size_t i = 0; i < network->origin_count; i++)
        names[i] = (named_source){ network->origins[i].source, (uint32_t)i };
    qsort(names, network->origin_count, sizeof *names, by_name);
    for (size_t i = 0; i < network->origin_count; i++) {
        const uint32_t origin = names[i].origin;
        const bool named = names[i].name[0] != '\0';
        count += named && (i == 0 || by_name(&names[i], &names[i - 1]) != 0);
        source[origin] = named && !kith_grade_is_false(network->origins[origin].grade)
                             ? (uint32_t)count - 1
                             : KITH_NOTHING;
    }
    return count;
}

kith_status place_sources_make(place_sources *s, const kith_network *network, size_t place_count,
                               kith_error *err)
{
    named_source *names = malloc((network->origin_count + 1) * sizeof *names);

    *s = (place_sources){ .source = malloc((network->origin_count + 1) * sizeof *s->source) };
    if (names != NULL && s->source != NULL) {
        s->words = (number_sources(s->source, names, network) + BITS - 1) / BITS;
        s->seen = calloc(place_count * s->words + 1, sizeof *s->seen);
    }
    free(names);
    return s->seen != NULL ? KITH_OK : kith_no_memory(err);
}

static void see(place_sources *s, size_t place, uint32_t origin)
{
    const uint32_t source = s->source[origin];

    if (source != KITH_NOTHING)
        s->seen[place * s->words + source / BITS] |= (uint64_t)1 << source % BITS;
}

void place_sources_see(place_sources *s, size_t place, const kith_network *network,
                       const kith_event_record *event)
{
    const kith_participation *people = network->participations + event->first_participation;

    see(s, place, event->origin);
    for (uint32_t i = 0; i < event->participation_count; i++)
        if (people[i].origin != event->origin)
            see(s, place, people[i].origin);
}

uint32_t place_sources_count(const place_sources *s, size_t place)
{
    uint32_t count = 0;

    for (size_t w = 0; w < s->words; w++)
        for (uint64_t left = s->seen[place * s->words + w]; left != 0; left &= left - 1)
            count++;
    return count;
}

void place_sources_free(place_sources *s)
{
    free(s->source);
    free(s->seen);
    *s = (place_sources){ 0 };
}
