/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_report.c: the members of each group that is listed, as a table. */
#include "kith/peers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/statistics.h"

static const double sure = 0.8; /* below: a member is at the edge */

/* A group that is listed. */
typedef struct listed {
    uint32_t letter, group;
} listed;

static int by_letter(const void *a, const void *b)
{
    const listed *x = a, *y = b;

    return (x->letter > y->letter) - (x->letter < y->letter);
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
    kith_table_fact(table, "groups", "%zu of at least %u, with %zu members", peers->listed_count,
                    (unsigned)used->least, peers->member_count);
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
    if (peers->parted_count > 0)
        kith_table_note(table,
                        "one record, or one tie, alone makes no two groups one; groups parted "
                        "for that: %zu",
                        peers->parted_count);
    if (used->resamples > 0)
        add_note_of_stability(table, peers);
    if (peers->small_count > 0)
        kith_table_note(table,
                        "smaller groups, not listed: %zu; `kith together` shows their ties",
                        peers->small_count);
    if (layer->items == NULL)
        kith_table_note(table, "brief: groups are not held against chance, nor told with what they rest on");
    if (peers->chance_count > 0)
        kith_table_note(table,
                        "groups not listed, because chance would make every tie in them: %zu; "
                        "`kith together` shows their ties",
                        peers->chance_count);
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
        const uint32_t group = kith_peers_group_of(peers, graph->neighbour[i]);
        double weight = 0;
        if (group == own || group == KITH_NOTHING)
            continue;
        for (size_t j = i; j < graph->first[node + 1]; j++)
            if (peers->clustering.group_of[graph->neighbour[j]] == group)
                weight += graph->ties[graph->tie_of[j]].weight;
        weight = kith_round_figures(weight); /* sums in any order are equal */
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
        kith_peers_label(label, peers->letter[beside]);
    kith_table_text(table, isnan(stability) ? "" : stability < sure ? "edge" : "core");
    kith_table_text(table, label);
}

/* What every row of a group says. */
typedef struct sight {
    char label[KITH_PEERS_LABEL_SIZE];
    bool alone;
    kith_text agencies;
} sight;

static void add_mark(kith_table *table, const kith_peers *peers, const kith_layer *layer,
                     uint32_t node, bool alone)
{
    const bool association = kith_peers_by_association(peers, layer, node);

    kith_table_text(table, association && alone ? "association only; one agency only"
                           : association        ? "association only"
                           : alone              ? "one agency only"
                                                : "");
}

static kith_status add_member(kith_table *table, const sight *seen, const kith_peers *peers,
                              const kith_layer *layer, uint32_t node, kith_error *err)
{
    kith_text reasons = { 0 };
    const kith_status status = kith_peers_reasons(&reasons, peers, layer, node, err);

    kith_table_text(table, seen->label);
    kith_table_text(table, kith_layer_id(layer, node));
    kith_table_number(table, peers->stability[node]);
    kith_table_text(table, kith_text_string(&reasons));
    add_place(table, peers, layer, node);
    add_mark(table, peers, layer, node, seen->alone);
    kith_table_text(table, kith_text_string(&seen->agencies));
    kith_text_free(&reasons);
    return status;
}

/* The people of a group: members ascend, and so do their ids. */
static kith_status add_group(kith_table *table, sight *seen, const kith_peers *peers,
                             const kith_layer *layer, const listed *of, kith_error *err)
{
    kith_status status = KITH_OK;

    kith_peers_label(seen->label, of->letter);
    kith_text_clear(&seen->agencies);
    if (layer->items != NULL)
        status = kith_peers_agencies(&seen->agencies, &seen->alone, peers, layer, of->group, err);
    for (size_t i = peers->first_member[of->group];
         status == KITH_OK && i < peers->first_member[of->group + 1]; i++)
        if (kith_layer_is_person(layer, peers->members[i]))
            status = add_member(table, seen, peers, layer, peers->members[i], err);
    return status;
}

/* The groups that are listed, in the order of their letters. */
static size_t list_groups(listed *groups, const kith_peers *peers)
{
    size_t count = 0;

    for (uint32_t g = 0; g < peers->group_count; g++)
        if (peers->letter[g] != KITH_NOTHING)
            groups[count++] = (listed){ peers->letter[g], g };
    qsort(groups, count, sizeof *groups, by_letter);
    return count;
}

static void add_columns(kith_table *table)
{
    kith_table_column(table, "group_id", KITH_CELL_TEXT);
    kith_table_column(table, "person_id", KITH_CELL_TEXT);
    kith_table_column(table, "stability", KITH_CELL_NUMBER);
    kith_table_column(table, "reasons", KITH_CELL_TEXT);
    kith_table_column(table, "place", KITH_CELL_TEXT);
    kith_table_column(table, "beside", KITH_CELL_TEXT);
    kith_table_column(table, "mark", KITH_CELL_TEXT);
    kith_table_column(table, "agencies", KITH_CELL_TEXT);
    table->empty = "no peer groups";
}

kith_status kith_peers_report(kith_table *table, const kith_peers *peers, const kith_layer *layer,
                              kith_error *err)
{
    kith_status status = KITH_OK;
    sight seen = { .alone = false };
    listed *groups = malloc((peers->group_count + 1) * sizeof *groups);

    if (groups == NULL)
        return kith_no_memory(err);
    add_columns(table);
    const size_t count = list_groups(groups, peers);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = add_group(table, &seen, peers, layer, &groups[i], err);
    add_facts(table, peers);
    add_notes(table, peers, layer);
    kith_text_free(&seen.agencies);
    free(groups);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
