/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similar_fold.c: names of any script in one plain form, by ICU.
 *
 * Most names are ASCII and are folded byte by byte; only others are given to ICU first,
 * whose rules are compiled once, at the first of them. */
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "kith/similar.h"

enum { MOST_UNITS = 1 << 20 };

static UTransliterator *latin; /* NULL: ICU has no memory or no data */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_latin(void)
{
    static const char rules[] = "NFKC; Any-Latin; Latin-ASCII; [[:Lm:][:M:]] Remove; Lower";
    UChar id[sizeof rules];
    UErrorCode code = U_ZERO_ERROR;

    u_charsToUChars(rules, id, sizeof rules);
    latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
    if (U_FAILURE(code))
        latin = NULL;
}

/* The text in Latin letters, in new memory; NULL when there is none. Text grows (one
 * Chinese character is a syllable), so there is room for eight times as many units. */
static char *in_latin(const char *name)
{
    const size_t size = strlen(name);
    const int32_t room = (int32_t)(size > MOST_UNITS / 8 ? MOST_UNITS : size * 8 + 16);
    UErrorCode code = U_ZERO_ERROR;
    int32_t units = 0, limit;
    UChar *wide = malloc((size_t)room * sizeof *wide);
    char *made = malloc((size_t)room * 3 + 1);

    pthread_once(&once, open_latin);
    if (wide == NULL || made == NULL || latin == NULL)
        code = U_MEMORY_ALLOCATION_ERROR;
    u_strFromUTF8WithSub(wide, room, &units, name, (int32_t)(size < MOST_UNITS / 8 ? size : MOST_UNITS / 8),
                         0xFFFD, NULL, &code);
    limit = units;
    if (U_SUCCESS(code))
        utrans_transUChars(latin, wide, &units, room, 0, &limit, &code);
    if (U_SUCCESS(code))
        u_strToUTF8(made, room * 3 + 1, NULL, wide, units, &code);
    free(wide);
    if (U_SUCCESS(code))
        return made;
    free(made);
    return NULL;
}

static bool is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

/* What has no ASCII form stays as it is. */
static void add_plain(kith_text *text, const char *name)
{
    const size_t start = text->size;
    bool gap = false;

    for (; *name != '\0'; name++) {
        const char c = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
        const bool kept =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
        if (c == '\'')
            continue;
        if (kept && gap && text->size > start)
            kith_text_add_char(text, ' ');
        if (kept)
            kith_text_add_char(text, c);
        gap = !kept;
    }
}

void kith_text_add_folded(kith_text *text, const char *name)
{
    if (is_ascii(name)) {
        add_plain(text, name);
        return;
    }
    char *plain = in_latin(name);
    text->failed = text->failed || plain == NULL;
    if (plain != NULL)
        add_plain(text, plain);
    free(plain);
}
