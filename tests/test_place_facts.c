/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "hub.h"
#include "kith/place_facts.h"
#include "town.h"

static kith_places_facts facts;
static kith_text text;

static void build(void)
{
    build_town();
    facts = (kith_places_facts){ 0 };
    text = (kith_text){ 0 };
}

static void drop(void)
{
    kith_text_free(&text);
    kith_places_facts_free(&facts);
    drop_town();
}

TestSuite(place_facts, .init = build, .fini = drop);

static const kith_place_facts *gather(uint32_t where)
{
    kith_error err;

    kith_places_facts_free(&facts);
    cr_assert(eq(int, kith_places_facts_find(&facts, &town, &options, NULL, &err), KITH_OK), "%s",
              err.message);
    return kith_place_facts_of(&facts, where);
}

static const char *words(void (*write)(kith_text *, const kith_place_facts *),
                         const kith_place_facts *of_place)
{
    kith_text_clear(&text);
    write(&text, of_place);
    return kith_text_string(&text);
}

Test(place_facts, kinds_stand_by_how_often_then_by_word)
{
    const uint32_t park = place("park"), quiet = place("park");

    event("missing", "2022-06-01", park);
    event("theft", "2022-06-02", park);
    event("assault", "2022-06-03", park);
    event("missing", "2022-06-04", park);
    event("missing", "2022-01-04", park)->severity = 1; /* before the window */
    cr_assert(eq(str, (char *)words(kith_place_kinds_write, gather(park)),
                 (char *)"missing 2, assault 1, theft 1"));
    cr_assert(eq(str, (char *)words(kith_place_kinds_write, gather(quiet)), (char *)""));
}

/* 2022-06-03 was a Friday, 2022-06-04 a Saturday. */
Test(place_facts, times_are_quarters_of_london_s_days)
{
    const uint32_t park = place("park");

    event("missing", "2022-06-03T18:00", park);
    event("missing", "2022-06-03T23:59", park);
    event("missing", "2022-06-04T00:01", park);
    event("missing", "2022-06-11T05:59", park);
    event("missing", "2022-06-24T19:00", park);
    event("missing", "2022-06-07T12:00", park);
    event("missing", "2022-06-08", park);
    const kith_place_facts *of_park = gather(park);
    cr_assert(eq(int, of_park->week[4][3], 3));
    cr_assert(eq(int, of_park->week[5][0], 2));
    cr_assert(eq(int, of_park->week[1][2], 1));
    cr_assert(eq(u32, of_park->timed, 6));
    cr_assert(eq(u32, of_park->untimed, 1));
    cr_assert(eq(str, (char *)words(kith_place_times_write, of_park),
                 (char *)"Fri 18-24 (3), Sat 00-06 (2) of 6 with a time"));
}

/* On 2022-03-27 clocks went from 01:00 to 02:00; 06:30 on the clock was 05:30 UTC, four hours
 * and a half after the day began. */
Test(place_facts, on_a_clock_change_night_the_clock_on_the_wall_counts)
{
    const uint32_t park = place("park");

    event("missing", "2022-03-27T06:30", park);
    event("missing", "2022-03-27T05:59", park);
    event("missing", "2021-10-31T05:59", park);
    options.since = as_of - 364;
    const kith_place_facts *of_park = gather(park);
    cr_assert(eq(int, of_park->week[6][1], 1));
    cr_assert(eq(int, of_park->week[6][0], 2));
}

Test(place_facts, equal_times_are_said_once_each_in_the_order_of_the_week)
{
    const uint32_t park = place("park");

    for (int week = 0; week < 2; week++) {
        event("missing", week ? "2022-06-06T10:00" : "2022-06-13T10:00", park);
        event("missing", week ? "2022-06-07T10:00" : "2022-06-14T10:00", park);
    }
    event("missing", "2022-06-08T10:00", park);
    cr_assert(eq(str, (char *)words(kith_place_times_write, gather(park)),
                 (char *)"Mon 06-12 (2), Tue 06-12 (2) of 5 with a time"));
}

Test(place_facts, times_that_never_repeat_are_spread)
{
    const uint32_t park = place("park");

    event("missing", "2022-06-06T10:00", park);
    event("missing", "2022-06-07T10:00", park);
    cr_assert(eq(str, (char *)words(kith_place_times_write, gather(park)),
                 (char *)"spread over 2 with a time"));
}

Test(place_facts, agencies_are_those_of_events_and_participations_but_not_what_is_graded_e)
{
    const uint32_t who = child(), park = place("park");
    const uint32_t police = origin("police", "", 0, 0), youth = origin("youth_work", "", 0, 0);
    const uint32_t liar = origin("rumour", "", '1', 'E');

    event("missing", "2022-06-01", park)->origin = youth;
    part(who, "missing")->origin = police;
    event("missing", "2022-06-02", park)->origin = police;
    part(who, "missing")->origin = liar;
    cr_assert(eq(str, (char *)words(kith_place_agencies_write, gather(park)),
                 (char *)"police, youth_work"));
}

Test(place_facts, protective_events_and_links_protect)
{
    static kith_link links[2];
    const uint32_t who = person("1980-01-01"), park = place("park");

    event("youth_work", "2022-06-01", park);
    event("youth_work", "2022-06-08", park);
    event("youth_work", "2022-01-08", park); /* before the window */
    links[0] = (kith_link){ .from = who,
                            .to = park,
                            .word = "guards",
                            .meaning = kith_word_meaning(KITH_LINK_WORD, "guards"),
                            .valence = KITH_PROTECTIVE };
    town.links = links;
    town.link_count = 1;
    cr_assert(eq(str, (char *)words(kith_place_protections_write, gather(park)),
                 (char *)"youth work session, 2 events; looks after the place"));
}

Test(place_facts, without_places_there_are_none)
{
    child();
    cr_assert_null(gather(0));
    cr_assert(eq(sz, facts.count, 0));
}

Test(place_facts, what_is_entered_of_a_place_is_said_newest_first, .init = begin_hub, .fini = end_hub)
{
    kith_error err;

    add_place("L1", "park");
    add_place("L2", "park");
    add_context("L1", "neighbourhood", "protective", "", "standing", 1, "", "");
    add_context("L1", "neighbourhood", "protective", "", "condition", 1, "2022-05-01", "");
    add_context("L1", "neighbourhood", "risk", "", "condition", 1, "2022-05-02", "");
    add_context("L1", "neighbourhood", "protective", "", "condition", 1, "2022-07-01", "");
    set_origin("rumour", "", "1E");
    add_context("L1", "neighbourhood", "protective", "", "condition", 1, "2022-05-03", "");
    run_sql("UPDATE context SET summary = 'a ' || nature");
    const kith_view view = view_of("2022-06-30", 365);
    kith_network network = network_of(view);
    kith_store *store = open_hub();
    const kith_hotspots_options all = { .since = view.since };
    kith_places_facts found_facts;
    cr_assert(eq(int, kith_places_facts_find(&found_facts, &network, &all, store, &err), KITH_OK),
              "%s", err.message);
    const kith_place_facts *of_park =
        kith_place_facts_of(&found_facts, thing_called(&network, "L1"));
    cr_assert(eq(sz, of_park->protection_count, 2));
    cr_assert(eq(str, (char *)words(kith_place_protections_write, of_park),
                 (char *)"a condition (2022-05-01); a standing"));
    cr_assert(eq(sz, kith_place_facts_of(&found_facts, thing_called(&network, "L2"))->protection_count, 0));
    kith_places_facts_free(&found_facts);
    kith_store_close(store);
    kith_network_free(&network);
    kith_text_free(&text);
}
