/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tally.c: open addressing; a digest is its own hash. */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

static size_t slot_of(const kith_tally *tally, const unsigned char *digest)
{
    uint64_t hash;

    memcpy(&hash, digest, sizeof hash);
    size_t slot = (size_t)hash & (tally->slot_count - 1);
    while (tally->counts[slot] != 0 && memcmp(tally->digests[slot], digest, KITH_DIGEST_SIZE) != 0)
        slot = (slot + 1) & (tally->slot_count - 1);
    return slot;
}

static bool grow(kith_tally *tally)
{
    kith_tally bigger = { .slot_count = tally->slot_count ? 2 * tally->slot_count : FIRST_SLOTS };

    bigger.digests = malloc(bigger.slot_count * sizeof *bigger.digests);
    bigger.counts = calloc(bigger.slot_count, sizeof *bigger.counts);
    if (bigger.digests == NULL || bigger.counts == NULL) {
        kith_tally_free(&bigger);
        return false;
    }
    for (size_t i = 0; i < tally->slot_count; i++) {
        if (tally->counts[i] == 0)
            continue;
        const size_t slot = slot_of(&bigger, tally->digests[i]);
        memcpy(bigger.digests[slot], tally->digests[i], KITH_DIGEST_SIZE);
        bigger.counts[slot] = tally->counts[i];
    }
    bigger.used = tally->used;
    kith_tally_free(tally);
    *tally = bigger;
    return true;
}

bool kith_tally_add(uint32_t *nth, kith_tally *tally, const unsigned char digest[KITH_DIGEST_SIZE])
{
    *nth = 0;
    if (tally->used + 1 > tally->slot_count / 5 * 4 && !grow(tally))
        return false;
    const size_t slot = slot_of(tally, digest);
    if (tally->counts[slot] == 0) {
        memcpy(tally->digests[slot], digest, KITH_DIGEST_SIZE);
        tally->used++;
    }
    *nth = ++tally->counts[slot];
    return true;
}

uint32_t kith_tally_count(const kith_tally *tally, const unsigned char digest[KITH_DIGEST_SIZE])
{
    return tally->slot_count == 0 ? 0 : tally->counts[slot_of(tally, digest)];
}

void kith_tally_free(kith_tally *tally)
{
    free(tally->digests);
    free(tally->counts);
    *tally = (kith_tally){ 0 };
}
