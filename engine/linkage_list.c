/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_list.c: the pairs of a hub that may be one, beside what was decided of them. */
#include <stdlib.h>
#include <string.h>

#include "kith/text.h"
#include "linkage_hub.h"
#include "linkage_private.h"

/* A refusal between two parts of confirmed records, by their leaders. */
typedef struct refusal { int64_t low, high; } refusal;

static int by_leaders(const void *a, const void *b)
{
    const refusal *left = a, *right = b;

    if (left->low != right->low)
        return left->low < right->low ? -1 : 1;
    return (left->high > right->high) - (left->high < right->high);
}

static refusal between(int64_t a, int64_t b)
{
    return (refusal){ a < b ? a : b, a < b ? b : a };
}

typedef struct refusals {
    refusal *list;
    size_t count;
} refusals;

static const char *decision_word(const linkage_hub *h, const refusals *refused, size_t left, size_t right)
{
    const kith_decision *direct = kith_decisions_find(&h->decisions, h->rows[left], h->rows[right]);
    const refusal key = between(h->leaders[left], h->leaders[right]);

    if (direct != NULL)
        return direct->same ? "confirmed" : "refused";
    if (key.low == key.high)
        return "confirmed through others";
    if (refused->count > 0 && bsearch(&key, refused->list, refused->count, sizeof key, by_leaders) != NULL)
        return "refused through others";
    return NULL;
}

/* "given name same +6.1; home different -1.2" */
static double add_why(kith_text *why, const linkage_hub *h, size_t left, size_t right, double *probability)
{
    kith_linkage_term terms[KITH_LINKAGE_TERMS];
    size_t count;
    double bits = 0;

    kith_text_clear(why);
    *probability = kith_linkage_explain(terms, &count, &h->linkage, (uint32_t)left, (uint32_t)right);
    for (size_t i = 0; i < count; i++) {
        bits += terms[i].bits;
        kith_text_format(why, "%s%s%s%s %+.1f", i > 0 ? "; " : "", terms[i].name,
                         *terms[i].level != '\0' ? " " : "", terms[i].level, terms[i].bits);
    }
    return bits;
}

static void add_pair(kith_table *table, kith_text *why, const linkage_hub *h, const refusals *refused,
                     size_t left, size_t right)
{
    double probability;
    const double bits = add_why(why, h, left, right, &probability);

    kith_table_text(table, h->records[left].id);
    kith_table_text(table, h->records[right].id);
    kith_table_number(table, probability);
    kith_table_text(table, decision_word(h, refused, left, right));
    kith_table_text(table, h->records[left].name);
    kith_table_text(table, h->records[right].name);
    kith_table_number(table, bits);
    kith_table_text(table, kith_text_string(why));
}

/* What was decided of pairs that the list does not hold is added to it. */
static kith_status add_decided(linkage_hub *h, refusals *refused, double least, kith_error *err)
{
    kith_linkage *linkage = &h->linkage;
    const size_t room = linkage->pair_count + h->decisions.count + 1;
    kith_linkage_pair *pairs = realloc(linkage->pairs, room * sizeof *pairs);

    refused->list = malloc((h->decisions.count + 1) * sizeof *refused->list);
    linkage->pairs = pairs != NULL ? pairs : linkage->pairs;
    if (pairs == NULL || refused->list == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < h->decisions.count; i++) {
        const kith_decision *d = &h->decisions.list[i];
        const size_t one = linkage_hub_record(h, d->one), other = linkage_hub_record(h, d->other);
        kith_linkage_term terms[KITH_LINKAGE_TERMS];
        size_t count;
        if (one == SIZE_MAX || other == SIZE_MAX)
            continue;
        const uint32_t left = (uint32_t)(one < other ? one : other), right = (uint32_t)(one < other ? other : one);
        const double probability = kith_linkage_explain(terms, &count, linkage, left, right);
        if (!d->same)
            refused->list[refused->count++] = between(h->leaders[one], h->leaders[other]);
        if (probability < least)
            pairs[linkage->pair_count++] = (kith_linkage_pair){ left, right, probability };
    }
    if (linkage->pair_count > 0)
        qsort(pairs, linkage->pair_count, sizeof *pairs, linkage_by_probability);
    if (refused->count > 0)
        qsort(refused->list, refused->count, sizeof *refused->list, by_leaders);
    return KITH_OK;
}

static void make_columns(kith_table *table)
{
    kith_table_column(table, "left_id", KITH_CELL_TEXT);
    kith_table_column(table, "right_id", KITH_CELL_TEXT);
    kith_table_column(table, "probability", KITH_CELL_NUMBER);
    kith_table_column(table, "decision", KITH_CELL_TEXT);
    kith_table_column(table, "left", KITH_CELL_TEXT);
    kith_table_column(table, "right", KITH_CELL_TEXT);
    kith_table_column(table, "bits", KITH_CELL_NUMBER);
    kith_table_column(table, "why", KITH_CELL_TEXT);
}

static void add_facts(kith_table *table, const linkage_hub *h, double least)
{
    kith_table_fact(table, "records", "%zu", h->count);
    kith_table_fact(table, "compared", "%zu pairs that share a key", h->linkage.candidates);
    kith_table_fact(table, "expected", "%.0f pairs that are one, by the model", h->linkage.expected);
    kith_table_fact(table, "least", "%g", least);
    if (h->linkage.blocks_left_out > 0)
        kith_table_fact(table, "keys_left_out", "%zu, of more than %d records each (the largest %zu), however divided",
                        h->linkage.blocks_left_out, KITH_LINKAGE_BLOCK, h->linkage.largest_left_out);
}

kith_status kith_linkage_list(kith_table *table, kith_store *store, const kith_view *view,
                              kith_kind kind, double least, kith_error *err)
{
    linkage_hub h;
    refusals refused = { 0 };
    kith_text why = { 0 };

    *table = (kith_table){ 0 };
    kith_status status = linkage_hub_open(&h, store, view, kind, least, err);
    if (status == KITH_OK && h.count > 1)
        status = add_decided(&h, &refused, least, err);
    make_columns(table);
    add_facts(table, &h, least);
    for (size_t i = 0; status == KITH_OK && i < h.linkage.pair_count; i++)
        add_pair(table, &why, &h, &refused, h.linkage.pairs[i].left, h.linkage.pairs[i].right);
    if (status == KITH_OK && why.failed)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = kith_table_status(table, err);
    free(refused.list);
    kith_text_free(&why);
    linkage_hub_close(&h);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
