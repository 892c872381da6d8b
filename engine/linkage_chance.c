/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_chance.c: how often two people's records agree, and what a value's rarity adds.
 *
 * How often two records have a level by chance is seen in pairs drawn at random; some of
 * those are one person, so what the model takes to be one is subtracted. */
#include <math.h>

#include "kith/random.h"
#include "linkage_private.h"

enum { RANDOM_PAIRS = 200000 };

static const double usual_drawn = 1000; /* pairs of two people that the usual u weigh as much as */
static const double usual_near = 10;    /* pairs alike that are as common as those that agree */
static const double least_left = 0.02;  /* of chance agreement, when true pairs are taken out */

/* How common a value is among the others. That is known from few records; behind them
 * stands a hub in which every value is as common as chance agreement says, as large as to
 * hold each once. */
static double commonness(const linkage_state *state, double holders, int field)
{
    const double others = holders > 2 ? holders - 2 : 0;

    return (others + 1) / ((double)state->count - 2 + 1 / state->agreement[field]);
}

/* Of a shared value: what is rarer than values that agree by chance is worth more. A name
 * that is only alike is as a rule another spelling of the commoner of the two. */
double linkage_rarity(const linkage_state *state, const linkage_levels *levels, int field)
{
    const double holders = levels->holders[field];

    if (holders == 0 || state->agreement[field] <= 0)
        return 0;
    const double chance = linkage_is_near(field, levels->level[field]) ? state->near[field] : state->agreement[field];
    return log2(chance / commonness(state, holders, field));
}

double linkage_rarest(const linkage_state *state, linkage_field field)
{
    return state->agreement[field] > 0 ? log2(state->agreement[field] / commonness(state, 0, field)) : 0;
}

static void draw_pair(linkage_chances *drawn, linkage_state *state, uint32_t left, uint32_t right)
{
    linkage_levels levels;

    linkage_compare(&levels, state, left, right);
    for (int f = 0; f < FIELDS; f++) {
        if (levels.level[f] == 0)
            continue;
        drawn->pairs[f]++;
        drawn->rate[f][levels.level[f] - 1]++;
        if (linkage_is_near(f, levels.level[f]) && levels.holders[f] > 0 && state->agreement[f] > 0) {
            drawn->near[f]++;
            drawn->rareness[f] += 1 / commonness(state, levels.holders[f], f);
        }
    }
}

/* All pairs when they are few, else some drawn with replacement. */
static void draw_pairs(linkage_chances *drawn, linkage_state *state)
{
    kith_random random;
    const double pairs = linkage_pair_count(state);

    *drawn = (linkage_chances){ .pairs = { 0 } };
    kith_random_seed(&random, 1);
    for (size_t i = 0, left = 0, right = 1; i < (pairs < RANDOM_PAIRS ? (size_t)pairs : RANDOM_PAIRS);
         i++) {
        if (pairs >= RANDOM_PAIRS) {
            left = kith_random_below(&random, state->count);
            right = kith_random_below(&random, state->count - 1);
            right += right >= left;
        }
        draw_pair(drawn, state, (uint32_t)left, (uint32_t)right);
        if (pairs < RANDOM_PAIRS && ++right == state->count)
            right = ++left + 1;
    }
    for (int f = 0; f < FIELDS; f++)
        for (int l = 0; l < LEVELS && drawn->pairs[f] > 0; l++)
            drawn->rate[f][l] /= drawn->pairs[f];
}

/* So that over pairs alike by chance the odds of rarity even out. */
static void set_near(linkage_state *state, const linkage_chances *drawn)
{
    for (int f = 0; f < FIELDS; f++)
        if (state->agreement[f] > 0)
            state->near[f] = (drawn->near[f] + usual_near) /
                             (drawn->rareness[f] + usual_near / state->agreement[f]);
}

/* What the values themselves tell exactly, where a level means one shared value. */
static void set_exact(linkage_chances *drawn, const linkage_state *state)
{
    static const linkage_field fields[] = { BORN, SEX, SCHOOL, IDENTIFIER };

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const linkage_field f = fields[i];
        if (state->agreement[f] > 0)
            drawn->rate[f][linkage_fields[f].level_count - 1] = state->agreement[f];
    }
}

void linkage_draw_chances(linkage_chances *drawn, linkage_state *state)
{
    draw_pairs(drawn, state);
    set_near(state, drawn);
    set_exact(drawn, state);
}

/* u: what true pairs, and for what a household shares also its pairs, leave of the rates
 * drawn; behind it the usual one. */
void linkage_set_chances(linkage_state *state, const linkage_chances *drawn)
{
    for (int f = 0; f < FIELDS; f++) {
        const double taken = state->share + (linkage_is_shared(state, f) ? state->household : 0);
        for (int l = 0; l < linkage_fields[f].level_count; l++) {
            const double rate = drawn->rate[f][l];
            const double left = fmax(rate - taken * state->m[f][l], least_left * rate);
            state->u[f][l] = (left * drawn->pairs[f] + usual_drawn * linkage_fields[f].usual_chance[l]) /
                             (drawn->pairs[f] + usual_drawn);
        }
    }
}

