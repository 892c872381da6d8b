/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation fails once while somebody who may not see everything opens a hub, reads and
 * changes it: each time that is said, nothing leaks, and what they may not see is never found. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "allocations.h"
#include "hub.h"
#include "kith/access.h"
#include "kith/record.h"

enum { FIRST = 6, USUAL = 6, CLOSE = 400 }; /* of 165,000 allocations some fifty, or 2,500, are tried: close together at first */

static kith_error err;
static kith_policy *policy;

/* Rose is in the restricted case of the team east, Cy in an open one of the team west. */
static void make_town(void)
{
    begin_hub();
    cr_assert(eq(int, kith_policy_read(&policy, NULL, NULL, &err), KITH_OK));
    set_origin("school", "S1", "");
    add_person("ROSE", "2008-01-01");
    add_person("CY", "2008-03-03");
    add_event("E1", "missing", "2021-05-01", "", 2);
    add_part("E1", "ROSE", "missing");
    add_part("E1", "CY", "missing");
    run_sql("INSERT INTO casework (id, restricted, opened_at, opened_by) VALUES ('K1', 1, '', ''), ('K2', 0, '', '')");
    run_sql("INSERT INTO casework_team VALUES (1, 'east'), (2, 'west')");
    run_sql("INSERT INTO casework_entity SELECT 1, row FROM entity WHERE id = 'ROSE'");
    run_sql("INSERT INTO casework_entity SELECT 2, row FROM entity WHERE id = 'CY'");
    run_sql("INSERT INTO account (name, agency, added_at, added_by, revoked_at, revoked_by) VALUES ('open', 'school', '', '', '', '')");
    run_sql("INSERT INTO account_role VALUES (1, 'practitioner')");
    run_sql("INSERT INTO team_member VALUES ('west', 1)");
}

static void drop_town(void)
{
    kith_policy_free(policy);
    end_hub();
}

TestSuite(access_malloc, .init = make_town, .fini = drop_town);

static kith_status enter(kith_store *store, kith_view *view)
{
    kith_member *member = NULL;
    const kith_audience *whom;

    cr_assert(eq(int, kith_audience_find(&whom, policy, "case-team", &err), KITH_OK));
    kith_status status = kith_member_read(&member, store, policy, &err);
    if (status == KITH_OK)
        status = kith_member_view(view, store, member, whom, &err);
    kith_member_free(member);
    return status;
}

/* Cy is there, and Rose is not. */
static kith_status look(kith_store *store, const kith_view *view)
{
    kith_kind kind;
    int64_t row;
    kith_status status = kith_record_find(&kind, &row, store, view, "ROSE", &err);

    cr_assert(ne(int, status, KITH_OK), "what may not be seen was found");
    if (status == KITH_NOT_FOUND)
        status = kith_record_find(&kind, &row, store, view, "CY", &err);
    return status;
}

static kith_status open_and_look(void)
{
    kith_view view = view_of("2021-12-31", 0);
    kith_store *store = NULL;
    kith_status status = kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err);

    if (status == KITH_OK)
        status = enter(store, &view);
    if (status == KITH_OK)
        status = look(store, &view);
    if (status == KITH_OK)
        status = kith_store_begin(store, &err);
    if (status == KITH_OK) {
        status = look(store, &view);
        if (status == KITH_OK)
            status = kith_store_commit(store, &err);
        else
            kith_store_rollback(store);
    }
    if (status == KITH_OK)
        status = look(store, &view);
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
    cr_assert(eq(int, enter(store, &view), KITH_OK), "%s", err.message);
    for (long allowed = 0; status == KITH_NO_MEMORY; allowed += 1 + allowed / step) {
        kith_network network;
        allocations_left = allowed;
        status = kith_network_build(&network, store, &view, &err);
        allocations_left = -1;
        if (status == KITH_OK)
            kith_network_free(&network);
        cr_assert(eq(int, look(store, &view), KITH_OK), "%ld: %s", allowed, err.message);
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
