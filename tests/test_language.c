/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms are those that the guides name: lifestyle choice and risk (R67), involved in
 * (YJLC), recruited and keeps going missing (Cardiff), associate of and gang (Language
 * Matters). */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/language.h"
#include "support.h"

static kith_terms *terms;
static kith_error err;

static void read_own(void)
{
    cr_assert(eq(int, kith_terms_read(&terms, NULL, &err), KITH_OK), "%s", err.message);
}

static void free_terms(void)
{
    kith_terms_free(terms);
}

TestSuite(language, .init = read_own, .fini = free_terms);

/* The wordings of a text, each in (round) or, when quoted, [square] brackets. */
static const char *flagged(const char *text)
{
    static char out[512];
    kith_wording w = { .text = text };
    size_t size = 0;

    out[0] = '\0';
    while (kith_wording_next(&w, terms))
        size += (size_t)snprintf(out + size, sizeof out - size, w.quoted ? "[%.*s]" : "(%.*s)",
                                 (int)w.size, text + w.start);
    return out;
}

Test(language, words_that_blame_a_child_are_flagged)
{
    static const char *const cases[][2] = {
        { "Described as a Lifestyle Choice.", "(Lifestyle Choice)" },
        { "She has chosen this lifestyle", "(chosen this lifestyle)" },
        { "She is putting herself at risk again", "(putting herself at risk)" },
        { "puts himself in very real danger", "(puts himself in very real danger)" },
        { "puts herself in the way of what may be danger", "" },
        { "puts himself in grave danger", "(puts himself in grave danger)" },
        { "Involved in CSE since May", "(Involved in CSE)" },
        { "was involved in child sexual exploitation", "(involved in child sexual exploitation)" },
        { "keeps going missing; was recruited", "(keeps going missing)(recruited)" },
        { "an associate of the alleged perpetrator", "(associate of the alleged perpetrator)" },
        { "associates with known offenders", "(associates with known offenders)" },
        { "her older boyfriend", "(older boyfriend)" },
        { "gang-affiliated", "(gang-affiliated)" },
        { "the gang's car", "(gang)" },
        { "gang\xE2\x80\x99s car", "(gang)" },
        { "hard to\n  reach", "(hard to\n  reach)" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect(eq(str, (char *)flagged(cases[i][0]), (char *)cases[i][1]), "%s", cases[i][0]);
}

Test(language, words_that_only_look_alike_are_left_alone)
{
    static const char *const cases[] = {
        "",
        "'",
        "gangway, Gangotri, organgang",
        "lifestyle. Choice",
        "missing twice in May; found at the park",
        "The place is dangerous to children",
        "exploited by (alleged)",
        "\xE2\x80",
        "\xE2",
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect(eq(str, (char *)flagged(cases[i]), ""), "%s", cases[i]);
}

Test(language, what_somebody_said_is_told_apart)
{
    static const char *const cases[][2] = {
        { "He said \"they are my gang\" of the gang", "[gang](gang)" },
        { "\xE2\x80\x9Cmy gang\xE2\x80\x9D and a gang", "[gang](gang)" },
        { "5\" blade, gang", "(gang)" }, /* a mark that is never closed opens nothing */
        { "\xE2\x80\x9C gang \"gang\" gang", "(gang)[gang](gang)" },
        { "\"\" gang \"gang\"", "(gang)[gang]" },
        { "\xE2\x80\x9D gang", "(gang)" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect(eq(str, (char *)flagged(cases[i][0]), (char *)cases[i][1]), "%s", cases[i][0]);
}

Test(language, the_longest_term_of_a_place_says_what_to_write)
{
    kith_wording w = { .text = "a gang member" };

    cr_assert(kith_wording_next(&w, terms));
    cr_expect(eq(sz, w.size, strlen("gang member")));
    cr_expect(not(zero(ptr, strstr(w.instead, "a child in a peer group"))), "%s", w.instead);
    cr_expect(eq(str, (char *)w.source, "Language Matters"));
}

/* What Kith itself says to people: its papers, and every text in its programs. Quotation marks
 * are the C language's own in a program, so there they excuse nothing. */
static void expect_clean(const char *folder, const char *ending)
{
    char path[1024];
    static char text[1 << 21];
    struct dirent *entry;
    DIR *files = opendir(folder);

    cr_assert(not(zero(ptr, files)), "%s", folder);
    while ((entry = readdir(files)) != NULL) {
        const size_t size = strlen(entry->d_name), tail = strlen(ending);
        if (size <= tail || strcmp(entry->d_name + size - tail, ending) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *in = fopen(path, "r");
        cr_assert(not(zero(ptr, in)), "%s", path);
        text[fread(text, 1, sizeof text - 1, in)] = '\0';
        fclose(in);
        for (kith_wording w = { .text = text }; kith_wording_next(&w, terms);)
            cr_expect(w.quoted && strcmp(ending, ".md") == 0, "%s: \"%.*s\"; rather: %s", path,
                      (int)w.size, text + w.start, w.instead);
    }
    closedir(files);
}

Test(language, kith_speaks_as_it_asks_others_to)
{
    static const char *const papers[] = { "", "/docs", "/samples/harbour-town", "/samples/extracts" };
    static const char *const programs[] = { "/cli", "/viz", "/viz/scene", "/viz/draw", "/engine",
                                            "/include/kith" };
    char folder[1024];

    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
        snprintf(folder, sizeof folder, "%s%s", KITH_SOURCE_DIR, papers[i]);
        expect_clean(folder, ".md");
    }
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        snprintf(folder, sizeof folder, "%s%s", KITH_SOURCE_DIR, programs[i]);
        expect_clean(folder, i + 1 < sizeof programs / sizeof programs[0] ? ".c" : ".h");
    }
}

/* 200 thousand marks and terms: time that grows with the square would not end. */
Test(language, long_texts_are_read_once)
{
    enum { COUNT = 200000, PIECE = 8 };
    char *text = malloc(COUNT * PIECE + 1);
    size_t found = 0;

    cr_assert(not(zero(ptr, text)));
    for (size_t i = 0; i < COUNT; i++)
        memcpy(text + i * PIECE, "\xE2\x80\x9Cgang ", PIECE);
    text[COUNT * PIECE] = '\0';
    for (kith_wording w = { .text = text }; kith_wording_next(&w, terms);)
        found++;
    cr_expect(eq(sz, found, COUNT));
    free(text);
}

static kith_status read_text(const char *text)
{
    char path[] = "terms.XXXXXX";
    kith_terms *own = NULL;
    FILE *out = fdopen(mkstemp(path), "w");

    cr_assert(not(zero(ptr, out)));
    fputs(text, out);
    fclose(out);
    const kith_status status = kith_terms_read(&own, path, &err);
    remove(path);
    kith_terms_free(own);
    return status;
}

Test(language, a_teams_own_list_is_read_or_refused_by_line)
{
    cr_expect(eq(int, read_text("term,instead,source\nscally/scall* lad*,a child,us\n"), KITH_OK));
    cr_expect(eq(int, read_text("term,instead,source\n"), KITH_INPUT));
    cr_expect(eq(int, read_text("term,instead\ngang,peers\n"), KITH_INPUT));
    cr_expect(eq(int, read_text("term,instead,source\ngang,,us\n"), KITH_INPUT));
    cr_expect(eq(int, kith_terms_read(&(kith_terms *){ NULL }, "nowhere.csv", &err), KITH_INPUT));
    static const char *const bad[] = { "Gang", "a  b", "/a", "a/", "a//b", "a*b", "*", "* b", "b *", "a.b", "" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char file[128];
        snprintf(file, sizeof file, "term,instead,source\n%s,x,us\n", bad[i]);
        cr_expect(eq(int, read_text(file), KITH_INPUT), "%s", bad[i]);
        cr_expect(not(zero(ptr, strstr(err.message, ":2:"))), "%s", err.message);
    }
}
