/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz.h: a fuzz target says what must hold for any bytes, and stops the process when it does not.
 *
 * With the fuzz preset each target is a libFuzzer program:
 *
 *     build/fuzz/fuzz_csv -max_total_time=600 tests/fuzz/corpus/csv
 *
 * With the others it replays the files of its corpus, which is how the tests run it. */
#ifndef KITH_FUZZ_H
#define KITH_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A truth that must hold. */
#define MUST(truth)                                                                                \
    do {                                                                                           \
        if (!(truth)) {                                                                            \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #truth);             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
