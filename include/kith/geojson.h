/* SPDX-License-Identifier: GPL-3.0-or-later */
/* geojson.h: places for other people's maps, and other people's outlines for ours.
 *
 * RFC 7946: WGS84, longitude before latitude. */
#ifndef KITH_GEOJSON_H
#define KITH_GEOJSON_H

#include "kith/spatial.h"
#include "kith/table.h"
#include "kith/text.h"

/**
 * Writes a table as a FeatureCollection: a Feature for each row, its cells as properties, a
 * Point with six decimals (11 cm), or no geometry where the point is NaN. The table's facts and
 * notes stand beside the features, as "facts" and "notes".
 *
 * points  one for each row.
 */
void kith_geojson_write(kith_text *out, const kith_table *table, const kith_point *points);

/** Lines of points; line i is points[first[i]] to points[first[i + 1] - 1]. */
typedef struct kith_outline {
    kith_point *points;
    size_t *first; /* line_count + 1 */
    size_t line_count, point_count;
} kith_outline;

enum { KITH_OUTLINE_BYTES = 64 * 1024 * 1024 };

/**
 * Reads the lines of a GeoJSON text: of polygons every ring, of line strings the line; also in
 * collections, features and geometry collections. Points and properties are passed over.
 *
 * outline  out: free with kith_outline_free.
 * name     of the file, for the message.
 * Returns KITH_OK, KITH_INPUT with the place and the remedy (no JSON, no GeoJSON, a position that
 * is not on Earth, as those of a national grid), KITH_NO_MEMORY.
 */
kith_status kith_outline_read(kith_outline *outline, const char *text, size_t size, const char *name,
                              kith_error *err);
void kith_outline_free(kith_outline *outline);

#endif
