/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find_match.c: what a typed text means, and how well a record fits it.
 *
 * A text is a list of parts, each a word of a name or a date, and also one value as a whole
 * (an id, a number). A record fits when it has that value, or when every part fits a word of
 * one of its names, each word taken once, or its date of birth. docs/measures.md has the
 * scores; nothing here knows of the index. */
#include <string.h>

#include "find_private.h"
#include "kith/similar.h"

enum {
    NICKNAME_FIT = 9500,
    MONTH_FIT = 9500,
    YEAR_FIT = 9000,
    SWAPPED_FIT = 9000,
    BEGINNING_FIT = 8000, /* of a word whose beginning was typed; the more of it, the nearer to 1 */
    LEAST_FIT = 7000,     /* of what is written alike */
    MOST_SPARE = 5,       /* words that nobody typed, of which each costs 2 in a hundred */
    LEAST_YEAR = 1800,
    MOST_YEAR = 2199
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number of at most `most` digits; false without one. */
static bool read_number(int *out, const char **at, const char *end, int most)
{
    int digits = 0;

    for (*out = 0; *at < end && is_digit(**at) && digits < most; (*at)++, digits++)
        *out = *out * 10 + (**at - '0');
    return digits > 0;
}

/* Up to three numbers with one kind of sign between them. */
static int read_numbers(int numbers[3], const char *at, const char *end)
{
    const char *const separators = "/.-";
    char sign = '\0';
    int count = 0;

    while (count < 3 && read_number(&numbers[count], &at, end, 4)) {
        count++;
        if (at == end)
            return count;
        if (strchr(separators, *at) == NULL || (sign != '\0' && *at != sign))
            return 0;
        sign = *at++;
    }
    return 0;
}

/* Eight digits are year, month and day. */
static bool read_run(kith_partial_date *out, const char *text, size_t size)
{
    const char *at = text;

    return size == 8 && read_number(&out->year, &at, text + 4, 4) && at == text + 4 &&
           read_number(&out->month, &at, text + 6, 2) && at == text + 6 &&
           read_number(&out->day, &at, text + 8, 2) && at == text + 8;
}

/* 2009, 2009-05, 05/2009, 2009-05-13, 13/05/2009, 13.5.2009, 20090513. A month may be above
 * 12: day and month are exchanged then, and find_date_fit looks for that. */
static bool read_date(kith_partial_date *out, const char *text, size_t size)
{
    int n[3] = { 0 };
    const int count = read_numbers(n, text, text + size);

    *out = (kith_partial_date){ 0 };
    if (count == 0 && !read_run(out, text, size))
        return false;
    if (count == 1)
        *out = (kith_partial_date){ .year = n[0] };
    else if (count == 2)
        *out = n[0] > 31 ? (kith_partial_date){ n[0], n[1], 0 } : (kith_partial_date){ n[1], n[0], 0 };
    else if (count == 3)
        *out = n[0] > 31 ? (kith_partial_date){ n[0], n[1], n[2] } : (kith_partial_date){ n[2], n[1], n[0] };
    const int most = out->day == 0 ? 12 : 31;
    return out->year >= LEAST_YEAR && out->year <= MOST_YEAR && out->month <= most &&
           out->day <= 31 && (count == 1 || out->month > 0) && (count == 2 || count == 1 || out->day > 0);
}

/* One word, cut between two characters when it is too long. */
static void copy_word(char out[FIND_WORD_SIZE], const char *word, size_t size)
{
    if (size > FIND_WORD_SIZE - 1) {
        size = FIND_WORD_SIZE - 1;
        while (size > 0 && ((unsigned char)word[size] & 0xC0) == 0x80)
            size--;
    }
    memcpy(out, word, size);
    out[size] = '\0';
}

bool find_words_read(find_words *words, const char *name, size_t size)
{
    words->count = 0;
    kith_text_clear(&words->piece);
    kith_text_clear(&words->folded);
    kith_text_add_bytes(&words->piece, name, size);
    kith_text_add_folded(&words->folded, kith_text_string(&words->piece));
    for (const char *at = kith_text_string(&words->folded); *at != '\0' && words->count < FIND_PARTS;) {
        const size_t length = strcspn(at, " ");
        copy_word(words->text[words->count++], at, length);
        at += length + (at[length] == ' ');
    }
    return !words->piece.failed && !words->folded.failed;
}

void find_words_free(find_words *words)
{
    kith_text_free(&words->piece);
    kith_text_free(&words->folded);
}

static bool add_parts(find_query *query, find_words *words, const char *token, size_t size)
{
    find_part part = { 0 };
    const bool date = read_date(&part.date, token, size);

    if (!find_words_read(words, token, size))
        return false;
    if (date && words->count != 1) { /* with signs in it: no word of a name */
        if (query->count < FIND_PARTS)
            query->parts[query->count++] = part;
        return true;
    }
    for (size_t i = 0; i < words->count && query->count < FIND_PARTS; i++) {
        query->parts[query->count] = (find_part){ .date = date ? part.date : (kith_partial_date){ 0 } };
        memcpy(query->parts[query->count++].word, words->text[i], FIND_WORD_SIZE);
        query->words++;
        query->only_words += !date;
    }
    return true;
}

bool find_query_read(find_query *query, const char *text)
{
    static const char between[] = " \t,;";
    find_words words = { .count = 0 };
    bool whole = true;

    *query = (find_query){ 0 };
    find_solid(query->solid, text, strlen(text));
    while (whole && *text != '\0') {
        const size_t size = strcspn(text, between);
        whole = size == 0 || add_parts(query, &words, text, size);
        text += size + (text[size] != '\0');
    }
    find_words_free(&words);
    return whole;
}

/* How many of the first characters stand for +44; 0 for none. */
static size_t country_code(const char *digits, size_t size, bool plus)
{
    if (size == 0)
        return 0;
    for (size_t i = 0; i < size; i++)
        if (!is_digit(digits[i]))
            return 0;
    if (plus && strncmp(digits, "44", 2) == 0)
        return 2;
    if (strncmp(digits, "0044", 4) == 0)
        return 4;
    return strncmp(digits, "44", 2) == 0 && (size == 12 || (size == 13 && digits[2] == '0')) ? 2 : 0;
}

void find_solid(char out[FIND_SOLID_SIZE], const char *value, size_t size)
{
    size_t count = 0;
    bool plus = false;

    for (size_t i = 0; i < size && count < FIND_SOLID_SIZE; i++) {
        const char c = value[i] >= 'A' && value[i] <= 'Z' ? (char)(value[i] - 'A' + 'a') : value[i];
        plus = plus || (count == 0 && c == '+');
        if ((c >= 'a' && c <= 'z') || is_digit(c) || (unsigned char)c >= 0x80)
            out[count++] = c;
    }
    if (count == FIND_SOLID_SIZE)
        count = 0; /* no value is as long */
    out[count] = '\0';
    size_t code = country_code(out, count, plus);
    if (code == 0 || code == count)
        return;
    code += out[code] == '0'; /* +44 (0)7700 ... */
    memmove(out + 1, out + code, count - code + 1);
    out[0] = '0';
}

void find_each_value(const char *list, void (*take)(void *context, const char *value, size_t size),
                     void *context)
{
    while (*list != '\0') {
        const size_t size = strcspn(list, ";");
        const char *equals = memchr(list, '=', size);
        take(context, list, size);
        if (equals != NULL)
            take(context, equals + 1, (size_t)(list + size - equals) - 1);
        list += size + (list[size] == ';');
    }
}

/* Only of words of plain letters is the spelling compared; letters: a bit for each that is there. */
static bool plain_letters(uint32_t *letters, const char *word)
{
    for (*letters = 0; *word != '\0'; word++) {
        if (*word < 'a' || *word > 'z')
            return false;
        *letters |= 1u << (*word - 'a');
    }
    return true;
}

/* Bits that are set; an edit changes two at most. */
static int count_bits(uint32_t bits)
{
    int count = 0;

    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

/* One edit in words of three letters or more; two where the
 * longer has seven and the first three or the last three are the same. */
static bool edits_apart(const char *typed, uint32_t letters_typed, const char *written,
                        uint32_t letters_written)
{
    const size_t nt = strlen(typed), nw = strlen(written);
    const size_t longer = nt > nw ? nt : nw, shorter = nt > nw ? nw : nt;

    if (shorter < 3)
        return false;
    const bool ends = strncmp(typed, written, 3) == 0 || strcmp(typed + nt - 3, written + nw - 3) == 0;
    const unsigned most = longer >= 7 && ends ? 2 : 1;
    return longer - shorter <= most &&
           count_bits(letters_typed ^ letters_written) <= 2 * (int)most &&
           kith_damerau(typed, written) <= most;
}

static bool same_consonants(const char *typed, const char *written)
{
    char left[FIND_WORD_SIZE], right[FIND_WORD_SIZE];

    find_consonants(left, typed);
    find_consonants(right, written);
    return left[0] != '\0' && strcmp(left, right) == 0;
}

void find_consonants(char out[FIND_WORD_SIZE], const char *word)
{
    uint32_t letters;

    if (!plain_letters(&letters, word) || !kith_consonants(out, FIND_WORD_SIZE, word))
        out[0] = '\0';
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

unsigned find_word_fit(const char *typed, const char *written)
{
    const size_t size = strlen(typed);
    uint32_t letters_typed, letters_written;
    unsigned fit = 0;

    if (size == 0)
        return 0;
    if (strcmp(typed, written) == 0)
        return FIND_FIT;
    if (strncmp(typed, written, size) == 0)
        fit = BEGINNING_FIT + (unsigned)((FIND_FIT - BEGINNING_FIT) * size / strlen(written));
    if (kith_nicknames(typed, written))
        fit = larger(fit, NICKNAME_FIT);
    if (!plain_letters(&letters_typed, typed) || !plain_letters(&letters_written, written))
        return fit;
    if (edits_apart(typed, letters_typed, written, letters_written) || same_consonants(typed, written))
        fit = larger(fit, larger(LEAST_FIT, (unsigned)(FIND_FIT * kith_jaro_winkler(typed, written))));
    return fit;
}

unsigned find_date_fit(kith_partial_date typed, const char *born)
{
    kith_partial_date date;

    if (typed.year == 0 || !kith_partial_date_read(&date, born) || typed.year != date.year)
        return 0;
    if (typed.month == 0)
        return date.month == 0 ? FIND_FIT : YEAR_FIT;
    if (typed.month == date.month)
        return typed.day == date.day ? FIND_FIT : typed.day == 0 || date.day == 0 ? MONTH_FIT : 0;
    return typed.day != 0 && typed.day == date.month && typed.month == date.day ? SWAPPED_FIT : 0;
}

double find_score(unsigned sum, size_t count, size_t spare)
{
    const size_t cost = 2 * (spare < MOST_SPARE ? spare : MOST_SPARE);

    return (double)(sum * (100 - cost)) / (double)(100 * FIND_FIT * count);
}

/* The best score by one name; used: words of it that were typed; dates: parts that were dates. */
static double name_score(size_t *used, size_t *dates, const find_query *query,
                         const find_words *words, const char *born)
{
    bool taken[FIND_PARTS] = { false };
    unsigned sum = 0;

    *used = *dates = 0;
    for (size_t p = 0; p < query->count; p++) {
        unsigned best = find_date_fit(query->parts[p].date, born);
        size_t at = words->count;
        for (size_t w = 0; w < words->count; w++) {
            const unsigned fit = taken[w] ? 0 : find_word_fit(query->parts[p].word, words->text[w]);
            if (fit > best) {
                best = fit;
                at = w;
            }
        }
        if (best == 0)
            return 0;
        if (at < words->count)
            taken[at] = true;
        *used += at < words->count;
        *dates += at == words->count;
        sum += best;
    }
    return find_score(sum, query->count, *used > 0 ? words->count - *used : 0);
}

typedef struct scoring {
    const find_query *query;
    find_words *words;
    const char *born;
    const char *by_name, *by_both; /* what it is called when the name under way fits */
    const char *by_value;
    double score;
    const char *matched;
    bool failed;
} scoring;

static void better(scoring *s, double score, const char *matched)
{
    if (score > s->score) {
        s->score = score;
        s->matched = matched;
    }
}

static void try_name(void *context, const char *name, size_t size)
{
    scoring *s = context;
    size_t used, dates;

    if (s->query->count == 0)
        return;
    s->failed = s->failed || !find_words_read(s->words, name, size);
    if (s->failed)
        return;
    const double score = name_score(&used, &dates, s->query, s->words, s->born);
    better(s, score, used == 0 ? "date of birth" : dates > 0 ? s->by_both : s->by_name);
}

static void try_value(void *context, const char *value, size_t size)
{
    scoring *s = context;
    char solid[FIND_SOLID_SIZE];

    find_solid(solid, value, size);
    better(s, solid[0] != '\0' && strcmp(solid, s->query->solid) == 0, s->by_value);
}

static void try_aliases(scoring *s, const char *aliases)
{
    s->by_name = "alias";
    s->by_both = "alias, date of birth";
    while (*aliases != '\0') {
        const size_t size = strcspn(aliases, ";");
        try_name(s, aliases, size);
        aliases += size + (aliases[size] == ';');
    }
}

bool find_record_score(double *score, const char **matched, find_words *scratch,
                       const find_query *query, const find_record *record)
{
    scoring s = { .query = query, .words = scratch, .born = record->dob, .by_name = "name",
                  .by_both = "name, date of birth", .by_value = "id", .matched = "" };

    try_value(&s, record->id, strlen(record->id));
    try_name(&s, record->name, strlen(record->name));
    try_aliases(&s, record->aliases);
    s.by_value = "identifier";
    find_each_value(record->identifiers, try_value, &s);
    s.by_value = "postcode";
    try_value(&s, record->postcode, strlen(record->postcode));
    s.by_value = "name";
    if (record->kind == KITH_OBJECT)
        try_value(&s, record->name, strlen(record->name));
    *score = s.score;
    *matched = s.matched;
    return !s.failed;
}
