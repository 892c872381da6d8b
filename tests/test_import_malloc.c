/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_import_malloc.c: every allocation of a load fails once, and each time that is said,
 * nothing leaks and the hub stays as it was.
 *
 * SQLite does without some of what it asks for, so that a load may also succeed. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "allocations.h"
#include "hub.h"
#include "kith/bare.h"
#include "kith/hotspots.h"
#include "kith/import.h"
#include "kith/text.h"
#include "support.h"

TestSuite(import_malloc, .init = begin_hub, .fini = end_hub);

static void file(const char *folder, const char *name, const char *text)
{
    char *path = path_in(folder, name);

    write_file(path, text, strlen(text));
    free(path);
}

/* Known people with a correction and a repeat; new ones; a link, a role to be told of. */
static void write_second(const char *folder)
{
    file(folder, "persons.csv",
         "person_id,name,source,eyes\nP1,Adah,police,blue\nP2,Ben,school,\nP3,Cal,health,\n");
    file(folder, "events.csv", "event_id,kind,occurred_at\nE1,moon,2024-05-01\n");
    file(folder, "participations.csv", "event_id,person_id,role\nE1,P1,suspect\nE1,P3,\n");
    file(folder, "links.csv", "from_id,to_id,kind\nP1,P2,friend\nP1,P2,friend\n");
    file(folder, "truth.csv", "a\n");
    file(folder, "about.md", "a\n");
}

static kith_status load(kith_store *store, const char *folder, bool dry_run, kith_error *err)
{
    const kith_import_options options = { .dry_run = dry_run, .now = 1718452800 };
    const kith_view view = { .user = "analyst", .purpose = "", .audience = "case-team" };
    kith_import_report report;
    const kith_status status = kith_import(&report, store, &view, &folder, 1, &options, err);

    kith_import_report_free(&report);
    return status;
}

/* Every allocation of one load, in a store of its own each time, so that statements count too. */
static long try_with(long count, const char *folder)
{
    kith_error err = { 0 };
    kith_store *store = NULL;

    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK);
    allocations_asked = 0;
    allocations_left = count;
    const kith_status status = load(store, folder, true, &err);
    allocations_left = -1;
    kith_store_close(store);
    cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %d, %s", count, status,
              err.message);
    cr_assert(status == KITH_NO_MEMORY || count < 0 || allocations_asked > count, "after %ld", count);
    return allocations_asked;
}

Test(import_malloc, each_allocation_may_fail)
{
    char *folder = make_folder();
    kith_error err = { 0 };
    kith_store *store = NULL;

    file(folder, "persons.csv", "person_id,name,source\nP1,Ada,police\nP2,Ben,police\n");
    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK);
    cr_assert_eq(load(store, folder, false, &err), KITH_OK, "%s", err.message);
    kith_store_close(store);
    write_second(folder);
    const long all = try_with(-1, folder);
    cr_assert_gt(all, 100);
    for (long count = 0; count < all; count = next_allocation(count))
        try_with(count, folder);
    cr_assert_eq(try_with(-1, folder), all, "the hub is not as it was");
    drop_folder(folder);
}

/* A load that a second thread writes: some of its allocations, from the first to the last. */
Test(import_malloc, those_of_a_large_load_may_fail)
{
    enum { PEOPLE = 20000, POINTS = 16 };
    char *folder = make_folder();
    kith_text text = { 0 };

    kith_text_add(&text, "person_id,name,notes\n");
    for (int i = 0; i < PEOPLE; i++)
        kith_text_format(&text, "P%d,Ann %d,%s\n", i, i, "somebody of whom there is this to be said");
    file(folder, "persons.csv", kith_text_string(&text));
    kith_text_free(&text);
    const long all = try_with(-1, folder);
    for (long point = 0; point < POINTS; point++)
        try_with(all * point / POINTS, folder);
    drop_folder(folder);
}

static kith_status find_places(void *unused, kith_network *network, kith_error *err)
{
    const kith_hotspots_options options = { .since = network->view.since };
    kith_hotspots places;
    const kith_status status = kith_hotspots_find_last(&places, network, &options, err);

    (void)unused;
    if (status == KITH_OK)
        kith_hotspots_free(&places);
    return status;
}

/* Rows that are held, and the networks read from them: some of the allocations, the first ones each. */
static long try_held(long count, const char *folder)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_view view = view_of("2024-06-30", 365);
    kith_error err = { 0 };
    kith_store *store;
    kith_network network;
    kith_layer layer;

    cr_assert_eq(kith_store_open_memory(&store, true, &err), KITH_OK);
    allocations_asked = 0;
    allocations_left = count;
    kith_status status = load(store, folder, false, &err);
    if (status == KITH_OK) {
        status = kith_bare_read_events(&layer, &network, store, &view, &together, find_places, NULL, &err);
        kith_layer_free(&layer);
        kith_network_free(&network);
    }
    allocations_left = -1;
    cr_expect(!kith_store_wants_tables(store), "after %ld", count);
    kith_store_close(store);
    cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %d, %s", count, status, err.message);
    cr_assert(status == KITH_NO_MEMORY || count < 0 || allocations_asked > count, "after %ld", count);
    return allocations_asked;
}

Test(import_malloc, each_allocation_of_what_is_held_may_fail)
{
    char *folder = make_folder();

    write_second(folder);
    const long all = try_held(-1, folder);
    cr_assert_gt(all, 100);
    for (long count = 0; count < all; count += 1 + count / 16)
        try_held(count, folder);
    drop_folder(folder);
}
