/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "kith/project.h"
#include "kith/random.h"

enum { PEOPLE = 5000, EVENTS = 6000, LARGEST = 9 };

static int ascending(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Events of 0 to 9 people; half of them draw from twenty people who are everywhere. */
static kith_meetings drawn(void)
{
    kith_random random;
    kith_meetings m = { .node_count = PEOPLE, .count = EVENTS };

    m.first = calloc(EVENTS + 1, sizeof *m.first);
    m.people = calloc(EVENTS * LARGEST, sizeof *m.people);
    m.share = calloc(EVENTS, sizeof *m.share);
    kith_random_seed(&random, 21);
    for (size_t e = 0; e < EVENTS; e++) {
        uint32_t *here = &m.people[m.first[e]];
        size_t count = 0;
        for (size_t i = kith_random_below(&random, LARGEST + 1); i > 0; i--) {
            const bool known = kith_random_unit(&random) < 0.5;
            here[count++] = (uint32_t)kith_random_below(&random, known ? 20 : PEOPLE);
            for (size_t j = 0; j + 1 < count; j++)
                if (here[j] == here[count - 1]) {
                    count--;
                    break;
                }
        }
        qsort(here, count, sizeof *here, ascending);
        m.first[e + 1] = m.first[e] + count;
        m.share[e] = 1 + (uint32_t)kith_random_below(&random, 12);
    }
    return m;
}

static kith_tie *projected(const kith_meetings *meetings, size_t *count)
{
    kith_tie *ties;
    kith_error err = { 0 };

    cr_assert(kith_project(&ties, count, meetings, &err) == KITH_OK, "%s", err.message);
    return ties;
}

/* The reference: every pair of every event as a tie, added up by kith_graph_from_ties. */
Test(project, ties_are_the_sums_over_the_events_that_two_people_share)
{
    kith_meetings m = drawn();
    kith_tie *all = calloc(EVENTS * LARGEST * LARGEST, sizeof *all);
    size_t count = 0, tie_count;
    kith_graph graph;

    for (size_t e = 0; e < EVENTS; e++)
        for (size_t i = m.first[e]; i < m.first[e + 1]; i++)
            for (size_t j = i + 1; j < m.first[e + 1]; j++)
                all[count++] = (kith_tie){ m.people[i], m.people[j], 1.0 / m.share[e] };
    cr_assert(kith_graph_from_ties(&graph, PEOPLE, all, count, NULL) == KITH_OK);
    kith_tie *ties = projected(&m, &tie_count);
    cr_assert(eq(sz, tie_count, graph.tie_count));
    for (size_t t = 0; t < tie_count; t++) {
        cr_assert(eq(u32, ties[t].low, graph.ties[t].low));
        cr_assert(eq(u32, ties[t].high, graph.ties[t].high));
        cr_assert(epsilon_eq(dbl, ties[t].weight, graph.ties[t].weight, 1e-9));
    }
    free(ties);
    free(all);
    kith_graph_free(&graph);
    kith_meetings_free(&m);
}

static kith_meetings reversed(const kith_meetings *m)
{
    kith_meetings r = { .node_count = m->node_count, .count = m->count };

    r.first = calloc(EVENTS + 1, sizeof *r.first);
    r.people = calloc(EVENTS * LARGEST, sizeof *r.people);
    r.share = calloc(EVENTS, sizeof *r.share);
    for (size_t e = 0; e < EVENTS; e++) {
        const size_t from = EVENTS - 1 - e, count = m->first[from + 1] - m->first[from];
        memcpy(&r.people[r.first[e]], &m->people[m->first[from]], count * sizeof *r.people);
        r.first[e + 1] = r.first[e] + count;
        r.share[e] = m->share[from];
    }
    return r;
}

Test(project, neither_the_order_of_events_nor_the_number_of_threads_changes_a_bit)
{
    kith_meetings m = drawn(), r = reversed(&m);
    size_t count, other_count;

    setenv("KITH_THREADS", "1", 1);
    kith_tie *ties = projected(&m, &count);
    setenv("KITH_THREADS", "3", 1);
    kith_tie *others = projected(&r, &other_count);
    cr_assert(eq(sz, count, other_count));
    for (size_t t = 0; t < count; t++)
        cr_assert(ties[t].low == others[t].low && ties[t].high == others[t].high &&
                  ties[t].weight == others[t].weight);
    free(ties);
    free(others);
    kith_meetings_free(&m);
    kith_meetings_free(&r);
}

Test(project, nobody_and_an_event_of_one_make_no_tie)
{
    size_t first[] = { 0, 0, 1 };
    uint32_t people[] = { 2 }, share[] = { 1, 1 };
    const kith_meetings none = { .first = first }, one = { 3, 2, first, people, share };
    size_t count;

    free(projected(&none, &count));
    cr_expect(eq(sz, count, 0));
    free(projected(&one, &count));
    cr_expect(eq(sz, count, 0));
}

Test(project, a_share_that_does_not_fit_is_refused)
{
    size_t first[] = { 0, 2 }, count;
    uint32_t people[] = { 0, 1 }, share[] = { 1 << 20 };
    const kith_meetings wrong = { 2, 1, first, people, share };
    kith_tie *ties;
    kith_error err;

    cr_expect(eq(int, kith_project(&ties, &count, &wrong, &err), KITH_USAGE));
    cr_expect(strstr(err.message, "set a size cap") != NULL, "%s", err.message);
    cr_expect(eq(ptr, ties, NULL));
}
