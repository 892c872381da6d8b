/* SPDX-License-Identifier: GPL-3.0-or-later */
/* callers.h: places in our code, each told from others by some of its callers.
 *
 * For what the linker puts in the place of a function (`--wrap`): a wrapper asks through one function of
 * its own, which stays one (CALLERS_ASK). For one thread. */
#ifndef KITH_TESTS_CALLERS_H
#define KITH_TESTS_CALLERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALLERS_PLACES = 4096 };

/* The function between a wrapper and callers_are_new. */
#define CALLERS_ASK __attribute__((noinline))

/** Places that were met; all zero at first. More than there is room for fail the test. */
typedef struct callers_places { uint64_t place[CALLERS_PLACES]; size_t count; } callers_places;

/** Whether the wrapper's `most` nearest callers are a place that was not met; from then on it was. */
bool callers_are_new(callers_places *met, int most);

#endif
