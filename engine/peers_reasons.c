/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_reasons.c: in words what holds a member in a group.
 *
 * A reason is a tie to another member with the records behind it. The items of a tie are
 * told by what they say (missing together, another kind of event, a kind of link), each
 * once with how many there are, their first and last day, and the first of their ids. Missing
 * together comes first, then what counts most. */
#include "kith/peers.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TIES = 3, MOST_PHRASES = 16, MOST_TOLD = 2, MOST_IDS = 3 };

/* The items of one tie that say the same. */
typedef struct phrase {
    enum { MISSING, APART, EVENT, LINK } what;
    bool reverse;      /* a link that the other end stands first in */
    const char *label; /* of the kind of event or link */
    double weight;
    size_t count;
    int32_t first, last;              /* days; INT32_MAX, INT32_MIN when none is dated */
    const char *ids[MOST_IDS], *others[MOST_IDS]; /* others: of an overlap, else NULL */
} phrase;

typedef struct held {
    size_t tie;
    double weight;
    uint32_t other, turn;
} held;

static int strongest_first(const void *a, const void *b)
{
    const held *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->turn > y->turn) - (x->turn < y->turn);
}

static phrase read_link(const kith_layer *layer, const kith_layer_item *item, uint32_t node)
{
    const kith_link *link = &layer->network->links[item->index];

    return (phrase){ .what = LINK,
                     .reverse = !link->meaning->gathers && link->from != layer->nodes[node].index,
                     .label = kith_layer_item_label(layer, item),
                     .weight = item->weight,
                     .count = 1,
                     .first = INT32_MAX,
                     .last = INT32_MIN,
                     .ids = { link->id } };
}

/* What one item says of `node` and the other end of the tie. */
static phrase read_item(const kith_layer *layer, size_t tie, const kith_layer_item *item,
                        uint32_t node, uint32_t other)
{
    const kith_network *network = layer->network;
    const kith_layer_node *self = &layer->nodes[node], *them = &layer->nodes[other];

    if (item->is_link)
        return read_link(layer, item, node);
    const kith_event_record *event = &network->events[item->index];
    const bool missing = !self->is_event && !them->is_event &&
                         kith_network_was_missing(network, item->index, self->index) &&
                         kith_network_was_missing(network, item->index, them->index);
    const bool dated = event->at.precision != KITH_UNDATED;
    phrase said = { .what = item->apart ? APART : missing ? MISSING : EVENT,
                    .label = kith_layer_item_label(layer, item),
                    .weight = item->weight,
                    .count = 1,
                    .first = dated ? event->at.day : INT32_MAX,
                    .last = dated ? event->at.day : INT32_MIN,
                    .ids = { event->id } };
    if (item->apart)
        said.others[0] = network->events[kith_layer_other_event(layer, tie, item)].id;
    return said;
}

static bool says_the_same(const phrase *a, const phrase *b)
{
    return a->what == b->what && a->reverse == b->reverse &&
           (a->what == MISSING || a->what == APART || strcmp(a->label, b->label) == 0);
}

/* Missing together first, recorded before inferred; then by weight. */
static int as_told(const void *a, const void *b)
{
    const phrase *x = a, *y = b;
    const int left = x->what < EVENT ? (int)x->what : EVENT;
    const int right = y->what < EVENT ? (int)y->what : EVENT;

    if (left != right)
        return left - right;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->what != y->what)
        return (int)x->what - (int)y->what;
    const int order = strcmp(x->label, y->label);
    return order != 0 ? order : (int)x->reverse - (int)y->reverse;
}

static void add_item(phrase *to, const phrase *said)
{
    if (to->count < MOST_IDS) {
        to->ids[to->count] = said->ids[0];
        to->others[to->count] = said->others[0];
    }
    to->count++;
    to->weight += said->weight;
    to->first = said->first < to->first ? said->first : to->first;
    to->last = said->last > to->last ? said->last : to->last;
}

/* Gathers a tie's items into phrases; of more kinds than there is room for, the first. */
static size_t gather(phrase phrases[MOST_PHRASES], const kith_layer *layer, size_t tie,
                     uint32_t node, uint32_t other)
{
    size_t count = 0;

    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const phrase said = read_item(layer, tie, &layer->items[i], node, other);
        size_t at = 0;
        if (!(said.weight > 0))
            continue;
        while (at < count && !says_the_same(&phrases[at], &said))
            at++;
        if (at == MOST_PHRASES)
            continue;
        if (at == count)
            phrases[count++] = said;
        else
            add_item(&phrases[at], &said);
    }
    qsort(phrases, count, sizeof *phrases, as_told);
    return count;
}

/* ", 2021-01-08 to 2021-07-13" */
static void write_days(kith_text *out, const phrase *said)
{
    char day[KITH_TIME_SIZE];

    if (said->first == INT32_MAX)
        return;
    kith_day_write(day, said->first);
    kith_text_format(out, ", %s", day);
    if (said->last == said->first)
        return;
    kith_day_write(day, said->last);
    kith_text_format(out, " to %s", day);
}

static void write_ids(kith_text *out, const phrase *said)
{
    const char *noun = said->what == LINK ? "link" : said->what == APART ? "overlap" : "event";
    size_t named = 0;

    kith_text_add(out, " (");
    if (said->count > 1)
        kith_text_format(out, "%zu %ss", said->count, noun);
    else
        kith_text_add(out, noun);
    write_days(out, said);
    for (size_t i = 0; i < said->count && i < MOST_IDS; i++)
        if (said->ids[i][0] != '\0') {
            kith_text_add(out, named > 0 ? ", " : ": ");
            kith_text_add(out, said->ids[i]);
            if (said->others[i] != NULL)
                kith_text_format(out, " and %s", said->others[i]);
            named++;
        }
    kith_text_add(out, named > 0 && said->count > MOST_IDS ? ", ...)" : ")");
}

static void write_phrase(kith_text *out, const phrase *said, const char *other)
{
    if (said->what == MISSING)
        kith_text_format(out, "missing together with %s", other);
    else if (said->what == APART)
        kith_text_format(out, "missing together with %s, inferred", other);
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
    const uint32_t group = kith_peers_group_of(peers, node);
    size_t count = 0;

    if (group == KITH_NOTHING || layer->items == NULL)
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
                                    graph->neighbour[i], peers->turn[graph->neighbour[i]] };
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
