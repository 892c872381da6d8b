/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots.h: what the rows and the notes of `kith hotspots` are made from. */
#ifndef KITH_CLI_HOTSPOTS_H
#define KITH_CLI_HOTSPOTS_H

#include "command.h"
#include "kith/displacement.h"
#include "kith/geojson.h"
#include "kith/hotspots.h"
#include "kith/place_facts.h"
#include "kith/reach.h"

typedef struct hotspots_answer {
    const kith_call *call;
    const kith_network *network;
    const kith_hotspots_options *options;
    const kith_hotspots *hotspots;
    const kith_displacements *displacements; /* NULL where the figures alone are wanted; as facts */
    const kith_places_facts *facts;
    const kith_reach *reach; /* NULL unless asked for */
    double near_metres;
} hotspots_answer;

/** Whether Gi and Gi* were asked for. */
static inline bool hotspots_gi(const hotspots_answer *a)
{
    return a->options->gi_metres > 0 || a->options->gi_nearest > 0;
}

/** The figures of a place, and what is known of it in words. */
void hotspots_columns(kith_table *table, const hotspots_answer *a);
void hotspots_row(kith_table *table, const hotspots_answer *a, const kith_hotspot *h);
void hotspots_words_columns(kith_table *table, const hotspots_answer *a);
void hotspots_words(kith_table *table, const hotspots_answer *a, const kith_hotspot *h);

/** Reads outlines for a map from a GeoJSON file; free with kith_outline_free. */
kith_status hotspots_outline(kith_outline *outline, const char *path, kith_error *err);

/** How it was worked out, what was left out, and what it cannot say. */
void hotspots_notes(kith_table *table, const hotspots_answer *a);

/** Lists of earlier months against the events of the months after. */
kith_status hotspots_selfcheck(kith_call *call, const kith_hotspots_options *options, kith_error *err);

/** Pairs of events by distance and days between them. */
kith_status hotspots_near_repeat(kith_call *call, const kith_hotspots_options *options,
                                 kith_error *err);

/** The hours of one place's week: when its events were. */
kith_status hotspots_week(kith_call *call, const kith_hotspots_options *options, kith_error *err);

/** The places of a network of the call's view into a file, as `hotspots --brief` prints them; then it has
 * no participations any more. */
kith_status hotspots_beside(kith_network *network, kith_call *call, const char *path,
                            kith_error *err);

/** Whether the call is for an audience that is given no small counts (R66). */
bool hotspots_as_classes(const kith_call *call);

/** The places by their ids with classes instead of counts, printed; or into a table, in which each row has a
 * point when points are wanted, of as many places, and homes are left out. */
kith_status hotspots_classes(const hotspots_answer *a, kith_call *call, kith_error *err);
kith_status hotspots_classes_table(kith_table *table, kith_point *points, const hotspots_answer *a, kith_error *err);

/** What the answer is of. */
void hotspots_facts(kith_table *table, const hotspots_answer *a);

/** The public and service places as GeoJSON, where the call prints; the first as a map in a file. */
bool hotspots_is_geojson(const char *path);
kith_status hotspots_geojson(const hotspots_answer *a, kith_call *call, kith_error *err);
kith_status hotspots_map(const hotspots_answer *a, const kith_call *call, const char *path,
                         kith_error *err);

#endif
