/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_overlap.c: missing episodes that were recorded apart. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/random.h"
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

TestSuite(overlap, .init = begin_hub, .fini = drop);

/* 52 whole weeks. */
static void see(void)
{
    const kith_layer_options options = { .who = KITH_WHO_CHILDREN };

    network = network_of(view_of("2022-06-30", 364));
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
    return NULL;
}

/* An event of one child's own. */
static void miss_as(const char *event, const char *child, const char *from, const char *to,
                    const char *place, const char *role)
{
    char sql[256];

    add_event(event, "missing", from, place, 0);
    snprintf(sql, sizeof sql, "UPDATE event SET ended_at = '%s' WHERE id = '%s'", to, event);
    run_sql(sql);
    add_part(event, child, role);
}

static void miss(const char *event, const char *child, const char *from, const char *to,
                 const char *place)
{
    miss_as(event, child, from, to, place, "missing");
}

static void two_children(void)
{
    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    add_place("PARK", "park");
}

/* Both episodes of the hub end at the park, and one shift of 52 lets them overlap: 1/52. */
Test(overlap, found_together_is_a_tie_and_its_chance_is_as_by_hand)
{
    two_children();
    miss("E1", "A", "2022-06-06T18:00", "2022-06-06T23:30", "PARK");
    miss("E2", "B", "2022-06-06T20:00", "2022-06-06T23:00", "PARK");
    see();
    const kith_together_pair *ab = pair("A", "B");

    cr_assert(ab != NULL);
    cr_expect(eq(u32, ab->events, 0));
    cr_expect(eq(u32, ab->overlaps, 1));
    cr_expect(eq(dbl, ab->weight, 1));
    cr_expect(epsilon_eq(dbl, ab->expected, 1.0 / 52, 1e-15));
    cr_expect(epsilon_eq(dbl, ab->q_value, 1.0 / 52, 1e-15));
    bool inferred;
    cr_expect(eq(int, kith_layer_line(&together.layer, 0, &inferred), KITH_DOTTED));
    cr_expect(inferred);
    const kith_layer_item *item = &together.layer.items[0];
    cr_expect(item->apart);
    cr_expect(eq(str, (char *)network.events[item->index].id, "E1"));
    const uint32_t other = kith_layer_other_event(&together.layer, 0, item);
    cr_expect(eq(str, (char *)network.events[other].id, "E2"));
}

Test(overlap, one_night_at_two_places_is_no_tie)
{
    two_children();
    add_place("PIER", "beach");
    miss("E1", "A", "2022-06-06T18:00", "2022-06-06T23:30", "PARK");
    miss("E2", "B", "2022-06-06T18:00", "2022-06-06T23:30", "PIER");
    see();
    cr_expect(eq(sz, together.pair_count, 0));
}

Test(overlap, one_place_on_two_nights_is_no_tie)
{
    two_children();
    miss("E1", "A", "2022-06-06T18:00", "2022-06-06T23:30", "PARK");
    miss("E2", "B", "2022-06-07T18:00", "2022-06-07T23:30", "PARK");
    see();
    cr_expect(eq(sz, together.pair_count, 0));
}

/* Where a child was found is not known, or is the home: then both began and ended alike. By hand: no
 * two places are known, so near counts in full, 1/52. */
Test(overlap, gone_and_back_within_the_hour_is_a_tie)
{
    two_children();
    add_place("HOME", "children's home");
    add_link("A", "HOME", "lives_at", 0, "", "");
    add_link("B", "HOME", "lives_at", 0, "", "");
    miss("E1", "A", "2022-06-06T18:00", "2022-06-07T01:30", "HOME");
    miss("E2", "B", "2022-06-06T18:50", "2022-06-07T02:30", "HOME");
    see();
    cr_assert(pair("A", "B") != NULL);
    cr_expect(epsilon_eq(dbl, pair("A", "B")->expected, 1.0 / 52, 1e-15));
}

Test(overlap, back_at_one_home_at_other_times_is_no_tie)
{
    two_children();
    add_place("HOME", "children's home");
    add_link("A", "HOME", "lives_at", 0, "", "");
    miss("E1", "A", "2022-06-06T18:00", "2022-06-07T01:30", "HOME");
    miss("E2", "B", "2022-06-06T20:50", "2022-06-07T01:30", "HOME");
    see();
    cr_expect(eq(sz, together.pair_count, 0));
}

/* Whoever was recorded together has the event already; the agency's second record is no more. */
Test(overlap, recorded_together_is_not_counted_again)
{
    two_children();
    miss("E1", "A", "2022-06-06T18:00", "2022-06-06T23:30", "PARK");
    add_part("E1", "B", "missing");
    miss("E2", "A", "2022-06-06T17:30", "2022-06-06T23:40", "PARK");
    miss("E3", "B", "2022-06-06T17:40", "2022-06-06T23:35", "PARK");
    see();
    cr_assert(pair("A", "B") != NULL);
    cr_expect(eq(u32, pair("A", "B")->events, 1));
    cr_expect(eq(u32, pair("A", "B")->overlaps, 0));
}

/* Grade E is no evidence, a day without an hour no overlap, a reporter not missing. */
Test(overlap, what_is_no_episode_makes_none)
{
    two_children();
    add_person("C", "2008-01-01");
    miss("E1", "A", "2022-06-06T18:00", "2022-06-06T23:30", "PARK");
    set_origin("police", "R", "1E");
    miss("E2", "B", "2022-06-06T18:00", "2022-06-06T23:30", "PARK");
    set_origin("", "", "");
    miss("E3", "B", "2022-06-06", "2022-06-06", "PARK");
    miss_as("E4", "C", "2022-06-06T18:00", "2022-06-06T23:30", "PARK", "reporter");
    miss_as("E5", "C", "2022-06-06T18:00", "2022-06-06T23:30", "PARK", "present");
    see();
    cr_expect(eq(sz, together.pair_count, 0));
}

/* Four children, each with a record of their own of each of six nights: as one event of four, each
 * night counts 1/3 on each tie. */
Test(overlap, a_night_of_four_counts_as_one_event_of_four)
{
    char event[16], from[32], to[32], child[] = "A";

    add_place("PARK", "park");
    for (; child[0] <= 'D'; child[0]++) {
        add_person(child, "2008-01-01");
        for (int night = 0; night < 6; night++) {
            snprintf(event, sizeof event, "%s%d", child, night);
            snprintf(from, sizeof from, "2022-0%d-1%dT18:%02d", night + 1, night, child[0] - 'A');
            snprintf(to, sizeof to, "2022-0%d-1%dT23:30", night + 1, night);
            miss(event, child, from, to, "PARK");
        }
    }
    see();
    cr_assert(eq(sz, together.pair_count, 6));
    for (size_t i = 0; i < 6; i++) {
        cr_expect(eq(u32, together.pairs[i].overlaps, 6));
        cr_expect(epsilon_eq(dbl, together.pairs[i].weight, 2, 1e-12));
        cr_expect(lt(dbl, together.pairs[i].q_value, 0.001));
    }
}

/* Eighty children, one missing 40 times and the others five, each at a time and of a length of their
 * own, found at one of ten places: many overlap, and no two are tied. */
static void scatter(uint64_t seed)
{
    kith_random random;
    char child[16], event[16], from[KITH_TIME_SIZE], to[KITH_TIME_SIZE], place[16];
    int number = 0;

    kith_random_seed(&random, seed);
    run_sql("BEGIN");
    for (int i = 0; i < 10; i++) {
        snprintf(place, sizeof place, "L%d", i);
        add_place(place, "park");
    }
    for (int c = 0; c < 80; c++) {
        snprintf(child, sizeof child, "P%02d", c);
        add_person(child, "2008-01-01");
        for (int i = 0; i < (c == 0 ? 40 : 5); i++) {
            const int64_t begin = kith_day_begins(kith_day(2021, 7, 10)) +
                                  (int64_t)kith_random_below(&random, 340 * 24 * 60) * 60;
            const int64_t end = begin + 3600 * (3 + (int64_t)kith_random_below(&random, 20));
            kith_time_write(from, (kith_time){ begin, kith_day_of(begin), KITH_MINUTE });
            kith_time_write(to, (kith_time){ end, kith_day_of(end), KITH_MINUTE });
            snprintf(event, sizeof event, "E%d", number++);
            snprintf(place, sizeof place, "L%d", (int)kith_random_below(&random, 10));
            miss(event, child, from, to, place);
        }
    }
    run_sql("COMMIT");
}

Test(overlap, a_child_missing_forty_times_gains_no_partner)
{
    size_t chance = 0, tied = 0;

    for (uint64_t seed = 1; seed <= 5; seed++) {
        scatter(seed);
        see();
        chance += together.layer.overlaps_unsupported;
        tied += together.pair_count;
        drop();
        begin_hub();
    }
    cr_expect(gt(sz, chance, 20), "%zu", chance);
    cr_expect(eq(sz, tied, 0));
}

/* The same with a friend who is there six times: that one is found. */
Test(overlap, who_goes_with_that_child_is_found)
{
    char event[16], sql[400];

    scatter(9);
    add_person("FRIEND", "2008-01-01");
    for (int i = 0; i < 6; i++) {
        snprintf(event, sizeof event, "F%d", i);
        miss(event, "FRIEND", "2022-01-01T10:00", "2022-01-01T11:00", "");
        snprintf(sql, sizeof sql,
                 "UPDATE event SET (occurred_at, ended_at, location) = (SELECT occurred_at, "
                 "ended_at, location FROM event WHERE id = 'E%d') WHERE id = 'F%d'", i, i);
        run_sql(sql);
    }
    see();
    const kith_together_pair *found = pair("FRIEND", "P00");
    int partners = 0;
    cr_assert(found != NULL);
    for (size_t i = 0; i < together.pair_count; i++)
        partners += together.pairs[i].left == found->right || together.pairs[i].right == found->right;
    cr_expect(eq(u32, found->overlaps, 6));
    cr_expect(lt(dbl, found->q_value, 1e-4));
    cr_expect(eq(int, partners, 1));
}
