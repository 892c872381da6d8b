/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_waterfall.c: what speaks for and against one pair of a hub, a line a term. */
#include <math.h>
#include <string.h>

#include "kith/record.h"
#include "kith/text.h"
#include "linkage_hub.h"

/* What a record says in the field that a term is named after; in `scratch` when it is
 * made of several. */
static const char *value_of(kith_text *scratch, const kith_linkage_record *record, const char *term)
{
    kith_text_clear(scratch);
    if (strcmp(term, "date of birth") == 0)
        return record->born;
    if (strcmp(term, "sex") == 0)
        return record->sex;
    if (strcmp(term, "school") == 0)
        return record->school;
    if (strcmp(term, "identifier") == 0)
        return record->identifiers;
    if (strcmp(term, "home") == 0 || strcmp(term, "address") == 0)
        kith_text_format(scratch, "%s%s%s", record->address,
                         *record->address != '\0' && *record->postcode != '\0' ? ", " : "", record->postcode);
    else if (strcmp(term, "distance") == 0)
        kith_text_format(scratch, "%.5f %.5f", record->lat, record->lon);
    else if (strcmp(term, "prior") != 0 && strncmp(term, "one ", strlen("one ")) != 0)
        kith_text_format(scratch, "%s%s%s", record->name, *record->aliases != '\0' ? "; " : "", record->aliases);
    return kith_text_string(scratch);
}

/* What the prior means: how rare a pair that is one is among all. */
static const char *prior_level(kith_text *scratch, double bits)
{
    kith_text_clear(scratch);
    kith_text_format(scratch, "of all pairs 1 in %.0f is one", 1 + exp2(-bits));
    return kith_text_string(scratch);
}

static void fill_waterfall(kith_table *table, const linkage_hub *h, size_t left, size_t right)
{
    static const char *const texts[] = { "term", "left", "right", "level" };
    kith_linkage_term terms[KITH_LINKAGE_TERMS];
    kith_text scratch = { 0 };
    size_t count;
    const double p = kith_linkage_explain(terms, &count, &h->linkage, (uint32_t)left, (uint32_t)right);

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        kith_table_column(table, texts[i], KITH_CELL_TEXT);
    kith_table_column(table, "bits", KITH_CELL_NUMBER);
    kith_table_column(table, "rarity", KITH_CELL_NUMBER);
    kith_table_fact(table, "left", "%s", h->records[left].id);
    kith_table_fact(table, "right", "%s", h->records[right].id);
    kith_table_fact(table, "probability", "%.6g", p);
    for (size_t i = 0; i < count; i++) {
        kith_table_text(table, terms[i].name);
        kith_table_text(table, value_of(&scratch, &h->records[left], terms[i].name));
        kith_table_text(table, value_of(&scratch, &h->records[right], terms[i].name));
        kith_table_text(table, i == 0 ? prior_level(&scratch, terms[0].bits) : terms[i].level);
        kith_table_number(table, terms[i].bits);
        kith_table_number(table, terms[i].rarity);
    }
    table->failed = table->failed || scratch.failed;
    kith_text_free(&scratch);
}

static kith_status find_both(kith_kind *kind, int64_t rows[2], kith_store *store,
                             const kith_view *view, const char *a, const char *b, kith_error *err)
{
    kith_kind other;
    kith_status status = kith_record_find(kind, &rows[0], store, view, a, err);

    if (status == KITH_OK)
        status = kith_record_find(&other, &rows[1], store, view, b, err);
    if (status == KITH_OK && (*kind != other || (*kind != KITH_PERSON && *kind != KITH_LOCATION)))
        return kith_fail(err, KITH_USAGE, "%s is a %s and %s is a %s; two people or two places are compared",
                         a, kith_kind_word[*kind], b, kith_kind_word[other]);
    if (status == KITH_OK && rows[0] == rows[1])
        return kith_fail(err, KITH_USAGE, "%s and %s are the same record; two are needed", a, b);
    return status;
}

kith_status kith_linkage_waterfall(kith_table *table, kith_store *store, const kith_view *view,
                                   const char *a, const char *b, kith_error *err)
{
    enum { NO_PAIRS = 2 };
    linkage_hub h;
    kith_kind kind;
    int64_t rows[2];

    *table = (kith_table){ 0 };
    kith_status status = find_both(&kind, rows, store, view, a, b, err);
    if (status != KITH_OK)
        return status;
    status = linkage_hub_open(&h, store, view, kind, NO_PAIRS, err);
    if (status == KITH_OK) {
        const size_t one = linkage_hub_record(&h, rows[0]), other = linkage_hub_record(&h, rows[1]);
        if (one == SIZE_MAX || other == SIZE_MAX)
            status = kith_fail(err, KITH_NOT_FOUND, "%s is not there any more; another program took it away",
                               one == SIZE_MAX ? a : b);
        else
            fill_waterfall(table, &h, one < other ? one : other, one < other ? other : one);
    }
    if (status == KITH_OK)
        status = kith_table_status(table, err);
    linkage_hub_close(&h);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
