/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_names.c: how alike two people's names are.
 *
 * A name is compared as a given and a family name, each with its level. Names change
 * places, and one of the two is often missing: the words are laid beside each other as
 * they stand and crossed over, and the better fit counts. */
#include "kith/compare.h"
#include "linkage_private.h"

static const double fit[] = { -2, 0.5, 1, 4, 4, 4.5, 6 }; /* of word levels, to choose by */

bool linkage_is_near(linkage_field field, int level)
{
    return field <= FAMILY && level > ALIKE && level <= ELSEWHERE;
}

typedef struct name_fit {
    int given, family;                      /* levels plus one; 0: missing */
    uint32_t given_holders, family_holders; /* of the commoner of the two words */
    double worth;
} name_fit;

int linkage_compare_words(linkage_state *state, uint32_t a, uint32_t b)
{
    const uint32_t low = a < b ? a : b, high = a < b ? b : a;

    if (a == b)
        return SAME_WORD;
    if (kith_word_sketches_differ(&state->values[a].sketch, &state->values[b].sketch))
        return DIFFERENT_WORD;
    linkage_word_pair *known =
        &state->remembered[(low * 0x9E3779B1u ^ high * 0x85EBCA77u) >> 16 & (REMEMBERED - 1)];
    if (known->a != low || known->b != high) {
        const kith_word_level level =
            kith_compare_words(linkage_text(state, low), linkage_text(state, high));
        *known = (linkage_word_pair){ low, high, (uint8_t)level };
    }
    return known->level;
}

static int elsewhere(int level)
{
    return level == SAME_WORD ? ELSEWHERE : level;
}

int linkage_better(int a, int b)
{
    return fit[a] > fit[b] ? a : b;
}

/* The word against those in the middle of the other name. */
static int in_middle(linkage_state *state, uint32_t word, const linkage_name *other)
{
    int best = DIFFERENT_WORD;

    for (uint32_t i = 1; i + 1 < other->count; i++)
        best = linkage_better(best, elsewhere(linkage_compare_words(state, word, other->words[i])));
    return best;
}

/* A name that is only alike is as a rule the commoner of the two, written wrong. */
static uint32_t given_holders(const linkage_state *state, uint32_t a, uint32_t b)
{
    const uint32_t left = state->values[a].first, right = state->values[b].first;

    return left > right ? left : right;
}

static uint32_t family_holders(const linkage_state *state, uint32_t a, uint32_t b)
{
    const uint32_t left = state->values[a].last, right = state->values[b].last;

    return left > right ? left : right;
}

static void weigh_fit(name_fit *made)
{
    made->worth = (made->given > 0 ? fit[made->given - 1] : 0) +
                  (made->family > 0 ? fit[made->family - 1] : 0);
}

static name_fit fit_whole(linkage_state *state, const linkage_name *a, const linkage_name *b)
{
    const uint32_t first_a = a->words[0], last_a = a->words[a->count - 1];
    const uint32_t first_b = b->words[0], last_b = b->words[b->count - 1];
    const int given = linkage_better(linkage_compare_words(state, first_a, first_b),
                             linkage_better(in_middle(state, first_a, b), in_middle(state, first_b, a)));
    const int family = linkage_better(linkage_compare_words(state, last_a, last_b),
                              linkage_better(in_middle(state, last_a, b), in_middle(state, last_b, a)));
    name_fit straight = { given + 1, family + 1, given_holders(state, first_a, first_b),
                          family_holders(state, last_a, last_b), 0 };
    const int given_crossed = elsewhere(linkage_compare_words(state, first_a, last_b));
    const int family_crossed = elsewhere(linkage_compare_words(state, last_a, first_b));
    name_fit crossed = { given_crossed + 1, family_crossed + 1, given_holders(state, first_a, last_b),
                         family_holders(state, last_a, first_b), 0 };

    weigh_fit(&straight);
    weigh_fit(&crossed);
    return crossed.worth > straight.worth ? crossed : straight;
}

/* A word that stands alone: is it more often a family name? */
static bool ends_names(const linkage_state *state, uint32_t word)
{
    return state->values[word].last >= state->values[word].first;
}

static name_fit fit_in_slot(const linkage_state *state, int level, bool family, uint32_t a, uint32_t b)
{
    name_fit made = family ? (name_fit){ .family = level + 1, .family_holders = family_holders(state, a, b) }
                           : (name_fit){ .given = level + 1, .given_holders = given_holders(state, a, b) };

    weigh_fit(&made);
    return made;
}

/* One word against a whole name: the place where it fits better, else its usual one. */
static name_fit fit_single(linkage_state *state, uint32_t word, const linkage_name *other)
{
    const int first = linkage_compare_words(state, word, other->words[0]);
    const int last = linkage_compare_words(state, word, other->words[other->count - 1]);
    const bool family = fit[last] != fit[first] ? fit[last] > fit[first] : ends_names(state, word);

    return fit_in_slot(state, family ? last : first, family, word,
                       other->words[family ? other->count - 1 : 0]);
}

static name_fit fit_singles(linkage_state *state, uint32_t a, uint32_t b)
{
    const bool family = ends_names(state, a);
    const int level = linkage_compare_words(state, a, b);

    if (family != ends_names(state, b) && level < CLOSE)
        return (name_fit){ .given = 0 };
    return fit_in_slot(state, level, family, a, b);
}

static name_fit fit_names(linkage_state *state, const linkage_name *a, const linkage_name *b)
{
    if (a->count > 1 && b->count > 1)
        return fit_whole(state, a, b);
    if (a->count > 1)
        return fit_single(state, b->words[0], a);
    if (b->count > 1)
        return fit_single(state, a->words[0], b);
    return fit_singles(state, a->words[0], b->words[0]);
}

/* The way to write it: the name first, then the aliases. */
static const linkage_name *variant(const linkage_state *state, const linkage_ready *ready, uint32_t which)
{
    return which == 0 ? &ready->name : &state->aliases[ready->first_alias + which - 1];
}

void linkage_compare_names(linkage_levels *out, linkage_state *state, const linkage_ready *a,
                           const linkage_ready *b)
{
    name_fit best = { .given = 0 };
    bool found = false;

    for (uint32_t i = 0; i <= a->alias_count; i++)
        for (uint32_t j = 0; j <= b->alias_count; j++) {
            const linkage_name *left = variant(state, a, i), *right = variant(state, b, j);
            if (left->count == 0 || right->count == 0)
                continue;
            const name_fit made = fit_names(state, left, right);
            if (!found || made.worth > best.worth)
                best = made;
            found = true;
        }
    out->level[GIVEN] = (uint8_t)best.given;
    out->level[FAMILY] = (uint8_t)best.family;
    out->holders[GIVEN] = best.given > ALIKE ? best.given_holders : 0;
    out->holders[FAMILY] = best.family > ALIKE ? best.family_holders : 0;
}
