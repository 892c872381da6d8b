/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players_people.c: of whom the question of key players may be asked, and of whom never.
 *
 * The answer comes from the roles on participations and the ages on those days, before
 * anything is worked out: whoever was a child, or may have been one, is not among them. */
#include "kith/players.h"

#include <stdlib.h>

#include "alleged.h"
#include "gathering.h"

typedef struct dossier {
    bool alleged, child, unknown, victim;
} dossier;

typedef struct desk {
    const kith_network *network;
    dossier *dossiers; /* one a thing */
    uint32_t *node_of; /* thing -> node, KITH_NOTHING */
    uint32_t *present; /* nodes alleged in the event at hand */
    kith_tie *ties;
    size_t tie_count, room;
} desk;

static bool is_alleged(const kith_participation *p)
{
    return (p->role & (KITH_ALLEGED_PERPETRATOR | KITH_CONVICTED_PERPETRATOR)) != 0;
}

static void read_roles(desk *d)
{
    const kith_network *network = d->network;

    for (size_t i = 0; i < network->participation_count; i++) {
        const kith_participation *p = &network->participations[i];
        const kith_time at = network->events[p->event].at;
        const int32_t day = at.precision == KITH_UNDATED ? network->view.as_of : at.day;
        dossier *who = &d->dossiers[p->person];
        if (!kith_participation_counts(network, p))
            continue;
        who->victim |= p->role == KITH_VICTIM;
        if (!is_alleged(p))
            continue;
        const kith_age_group age = kith_thing_age_group(&network->things[p->person], day);
        who->alleged = true;
        who->child |= age == KITH_CHILD;
        who->unknown |= age == KITH_AGE_UNKNOWN;
    }
    for (size_t i = 0; i < network->link_count; i++) {
        const kith_link *link = &network->links[i];
        if (!link->meaning->exploits || kith_is_suspected_false(network, link->origin))
            continue;
        const uint32_t by = kith_link_exploiter(link);
        d->dossiers[link->from == by ? link->to : link->from].victim = true;
    }
}

static kith_status number_nodes(kith_suspects *suspects, desk *d, size_t count, kith_error *err)
{
    uint64_t *marks = malloc((count + 1) * sizeof *marks);
    uint32_t *order = malloc((count + 1) * sizeof *order);
    kith_status status = marks != NULL && order != NULL ? KITH_OK : kith_no_memory(err);

    for (size_t i = 0; status == KITH_OK && i < count; i++)
        marks[i] = d->network->marks[suspects->by_id[i]];
    if (status == KITH_OK)
        status = kith_order_by_marks(order, marks, count, err);
    for (uint32_t i = 0; status == KITH_OK && i < count; i++) {
        suspects->thing[i] = suspects->by_id[order[i]];
        d->node_of[suspects->thing[i]] = i;
    }
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        suspects->by_id[i] = d->node_of[suspects->by_id[i]];
    free(marks);
    free(order);
    return status;
}

/* Lists whoever is asked about in by_id, at first as things. */
static size_t choose(kith_suspects *suspects, desk *d)
{
    size_t count = 0;

    for (uint32_t t = 0; t < d->network->thing_count; t++) {
        const dossier *who = &d->dossiers[t];
        d->node_of[t] = KITH_NOTHING;
        if (!who->alleged)
            continue;
        if (who->child)
            suspects->children++;
        else if (who->unknown)
            suspects->unknown++;
        else if (who->victim)
            suspects->victims++;
        else
            suspects->by_id[count++] = t;
    }
    return count;
}

static bool add_tie(desk *d, uint32_t a, uint32_t b)
{
    if (d->tie_count == d->room) {
        const size_t room = d->room == 0 ? 256 : d->room * 2;
        kith_tie *grown = realloc(d->ties, room * sizeof *grown);
        if (grown == NULL)
            return false;
        d->ties = grown;
        d->room = room;
    }
    d->ties[d->tie_count++] = (kith_tie){ a, b, 1 };
    return true;
}

/* Whoever is alleged in an event, each once: participations stand by person. */
static size_t list_present(desk *d, const kith_event_record *event)
{
    size_t count = 0;

    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *p = &d->network->participations[event->first_participation + i];
        const uint32_t node = d->node_of[p->person];
        if (node == KITH_NOTHING || !is_alleged(p) || !kith_participation_counts(d->network, p))
            continue;
        if (count == 0 || d->present[count - 1] != node)
            d->present[count++] = node;
    }
    return count;
}

static kith_status tie_together(desk *d, const kith_layer_options *options, kith_error *err)
{
    for (size_t e = 0; e < d->network->event_count; e++) {
        const kith_event_record *event = &d->network->events[e];
        if (!event->meaning->gathers || !kith_layer_admits_kind(options, event->word))
            continue;
        const size_t count = list_present(d, event);
        for (size_t i = 0; count <= options->size_cap && i < count; i++)
            for (size_t j = i + 1; j < count; j++)
                if (!add_tie(d, d->present[i], d->present[j]))
                    return kith_no_memory(err);
    }
    return KITH_OK;
}

static kith_status tie_linked(desk *d, const kith_layer_options *options, kith_error *err)
{
    for (size_t i = 0; i < d->network->link_count; i++) {
        const kith_link *link = &d->network->links[i];
        const uint32_t a = d->node_of[link->from], b = d->node_of[link->to];
        if (a != KITH_NOTHING && b != KITH_NOTHING && !link->meaning->exploits &&
            !kith_is_suspected_false(d->network, link->origin) &&
            kith_layer_admits_kind(options, link->word) && !add_tie(d, a, b))
            return kith_no_memory(err);
    }
    return KITH_OK;
}

kith_status kith_suspects_find(kith_suspects *suspects, const kith_network *network,
                               kith_suspect_ties ties, const kith_layer_options *options,
                               kith_error *err)
{
    const size_t n = network->thing_count + 1;
    desk d = { .network = network,
               .dossiers = calloc(n, sizeof *d.dossiers),
               .node_of = malloc(n * sizeof *d.node_of),
               .present = malloc(n * sizeof *d.present) };
    kith_status status = KITH_OK;

    *suspects = (kith_suspects){ .thing = malloc(n * sizeof *suspects->thing),
                                 .by_id = malloc(n * sizeof *suspects->by_id) };
    if (!d.dossiers || !d.node_of || !d.present || !suspects->thing || !suspects->by_id) {
        status = kith_no_memory(err);
        goto out;
    }
    read_roles(&d);
    const size_t count = choose(suspects, &d);
    status = number_nodes(suspects, &d, count, err);
    if (status == KITH_OK && ties != KITH_SUSPECTS_LINKS)
        status = tie_together(&d, options, err);
    if (status == KITH_OK && ties != KITH_SUSPECTS_TOGETHER)
        status = tie_linked(&d, options, err);
    if (status == KITH_OK)
        status = kith_graph_from_ties(&suspects->graph, count, d.ties, d.tie_count, err);

out:
    free(d.dossiers);
    free(d.node_of);
    free(d.present);
    free(d.ties);
    if (status != KITH_OK)
        kith_suspects_free(suspects);
    return status;
}

static kith_status refuse_ages(const kith_network *network, kith_error *err)
{
    for (size_t i = 0; i < network->thing_count; i++)
        if (network->things[i].kind == KITH_PERSON &&
            network->things[i].born.precision != KITH_UNDATED)
            return kith_fail(err, KITH_POLICY,
                             "--raw sets ages aside, and this hub records dates of birth: key "
                             "players are asked for among adults alleged to harm only; leave "
                             "--raw and --unweighted out");
    return KITH_OK;
}

kith_status kith_suspects_published(kith_suspects *suspects, const kith_layer *layer,
                                    kith_error *err)
{
    const kith_graph *whole = &layer->graph;
    const size_t n = whole->node_count;
    uint32_t *order = malloc((n + 1) * sizeof *order), *node = malloc((n + 1) * sizeof *node);
    kith_tie *ties = malloc((whole->tie_count + 1) * sizeof *ties);
    size_t count = 0, tied = 0;

    *suspects = (kith_suspects){ .thing = malloc((n + 1) * sizeof *suspects->thing),
                                 .by_id = malloc((n + 1) * sizeof *suspects->by_id) };
    kith_status status = order && node && ties && suspects->thing && suspects->by_id
                             ? refuse_ages(layer->network, err)
                             : kith_no_memory(err);
    if (status == KITH_OK)
        status = kith_layer_order(order, layer, err);
    if (status != KITH_OK)
        goto out;
    for (size_t i = 0; i < n; i++) {
        node[order[i]] = KITH_NOTHING;
        if (!kith_layer_is_person(layer, order[i]))
            continue;
        suspects->thing[count] = layer->nodes[order[i]].index;
        node[order[i]] = (uint32_t)count++;
    }
    for (size_t v = 0, at = 0; v < n; v++)
        if (node[v] != KITH_NOTHING)
            suspects->by_id[at++] = node[v];
    for (size_t t = 0; t < whole->tie_count; t++) {
        const kith_tie tie = whole->ties[t];
        if (node[tie.low] != KITH_NOTHING && node[tie.high] != KITH_NOTHING)
            ties[tied++] = (kith_tie){ node[tie.low], node[tie.high], tie.weight };
    }
    status = kith_graph_from_ties(&suspects->graph, count, ties, tied, err);

out:
    free(order);
    free(node);
    free(ties);
    if (status != KITH_OK)
        kith_suspects_free(suspects);
    return status;
}

void kith_suspects_free(kith_suspects *suspects)
{
    kith_graph_free(&suspects->graph);
    free(suspects->thing);
    free(suspects->by_id);
    *suspects = (kith_suspects){ 0 };
}

static uint32_t node_of(const kith_suspects *suspects, uint32_t thing)
{
    for (uint32_t v = 0; v < suspects->graph.node_count; v++)
        if (suspects->thing[v] == thing)
            return v;
    return KITH_NOTHING;
}

/* Whether somebody is alleged in an event on a day on which they were, or may have been, a child.
 */
static bool alleged_as_child(const kith_network *network, uint32_t person)
{
    for (size_t i = 0; i < network->participation_count; i++) {
        const kith_participation *p = &network->participations[i];
        const kith_time at = network->events[p->event].at;
        if (p->person == person && is_alleged(p) && at.precision != KITH_UNDATED &&
            kith_thing_age_group(&network->things[person], at.day) == KITH_CHILD)
            return true;
    }
    return false;
}

kith_status kith_suspects_admit(uint32_t *node, const kith_suspects *suspects,
                                const kith_network *network, uint32_t thing, kith_error *err)
{
    const kith_thing *who = &network->things[thing];

    *node = node_of(suspects, thing);
    if (*node != KITH_NOTHING)
        return KITH_OK;
    if (who->kind != KITH_PERSON)
        return kith_fail(err, KITH_USAGE, "%s is no person; key players are people", who->id);
    switch (kith_thing_age_group(who, network->view.as_of)) {
    case KITH_CHILD:
        return kith_fail(err, KITH_POLICY,
                         "%s is a child: whom a network depends on is asked of adults alleged to "
                         "harm only. A child is not an offender to take out of a network, "
                         "whatever is alleged; most are harmed in it",
                         who->id);
    case KITH_AGE_UNKNOWN:
        return kith_fail(err, KITH_POLICY,
                         "the age of %s is not known, so they may be a child: key players are "
                         "asked for among adults alleged to harm only; record the date of birth",
                         who->id);
    default:
        break;
    }
    if (alleged_as_child(network, thing))
        return kith_fail(err, KITH_POLICY,
                         "%s was a child when harm by them was alleged, and is no key player",
                         who->id);
    return kith_fail(err, KITH_POLICY,
                     "%s is not among the adults alleged to harm: nothing is alleged of them in an "
                     "event of the window, or they are a victim in it",
                     who->id);
}
