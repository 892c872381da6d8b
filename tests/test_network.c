/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_network.c: a network holds what was recorded in the window, and in one order. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"

static kith_network network;
static kith_error err;

static void drop(void)
{
    kith_network_free(&network);
    end_hub();
}

TestSuite(network, .init = begin_hub, .fini = drop);

static void see(const char *as_of, int days)
{
    network = network_of(view_of(as_of, days));
}

Test(network, an_empty_hub_is_an_empty_network)
{
    uint32_t thing;

    see("2022-06-30", 365);
    cr_assert(eq(sz, network.thing_count, 0));
    cr_assert(eq(sz, network.event_count, 0));
    cr_assert(eq(sz, network.participation_count, 0));
    cr_assert(eq(sz, network.link_count, 0));
    cr_assert(eq(int, network.newest_day, INT32_MIN));
    cr_assert(eq(int, kith_network_find(&thing, &network, "P1", &err), KITH_NOT_FOUND));
}

Test(network, things_stand_by_kind_then_id)
{
    add_object("A", "phone");
    add_person("P10", "");
    add_place("L1", "park");
    add_person("P1", "");
    add_group("A", "peer_group");
    add_person("P2", "");
    see("2022-06-30", 365);

    const char *const expected[] = { "P1", "P10", "P2", "L1", "A", "A" };
    cr_assert(eq(sz, network.thing_count, 6));
    for (size_t i = 0; i < 6; i++)
        cr_assert(eq(str, (char *)network.things[i].id, (char *)expected[i]));
    cr_assert(eq(int, network.things[4].kind, KITH_GROUP));
    cr_assert(eq(int, network.things[5].kind, KITH_OBJECT));
    cr_assert(eq(str, (char *)network.things[5].name, "Label of A"));
    cr_assert(eq(str, (char *)network.things[3].word, "park"));
    cr_assert(network.things[3].meaning->known);
    cr_assert(isnan(network.things[3].lat));
}

Test(network, an_event_counts_on_the_day_it_occurred)
{
    add_event("before", "missing", "2022-05-31T23:59", "", 0);
    add_event("first", "missing", "2022-06-01T00:00", "", 2);
    add_event("last", "missing", "2022-06-30T23:59", "", 0);
    add_event("after", "missing", "2022-07-01", "", 0);
    add_event("undated", "missing", "", "", 0);
    add_event("month", "missing", "2022-06", "", 0);
    add_event("later month", "missing", "2022-07", "", 0);
    see("2022-06-30", 30);

    const char *const expected[] = { "first", "last", "month", "undated" };
    cr_assert(eq(sz, network.event_count, 4));
    for (size_t i = 0; i < 4; i++)
        cr_assert(eq(str, (char *)network.events[i].id, (char *)expected[i]));
    cr_assert(eq(i8, network.events[0].severity, 2));
    cr_assert(eq(int, network.events[3].at.precision, KITH_UNDATED));
}

Test(network, all_dates_bound_nothing)
{
    add_person("P1", "");
    add_person("P2", "");
    add_event("old", "missing", "1906-06-21", "", 0);
    add_event("coming", "missing", "2199-01-01", "", 0);
    add_link("P1", "P2", "friend", 0, "1900-01-01", "1901-01-01");
    see("2022-06-30", 0);
    cr_assert(eq(sz, network.event_count, 2));
    cr_assert(eq(sz, network.link_count, 1));
}

Test(network, a_link_counts_while_it_is_valid)
{
    add_person("A", "");
    add_person("B", "");
    add_link("A", "B", "before", 0, "2021-01-01", "2022-05-31");
    add_link("A", "B", "ends on the first day", 0, "2021-01-01", "2022-06-01");
    add_link("A", "B", "begins on the last day", 0, "2022-06-30", "");
    add_link("A", "B", "after", 0, "2022-07-01", "");
    add_link("A", "B", "standing", 0, "", "");
    add_link("A", "B", "over", 0, "", "2022-05-31");
    add_link("A", "B", "spans", 0, "2020-01-01", "2030-01-01");
    see("2022-06-30", 30);

    const char *const expected[] = { "begins on the last day", "ends on the first day", "spans",
                                     "standing" };
    cr_assert(eq(sz, network.link_count, 4));
    for (size_t i = 0; i < 4; i++)
        cr_assert(eq(str, (char *)network.links[i].word, (char *)expected[i]));
}

Test(network, participations_belong_to_their_event)
{
    add_person("B", "");
    add_person("A", "");
    add_event("E2", "missing", "2022-06-02", "", 0);
    add_event("E1", "missing", "2022-06-01", "", 0);
    add_event("old", "missing", "2012-06-01", "", 0);
    add_part("E2", "B", "witness");
    add_part("E2", "B", "victim");
    add_part("E2", "A", "missing");
    add_part("E1", "B", "present");
    add_part("old", "B", "present");
    see("2022-06-30", 365);

    cr_assert(eq(sz, network.participation_count, 4));
    const kith_event_record *second = &network.events[event_called(&network, "E2")];
    cr_assert(eq(u32, second->participation_count, 3));
    const kith_participation *p = &network.participations[second->first_participation];
    cr_assert(eq(u32, p[0].person, thing_called(&network, "A")));
    cr_assert(eq(int, p[1].role, KITH_VICTIM));
    cr_assert(eq(int, p[2].role, KITH_WITNESS));
    cr_assert(eq(u32, p[2].event, event_called(&network, "E2")));
}

Test(network, a_conviction_without_its_reference_is_alleged)
{
    add_person("A", "");
    add_person("B", "");
    add_event("E", "assault", "2022-06-01", "", 0);
    add_part("E", "A", "convicted_perpetrator");
    add_convicted_part("E", "B", "convicted_perpetrator", "T2022-1");
    see("2022-06-30", 365);
    cr_assert(eq(int, network.participations[0].role, KITH_ALLEGED_PERPETRATOR));
    cr_assert(eq(str, (char *)network.participations[0].word, "alleged_perpetrator"));
    cr_assert(eq(int, network.participations[1].role, KITH_CONVICTED_PERPETRATOR));
}

Test(network, an_unknown_role_is_kept_and_counts_as_present)
{
    add_person("A", "");
    add_event("E", "incident", "2022-06-01", "", 0);
    add_part("E", "A", "Flag bearer");
    see("2022-06-30", 365);
    cr_assert(eq(int, network.participations[0].role, KITH_PRESENT));
    cr_assert(eq(str, (char *)network.participations[0].word, "Flag bearer"));
}

/* Design 4.1: a place is a home if its kind says so or any lives_at points to it. */
Test(network, a_place_that_somebody_lives_at_is_a_home)
{
    add_person("A", "");
    add_place("flat above the shop", "shop");
    add_place("house", "home");
    add_place("park", "park");
    add_place("doubted", "park");
    add_place("later", "park");
    add_link("A", "flat above the shop", "Lives at", 0, "2010-01-01", "2012-01-01");
    add_link("A", "park", "frequents", 0, "", "");
    add_link("A", "later", "lives_at", 0, "2023-01-01", "");
    set_origin("police", "R1", "1E");
    add_link("A", "doubted", "lives_at", 0, "", "");
    see("2022-06-30", 365);
    cr_assert(network.things[thing_called(&network, "flat above the shop")].home);
    cr_assert(network.things[thing_called(&network, "house")].home);
    cr_assert(not(network.things[thing_called(&network, "park")].home));
    cr_assert(not(network.things[thing_called(&network, "doubted")].home));
    cr_assert(not(network.things[thing_called(&network, "later")].home));
}

Test(network, origins_carry_agency_report_and_grade)
{
    set_origin("police", "R7", "2B");
    add_person("A", "");
    set_origin("", "", "");
    add_person("B", "");
    see("2022-06-30", 365);
    const kith_origin *a = &network.origins[network.things[0].origin];
    const kith_origin *b = &network.origins[network.things[1].origin];
    cr_assert(eq(str, (char *)a->source, "police"));
    cr_assert(eq(str, (char *)a->report_ref, "R7"));
    cr_assert(eq(chr, a->grade.source, '2'));
    cr_assert(eq(chr, a->grade.info, 'B'));
    cr_assert(eq(str, (char *)b->source, ""));
    cr_assert(eq(chr, b->grade.source, 0));
}

Test(network, the_newest_day_is_not_after_as_of)
{
    add_person("A", "");
    add_event("E1", "missing", "2019-03-02T10:00", "", 0);
    add_event("E2", "missing", "2024-01-01", "", 0);
    see("2022-06-30", 365);
    cr_assert(eq(int, network.newest_day, kith_day(2019, 3, 2)));
    kith_network_free(&network);

    run_sql("INSERT INTO context SELECT 1, 1, 'peer', 'risk', '', '', 1, '2019-03', NULL, '', '',"
            " zeroblob(16), 1, origin, 1 FROM temp.current");
    see("2022-06-30", 365);
    cr_assert(eq(int, network.newest_day, kith_day(2019, 3, 31)));
}

Test(network, a_month_before_an_empty_window_counts_as_its_last_day)
{
    add_event("E1", "missing", "2021-11-29T23:30", "", 0);
    add_event("E2", "missing", "2021-11", "", 0);
    add_event("E3", "missing", "2021-10-31", "", 0);
    add_event("E4", "missing", "", "", 0);
    see("2022-06-30", 30);
    cr_assert(eq(int, network.newest_day, kith_day(2021, 11, 30)));
    cr_assert(eq(sz, network.event_count, 1)); /* the undated one */
}

/* Near in the hub to others that are out of the window, and far from each other. */
Test(network, people_at_the_events_of_a_window_are_read_wherever_they_stand)
{
    static const char *const dates[] = { "2022-06-30T09:00", "", "2022-06", "2022-06-01" };
    static const int places[] = { 2, 10, 11, 39 };
    char id[16];

    add_person("A", "");
    for (int i = 0, next = 0; i < 41; i++) {
        const bool seen = next < 4 && places[next] == i;
        snprintf(id, sizeof id, "E%02d", i);
        add_event(id, "missing", seen ? dates[next] : i % 2 ? "2022-05-31T23:59" : "2022-07", "", 0);
        add_part(id, "A", "missing");
        next += seen;
    }
    see("2022-06-30", 30);
    cr_assert(eq(sz, network.event_count, 4));
    cr_assert(eq(sz, network.participation_count, 4));
    for (uint32_t e = 0; e < 4; e++)
        cr_assert(eq(u32, network.events[e].participation_count, 1));
}

/* Rows are read some ahead: an event may take the last of them, all, and more. One is out of the window. */
Test(network, people_of_large_events_are_read_whole)
{
    enum { EVENTS = 5, PEOPLE = 200, PASSED = 1 };
    static const uint32_t sizes[EVENTS] = { 63, 2, 65, PEOPLE, 2 };
    char id[16];

    for (int i = 0; i < PEOPLE; i++) {
        snprintf(id, sizeof id, "P%03d", i);
        add_person(id, "");
    }
    for (int e = 0; e < EVENTS; e++) {
        char event[16];
        snprintf(event, sizeof event, "E%d", e);
        add_event(event, "missing", e == PASSED ? "2012-06-01" : "2022-06-01", "", 0);
        for (uint32_t i = 0; i < sizes[e]; i++) {
            snprintf(id, sizeof id, "P%03u", (unsigned)(PEOPLE - 1 - i));
            add_part(event, id, "missing");
        }
    }
    see("2022-06-30", 30);
    cr_assert(eq(sz, network.event_count, EVENTS - 1));
    cr_assert(eq(sz, network.participation_count, 63 + 65 + PEOPLE + 2));
    for (uint32_t e = 0; e < EVENTS - 1; e++) {
        const uint32_t size = sizes[e < PASSED ? e : e + 1];
        const kith_event_record *event = &network.events[e];
        cr_assert(eq(u32, event->participation_count, size));
        for (uint32_t i = 0; i < size; i++)
            cr_assert(eq(u32, network.participations[event->first_participation + i].person, PEOPLE - size + i));
    }
}

/* The same records, forwards or backwards. */
static void fill(bool backwards)
{
    static const char *const people[] = { "A", "B", "C" }, *const events[] = { "E1", "E2" };

    for (int i = 0; i < 3; i++)
        add_person(people[backwards ? 2 - i : i], "2008-01-01");
    for (int i = 0; i < 2; i++) {
        const char *event = events[backwards ? 1 - i : i];
        set_origin("police", event, strcmp(event, "E1") == 0 ? "1A" : "");
        add_event(event, "missing", "2022-06-01", "", 0);
        for (int j = 0; j < 3; j++)
            add_part(event, people[backwards ? 2 - j : j], j == 1 ? "missing" : "present");
        add_link("A", "B", "friend", 0, "", "");
    }
}

static void say(char *to, size_t size, const kith_network *of)
{
    size_t used = 0;

    for (size_t i = 0; i < of->participation_count; i++) {
        const kith_participation *p = &of->participations[i];
        const kith_origin *origin = &of->origins[p->origin];
        used += (size_t)snprintf(to + used, size - used, "%s %s %s %s\n", of->events[p->event].id,
                                 of->things[p->person].id, p->word, origin->report_ref);
    }
    for (size_t i = 0; i < of->link_count; i++)
        used += (size_t)snprintf(to + used, size - used, "%s %s %s\n",
                                 of->things[of->links[i].from].id, of->things[of->links[i].to].id,
                                 of->origins[of->links[i].origin].report_ref);
}

Test(network, the_order_of_loading_changes_nothing)
{
    char first[2000] = "", second[2000] = "";

    fill(false);
    see("2022-06-30", 365);
    say(first, sizeof first, &network);
    cr_assert(eq(sz, network.participation_count, 6));
    kith_network_free(&network);
    end_hub();

    begin_hub();
    fill(true);
    see("2022-06-30", 365);
    say(second, sizeof second, &network);
    cr_assert(eq(str, first, second));
}

/* Two children named each other a friend, in records without ids, one of them twice. Returns the day of
 * birth of whom the first of these links leads from. */
static int32_t first_to_say(const char *older, const char *younger, bool older_twice)
{
    add_person(older, "2008-01-01");
    add_person(younger, "2009-01-01");
    add_person("P9", "2008-06-01");
    add_link(older, "P9", "friend", 0, "", "");
    add_link(older_twice ? older : younger, older_twice ? younger : older, "friend", 0, "", "");
    add_link(younger, older, "friend", 0, "", "");
    add_link(older, younger, "friend", 0, "", "");
    see("2022-06-30", 365);
    cr_assert(eq(sz, network.link_count, 4));
    cr_expect(network.links[0].from != network.links[2].from);
    cr_expect(eq(i64, network.links[0].row.row + network.links[1].row.row + network.links[2].row.row +
                          network.links[3].row.row, 1 + 2 + 3 + 4), "each is there once");
    return network.things[network.links[0].from].born.day;
}

Test(network, which_of_two_opposite_links_is_first_does_not_follow_from_ids)
{
    const int32_t as_it_is = first_to_say("P1", "P2", false);

    for (int way = 1; way < 4; way++) {
        kith_network_free(&network);
        end_hub();
        begin_hub();
        cr_expect(eq(int, first_to_say(way & 1 ? "P2" : "P1", way & 1 ? "P1" : "P2", way > 1), as_it_is),
                  "way %d", way);
    }
}

Test(network, an_id_that_kinds_share_is_asked_back)
{
    uint32_t thing;

    add_person("7", "");
    add_place("7", "park");
    add_person("person:8", "");
    add_person("8", "");
    see("2022-06-30", 365);
    cr_assert(eq(int, kith_network_find(&thing, &network, "7", &err), KITH_NOT_FOUND));
    cr_assert_not_null(strstr(err.message, "person:7 or location:7"), "%s", err.message);
    cr_assert(eq(u32, thing, KITH_NOTHING));
    cr_assert(eq(int, network.things[thing_called(&network, "location:7")].kind, KITH_LOCATION));
    cr_assert(eq(str, (char *)network.things[thing_called(&network, "person:8")].id, "person:8"));
    cr_assert(eq(int, kith_network_find(&thing, &network, "group:7", &err), KITH_NOT_FOUND));
    cr_assert(eq(int, kith_network_find(&thing, &network, "", &err), KITH_NOT_FOUND));
}

Test(network, age_is_that_of_the_day)
{
    add_person("A", "2004-06-15");
    add_person("leap", "2004-02-29");
    add_person("month", "2004-06");
    add_person("unknown", "");
    see("2022-06-30", 365);
    const kith_thing *a = &network.things[thing_called(&network, "A")];
    const kith_thing *leap = &network.things[thing_called(&network, "leap")];
    const kith_thing *month = &network.things[thing_called(&network, "month")];
    const kith_thing *unknown = &network.things[thing_called(&network, "unknown")];
    cr_assert(eq(int, kith_thing_age_group(a, kith_day(2022, 6, 14)), KITH_CHILD));
    cr_assert(eq(int, kith_thing_age_group(a, kith_day(2022, 6, 15)), KITH_ADULT));
    cr_assert(eq(int, kith_thing_adult_from(a), kith_day(2022, 6, 15)));
    cr_assert(eq(int, kith_thing_age_group(leap, kith_day(2022, 2, 28)), KITH_CHILD));
    cr_assert(eq(int, kith_thing_age_group(leap, kith_day(2022, 3, 1)), KITH_ADULT));
    cr_assert(eq(int, kith_thing_adult_from(leap), kith_day(2022, 3, 1)));
    cr_assert(eq(int, kith_thing_adult_from(month), kith_day(2022, 6, 30)));
    cr_assert(eq(int, kith_thing_age_group(unknown, kith_day(2022, 6, 30)), KITH_AGE_UNKNOWN));
    cr_assert(eq(int, kith_thing_adult_from(unknown), INT32_MAX));
}

/* R4, design 3: under 18 at as-of or at any drawn event. */
Test(network, who_was_a_child_at_an_event_is_drawn_as_one)
{
    add_person("turned", "2004-03-01");
    add_person("linked", "2004-03-01");
    add_person("adult", "1990-03-01");
    add_person("grown", "2004-03-01");
    add_person("unknown", "");
    add_event("E", "missing", "2022-02-28", "", 0);
    add_event("late", "missing", "2022-03-01", "", 0);
    add_part("E", "turned", "missing");
    add_part("late", "turned", "missing");
    add_part("E", "adult", "present");
    add_part("late", "grown", "present");
    add_part("E", "unknown", "present");
    add_link("linked", "adult", "exploited_by_alleged", 0, "2022-02-01", "");
    see("2022-06-30", 365);
    cr_assert(kith_network_drawn_as_child(&network, thing_called(&network, "turned")));
    cr_assert(kith_network_drawn_as_child(&network, thing_called(&network, "linked")));
    cr_assert(not(kith_network_drawn_as_child(&network, thing_called(&network, "adult"))));
    cr_assert(not(kith_network_drawn_as_child(&network, thing_called(&network, "grown"))));
    cr_assert(not(kith_network_drawn_as_child(&network, thing_called(&network, "unknown"))));
    kith_network_free(&network);
    see("2022-02-28", 1);
    cr_assert(kith_network_drawn_as_child(&network, thing_called(&network, "grown")));
}

Test(network, a_date_of_another_hand_is_damage)
{
    kith_view view = view_of("2022-06-30", 365);
    kith_store *store = open_hub();

    add_event("E", "missing", "yesterday", "", 0);
    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_HUB));
    cr_assert_not_null(strstr(err.message, "event E"), "%s", err.message);
    cr_assert(eq(sz, network.event_count, 0));
    kith_store_close(store);
}

Test(network, a_reference_to_nothing_is_damage)
{
    kith_view view = view_of("2022-06-30", 365);
    kith_store *store = open_hub();

    add_person("A", "");
    add_event("E", "missing", "2022-06-01", "", 0);
    add_part("E", "A", "missing");
    run_sql("PRAGMA foreign_keys = OFF; DELETE FROM entity; DELETE FROM person");
    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_HUB));
    cr_assert_not_null(strstr(err.message, "a person"), "%s", err.message);
    kith_store_close(store);
}
