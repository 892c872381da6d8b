/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_compare.c: comparators, against another tool's values and hand-worked cases.
 *
 * name_comparators.csv holds real misspellings with the values of jellyfish 0.8.9 and
 * python-Levenshtein 0.12.2. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/compare.h"
#include "kith/csv.h"
#include "kith/similar.h"
#include "support.h"

enum { A, B, LEVENSHTEIN, DAMERAU, JARO, JARO_WINKLER, SOUNDEX_A, SOUNDEX_B };

static bool start(void *context, const kith_csv_record *record)
{
    (void)context;
    cr_assert_str_eq(record->fields[SOUNDEX_B], "soundex_b");
    return true;
}

static bool check_row(void *context, const kith_csv_record *record)
{
    const char *const *f = record->fields;
    char soundex[5];

    (*(size_t *)context)++;
    cr_expect(eq(uint, kith_damerau(f[A], f[B]), (unsigned)atoi(f[DAMERAU])), "%s %s", f[A], f[B]);
    cr_expect(eq(uint, kith_damerau(f[B], f[A]), (unsigned)atoi(f[DAMERAU])), "%s %s", f[A], f[B]);
    cr_expect(epsilon_eq(dbl, kith_jaro(f[A], f[B]), atof(f[JARO]), 1e-9), "%s %s", f[A], f[B]);
    cr_expect(epsilon_eq(dbl, kith_jaro_winkler(f[A], f[B]), atof(f[JARO_WINKLER]), 1e-9), "%s %s", f[A], f[B]);
    kith_soundex(soundex, f[A]);
    cr_expect_str_eq(soundex, f[SOUNDEX_A], "%s", f[A]);
    kith_soundex(soundex, f[B]);
    cr_expect_str_eq(soundex, f[SOUNDEX_B], "%s", f[B]);
    return true;
}

static void no_fault(void *context, size_t line, const char *message)
{
    (void)context;
    cr_assert(false, "line %zu: %s", line, message);
}

static size_t check_file(const char *name)
{
    size_t rows = 0;
    bool whole = false;
    kith_error err;
    char *path = need_data(name);
    FILE *in = fopen(path, "rb");
    const kith_csv_handler handler = { &rows, start, check_row, no_fault };

    cr_assert_not_null(in);
    cr_assert_eq(kith_csv_read(&whole, in, &handler, &err), KITH_OK, "%s", err.message);
    cr_assert(whole);
    fclose(in);
    free(path);
    return rows;
}

Test(compare, every_measure_equals_another_tools_on_real_misspellings)
{
    cr_assert(eq(sz, check_file("linkage-febrl/reference/name_comparators.csv"), 254));
    cr_assert(eq(sz, check_file("linkage-fake1000/reference/name_comparators.csv"), 400));
}

/* R. Lowrance and R. A. Wagner (1975): unrestricted, "ca" becomes "abc" in two steps. */
Test(compare, an_exchange_may_have_something_put_in_between)
{
    cr_assert(eq(uint, kith_damerau("ca", "abc"), 2));
    cr_assert(eq(uint, kith_damerau("", "abc"), 3));
    cr_assert(eq(uint, kith_damerau("abc", ""), 3));
    cr_assert(eq(uint, kith_damerau("", ""), 0));
    cr_assert(eq(uint, kith_damerau("kitten", "sitting"), 3));
    cr_assert(eq(uint, kith_damerau("", "Zoë"), 3), "characters, not bytes");
}

Test(compare, a_text_above_the_limit_is_read_up_to_it)
{
    static char longer[1000];

    memset(longer, 'a', sizeof longer - 1);
    cr_assert(eq(uint, kith_damerau(longer, ""), 256));
    cr_assert(eq(uint, kith_damerau(longer, longer), 0));
    cr_assert(eq(uint, kith_damerau(longer, "b"), 256));
}

/* The National Archives, Soundex: the American rules' own examples. */
Test(compare, soundex_follows_the_american_rules)
{
    static const char *const cases[][2] = {
        { "Robert", "R163" }, { "Rupert", "R163" }, { "Ashcraft", "A261" }, { "Tymczak", "T522" },
        { "Pfister", "P236" }, { "Honeyman", "H555" }, { "Lee", "L000" }, { "", "" }, { "7", "" },
    };
    char out[5];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kith_soundex(out, cases[i][0]);
        cr_expect_str_eq(out, cases[i][1], "%s", cases[i][0]);
    }
}

Test(compare, words_have_the_level_that_their_spelling_has)
{
    cr_assert_eq(kith_compare_words("quill", "quill"), KITH_WORD_SAME);
    cr_assert_eq(kith_compare_words("elizabeth", "liz"), KITH_WORD_NICKNAME);
    cr_assert_eq(kith_compare_words("robert", "rob"), KITH_WORD_NICKNAME);
    cr_assert_eq(kith_compare_words("muhammad", "mohammed"), KITH_WORD_NICKNAME);
    cr_assert_eq(kith_compare_words("marlow", "malrow"), KITH_WORD_CLOSE);
    cr_assert_eq(kith_compare_words("webb", "wedd"), KITH_WORD_DIFFERENT);
    cr_assert_eq(kith_compare_words("dwayne", "duane"), KITH_WORD_ALIKE);
    cr_assert_eq(kith_compare_words("mhmd", "mohammed"), KITH_WORD_ALIKE, "Arabic writes no short vowels");
    cr_assert_eq(kith_compare_words("t", "tamsin"), KITH_WORD_INITIAL);
    cr_assert_eq(kith_compare_words("t", "amsin"), KITH_WORD_DIFFERENT);
    cr_assert_eq(kith_compare_words("jo", "zed"), KITH_WORD_DIFFERENT);
}

/* Every pair of names in the reference set, of 254 rows and two names each. */
static char *names[512];
static size_t name_count;

static bool keep_names(void *context, const kith_csv_record *record)
{
    (void)context;
    names[name_count++] = strdup(record->fields[A]);
    names[name_count++] = strdup(record->fields[B]);
    return true;
}

Test(compare, sketches_never_take_words_for_different_that_are_not)
{
    kith_error err;
    bool whole = false;
    size_t told = 0, different = 0;
    char *path = need_data("linkage-febrl/reference/name_comparators.csv");
    FILE *in = fopen(path, "rb");
    const kith_csv_handler handler = { NULL, start, keep_names, no_fault };

    cr_assert_eq(kith_csv_read(&whole, in, &handler, &err), KITH_OK, "%s", err.message);
    for (size_t i = 0; i < name_count; i++)
        for (size_t j = 0; j < name_count; j++) {
            kith_word_sketch a, b;
            kith_word_sketch_make(&a, names[i]);
            kith_word_sketch_make(&b, names[j]);
            const bool differ = kith_word_sketches_differ(&a, &b);
            const bool level_says = kith_compare_words(names[i], names[j]) == KITH_WORD_DIFFERENT;
            cr_expect_not(differ && !level_says, "%s %s", names[i], names[j]);
            told += differ;
            different += level_says;
        }
    cr_expect(gt(sz, told, different * 8 / 10), "%zu of %zu", told, different);
    for (size_t i = 0; i < name_count; i++)
        free(names[i]);
    fclose(in);
    free(path);
}

/* One pair for each way to be alike that leaves the others no trace. */
Test(compare, each_way_to_be_alike_keeps_a_sketch_silent)
{
    static const char *const pairs[][2] = {
        { "rob", "robqwtyuplkjhgfdszxcvnmqwtyux" }, { "vox", "lox" },
        { "dwayne", "duane" },                      { "bcd", "abacadaeiou" }, { "bill", "william" },
    };
    kith_word_sketch a, b;

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        cr_expect_neq(kith_compare_words(pairs[i][0], pairs[i][1]), KITH_WORD_DIFFERENT, "%s", pairs[i][1]);
        kith_word_sketch_make(&a, pairs[i][0]);
        kith_word_sketch_make(&b, pairs[i][1]);
        cr_expect_not(kith_word_sketches_differ(&a, &b), "%s", pairs[i][1]);
    }
}

Test(compare, a_sketch_tells_nothing_of_what_is_not_a_word_of_letters)
{
    static const char *const others[] = { "", "jo", "zo\xC3\xAB", "b2b" };
    kith_word_sketch a, b;

    kith_word_sketch_make(&a, "quillmarsh");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        kith_word_sketch_make(&b, others[i]);
        cr_expect_not(kith_word_sketches_differ(&a, &b), "%s", others[i]);
        cr_expect_not(kith_word_sketches_differ(&b, &a), "%s", others[i]);
    }
    kith_word_sketch_make(&b, "tolleth");
    cr_expect(kith_word_sketches_differ(&a, &b));
}

Test(compare, a_short_form_of_two_names_joins_neither_to_the_other)
{
    cr_assert(kith_nicknames("chris", "christine"));
    cr_assert(kith_nicknames("christopher", "chris"));
    cr_assert_not(kith_nicknames("christopher", "christine"));
    cr_assert_not(kith_nicknames("quill", "quill"));
    cr_assert_not(kith_nicknames("", ""));
}

static kith_date_level dates(const char *a, const char *b)
{
    kith_partial_date left, right;

    cr_assert(kith_partial_date_read(&left, a), "%s", a);
    cr_assert(kith_partial_date_read(&right, b), "%s", b);
    cr_assert_eq(kith_compare_dates(left, right), kith_compare_dates(right, left), "%s %s", a, b);
    return kith_compare_dates(left, right);
}

Test(compare, dates_have_the_level_of_their_likeliest_slip)
{
    cr_assert_eq(dates("2006-10-02", "20061002"), KITH_DATE_SAME);
    cr_assert_eq(dates("2006-10-02", "2006-02-10"), KITH_DATE_SWAPPED);
    cr_assert_eq(dates("2006-10-02", "2006-10-12"), KITH_DATE_ONE_DIGIT);
    cr_assert_eq(dates("2006-10-12", "2006-10-21"), KITH_DATE_ONE_DIGIT);
    cr_assert_eq(dates("2006-10-02", "2006-10-15"), KITH_DATE_TWO_PARTS);
    cr_assert_eq(dates("2006-10-12", "2005-10-14"), KITH_DATE_NEAR);
    cr_assert_eq(dates("2006-10-02", "2006-04-27"), KITH_DATE_YEAR);
    cr_assert_eq(dates("2006-10-02", "1998-04-27"), KITH_DATE_DIFFERENT);
}

Test(compare, a_date_known_in_part_agrees_as_far_as_it_goes)
{
    cr_assert_eq(dates("2006-10", "2006-10-02"), KITH_DATE_MONTH);
    cr_assert_eq(dates("2006", "2006-10-02"), KITH_DATE_YEAR);
    cr_assert_eq(dates("2006", "2007-10-02"), KITH_DATE_DIFFERENT);
    cr_assert_eq(dates("2006-09", "2006-10-02"), KITH_DATE_DIFFERENT);
}

Test(compare, what_is_no_date_is_not_read_as_one)
{
    static const char *const bad[] = { "", "unknown", "06", "2006-", "2006-1", "200610", "2006-10-2",
                                       "2006-10-02T10:00", "0000", "2006/10/02" };
    kith_partial_date out;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_expect_not(kith_partial_date_read(&out, bad[i]), "%s", bad[i]);
}

static kith_postcode_level postcodes(const char *a, const char *b)
{
    kith_postcode left, right;

    cr_assert(kith_postcode_read(&left, a) && kith_postcode_read(&right, b));
    return kith_compare_postcodes(&left, &right);
}

Test(compare, postcodes_agree_wholly_or_by_their_district)
{
    cr_assert_eq(postcodes("ZZ1 2MA", "zz12ma"), KITH_POSTCODE_SAME);
    cr_assert_eq(postcodes("ZZ1 2MA", "ZZ1 7TC"), KITH_POSTCODE_OUTWARD);
    cr_assert_eq(postcodes("ZZ1", "ZZ1 7TC"), KITH_POSTCODE_OUTWARD);
    cr_assert_eq(postcodes("ZZ1", "ZZ1"), KITH_POSTCODE_OUTWARD);
    cr_assert_eq(postcodes("ZZ1 2MA", "ZZ12 2MA"), KITH_POSTCODE_DIFFERENT);
    cr_assert_eq(postcodes("4011", "4011"), KITH_POSTCODE_SAME);
    cr_assert_eq(postcodes("4011", "4012"), KITH_POSTCODE_DIFFERENT);

    kith_postcode out;
    cr_assert_not(kith_postcode_read(&out, " - "));
    cr_assert_not(kith_postcode_read(&out, "no fixed abode"));
}

/* NHS Data Dictionary: 943 476 5919 is its example of a number that passes. */
Test(compare, an_nhs_number_is_held_to_its_check_digit)
{
    cr_assert(kith_nhs_number_valid("943 476 5919"));
    cr_assert(kith_nhs_number_valid("9434765919"));
    cr_assert_not(kith_nhs_number_valid("9434765918"));
    cr_assert_not(kith_nhs_number_valid("943476591"));
    cr_assert_not(kith_nhs_number_valid("94347659190"));
    cr_assert_not(kith_nhs_number_valid(""));
    cr_assert_eq(kith_compare_identifiers("nhs", "9434765919", "9434765919"), KITH_IDENTIFIER_SAME);
    cr_assert_eq(kith_compare_identifiers("nhs", "9434765918", "9434765918"), KITH_IDENTIFIER_CLOSE);
    cr_assert_eq(kith_compare_identifiers("nhs", "9434765919", "9434765918"), KITH_IDENTIFIER_CLOSE);
    cr_assert_eq(kith_compare_identifiers("nhs", "9434765919", "9434765870"), KITH_IDENTIFIER_DIFFERENT,
                 "both pass");
}

Test(compare, other_identifiers_are_compared_as_written)
{
    cr_assert_eq(kith_compare_identifiers("email", "robert255@smith.net", "roberta25@smith.net"), KITH_IDENTIFIER_CLOSE);
    cr_assert_eq(kith_compare_identifiers("mosaic", "ht40001", "ht40002"), KITH_IDENTIFIER_CLOSE);
    cr_assert_eq(kith_compare_identifiers("mosaic", "ht40001", "xx9"), KITH_IDENTIFIER_DIFFERENT);
}

Test(compare, a_neighbour_has_another_address)
{
    cr_assert(epsilon_eq(dbl, kith_address_similarity("3 mussel row", "row mussel 3"), 1, 1e-12));
    cr_assert(epsilon_eq(dbl, kith_address_similarity("3 mussel row", "5 mussel row"), 2.0 / 3, 1e-12));
    cr_assert(epsilon_eq(dbl, kith_address_similarity("3 mussel row", "3 musel row"), 2.9 / 3, 1e-12));
    cr_assert(eq(dbl, kith_address_similarity("", "3 mussel row"), 0));
    cr_assert(eq(dbl, kith_address_similarity("", ""), 0));
}
