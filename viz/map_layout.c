/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_layout.c: a map becomes a layout that computes its own places.
 *
 * A new scene is made of the map's: the nodes that the layout shows are measured by kith-draw,
 * then those ties follow that it draws, and the layout gives each node its place. */
#include "kith/map_layout.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/drawing.h"
#include "kith/positions.h"
#include "map_layout_private.h"

enum { FAR_APART = 600 }; /* wider than any node */

void kith_laying_put(kith_laying *l, uint32_t node, double x, double y)
{
    kith_scene_box *box = &l->scene->nodes[node].box;

    box->x = x;
    box->y = y;
    box->placed = true;
}

void kith_laying_words(kith_laying *l, double x, double y, kith_scene_align align, const char *text)
{
    kith_scene_add_mark(l->scene, &(kith_scene_mark){ .shape = KITH_DRAW_WORDS,
                                                      .align = align,
                                                      .x = x,
                                                      .y = y,
                                                      .text = (char *)text });
}

void kith_laying_note(kith_laying *l, const char *format, ...)
{
    kith_text text = { 0 };
    char line[256];
    va_list values;

    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    kith_text_format(&text, "%s%s%s", l->scene->footer, l->scene->footer[0] != '\0' ? "\n" : "", line);
    l->scene->failed = l->scene->failed || text.failed;
    if (!text.failed)
        kith_scene_set(l->scene, &l->scene->footer, kith_text_string(&text));
    kith_text_free(&text);
}

void kith_laying_name(kith_text *out, const kith_scene_node *node)
{
    kith_text_add_bytes(out, node->label, strcspn(node->label, "\n"));
}

void kith_laying_largest(const kith_laying *l, double *width, double *height)
{
    *width = *height = 0;
    for (size_t i = 0; i < l->scene->node_count; i++) {
        const kith_scene_box *box = &l->scene->nodes[i].box;
        *width = box->width > *width ? box->width : *width;
        *height = box->height > *height ? box->height : *height;
    }
}

/* A peer group has no frame here, so each member says of which it is. */
static uint32_t add_node(kith_laying *l, const kith_scene_node *old)
{
    kith_text badges = { 0 };

    kith_text_add(&badges, old->badges);
    if (old->cluster != KITH_NO_CLUSTER)
        kith_text_format(&badges, "%s%s", badges.size > 0 ? "\n" : "",
                         l->whole->clusters[old->cluster].label);
    const uint32_t node = kith_scene_copy_node(l->scene, old);
    l->scene->failed = l->scene->failed || badges.failed;
    if (!l->scene->failed)
        kith_scene_set(l->scene, &l->scene->nodes[node].badges, kith_text_string(&badges));
    kith_text_free(&badges);
    return node;
}

static void add_nodes(kith_laying *l, kith_map_layout layout)
{
    for (uint32_t i = 0; i < l->whole->node_count && !l->scene->failed; i++) {
        const kith_scene_node *old = &l->whole->nodes[i];
        l->node[i] = KITH_NOTHING;
        if (layout == KITH_LAYOUT_TIMELINE && !kith_laying_is_person(old))
            continue;
        l->node[i] = add_node(l, old);
        l->from[l->node[i]] = i;
        l->thing[l->node[i]] = KITH_NOTHING;
    }
}

typedef struct owner {
    int64_t record;
    uint32_t node;
} owner;

static int by_record(const void *left, const void *right)
{
    const owner *a = left, *b = right;

    return (a->record > b->record) - (a->record < b->record);
}

static kith_status find_things(kith_laying *l)
{
    const size_t count = l->scene->node_count;
    owner *owners = calloc(count + 1, sizeof *owners);

    if (owners == NULL)
        return kith_no_memory(l->err);
    for (uint32_t i = 0; i < count; i++)
        owners[i] = (owner){ l->scene->nodes[i].record, i };
    qsort(owners, count, sizeof *owners, by_record);
    for (uint32_t t = 0; t < l->network->thing_count; t++) {
        const owner key = { kith_position_of_thing(&l->network->things[t]), 0 };
        const owner *found = bsearch(&key, owners, count, sizeof *owners, by_record);
        if (found != NULL)
            l->thing[found->node] = t;
    }
    free(owners);
    return KITH_OK;
}

/* kith-draw says how large each node is; places come after. */
static kith_status measure(kith_laying *l)
{
    kith_text json = { 0 };
    kith_scene drawn = { 0 };
    const kith_drawing drawing = { .seed = 1 };

    for (uint32_t i = 0; i < l->scene->node_count; i++)
        kith_laying_put(l, i, FAR_APART * (double)(i % 40), FAR_APART * (double)(i / 40));
    kith_status status = kith_scene_draw(&json, l->scene, "json", &drawing, l->err);
    if (status == KITH_OK)
        status = kith_scene_read(&drawn, json.data, json.size, l->err);
    for (size_t i = 0; status == KITH_OK && i < l->scene->node_count; i++)
        l->scene->nodes[i].box = (kith_scene_box){ .width = drawn.nodes[i].box.width,
                                                   .height = drawn.nodes[i].box.height };
    kith_scene_free(&drawn);
    kith_text_free(&json);
    return status;
}

/* Two-mode draws from one column to the other; within one, lines would run under others. */
static bool draws(const kith_laying *l, kith_map_layout layout, const kith_scene_tie *tie)
{
    return layout == KITH_LAYOUT_RINGS ||
           (layout == KITH_LAYOUT_TWO_MODE &&
            kith_laying_is_person(&l->whole->nodes[tie->from]) !=
                kith_laying_is_person(&l->whole->nodes[tie->to]));
}

static void add_ties(kith_laying *l, kith_map_layout layout)
{
    size_t left_out = 0, conditions = 0;

    for (size_t i = 0; i < l->whole->tie_count; i++) {
        kith_scene_tie tie = l->whole->ties[i];
        if (!draws(l, layout, &tie)) {
            left_out++;
            conditions += tie.barred;
            continue;
        }
        tie.from = l->node[tie.from];
        tie.to = l->node[tie.to];
        kith_scene_add_tie(l->scene, &tie);
    }
    if (left_out > 0 && layout != KITH_LAYOUT_MATRIX)
        kith_laying_note(l, "Not drawn in this layout: %zu line%s%s, %zu of them condition%s. The association map has them.",
                         left_out, left_out == 1 ? "" : "s",
                         layout == KITH_LAYOUT_TWO_MODE ? " within one column" : "", conditions,
                         conditions == 1 ? "" : "s");
}

static kith_status make(kith_laying *l, kith_map_layout layout)
{
    static kith_status (*const layouts[])(kith_laying *) = {
        [KITH_LAYOUT_RINGS] = kith_laying_rings,
        [KITH_LAYOUT_TWO_MODE] = kith_laying_two_mode,
        [KITH_LAYOUT_TIMELINE] = kith_laying_timeline,
        [KITH_LAYOUT_MATRIX] = kith_laying_matrix,
    };

    add_nodes(l, layout);
    kith_status status = kith_scene_status(l->scene, l->err);
    if (status == KITH_OK)
        status = find_things(l);
    if (status == KITH_OK && l->scene->node_count > 0)
        status = measure(l);
    if (status != KITH_OK)
        return status;
    kith_scene_copy_frame(l->scene, l->whole);
    status = kith_scene_status(l->scene, l->err);
    if (status == KITH_OK) {
        add_ties(l, layout);
        status = kith_scene_status(l->scene, l->err);
    }
    if (status == KITH_OK && l->scene->node_count > 0)
        status = layouts[layout](l);
    if (status == KITH_OK && l->scene->mark_count > KITH_SCENE_MARKS)
        status = kith_fail(l->err, KITH_USAGE,
                           "this layout needs %zu marks, and a picture has at most %d: ask for fewer --hops or a shorter --window",
                           l->scene->mark_count, KITH_SCENE_MARKS);
    return status == KITH_OK ? kith_scene_status(l->scene, l->err) : status;
}

kith_status kith_map_lay_out(kith_scene *scene, const kith_network *network,
                             const kith_map_options *options, kith_map_layout layout,
                             kith_error *err)
{
    kith_scene made = { 0 };
    const size_t size = (scene->node_count + 1) * sizeof(uint32_t);
    kith_laying l = { .scene = &made, .whole = scene, .network = network, .options = options, .err = err };

    if (layout == KITH_LAYOUT_ASSOCIATION)
        return KITH_OK;
    l.node = malloc(size);
    l.from = malloc(size);
    l.thing = malloc(size);
    kith_status status = l.node != NULL && l.from != NULL && l.thing != NULL ? make(&l, layout)
                                                                            : kith_no_memory(err);
    free(l.node);
    free(l.from);
    free(l.thing);
    if (status == KITH_OK) {
        kith_scene_free(scene);
        *scene = made;
    } else {
        kith_scene_free(&made);
    }
    return status;
}
