/* SPDX-License-Identifier: GPL-3.0-or-later */
/* suppress.h: small counts, outside the case team (R66).
 *
 * A count is shown as the class it lies in: 0; 1 to least - 1 ("fewer than 10"); from then
 * on steps of five ("10 to 14", "15 to 19"). A total is the sum of its parts' classes, never
 * of the parts: it stands between the sum of the lowest and that of the highest values that
 * the parts may have.
 *
 * So whatever is published is a function of the classes alone. Each hidden count may be
 * replaced by any other of its class without a byte of any table, total, area or night
 * being another; what total minus shown cells, two areas of which one holds the other, or
 * last night's list and tonight's, let work out, is never less than a whole class. That is
 * why no second cell is hidden for the sake of a first: totals that are exact, with cells
 * hidden beside them, part a hidden count from its night as soon as it grows large enough
 * to be shown, whichever cells are chosen.
 *
 * It holds for what is counted, not for what is said beside it. Who publishes classes must
 * not order by the counts themselves, nor give figures that are made from them (ranks,
 * scores, p-values, bars, differences to an earlier night, totals of distinct people). */
#ifndef KITH_SUPPRESS_H
#define KITH_SUPPRESS_H

#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"
#include "kith/table.h"

enum {
    KITH_SUPPRESS_DEFAULT = 10, /* counts below it are hidden */
    KITH_SUPPRESS_LEAST = 4,    /* a place that is called emerging has 2 children and more: below 4 its class would hold one value */
    KITH_SUPPRESS_MOST = 1000,
    KITH_SUPPRESS_STEP = 5
};

/* What may be known of a count: it lies between the two, both included. */
typedef struct kith_seen {
    uint64_t low, high;
} kith_seen;

/** KITH_USAGE unless least is 0 (nothing is hidden) or from KITH_SUPPRESS_LEAST to _MOST. */
kith_status kith_suppress_check(uint32_t least, kith_error *err);

/** The class of a count; with least 0 the count itself. */
kith_seen kith_suppress(uint64_t count, uint32_t least);

/** Adds a part to a total that began as { 0, 0 }. */
void kith_seen_add(kith_seen *total, kith_seen part);

/** Longest result of kith_seen_write, with its NUL. */
enum { KITH_SEEN_SIZE = 64 };

/** "0", "12", "fewer than 10", "10 to 14". */
void kith_seen_write(char out[KITH_SEEN_SIZE], kith_seen seen);

/**
 * Turns integer columns of a filled table into texts that tell the classes.
 *
 * names  columns that the table has; the rows' order is the caller's to look after.
 * least  0 leaves the table as it is.
 * Returns KITH_OK, KITH_USAGE, KITH_NO_MEMORY (the table is then not to be printed).
 */
kith_status kith_suppress_columns(kith_table *table, const char *const *names, size_t count,
                                  uint32_t least, kith_error *err);

#endif
