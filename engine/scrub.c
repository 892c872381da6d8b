/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scrub.c: phrases looked up word by word.
 *
 * Phrases lie in one sorted array, folded, their words parted by one blank. At each word of a text
 * the words that follow are folded and joined, one more at a time, and each joining is looked for;
 * the last that is found is the longest. */
#include "kith/scrub.h"

#include <stdlib.h>
#include <string.h>

#include "data_csv.h"
#include "kith/similar.h"
#include "pool.h"

enum { WORDS_MOST = 8 }; /* of a phrase; longer ones are cut, and so found sooner */

typedef struct phrase {
    const char *key, *instead; /* NULL: stays */
    size_t nth;
    bool capital;
} phrase;

struct kith_scrub {
    phrase *phrases;
    size_t count;
    kith_pool *pool;
    bool failed;
};

/* A word of a text, without the 's behind it. */
typedef struct word {
    const char *at;
    size_t size;
} word;

kith_scrub *kith_scrub_new(void)
{
    kith_scrub *scrub = calloc(1, sizeof *scrub);

    if (scrub != NULL)
        scrub->pool = kith_pool_new();
    if (scrub != NULL && scrub->pool == NULL) {
        free(scrub);
        return NULL;
    }
    return scrub;
}

void kith_scrub_free(kith_scrub *scrub)
{
    if (scrub == NULL)
        return;
    kith_pool_free(scrub->pool);
    free(scrub->phrases);
    free(scrub);
}

/* Bytes of a mark of punctuation outside ASCII (a blank, dash or quotation mark of print). */
static size_t printed_mark(const char *at)
{
    const unsigned char *c = (const unsigned char *)at;

    if (c[0] == 0xC2 && c[1] >= 0xA0 && c[1] <= 0xBF)
        return 2;
    return c[0] == 0xE2 && c[1] == 0x80 ? 3 : 0;
}

static size_t apostrophe(const char *at)
{
    return *at == '\'' ? 1 : strncmp(at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static bool is_letter(const char *at)
{
    const unsigned char c = (unsigned char)*at;

    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0x80 && printed_mark(at) == 0);
}

/* The next word at or after a place; false at the end of the text. */
static bool next_word(word *found, const char *from)
{
    while (*from != '\0' && !is_letter(from))
        from++;
    found->at = from;
    while (*from != '\0') {
        const size_t mark = apostrophe(from);
        if (mark > 0 && is_letter(from + mark) && (from[mark] != 's' || is_letter(from + mark + 1)))
            from += mark;
        else if (!is_letter(from))
            break;
        else
            from++;
    }
    found->size = (size_t)(from - found->at);
    return found->size > 0;
}

/* A capital of ASCII, or any letter outside it. */
static bool begins_large(const word *w)
{
    return (w->at[0] >= 'A' && w->at[0] <= 'Z') || (unsigned char)w->at[0] >= 0x80;
}

static void add_folded(kith_text *key, kith_text *plain, const word *w)
{
    kith_text_clear(plain);
    kith_text_add_bytes(plain, w->at, w->size);
    kith_text_add(key, key->size > 0 ? " " : "");
    kith_text_add_folded(key, kith_text_string(plain));
    key->failed = key->failed || plain->failed;
}

/* The first words of a text as a key; where the text goes on after them. */
static void make_key(kith_text *key, const char *text)
{
    kith_text plain = { 0 };
    word w;

    for (int i = 0; i < WORDS_MOST && next_word(&w, text); i++) {
        add_folded(key, &plain, &w);
        text = w.at + w.size;
    }
    kith_text_free(&plain);
}

void kith_scrub_add(kith_scrub *scrub, const char *text, const char *instead, bool capital)
{
    kith_text key = { .failed = text == NULL };

    if (text != NULL)
        make_key(&key, text);
    if (key.size > 0 && !key.failed) {
        phrase *grown = data_grow(scrub->phrases, scrub->count, sizeof *grown);
        const char *kept = kith_pool_add(scrub->pool, key.data);
        const char *put = instead != NULL ? kith_pool_add(scrub->pool, instead) : NULL;
        if (grown != NULL)
            scrub->phrases = grown;
        if (grown != NULL && kept != NULL && (instead == NULL || put != NULL)) {
            grown[scrub->count] = (phrase){ kept, put, scrub->count, capital };
            scrub->count++;
        } else {
            scrub->failed = true;
        }
    }
    scrub->failed = scrub->failed || key.failed;
    kith_text_free(&key);
}

static int by_key(const void *left, const void *right)
{
    const phrase *a = left, *b = right;
    const int order = strcmp(a->key, b->key);

    return order != 0 ? order : (a->nth > b->nth) - (a->nth < b->nth);
}

kith_status kith_scrub_end(kith_scrub *scrub, kith_error *err)
{
    size_t kept = 0;

    if (scrub->failed)
        return kith_no_memory(err);
    if (scrub->count > 0)
        qsort(scrub->phrases, scrub->count, sizeof *scrub->phrases, by_key);
    for (size_t i = 0; i < scrub->count; i++)
        if (kept == 0 || strcmp(scrub->phrases[kept - 1].key, scrub->phrases[i].key) != 0)
            scrub->phrases[kept++] = scrub->phrases[i];
    scrub->count = kept;
    return KITH_OK;
}

static int key_of(const void *key, const void *element)
{
    return strcmp(key, ((const phrase *)element)->key);
}

/* The longest phrase that begins with a word; its end out. NULL: none. */
static const phrase *longest(const char **end, const kith_scrub *scrub, word w, kith_text *key,
                             kith_text *plain)
{
    const phrase *best = NULL;
    const bool large = begins_large(&w);

    kith_text_clear(key);
    for (int i = 0; i < WORDS_MOST; i++) {
        add_folded(key, plain, &w);
        const phrase *found = key->failed || scrub->count == 0
                                  ? NULL
                                  : bsearch(kith_text_string(key), scrub->phrases, scrub->count,
                                            sizeof *scrub->phrases, key_of);
        if (found != NULL && (large || !found->capital)) {
            best = found;
            *end = w.at + w.size;
        }
        if (!next_word(&w, w.at + w.size))
            break;
    }
    return best;
}

void kith_scrub_text(kith_text *out, const kith_scrub *scrub, const char *text)
{
    kith_text key = { 0 }, plain = { 0 };
    word w;

    while (next_word(&w, text)) {
        const char *end = w.at + w.size;
        const phrase *found = longest(&end, scrub, w, &key, &plain);
        kith_text_add_bytes(out, text, (size_t)(w.at - text));
        if (found != NULL && found->instead != NULL)
            kith_text_add(out, found->instead);
        else
            kith_text_add_bytes(out, w.at, (size_t)(end - w.at));
        text = end;
    }
    kith_text_add(out, text);
    out->failed = out->failed || key.failed || plain.failed;
    kith_text_free(&key);
    kith_text_free(&plain);
}

kith_status kith_scrub_finds(bool *found, const kith_scrub *scrub, const char *text, kith_error *err)
{
    kith_text key = { 0 }, plain = { 0 };
    const char *end;
    word w;

    *found = false;
    while (!*found && next_word(&w, text)) {
        *found = longest(&end, scrub, w, &key, &plain) != NULL;
        text = w.at + w.size;
    }
    const bool failed = key.failed || plain.failed;
    kith_text_free(&key);
    kith_text_free(&plain);
    return failed ? kith_no_memory(err) : KITH_OK;
}
