/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spatial.c: neighbours on a sphere through a grid of cubes.
 *
 * A point becomes a place in three dimensions, so that neither the poles nor the date
 * line are special. Space is cut into cubes as wide as the chord of the limit: whoever
 * lies within the limit is in the same cube or in one of the 26 around it. Points are
 * sorted by cube, so three cubes in a row are one run. The chord decides who is near;
 * only where it comes within a millionth of the limit is the haversine asked, so that a
 * pair at the limit is judged by the stated formula. */
#include "kith/spatial.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define DEGREE (3.14159265358979323846 / 180)

/* 21 bits an axis hold cubes of 10 m and more: 2 * 6371009 / 10 < 2^21. */
enum { AXIS_BITS = 21 };
static const double least_cube_metres = 10;

typedef struct located {
    uint64_t cube; /* x, y, z of the cube, z lowest */
    uint32_t point;
    double x, y, z; /* metres from the Earth's centre */
} located;

typedef struct reach {
    double metres, chord_square;
} reach;

static double square(double x)
{
    return x * x;
}

double kith_distance_metres(kith_point a, kith_point b)
{
    const double half_lat = (b.lat - a.lat) * DEGREE / 2;
    const double half_lon = (b.lon - a.lon) * DEGREE / 2;
    const double h =
        square(sin(half_lat)) + cos(a.lat * DEGREE) * cos(b.lat * DEGREE) * square(sin(half_lon));

    return 2 * KITH_EARTH_RADIUS_METRES * asin(sqrt(fmin(h, 1)));
}

static uint64_t cube_of(uint64_t x, uint64_t y, uint64_t z)
{
    return (x << (2 * AXIS_BITS)) | (y << AXIS_BITS) | z;
}

/* The axes begin one cube below the sphere, so that x - 1 never falls below 0. */
static uint64_t along_axis(double metres, double cube_metres)
{
    return (uint64_t)((metres + KITH_EARTH_RADIUS_METRES) / cube_metres) + 1;
}

static located locate(kith_point point, uint32_t index, double cube_metres)
{
    const double lat = point.lat * DEGREE, lon = point.lon * DEGREE;
    located l = { .point = index,
                  .x = KITH_EARTH_RADIUS_METRES * cos(lat) * cos(lon),
                  .y = KITH_EARTH_RADIUS_METRES * cos(lat) * sin(lon),
                  .z = KITH_EARTH_RADIUS_METRES * sin(lat) };

    l.cube = cube_of(along_axis(l.x, cube_metres), along_axis(l.y, cube_metres),
                     along_axis(l.z, cube_metres));
    return l;
}

static int by_cube(const void *left, const void *right)
{
    const located *a = left, *b = right;

    if (a->cube != b->cube)
        return a->cube < b->cube ? -1 : 1;
    return (a->point > b->point) - (a->point < b->point);
}

/* First of the sorted points in this cube or a later one. */
static size_t first_from(const located *sorted, size_t count, uint64_t cube)
{
    size_t low = 0, high = count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sorted[middle].cube < cube)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool within(const located *a, const located *b, const kith_point *points, reach limit)
{
    const double chord = square(a->x - b->x) + square(a->y - b->y) + square(a->z - b->z);

    if (chord < limit.chord_square * (1 - 1e-6))
        return true;
    if (chord > limit.chord_square * (1 + 1e-6))
        return false;
    return kith_distance_metres(points[a->point], points[b->point]) <= limit.metres;
}

static kith_nearby look_around(const located *sorted, size_t count, const located *centre,
                               const kith_point *points, const double *values, reach limit)
{
    kith_nearby found = { 0 };

    for (int row = 0; row < 9; row++) {
        const uint64_t middle =
            centre->cube + cube_of((uint64_t)(row / 3), (uint64_t)(row % 3), 0) - cube_of(1, 1, 0);
        for (size_t i = first_from(sorted, count, middle - 1);
             i < count && sorted[i].cube <= middle + 1; i++) {
            if (within(centre, &sorted[i], points, limit)) {
                found.count++;
                found.sum += values[sorted[i].point];
            }
        }
    }
    return found;
}

/* Points sorted by cubes as wide as the chord of a limit. */
static reach sort_points(located *sorted, const kith_point *points, size_t count, double metres)
{
    /* An angle beyond half a turn reaches everything; the chord is then the diameter. */
    const double half_angle = fmin(metres / KITH_EARTH_RADIUS_METRES / 2, 90 * DEGREE);
    const double chord = 2 * KITH_EARTH_RADIUS_METRES * sin(half_angle);
    const double cube_metres = fmax(chord * (1 + 1e-6), least_cube_metres);

    for (size_t i = 0; i < count; i++)
        sorted[i] = locate(points[i], (uint32_t)i, cube_metres);
    qsort(sorted, count, sizeof *sorted, by_cube);
    return (reach){ metres, square(chord) };
}

kith_status kith_nearby_sums(kith_nearby *nearby, const kith_point *points, const double *values,
                             size_t count, double metres, kith_error *err)
{
    if (!(metres >= 1 && metres <= DBL_MAX))
        return kith_fail(err, KITH_USAGE,
                         "a distance limit of %g m has no meaning; at least 1 m is expected",
                         metres);
    located *sorted = malloc((count + 1) * sizeof *sorted);
    if (sorted == NULL)
        return kith_no_memory(err);
    const reach limit = sort_points(sorted, points, count, metres);
    for (size_t i = 0; i < count; i++)
        nearby[sorted[i].point] = look_around(sorted, count, &sorted[i], points, values, limit);
    free(sorted);
    return KITH_OK;
}

/* ---- the nearest: the limit is doubled until enough lie within it ---- */

typedef struct neighbour {
    double metres;
    uint32_t point;
} neighbour;

static int by_metres(const void *left, const void *right)
{
    const neighbour *a = left, *b = right;

    if (a->metres != b->metres)
        return a->metres < b->metres ? -1 : 1;
    return (a->point > b->point) - (a->point < b->point);
}

/* Lists the others within the limit; at most count of them. */
static size_t list_around(neighbour *found, const located *sorted, size_t count,
                          const located *centre, const kith_point *points, reach limit)
{
    size_t found_count = 0;

    for (int row = 0; row < 9; row++) {
        const uint64_t middle =
            centre->cube + cube_of((uint64_t)(row / 3), (uint64_t)(row % 3), 0) - cube_of(1, 1, 0);
        for (size_t i = first_from(sorted, count, middle - 1);
             i < count && sorted[i].cube <= middle + 1; i++)
            if (&sorted[i] != centre && within(centre, &sorted[i], points, limit))
                found[found_count++] = (neighbour){
                    kith_distance_metres(points[centre->point], points[sorted[i].point]),
                    sorted[i].point
                };
    }
    return found_count;
}

static kith_nearby sum_nearest(neighbour *found, size_t found_count, uint32_t point,
                               const double *values, size_t nearest)
{
    kith_nearby sum = { .count = 1, .sum = values[point] };

    qsort(found, found_count, sizeof *found, by_metres);
    for (size_t i = 0; i < nearest && i < found_count; i++) {
        sum.count++;
        sum.sum += values[found[i].point];
    }
    return sum;
}

kith_status kith_nearest_sums(kith_nearby *nearby, const kith_point *points, const double *values,
                              size_t count, uint32_t nearest, kith_error *err)
{
    static const double first_metres = 100;
    const size_t wanted = nearest < count ? nearest : count - (count > 0);
    size_t left = count;

    if (nearest == 0)
        return kith_fail(err, KITH_USAGE, "0 nearest places make no neighbourhood; ask for 1 or more");
    located *sorted = malloc((count + 1) * sizeof *sorted);
    neighbour *found = malloc((count + 1) * sizeof *found);
    for (size_t i = 0; i < count; i++)
        nearby[i].count = 0;
    for (double metres = first_metres; left > 0 && sorted != NULL && found != NULL; metres *= 2) {
        const reach limit = sort_points(sorted, points, count, metres);
        for (size_t i = 0; i < count; i++) {
            if (nearby[sorted[i].point].count > 0)
                continue;
            const size_t around = list_around(found, sorted, count, &sorted[i], points, limit);
            if (around < wanted)
                continue;
            nearby[sorted[i].point] = sum_nearest(found, around, sorted[i].point, values, wanted);
            left--;
        }
    }
    const kith_status status = sorted == NULL || found == NULL ? kith_no_memory(err) : KITH_OK;
    free(sorted);
    free(found);
    return status;
}
