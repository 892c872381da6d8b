/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms_rules.c: from counts of signs to a band, by a rule file and nothing else.
 *
 * A rule is a rectangle of the table of 9 x 20 counts. Whether the rectangles cover the
 * table, overlap, or take a band away when a sign is added is not for the reader of a
 * rule file to see; so every cell is looked at. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms_private.h"
#include "kith/words.h"

enum { RULE_MAX = 1000 };

static const char *const columns[] = { "band",          "strong_from", "strong_to",
                                       "moderate_from", "moderate_to", "sentence" };

static kith_status read_number(int *out, const char *place, const char *column, const char *field,
                               bool may_be_blank, kith_error *err)
{
    int64_t value = INT_MAX;

    if ((field[0] != '\0' || !may_be_blank) &&
        (!kith_integer_read(&value, field) || value < 0 || value > INT_MAX))
        return kith_fail(err, KITH_INPUT, "%s: %s is \"%s\"; a count from 0 %sis expected", place,
                         column, field, may_be_blank ? "or blank for no limit " : "");
    *out = (int)value;
    return KITH_OK;
}

static kith_status read_ranges(kith_band_rule *rule, const char *place, const char *const fields[],
                               kith_error *err)
{
    int *const to[] = { &rule->strong_from, &rule->strong_to, &rule->moderate_from,
                        &rule->moderate_to };
    kith_status status = KITH_OK;

    for (size_t c = 0; c < 4 && status == KITH_OK; c++)
        status = read_number(to[c], place, columns[c + 1], fields[c + 1], c % 2 == 1, err);
    if (status != KITH_OK)
        return status;
    if (rule->strong_from > rule->strong_to || rule->moderate_from > rule->moderate_to)
        return kith_fail(err, KITH_INPUT, "%s: the rule fits no count, as from is above to; "
                         "exchange them", place);
    return KITH_OK;
}

static kith_status take_rule(void *context, const char *place, const char *const fields[],
                             kith_error *err)
{
    kith_band_rules *rules = context;
    kith_band_rule rule = { .band = kith_pool_add(rules->pool, fields[0]),
                            .sentence = kith_pool_add(rules->pool, fields[5]) };

    if (fields[0][0] == '\0' || fields[5][0] == '\0')
        return kith_fail(err, KITH_INPUT, "%s: %s is blank; write what the rule says", place,
                         fields[0][0] == '\0' ? "band" : "sentence");
    if (kith_word_same(fields[0], "no band"))
        return kith_fail(err, KITH_INPUT, "%s: band is \"%s\", which is what is said where no rule "
                         "fits; leave the rule out", place, fields[0]);
    if (rules->count == RULE_MAX)
        return kith_fail(err, KITH_INPUT, "%s: at most %d rules are read; join some", place, RULE_MAX);
    const kith_status status = read_ranges(&rule, place, fields, err);
    if (status != KITH_OK)
        return status;
    kith_band_rule *grown = data_grow(rules->rows, rules->count, sizeof *grown);
    if (grown != NULL)
        rules->rows = grown;
    if (grown == NULL || rule.band == NULL || rule.sentence == NULL)
        return kith_no_memory(err);
    rules->rows[rules->count++] = rule;
    return KITH_OK;
}

kith_status kith_band_rules_read(kith_band_rules *rules, const char *path, kith_error *err)
{
    FILE *in = NULL;

    *rules = (kith_band_rules){ .name = path != NULL ? path : "the form's own" };
    if (path != NULL && (in = fopen(path, "rb")) == NULL)
        return kith_fail(err, KITH_INPUT, "%s: the rule file cannot be opened (%s); name one that "
                         "can be read", path, strerror(errno));
    const data_csv csv = { path != NULL ? path : "gat_rules", columns, 6, take_rule, rules, NULL, 0 };
    rules->pool = kith_pool_new();
    kith_status status = rules->pool == NULL ? kith_no_memory(err)
                         : in != NULL        ? data_csv_read(&csv, in, err)
                                             : forms_embedded_read(csv, err);
    if (status == KITH_OK && rules->count == 0)
        status = kith_fail(err, KITH_INPUT, "%s: the file has no rule; add one a line", csv.name);
    if (in != NULL)
        fclose(in);
    if (status != KITH_OK)
        kith_band_rules_free(rules);
    return status;
}

void kith_band_rules_free(kith_band_rules *rules)
{
    free(rules->rows);
    kith_pool_free(rules->pool);
    *rules = (kith_band_rules){ 0 };
}

const kith_band_rule *kith_band_find(const kith_band_rules *rules, int strong, int moderate,
                                     size_t *fits)
{
    const kith_band_rule *first = NULL;

    *fits = 0;
    for (size_t i = 0; i < rules->count; i++) {
        const kith_band_rule *rule = &rules->rows[i];
        if (strong < rule->strong_from || strong > rule->strong_to ||
            moderate < rule->moderate_from || moderate > rule->moderate_to)
            continue;
        if ((*fits)++ == 0)
            first = rule;
    }
    return first;
}

/* Where a band first stands in the file, from 1; 0 for none, -1 for an overlap. */
static int height(const kith_band_rules *rules, int strong, int moderate)
{
    size_t fits;
    const kith_band_rule *rule = kith_band_find(rules, strong, moderate, &fits);

    if (fits != 1)
        return fits == 0 ? 0 : -1;
    for (size_t i = 0; i < rules->count; i++)
        if (strcmp(rules->rows[i].band, rule->band) == 0)
            return (int)i + 1;
    return 0;
}

static void add_row(kith_table *table, const char *kind, int strong, int moderate, const char *band,
                    const char *detail)
{
    kith_table_text(table, kind);
    kith_table_integer(table, strong);
    kith_table_integer(table, moderate);
    kith_table_text(table, band);
    kith_table_text(table, detail);
}

static void add_overlap(kith_table *table, const kith_band_rules *rules, int strong, int moderate)
{
    kith_text bands = { 0 };
    size_t fits;

    for (size_t i = 0; i < rules->count; i++) {
        const kith_band_rules one = { .rows = &rules->rows[i], .count = 1 };
        if (kith_band_find(&one, strong, moderate, &fits) != NULL)
            kith_text_format(&bands, "%s%s", bands.size > 0 ? ", " : "", rules->rows[i].band);
    }
    add_row(table, "overlap", strong, moderate, kith_text_string(&bands), "several rules fit");
    table->failed = table->failed || bands.failed;
    kith_text_free(&bands);
}

static void check_fall(kith_table *table, const kith_band_rules *rules, int strong, int moderate,
                       int less_strong, int less_moderate)
{
    char detail[256];
    size_t fits;

    if (less_strong < 0 || less_moderate < 0)
        return;
    const int here = height(rules, strong, moderate);
    const int before = height(rules, less_strong, less_moderate);
    if (here < 0 || before < 0 || here >= before)
        return;
    snprintf(detail, sizeof detail, "a sign less, strong %d and moderate %d, has the band %.100s",
             less_strong, less_moderate, rules->rows[before - 1].band);
    const kith_band_rule *rule = kith_band_find(rules, strong, moderate, &fits);
    add_row(table, "not_monotone", strong, moderate, rule != NULL ? rule->band : "NO BAND", detail);
}

static void check_cell(kith_table *table, const kith_band_rules *rules, int strong, int moderate)
{
    const int here = height(rules, strong, moderate);

    if (here == 0)
        add_row(table, "gap", strong, moderate, "NO BAND", "no rule fits");
    if (here < 0)
        add_overlap(table, rules, strong, moderate);
    check_fall(table, rules, strong, moderate, strong - 1, moderate);
    check_fall(table, rules, strong, moderate, strong, moderate - 1);
}

kith_status kith_band_check(kith_table *table, size_t *found, const kith_band_rules *rules,
                            kith_error *err)
{
    *table = (kith_table){ 0 };
    *found = 0;
    kith_table_column(table, "kind", KITH_CELL_TEXT);
    kith_table_column(table, "strong", KITH_CELL_INTEGER);
    kith_table_column(table, "moderate", KITH_CELL_INTEGER);
    kith_table_column(table, "band", KITH_CELL_TEXT);
    kith_table_column(table, "detail", KITH_CELL_TEXT);
    for (int strong = 0; strong <= KITH_GAT_STRONG; strong++)
        for (int moderate = 0; moderate <= KITH_GAT_MODERATE; moderate++)
            check_cell(table, rules, strong, moderate);
    const kith_status status = kith_table_status(table, err);
    if (status == KITH_OK)
        *found = kith_table_rows(table);
    else
        kith_table_free(table);
    return status;
}
