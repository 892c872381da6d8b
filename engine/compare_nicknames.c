/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare_nicknames.c: forms of one given name, from the data file in the program.
 *
 * A line of the file is one name and its forms; a form may stand in several lines (alex
 * is Alexander and Alexandra). Two words are forms of one name when a line holds both. */
#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kith/compare.h"
#include "words_data.h"

enum { TEXT_SIZE = 16384, FORM_MAX = 1536, SIEVE = 1 << 14 };

typedef struct form_row {
    const char *word;
    int line;
} form_row;

static char text[TEXT_SIZE];
static form_row forms[FORM_MAX];
static size_t form_count;
static bool sieve[SIEVE]; /* by hash: false where no form is; most words are none */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int by_word_and_line(const void *a, const void *b)
{
    const form_row *left = a, *right = b;
    const int order = strcmp(left->word, right->word);

    return order != 0 ? order : left->line - right->line;
}

static size_t hash_of(const char *word)
{
    uint32_t hash = 2166136261u;

    for (; *word != '\0'; word++)
        hash = (hash ^ (unsigned char)*word) * 16777619u;
    return (hash ^ hash >> 15) & (SIEVE - 1);
}

static void copy_file(void)
{
    for (size_t i = 0; i < kith_words_data_count; i++) {
        if (strcmp(kith_words_data[i].name, "nicknames") != 0)
            continue;
        assert(kith_words_data[i].size < TEXT_SIZE);
        memcpy(text, kith_words_data[i].bytes, kith_words_data[i].size);
    }
}

static void read_forms(void)
{
    int line = 0;

    copy_file();
    for (char *at = text + strcspn(text, "\n"); *at != '\0';) { /* behind the heading */
        line += *at == '\n';
        *at++ = '\0';
        if (*at == '\0')
            break;
        assert(form_count < FORM_MAX);
        forms[form_count++] = (form_row){ at, line };
        at += strcspn(at, ",\n");
    }
    qsort(forms, form_count, sizeof forms[0], by_word_and_line);
    for (size_t i = 0; i < form_count; i++)
        sieve[hash_of(forms[i].word)] = true;
}

/* The first row of a word, or where it would stand. */
static size_t first_of(const char *word)
{
    size_t low = 0, high = form_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(forms[middle].word, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool kith_nickname_listed(const char *word)
{
    pthread_once(&once, read_forms);
    if (!sieve[hash_of(word)])
        return false;
    const size_t at = first_of(word);
    return at < form_count && strcmp(forms[at].word, word) == 0;
}

bool kith_nicknames(const char *a, const char *b)
{
    pthread_once(&once, read_forms);
    if (!sieve[hash_of(a)] || !sieve[hash_of(b)])
        return false;
    size_t i = first_of(a), j = first_of(b);

    while (i < form_count && j < form_count && strcmp(forms[i].word, a) == 0 &&
           strcmp(forms[j].word, b) == 0) {
        if (forms[i].line == forms[j].line)
            return true;
        if (forms[i].line < forms[j].line)
            i++;
        else
            j++;
    }
    return false;
}

void kith_nickname_forms(const char *word, void (*take)(void *context, const char *form),
                         void *context)
{
    pthread_once(&once, read_forms);
    for (size_t i = first_of(word); i < form_count && strcmp(forms[i].word, word) == 0; i++)
        for (size_t j = 0; j < form_count; j++)
            if (forms[j].line == forms[i].line)
                take(context, forms[j].word);
}
