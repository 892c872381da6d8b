/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of the history and of an undo fails once: each is said, nothing is half done. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "allocations.h"
#include "hub.h"
#include "kith/decision.h"
#include "kith/history.h"

static kith_error err;
static kith_policy *policy;
static kith_member *member;
static kith_store *store;
static kith_view view;

static void set_up(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    view = view_of("2022-12-31", 0);
    cr_assert(eq(int, kith_policy_read(&policy, NULL, NULL, &err), KITH_OK));
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_member_read(&member, store, policy, &err), KITH_OK));
    cr_assert(eq(int, kith_decision_confirm(store, &view, "P1", "P2", 1656633600, &err), KITH_OK));
}

static void tear_down(void)
{
    kith_member_free(member);
    kith_store_close(store);
    kith_policy_free(policy);
    end_hub();
}

TestSuite(history_malloc, .init = set_up, .fini = tear_down);

static void expect_whole(kith_status status)
{
    kith_decisions decisions;

    cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%s", err.message);
    cr_assert(eq(int, kith_decisions_read(&decisions, store, &view, &err), KITH_OK));
    cr_assert(eq(sz, decisions.count, status == KITH_OK ? 0 : 1));
    kith_decisions_free(&decisions);
}

Test(history_malloc, an_undo_is_whole_or_not_there)
{
    kith_status status = KITH_NO_MEMORY;
    kith_undone undone;
    long allowed = 0;

    for (; status == KITH_NO_MEMORY; allowed++) {
        allocations_left = allowed;
        status = kith_undo(&undone, store, &view, member, 1, &err);
        allocations_left = -1;
        if (status != KITH_OK)
            expect_whole(status);
    }
    cr_expect(gt(long, allowed, 5));
    expect_whole(status);
}

Test(history_malloc, every_failure_of_the_lists_is_said)
{
    for (int which = 0; which < 3; which++) {
        kith_status status = KITH_NO_MEMORY;
        for (long allowed = 0; status == KITH_NO_MEMORY; allowed++) {
            kith_table table;
            allocations_left = allowed;
            status = which == 0   ? kith_history_list(&table, store, &view, NULL, &err)
                     : which == 1 ? kith_history_of(&table, store, &view, "P1", &err)
                                  : kith_history_change(&table, store, &view, 1, &err);
            allocations_left = -1;
            cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%s", err.message);
            if (status == KITH_OK)
                cr_expect(gt(sz, kith_table_rows(&table), 0));
            kith_table_free(&table);
        }
    }
}
