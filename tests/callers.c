/* SPDX-License-Identifier: GPL-3.0-or-later */
/* callers.c: the addresses on the stack as one number. */
#include "callers.h"

#include <criterion/criterion.h>
#include <execinfo.h>

enum { OWN = 3, MOST = 16 }; /* callers_are_new, who asks, and the wrapper */

bool callers_are_new(callers_places *met, int most)
{
    void *callers[OWN + MOST];
    uint64_t place = 0;
    size_t at = 0;

    cr_assert(most <= MOST);
    const int count = backtrace(callers, OWN + most);
    for (int i = OWN; i < count; i++)
        place = (place ^ (uintptr_t)callers[i]) * 0x9E3779B97F4A7C15;
    while (at < met->count && met->place[at] != place)
        at++;
    if (at < met->count)
        return false;
    cr_assert(met->count < CALLERS_PLACES);
    met->place[met->count++] = place;
    return true;
}
