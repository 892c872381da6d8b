/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_weigh_truths.c: what must hold of every weighting, on random evidence. The truths are
 * those of the fuzz target, which stops the process where one does not hold. */
#include <criterion/criterion.h>

#include "fuzz/fuzz_weigh.c"
#include "kith/random.h"

Test(weigh_truths, they_hold_for_random_evidence)
{
    uint8_t bytes[MOST_ITEMS * ITEM_BYTES];
    kith_random random;

    kith_random_seed(&random, 20220630);
    for (size_t round = 0; round < 400; round++) {
        const size_t count = round % (MOST_ITEMS + 1);
        for (size_t i = 0; i < count * ITEM_BYTES; i++)
            bytes[i] = (uint8_t)kith_random_below(&random, 256);
        LLVMFuzzerTestOneInput(bytes, count * ITEM_BYTES);
    }
}

/* Each context drives the next, in full and around: nothing runs away. */
Test(weigh_truths, a_loop_of_what_drives_what_comes_to_an_end)
{
    uint8_t bytes[10 * ITEM_BYTES] = { 0 };

    for (int c = 0; c < CONTEXTS; c++) {
        uint8_t *risk = bytes + 2 * c * ITEM_BYTES, *drives = risk + ITEM_BYTES;
        risk[1] = drives[1] = (uint8_t)(1 << c);
        risk[3] = drives[3] = 3;
        drives[0] = KITH_ITEM_DRIVES;
        drives[2] = (uint8_t)(1 << (c + 1) % CONTEXTS);
    }
    LLVMFuzzerTestOneInput(bytes, sizeof bytes);
}
