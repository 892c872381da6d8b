/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grid.c: one pipeline of PROJ, written out.
 *
 * Asked for EPSG codes, PROJ would choose among the ways that the machine has tables for.
 * The steps are named here instead, so that there is one way: off the projection, to the
 * Earth's centre on Airy's ellipsoid, shifted, turned and scaled, and back to the surface on
 * that of WGS84; the height stays what it was. */
#include "kith/grid.h"

#include <math.h>
#include <proj.h>
#include <stdlib.h>

static const char pipeline[] =
    "+proj=pipeline"
    " +step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000"
    " +ellps=airy"
    " +step +proj=push +v_3"
    " +step +proj=cart +ellps=airy"
    " +step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842"
    " +s=-20.489 +convention=position_vector"
    " +step +inv +proj=cart +ellps=WGS84"
    " +step +proj=pop +v_3"
    " +step +proj=unitconvert +xy_in=rad +xy_out=deg";

struct kith_grid {
    PJ_CONTEXT *context;
    PJ *conversion;
};

kith_status kith_grid_open(kith_grid **grid, kith_error *err)
{
    kith_grid *made = calloc(1, sizeof *made);

    *grid = NULL;
    if (made == NULL)
        return kith_no_memory(err);
    made->context = proj_context_create();
    if (made->context != NULL) {
        proj_context_set_enable_network(made->context, 0);
        proj_log_level(made->context, PJ_LOG_NONE);
        made->conversion = proj_create(made->context, pipeline);
    }
    if (made->conversion == NULL) {
        kith_grid_close(made);
        return kith_fail(err, KITH_INTERNAL,
                         "eastings and northings cannot be converted: the installed PROJ does not "
                         "know the British National Grid's projection; install PROJ 9 (libproj25)");
    }
    *grid = made;
    return KITH_OK;
}

void kith_grid_close(kith_grid *grid)
{
    if (grid == NULL)
        return;
    proj_destroy(grid->conversion);
    proj_context_destroy(grid->context);
    free(grid);
}

static bool convert(PJ_COORD *point, kith_grid *grid, PJ_DIRECTION direction)
{
    *point = proj_trans(grid->conversion, direction, *point);
    proj_errno_reset(grid->conversion);
    return isfinite(point->xy.x) && isfinite(point->xy.y);
}

static double rounded(double value, double parts)
{
    return round(value * parts) / parts;
}

bool kith_grid_to_wgs84(kith_point *out, kith_grid *grid, kith_grid_point point)
{
    PJ_COORD at = proj_coord(point.easting, point.northing, 0, 0);

    if (!convert(&at, grid, PJ_FWD))
        return false;
    *out = (kith_point){ .lat = rounded(at.xy.y, 1e7), .lon = rounded(at.xy.x, 1e7) };
    return true;
}

bool kith_grid_from_wgs84(kith_grid_point *out, kith_grid *grid, kith_point point)
{
    PJ_COORD at = proj_coord(point.lon, point.lat, 0, 0);

    if (!convert(&at, grid, PJ_INV))
        return false;
    *out = (kith_grid_point){ .easting = rounded(at.xy.x, 1e3), .northing = rounded(at.xy.y, 1e3) };
    return true;
}
