/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_stability.c: the groups again and again, with some of the records lost.
 *
 * A resample is a piece of work of its own: whether a tie or a person is lost is read from
 * a table of chance by their places in the compact graph, so that it does not matter who works on it, or
 * when. The last pieces each leave out all that one agency recorded. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/leiden.h"
#include "kith/parallel.h"
#include "kith/random.h"
#include "large_pages.h"
#include "peers_private.h"

static const double tie_loss = 0.1, person_loss = 0.02;

enum { RESAMPLE_ITERATIONS = 1 };

/* Memory of one worker: a graph with losses, and counts over all resamples it made. */
typedef struct desk {
    kith_compact thinned; /* its arrays have room for the whole graph */
    uint8_t *kept;        /* one a node of the compact graph, as all below */
    uint32_t *group_of;
    uint32_t *overlap; /* one a new group */
    uint32_t *tried, *stayed;
    float *weights; /* one a tie, for an agency left out */
    kith_leiden_room *room;
} desk;

typedef struct trial {
    const kith_peers *peers;
    const kith_peers_graph *grouped;
    uint32_t *members, *begins; /* nodes of the compact graph by group */
    kith_agency_loss loss;
    desk *desks;
} trial;

static uint64_t share(double part)
{
    return (uint64_t)ldexp(part, 53) << 11;
}

/* The ties of the whole graph that are not lost in a resample. */
static void lose_some(desk *d, const kith_compact *whole, uint64_t seed)
{
    const uint64_t least_person = share(person_loss), least_tie = share(tie_loss);
    size_t at = 0;

    for (size_t v = 0; v < whole->count; v++)
        d->kept[v] = kith_random_at(seed, UINT64_MAX - v) >= least_person;
    for (size_t v = 0; v < whole->count; v++) {
        for (size_t i = whole->first[v]; d->kept[v] && i < whole->first[v + 1]; i++) {
            const uint64_t to = whole->halves[i].to;
            const uint64_t pair = v < to ? (uint64_t)v << 32 | to : to << 32 | v;
            if (d->kept[to] && kith_random_at(seed, pair) >= least_tie)
                d->thinned.halves[at++] = whole->halves[i];
        }
        d->thinned.first[v + 1] = at;
    }
}

/* Marks who of one old group stays with its core: the new group with most of them. */
static void follow_group(desk *d, const uint32_t *members, size_t count)
{
    uint32_t core = 0, most = 0;

    for (size_t i = 0; i < count; i++) {
        const uint32_t label = d->group_of[members[i]];
        if (!d->kept[members[i]])
            continue;
        d->overlap[label]++;
        if (d->overlap[label] > most || (d->overlap[label] == most && label < core)) {
            most = d->overlap[label];
            core = label;
        }
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t v = members[i];
        d->overlap[d->group_of[v]] = 0;
        d->tried[v] += d->kept[v];
        d->stayed[v] += d->kept[v] && most > 1 && d->group_of[v] == core;
    }
}

static kith_status group_again(desk *d, const trial *t, uint64_t seed, kith_error *err)
{
    kith_compact *thinned = &d->thinned;
    const kith_peers_options *used = &t->peers->used;
    const double resolution = kith_leiden_masses(thinned, used->objective, used->resolution);
    kith_random random;

    kith_random_seed(&random, seed);
    for (size_t v = 0; v < thinned->count; v++)
        d->group_of[v] = (uint32_t)v;
    const kith_status status =
        kith_leiden(d->group_of, thinned, resolution, &random, RESAMPLE_ITERATIONS, d->room, err);
    for (size_t g = 0; status == KITH_OK && g < t->peers->group_count; g++)
        follow_group(d, &t->members[t->begins[g]], t->begins[g + 1] - t->begins[g]);
    return status;
}

static kith_status run_piece(void *context, size_t piece, unsigned worker, kith_error *err)
{
    trial *t = context;
    desk *d = &t->desks[worker];
    const size_t resamples = (size_t)t->peers->used.resamples;
    const uint64_t seed = t->peers->used.seed + piece + 1;

    if (piece < resamples) {
        lose_some(d, &t->grouped->compact, seed);
    } else {
        memset(d->kept, 1, t->grouped->compact.count);
        kith_lose_agency(&d->thinned, d->weights, &t->loss, (uint32_t)(piece - resamples));
    }
    return group_again(d, t, seed, err);
}

static void close_desks(desk *desks, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        kith_compact_free(&desks[i].thinned);
        free(desks[i].kept);
        free(desks[i].group_of);
        free(desks[i].overlap);
        free(desks[i].tried);
        free(desks[i].stayed);
        free(desks[i].weights);
        kith_leiden_room_close(desks[i].room);
    }
    free(desks);
}

/* Whoever has no tie stands behind the nodes of the compact graph, and is never kept. */
static kith_status open_desk(desk *d, const kith_peers_graph *grouped, size_t ties,
                             kith_error *err)
{
    const kith_compact *whole = &grouped->compact;
    const size_t n = grouped->graph->node_count;

    d->thinned = (kith_compact){ .count = whole->count, .unit = whole->unit };
    d->thinned.first = calloc(whole->count + 1, sizeof *d->thinned.first);
    d->thinned.halves = malloc((whole->first[whole->count] + 1) * sizeof *d->thinned.halves);
    d->thinned.mass = malloc((n + 1) * sizeof *d->thinned.mass);
    d->kept = calloc(n + 1, 1);
    d->group_of = calloc(n + 1, sizeof *d->group_of);
    d->overlap = calloc(n + 1, sizeof *d->overlap);
    d->tried = calloc(n + 1, sizeof *d->tried);
    d->stayed = calloc(n + 1, sizeof *d->stayed);
    d->weights = malloc((ties + 1) * sizeof *d->weights);
    if (!d->thinned.first || !d->thinned.halves || !d->thinned.mass || !d->kept || !d->group_of ||
        !d->overlap || !d->tried || !d->stayed || !d->weights)
        return kith_no_memory(err);
    kith_use_large_pages(d->thinned.halves, whole->first[whole->count] * sizeof *d->thinned.halves);
    kith_use_large_pages(d->group_of, n * sizeof *d->group_of);
    for (size_t v = 0; v < whole->count; v++)
        d->thinned.mass[v] = 1;
    return kith_leiden_room_open(&d->room, whole->count, whole->first[whole->count], err);
}

/* Where the nodes of each peer group stand in the compact graph. */
static kith_status find_members(trial *t, kith_error *err)
{
    const kith_clustering *found = &t->peers->clustering;
    const size_t n = t->grouped->graph->node_count;
    uint32_t *group_of = malloc((n + 1) * sizeof *group_of);

    t->members = malloc((n + 1) * sizeof *t->members);
    t->begins = malloc((found->group_count + 1) * sizeof *t->begins);
    if (group_of == NULL || t->members == NULL || t->begins == NULL) {
        free(group_of);
        return kith_no_memory(err);
    }
    for (size_t v = 0; v < n; v++)
        group_of[t->grouped->place[v]] = found->group_of[v];
    kith_list_members(t->members, t->begins, group_of, n, found->group_count);
    free(group_of);
    return KITH_OK;
}

static void add_up(kith_peers *peers, const trial *t, unsigned workers)
{
    for (size_t v = 0; v < t->grouped->graph->node_count; v++) {
        const uint32_t at = t->grouped->place[v];
        uint32_t tried = 0, stayed = 0;
        for (unsigned w = 0; w < workers && at < t->grouped->compact.count; w++) {
            tried += t->desks[w].tried[at];
            stayed += t->desks[w].stayed[at];
        }
        if (tried > 0)
            peers->stability[v] = (double)stayed / tried;
    }
}

kith_status kith_peers_resample(kith_peers *peers, const kith_layer *layer,
                                const kith_peers_graph *grouped, kith_error *err)
{
    trial t = { .peers = peers, .grouped = grouped };
    unsigned workers = 0;
    kith_status status = find_members(&t, err);

    if (status == KITH_OK)
        status = kith_agency_loss_open(&t.loss, layer, grouped, peers->used.evidence, err);
    peers->agencies = t.loss.agencies;
    const size_t pieces = (size_t)peers->used.resamples + peers->agencies;
    if (status == KITH_OK) {
        workers = kith_parallel_workers(pieces);
        t.desks = calloc(workers, sizeof *t.desks);
        if (t.desks == NULL) {
            workers = 0;
            status = kith_no_memory(err);
        }
    }
    for (unsigned w = 0; status == KITH_OK && w < workers; w++)
        status = open_desk(&t.desks[w], grouped, peers->agencies > 0 ? layer->graph.tie_count : 0,
                           err);
    if (status == KITH_OK)
        status = kith_parallel_run(&(kith_parallel){ run_piece, &t, pieces, "stability",
                                                     peers->used.progress },
                                   workers, err);
    if (status == KITH_OK)
        add_up(peers, &t, workers);
    close_desks(t.desks, workers);
    free(t.members);
    free(t.begins);
    kith_agency_loss_close(&t.loss);
    return status;
}
