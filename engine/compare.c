/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare.c: words of names, dates, postcodes, identifiers and addresses, by level. */
#include "kith/compare.h"

#include <stdlib.h>
#include <string.h>

#include "kith/similar.h"

enum { MOST_WORDS = 16, WORD_SIZE = 32 };

static bool starts_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool is_short_form(const char *a, const char *b)
{
    const bool a_shorter = strlen(a) < strlen(b);
    const char *shorter = a_shorter ? a : b, *longer = a_shorter ? b : a;

    return (strlen(shorter) >= 3 && starts_with(longer, shorter)) || kith_nicknames(a, b);
}

static bool sounds_same(const char *a, const char *b)
{
    char left[5], right[5];

    kith_soundex(left, a);
    kith_soundex(right, b);
    return *left != '\0' && strcmp(left, right) == 0;
}

static bool same_consonants(const char *a, const char *b)
{
    char left[WORD_SIZE], right[WORD_SIZE];

    return kith_consonants(left, WORD_SIZE, a) && kith_consonants(right, WORD_SIZE, b) &&
           strcmp(left, right) == 0;
}

kith_word_level kith_compare_words(const char *a, const char *b)
{
    const size_t na = strlen(a), nb = strlen(b), longer = na > nb ? na : nb;

    if (strcmp(a, b) == 0)
        return KITH_WORD_SAME;
    if (na == 1 || nb == 1)
        return a[0] == b[0] ? KITH_WORD_INITIAL : KITH_WORD_DIFFERENT;
    if (is_short_form(a, b))
        return KITH_WORD_NICKNAME;
    const double similarity = kith_jaro_winkler(a, b);
    if (similarity >= 0.92)
        return KITH_WORD_CLOSE;
    if (similarity >= 0.6 && longer >= 3 && kith_damerau(a, b) <= (longer >= 7 ? 2u : 1u))
        return KITH_WORD_CLOSE;
    return similarity >= 0.8 || sounds_same(a, b) || same_consonants(a, b) ? KITH_WORD_ALIKE
                                                                           : KITH_WORD_DIFFERENT;
}

static bool read_digits(int *out, const char **at, int count)
{
    *out = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *out = *out * 10 + (**at - '0');
    }
    return true;
}

bool kith_partial_date_read(kith_partial_date *out, const char *text)
{
    *out = (kith_partial_date){ 0 };
    if (!read_digits(&out->year, &text, 4) || out->year == 0)
        return false;
    if (*text == '\0')
        return true;
    const bool dashes = *text == '-';
    text += dashes;
    if (!read_digits(&out->month, &text, 2))
        return false;
    if (*text == '\0')
        return dashes;
    if (dashes && *text++ != '-')
        return false;
    return read_digits(&out->day, &text, 2) && *text == '\0';
}

/* One of eight digits differs, or two neighbours are exchanged. */
static bool one_slip(kith_partial_date a, kith_partial_date b)
{
    int left = a.year * 10000 + a.month * 100 + a.day, right = b.year * 10000 + b.month * 100 + b.day;
    int differing = 0, first = -1;
    int l[8], r[8];

    for (int i = 7; i >= 0; i--, left /= 10, right /= 10) {
        l[i] = left % 10;
        r[i] = right % 10;
    }
    for (int i = 0; i < 8; i++) {
        if (l[i] == r[i])
            continue;
        differing++;
        first = first < 0 ? i : first;
    }
    return differing == 1 || (differing == 2 && first < 7 && l[first] == r[first + 1] &&
                              l[first + 1] == r[first]);
}

static kith_date_level compare_partly(kith_partial_date a, kith_partial_date b)
{
    if (a.year != b.year || (a.month != 0 && b.month != 0 && a.month != b.month))
        return KITH_DATE_DIFFERENT;
    return a.month != 0 && b.month != 0 ? KITH_DATE_MONTH : KITH_DATE_YEAR;
}

kith_date_level kith_compare_dates(kith_partial_date a, kith_partial_date b)
{
    const int same = (a.year == b.year) + (a.month == b.month) + (a.day == b.day);

    if (a.month == 0 || a.day == 0 || b.month == 0 || b.day == 0)
        return compare_partly(a, b);
    if (same == 3)
        return KITH_DATE_SAME;
    if (a.year == b.year && a.month == b.day && a.day == b.month)
        return KITH_DATE_SWAPPED;
    if (one_slip(a, b))
        return KITH_DATE_ONE_DIGIT;
    if (same == 2)
        return KITH_DATE_TWO_PARTS;
    if (abs(a.year - b.year) <= 1 && abs(a.month - b.month) <= 1 && abs(a.day - b.day) <= 2)
        return KITH_DATE_NEAR;
    return a.year == b.year ? KITH_DATE_YEAR : KITH_DATE_DIFFERENT;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool kith_postcode_read(kith_postcode *out, const char *text)
{
    size_t size = 0;

    *out = (kith_postcode){ 0 };
    for (; *text != '\0'; text++) {
        const char c = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
        if (!is_digit(c) && !is_letter(c))
            continue;
        if (size + 1 == KITH_POSTCODE_SIZE)
            return false;
        out->whole[size++] = c;
    }
    const char *end = out->whole + size;
    if (size >= 5 && size <= 7 && is_letter(out->whole[0]) && is_digit(end[-3]) &&
        is_letter(end[-2]) && is_letter(end[-1]))
        out->outward = size - 3;
    return size > 0;
}

/* A British district standing alone: "ZZ1", "SW1A". */
static bool is_district(const kith_postcode *code)
{
    return code->outward == 0 && strlen(code->whole) <= 4 && is_letter(code->whole[0]);
}

static size_t district_size(const kith_postcode *code)
{
    return is_district(code) ? strlen(code->whole) : code->outward;
}

kith_postcode_level kith_compare_postcodes(const kith_postcode *a, const kith_postcode *b)
{
    const size_t na = district_size(a), nb = district_size(b);
    const bool same_district = na > 0 && na == nb && strncmp(a->whole, b->whole, na) == 0;

    if (strcmp(a->whole, b->whole) == 0 && !is_district(a))
        return KITH_POSTCODE_SAME;
    return same_district ? KITH_POSTCODE_OUTWARD : KITH_POSTCODE_DIFFERENT;
}

bool kith_nhs_number_valid(const char *text)
{
    int sum = 0, count = 0, last = 0;

    for (; *text != '\0'; text++) {
        if (*text == ' ')
            continue;
        if (!is_digit(*text) || count == 10)
            return false;
        last = *text - '0';
        count++;
        sum += count < 10 ? (11 - count) * last : 0;
    }
    const int check = (11 - sum % 11) % 11;
    return count == 10 && check == last;
}

static kith_identifier_level compare_written(const char *a, const char *b)
{
    const size_t na = strlen(a), nb = strlen(b), longer = na > nb ? na : nb;

    if (strcmp(a, b) == 0)
        return KITH_IDENTIFIER_SAME;
    if (kith_jaro(a, b) < 0.55)
        return KITH_IDENTIFIER_DIFFERENT;
    const unsigned edits = kith_damerau(a, b);
    if (longer >= 4 && edits <= (longer >= 10 ? 2u : 1u))
        return KITH_IDENTIFIER_CLOSE;
    return edits * 10 <= longer * 4 ? KITH_IDENTIFIER_ALIKE : KITH_IDENTIFIER_DIFFERENT;
}

kith_identifier_level kith_compare_identifiers(const char *kind, const char *a, const char *b)
{
    if (strcmp(kind, "nhs") != 0)
        return compare_written(a, b);
    const bool both = kith_nhs_number_valid(a) && kith_nhs_number_valid(b);
    if (strcmp(a, b) == 0)
        return both ? KITH_IDENTIFIER_SAME : KITH_IDENTIFIER_CLOSE;
    return both ? KITH_IDENTIFIER_DIFFERENT : compare_written(a, b);
}

/* A word inside a longer text. */
typedef struct piece {
    const char *text;
    size_t size;
} piece;

/* The words of a text; what is too much is left out. */
static size_t words_of(piece words[MOST_WORDS], const char *text)
{
    size_t count = 0;

    while (*text != '\0' && count < MOST_WORDS) {
        const char *end = text;
        while (*end != '\0' && *end != ' ')
            end++;
        if (end > text)
            words[count++] = (piece){ text, (size_t)(end - text) };
        text = end + (*end == ' ');
    }
    return count;
}

static bool one_edit_apart(piece a, piece b)
{
    char left[WORD_SIZE], right[WORD_SIZE];

    memcpy(left, a.text, a.size);
    memcpy(right, b.text, b.size);
    left[a.size] = right[b.size] = '\0';
    return kith_damerau(left, right) == 1;
}

static double word_worth(piece a, piece b)
{
    const bool same_end =
        a.text[0] == b.text[0] || a.text[a.size - 1] == b.text[b.size - 1];

    if (!same_end || a.size > b.size + 1 || b.size > a.size + 1) /* one edit leaves one of the ends */
        return 0;
    if (a.size == b.size && memcmp(a.text, b.text, a.size) == 0)
        return 1;
    if (a.size < 4 || b.size < 4 || a.size >= WORD_SIZE || b.size >= WORD_SIZE ||
        is_digit(a.text[0]) || is_digit(b.text[0]))
        return 0;
    return one_edit_apart(a, b) ? 0.9 : 0;
}

double kith_address_similarity(const char *a, const char *b)
{
    piece left[MOST_WORDS], right[MOST_WORDS];
    bool used[MOST_WORDS] = { false };
    const size_t na = words_of(left, a), nb = words_of(right, b);
    double sum = 0;

    for (size_t i = 0; i < na; i++) {
        double best = 0;
        size_t at = 0;
        for (size_t j = 0; j < nb && best < 1; j++) {
            const double worth = used[j] ? 0 : word_worth(left[i], right[j]);
            at = worth > best ? j : at;
            best = worth > best ? worth : best;
        }
        used[at] = used[at] || best > 0;
        sum += best;
    }
    return na + nb == 0 ? 0 : 2 * sum / (double)(na + nb);
}
