/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of the lists of retention fails once, and each time that is said. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "allocations.h"
#include "hub.h"
#include "kith/retention.h"

Test(retention_malloc, every_failure_of_the_lists_is_said, .init = begin_hub, .fini = end_hub)
{
    const kith_view view = view_of("2026-12-31", 365);
    const kith_review review = { .erase = true, .reason = "why" };
    kith_error err;
    kith_store *store;

    set_origin("police", "R1", "");
    add_person("P1", "1980-01-01");
    add_event("E1", "incident", "2010-02-28", "", 0);
    add_part("E1", "P1", "victim");
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_retention_decide(store, &view, "P1", &review, 1656633600, &err), KITH_OK));
    for (int which = 0; which < 6; which++) {
        kith_status status = KITH_NO_MEMORY;
        for (long allowed = 0; status == KITH_NO_MEMORY; allowed++) {
            kith_table table = { 0 };
            allocations_left = allowed;
            status = which == 0   ? kith_retention_due(&table, store, &view, &(kith_due_options){ .all = true }, &err)
                     : which == 1 ? kith_retention_of(&table, store, &view, "P1", &err)
                     : which == 2 ? kith_retention_decisions(&table, store, &view, &err)
                     : which == 3 ? kith_retention_rules(&table, store, &view, &err)
                     : which == 4 ? kith_retention_left(&table, store, &view, NULL, &err)
                                  : kith_source_list(&table, store, &view, &err);
            allocations_left = -1;
            cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%s", err.message);
            if (status == KITH_OK)
                cr_expect(gt(sz, kith_table_rows(&table), 0), "list %d", which);
            kith_table_free(&table);
        }
    }
    kith_network network = network_of(view);
    kith_status status = KITH_NO_MEMORY;
    for (long allowed = 0; status == KITH_NO_MEMORY; allowed++) {
        bool *expired;
        size_t count;
        allocations_left = allowed;
        status = kith_retention_expired(&expired, &count, store, &network, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK ? count == 1 : status == KITH_NO_MEMORY && expired == NULL, "%s", err.message);
        free(expired);
    }
    kith_network_free(&network);
    kith_store_close(store);
}
