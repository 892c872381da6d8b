/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_agency_loss.c: the graph of a layer without the records of one agency.
 *
 * Which agencies each record needs is asked once, of all agencies at a time: a bit for each. A graph
 * without one of them is then the whole compact graph with other weights, read from its ties
 * one after the other; what has no weight left is passed over. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gathering.h"
#include "peers_private.h"

enum { MOST_AGENCIES = 32 /* left out in turn; a bit each */ };

static const uint32_t SEVERAL = KITH_NOTHING - 1;

typedef struct teller {
    const char *name;
    size_t records;
    uint32_t origin; /* one of theirs */
} teller;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const teller *)a)->name, ((const teller *)b)->name);
}

static int busiest_first(const void *a, const void *b)
{
    const teller *x = a, *y = b;

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
static size_t merge_agencies(teller *list, size_t count, uint32_t *first_of)
{
    size_t kept = 0;

    qsort(list, count, sizeof *list, by_name);
    for (size_t i = 0; i < count; i++) {
        const teller own = list[i];
        if (kept > 0 && strcmp(list[kept - 1].name, own.name) == 0)
            list[kept - 1].records += own.records;
        else
            list[kept++] = own;
        first_of[own.origin] = list[kept - 1].origin;
    }
    return kept;
}

/* Numbers the agencies, those with most records first. */
static kith_status find_agencies(kith_agency_loss *t, kith_error *err)
{
    const kith_network *network = t->layer->network;
    const size_t origins = network->origin_count;
    teller *list = malloc((origins + 1) * sizeof *list);
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
            list[count++] = (teller){ network->origins[o].source, records[o], o };
    }
    count = merge_agencies(list, count, first_of);
    qsort(list, count, sizeof *list, busiest_first);
    t->agencies = count < 2 ? 0 : count < MOST_AGENCIES ? count : MOST_AGENCIES;
    for (uint32_t a = 0; a < t->agencies; a++)
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

static kith_status find_speakers(kith_agency_loss *t, kith_error *err)
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

/* The agency that alone recorded what a person did in an event, as far as it may tie them;
 * KITH_NOTHING where there is none. */
static uint32_t only_speaker(const kith_agency_loss *t, uint32_t event, const kith_layer_node *who)
{
    const kith_network *network = t->layer->network;
    const kith_event_record *record = &network->events[event];
    uint32_t only = SEVERAL;

    for (uint32_t i = 0; !who->is_event && i < record->participation_count; i++) {
        const kith_participation *p = &network->participations[record->first_participation + i];
        const uint32_t agency = t->agency_of[p->origin];
        if (p->person != who->index ||
            !kith_participation_admits(p, network, &t->layer->options))
            continue;
        if (only != SEVERAL && only != agency)
            return KITH_NOTHING;
        only = agency;
    }
    return only == SEVERAL ? KITH_NOTHING : only;
}

static uint32_t bit_of(uint32_t agency)
{
    return agency == KITH_NOTHING ? 0 : (uint32_t)1 << agency;
}

/* The agencies without whose records an event, or the part of either end in it, is gone. */
static uint32_t event_rests_on(const kith_agency_loss *t, uint32_t event, const kith_tie *tie)
{
    const uint32_t own = bit_of(t->agency_of[t->layer->network->events[event].origin]);

    if (t->speakers[event] != SEVERAL)
        return own | bit_of(t->speakers[event]);
    return own | bit_of(only_speaker(t, event, &t->layer->nodes[tie->low])) |
           bit_of(only_speaker(t, event, &t->layer->nodes[tie->high]));
}

static uint32_t rests_on(const kith_agency_loss *t, const kith_layer_item *item, size_t tie)
{
    const kith_layer *layer = t->layer;
    const kith_tie *ends = &layer->graph.ties[tie];

    if (item->is_link)
        return bit_of(t->agency_of[layer->network->links[item->index].origin]);
    return event_rests_on(t, item->index, ends) |
           (item->apart ? event_rests_on(t, kith_layer_other_event(layer, tie, item), ends) : 0);
}

/* The half of a node's ties that leads to another, where neighbours ascend; SIZE_MAX for none. */
static size_t half_to(const kith_compact *graph, uint32_t from, uint32_t to)
{
    size_t low = graph->first[from], end = graph->first[from + 1];

    while (low < end) {
        const size_t middle = low + (end - low) / 2;
        if (graph->halves[middle].to < to)
            low = middle + 1;
        else
            end = middle;
    }
    return low < graph->first[from + 1] && graph->halves[low].to == to ? low : SIZE_MAX;
}

/* Which tie each half is of: looked up from one end, then passed to the other. Neighbours ascend,
 * so the next node that leads to another is the next of its neighbours. */
static kith_status find_halves(kith_agency_loss *t, kith_error *err)
{
    const kith_graph *graph = &t->layer->graph;
    const kith_compact *whole = &t->grouped->compact;
    const uint32_t *place = t->grouped->place;
    size_t *next = malloc((whole->count + 1) * sizeof *next);

    t->tie_of = malloc((whole->first[whole->count] + 1) * sizeof *t->tie_of);
    if (next == NULL || t->tie_of == NULL) {
        free(next);
        return kith_no_memory(err);
    }
    memset(t->tie_of, 0xff, whole->first[whole->count] * sizeof *t->tie_of);
    for (uint32_t i = 0; i < graph->tie_count; i++) {
        const uint32_t low = place[graph->ties[i].low], high = place[graph->ties[i].high];
        const size_t half = low < whole->count ? half_to(whole, low, high) : SIZE_MAX;
        if (half != SIZE_MAX)
            t->tie_of[half] = i;
    }
    memcpy(next, whole->first, whole->count * sizeof *next);
    for (size_t v = 0; v < whole->count; v++) {
        for (size_t i = whole->first[v]; i < whole->first[v + 1]; i++) {
            const size_t back = next[whole->halves[i].to]++;
            const uint32_t tie = t->tie_of[i] != KITH_NOTHING ? t->tie_of[i] : t->tie_of[back];
            t->tie_of[i] = t->tie_of[back] = tie;
        }
    }
    free(next);
    return KITH_OK;
}

static kith_status find_rests(kith_agency_loss *t, kith_error *err)
{
    const kith_layer *layer = t->layer;

    t->rests_on = malloc((layer->first_item[layer->graph.tie_count] + 1) * sizeof *t->rests_on);
    if (t->rests_on == NULL)
        return kith_no_memory(err);
    for (size_t tie = 0; tie < layer->graph.tie_count; tie++)
        for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
            t->rests_on[i] = rests_on(t, &layer->items[i], tie);
    return KITH_OK;
}

kith_status kith_agency_loss_open(kith_agency_loss *t, const kith_layer *layer,
                                  const kith_peers_graph *grouped, bool evidence, kith_error *err)
{
    *t = (kith_agency_loss){ .layer = layer, .grouped = grouped, .evidence = evidence };
    kith_status status = find_agencies(t, err);

    if (status == KITH_OK && t->agencies == 0)
        return KITH_OK;
    if (status == KITH_OK)
        status = find_speakers(t, err);
    if (status == KITH_OK)
        status = find_rests(t, err);
    if (status == KITH_OK)
        status = find_halves(t, err);
    free(t->speakers);
    t->speakers = NULL;
    return status;
}

void kith_agency_loss_close(kith_agency_loss *t)
{
    free(t->agency_of);
    free(t->rests_on);
    free(t->tie_of);
    *t = (kith_agency_loss){ 0 };
}

/* What a tie would weigh without an agency's records: what is left of its events, and
 * its declared part while one declaration is left. */
static double weight_without(const kith_agency_loss *t, uint32_t agency, size_t tie)
{
    const kith_layer *layer = t->layer;
    const bool evidence = t->evidence;
    double events = 0, links = 0, links_left = 0;

    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        const bool gone = (t->rests_on[i] & bit_of(agency)) != 0;
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

void kith_lose_agency(kith_compact *thinned, float *weights, const kith_agency_loss *t,
                      uint32_t agency)
{
    const kith_compact *whole = &t->grouped->compact;
    const double scale = t->grouped->scale / whole->unit;
    size_t at = 0;

    for (size_t i = 0; i < t->layer->graph.tie_count; i++) {
        const double weight = weight_without(t, agency, i) * scale;
        weights[i] = weight > 0 ? fmaxf((float)weight, FLT_MIN) : 0;
    }
    for (size_t v = 0; v < whole->count; v++) {
        for (size_t i = whole->first[v]; i < whole->first[v + 1]; i++) {
            const float weight = weights[t->tie_of[i]];
            if (weight > 0)
                thinned->halves[at++] = (kith_half){ whole->halves[i].to, weight };
        }
        thinned->first[v + 1] = at;
    }
}
