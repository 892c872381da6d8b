/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_linkage.c: records that may be one, against sets whose truth is known.
 *
 * The published sets have columns of their own. They are given to the linkage as a hub
 * would hold them: the whole name, the date of birth, the postcode, everything else of the
 * address in one text, numbers and mail addresses as identifiers. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kith/csv.h"
#include "kith/linkage.h"
#include "kith/text.h"
#include "support.h"

enum { PERSONS_MAX = 6000, PAIRS_MAX = 8000, COLUMNS_MAX = 16 };

typedef struct person {
    char *text[6]; /* id, name, born, postcode, address, identifiers */
} person;

typedef struct people {
    person list[PERSONS_MAX];
    size_t count;
    kith_linkage_record records[PERSONS_MAX];
    int part_of[COLUMNS_MAX]; /* of each column: place in text, or -1 */
    bool prefixed[COLUMNS_MAX];
    char *columns[COLUMNS_MAX];
    uint32_t true_pairs[PAIRS_MAX][2];
    size_t true_count;
} people;

static people *set;

static int part_named(const char *column)
{
    static const struct { const char *column; int part; } parts[] = {
        { "person_id", 0 }, { "name", 1 }, { "date_of_birth", 2 }, { "dob", 2 }, { "postcode", 3 },
        { "street_number", 4 }, { "address_1", 4 }, { "address_2", 4 }, { "suburb", 4 }, { "state", 4 },
        { "city", 4 }, { "soc_sec_id", 5 }, { "email", 5 },
    };

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strcmp(parts[i].column, column) == 0)
            return parts[i].part;
    return -1;
}

static bool read_header(void *context, const kith_csv_record *record)
{
    (void)context;
    for (size_t c = 0; c < record->count; c++) {
        set->part_of[c] = part_named(record->fields[c]);
        set->columns[c] = strdup(record->fields[c]);
    }
    return true;
}

static bool read_person(void *context, const kith_csv_record *record)
{
    person *made = &set->list[set->count++];

    (void)context;
    for (int part = 0; part < 6; part++) {
        kith_text text = { 0 };
        for (size_t c = 0; c < record->count; c++) {
            if (set->part_of[c] != part || record->fields[c][0] == '\0')
                continue;
            if (part == 5)
                kith_text_format(&text, "%s=", set->columns[c]);
            else if (text.size > 0)
                kith_text_add_char(&text, ' ');
            kith_text_add(&text, record->fields[c]);
        }
        made->text[part] = strdup(kith_text_string(&text));
        kith_text_free(&text);
    }
    return true;
}

static void fault(void *context, size_t line, const char *message)
{
    (void)context;
    cr_assert(false, "line %zu: %s", line, message);
}

static void read_csv(const char *name, bool (*header)(void *, const kith_csv_record *),
                     bool (*record)(void *, const kith_csv_record *))
{
    bool whole = false;
    kith_error err;
    char *path = need_data(name);
    FILE *in = fopen(path, "rb");
    const kith_csv_handler handler = { NULL, header, record, fault };

    cr_assert_not_null(in);
    cr_assert_eq(kith_csv_read(&whole, in, &handler, &err), KITH_OK);
    cr_assert(whole);
    fclose(in);
    free(path);
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const person *)a)->text[0], ((const person *)b)->text[0]);
}

static uint32_t person_called(const char *id)
{
    const person key = { .text = { (char *)id } };
    const person *found = bsearch(&key, set->list, set->count, sizeof key, by_id);

    cr_assert_not_null(found, "%s", id);
    return (uint32_t)(found - set->list);
}

static bool ignore_header(void *context, const kith_csv_record *record)
{
    (void)context;
    return record->count == 2;
}

static bool read_pair(void *context, const kith_csv_record *record)
{
    const uint32_t a = person_called(record->fields[0]), b = person_called(record->fields[1]);

    (void)context;
    set->true_pairs[set->true_count][0] = a < b ? a : b;
    set->true_pairs[set->true_count++][1] = a < b ? b : a;
    return true;
}

static int by_ends(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;

    if (left[0] != right[0])
        return left[0] < right[0] ? -1 : 1;
    return (left[1] > right[1]) - (left[1] < right[1]);
}

static bool is_true(const kith_linkage_pair *pair)
{
    const uint32_t key[2] = { pair->left, pair->right };

    return bsearch(key, set->true_pairs, set->true_count, sizeof key, by_ends) != NULL;
}

static void load_set(const char *folder)
{
    char name[128];

    set = calloc(1, sizeof *set);
    cr_assert_not_null(set);
    snprintf(name, sizeof name, "%s/persons.csv", folder);
    read_csv(name, read_header, read_person);
    qsort(set->list, set->count, sizeof set->list[0], by_id);
    snprintf(name, sizeof name, "%s/truth/pairs.csv", folder);
    read_csv(name, ignore_header, read_pair);
    qsort(set->true_pairs, set->true_count, sizeof set->true_pairs[0], by_ends);
    for (size_t i = 0; i < set->count; i++) {
        char **t = set->list[i].text;
        set->records[i] = (kith_linkage_record){
            .id = t[0], .name = t[1], .aliases = "", .born = t[2], .sex = "", .school = "",
            .postcode = t[3], .address = t[4], .identifiers = t[5], .lat = NAN, .lon = NAN,
        };
    }
}

static void drop_set(void)
{
    for (size_t i = 0; i < set->count; i++)
        for (int part = 0; part < 6; part++)
            free(set->list[i].text[part]);
    for (size_t c = 0; c < COLUMNS_MAX; c++)
        free(set->columns[c]);
    free(set);
}

static double f1(size_t right, size_t said)
{
    return 2.0 * (double)right / (double)(said + set->true_count);
}

typedef struct quality {
    double at_default, best, best_at;
    double precision, recall; /* at 0.9 */
    double expected;          /* pairs by the model, over true pairs */
    double reach;             /* share of true pairs that are candidates */
    size_t said[10], right[10]; /* by tenths of probability */
    double squares;             /* sum of squared errors of the probabilities */
} quality;

static quality quality_of(const kith_linkage *linkage)
{
    quality made = { 0 };
    size_t right = 0;

    for (size_t i = 0; i < linkage->pair_count; i++) {
        const kith_linkage_pair *pair = &linkage->pairs[i];
        const int tenth = pair->probability >= 1 ? 9 : (int)(pair->probability * 10);
        const bool hit = is_true(pair);
        right += hit;
        made.said[tenth]++;
        made.squares += (hit - pair->probability) * (hit - pair->probability);
        made.right[tenth] += hit;
        if (f1(right, i + 1) > made.best) {
            made.best = f1(right, i + 1);
            made.best_at = pair->probability;
        }
        if (pair->probability >= 0.9) {
            made.at_default = f1(right, i + 1);
            made.precision = (double)right / (double)(i + 1);
            made.recall = (double)right / (double)set->true_count;
        }
    }
    made.reach = (double)right / (double)set->true_count;
    return made;
}

static quality measure(const char *folder)
{
    kith_linkage linkage;
    kith_error err;
    struct timespec from, to;

    load_set(folder);
    clock_gettime(CLOCK_MONOTONIC, &from);
    cr_assert_eq(kith_linkage_build(&linkage, set->records, set->count, KITH_PERSON, 0, &err), KITH_OK);
    clock_gettime(CLOCK_MONOTONIC, &to);
    quality made = quality_of(&linkage);
    made.expected = linkage.expected / (double)set->true_count;
    cr_log_info("%s: %zu records, %zu true pairs, %zu candidates (%.4f of the true), %.0f expected: at 0.9 "
                "F1 %.4f (precision %.4f, recall %.4f); best %.4f at %.4f; squared errors %.2f; %.2f s", folder, set->count,
                set->true_count, linkage.candidates, made.reach, linkage.expected, made.at_default,
                made.precision, made.recall, made.best, made.best_at, made.squares,
                (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec));
    for (int i = 0; i < 10; i++)
        cr_log_info("  %.1f to %.1f: %zu pairs, %zu true", 0.1 * i, 0.1 * (i + 1), made.said[i], made.right[i]);
    kith_linkage_free(&linkage);
    drop_set();
    return made;
}

/* The targets were set before the linkage was written; the settings are the same for all. */
static void expect_quality(const char *folder, double least_f1, double most_squares)
{
    const quality made = measure(folder);

    cr_expect(ge(dbl, made.at_default, least_f1));
    cr_expect(ge(dbl, made.reach, 0.97), "true pairs among the candidates");
    cr_expect(ge(dbl, made.precision, 0.99));
    cr_expect(lt(dbl, made.squares, most_squares), "probabilities are what they say");
    cr_expect(epsilon_eq(dbl, made.expected, 1, 0.05), "the model knows how many pairs there are");
}

Test(linkage, febrl_1_is_linked_at_the_default_threshold)
{
    expect_quality("linkage-febrl/dataset1", 0.97, 1);
}

Test(linkage, febrl_3_is_linked_at_the_default_threshold)
{
    expect_quality("linkage-febrl/dataset3", 0.95, 8);
}

Test(linkage, fake_1000_is_linked_at_the_default_threshold)
{
    expect_quality("linkage-fake1000", 0.85, 97); /* 97.2 with all misspelt names alike rare */
}

static kith_linkage_record record(const char *id, const char *name, const char *born,
                                  const char *postcode, const char *address)
{
    return (kith_linkage_record){ .id = id, .name = name, .aliases = "", .born = born, .sex = "",
                                  .school = "", .postcode = postcode, .address = address,
                                  .identifiers = "", .lat = NAN, .lon = NAN };
}

static kith_linkage build(const kith_linkage_record *records, size_t count, kith_kind kind)
{
    kith_linkage linkage;
    kith_error err;

    cr_assert_eq(kith_linkage_build(&linkage, records, count, kind, 0, &err), KITH_OK);
    return linkage;
}

Test(linkage, nobody_and_one_record_make_no_pair)
{
    const kith_linkage_record one = record("A", "Tamsin Quillmarsh", "2006-10-02", "", "");
    kith_linkage linkage = build(NULL, 0, KITH_PERSON);

    cr_assert(eq(sz, linkage.pair_count, 0));
    kith_linkage_free(&linkage);
    linkage = build(&one, 1, KITH_PERSON);
    cr_assert(eq(sz, linkage.pair_count, 0));
    kith_linkage_free(&linkage);
}

Test(linkage, records_that_say_nothing_are_no_pair)
{
    const kith_linkage_record two[] = { record("A", "", "", "", ""), record("B", "--", "unknown", "-", "") };
    kith_linkage linkage = build(two, 2, KITH_PERSON);
    kith_linkage_term terms[KITH_LINKAGE_TERMS];
    size_t count;

    cr_assert(eq(sz, linkage.candidates, 0));
    cr_assert(lt(dbl, kith_linkage_explain(terms, &count, &linkage, 0, 1), 0.5));
    cr_assert(eq(sz, count, 1), "the prior only");
    kith_linkage_free(&linkage);
}

static size_t candidates_of(kith_linkage_record a, kith_linkage_record b, kith_kind kind)
{
    const kith_linkage_record two[] = { a, b };
    kith_linkage linkage = build(two, 2, kind);
    const size_t count = linkage.candidates;

    kith_linkage_free(&linkage);
    return count;
}

static kith_linkage_record numbered(const char *id, const char *identifiers)
{
    kith_linkage_record made = record(id, "", "", "", "");

    made.identifiers = identifiers;
    return made;
}

/* Each pair shares one key and nothing else; the last two of each kind share none. */
Test(linkage, one_shared_key_is_enough_to_be_compared)
{
    static const struct { const char *a, *b; size_t expected; } names[] = {
        { "Tamsin Quillmarsh", "Tamzin Quilmarsh", 1 }, { "Tamsin Quillmarsh", "Quillmarsh Tamsin", 1 },
        { "Quillmarsh", "Jory Quilmarsh", 1 },          { "Tamsin Quillmarsh", "Oswin Tolleth", 0 },
    };
    static const struct { const char *a, *b; size_t expected; } dates[] = {
        { "2006-10-02", "2006-02-10", 1 }, { "2006-10-02", "2006-10-19", 1 }, { "2006-10-02", "2006-10", 1 },
        { "2006-10-02", "2006-11-02", 1 }, { "2006-10-02", "2009-10-02", 1 }, { "2006-10-02", "2007-11-03", 0 },
    };
    static const struct { const char *a, *b; size_t expected; } numbers[] = {
        { "nhs=943 476 5919", "NHS=9434765919", 1 }, { "mosaic=HT400019", "mosaic=HT400777", 1 },
        { "mosaic=HT400019", "mosaic=ZZ900019", 1 }, { "mosaic=HT400019", "mosaic=ZZ911111", 0 },
        { "mosaic=HT400019", "nhs=HT400019", 0 },
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        cr_expect(eq(sz, candidates_of(record("A", names[i].a, "", "", ""), record("B", names[i].b, "", "", ""),
                                       KITH_PERSON), names[i].expected), "%s", names[i].b);
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        cr_expect(eq(sz, candidates_of(record("A", "", dates[i].a, "", ""), record("B", "", dates[i].b, "", ""),
                                       KITH_PERSON), dates[i].expected), "%s", dates[i].b);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        cr_expect(eq(sz, candidates_of(numbered("A", numbers[i].a), numbered("B", numbers[i].b), KITH_PERSON),
                     numbers[i].expected), "%s", numbers[i].b);
    cr_expect(eq(sz, candidates_of(record("A", "", "", "zz1 2ma", ""), record("B", "", "", "ZZ12MA", ""),
                                   KITH_PERSON), 1));
    cr_expect(eq(sz, candidates_of(record("A", "", "", "", "3 Mussel Row"), record("B", "", "", "", "3, MUSSEL ROW"),
                                   KITH_PERSON), 1));
}

/* A thousand people born on one day, of whom every tenth has the same name: all pairs would
 * be 499 500. */
Test(linkage, no_key_is_large_enough_to_compare_all_pairs)
{
    enum { MANY = 1000 };
    static char ids[MANY][8], names[MANY][32];
    static kith_linkage_record hub[MANY];

    for (int i = 0; i < MANY; i++) {
        snprintf(ids[i], sizeof ids[i], "P%03d", i % 1000);
        snprintf(names[i], sizeof names[i], "%c%c%c%cin %c%c%car", 'A' + i % 26, 'a' + i / 26 % 26, 'b' + i * 7 % 23,
                 'a' + i * 11 % 24, 'A' + i * 3 % 26, 'a' + i / 10 % 26, 'b' + i * 5 % 24);
        hub[i] = record(ids[i], i % 10 == 0 ? "Tamsin Quillmarsh" : names[i], "2006-10-02", "", "");
    }
    kith_linkage linkage = build(hub, MANY, KITH_PERSON);
    cr_expect(lt(sz, linkage.candidates, 60000), "%zu", linkage.candidates);
    cr_expect(gt(sz, linkage.blocks_left_out, 0), "a hundred of one name and one birth cannot be divided");
    cr_expect(ge(sz, linkage.largest_left_out, 100));
    kith_linkage_free(&linkage);
}

Test(linkage, equal_pairs_stand_in_the_order_of_their_records)
{
    kith_linkage_record hub[5];

    for (int i = 0; i < 5; i++)
        hub[i] = record("P", i < 4 ? "Tamsin Quillmarsh" : "Oswin Tolleth", "2006-10-02", "", "");
    kith_linkage linkage = build(hub, 5, KITH_PERSON);
    cr_assert(ge(sz, linkage.pair_count, 6));
    for (uint32_t left = 0, at = 0; left < 4; left++)
        for (uint32_t right = left + 1; right < 4; right++, at++)
            cr_expect(linkage.pairs[at].left == left && linkage.pairs[at].right == right, "pair %u", at);
    kith_linkage_free(&linkage);
}

/* The level that a field has between two records; "" when it says nothing. */
static const char *level_of(const char *field, kith_linkage_record a, kith_linkage_record b, double *bits)
{
    const kith_linkage_record two[] = { a, b };
    kith_linkage linkage = build(two, 2, KITH_PERSON);
    kith_linkage_term terms[KITH_LINKAGE_TERMS];
    const char *level = "";
    size_t count;

    kith_linkage_explain(terms, &count, &linkage, 0, 1);
    for (size_t i = 0; i < count; i++)
        if (strcmp(terms[i].name, field) == 0) {
            level = terms[i].level;
            *bits = terms[i].bits;
        }
    kith_linkage_free(&linkage);
    return level;
}

/* NHS Data Dictionary: 943 476 5919 passes its check. */
Test(linkage, a_number_is_the_same_only_when_it_passes_its_check)
{
    double bits;

    cr_expect_str_eq(level_of("identifier", numbered("A", "nhs=943 476 5919"), numbered("B", "nhs=9434765919"), &bits), "same");
    cr_expect_str_eq(level_of("identifier", numbered("A", "nhs=9434765918"), numbered("B", "nhs=9434765918"), &bits), "close");
    cr_expect_str_eq(level_of("identifier", numbered("A", "nhs=9434765919"), numbered("B", "nhs=9434765870"), &bits), "different");
    cr_expect_str_eq(level_of("identifier", numbered("A", "nhs=9434765919"), numbered("B", "nhs=9434765910"), &bits), "close");
    cr_expect_str_eq(level_of("identifier", numbered("A", "mosaic=HT40001"), numbered("B", "mosaic=ht 40001"), &bits), "same");
    cr_expect_str_eq(level_of("identifier", numbered("A", "nhs=9434765919"), numbered("B", "mosaic=9434765919"), &bits), "",
                     "numbers of two kinds say nothing");
}

Test(linkage, school_and_sex_speak_for_and_against)
{
    kith_linkage_record a = record("A", "Tamsin Quillmarsh", "", "", ""), b = a;
    double same = 0, other = 0;

    b.id = "B";
    cr_expect_str_eq(level_of("school", a, b, &same), "", "not known");
    a.school = b.school = "S1";
    a.sex = b.sex = "F";
    cr_expect_str_eq(level_of("school", a, b, &same), "same");
    b.school = "S2";
    cr_expect_str_eq(level_of("school", a, b, &other), "different");
    cr_expect(gt(dbl, same, 0));
    cr_expect(lt(dbl, other, 0));
    cr_expect_str_eq(level_of("sex", a, b, &same), "same");
    b.sex = "M";
    cr_expect_str_eq(level_of("sex", a, b, &other), "different");
    cr_expect(lt(dbl, other, same));
}

/* A small hub: the usual values stand behind what it cannot tell. */
static const kith_linkage_record *small_hub(size_t *count)
{
    static kith_linkage_record hub[12];
    size_t n = 0;

    hub[n++] = record("A", "Tamsin Quillmarsh", "2006-10-02", "ZZ1 2MA", "3 Mussel Row");
    hub[n++] = record("B", "Quilmarsh, Tam", "2006-02-10", "ZZ1 2MA", "3 Mussel Row");
    hub[n++] = record("C", "Jory Quillmarsh", "2009-05-21", "ZZ1 2MA", "3 Mussel Row");
    hub[n++] = record("D", "Mariya Petrova", "2007-03-14", "ZZ1 7TC", "9 Teasel Close");
    hub[n++] = record("E", "\xD0\x9C\xD0\xB0\xD1\x80\xD0\xB8\xD1\x8F \xD0\x9F\xD0\xB5\xD1\x82\xD1\x80\xD0\xBE\xD0\xB2\xD0\xB0",
                      "2007-03-14", "", "");
    hub[n++] = record("F", "Bartholomew Drystone", "2005-01-30", "ZZ2 1AA", "1 Kiln Lane");
    hub[n++] = record("G", "Wren Saltmarsh", "2004-08-08", "ZZ3 4BB", "27 Ebb Street");
    hub[n++] = record("H", "Oswin Tolleth", "2008-12-19", "ZZ4 5CC", "14 Carder Way");
    hub[n++] = record("I", "Isla Marrack", "2006-06-25", "ZZ5 6DD", "8 Hemp Yard");
    hub[n++] = record("J", "Perran Lockyer", "2003-11-11", "ZZ6 7EE", "2 Withy Court");
    hub[n++] = record("K", "Demelza Varco", "2007-07-03", "ZZ7 8FF", "31 Sorrel Rise");
    hub[n++] = record("L", "Cador Penrose", "2005-04-17", "ZZ8 9GG", "6 Slate Terrace");
    *count = n;
    return hub;
}

static double between(const kith_linkage *linkage, uint32_t a, uint32_t b)
{
    kith_linkage_term terms[KITH_LINKAGE_TERMS];
    size_t count;

    return kith_linkage_explain(terms, &count, linkage, a, b);
}

Test(linkage, a_small_hub_finds_its_duplicates_and_leaves_brothers_and_sisters)
{
    size_t count;
    const kith_linkage_record *hub = small_hub(&count);
    kith_linkage linkage = build(hub, count, KITH_PERSON);

    cr_expect(gt(dbl, between(&linkage, 0, 1), 0.9), "order, short form, spelling, day and month");
    cr_expect(gt(dbl, between(&linkage, 3, 4), 0.9), "two scripts");
    cr_expect(le(dbl, between(&linkage, 0, 2), 0.5), "one household");
    cr_expect(lt(dbl, between(&linkage, 5, 6), 0.01));
    kith_linkage_free(&linkage);
}

Test(linkage, what_speaks_for_and_against_adds_up)
{
    size_t count, terms_count;
    const kith_linkage_record *hub = small_hub(&count);
    kith_linkage linkage = build(hub, count, KITH_PERSON);
    kith_linkage_term terms[KITH_LINKAGE_TERMS];

    for (uint32_t a = 0; a < count; a++)
        for (uint32_t b = a + 1; b < count; b++) {
            const double p = kith_linkage_explain(terms, &terms_count, &linkage, a, b);
            double sum = 0;
            for (size_t i = 0; i < terms_count; i++)
                sum += terms[i].bits;
            cr_expect(epsilon_eq(dbl, 1 / (1 + pow(2, -sum)), p, 1e-12));
            cr_expect(epsilon_eq(dbl, kith_linkage_explain(terms, &terms_count, &linkage, b, a), p, 1e-12),
                      "%u %u the other way round", a, b);
        }
    kith_linkage_free(&linkage);
}

Test(linkage, the_same_records_give_the_same_list_bit_by_bit)
{
    size_t count;
    const kith_linkage_record *hub = small_hub(&count);
    kith_linkage first = build(hub, count, KITH_PERSON), again = build(hub, count, KITH_PERSON);

    cr_assert(eq(sz, first.pair_count, again.pair_count));
    for (size_t i = 0; i < first.pair_count; i++) {
        cr_assert(first.pairs[i].left == again.pairs[i].left && first.pairs[i].right == again.pairs[i].right);
        cr_assert(first.pairs[i].probability == again.pairs[i].probability);
        cr_assert(lt(u32, first.pairs[i].left, first.pairs[i].right));
    }
    kith_linkage_free(&first);
    kith_linkage_free(&again);
}

Test(linkage, an_alias_counts_as_a_name)
{
    size_t count;
    kith_linkage_record hub[12];

    memcpy(hub, small_hub(&count), sizeof hub);
    hub[6] = record("G", "Demelza Rowse", "2007-07-03", "", "");
    kith_linkage linkage = build(hub, count, KITH_PERSON);
    const double without = between(&linkage, 6, 10);
    kith_linkage_free(&linkage);
    hub[6].aliases = "Dizzy;Demelza Varco";
    linkage = build(hub, count, KITH_PERSON);
    cr_expect(gt(dbl, between(&linkage, 6, 10), without));
    kith_linkage_free(&linkage);
}

Test(linkage, a_hub_of_four_is_judged_by_the_usual_values)
{
    const kith_linkage_record hub[] = { record("A", "Ann O'Brien", "2006-10-02", "ZZ1 1AA", ""),
                                        record("B", "OBrien, Anne", "2006-02-10", "ZZ1 1AA", ""),
                                        record("C", "Wren Saltmarsh", "2004-08-08", "ZZ3 4BB", ""),
                                        record("D", "Oswin Tolleth", "2008-12-19", "", "") };
    kith_linkage linkage = build(hub, 4, KITH_PERSON);

    cr_expect(gt(dbl, between(&linkage, 0, 1), 0.9));
    cr_expect(lt(dbl, between(&linkage, 0, 2), 0.1));
    cr_expect(lt(dbl, between(&linkage, 2, 3), 0.1));
    kith_linkage_free(&linkage);
}

/* Forty homes with three children each; in the last two one of them is recorded again. */
Test(linkage, brothers_and_sisters_are_not_taken_for_duplicates_however_many)
{
    enum { HOMES = 40, CHILDREN = 3, RECORDS = HOMES * CHILDREN + 2 };
    static char ids[RECORDS][8], names[RECORDS][32], born[RECORDS][16], address[RECORDS][32];
    kith_linkage_record hub[RECORDS];

    for (int i = 0; i < RECORDS; i++) {
        const int child = i < HOMES * CHILDREN ? i : HOMES * CHILDREN - 1 - CHILDREN * (i - HOMES * CHILDREN);
        const int home = child / CHILDREN;
        snprintf(ids[i], sizeof ids[i], "P%03d", i % 1000);
        snprintf(names[i], sizeof names[i], "%c%co%cin %c%cor%can", 'A' + child * 7 % 26, 'a' + child * 5 % 21,
                 'b' + child * 11 % 24, 'A' + home * 3 % 26, 'a' + home * 5 % 23, 'b' + home * 7 % 22);
        snprintf(born[i], sizeof born[i], "%04d-%02d-%02d", 2004 + child * 7 % 15, 1 + child * 5 % 12, 1 + child * 11 % 28);
        snprintf(address[i], sizeof address[i], "%d %c%crow Lane", 1 + home, 'A' + home * 9 % 26, 'a' + home % 26);
        hub[i] = record(ids[i], names[i], born[i], "", address[i]);
    }
    kith_linkage linkage = build(hub, RECORDS, KITH_PERSON);
    for (uint32_t h = 0; h < HOMES; h++)
        cr_expect(lt(dbl, between(&linkage, h * CHILDREN, h * CHILDREN + 1), 0.5), "home %u", h);
    cr_expect(gt(dbl, between(&linkage, HOMES * CHILDREN - 1, RECORDS - 2), 0.9));
    cr_expect(gt(dbl, between(&linkage, HOMES * CHILDREN - 1 - CHILDREN, RECORDS - 1), 0.9));
    cr_expect(lt(dbl, linkage.expected, 8), "two are true");
    kith_linkage_free(&linkage);
}

/* A family name that half the hub has says less than one that two records have. */
Test(linkage, a_rare_name_says_more_than_a_common_one)
{
    static char ids[40][16], names[40][24];
    kith_linkage_record hub[40];
    kith_linkage_term rare[KITH_LINKAGE_TERMS], common[KITH_LINKAGE_TERMS];
    size_t rare_count, common_count;

    for (int i = 0; i < 40; i++) {
        snprintf(ids[i], sizeof ids[i], "P%02d", i);
        snprintf(names[i], sizeof names[i], "%c%cvar %s", 'A' + i % 20, 'a' + i / 2,
                 i < 2 ? "Quillmarsh" : i < 20 ? "Smith" : i % 2 ? "Tolleth" : "Drystone");
        hub[i] = record(ids[i], names[i], "", "", "");
    }
    kith_linkage linkage = build(hub, 40, KITH_PERSON);
    kith_linkage_explain(rare, &rare_count, &linkage, 0, 1);
    kith_linkage_explain(common, &common_count, &linkage, 2, 3);
    cr_assert(eq(sz, rare_count, common_count));
    cr_expect_str_eq(rare[2].name, "family name");
    cr_expect(gt(dbl, rare[2].rarity, common[2].rarity + 2), "a ninth of the records: over 3 bits");
    kith_linkage_free(&linkage);
}

/* Of two misspelt family names the one that is a common name written wrong says less. */
Test(linkage, a_common_name_written_wrong_says_less_than_a_rare_one)
{
    static char ids[40][16], names[40][24];
    kith_linkage_record hub[40];
    kith_linkage_term rare[KITH_LINKAGE_TERMS], common[KITH_LINKAGE_TERMS];
    size_t rare_count, common_count;

    for (int i = 0; i < 40; i++) {
        snprintf(ids[i], sizeof ids[i], "P%02d", i);
        snprintf(names[i], sizeof names[i], "%c%cvar %s", 'A' + i % 20, 'a' + i / 2,
                 i == 0   ? "Quillmarsh"
                 : i == 1 ? "Quilmarsh"
                 : i == 2 ? "Drystne"
                 : i < 22 ? "Drystone"
                          : "Tolleth");
        hub[i] = record(ids[i], names[i], "", "", "");
    }
    kith_linkage linkage = build(hub, 40, KITH_PERSON);
    kith_linkage_explain(rare, &rare_count, &linkage, 0, 1);
    kith_linkage_explain(common, &common_count, &linkage, 2, 3);
    cr_assert(eq(sz, rare_count, common_count));
    cr_expect_str_eq(rare[2].name, "family name");
    cr_expect_str_eq(rare[2].level, "close");
    cr_expect_str_eq(common[2].level, "close");
    cr_expect(gt(dbl, rare[2].rarity, common[2].rarity + 2), "half of the records: over 3 bits");
    kith_linkage_free(&linkage);
}

/* A limit leaves out homes that cannot decide: the list is the whole one, cut. */
Test(linkage, a_higher_threshold_gives_the_beginning_of_the_same_list)
{
    static const double limits[] = { 1e-6, 0.01, 0.5, 0.9, 0.999, 1 };
    kith_error err;

    load_set("linkage-febrl/dataset1");
    kith_linkage all = build(set->records, set->count, KITH_PERSON);
    for (size_t l = 0; l < sizeof limits / sizeof limits[0]; l++) {
        kith_linkage some;
        size_t expected = 0;
        cr_assert_eq(kith_linkage_build(&some, set->records, set->count, KITH_PERSON, limits[l], &err), KITH_OK);
        while (expected < all.pair_count && all.pairs[expected].probability >= limits[l])
            expected++;
        cr_assert(eq(sz, some.pair_count, expected), "%g", limits[l]);
        cr_assert(eq(sz, some.candidates, all.candidates));
        for (size_t i = 0; i < expected; i++)
            cr_assert(some.pairs[i].left == all.pairs[i].left && some.pairs[i].right == all.pairs[i].right &&
                      some.pairs[i].probability == all.pairs[i].probability);
        kith_linkage_free(&some);
    }
    kith_linkage_free(&all);
    drop_set();
}

Test(linkage, places_are_linked_by_name_postcode_and_distance)
{
    kith_linkage_record hub[8];
    static const char *const names[] = { "Wrackline Park", "Wrackline Park (north gate)", "Golden Batter",
                                         "Harbour Road School", "Kiln Lane Garage", "Ebb Street Arcade",
                                         "Golden Batter", "Carder Way Surgery" };
    static const double lat[] = { 53.0512, 53.0513, 53.0518, 53.06, 53.07, 53.08, 53.2, 53.09 };

    for (int i = 0; i < 8; i++) {
        hub[i] = record("L", names[i], "", "", "");
        hub[i].lat = lat[i];
        hub[i].lon = 0.6478;
    }
    kith_linkage linkage = build(hub, 8, KITH_LOCATION);
    cr_expect(gt(dbl, between(&linkage, 0, 1), 0.5));
    cr_expect(lt(dbl, between(&linkage, 0, 2), 0.1), "beside it, by another name");
    cr_expect(lt(dbl, between(&linkage, 2, 6), between(&linkage, 0, 1)), "a shop of that name 16 km away");
    const double far = between(&linkage, 2, 6);
    kith_linkage_free(&linkage);
    hub[2].lat = NAN; /* without a point the postcode speaks */
    hub[2].postcode = hub[6].postcode = "ZZ1 2MA";
    linkage = build(hub, 8, KITH_LOCATION);
    const double same_code = between(&linkage, 2, 6);
    cr_expect(gt(dbl, same_code, far));
    kith_linkage_free(&linkage);
    hub[6].postcode = "ZZ9 9ZZ";
    linkage = build(hub, 8, KITH_LOCATION);
    cr_expect(lt(dbl, between(&linkage, 2, 6), same_code));
    kith_linkage_free(&linkage);
}
