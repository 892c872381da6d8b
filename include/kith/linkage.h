/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage.h: which records may be one person, or one place.
 *
 * Fellegi and Sunter's model. Of a pair of records each field gives a level (compare.h).
 * Level l of a field speaks for one person with log2(m/u) bits: m is how often records of
 * one person have that level, u how often records of two do. The hub itself tells both: u
 * comes from pairs drawn at random, m and the share of true pairs from expectation
 * maximisation over the candidates. A value that two records share speaks the louder the
 * rarer it is. The bits of all fields and of the prior add up; a field that is missing in
 * one of the records says nothing. docs/measures.md has the whole of it.
 *
 * Candidates share a key (a phonetic name, a date of birth, an identifier, a postcode and
 * so on), so that no pass looks at all pairs. It only suggests: nothing is joined here.
 * The same records give the same answer, bit by bit. */
#ifndef KITH_LINKAGE_H
#define KITH_LINKAGE_H

#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"
#include "kith/network.h"
#include "kith/table.h"

/* A record as it was sent. Texts that are not known are ""; aliases and identifiers
 * ("nhs=...;email=...") have ';' between them. */
typedef struct kith_linkage_record {
    const char *id;
    const char *name, *aliases, *born, *sex, *school, *postcode, *address, *identifiers;
    double lat, lon; /* places; NaN when unknown */
} kith_linkage_record;

typedef struct kith_linkage_pair {
    uint32_t left, right; /* records; left < right */
    double probability;
} kith_linkage_pair;

/* One line of what speaks for and against a pair. */
typedef struct kith_linkage_term {
    const char *name;  /* "prior", "family name", ... */
    const char *level; /* "same", "day and month exchanged", ...; "" of the prior */
    double bits;       /* above 0 for, below 0 against; the rarity is in it */
    double rarity;     /* of the bits those that the value itself makes, by how rare it is */
} kith_linkage_term;

enum { KITH_LINKAGE_TERMS = 10 };

typedef struct kith_linkage {
    kith_linkage_pair *pairs; /* the most probable first, equal ones by their records */
    size_t pair_count;
    size_t candidates;       /* pairs that share a key */
    double expected;         /* pairs expected to be one, by the model */
    size_t blocks_left_out;  /* of more records than a block may have, however divided */
    size_t largest_left_out; /* records of the largest of those */
    struct linkage_state *state;
} kith_linkage;

/* Records of a block that are all compared with each other; larger ones are divided. */
enum { KITH_LINKAGE_BLOCK = 64 };

/**
 * Learns from the records, and lists the pairs that may be one.
 *
 * linkage   out: free with kith_linkage_free.
 * records   in the order of their ids, which breaks ties; kept until then by the caller.
 * kind      KITH_PERSON or KITH_LOCATION: which comparisons are made.
 * least     pairs of at least this probability are kept; 0 for every candidate.
 *
 * Returns KITH_OK, KITH_NO_MEMORY.
 * Cost: about n log n: each key gives a record at most 63 partners.
 * Sources: I. P. Fellegi and A. B. Sunter, A theory for record linkage, JASA 64, 1969;
 *          W. E. Winkler, Using the EM algorithm for weight computation in the
 *          Fellegi-Sunter model of record linkage, 1988.
 */
kith_status kith_linkage_build(kith_linkage *linkage, const kith_linkage_record *records,
                               size_t count, kith_kind kind, double least, kith_error *err);

/**
 * What speaks for and against two records being one; any two, candidates or not.
 *
 * terms  out: the prior first, then each field that both records have; their bits add up
 *        to log2(p / (1 - p)).
 * Returns the probability p.
 */
double kith_linkage_explain(kith_linkage_term terms[KITH_LINKAGE_TERMS], size_t *count,
                            const kith_linkage *linkage, uint32_t left, uint32_t right);

void kith_linkage_free(kith_linkage *linkage);

/**
 * The records of a hub that may be one, and those of which it was decided.
 *
 * table  out: left_id, right_id, probability, decision (confirmed, refused; either
 *        "through others" when it follows from a chain; missing while it is open), left and
 *        right (the names), bits, why. Pairs of at least `least`, and every pair decided of; the most probable first.
 * kind   KITH_PERSON or KITH_LOCATION.
 */
kith_status kith_linkage_list(kith_table *table, kith_store *store, const kith_view *view,
                              kith_kind kind, double least, kith_error *err);

/**
 * What speaks for and against two records of a hub being one.
 *
 * table  out: term, left, right, level, bits, rarity; the probability is a fact.
 * Returns KITH_NOT_FOUND for an id; KITH_USAGE when they are not two people or two places.
 */
kith_status kith_linkage_waterfall(kith_table *table, kith_store *store, const kith_view *view,
                                   const char *a, const char *b, kith_error *err);

#endif
