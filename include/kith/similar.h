/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similar.h: how alike two names are written. */
#ifndef KITH_SIMILAR_H
#define KITH_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>

#include "kith/text.h"

/**
 * Jaro similarity of two texts, by characters, case as given.
 *
 * (m/|a| + m/|b| + (m - t)/m) / 3 for m matches within half the longer length less one,
 * and t half the matches that stand in another order; 0 without a match, 1 for two empty
 * texts. In [0, 1]. Texts are read up to 256 characters here and below.
 * Cost: O(|a| |b|). Source: M. A. Jaro, Advances in record-linkage methodology, 1989.
 */
double kith_jaro(const char *a, const char *b);

/**
 * Jaro-Winkler similarity: above 0.7, Jaro raised by 0.1 x common prefix (at most 4
 * characters) x (1 - jaro). Source: W. E. Winkler, String comparator metrics and enhanced
 * decision rules in the Fellegi-Sunter model of record linkage, 1990.
 */
double kith_jaro_winkler(const char *a, const char *b);

/**
 * Fewest characters put in, taken out or replaced to make b of a, or exchanged with their
 * neighbour, also when characters are put in between the two later (unrestricted).
 * Cost: O(|a| |b|).
 * Source: R. Lowrance and R. A. Wagner, An extension of the string-to-string correction
 * problem, 1975.
 */
unsigned kith_damerau(const char *a, const char *b);

/**
 * American Soundex of a text: its first letter and three digits of what follows; letters
 * of one digit count once when they stand together, or with h or w between them.
 *
 * out  5 bytes. "" for a text that does not begin with an ASCII letter.
 */
void kith_soundex(char out[5], const char *text);

/**
 * The consonants of a folded word, doubled ones once: what is left of a name that was
 * written without vowels.
 *
 * out  `room` bytes, at least 1; what does not fit is left out.
 * Returns false when there are fewer than three.
 */
bool kith_consonants(char *out, size_t room, const char *word);

/**
 * Adds a name in the form in which names are compared: Latin letters of whatever script
 * (ICU: NFKC; Any-Latin; Latin-ASCII; Lower), apostrophes gone, everything else that is
 * no letter or digit one blank, no blank at either end. "Zoë O'Brien" is "zoe obrien",
 * "Мария" is "maria". What has no Latin form stays as it is.
 */
void kith_text_add_folded(kith_text *text, const char *name);

#endif
