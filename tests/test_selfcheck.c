/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <string.h>

#include "kith/selfcheck.h"
#include "town.h"

static kith_selfcheck check;

static void build(void)
{
    build_town();
    town.view.since = as_of - 999;
    check = (kith_selfcheck){ 0 };
}

static void drop(void)
{
    kith_selfcheck_free(&check);
    drop_town();
}

TestSuite(selfcheck, .init = build, .fini = drop);

static kith_status run(uint32_t months, uint32_t top)
{
    kith_error err;

    kith_selfcheck_free(&check);
    return kith_selfcheck_run(&check, &town, &options, months, top, &err);
}

static const kith_selfcheck_list *list(size_t month, kith_listing listing)
{
    return &check.months[month].lists[listing];
}

/* Before the month: five events of one child at A, two children once each at B. In the month:
 * three events of one child at A, one of another at B, one of a third at C. */
static void fill(void)
{
    uint32_t who[6];

    for (int i = 0; i < 6; i++)
        who[i] = child();
    const uint32_t a = place("park"), b = place("park"), c = place("park");
    place("park");
    for (int i = 0; i < 5; i++) {
        event_ago(40 + i, a);
        part(who[0], "missing");
    }
    event_ago(50, b);
    part(who[1], "missing");
    event_ago(51, b);
    part(who[2], "missing");
    for (int i = 0; i < 3; i++) {
        event_ago(27 - i, a);
        part(who[0], "missing");
    }
    event_ago(3, b);
    part(who[3], "missing");
    event_ago(0, c);
    part(who[4], "missing");
}

/* A place by hand: by children B is listed, by count A, in hindsight A; of five events B held
 * one and A three; one place of four. */
Test(selfcheck, each_list_is_held_against_the_month_after)
{
    fill();
    cr_assert(eq(int, run(1, 1), KITH_OK));
    cr_assert(eq(u32, check.places, 4));
    cr_assert(eq(u32, check.months[0].events, 5));
    cr_assert(eq(u32, check.months[0].children, 3));
    cr_assert(eq(int, check.months[0].listed_on, as_of - 28));
    cr_assert(eq(u32, list(0, KITH_LISTED_BY_CHILDREN)->events_hit, 1));
    cr_assert(epsilon_eq(dbl, list(0, KITH_LISTED_BY_CHILDREN)->hit_rate, 0.2, 1e-12));
    cr_assert(epsilon_eq(dbl, list(0, KITH_LISTED_BY_CHILDREN)->accuracy, 0.8, 1e-12));
    cr_assert(epsilon_eq(dbl, list(0, KITH_LISTED_BY_CHILDREN)->efficiency, 1 / 3.0, 1e-12));
    cr_assert(epsilon_eq(dbl, list(0, KITH_LISTED_BY_CHILDREN)->children_rate, 1 / 3.0, 1e-12));
    cr_assert(eq(u32, list(0, KITH_LISTED_BY_COUNT)->events_hit, 3));
    cr_assert(epsilon_eq(dbl, list(0, KITH_LISTED_BY_COUNT)->accuracy, 2.4, 1e-12));
    cr_assert(eq(u32, list(0, KITH_LISTED_IN_HINDSIGHT)->events_hit, 3));
    cr_assert(eq(dbl, list(0, KITH_LISTED_IN_HINDSIGHT)->efficiency, 1));
}

Test(selfcheck, a_list_knows_nothing_of_the_month_it_is_held_against)
{
    fill();
    run(1, 10);
    cr_assert(eq(u32, list(0, KITH_LISTED_BY_CHILDREN)->listed, 2), "C had no event before");
    cr_assert(eq(u32, list(0, KITH_LISTED_BY_COUNT)->listed, 2));
    cr_assert(eq(u32, list(0, KITH_LISTED_IN_HINDSIGHT)->listed, 3));
}

Test(selfcheck, months_add_up)
{
    fill();
    cr_assert(eq(int, run(3, 1), KITH_OK));
    cr_assert(eq(u32, check.months[1].events, 7));
    cr_assert(eq(u32, list(1, KITH_LISTED_BY_CHILDREN)->listed, 0), "nothing was known then");
    cr_assert(isnan(list(1, KITH_LISTED_BY_CHILDREN)->accuracy));
    cr_assert(isnan(list(2, KITH_LISTED_BY_CHILDREN)->hit_rate));
    cr_assert(eq(u32, check.all.events, 12));
    cr_assert(eq(u32, check.all.lists[KITH_LISTED_BY_COUNT].events_hit, 3));
    cr_assert(epsilon_eq(dbl, check.all.lists[KITH_LISTED_BY_COUNT].hit_rate, 0.25, 1e-12));
    cr_assert(epsilon_eq(dbl, check.all.lists[KITH_LISTED_BY_COUNT].accuracy, 3, 1e-12));
}

Test(selfcheck, the_words_say_who_won)
{
    kith_table table = { 0 };

    fill();
    run(1, 1);
    kith_selfcheck_table(&table, &check);
    cr_assert(eq(sz, kith_table_rows(&table), 2 * KITH_LISTINGS));
    cr_assert_not_null(strstr(table.notes[0], "of 5 events"));
    cr_assert_not_null(strstr(table.notes[0], "held 1 and a plain count of events 3: the plain count "
                                              "did better"));
    cr_assert_not_null(strstr(table.notes[0], "1 and 1 of 3: they did equally well"));
    kith_table_free(&table);
}

Test(selfcheck, an_empty_hub_has_nothing_to_check)
{
    kith_table table = { 0 };

    cr_assert(eq(int, run(2, 10), KITH_OK));
    kith_selfcheck_table(&table, &check);
    cr_assert_not_null(strstr(table.notes[0], "nothing to check"));
    kith_table_free(&table);
}

Test(selfcheck, what_has_no_meaning_is_refused)
{
    cr_assert(eq(int, run(0, 10), KITH_USAGE));
    cr_assert(eq(int, run(KITH_SELFCHECK_MONTHS_MAX + 1, 10), KITH_USAGE));
    cr_assert(eq(int, run(1, 0), KITH_USAGE));
}

Test(selfcheck, it_rests_on_the_window_or_the_112_days_before_the_first_list)
{
    cr_assert(eq(i32, kith_selfcheck_since(1000, 1000 - 111, 2), 1000 - 56 - 111));
    cr_assert(eq(i32, kith_selfcheck_since(1000, 1000 - 9, 2), 1000 - 56 - 111));
    cr_assert(eq(i32, kith_selfcheck_since(1000, 1000 - 364, 1), 1000 - 28 - 364));
}

/* The weeks that a spark line is drawn from, in the figures of a place. */
Test(selfcheck, the_weeks_of_a_place_hold_its_child_days)
{
    fill();
    find();
    const kith_hotspot *h = of(6);
    unsigned recent = 0, earlier = 0;
    for (int i = 0; i < KITH_HOTSPOT_WEEKS; i++)
        *(i < KITH_HOTSPOT_WEEKS - 4 ? &earlier : &recent) += h->weeks[i];
    cr_assert(eq(u32, recent, h->recent_child_days));
    cr_assert(eq(u32, earlier, h->earlier_child_days));
    cr_assert(eq(int, h->weeks[KITH_HOTSPOT_WEEKS - 1 - 25 / 7], 3), "25 to 27 days ago");
    cr_assert(eq(int, h->weeks[KITH_HOTSPOT_WEEKS - 1 - 41 / 7], 2), "40 and 41 days ago");
}
