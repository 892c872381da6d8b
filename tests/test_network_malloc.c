/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_network_malloc.c: every allocation on the way from a hub to its ties fails once,
 * and each time that is said, nothing leaks and nothing is half made.
 *
 * The sanitizer's leak check of the whole process does the rest. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "allocations.h"
#include "hub.h"
#include "kith/together.h"

TestSuite(network_malloc, .init = begin_hub, .fini = end_hub);

static void fill(void)
{
    set_origin("police", "R2", "1A");
    add_person("C", "2008-01-01");
    add_person("B", "");
    add_person("A", "2008-01-01");
    add_place("L", "park");
    add_group("G", "peer_group");
    add_object("O", "phone");
    set_origin("council", "R1", "2B");
    add_event("E2", "missing", "2022-06-01", "L", 1);
    add_event("E1", "missing", "2022-06-02", "", 0);
    add_part("E2", "C", "missing");
    add_part("E2", "A", "missing");
    add_part("E1", "A", "missing");
    add_part("E1", "B", "victim");
    add_link("A", "B", "friend", 0, "", "");
    add_link("C", "G", "member_of", 0, "", "");
}

static kith_status see(kith_network *network, kith_store *store, kith_error *err)
{
    static const char *const roles[] = { "missing", "victim" };
    const kith_view view = view_of("2022-06-30", 365);
    const kith_layer_options all = { .layer = KITH_LAYER_ALL };
    const kith_layer_options options = { .roles = roles, .role_count = 2 };
    kith_together together = { 0 };
    kith_layer layer = { 0 };
    kith_status status = kith_network_build(network, store, &view, err);

    if (status == KITH_OK)
        status = kith_layer_build(&layer, network, &all, err);
    if (status == KITH_OK)
        status = kith_together_build(&together, network, &options, err);
    if (status == KITH_OK && (layer.graph.tie_count != 7 || together.pair_count != 2))
        status = KITH_INTERNAL;
    kith_together_free(&together);
    kith_layer_free(&layer);
    kith_network_free(network);
    return status;
}

/* The same near somebody. */
static kith_status see_near(kith_network *network, kith_store *store, kith_error *err)
{
    const char *id = "A";
    const kith_view view = view_of("2022-06-30", 365);
    const kith_status status = kith_network_build_near(network, store, &view, &id, 1, 1, 100, err);
    const bool is_right = network->thing_count == 5 && network->event_count == 2; /* all but the object */

    kith_network_free(network);
    return status == KITH_OK && !is_right ? KITH_INTERNAL : status;
}

static void fail_each(kith_status (*build)(kith_network *, kith_store *, kith_error *))
{
    kith_network network;
    kith_error err;
    kith_status status = KITH_NO_MEMORY;
    long failures = 0;

    fill();
    kith_store *store = open_hub();
    cr_assert(eq(int, build(&network, store, &err), KITH_OK)); /* statements are prepared now */
    for (; status != KITH_OK && failures < 10000; failures++) {
        allocations_left = failures;
        status = build(&network, store, &err);
        allocations_left = -1;
        cr_assert(eq(sz, network.thing_count, 0));
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %s", failures,
                  err.message);
    }
    cr_assert(eq(int, status, KITH_OK));
    cr_assert(gt(long, failures, 30));
    kith_store_close(store);
}

Test(network_malloc, each_allocation_may_fail)
{
    fail_each(see);
}

Test(network_malloc, each_allocation_near_somebody_may_fail)
{
    fail_each(see_near);
}
