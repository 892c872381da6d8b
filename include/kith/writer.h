/* SPDX-License-Identifier: GPL-3.0-or-later */
/* writer.h: a scene in the forms that other programs read.
 *
 * Every form holds every node and every tie of the scene, each with the same fields
 * (docs/export.md lists them), and the words above and below the picture. Texts read back as
 * they are, but for control characters where a form is XML (kith_text_add_xml) and for cells
 * that a spreadsheet would run (kith_text_add_csv). A node stands where its box says, once
 * kith-draw has placed it. The same scene gives the same bytes.
 *
 * All return KITH_OK, KITH_IO or KITH_NO_MEMORY; cost: linear, 64 kB of memory. */
#ifndef KITH_WRITER_H
#define KITH_WRITER_H

#include <stdio.h>

#include "kith/scene.h"

/** GraphML: read by networkx, igraph, Gephi, yEd. Undirected; a tie's direction is its `arrow`. */
kith_status kith_scene_write_graphml(FILE *out, const kith_scene *scene, kith_error *err);

/** The JSON of cytoscape.js; y grows downwards there. Peer groups are a field, not nodes. */
kith_status kith_scene_write_cytoscape(FILE *out, const kith_scene *scene, kith_error *err);

/**
 * GeoJSON (RFC 7946): a feature for each node, then for each tie. What has no place on the
 * ground, or may not show it, has the geometry null, as the RFC allows.
 */
kith_status kith_scene_write_geojson(FILE *out, const kith_scene *scene, kith_error *err);

/** CSV with the column names that Gephi looks for; text above and below stands in no table. */
kith_status kith_scene_write_nodes(FILE *out, const kith_scene *scene, kith_error *err);
kith_status kith_scene_write_ties(FILE *out, const kith_scene *scene, kith_error *err);

#endif
