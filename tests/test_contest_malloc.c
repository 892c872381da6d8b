/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_contest_malloc.c: every allocation on the way of a contest fails once; each time that is said,
 * and what was half recorded is not there. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "allocations.h"
#include "hub.h"
#include "kith/contest.h"

static char id[KITH_CONTEST_ID_SIZE];
static kith_view view;

static kith_status record(kith_store *store, kith_error *err)
{
    const kith_new_contest contest = { .record = "E1", .person = "A", .role = "victim", .by = "parent",
                                       .reason = "at home", .on = view.as_of };

    return kith_contest_record(id, store, &view, &contest, err);
}

static kith_status settle(kith_store *store, kith_error *err)
{
    return kith_contest_settle(store, &view, id, true, "manager", "the school says so", view.as_of, err);
}

static kith_status list(kith_store *store, kith_error *err)
{
    kith_table table = { 0 };
    const kith_status status = kith_contests_list(&table, store, &view, "E1", false, err);

    if (status == KITH_OK)
        cr_assert(eq(sz, kith_table_rows(&table), 1));
    kith_table_free(&table);
    return status;
}

static size_t contests(kith_store *store, const char **state)
{
    kith_contests all;
    kith_error err;

    cr_assert(eq(int, kith_contests_read(&all, store, &view, &err), KITH_OK), "%s", err.message);
    const size_t count = all.count;
    *state = count == 0 ? "" : strcmp(all.list[0].state, "open") == 0 ? "open" : "settled";
    kith_contests_free(&all);
    return count;
}

/* One after the other at first; further on one in so many, unless every one is asked for. */
static long next(long allowed)
{
    enum { EACH = 40, STEP = 83 };

    return allowed < EACH || getenv("KITH_EVERY_ALLOCATION") != NULL ? allowed + 1 : allowed + STEP;
}

/* What fails leaves the hub as it was, so many contests, the newest in that state; or, where there is no
 * memory for what is said of it, with all of it done. */
static void let_each_fail(kith_status (*go)(kith_store *, kith_error *), size_t count, const char *was)
{
    kith_status status = KITH_NO_MEMORY;
    long allowed = 0;
    bool done = false;

    for (; status != KITH_OK && !done && allowed < 10000; allowed = next(allowed)) {
        const char *state;
        kith_store *store;
        kith_error err;
        cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
        allocations_left = allowed;
        status = go(store, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %s", allowed, err.message);
        done = contests(store, &state) != count || strcmp(state, was) != 0;
        kith_store_close(store);
    }
    cr_assert(status == KITH_OK || done);
    cr_assert(gt(long, allowed, 5));
}

Test(contest_malloc, each_allocation_may_fail, .init = begin_hub, .fini = end_hub)
{
    const char *state;

    view = view_of("2022-06-30", 365);
    add_person("A", "2008-01-01");
    add_event("E1", "incident", "2022-06-10", "", 0);
    add_part("E1", "A", "victim");
    let_each_fail(record, 0, "");
    let_each_fail(list, 1, "open");
    let_each_fail(settle, 1, "open");
    kith_store *store = open_hub();
    cr_expect(eq(sz, contests(store, &state), 1));
    cr_expect(eq(str, (char *)state, "settled"));
    kith_store_close(store);
}

Test(contest_malloc, a_store_whose_load_failed_loads_again, .init = begin_hub, .fini = end_hub)
{
    const char *state;
    kith_status status = KITH_NO_MEMORY;
    kith_error err;

    view = view_of("2022-06-30", 365);
    add_person("A", "2008-01-01");
    add_event("E1", "incident", "2022-06-10", "", 0);
    add_part("E1", "A", "victim");
    kith_store *store;
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    for (long allowed = 0; status != KITH_OK && allowed < 10000; allowed = next(allowed)) {
        allocations_left = allowed;
        status = record(store, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %s", allowed, err.message);
    }
    cr_expect(eq(sz, contests(store, &state), 1));
    kith_store_close(store);
}
