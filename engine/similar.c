/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similar.c: how alike two texts are written. Characters are compared, not bytes. */
#include "kith/similar.h"

#include <stdbool.h>
#include <string.h>

#include "similar_private.h"

/* Marks the matches of a in b; returns how many. */
static size_t match(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, bool *in_a,
                    bool *in_b)
{
    const size_t longer = na > nb ? na : nb;
    const size_t reach = longer / 2 > 0 ? longer / 2 - 1 : 0;
    size_t matches = 0;

    for (size_t i = 0; i < na; i++) {
        const size_t from = i > reach ? i - reach : 0;
        const size_t to = i + reach + 1 < nb ? i + reach + 1 : nb;
        for (size_t j = from; j < to; j++) {
            if (in_b[j] || a[i] != b[j])
                continue;
            in_a[i] = in_b[j] = true;
            matches++;
            break;
        }
    }
    return matches;
}

static double jaro(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
    bool in_a[KITH_MOST_CHARACTERS] = { false }, in_b[KITH_MOST_CHARACTERS] = { false };
    size_t moved = 0;

    if (na == 0 && nb == 0)
        return 1;
    const size_t matches = match(a, na, b, nb, in_a, in_b);
    if (matches == 0)
        return 0;
    for (size_t i = 0, j = 0; i < na; i++) {
        if (!in_a[i])
            continue;
        while (!in_b[j])
            j++;
        moved += a[i] != b[j++];
    }
    const double m = (double)matches;
    return (m / (double)na + m / (double)nb + (m - (double)(moved / 2)) / m) / 3;
}

double kith_jaro(const char *a, const char *b)
{
    uint32_t left[KITH_MOST_CHARACTERS], right[KITH_MOST_CHARACTERS];
    const size_t na = kith_characters(left, a), nb = kith_characters(right, b);

    return jaro(left, na, right, nb);
}

double kith_jaro_winkler(const char *a, const char *b)
{
    uint32_t left[KITH_MOST_CHARACTERS], right[KITH_MOST_CHARACTERS];
    const size_t na = kith_characters(left, a), nb = kith_characters(right, b);
    const double similarity = jaro(left, na, right, nb);
    size_t prefix = 0;

    if (similarity <= 0.7)
        return similarity;
    while (prefix < 4 && prefix < na && prefix < nb && left[prefix] == right[prefix])
        prefix++;
    return similarity + 0.1 * (double)prefix * (1 - similarity);
}
