/* SPDX-License-Identifier: GPL-3.0-or-later */
/* positions.c: places of pictures in the hub.
 *
 * Lengths are kept as whole hundredths of a point, which is how they are printed: what is read
 * back is the same digit for digit. */
#include "kith/positions.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/date.h"
#include "kith/drawing.h"

int64_t kith_position_of_thing(const kith_thing *thing)
{
    return thing->row.row * 2;
}

int64_t kith_position_of_event(const kith_event_record *event)
{
    return event->row.row * 2 + 1;
}

typedef struct owner {
    int64_t record;
    uint32_t node;
} owner;

static int by_record(const void *left, const void *right)
{
    const owner *a = left, *b = right;

    if (a->record != b->record)
        return a->record < b->record ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

/* The nodes that somebody's places are for, in the order of their records. */
static owner *owners_of(const kith_scene *scene, size_t *count)
{
    owner *list = malloc((scene->node_count + 1) * sizeof *list);

    *count = 0;
    for (uint32_t i = 0; list != NULL && i < scene->node_count; i++)
        if (scene->nodes[i].record != 0)
            list[(*count)++] = (owner){ scene->nodes[i].record, i };
    if (list != NULL)
        qsort(list, *count, sizeof *list, by_record);
    return list;
}

static kith_status find_picture(int64_t *picture, char as_of[KITH_TIME_SIZE], kith_store *store,
                                const kith_view *view, const char *subject, const char *layout,
                                kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_PICTURE_LAST, err);

    *picture = 0;
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "audience", view->audience);
    kith_rows_bind_text(rows, "subject", subject);
    kith_rows_bind_text(rows, "layout", layout);
    if (kith_rows_next(rows)) {
        *picture = kith_rows_integer(rows, 0);
        snprintf(as_of, KITH_TIME_SIZE, "%s", kith_rows_text(rows, 1));
    }
    return kith_rows_end(rows, err);
}

static double points(const kith_rows *rows, int column)
{
    return (double)kith_rows_integer(rows, column) / 100;
}

static void take_place(kith_scene_node *node, const kith_rows *rows, kith_places which)
{
    const bool pinned = kith_rows_integer(rows, 6) != 0;

    if (node->box.placed || (which == KITH_PLACES_PINNED && !pinned))
        return;
    node->pinned = pinned;
    node->box = (kith_scene_box){ true, points(rows, 2), points(rows, 3), points(rows, 4),
                                  points(rows, 5) };
}

kith_status kith_positions_read(kith_scene *scene, kith_store *store, const kith_view *view,
                                const char *subject, const char *layout, kith_places which,
                                kith_error *err)
{
    char as_of[KITH_TIME_SIZE];
    int64_t picture;
    size_t count;
    kith_rows *rows;
    kith_status status = find_picture(&picture, as_of, store, view, subject, layout, err);

    if (status != KITH_OK || picture == 0)
        return status;
    owner *owners = owners_of(scene, &count);
    if (owners == NULL)
        return kith_no_memory(err);
    status = kith_store_read(&rows, store, view, KITH_QUERY_PICTURE_PLACES, err);
    if (status == KITH_OK) {
        kith_rows_bind_integer(rows, "picture", picture);
        while (kith_rows_next(rows)) {
            const owner key = { kith_rows_integer(rows, 1) * 2 + kith_rows_integer(rows, 0), 0 };
            size_t low = 0, high = count;
            while (low < high) {
                const size_t middle = (low + high) / 2;
                if (owners[middle].record < key.record)
                    low = middle + 1;
                else
                    high = middle;
            }
            if (low < count && owners[low].record == key.record)
                take_place(&scene->nodes[owners[low].node], rows, which);
        }
        status = kith_rows_end(rows, err);
    }
    free(owners);
    return status;
}

static kith_status forget(kith_store *store, kith_query query, int64_t picture, kith_error *err)
{
    kith_change *change;
    const kith_status status = kith_store_change(&change, store, query, err);

    if (status != KITH_OK)
        return status;
    kith_change_integer(change, 1, picture);
    return kith_change_run(change, NULL, err);
}

/* Takes away what was kept for the same day. */
static kith_status clear_day(kith_store *store, const kith_view *view, const char *day,
                             const char *subject, const char *layout, kith_error *err)
{
    char as_of[KITH_TIME_SIZE];
    int64_t picture;
    kith_status status = find_picture(&picture, as_of, store, view, subject, layout, err);

    if (status != KITH_OK || picture == 0 || strcmp(as_of, day) != 0)
        return status;
    status = forget(store, KITH_QUERY_PICTURE_PLACES_FORGET, picture, err);
    return status == KITH_OK ? forget(store, KITH_QUERY_PICTURE_FORGET, picture, err) : status;
}

static kith_status add_picture(kith_store *store, const kith_view *view, const char *day,
                               const char *subject, const char *layout, kith_error *err)
{
    kith_change *change;
    const kith_status status = kith_store_change(&change, store, KITH_QUERY_PICTURE_ADD, err);

    if (status != KITH_OK)
        return status;
    kith_change_text(change, 1, view->audience);
    kith_change_text(change, 2, subject);
    kith_change_text(change, 3, layout);
    kith_change_text(change, 4, day);
    kith_change_text(change, 5, view->user);
    kith_change_text(change, 6, view->purpose);
    return kith_change_run(change, NULL, err);
}

kith_status kith_positions_settle(kith_scene *scene, int64_t seed, kith_error *err)
{
    kith_scene drawn = { 0 };
    kith_text json = { 0 };
    kith_status status = kith_scene_draw(&json, scene, "json", &(kith_drawing){ .seed = seed }, err);

    if (status == KITH_OK)
        status = kith_scene_read(&drawn, json.data, json.size, err);
    for (size_t i = 0; status == KITH_OK && i < scene->node_count; i++)
        scene->nodes[i].box = drawn.nodes[i].box;
    kith_scene_free(&drawn);
    kith_text_free(&json);
    return status;
}

static int64_t hundredths(double value)
{
    return (int64_t)llround(value * 100);
}

static kith_status add_place(kith_change *change, int64_t picture, const kith_scene_node *node,
                             const kith_scene_box *at, kith_error *err)
{
    const int64_t row = node->record / 2;

    kith_change_integer(change, 1, picture);
    kith_change_missing(change, node->record % 2 == 0 ? 3 : 2);
    kith_change_integer(change, node->record % 2 == 0 ? 2 : 3, row);
    kith_change_integer(change, 4, hundredths(at->x));
    kith_change_integer(change, 5, hundredths(at->y));
    kith_change_integer(change, 6, hundredths(at->width));
    kith_change_integer(change, 7, hundredths(at->height));
    kith_change_integer(change, 8, node->pinned);
    return kith_change_run(change, NULL, err);
}

kith_status kith_positions_keep(kith_store *store, const kith_view *view, const char *subject,
                                const char *layout, const kith_scene *scene,
                                const kith_scene *drawn, kith_error *err)
{
    char day[KITH_TIME_SIZE];
    kith_change *change;

    assert(scene->node_count == drawn->node_count);
    kith_day_write(day, view->as_of);
    kith_status status = clear_day(store, view, day, subject, layout, err);
    if (status == KITH_OK)
        status = add_picture(store, view, day, subject, layout, err);
    const int64_t picture = kith_store_last_row(store);
    if (status == KITH_OK)
        status = kith_store_change(&change, store, KITH_QUERY_PICTURE_PLACE_ADD, err);
    for (size_t i = 0; status == KITH_OK && i < scene->node_count; i++)
        if (scene->nodes[i].record != 0 && drawn->nodes[i].box.placed)
            status = add_place(change, picture, &scene->nodes[i], &drawn->nodes[i].box, err);
    return status;
}
