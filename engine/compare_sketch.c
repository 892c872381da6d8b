/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare_sketch.c: most words are different, and a few integers tell so.
 *
 * Each way in which two words can be alike leaves a trace in a sketch: a short form begins
 * with the same three letters or is listed, an equal sound has an equal Soundex, equal
 * consonants are the same letters, and letters that only one of two words has bound both
 * the edits between them and their Jaro-Winkler. */
#include <string.h>

#include "kith/compare.h"
#include "kith/similar.h"

static const uint32_t vowels = 1u << ('a' - 'a') | 1u << ('e' - 'a') | 1u << ('i' - 'a') | 1u << ('o' - 'a') |
                               1u << ('u' - 'a') | 1u << ('y' - 'a');

void kith_word_sketch_make(kith_word_sketch *out, const char *word)
{
    const size_t size = strlen(word);
    char sound[5];

    *out = (kith_word_sketch){ .size = 0 };
    if (size < 3 || size > UINT8_MAX)
        return;
    for (const char *at = word; *at != '\0'; at++) {
        if (*at < 'a' || *at > 'z')
            return;
        out->letters |= 1u << (*at - 'a');
    }
    kith_soundex(sound, word);
    memcpy(&out->sound, sound, sizeof out->sound);
    memcpy(out->start, word, sizeof out->start);
    out->listed = kith_nickname_listed(word);
    out->size = (uint8_t)size;
}

static unsigned bits_in(uint32_t set)
{
    set -= set >> 1 & 0x55555555u;
    set = (set & 0x33333333u) + (set >> 2 & 0x33333333u);
    return ((set + (set >> 4)) & 0x0F0F0F0Fu) * 0x01010101u >> 24;
}

static unsigned same_start(const kith_word_sketch *a, const kith_word_sketch *b)
{
    unsigned count = 0;

    while (count < sizeof a->start && a->start[count] == b->start[count])
        count++;
    return count;
}

bool kith_word_sketches_differ(const kith_word_sketch *a, const kith_word_sketch *b)
{
    const unsigned start = same_start(a, b);

    if (a->size == 0 || b->size == 0 || start == sizeof a->start || a->sound == b->sound ||
        (a->listed && b->listed) || ((a->letters ^ b->letters) & ~vowels) == 0)
        return false;
    const unsigned only_a = bits_in(a->letters & ~b->letters), only_b = bits_in(b->letters & ~a->letters);
    const unsigned of_a = a->size - only_a, of_b = b->size - only_b, common = of_a < of_b ? of_a : of_b;
    const unsigned edits = only_a > only_b ? only_a : only_b;
    const unsigned longer = a->size > b->size ? a->size : b->size;
    const double jaro = ((double)common / a->size + (double)common / b->size + 1) / 3;
    const double most = jaro + 0.1 * start * (1 - jaro);
    return most < 0.599 || (most < 0.799 && edits > (longer >= 7 ? 2u : 1u));
}
