/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An allocation of our own fails at each place of the store once, while hubs are made, opened, read, loaded,
 * copied and put back, and while extracts are read: each time that is said, and the next try succeeds. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allocations.h"
#include "hub.h"
#include "kith/access.h"
#include "kith/backup.h"
#include "kith/csv.h"
#include "kith/import.h"
#include "support.h"

static kith_error err;
static kith_view view;
static kith_policy *policy;
static kith_store *store;
static char *made; /* the name of what an act makes */

static void set_up(void)
{
    cr_assert(sodium_init() >= 0);
    begin_hub();
    add_person("P1", "2008-01-01");
    run_sql("INSERT INTO account (name, agency, added_at, added_by, revoked_at, revoked_by) VALUES ('open', 'school', '', '', '', '')");
    run_sql("INSERT INTO account_role VALUES (1, 'practitioner'), (1, 'partner')");
    view = view_of("2022-12-31", 0);
    made = path_in(hub_folder(), "made.kith");
    cr_assert(eq(int, kith_policy_read(&policy, NULL, "[role partner]\nagencies = own, police\n", &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK), "%s", err.message);
}

static void tear_down(void)
{
    kith_store_close(store);
    kith_policy_free(policy);
    free(made);
    end_hub();
}

TestSuite(store_malloc, .init = set_up, .fini = tear_down);

typedef kith_status act(void);

/* At least three places are met. A folder that cannot be looked at for want of memory is one where nothing can
 * be written: what only reads goes on. */
static void fail_each_place(act *tried, const char *what)
{
    int failed = 0;
    kith_status status;

    for (bool more = true; more; failed += more) {
        remove_files(hub_folder(), "made");
        allocations_try_next_place();
        status = tried();
        more = allocations_end_try();
        cr_assert(status == KITH_OK || (more && status == KITH_NO_MEMORY), "%s, place %d: %s", what, failed, err.message);
    }
    cr_expect(ge(int, failed, 3), "%s", what);
}

static kith_status create(void)
{
    const kith_status status = kith_store_create(made, NULL, &err);

    cr_expect(eq(int, access(made, F_OK) == 0, status == KITH_OK), "all of it or nothing");
    return status;
}

static kith_status open_and_close(void)
{
    kith_store *opened;
    const kith_status status = kith_store_open(&opened, hub_path(), NULL, KITH_READ_ONLY, &err);

    kith_store_close(opened);
    return status;
}

static kith_status open_memory(void)
{
    kith_store *opened;
    const kith_status status = kith_store_open_memory(&opened, true, &err);

    kith_store_close(opened);
    return status;
}

static kith_status load(void)
{
    kith_status status = kith_store_begin_load(store, UINT64_MAX, &err);

    if (status == KITH_OK)
        status = kith_store_commit(store, &err);
    return status;
}

static kith_status enter(void)
{
    const kith_audience *whom;
    kith_member *member = NULL;
    kith_view seen = view;

    cr_assert(eq(int, kith_audience_find(&whom, policy, "school", &err), KITH_OK));
    kith_status status = kith_member_read(&member, store, policy, &err);
    if (status == KITH_OK)
        status = kith_member_view(&seen, store, member, whom, &err);
    if (status == KITH_OK)
        kith_store_bound(store, NULL, &err);
    kith_member_free(member);
    return status;
}

/* Each kind of record by the network that is read of it. */
static kith_status hold(void)
{
    static const char persons[] = "person_id,name\nP1,Ada\n";
    const kith_import_text text = { "persons.csv", persons, sizeof persons - 1 };
    const kith_import_options how = { .texts = &text, .text_count = 1 };
    kith_import_report report = { 0 };
    kith_store *held;
    kith_status status = kith_store_open_memory(&held, true, &err);

    if (status == KITH_OK)
        status = kith_import(&report, held, &view, NULL, 0, &how, &err);
    kith_import_report_free(&report);
    kith_store_close(held);
    return status;
}

Test(store_malloc, hubs_are_made_opened_read_and_loaded)
{
    fail_each_place(create, "make a hub");
    fail_each_place(open_and_close, "open a hub");
    fail_each_place(open_memory, "open one in memory");
    fail_each_place(load, "load");
    fail_each_place(enter, "enter");
    fail_each_place(hold, "hold");
}

static kith_status back_up(void)
{
    kith_table table = { 0 };
    const kith_status status = kith_backup_make(&table, store, NULL, made, &err);

    cr_expect(eq(int, access(made, F_OK) == 0, status == KITH_OK), "all of it or nothing");
    kith_table_free(&table);
    return status;
}

static char *hub_bytes;
static size_t hub_size;

/* Over another hub. */
static kith_status restore(void)
{
    kith_table table = { 0 };

    write_file(made, hub_bytes, hub_size);
    const kith_status status = kith_backup_restore(&table, store, NULL, made, true, &err);
    kith_table_free(&table);
    return status;
}

Test(store_malloc, hubs_are_copied_and_put_back)
{
    hub_bytes = read_file(hub_path(), &hub_size);
    fail_each_place(back_up, "back up");
    fail_each_place(restore, "restore");
    free(hub_bytes);
}

static bool take(void *context, const kith_csv_record *record)
{
    (void)context, (void)record;
    return true;
}

static void fault(void *context, size_t line, const char *message)
{
    (void)context, (void)line;
    cr_expect(false, "%s", message);
}

/* A record in quotes, of two lines, as long as the reader has to grow for; and one that the end of the file ends. */
static kith_status read_csv(void)
{
    enum { LONG = 700000 };
    static char text[LONG + 100];
    const kith_csv_handler handler = { NULL, take, take, fault };
    bool whole;

    memset(text, 'x', sizeof text);
    memcpy(text, "a,b\n\"", 5);
    memcpy(text + LONG, "\n\",1\nplain,2\n\"last\",3", 21);
    FILE *in = fmemopen(text, LONG + 21, "r");
    cr_assert(ne(ptr, in, NULL));
    const kith_status status = kith_csv_read(&whole, in, &handler, &err);
    fclose(in);
    return status;
}

Test(store_malloc, extracts_are_read)
{
    fail_each_place(read_csv, "an extract");
}
