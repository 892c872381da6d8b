/* SPDX-License-Identifier: GPL-3.0-or-later */
/* together.c: the ties of the together layer against chance.
 *
 * The layer says who shares which events; chance.h counts the places that the null model
 * deals out (each selected member of each event that may tie people, also of an event with
 * one such member, which ties nobody), and overlap.h the missing episodes recorded apart. */
#include "kith/together.h"

#include <math.h>
#include <stdlib.h>

#include "chance.h"
#include "overlap.h"

typedef struct tester {
    const kith_layer *layer;
    kith_chance chance;
    kith_overlaps overlaps;
    kith_couples *parts; /* of one pair */
} tester;

/* What the pair's own chance is made of. */
static size_t list_parts(tester *t, const kith_together_pair *pair)
{
    size_t count = kith_chance_parts(&t->chance, t->parts, NULL, pair->left, pair->right);

    if (t->overlaps.people > 0) {
        t->parts[count] = kith_overlaps_couples(&t->overlaps, pair->left, pair->right);
        count += t->parts[count].rate > 0;
    }
    return count;
}

static void count_items(kith_together_pair *pair, const kith_layer *layer, size_t tie)
{
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        if (item->is_link || kith_grade_is_false(item->grade))
            continue;
        pair->overlaps += item->apart;
        pair->events += !item->apart;
        pair->seen += item->counted;
        pair->weight += item->weight;
        if (item->counted)
            pair->evidence += item->mass.mass;
    }
}

static void fill_pair(kith_together_pair *pair, tester *t, size_t tie)
{
    const kith_layer *layer = t->layer;
    const kith_tie *ends = &layer->graph.ties[tie];

    *pair = (kith_together_pair){ .left = layer->nodes[ends->low].index,
                                  .right = layer->nodes[ends->high].index };
    count_items(pair, layer, tie);
    const size_t parts = list_parts(t, pair);
    pair->expected = kith_couples_mean(t->parts, parts);
    pair->p_value = kith_couples_upper(pair->seen, t->parts, parts);
}

static kith_status adjust(kith_together *together, kith_error *err)
{
    const size_t count = together->pair_count;
    double *q = malloc((count + 1) * sizeof *q);

    if (q == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < count; i++)
        q[i] = together->pairs[i].seen > 0 ? together->pairs[i].p_value : NAN;
    const kith_status status =
        kith_benjamini_hochberg_among(q, q, count, together->tested, err);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        together->pairs[i].q_value = isnan(q[i]) ? 1 : q[i];
    free(q);
    return status;
}

static kith_status open_tester(tester *t, kith_error *err)
{
    kith_gathering gathering;
    kith_status status =
        kith_gathering_open(&gathering, t->layer->network, &t->layer->options, err);

    if (status == KITH_OK)
        status = kith_chance_build(&t->chance, &gathering, err);
    if (status == KITH_OK)
        status = kith_overlaps_build(&t->overlaps, &gathering, err);
    kith_gathering_close(&gathering);
    if (status != KITH_OK)
        return status;
    t->parts = malloc((kith_chance_most_parts(&t->chance) + 1) * sizeof *t->parts);
    return t->parts != NULL ? KITH_OK : kith_no_memory(err);
}

static void close_tester(tester *t)
{
    kith_chance_free(&t->chance);
    kith_overlaps_free(&t->overlaps);
    free(t->parts);
}

static kith_status other_layer(kith_error *err)
{
    return kith_fail(err, KITH_USAGE, "chance is asked of the layer together only");
}

static double pairs_of(size_t people)
{
    return people > 1 ? (double)people * (double)(people - 1) / 2 : 0;
}

static kith_status test_ties(kith_together *together, tester *t, kith_error *err)
{
    const size_t count = t->layer->graph.tie_count;

    together->people = t->chance.people;
    together->tested = pairs_of(together->people);
    together->pairs = malloc((count + 1) * sizeof *together->pairs);
    if (together->pairs == NULL)
        return kith_no_memory(err);
    together->pair_count = count;
    for (size_t i = 0; i < count; i++)
        fill_pair(&together->pairs[i], t, i);
    return adjust(together, err);
}

kith_status kith_together_test(kith_together *together, const kith_layer *layer, kith_error *err)
{
    tester t = { .layer = layer };

    *together = (kith_together){ 0 };
    if (layer->options.layer != KITH_LAYER_TOGETHER)
        return other_layer(err);
    kith_status status = open_tester(&t, err);
    if (status == KITH_OK)
        status = test_ties(together, &t, err);
    close_tester(&t);
    if (status != KITH_OK)
        kith_together_free(together);
    return status;
}

kith_status kith_together_q(double *q, const kith_layer *layer, kith_error *err)
{
    const size_t count = layer->graph.tie_count;
    tester t = { .layer = layer };

    if (layer->options.layer != KITH_LAYER_TOGETHER)
        return other_layer(err);
    kith_status status = open_tester(&t, err);
    for (size_t i = 0; status == KITH_OK && i < count; i++) {
        kith_together_pair pair;
        fill_pair(&pair, &t, i);
        q[i] = pair.seen > 0 ? pair.p_value : NAN;
    }
    if (status == KITH_OK)
        status = kith_benjamini_hochberg_among(q, q, count, pairs_of(t.chance.people), err);
    close_tester(&t);
    return status;
}

kith_status kith_together_build(kith_together *together, const kith_network *network,
                                const kith_layer_options *options, kith_error *err)
{
    kith_layer_options own = *options;
    kith_layer layer;

    *together = (kith_together){ 0 };
    own.layer = KITH_LAYER_TOGETHER;
    own.no_declared = true;
    kith_status status = kith_layer_build(&layer, network, &own, err);
    if (status != KITH_OK)
        return status;
    status = kith_together_test(together, &layer, err);
    if (status == KITH_OK)
        together->layer = layer;
    else
        kith_layer_free(&layer);
    return status;
}

void kith_together_free(kith_together *together)
{
    kith_layer_free(&together->layer);
    free(together->pairs);
    *together = (kith_together){ 0 };
}
