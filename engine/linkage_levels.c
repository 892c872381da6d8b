/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_levels.c: what two records have in common, field by field. */
#include <math.h>
#include <string.h>

#include "kith/similar.h"
#include "kith/spatial.h"
#include "linkage_private.h"

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

static kith_identifier_level identifier_level(const linkage_state *state, const linkage_identifier *a,
                                              const linkage_identifier *b)
{
    const char *kind = a->kind == NONE ? "" : linkage_text(state, a->kind);

    if (a->checked && b->checked)
        return a->value == b->value ? KITH_IDENTIFIER_SAME : KITH_IDENTIFIER_DIFFERENT;
    return kith_compare_identifiers(kind, linkage_text(state, a->value) + a->skip,
                                    linkage_text(state, b->value) + b->skip);
}

static void compare_identifiers(linkage_levels *out, const linkage_state *state, const linkage_ready *a,
                                const linkage_ready *b)
{
    int best = 0;

    for (uint32_t i = 0; i < a->identifier_count; i++)
        for (uint32_t j = 0; j < b->identifier_count; j++) {
            const linkage_identifier *left = &state->identifiers[a->first_identifier + i];
            const linkage_identifier *right = &state->identifiers[b->first_identifier + j];
            if (left->kind != right->kind)
                continue;
            const int level = 1 + (int)identifier_level(state, left, right);
            if (level <= best)
                continue;
            best = level;
            out->holders[IDENTIFIER] =
                left->value == right->value ? state->values[left->value].count : 0;
        }
    out->level[IDENTIFIER] = (uint8_t)best;
}

static kith_postcode_level postcode_level(const linkage_state *state, uint32_t left, uint32_t right)
{
    return kith_compare_postcodes(&state->postcodes[left], &state->postcodes[right]);
}

static int home_level(const linkage_state *state, const linkage_ready *a, const linkage_ready *b,
                      kith_postcode_level code, bool addresses, bool codes)
{
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
    linkage_compare_names(out, state, a, b);
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
            best = linkage_better(best, linkage_compare_words(state, a->words[i], b->words[j]));
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

static void compare_titles(linkage_levels *out, linkage_state *state, const linkage_name *a,
                           const linkage_name *b)
{
    if (a->count == 0 || b->count == 0)
        return;
    out->level[TITLE] = (uint8_t)(1 + title_level(state, a, b));
    out->holders[TITLE] = out->level[TITLE] > 1 ? rarest_shared(state, a, b) : 0;
}

static void compare_positions(linkage_levels *out, const kith_linkage_record *a, const kith_linkage_record *b)
{
    static const double limits[] = { 15, 50, 150, 500, 2000 };
    int level = 5;

    if (isnan(a->lat) || isnan(b->lat))
        return;
    const double metres = kith_distance_metres((kith_point){ a->lat, a->lon }, (kith_point){ b->lat, b->lon });
    for (size_t i = 0; i < sizeof limits / sizeof limits[0] && metres > limits[i]; i++)
        level--;
    out->level[POSITION] = (uint8_t)(1 + level);
}

void linkage_compare_first(linkage_levels *out, linkage_state *state, uint32_t left, uint32_t right)
{
    const linkage_ready *a = &state->ready[left], *b = &state->ready[right];

    *out = (linkage_levels){ .level = { 0 } };
    if (state->kind == KITH_PERSON) {
        compare_people(out, state, a, b);
        return;
    }
    compare_titles(out, state, &a->name, &b->name);
    compare_positions(out, &state->records[left], &state->records[right]);
}

void linkage_compare_homes(linkage_levels *out, const linkage_state *state, uint32_t left, uint32_t right)
{
    const linkage_ready *a = &state->ready[left], *b = &state->ready[right];
    const bool addresses = a->address != NONE && b->address != NONE;
    const bool codes = a->postcode_text != NONE && b->postcode_text != NONE;

    if (!addresses && !codes)
        return;
    const kith_postcode_level code = codes ? postcode_level(state, left, right) : KITH_POSTCODE_DIFFERENT;
    out->level[HOME] = (uint8_t)(1 + home_level(state, a, b, code, addresses, codes));
    if (addresses && a->address == b->address)
        out->holders[HOME] = state->values[a->address].count;
}

void linkage_compare(linkage_levels *out, linkage_state *state, uint32_t left, uint32_t right)
{
    linkage_compare_first(out, state, left, right);
    linkage_compare_homes(out, state, left, right);
}
