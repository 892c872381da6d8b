/* SPDX-License-Identifier: GPL-3.0-or-later */
/* language.c: finds the terms of a list in a text.
 *
 * A term is matched as it is written in the list, word by word; which letters a term can
 * begin with is known beforehand, so that most words of a text cost one test a term. */
#include "kith/language.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data_csv.h"
#include "language_data.h"
#include "pool.h"

enum { TERM_MAX = 2000, SKIPPED_MAX = 3 };

typedef struct term {
    const char *pattern, *instead, *source;
    uint32_t initials; /* a bit a letter */
} term;

struct kith_terms {
    term *rows;
    size_t count;
    kith_pool *pool;
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(char c)
{
    const char l = lower(c);

    return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Marks and dashes of print: three bytes that begin as a letter may. */
static bool is_print_mark(const char *at)
{
    return strncmp(at, "\xE2\x80", 2) == 0 && at[2] != '\0';
}

static size_t word_size(const char *at)
{
    size_t size = 0;

    while (is_word(at[size]) && !is_print_mark(at + size))
        size++;
    return size;
}

/* One alternative of a pattern's word, up to '/', ' ' or the end. */
static bool alternative_fits(const char *pattern, const char *word, size_t size)
{
    const size_t length = strcspn(pattern, "/ ");
    const bool open = length > 0 && pattern[length - 1] == '*';
    const size_t stem = open ? length - 1 : length;

    if (open ? size < stem : size != stem)
        return false;
    for (size_t i = 0; i < stem; i++)
        if (lower(word[i]) != pattern[i])
            return false;
    return true;
}

static bool word_fits(const char *pattern, const char *word, size_t size)
{
    for (;;) {
        if (alternative_fits(pattern, word, size))
            return true;
        pattern += strcspn(pattern, "/ ");
        if (*pattern++ != '/')
            return false;
    }
}

/* The word after this one; NULL when something else than blanks and hyphens comes between. */
static const char *next_word(const char *at)
{
    at += word_size(at);
    const size_t gap = strspn(at, " \t\r\n-_");
    return gap > 0 && word_size(at + gap) > 0 ? at + gap : NULL;
}

/* Where a pattern that fits the words from here on ends; NULL when it does not fit. */
static const char *fit(const char *pattern, const char *at)
{
    const bool any = strncmp(pattern, "* ", 2) == 0;
    const char *rest = pattern + strcspn(pattern, " ");

    for (int skipped = 0; any && skipped <= SKIPPED_MAX && at != NULL; skipped++) {
        const char *end = fit(rest + 1, at);
        if (end != NULL)
            return end;
        at = next_word(at);
    }
    if (any || !word_fits(pattern, at, word_size(at)))
        return NULL;
    if (*rest == '\0')
        return at + word_size(at);
    at = next_word(at);
    return at != NULL ? fit(rest + 1, at) : NULL;
}

static uint32_t bit_of(char c)
{
    const char l = lower(c);

    return l >= 'a' && l <= 'z' ? UINT32_C(1) << (l - 'a') : UINT32_C(1) << 26;
}

static bool fits_best(kith_wording *found, const kith_terms *terms, const char *at)
{
    const uint32_t initial = bit_of(*at);

    found->size = 0;
    for (size_t i = 0; i < terms->count; i++) {
        const term *t = &terms->rows[i];
        const char *end = (t->initials & initial) != 0 ? fit(t->pattern, at) : NULL;
        if (end == NULL || (size_t)(end - at) <= found->size)
            continue;
        found->size = (size_t)(end - at);
        found->instead = t->instead;
        found->source = t->source;
    }
    return found->size > 0;
}

/* Opens or closes a quotation at a mark. One that is never closed is none. */
static void pass_mark(kith_wording *w, const char *at)
{
    const bool print = strncmp(at, "\xE2\x80\x9C", 3) == 0;

    if (at == w->quotation_end)
        w->quotation_end = NULL;
    else if (w->quotation_end == NULL && *at == '"')
        w->quotation_end = strchr(at + 1, '"');
    else if (w->quotation_end == NULL && print && !w->no_more_quotations)
        w->no_more_quotations = (w->quotation_end = strstr(at + 3, "\xE2\x80\x9D")) == NULL;
}

bool kith_wording_next(kith_wording *found, const kith_terms *terms)
{
    for (const char *at = found->text + found->start + found->size; *at != '\0';) {
        const size_t size = word_size(at);
        if (size == 0) {
            pass_mark(found, at);
            at += is_print_mark(at) ? 3 : 1;
        } else if (fits_best(found, terms, at)) {
            found->start = (size_t)(at - found->text);
            found->quoted = found->quotation_end != NULL;
            return true;
        } else {
            at += size;
        }
    }
    return false;
}

/* The letters that a pattern's first word can begin with. */
static uint32_t initials_of(const char *pattern)
{
    uint32_t bits = 0;

    for (;; pattern++) {
        bits |= *pattern == '*' ? UINT32_MAX : bit_of(*pattern);
        pattern += strcspn(pattern, "/ ");
        if (*pattern != '/')
            return bits;
    }
}

/* A pattern is words of small letters and digits, / between alternatives and * at their end. */
static bool well_formed(const char *pattern)
{
    const size_t size = strlen(pattern);

    for (size_t i = 0; i < size; i++) {
        const char c = pattern[i], next = pattern[i + 1];
        const bool parts = c == ' ' || c == '/';
        if (parts && (i == 0 || next == '\0' || next == ' ' || next == '/'))
            return false;
        if (c == '*' && next != '\0' && next != ' ' && next != '/')
            return false;
        if (!parts && c != '*' && (!is_word(c) || c != lower(c)))
            return false;
    }
    return size > 0 && pattern[0] != '*' && (size < 2 || strcmp(pattern + size - 2, " *") != 0);
}

static kith_status take_term(void *context, const char *place, const char *const fields[],
                             kith_error *err)
{
    kith_terms *terms = context;

    if (!well_formed(fields[0]))
        return kith_fail(err, KITH_INPUT, "%s: the term \"%s\" cannot be read; write small letters, "
                         "one blank between words, a/b for either and a* for any ending", place,
                         fields[0]);
    if (fields[1][0] == '\0')
        return kith_fail(err, KITH_INPUT, "%s: instead is blank; say what to write in place of "
                         "\"%s\"", place, fields[0]);
    if (terms->count == TERM_MAX)
        return kith_fail(err, KITH_INPUT, "%s: at most %d terms are read; join some", place, TERM_MAX);
    term *grown = data_grow(terms->rows, terms->count, sizeof *grown);
    if (grown == NULL)
        return kith_no_memory(err);
    terms->rows = grown;
    term *row = &grown[terms->count++];
    *row = (term){ .pattern = kith_pool_add(terms->pool, fields[0]),
                   .instead = kith_pool_add(terms->pool, fields[1]),
                   .source = kith_pool_add(terms->pool, fields[2]),
                   .initials = initials_of(fields[0]) };
    return row->pattern != NULL && row->instead != NULL && row->source != NULL ? KITH_OK
                                                                               : kith_no_memory(err);
}

static kith_status read_rows(kith_terms *terms, const char *path, kith_error *err)
{
    static const char *const columns[] = { "term", "instead", "source" };
    const kith_embedded_language_data *own = &kith_language_data[0];
    const data_csv csv = { path != NULL ? path : own->name, columns, 3, take_term, terms,
                           own->bytes, own->size };
    FILE *in = path != NULL ? fopen(path, "rb") : NULL;

    if (path != NULL && in == NULL)
        return kith_fail(err, KITH_INPUT, "%s: the list of terms cannot be opened (%s); name one that "
                         "can be read", path, strerror(errno));
    const kith_status status = data_csv_read(&csv, in, err);
    if (in != NULL)
        fclose(in);
    return status == KITH_OK && terms->count == 0
               ? kith_fail(err, KITH_INPUT, "%s: the file has no term; add one a line", csv.name)
               : status;
}

kith_status kith_terms_read(kith_terms **terms, const char *path, kith_error *err)
{
    kith_terms *made = calloc(1, sizeof *made);

    *terms = NULL;
    if (made == NULL || (made->pool = kith_pool_new()) == NULL) {
        kith_terms_free(made);
        return kith_no_memory(err);
    }
    const kith_status status = read_rows(made, path, err);
    if (status == KITH_OK)
        *terms = made;
    else
        kith_terms_free(made);
    return status;
}

void kith_terms_free(kith_terms *terms)
{
    if (terms == NULL)
        return;
    free(terms->rows);
    kith_pool_free(terms->pool);
    free(terms);
}
