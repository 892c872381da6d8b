/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check_movement.c: people recorded at two places too soon one after the other.
 *
 * Each person's timed events are read in their order, and each is held to the one before and
 * to the last one of which the coordinates are known. Within an hour of each other, two places
 * are too far apart when more than a kilometre and more than 150 km/h lie between them: no
 * road is as fast, so one of the two times is probably the one of the report. Of places
 * whose distance is not known only the same minute is told, as a note. */
#include "check_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "kith/date.h"
#include "kith/spatial.h"
#include "kith/text.h"

enum { PERSON, AT, EVENT, ID, PLACE, LAT, LON, EASTING, NORTHING };

enum { WITHIN_SECONDS = 3600 };

static const double near_metres = 1000, metres_a_second = 150 / 3.6;

typedef struct sighting {
    int64_t person, place; /* 0: none yet */
    kith_time at;
    char event[72];
    double lat, lon, easting, northing; /* NAN: not given */
} sighting;

static double number_or_nan(const kith_rows *rows, int column)
{
    return kith_rows_missing(rows, column) ? NAN : kith_rows_number(rows, column);
}

static void read_sighting(sighting *out, const kith_rows *rows)
{
    *out = (sighting){ .person = kith_rows_integer(rows, PERSON),
                       .place = kith_rows_integer(rows, PLACE),
                       .lat = number_or_nan(rows, LAT),
                       .lon = number_or_nan(rows, LON),
                       .easting = number_or_nan(rows, EASTING),
                       .northing = number_or_nan(rows, NORTHING) };
    kith_time_read(&out->at, kith_rows_text(rows, AT));
    snprintf(out->event, sizeof out->event, "%s", kith_rows_text(rows, EVENT));
}

static bool is_placed(const sighting *at)
{
    return !isnan(at->lat) || !isnan(at->easting);
}

/* NAN when the two are not known on one grid. */
static double metres_between(const sighting *a, const sighting *b)
{
    if (!isnan(a->lat) && !isnan(b->lat))
        return kith_distance_metres((kith_point){ a->lat, a->lon }, (kith_point){ b->lat, b->lon });
    return hypot(a->easting - b->easting, a->northing - b->northing);
}

static void tell(check_findings *findings, const sighting *a, const sighting *b, const char *id,
                 double metres, int64_t seconds)
{
    kith_text message = { 0 };

    kith_text_format(&message, "%s is in %s and, ", id, a->event);
    if (seconds < 60)
        kith_text_format(&message, "in the same minute, in %s", b->event);
    else
        kith_text_format(&message, "%d minutes later, in %s", (int)(seconds / 60), b->event);
    if (isnan(metres))
        kith_text_format(&message, ", at two places whose distance is not known");
    else
        kith_text_format(&message, ", %.1f km away", metres / 1000);
    kith_text_format(&message, "; one may be a reporting time");
    const char *cells[] = { isnan(metres) ? "NOTE" : "WARNING", "events", a->event, "location_id",
                            kith_text_string(&message) };
    findings->failed = findings->failed || message.failed;
    if (!message.failed)
        check_add(findings, cells);
    kith_text_free(&message);
}

/* Tells of two places of one person when they are too far apart. */
static void compare(check_findings *findings, const sighting *a, const sighting *b, const char *id)
{
    const int64_t seconds = llabs(b->at.utc - a->at.utc);

    if (a->person != b->person || a->place == b->place || seconds > WITHIN_SECONDS)
        return;
    const double metres = metres_between(a, b);
    const double reach = metres_a_second * (double)(seconds < 60 ? 0 : seconds);
    if (isnan(metres) ? seconds < 60 : metres > near_metres && metres > reach)
        tell(findings, a, b, id, metres, seconds);
}

kith_status check_movement(check_findings *findings, kith_store *store, const kith_view *view,
                           kith_error *err)
{
    kith_rows *rows;
    sighting last = { 0 }, placed = { 0 }; /* placed: the last one with coordinates */
    bool last_is_placed = false;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_SIGHTINGS, err);

    if (status != KITH_OK)
        return status;
    while (!findings->failed && kith_rows_next(rows)) {
        sighting next;
        read_sighting(&next, rows);
        compare(findings, &last, &next, kith_rows_text(rows, ID));
        if (!last_is_placed && is_placed(&next))
            compare(findings, &placed, &next, kith_rows_text(rows, ID));
        last = next;
        last_is_placed = is_placed(&next);
        if (last_is_placed)
            placed = next;
    }
    status = kith_rows_end(rows, err);
    return status == KITH_OK && findings->failed ? kith_no_memory(err) : status;
}
