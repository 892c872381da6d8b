/* SPDX-License-Identifier: GPL-3.0-or-later */
/* language.h: words that blame a child, and what to write instead (R67, R68).
 *
 * The terms are a data file (engine/language/terms.csv), or a team's own in its place. A
 * term is some words; of each, a/b means either, a* any ending, and * alone none to three words.
 * Capitals do not matter; between the words of a term stand blanks, hyphens and underscores only.
 *
 * Wording is flagged, never altered: what stands in double quotation marks is somebody's
 * own words and is told apart. */
#ifndef KITH_LANGUAGE_H
#define KITH_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "kith/error.h"

typedef struct kith_terms kith_terms;

/**
 * Reads the terms: columns term, instead, source.
 *
 * path  NULL for Kith's own.
 * Returns KITH_OK, KITH_INPUT naming file and line, KITH_IO, KITH_NO_MEMORY.
 */
kith_status kith_terms_read(kith_terms **terms, const char *path, kith_error *err);
void kith_terms_free(kith_terms *terms);

/* One place in a text; begin with { .text = text }. */
typedef struct kith_wording {
    const char *text;
    size_t start, size;           /* bytes */
    const char *instead, *source; /* of the terms */
    bool quoted;                  /* inside double quotation marks */
    const char *quotation_end;    /* what follows is kith_wording_next's own */
    bool no_more_quotations;      /* of print's marks */
} kith_wording;

/**
 * The next wording of the list; of those that begin in one place the longest.
 *
 * Returns false when there is none. Cost: of a whole text, O(its size x terms), small for
 * most words.
 */
bool kith_wording_next(kith_wording *found, const kith_terms *terms);

#endif
