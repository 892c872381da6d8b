/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_model.c: the model: what a level is worth, learned from the hub.
 *
 * How often two records have a level by chance is seen in pairs drawn at random; some of
 * those are one person, so what the model takes to be one is subtracted. How often one
 * person's two records have it, and how many such pairs there are, is estimated by
 * expectation maximisation over the candidates; so is how many pairs are two of one household. The
 * usual values stand behind as if they had been seen in a few pairs, for a hub with hardly
 * any duplicates. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/random.h"
#include "linkage_private.h"

enum { ROUNDS = 60, RANDOM_PAIRS = 200000, LEARN_RECORDS = 20000, LEVEL_BITS = 4, LEVEL_MASK = 15 };

static const double usual_pairs = 10;   /* true pairs that the usual m weigh as much as */
static const double usual_places = 200; /* the same of places, whose few fields tell less */
static const double usual_drawn = 1000; /* pairs of two people that the usual u weigh as much as */
static const double least_left = 0.02;  /* of chance agreement, when true pairs are taken out */
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

static double pairs_of(const linkage_state *state)
{
    return (double)state->count * (double)(state->count - 1) / 2;
}

/* A share of all pairs; one of thirty more stands behind it. */
static double share_of(double some, double pairs)
{
    return (some + 1) / (pairs + 30);
}

/* How often two records have each level, and of how many pairs that is known. */
typedef struct chances {
    double rate[FIELDS][LEVELS], pairs[FIELDS];
} chances;

/* All pairs when they are few, else some drawn with replacement. */
static void draw_pairs(chances *drawn, linkage_state *state)
{
    kith_random random;
    const double pairs = pairs_of(state);
    linkage_levels levels;

    *drawn = (chances){ .pairs = { 0 } };
    kith_random_seed(&random, 1);
    for (size_t i = 0, left = 0, right = 1; i < (pairs < RANDOM_PAIRS ? (size_t)pairs : RANDOM_PAIRS);
         i++) {
        if (pairs >= RANDOM_PAIRS) {
            left = kith_random_below(&random, state->count);
            right = kith_random_below(&random, state->count - 1);
            right += right >= left;
        }
        linkage_compare(&levels, state, (uint32_t)left, (uint32_t)right);
        for (int f = 0; f < FIELDS; f++)
            if (levels.level[f] > 0) {
                drawn->pairs[f]++;
                drawn->rate[f][levels.level[f] - 1]++;
            }
        if (pairs < RANDOM_PAIRS && ++right == state->count)
            right = ++left + 1;
    }
    for (int f = 0; f < FIELDS; f++)
        for (int l = 0; l < LEVELS && drawn->pairs[f] > 0; l++)
            drawn->rate[f][l] /= drawn->pairs[f];
}

/* What the values themselves tell exactly, where a level means one shared value. */
static void set_exact(chances *drawn, const linkage_state *state)
{
    static const linkage_field fields[] = { BORN, SEX, SCHOOL, IDENTIFIER };

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const linkage_field f = fields[i];
        if (state->agreement[f] > 0)
            drawn->rate[f][linkage_fields[f].level_count - 1] = state->agreement[f];
    }
}

/* A family name, a home and a school are a household's as much as a person's; an address
 * and a point on the map a neighbourhood's as much as a place's. */
static bool is_shared(const linkage_state *state, int field)
{
    if (state->kind == KITH_PERSON)
        return field == FAMILY || field == HOME || field == SCHOOL;
    return field == HOME || field == POSITION;
}

/* u: what true pairs, and for what a household shares also its pairs, leave of the rates
 * drawn; behind it the usual one. */
static void set_chances(linkage_state *state, const chances *drawn)
{
    for (int f = 0; f < FIELDS; f++) {
        const double taken = state->share + (is_shared(state, f) ? state->household : 0);
        for (int l = 0; l < linkage_fields[f].level_count; l++) {
            const double rate = drawn->rate[f][l];
            const double left = fmax(rate - taken * state->m[f][l], least_left * rate);
            state->u[f][l] = (left * drawn->pairs[f] + usual_drawn * linkage_fields[f].usual_chance[l]) /
                             (drawn->pairs[f] + usual_drawn);
        }
    }
}

static double bits_of(const linkage_state *state, int field, int level)
{
    return log2(state->m[field][level] / state->u[field][level]);
}

double linkage_prior(const linkage_state *state)
{
    return log2(state->share / (1 - state->share));
}

/* Of two people some, by the share `household`, live in one and agree in these as one
 * person does: that is in the odds by chance too, and takes off what it explains. */
double linkage_household(const linkage_state *state, const double bits[FIELDS])
{
    double shared = 0;

    for (int f = 0; f < FIELDS; f++)
        shared += is_shared(state, f) ? bits[f] : 0;
    return shared > 0 ? -log2(1 - state->household + state->household * exp2(shared)) : 0;
}

double linkage_probability(double bits)
{
    return 1 / (1 + exp2(-bits));
}

/* How likely a pattern is one person, and how likely two of one household. */
static double pattern_probability(double *household, const linkage_state *state, uint64_t levels)
{
    double bits[FIELDS] = { 0 };
    double total = linkage_prior(state);

    for (int f = 0; f < FIELDS; f++) {
        const int level = (int)(levels >> (f * LEVEL_BITS)) & LEVEL_MASK;
        bits[f] = level > 0 ? bits_of(state, f, level - 1) : 0;
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
    const double pairs = pairs_of(state);
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
    const double pairs = pairs_of(state);
    chances drawn;
    double matches = 0;

    draw_pairs(&drawn, state);
    set_exact(&drawn, state);
    start_model(state, pairs);
    for (int round = 0; round < ROUNDS; round++) {
        set_chances(state, &drawn);
        matches = one_round(state, candidates, weight);
        const double share = share_of(matches, pairs);
        const double change = fabs(share - state->share) / state->share;
        state->share = share;
        if (change < settled)
            break;
    }
    set_chances(state, &drawn);
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

/* Of a shared value: what is rarer than values that agree by chance is worth more. How
 * often the others hold it is known from few records; behind them stands a hub in which
 * every value is as common as chance agreement says, as large as to hold each once. */
static double rarity_of(const linkage_state *state, const linkage_levels *levels, int field)
{
    const double chance = state->agreement[field], holders = levels->holders[field];

    if (holders == 0 || chance <= 0)
        return 0;
    const double others = holders > 2 ? holders - 2 : 0;
    return log2(chance * ((double)state->count - 2 + 1 / chance) / (others + 1));
}

/* The terms of a pair whose levels are known; their sum. */
double linkage_add_up(double bits[FIELDS], double rarity[FIELDS], const linkage_state *state,
                     const linkage_levels *levels)
{
    double total = linkage_prior(state);

    for (int f = 0; f < FIELDS; f++) {
        const int level = levels->level[f];
        rarity[f] = level > 0 ? rarity_of(state, levels, f) : 0;
        bits[f] = level > 0 ? bits_of(state, f, level - 1) + rarity[f] : 0;
        total += bits[f];
    }
    return total;
}
