/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places_map.h: hotspots as a plain map.
 *
 * Public places where they lie, north up, numbered by rank, beside them a list that says what
 * the numbers are; the larger the mark, the more children. Outlines (a coast, wards) are those
 * that the team has; without any, there is a scale and an arrow to the north. No home is ever on it, and no
 * place with nobody. */
#ifndef KITH_PLACES_MAP_H
#define KITH_PLACES_MAP_H

#include "kith/geojson.h"
#include "kith/hotspots.h"
#include "kith/scene.h"

enum { KITH_PLACES_MAP_MOST = 40 };

/**
 * Makes the scene of a map.
 *
 * scene    out: free with kith_scene_free.
 * outline  drawn behind the places, cut to their surroundings and thinned to what a page can
 *          show; NULL for none.
 * most     places shown, the first by rank; at most KITH_PLACES_MAP_MOST.
 *
 * The scale is true at the middle of the map: degrees of longitude are shortened by the cosine
 * of its latitude.
 * Returns KITH_OK or KITH_NO_MEMORY. Places without coordinates are counted in the footer.
 */
kith_status kith_places_scene(kith_scene *scene, const kith_network *network,
                              const kith_hotspots *hotspots, const kith_outline *outline, size_t most,
                              kith_error *err);

#endif
