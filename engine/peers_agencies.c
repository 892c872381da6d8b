/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_agencies.c: whose records a group rests on.
 *
 * The weight of each record under the ties inside a group is shared between the agencies
 * that recorded it: of an event, its own agency and those of the two people's participations
 * that may tie them. What would be left of the group without one of them is then
 * weighed: whether its members still hang together, and densely enough. What two people did is
 * left while one agency says it. */
#include <stdlib.h>
#include <string.h>

#include "kith/statistics.h"
#include "gathering.h"
#include "peers_private.h"

enum { MOST_OF_ITEM = 8, FEW = 16 };

typedef struct agency {
    const char *name; /* "" when not stated */
    double weight;
} agency;

typedef struct survey {
    const kith_peers *peers;
    const kith_layer *layer;
    const uint32_t *members; /* nodes of the group, ascending */
    uint32_t *root;    /* one a member: for joining them */
    size_t member_count;
    agency *agencies;
    size_t agency_count, room;
    double weight; /* of all ties inside */
} survey;

/* The agencies of one item. */
typedef struct sources {
    const char *names[MOST_OF_ITEM];
    size_t count;
} sources;

static void add_source(sources *to, const char *name)
{
    for (size_t i = 0; i < to->count; i++)
        if (strcmp(to->names[i], name) == 0)
            return;
    if (to->count < MOST_OF_ITEM)
        to->names[to->count++] = name;
}

/* A participation that says nobody's is its event's. */
static const char *agency_of_part(const kith_network *network, const kith_participation *part)
{
    const char *own = network->origins[part->origin].source;

    return own[0] != '\0' ? own : network->origins[network->events[part->event].origin].source;
}

/* An event's agency and those of what two people did in it. */
static void add_event(sources *to, const kith_layer *layer, uint32_t event, uint32_t a, uint32_t b)
{
    const kith_network *network = layer->network;
    const kith_event_record *record = &network->events[event];

    add_source(to, network->origins[record->origin].source);
    for (uint32_t i = 0; i < record->participation_count; i++) {
        const kith_participation *part =
            &network->participations[record->first_participation + i];
        if ((part->person == a || part->person == b) &&
            kith_participation_admits(part, network, &layer->options))
            add_source(to, agency_of_part(network, part));
    }
}

/* Whether only an agency says what a person did in an event. */
static bool alone_says(const kith_layer *layer, uint32_t event, uint32_t person, const char *name)
{
    const kith_network *network = layer->network;
    const kith_event_record *record = &network->events[event];
    bool said = false;

    for (uint32_t i = 0; i < record->participation_count; i++) {
        const kith_participation *part =
            &network->participations[record->first_participation + i];
        if (part->person != person || !kith_participation_admits(part, network, &layer->options))
            continue;
        if (strcmp(agency_of_part(network, part), name) != 0)
            return false;
        said = true;
    }
    return said;
}

/* Whether an event, or what one of two people did in it, is gone without an agency. */
static bool event_is_gone(const kith_layer *layer, uint32_t event, const uint32_t people[2],
                          const char *name)
{
    const kith_network *network = layer->network;

    return strcmp(network->origins[network->events[event].origin].source, name) == 0 ||
           alone_says(layer, event, people[0], name) || alone_says(layer, event, people[1], name);
}

/* The people at the ends of a tie; of a tie to an event the other end twice. */
static void ends_of(uint32_t people[2], const kith_layer *layer, size_t tie)
{
    const kith_layer_node *low = &layer->nodes[layer->graph.ties[tie].low];
    const kith_layer_node *high = &layer->nodes[layer->graph.ties[tie].high];

    people[0] = low->index;
    people[1] = high->is_event ? low->index : high->index;
}

static sources sources_of(const kith_layer *layer, size_t tie, const kith_layer_item *item)
{
    const kith_network *network = layer->network;
    uint32_t people[2];
    sources found = { .count = 0 };

    if (item->is_link) {
        add_source(&found, network->origins[network->links[item->index].origin].source);
        return found;
    }
    ends_of(people, layer, tie);
    add_event(&found, layer, item->index, people[0], people[1]);
    if (item->apart)
        add_event(&found, layer, kith_layer_other_event(layer, tie, item), people[0], people[1]);
    return found;
}

static bool is_gone(const kith_layer *layer, size_t tie, const kith_layer_item *item,
                    const char *name)
{
    const kith_network *network = layer->network;
    uint32_t people[2];

    if (item->is_link)
        return strcmp(network->origins[network->links[item->index].origin].source, name) == 0;
    ends_of(people, layer, tie);
    return event_is_gone(layer, item->index, people, name) ||
           (item->apart &&
            event_is_gone(layer, kith_layer_other_event(layer, tie, item), people, name));
}

static agency *agency_called(survey *s, const char *name)
{
    for (size_t i = 0; i < s->agency_count; i++)
        if (strcmp(s->agencies[i].name, name) == 0)
            return &s->agencies[i];
    if (s->agency_count == s->room) {
        const size_t room = s->room == 0 ? FEW : s->room * 2;
        agency *grown = realloc(s->agencies, room * sizeof *grown);
        if (grown == NULL)
            return NULL;
        s->agencies = grown;
        s->room = room;
    }
    s->agencies[s->agency_count] = (agency){ .name = name };
    return &s->agencies[s->agency_count++];
}

static bool share_item(survey *s, size_t tie, const kith_layer_item *item)
{
    const sources found = sources_of(s->layer, tie, item);

    s->weight += item->weight;
    for (size_t i = 0; i < found.count; i++) {
        agency *at = agency_called(s, found.names[i]);
        if (at == NULL)
            return false;
        at->weight += item->weight / (double)found.count;
    }
    return true;
}

/* Calls `use` for every tie from a member on to a later member. */
static bool each_tie(survey *s, bool (*use)(survey *s, size_t tie, const void *context),
                     const void *context)
{
    const kith_graph *graph = &s->layer->graph;

    for (size_t m = 0; m < s->member_count; m++) {
        const uint32_t v = s->members[m];
        for (size_t i = graph->first[v]; i < graph->first[v + 1]; i++)
            if (graph->neighbour[i] > v && s->peers->clustering.group_of[graph->neighbour[i]] ==
                                               s->peers->clustering.group_of[v] &&
                !use(s, graph->tie_of[i], context))
                return false;
    }
    return true;
}

static bool share_tie(survey *s, size_t tie, const void *context)
{
    const kith_layer *layer = s->layer;

    (void)context;
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        if (layer->items[i].weight > 0 && !share_item(s, tie, &layer->items[i]))
            return false;
    return true;
}

static int by_node(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static uint32_t member_at(const survey *s, uint32_t node)
{
    const uint32_t *at = bsearch(&node, s->members, s->member_count, sizeof *s->members, by_node);

    return (uint32_t)(at - s->members);
}

/* Joins the ends of a tie that is there without an agency, and adds what it then weighs. */
static bool keep_tie(survey *s, size_t tie, const void *name)
{
    const kith_layer *layer = s->layer;
    double events = 0, links = 0, kept_links = 0;

    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        const bool gone = is_gone(layer, tie, item, name);
        links += item->is_link ? item->weight : 0;
        kept_links += item->is_link && !gone ? item->weight : 0;
        events += item->is_link || gone ? 0 : item->weight;
    }
    const double left = events + (kept_links > 0 ? links : 0);
    if (!(left > 0))
        return true;
    s->weight += left;
    const uint32_t a = kith_root_of(s->root, member_at(s, layer->graph.ties[tie].low));
    const uint32_t b = kith_root_of(s->root, member_at(s, layer->graph.ties[tie].high));
    s->root[a > b ? a : b] = a > b ? b : a;
    return true;
}

/* Whether the group is no longer one, or too thin, without an agency. */
static bool falls_apart(survey *s, const char *name)
{
    const double pairs = (double)s->member_count * ((double)s->member_count - 1) / 2;

    for (uint32_t m = 0; m < s->member_count; m++)
        s->root[m] = m;
    s->weight = 0;
    each_tie(s, keep_tie, name);
    for (uint32_t m = 0; m < s->member_count; m++)
        if (kith_root_of(s->root, m) != 0)
            return true;
    return s->peers->used.objective == KITH_CPM && !s->peers->used.evidence &&
           s->weight < s->peers->used.resolution * pairs;
}

static int by_weight(const void *a, const void *b)
{
    const agency *x = a, *y = b;
    const double left = kith_round_figures(x->weight), right = kith_round_figures(y->weight);

    if (left != right)
        return left > right ? -1 : 1;
    return strcmp(x->name, y->name);
}

static const char *shown(const agency *at)
{
    return at->name[0] != '\0' ? at->name : "agency not stated";
}

static void write_agencies(kith_text *out, survey *s)
{
    const double all = s->weight;
    size_t needed = 0;

    if (s->agency_count == 1) {
        kith_text_format(out, "%s only", shown(&s->agencies[0]));
        return;
    }
    for (size_t i = 0; i < s->agency_count; i++)
        kith_text_format(out, "%s%s %.0f %%", i > 0 ? ", " : "", shown(&s->agencies[i]),
                         kith_round_figures(100 * s->agencies[i].weight / all));
    for (size_t i = 0; i < s->agency_count; i++)
        if (falls_apart(s, s->agencies[i].name))
            kith_text_format(out, "%s%s", needed++ == 0 ? "; rests on " : " and on ",
                             shown(&s->agencies[i]));
}

kith_status kith_peers_agencies(kith_text *out, bool *alone, const kith_peers *peers,
                                const kith_layer *layer, uint32_t group, kith_error *err)
{
    const size_t first = peers->first_member[group];
    survey s = { .peers = peers,
                 .layer = layer,
                 .members = &peers->members[first],
                 .member_count = peers->first_member[group + 1] - first };
    kith_status status = KITH_OK;

    *alone = false;
    s.root = malloc((s.member_count + 1) * sizeof *s.root);
    if (s.root == NULL)
        status = kith_no_memory(err);
    if (status == KITH_OK && !each_tie(&s, share_tie, NULL))
        status = kith_no_memory(err);
    if (status == KITH_OK && s.agency_count > 0) {
        qsort(s.agencies, s.agency_count, sizeof *s.agencies, by_weight);
        *alone = s.agency_count == 1;
        write_agencies(out, &s);
        status = kith_text_status(out, err);
    }
    free(s.root);
    free(s.agencies);
    return status;
}
