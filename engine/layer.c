/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.c: claims become ties, nodes and items.
 *
 * Sorted claims fall into runs of one pair. A run with any claim that counts is a tie;
 * its claims are the tie's items, and its weight is the sum of theirs in the order of the
 * records, so that no rounding depends on dates. Vertices without a place in the layer
 * are then left out, which keeps the order of the rest. */
#include "kith/layer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/record.h"
#include "layer_private.h"

typedef struct builder {
    kith_layer *layer;
    kith_gathering gathering;
    kith_claims claims;
    uint32_t *node_of;    /* vertex -> node, KITH_NOTHING when it is none */
    uint32_t *report_of;  /* origin -> the first origin with the same report */
    uint32_t *counted_in; /* report -> 1 + the tie that counted it last */
    kith_tie *ties;
    size_t tie_count, item_count;
    bool raw, declared_once; /* declared ties of a pair add up to 1 */
    kith_error *err;
} builder;

static bool is_false(const kith_claim *claim)
{
    return kith_grade_is_false(claim->grade);
}

/* Where the run of one pair that begins at `from` ends. */
static size_t end_of_run(const kith_claims *claims, size_t from)
{
    size_t end = from + 1;

    while (end < claims->count && claims->list[end].pair == claims->list[from].pair)
        end++;
    return end;
}

static bool is_overlap(const builder *b, const kith_claim *claim)
{
    return !claim->is_link && claim->index >= b->layer->network->event_count;
}

static const kith_overlap *overlap_of(const builder *b, const kith_claim *claim)
{
    return &b->layer->overlaps[claim->index - b->layer->network->event_count];
}

/* What a claim brings to its tie, when it stands alone. */
static double own_weight(const builder *b, const kith_claim *claim)
{
    if (is_false(claim))
        return 0;
    if (is_overlap(b, claim))
        return overlap_of(b, claim)->weight;
    if (!claim->is_link)
        return b->claims.event_weight != NULL ? b->claims.event_weight[claim->index] : 1;
    const double given = b->layer->network->links[claim->index].weight;
    return b->declared_once || isnan(given) ? 1 : given;
}

static size_t count_links(const kith_claim *run, size_t count)
{
    size_t links = 0;

    for (size_t i = 0; i < count; i++)
        links += run[i].is_link && !is_false(&run[i]);
    return links;
}

static size_t count_true(const kith_claim *run, size_t count)
{
    size_t counted = 0;

    for (size_t i = 0; i < count; i++)
        counted += !is_false(&run[i]);
    return counted;
}

/* The weight of a tie. Events come before links in a run. */
static double weight_of(const builder *b, const kith_claim *run, size_t count)
{
    double weight = 0;

    if (b->gathering.options->unweighted)
        return 1;
    for (size_t i = 0; i < count; i++)
        if (!b->declared_once || !run[i].is_link)
            weight += own_weight(b, &run[i]);
    return weight + (b->declared_once && count_links(run, count) > 0);
}

/* A claim's part of the weight of its tie: what shares a 1 has equal parts of it. */
static double part_of(const builder *b, const kith_claim *run, size_t count, size_t at)
{
    if (is_false(&run[at]))
        return 0;
    if (b->gathering.options->unweighted)
        return 1 / (double)count_true(run, count);
    if (b->declared_once && run[at].is_link)
        return 1 / (double)count_links(run, count);
    return own_weight(b, &run[at]);
}

/* Runs of which something counts are ties; counts the others' claims out. */
static kith_status find_ties(builder *b)
{
    const kith_claims *claims = &b->claims;
    size_t runs = 0;

    for (size_t i = 0; i < claims->count; i = end_of_run(claims, i))
        runs++;
    b->ties = malloc((runs > 0 ? runs : 1) * sizeof *b->ties);
    if (b->ties == NULL)
        return kith_no_memory(b->err);
    for (size_t i = 0, end = 0; i < claims->count; i = end) {
        const kith_claim *run = &claims->list[i];
        end = end_of_run(claims, i);
        if (count_true(run, end - i) == 0)
            continue;
        b->ties[b->tie_count++] = (kith_tie){ kith_claim_low(run), kith_claim_high(run),
                                              weight_of(b, run, end - i) };
        b->item_count += end - i;
    }
    return KITH_OK;
}

/* Whether a thing would be a node even without a tie. */
static bool has_place(const builder *b, uint32_t thing)
{
    const kith_network *network = b->layer->network;
    const kith_kind kind = network->things[thing].kind;

    switch (b->gathering.options->layer) {
    case KITH_LAYER_PRESENCE:
        return kind == KITH_PERSON || kind == KITH_LOCATION;
    case KITH_LAYER_ALL:
        return true;
    default:
        return kind == KITH_PERSON &&
               kith_gathering_selects(&b->gathering, thing, network->view.as_of);
    }
}

static bool stands_alone(const builder *b, uint32_t thing)
{
    const bool *expired = b->gathering.options->expired;

    return has_place(b, thing) && (expired == NULL || !expired[thing]);
}

static bool event_stands_alone(const builder *b, uint32_t event)
{
    const kith_network *network = b->layer->network;
    const kith_layer_name layer = b->gathering.options->layer;

    return (layer == KITH_LAYER_EVENTS || layer == KITH_LAYER_ALL) &&
           kith_gathering_has_event(&b->gathering, event) &&
           !kith_grade_is_false(network->origins[network->events[event].origin].grade);
}

/* Numbers the vertices that are nodes; the order is kept. */
static kith_status choose_nodes(builder *b)
{
    kith_layer *layer = b->layer;
    const size_t things = layer->network->thing_count;
    const size_t vertices = things + layer->network->event_count;
    const bool alone = !b->gathering.options->no_isolates;
    uint32_t count = 0;

    b->node_of = malloc((vertices + 1) * sizeof *b->node_of);
    if (b->node_of == NULL)
        return kith_no_memory(b->err);
    for (uint32_t v = 0; v < vertices; v++) {
        const bool keep = alone && (v < things ? stands_alone(b, v)
                                               : event_stands_alone(b, v - (uint32_t)things));
        b->node_of[v] = keep ? 0 : KITH_NOTHING;
    }
    for (size_t t = 0; t < b->tie_count; t++)
        b->node_of[b->ties[t].low] = b->node_of[b->ties[t].high] = 0;
    for (uint32_t v = 0; v < vertices; v++)
        if (b->node_of[v] != KITH_NOTHING)
            b->node_of[v] = count++;
        else if (alone && v < things)
            layer->expired_count += has_place(b, v);
    layer->nodes = malloc(((size_t)count + 1) * sizeof *layer->nodes);
    if (layer->nodes == NULL)
        return kith_no_memory(b->err);
    for (uint32_t v = 0; v < vertices; v++)
        if (b->node_of[v] != KITH_NOTHING)
            layer->nodes[b->node_of[v]] = (kith_layer_node){
                .is_event = v >= things, .index = v < things ? v : v - (uint32_t)things
            };
    for (size_t t = 0; t < b->tie_count; t++) {
        b->ties[t].low = b->node_of[b->ties[t].low];
        b->ties[t].high = b->node_of[b->ties[t].high];
    }
    const kith_status status =
        kith_graph_from_ties(&layer->graph, count, b->ties, b->tie_count, b->err);
    free(b->ties);
    b->ties = NULL;
    return status;
}

/* Origins of one report stand together, so the first of them stands for the report. */
static kith_status number_reports(builder *b)
{
    const kith_network *network = b->layer->network;
    const size_t count = network->origin_count;

    b->report_of = malloc((count + 1) * sizeof *b->report_of);
    b->counted_in = calloc(count + 1, sizeof *b->counted_in);
    if (b->report_of == NULL || b->counted_in == NULL)
        return kith_no_memory(b->err);
    for (uint32_t i = 0; i < count; i++) {
        const bool same = i > 0 && strcmp(network->origins[i - 1].report_ref,
                                          network->origins[i].report_ref) == 0;
        b->report_of[i] = same ? b->report_of[i - 1] : i;
    }
    return KITH_OK;
}

static kith_mass mass_of_event(const kith_network *network, uint32_t index, kith_grade grade)
{
    const kith_event_record *event = &network->events[index];
    const bool undated = event->at.precision == KITH_UNDATED;

    return kith_mass_of(event->severity, grade, event->at.day, network->view.as_of,
                        undated ? KITH_STANDING : KITH_INCIDENT, &kith_weighting_default);
}

static kith_mass mass_of_link(const kith_network *network, uint32_t index, kith_grade grade)
{
    const kith_link *link = &network->links[index];
    const bool ends = link->valid_to.precision != KITH_UNDATED;
    const bool undated = !ends && link->valid_from.precision == KITH_UNDATED;

    return kith_mass_of(0, grade, ends ? link->valid_to.day : link->valid_from.day,
                        network->view.as_of, undated ? KITH_STANDING : KITH_CONDITION,
                        &kith_weighting_default);
}

static int by_mass(const void *a, const void *b)
{
    const kith_layer_item *left = a, *right = b;

    if (left->mass.mass != right->mass.mass)
        return left->mass.mass > right->mass.mass ? -1 : 1;
    if (left->is_link != right->is_link)
        return left->is_link ? 1 : -1;
    if (left->apart != right->apart)
        return left->apart ? 1 : -1;
    return (left->index > right->index) - (left->index < right->index);
}

/* Of the items of one report the first counts; items come strongest first. */
static void count_reports_once(builder *b, size_t tie)
{
    const kith_network *network = b->layer->network;

    for (size_t i = b->layer->first_item[tie]; i < b->layer->first_item[tie + 1]; i++) {
        kith_layer_item *item = &b->layer->items[i];
        const uint32_t origin = item->is_link ? network->links[item->index].origin
                                              : network->events[item->index].origin;
        const uint32_t report = b->report_of[origin];
        item->counted = !kith_grade_is_false(item->grade);
        if (!item->counted || network->origins[report].report_ref[0] == '\0')
            continue;
        item->counted = b->counted_in[report] != tie + 1;
        b->counted_in[report] = (uint32_t)tie + 1;
    }
}

static void fill_items(builder *b, size_t tie, const kith_claim *run, size_t count)
{
    const kith_network *network = b->layer->network;
    kith_layer_item *items = &b->layer->items[b->layer->first_item[tie]];

    for (size_t i = 0; i < count; i++) {
        const bool apart = is_overlap(b, &run[i]);
        const uint32_t index = apart ? overlap_of(b, &run[i])->event : run[i].index;
        items[i] = (kith_layer_item){
            .is_link = run[i].is_link,
            .apart = apart,
            .grade = run[i].grade,
            .index = index,
            .weight = part_of(b, run, count, i),
            .mass = run[i].is_link ? mass_of_link(network, index, run[i].grade)
                                   : mass_of_event(network, index, run[i].grade),
        };
    }
    if (count > 1)
        qsort(items, count, sizeof *items, by_mass);
    b->layer->first_item[tie + 1] = b->layer->first_item[tie] + count;
    count_reports_once(b, tie);
}

static kith_status make_items(builder *b)
{
    kith_layer *layer = b->layer;
    const kith_claims *claims = &b->claims;
    size_t tie = 0;

    layer->first_item = calloc(layer->graph.tie_count + 1, sizeof *layer->first_item);
    layer->items = malloc((b->item_count > 0 ? b->item_count : 1) * sizeof *layer->items);
    if (layer->first_item == NULL || layer->items == NULL)
        return kith_no_memory(b->err);
    for (size_t i = 0, end = 0; i < claims->count; i = end) {
        end = end_of_run(claims, i);
        if (count_true(&claims->list[i], end - i) > 0)
            fill_items(b, tie++, &claims->list[i], end - i);
    }
    return KITH_OK;
}

static kith_status build(builder *b, const kith_layer_options *options)
{
    kith_status status =
        kith_gathering_open(&b->gathering, b->layer->network, options, b->err);

    if (status == KITH_OK)
        status = kith_layer_find_overlaps(b->layer, &b->gathering, b->err);
    if (status == KITH_OK)
        status = kith_claims_collect(&b->claims, &b->gathering, b->layer, b->err);
    b->layer->capped_events += b->claims.capped_events;
    if (status == KITH_OK)
        status = find_ties(b);
    if (status == KITH_OK)
        status = choose_nodes(b);
    if (status == KITH_OK)
        status = number_reports(b);
    return status == KITH_OK ? make_items(b) : status;
}

kith_status kith_layer_build(kith_layer *layer, const kith_network *network,
                             const kith_layer_options *options, kith_error *err)
{
    const bool once =
        options->layer == KITH_LAYER_TOGETHER || options->layer == KITH_LAYER_PRESENCE;
    builder b = { .layer = layer,
                  .declared_once = once && !options->raw && !options->unweighted,
                  .err = err };

    *layer = (kith_layer){ .network = network, .options = *options };
    const kith_status status = build(&b, options);
    kith_gathering_close(&b.gathering);
    kith_claims_free(&b.claims);
    free(b.node_of);
    free(b.report_of);
    free(b.counted_in);
    free(b.ties);
    if (status != KITH_OK)
        kith_layer_free(layer);
    return status;
}

void kith_layer_free(kith_layer *layer)
{
    kith_graph_free(&layer->graph);
    free(layer->nodes);
    free(layer->first_item);
    free(layer->items);
    free(layer->overlaps);
    *layer = (kith_layer){ 0 };
}

double kith_layer_evidence(const kith_layer *layer, size_t tie)
{
    double sum = 0;

    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        if (layer->items[i].counted)
            sum += layer->items[i].mass.mass;
    return sum;
}

/* Two people's shared events say that they were together, not that they are peers. */
static bool is_inference(const kith_layer *layer, size_t tie, const kith_layer_item *item)
{
    const kith_layer_node *high = &layer->nodes[layer->graph.ties[tie].high];

    return !item->is_link && !high->is_event &&
           layer->network->things[high->index].kind == KITH_PERSON;
}

kith_line kith_layer_line(const kith_layer *layer, size_t tie, bool *inferred)
{
    kith_line best = KITH_DOTTED;
    bool recorded = false;

    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        if (kith_grade_is_false(item->grade) || is_inference(layer, tie, item))
            continue;
        const kith_line line = kith_line_of(item->grade);
        recorded = true;
        best = line > best ? line : best;
    }
    if (inferred != NULL)
        *inferred = !recorded;
    return best;
}

const char *kith_layer_item_label(const kith_layer *layer, const kith_layer_item *item)
{
    const kith_network *network = layer->network;
    const kith_meaning *meaning = item->is_link ? network->links[item->index].meaning
                                                : network->events[item->index].meaning;

    if (meaning->label[0] != '\0')
        return meaning->label;
    return item->is_link ? network->links[item->index].word : network->events[item->index].word;
}

const char *kith_layer_id(const kith_layer *layer, uint32_t node)
{
    const kith_layer_node *at = &layer->nodes[node];

    return at->is_event ? layer->network->events[at->index].id
                        : layer->network->things[at->index].id;
}

const char *kith_layer_kind_word(const kith_layer *layer, uint32_t node)
{
    const kith_layer_node *at = &layer->nodes[node];

    return kith_kind_word[at->is_event ? KITH_EVENT : layer->network->things[at->index].kind];
}

bool kith_layer_is_person(const kith_layer *layer, uint32_t node)
{
    const kith_layer_node *at = &layer->nodes[node];

    return !at->is_event && layer->network->things[at->index].kind == KITH_PERSON;
}

uint32_t kith_layer_node_of(const kith_layer *layer, uint32_t thing)
{
    size_t low = 0, high = layer->graph.node_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (!layer->nodes[middle].is_event && layer->nodes[middle].index < thing)
            low = middle + 1;
        else
            high = middle;
    }
    const bool found = low < layer->graph.node_count && !layer->nodes[low].is_event &&
                       layer->nodes[low].index == thing;
    return found ? (uint32_t)low : KITH_NOTHING;
}
