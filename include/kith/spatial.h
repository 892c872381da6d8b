/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spatial.h: how far places lie apart, and where counts cluster.
 *
 * Places are points on a sphere of radius 6 371 008.8 m (the mean radius of the Earth),
 * so that a distance is good to about half a per cent; a limit is always included. */
#ifndef KITH_SPATIAL_H
#define KITH_SPATIAL_H

#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"

#define KITH_EARTH_RADIUS_METRES 6371008.8

typedef struct kith_point {
    double lat, lon; /* degrees, WGS84 */
} kith_point;

/** What lies within a limit of a point, the point itself included. */
typedef struct kith_nearby {
    uint32_t count; /* points; 1 for an island */
    double sum;     /* of their values */
} kith_nearby;

/** Great-circle distance in metres, by the haversine formula. */
double kith_distance_metres(kith_point a, kith_point b);

/**
 * Counts, for each point, the points within a distance and adds up their values.
 *
 * nearby  out: one for each point.
 * points  latitudes and longitudes that are numbers. Points may coincide.
 * metres  the limit, included; a finite number of at least 1.
 *
 * Returns KITH_OK, KITH_USAGE for a limit out of range, KITH_NO_MEMORY.
 * Cost: O(n log n + pairs within about twice the limit).
 */
kith_status kith_nearby_sums(kith_nearby *nearby, const kith_point *points, const double *values,
                             size_t count, double metres, kith_error *err);

/**
 * Getis-Ord Gi* of each point with binary weights, the point itself included, as a z-score.
 *
 *     z_i = (sum_j w_ij x_j - mean W_i) / (s sqrt((n W_i - W_i^2) / (n - 1)))
 *
 * W_i is the number of points nearby, s the standard deviation of the values (divided by
 * n). Above 0: high counts cluster here; beyond 1.96 about one in twenty by chance alone,
 * for one place looked at. NaN where the score has no meaning: all values equal, or
 * everything is nearby.
 *
 * z       out: one for each point.
 * nearby  what kith_nearby_sums made, or sums over any other neighbourhoods.
 *
 * Source: J.K. Ord, A. Getis, Local spatial autocorrelation statistics, Geographical
 *         Analysis 27(4), 1995, 286-306.
 */
void kith_getis_ord_star(double *z, const kith_nearby *nearby, const double *values, size_t count);

#endif
