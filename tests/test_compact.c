/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "kith/compact.h"
#include "kith/random.h"

enum {
    NODES = 3000,
    LONERS = 60,   /* the last nodes have no tie */
    SPOKES = 500,  /* of node 0 */
    TIES = 12000
};

typedef struct sample {
    kith_tie ties[TIES];
    uint32_t order[NODES], place[NODES];
    size_t count;
    kith_compact compact;
} sample;

static int by_pair(const void *a, const void *b)
{
    const kith_tie *x = a, *y = b;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    return (x->high > y->high) - (x->high < y->high);
}

/* Ties in no order, each pair once; many weigh the same. */
static sample *make_sample(uint64_t seed)
{
    sample *s = calloc(1, sizeof *s);
    kith_random random;
    size_t kept = 0;

    kith_random_seed(&random, seed);
    while (s->count < TIES) {
        const bool spoke = s->count < SPOKES;
        const uint32_t a = spoke ? 0 : (uint32_t)kith_random_below(&random, NODES - LONERS);
        const uint32_t b = spoke ? (uint32_t)s->count + 1 : (uint32_t)kith_random_below(&random, NODES - LONERS);
        if (a != b)
            s->ties[s->count++] = (kith_tie){ a < b ? a : b, a < b ? b : a,
                                              1.0 / (1 + (double)kith_random_below(&random, 5)) };
    }
    qsort(s->ties, s->count, sizeof *s->ties, by_pair);
    for (size_t t = 0; t < s->count; t++)
        if (kept == 0 || by_pair(&s->ties[kept - 1], &s->ties[t]) != 0)
            s->ties[kept++] = s->ties[t];
    s->count = kept;
    kith_random_shuffle(&random, s->ties, kept, sizeof *s->ties);
    for (uint32_t v = 0; v < NODES; v++)
        s->order[v] = v;
    kith_random_shuffle(&random, s->order, NODES, sizeof *s->order);
    return s;
}

static void make_compact(sample *s)
{
    cr_assert(kith_compact_make(&s->compact, s->place, s->order, NODES, s->ties, s->count, NULL) == KITH_OK);
}

static void drop_sample(sample *s)
{
    kith_compact_free(&s->compact);
    free(s);
}

/* What the half from one node to another weighs; 0 when there is none. */
static double weight_between(const kith_compact *graph, uint32_t from, uint32_t to)
{
    for (size_t i = graph->first[from]; i < graph->first[from + 1]; i++)
        if (graph->halves[i].to == to)
            return graph->halves[i].weight * graph->unit;
    return 0;
}

Test(compact, every_tie_is_there_from_both_ends_and_nothing_else_is)
{
    sample *s = make_sample(1);

    make_compact(s);
    cr_assert(eq(sz, s->compact.first[s->compact.count], 2 * s->count));
    for (size_t t = 0; t < s->count; t++) {
        const uint32_t low = s->place[s->ties[t].low], high = s->place[s->ties[t].high];
        cr_assert(epsilon_eq(dbl, weight_between(&s->compact, low, high), s->ties[t].weight, 1e-7), "tie %zu", t);
        cr_assert(epsilon_eq(dbl, weight_between(&s->compact, high, low), s->ties[t].weight, 1e-7), "tie %zu", t);
    }
    for (size_t v = 0; v < s->compact.count; v++) {
        cr_assert(eq(dbl, s->compact.mass[v], 1));
        for (size_t i = s->compact.first[v] + 1; i < s->compact.first[v + 1]; i++)
            cr_assert(s->compact.halves[i - 1].to < s->compact.halves[i].to, "neighbours of %zu ascend", v);
    }
    drop_sample(s);
}

Test(compact, everybody_has_a_place_and_who_has_no_tie_stands_last_in_the_order_given)
{
    sample *s = make_sample(2);
    bool taken[NODES] = { false }, tied[NODES] = { false };
    uint32_t last = 0;

    make_compact(s);
    for (size_t t = 0; t < s->count; t++)
        tied[s->ties[t].low] = tied[s->ties[t].high] = true;
    for (size_t i = 0; i < NODES; i++) {
        const uint32_t v = s->order[i], at = s->place[v];
        cr_assert(at < NODES && !taken[at]);
        taken[at] = true;
        cr_assert(tied[v] == (at < s->compact.count));
        cr_assert(tied[v] || at >= last, "those alone go by the order");
        last = tied[v] ? last : at;
    }
    drop_sample(s);
}

Test(compact, other_numbers_in_the_same_order_and_other_orders_of_ties_change_nothing)
{
    sample *s = make_sample(3), *other = make_sample(3);
    uint32_t number[NODES];
    kith_random random;

    kith_random_seed(&random, 4);
    memcpy(number, s->order, sizeof number);
    kith_random_shuffle(&random, number, NODES, sizeof *number);
    for (size_t t = 0; t < other->count; t++) {
        const uint32_t a = number[s->ties[t].low], b = number[s->ties[t].high];
        other->ties[t] = (kith_tie){ a < b ? a : b, a < b ? b : a, s->ties[t].weight };
    }
    kith_random_shuffle(&random, other->ties, other->count, sizeof *other->ties);
    for (size_t i = 0; i < NODES; i++)
        other->order[i] = number[s->order[i]];
    make_compact(s);
    make_compact(other);
    const size_t n = s->compact.count;
    cr_assert(eq(sz, other->compact.count, n));
    cr_expect(memcmp(s->compact.first, other->compact.first, (n + 1) * sizeof *s->compact.first) == 0);
    cr_expect(memcmp(s->compact.halves, other->compact.halves, s->compact.first[n] * sizeof *s->compact.halves) == 0);
    for (size_t v = 0; v < NODES; v++)
        cr_assert(eq(u32, other->place[number[v]], s->place[v]));
    drop_sample(s);
    drop_sample(other);
}

/* Rings of eight whose nodes are numbered all over, with a weak tie from each ring to some other. */
Test(compact, the_nodes_of_a_ring_stand_side_by_side)
{
    enum { OF = 8, RINGS = NODES / OF, ALL = RINGS * OF, STEP = 1009 };
    kith_tie ties[ALL + RINGS];
    uint32_t place[ALL];
    kith_compact compact;

    for (uint32_t i = 0; i < ALL; i++) {
        const uint32_t next = i % OF == OF - 1 ? i - (OF - 1) : i + 1;
        ties[i] = (kith_tie){ i * STEP % ALL, next * STEP % ALL, 1 };
    }
    for (uint32_t r = 0; r < RINGS; r++)
        ties[ALL + r] = (kith_tie){ r * OF * STEP % ALL, ((r + 7) % RINGS * OF + 1) * STEP % ALL, 0.01 };
    cr_assert(kith_compact_make(&compact, place, NULL, ALL, ties, ALL + RINGS, NULL) == KITH_OK);
    for (uint32_t r = 0; r < RINGS; r++) {
        uint32_t least = ALL, most = 0;
        for (uint32_t i = r * OF; i < (r + 1) * OF; i++) {
            const uint32_t at = place[i * STEP % ALL];
            least = at < least ? at : least;
            most = at > most ? at : most;
        }
        cr_assert(eq(u32, most - least, OF - 1), "ring %u", r);
    }
    kith_compact_free(&compact);
}

Test(compact, nobody_and_nobody_tied_are_graphs_too)
{
    const uint32_t order[] = { 2, 0, 1 };
    uint32_t place[3];
    kith_compact compact;

    cr_assert(kith_compact_make(&compact, place, NULL, 0, NULL, 0, NULL) == KITH_OK);
    cr_expect(eq(sz, compact.first[0], 0));
    kith_compact_free(&compact);
    cr_assert(kith_compact_make(&compact, place, order, 3, NULL, 0, NULL) == KITH_OK);
    cr_expect(eq(sz, compact.count, 0));
    cr_expect(eq(u32, place[2], 0));
    cr_expect(eq(u32, place[0], 1));
    cr_expect(eq(u32, place[1], 2));
    kith_compact_free(&compact);
    cr_assert(kith_compact_make(&compact, NULL, NULL, 3, NULL, 0, NULL) == KITH_OK);
    cr_expect(eq(sz, compact.count, 3), "those without a tie too");
    cr_expect(eq(sz, compact.first[3], 0));
    kith_compact_free(&compact);
}
