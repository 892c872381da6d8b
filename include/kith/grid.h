/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grid.h: the British National Grid, and latitude and longitude.
 *
 * Agencies write a place as easting and northing in metres (EPSG:27700); distances and maps
 * here are of WGS84. PROJ turns one into the other by the seven-parameter shift of
 * EPSG:1314 (OSGB36 to WGS84), whose stated accuracy is 2 m; in the far south-west it is
 * some 5 m. The Ordnance Survey's own table of shifts (OSTN15) is not used, even where it
 * is installed, so that a place lies at the same point on every machine; nothing is asked
 * of a network. That is far below what matters here: it moves a place across a doorway,
 * never across a street.
 *
 * Source: Ordnance Survey, A guide to coordinate systems in Great Britain, 2020. */
#ifndef KITH_GRID_H
#define KITH_GRID_H

#include <stdbool.h>

#include "kith/error.h"
#include "kith/spatial.h"

enum { KITH_GRID_ACCURACY_METRES = 2 };

typedef struct kith_grid kith_grid;

typedef struct kith_grid_point {
    double easting, northing; /* metres */
} kith_grid_point;

/**
 * Makes ready to convert. To be used by one thread at a time.
 *
 * grid  out: close with kith_grid_close.
 * Returns KITH_OK, KITH_INTERNAL when PROJ cannot make the conversion.
 */
kith_status kith_grid_open(kith_grid **grid, kith_error *err);
void kith_grid_close(kith_grid *grid);

/**
 * One point, there or back; of degrees seven decimals are kept (1 cm), of metres three.
 * False, and nothing is changed, where the point is out of reach of the projection.
 */
bool kith_grid_to_wgs84(kith_point *out, kith_grid *grid, kith_grid_point point);
bool kith_grid_from_wgs84(kith_grid_point *out, kith_grid *grid, kith_point point);

#endif
