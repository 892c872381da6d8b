/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_together.c: who was recorded together, against chance. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/random.h"
#include "kith/statistics.h"
#include "kith/together.h"

static kith_network network;
static kith_together together;
static kith_error err;

static void drop(void)
{
    kith_together_free(&together);
    kith_network_free(&network);
    end_hub();
}

TestSuite(together, .init = begin_hub, .fini = drop);

static void see(void)
{
    const kith_layer_options options = { .who = KITH_WHO_CHILDREN };

    network = network_of(view_of("2022-06-30", 365));
    cr_assert(eq(int, kith_together_build(&together, &network, &options, &err), KITH_OK), "%s",
              err.message);
}

static const kith_together_pair *pair(const char *left, const char *right)
{
    for (size_t i = 0; i < together.pair_count; i++) {
        const kith_together_pair *p = &together.pairs[i];
        if (strcmp(network.things[p->left].id, left) == 0 &&
            strcmp(network.things[p->right].id, right) == 0)
            return p;
    }
    cr_fatal("%s and %s are no pair", left, right);
    return NULL;
}

static void meet(const char *event, const char *people)
{
    char id[2] = "";

    add_event(event, "missing", "2022-06-01", "", 0);
    for (; *people != '\0'; people++) {
        id[0] = *people;
        add_part(event, id, "missing");
    }
}

Test(together, nobody_together_is_no_pair)
{
    add_person("A", "2008-01-01");
    add_event("E", "missing", "2022-06-01", "", 0);
    add_part("E", "A", "missing");
    see();
    cr_assert(eq(sz, together.pair_count, 0));
    cr_assert(eq(sz, together.people, 1));
}

/* By hand. Events AB, AB, AC, D: d = 3, 2, 1, 1, M = 7, S = 6, M^2 - sum d^2 = 49 - 15.
 * lambda_AB = 6 x 3 x 2 / 34 = 18/17. Two couples fall together with 18/17 x (2 x 1) rate' / 2,
 * rate' = 3/17 x 5/7 x 34 / (25 - 7) = 5/21, so p = 30/119; lambda_AC = 9/17 and A and C can meet
 * once, so p = 9/17. Six pairs of four people: q_AB = min(6 p_AB, 6/2 p_AC) > 1. */
Test(together, a_small_case_comes_out_as_by_hand)
{
    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    add_person("C", "2008-01-01");
    add_person("D", "2008-01-01");
    meet("E1", "AB");
    meet("E2", "AB");
    meet("E3", "AC");
    meet("E4", "D");
    see();
    const kith_together_pair *ab = pair("A", "B"), *ac = pair("A", "C");
    cr_assert(eq(sz, together.pair_count, 2));
    cr_assert(eq(sz, together.people, 4));
    cr_assert(eq(dbl, together.tested, 6));
    cr_assert(eq(u32, ab->events, 2));
    cr_assert(eq(dbl, ab->weight, 2));
    cr_assert(epsilon_eq(dbl, ab->expected, 18.0 / 17, 1e-12));
    cr_assert(epsilon_eq(dbl, ab->p_value, 30.0 / 119, 1e-12));
    cr_assert(epsilon_eq(dbl, ac->expected, 9.0 / 17, 1e-12));
    cr_assert(epsilon_eq(dbl, ac->p_value, 9.0 / 17, 1e-12));
    cr_assert(eq(dbl, ab->q_value, 1));
    cr_assert(eq(dbl, ac->q_value, 1));
}

/* Ten events of A and B among 200 of others who never meet: by hand M = 220, S = 20, sum d^2
 * = 400, lambda = 20 x 10 x 10 / 48000, and all ten fall together with the product over t < 10 of
 * (10 - t)^2 rate_t / (t + 1), rate_t = S (1 - 2t/M) / ((M - 2t)^2 - 200 - 2 (10 - t)^2); the only
 * pair of small p among m = 202 x 201 / 2, so q = m p. */
Test(together, always_together_is_beyond_chance)
{
    char id[16];

    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    for (int i = 0; i < 10; i++) {
        snprintf(id, sizeof id, "E%d", i);
        meet(id, "AB");
    }
    for (int i = 0; i < 200; i++) {
        snprintf(id, sizeof id, "P%03d", i);
        add_person(id, "2008-01-01");
        snprintf(id, sizeof id, "S%03d", i);
        add_event(id, "missing", "2022-06-01", "", 0);
        char person[16];
        snprintf(person, sizeof person, "P%03d", i);
        add_part(id, person, "missing");
    }
    see();
    const kith_together_pair *ab = pair("A", "B");
    const double lambda = 20 * 100 / 48000.0;
    double p = 1;
    for (double t = 0; t < 10; t++) {
        const double left = 10 - t, all = 220 - 2 * t;
        p *= left * left * 20 * (all / 220) / (all * all - 200 - 2 * left * left) / (t + 1);
    }
    cr_assert(epsilon_eq(dbl, ab->expected, lambda, 1e-12));
    cr_assert(epsilon_eq(dbl, ab->p_value / p, 1, 1e-9));
    cr_assert(epsilon_eq(dbl, ab->q_value / (p * 202 * 201 / 2), 1, 1e-9));
    cr_assert(lt(dbl, ab->q_value, 1e-10));
}

/* Two people who have only each other meet as often as they must. */
Test(together, nobody_else_to_meet_is_no_surprise)
{
    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    for (char id[] = "0"; id[0] <= '9'; id[0]++)
        meet(id, "AB");
    see();
    cr_assert(epsilon_eq(dbl, pair("A", "B")->expected, 10, 1e-12));
    cr_assert(gt(dbl, pair("A", "B")->q_value, 0.5));
}

Test(together, declared_ties_and_grade_E_are_not_events)
{
    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    add_person("C", "2008-01-01");
    meet("E1", "AB");
    set_origin("police", "R1", "1E");
    meet("E2", "ABC");
    set_origin("", "", "");
    add_link("A", "B", "friend", 0, "", "");
    add_link("A", "C", "friend", 0, "", "");
    see();
    cr_assert(eq(sz, together.pair_count, 1));
    cr_assert(eq(sz, together.people, 2));
    cr_assert(eq(u32, pair("A", "B")->events, 1));
    cr_assert(eq(dbl, pair("A", "B")->weight, 1));
    cr_assert(epsilon_eq(dbl, pair("A", "B")->expected, 1, 1e-12));
}

/* Two agencies' records of one report are one meeting (R11). */
Test(together, one_report_is_seen_once)
{
    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    set_origin("police", "R1", "1B");
    meet("E1", "AB");
    set_origin("school", "R1", "");
    meet("E2", "AB");
    see();
    cr_assert(eq(u32, pair("A", "B")->events, 2));
    cr_assert(eq(u32, pair("A", "B")->seen, 1));
}

/* A declared tie in the layer tested is no meeting. */
Test(together, a_declared_tie_is_not_tested)
{
    const kith_layer_options options = { .layer = KITH_LAYER_TOGETHER };
    kith_layer layer;

    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    add_person("C", "2008-01-01");
    meet("E1", "AB");
    add_link("B", "C", "friend", 0, "", "");
    network = network_of(view_of("2022-06-30", 365));
    cr_assert(kith_layer_build(&layer, &network, &options, &err) == KITH_OK);
    cr_assert(kith_together_test(&together, &layer, &err) == KITH_OK);
    cr_assert(eq(sz, together.pair_count, 2));
    cr_expect(eq(u32, pair("A", "B")->seen, 1));
    cr_expect(eq(u32, pair("B", "C")->seen, 0));
    cr_expect(eq(dbl, pair("B", "C")->q_value, 1));
    kith_layer_free(&layer);
}

/* A bus station where 600 people are seen two at a time, in a town where 9000 others are: P000 and P001
 * are there 80 times each, with each other nine times. Over the whole town that would be beyond chance;
 * among the visitors it is what their visits make. By hand: the pool has M = 1760 places, S = 1760,
 * sum d^2 = 2 x 6400 + 1600 + ..., so about 80 x 80 / 1760 = 3.6 are expected. */
Test(together, a_busy_place_is_its_own_chance)
{
    char person[16], event[16];

    add_place("BUS", "bus_station");
    run_sql("BEGIN");
    for (int i = 0; i < 9600; i++) {
        snprintf(person, sizeof person, "P%04d", i);
        add_person(person, "2008-01-01");
    }
    for (int e = 0; e < 880; e++) {
        snprintf(event, sizeof event, "B%03d", e);
        add_event(event, "sighting", "2022-06-01", "BUS", 0);
        const int first = e < 80 ? 0 : e < 151 ? 1 : 2 + e % 598;
        const int second = e < 9 ? 1 : 2 + (e + 299) % 598;
        snprintf(person, sizeof person, "P%04d", first);
        add_part(event, person, "present");
        snprintf(person, sizeof person, "P%04d", second);
        add_part(event, person, "present");
    }
    for (int e = 0; e < 9000; e++) {
        snprintf(event, sizeof event, "T%04d", e);
        add_event(event, "sighting", "2022-06-01", "", 0);
        for (int i = 0; i < 2; i++) {
            snprintf(person, sizeof person, "P%04d", 600 + (e + i * 7) % 9000);
            add_part(event, person, "present");
        }
    }
    run_sql("COMMIT");
    see();
    const kith_together_pair *two = pair("P0000", "P0001");
    const double whole = 80.0 * 80 * 19760 / (19760.0 * 19760 - 60000);
    cr_assert(eq(u32, two->seen, 9));
    cr_assert(epsilon_eq(dbl, two->expected, 3.6, 0.1), "%g", two->expected);
    cr_assert(gt(dbl, two->q_value, 0.5));
    cr_assert(lt(dbl, kith_poisson_upper(9, whole) * together.tested, 0.05));
}

/* Those of one weekday are a pool where a hundred people are: A and B, always seen on the same day of the
 * week, meet there more easily. By hand: on Mondays M = 204, S = 204, sum d^2 = 200 + 8; lambda = 4 x 204 /
 * (204^2 - 208). */
Test(together, weekdays_are_kept)
{
    char person[16], event[16];

    run_sql("BEGIN");
    for (int i = 0; i < 402; i++) {
        snprintf(person, sizeof person, "P%03d", i);
        add_person(person, "2008-01-01");
    }
    for (int e = 0; e < 201; e++) { /* 100 on a Monday, 101 on a Tuesday, of two people each */
        snprintf(event, sizeof event, "E%03d", e);
        add_event(event, "sighting", e < 100 ? "2022-06-06" : "2022-06-07", "", 0);
        for (int i = 0; i < 2; i++) {
            snprintf(person, sizeof person, "P%03d", e * 2 + i);
            add_part(event, person, "present");
        }
    }
    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    for (int e = 0; e < 2; e++) {
        snprintf(event, sizeof event, "AB%d", e);
        add_event(event, "sighting", e == 0 ? "2022-05-30" : "2022-06-13", "", 0);
        add_part(event, "A", "present");
        add_part(event, "B", "present");
    }
    run_sql("COMMIT");
    see();
    cr_assert(epsilon_eq(dbl, pair("A", "B")->expected, 4 * 204 / (204.0 * 204 - 208), 1e-12));
}

/* Where the few who are left would be their own chance they are dealt with others: A and B on a
 * Wednesday in two events, a hundred others on a Thursday in one each. By hand M = 104, S = 104. */
Test(together, a_few_left_over_are_no_pool)
{
    char person[16], event[16];

    run_sql("BEGIN");
    for (int e = 0; e < 50; e++) {
        snprintf(event, sizeof event, "E%03d", e);
        add_event(event, "sighting", "2022-06-09", "", 0);
        for (int i = 0; i < 2; i++) {
            snprintf(person, sizeof person, "P%03d", e * 2 + i);
            add_person(person, "2008-01-01");
            add_part(event, person, "present");
        }
    }
    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    for (int e = 0; e < 2; e++) {
        snprintf(event, sizeof event, "AB%d", e);
        add_event(event, "sighting", e == 0 ? "2022-06-01" : "2022-06-08", "", 0);
        add_part(event, "A", "present");
        add_part(event, "B", "present");
    }
    run_sql("COMMIT");
    see();
    cr_assert(epsilon_eq(dbl, pair("A", "B")->expected, 4 * 104 / (104.0 * 104 - 108), 1e-12));
}

enum { PEOPLE = 60, EVENTS = 400, SIZE = 3 };

/* One shuffled hub: every event has three places, dealt out at random among 60 people of
 * whom the first ten have many. Nobody sits twice in one event. */
static void deal(uint64_t seed)
{
    uint32_t cards[EVENTS * SIZE];
    char person[16], event[16];
    kith_random random;

    kith_random_seed(&random, seed);
    for (uint32_t i = 0; i < EVENTS * SIZE; i++)
        cards[i] = i < 750 ? i % 10 : 10 + i % (PEOPLE - 10);
    kith_random_shuffle(&random, cards, EVENTS * SIZE, sizeof cards[0]);
    run_sql("BEGIN");
    for (int i = 0; i < PEOPLE; i++) {
        snprintf(person, sizeof person, "P%02d", i);
        add_person(person, "2008-01-01");
    }
    for (int e = 0; e < EVENTS; e++) {
        const uint32_t *at = &cards[e * SIZE];
        snprintf(event, sizeof event, "E%03d", e);
        add_event(event, "missing", "2022-06-01", "", 0);
        for (int i = 0; i < SIZE; i++) {
            if ((i > 0 && at[i] == at[0]) || (i > 1 && at[i] == at[1]))
                continue;
            snprintf(person, sizeof person, "P%02u", at[i]);
            add_part(event, person, "missing");
        }
    }
    run_sql("COMMIT");
}

/* When all is chance, any discovery at q < 0.05 is false, and should come in about 5 % of
 * the hubs at most. Twenty hubs: more than four with one has probability below 0.003. The
 * busy people meet often (about 9 times), so a model without the numbers of events of
 * each person would find them all. */
Test(together, chance_alone_is_not_discovered)
{
    int hubs_with_discovery = 0;
    double met = 0, expected = 0;

    for (uint64_t seed = 1; seed <= 20; seed++) {
        int discoveries = 0;
        deal(seed);
        see();
        for (size_t i = 0; i < together.pair_count; i++) {
            discoveries += together.pairs[i].q_value < 0.05;
            if (together.pairs[i].right < 10) {
                met += together.pairs[i].events;
                expected += together.pairs[i].expected;
            }
        }
        hubs_with_discovery += discoveries > 0;
        kith_together_free(&together);
        kith_network_free(&network);
        end_hub();
        begin_hub();
    }
    cr_assert(le(int, hubs_with_discovery, 4));
    cr_assert(epsilon_eq(dbl, met / expected, 1, 0.05), "%g", met / expected);
}

/* The same chance with two people put together twelve times more: those two are found. */
Test(together, a_planted_pair_is_found_among_chance)
{
    char event[16];
    int others = 0;

    deal(7);
    for (int i = 0; i < 12; i++) {
        snprintf(event, sizeof event, "X%d", i);
        add_event(event, "missing", "2022-06-02", "", 0);
        add_part(event, "P30", "missing");
        add_part(event, "P41", "missing");
    }
    see();
    cr_assert(lt(dbl, pair("P30", "P41")->q_value, 0.001));
    for (size_t i = 0; i < together.pair_count; i++)
        others += together.pairs[i].q_value < 0.05;
    cr_assert(le(int, others, 2));
}
