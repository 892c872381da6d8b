/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similar.c: folding and comparing names.
 *
 * Characters are compared, not bytes. Accents are taken off Latin letters by a small
 * table of the letters in use in European names; other scripts are compared as they
 * stand. */
#include "kith/similar.h"

#include <stdbool.h>
#include <string.h>

enum { MOST_CHARACTERS = 256, MOST_WORDS = 16 };

/* Reads one well-formed character and moves on. Malformed bytes are read one by one. */
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

static size_t characters(uint32_t out[MOST_CHARACTERS], const char *text)
{
    size_t count = 0;

    while (*text != '\0' && count < MOST_CHARACTERS)
        out[count++] = next_character(&text);
    return count;
}

/* Marks the matches of a in b; returns how many. */
static size_t match(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, bool *in_a,
                    bool *in_b)
{
    const size_t longer = na > nb ? na : nb;
    const size_t reach = longer / 2 > 0 ? longer / 2 - 1 : 0;
    size_t matches = 0;

    for (size_t i = 0; i < na; i++) {
        const size_t from = i > reach ? i - reach : 0;
        const size_t to = i + reach + 1 < nb ? i + reach + 1 : nb;
        for (size_t j = from; j < to; j++) {
            if (in_b[j] || a[i] != b[j])
                continue;
            in_a[i] = in_b[j] = true;
            matches++;
            break;
        }
    }
    return matches;
}

static double jaro(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
    bool in_a[MOST_CHARACTERS] = { false }, in_b[MOST_CHARACTERS] = { false };
    size_t moved = 0;

    if (na == 0 && nb == 0)
        return 1;
    const size_t matches = match(a, na, b, nb, in_a, in_b);
    if (matches == 0)
        return 0;
    for (size_t i = 0, j = 0; i < na; i++) {
        if (!in_a[i])
            continue;
        while (!in_b[j])
            j++;
        moved += a[i] != b[j++];
    }
    const double m = (double)matches;
    return (m / (double)na + m / (double)nb + (m - (double)(moved / 2)) / m) / 3;
}

double kith_jaro_winkler(const char *a, const char *b)
{
    uint32_t left[MOST_CHARACTERS], right[MOST_CHARACTERS];
    const size_t na = characters(left, a), nb = characters(right, b);
    const double similarity = jaro(left, na, right, nb);
    size_t prefix = 0;

    if (similarity <= 0.7)
        return similarity;
    while (prefix < 4 && prefix < na && prefix < nb && left[prefix] == right[prefix])
        prefix++;
    return similarity + 0.1 * (double)prefix * (1 - similarity);
}

/* Latin letters with marks, from U+00C0 to U+017F, as plain lower-case letters. */
static const char *const plain[] = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* U+00C0 */
    "d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* U+00E0 */
    "d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "y",
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", /* U+0100 */
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i", /* U+0120 */
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o", /* U+0140 */
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", /* U+0160 */
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
};

static bool is_combining_mark(uint32_t c)
{
    return c >= 0x300 && c <= 0x36F;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2BC;
}

void kith_text_add_folded(kith_text *text, const char *name)
{
    bool gap = false;
    const size_t start = text->size;

    while (*name != '\0') {
        const char *from = name;
        const uint32_t c = next_character(&name);
        char ascii[2] = { (char)c, '\0' };
        const char *piece = NULL;
        if (c >= 'A' && c <= 'Z')
            ascii[0] = (char)(c - 'A' + 'a');
        if (is_combining_mark(c) || is_apostrophe(c))
            continue;
        if ((ascii[0] >= 'a' && ascii[0] <= 'z' && c < 0x80) || (c >= '0' && c <= '9'))
            piece = ascii;
        else if (c >= 0xC0 && c < 0x180)
            piece = plain[c - 0xC0];
        gap = gap || (piece == NULL && c < 0xC0) || (piece != NULL && piece[0] == ' ');
        if ((piece == NULL && c < 0xC0) || (piece != NULL && piece[0] == ' '))
            continue;
        if (gap && text->size > start)
            kith_text_add_char(text, ' ');
        gap = false;
        if (piece != NULL)
            kith_text_add(text, piece);
        else
            kith_text_add_bytes(text, from, (size_t)(name - from));
    }
}

/* Splits at blanks, in place; at most MOST_WORDS words, the rest stays with the last. */
static size_t words_of(char *text, char *words[MOST_WORDS])
{
    size_t count = 0;

    for (char *at = text; *at != '\0' && count < MOST_WORDS;) {
        words[count++] = at;
        at += strcspn(at, " ");
        if (*at == ' ' && count < MOST_WORDS)
            *at++ = '\0';
        else
            break;
    }
    return count;
}

double kith_name_similarity(const char *query, const char *name)
{
    enum { ROOM = 1024 };
    char left[ROOM], right[ROOM];
    char *asked[MOST_WORDS], *written[MOST_WORDS];
    bool used[MOST_WORDS] = { false };
    double sum = 0;

    if (strcmp(query, name) == 0)
        return 1;
    strncpy(left, query, ROOM - 1);
    strncpy(right, name, ROOM - 1);
    left[ROOM - 1] = right[ROOM - 1] = '\0';
    const size_t na = words_of(left, asked), nb = words_of(right, written);
    if (na == 0 || nb == 0)
        return 0;
    for (size_t i = 0; i < na; i++) {
        double best = 0;
        size_t at = nb;
        for (size_t j = 0; j < nb; j++) {
            const double similarity = used[j] ? 0 : kith_jaro_winkler(asked[i], written[j]);
            if (similarity > best) {
                best = similarity;
                at = j;
            }
        }
        if (at < nb)
            used[at] = true;
        sum += best;
    }
    const double spare = nb > na ? 0.1 * (double)(nb - na) : 0;
    return sum / ((double)na + spare);
}
