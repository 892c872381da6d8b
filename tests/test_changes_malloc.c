/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_changes_malloc.c: every allocation on the way to the changes, and to kept letters, fails
 * once. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "allocations.h"
#include "hub.h"
#include "kith/changes.h"
#include "kith/keep.h"

TestSuite(changes_malloc, .init = begin_hub, .fini = end_hub);

static void fill(void)
{
    set_origin("police", "R1", "1A");
    add_person("A", "2008-01-01");
    add_person("B", "2008-01-01");
    add_person("C", "2008-01-01");
    add_event("E1", "missing", "2022-06-01", "", 0);
    add_part("E1", "A", "missing");
    add_link("A", "B", "friend", 0, "", "");
    add_link("B", "C", "friend", 0, "", "");
    add_link("A", "C", "friend", 0, "", "2022-06-20");
    run_sql("INSERT INTO batch (loaded_at, user, purpose, files, records)"
            " VALUES ('2022-06-10T00:00:00Z', 'open', '', 'test', 0);"
            "UPDATE link SET batch = 2 WHERE row = 1;"
            "INSERT INTO correction (batch, table_name, record, field, old_value, new_value)"
            " VALUES (2, 'event', 1, 'kind', 'incident', 'missing')");
}

static kith_status keep(kith_store *store, kith_error *err)
{
    const kith_view view = view_of("2022-06-30", 365);
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_peers_options usual = { .seed = 1, .least = 2 };
    kith_layer layer = { 0 };
    kith_peers peers = { 0 };
    kith_network network;
    kith_status status = kith_network_build(&network, store, &view, err);

    if (status == KITH_OK)
        status = kith_layer_build(&layer, &network, &together, err);
    if (status == KITH_OK)
        status = kith_peers_find(&peers, &layer, &usual, err);
    if (status == KITH_OK)
        status = kith_peers_keep(&peers, &layer, store, 1656633600, err);
    if (status == KITH_OK)
        status = kith_peers_take_letters(&peers, &layer, layer.network->view.as_of, NULL, NULL, store, err);
    kith_peers_free(&peers);
    kith_layer_free(&layer);
    kith_network_free(&network);
    return status;
}

static kith_status tell(kith_store *store, kith_error *err)
{
    static const char *const ids[] = { "A" };
    const kith_view view = view_of("2022-06-30", 365);
    const kith_changes_options options = { .load = 1, .as_of = view.as_of - 15, .ids = ids, .id_count = 1,
                                           .layer = { .layer = KITH_LAYER_TOGETHER },
                                           .peers = { .seed = 1, .least = 2 } };
    kith_table table;
    const kith_status status = kith_changes(&table, store, &view, &options, err);

    kith_table_free(&table);
    return status;
}

static void let_each_fail(kith_status (*go)(kith_store *, kith_error *), kith_store *store)
{
    kith_error err;
    kith_status status = KITH_NO_MEMORY;
    long failures = 0;

    cr_assert(eq(int, go(store, &err), KITH_OK), "%s", err.message); /* statements are prepared now */
    for (; status != KITH_OK && failures < 10000; failures++) {
        allocations_left = failures;
        status = go(store, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %s", failures,
                  err.message);
    }
    cr_assert(eq(int, status, KITH_OK));
    cr_assert(gt(long, failures, 30));
}

Test(changes_malloc, each_allocation_may_fail)
{
    kith_store *store;
    kith_error err;

    fill();
    cr_assert(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err) == KITH_OK);
    let_each_fail(keep, store);
    let_each_fail(tell, store);
    kith_store_close(store);
}
