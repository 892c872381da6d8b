/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marker words are put into everything that is recorded of one person, and looked for in the
 * bytes of the hub (an open one, whose bytes can be read) and of its audit log. */
#define _GNU_SOURCE /* memmem */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/access.h"
#include "kith/audit.h"
#include "kith/check.h"
#include "kith/decision.h"
#include "kith/erase.h"
#include "kith/find.h"
#include "kith/import.h"
#include "kith/panel.h"
#include "kith/record.h"
#include "support.h"

static kith_error err;
static kith_view view;
static char *folder, *hub;

static const struct {
    const char *file, *text;
} files[] = {
    { "persons.csv", "person_id,name,aliases,dob,postcode,address,identifiers,notes,school_id\n"
                     "zqmark1,Zqmarkname Zqmarksurname,Zqmarkalias,2008-03-04,NG1 1ZZ,1 Zqmarkstreet,nhs=zqmark99,zqmarknote,S1\n"
                     "P2,Ordinary Person,,2008-01-01,,,,,S1\n"
                     "P3,Another Person,,2008-01-02,,,,her friend Zqmarkname Zqmarksurname,S1\n" },
    { "locations.csv", "location_id,name,kind\nS1,A school,school\nH1,Zqmarkhome,home\nT1,A takeaway,takeaway\n" },
    { "events.csv", "event_id,kind,occurred_at,location_id,summary\n"
                    "E1,missing,2022-01-05,T1,zqmarkevent alone\nE2,incident,2022-02-05,T1,with another\n" },
    { "participations.csv", "event_id,person_id,role\nE1,zqmark1,missing\nE2,zqmark1,victim\nE2,P2,victim\n" },
    { "links.csv", "from_id,to_id,kind,notes\nzqmark1,P2,friend,zqmarklink\nzqmark1,H1,lives_at,\n" },
    { "contexts.csv", "subject_id,context,valence,severity,observed_on,summary\n"
                      "zqmark1,peer,risk,2,2022-02-05,zqmarkcontext\n" },
    { "flags.csv", "person_id,flag,holder\nzqmark1,CIN,zqmarkholder\n" },
    { "constraints.csv", "person_id,other_id,kind,imposed_by\nP2,zqmark1,no_contact,zqmarkcourt\n" },
    { "assessments.csv", "assessment_id,person_id,tool,assessed_on,level\nzqmarkA,zqmark1,CSE,2022-02-06,zqmarklevel\n" },
    { "indicators.csv", "assessment_id,item,status,text\nzqmarkA,strong.4,current,zqmarkitem\n" },
    { "scales.csv", "person_id,on,rater,score\nzqmark1,2022-02-06,worker,4\n" },
    { "actions.csv", "action_id,subject_id,goal,action\nzqmarkX,zqmark1,zqmarkgoal,zqmarkaction\n" },
};

static kith_store *opened(void)
{
    kith_store *store;

    cr_assert(eq(int, kith_store_open(&store, hub, NULL, KITH_READ_WRITE, &err), KITH_OK), "%s", err.message);
    return store;
}

static void load_folder(kith_store *store)
{
    const char *paths[] = { folder };
    kith_import_report report;

    cr_assert(eq(int, kith_import(&report, store, &view, paths, 1, NULL, &err), KITH_OK), "%s", err.message);
    kith_import_report_free(&report);
}

static void write_named(const char *name, const char *text)
{
    char *path = path_in(folder, name);

    write_file(path, text, strlen(text));
    free(path);
}

static void make_hub(void)
{
    cr_assert(sodium_init() >= 0);
    folder = make_folder();
    char *kept = make_folder();
    hub = path_in(kept, "hub.kith");
    free(kept);
    view = view_of("2022-12-31", 365);
    view.user = "open";
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        write_named(files[i].file, files[i].text);
    cr_assert(eq(int, kith_store_create(hub, NULL, &err), KITH_OK));
    kith_store *store = opened();
    load_folder(store);
    write_named("persons.csv", "person_id,name,aliases\nzqmark1,Zqmarkname Zqmarksurname,Zqmarkalias;Zqmarkother\n");
    load_folder(store); /* a correction, with the value before it */
    kith_store_close(store);
}

static void drop_hub(void)
{
    *strrchr(hub, '/') = '\0';
    drop_folder(hub);
    drop_folder(folder);
}

TestSuite(erase, .init = make_hub, .fini = drop_hub);

static bool holds(const char *ending, const char *marker)
{
    char path[4096];
    size_t size;

    snprintf(path, sizeof path, "%s%s", hub, ending);
    char *bytes = read_file(path, &size);
    bool found = false;
    for (size_t at = 0; !found && at + strlen(marker) <= size; at++)
        found = strncasecmp(bytes + at, marker, strlen(marker)) == 0;
    free(bytes);
    return found;
}

static kith_status erase(const char *id, bool dry_run, kith_table *table)
{
    kith_store *store = opened();
    const kith_status status = kith_erase(table, store, &view, id, dry_run, &err);

    kith_store_close(store);
    return status;
}

static size_t rows_of(const kith_table *table, const char *section)
{
    size_t count = 0;

    for (size_t r = 0; r < kith_table_rows(table); r++)
        count += strcmp(table->cells[r * table->column_count].text, section) == 0;
    return count;
}

static void speak_of_it(kith_store *store)
{
    char *words[] = { "peer" };
    kith_panel panel;
    const char *const id = "zqmark1";

    cr_assert(eq(int, kith_panel_read(&panel, words, 1, &err), KITH_OK));
    cr_assert(eq(int, kith_panel_record(store, &view, id, &panel, view.as_of, "zqmarkreason", 1656633600, &err), KITH_OK));
    cr_assert(eq(int, kith_decision_confirm(store, &view, id, "P3", 1656633600, &err), KITH_OK));
    cr_assert(eq(int, kith_audit_add(store, &(kith_audit_entry){ .act = KITH_AUDIT_DISCLOSURE, .what = "map",
                                                                 .to = "school", .why = "for zqmarkname ZQMARKSURNAME",
                                                                 .ids = &id, .id_count = 1 }, &err), KITH_OK));
}

Test(erase, nothing_of_the_person_is_left_in_any_byte_and_the_rest_stands)
{
    kith_table table;
    kith_store *store = opened();

    speak_of_it(store);
    kith_store_close(store);
    cr_assert(holds("", "zqmark") && holds(".audit", "zqmark"), "the markers are looked for rightly");

    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK), "%s", err.message);
    cr_expect(eq(sz, rows_of(&table, "disclosed"), 1));
    cr_expect(eq(sz, rows_of(&table, "mentioned"), 1), "P3's notes hold the name");
    cr_expect(eq(sz, rows_of(&table, "left"), 1), "H1 was only hers");
    kith_table_free(&table);
    cr_expect(not(holds(".audit", "zqmark")));
    cr_assert(eq(int, erase("H1", false, &table), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    cr_assert(eq(int, erase("P3", false, &table), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    cr_expect(not(holds("", "zqmark")), "a marker is in the hub");

    store = opened();
    cr_expect(eq(int, kith_store_verify(store, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_audit_verify(&table, store, &view, NULL, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&table), 0), "an emptied purpose breaks no chain");
    kith_table_free(&table);
    cr_assert(eq(int, kith_find(&table, store, &view, "Ordinary", 20, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&table), 1), "others are found as before");
    kith_table_free(&table);
    kith_store_close(store);
}

Test(erase, a_trial_tells_the_same_and_keeps_everything)
{
    kith_table table, again;
    size_t size;
    char *before = read_file(hub, &size);

    cr_assert(eq(int, erase("zqmark1", true, &table), KITH_OK), "%s", err.message);
    char *after = read_file(hub, NULL);
    cr_expect(eq(int, memcmp(before, after, size), 0));
    cr_assert(eq(int, erase("zqmark1", false, &again), KITH_OK));
    cr_assert(eq(sz, table.cell_count, again.cell_count));
    cr_expect(gt(sz, rows_of(&again, "erased"), 10));
    for (size_t i = 0; i < table.cell_count; i++)
        cr_expect(eq(i64, table.cells[i].integer, again.cells[i].integer));
    kith_table_free(&table);
    kith_table_free(&again);
    free(before);
    free(after);
}

Test(erase, what_others_rest_on_stays_and_what_is_not_there_is_said)
{
    kith_table table;

    cr_expect(eq(int, erase("T1", false, &table), KITH_POLICY));
    kith_table_free(&table);
    cr_expect(eq(int, erase("S1", false, &table), KITH_POLICY));
    kith_table_free(&table);
    cr_expect(eq(int, erase("E1", false, &table), KITH_POLICY));
    kith_table_free(&table);
    cr_expect(eq(int, erase("P99", false, &table), KITH_NOT_FOUND));
    kith_table_free(&table);
}

Test(erase, events_of_others_stay_and_those_of_nobody_go)
{
    kith_table table;
    kith_store *store;
    kith_kind kind;
    int64_t row;

    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK));
    kith_table_free(&table);
    store = opened();
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "E1", &err), KITH_NOT_FOUND));
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "E2", &err), KITH_OK));
    kith_store_close(store);
}

Test(erase, whom_a_case_is_about_is_erased_from_the_case)
{
    const char *const members[] = { "zqmark1", "P2", NULL };
    const kith_case_change change = { .id = "C1", .members = members };
    kith_table table;
    kith_store *store = opened();

    cr_assert(eq(int, kith_case_set(store, &view, &change, 1656633600, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    cr_assert(eq(int, erase("zqmark1", false, &table), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    store = opened();
    cr_assert(eq(int, kith_case_table(&table, store, &view, &err), KITH_OK));
    cr_assert(eq(sz, kith_table_rows(&table), 1));
    bool stays = false;
    for (size_t c = 0; c < table.column_count; c++)
        stays |= table.cells[c].text != NULL && strcmp(table.cells[c].text, "P2") == 0;
    cr_expect(stays, "the case is about P2 alone");
    kith_table_free(&table);
    kith_store_close(store);
}

Test(erase, a_trial_is_a_reading_and_in_the_log)
{
    kith_table table;
    kith_store *store;

    cr_assert(eq(int, erase("zqmark1", true, &table), KITH_OK));
    kith_table_free(&table);
    store = opened();
    const kith_audit_filter filter = { .id = "zqmark1", .act = KITH_AUDIT_CONSULTATION };
    kith_view always = view;
    always.all_dates = true;
    cr_assert(eq(int, kith_audit_list(&table, store, &always, &filter, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&table), 1));
    kith_table_free(&table);
    kith_store_close(store);
}
