/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_about.c: what a page on a screen needs to know of a tie, to filter by it and to ask for more:
 * its layer, the kinds, roles, agencies and records behind it, and how strong it is. Each word once,
 * in the order of the evidence. None of it is drawn. */
#include <stdlib.h>
#include <string.h>

#include "map_private.h"

enum { WORDS_MOST = 200 };

typedef struct words {
    const char *list[WORDS_MOST];
    size_t count;
} words;

static void add_once(words *w, const char *word)
{
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->list[i], word) == 0)
            return;
    if (word[0] != '\0' && w->count < WORDS_MOST)
        w->list[w->count++] = word;
}

static void write_words(kith_text *out, const char *name, const words *w)
{
    kith_text_format(out, ", \"%s\": [", name);
    for (size_t i = 0; i < w->count; i++) {
        kith_text_add(out, i > 0 ? ", " : "");
        kith_text_add_json(out, w->list[i]);
    }
    kith_text_add_char(out, ']');
}

static void add_roles(words *roles, const kith_network *network, const kith_event_record *event, uint32_t low,
                      uint32_t high)
{
    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *p = &network->participations[event->first_participation + i];
        if (p->person == low || p->person == high)
            add_once(roles, p->word);
    }
}

/* A link without an id of its own is called by its row, as `show` calls it. */
static void add_link_record(words *records, const kith_link *link, char names[WORDS_MOST][32])
{
    if (link->id[0] == '\0' && records->count < WORDS_MOST)
        snprintf(names[records->count], 32, "link:%lld", (long long)link->row.row);
    add_once(records, link->id[0] != '\0' || records->count == WORDS_MOST ? link->id : names[records->count]);
}

void kith_map_about(kith_text *out, const kith_mapping *m, const kith_layer *layer, size_t tie, const kith_link *like)
{
    static const char *const layers[] = { "links", "together", "presence", "events", "all" };
    static _Thread_local char names[WORDS_MOST][32];
    static _Thread_local words kinds, roles, agencies, records;
    const kith_network *network = m->network;
    char strength[KITH_NUMBER_SIZE];
    const uint32_t low = layer->nodes[layer->graph.ties[tie].low].index;
    const uint32_t high = layer->nodes[layer->graph.ties[tie].high].index;

    kinds.count = roles.count = agencies.count = records.count = 0;
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        const kith_link *link = item->is_link ? &network->links[item->index] : NULL;
        const kith_event_record *event = item->is_link ? NULL : &network->events[item->index];
        if (like != NULL && (link == NULL || strcmp(link->word, like->word) != 0))
            continue;
        add_once(&kinds, link != NULL ? link->word : event->word);
        add_once(&agencies, network->origins[link != NULL ? link->origin : event->origin].source);
        if (event != NULL) {
            add_roles(&roles, network, event, low, high);
            add_once(&records, event->id);
        } else {
            add_link_record(&records, link, names);
        }
    }
    kith_number_shortest(strength, kith_layer_evidence(layer, tie));
    kith_text_format(out, ", \"layer\": \"%s\", \"strength\": %s", layers[layer->options.layer], strength);
    write_words(out, "kinds", &kinds);
    write_words(out, "roles", &roles);
    write_words(out, "agencies", &agencies);
    write_words(out, "records", &records);
}

/* A neighbour in two layers is one. */
static size_t count_beyond(const kith_mapping *m, uint32_t vertex, uint8_t *seen, uint32_t *list)
{
    size_t count = 0;

    for (size_t l = 0; l < m->base->layer_count; l++) {
        const kith_graph *graph = &m->base->layers[l].graph;
        const uint32_t node = m->base->node_of[l][vertex];
        if (node == KITH_NOTHING)
            continue;
        for (size_t i = graph->first[node]; i < graph->first[node + 1]; i++) {
            const uint32_t other = kith_map_vertex(m->base, l, graph->neighbour[i]);
            if (m->node[other] != KITH_NOTHING || seen[other] != 0)
                continue;
            seen[other] = 1;
            list[count++] = other;
        }
    }
    for (size_t i = 0; i < count; i++)
        seen[list[i]] = 0;
    return count;
}

kith_status kith_map_beyond(kith_mapping *m)
{
    uint8_t *seen = calloc(m->vertex_count + 1, sizeof *seen);
    uint32_t *list = malloc((m->vertex_count + 1) * sizeof *list);
    const kith_status status = seen != NULL && list != NULL ? KITH_OK : kith_no_memory(m->err);

    for (uint32_t i = 0; status == KITH_OK && i < m->chosen_count; i++)
        m->scene->nodes[i].beyond = count_beyond(m, m->chosen[i], seen, list);
    free(seen);
    free(list);
    return status;
}
