/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_report.c: the members of each group, and in words what holds them in.
 *
 * A reason is a tie to another member with the records behind it. The items of a tie are
 * told by what they say (missing together, another kind of event, a kind of link), each
 * once with how many there are and the first of their ids; what counts most comes first. */
#include "kith/peers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double sure = 0.8; /* below: a member is at the edge */

enum { MOST_TIES = 3, MOST_PHRASES = 16, MOST_TOLD = 2, MOST_IDS = 3 };

/* The items of one tie that say the same. */
typedef struct phrase {
    enum { MISSING, EVENT, LINK } what;
    bool reverse;      /* a link that the other end stands first in */
    const char *label; /* of the kind of event or link */
    double weight;
    size_t count;
    const char *ids[MOST_IDS];
} phrase;

typedef struct held {
    size_t tie;
    double weight;
    uint32_t other;
} held;

static int strongest_first(const void *a, const void *b)
{
    const held *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

static bool was_missing(const kith_network *network, uint32_t event, uint32_t person)
{
    const kith_event_record *at = &network->events[event];

    for (uint32_t i = 0; i < at->participation_count; i++) {
        const kith_participation *part = &network->participations[at->first_participation + i];
        if (part->person == person && part->role == KITH_MISSING)
            return true;
    }
    return false;
}

/* What one item says of `node` and the other end of the tie. */
static phrase read_item(const kith_layer *layer, const kith_layer_item *item, uint32_t node,
                        uint32_t other)
{
    const kith_network *network = layer->network;
    const kith_layer_node *self = &layer->nodes[node], *them = &layer->nodes[other];

    if (item->is_link) {
        const kith_link *link = &network->links[item->index];
        return (phrase){ LINK,
                         !link->meaning->gathers && link->from != self->index,
                         kith_layer_item_label(layer, item),
                         item->weight,
                         1,
                         { link->id } };
    }
    const kith_event_record *event = &network->events[item->index];
    const bool missing = !self->is_event && !them->is_event &&
                         was_missing(network, item->index, self->index) &&
                         was_missing(network, item->index, them->index);
    return (phrase){ missing ? MISSING : EVENT,
                     false,
                     kith_layer_item_label(layer, item),
                     item->weight,
                     1,
                     { event->id } };
}

static bool says_the_same(const phrase *a, const phrase *b)
{
    return a->what == b->what && a->reverse == b->reverse &&
           (a->what == MISSING || strcmp(a->label, b->label) == 0);
}

static int weightiest_first(const void *a, const void *b)
{
    const phrase *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->what != y->what)
        return (int)x->what - (int)y->what;
    const int order = strcmp(x->label, y->label);
    return order != 0 ? order : (int)x->reverse - (int)y->reverse;
}

/* Gathers a tie's items into phrases; of more kinds than there is room for, the first. */
static size_t gather(phrase phrases[MOST_PHRASES], const kith_layer *layer, size_t tie,
                     uint32_t node, uint32_t other)
{
    size_t count = 0;

    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const phrase said = read_item(layer, &layer->items[i], node, other);
        size_t at = 0;
        if (!(said.weight > 0))
            continue;
        while (at < count && !says_the_same(&phrases[at], &said))
            at++;
        if (at == MOST_PHRASES)
            continue;
        if (at == count) {
            phrases[count++] = said;
            continue;
        }
        if (phrases[at].count < MOST_IDS)
            phrases[at].ids[phrases[at].count] = said.ids[0];
        phrases[at].count++;
        phrases[at].weight += said.weight;
    }
    qsort(phrases, count, sizeof *phrases, weightiest_first);
    return count;
}

static void write_ids(kith_text *out, const phrase *said)
{
    const char *noun = said->what == LINK ? "link" : "event";
    size_t named = 0;

    kith_text_add(out, " (");
    if (said->count > 1)
        kith_text_format(out, "%zu %ss", said->count, noun);
    else
        kith_text_add(out, noun);
    for (size_t i = 0; i < said->count && i < MOST_IDS; i++)
        if (said->ids[i][0] != '\0') {
            kith_text_add(out, named > 0 ? ", " : said->count > 1 ? ": " : " ");
            kith_text_add(out, said->ids[i]);
            named++;
        }
    kith_text_add(out, named > 0 && said->count > MOST_IDS ? ", ...)" : ")");
}

static void write_phrase(kith_text *out, const phrase *said, const char *other)
{
    if (said->what == MISSING)
        kith_text_format(out, "missing together with %s", other);
    else if (said->what == EVENT)
        kith_text_format(out, "%s shared with %s", said->label, other);
    else if (said->reverse)
        kith_text_format(out, "from %s: %s", other, said->label);
    else
        kith_text_format(out, "%s %s", said->label, other);
    write_ids(out, said);
}

static void write_tie(kith_text *out, const kith_layer *layer, const held *by, uint32_t node)
{
    phrase phrases[MOST_PHRASES];
    const size_t count = gather(phrases, layer, by->tie, node, by->other);

    for (size_t i = 0; i < count && i < MOST_TOLD; i++) {
        if (i > 0)
            kith_text_add(out, ", ");
        write_phrase(out, &phrases[i], kith_layer_id(layer, by->other));
    }
}

kith_status kith_peers_reasons(kith_text *out, const kith_peers *peers, const kith_layer *layer,
                               uint32_t node, kith_error *err)
{
    const kith_graph *graph = &layer->graph;
    const uint32_t group = peers->clustering.group_of[node];
    size_t count = 0;

    if (group >= peers->group_count || layer->items == NULL)
        return KITH_OK;
    const size_t degree = graph->first[node + 1] - graph->first[node];
    held *ties = malloc((degree + 1) * sizeof *ties);
    if (ties == NULL)
        return kith_no_memory(err);
    for (size_t i = graph->first[node]; i < graph->first[node + 1]; i++) {
        const size_t tie = graph->tie_of[i];
        if (peers->clustering.group_of[graph->neighbour[i]] == group)
            ties[count++] = (held){ tie,
                                    peers->used.evidence ? kith_layer_evidence(layer, tie)
                                                         : graph->ties[tie].weight,
                                    graph->neighbour[i] };
    }
    qsort(ties, count, sizeof *ties, strongest_first);
    for (size_t i = 0; i < count && i < MOST_TIES; i++) {
        if (i > 0)
            kith_text_add(out, "; ");
        write_tie(out, layer, &ties[i], node);
    }
    if (count > MOST_TIES)
        kith_text_format(out, "; and %zu more in the group", count - MOST_TIES);
    free(ties);
    return kith_text_status(out, err);
}

typedef struct member {
    uint32_t group, node;
    const char *id;
} member;

static int by_group_and_id(const void *a, const void *b)
{
    const member *x = a, *y = b;
    const int order = strcmp(x->id, y->id);

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

static void add_facts(kith_table *table, const kith_peers *peers)
{
    const kith_peers_options *used = &peers->used;
    const bool cpm = used->objective == KITH_CPM;

    kith_table_fact(table, "objective", "%s, by Leiden", cpm ? "cpm" : "modularity");
    kith_table_fact(table, "resolution", "%.6g", used->resolution);
    kith_table_fact(table, cpm ? "cpm_quality" : "modularity", "%.9g", peers->clustering.quality);
    kith_table_fact(table, "seed", "%llu; best of %d runs", (unsigned long long)used->seed,
                    used->runs);
    kith_table_fact(table, "groups", "%zu of at least %u, with %zu members", peers->group_count,
                    (unsigned)used->least, peers->people_count);
    if (used->evidence)
        kith_table_fact(table, "evidence",
                        "ties weigh their evidence instead, rescaled to mean 1; the "
                        "resolution is restated by the same factor");
}

static void add_note_of_stability(kith_table *table, const kith_peers *peers)
{
    char agencies[80] = "";

    if (peers->agencies > 0)
        snprintf(agencies, sizeof agencies, ", and of %zu more without one agency's records each",
                 peers->agencies);
    kith_table_note(table,
                    "stability: share of %d resamples without 10 %% of ties and 2 %% of people%s, in "
                    "which the member stays with most of the group; from %g a member is core, below "
                    "that edge, and `beside` names another group to which they are tied",
                    peers->used.resamples, agencies, sure);
}

static void add_notes(kith_table *table, const kith_peers *peers, const kith_layer *layer)
{
    const kith_peers_options *used = &peers->used;

    if (used->objective == KITH_CPM)
        kith_table_note(table,
                        "two people are in one group when their group is denser than the "
                        "resolution: the mean tie between any two members is above %.6g",
                        used->resolution);
    if (used->resamples > 0)
        add_note_of_stability(table, peers);
    if (peers->small_count > 0)
        kith_table_note(table,
                        "smaller groups, not listed: %zu; `kith together` shows their ties",
                        peers->small_count);
    if (layer->capped_events > 0)
        kith_table_note(table, "events of more people than the size cap, which tie nobody: %zu",
                        layer->capped_events);
    if (peers->ungrounded > 0)
        kith_table_note(table, "ties without counted evidence, left out: %zu", peers->ungrounded);
    kith_table_note(table, "a group shows who is recorded together; it is no finding about any "
                           "child, and peers protect too");
}

/* Of the peer groups other than their own, the one to which a node is tied the most; of
 * equals the first. KITH_NOTHING when there is none. */
static uint32_t group_beside(const kith_peers *peers, const kith_graph *graph, uint32_t node)
{
    const uint32_t own = peers->clustering.group_of[node];
    uint32_t best = KITH_NOTHING;
    double most = 0;

    for (size_t i = graph->first[node]; i < graph->first[node + 1]; i++) {
        const uint32_t group = peers->clustering.group_of[graph->neighbour[i]];
        double weight = 0;
        if (group == own || group >= peers->group_count)
            continue;
        for (size_t j = i; j < graph->first[node + 1]; j++)
            if (peers->clustering.group_of[graph->neighbour[j]] == group)
                weight += graph->ties[graph->tie_of[j]].weight;
        if (weight > most || (weight == most && group < best)) {
            most = weight;
            best = group;
        }
    }
    return best;
}

static void add_place(kith_table *table, const kith_peers *peers, const kith_layer *layer,
                      uint32_t node)
{
    char label[KITH_PEERS_LABEL_SIZE] = "";
    const double stability = peers->stability[node];
    uint32_t beside = KITH_NOTHING;

    if (stability < sure)
        beside = group_beside(peers, &layer->graph, node);
    if (beside != KITH_NOTHING)
        kith_peers_label(label, beside);
    kith_table_text(table, isnan(stability) ? "" : stability < sure ? "edge" : "core");
    kith_table_text(table, label);
}

static kith_status add_member(kith_table *table, kith_text *reasons, const kith_peers *peers,
                              const kith_layer *layer, const member *who, kith_error *err)
{
    char label[KITH_PEERS_LABEL_SIZE];
    const double stability = peers->stability[who->node];

    kith_text_clear(reasons);
    kith_peers_label(label, who->group);
    const kith_status status = kith_peers_reasons(reasons, peers, layer, who->node, err);
    kith_table_text(table, label);
    kith_table_text(table, who->id);
    kith_table_number(table, stability);
    kith_table_text(table, kith_text_string(reasons));
    add_place(table, peers, layer, who->node);
    return status;
}

kith_status kith_peers_report(kith_table *table, const kith_peers *peers, const kith_layer *layer,
                              kith_error *err)
{
    kith_status status = KITH_OK;
    kith_text reasons = { 0 };
    size_t count = 0;
    member *members = malloc((peers->people_count + 1) * sizeof *members);

    if (members == NULL)
        return kith_no_memory(err);
    kith_table_column(table, "group_id", KITH_CELL_TEXT);
    kith_table_column(table, "person_id", KITH_CELL_TEXT);
    kith_table_column(table, "stability", KITH_CELL_NUMBER);
    kith_table_column(table, "reasons", KITH_CELL_TEXT);
    kith_table_column(table, "place", KITH_CELL_TEXT);
    kith_table_column(table, "beside", KITH_CELL_TEXT);
    table->empty = "no peer groups";
    for (uint32_t v = 0; v < layer->graph.node_count; v++)
        if (peers->clustering.group_of[v] < peers->group_count)
            members[count++] =
                (member){ peers->clustering.group_of[v], v, kith_layer_id(layer, v) };
    qsort(members, count, sizeof *members, by_group_and_id);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = add_member(table, &reasons, peers, layer, &members[i], err);
    add_facts(table, peers);
    add_notes(table, peers, layer);
    kith_text_free(&reasons);
    free(members);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
