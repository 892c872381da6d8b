/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage.c: records made ready, put into blocks, learned from, and listed. */
#include "kith/linkage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "linkage_private.h"

typedef struct listing {
    kith_linkage *linkage;
    double least, least_bits;
    size_t room;
    bool failed;
} listing;

static void keep_pair(listing *list, uint32_t left, uint32_t right, double probability)
{
    kith_linkage *linkage = list->linkage;

    if (linkage->pair_count == list->room) {
        const size_t room = list->room * 2 + 256;
        kith_linkage_pair *grown = realloc(linkage->pairs, room * sizeof *grown);
        if (grown == NULL) {
            list->failed = true;
            return;
        }
        linkage->pairs = grown;
        list->room = room;
    }
    linkage->pairs[linkage->pair_count++] = (kith_linkage_pair){ left, right, probability };
}

/* Homes are compared last, and only where they can still decide. */
static void list_pair(void *context, uint32_t left, uint32_t right)
{
    listing *list = context;
    linkage_state *state = list->linkage->state;
    linkage_levels levels;
    double bits[FIELDS], rarity[FIELDS];

    list->linkage->candidates++;
    linkage_compare_first(&levels, state, left, right);
    if (linkage_add_up(bits, rarity, state, &levels) + state->most_home < list->least_bits)
        return;
    linkage_compare_homes(&levels, state, left, right);
    const double total = linkage_add_up(bits, rarity, state, &levels);
    const double probability = linkage_probability(total + linkage_household(state, bits));
    if (probability >= list->least && !list->failed)
        keep_pair(list, left, right, probability);
}

/* Bits below which no probability is `least` or more; one of 1 is rounded to from 53 on. */
static double bits_of(double least)
{
    static const double rounding = 1e-6;

    return least >= 1 ? 50 : log2(least / (1 - least)) - rounding;
}

int linkage_by_probability(const void *a, const void *b)
{
    const kith_linkage_pair *left = a, *right = b;

    if (left->probability != right->probability)
        return left->probability > right->probability ? -1 : 1;
    if (left->left != right->left)
        return left->left < right->left ? -1 : 1;
    return (left->right > right->right) - (left->right < right->right);
}

static kith_status list_pairs(kith_linkage *linkage, double least, kith_error *err)
{
    listing list = { .linkage = linkage, .least = least, .least_bits = bits_of(least) };
    uint32_t *stamp = linkage_stamps(linkage->state->count);

    if (stamp == NULL)
        return kith_no_memory(err);
    for (size_t r = 0; r < linkage->state->count && !list.failed; r++)
        linkage_each_partner(linkage->state, (uint32_t)r, stamp, list_pair, &list);
    free(stamp);
    if (list.failed)
        return kith_no_memory(err);
    if (linkage->pair_count > 0)
        qsort(linkage->pairs, linkage->pair_count, sizeof *linkage->pairs, linkage_by_probability);
    return KITH_OK;
}

kith_status kith_linkage_build(kith_linkage *linkage, const kith_linkage_record *records,
                               size_t count, kith_kind kind, double least, kith_error *err)
{
    kith_status status = KITH_OK;

    *linkage = (kith_linkage){ .state = calloc(1, sizeof(linkage_state)) };
    if (linkage->state == NULL)
        return kith_no_memory(err);
    linkage->state->records = records;
    linkage->state->count = count;
    linkage->state->kind = kind;
    if (count >= 2) {
        status = linkage_make_ready(linkage->state, err);
        if (status == KITH_OK)
            status = linkage_make_blocks(linkage, err);
        if (status == KITH_OK)
            status = linkage_learn(linkage, err);
        if (status == KITH_OK)
            status = list_pairs(linkage, least, err);
    }
    if (status != KITH_OK)
        kith_linkage_free(linkage);
    return status;
}

/* A place has an address where a person has a home. */
static const char *name_of(const linkage_state *state, int field)
{
    return field == HOME && state->kind == KITH_LOCATION ? "address" : linkage_fields[field].name;
}

double kith_linkage_explain(kith_linkage_term terms[KITH_LINKAGE_TERMS], size_t *count,
                            const kith_linkage *linkage, uint32_t left, uint32_t right)
{
    linkage_levels levels;
    double bits[FIELDS], rarity[FIELDS];

    linkage_compare(&levels, linkage->state, left < right ? left : right,
                    left < right ? right : left);
    const double total = linkage_add_up(bits, rarity, linkage->state, &levels);
    const double taken = linkage_household(linkage->state, bits);
    terms[0] = (kith_linkage_term){ "prior", "", linkage_prior(linkage->state), 0 };
    *count = 1;
    for (int f = 0; f < FIELDS; f++)
        if (levels.level[f] > 0)
            terms[(*count)++] =
                (kith_linkage_term){ name_of(linkage->state, f),
                                     linkage_fields[f].levels[levels.level[f] - 1], bits[f],
                                     rarity[f] };
    if (taken < 0)
        terms[(*count)++] = linkage->state->kind == KITH_PERSON
                                ? (kith_linkage_term){ "one household", "two people of one share as much", taken, 0 }
                                : (kith_linkage_term){ "one neighbourhood", "two places of one share as much", taken, 0 };
    return linkage_probability(total + taken);
}

void kith_linkage_free(kith_linkage *linkage)
{
    linkage_state *state = linkage->state;

    if (state != NULL) {
        kith_idmap_free(&state->map);
        free(state->values);
        free(state->ready);
        free(state->postcodes);
        free(state->aliases);
        free(state->identifiers);
        free(state->remembered);
        free(state->block_of);
        free(state->block_start);
        free(state->member);
        free(state->member_start);
        free(state);
    }
    free(linkage->pairs);
    *linkage = (kith_linkage){ 0 };
}
