/* SPDX-License-Identifier: GPL-3.0-or-later */
/* allocations.h: letting each allocation of a program fail once.
 *
 * The linker gives a test_*_malloc program's malloc, calloc, realloc and copies of texts to
 * allocations.c. They reach our own code and SQLite's where it is built in, not shared libraries. */
#ifndef KITH_TESTS_ALLOCATIONS_H
#define KITH_TESTS_ALLOCATIONS_H

#include <stdbool.h>

extern _Atomic long allocations_left;  /* how many more may succeed; negative: all */
extern _Atomic long allocations_asked; /* how many were asked for so far */

/**
 * From here on the first allocation at a place of our own code (not SQLite's) where none has failed in
 * this way yet fails; places are told from one another by some of their callers too. For one thread.
 */
void allocations_try_next_place(void);

/** No more of that. Whether there was such a place. */
bool allocations_end_try(void);

#endif
