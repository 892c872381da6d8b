/* SPDX-License-Identifier: GPL-3.0-or-later */
/* getis_ord.h: where high counts lie together: Gi*, Gi, and how chance would have it.
 *
 * Weights are binary: a neighbour counts 1. Neighbourhoods are those of spatial.h, of a
 * distance or of the nearest, or any others; kith_nearby holds the point itself too.
 * Everywhere: z above 0 says that high counts cluster here; beyond 1.96 about one in twenty by
 * chance alone, for one place looked at. NaN where a score has no meaning.
 *
 * Source: J.K. Ord, A. Getis, Local spatial autocorrelation statistics, Geographical
 *         Analysis 27(4), 1995, 286-306. */
#ifndef KITH_GETIS_ORD_H
#define KITH_GETIS_ORD_H

#include "kith/spatial.h"

enum { KITH_GI_PERMUTATIONS = 999, KITH_GI_PERMUTATIONS_MAX = 99999 };

/**
 * Getis-Ord Gi* of each point, the point itself included, as a z-score.
 *
 *     z_i = (sum_j w_ij x_j - mean W_i) / (s sqrt((n W_i - W_i^2) / (n - 1)))
 *
 * W_i is the number of points nearby, s the standard deviation of the values (divided by
 * n). NaN when all values are equal, or everything is nearby.
 *
 * z       out: one for each point.
 */
void kith_getis_ord_star(double *z, const kith_nearby *nearby, const double *values, size_t count);

/**
 * Getis-Ord Gi of each point: of what lies around it, the point itself left out everywhere.
 *
 *     z_i = (sum_{j not i} w_ij x_j - mean(i) W_i) / (s(i) sqrt(((n - 1) W_i - W_i^2) / (n - 2)))
 *
 * W_i is the number of other points nearby, mean(i) and s(i) those of the n - 1 other values
 * (divided by n - 1). NaN for an island, when everything is nearby, when the other values are
 * all equal, and with fewer than three points.
 */
void kith_getis_ord(double *z, const kith_nearby *nearby, const double *values, size_t count);

/**
 * How often chance puts as much around a point: the share of permutations of all other values
 * over all other points, in which what is nearby adds up to at least as much as recorded; the
 * recorded order counts as one of them. It is the same for Gi and Gi*, because the point's own
 * value stays where it is. NaN for an island, and when everything is nearby.
 *
 * p             out: one for each point, at least 1 / (permutations + 1). One tail: high values.
 * permutations  1 to KITH_GI_PERMUTATIONS_MAX. One order of all points serves every point at
 *               once, so p-values of points are not independent of each other.
 *
 * Returns KITH_OK, KITH_USAGE, KITH_NO_MEMORY. Cost: O(permutations x n).
 * Source: L. Anselin, Local indicators of spatial association, Geographical Analysis 27(2),
 *         1995, 93-115 (conditional permutation).
 */
kith_status kith_getis_ord_chance(double *p, const kith_nearby *nearby, const double *values,
                                  size_t count, uint32_t permutations, uint64_t seed, kith_error *err);

#endif
