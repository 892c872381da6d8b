/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_similar.c: names compared, against published and independent values. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "kith/similar.h"

/* W. E. Winkler, The state of record linkage and current research problems (1999), table of
 * comparator values, rounded there to three digits. */
Test(similar, jaro_winkler_gives_the_published_values)
{
    static const struct { const char *a, *b; double expected; } cases[] = {
        { "MARTHA", "MARHTA", 0.961 }, { "DWAYNE", "DUANE", 0.840 }, { "DIXON", "DICKSONX", 0.813 },
        { "SHACKLEFORD", "SHACKELFORD", 0.982 }, { "NICHLESON", "NICHULSON", 0.956 },
        { "JONES", "JOHNSON", 0.832 }, { "", "", 1 }, { "A", "", 0 }, { "AB", "CD", 0 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_assert(epsilon_eq(dbl, kith_jaro_winkler(cases[i].a, cases[i].b), cases[i].expected, 5e-4),
                  "%s %s", cases[i].a, cases[i].b);
        cr_assert(epsilon_eq(dbl, kith_jaro_winkler(cases[i].b, cases[i].a), cases[i].expected, 5e-4));
    }
}

static bool folds_to(const char *name, const char *expected)
{
    kith_text text = { 0 };

    kith_text_add_folded(&text, name);
    const bool same = strcmp(kith_text_string(&text), expected) == 0;
    kith_text_free(&text);
    return same;
}

Test(similar, folding_takes_accents_case_and_marks_away)
{
    cr_assert(folds_to("  Zoë  O'Brien-Łaski ", "zoe obrien laski"));
    cr_assert(folds_to("Müller ß Æ", "muller ss ae"));
    cr_assert(folds_to("e\xCC\x81tude", "etude"), "a combining accent");
    cr_assert(folds_to("Мария", "maria"), "other scripts are written in Latin letters");
    cr_assert(folds_to("Νίκος", "nikos"));
    cr_assert(folds_to("\xF0\x9F\x98\x80 Ann", "\xF0\x9F\x98\x80 ann"), "what has no Latin form stays");
    cr_assert(folds_to("", ""));
    cr_assert(folds_to("--", ""));
}

Test(similar, a_name_of_ten_thousand_characters_is_survived)
{
    static char name[10001];

    memset(name, 'a', sizeof name - 1);
    cr_assert(gt(dbl, kith_jaro_winkler(name, "aaaa"), 0));
    cr_assert(le(dbl, kith_jaro_winkler(name, "b a"), 1));
}
