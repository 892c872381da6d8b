/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/date.h"
#include "kith/night.h"
#include "kith/text.h"

static kith_error err;
static kith_network now, then;
static kith_hotspots hot_now, hot_then;
static kith_hotspots_options options_now, options_then;
static kith_night night;
static kith_night_last last; /* event 0: knew every event */

static void make_hub(void)
{
    begin_hub();
    add_place("L1", "park");
    add_place("L2", "takeaway");
    add_place("S1", "school");
    for (int i = 1; i <= 6; i++) {
        char id[16];
        snprintf(id, sizeof id, "P%d", i);
        add_person(id, "2008-01-01");
    }
}

static void drop(void)
{
    kith_night_free(&night);
    kith_hotspots_free(&hot_now);
    kith_hotspots_free(&hot_then);
    kith_network_free(&now);
    kith_network_free(&then);
    end_hub();
}

TestSuite(night, .init = make_hub, .fini = drop);

static void visit(const char *event, const char *kind, const char *at, const char *place, const char *person)
{
    add_event(event, kind, at, place, 0);
    add_part(event, person, "victim");
}

/* What became of the two days' windows of 112 days. */
static void compare(const char *as_of_then, const char *as_of_now)
{
    now = network_of(view_of(as_of_now, 112));
    last.event = last.event != 0 ? last.event : INT64_MAX;
    then = network_of(view_of(as_of_then, 112));
    last.day = then.view.as_of + 1;
    options_now.since = now.view.since;
    options_then.since = then.view.since;
    cr_assert(eq(int, kith_hotspots_find(&hot_now, &now, &options_now, &err), KITH_OK));
    cr_assert(eq(int, kith_hotspots_find(&hot_then, &then, &options_then, &err), KITH_OK));
    cr_assert(eq(int, kith_night_compare(&night, &hot_now, &now, &options_now, &hot_then, &then, &options_then,
                                         &last, &err), KITH_OK), "%s", err.message);
}

static const kith_night_place *place(const char *id)
{
    const uint32_t thing = thing_called(&now, id);

    for (size_t i = 0; i < night.count; i++)
        if (night.places[i].now->place == thing)
            return &night.places[i];
    cr_assert(false, "no place %s", id);
    return NULL;
}

static const char *reasons(const char *id)
{
    static char out[1024];
    kith_text text = { 0 };

    kith_night_reasons(&text, place(id), then.view.as_of + 1);
    cr_assert(text.size < sizeof out);
    strcpy(out, kith_text_string(&text));
    kith_text_free(&text);
    return out;
}

Test(night, one_event_more_changes_the_row_of_its_place_and_no_other)
{
    visit("E1", "assault", "2022-06-20T12:00", "L1", "P1");
    visit("E2", "assault", "2022-06-20T12:00", "L2", "P2");
    visit("E3", "assault", "2022-06-29T13:00", "L1", "P3");
    compare("2022-06-28", "2022-06-29");
    cr_expect(eq(sz, night.changed, 1));
    cr_expect(place("L1")->changed);
    cr_expect(eq(u32, place("L1")->new_children, 1));
    cr_expect(eq(u32, place("L1")->new_events, 1));
    cr_expect(not(place("L2")->changed));
    cr_expect(eq(str, (char *)reasons("L1"), "1 child new since the report of Wednesday 29 June 2022 (1 new event)"));
    cr_expect(eq(str, (char *)reasons("L2"), ""));
}

Test(night, an_event_of_long_ago_that_came_since_is_new_and_late)
{
    visit("E1", "assault", "2022-06-20T12:00", "L1", "P1");
    visit("E2", "assault", "2022-06-10T12:00", "L1", "P2");
    visit("E3", "assault", "2022-06-29T12:00", "L2", "P2");
    last.event = 1;
    compare("2022-06-28", "2022-06-29");
    cr_expect(eq(u32, place("L1")->children_before, 1));
    cr_expect(eq(u32, place("L1")->new_children, 1));
    cr_expect(eq(u32, place("L1")->late_events, 1));
    cr_expect(eq(u32, place("L2")->late_events, 0));
    cr_expect(eq(str, (char *)reasons("L1"), "1 child new since the report of Wednesday 29 June 2022 (1 new event, "
                                             "1 of days before that)"));
}

Test(night, nothing_new_changes_nothing)
{
    visit("E1", "assault", "2022-06-20T12:00", "L1", "P1");
    compare("2022-06-28", "2022-06-29");
    cr_expect(eq(sz, night.changed, 0));
    cr_expect(night.compared);
}

Test(night, a_place_without_children_before_is_new_and_one_without_now_is_gone)
{
    visit("E1", "assault", "2022-03-09", "L1", "P1"); /* the first day of the earlier window */
    visit("E2", "assault", "2022-06-29T21:59", "L2", "P2");
    compare("2022-06-28", "2022-06-29");
    cr_expect(eq(int, place("L1")->news, KITH_NEWS_GONE));
    cr_expect(eq(int, place("L2")->news, KITH_NEWS_NEW));
    cr_expect(eq(int, place("S1")->news, KITH_NEWS_NOTHING));
    cr_expect(eq(sz, night.of_news[KITH_NEWS_NEW], 1));
    cr_expect(eq(str, (char *)reasons("L1"), "1 child is no longer counted; 1 event out of the window or corrected"));
}

Test(night, the_first_time_by_night_is_said_and_the_second_is_not)
{
    visit("E1", "assault", "2022-06-20T21:59", "L1", "P1");
    visit("E2", "assault", "2022-06-20T05:59", "L2", "P1");
    visit("E3", "assault", "2022-06-29T22:00", "L1", "P1");
    visit("E4", "assault", "2022-06-29T22:00", "L2", "P1");
    compare("2022-06-28", "2022-06-29");
    cr_expect(place("L1")->night_first);
    cr_expect(not(place("L2")->night_first));
    cr_expect(eq(str, (char *)reasons("L1"), "1 new event; first time between 22:00 and 06:00"));
}

Test(night, kinds_and_agencies_that_are_new_here_are_named)
{
    set_origin("police", "R1", "1A");
    visit("E1", "assault", "2022-04-20T12:00", "L1", "P1");
    visit("E2", "assault", "2022-06-21T12:00", "L1", "P2");
    set_origin("school", "R2", "");
    visit("E3", "robbery", "2022-06-29T12:00", "L1", "P1");
    compare("2022-06-28", "2022-06-29");
    cr_expect(eq(str, (char *)reasons("L1"), "1 new event; first robbery here; another agency records it too"));
}

/* Five children on five recent days and none before: p = 0.25^5 alone in the family. */
Test(night, a_place_that_has_become_emerging_says_what_it_was)
{
    visit("E1", "assault", "2022-06-25T12:00", "L1", "P1");
    visit("E2", "assault", "2022-06-26T12:00", "L1", "P2");
    visit("E3", "assault", "2022-06-29T12:00", "L1", "P3");
    visit("E4", "assault", "2022-06-29T13:00", "L1", "P4");
    compare("2022-06-28", "2022-06-29");
    cr_expect(eq(int, place("L1")->news, KITH_NEWS_EMERGING));
    cr_expect(eq(str, (char *)reasons("L1"), "2 children new since the report of Wednesday 29 June 2022 (2 new "
                                             "events); was recent: 4 child-days in 28 days, 0 in the 84 before"));
}

Test(night, a_day_goes_to_its_own_night_also_when_clocks_change)
{
    visit("E1", "assault", "2022-10-29T23:59", "L1", "P1");
    visit("E2", "assault", "2022-10-30T01:30", "L1", "P2");
    visit("E3", "assault", "2022-10-30T23:59", "L1", "P3");
    visit("E4", "assault", "2022-10-31T00:01", "L1", "P4");
    compare("2022-10-29", "2022-10-30");
    cr_expect(eq(u32, place("L1")->children_before, 1));
    cr_expect(eq(u32, place("L1")->new_children, 2));
    cr_expect(eq(u32, place("L1")->now->children, 3));
}

Test(night, the_end_of_february_is_a_night_like_others)
{
    visit("E1", "assault", "2024-02-28T23:59", "L1", "P1");
    visit("E2", "assault", "2024-02-29T00:01", "L1", "P2");
    visit("E3", "assault", "2024-03-01T00:01", "L1", "P3");
    compare("2024-02-28", "2024-02-29");
    cr_expect(eq(u32, place("L1")->new_children, 1));
    cr_expect(eq(u32, place("L1")->now->children, 2));
}

Test(night, the_first_report_calls_nothing_new)
{
    visit("E1", "assault", "2022-06-29T12:00", "L1", "P1");
    now = network_of(view_of("2022-06-29", 112));
    options_now.since = now.view.since;
    cr_assert(eq(int, kith_hotspots_find(&hot_now, &now, &options_now, &err), KITH_OK));
    cr_assert(eq(int, kith_night_compare(&night, &hot_now, &now, &options_now, NULL, NULL, NULL, NULL, &err), KITH_OK));
    cr_expect(not(night.compared));
    cr_expect(eq(sz, night.changed, 0));
    cr_expect(eq(int, place("L1")->news, KITH_NEWS_RECENT));
}

Test(night, a_hub_keeps_the_nights_that_were_reported)
{
    kith_store *store;
    const kith_view view = view_of("2022-06-29", 1);
    int32_t day;
    int64_t load;

    cr_assert(kith_day_read(&day, "2022-06-29"));
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_night_last_read(&last, store, &view, day, &err), KITH_OK));
    cr_expect(eq(i32, last.day, INT32_MIN));
    cr_assert(eq(int, kith_night_newest_load(&load, store, &view, &err), KITH_OK));
    cr_expect(eq(i64, load, 1), "that of the test's hub");
    cr_assert(eq(int, kith_night_record(store, &view, day - 2, 1, "00", 0, &err), KITH_OK));
    cr_assert(eq(int, kith_night_record(store, &view, day, 7, "00", 0, &err), KITH_OK));
    cr_assert(eq(int, kith_night_last_read(&last, store, &view, day, &err), KITH_OK));
    cr_expect(eq(i32, last.day, day - 2), "the night itself is none before it");
    cr_assert(eq(int, kith_night_last_read(&last, store, &view, day + 1, &err), KITH_OK));
    cr_expect(eq(i64, last.load, 7));
    kith_store_close(store);
}

Test(night, a_day_is_said_in_words)
{
    char words[KITH_DAY_WORDS_SIZE];

    kith_day_words(words, kith_day(2024, 2, 29));
    cr_expect(eq(str, words, "Thursday 29 February 2024"));
    kith_day_words(words, kith_day(2022, 12, 31));
    cr_expect(eq(str, words, "Saturday 31 December 2022"));
}
