/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audience_keys.c: what each key of a policy file means, one row a key. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "audience_private.h"
#include "kith/access.h"

#define NOWHERE SIZE_MAX
#define IN_AUDIENCE(field) offsetof(kith_audience, field)
#define IN_DUTY(field) offsetof(kith_duty, field)

void policy_fault(policy_reading *r, const char *what, const char *remedy)
{
    if (r->status == KITH_OK)
        r->status = kith_fail(r->err, KITH_INPUT, "%s:%d: %.120s; %s", r->name, r->line, what, remedy);
}

static void fault_value(policy_reading *r, const char *key, const char *value, const char *remedy)
{
    char what[160];

    kith_sentence(what, sizeof what, "%s has \"%.64s\"", key, value);
    policy_fault(r, what, remedy);
}

const char *policy_keep(policy_reading *r, const char *text)
{
    const char *kept = kith_pool_add(r->policy->pool, text);

    if (kept == NULL && r->status == KITH_OK)
        r->status = kith_no_memory(r->err);
    return kept != NULL ? kept : "";
}

/* "full, initials, none": the words of a list, for a message. */
static void list_words(char *out, size_t size, const policy_word *words, const char *also)
{
    size_t used = (size_t)snprintf(out, size, "%s", also);

    for (; words->word != NULL && used < size; words++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", words->word);
}

static bool word_value(int *value, const policy_word *words, const char *word, size_t size)
{
    for (; words->word != NULL; words++)
        if (strlen(words->word) == size && memcmp(words->word, word, size) == 0) {
            *value = words->value;
            return true;
        }
    return false;
}

static void take_word(policy_reading *r, int *place, const policy_word *words, const char *key,
                      const char *value)
{
    char known[200];

    if (word_value(place, words, value, strlen(value)))
        return;
    list_words(known, sizeof known, words, "");
    kith_sentence(known + strlen(known), sizeof known - strlen(known), "%s", " are the words it knows");
    fault_value(r, key, value, known);
}

/* One piece of "a, b, c" and where the next begins; size 0 at the end. */
static const char *next_piece(const char **at, size_t *size)
{
    const char *begin = *at + strspn(*at, " \t,");

    *size = strcspn(begin, ",");
    *at = begin + *size;
    while (*size > 0 && (begin[*size - 1] == ' ' || begin[*size - 1] == '\t'))
        (*size)--;
    return begin;
}

static void take_bits(policy_reading *r, unsigned *place, const policy_word *words, unsigned all,
                      const char *key, const char *value)
{
    char known[200], word[64];
    unsigned bits = 0;
    size_t size;
    int bit;

    for (const char *at = value, *piece = next_piece(&at, &size); size > 0; piece = next_piece(&at, &size)) {
        if (size == 3 && memcmp(piece, "all", 3) == 0) {
            bits |= all;
        } else if (word_value(&bit, words, piece, size)) {
            bits |= (unsigned)bit;
        } else {
            snprintf(word, sizeof word, "%.*s", (int)(size < 60 ? size : 60), piece);
            list_words(known, sizeof known, words, "all");
            kith_sentence(known + strlen(known), sizeof known - strlen(known), "%s", " are the words it knows");
            fault_value(r, key, word, known);
        }
    }
    *place = bits;
}

static void take_label(policy_reading *r, void *place, const char *key, const char *value)
{
    (void)key;
    *(const char **)place = policy_keep(r, value);
}

static void take_does(policy_reading *r, void *place, const char *key, const char *value)
{
    if (kith_operation_role(value))
        *(const char **)place = policy_keep(r, value);
    else
        fault_value(r, key, value, "a role of `kith policy --default-policy` is expected");
}

static void take_withheld(policy_reading *r, void *place, const char *key, const char *value)
{
    static const policy_word words[] = { { "acknowledged", 1 }, { "silent", 0 }, { NULL, 0 } };
    int acknowledged = 0;

    take_word(r, &acknowledged, words, key, value);
    *(bool *)place = acknowledged != 0;
}

static void take_names(policy_reading *r, void *place, const char *key, const char *value)
{
    int names = KITH_NAMES_NONE;

    take_word(r, &names, policy_names_words, key, value);
    *(kith_names *)place = (kith_names)names;
}

static void take_cases(policy_reading *r, void *place, const char *key, const char *value)
{
    static const policy_word words[] = {
        { "own", KITH_CASES_OWN }, { "open", KITH_CASES_OPEN }, { "all", KITH_CASES_ALL }, { NULL, 0 }
    };
    int cases = KITH_CASES_OWN;

    take_word(r, &cases, words, key, value);
    *(kith_cases *)place = (kith_cases)cases;
}

static void take_handling(policy_reading *r, void *place, const char *key, const char *value)
{
    take_bits(r, &((kith_limits *)place)->handling, policy_handling_words, KITH_HANDLING_ALL, key, value);
}

static void take_records(policy_reading *r, void *place, const char *key, const char *value)
{
    take_bits(r, &((kith_limits *)place)->records, policy_record_words, KITH_MAY_ALL, key, value);
}

static void take_agencies(policy_reading *r, void *place, const char *key, const char *value)
{
    kith_limits *limits = place;
    kith_text names = { 0 };
    size_t size;

    (void)key;
    limits->every_agency = limits->own_agency = false;
    for (const char *at = value, *piece = next_piece(&at, &size); size > 0; piece = next_piece(&at, &size)) {
        if (size == 3 && (memcmp(piece, "all", 3) == 0 || memcmp(piece, "own", 3) == 0)) {
            *(piece[0] == 'a' ? &limits->every_agency : &limits->own_agency) = true;
        } else {
            kith_text_add_bytes(&names, piece, size);
            kith_text_add_char(&names, '\n');
        }
    }
    if (names.failed && r->status == KITH_OK)
        r->status = kith_no_memory(r->err);
    limits->agencies = policy_keep(r, kith_text_string(&names));
    kith_text_free(&names);
}

/* Which audiences there are is known once the file is read (check_audiences). */
static void take_audiences(policy_reading *r, void *place, const char *key, const char *value)
{
    kith_limits names = { .agencies = "" };

    take_agencies(r, &names, key, value);
    if (names.own_agency || (!names.every_agency && names.agencies[0] == '\0'))
        fault_value(r, key, value, "all, or the names of audiences, are expected");
    *(const char **)place = names.every_agency ? "" : names.agencies;
}

static void take_small(policy_reading *r, void *place, const char *key, const char *value)
{
    int64_t number;

    if (kith_integer_read(&number, value) && number >= 0 && number <= 1000)
        *(int *)place = (int)number;
    else
        fault_value(r, key, value, "a whole number from 0 to 1000 is expected");
}

typedef void take_value(policy_reading *r, void *place, const char *key, const char *value);

typedef struct key_row {
    const char *name;
    take_value *take;
    size_t audience, duty; /* where it goes; NOWHERE: not in this kind of section */
} key_row;

static const key_row keys[] = {
    { "label", take_label, IN_AUDIENCE(label), IN_DUTY(label) },
    { "withheld", take_withheld, IN_AUDIENCE(acknowledged), NOWHERE },
    { "names", take_names, IN_AUDIENCE(names), NOWHERE },
    { "names_most", take_names, IN_AUDIENCE(names_most), NOWHERE },
    { "does", take_does, NOWHERE, IN_DUTY(does) },
    { "cases", take_cases, NOWHERE, IN_DUTY(cases) },
    { "handling", take_handling, IN_AUDIENCE(limits), IN_DUTY(limits) },
    { "records", take_records, IN_AUDIENCE(limits), IN_DUTY(limits) },
    { "agencies", take_agencies, IN_AUDIENCE(limits), IN_DUTY(limits) },
    { "audiences", take_audiences, NOWHERE, IN_DUTY(audiences) },
    { "small_counts", take_small, IN_AUDIENCE(small), NOWHERE },
};

void policy_take(policy_reading *r, const char *key, const char *value)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const size_t offset = r->audience != NULL ? keys[i].audience : keys[i].duty;
        char *base = r->audience != NULL ? (char *)r->audience : (char *)r->duty;
        if (strcmp(keys[i].name, key) == 0 && offset != NOWHERE) {
            if ((r->given & 1u << i) != 0)
                policy_fault(r, key, "it is given a second time; keep one of the two");
            r->given |= 1u << i;
            keys[i].take(r, base + offset, key, value);
            return;
        }
    }
    char what[120];
    kith_sentence(what, sizeof what, "%.40s is not known here", key);
    policy_fault(r, what, r->audience != NULL ? "label, withheld, names, names_most, handling, records, "
                                         "agencies or small_counts is expected"
                                       : "label, does, cases, handling, records, agencies or audiences "
                                         "is expected");
}
