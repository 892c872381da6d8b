/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find_private.h: what the files of find share.
 *
 * find_match.c says what a text means and how well a record fits it; find_keys.c gives
 * records the keys by which find_index.c finds those that may fit; find.c keeps the best.
 * Which records are found, and their scores, are find_match.c's alone: the index only
 * spares reading the others (tests/test_find.c holds the two to the same answer). */
#ifndef KITH_FIND_PRIVATE_H
#define KITH_FIND_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/compare.h"
#include "kith/network.h"
#include "kith/store.h"
#include "kith/table.h"
#include "kith/text.h"

enum {
    FIND_PARTS = 16,    /* words of a text, and of a name; what follows is not compared */
    FIND_WORD_SIZE = 64, /* bytes of a word that are compared, with the NUL */
    FIND_SOLID_SIZE = 128
};

/* What of a record can be found. Texts are never NULL. */
typedef struct find_record {
    kith_kind kind;
    const char *id, *name, *aliases, *dob, *identifiers, *postcode;
} find_record;

/* One word of a text: a word of a name, a date, or either of them. */
typedef struct find_part {
    char word[FIND_WORD_SIZE]; /* folded; "": only a date */
    kith_partial_date date;    /* year 0: only a word */
} find_part;

typedef struct find_query {
    find_part parts[FIND_PARTS];
    size_t count;
    size_t words;      /* parts that may be a word */
    size_t only_words; /* parts that are no date */
    char solid[FIND_SOLID_SIZE];
} find_query;

/* The words of a name, folded. Starts as { 0 }, is read again and again, freed once. */
typedef struct find_words {
    char text[FIND_PARTS][FIND_WORD_SIZE];
    size_t count;
    kith_text piece, folded; /* kept for their room */
} find_words;

/** Reads what somebody typed. False when there is no memory. */
bool find_query_read(find_query *query, const char *text);

/** Splits a name. False when there is no memory. */
bool find_words_read(find_words *words, const char *name, size_t size);
void find_words_free(find_words *words);

/**
 * A value as ids, identifiers, telephone numbers, registrations and postcodes are compared:
 * letters in lower case and digits alone; a telephone number of the United Kingdom begins
 * with 0, whether it was written with +44, 0044 or 0.
 */
void find_solid(char out[FIND_SOLID_SIZE], const char *value, size_t size);

/** Gives each of the values of "a;b=c" to `take`, without what stands before '='. */
void find_each_value(const char *list, void (*take)(void *context, const char *value, size_t size),
                     void *context);

/* How well one part fits, in whole parts of this many, so that a sum is the same in any order. */
enum { FIND_FIT = 10000 };

/** How well a word that was typed fits a word of a name: docs/measures.md. 0: not at all. */
unsigned find_word_fit(const char *typed, const char *written);

/** How well a date that was typed fits a date of birth. 0: not at all. */
unsigned find_date_fit(kith_partial_date typed, const char *born);

/** The score of `count` parts that fit by `sum` altogether, and of `spare` words of the name
 * that nobody typed. */
double find_score(unsigned sum, size_t count, size_t spare);

/** How well a record fits: 0 to 1; matched: by which of its fields. False: no memory. */
bool find_record_score(double *score, const char **matched, find_words *scratch,
                       const find_query *query, const find_record *record);

/** Consonants of a word, doubled ones once; "" for fewer than three. */
void find_consonants(char out[FIND_WORD_SIZE], const char *word);

/* ---- keys ---- */

typedef struct find_keys find_keys;

/** Keys of the records of one load; NULL when there is no memory. */
find_keys *find_keys_new(void);

/** Adds what a record can be found by. What fails is remembered. */
void find_keys_add(find_keys *keys, int64_t entity, const find_record *record);

/** Writes them, and that the load is in the index whole; inside a change. */
kith_status find_keys_write(find_keys *keys, kith_store *store, int64_t batch, kith_error *err);

void find_keys_free(find_keys *keys);

/** Writes one load's part of the index anew, from its records as they are now; inside a change. */
kith_status find_load_again(kith_store *store, const kith_view *view, int64_t batch, kith_error *err);

/** Brings loads that an earlier version of the tables kept without an index into it; nothing
 * when there are none. Inside a change. */
kith_status find_index_loads(kith_store *store, const kith_view *view, kith_error *err);

/** Four digits of a hash of a solid value, after '#'. */
enum { FIND_BUCKETS = 1 << 16, FIND_BUCKET_SIZE = 6 };
unsigned find_bucket(const char *solid);

/** The next row of what one load wrote for a key; words: how many its name has, at most 4. */
typedef struct find_reader {
    const unsigned char *at, *end;
    int64_t entity;
    unsigned words;
} find_reader;
bool find_reader_next(find_reader *reader);

/* ---- candidates ---- */

/* A record that may fit, and the most that its score can be. */
typedef struct find_candidate {
    double bound;
    int64_t entity;
} find_candidate;

typedef struct find_candidates {
    find_candidate *list; /* a heap: the best first, equal ones by row */
    size_t count;
    bool ready; /* false: the hub has loads that are not in the index, and no list was made */
} find_candidates;

kith_status find_candidates_read(find_candidates *candidates, const find_query *query,
                                 kith_store *store, const kith_view *view, kith_error *err);

/** Takes the best away; false when there is none. */
bool find_candidates_next(find_candidate *out, find_candidates *candidates);

/**
 * kith_find, by the index or by reading every record: the same answer.
 */
kith_status find_by(kith_table *table, kith_store *store, const kith_view *view, const char *text,
                    size_t most, bool by_index, kith_error *err);

#endif
