/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare.h: how two values of a field relate.
 *
 * A comparison gives a level, from "different" upwards; what a level is worth, the
 * linkage learns from the hub (linkage.h). Nothing here knows two people to be one. */
#ifndef KITH_COMPARE_H
#define KITH_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum kith_word_level {
    KITH_WORD_DIFFERENT,
    KITH_WORD_INITIAL,  /* one is the other's first letter */
    KITH_WORD_ALIKE,    /* Jaro-Winkler at least 0.8, or the same Soundex or consonants */
    KITH_WORD_CLOSE,    /* one edit apart, two from seven letters on, or Jaro-Winkler at least 0.92 */
    KITH_WORD_NICKNAME, /* short forms of one name, or the first three letters or more of it */
    KITH_WORD_SAME
} kith_word_level;

/** Two words of names, both folded (similar.h) and not empty. */
kith_word_level kith_compare_words(const char *a, const char *b);

/** True when both are listed as forms of one given name (engine/words/nicknames.csv). */
bool kith_nicknames(const char *a, const char *b);

/** True when the word is listed as a form of any. */
bool kith_nickname_listed(const char *word);

/* What tells at a glance that two words are different; empty where it cannot. */
typedef struct kith_word_sketch {
    uint32_t letters, sound; /* which there are, a bit each; the Soundex */
    char start[3];
    bool listed;  /* in engine/words/nicknames.csv */
    uint8_t size; /* 0: not of three letters a to z or more, nothing else is filled in */
} kith_word_sketch;

void kith_word_sketch_make(kith_word_sketch *out, const char *word);

/** True only when kith_compare_words would say KITH_WORD_DIFFERENT; not always then. */
bool kith_word_sketches_differ(const kith_word_sketch *a, const kith_word_sketch *b);

/** Gives every listed form of a given name to `take`; some more than once, itself too. */
void kith_nickname_forms(const char *word, void (*take)(void *context, const char *form),
                         void *context);

/* 0 stands for a part that is not known. Nothing asks whether the date exists: copying
 * errors make dates that do not. */
typedef struct kith_partial_date { int year, month, day; } kith_partial_date;

typedef enum kith_date_level {
    KITH_DATE_DIFFERENT,
    KITH_DATE_YEAR,      /* the same year, no more, or no more known */
    KITH_DATE_NEAR,      /* year and month at most one apart, day at most two */
    KITH_DATE_MONTH,     /* the same year and month; a day is not known */
    KITH_DATE_TWO_PARTS, /* two of year, month and day are the same */
    KITH_DATE_ONE_DIGIT, /* one digit, or two neighbours exchanged */
    KITH_DATE_SWAPPED,   /* day and month exchanged */
    KITH_DATE_SAME
} kith_date_level;

/** Reads 2006-10-02, 20061002, 2006-10 or 2006. False for anything else, "" too. */
bool kith_partial_date_read(kith_partial_date *out, const char *text);

/** Two dates, each with a known year. */
kith_date_level kith_compare_dates(kith_partial_date a, kith_partial_date b);

enum { KITH_POSTCODE_SIZE = 12 };

typedef struct kith_postcode {
    char whole[KITH_POSTCODE_SIZE]; /* upper case, without blanks */
    size_t outward;                 /* length of the outward part; 0: not a whole British postcode */
} kith_postcode;

typedef enum kith_postcode_level {
    KITH_POSTCODE_DIFFERENT,
    KITH_POSTCODE_OUTWARD, /* the same district, or one is only that */
    KITH_POSTCODE_SAME
} kith_postcode_level;

/** False for a text without letters or digits, or longer than a postcode. */
bool kith_postcode_read(kith_postcode *out, const char *text);
kith_postcode_level kith_compare_postcodes(const kith_postcode *a, const kith_postcode *b);

typedef enum kith_identifier_level {
    KITH_IDENTIFIER_DIFFERENT,
    KITH_IDENTIFIER_ALIKE, /* at least six tenths of the longer are kept */
    KITH_IDENTIFIER_CLOSE, /* one edit apart, two from ten characters on */
    KITH_IDENTIFIER_SAME
} kith_identifier_level;

/**
 * Two identifiers of one kind ("nhs", "email", ...), both folded and without blanks.
 *
 * Two different NHS numbers that both pass their check are different: no single slip
 * makes one of the other. An equal one that fails it is only close.
 */
kith_identifier_level kith_compare_identifiers(const char *kind, const char *a, const char *b);

/** Ten digits, blanks apart, of which the last checks the others (modulus 11). */
bool kith_nhs_number_valid(const char *text);

/**
 * How much two addresses say the same, in [0, 1]; both folded.
 *
 * Twice the words that find a partner over all words of both: 1 for an equal one, 0.9 for
 * one an edit away (four letters or more, and no number).
 */
double kith_address_similarity(const char *a, const char *b);

#endif
