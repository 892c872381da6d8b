/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.c: the known words, read once from the data files in the program.
 *
 * engine/words/ holds three comma-separated files without quotes. They are copied into
 * one buffer, cut at commas and line ends, and the rows sorted, so that looking a word
 * up is one binary search. Nothing is allocated: the buffers have fixed sizes, and a
 * file that outgrows them is a fault of the build, which the first use shows. */
#include "kith/words.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "words_data.h"

enum { TEXT_SIZE = 65536, KIND_MAX = 512, ROLE_MAX = 128, COLUMN_MAX = 128, WORD_SIZE = 64 };
enum { KIND_FIELDS = 9, ROLE_COUNT = 8, CLASS_COUNT = KITH_OBJECT_WORD + 1 };

typedef struct kind_row {
    kith_word_class class;
    kith_meaning meaning;
} kind_row;

typedef struct role_row {
    const char *word;
    int roles; /* bits, one or two */
} role_row;

static const char *const class_names[] = { "event", "link", "place", "group", "object" };
static const char *const context_names[] = { "",       "home",          "peer",
                                             "school", "neighbourhood", "online" };
static const char *const valence_names[] = { "neutral", "risk", "protective" };

static const char *const role_names[ROLE_COUNT] = {
    "victim",   "alleged_perpetrator", "convicted_perpetrator", "witness",
    "reporter", "helper",              "missing",               "present"
};

static const kith_meaning unknown[CLASS_COUNT] = {
    [KITH_EVENT_WORD] = { .word = "", .label = "", .gathers = true },
    [KITH_LINK_WORD] = { .word = "", .label = "" },
    [KITH_PLACE_WORD] = { .word = "", .label = "" },
    [KITH_GROUP_WORD] = { .word = "", .label = "" },
    [KITH_OBJECT_WORD] = { .word = "", .label = "" },
};

static char text[TEXT_SIZE];
static size_t text_size;
static kind_row kinds[KIND_MAX];
static size_t kind_count;
static role_row roles_known[ROLE_MAX];
static size_t role_count;
static const char *refused[COLUMN_MAX];
static size_t refused_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* A data file as a string that may be cut; its heading is skipped. */
static char *copy_of(const char *name)
{
    for (size_t i = 0; i < kith_words_data_count; i++) {
        if (strcmp(kith_words_data[i].name, name) != 0)
            continue;
        char *copy = text + text_size;
        const size_t size = kith_words_data[i].size;
        assert(text_size + size + 1 <= TEXT_SIZE);
        memcpy(copy, kith_words_data[i].bytes, size);
        copy[size] = '\0';
        text_size += size + 1;
        return strchr(copy, '\n') + 1;
    }
    abort();
}

/* The next line cut into fields; false at the end. A line has exactly `count` of them. */
static bool next_line(char **at, char *fields[], size_t count)
{
    if (**at == '\0')
        return false;
    char *line = *at;
    char *end = strchr(line, '\n');
    *at = end + 1;
    *end = '\0';
    for (size_t i = 0; i < count; i++) {
        char *comma = strchr(line, ',');
        assert((comma != NULL) == (i + 1 < count));
        fields[i] = line;
        if (comma != NULL) {
            *comma = '\0';
            line = comma + 1;
        }
    }
    return true;
}

static int place_in(const char *const names[], int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], word) == 0)
            return i;
    abort();
}

static int by_class_and_word(const void *a, const void *b)
{
    const kind_row *left = a, *right = b;

    if (left->class != right->class)
        return left->class < right->class ? -1 : 1;
    return strcmp(left->meaning.word, right->meaning.word);
}

static int by_word(const void *a, const void *b)
{
    return strcmp(((const role_row *)a)->word, ((const role_row *)b)->word);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void read_kinds(void)
{
    char *at = copy_of("kinds");
    char *f[KIND_FIELDS];

    while (next_line(&at, f, KIND_FIELDS)) {
        assert(kind_count < KIND_MAX);
        kinds[kind_count++] = (kind_row){
            .class = (kith_word_class)place_in(class_names, CLASS_COUNT, f[0]),
            .meaning = { .word = f[1],
                         .label = f[2],
                         .known = true,
                         .context = (kith_context_kind)place_in(context_names, 6, f[3]),
                         .valence = (kith_valence)place_in(valence_names, 3, f[4]),
                         .gathers = f[5][0] == '1',
                         .exploits = f[6][0] != '0',
                         .passive = f[6][0] == '2',
                         .service = f[7][0] == '1',
                         .home = f[8][0] == '1' },
        };
    }
    qsort(kinds, kind_count, sizeof kinds[0], by_class_and_word);
}

static void read_roles(void)
{
    char *at = copy_of("roles");
    char *f[2];

    while (next_line(&at, f, 2)) {
        char *second = strchr(f[1], '+');
        assert(role_count < ROLE_MAX);
        if (second != NULL)
            *second++ = '\0';
        int bits = 1 << place_in(role_names, ROLE_COUNT, f[1]);
        if (second != NULL)
            bits |= 1 << place_in(role_names, ROLE_COUNT, second);
        roles_known[role_count++] = (role_row){ f[0], bits };
    }
    qsort(roles_known, role_count, sizeof roles_known[0], by_word);
}

static void read_all(void)
{
    char *f[1];

    read_kinds();
    read_roles();
    for (char *at = copy_of("refused_columns"); next_line(&at, f, 1); refused_count++) {
        assert(refused_count < COLUMN_MAX);
        refused[refused_count] = f[0];
    }
    qsort(refused, refused_count, sizeof refused[0], by_text);
}

/* Lower case, blanks and hyphens as '_', none of them at the ends. False when too long
 * to be a known word. */
static bool normal_form(char out[WORD_SIZE], const char *word)
{
    size_t size = 0;

    pthread_once(&once, read_all);
    for (; *word != '\0'; word++) {
        const char c = *word == ' ' || *word == '\t' || *word == '-' ? '_' : *word;
        if (c == '_' && (size == 0 || out[size - 1] == '_'))
            continue;
        if (size + 1 == WORD_SIZE)
            return false;
        out[size++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    while (size > 0 && out[size - 1] == '_')
        size--;
    out[size] = '\0';
    return size > 0;
}

const kith_meaning *kith_word_meaning(kith_word_class class, const char *word)
{
    char normal[WORD_SIZE];

    if (!normal_form(normal, word))
        return &unknown[class];
    const kind_row key = { .class = class, .meaning = { .word = normal } };
    const kind_row *found =
        bsearch(&key, kinds, kind_count, sizeof kinds[0], by_class_and_word);
    return found != NULL ? &found->meaning : &unknown[class];
}

bool kith_word_same(const char *a, const char *b)
{
    char normal_a[WORD_SIZE], normal_b[WORD_SIZE];

    if (normal_form(normal_a, a) && normal_form(normal_b, b))
        return strcmp(normal_a, normal_b) == 0;
    return strcmp(a, b) == 0;
}

/* The bits of a word that is in the list; 0 when it is not. */
static int listed_roles(const char *normal)
{
    const role_row key = { normal, 0 };
    const role_row *found =
        bsearch(&key, roles_known, role_count, sizeof roles_known[0], by_word);

    return found != NULL ? found->roles : 0;
}

/* The bits of "a_and_b", a and b both in the list; 0 otherwise. Cuts the word. */
static int composed_roles(char *normal)
{
    char *joint = strstr(normal, "_and_");

    if (joint == NULL)
        return 0;
    *joint = '\0';
    const int first = listed_roles(normal), second = listed_roles(joint + strlen("_and_"));
    const int both = first | second;
    int count = 0;
    for (int bit = 0; bit < ROLE_COUNT; bit++)
        count += both >> bit & 1;
    return first != 0 && second != 0 && count <= 2 ? both : 0;
}

void kith_role_read(const char *word, kith_role roles[2], const char *written[2], int *count,
                    bool *known)
{
    char normal[WORD_SIZE];
    int bits = 0;

    if (normal_form(normal, word)) {
        bits = listed_roles(normal);
        if (bits == 0)
            bits = composed_roles(normal);
    }
    *known = bits != 0;
    *count = 0;
    for (int bit = 0; bit < ROLE_COUNT; bit++) {
        if ((bits >> bit & 1) == 0)
            continue;
        roles[*count] = (kith_role)(1 << bit);
        written[(*count)++] = role_names[bit];
    }
    if (bits == 0) {
        roles[0] = KITH_PRESENT;
        written[0] = word;
        *count = 1;
    }
}

const char *kith_role_word(kith_role role)
{
    for (int bit = 0; bit < ROLE_COUNT; bit++)
        if (role == (kith_role)(1 << bit))
            return role_names[bit];
    return role_names[ROLE_COUNT - 1];
}

bool kith_column_names_source(const char *column)
{
    char normal[WORD_SIZE];

    if (!normal_form(normal, column))
        return false;
    const char *key = normal;
    return bsearch(&key, refused, refused_count, sizeof refused[0], by_text) != NULL;
}
