/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similar.h: how alike two names are written. */
#ifndef KITH_SIMILAR_H
#define KITH_SIMILAR_H

#include "kith/text.h"

/**
 * Jaro-Winkler similarity of two texts, by characters, case as given.
 *
 * Jaro is (m/|a| + m/|b| + (m - t)/m) / 3 for m matches within half the longer length
 * less one, and t half the matches that stand in another order; 0 without a match, 1
 * for two empty texts. Above 0.7 it is raised by 0.1 x common prefix (at most 4
 * characters) x (1 - jaro). In [0, 1], symmetric. Texts are read up to 256 characters.
 * Cost: O(|a| |b|). Source: W. E. Winkler, String comparator metrics and enhanced
 * decision rules in the Fellegi-Sunter model of record linkage, 1990.
 */
double kith_jaro_winkler(const char *a, const char *b);

/**
 * Adds a name in the form in which names are compared: lower case, Latin letters without
 * their accents, everything but letters and digits one blank, no blank at either end.
 * Letters of other scripts stay as they are.
 */
void kith_text_add_folded(kith_text *text, const char *name);

/**
 * How well a query names a person or place, in [0, 1]; both already folded.
 *
 * 1 when equal. Otherwise each word of the query takes its best word of the name, each
 * word used once, whatever the order; the mean of their Jaro-Winkler similarities, the
 * unused words of the name costing a tenth each of what they would as mismatches.
 */
double kith_name_similarity(const char *query, const char *name);

#endif
