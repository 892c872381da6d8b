/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similar_edit.c: edits that make one text of another, and Soundex. */
#include <stdbool.h>
#include <string.h>

#include "kith/similar.h"
#include "similar_private.h"

enum { SHORT_SIDE = 34, LONG_SIDE = KITH_MOST_CHARACTERS + 2 };

/* Reads one well-formed character and moves on. */
static uint32_t next_character(const char **at)
{
    const unsigned char *p = (const unsigned char *)*at;
    const int more = p[0] >= 0xF0 ? 3 : p[0] >= 0xE0 ? 2 : p[0] >= 0xC0 ? 1 : 0;
    uint32_t c = more == 0 ? p[0] : p[0] & (0x3F >> more);

    for (int i = 1; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            *at += i;
            return c;
        }
        c = c << 6 | (p[i] & 0x3F);
    }
    *at += more + 1;
    return c;
}

size_t kith_characters(uint32_t out[KITH_MOST_CHARACTERS], const char *text)
{
    size_t count = 0;

    while (*text != '\0' && count < KITH_MOST_CHARACTERS)
        out[count++] = next_character(&text);
    return count;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Edits between two texts. cost has (na + 2) rows of `side`; cost[i][j] is of the first
 * i - 1 and j - 1 characters, row and column 0 stand for what cannot be. last_row[j] is
 * where the character before column j was last seen in a, 0 at first. */
static unsigned edits(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, uint16_t *cost,
                      size_t side, uint16_t *last_row)
{
    const unsigned never = (unsigned)(na + nb);

    for (size_t i = 0; i <= na + 1; i++) {
        cost[i * side] = (uint16_t)never;
        cost[i * side + 1] = (uint16_t)(i > 0 ? i - 1 : never);
    }
    for (size_t j = 1; j <= nb + 1; j++) {
        cost[j] = (uint16_t)never;
        cost[side + j] = (uint16_t)(j - 1);
    }
    for (size_t i = 1; i <= na; i++) {
        const uint16_t *above = cost + i * side;
        uint16_t *row = cost + (i + 1) * side;
        size_t last_column = 0;
        for (size_t j = 1; j <= nb; j++) {
            const size_t from_row = last_row[j], from_column = last_column;
            const bool same = a[i - 1] == b[j - 1];
            const size_t between = (i - from_row - 1) + (j - from_column - 1);
            const unsigned exchanged =
                (unsigned)(cost[from_row * side + from_column] + between + 1);
            const unsigned edited = least(above[j] + !same, least(above[j + 1], row[j]) + 1u);
            row[j + 1] = (uint16_t)least(edited, exchanged);
            if (same)
                last_column = j;
        }
        for (size_t j = 1; j <= nb; j++)
            if (a[i - 1] == b[j - 1])
                last_row[j] = (uint16_t)i;
    }
    return cost[(na + 1) * side + nb + 1];
}

/* Apart from the few words that fit, so that those do not pay for a table of long texts. */
static unsigned edits_of_long(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
    uint16_t cost[LONG_SIDE * LONG_SIDE], last_row[LONG_SIDE] = { 0 };

    return edits(a, na, b, nb, cost, LONG_SIDE, last_row);
}

unsigned kith_damerau(const char *a, const char *b)
{
    uint32_t left[KITH_MOST_CHARACTERS], right[KITH_MOST_CHARACTERS];
    uint16_t cost[SHORT_SIDE * SHORT_SIDE], last_row[SHORT_SIDE] = { 0 };
    const size_t na = kith_characters(left, a), nb = kith_characters(right, b);

    if (na > SHORT_SIDE - 2 || nb > SHORT_SIDE - 2)
        return edits_of_long(left, na, right, nb);
    return edits(left, na, right, nb, cost, SHORT_SIDE, last_row);
}

/* The letter in upper case; 0 for anything else. */
static char upper_letter(char c)
{
    const char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;

    return upper >= 'A' && upper <= 'Z' ? upper : '\0';
}

void kith_soundex(char out[5], const char *text)
{
    /* of A to Z; '0' for a letter that has none */
    static const char digits[] = "01230120022455012623010202";
    char last;
    int size = 1;

    strcpy(out, "");
    if (upper_letter(*text) == '\0')
        return;
    strcpy(out, "0000");
    out[0] = upper_letter(*text);
    last = digits[out[0] - 'A'];
    for (text++; *text != '\0' && size < 4; text++) {
        const char letter = upper_letter(*text);
        const char digit = letter != '\0' ? digits[letter - 'A'] : '0';
        if (digit != '0' && digit != last)
            out[size++] = digit;
        if (letter != 'H' && letter != 'W')
            last = digit;
    }
}

bool kith_consonants(char *out, size_t room, const char *word)
{
    size_t size = 0;

    for (; *word != '\0' && size + 1 < room; word++)
        if (strchr("aeiouy", *word) == NULL && (size == 0 || out[size - 1] != *word))
            out[size++] = *word;
    out[size] = '\0';
    return size >= 3;
}
