/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_things.c: words, origins, people, places, groups and objects, read from a hub.
 *
 * References between tables are rows of the store; they become indexes here, by plain
 * arrays from row to index, because rows count up from 1. What refers to something that
 * is not there, or holds a date that nobody could have loaded, is damage and is said so. */
#include "large_pages.h"
#include "network_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

bool kith_make_room(void **list, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return true;
    const size_t wanted = *room == 0 ? FIRST_ROOM : *room * 2;
    if (wanted > SIZE_MAX / size)
        return false;
    void *grown = realloc(*list, wanted * size);
    if (grown == NULL)
        return false;
    *list = grown;
    *room = wanted;
    return true;
}

/* A size that holds `row`, at least twice the size before; 0 when the row is no row. */
static size_t size_for(int64_t row, size_t before)
{
    if (row <= 0 || row >= UINT32_MAX)
        return 0;
    const size_t wanted = (size_t)row + 1;
    return wanted > before * 2 ? wanted : before * 2;
}

bool kith_row_index_set(kith_row_index *map, int64_t row, uint32_t index)
{
    if (row <= 0 || (uint64_t)row >= map->size) {
        const size_t size = size_for(row, map->size);
        uint32_t *grown = size > 0 ? kith_large_block(size * sizeof *grown) : NULL;
        if (grown == NULL)
            return false;
        if (map->size > 0)
            memcpy(grown, map->of, map->size * sizeof *grown);
        memset(grown + map->size, 0xFF, (size - map->size) * sizeof *grown);
        free(map->of);
        map->of = grown;
        map->size = size;
    }
    map->of[row] = index;
    return true;
}

static bool set_word(kith_row_words *map, int64_t row, kith_row_word word)
{
    if (row <= 0 || (uint64_t)row >= map->size) {
        const size_t size = size_for(row, map->size);
        kith_row_word *grown = size > 0 ? realloc(map->of, size * sizeof *grown) : NULL;
        if (grown == NULL)
            return false;
        memset(grown + map->size, 0, (size - map->size) * sizeof *grown);
        map->of = grown;
        map->size = size;
    }
    map->of[row] = word;
    return true;
}

const kith_row_word *kith_row_word_of(const kith_row_words *map, int64_t row)
{
    static const kith_row_word none = { .text = "" };

    if (row == 0)
        return &none;
    return row > 0 && (uint64_t)row < map->size && map->of[row].text != NULL ? &map->of[row] : NULL;
}

kith_status kith_damaged(kith_loader *loader, const char *record, const char *id, const char *what)
{
    return kith_fail(loader->err, KITH_HUB,
                     "%s %s refers to %s that is not there; the hub is damaged: run check "
                     "--integrity, or restore a backup",
                     record, id, what);
}

kith_status kith_read_time(kith_time *out, kith_loader *loader, const char *text,
                           const char *record, const char *id)
{
    if (text == NULL)
        return kith_no_memory(loader->err);
    if (!kith_time_read(out, text))
        return kith_fail(loader->err, KITH_HUB,
                         "%s %s has a date that Kith does not write; the hub was changed by "
                         "something else: restore a backup",
                         record, id);
    return KITH_OK;
}

static kith_status take_each(kith_loader *loader, kith_rows *rows,
                             kith_status (*take)(kith_loader *, kith_rows *))
{
    kith_status status = KITH_OK;

    while (status == KITH_OK && kith_rows_next(rows))
        status = take(loader, rows);
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? loader->err : NULL);
    return status == KITH_OK ? end : status;
}

kith_status kith_read_all(kith_loader *loader, kith_query query,
                          kith_status (*take)(kith_loader *, kith_rows *))
{
    kith_rows *rows;
    const kith_status status =
        kith_store_read(&rows, loader->store, &loader->network->view, query, loader->err);

    return status == KITH_OK ? take_each(loader, rows, take) : status;
}

kith_status kith_read_row(kith_loader *loader, kith_query query, int64_t row,
                          kith_status (*take)(kith_loader *, kith_rows *))
{
    kith_rows *rows;
    const kith_status status =
        kith_store_read(&rows, loader->store, &loader->network->view, query, loader->err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", row);
    return take_each(loader, rows, take);
}

kith_status kith_read_rows(kith_loader *loader, kith_query query, const kith_row_list *list,
                           kith_status (*take)(kith_loader *, kith_rows *))
{
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < list->count; i++)
        status = kith_read_row(loader, query, list->rows[i], take);
    return status;
}

static kith_status take_word(kith_loader *loader, kith_rows *rows)
{
    kith_row_word word = { .text = kith_pool_add(loader->network->pool, kith_rows_text(rows, 1)) };
    kith_role roles[2];
    const char *written[2];
    int count;
    bool known;

    if (word.text == NULL)
        return kith_no_memory(loader->err);
    kith_role_read(word.text, roles, written, &count, &known);
    word.role = (kith_role)(count == 2 ? roles[0] | roles[1] : roles[0]);
    word.of_event = kith_word_meaning(KITH_EVENT_WORD, word.text);
    word.of_link = kith_word_meaning(KITH_LINK_WORD, word.text);
    return set_word(&loader->words, kith_rows_integer(rows, 0), word) ? KITH_OK
                                                                      : kith_no_memory(loader->err);
}

static kith_status take_source(kith_loader *loader, kith_rows *rows)
{
    const kith_row_word name = { .text = kith_pool_add(loader->network->pool,
                                                       kith_rows_text(rows, 1)) };

    if (name.text == NULL || !set_word(&loader->sources, kith_rows_integer(rows, 0), name))
        return kith_no_memory(loader->err);
    return KITH_OK;
}

kith_status kith_read_words(kith_loader *loader)
{
    const kith_status status = kith_read_all(loader, KITH_QUERY_WORD_ALL, take_word);

    return status == KITH_OK ? kith_read_all(loader, KITH_QUERY_SOURCE_ALL, take_source) : status;
}

static char first_char(const char *text)
{
    return text == NULL ? '\0' : text[0];
}

static kith_status take_origin(kith_loader *loader, kith_rows *rows)
{
    kith_network *network = loader->network;
    const kith_row_word *source =
        kith_row_word_of(&loader->sources, kith_rows_integer(rows, 1));

    if (!kith_make_room((void **)&network->origins, &loader->origin_room, network->origin_count,
                   sizeof *network->origins))
        return kith_no_memory(loader->err);
    kith_origin *origin = &network->origins[network->origin_count];
    *origin = (kith_origin){
        .row = { kith_rows_integer(rows, 0) },
        .source = source == NULL ? NULL : source->text,
        .report_ref = kith_pool_add(network->pool, kith_rows_text(rows, 2)),
        .grade = { .source = first_char(kith_rows_text(rows, 3)),
                   .info = first_char(kith_rows_text(rows, 4)) },
        .handling = first_char(kith_rows_text(rows, 5)),
    };
    if (origin->report_ref == NULL)
        return kith_no_memory(loader->err);
    if (origin->source == NULL)
        return kith_damaged(loader, "an origin", origin->report_ref, "a source");
    network->origin_count++;
    return KITH_OK;
}

kith_status kith_read_origins(kith_loader *loader)
{
    return loader->near != NULL
               ? kith_read_rows(loader, KITH_QUERY_NEAR_ORIGIN, &loader->near->origins, take_origin)
               : kith_read_all(loader, KITH_QUERY_ORIGIN_ALL, take_origin);
}

static const char *const kind_names[] = { "", "person", "location", "group", "object" };

/* What every kind of thing begins with: row, id, name; its origin stands in a column. */
static kith_status take_thing(kith_thing **made, kith_loader *loader, kith_rows *rows,
                              int origin_column)
{
    kith_network *network = loader->network;

    if (!kith_make_room((void **)&network->things, &loader->thing_room, network->thing_count,
                   sizeof *network->things) ||
        network->thing_count >= KITH_NOTHING - 1)
        return kith_no_memory(loader->err);
    kith_thing *thing = &network->things[network->thing_count];
    *thing = (kith_thing){
        .kind = loader->kind,
        .row = { kith_rows_integer(rows, 0) },
        .id = kith_pool_add(network->pool, kith_rows_text(rows, 1)),
        .name = kith_pool_add(network->pool, kith_rows_text(rows, 2)),
        .word = "",
        .lat = NAN,
        .lon = NAN,
        .origin = kith_row_index_get(&loader->origin_of, kith_rows_integer(rows, origin_column)),
    };
    if (thing->id == NULL || thing->name == NULL)
        return kith_no_memory(loader->err);
    if (thing->origin == KITH_NOTHING)
        return kith_damaged(loader, kind_names[thing->kind], thing->id, "an origin");
    network->thing_count++;
    *made = thing;
    return KITH_OK;
}

static kith_status take_person(kith_loader *loader, kith_rows *rows)
{
    kith_thing *person;
    const kith_status status = take_thing(&person, loader, rows, 4);

    if (status != KITH_OK)
        return status;
    return kith_read_time(&person->born, loader, kith_rows_text(rows, 3), "person", person->id);
}

static kith_status set_kind(kith_thing *thing, kith_loader *loader, int64_t word_row,
                            kith_word_class class)
{
    const kith_row_word *word = kith_row_word_of(&loader->words, word_row);

    if (word == NULL)
        return kith_damaged(loader, kind_names[thing->kind], thing->id, "a kind");
    thing->word = word->text;
    thing->meaning = kith_word_meaning(class, thing->word);
    thing->home = thing->meaning->home;
    return KITH_OK;
}

/* A place known by easting and northing alone; what lies off the grid stays unknown. */
static kith_status place_on_grid(kith_thing *place, kith_loader *loader, kith_rows *rows)
{
    const kith_grid_point at = { kith_rows_number(rows, 6), kith_rows_number(rows, 7) };
    kith_point point;
    kith_status status = KITH_OK;

    if (loader->grid == NULL)
        status = kith_grid_open(&loader->grid, loader->err);
    if (status == KITH_OK && kith_grid_to_wgs84(&point, loader->grid, at)) {
        place->lat = point.lat;
        place->lon = point.lon;
    }
    return status;
}

static kith_status take_location(kith_loader *loader, kith_rows *rows)
{
    kith_thing *place;
    kith_status status = take_thing(&place, loader, rows, 8);

    if (status == KITH_OK && !kith_rows_missing(rows, 4)) {
        place->lat = kith_rows_number(rows, 4);
        place->lon = kith_rows_number(rows, 5);
    } else if (status == KITH_OK && !kith_rows_missing(rows, 6)) {
        status = place_on_grid(place, loader, rows);
    }
    if (status != KITH_OK)
        return status;
    return set_kind(place, loader, kith_rows_integer(rows, 3), KITH_PLACE_WORD);
}

static kith_status take_group(kith_loader *loader, kith_rows *rows)
{
    kith_thing *group;
    const kith_status status = take_thing(&group, loader, rows, 4);

    return status == KITH_OK
               ? set_kind(group, loader, kith_rows_integer(rows, 3), KITH_GROUP_WORD)
               : status;
}

static kith_status take_object(kith_loader *loader, kith_rows *rows)
{
    kith_thing *object;
    const kith_status status = take_thing(&object, loader, rows, 4);

    return status == KITH_OK
               ? set_kind(object, loader, kith_rows_integer(rows, 3), KITH_OBJECT_WORD)
               : status;
}

kith_status kith_read_things(kith_loader *loader, kith_kind kind)
{
    static const struct {
        kith_query all, near;
        kith_status (*take)(kith_loader *, kith_rows *);
    } of_kind[] = {
        [KITH_PERSON] = { KITH_QUERY_PERSON_ALL, KITH_QUERY_NEAR_PERSON, take_person },
        [KITH_LOCATION] = { KITH_QUERY_LOCATION_ALL, KITH_QUERY_NEAR_LOCATION, take_location },
        [KITH_GROUP] = { KITH_QUERY_GROUP_ALL, KITH_QUERY_NEAR_GROUP, take_group },
        [KITH_OBJECT] = { KITH_QUERY_OBJECT_ALL, KITH_QUERY_NEAR_OBJECT, take_object },
    };

    loader->kind = kind;
    return loader->near != NULL ? kith_read_rows(loader, of_kind[kind].near,
                                                 &loader->near->things[kind], of_kind[kind].take)
                                : kith_read_all(loader, of_kind[kind].all, of_kind[kind].take);
}
