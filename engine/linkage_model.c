/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_model.c: what a level is worth, learned from the hub.
 *
 * How often one person's two records have a level, and how many such pairs there are, is
 * estimated by expectation maximisation over the candidates; so is how many pairs are two
 * of one household. How often two people's records have it: linkage_chance.c. The usual
 * values stand behind as if they had been seen in a few pairs, for a hub with hardly any
 * duplicates. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "linkage_private.h"

enum { ROUNDS = 60, LEARN_RECORDS = 20000, LEVEL_BITS = 4, LEVEL_MASK = 15 };

static const double usual_pairs = 10;   /* true pairs that the usual m weigh as much as */
static const double usual_places = 200; /* the same of places, whose few fields tell less */
static const double settled = 1e-7;     /* change of the share at which learning ends */

/* Pairs that have the same levels in every field. */
typedef struct pattern {
    uint64_t levels;
    double count;
} pattern;

typedef struct patterns {
    uint64_t *seen;
    size_t seen_count, room;
    pattern *list;
    size_t count;
    bool failed;
} patterns;

static uint64_t packed(const linkage_levels *levels)
{
    uint64_t all = 0;

    for (int f = 0; f < FIELDS; f++)
        all |= (uint64_t)levels->level[f] << (f * LEVEL_BITS);
    return all;
}

static void see(patterns *all, uint64_t levels)
{
    if (all->seen_count == all->room && !all->failed) {
        const size_t room = all->room * 2 + 4096;
        uint64_t *grown = realloc(all->seen, room * sizeof *grown);
        all->failed = grown == NULL;
        all->seen = grown != NULL ? grown : all->seen;
        all->room = grown != NULL ? room : all->room;
    }
    if (!all->failed)
        all->seen[all->seen_count++] = levels;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

    return (left > right) - (left < right);
}

static void count_patterns(patterns *all)
{
    if (all->failed || all->seen_count == 0)
        return;
    qsort(all->seen, all->seen_count, sizeof *all->seen, by_number);
    all->list = malloc(all->seen_count * sizeof *all->list);
    all->failed = all->list == NULL;
    for (size_t i = 0; i < all->seen_count && !all->failed; i++) {
        if (i == 0 || all->seen[i] != all->seen[i - 1])
            all->list[all->count++] = (pattern){ all->seen[i], 0 };
        all->list[all->count - 1].count++;
    }
}

static void free_patterns(patterns *all)
{
    free(all->seen);
    free(all->list);
}

typedef struct learning {
    linkage_state *state;
    patterns candidates;
} learning;

static void learn_pair(void *context, uint32_t left, uint32_t right)
{
    learning *from = context;
    linkage_levels levels;

    linkage_compare(&levels, from->state, left, right);
    see(&from->candidates, packed(&levels));
}

/* A share of all pairs; one of thirty more stands behind it. */
static double share_of(double some, double pairs)
{
    return (some + 1) / (pairs + 30);
}

/* How likely a pattern is one person, and how likely two of one household. */
static double pattern_probability(double *household, const linkage_state *state, uint64_t levels)
{
    double bits[FIELDS] = { 0 };
    double total = linkage_prior(state);

    for (int f = 0; f < FIELDS; f++) {
        const int level = (int)(levels >> (f * LEVEL_BITS)) & LEVEL_MASK;
        bits[f] = level > 0 ? state->bits[f][level - 1] : 0;
        total += bits[f];
    }
    const double taken = linkage_household(state, bits);
    const double p = linkage_probability(total + taken);
    *household = (1 - p) * (1 - (1 - state->household) * exp2(taken));
    return p;
}

static void maximise(linkage_state *state, double found[FIELDS][LEVELS])
{
    const double usual = state->kind == KITH_PERSON ? usual_pairs : usual_places;

    for (int f = 0; f < FIELDS; f++) {
        double sum = 0;
        for (int l = 0; l < linkage_fields[f].level_count; l++)
            sum += found[f][l] += usual * linkage_fields[f].usual[l];
        for (int l = 0; l < linkage_fields[f].level_count; l++)
            state->m[f][l] = found[f][l] / sum;
    }
}

/* One round: who is one by the model so far, and the model of those. */
static double one_round(linkage_state *state, const patterns *candidates, double weight)
{
    const double pairs = linkage_pair_count(state);
    double found[FIELDS][LEVELS] = { { 0 } };
    double matches = 0, households = 0;

    for (size_t i = 0; i < candidates->count; i++) {
        const pattern *p = &candidates->list[i];
        double household;
        const double expected = p->count * pattern_probability(&household, state, p->levels);
        matches += expected;
        households += p->count * household;
        for (int f = 0; f < FIELDS; f++) {
            const int level = (int)(p->levels >> (f * LEVEL_BITS)) & LEVEL_MASK;
            if (level > 0)
                found[f][level - 1] += expected;
        }
    }
    maximise(state, found);
    state->household = share_of(households * weight, pairs);
    return matches * weight;
}

static void start_model(linkage_state *state, double pairs)
{
    for (int f = 0; f < FIELDS; f++)
        memcpy(state->m[f], linkage_fields[f].usual, sizeof state->m[f]);
    state->share = (double)state->count / 10 / pairs;
    if (state->share > 0.1)
        state->share = 0.1;
    state->household = state->share;
}

static double learn_from(linkage_state *state, const patterns *candidates, double weight)
{
    const double pairs = linkage_pair_count(state);
    linkage_chances drawn;
    double matches = 0;

    linkage_draw_chances(&drawn, state);
    start_model(state, pairs);
    for (int round = 0; round < ROUNDS; round++) {
        linkage_set_chances(state, &drawn);
        linkage_set_bits(state);
        matches = one_round(state, candidates, weight);
        const double share = share_of(matches, pairs);
        const double change = fabs(share - state->share) / state->share;
        state->share = share;
        if (change < settled)
            break;
    }
    linkage_set_chances(state, &drawn);
    linkage_set_bits(state);
    return matches;
}

/* Every stride-th record's candidates are learned from, all of them in a small hub. */
kith_status linkage_learn(kith_linkage *linkage, kith_error *err)
{
    linkage_state *state = linkage->state;
    const size_t stride = state->count / LEARN_RECORDS + 1;
    learning from = { .state = state };
    uint32_t *stamp = linkage_stamps(state->count);

    from.candidates.failed = stamp == NULL;
    for (size_t r = 0; r < state->count && !from.candidates.failed; r += stride)
        linkage_each_partner(state, (uint32_t)r, stamp, learn_pair, &from);
    count_patterns(&from.candidates);
    const bool failed = from.candidates.failed;
    if (!failed)
        linkage->expected = learn_from(state, &from.candidates, (double)stride);
    free_patterns(&from.candidates);
    free(stamp);
    return failed ? kith_no_memory(err) : KITH_OK;
}
