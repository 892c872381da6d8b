/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_find_malloc.c: every allocation of find fails once, by the index and without it, and
 * each time that is said and nothing leaks. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "../engine/find_private.h"
#include "allocations.h"
#include "kith/find.h"
#include "kith/import.h"
#include "support.h"

Test(find_malloc, every_failure_is_said)
{
    static const char people[] = "person_id,name,aliases,dob\n"
                                 "P1,Мария Smith,Ann;Anna,2009-05-13\nP2,Mohammed Khan,,2009-05\n";
    const kith_view view = { .user = "open", .purpose = "", .audience = "", .as_of = 19800 };
    kith_error err;
    kith_import_report report;
    kith_store *store;
    kith_table table;
    char *folder = make_folder(), *hub = path_in(folder, "hub.kith");
    char *file = path_in(folder, "persons.csv");
    const char *const path = file;

    cr_assert_eq(kith_store_create(hub, NULL, &err), KITH_OK);
    cr_assert_eq(kith_store_open(&store, hub, NULL, KITH_READ_WRITE, &err), KITH_OK);
    write_file(file, people, strlen(people));
    cr_assert_eq(kith_import(&report, store, &view, &path, 1, NULL, &err), KITH_OK);
    kith_import_report_free(&report);
    for (int by_index = 0; by_index <= 1; by_index++) {
        kith_status status = KITH_NO_MEMORY;
        for (long allowed = 0; status == KITH_NO_MEMORY; allowed++) {
            allocations_left = allowed;
            status = find_by(&table, store, &view, "мария smyth 2009", 5, by_index, &err);
            allocations_left = -1;
            cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%s", err.message);
            if (status == KITH_OK)
                cr_expect_eq(kith_table_rows(&table), 1);
            kith_table_free(&table);
        }
    }
    kith_store_close(store);
    free(file);
    free(hub);
    drop_folder(folder);
}
