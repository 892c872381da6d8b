/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place_facts.c: kinds, times, agencies and protections, place by place.
 *
 * A place has few kinds and few agencies, so what it has is found by going through its own
 * short list. Lists of all places lie one behind the other in one array; while it grows, a
 * place keeps the number of its first item, and points to it at the end. */
#include "kith/place_facts.h"

#include <stdlib.h>
#include <string.h>

#include "hotspots_parts.h"
#include "pool.h"

typedef struct list_end {
    size_t first_kind, first_agency, first_protection;
} list_end;

typedef struct gathering {
    kith_places_facts *facts;
    const visits *v;
    list_end *of; /* place -> where its lists begin */
    size_t kind_count, kind_room, agency_count, agency_room, protection_count, protection_room;
} gathering;

static bool room_for(void *list, size_t *room, size_t count, size_t size)
{
    void **at = list;

    if (count < *room)
        return true;
    const size_t wanted = *room == 0 ? 64 : *room * 2;
    void *grown = realloc(*at, wanted * size);
    if (grown == NULL)
        return false;
    *at = grown;
    *room = wanted;
    return true;
}

static bool count_kind(gathering *g, kith_place_facts *place, const list_end *of, const char *word)
{
    for (size_t i = of->first_kind; i < g->kind_count; i++)
        if (g->facts->kinds[i].word == word || strcmp(g->facts->kinds[i].word, word) == 0) {
            g->facts->kinds[i].events++;
            return true;
        }
    if (!room_for(&g->facts->kinds, &g->kind_room, g->kind_count, sizeof *g->facts->kinds))
        return false;
    g->facts->kinds[g->kind_count++] = (kith_place_kind){ word, 1 };
    place->kind_count++;
    return true;
}

static bool count_agency(gathering *g, kith_place_facts *place, const list_end *of, uint32_t origin)
{
    const kith_origin *o = &g->v->network->origins[origin];

    if (o->source[0] == '\0' || kith_grade_is_false(o->grade))
        return true;
    for (size_t i = of->first_agency; i < g->agency_count; i++)
        if (g->facts->agencies[i] == o->source || strcmp(g->facts->agencies[i], o->source) == 0)
            return true;
    if (!room_for(&g->facts->agencies, &g->agency_room, g->agency_count, sizeof *g->facts->agencies))
        return false;
    g->facts->agencies[g->agency_count++] = o->source;
    place->agency_count++;
    return true;
}

static bool count_agencies(gathering *g, kith_place_facts *place, const list_end *of,
                           const kith_event_record *event)
{
    const kith_participation *parts = g->v->network->participations + event->first_participation;
    bool room = count_agency(g, place, of, event->origin);

    for (uint32_t i = 0; i < event->participation_count && room; i++)
        room = count_agency(g, place, of, parts[i].origin);
    return room;
}

/* The clock time is read off the written form, which is London's. */
static void count_time(kith_place_facts *place, kith_time at)
{
    char written[KITH_TIME_SIZE];

    if (at.precision < KITH_MINUTE) {
        place->untimed++;
        return;
    }
    kith_time_write(written, at);
    const int hour = (written[11] - '0') * 10 + written[12] - '0';
    uint16_t *cell = &place->week[kith_weekday(at.day)][hour / (24 / KITH_DAY_QUARTERS)];
    *cell += *cell < UINT16_MAX;
    uint16_t *of_hour = &place->hours[kith_weekday(at.day)][hour];
    *of_hour += *of_hour < UINT16_MAX;
    place->timed++;
}

static int by_events(const void *left, const void *right)
{
    const kith_place_kind *a = left, *b = right;

    if (a->events != b->events)
        return a->events > b->events ? -1 : 1;
    return strcmp(a->word, b->word);
}

static int by_name(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;

    return strcmp(*a, *b);
}

static bool count_events(gathering *g, size_t nth)
{
    kith_place_facts *place = &g->facts->places[nth];
    const visits *v = g->v;
    list_end *of = &g->of[nth];
    bool room = true;

    of->first_kind = g->kind_count;
    of->first_agency = g->agency_count;
    for (size_t i = v->first_occasion[nth]; i < v->first_occasion[nth + 1] && room; i++) {
        const occasion *o = &v->occasions[i];
        const kith_event_record *event = &v->network->events[o->event];
        if (!o->in_window)
            continue;
        room = count_agencies(g, place, of, event);
        if (o->repeated || !room)
            continue;
        count_time(place, event->at);
        room = count_kind(g, place, of, event->word);
    }
    if (place->kind_count > 0)
        qsort(g->facts->kinds + of->first_kind, place->kind_count, sizeof *g->facts->kinds, by_events);
    if (place->agency_count > 0)
        qsort(g->facts->agencies + of->first_agency, place->agency_count,
              sizeof *g->facts->agencies, by_name);
    return room;
}

/* ---- protections: gathered in any order, then put by place ---- */

typedef struct guard {
    uint32_t nth; /* place from 0 */
    size_t order;
    kith_protection protection;
} guard;

typedef struct guards {
    guard *items;
    size_t count, room;
} guards;

static kith_status add_guard(guards *list, uint32_t nth, const kith_protection *like, kith_error *err)
{
    if (!room_for(&list->items, &list->room, list->count, sizeof *list->items))
        return kith_no_memory(err);
    list->items[list->count] = (guard){ nth, list->count, *like };
    list->count++;
    return KITH_OK;
}

typedef struct place_row {
    int64_t row;
    uint32_t nth;
} place_row;

static int by_row(const void *left, const void *right)
{
    const place_row *a = left, *b = right;

    return (a->row > b->row) - (a->row < b->row);
}

enum { PLACE, OBSERVED_ON, SUMMARY, REPORT_REF, SOURCE_GRADE, INFO_GRADE };

static kith_status take_entered(guards *list, const place_row *known, size_t known_count, gathering *g,
                                const kith_rows *rows, kith_error *err)
{
    const place_row wanted = { .row = kith_rows_integer(rows, PLACE) };
    const place_row *place =
        known_count == 0 ? NULL : bsearch(&wanted, known, known_count, sizeof *known, by_row);
    const char *grade = kith_rows_missing(rows, INFO_GRADE) ? "" : kith_rows_text(rows, INFO_GRADE);
    kith_protection like = { .source = KITH_PROTECTION_ENTERED };

    if (place == NULL || !kith_time_read(&like.observed, kith_rows_text(rows, OBSERVED_ON)))
        return KITH_OK;
    if (kith_grade_is_false((kith_grade){ .source = '1', .info = grade[0] }) ||
        (like.observed.precision != KITH_UNDATED && like.observed.day > g->v->network->view.as_of))
        return KITH_OK;
    like.what = kith_pool_add(g->facts->pool, kith_rows_text(rows, SUMMARY));
    like.report_ref = kith_pool_add(g->facts->pool, kith_rows_text(rows, REPORT_REF));
    if (like.what == NULL || like.report_ref == NULL)
        return kith_no_memory(err);
    return add_guard(list, place->nth, &like, err);
}

static kith_status gather_entered(guards *list, gathering *g, kith_store *store, kith_error *err)
{
    const visits *v = g->v;
    place_row *known = malloc((v->place_count + 1) * sizeof *known);
    kith_rows *rows;

    if (known == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < v->place_count; i++)
        known[i] = (place_row){ v->network->things[v->first_place + i].row.row, (uint32_t)i };
    qsort(known, v->place_count, sizeof *known, by_row);
    kith_status status =
        kith_store_read(&rows, store, &v->network->view, KITH_QUERY_PLACE_PROTECTIONS, err);
    if (status == KITH_OK) {
        while (status == KITH_OK && kith_rows_next(rows))
            status = take_entered(list, known, v->place_count, g, rows, err);
        const kith_status end = kith_rows_end(rows, status == KITH_OK ? err : NULL);
        status = status == KITH_OK ? end : status;
    }
    free(known);
    return status;
}

static bool is_false(const kith_network *network, uint32_t origin)
{
    return kith_grade_is_false(network->origins[origin].grade);
}

/* Each kind once a place: sessions are counted, and the newest day kept. */
static kith_status gather_sessions(guards *list, const visits *v, kith_error *err)
{
    kith_status status = KITH_OK;

    for (size_t e = 0; e < v->network->event_count && status == KITH_OK; e++) {
        const kith_event_record *event = &v->network->events[e];
        if (event->place == KITH_NOTHING || event->meaning->valence != KITH_PROTECTIVE ||
            !visits_see(v, event) || is_false(v->network, event->origin))
            continue;
        status = add_guard(list, event->place - v->first_place,
                           &(kith_protection){ .source = KITH_PROTECTION_EVENTS,
                                               .what = event->meaning->label,
                                               .events = 1,
                                               .observed = event->at,
                                               .report_ref = "" },
                           err);
    }
    return status;
}

static kith_status gather_links(guards *list, const visits *v, kith_error *err)
{
    const kith_network *network = v->network;
    kith_status status = KITH_OK;

    for (size_t i = 0; i < network->link_count && status == KITH_OK; i++) {
        const kith_link *link = &network->links[i];
        const uint32_t ends[] = { link->from, link->to };
        if (link->valence != KITH_PROTECTIVE || is_false(network, link->origin))
            continue;
        for (int end = 0; end < 2 && status == KITH_OK; end++)
            if (network->things[ends[end]].kind == KITH_LOCATION)
                status = add_guard(list, ends[end] - v->first_place,
                                   &(kith_protection){ .source = KITH_PROTECTION_LINK,
                                                       .what = link->meaning->known
                                                                   ? link->meaning->label
                                                                   : link->word,
                                                       .observed = link->valid_from,
                                                       .report_ref = "" },
                                   err);
    }
    return status;
}

static int by_place(const void *left, const void *right)
{
    const guard *a = left, *b = right;

    if (a->nth != b->nth)
        return a->nth < b->nth ? -1 : 1;
    if (a->protection.source != b->protection.source)
        return a->protection.source < b->protection.source ? -1 : 1;
    if (a->protection.source != KITH_PROTECTION_ENTERED) {
        const int order = strcmp(a->protection.what, b->protection.what);
        if (order != 0)
            return order;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/* Sessions of one kind are one protection; so are links of one kind. */
static bool is_more_of(const kith_protection *last, const guard *next, bool same_place)
{
    return same_place && next->protection.source != KITH_PROTECTION_ENTERED &&
           last->source == next->protection.source && strcmp(last->what, next->protection.what) == 0;
}

static kith_status put_guards(gathering *g, guards *list, kith_error *err)
{
    kith_places_facts *facts = g->facts;

    facts->protections = malloc((list->count + 1) * sizeof *facts->protections);
    if (facts->protections == NULL)
        return kith_no_memory(err);
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, by_place);
    for (size_t i = 0; i < list->count; i++) {
        const guard *next = &list->items[i];
        const bool same = i > 0 && list->items[i - 1].nth == next->nth;
        kith_protection *last = &facts->protections[g->protection_count];
        if (g->protection_count > 0 && is_more_of(last - 1, next, same)) {
            last[-1].events += next->protection.events;
            if (next->protection.observed.day > last[-1].observed.day)
                last[-1].observed = next->protection.observed;
            continue;
        }
        if (!same)
            g->of[next->nth].first_protection = g->protection_count;
        facts->protections[g->protection_count++] = next->protection;
        facts->places[next->nth].protection_count++;
    }
    return KITH_OK;
}

static kith_status gather_protections(gathering *g, kith_store *store, kith_error *err)
{
    guards list = { 0 };
    kith_status status = store != NULL ? gather_entered(&list, g, store, err) : KITH_OK;

    if (status == KITH_OK)
        status = gather_sessions(&list, g->v, err);
    if (status == KITH_OK)
        status = gather_links(&list, g->v, err);
    if (status == KITH_OK)
        status = put_guards(g, &list, err);
    free(list.items);
    return status;
}

static kith_status gather_places(gathering *g, kith_error *err)
{
    kith_places_facts *facts = g->facts;

    facts->count = g->v->place_count;
    facts->places = calloc(facts->count + 1, sizeof *facts->places);
    facts->pool = kith_pool_new();
    g->of = calloc(facts->count + 1, sizeof *g->of);
    if (facts->places == NULL || facts->pool == NULL || g->of == NULL)
        return kith_no_memory(err);
    for (size_t nth = 0; nth < facts->count; nth++) {
        facts->places[nth].place = g->v->first_place + (uint32_t)nth;
        if (!count_events(g, nth))
            return kith_no_memory(err);
    }
    return KITH_OK;
}

static void point_to_lists(gathering *g)
{
    for (size_t nth = 0; nth < g->facts->count; nth++) {
        kith_place_facts *place = &g->facts->places[nth];
        const list_end *of = &g->of[nth];
        place->kinds = place->kind_count > 0 ? g->facts->kinds + of->first_kind : NULL;
        place->agencies = place->agency_count > 0 ? g->facts->agencies + of->first_agency : NULL;
        place->protections =
            place->protection_count > 0 ? g->facts->protections + of->first_protection : NULL;
    }
}

kith_status kith_places_facts_find(kith_places_facts *facts, const kith_network *network,
                                   const kith_hotspots_options *options, kith_store *store,
                                   kith_error *err)
{
    visits v = { 0 };
    gathering g = { .facts = facts, .v = &v };

    *facts = (kith_places_facts){ 0 };
    kith_status status = hotspots_check(options, err);
    if (status == KITH_OK)
        status = visits_build(&v, NULL, network, options, err);
    if (status == KITH_OK)
        status = gather_places(&g, err);
    if (status == KITH_OK)
        status = gather_protections(&g, store, err);
    if (status == KITH_OK)
        point_to_lists(&g);
    free(g.of);
    visits_free(&v);
    if (status != KITH_OK)
        kith_places_facts_free(facts);
    return status;
}

void kith_places_facts_free(kith_places_facts *facts)
{
    free(facts->places);
    free(facts->kinds);
    free(facts->agencies);
    free(facts->protections);
    kith_pool_free(facts->pool);
    *facts = (kith_places_facts){ 0 };
}

const kith_place_facts *kith_place_facts_of(const kith_places_facts *facts, uint32_t place)
{
    if (facts->count == 0 || place < facts->places[0].place ||
        place - facts->places[0].place >= facts->count)
        return NULL;
    return &facts->places[place - facts->places[0].place];
}
