/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tally.h: how often a record without an id was given in one load.
 *
 * Such a record is known by a digest of 16 bytes; n equal rows in a load are the first
 * to the n-th of their kind, whatever the hub holds. 20 bytes a slot. */
#ifndef KITH_ENGINE_TALLY_H
#define KITH_ENGINE_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KITH_DIGEST_SIZE = 16 };

typedef struct kith_tally {
    unsigned char (*digests)[KITH_DIGEST_SIZE];
    uint32_t *counts; /* 0: the slot is free */
    size_t used, slot_count; /* a power of two */
} kith_tally; /* starts as { 0 } */

/** Counts a digest; nth out: 1 the first time. False: no memory. */
bool kith_tally_add(uint32_t *nth, kith_tally *tally, const unsigned char digest[KITH_DIGEST_SIZE]);

/** How often a digest was counted. */
uint32_t kith_tally_count(const kith_tally *tally, const unsigned char digest[KITH_DIGEST_SIZE]);

void kith_tally_free(kith_tally *tally);

#endif
