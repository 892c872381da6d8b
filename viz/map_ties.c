/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_ties.c: ties of the layers as lines with words.
 *
 * Declared links: one line for each kind between two, as strong as its best record (R48).
 * Shared events of two people: one dotted line, inferred, unless a declared peer tie
 * stands there already, which then says how many events it shares. People at places: one
 * line that counts what happened there and says what is declared of the two, as strong as
 * the best of all; but what protects has a line of its own. A child is never drawn as one
 * who exploits: such a record is said in words, without an arrow. */
#include "map_ties_private.h"

bool drawn_is_of_people(const drawn *d)
{
    return kith_vertex_is_person(d->m, d->m->chosen[d->low]) &&
           kith_vertex_is_person(d->m, d->m->chosen[d->high]);
}

void kith_map_word(kith_text *out, const char *word)
{
    for (; *word != '\0'; word++)
        kith_text_add_char(out, *word == '_' ? ' ' : *word);
}

size_t drawn_events(const kith_layer *layer, size_t tie)
{
    size_t count = 0;

    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        count += !layer->items[i].is_link && layer->items[i].counted;
    return count;
}

kith_scene_line drawn_line(kith_line line)
{
    return line == KITH_SOLID    ? KITH_DRAW_SOLID
           : line == KITH_DASHED ? KITH_DRAW_DASHED
                                 : KITH_DRAW_DOTTED;
}

bool drawn_add_contested(kith_text *label, size_t contested, size_t all)
{
    if (contested > 0)
        kith_text_add(label, contested == all ? ", contested" : ", contested in part");
    return contested > 0 && contested == all;
}

/* Links are drawn by the layer of links when there is one. */
static bool draws_links(const kith_mapping *m, size_t layer)
{
    return m->options->layer_only || layer == LINKS;
}

/* Ties of one layer between chosen nodes, in the order of its graph. */
static void add_layer(kith_mapping *m, size_t layer)
{
    const kith_graph *graph = &m->base->layers[layer].graph;

    for (size_t t = 0; t < graph->tie_count; t++) {
        drawn d = { .m = m,
                    .layer = &m->base->layers[layer],
                    .tie = t,
                    .low = m->node[kith_map_vertex(m->base, layer, graph->ties[t].low)],
                    .high = m->node[kith_map_vertex(m->base, layer, graph->ties[t].high)] };
        if (d.low == KITH_NOTHING || d.high == KITH_NOTHING)
            continue;
        if (draws_links(m, layer))
            drawn_add_links(&d);
        drawn_add_events(&d);
    }
}

void kith_map_ties(kith_mapping *m)
{
    for (size_t l = 0; l < m->base->layer_count; l++)
        add_layer(m, l);
}
