/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/statistics.h"
#include "town.h"

TestSuite(hotspots, .init = build_town, .fini = drop_town);

/* Domain section 6: one child's forty visits are casework, eight children's twelve visits
 * are a place problem. */
Test(hotspots, eight_children_s_twelve_visits_come_before_one_child_s_forty)
{
    uint32_t children[9];

    for (int i = 0; i < 9; i++)
        children[i] = child();
    const uint32_t arcade = place("arcade"), park = place("park");
    for (int i = 0; i < 40; i++) {
        event_ago(i, arcade);
        part(children[8], "missing");
    }
    for (int i = 0; i < 12; i++) {
        event_ago(60 + i, park);
        part(children[i % 8], "missing");
    }
    find();
    cr_assert(eq(u32, of(park)->children, 8u));
    cr_assert(eq(u32, of(park)->rank, 1u));
    cr_assert(eq(u32, of(arcade)->children, 1u));
    cr_assert(eq(u32, of(arcade)->events, 40u));
    cr_assert(eq(u32, of(arcade)->rank, 2u));
    cr_assert(gt(dbl, of(arcade)->weighted_events, of(park)->weighted_events));
    cr_assert(eq(u32, found.places[0].place, park));
}

Test(hotspots, reporters_and_helpers_do_not_count_and_every_other_role_does)
{
    static const char *const roles[] = { "victim",  "alleged_perpetrator",
                                         "witness", "missing",
                                         "present", "arrested" };
    uint32_t people[8];

    for (int i = 0; i < 8; i++)
        people[i] = child();
    const uint32_t park = place("park");
    event_ago(3, park);
    for (int i = 0; i < 6; i++)
        part(people[i], roles[i]);
    part(people[6], "reporter");
    part(people[7], "helper");
    find();
    cr_assert(eq(u32, of(park)->children, 6u));
    cr_assert(eq(u32, of(park)->missing, 1u));
}

Test(hotspots, a_reporter_who_is_also_a_victim_counts_once)
{
    const uint32_t one = child(), park = place("park");

    event_ago(3, park);
    part(one, "victim");
    part(one, "reporter");
    event_ago(2, park);
    part(one, "victim");
    find();
    cr_assert(eq(u32, of(park)->children, 1u));
    cr_assert(eq(u32, of(park)->events, 2u));
}

Test(hotspots, unknown_age_counts_as_a_child_and_is_shown_apart)
{
    const uint32_t known = child(), unknown = person(""), park = place("park");

    event_ago(3, park);
    part(known, "victim");
    part(unknown, "present");
    find();
    cr_assert(eq(u32, of(park)->children, 2u));
    cr_assert(eq(u32, of(park)->age_unknown, 1u));
}

Test(hotspots, adults_are_victims_or_of_concern_but_no_children)
{
    const uint32_t harmed = person("1998-02-01"), alleged = person("1980-02-01");
    const uint32_t convicted = person("1981-02-01"), seen = person("1990-02-01");
    const uint32_t accused_child = child(), park = place("park");

    event_ago(3, park);
    part(harmed, "victim");
    part(alleged, "alleged_perpetrator");
    part(convicted, "convicted_perpetrator");
    part(seen, "present");
    part(accused_child, "alleged_perpetrator");
    find();
    cr_assert(eq(u32, of(park)->children, 1u));
    cr_assert(eq(u32, of(park)->adult_victims, 1u));
    cr_assert(eq(u32, of(park)->adults_of_concern, 2u), "a child is never of concern as an adult");
}

/* 18 on 2022-06-15: a child in the event of the 14th, an adult on the day itself. */
Test(hotspots, a_child_is_who_was_one_on_the_day_of_the_event)
{
    const uint32_t one = person("2004-06-15"), park = place("park"), pub = place("pub");

    event("missing", "2022-06-14", park);
    part(one, "missing");
    event("missing", "2022-06-15", pub);
    part(one, "missing");
    find();
    cr_assert(eq(u32, of(park)->children, 1u));
    cr_assert(eq(u32, of(pub)->children, 0u));
    cr_assert(eq(u32, of(pub)->adult_victims, 1u));
}

Test(hotspots, an_undated_event_is_of_the_as_of_day)
{
    const uint32_t grown = person("2004-06-30"), young = person("2004-07-01");
    const uint32_t park = place("park");

    event("incident", "", park);
    part(grown, "present");
    part(young, "present");
    find();
    cr_assert(eq(u32, of(park)->children, 1u));
    cr_assert(eq(u32, of(park)->recent_events + of(park)->earlier_events, 0u));
}

Test(hotspots, homes_and_service_places_stand_apart_and_are_not_ranked)
{
    const uint32_t one = child(), two = child();
    const uint32_t school = place("school"), park = place("park"), flat = place("flat");
    const uint32_t lodging = place("takeaway"), foster = place("foster_home");

    town.things[lodging].home = true; /* somebody lives there */
    for (int i = 0; i < 5; i++) {
        event_ago(i, school + (uint32_t)i);
        part(one, "victim");
        if (i != 1 && i != 2)
            part(two, "victim");
    }
    options.resamples = 200;
    find();
    cr_assert(eq(int, (int)of(school)->section, KITH_SERVICE_PLACE));
    cr_assert(eq(int, (int)of(flat)->section, KITH_HOME_PLACE));
    cr_assert(eq(int, (int)of(lodging)->section, KITH_HOME_PLACE));
    cr_assert(eq(int, (int)of(foster)->section, KITH_HOME_PLACE));
    cr_assert(eq(u32, of(park)->rank, 1u), "the only public place");
    cr_assert(eq(u32, of(school)->rank, 0u));
    cr_assert(eq(u32, of(flat)->rank_high, 0u));
    cr_assert(isnan(of(school)->score) && isnan(of(flat)->score));
    cr_assert(eq(u32, found.places[0].place, park));
    cr_assert(eq(u32, found.places[1].place, school));
    cr_assert(eq(u32, found.places[2].place, flat), "homes in the order of their ids");
}

Test(hotspots, kinds_that_are_not_of_risk_do_not_count_and_unknown_ones_are_named)
{
    const uint32_t one = child(), park = place("park");

    event("gathering", "2022-06-01", park);
    part(one, "present");
    event("youth_work", "2022-06-02", park);
    part(one, "present");
    event("flash mob", "2022-06-03", park);
    part(one, "present");
    event("flash mob", "2022-06-04", park);
    event("arrest_or_court", "2022-06-05", park);
    find();
    cr_assert(eq(u32, of(park)->events, 0u));
    cr_assert(eq(u32, of(park)->children, 0u));
    cr_assert(eq(sz, found.neutral_events, 2));
    cr_assert(eq(sz, found.unknown_kind_count, 2));
    cr_assert(eq(str, (char *)found.unknown_kinds[0].word, "flash mob"));
    cr_assert(eq(u32, found.unknown_kinds[0].events, 2u));
}

Test(hotspots, kinds_that_are_asked_for_count_alone)
{
    static const char *const kinds[] = { "Flash-Mob" };
    const uint32_t one = child(), two = child(), park = place("park");

    event("flash mob", "2022-06-03", park);
    part(one, "present");
    event("missing", "2022-06-04", park);
    part(two, "missing");
    options.kinds = kinds;
    options.kind_count = 1;
    find();
    cr_assert(eq(u32, of(park)->events, 1u));
    cr_assert(eq(u32, of(park)->children, 1u));
    cr_assert(eq(sz, found.unknown_kind_count, 0));
}

Test(hotspots, what_is_graded_e_changes_no_figure)
{
    const uint32_t one = child(), two = child(), park = place("park"), hotel = place("hotel");
    const uint32_t false_report = origin("police", "R9", '1', 'E');

    event_ago(3, park);
    part(one, "victim");
    part(two, "victim")->origin = false_report;
    part(one, "missing")->origin = origin("school", "R10", '3', 'E');
    event_ago(2, hotel)->origin = false_report;
    part(two, "victim");
    find();
    cr_assert(eq(u32, of(park)->children, 1u));
    cr_assert(eq(u32, of(park)->missing, 0u));
    cr_assert(eq(u32, of(park)->agencies, 0u), "who sent it is no agency behind the place");
    cr_assert(eq(u32, of(hotel)->children, 0u));
    cr_assert(eq(u32, of(hotel)->events, 0u));
    cr_assert(eq(sz, found.graded_false, 3));
}

/* severity x reliability x recency by hand: 3 x 1.0 x 1; 1 x 0.5 x 1/2; 2 x 0.6 x 1. */
Test(hotspots, weighted_events_are_the_sum_of_their_masses)
{
    const uint32_t park = place("park");

    kith_event_record *today = event_ago(0, park);
    today->severity = 3;
    today->origin = origin("police", "", '1', 'A');
    event_ago(90, park); /* no severity, ungraded, one half-life old */
    kith_event_record *undated = event("incident", "", park);
    undated->severity = 2;
    undated->origin = origin("health", "", '1', 'C');
    find();
    cr_assert(epsilon_eq(dbl, of(park)->weighted_events, 3 + 0.25 + 1.2, 1e-12));
    cr_assert(eq(u32, of(park)->events, 3u));
    cr_assert(eq(u32, of(park)->agencies, 2u), "an unnamed source is no agency");
    cr_assert(eq(sz, found.undated, 1));
}

Test(hotspots, one_report_of_two_agencies_counts_once)
{
    const uint32_t one = child(), two = child(), park = place("park"), pub = place("pub");
    const uint32_t police = origin("police", "REP-7", '1', 'A');
    const uint32_t school = origin("education", "REP-7", '1', 'C');

    event_ago(0, park)->origin = school;
    part(one, "victim");
    event_ago(0, park)->origin = police;
    part(one, "victim");
    part(two, "victim");
    event_ago(0, pub)->origin = police;
    find();
    cr_assert(eq(u32, of(park)->events, 1u));
    cr_assert(epsilon_eq(dbl, of(park)->weighted_events, 1.0, 1e-12), "the stronger of the two");
    cr_assert(eq(u32, of(park)->children, 2u));
    cr_assert(eq(u32, of(park)->agencies, 2u));
    cr_assert(eq(u32, of(pub)->events, 1u), "elsewhere it counts again");
    cr_assert(eq(sz, found.repeated_reports, 1));
}

Test(hotspots, equal_places_share_a_rank_and_the_next_one_is_skipped)
{
    const uint32_t one = child(), two = child();
    const uint32_t first = place("park"), second = place("pub"), third = place("shop");
    const uint32_t empty = place("street");

    for (uint32_t i = 0; i < 3; i++) {
        event_ago(5, first + i);
        part(one, "victim");
        if (first + i != third)
            part(two, "victim");
    }
    find();
    cr_assert(eq(u32, of(first)->rank, 1u));
    cr_assert(eq(u32, of(second)->rank, 1u));
    cr_assert(eq(u32, of(third)->rank, 3u));
    cr_assert(eq(u32, of(empty)->rank, 4u));
    cr_assert(eq(u32, of(empty)->children, 0u), "a place without people is listed");
    cr_assert(eq(sz, found.count, 4));
}

Test(hotspots, without_places_there_is_nothing_to_list)
{
    options.resamples = 200;
    options.gi_metres = 500;
    find();
    cr_assert(eq(sz, found.count, 0));
    child();
    event_ago(1, KITH_NOTHING);
    part(0, "missing");
    find();
    cr_assert(eq(sz, found.count, 0));
    cr_assert(eq(sz, found.without_place, 1));
}

/* ---- change ---- */

static void child_days(uint32_t where, uint32_t first_child, int children, int32_t first_ago,
                       int count)
{
    for (int i = 0; i < count; i++) {
        event_ago(first_ago + i, where);
        part(first_child + (uint32_t)(i % children), "missing");
    }
}

/* 0.25^3 = 1/64: domain section 6, point 4. */
Test(hotspots, three_of_three_recent_of_two_children_is_emerging)
{
    const uint32_t one = child(), park = (child(), place("park"));

    child_days(park, one, 2, 0, 3);
    find();
    cr_assert(eq(int, (int)of(park)->change, KITH_CHANGE_EMERGING));
    cr_assert(eq(dbl, of(park)->p_value, 0.015625));
    cr_assert(eq(dbl, of(park)->q_value, 0.015625), "the only place tested");
}

Test(hotspots, one_child_s_three_nights_alone_are_not_emerging)
{
    const uint32_t one = child(), park = place("park");

    child_days(park, one, 1, 0, 3);
    find();
    cr_assert(eq(dbl, of(park)->q_value, 0.015625));
    cr_assert(eq(int, (int)of(park)->change, KITH_CHANGE_RECENT));
}

Test(hotspots, a_child_counts_once_a_day)
{
    const uint32_t one = child(), two = child(), park = place("park");

    for (int i = 0; i < 6; i++) {
        event_ago(i % 2, park);
        part(one, "missing");
        part(two, "missing");
    }
    find();
    cr_assert(eq(u32, of(park)->recent_child_days, 4u));
    cr_assert(eq(u32, of(park)->recent_children, 2u));
}

/* With 8 of 9 recent P(X >= 8) = (9 x 3 + 1) / 4^9 = 28 / 262144; with 1 of 41 P(X <= 1) =
 * 0.75^41 + 41 x 0.25 x 0.75^40. Adjusted: two upper tests (9 and 41), one lower (41). */
Test(hotspots, more_than_chance_is_emerging_and_fewer_is_cooling)
{
    const uint32_t one = child(), vapes = (child(), child(), place("vape_shop"));
    const uint32_t slipway = place("harbour");

    child_days(vapes, one, 3, 5, 8);
    child_days(vapes, one, 3, 60, 1);
    child_days(slipway, one, 3, 20, 1);
    child_days(slipway, one, 3, 30, 40);
    find();
    cr_assert(epsilon_eq(dbl, of(vapes)->p_value, 28.0 / 262144, 1e-15));
    cr_assert(epsilon_eq(dbl, of(vapes)->q_value, 2 * 28.0 / 262144, 1e-15));
    cr_assert(eq(int, (int)of(vapes)->change, KITH_CHANGE_EMERGING));
    const double fewer = pow(0.75, 41) + 41 * 0.25 * pow(0.75, 40);
    cr_assert(epsilon_eq(dbl, of(slipway)->p_value, fewer, 1e-15));
    cr_assert(epsilon_eq(dbl, of(slipway)->q_value, fewer, 1e-15));
    cr_assert(eq(int, (int)of(slipway)->change, KITH_CHANGE_COOLING));
}

Test(hotspots, what_chance_may_do_is_persisting_recent_or_quiet)
{
    const uint32_t one = child(), two = child();
    const uint32_t both = place("park"), late = place("pub"), early = place("shop");
    const uint32_t never = place("street");

    (void)two;
    child_days(both, one, 2, 10, 1);
    child_days(both, one, 2, 50, 1);
    child_days(late, one, 2, 10, 2);
    child_days(early, one, 2, 50, 5);
    find();
    cr_assert(eq(int, (int)of(both)->change, KITH_CHANGE_PERSISTING));
    cr_assert(eq(int, (int)of(late)->change, KITH_CHANGE_RECENT));
    cr_assert(eq(int, (int)of(early)->change, KITH_CHANGE_QUIET));
    cr_assert(eq(int, (int)of(never)->change, KITH_CHANGE_QUIET));
    cr_assert(isnan(of(late)->q_value), "two child-days can never reach 0.05");
}

Test(hotspots, the_periods_are_the_last_28_days_and_the_84_before)
{
    static const int32_t ago[] = { 0, 27, 28, 111, 112 };
    const uint32_t one = child(), park = place("park");

    options.since = as_of - 364;
    for (size_t i = 0; i < 5; i++)
        child_days(park, one, 1, ago[i], 1);
    find();
    cr_assert(eq(u32, of(park)->events, 5u));
    cr_assert(eq(u32, of(park)->recent_child_days, 2u));
    cr_assert(eq(u32, of(park)->earlier_child_days, 2u));
    cr_assert(eq(u32, of(park)->earlier_events, 2u));
}

Test(hotspots, the_change_has_its_own_period_whatever_the_window)
{
    const uint32_t one = child(), park = place("park");

    child_days(park, one, 1, 3, 1);
    child_days(park, one, 1, 40, 2);
    options.since = as_of - 6;
    find();
    cr_assert(eq(u32, of(park)->events, 1u));
    cr_assert(eq(u32, of(park)->earlier_child_days, 2u));
    cr_assert(eq(int, (int)of(park)->change, KITH_CHANGE_PERSISTING));
}

Test(hotspots, a_network_that_does_not_reach_back_has_no_change)
{
    const uint32_t one = child(), park = place("park");

    child_days(park, one, 1, 3, 1);
    town.view.since = as_of - 110;
    options.since = town.view.since;
    find();
    cr_assert_not(found.change_tested);
    cr_assert(eq(int, (int)of(park)->change, KITH_CHANGE_UNKNOWN));
    cr_assert(eq(str, (char *)kith_place_change_word(of(park)->change), ""));
    town.view.since = options.since = as_of - 111;
    find();
    cr_assert(found.change_tested);
}

/* ---- intervals ---- */

/* Two places whose children, all different, are met once each. */
static void two_places(int many, int few)
{
    const uint32_t first = (uint32_t)town.thing_count;

    for (int i = 0; i < many + few; i++)
        child();
    const uint32_t busy = place("park"), calm = place("pub");
    for (int i = 0; i < many + few; i++) {
        event_ago(i % 100, i < many ? busy : calm);
        part(first + (uint32_t)i, "victim");
    }
    options.resamples = 200;
}

/* A resampled count is about Poisson with 0.9 times the children: 30 against 10 differ by
 * 18 with a standard deviation of 6, so they change places once in some hundreds. */
Test(hotspots, a_clear_order_has_a_narrow_interval)
{
    two_places(30, 10);
    find();
    cr_assert(eq(u32, found.places[0].rank_low, 1u));
    cr_assert(eq(u32, found.places[0].rank_high, 1u));
    cr_assert(eq(u32, found.places[1].rank_low, 2u));
    cr_assert(eq(u32, found.places[1].rank_high, 2u));
}

/* 16 against 10 differ by 5.4 with a standard deviation of 4.8: once in seven or eight. */
Test(hotspots, an_unclear_order_has_a_wide_interval)
{
    two_places(16, 10);
    find();
    cr_assert(eq(u32, found.places[0].rank, 1u));
    cr_assert(eq(u32, found.places[0].rank_high, 2u));
    cr_assert(eq(u32, found.places[1].rank_low, 1u));
}

static void meet(uint32_t where, int32_t ago, uint32_t first_child, uint32_t count)
{
    event_ago(ago, where);
    for (uint32_t i = 0; i < count; i++)
        part(first_child + i, "victim");
}

/* A child is drawn equally often at every place. The park has all of the pub's 32 children
 * and 8 more, each in eight events, so that no lost event matters: the pub could only come
 * first if none of the 8 were drawn, which is once in 3000. */
Test(hotspots, children_whom_two_places_share_move_both)
{
    for (int i = 0; i < 40; i++)
        child();
    const uint32_t park = place("park"), pub = place("pub");
    for (int repeat = 0; repeat < 8; repeat++) {
        meet(park, repeat, 0, 40);
        meet(pub, repeat, 0, 32);
    }
    options.resamples = 200;
    find();
    cr_assert(eq(u32, of(park)->rank_high, 1u));
    cr_assert(eq(u32, of(pub)->rank_low, 2u));
}

/* The park's 40 children rest on one event, which is lost in a tenth of the resamples. */
Test(hotspots, a_rank_that_rests_on_one_event_is_not_sure)
{
    for (int i = 0; i < 40; i++)
        child();
    const uint32_t park = place("park"), pub = place("pub");
    meet(park, 1, 0, 40);
    for (int repeat = 0; repeat < 8; repeat++)
        meet(pub, repeat, 0, 20);
    options.resamples = 200;
    find();
    cr_assert(eq(u32, of(park)->rank, 1u));
    cr_assert(eq(u32, of(park)->rank_low, 1u));
    cr_assert(eq(u32, of(park)->rank_high, 2u));
}

/* The park's 100 children are met once each, so a tenth is lost in every resample and the
 * pub, with 98 of them in every event, overtakes it almost always: the recorded ranks lie
 * outside of what the resamples give, and belong to the intervals all the same. */
Test(hotspots, an_interval_is_widened_to_the_recorded_rank)
{
    for (int i = 0; i < 100; i++)
        child();
    const uint32_t park = place("park"), pub = place("pub");
    for (uint32_t i = 0; i < 100; i++)
        meet(park, (int32_t)i, i, 1);
    for (int repeat = 0; repeat < 6; repeat++)
        meet(pub, repeat, 0, 98);
    options.resamples = 200;
    find();
    cr_assert(eq(u32, of(park)->rank, 1u));
    cr_assert(eq(u32, of(park)->rank_low, 1u));
    cr_assert(eq(u32, of(park)->rank_high, 2u));
    cr_assert(eq(u32, of(pub)->rank_low, 1u));
    cr_assert(eq(u32, of(pub)->rank_high, 2u));
}

Test(hotspots, every_interval_holds_its_rank_and_repeats_for_a_seed)
{
    uint32_t low[12], high[12];

    for (int i = 0; i < 60; i++)
        child();
    for (int i = 0; i < 12; i++)
        place("park");
    for (uint32_t i = 0; i < 400; i++) {
        event_ago((int32_t)(i % 110), 60 + i * i % 143 % 12);
        part(i * 7 % 60, "victim");
        if (i % 3 == 0)
            part(i * 7 % 60 + (i * 7 % 60 == 59 ? 0 : 1), "missing");
    }
    options.resamples = KITH_HOTSPOT_RESAMPLES;
    find();
    for (size_t i = 0; i < 12; i++) {
        const kith_hotspot *h = &found.places[i];
        cr_assert(le(u32, h->rank_low, h->rank));
        cr_assert(ge(u32, h->rank_high, h->rank));
        cr_assert(ge(u32, h->rank_low, 1u));
        cr_assert(le(u32, h->rank_high, 12u));
        low[i] = h->rank_low;
        high[i] = h->rank_high;
    }
    find();
    for (size_t i = 0; i < 12; i++) {
        cr_assert(eq(u32, found.places[i].rank_low, low[i]));
        cr_assert(eq(u32, found.places[i].rank_high, high[i]));
    }
}

/* Enough places for every thread to have its own, and enough resamples for them to meet. */
Test(hotspots, intervals_are_the_same_on_one_thread_and_on_four)
{
    enum { CHILDREN = 300, PLACES = 2000, EVENTS = 6000 };
    uint32_t low[PLACES], high[PLACES];

    for (uint32_t i = 0; i < CHILDREN; i++)
        child();
    const uint32_t first = (uint32_t)town.thing_count;
    for (uint32_t i = 0; i < PLACES; i++)
        place("park");
    for (uint32_t i = 0; i < EVENTS; i++) {
        event_ago((int32_t)(i % 100), first + i * 7 % PLACES);
        part(i * 31 % CHILDREN, "missing");
        part(i * 17 % CHILDREN, "missing");
    }
    options.resamples = 200;
    setenv("KITH_THREADS", "1", 1);
    find();
    for (uint32_t i = 0; i < PLACES; i++) {
        low[i] = of(first + i)->rank_low;
        high[i] = of(first + i)->rank_high;
    }
    setenv("KITH_THREADS", "4", 1);
    find();
    for (uint32_t i = 0; i < PLACES; i++) {
        cr_assert(eq(u32, of(first + i)->rank_low, low[i]));
        cr_assert(eq(u32, of(first + i)->rank_high, high[i]));
    }
}

/* Five at either place, of one name and birth, in so many events that all count in each resample: if
 * one were drawn as another is, the evidence, which is older in the pub, would decide each time. */
Test(hotspots, children_of_one_name_and_birth_are_drawn_apart)
{
    const uint32_t first = (uint32_t)town.thing_count;

    for (int i = 0; i < 10; i++)
        child();
    const uint32_t park = place("park"), pub = place("pub");
    for (int i = 0; i < 100; i++) {
        event_ago(i % 10 < 5 ? i / 10 : 60 + i / 10, i % 10 < 5 ? park : pub);
        part(first + (uint32_t)i % 10, "victim");
    }
    options.resamples = 200;
    find();
    cr_assert(eq(u32, of(park)->rank, 1u));
    cr_assert(eq(u32, of(park)->rank_high, 2u));
    cr_assert(eq(u32, of(pub)->rank_low, 1u));
}

/* Twelve who were always in the same events against three: if all twelve were drawn as one, they
 * would all be missing in a third of the resamples. */
Test(hotspots, children_of_the_same_events_are_drawn_apart)
{
    const uint32_t first = (uint32_t)town.thing_count;

    for (int i = 0; i < 15; i++)
        child();
    const uint32_t park = place("park"), pub = place("pub");
    for (int i = 0; i < 10; i++) {
        event_ago(i, i % 2 == 0 ? park : pub);
        for (uint32_t c = i % 2 == 0 ? 0 : 12; c < (i % 2 == 0 ? 12u : 15u); c++)
            part(first + c, "victim");
    }
    options.resamples = 200;
    find();
    cr_assert(eq(u32, of(park)->rank_high, 1u));
    cr_assert(eq(u32, of(pub)->rank_low, 2u));
}

/* Nobody's draws follow from others: a further child at a place far below changes nobody's interval. */
Test(hotspots, a_new_record_elsewhere_changes_no_other_interval)
{
    for (int i = 0; i < 40; i++)
        child();
    const uint32_t a = place("park"), b = place("pub"), c = place("shop");
    for (uint32_t i = 0; i < 36; i++) {
        event_ago((int32_t)i, i < 19 ? a : b);
        part(2 + i, "victim");
    }
    event_ago(100, c);
    part(39, "victim");
    options.resamples = 200;
    find();
    const kith_hotspot was_a = *of(a), was_b = *of(b);
    event_ago(99, c);
    part(0, "victim");
    find();
    cr_assert(eq(u32, of(c)->children, 2u));
    cr_assert(eq(u32, of(a)->rank_low, was_a.rank_low));
    cr_assert(eq(u32, of(a)->rank_high, was_a.rank_high));
    cr_assert(eq(u32, of(b)->rank_low, was_b.rank_low));
    cr_assert(eq(u32, of(b)->rank_high, was_b.rank_high));
}

Test(hotspots, without_resamples_an_interval_is_the_rank)
{
    two_places(3, 2);
    options.resamples = 0;
    find();
    cr_assert(eq(u32, found.places[1].rank_low, 2u));
    cr_assert(eq(u32, found.places[1].rank_high, 2u));
}

/* ---- score ---- */

/* igraph's personalised PageRank of the same weighted graph; people 0 to 4 are vertices 0
 * to 4, the places follow. Restart at the three children who are victims or missing. */
static void igraph_shares(double share[3], const double evidence[5][3], const double start[5])
{
    igraph_t graph;
    igraph_vector_int_t edges;
    igraph_vector_t weights, reset, result;

    igraph_vector_int_init(&edges, 0);
    igraph_vector_init(&weights, 0);
    igraph_vector_init(&reset, 8);
    igraph_vector_init(&result, 0);
    for (int i = 0; i < 5; i++) {
        VECTOR(reset)[i] = start[i];
        for (int j = 0; j < 3; j++) {
            if (evidence[i][j] == 0)
                continue;
            igraph_vector_int_push_back(&edges, i);
            igraph_vector_int_push_back(&edges, 5 + j);
            igraph_vector_push_back(&weights, evidence[i][j]);
        }
    }
    igraph_create(&graph, &edges, 8, IGRAPH_UNDIRECTED);
    igraph_personalized_pagerank(&graph, IGRAPH_PAGERANK_ALGO_PRPACK, &result, NULL,
                                 igraph_vss_all(), IGRAPH_UNDIRECTED, 0.85, &reset, &weights, NULL);
    for (int j = 0; j < 3; j++)
        share[j] =
            VECTOR(result)[5 + j] / (VECTOR(result)[5] + VECTOR(result)[6] + VECTOR(result)[7]);
    igraph_destroy(&graph);
    igraph_vector_int_destroy(&edges);
    igraph_vector_destroy(&weights);
    igraph_vector_destroy(&reset);
    igraph_vector_destroy(&result);
}

/* Ungraded events of today have mass 0.5; of severity 3, 1.5. */
Test(hotspots, the_score_is_igraph_s_personalised_pagerank)
{
    static const double evidence[5][3] = {
        { 0.5, 0, 0 }, { 0.5, 1.5, 0 }, { 0, 1.5, 0 }, { 0, 1.5, 0.5 }, { 0, 0, 1.0 }
    };
    static const double start[5] = { 1, 0, 1, 1, 0 };
    double share[3], sum = 0;
    uint32_t people[5];

    for (int i = 0; i < 5; i++)
        people[i] = i == 4 ? person("1985-03-03") : child();
    const uint32_t a = place("park"), b = place("pub"), c = place("shop");
    const uint32_t hospital = place("hospital");
    event_ago(0, a);
    part(people[0], "missing");
    part(people[1], "witness");
    event_ago(0, b)->severity = 3;
    part(people[1], "present");
    part(people[2], "victim");
    part(people[3], "victim");
    event_ago(0, c);
    part(people[3], "present");
    part(people[4], "alleged_perpetrator");
    event_ago(0, c);
    part(people[4], "alleged_perpetrator");
    event_ago(0, hospital);
    part(people[1], "victim");
    find();
    igraph_shares(share, evidence, start);
    for (uint32_t j = 0; j < 3; j++) {
        cr_assert(epsilon_eq(dbl, of(a + j)->score, share[j], 1e-9));
        sum += of(a + j)->score;
    }
    cr_assert(epsilon_eq(dbl, sum, 1.0, 1e-12));
    cr_assert(eq(int, (int)found.start, KITH_START_CHILDREN_OF_CONCERN));
    cr_assert(eq(sz, found.start_count, 3));
    cr_assert(isnan(of(hospital)->score));
    (void)b;
    (void)c;
}

/* The café has more children; but every child of concern, and the adult alleged, comes
 * together at the flat roof by strong recent evidence: score and rank disagree. */
Test(hotspots, the_score_never_decides_the_rank)
{
    for (int i = 0; i < 8; i++)
        child();
    const uint32_t cafe = place("cafe"), roof = place("car_park");
    event_ago(100, cafe);
    for (uint32_t i = 0; i < 5; i++)
        part(i, "present");
    for (int repeat = 0; repeat < 3; repeat++) {
        event_ago(repeat, roof)->severity = 3;
        for (uint32_t i = 4; i < 8; i++)
            part(i, "victim");
    }
    find();
    cr_assert(eq(u32, of(cafe)->rank, 1u));
    cr_assert(eq(u32, of(roof)->rank, 2u));
    cr_assert(gt(dbl, of(roof)->score, of(cafe)->score));
}

Test(hotspots, without_children_of_concern_the_score_starts_from_every_child)
{
    const uint32_t one = child(), two = child(), adult = person("1980-01-01");
    const uint32_t park = place("park"), pub = place("pub");

    event_ago(1, park);
    part(one, "present");
    part(two, "present");
    event_ago(1, pub);
    part(adult, "alleged_perpetrator");
    find();
    cr_assert(eq(int, (int)found.start, KITH_START_CHILDREN));
    cr_assert(eq(sz, found.start_count, 2));
    cr_assert(epsilon_eq(dbl, of(park)->score, 1.0, 1e-12));
    cr_assert(eq(dbl, of(pub)->score, 0.0), "nobody leads from the children to the pub");
}

Test(hotspots, without_children_the_score_starts_from_everybody)
{
    const uint32_t one = person("1980-01-01"), two = person("1981-01-01"), park = place("park");

    event_ago(1, park);
    part(one, "victim");
    part(two, "alleged_perpetrator");
    find();
    cr_assert(eq(int, (int)found.start, KITH_START_EVERYBODY));
    cr_assert(epsilon_eq(dbl, of(park)->score, 1.0, 1e-12));
}

Test(hotspots, without_people_there_is_no_score)
{
    const uint32_t park = place("park");

    event_ago(1, park);
    find();
    cr_assert(isnan(of(park)->score));
    cr_assert(eq(int, (int)found.start, KITH_START_NOBODY));
}

/* ---- Gi*, terms, refusals ---- */

Test(hotspots, gi_counts_all_events_of_public_places_with_coordinates)
{
    const uint32_t a = place("park"), b = place("pub"), c = place("shop"), d = place("street");
    const uint32_t nowhere = place("cafe"), flat = place("flat");
    static const double n = 4, counts[] = { 3, 1, 0, 0 };
    double mean = 1, variance = 0;

    for (uint32_t i = 0; i < 4; i++) /* a and b 111 m apart, c and d alone */
        locate(a + i, 53 + (i == 1 ? 0.001 : i), -1.5);
    locate(flat, 53.0005, -1.5);
    event_ago(1, a);
    event("flash mob", "2022-06-01", a);
    event("gathering", "2022-06-01", a);
    event_ago(1, b);
    event_ago(1, flat);
    event_ago(1, nowhere);
    event("missing", "2022-01-01", c); /* before the window */
    options.gi_metres = 500;
    find();
    for (int i = 0; i < 4; i++)
        variance += (counts[i] - mean) * (counts[i] - mean) / n;
    const double pair = (4 - 2 * mean) / (sqrt(variance) * sqrt((n * 2 - 4) / (n - 1)));
    const double alone = (0 - mean) / (sqrt(variance) * sqrt((n * 1 - 1) / (n - 1)));
    cr_assert(eq(sz, found.gi_places, 4));
    cr_assert(epsilon_eq(dbl, of(a)->gi_star_z, pair, 1e-12));
    cr_assert(epsilon_eq(dbl, of(b)->gi_star_z, pair, 1e-12));
    cr_assert(epsilon_eq(dbl, of(c)->gi_star_z, alone, 1e-12));
    cr_assert(isnan(of(nowhere)->gi_star_z) && isnan(of(flat)->gi_star_z));
    cr_assert(eq(sz, found.island_count, 2));
    cr_assert(eq(u32, found.islands[0], c));
    cr_assert(eq(u32, found.islands[1], d));
}

Test(hotspots, a_place_s_terms_add_up_to_its_figures)
{
    const uint32_t one = child(), two = person(""), park = place("park"), pub = place("pub");
    const uint32_t report = origin("police", "REP-1", '2', 'B');
    kith_hotspot_terms terms;
    double children = 0, weight = 0;
    int repeated = 0;

    event_ago(2, park)->origin = report;
    part(two, "victim");
    event_ago(40, park)->origin = report;
    part(one, "victim");
    event_ago(1, pub);
    event_ago(0, park);
    part(one, "witness");
    find();
    cr_assert(eq(int, kith_hotspot_explain(&terms, &town, &options, park, NULL), KITH_OK));
    for (size_t i = 0; i < terms.count; i++) {
        *(terms.terms[i].is_event ? &weight : &children) += terms.terms[i].value;
        repeated += terms.terms[i].repeated;
    }
    cr_assert(eq(sz, terms.count, 5));
    cr_assert(eq(u32, terms.terms[0].index, one));
    cr_assert(terms.terms[1].age_unknown);
    cr_assert(eq(dbl, children, (double)of(park)->children));
    cr_assert(epsilon_eq(dbl, weight, of(park)->weighted_events, 1e-9));
    cr_assert(eq(int, repeated, 1));
    kith_hotspot_terms_free(&terms);
}

Test(hotspots, only_a_place_has_terms)
{
    const uint32_t one = child();
    kith_hotspot_terms terms;
    kith_error err;

    place("park");
    cr_assert(eq(int, kith_hotspot_explain(&terms, &town, &options, one, &err), KITH_USAGE));
    cr_assert(
        eq(int, kith_hotspot_explain(&terms, &town, &options, KITH_NOTHING, &err), KITH_USAGE));
    cr_assert(strstr(err.message, "only a place") != NULL);
}

Test(hotspots, options_without_meaning_are_refused)
{
    static const char *const twice[] = { "missing", "Missing" };
    kith_error err;

    place("park");
    options.kinds = twice;
    options.kind_count = 2;
    cr_assert(eq(int, kith_hotspots_find(&found, &town, &options, &err), KITH_USAGE));
    cr_assert(strstr(err.message, "given twice") != NULL);
    options.kind_count = 0;
    options.resamples = KITH_HOTSPOT_RESAMPLES_MAX + 1;
    cr_assert(eq(int, kith_hotspots_find(&found, &town, &options, &err), KITH_USAGE));
    options.resamples = 0;
    options.gi_metres = -1;
    cr_assert(eq(int, kith_hotspots_find(&found, &town, &options, &err), KITH_USAGE));
    cr_assert(strstr(err.message, "at least 1 m") != NULL);
    cr_assert(eq(sz, found.count, 0));
}
