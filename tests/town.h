/* SPDX-License-Identifier: GPL-3.0-or-later */
/* town.h: a small network made by hand, for tests of places.
 *
 * People first, then places, then events in the order of their ids, each event followed by its
 * participations. As-of is 2022-06-30, the window of the figures 112 days. */
#ifndef KITH_TESTS_TOWN_H
#define KITH_TESTS_TOWN_H

#include "kith/hotspots.h"

extern kith_network town;
extern kith_hotspots_options options;
extern kith_hotspots found; /* by find */
extern int32_t as_of;

void build_town(void);
void drop_town(void);

/** born "" for an unknown date of birth. */
uint32_t person(const char *born);
uint32_t child(void);
uint32_t place(const char *kind);

/** Where a place of the town lies. */
void locate(uint32_t where, double lat, double lon);

kith_event_record *event(const char *kind, const char *at, uint32_t where);

/** Missing, so many days before as-of. */
kith_event_record *event_ago(int32_t days, uint32_t where);

/** In the latest event. */
kith_participation *part(uint32_t who, const char *role);

uint32_t origin(const char *source, const char *report, char source_grade, char info_grade);

/** The town's hotspots, by `options`, into `found`. */
void find(void);

/** A place of `found`. */
const kith_hotspot *of(uint32_t where);

#endif
