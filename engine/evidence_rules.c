/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evidence_rules.c: the table of rules, read and checked. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data_csv.h"
#include "kith/evidence.h"
#include "kith/words.h"
#include "pool.h"
#include "words_data.h"

enum { NAME, SOURCE, KINDS, OF, TEST, CONTEXT, VALENCE, NATURE, SEVERITY, WHY, COLUMNS };

static const char *const columns[COLUMNS] = { "rule",    "source",  "kinds",  "of",       "test",
                                              "context", "valence", "nature", "severity", "why" };
static const char *const sources[] = { "event", "link", "flag", "context" };
static const char *const by_record[] = { "record", "place", "kind_or_place" }; /* -1, -2, -3 */
static const char *const valences[] = { "risk", "protective", "record" };
static const char *const natures[] = { "incident", "condition", "standing", "record" };
static const char *const severities[] = { "record", "1", "2", "3" };
static const char *const tests[] = { "", "child_alleged", "at_home", "not_at_home",
                                     "other_exploited", "protective_place" };

/* What each test is about; "" may stand with any record. */
static const kith_rule_source tested[] = { 0,
                                           KITH_RULE_EVENT,
                                           KITH_RULE_LINK,
                                           KITH_RULE_LINK,
                                           KITH_RULE_LINK,
                                           KITH_RULE_LINK };
static const char *const ends[] = { "either", "away", "exploited" };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* Index of a field's word, or a fault that names all of them. */
static kith_status choose(int *out, const char *const fields[], int column,
                          const char *const words[], size_t count, const char *place,
                          kith_error *err)
{
    kith_text all = { 0 };

    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[column], words[i]) == 0) {
            *out = (int)i;
            return KITH_OK;
        }
    for (size_t i = 0; i < count; i++)
        if (words[i][0] != '\0')
            kith_text_format(&all, "%s%s", all.size > 0 ? ", " : "", words[i]);
    const kith_status status =
        kith_fail(err, KITH_INPUT, "%s: %s is \"%.40s\"; one of %s is expected", place,
                  columns[column], fields[column], kith_text_string(&all));
    kith_text_free(&all);
    return status;
}

static kith_status choose_context(int *out, const char *const fields[], const char *place,
                                  kith_error *err)
{
    for (int c = 0; c < KITH_CONTEXT_COUNT; c++)
        if (strcmp(fields[CONTEXT], kith_context_name[c]) == 0) {
            *out = c;
            return KITH_OK;
        }
    const kith_status status = choose(out, fields, CONTEXT, by_record, COUNT(by_record), place, NULL);
    *out = KITH_BY_RECORD - *out;
    return status == KITH_OK ? KITH_OK
                             : kith_fail(err, KITH_INPUT,
                                         "%s: context is \"%.40s\"; home, peer, school, neighbourhood, "
                                         "online, kind_or_place or place is expected",
                                         place, fields[CONTEXT]);
}

static kith_status check_name(const kith_rules *rules, const char *name, const char *place,
                              kith_error *err)
{
    if (name[0] == '\0')
        return kith_fail(err, KITH_INPUT, "%s: the rule has no name; give it one of its own", place);
    for (size_t i = 0; i < rules->count; i++)
        if (strcmp(rules->list[i].name, name) == 0)
            return kith_fail(err, KITH_INPUT, "%s: there is a rule %.40s already; give this one another name",
                             place, name);
    return KITH_OK;
}

/* Whatever the record says only makes sense for records that are items themselves. */
static kith_status check_whole(const kith_rule *rule, const char *const fields[], const char *place,
                               kith_error *err)
{
    const bool item = rule->source == KITH_RULE_CONTEXT;

    if ((rule->context == KITH_BY_RECORD) != item || (strcmp(fields[VALENCE], "record") == 0) != item ||
        (strcmp(fields[NATURE], "record") == 0) != item)
        return kith_fail(err, KITH_INPUT,
                         "%s: context, valence and nature are all \"record\" in a rule whose source is "
                         "context, and in no other",
                         place);
    return KITH_OK;
}

/* Roles with + between, as Kith itself writes them. */
static kith_status check_roles(const char *of, const char *place, kith_error *err)
{
    for (const char *at = of; *at != '\0';) {
        const size_t size = strcspn(at, "+");
        bool known = false;
        for (unsigned bit = 1; bit <= KITH_PRESENT && !known; bit *= 2) {
            const char *word = kith_role_word((kith_role)bit);
            known = strlen(word) == size && memcmp(at, word, size) == 0;
        }
        if (!known)
            return kith_fail(err, KITH_INPUT,
                             "%s: of names \"%.*s\", which is no role of an event; victim, "
                             "alleged_perpetrator, convicted_perpetrator, witness, reporter, helper, "
                             "missing or present is expected, with + between",
                             place, size < 40 ? (int)size : 40, at);
        at += size + (at[size] == '+');
    }
    return KITH_OK;
}

/* A word that no record could match, or that would be passed over, is a slip of the pen. */
static kith_status check_match(const kith_rule *rule, int test, const char *place, kith_error *err)
{
    const char *const fields[COLUMNS] = { [OF] = rule->of };
    int any;

    if (rule->kinds[0] == '\0')
        return kith_fail(err, KITH_INPUT, "%s: kinds is empty; name kinds of %s, or any", place,
                         sources[rule->source]);
    if (tests[test][0] != '\0' && tested[test] != rule->source)
        return kith_fail(err, KITH_INPUT, "%s: test %s is of a rule whose source is %s, and not %s", place,
                         tests[test], sources[tested[test]], sources[rule->source]);
    if (rule->source == KITH_RULE_EVENT)
        return check_roles(rule->of, place, err);
    if (rule->source == KITH_RULE_LINK)
        return choose(&any, fields, OF, ends, COUNT(ends), place, err);
    if (rule->of[0] != '\0')
        return kith_fail(err, KITH_INPUT, "%s: of is \"%.40s\"; a rule whose source is %s has none",
                         place, rule->of, sources[rule->source]);
    return KITH_OK;
}

static kith_status take_rule(void *context, const char *place, const char *const fields[],
                             kith_error *err)
{
    kith_rules *rules = context;
    int source, test, valence, any, severity;
    kith_rule rule = { .name = kith_pool_add(rules->pool, fields[NAME]),
                       .kinds = kith_pool_add(rules->pool, fields[KINDS]),
                       .of = kith_pool_add(rules->pool, fields[OF]),
                       .test = kith_pool_add(rules->pool, fields[TEST]),
                       .nature = kith_pool_add(rules->pool, fields[NATURE]),
                       .why = kith_pool_add(rules->pool, fields[WHY]) };

    if (rule.name == NULL || rule.kinds == NULL || rule.of == NULL || rule.test == NULL ||
        rule.nature == NULL || rule.why == NULL)
        return kith_no_memory(err);
    kith_status status = check_name(rules, rule.name, place, err);
    if (status == KITH_OK)
        status = choose(&source, fields, SOURCE, sources, COUNT(sources), place, err);
    if (status == KITH_OK)
        status = choose(&test, fields, TEST, tests, COUNT(tests), place, err);
    if (status == KITH_OK)
        status = choose_context(&rule.context, fields, place, err);
    if (status == KITH_OK)
        status = choose(&valence, fields, VALENCE, valences, COUNT(valences), place, err);
    if (status == KITH_OK)
        status = choose(&any, fields, NATURE, natures, COUNT(natures), place, err);
    if (status == KITH_OK)
        status = choose(&severity, fields, SEVERITY, severities, COUNT(severities), place, err);
    if (status != KITH_OK)
        return status;
    rule.source = (kith_rule_source)source;
    rule.kind = valence == 1 ? KITH_ITEM_PROTECTIVE : KITH_ITEM_RISK;
    rule.severity = severity;
    status = check_whole(&rule, fields, place, err);
    if (status == KITH_OK)
        status = check_match(&rule, test, place, err);
    kith_rule *grown = status == KITH_OK ? data_grow(rules->list, rules->count, sizeof rule) : NULL;
    if (grown == NULL)
        return status != KITH_OK ? status : kith_no_memory(err);
    rules->list = grown;
    rules->list[rules->count++] = rule;
    return KITH_OK;
}

static kith_status read_table(kith_rules *rules, const char *path, kith_error *err)
{
    data_csv csv = { .name = path != NULL ? path : "evidence.csv",
                     .columns = columns,
                     .count = COLUMNS,
                     .take = take_rule,
                     .context = rules };
    FILE *in = path != NULL ? fopen(path, "rb") : NULL;

    if (path != NULL && in == NULL)
        return kith_fail(err, KITH_IO, "%s cannot be read: %s", path, strerror(errno));
    for (size_t i = 0; path == NULL && i < kith_words_data_count; i++)
        if (strcmp(kith_words_data[i].name, "evidence") == 0) {
            csv.bytes = kith_words_data[i].bytes;
            csv.size = kith_words_data[i].size;
        }
    const kith_status status = data_csv_read(&csv, in, err);
    if (in != NULL)
        fclose(in);
    return status;
}

kith_status kith_rules_read(kith_rules *rules, const char *path, kith_error *err)
{
    *rules = (kith_rules){ .pool = kith_pool_new() };
    const kith_status status = rules->pool != NULL ? read_table(rules, path, err) : kith_no_memory(err);

    if (status != KITH_OK)
        kith_rules_free(rules);
    return status;
}

void kith_rules_free(kith_rules *rules)
{
    free(rules->list);
    kith_pool_free(rules->pool);
    *rules = (kith_rules){ 0 };
}

const char *kith_rule_source_word(const kith_rule *rule)
{
    return sources[rule->source];
}

const char *kith_rule_context_word(const kith_rule *rule)
{
    return rule->context >= 0 ? kith_context_name[rule->context]
                              : by_record[KITH_BY_RECORD - rule->context];
}

const char *kith_rule_valence_word(const kith_rule *rule)
{
    return valences[rule->source == KITH_RULE_CONTEXT ? 2 : rule->kind == KITH_ITEM_PROTECTIVE];
}
