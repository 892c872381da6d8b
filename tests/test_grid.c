/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdlib.h>

#include "hub.h"
#include "kith/grid.h"

static kith_grid *grid;

static void open_grid(void)
{
    kith_error err;

    cr_assert(eq(int, kith_grid_open(&grid, &err), KITH_OK), "%s", err.message);
}

static void close_grid(void)
{
    kith_grid_close(grid);
}

TestSuite(grid, .init = open_grid, .fini = close_grid);

/* Ordnance Survey, test points of OSTN15 (ETRS89 to OSGB36): Devon, Hampshire, Kent,
 * London. The seven-parameter shift is stated to 2 m; the tables it is compared
 * with bend by as much again, so 3 m in all. */
static const struct {
    kith_point degrees;
    kith_grid_point metres;
} ordnance_survey[] = {
    { { 50.43885825610, -4.10864563561 }, { 250359.811, 62016.569 } },
    { { 50.93127937910, -1.45051433700 }, { 438710.920, 114792.250 } },
    { { 51.37447025550, 1.44454730409 }, { 639821.835, 169565.858 } },
    { { 51.48936564950, -0.11992557180 }, { 530624.974, 178388.464 } },
};

Test(grid, the_survey_s_points_come_out_within_three_metres)
{
    for (size_t i = 0; i < sizeof ordnance_survey / sizeof *ordnance_survey; i++) {
        kith_point degrees;
        kith_grid_point metres;
        cr_assert(kith_grid_to_wgs84(&degrees, grid, ordnance_survey[i].metres));
        cr_assert(lt(dbl, kith_distance_metres(degrees, ordnance_survey[i].degrees), 3), "%zu", i);
        cr_assert(kith_grid_from_wgs84(&metres, grid, ordnance_survey[i].degrees));
        cr_assert(lt(dbl,
                     hypot(metres.easting - ordnance_survey[i].metres.easting,
                           metres.northing - ordnance_survey[i].metres.northing),
                     3),
                  "%zu", i);
    }
}

/* The national worked example, a water tower in Norfolk: E 651409.903, N 313177.270. PROJ's own
 * cs2cs gave 52.65798 N, 1.71605 E. */
Test(grid, the_national_worked_example_comes_out)
{
    kith_point degrees;

    cr_assert(kith_grid_to_wgs84(&degrees, grid, (kith_grid_point){ 651409.903, 313177.270 }));
    cr_assert(epsilon_eq(dbl, degrees.lat, 52.65798, 5e-6));
    cr_assert(epsilon_eq(dbl, degrees.lon, 1.71605, 5e-6));
}

Test(grid, there_and_back_is_the_same_point)
{
    for (double easting = 100000; easting <= 600000; easting += 100000) {
        kith_point degrees;
        kith_grid_point back;
        cr_assert(kith_grid_to_wgs84(&degrees, grid, (kith_grid_point){ easting, 2 * easting }));
        cr_assert(kith_grid_from_wgs84(&back, grid, degrees));
        cr_assert(epsilon_eq(dbl, back.easting, easting, 0.02));
        cr_assert(epsilon_eq(dbl, back.northing, 2 * easting, 0.02));
    }
}

Test(grid, what_is_out_of_reach_is_refused_and_changes_nothing)
{
    kith_point degrees = { 1, 2 };

    cr_assert(not(kith_grid_to_wgs84(&degrees, grid, (kith_grid_point){ NAN, 0 })));
    cr_assert(not(kith_grid_to_wgs84(&degrees, grid, (kith_grid_point){ 1e30, 1e30 })));
    cr_assert(eq(dbl, degrees.lat, 1));
    cr_assert(kith_grid_to_wgs84(&degrees, grid, ordnance_survey[0].metres), "it works again");
}

Test(grid, closing_none_is_allowed)
{
    kith_grid_close(NULL);
}

Test(grid, a_place_known_by_easting_and_northing_has_its_degrees, .init = begin_hub, .fini = end_hub)
{
    add_place("L1", "park");
    add_place("L2", "park");
    add_place("L3", "park");
    run_sql("UPDATE location SET easting = 651409.903, northing = 313177.27 WHERE entity = "
            "(SELECT row FROM entity WHERE id = 'L1')");
    run_sql("UPDATE location SET easting = 651409.903, northing = 313177.27, lat = 51, lon = 0 WHERE "
            "entity = (SELECT row FROM entity WHERE id = 'L2')");
    kith_network network = network_of(view_of("2022-06-30", 365));
    cr_assert(epsilon_eq(dbl, network.things[thing_called(&network, "L1")].lat, 52.65798, 5e-6));
    cr_assert(epsilon_eq(dbl, network.things[thing_called(&network, "L1")].lon, 1.71605, 5e-6));
    cr_assert(eq(dbl, network.things[thing_called(&network, "L2")].lat, 51), "degrees go before");
    cr_assert(isnan(network.things[thing_called(&network, "L3")].lat));
    kith_network_free(&network);
}
