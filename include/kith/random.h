/* SPDX-License-Identifier: MIT */
/* random.h: the one seeded generator of the project.
 *
 * xoshiro256** 1.0, its state filled by splitmix64 from a seed: the same seed gives the
 * same numbers on every machine, so a result that rests on chance repeats byte for byte.
 * It is for resampling, shuffling and layouts; never for keys or pseudonyms (libsodium).
 * Work that is split into chunks gives each chunk a generator of its own, seeded with
 * the seed plus the number of the chunk.
 *
 * Source: D. Blackman, S. Vigna, Scrambled linear pseudorandom number generators, ACM
 *         Transactions on Mathematical Software 47(4), 2021. */
#ifndef KITH_RANDOM_H
#define KITH_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct kith_random {
    uint64_t state[4]; /* not all 0 */
} kith_random;

/** Starts the sequence of a seed; every seed is allowed, 0 too. */
void kith_random_seed(kith_random *random, uint64_t seed);

/** The next 64 bits. */
uint64_t kith_random_next(kith_random *random);

/** A whole number from 0 to bound - 1, each equally likely (no modulo bias). bound > 0. */
uint64_t kith_random_below(kith_random *random, uint64_t bound);

/** A multiple of 2^-53 in [0, 1), each equally likely. */
double kith_random_unit(kith_random *random);

/**
 * 64 bits for one place of a seed's own table, without going through those before it: for
 * work whose order is not fixed. One seed's places and one place's seeds are unrelated.
 */
uint64_t kith_random_at(uint64_t seed, uint64_t place);

/** Puts an array into random order, each order equally likely (Fisher and Yates). */
void kith_random_shuffle(kith_random *random, void *items, size_t count, size_t item_size);

#endif
