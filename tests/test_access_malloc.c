/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation fails once while somebody who may not see everything opens a hub, reads and
 * changes it: each time that is said, nothing leaks, and what they may not see is never found. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "allocations.h"
#include "cases.h"
#include "hub.h"

enum { FIRST = 6, USUAL = 6, CLOSE = 400 }; /* of 165,000 allocations some fifty, or 2,500, are tried: close together at first */

static kith_error err;
static kith_policy *policy;

static void make_town(void)
{
    begin_hub();
    cr_assert(eq(int, kith_policy_read(&policy, NULL, NULL, &err), KITH_OK));
    add_cases();
}

static void drop_town(void)
{
    kith_policy_free(policy);
    end_hub();
}

TestSuite(access_malloc, .init = make_town, .fini = drop_town);

static kith_status open_and_look(void)
{
    kith_view view = view_of("2021-12-31", 0);
    kith_store *store = NULL;
    kith_status status = kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err);

    if (status == KITH_OK)
        status = enter_cases(&view, store, policy, &err);
    if (status == KITH_OK)
        status = look_for_both(store, &view, &err);
    if (status == KITH_OK)
        status = kith_store_begin(store, &err);
    if (status == KITH_OK) {
        status = look_for_both(store, &view, &err);
        if (status == KITH_OK)
            status = kith_store_commit(store, &err);
        else
            kith_store_rollback(store);
    }
    if (status == KITH_OK)
        status = look_for_both(store, &view, &err);
    kith_store_close(store);
    return status;
}

/* SQLite undoes what it reads in when a step lacks memory, and the views with it. */
Test(access_malloc, nothing_hidden_is_found_in_the_same_hub_after_memory_ran_out)
{
    const long step = getenv("KITH_EVERY_ALLOCATION") != NULL ? CLOSE : USUAL;
    kith_view view = view_of("2021-12-31", 0);
    kith_status status = KITH_NO_MEMORY;
    kith_store *store = NULL;

    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_ONLY, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, enter_cases(&view, store, policy, &err), KITH_OK), "%s", err.message);
    for (long allowed = 0; status == KITH_NO_MEMORY; allowed += 1 + allowed / step) {
        kith_network network;
        allocations_left = allowed;
        status = kith_network_build(&network, store, &view, &err);
        allocations_left = -1;
        if (status == KITH_OK)
            kith_network_free(&network);
        cr_assert(eq(int, look_for_both(store, &view, &err), KITH_OK), "%ld: %s", allowed, err.message);
    }
    cr_expect(eq(int, status, KITH_OK), "%s", err.message);
    kith_store_close(store);
}

Test(access_malloc, nothing_hidden_is_found_when_memory_runs_out)
{
    const long step = getenv("KITH_EVERY_ALLOCATION") != NULL ? CLOSE : USUAL;
    kith_status status = KITH_NO_MEMORY;

    for (long allowed = 0; status == KITH_NO_MEMORY; allowed += allowed < FIRST ? 1 : 1 + allowed / step) {
        allocations_left = allowed;
        status = open_and_look();
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%ld: %s", allowed, err.message);
    }
}
