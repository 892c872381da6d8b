/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/alerts.h"
#include "kith/text.h"

static kith_error err;
static kith_store *store;
static kith_network network;
static kith_alerts alerts;
static kith_alerts_options options;

static void make_hub(void)
{
    begin_hub();
    options = (kith_alerts_options){ .late_days = 7 };
    add_place("S1", "school");
    add_place("S2", "school");
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_person("P3", "2008-01-01");
    run_sql("UPDATE person SET school = (SELECT row FROM entity WHERE id = 'S1') WHERE entity ="
            " (SELECT row FROM entity WHERE id = 'P1');"
            "UPDATE person SET school = (SELECT row FROM entity WHERE id = 'S2') WHERE entity ="
            " (SELECT row FROM entity WHERE id = 'P2')");
}

static void drop(void)
{
    kith_alerts_free(&alerts);
    kith_network_free(&network);
    kith_store_close(store);
    store = NULL;
    end_hub();
}

TestSuite(alerts, .init = make_hub, .fini = drop);

static void find_on(const char *day)
{
    kith_view view = view_of(day, 1);

    kith_alerts_free(&alerts);
    kith_network_free(&network);
    kith_store_close(store);
    view.since = kith_alerts_since(view.as_of, &options);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_OK));
    cr_assert(eq(int, kith_alerts_find(&alerts, store, &network, &options, &err), KITH_OK), "%s",
              err.message);
}

static void send_on(const char *day)
{
    find_on(day);
    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    cr_assert(eq(int, kith_alerts_record(store, &network.view, &alerts, &network, "none", 0, &err), KITH_OK));
    cr_assert(eq(int, kith_store_commit(store, &err), KITH_OK));
}

/* "S1 P1 E1 victim; ..." */
static const char *listed(void)
{
    static char out[1024];
    kith_text text = { 0 };

    for (size_t i = 0; i < alerts.count; i++) {
        const kith_alert *a = &alerts.items[i];
        kith_text_format(&text, "%s%s %s %s ", i > 0 ? "; " : "", a->school,
                         network.things[a->person].id, network.events[a->event].id);
        kith_alert_roles(&text, &network, a);
        if (a->late)
            kith_text_add(&text, " late");
    }
    snprintf(out, sizeof out, "%s", kith_text_string(&text));
    kith_text_free(&text);
    return out;
}

#define LISTED(expected) cr_expect(eq(str, (char *)listed(), expected))

static void victim_at(const char *event, const char *at)
{
    add_event(event, "assault", at, "", 0);
    add_part(event, "P1", "victim");
}

Test(alerts, a_day_goes_from_midnight_to_midnight)
{
    victim_at("E1", "2022-06-27T23:59");
    victim_at("E2", "2022-06-28T00:00");
    victim_at("E3", "2022-06-28T23:59");
    victim_at("E4", "2022-06-29T00:01");
    find_on("2022-06-28");
    LISTED("S1 P1 E2 victim; S1 P1 E3 victim");
}

/* On 2022-10-30 there are two half past ones and 25 hours; on 2022-03-27 no half past one and 23. */
Test(alerts, nights_on_which_the_clocks_change_lose_nothing)
{
    victim_at("E1", "2022-10-29T23:59");
    victim_at("E2", "2022-10-30T01:30");
    victim_at("E3", "2022-10-30T01:30+00:00");
    victim_at("E4", "2022-10-30T23:59");
    victim_at("E5", "2022-10-31T00:01");
    find_on("2022-10-30");
    LISTED("S1 P1 E2 victim; S1 P1 E3 victim; S1 P1 E4 victim");
    victim_at("F1", "2022-03-26T23:59");
    victim_at("F2", "2022-03-27T00:30");
    victim_at("F3", "2022-03-27T02:30");
    victim_at("F4", "2022-03-27T23:59");
    victim_at("F5", "2022-03-28T00:01");
    find_on("2022-03-27");
    LISTED("S1 P1 F2 victim; S1 P1 F3 victim; S1 P1 F4 victim");
}

Test(alerts, the_last_day_of_a_month_and_29_february_are_days)
{
    victim_at("E1", "2024-02-28T12:00");
    victim_at("E2", "2024-02-29");
    victim_at("E3", "2024-03-01T00:01");
    victim_at("E4", "2024-02");
    find_on("2024-02-29");
    LISTED("S1 P1 E2 victim");
    cr_expect(eq(sz, alerts.month_only, 1), "a month alone is no day");
    find_on("2024-03-01");
    LISTED("S1 P1 E3 victim");
}

Test(alerts, an_empty_day_has_an_empty_list)
{
    find_on("2022-06-28");
    cr_expect(eq(sz, alerts.count, 0));
}

Test(alerts, a_child_stands_once_an_event_with_all_roles_victim_first)
{
    add_event("E1", "assault", "2022-06-28T12:00", "", 0);
    add_part("E1", "P1", "alleged_perpetrator");
    add_part("E1", "P1", "victim");
    add_part("E1", "P2", "lookout");
    find_on("2022-06-28");
    LISTED("S1 P1 E1 victim+alleged_perpetrator; S2 P2 E1 lookout");
}

Test(alerts, a_child_without_a_school_comes_last)
{
    add_event("E1", "assault", "2022-06-28T09:00", "", 0);
    add_part("E1", "P3", "victim");
    add_event("E2", "assault", "2022-06-28T10:00", "", 0);
    add_part("E2", "P2", "witness");
    find_on("2022-06-28");
    LISTED("S2 P2 E2 witness;  P3 E1 victim");
}

Test(alerts, adults_reporters_papers_and_what_is_suspected_false_are_on_no_list)
{
    add_person("A1", "1990-01-01");
    add_person("U1", "");
    add_event("E1", "assault", "2022-06-28T09:00", "", 0);
    add_part("E1", "A1", "victim");
    add_part("E1", "U1", "victim");
    add_part("E1", "P1", "reporter");
    add_event("E2", "intelligence", "2022-06-28T09:00", "", 0);
    add_part("E2", "P1", "victim");
    add_event("E3", "picnic", "2022-06-28T09:00", "", 0);
    add_part("E3", "P1", "present");
    set_origin("police", "R1", "1E");
    add_event("E4", "assault", "2022-06-28T09:00", "", 0);
    add_part("E4", "P1", "victim");
    find_on("2022-06-28");
    LISTED(" U1 E1 victim");
    cr_expect(alerts.items[0].age_unknown);
    cr_expect(eq(sz, alerts.adults, 1));
    cr_expect(eq(sz, alerts.other_kinds, 2));
    cr_expect(eq(sz, alerts.graded_false, 1));
}

Test(alerts, a_child_is_a_child_until_the_day_of_turning_18)
{
    add_person("P9", "2004-06-28");
    add_event("E1", "assault", "2022-06-27T23:59", "", 0);
    add_part("E1", "P9", "victim");
    add_event("E2", "assault", "2022-06-28T00:01", "", 0);
    add_part("E2", "P9", "victim");
    find_on("2022-06-27");
    LISTED(" P9 E1 victim");
    find_on("2022-06-28");
    LISTED("");
}

Test(alerts, kinds_that_are_asked_for_stand_alone)
{
    static const char *const kinds[] = { "Knife incident" };

    victim_at("E1", "2022-06-28T09:00");
    add_event("E2", "knife_incident", "2022-06-28T09:00", "", 0);
    add_part("E2", "P1", "witness");
    options.kinds = kinds;
    options.kind_count = 1;
    find_on("2022-06-28");
    LISTED("S1 P1 E2 witness");
}

Test(alerts, what_becomes_known_late_is_on_the_next_list_once)
{
    victim_at("E1", "2022-06-20T09:00");
    send_on("2022-06-20");
    LISTED("S1 P1 E1 victim");
    victim_at("E2", "2022-06-20T10:00"); /* after its list was sent */
    victim_at("E3", "2022-06-19T10:00"); /* before there were lists */
    add_part("E1", "P2", "witness");     /* somebody more in an event that was sent */
    victim_at("E4", "2022-06-21T10:00");
    send_on("2022-06-21");
    LISTED("S1 P1 E2 victim late; S1 P1 E4 victim; S2 P2 E1 witness late");
    send_on("2022-06-21");
    LISTED("S1 P1 E2 victim late; S1 P1 E4 victim; S2 P2 E1 witness late");
    send_on("2022-06-22");
    LISTED("");
}

Test(alerts, a_day_that_was_missed_comes_with_the_next_list)
{
    send_on("2022-06-20");
    victim_at("E1", "2022-06-21T10:00");
    find_on("2022-06-22");
    LISTED("S1 P1 E1 victim late");
    options.late_days = 0;
    find_on("2022-06-22");
    LISTED("");
}

Test(alerts, records_that_are_one_child_give_one_school)
{
    add_person("Q1", "2008-01-01");
    run_sql("INSERT INTO sameness SELECT row, (SELECT row FROM entity WHERE id = 'P3') FROM entity"
            " WHERE id IN ('P3', 'Q1');"
            "UPDATE person SET school = (SELECT row FROM entity WHERE id = 'S2') WHERE entity ="
            " (SELECT row FROM entity WHERE id = 'Q1')");
    add_event("E1", "assault", "2022-06-28T09:00", "", 0);
    add_part("E1", "P3", "victim");
    add_part("E1", "Q1", "witness");
    find_on("2022-06-28");
    LISTED("S2 P3 E1 victim+witness");
}

Test(alerts, what_was_sent_can_be_read_later)
{
    kith_table table;
    const kith_view view = view_of("2022-06-28", 1);

    victim_at("E1", "2022-06-28T09:00");
    send_on("2022-06-28");
    cr_assert(eq(int, kith_alerts_sent(&table, store, &view, &err), KITH_OK));
    cr_assert(eq(sz, kith_table_rows(&table), 1));
    cr_expect(eq(str, table.cells[0].text, "2022-06-28"));
    cr_expect(eq(str, table.cells[5].text, "S1"));
    cr_expect(eq(str, table.cells[7].text, "P1"));
    cr_expect(eq(str, table.cells[8].text, "victim"));
    kith_table_free(&table);
}

Test(alerts, too_many_late_days_are_refused)
{
    const kith_view view = view_of("2022-06-28", 1);

    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_ONLY, &err), KITH_OK));
    cr_assert(eq(int, kith_network_build(&network, store, &view, &err), KITH_OK));
    options.late_days = 366;
    cr_expect(eq(int, kith_alerts_find(&alerts, store, &network, &options, &err), KITH_USAGE));
}
