/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_private.h: what the files of the linkage share: records made ready
 * (linkage_records.c), keys and candidates (linkage_blocks.c), levels of a pair
 * (linkage_names.c, linkage_levels.c), what a level is worth (linkage_chance.c,
 * linkage_model.c, linkage_bits.c), and the list (linkage.c). */
#ifndef KITH_LINKAGE_PRIVATE_H
#define KITH_LINKAGE_PRIVATE_H

#include "idmap.h"
#include "kith/compare.h"
#include "kith/linkage.h"

enum { NAME_WORDS = 4, ALIASES = 5, FIELDS = 9, LEVELS = 8 };

#define NONE UINT32_MAX /* no record, no word */

/* Fields compared; those of a place stand behind those of a person. */
typedef enum linkage_field {
    GIVEN,
    FAMILY,
    BORN,
    SEX,
    IDENTIFIER,
    HOME,
    SCHOOL,
    TITLE,
    POSITION
} linkage_field;

typedef struct field_row {
    const char *name;
    int level_count;
    const char *levels[LEVELS]; /* from the one that speaks most against */
    double usual[LEVELS];       /* m where the hub has not told it */
    double usual_chance[LEVELS]; /* u, likewise */
} field_row;

extern const field_row linkage_fields[FIELDS];

/* One way to write a name: folded words as values, the last the family's. */
typedef struct linkage_name {
    uint32_t words[NAME_WORDS];
    uint32_t count;
} linkage_name;

/* Values are indexes into the map of all texts. NONE: not known. A pair is compared by
 * what stands here, 64 bytes a record, so that most pairs cost one visit to memory. */
typedef struct linkage_ready {
    linkage_name name; /* count 0: not known */
    uint16_t alias_count, identifier_count;
    kith_partial_date born;
    uint32_t born_text, sex, school, postcode_text, address;
    uint32_t first_alias, first_identifier;
} linkage_ready;

typedef struct linkage_identifier {
    uint32_t kind, value; /* the value with its kind before it, as one text */
    uint32_t skip;        /* of that text what belongs to the kind */
    bool checked;         /* an NHS number that passes its check */
} linkage_identifier;

/* What is known of a value. */
typedef struct linkage_value {
    uint32_t count;       /* records that have it */
    uint32_t first, last; /* names of two words or more that begin or end with it */
    uint32_t sound;       /* value of its Soundex, or itself */
    kith_word_sketch sketch;
} linkage_value;

typedef struct linkage_word_pair {
    uint32_t a, b;
    uint8_t level;
} linkage_word_pair;

enum { REMEMBERED = 1 << 16 };

typedef struct linkage_state {
    const kith_linkage_record *records;
    size_t count;
    kith_kind kind;
    kith_idmap map;
    linkage_value *values;
    size_t value_room;
    linkage_ready *ready;
    kith_postcode *postcodes; /* by record */
    linkage_name *aliases;
    size_t alias_count, alias_room;
    linkage_identifier *identifiers;
    size_t identifier_count, identifier_room;
    linkage_word_pair *remembered; /* levels of words met lately */
    double agreement[FIELDS];      /* chance that two records share a value of the field */
    double near[FIELDS];           /* the same, of names that are only alike; see set_near */
    double m[FIELDS][LEVELS], u[FIELDS][LEVELS];
    double bits[FIELDS][LEVELS]; /* log2(m / u) */
    double most_home;            /* that a home can be worth */
    double share;     /* of all pairs that are one */
    double household; /* of the others that are two of one household */
    uint32_t *block_of, *block_start;   /* blocks of record r: block_of[block_start[r]] ... */
    uint32_t *member, *member_start;    /* records of block b: member[member_start[b]] ... */
    size_t block_count;
} linkage_state;

/* Of a pair: the level of each field plus one, 0 where a record lacks it; and how many
 * records hold the value that both have, or the commoner of two that are alike; 0 where
 * they share none. */
typedef struct linkage_levels {
    uint8_t level[FIELDS];
    uint32_t holders[FIELDS];
} linkage_levels;

static inline const char *linkage_text(const linkage_state *state, uint32_t value)
{
    return kith_idmap_key(&state->map, &state->map.entries[value]);
}

/** For qsort of kith_linkage_pair: the most probable first, equal ones by their records. */
int linkage_by_probability(const void *a, const void *b);

/** Folds and numbers every value of the records. */
kith_status linkage_make_ready(linkage_state *state, kith_error *err);

/** The levels of a pair; and, one after the other, of all but the homes, and of those. */
void linkage_compare(linkage_levels *out, linkage_state *state, uint32_t left, uint32_t right);
void linkage_compare_first(linkage_levels *out, linkage_state *state, uint32_t left, uint32_t right);
void linkage_compare_homes(linkage_levels *out, const linkage_state *state, uint32_t left, uint32_t right);

/** Given and family name, in the best of all ways to write them. */
void linkage_compare_names(linkage_levels *out, linkage_state *state, const linkage_ready *a,
                           const linkage_ready *b);

/** How alike two words of names are. */
typedef enum linkage_word_level {
    DIFFERENT_WORD,
    INITIAL,
    ALIKE,
    CLOSE,
    NICKNAME,
    ELSEWHERE, /* the same word in another place of the name */
    SAME_WORD
} linkage_word_level;

int linkage_compare_words(linkage_state *state, uint32_t a, uint32_t b);
int linkage_better(int a, int b); /* of two such levels */

/** Is a level plus one that of names which are alike, not the same? */
bool linkage_is_near(linkage_field field, int level);

/** Puts records that share a key into blocks. */
kith_status linkage_make_blocks(kith_linkage *linkage, kith_error *err);

typedef void linkage_take(void *context, uint32_t left, uint32_t right);

/**
 * Calls `take` once with every candidate of which the left record is `left`.
 *
 * stamp  of linkage_stamps, the same for all left records.
 */
void linkage_each_partner(const linkage_state *state, uint32_t left, uint32_t *stamp,
                          linkage_take *take, void *context);
uint32_t *linkage_stamps(size_t count); /* NULL: no memory */

/** Learns m, u, and the shares from the records in their blocks. */
kith_status linkage_learn(kith_linkage *linkage, kith_error *err);

static inline double linkage_pair_count(const linkage_state *state)
{
    return (double)state->count * (double)(state->count - 1) / 2;
}

/* How often two records have each level, and of how many pairs that is known. */
typedef struct linkage_chances {
    double rate[FIELDS][LEVELS], pairs[FIELDS];
    double near[FIELDS], rareness[FIELDS]; /* pairs whose values are alike, and the sum of 1 / commonness */
} linkage_chances;

/** Draws pairs; sets state->near. */
void linkage_draw_chances(linkage_chances *drawn, linkage_state *state);

/** Sets u by what is drawn and by m and the shares as they are now; and the bits by m and u. */
void linkage_set_chances(linkage_state *state, const linkage_chances *drawn);
void linkage_set_bits(linkage_state *state);

/** Does a household, or for places a neighbourhood, share the field? */
bool linkage_is_shared(const linkage_state *state, int field);

/** The bits by which a shared value is worth more than one that agrees by chance. */
double linkage_rarity(const linkage_state *state, const linkage_levels *levels, int field);

/** The same of a value that nobody else has. */
double linkage_rarest(const linkage_state *state, linkage_field field);

/* The terms of a pair, in bits: of the prior; of each field and the part that is its
 * value's rarity (their sum with the prior is returned); of what a household explains. */
double linkage_prior(const linkage_state *state);
double linkage_add_up(double bits[FIELDS], double rarity[FIELDS], const linkage_state *state,
                      const linkage_levels *levels);
double linkage_household(const linkage_state *state, const double bits[FIELDS]);

/** From bits to a probability. */
double linkage_probability(double bits);

#endif
