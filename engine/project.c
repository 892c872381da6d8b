/* SPDX-License-Identifier: GPL-3.0-or-later */
/* project.c: pairs dealt into ranges, each range sorted by itself.
 *
 * A pair is one number: which node of its range is the lower one, then the higher one, then
 * the event's share. Sorted, the numbers of one tie stand together, the smallest share first.
 * Events are read by pieces, and every piece knows where its pairs of each range belong, so
 * that nothing depends on who does a piece. Ranges are cut so that they hold about as many
 * pairs each, however unequal people are. */
#include "kith/project.h"

#include <stdlib.h>
#include <string.h>

#include "kith/parallel.h"

enum {
    PIECES = 16,
    LOW_BITS = 12, /* nodes of a range: at most 2^12 */
    HIGH_BITS = 32,
    SHARE_BITS = 20,
    RANGE_PAIRS = 16384, /* what a range should hold: it then fits the cache */
    FEW = 48,            /* pairs that insertion sorts sooner than counting */
    DIGITS = 256
};

typedef struct range {
    uint32_t begin, end; /* nodes */
    size_t at, count;    /* its pairs: the first, and how many; its ties begin there too */
    size_t tie_count;
} range;

typedef struct projection {
    const kith_meetings *meetings;
    range *ranges;
    size_t range_count;
    uint32_t *range_of; /* node -> range */
    size_t *places;     /* PIECES x ranges: where a piece's next pair of a range goes */
    uint64_t *pairs;
    kith_tie *ties;
} projection;

static void events_of(const projection *p, size_t piece, size_t *from, size_t *to)
{
    *from = p->meetings->count * piece / PIECES;
    *to = p->meetings->count * (piece + 1) / PIECES;
}

static kith_status check(const kith_meetings *m, kith_error *err)
{
    for (size_t e = 0; e < m->count; e++)
        if (m->first[e + 1] - m->first[e] >= (size_t)1 << 22 || m->share[e] < 1 ||
            m->share[e] >= 1 << SHARE_BITS)
            return kith_fail(err, KITH_USAGE,
                             "an event of %zu people is too large to tie them all; set a size cap",
                             m->first[e + 1] - m->first[e]);
    return KITH_OK;
}

/* Cuts the nodes into ranges of about RANGE_PAIRS pairs. pairs_of: one a node. */
static kith_status cut_ranges(projection *p, const size_t *pairs_of, kith_error *err)
{
    const size_t n = p->meetings->node_count;
    size_t all = 0;

    for (size_t v = 0; v < n; v++)
        all += pairs_of[v];
    /* two ranges side by side hold more pairs than one may, or as many nodes as one may */
    p->ranges = calloc(n / (1 << LOW_BITS) + 2 * (all / RANGE_PAIRS) + 4, sizeof *p->ranges);
    p->range_of = malloc((n + 1) * sizeof *p->range_of);
    if (p->ranges == NULL || p->range_of == NULL)
        return kith_no_memory(err);
    range *now = p->ranges;
    for (uint32_t v = 0; v < n; v++) {
        if (now->end > now->begin && (now->count + pairs_of[v] > RANGE_PAIRS ||
                                      now->end - now->begin == 1 << LOW_BITS)) {
            now[1] = (range){ .begin = v, .at = now->at + now->count };
            now++;
        }
        now->end = v + 1;
        now->count += pairs_of[v];
        p->range_of[v] = (uint32_t)(now - p->ranges);
    }
    p->range_count = (size_t)(now - p->ranges) + 1;
    return KITH_OK;
}

static kith_status count_pairs(projection *p, kith_error *err)
{
    const kith_meetings *m = p->meetings;
    size_t *pairs_of = calloc(m->node_count + 1, sizeof *pairs_of);

    if (pairs_of == NULL)
        return kith_no_memory(err);
    for (size_t e = 0; e < m->count; e++)
        for (size_t i = m->first[e]; i < m->first[e + 1]; i++)
            pairs_of[m->people[i]] += m->first[e + 1] - i - 1;
    const kith_status status = cut_ranges(p, pairs_of, err);
    free(pairs_of);
    return status;
}

/* How many pairs of each range a piece has; place_pieces then says where they go. */
static kith_status count_piece(void *context, size_t piece, unsigned worker, kith_error *err)
{
    projection *p = context;
    const kith_meetings *m = p->meetings;
    size_t *count = &p->places[piece * p->range_count], from, to;

    (void)worker, (void)err;
    events_of(p, piece, &from, &to);
    for (size_t e = from; e < to; e++)
        for (size_t i = m->first[e]; i + 1 < m->first[e + 1]; i++)
            count[p->range_of[m->people[i]]] += m->first[e + 1] - i - 1;
    return KITH_OK;
}

static void place_pieces(projection *p)
{
    for (size_t r = 0; r < p->range_count; r++) {
        size_t at = p->ranges[r].at;
        for (size_t piece = 0; piece < PIECES; piece++) {
            size_t *place = &p->places[piece * p->range_count + r];
            const size_t count = *place;
            *place = at;
            at += count;
        }
    }
}

static kith_status deal_piece(void *context, size_t piece, unsigned worker, kith_error *err)
{
    projection *p = context;
    const kith_meetings *m = p->meetings;
    size_t *places = &p->places[piece * p->range_count], from, to;

    (void)worker, (void)err;
    events_of(p, piece, &from, &to);
    for (size_t e = from; e < to; e++)
        for (size_t i = m->first[e]; i + 1 < m->first[e + 1]; i++) {
            const uint32_t r = p->range_of[m->people[i]];
            const uint64_t low = m->people[i] - p->ranges[r].begin;
            const uint64_t head = low << (HIGH_BITS + SHARE_BITS) | m->share[e];
            size_t at = places[r];
            for (size_t j = i + 1; j < m->first[e + 1]; j++)
                p->pairs[at++] = head | (uint64_t)m->people[j] << SHARE_BITS;
            places[r] = at;
        }
    return KITH_OK;
}

static void sort_few(uint64_t *pairs, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const uint64_t pair = pairs[i];
        size_t at = i;
        for (; at > 0 && pairs[at - 1] > pair; at--)
            pairs[at] = pairs[at - 1];
        pairs[at] = pair;
    }
}

/* Sorts by one byte after the other, from the lowest on; bytes that all share are skipped. */
static void sort_many(uint64_t *pairs, uint64_t *spare, size_t count)
{
    uint64_t *from = pairs, *to = spare, differ = 0;

    for (size_t i = 1; i < count; i++)
        differ |= pairs[i] ^ pairs[0];
    for (int shift = 0; shift < 64; shift += 8) {
        size_t place[DIGITS + 1] = { 0 };
        if ((differ >> shift & (DIGITS - 1)) == 0)
            continue;
        for (size_t i = 0; i < count; i++)
            place[(from[i] >> shift & (DIGITS - 1)) + 1]++;
        for (int d = 0; d < DIGITS; d++)
            place[d + 1] += place[d];
        for (size_t i = 0; i < count; i++)
            to[place[from[i] >> shift & (DIGITS - 1)]++] = from[i];
        uint64_t *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != pairs)
        memcpy(pairs, from, count * sizeof *pairs);
}

/* Puts a range's pairs in the order of their lower node, then each node's in order. */
static void sort_range(uint64_t *pairs, uint64_t *spare, size_t *begins, const range *r)
{
    const size_t nodes = r->end - r->begin;
    const int shift = HIGH_BITS + SHARE_BITS;

    memset(begins, 0, (nodes + 1) * sizeof *begins);
    for (size_t i = 0; i < r->count; i++)
        begins[(pairs[i] >> shift) + 1]++;
    for (size_t v = 0; v < nodes; v++)
        begins[v + 1] += begins[v];
    for (size_t i = 0; i < r->count; i++)
        spare[begins[pairs[i] >> shift]++] = pairs[i];
    for (size_t v = 0, at = 0; v < nodes; at = begins[v++]) {
        if (begins[v] - at <= FEW)
            sort_few(&spare[at], begins[v] - at);
        else
            sort_many(&spare[at], &pairs[at], begins[v] - at);
    }
}

static size_t add_ties(kith_tie *ties, const uint64_t *pairs, const range *r)
{
    size_t count = 0;

    for (size_t i = 0, end = 0; i < r->count; i = end) {
        const uint64_t key = pairs[i] >> SHARE_BITS;
        double weight = 0;
        for (end = i; end < r->count && pairs[end] >> SHARE_BITS == key; end++)
            weight += 1.0 / (double)(pairs[end] & ((1 << SHARE_BITS) - 1));
        ties[count++] = (kith_tie){ r->begin + (uint32_t)(key >> HIGH_BITS), (uint32_t)key, weight };
    }
    return count;
}

static kith_status tie_range(void *context, size_t number, unsigned worker, kith_error *err)
{
    projection *p = context;
    range *r = &p->ranges[number];
    uint64_t *spare = malloc((r->count + 1) * sizeof *spare);
    size_t *begins = malloc((r->end - r->begin + 2) * sizeof *begins);
    const bool whole = spare != NULL && begins != NULL;

    (void)worker;
    if (whole) {
        sort_range(&p->pairs[r->at], spare, begins, r);
        r->tie_count = add_ties(&p->ties[r->at], spare, r);
    }
    free(spare);
    free(begins);
    return whole ? KITH_OK : kith_no_memory(err);
}

/* Moves the ranges' ties together, and gives back the room for ties that pairs have shared. */
static void join_ranges(projection *p, size_t *count)
{
    for (size_t r = 0; r < p->range_count; r++) {
        memmove(&p->ties[*count], &p->ties[p->ranges[r].at],
                p->ranges[r].tie_count * sizeof *p->ties);
        *count += p->ranges[r].tie_count;
    }
    kith_tie *fitted = realloc(p->ties, (*count + 1) * sizeof *fitted);
    if (fitted != NULL)
        p->ties = fitted;
}

/* Each range's pairs become its ties. */
static kith_status tie_ranges(projection *p, kith_error *err)
{
    const range *last = &p->ranges[p->range_count - 1];

    p->ties = malloc((last->at + last->count + 1) * sizeof *p->ties);
    if (p->ties == NULL)
        return kith_no_memory(err);
    return kith_parallel_run(&(kith_parallel){ tie_range, p, p->range_count, NULL, NULL },
                             kith_parallel_workers(p->range_count), err);
}

static kith_status deal(projection *p, kith_error *err)
{
    const range *last = &p->ranges[p->range_count - 1];
    kith_parallel job = { .task = count_piece, .context = p, .pieces = PIECES };

    p->places = calloc(PIECES * p->range_count, sizeof *p->places);
    p->pairs = malloc((last->at + last->count + 1) * sizeof *p->pairs);
    if (p->places == NULL || p->pairs == NULL)
        return kith_no_memory(err);
    kith_status status = kith_parallel_run(&job, kith_parallel_workers(PIECES), err);
    if (status != KITH_OK)
        return status;
    place_pieces(p);
    job.task = deal_piece;
    return kith_parallel_run(&job, kith_parallel_workers(PIECES), err);
}

kith_status kith_project(kith_tie **ties, size_t *tie_count, const kith_meetings *meetings,
                         kith_error *err)
{
    projection p = { .meetings = meetings };
    kith_status status = check(meetings, err);

    *ties = NULL;
    *tie_count = 0;
    if (status == KITH_OK)
        status = count_pairs(&p, err);
    if (status == KITH_OK)
        status = deal(&p, err);
    if (status == KITH_OK)
        status = tie_ranges(&p, err);
    free(p.pairs);
    if (status == KITH_OK) {
        join_ranges(&p, tie_count);
        *ties = p.ties;
    } else {
        free(p.ties);
    }
    free(p.ranges);
    free(p.range_of);
    free(p.places);
    return status;
}

void kith_meetings_free(kith_meetings *meetings)
{
    free(meetings->first);
    free(meetings->people);
    free(meetings->share);
    *meetings = (kith_meetings){ 0 };
}
