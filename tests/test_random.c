/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "kith/random.h"

/* The first outputs of the authors' reference code from the state 1, 2, 3, 4. */
Test(random, the_sequence_is_that_of_the_reference_code)
{
    static const uint64_t expected[] = {
        11520u, 0u, 1509978240u, 1215971899390074240u, 1216172134540287360u, 607988272756665600u
    };
    kith_random random = { { 1, 2, 3, 4 } };

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        cr_assert(eq(u64, kith_random_next(&random), expected[i]));
}

/* The published first outputs of splitmix64 for the seed 1234567. */
Test(random, a_seed_is_spread_by_splitmix)
{
    kith_random random;

    kith_random_seed(&random, 1234567);
    cr_assert(eq(u64, random.state[0], 6457827717110365317u));
    cr_assert(eq(u64, random.state[1], 3203168211198807973u));
    cr_assert(eq(u64, random.state[2], 9817491932198370423u));
    cr_assert(eq(u64, random.state[3], 4593380528125082431u));
}

Test(random, equal_seeds_agree_and_neighbouring_seeds_do_not)
{
    kith_random one, same, next;
    int differing = 0;

    kith_random_seed(&one, 0);
    kith_random_seed(&same, 0);
    kith_random_seed(&next, 1);
    for (int i = 0; i < 100; i++) {
        const uint64_t value = kith_random_next(&one);
        cr_assert(eq(u64, value, kith_random_next(&same)));
        differing += value != kith_random_next(&next);
    }
    cr_assert(eq(int, differing, 100));
}

/* 70 000 draws from 7: each value is expected 10 000 times; chi-squared with 6 degrees
 * of freedom exceeds 22.46 once in a thousand. */
Test(random, numbers_below_a_bound_are_equally_likely)
{
    kith_random random;
    long seen[7] = { 0 };
    double chi = 0;

    kith_random_seed(&random, 42);
    for (int i = 0; i < 70000; i++)
        seen[kith_random_below(&random, 7)]++;
    for (int i = 0; i < 7; i++)
        chi += (double)(seen[i] - 10000) * (double)(seen[i] - 10000) / 10000;
    cr_assert(lt(dbl, chi, 22.46));
}

/* With 3 * 2^62 plain remainders would fall below 2^62 half of the time, not a third. */
Test(random, a_great_bound_has_no_modulo_bias)
{
    kith_random random;
    long low = 0;

    kith_random_seed(&random, 7);
    for (int i = 0; i < 30000; i++)
        low += kith_random_below(&random, (uint64_t)3 << 62) < (uint64_t)1 << 62;
    cr_assert(gt(long, low, 9600));
    cr_assert(lt(long, low, 10400));
}

Test(random, a_bound_of_one_gives_zero)
{
    kith_random random;

    kith_random_seed(&random, 3);
    cr_assert(eq(u64, kith_random_below(&random, 1), 0u));
}

Test(random, a_unit_number_lies_in_zero_to_one)
{
    kith_random random;
    double sum = 0;

    kith_random_seed(&random, 5);
    for (int i = 0; i < 10000; i++) {
        const double x = kith_random_unit(&random);
        cr_assert(ge(dbl, x, 0.0));
        cr_assert(lt(dbl, x, 1.0));
        sum += x;
    }
    cr_assert(epsilon_eq(dbl, sum / 10000, 0.5, 0.01));
}

/* 24 000 shuffles of 4: each of the 24 orders is expected 1000 times; chi-squared with
 * 23 degrees of freedom exceeds 49.73 once in a thousand. */
Test(random, every_order_is_equally_likely)
{
    kith_random random;
    long seen[256] = { 0 };
    double chi = 0;
    int orders = 0;

    kith_random_seed(&random, 11);
    for (int i = 0; i < 24000; i++) {
        int items[4] = { 0, 1, 2, 3 };
        kith_random_shuffle(&random, items, 4, sizeof *items);
        seen[items[0] * 64 + items[1] * 16 + items[2] * 4 + items[3]]++;
    }
    for (int i = 0; i < 256; i++) {
        orders += seen[i] > 0;
        if (seen[i] > 0)
            chi += (double)(seen[i] - 1000) * (double)(seen[i] - 1000) / 1000;
    }
    cr_assert(eq(int, orders, 24));
    cr_assert(lt(dbl, chi, 49.73));
}

Test(random, shuffling_nothing_or_one_changes_nothing)
{
    kith_random random;
    int item = 9;

    kith_random_seed(&random, 1);
    kith_random_shuffle(&random, NULL, 0, sizeof item);
    kith_random_shuffle(&random, &item, 1, sizeof item);
    cr_assert(eq(int, item, 9));
}
