/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain_players.c: the value of a key-player set, person by person. */
#include <stdio.h>
#include <stdlib.h>

#include "explain_rows.h"
#include "kith/explain.h"
#include "players_words.h"

typedef struct desk {
    kith_table *table;
    const kith_suspects *suspects;
    const kith_network *network;
    kith_aim aim;
    const uint32_t *set;
    size_t count;
    kith_player_term *now, *intact; /* one a node */
    uint32_t *rank;                 /* of each alone */
} desk;

static const char *id_of(const desk *d, uint32_t node)
{
    return d->network->things[d->suspects->thing[node]].id;
}

static bool in_set(const desk *d, uint32_t node)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->set[i] == node)
            return true;
    return false;
}

static bool taken_away(kith_aim aim)
{
    return aim == KITH_AIM_FRAGMENT || aim == KITH_AIM_SPLIT;
}

/* Of a set taken away: a row for everybody, what each of those left no longer reaches. */
static void add_without(const desk *d)
{
    const size_t n = d->suspects->graph.node_count;
    char text[160];

    if (d->count == n)
        explain_row(d->table, "nobody left", 1, "", NULL, "");
    for (size_t i = 0; i < n; i++) {
        const uint32_t v = d->suspects->by_id[i];
        if (in_set(d, v)) {
            explain_row(d->table, "taken away", 0, id_of(d, v), NULL, "");
            continue;
        }
        snprintf(text, sizeof text,
                 "reaches %zu of %zu others, 1/distance adds up to %.6g; intact %zu of %zu, %.6g",
                 d->now[v].reached, n - d->count - 1, d->now[v].near, d->intact[v].reached, n - 1,
                 d->intact[v].near);
        explain_row(d->table, d->aim == KITH_AIM_SPLIT ? "cannot reach" : "is apart",
                    d->now[v].value, id_of(d, v), NULL, text);
    }
}

/* Of a set kept: its members, and whom it reaches. */
static void add_with(const desk *d)
{
    char text[64];

    for (size_t i = 0; i < d->suspects->graph.node_count; i++) {
        const uint32_t v = d->suspects->by_id[i];
        const bool member = in_set(d, v), reached = d->now[v].reached > 0;
        if (d->aim == KITH_AIM_CONTACT && d->now[v].value == 0)
            continue;
        snprintf(text, sizeof text, "at distance %.0f", reached ? 1 / d->now[v].near : 0);
        explain_row(d->table,
                    member                        ? "in the set"
                    : d->aim == KITH_AIM_CONTACT ? "tied to the set"
                    : reached                     ? "reached"
                                                  : "not reached",
                    d->now[v].value, id_of(d, v), NULL, member || !reached ? "" : text);
    }
}

/* Where each member stands alone, as `players` prints it. */
static void add_ranks(const desk *d)
{
    const size_t n = d->suspects->graph.node_count;

    for (size_t i = 0; i < n; i++) {
        const uint32_t member = d->suspects->by_id[i], rank = d->rank[member];
        size_t sharing = 0;
        for (size_t v = 0; v < n; v++)
            sharing += d->rank[v] == rank;
        if (rank != 0 && in_set(d, member))
            kith_table_fact(d->table, "rank",
                            "%s alone %u of %zu: %u have a greater value, %zu the same",
                            id_of(d, member), (unsigned)rank, n, (unsigned)rank - 1, sharing - 1);
    }
}

static kith_status fill(desk *d, kith_error *err)
{
    const kith_graph *graph = &d->suspects->graph;
    double value = 0, intact = 0;
    kith_status status = kith_players_terms(d->now, graph, d->aim, d->set, d->count, err);

    if (status == KITH_OK)
        status = kith_players_terms(d->intact, graph, d->aim, NULL, 0, err);
    if (status == KITH_OK)
        status = kith_players_value(&value, graph, d->aim, d->set, d->count, err);
    if (status == KITH_OK)
        status = kith_players_value(&intact, graph, d->aim, NULL, 0, err);
    if (status == KITH_OK)
        status = kith_players_rank(d->rank, graph, d->aim, err);
    if (status != KITH_OK)
        return status;
    players_add_people(d->table, d->suspects, d->network->view.all_dates);
    kith_table_fact(d->table, "aim", "%s", players_aims[d->aim].fact);
    explain_number(d->table, "intact", intact);
    explain_number(d->table, "value", value);
    add_ranks(d);
    explain_columns(d->table, "reach");
    (taken_away(d->aim) ? add_without : add_with)(d);
    kith_table_note(d->table, "%s; distances in steps", players_aims[d->aim].note);
    kith_table_note(d->table, "the values add up to the value of the set, by which a rank goes");
    players_note_limits(d->table, d->network->view.all_dates);
    return kith_table_status(d->table, err);
}

kith_status kith_explain_players(kith_table *table, const kith_suspects *suspects,
                                 const kith_network *network, kith_aim aim, const uint32_t *set,
                                 size_t count, kith_error *err)
{
    const size_t n = suspects->graph.node_count + 1;
    desk d = { .table = table,
               .suspects = suspects,
               .network = network,
               .aim = aim,
               .set = set,
               .count = count,
               .now = calloc(n, sizeof *d.now),
               .intact = calloc(n, sizeof *d.intact),
               .rank = calloc(n, sizeof *d.rank) };
    const kith_status status =
        d.now && d.intact && d.rank ? fill(&d, err) : kith_no_memory(err);

    free(d.now);
    free(d.intact);
    free(d.rank);
    return status;
}
