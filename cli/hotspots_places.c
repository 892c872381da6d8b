/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_places.c: `kith hotspots` as GeoJSON and as a map. No home is in either. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hotspots.h"
#include "kith/geojson.h"
#include "kith/places_map.h"
#include "picture.h"

bool hotspots_is_geojson(const char *path)
{
    const char *dot = path != NULL ? strrchr(path, '.') : NULL;

    return dot != NULL && strcmp(dot, ".geojson") == 0;
}

/* The public and service places, and where each row lies. */
static kith_status add_rows(kith_table *table, kith_point *points, const hotspots_answer *a, kith_error *err)
{
    const int64_t limit = call_given(a->call, "limit") ? call_integer(a->call, "limit") : INT64_MAX;
    int64_t shown[] = { 0, 0, 0 };
    size_t count = 0;

    hotspots_facts(table, a);
    hotspots_notes(table, a);
    hotspots_columns(table, a);
    hotspots_words_columns(table, a);
    for (size_t i = 0; i < a->hotspots->count; i++) {
        const kith_hotspot *h = &a->hotspots->places[i];
        const kith_thing *place = &a->network->things[h->place];
        if (h->section == KITH_HOME_PLACE || shown[h->section]++ >= limit)
            continue;
        hotspots_row(table, a, h);
        hotspots_words(table, a, h);
        points[count++] = (kith_point){ place->lat, place->lon };
    }
    return kith_table_status(table, err);
}

static kith_status write_table(FILE *out, kith_table *table, const kith_point *points, kith_error *err)
{
    kith_text text = { 0 };

    kith_table_note(table, "homes are left out: no home is put on a map");
    kith_status status = kith_table_status(table, err);
    if (status == KITH_OK)
        kith_geojson_write(&text, table, points);
    if (status == KITH_OK)
        status = kith_text_status(&text, err);
    if (status == KITH_OK && fwrite(text.data, 1, text.size, out) != text.size)
        status = kith_fail(err, KITH_IO, "the GeoJSON cannot be written: %s", strerror(errno));
    kith_text_free(&text);
    return status;
}

kith_status hotspots_geojson(const hotspots_answer *a, kith_call *call, kith_error *err)
{
    kith_table table = { 0 };
    kith_point *points = malloc((a->hotspots->count + 1) * sizeof *points);
    kith_status status = points == NULL             ? kith_no_memory(err)
                         : hotspots_as_classes(call) ? hotspots_classes_table(&table, points, a, err)
                                                     : add_rows(&table, points, a, err);

    if (status == KITH_OK)
        status = write_table(call->out, &table, points, err);
    free(points);
    kith_table_free(&table);
    return status;
}

kith_status hotspots_outline(kith_outline *outline, const char *path, kith_error *err)
{
    char block[65536];
    kith_text text = { 0 };
    size_t size;
    FILE *in = fopen(path, "rb");

    if (in == NULL)
        return kith_fail(err, KITH_IO, "%s cannot be read: %s; outlines are a GeoJSON file", path,
                         strerror(errno));
    while ((size = fread(block, 1, sizeof block, in)) > 0 && text.size <= KITH_OUTLINE_BYTES)
        kith_text_add_bytes(&text, block, size);
    kith_status status = KITH_OK;
    if (ferror(in))
        status = kith_fail(err, KITH_IO, "%s cannot be read: %s", path, strerror(errno));
    else if (text.size > KITH_OUTLINE_BYTES)
        status = kith_fail(err, KITH_INPUT, "%s has more than %d MB; cut the outlines to the area", path,
                           KITH_OUTLINE_BYTES / 1024 / 1024);
    else
        status = kith_text_status(&text, err);
    fclose(in);
    if (status == KITH_OK)
        status = kith_outline_read(outline, kith_text_string(&text), text.size, path, err);
    kith_text_free(&text);
    return status;
}

kith_status hotspots_map(const hotspots_answer *a, const kith_call *call, const char *path,
                         kith_error *err)
{
    const char *outlines = call_text(call, "outlines");
    const size_t most = call_given(call, "limit") && call_integer(call, "limit") < KITH_PLACES_MAP_MOST
                            ? (size_t)call_integer(call, "limit")
                            : KITH_PLACES_MAP_MOST;
    kith_outline outline = { 0 };
    kith_scene scene = { 0 };
    kith_status status = outlines != NULL ? hotspots_outline(&outline, outlines, err) : KITH_OK;

    if (status == KITH_OK)
        status = kith_places_scene(&scene, a->network, a->hotspots, outlines != NULL ? &outline : NULL,
                                   most, err);
    if (status == KITH_OK)
        status = picture_write(call, &scene, path, picture_form(path), err);
    kith_scene_free(&scene);
    kith_outline_free(&outline);
    return status;
}
