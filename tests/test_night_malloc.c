/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_night_malloc.c: every allocation of comparing two nights and of making and
 * keeping a list of alerts fails once, and each time that is said and nothing leaks. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "allocations.h"
#include "hub.h"
#include "kith/alerts.h"
#include "kith/night.h"

static kith_error err;

static void make_hub(void)
{
    begin_hub();
    add_place("L1", "park");
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_event("E1", "assault", "2022-06-27T12:00", "L1", 0);
    add_part("E1", "P1", "victim");
    add_event("E2", "assault", "2022-06-28T23:00", "L1", 0);
    add_part("E2", "P1", "victim");
    add_part("E2", "P2", "witness");
}

TestSuite(night_malloc, .init = make_hub, .fini = end_hub);

Test(night_malloc, comparing_says_every_failure)
{
    kith_network now = network_of(view_of("2022-06-28", 112)), then = network_of(view_of("2022-06-27", 112));
    const kith_hotspots_options on = { .since = now.view.since }, before = { .since = then.view.since };
    kith_hotspots hot_now, hot_then;
    kith_night night;
    const kith_night_last last = { .day = now.view.as_of, .event = INT64_MAX };
    kith_status status = KITH_NO_MEMORY;

    cr_assert_eq(kith_hotspots_find(&hot_now, &now, &on, &err), KITH_OK);
    cr_assert_eq(kith_hotspots_find(&hot_then, &then, &before, &err), KITH_OK);
    for (long allowed = 0; status == KITH_NO_MEMORY; allowed++) {
        allocations_left = allowed;
        status = kith_night_compare(&night, &hot_now, &now, &on, &hot_then, &then, &before, &last, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY);
    }
    cr_expect_eq(night.places[0].new_children, 1);
    kith_night_free(&night);
    kith_hotspots_free(&hot_now);
    kith_hotspots_free(&hot_then);
    kith_network_free(&now);
    kith_network_free(&then);
}

Test(night_malloc, alerts_say_every_failure)
{
    const kith_alerts_options options = { .late_days = 7 };
    kith_network network = network_of(view_of("2022-06-28", 8));
    kith_store *store;
    kith_status status = KITH_NO_MEMORY;
    kith_alerts alerts;

    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK);
    for (long allowed = 0; status == KITH_NO_MEMORY; allowed++) {
        allocations_left = allowed;
        status = kith_alerts_find(&alerts, store, &network, &options, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%s", err.message);
    }
    cr_expect_eq(alerts.count, 2);
    status = KITH_NO_MEMORY;
    for (long allowed = 0; status == KITH_NO_MEMORY; allowed++) {
        cr_assert_eq(kith_store_begin(store, &err), KITH_OK);
        allocations_left = allowed;
        status = kith_alerts_record(store, &network.view, &alerts, &network, "none", 0, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%s", err.message);
        kith_store_rollback(store);
    }
    kith_alerts_free(&alerts);
    kith_store_close(store);
    kith_network_free(&network);
}
