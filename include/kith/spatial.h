/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spatial.h: how far places lie apart, and what lies around each.
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
 * The same over the `nearest` points closest to each point, and the point itself; of points
 * equally far those that come first. With fewer points than that, all.
 *
 * nearest  at least 1.
 *
 * Returns KITH_OK, KITH_USAGE when nearest is 0, KITH_NO_MEMORY.
 * Cost: O(n (nearest + log n)) for points that lie evenly, times the number of doublings between
 *       where they lie close and where they lie far apart.
 */
kith_status kith_nearest_sums(kith_nearby *nearby, const kith_point *points, const double *values,
                              size_t count, uint32_t nearest, kith_error *err);

#endif
