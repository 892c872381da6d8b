/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.h: what the known words of the data mean.
 *
 * Kinds of events, links and places, and roles, are open lists. A word that Kith knows
 * has a meaning, which is data (engine/words/kinds.csv and roles.csv, embedded at build);
 * an unknown word is kept as written, has the neutral meaning below, and is named in
 * the import report. Words are compared in lower case with blanks and hyphens as '_'. */
#ifndef KITH_WORDS_H
#define KITH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum kith_word_class {
    KITH_EVENT_WORD,
    KITH_LINK_WORD,
    KITH_PLACE_WORD,
    KITH_GROUP_WORD,
    KITH_OBJECT_WORD
} kith_word_class;

typedef enum kith_valence { KITH_NEUTRAL, KITH_RISK, KITH_PROTECTIVE } kith_valence;

typedef enum kith_context_kind {
    KITH_NO_CONTEXT,
    KITH_HOME,
    KITH_PEER,
    KITH_SCHOOL,
    KITH_NEIGHBOURHOOD,
    KITH_ONLINE
} kith_context_kind;

typedef struct kith_meaning {
    const char *word;  /* canonical spelling */
    const char *label; /* how it is printed: "alleged exploitation" */
    bool known;
    kith_context_kind context;
    kith_valence valence;
    bool gathers;  /* events: brings people together (unknown: true). links: a peer tie (unknown: false) */
    bool exploits; /* links: exploitation, alleged or convicted; never a peer tie, never "associate" */
    bool passive;  /* links that exploit: the first end is the one who is exploited */
    bool service;  /* places: school, hospital, police station, court, placement, hub */
    bool home;     /* places: a home */
} kith_meaning;

/* Roles on a participation, as bits, because sets of them are asked for. */
typedef enum kith_role {
    KITH_VICTIM = 1,
    KITH_ALLEGED_PERPETRATOR = 2,
    KITH_CONVICTED_PERPETRATOR = 4,
    KITH_WITNESS = 8,
    KITH_REPORTER = 16,
    KITH_HELPER = 32,
    KITH_MISSING = 64,
    KITH_PRESENT = 128 /* and every unknown word */
} kith_role;

/** The meaning of a word in its class; never NULL. word "" has the unknown meaning. */
const kith_meaning *kith_word_meaning(kith_word_class class, const char *word);

/** True when two words are written alike in the sense above ("Anti-social behaviour",
 *  "anti_social_behaviour"), known or not. */
bool kith_word_same(const char *a, const char *b);

/**
 * Reads a role word.
 *
 * roles   out: one bit, or two for a composed word (victim_and_suspect).
 * written out: the canonical words, at most two, in the order of the bits; an unknown
 *         word is itself, with role KITH_PRESENT. count 1 or 2.
 * known   out: false for a word that is in no list.
 */
void kith_role_read(const char *word, kith_role roles[2], const char *written[2], int *count,
                    bool *known);

/** The canonical word of one role. */
const char *kith_role_word(kith_role role);

/** A column name that would name a source of intelligence and is refused (R8). */
bool kith_column_names_source(const char *column);

#endif
