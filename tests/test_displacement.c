/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "kith/displacement.h"
#include "kith/statistics.h"
#include "town.h"

enum { CHILDREN = 8 };

static kith_displacements moved;
static uint32_t who[2 * CHILDREN], slip, shop, pier;

static void build(void)
{
    build_town();
    moved = (kith_displacements){ 0 };
    for (int i = 0; i < 2 * CHILDREN; i++)
        who[i] = child();
    slip = place("car_park");
    shop = place("shop");
    pier = place("park");
}

static void drop(void)
{
    kith_displacements_free(&moved);
    drop_town();
}

TestSuite(displacement, .init = build, .fini = drop);

static kith_status look(double metres)
{
    kith_error err;

    find();
    kith_displacements_free(&moved);
    return kith_displacement_find(&moved, &town, &options, &found, metres, &err);
}

/* One child a day on so many days, the last of them `last` days ago; children in turn. */
static void days(uint32_t where, int count, int last, const uint32_t *children, int child_count)
{
    for (int i = 0; i < count; i++) {
        event_ago(last + i, where);
        part(children[i % child_count], "missing");
    }
}

/* 24 child-days before and none since: P(X = 0 of 24) = 0.75^24 = 0.001. */
static void slip_cools(void)
{
    days(slip, 24, 40, who, CHILDREN);
}

Test(displacement, a_place_that_warms_with_the_same_children_is_named)
{
    slip_cools();
    days(shop, 6, 1, who, 3);
    cr_assert(eq(int, look(0), KITH_OK));
    cr_assert(eq(sz, moved.cooling, 1));
    cr_assert(eq(sz, moved.count, 1));
    const kith_displacement *d = &moved.items[0];
    cr_assert(eq(u32, d->from, slip));
    cr_assert(eq(u32, d->to, shop));
    cr_assert(eq(u32, d->shared, 3));
    cr_assert(eq(u32, d->followed, 3));
    cr_assert(eq(u32, d->recent_children, 3));
    cr_assert(epsilon_eq(dbl, d->p_value, pow(0.25, 6), 1e-15));
    cr_assert(eq(dbl, d->q_value, d->p_value), "one place was asked about");
    cr_assert(isnan(d->metres));
}

/* 1 km is 0.009 degrees of latitude. */
Test(displacement, a_place_that_warms_nearby_is_named_whoever_is_there)
{
    slip_cools();
    days(shop, 6, 1, who + CHILDREN, 3);
    locate(slip, 53, -1.5);
    locate(shop, 53.0089, -1.5);
    look(1000);
    cr_assert(eq(sz, moved.count, 1));
    cr_assert(moved.items[0].near);
    cr_assert(eq(u32, moved.items[0].shared, 0));
    locate(shop, 53.0091, -1.5);
    look(1000);
    cr_assert(eq(sz, moved.count, 0), "too far, and no child in common");
    look(0);
    cr_assert(eq(sz, moved.tested, 0));
}

Test(displacement, one_shared_child_says_nothing)
{
    slip_cools();
    days(shop, 3, 1, who, 1);
    days(shop, 4, 1, who + CHILDREN, 4);
    look(0);
    cr_assert(eq(sz, moved.tested, 0));
}

Test(displacement, a_place_that_does_not_warm_is_not_named)
{
    slip_cools();
    days(shop, 2, 1, who, 2);
    days(shop, 6, 40, who, 2);
    look(0);
    cr_assert(eq(sz, moved.tested, 1));
    cr_assert(eq(sz, moved.count, 0));
}

/* 5 of 9: P = 0.0489, less than 0.05 for one place asked about, more for two. */
Test(displacement, what_is_asked_about_is_what_is_adjusted_for)
{
    cr_assert(epsilon_eq(dbl, kith_binomial_upper(5, 9, 0.25), 0.04893, 1e-5));
    slip_cools();
    days(shop, 5, 1, who, 3);
    days(shop, 4, 40, who, 3);
    days(pier, 3, 50, who + CHILDREN, 3);
    look(0);
    cr_assert(eq(sz, moved.tested, 1), "the pier shares nobody");
    cr_assert(eq(sz, moved.count, 1));
    cr_assert(eq(int, of(shop)->change, KITH_CHANGE_PERSISTING), "among all it is not emerging");
    days(pier, 3, 60, who, 3);
    look(0);
    cr_assert(eq(sz, moved.tested, 2));
    cr_assert(eq(sz, moved.count, 0));
}

Test(displacement, one_child_s_nights_alone_are_no_warming)
{
    slip_cools();
    days(shop, 6, 1, who, 1);
    days(shop, 1, 40, who + 1, 1);
    look(0);
    cr_assert(eq(sz, moved.tested, 1));
    cr_assert(eq(sz, moved.count, 0));
}

Test(displacement, homes_and_schools_are_neither)
{
    slip_cools();
    days(shop, 6, 1, who, 3);
    town.things[shop].home = true;
    look(0);
    cr_assert(eq(sz, moved.tested, 0));
    town.things[shop].home = false;
    town.things[slip].meaning = kith_word_meaning(KITH_PLACE_WORD, "school");
    look(0);
    cr_assert(eq(sz, moved.cooling, 0));
}

Test(displacement, a_network_too_short_has_none)
{
    slip_cools();
    town.view.since = as_of - 30;
    cr_assert(eq(int, look(0), KITH_OK));
    cr_assert(eq(sz, moved.cooling, 0));
}

Test(displacement, a_distance_without_meaning_is_refused)
{
    cr_assert(eq(int, look(-1), KITH_USAGE));
    cr_assert(eq(int, look(NAN), KITH_USAGE));
    cr_assert(eq(int, look(INFINITY), KITH_USAGE));
}
