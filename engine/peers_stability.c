/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_stability.c: the groups again and again, with some of the records lost.
 *
 * A resample is a piece of work of its own: whether a tie or a person is lost is read from
 * a table of chance by their numbers, so that it does not matter who works on it, or
 * when. The last pieces each leave out all that one agency recorded. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/leiden.h"
#include "kith/parallel.h"
#include "kith/random.h"
#include "peers_private.h"

static const double tie_loss = 0.1, person_loss = 0.02;

enum {
    RESAMPLE_ITERATIONS = 1,
    MOST_AGENCIES = 32 /* left out in turn */
};

/* Memory of one worker: a graph with losses, and counts over all resamples it made. */
typedef struct desk {
    kith_compact thinned; /* its arrays have room for the whole graph */
    uint8_t *kept;        /* one a node of the compact graph, as all below */
    uint32_t *group_of;
    uint32_t *overlap; /* one a new group */
    uint32_t *tried, *stayed;
    kith_tie *ties; /* for an agency left out */
} desk;

typedef struct trial {
    const kith_peers *peers;
    const kith_layer *layer;
    const kith_peers_graph *grouped;
    uint32_t *members, *begins; /* nodes of the compact graph by group */
    uint32_t *agency_of;        /* origin -> agency, KITH_NOTHING where none is named */
    uint32_t *speakers;         /* event -> the agency of all who took part, or SEVERAL */
    desk *desks;
} trial;

static const uint32_t SEVERAL = KITH_NOTHING - 1;

static uint64_t share(double part)
{
    return (uint64_t)ldexp(part, 53) << 11;
}

/* The ties of the whole graph that are not lost in a resample. */
static void lose_some(desk *d, const kith_compact *whole, uint64_t seed)
{
    const uint64_t least_person = share(person_loss), least_tie = share(tie_loss);
    size_t at = 0;

    for (size_t v = 0; v < whole->count; v++)
        d->kept[v] = kith_random_at(seed, UINT64_MAX - v) >= least_person;
    for (size_t v = 0; v < whole->count; v++) {
        for (size_t i = whole->first[v]; d->kept[v] && i < whole->first[v + 1]; i++) {
            const uint64_t to = whole->halves[i].to;
            const uint64_t pair = v < to ? (uint64_t)v << 32 | to : to << 32 | v;
            if (d->kept[to] && kith_random_at(seed, pair) >= least_tie)
                d->thinned.halves[at++] = whole->halves[i];
        }
        d->thinned.first[v + 1] = at;
    }
}

/* Whether all of a person's part in an event was recorded by one agency. */
static bool only_agency_says(const trial *t, uint32_t agency, uint32_t event, uint32_t person)
{
    const kith_network *network = t->layer->network;
    const kith_event_record *record = &network->events[event];
    bool others = false, this = false;

    for (uint32_t i = 0; i < record->participation_count; i++) {
        const kith_participation *p = &network->participations[record->first_participation + i];
        if (p->person != person)
            continue;
        this = this || t->agency_of[p->origin] == agency;
        others = others || t->agency_of[p->origin] != agency;
    }
    return this && !others;
}

/* Whether an event, or the part of either end in it, is gone when an agency's records are. */
static bool event_rests_on(const trial *t, uint32_t agency, uint32_t event, const kith_tie *tie)
{
    const kith_layer_node *low = &t->layer->nodes[tie->low], *high = &t->layer->nodes[tie->high];

    if (t->agency_of[t->layer->network->events[event].origin] == agency)
        return true;
    if (t->speakers[event] != SEVERAL)
        return t->speakers[event] == agency;
    return (!low->is_event && only_agency_says(t, agency, event, low->index)) ||
           (!high->is_event && only_agency_says(t, agency, event, high->index));
}

/* Whether an item of a tie is gone when an agency's records are. */
static bool rests_on(const trial *t, uint32_t agency, const kith_layer_item *item, size_t tie)
{
    const kith_layer *layer = t->layer;
    const kith_tie *ends = &layer->graph.ties[tie];

    if (item->is_link)
        return t->agency_of[layer->network->links[item->index].origin] == agency;
    return event_rests_on(t, agency, item->index, ends) ||
           (item->apart &&
            event_rests_on(t, agency, kith_layer_other_event(layer, tie, item), ends));
}

/* What a tie would weigh without an agency's records: what is left of its events, and
 * its declared part while one declaration is left. */
static double weight_without(const trial *t, uint32_t agency, size_t tie)
{
    const kith_layer *layer = t->layer;
    const bool evidence = t->peers->used.evidence;
    double events = 0, links = 0, links_left = 0;

    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        const bool gone = rests_on(t, agency, item, tie);
        const double counts = evidence ? item->counted * item->mass.mass : item->weight;
        if (item->is_link && !evidence) {
            links += counts;
            links_left += gone ? 0 : counts;
        } else if (!gone) {
            events += counts;
        }
    }
    return events + (links_left > 0 ? links : 0);
}

/* The graph as it would be had an agency recorded nothing. */
static kith_status lose_agency(kith_compact *thinned, desk *d, const trial *t, uint32_t agency,
                               kith_error *err)
{
    const kith_graph *graph = &t->layer->graph;
    const double scale = t->grouped->scale;
    size_t count = 0;

    memset(d->kept, 1, t->grouped->compact.count);
    for (size_t i = 0; i < graph->tie_count; i++) {
        const double weight = weight_without(t, agency, i) * scale;
        if (weight > 0)
            d->ties[count++] = (kith_tie){ t->grouped->place[graph->ties[i].low],
                                           t->grouped->place[graph->ties[i].high], weight };
    }
    return kith_compact_make(thinned, NULL, t->grouped->compact.count, d->ties, count, err);
}

/* Marks who of one old group stays with its core: the new group with most of them. */
static void follow_group(desk *d, const uint32_t *members, size_t count)
{
    uint32_t core = 0, most = 0;

    for (size_t i = 0; i < count; i++) {
        const uint32_t label = d->group_of[members[i]];
        if (!d->kept[members[i]])
            continue;
        d->overlap[label]++;
        if (d->overlap[label] > most || (d->overlap[label] == most && label < core)) {
            most = d->overlap[label];
            core = label;
        }
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t v = members[i];
        d->overlap[d->group_of[v]] = 0;
        d->tried[v] += d->kept[v];
        d->stayed[v] += d->kept[v] && most > 1 && d->group_of[v] == core;
    }
}

static kith_status group_again(desk *d, kith_compact *thinned, const trial *t, uint64_t seed,
                               kith_error *err)
{
    const kith_peers_options *used = &t->peers->used;
    const double resolution = kith_leiden_masses(thinned, used->objective, used->resolution);
    kith_random random;

    kith_random_seed(&random, seed);
    for (size_t v = 0; v < thinned->count; v++)
        d->group_of[v] = (uint32_t)v;
    const kith_status status =
        kith_leiden(d->group_of, thinned, resolution, &random, RESAMPLE_ITERATIONS, err);
    for (size_t g = 0; status == KITH_OK && g < t->peers->group_count; g++)
        follow_group(d, &t->members[t->begins[g]], t->begins[g + 1] - t->begins[g]);
    return status;
}

static kith_status run_piece(void *context, size_t piece, unsigned worker, kith_error *err)
{
    trial *t = context;
    desk *d = &t->desks[worker];
    const size_t resamples = (size_t)t->peers->used.resamples;
    const uint64_t seed = t->peers->used.seed + piece + 1;

    if (piece < resamples) {
        lose_some(d, &t->grouped->compact, seed);
        return group_again(d, &d->thinned, t, seed, err);
    }
    kith_compact thinned = { 0 };
    kith_status status = lose_agency(&thinned, d, t, (uint32_t)(piece - resamples), err);
    if (status == KITH_OK)
        status = group_again(d, &thinned, t, seed, err);
    kith_compact_free(&thinned);
    return status;
}

static void close_desks(desk *desks, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        kith_compact_free(&desks[i].thinned);
        free(desks[i].kept);
        free(desks[i].group_of);
        free(desks[i].overlap);
        free(desks[i].tried);
        free(desks[i].stayed);
        free(desks[i].ties);
    }
    free(desks);
}

/* Whoever has no tie stands behind the nodes of the compact graph, and is never kept. */
static kith_status open_desk(desk *d, const kith_peers_graph *grouped, size_t ties,
                             kith_error *err)
{
    const kith_compact *whole = &grouped->compact;
    const size_t n = grouped->graph->node_count;

    d->thinned = (kith_compact){ .count = whole->count, .unit = whole->unit };
    d->thinned.first = calloc(whole->count + 1, sizeof *d->thinned.first);
    d->thinned.halves = malloc((whole->first[whole->count] + 1) * sizeof *d->thinned.halves);
    d->thinned.mass = malloc((n + 1) * sizeof *d->thinned.mass);
    d->kept = calloc(n + 1, 1);
    d->group_of = calloc(n + 1, sizeof *d->group_of);
    d->overlap = calloc(n + 1, sizeof *d->overlap);
    d->tried = calloc(n + 1, sizeof *d->tried);
    d->stayed = calloc(n + 1, sizeof *d->stayed);
    d->ties = malloc((ties + 1) * sizeof *d->ties);
    if (!d->thinned.first || !d->thinned.halves || !d->thinned.mass || !d->kept || !d->group_of ||
        !d->overlap || !d->tried || !d->stayed || !d->ties)
        return kith_no_memory(err);
    for (size_t v = 0; v < whole->count; v++)
        d->thinned.mass[v] = 1;
    return KITH_OK;
}

/* Where the nodes of each peer group stand in the compact graph. */
static kith_status find_members(trial *t, kith_error *err)
{
    const kith_clustering *found = &t->peers->clustering;
    const size_t n = t->grouped->graph->node_count;
    uint32_t *group_of = malloc((n + 1) * sizeof *group_of);

    t->members = malloc((n + 1) * sizeof *t->members);
    t->begins = malloc((found->group_count + 1) * sizeof *t->begins);
    if (group_of == NULL || t->members == NULL || t->begins == NULL) {
        free(group_of);
        return kith_no_memory(err);
    }
    for (size_t v = 0; v < n; v++)
        group_of[t->grouped->place[v]] = found->group_of[v];
    kith_list_members(t->members, t->begins, group_of, n, found->group_count);
    free(group_of);
    return KITH_OK;
}

typedef struct agency {
    const char *name;
    size_t records;
    uint32_t origin; /* one of theirs */
} agency;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const agency *)a)->name, ((const agency *)b)->name);
}

static int busiest_first(const void *a, const void *b)
{
    const agency *x = a, *y = b;

    if (x->records != y->records)
        return x->records > y->records ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* How many records of the window each origin stands behind. */
static void count_records(size_t *records, const kith_network *network)
{
    for (size_t i = 0; i < network->event_count; i++)
        records[network->events[i].origin]++;
    for (size_t i = 0; i < network->participation_count; i++)
        records[network->participations[i].origin]++;
    for (size_t i = 0; i < network->link_count; i++)
        records[network->links[i].origin]++;
}

/* One entry an agency, from one an origin; first_of: origin -> the agency's entry. */
static size_t merge_agencies(agency *list, size_t count, uint32_t *first_of)
{
    size_t kept = 0;

    qsort(list, count, sizeof *list, by_name);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || strcmp(list[kept - 1].name, list[i].name) != 0)
            list[kept++] = (agency){ list[i].name, 0, list[i].origin };
        list[kept - 1].records += list[i].records;
        first_of[list[i].origin] = list[kept - 1].origin;
    }
    return kept;
}

/* Numbers the agencies, those with most records first; agencies: how many are left out in turn. */
static kith_status find_agencies(size_t *agencies, trial *t, kith_error *err)
{
    const kith_network *network = t->layer->network;
    const size_t origins = network->origin_count;
    agency *list = malloc((origins + 1) * sizeof *list);
    size_t *records = calloc(origins + 1, sizeof *records), count = 0;
    uint32_t *first_of = malloc((origins + 1) * sizeof *first_of);
    uint32_t *number = malloc((origins + 1) * sizeof *number);
    kith_status status = KITH_OK;

    t->agency_of = malloc((origins + 1) * sizeof *t->agency_of);
    if (!list || !records || !first_of || !number || !t->agency_of) {
        status = kith_no_memory(err);
        goto out;
    }
    count_records(records, network);
    for (uint32_t o = 0; o < origins; o++) {
        first_of[o] = KITH_NOTHING;
        number[o] = KITH_NOTHING;
        if (records[o] > 0 && network->origins[o].source[0] != '\0')
            list[count++] = (agency){ network->origins[o].source, records[o], o };
    }
    count = merge_agencies(list, count, first_of);
    qsort(list, count, sizeof *list, busiest_first);
    *agencies = count < 2 ? 0 : count < MOST_AGENCIES ? count : MOST_AGENCIES;
    for (uint32_t a = 0; a < *agencies; a++)
        number[list[a].origin] = a;
    for (size_t o = 0; o < origins; o++)
        t->agency_of[o] = first_of[o] == KITH_NOTHING ? KITH_NOTHING : number[first_of[o]];

out:
    free(list);
    free(records);
    free(first_of);
    free(number);
    return status;
}

static kith_status find_speakers(trial *t, kith_error *err)
{
    const kith_network *network = t->layer->network;

    t->speakers = malloc((network->event_count + 1) * sizeof *t->speakers);
    if (t->speakers == NULL)
        return kith_no_memory(err);
    for (size_t e = 0; e < network->event_count; e++) {
        const kith_event_record *event = &network->events[e];
        t->speakers[e] = KITH_NOTHING;
        for (uint32_t i = 0; i < event->participation_count; i++) {
            const kith_participation *p = &network->participations[event->first_participation + i];
            if (i == 0)
                t->speakers[e] = t->agency_of[p->origin];
            else if (t->speakers[e] != t->agency_of[p->origin])
                t->speakers[e] = SEVERAL;
        }
    }
    return KITH_OK;
}

static void add_up(kith_peers *peers, const trial *t, unsigned workers)
{
    for (size_t v = 0; v < t->grouped->graph->node_count; v++) {
        const uint32_t at = t->grouped->place[v];
        uint32_t tried = 0, stayed = 0;
        for (unsigned w = 0; w < workers && at < t->grouped->compact.count; w++) {
            tried += t->desks[w].tried[at];
            stayed += t->desks[w].stayed[at];
        }
        if (tried > 0)
            peers->stability[v] = (double)stayed / tried;
    }
}

kith_status kith_peers_resample(kith_peers *peers, const kith_layer *layer,
                                const kith_peers_graph *grouped, kith_error *err)
{
    trial t = { .peers = peers, .layer = layer, .grouped = grouped };
    unsigned workers = 0;
    kith_status status = find_members(&t, err);

    if (status == KITH_OK)
        status = find_agencies(&peers->agencies, &t, err);
    if (status == KITH_OK)
        status = find_speakers(&t, err);
    const size_t pieces = (size_t)peers->used.resamples + peers->agencies;
    if (status == KITH_OK) {
        workers = kith_parallel_workers(pieces);
        t.desks = calloc(workers, sizeof *t.desks);
        if (t.desks == NULL) {
            workers = 0;
            status = kith_no_memory(err);
        }
    }
    for (unsigned w = 0; status == KITH_OK && w < workers; w++)
        status = open_desk(&t.desks[w], grouped, peers->agencies > 0 ? layer->graph.tie_count : 0,
                           err);
    if (status == KITH_OK)
        status = kith_parallel_run(&(kith_parallel){ run_piece, &t, pieces, "stability",
                                                     peers->used.progress },
                                   workers, err);
    if (status == KITH_OK)
        add_up(peers, &t, workers);
    close_desks(t.desks, workers);
    free(t.members);
    free(t.begins);
    free(t.agency_of);
    free(t.speakers);
    return status;
}
