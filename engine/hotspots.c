/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots.c: places where children are being harmed or are unsafe.
 *
 * The parts do the work, each on the same visits: figures, change, ranks, score, Gi*.
 * This file checks what is asked, names what was not counted, and puts the places in
 * order. */
#include "kith/hotspots.h"

#include <stdlib.h>
#include <string.h>

#include "hotspots_parts.h"

kith_status hotspots_check(const kith_hotspots_options *options, kith_error *err)
{
    if (options->resamples > KITH_HOTSPOT_RESAMPLES_MAX)
        return kith_fail(err, KITH_USAGE, "%u resamples are asked for; at most %d are made",
                         options->resamples, KITH_HOTSPOT_RESAMPLES_MAX);
    if (options->gi_metres != 0 && options->gi_nearest > 0)
        return kith_fail(err, KITH_USAGE, "both a distance of %g m and the %u nearest are asked for; "
                         "a neighbourhood is one of them", options->gi_metres, options->gi_nearest);
    for (size_t i = 0; i < options->kind_count; i++)
        for (size_t j = i + 1; j < options->kind_count; j++)
            if (kith_word_same(options->kinds[i], options->kinds[j]))
                return kith_fail(err, KITH_USAGE, "the kind \"%s\" is given twice; give it once",
                                 options->kinds[i]);
    return KITH_OK;
}

static int by_word(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;

    return *a == *b ? 0 : strcmp(*a, *b);
}

static int by_events(const void *left, const void *right)
{
    const kith_uncounted_kind *a = left, *b = right;

    if (a->events != b->events)
        return a->events > b->events ? -1 : 1;
    return strcmp(a->word, b->word);
}

static bool is_asked_for(const char *word, const kith_hotspots_options *options)
{
    for (size_t i = 0; i < options->kind_count; i++)
        if (kith_word_same(word, options->kinds[i]))
            return true;
    return false;
}

static size_t gather_unknown(const char **words, const visits *v,
                             const kith_hotspots_options *options)
{
    size_t count = 0;

    for (size_t e = 0; e < v->network->event_count; e++) {
        const kith_event_record *event = &v->network->events[e];
        const bool seen =
            event->at.precision == KITH_UNDATED || kith_view_has_day(&v->window, event->at.day);
        if (seen && !event->meaning->known && !is_asked_for(event->word, options))
            words[count++] = event->word;
    }
    qsort(words, count, sizeof *words, by_word);
    return count;
}

static kith_status list_unknown_kinds(kith_hotspots *hotspots, const visits *v,
                                      const kith_hotspots_options *options, kith_error *err)
{
    const char **words = malloc((v->network->event_count + 1) * sizeof *words);
    size_t count = 0, kinds = 0;

    if (words == NULL)
        return kith_no_memory(err);
    count = gather_unknown(words, v, options);
    for (size_t i = 0; i < count; i++)
        kinds += i == 0 || strcmp(words[i], words[i - 1]) != 0;
    hotspots->unknown_kinds = calloc(kinds + 1, sizeof *hotspots->unknown_kinds);
    for (size_t i = 0; i < count && hotspots->unknown_kinds != NULL; i++) {
        if (i == 0 || strcmp(words[i], words[i - 1]) != 0)
            hotspots->unknown_kinds[hotspots->unknown_kind_count++].word = words[i];
        hotspots->unknown_kinds[hotspots->unknown_kind_count - 1].events++;
    }
    free(words);
    if (hotspots->unknown_kinds == NULL)
        return kith_no_memory(err);
    qsort(hotspots->unknown_kinds, kinds, sizeof *hotspots->unknown_kinds, by_events);
    return KITH_OK;
}

/* Public places by rank, service places by children, homes in the order of their ids:
 * nobody's home is ranked. */
static int in_order(const void *left, const void *right)
{
    const kith_hotspot *a = left, *b = right;

    if (a->section != b->section)
        return a->section < b->section ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->section == KITH_SERVICE_PLACE && a->children != b->children)
        return a->children > b->children ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static bool reaches_back(const kith_view *view)
{
    return view->all_dates || view->since <= view->as_of - KITH_HOTSPOT_CHANGE_DAYS + 1;
}

static kith_status look_at_places(kith_hotspots *hotspots, const visits *v,
                                  const kith_hotspots_options *options, kith_error *err)
{
    kith_hotspot *places = hotspots->places;
    kith_status status = hotspots_count(places, v, err);

    hotspots->change_tested = reaches_back(&v->network->view);
    if (status == KITH_OK && hotspots->change_tested)
        status = hotspots_change(places, v, err);
    if (status == KITH_OK)
        status = hotspots_rank(places, v, options->resamples, options->seed, err);
    if (status == KITH_OK)
        status = hotspots_score(places, hotspots, v, err);
    if (status == KITH_OK && (options->gi_metres != 0 || options->gi_nearest > 0))
        status = hotspots_space(hotspots, places, v, options, err);
    if (status == KITH_OK)
        status = list_unknown_kinds(hotspots, v, options, err);
    return status;
}

static void forget_participations(kith_network *network)
{
    free(network->participations);
    network->participations = NULL;
    network->participation_count = 0;
}

/* spent: the network, when its participations are not needed any more; else NULL. */
static kith_status find(kith_hotspots *hotspots, const kith_network *network, kith_network *spent,
                        const kith_hotspots_options *options, kith_error *err)
{
    visits v = { 0 };

    *hotspots = (kith_hotspots){ 0 };
    kith_status status = hotspots_check(options, err);
    if (status == KITH_OK)
        status = visits_build(&v, hotspots, network, options, err);
    if (status != KITH_OK)
        return status;
    if (spent != NULL)
        forget_participations(spent);
    hotspots->count = v.place_count;
    hotspots->places = calloc(v.place_count + 1, sizeof *hotspots->places);
    status =
        hotspots->places == NULL ? kith_no_memory(err) : look_at_places(hotspots, &v, options, err);
    if (status == KITH_OK)
        qsort(hotspots->places, hotspots->count, sizeof *hotspots->places, in_order);
    visits_free(&v);
    if (status != KITH_OK)
        kith_hotspots_free(hotspots);
    return status;
}

kith_status kith_hotspots_find(kith_hotspots *hotspots, const kith_network *network,
                               const kith_hotspots_options *options, kith_error *err)
{
    return find(hotspots, network, NULL, options, err);
}

kith_status kith_hotspots_find_last(kith_hotspots *hotspots, kith_network *network,
                                    const kith_hotspots_options *options, kith_error *err)
{
    return find(hotspots, network, network, options, err);
}

void kith_hotspots_free(kith_hotspots *hotspots)
{
    free(hotspots->places);
    free(hotspots->unknown_kinds);
    free(hotspots->islands);
    *hotspots = (kith_hotspots){ 0 };
}

const char *kith_place_section_word(kith_place_section section)
{
    static const char *const words[] = { "public", "service", "home" };

    return words[section];
}

const char *kith_place_change_word(kith_place_change change)
{
    static const char *const words[] = {
        "", "emerging", "cooling", "persisting", "recent", "quiet"
    };

    return words[change];
}
