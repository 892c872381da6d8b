/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_bits.c: the terms of a pair, and what they add up to. */
#include <math.h>

#include "linkage_private.h"

/* A family name, a home and a school are a household's as much as a person's; an address
 * and a point on the map a neighbourhood's as much as a place's. */
bool linkage_is_shared(const linkage_state *state, int field)
{
    if (state->kind == KITH_PERSON)
        return field == FAMILY || field == HOME || field == SCHOOL;
    return field == HOME || field == POSITION;
}

void linkage_set_bits(linkage_state *state)
{
    for (int f = 0; f < FIELDS; f++)
        for (int l = 0; l < linkage_fields[f].level_count; l++)
            state->bits[f][l] = log2(state->m[f][l] / state->u[f][l]);
    state->most_home = 0;
    for (int l = 0; l < linkage_fields[HOME].level_count; l++)
        state->most_home = fmax(state->most_home, state->bits[HOME][l]);
    state->most_home += fmax(0, linkage_rarest(state, HOME));
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
        shared += linkage_is_shared(state, f) ? bits[f] : 0;
    return shared > 0 ? -log2(1 - state->household + state->household * exp2(shared)) : 0;
}

double linkage_probability(double bits)
{
    return 1 / (1 + exp2(-bits));
}

double linkage_add_up(double bits[FIELDS], double rarity[FIELDS], const linkage_state *state,
                      const linkage_levels *levels)
{
    double total = linkage_prior(state);

    for (int f = 0; f < FIELDS; f++) {
        const int level = levels->level[f];
        rarity[f] = level > 0 ? linkage_rarity(state, levels, f) : 0;
        bits[f] = level > 0 ? state->bits[f][level - 1] + rarity[f] : 0;
        total += bits[f];
    }
    return total;
}
