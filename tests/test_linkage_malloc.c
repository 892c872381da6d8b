/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_linkage_malloc.c: every allocation of a list of suggestions, a decision and the
 * picture that follows fails once: it is said, and the hub is as before.
 *
 * The sanitizer's leak check of the whole process does the rest. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "allocations.h"
#include "hub.h"
#include "kith/decision.h"
#include "kith/linkage.h"
#include "kith/show.h"
#include "support.h"

TestSuite(linkage_malloc, .init = begin_hub, .fini = end_hub);

/* Undoes, so that every round decides anew. */
static kith_status use(kith_store *store, const kith_view *view, kith_error *err)
{
    kith_table list = { 0 }, shown = { 0 }, waterfall = { 0 };
    kith_network network = { 0 };
    kith_status status = kith_decision_confirm(store, view, "A", "B", 0, err);

    if (status == KITH_OK)
        status = kith_linkage_list(&list, store, view, KITH_PERSON, 0, err);
    if (status == KITH_OK)
        status = kith_linkage_waterfall(&waterfall, store, view, "A", "C", err);
    if (status == KITH_OK)
        status = kith_show(&shown, store, view, "B", err);
    if (status == KITH_OK)
        status = kith_network_build(&network, store, view, err);
    if (status == KITH_OK && (network.merged_count != 1 || kith_table_rows(&list) != 3))
        status = KITH_INTERNAL;
    kith_network_free(&network);
    kith_table_free(&list);
    kith_table_free(&shown);
    kith_table_free(&waterfall);
    return status;
}

static void fill(void)
{
    add_person("A", "2006-10-02");
    add_person("B", "2006-10-02");
    add_person("C", "2006-10-02");
    run_sql("UPDATE person SET name = 'Tamsin Quillmarsh', aliases = 'Tam', postcode = 'ZZ1 2MA',"
            " address = '3 Mussel Row', identifiers = 'nhs=943 476 5919;mosaic=HT40001', sex = 'F'");
}

Test(linkage_malloc, each_allocation_may_fail)
{
    const kith_view view = view_of("2022-06-30", 365);
    kith_store *store = NULL;
    kith_error err;
    kith_status status = KITH_NO_MEMORY;
    long failures = 0;

    fill();
    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK);
    cr_assert(eq(int, use(store, &view, &err), KITH_OK), "%s", err.message); /* statements are prepared now */
    for (; status != KITH_OK && failures < 10000; failures = next_allocation(failures)) {
        kith_decision_undo(store, &view, "A", "B", 0, &err);
        allocations_left = failures;
        status = use(store, &view, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %s", failures, err.message);
    }
    cr_assert(eq(int, status, KITH_OK));
    cr_assert(gt(long, failures, 60));
    kith_store_close(store);
}
