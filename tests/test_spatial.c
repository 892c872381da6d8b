/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/getis_ord.h"
#include "kith/random.h"
#include "kith/random.h"
#include "kith/spatial.h"
#include "kith/text.h"

#include "support.h"

enum { POINT_MAX = 4000, LINE_MAX = 512 };

Test(spatial, a_quarter_turn_is_a_quarter_of_the_girth)
{
    const double quarter = KITH_EARTH_RADIUS_METRES * 3.14159265358979323846 / 2;

    cr_assert(epsilon_eq(dbl, kith_distance_metres((kith_point){ 0, 0 }, (kith_point){ 0, 90 }),
                         quarter, 1e-6));
    cr_assert(epsilon_eq(dbl, kith_distance_metres((kith_point){ 90, 7 }, (kith_point){ 0, -40 }),
                         quarter, 1e-6));
    cr_assert(epsilon_eq(dbl, kith_distance_metres((kith_point){ 0, 0 }, (kith_point){ 0, 180 }),
                         2 * quarter, 1e-6));
}

/* Nashville to Los Angeles airports: 2887.2599506 km on a radius of 6372.8 km is the
 * widely published answer of the haversine formula, here on our radius. */
Test(spatial, the_published_haversine_example_comes_out)
{
    const double found =
        kith_distance_metres((kith_point){ 36.12, -86.67 }, (kith_point){ 33.94, -118.40 });

    cr_assert(epsilon_eq(dbl, found, 2887259.9506071106 * 6371008.8 / 6372800.0, 1e-4));
}

Test(spatial, a_point_is_at_distance_zero_from_itself)
{
    const kith_point here = { 54.7, -1.5 };

    cr_assert(eq(dbl, kith_distance_metres(here, here), 0.0));
}

static void by_brute_force(kith_nearby *nearby, const kith_point *points, const double *values,
                           size_t count, double metres)
{
    for (size_t i = 0; i < count; i++) {
        nearby[i] = (kith_nearby){ 0 };
        for (size_t j = 0; j < count; j++) {
            if (kith_distance_metres(points[i], points[j]) <= metres) {
                nearby[i].count++;
                nearby[i].sum += values[j];
            }
        }
    }
}

static void expect_brute_force(const kith_point *points, size_t count, double metres)
{
    double *values = malloc(count * sizeof *values);
    kith_nearby *found = malloc(count * sizeof *found), *right = malloc(count * sizeof *right);

    for (size_t i = 0; i < count; i++)
        values[i] = (double)(i % 7);
    by_brute_force(right, points, values, count, metres);
    cr_assert(eq(int, kith_nearby_sums(found, points, values, count, metres, NULL), KITH_OK));
    for (size_t i = 0; i < count; i++) {
        cr_assert(eq(u32, found[i].count, right[i].count), "point %zu within %g m", i, metres);
        cr_assert(eq(dbl, found[i].sum, right[i].sum));
    }
    free(values);
    free(found);
    free(right);
}

Test(spatial, the_grid_finds_what_asking_every_pair_finds)
{
    enum { COUNT = 600 };
    static const double limits[] = { 1, 37.5, 500, 4000, 60000, 3e6, 1e7, 2.1e7, 1e9 };
    kith_point points[COUNT];
    kith_random random;

    kith_random_seed(&random, 20);
    for (size_t i = 0; i < COUNT; i++) /* a town, and the whole world with its poles */
        points[i] = i < 400 ? (kith_point){ 54.7 + kith_random_unit(&random) / 20,
                                            -1.5 + kith_random_unit(&random) / 20 }
                            : (kith_point){ 180 * kith_random_unit(&random) - 90,
                                            360 * kith_random_unit(&random) - 180 };
    points[400] = (kith_point){ 90, 0 };
    points[401] = (kith_point){ 90, 77 };
    points[402] = (kith_point){ -90, 0 };
    points[403] = (kith_point){ 10, 180 };
    points[404] = (kith_point){ 10, -180 };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        expect_brute_force(points, COUNT, limits[i]);
}

Test(spatial, the_limit_is_included)
{
    const kith_point points[] = { { 52.95, -1.15 }, { 52.953, -1.149 }, { 52.95, -1.15 } };
    const double values[] = { 1, 10, 100 };
    const double apart = kith_distance_metres(points[0], points[1]);
    kith_nearby nearby[3];

    cr_assert(eq(int, kith_nearby_sums(nearby, points, values, 3, apart, NULL), KITH_OK));
    cr_assert(eq(dbl, nearby[1].sum, 111.0));
    cr_assert(
        eq(int, kith_nearby_sums(nearby, points, values, 3, nextafter(apart, 0), NULL), KITH_OK));
    cr_assert(eq(dbl, nearby[1].sum, 10.0), "an island has only itself");
    cr_assert(eq(u32, nearby[0].count, 2u), "points that coincide are near each other");
}

Test(spatial, no_points_are_no_fault)
{
    cr_assert(eq(int, kith_nearby_sums(NULL, NULL, NULL, 0, 500, NULL), KITH_OK));
    kith_getis_ord_star(NULL, NULL, NULL, 0);
}

Test(spatial, a_limit_without_meaning_is_refused)
{
    static const double limits[] = { 0, -5, 0.5, NAN, INFINITY };
    const kith_point point = { 0, 0 };
    const double value = 1;

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        kith_nearby nearby;
        kith_error err;
        cr_assert(
            eq(int, kith_nearby_sums(&nearby, &point, &value, 1, limits[i], &err), KITH_USAGE));
        cr_assert(strstr(err.message, "at least 1 m is expected") != NULL);
    }
}

/* The six points of the documented example of PySAL's G_Local: neighbours within 15 in
 * the plane, binary weights, with itself (Gi*) and without (Gi); z-scores as printed there. */
Test(spatial, the_six_published_points_have_their_scores)
{
    static const double x[] = { 10, 20, 40, 15, 30, 30 }, y[] = { 10, 10, 10, 20, 20, 30 };
    static const double values[] = { 2, 3, 3.2, 5, 8, 7 };
    static const double published[] = { -1.39727626, -0.28917762, 0.65064964,
                                        -0.28917762, 1.23452088,  2.02424331 };
    static const double published_around[] = { -1.0136729,  -0.04361589, 1.31558703,
                                               -0.31412676, 1.15373986,  1.77833941 };
    kith_nearby nearby[6] = { { 0 } };
    double z[6];

    for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 6; j++) {
            if (hypot(x[i] - x[j], y[i] - y[j]) <= 15) {
                nearby[i].count++;
                nearby[i].sum += values[j];
            }
        }
    }
    kith_getis_ord_star(z, nearby, values, 6);
    for (int i = 0; i < 6; i++)
        cr_assert(epsilon_eq(dbl, z[i], published[i], 1e-8), "point %d", i + 1);
    kith_getis_ord(z, nearby, values, 6);
    for (int i = 0; i < 6; i++)
        cr_assert(epsilon_eq(dbl, z[i], published_around[i], 1e-8), "point %d", i + 1);
}

Test(spatial, equal_counts_and_one_neighbourhood_have_no_score)
{
    const double equal[] = { 0.1, 0.1, 0.1 }, unequal[] = { 1, 2, 6 };
    const kith_nearby single[] = { { 1, 0.1 }, { 2, 0.2 }, { 1, 0.1 } };
    const kith_nearby whole[] = { { 3, 9 }, { 3, 9 }, { 3, 9 } };
    double z[3];

    kith_getis_ord_star(z, single, equal, 3);
    cr_assert(isnan(z[0]) && isnan(z[1]) && isnan(z[2]));
    kith_getis_ord_star(z, whole, unequal, 3);
    cr_assert(isnan(z[0]) && isnan(z[1]) && isnan(z[2]));
    kith_getis_ord(z, single, equal, 3);
    cr_assert(isnan(z[0]) && isnan(z[1]) && isnan(z[2]));
    kith_getis_ord(z, whole, unequal, 3);
    cr_assert(isnan(z[0]) && isnan(z[1]) && isnan(z[2]));
}

/* Of six points the others are five: what chance does can be counted out. */
static double exact_chance(int point, uint32_t around, double recorded, const double *values)
{
    double as_much = 0, all = 0;

    for (unsigned set = 0; set < 64; set++) {
        double sum = 0;
        uint32_t size = 0;
        for (int j = 0; j < 6; j++) {
            sum += set >> j & 1 ? values[j] : 0;
            size += set >> j & 1;
        }
        if (set >> point & 1 || size != around)
            continue;
        all++;
        as_much += sum >= recorded;
    }
    return as_much / all;
}

Test(spatial, chance_is_what_counting_out_gives)
{
    static const double values[] = { 2, 3, 3, 5, 8, 7 };
    static const kith_nearby nearby[] = { { 3, 10 }, { 3, 10 }, { 1, 3 }, { 3, 10 }, { 2, 15 }, { 4, 18 } };
    double p[6], again[6];
    kith_error err;

    cr_assert(eq(int, kith_getis_ord_chance(p, nearby, values, 6, 20000, 7, &err), KITH_OK));
    cr_assert(eq(int, kith_getis_ord_chance(again, nearby, values, 6, 20000, 7, &err), KITH_OK));
    for (int i = 0; i < 6; i++) {
        const double exact =
            exact_chance(i, nearby[i].count - 1, nearby[i].sum - values[i], values);
        if (i == 2) {
            cr_assert(isnan(p[i]), "an island");
            continue;
        }
        cr_assert(epsilon_eq(dbl, p[i], exact, 4 * sqrt(exact * (1 - exact) / 20000) + 1e-4), "%d", i);
        cr_assert(eq(dbl, p[i], again[i]), "a seed repeats");
    }
}

Test(spatial, permutations_without_meaning_are_refused)
{
    double p;
    const double value = 1;
    const kith_nearby one = { 1, 1 };
    kith_error err;

    cr_assert(eq(int, kith_getis_ord_chance(&p, &one, &value, 1, 0, 1, &err), KITH_USAGE));
    cr_assert(eq(int, kith_getis_ord_chance(&p, &one, &value, 1, 100000, 1, &err), KITH_USAGE));
    cr_assert(eq(int, kith_getis_ord_chance(&p, &one, &value, 1, 9, 1, &err), KITH_OK));
    cr_assert(isnan(p));
}

/* The nearest as found by asking every pair. */
static kith_nearby nearest_by_hand(const kith_point *points, const double *values, size_t count,
                                   size_t centre, size_t nearest)
{
    kith_nearby sum = { 1, values[centre] };
    bool taken[64] = { false };

    taken[centre] = true;
    for (size_t n = 0; n < nearest && n + 1 < count; n++) {
        size_t best = count;
        for (size_t j = 0; j < count; j++)
            if (!taken[j] && (best == count || kith_distance_metres(points[centre], points[j]) <
                                                   kith_distance_metres(points[centre], points[best])))
                best = j;
        taken[best] = true;
        sum.count++;
        sum.sum += values[best];
    }
    return sum;
}

Test(spatial, the_nearest_are_those_that_asking_every_pair_finds)
{
    enum { COUNT = 60 };
    kith_point points[COUNT];
    double values[COUNT];
    kith_nearby nearby[COUNT];
    kith_random random;

    kith_random_seed(&random, 5);
    for (int i = 0; i < COUNT; i++) { /* clusters, coincident points, and one across the world */
        points[i] = (kith_point){ 53 + 0.001 * (double)kith_random_below(&random, 20) + i / 20,
                                  -1.5 + 0.001 * (double)kith_random_below(&random, 20) };
        values[i] = (double)kith_random_below(&random, 100);
    }
    points[COUNT - 1] = (kith_point){ -40, 178 };
    for (uint32_t nearest = 1; nearest <= 2 * COUNT; nearest = nearest * 2 + 1) {
        cr_assert(eq(int, kith_nearest_sums(nearby, points, values, COUNT, nearest, NULL), KITH_OK));
        for (size_t i = 0; i < COUNT; i++) {
            const kith_nearby expected = nearest_by_hand(points, values, COUNT, i, nearest);
            cr_assert(eq(u32, nearby[i].count, expected.count), "%zu", i);
            cr_assert(eq(dbl, nearby[i].sum, expected.sum), "%zu of %u", i, nearest);
        }
    }
}

Test(spatial, no_nearest_is_refused_and_none_is_near_a_single_point)
{
    const kith_point point = { 53, -1 };
    const double value = 4;
    kith_nearby nearby;
    kith_error err;

    cr_assert(eq(int, kith_nearest_sums(&nearby, &point, &value, 1, 0, &err), KITH_USAGE));
    cr_assert(eq(int, kith_nearest_sums(&nearby, &point, &value, 1, 3, &err), KITH_OK));
    cr_assert(eq(u32, nearby.count, 1));
    cr_assert(eq(int, kith_nearest_sums(NULL, NULL, NULL, 0, 3, &err), KITH_OK));
}

static size_t split(char *line, char *fields[], size_t most)
{
    size_t count = 0;

    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; count < most; at = strchr(at, '\0') + 1) {
        char *comma = strchr(at, ',');
        fields[count++] = at;
        if (comma == NULL)
            break;
        *comma = '\0';
    }
    return count;
}

/* Two numeric columns of a reference file without quotes; returns the number of rows. */
static size_t read_columns(const char *name, int first, double *a, int second, double *b)
{
    char *path = need_data(name), line[LINE_MAX], *fields[16];
    FILE *file = fopen(path, "r");
    size_t rows = 0;

    cr_assert(file != NULL);
    cr_assert(fgets(line, sizeof line, file) != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        cr_assert(rows < POINT_MAX && strchr(line, '"') == NULL);
        cr_assert(split(line, fields, 16) > (size_t)second);
        cr_assert(kith_number_read(&a[rows], fields[first]));
        cr_assert(kith_number_read(&b[rows], fields[second]));
        rows++;
    }
    fclose(file);
    free(path);
    return rows;
}

/* Ord and Getis 1995, in whole numbers, from the reference's own neighbours and events nearby. */
static double gi_by_hand(size_t i, const double *events, double neighbours, double nearby_events,
                         size_t count)
{
    const double others = (double)count - 1, w = neighbours - 1;
    double sum = 0, squares = 0;

    for (size_t j = 0; j < count; j++) {
        sum += j == i ? 0 : events[j];
        squares += j == i ? 0 : events[j] * events[j];
    }
    const double variance = (others * squares - sum * sum) / (others * others);
    return (nearby_events - events[i] - w * sum / others) /
           sqrt(variance * w * (others - w) / (others - 1));
}

/* location_hotspots.csv: location_id, events, neighbours, events nearby, gi_star_z, in the
 * order of locations.csv; made with R's spdep and with numpy, not with ours. */
static void expect_reference(const char *locations, const char *hotspots)
{
    static double lat[POINT_MAX], lon[POINT_MAX], events[POINT_MAX], expected[POINT_MAX];
    static double nearby_count[POINT_MAX], nearby_events[POINT_MAX], z[POINT_MAX], around[POINT_MAX];
    static kith_point points[POINT_MAX];
    static kith_nearby nearby[POINT_MAX];
    const size_t count = read_columns(locations, 3, lat, 4, lon);

    cr_assert(eq(sz, read_columns(hotspots, 1, events, 4, expected), count));
    cr_assert(eq(sz, read_columns(hotspots, 2, nearby_count, 3, nearby_events), count));
    cr_assert(gt(sz, count, 1000));
    for (size_t i = 0; i < count; i++)
        points[i] = (kith_point){ lat[i], lon[i] };
    cr_assert(eq(int, kith_nearby_sums(nearby, points, events, count, 500, NULL), KITH_OK));
    kith_getis_ord_star(z, nearby, events, count);
    kith_getis_ord(around, nearby, events, count);
    for (size_t i = 0; i < count; i++) {
        const double gi = gi_by_hand(i, events, nearby_count[i], nearby_events[i], count);
        if (!isnan(gi) || !isnan(around[i]))
            cr_assert(epsilon_eq(dbl, around[i], gi, 1e-6), "row %zu", i + 2);
        cr_assert(eq(dbl, (double)nearby[i].count, nearby_count[i]), "row %zu", i + 2);
        cr_assert(eq(dbl, nearby[i].sum, nearby_events[i]), "row %zu", i + 2);
        cr_assert(epsilon_eq(dbl, z[i], expected[i], 1e-6), "row %zu", i + 2);
    }
}

Test(spatial, nottingham_has_the_scores_of_spdep)
{
    expect_reference("uk-nottingham-2022/locations.csv",
                     "uk-nottingham-2022/reference/location_hotspots.csv");
}

Test(spatial, northumbria_has_the_scores_of_spdep)
{
    expect_reference("uk-northumbria-asb-2022-07/locations.csv",
                     "uk-northumbria-asb-2022-07/reference/location_hotspots.csv");
}
