/* SPDX-License-Identifier: GPL-3.0-or-later */
/* together.c: the pairs of the together layer against chance.
 *
 * The layer says who shares which events. A second walk over the events counts the
 * places that the null model deals out: each selected member of each event that may tie
 * people, also of an event with one such member, which ties nobody. */
#include "kith/together.h"

#include <math.h>
#include <stdlib.h>

#include "gathering.h"
#include "kith/statistics.h"

typedef struct places {
    uint32_t *of_person; /* per thing */
    double all;     /* M */
    double couples; /* S */
    double squares; /* sum of d^2 */
} places;

static void count_event(places *counted, kith_gathering *gathering, uint32_t event)
{
    size_t whole;
    const size_t count = kith_gathering_at(gathering, event, &whole);
    double here = 0;

    if (gathering->peers && whole > gathering->size_cap)
        return;
    for (size_t i = 0; i < count; i++) {
        const kith_member *member = &gathering->members[i];
        if (!member->selected || member->grade.info == 'E')
            continue;
        counted->of_person[member->person]++;
        here++;
    }
    counted->all += here;
    counted->couples += here * (here - 1);
}

static kith_status count_places(places *counted, const kith_network *network,
                                const kith_layer_options *options, kith_error *err)
{
    kith_gathering gathering;
    kith_status status = kith_gathering_open(&gathering, network, options, err);

    counted->of_person = calloc(network->thing_count + 1, sizeof *counted->of_person);
    if (status == KITH_OK && counted->of_person == NULL)
        status = kith_no_memory(err);
    for (uint32_t e = 0; status == KITH_OK && e < network->event_count; e++)
        if (kith_gathering_ties(&gathering, e))
            count_event(counted, &gathering, e);
    for (size_t i = 0; status == KITH_OK && i < network->thing_count; i++)
        counted->squares += (double)counted->of_person[i] * counted->of_person[i];
    kith_gathering_close(&gathering);
    return status;
}

static void fill_pair(kith_together_pair *pair, const kith_layer *layer, size_t tie,
                      const places *counted)
{
    const kith_tie *ends = &layer->graph.ties[tie];

    *pair = (kith_together_pair){
        .left = layer->nodes[ends->low].index,
        .right = layer->nodes[ends->high].index,
        .weight = ends->weight,
        .evidence = kith_layer_evidence(layer, tie),
    };
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        pair->events += layer->items[i].grade.info != 'E';
    pair->expected = (double)counted->of_person[pair->left] * counted->of_person[pair->right] *
                     counted->couples / (counted->all * counted->all - counted->squares);
    pair->p_value = kith_poisson_upper(pair->events, pair->expected);
}

/* Pairs that never met have p = 1 and the last ranks: they only make m larger. */
static kith_status adjust(kith_together *together, kith_error *err)
{
    const size_t count = together->pair_count;
    double *q = malloc((count > 0 ? count : 1) * sizeof *q);

    if (q == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < count; i++)
        q[i] = together->pairs[i].p_value;
    const kith_status status = kith_benjamini_hochberg(q, q, count, err);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        together->pairs[i].q_value = fmin(1, q[i] * (together->tested / (double)count));
    free(q);
    return status;
}

static kith_status make_pairs(kith_together *together, const places *counted, kith_error *err)
{
    const kith_layer *layer = &together->layer;
    const size_t count = layer->graph.tie_count;

    for (size_t i = 0; i < layer->network->thing_count; i++)
        together->people += counted->of_person[i] > 0;
    if (together->people > 1)
        together->tested = (double)together->people * (double)(together->people - 1) / 2;
    together->pairs = malloc((count > 0 ? count : 1) * sizeof *together->pairs);
    if (together->pairs == NULL)
        return kith_no_memory(err);
    together->pair_count = count;
    for (size_t i = 0; i < count; i++)
        fill_pair(&together->pairs[i], layer, i, counted);
    return adjust(together, err);
}

kith_status kith_together_build(kith_together *together, const kith_network *network,
                                const kith_layer_options *options, kith_error *err)
{
    kith_layer_options own = *options;
    places counted = { 0 };

    *together = (kith_together){ 0 };
    own.layer = KITH_LAYER_TOGETHER;
    own.no_declared = true;
    kith_status status = kith_layer_build(&together->layer, network, &own, err);
    if (status == KITH_OK)
        status = count_places(&counted, network, &own, err);
    if (status == KITH_OK)
        status = make_pairs(together, &counted, err);
    free(counted.of_person);
    if (status != KITH_OK)
        kith_together_free(together);
    return status;
}

void kith_together_free(kith_together *together)
{
    kith_layer_free(&together->layer);
    free(together->pairs);
    *together = (kith_together){ 0 };
}
