/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_levels.c: what two records have in common, field by field.
 *
 * A name is compared as a given and a family name, each with its level. Names change
 * places, and one of the two is often missing: the words are laid beside each other as
 * they stand and crossed over, and the better fit counts. */
#include <math.h>
#include <string.h>

#include "kith/similar.h"
#include "kith/spatial.h"
#include "linkage_private.h"

enum word_level {
    DIFFERENT_WORD,
    INITIAL,
    ALIKE,
    CLOSE,
    NICKNAME,
    ELSEWHERE, /* the same word in another place of the name */
    SAME_WORD
};

const field_row linkage_fields[FIELDS] = {
    [GIVEN] = { "given name", 7,
                { "different", "an initial", "alike", "close", "a short form",
                  "the same, elsewhere in the name", "same" },
                { 0.06, 0.01, 0.03, 0.09, 0.05, 0.05, 0.71 },
                { 0.93, 0.01, 0.04, 0.005, 0.005, 0.001, 0.009 } },
    [FAMILY] = { "family name", 7,
                 { "different", "an initial", "alike", "close", "a short form",
                  "the same, elsewhere in the name", "same" },
                 { 0.06, 0.01, 0.03, 0.09, 0.01, 0.05, 0.75 },
                 { 0.94, 0.005, 0.045, 0.004, 0.001, 0.001, 0.004 } },
    [BORN] = { "date of birth", 8,
               { "different", "same year", "near", "same month", "two parts the same",
                 "one digit off", "day and month exchanged", "same" },
               { 0.02, 0.02, 0.02, 0.01, 0.05, 0.06, 0.02, 0.80 },
               { 0.9266, 0.05, 0.005, 0.004, 0.01, 0.004, 0.0002, 0.0002 } },
    [SEX] = { "sex", 2, { "different", "same" }, { 0.02, 0.98 }, { 0.5, 0.5 } },
    [IDENTIFIER] = { "identifier", 4, { "different", "alike", "close", "same" }, { 0.08, 0.03, 0.09, 0.80 },
                     { 0.9699, 0.02, 0.01, 0.0001 } },
    [HOME] = { "home", 6,
               { "different", "same district or part of the address", "same postcode", "address alike",
                 "same address, or alike and same postcode", "same" },
               { 0.25, 0.10, 0.10, 0.10, 0.15, 0.30 },
               { 0.93, 0.06, 0.004, 0.003, 0.002, 0.001 } },
    [SCHOOL] = { "school", 2, { "different", "same" }, { 0.20, 0.80 }, { 0.95, 0.05 } },
    [TITLE] = { "name", 6,
                { "different", "one word the same", "half of it the same", "alike", "close", "same" },
                { 0.05, 0.05, 0.10, 0.10, 0.20, 0.50 },
                { 0.90, 0.07, 0.02, 0.005, 0.003, 0.002 } },
    [POSITION] = { "distance", 6,
                   { "above 2 km", "to 2 km", "to 500 m", "to 150 m", "to 50 m", "to 15 m" },
                   { 0.02, 0.03, 0.05, 0.10, 0.20, 0.60 },
                   { 0.80, 0.17, 0.02, 0.006, 0.003, 0.001 } },
};

static const double fit[] = { -2, 0.5, 1, 4, 4, 4.5, 6 }; /* of word levels, to choose by */

typedef struct name_fit {
    int given, family;             /* levels plus one; 0: missing */
    uint32_t given_word, family_word; /* shared, or NONE */
    double worth;
} name_fit;

static int word_level(linkage_state *state, uint32_t a, uint32_t b)
{
    const uint32_t low = a < b ? a : b, high = a < b ? b : a;

    if (a == b)
        return SAME_WORD;
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

static int better(int a, int b)
{
    return fit[a] > fit[b] ? a : b;
}

/* The word against those in the middle of the other name. */
static int in_middle(linkage_state *state, uint32_t word, const linkage_name *other)
{
    int best = DIFFERENT_WORD;

    for (uint32_t i = 1; i + 1 < other->count; i++)
        best = better(best, elsewhere(word_level(state, word, other->words[i])));
    return best;
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
    const int given = better(word_level(state, first_a, first_b),
                             better(in_middle(state, first_a, b), in_middle(state, first_b, a)));
    const int family = better(word_level(state, last_a, last_b),
                              better(in_middle(state, last_a, b), in_middle(state, last_b, a)));
    name_fit straight = { given + 1, family + 1, given >= ELSEWHERE ? first_a : NONE,
                          family >= ELSEWHERE ? last_a : NONE, 0 };
    const int given_crossed = elsewhere(word_level(state, first_a, last_b));
    const int family_crossed = elsewhere(word_level(state, last_a, first_b));
    name_fit crossed = { given_crossed + 1, family_crossed + 1,
                         given_crossed == ELSEWHERE ? first_a : NONE,
                         family_crossed == ELSEWHERE ? last_a : NONE, 0 };

    weigh_fit(&straight);
    weigh_fit(&crossed);
    return crossed.worth > straight.worth ? crossed : straight;
}

/* A word that stands alone: is it more often a family name? */
static bool ends_names(const linkage_state *state, uint32_t word)
{
    return state->values[word].last >= state->values[word].first;
}

static name_fit fit_in_slot(int level, bool family, uint32_t word)
{
    name_fit made = { .given_word = NONE, .family_word = NONE };

    if (family) {
        made.family = level + 1;
        made.family_word = level >= ELSEWHERE ? word : NONE;
    } else {
        made.given = level + 1;
        made.given_word = level >= ELSEWHERE ? word : NONE;
    }
    weigh_fit(&made);
    return made;
}

/* One word against a whole name: the place where it fits better, else its usual one. */
static name_fit fit_single(linkage_state *state, uint32_t word, const linkage_name *other)
{
    const int first = word_level(state, word, other->words[0]);
    const int last = word_level(state, word, other->words[other->count - 1]);
    const bool family = fit[last] != fit[first] ? fit[last] > fit[first] : ends_names(state, word);

    return fit_in_slot(family ? last : first, family, word);
}

static name_fit fit_singles(linkage_state *state, uint32_t a, uint32_t b)
{
    const bool family = ends_names(state, a);
    const int level = word_level(state, a, b);

    if (family != ends_names(state, b) && level < CLOSE)
        return (name_fit){ .given_word = NONE, .family_word = NONE };
    return fit_in_slot(level, family, a);
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

static void compare_names(linkage_levels *out, linkage_state *state, const linkage_ready *a,
                          const linkage_ready *b)
{
    name_fit best = { .given_word = NONE, .family_word = NONE };
    bool found = false;

    for (uint32_t i = 0; i < a->name_count; i++)
        for (uint32_t j = 0; j < b->name_count; j++) {
            const name_fit made = fit_names(state, &state->names[a->first_name + i],
                                            &state->names[b->first_name + j]);
            if (!found || made.worth > best.worth)
                best = made;
            found = true;
        }
    out->level[GIVEN] = (uint8_t)best.given;
    out->level[FAMILY] = (uint8_t)best.family;
    if (best.given_word != NONE)
        out->holders[GIVEN] = state->values[best.given_word].first;
    if (best.family_word != NONE)
        out->holders[FAMILY] = state->values[best.family_word].last;
}

static void compare_identifiers(linkage_levels *out, linkage_state *state, const linkage_ready *a,
                                const linkage_ready *b)
{
    int best = 0;

    for (uint32_t i = 0; i < a->identifier_count; i++)
        for (uint32_t j = 0; j < b->identifier_count; j++) {
            const linkage_identifier *left = &state->identifiers[a->first_identifier + i];
            const linkage_identifier *right = &state->identifiers[b->first_identifier + j];
            if (left->kind != right->kind)
                continue;
            const char *kind = left->kind == NONE ? "" : linkage_text(state, left->kind);
            const int level =
                1 + (int)kith_compare_identifiers(kind, linkage_text(state, left->value) + left->skip,
                                                  linkage_text(state, right->value) + right->skip);
            if (level <= best)
                continue;
            best = level;
            out->holders[IDENTIFIER] =
                left->value == right->value ? state->values[left->value].count : 0;
        }
    out->level[IDENTIFIER] = (uint8_t)best;
}

static int home_level(linkage_state *state, const linkage_ready *a, const linkage_ready *b,
                      bool addresses, bool codes)
{
    const kith_postcode_level code =
        codes ? kith_compare_postcodes(&a->postcode, &b->postcode) : KITH_POSTCODE_DIFFERENT;
    const double alike = !addresses                 ? 0
                         : a->address == b->address ? 1
                                                    : kith_address_similarity(
                                                          linkage_text(state, a->address),
                                                          linkage_text(state, b->address));

    if (alike >= 1 && (!codes || code == KITH_POSTCODE_SAME))
        return 5;
    if (alike >= 1 || (alike >= 0.7 && code == KITH_POSTCODE_SAME))
        return 4;
    if (alike >= 0.7)
        return 3;
    if (code == KITH_POSTCODE_SAME)
        return 2;
    return code == KITH_POSTCODE_OUTWARD || alike >= 0.45 ? 1 : 0;
}

static void compare_homes(linkage_levels *out, linkage_state *state, const linkage_ready *a,
                          const linkage_ready *b)
{
    const bool addresses = a->address != NONE && b->address != NONE;
    const bool codes = a->postcode_text != NONE && b->postcode_text != NONE;

    if (!addresses && !codes)
        return;
    out->level[HOME] = (uint8_t)(1 + home_level(state, a, b, addresses, codes));
    if (addresses && a->address == b->address)
        out->holders[HOME] = state->values[a->address].count;
}

static void compare_values(linkage_levels *out, linkage_state *state, linkage_field field,
                           uint32_t a, uint32_t b)
{
    if (a == NONE || b == NONE)
        return;
    out->level[field] = a == b ? 2 : 1;
    if (a == b)
        out->holders[field] = state->values[a].count;
}

static void compare_people(linkage_levels *out, linkage_state *state, const linkage_ready *a,
                           const linkage_ready *b)
{
    if (a->born_text != NONE && b->born_text != NONE) {
        const kith_date_level level = kith_compare_dates(a->born, b->born);
        out->level[BORN] = (uint8_t)(1 + (int)level);
        if (level == KITH_DATE_SAME)
            out->holders[BORN] = state->values[a->born_text].count;
    }
    compare_names(out, state, a, b);
    compare_values(out, state, SEX, a->sex, b->sex);
    compare_values(out, state, SCHOOL, a->school, b->school);
    compare_identifiers(out, state, a, b);
}

static bool has_word(const linkage_name *name, uint32_t word)
{
    for (uint32_t i = 0; i < name->count; i++)
        if (name->words[i] == word)
            return true;
    return false;
}

static int title_level(linkage_state *state, const linkage_name *a, const linkage_name *b)
{
    uint32_t shared = 0;
    double near = 0;

    for (uint32_t i = 0; i < a->count; i++) {
        int best = DIFFERENT_WORD;
        shared += has_word(b, a->words[i]);
        for (uint32_t j = 0; j < b->count; j++)
            best = better(best, word_level(state, a->words[i], b->words[j]));
        near += best == SAME_WORD ? 1 : best >= CLOSE ? 0.9 : 0;
    }
    const double both = 2 * near / (double)(a->count + b->count);
    if (shared == a->count && shared == b->count)
        return 5;
    if (both >= 0.9)
        return 4;
    if (both >= 0.65)
        return 3;
    return both >= 0.5 ? 2 : shared > 0 ? 1 : 0;
}

/* The rarest word that both titles have. */
static uint32_t rarest_shared(const linkage_state *state, const linkage_name *a, const linkage_name *b)
{
    uint32_t least = 0;

    for (uint32_t i = 0; i < a->count; i++) {
        const uint32_t holders = state->values[a->words[i]].count;
        if (has_word(b, a->words[i]) && (least == 0 || holders < least))
            least = holders;
    }
    return least;
}

static void compare_places(linkage_levels *out, linkage_state *state, const linkage_ready *a,
                           const linkage_ready *b)
{
    static const double limits[] = { 15, 50, 150, 500, 2000 };

    if (a->name_count > 0 && b->name_count > 0) {
        const linkage_name *left = &state->names[a->first_name], *right = &state->names[b->first_name];
        out->level[TITLE] = (uint8_t)(1 + title_level(state, left, right));
        out->holders[TITLE] = out->level[TITLE] > 1 ? rarest_shared(state, left, right) : 0;
    }
    if (isnan(a->lat) || isnan(b->lat))
        return;
    const double metres = kith_distance_metres((kith_point){ a->lat, a->lon }, (kith_point){ b->lat, b->lon });
    int level = 5;
    for (size_t i = 0; i < sizeof limits / sizeof limits[0] && metres > limits[i]; i++)
        level--;
    out->level[POSITION] = (uint8_t)(1 + level);
}

void linkage_compare(linkage_levels *out, linkage_state *state, uint32_t left, uint32_t right)
{
    const linkage_ready *a = &state->ready[left], *b = &state->ready[right];

    *out = (linkage_levels){ .level = { 0 } };
    if (state->kind == KITH_PERSON)
        compare_people(out, state, a, b);
    else
        compare_places(out, state, a, b);
    compare_homes(out, state, a, b);
}
