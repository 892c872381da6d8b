/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "hub.h"
#include "kith/reach.h"

static kith_network network;
static kith_store *store;
static kith_reach reach;
static kith_text text;

static void drop(void)
{
    kith_text_free(&text);
    kith_reach_free(&reach);
    kith_network_free(&network);
    kith_store_close(store);
    end_hub();
}

TestSuite(reach, .init = begin_hub, .fini = drop);

static const kith_place_reach *look(const char *place)
{
    const kith_view view = view_of("2022-06-30", 112);
    const kith_hotspots_options options = { .since = view.since };
    kith_error err;

    network = network_of(view);
    store = open_hub();
    cr_assert(eq(int, kith_reach_find(&reach, store, &network, &options, 1, &err), KITH_OK), "%s",
              err.message);
    return kith_place_reach_of(&reach, thing_called(&network, place));
}

static void people(int count)
{
    char id[] = "P1";

    for (int i = 0; i < count; i++, id[1]++)
        add_person(id, "2009-01-01");
    add_place("L1", "park");
    add_place("L2", "shop");
}

/* Everybody of a string of digits, missing together. */
static void together(const char *event, const char *at, const char *place, const char *who)
{
    char id[] = "P1";

    add_event(event, "missing", at, place, 0);
    for (; *who != '\0'; who++) {
        id[1] = *who;
        add_part(event, id, "missing");
    }
}

Test(reach, a_child_first_met_another_where_the_first_event_of_both_was)
{
    people(4);
    together("E1", "2022-05-01", "L1", "12");
    together("E2", "2022-05-02", "L2", "12");
    together("E3", "2022-05-03", "L2", "23");
    cr_assert(eq(u32, look("L1")->first_met, 2));
    cr_assert(eq(u32, kith_place_reach_of(&reach, thing_called(&network, "L2"))->first_met, 2), "2 and 3");
}

Test(reach, who_knew_each_other_before_the_window_did_not_first_meet_in_it)
{
    people(4);
    together("E0", "2019-05-01", "", "12");
    together("E1", "2022-05-01", "L1", "12");
    cr_assert(eq(u32, look("L1")->first_met, 0));
}

Test(reach, of_two_events_of_a_day_the_one_with_the_earlier_clock_time_is_first)
{
    people(2);
    together("E1", "2022-05-01", "L1", "12");
    together("E2", "2022-05-01T22:00", "L1", "12");
    together("E3", "2022-05-01T21:00", "L2", "12");
    cr_assert(eq(u32, look("L2")->first_met, 2));
    cr_assert(eq(u32, kith_place_reach_of(&reach, thing_called(&network, "L1"))->first_met, 0));
}

Test(reach, adults_of_concern_reporters_and_what_is_graded_e_meet_nobody)
{
    people(3);
    add_person("A1", "1980-01-01");
    add_event("E1", "incident", "2022-05-01", "L1", 0);
    add_part("E1", "P1", "victim");
    add_part("E1", "A1", "alleged_perpetrator");
    add_part("E1", "P2", "reporter");
    set_origin("rumour", "", "1E");
    together("E2", "2022-05-02", "L1", "13");
    cr_assert(eq(u32, look("L1")->first_met, 0));
}

/* Four who are missing together again and again are group A; one of them alone does not make
 * the group meet, two do. */
Test(reach, a_group_meets_where_two_of_its_members_are)
{
    people(5);
    add_link("P1", "P2", "friend", 0, "", "");
    together("E1", "2022-04-01", "", "1234");
    together("E2", "2022-04-08", "", "1234");
    together("E3", "2022-04-15", "", "1234");
    together("E4", "2022-05-01", "L1", "12");
    together("E5", "2022-05-02", "L2", "1");
    const kith_place_reach *park = look("L1");
    cr_assert(eq(sz, reach.group_count, 1));
    kith_place_groups_write(&text, park);
    cr_assert(eq(str, (char *)kith_text_string(&text), (char *)"A"));
    cr_assert(eq(sz, kith_place_reach_of(&reach, thing_called(&network, "L2"))->group_count, 0));
    cr_assert(eq(u32, park->first_met, 0), "they knew each other");
}

Test(reach, a_meeting_before_the_window_is_none_of_it)
{
    people(5);
    add_link("P1", "P2", "friend", 0, "", "");
    together("E1", "2022-01-01", "L1", "1234");
    together("E2", "2022-01-08", "L1", "1234");
    together("E3", "2022-01-15", "L1", "1234");
    cr_assert(eq(sz, look("L1")->group_count, 0));
    cr_assert(eq(sz, reach.group_count, 1));
}

Test(reach, an_empty_hub_has_none)
{
    kith_error err;
    const kith_view view = view_of("2022-06-30", 112);
    const kith_hotspots_options options = { .since = view.since };

    network = network_of(view);
    store = open_hub();
    cr_assert(eq(int, kith_reach_find(&reach, store, &network, &options, 1, &err), KITH_OK));
    cr_assert(eq(sz, reach.count, 0));
    cr_assert_null(kith_place_reach_of(&reach, 0));
}
