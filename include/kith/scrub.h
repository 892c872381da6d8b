/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scrub.h: names taken out of what people wrote (R53).
 *
 * A pack without full names may hold none in its sentences either: a summary that says "seen with
 * Tamsin outside 3 Mussel Row" is a name and an address. A scrub is a list of phrases, each with
 * what stands in its place. Phrases are compared in the form in which names are (similar.h), whole
 * words only; where several begin at one word the longest is taken. A phrase that is its own
 * replacement keeps what others would take: the name of a public place, for example.
 *
 * Like kith_text, a failed allocation is remembered and asked for once (kith_scrub_end). */
#ifndef KITH_SCRUB_H
#define KITH_SCRUB_H

#include <stdbool.h>

#include "kith/text.h"

typedef struct kith_scrub kith_scrub;

/** NULL without memory. */
kith_scrub *kith_scrub_new(void);
void kith_scrub_free(kith_scrub *scrub); /* NULL is allowed */

/**
 * Adds a phrase; of the same phrase the one that was added first counts.
 *
 * phrase   NULL when there was no memory to write it: remembered too.
 * instead  what takes its place; NULL: the phrase stays.
 * capital  only where its first word begins with a capital: for a single name, which may be a
 *          word too.
 */
void kith_scrub_add(kith_scrub *scrub, const char *phrase, const char *instead, bool capital);

/** Makes it ready. KITH_OK, or KITH_NO_MEMORY when any addition failed. */
kith_status kith_scrub_end(kith_scrub *scrub, kith_error *err);

/** Adds a text with every phrase replaced. Cost: O(words x log phrases). */
void kith_scrub_text(kith_text *out, const kith_scrub *scrub, const char *text);

/** Whether any phrase stands in a text. KITH_OK or KITH_NO_MEMORY. Cost: as kith_scrub_text. */
kith_status kith_scrub_finds(bool *found, const kith_scrub *scrub, const char *text, kith_error *err);

#endif
