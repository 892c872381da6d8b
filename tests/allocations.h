/* SPDX-License-Identifier: GPL-3.0-or-later */
/* allocations.h: letting each allocation of a program fail once.
 *
 * The linker gives a test_*_malloc program's malloc, calloc and realloc to allocations.c.
 * They reach our own code, not that of shared libraries. */
#ifndef KITH_TESTS_ALLOCATIONS_H
#define KITH_TESTS_ALLOCATIONS_H

extern _Atomic long allocations_left;  /* how many more may succeed; negative: all */
extern _Atomic long allocations_asked; /* how many were asked for so far */

#endif
