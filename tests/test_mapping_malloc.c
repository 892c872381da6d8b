/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_mapping_malloc.c: every allocation of a mapped load, and of its undoing, fails once;
 * each time that is said, nothing leaks and the hub stays as it was. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "allocations.h"
#include "hub.h"
#include "kith/import.h"
#include "kith/mapping.h"
#include "support.h"

TestSuite(mapping_malloc, .init = begin_hub, .fini = end_hub);

static const kith_view view = { .user = "analyst", .purpose = "", .audience = "case-team" };

static void file(const char *folder, const char *name, const char *text)
{
    char *path = path_in(folder, name);

    write_file(path, text, strlen(text));
    free(path);
}

static const char mapping[] =
    "[file]\nencoding = CP1252\ndates = dd/mm/yyyy\nblank = n/k, \"-\"\nfill_down = Place\nignore_rows = Total\n"
    "[origin]\nsource = \"police\"\ngrade = Grade\n"
    "[locations]\nlocation_id = \"l:\" + Place\nname = Place\nrepeats = first\n"
    "[persons]\nwhen = Ref is not \"x\"\nperson_id = \"p:\" + Ref\nname = Name\ndob = DOB\nrepeats = first\n"
    "[events]\nevent_id = \"e:\" + @row\nkind = \"incident\"\noccurred_at = Day\nlocation_id = \"l:\" + Place\n"
    "[participations]\nevent_id = \"e:\" + @row\nperson_id = \"p:\" + Ref\nrole = Role\n"
    "[values role]\nOFFENDER = alleged_perpetrator\n";

static const char first[] = "Ref,Name,DOB,Day,Place,Role,Grade,Other\n1,Zo\xEB,,03/11/2021,Park,OFFENDER,1A,o\n";
static const char second[] = "Ref,Name,DOB,Day,Place,Role,Grade,Other\n1,Zoe,19/02/2007,04/11/2021,Park,victim,B24,o\n"
                             "2,Ann,n/k,04/11/2021,,,,\n2,Ann,n/k,04/11/2021,,,,\n,,,,,,,\nTotal,,,,,,,\n";

static char *ini, *csv;

static kith_status load(kith_store *store, bool dry_run, kith_error *err)
{
    const char *path = csv;
    const kith_import_options options = { .mapping = ini, .dry_run = dry_run, .full_extract = true, .now = 1718452800 };
    kith_import_report report;
    const kith_status status = kith_import(&report, store, &view, &path, 1, &options, err);

    kith_import_report_free(&report);
    return status;
}

/* One that came to its end would change the hub; a decision stands against it. */
static kith_status take_back(kith_store *store, kith_error *err)
{
    kith_table table;
    const kith_status status = kith_import_undo(&table, store, &view, 3, err);

    kith_table_free(&table);
    return status;
}

enum { NEXT_PLACE = -2 }; /* as a count: at the next place alone */

static bool more_places;

static long try_with(long count, bool undo)
{
    kith_error err = { 0 };
    kith_store *store = NULL;

    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK);
    allocations_asked = 0;
    allocations_left = count;
    if (count == NEXT_PLACE)
        allocations_try_next_place();
    const kith_status status = undo ? take_back(store, &err) : load(store, true, &err);
    allocations_left = -1;
    more_places = allocations_end_try();
    kith_store_close(store);
    const kith_status whole = undo ? KITH_POLICY : KITH_OK;
    cr_assert(status == whole || status == KITH_NO_MEMORY, "after %ld: %d, %s", count, status, err.message);
    return allocations_asked;
}

/* One fails and those after it are given again: nothing leans on a later one to fail too. */
static void fail_one_at_each_place(bool undo)
{
    do
        try_with(NEXT_PLACE, undo);
    while (more_places);
}

static void load_now(void)
{
    kith_error err = { 0 };
    kith_store *store = NULL;

    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK);
    cr_assert_eq(load(store, false, &err), KITH_OK, "%s", err.message);
    kith_store_close(store);
}

Test(mapping_malloc, each_allocation_may_fail)
{
    char *folder = make_folder();

    ini = path_in(folder, "m.ini");
    csv = path_in(folder, "x.csv");
    file(folder, "m.ini", mapping);
    file(folder, "x.csv", first);
    load_now();
    file(folder, "x.csv", second);
    const long all = try_with(-1, false);
    cr_assert_gt(all, 100);
    for (long count = 0; count < all; count = next_allocation(count))
        try_with(count, false);
    fail_one_at_each_place(false);
    cr_assert_eq(try_with(-1, false), all, "the hub is not as it was");
    drop_folder(folder);
    free(ini);
    free(csv);
}

Test(mapping_malloc, each_allocation_of_an_undoing_may_fail)
{
    char *folder = make_folder();

    ini = path_in(folder, "m.ini");
    csv = path_in(folder, "x.csv");
    file(folder, "m.ini", mapping);
    file(folder, "x.csv", first);
    load_now();
    file(folder, "x.csv", second);
    load_now();
    run_sql("INSERT INTO decision (one, other, same, user, purpose, decided_at, undone_at, undone_by)"
            " SELECT min(row), max(row), 0, 'analyst', '', '', '', '' FROM entity");
    const long all = try_with(-1, true);
    cr_assert_gt(all, 10); /* SQLite's own are counted only where it is linked in */
    for (long count = 0; count < all; count = next_allocation(count))
        try_with(count, true);
    fail_one_at_each_place(true);
    cr_assert_eq(try_with(-1, true), all, "the hub is not as it was");
    drop_folder(folder);
    free(ini);
    free(csv);
}

static const char net_mapping[] = "[file]\nformat = graphml\n[persons]\nrows = nodes\nperson_id = @id\nname = name\n[links]\nrows = edges\n"
                                  "from_id = @source\nto_id = @target\nkind = name\n";
static const char net[] = "<graphml><key id='n' attr.name='name'><default>x</default></key><graph id='g'><node id='a'><data key='n'><b>Ann</b> Bo</data>"
                          "<graph id='h'><node id='b'><desc>d</desc></node></graph></node><edge source='a' target='b'/></graph></graphml>";

Test(mapping_malloc, each_allocation_of_a_network_may_fail)
{
    char *folder = make_folder();

    ini = path_in(folder, "m.ini");
    csv = path_in(folder, "x.graphml");
    file(folder, "m.ini", net_mapping);
    file(folder, "x.graphml", net);
    const long all = try_with(-1, false);
    cr_assert_gt(all, 100);
    for (long count = 0; count < all; count = next_allocation(count))
        try_with(count, false);
    fail_one_at_each_place(false);
    cr_assert_eq(try_with(-1, false), all, "the hub is not as it was");
    drop_folder(folder);
    free(ini);
    free(csv);
}

Test(mapping_malloc, each_allocation_of_a_networks_draft_may_fail)
{
    char *folder = make_folder(), *path = path_in(folder, "x.graphml");
    kith_error err = { 0 };
    kith_status status = KITH_NO_MEMORY;

    file(folder, "x.graphml", net);
    for (long count = 0; status != KITH_OK; count++) {
        kith_text draft = { 0 };
        allocations_left = count;
        status = kith_mapping_draft(&draft, path, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %s", count, err.message);
        kith_text_free(&draft);
        cr_assert_lt(count, 1000);
    }
    drop_folder(folder);
    free(path);
}
