/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack_ties.c: the key from each line of the map, by its number, to what it rests on. */
#include <string.h>

#include "../map_private.h"
#include "pack_private.h"

enum { SOURCES_MOST = 4 };

/* Each source of a tie once. */
static void add_sources_of(kith_text *out, const pack_work *w, const kith_layer *layer, size_t tie,
                           size_t *said)
{
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        kith_text source = { 0 };
        desk_source(&source, w->desk, item->is_link ? w->network->links[item->index].origin
                                                    : w->network->events[item->index].origin);
        if (strstr(kith_text_string(out), kith_text_string(&source)) == NULL && ++*said <= SOURCES_MOST)
            kith_text_format(out, "%s%s", out->size > 0 ? "; " : "", kith_text_string(&source));
        out->failed = out->failed || source.failed;
        kith_text_free(&source);
    }
}

static void add_sources(kith_text *out, const pack_work *w, uint32_t a, uint32_t b)
{
    size_t said = 0;

    for (size_t l = 0; l < w->desk->base->layer_count; l++) {
        const kith_layer *layer = &w->desk->base->layers[l];
        const uint32_t from = w->desk->base->node_of[l][a], to = w->desk->base->node_of[l][b];
        const size_t tie = from != KITH_NOTHING && to != KITH_NOTHING
                               ? kith_graph_tie(&layer->graph, from, to)
                               : SIZE_MAX;
        if (tie != SIZE_MAX)
            add_sources_of(out, w, layer, tie, &said);
    }
    if (said > SOURCES_MOST)
        kith_text_format(out, " and %zu more", said - SOURCES_MOST);
}

static void add_ties(pack_work *w)
{
    const kith_scene *scene = &w->pack->scene;
    kith_table *table = &w->pack->ties;
    kith_text text = { 0 };

    DESK_COLUMNS(table, "Key to the lines of the map", "No line is on the map.", "number", "from", "to",
                 "what", "line", "rests on", "sources");
    for (size_t i = 0; i < scene->tie_count; i++) {
        const kith_scene_tie *tie = &scene->ties[i];
        const uint32_t a = w->drawn[tie->from], b = w->drawn[tie->to];
        kith_text_format(&text, "%zu", i + 1);
        desk_cell(table, &text);
        kith_table_text(table, a != KITH_NOTHING ? desk_call(w->desk, a) : scene->nodes[tie->from].label);
        kith_table_text(table, b != KITH_NOTHING ? desk_call(w->desk, b) : scene->nodes[tie->to].label);
        desk_say(&text, w->desk, tie->label, 0);
        desk_cell(table, &text);
        kith_table_text(table, tie->barred     ? "bar: a condition, no tie"
                               : tie->inferred ? "dotted, inferred"
                                               : kith_scene_line_word(tie->line));
        desk_say(&text, w->desk, tie->basis, 0);
        desk_cell(table, &text);
        if (!tie->barred && a != KITH_NOTHING && b != KITH_NOTHING)
            add_sources(&text, w, a, b);
        desk_cell(table, &text);
    }
    kith_text_free(&text);
}

/* Each line of the picture carries its number. */
static kith_status number_ties(kith_scene *scene, kith_error *err)
{
    kith_text label = { 0 };

    for (size_t i = 0; i < scene->tie_count && !label.failed; i++) {
        kith_text_clear(&label);
        kith_text_format(&label, "%zu: %s", i + 1, scene->ties[i].label);
        kith_scene_set(scene, &scene->ties[i].label, kith_text_string(&label));
    }
    scene->failed = scene->failed || label.failed;
    kith_text_free(&label);
    kith_scene_add_term(scene, "7: friend", "line 7 of the key: what it rests on");
    return kith_scene_status(scene, err);
}

kith_status pack_add_ties(pack_work *w, kith_error *err)
{
    add_ties(w);
    return number_ties(&w->pack->scene, err);
}
