/* SPDX-License-Identifier: MIT */
/* random.c: xoshiro256** with splitmix64 for its state. */
#include "kith/random.h"

#include <assert.h>

static uint64_t splitmix(uint64_t *counter)
{
    uint64_t z = *counter += 0x9E3779B97F4A7C15;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

static uint64_t rotate(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

void kith_random_seed(kith_random *random, uint64_t seed)
{
    /* splitmix64 passes through every value once, so four in a row are never all 0. */
    for (int i = 0; i < 4; i++)
        random->state[i] = splitmix(&seed);
}

uint64_t kith_random_next(kith_random *random)
{
    uint64_t *s = random->state;
    const uint64_t result = rotate(s[1] * 5, 7) * 9;
    const uint64_t shifted = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

uint64_t kith_random_below(kith_random *random, uint64_t bound)
{
    assert(bound > 0);
    /* 2^64 mod bound: the lowest values, which would make some remainders likelier. */
    const uint64_t excess = (UINT64_MAX - bound + 1) % bound;
    uint64_t x = kith_random_next(random);

    while (x < excess)
        x = kith_random_next(random);
    return x % bound;
}

uint64_t kith_random_at(uint64_t seed, uint64_t place)
{
    uint64_t counter = splitmix(&seed) ^ place * 0xD1342543DE82EF95;

    counter ^= counter >> 32;
    return splitmix(&counter);
}

double kith_random_unit(kith_random *random)
{
    return (double)(kith_random_next(random) >> 11) * 0x1p-53;
}

static void swap_bytes(unsigned char *a, unsigned char *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = a[i];
        a[i] = b[i];
        b[i] = byte;
    }
}

void kith_random_shuffle(kith_random *random, void *items, size_t count, size_t item_size)
{
    unsigned char *bytes = items;

    for (size_t left = count; left > 1; left--) {
        const size_t chosen = (size_t)kith_random_below(random, left);
        if (chosen != left - 1)
            swap_bytes(bytes + chosen * item_size, bytes + (left - 1) * item_size, item_size);
    }
}
