/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of the audit log, accounts, an erasure, rights and views fails once, and each time
 * that is said; nothing of a change that failed is left. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sodium.h>
#include <stdlib.h>

#include "allocations.h"
#include "hub.h"
#include "kith/access.h"
#include "kith/audit.h"
#include "kith/erase.h"
#include "kith/remember.h"
#include "kith/retention.h"
#include "kith/subject_access.h"

enum { NOW = 1656633600, FIRST = 6 };

static const char *const ids[] = { "P1", "P2" };
static kith_error err;
static kith_view view;
static kith_policy *policy;
static kith_store *store;

static void set_up(void)
{
    cr_assert(sodium_init() >= 0);
    begin_hub();
    set_origin("police", "R1", "");
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-02");
    run_sql("UPDATE person SET name = 'Wrenna Tolly' WHERE name = 'Name of P1';"
            "UPDATE person SET notes = 'sister of Wrenna Tolly' WHERE name = 'Name of P2'");
    add_event("E1", "incident", "2022-02-28", "", 0);
    add_part("E1", "P1", "victim");
    view = view_of("2022-12-31", 365);
    view.all_dates = true;
    view.user = "open";
    cr_assert(eq(int, kith_policy_read(&policy, NULL, NULL, &err), KITH_OK));
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK), "%s", err.message);
}

static void tear_down(void)
{
    kith_store_close(store);
    kith_policy_free(policy);
    end_hub();
}

TestSuite(governance_malloc, .init = set_up, .fini = tear_down);

typedef kith_status act(kith_table *table);

static kith_status add_entry(kith_table *table)
{
    (void)table;
    return kith_audit_add(store, &(kith_audit_entry){ .act = KITH_AUDIT_CONSULTATION, .what = "show", .why = "P1 asked",
                                                      .ids = ids, .id_count = 2 }, &err);
}

static kith_status add_account(kith_table *table)
{
    (void)table;
    return kith_account_add(store, &view, policy, "ash", (const char *[]){ "chair", "analyst", NULL }, "police", NOW, &err);
}

static kith_status change_account(kith_table *table)
{
    (void)table;
    return kith_account_change(store, &view, policy, "ash", (const char *[]){ "analyst", NULL }, "", &err);
}

static kith_status set_case(kith_table *table)
{
    const kith_case_change change = { .id = "C1", .members = (const char *[]){ "P1", "P2", NULL }, .restrict_it = true };

    (void)table;
    return kith_case_set(store, &view, &change, NOW, &err);
}

static kith_status remember(kith_table *table)
{
    (void)table;
    return kith_remember_keep(store, &view, "monday", "ids=P1", NOW, &err);
}

static kith_status read_member(kith_table *table)
{
    kith_member *member = NULL;
    const kith_status status = kith_member_read(&member, store, policy, &err);

    (void)table;
    kith_member_free(member);
    return status;
}

static kith_status list_log(kith_table *table)
{
    return kith_audit_list(table, store, &view, &(kith_audit_filter){ .id = "P1" }, &err);
}

static kith_status export_log(kith_table *table)
{
    return kith_audit_export(table, store, &view, &err);
}

static kith_status verify_log(kith_table *table)
{
    return kith_audit_verify(table, store, &view, NULL, &err);
}

static kith_status seal_log(kith_table *table)
{
    const unsigned char key[KITH_AUDIT_KEY_SIZE] = { 1 };
    kith_text head = { 0 };
    const kith_status status = kith_audit_seal(&head, store, &view, key, &err);

    (void)table;
    kith_text_free(&head);
    return status;
}

static kith_status list_accounts(kith_table *table)
{
    return kith_account_table(table, store, &view, &err);
}

static kith_status list_cases(kith_table *table)
{
    return kith_case_table(table, store, &view, &err);
}

static kith_status list_views(kith_table *table)
{
    return kith_remember_table(table, store, &view, &err);
}

static kith_status list_rights(kith_table *table)
{
    return kith_source_rights(table, store, &view, &err);
}

static kith_status answer_subject(kith_table *table)
{
    return kith_subject_access(table, store, &view, "P1", true, &err);
}

static kith_status erase(kith_table *table)
{
    return kith_erase(table, store, &view, "P1", false, &err);
}

static size_t mentions(const kith_table *table)
{
    size_t count = 0;

    for (size_t i = 0; i < table->cell_count; i++)
        count += table->cells[i].text != NULL && strcmp(table->cells[i].text, "mentioned") == 0;
    return count;
}

/* One fails and those after it are given again, until the act is done without it. */
static void fail_one_at_each_place(act *tried)
{
    kith_status status = KITH_NO_MEMORY;

    for (bool more = true; more && status == KITH_NO_MEMORY;) {
        kith_table table = { 0 };
        allocations_try_next_place();
        status = tried(&table);
        more = allocations_end_try();
        cr_assert(status == KITH_OK || (more && status == KITH_NO_MEMORY), "%s", err.message);
        cr_expect(status != KITH_OK || tried != erase || mentions(&table) == 1, "who mentions P1 is told");
        kith_table_free(&table);
    }
}

/* What was told as failed was not done: who was erased could not be erased in the next try. */
Test(governance_malloc, what_one_failure_stops_is_not_done)
{
    fail_one_at_each_place(remember);
    fail_one_at_each_place(erase);
}

Test(governance_malloc, every_failure_is_said_and_the_next_try_succeeds)
{
    static act *const acts[] = { add_entry, add_account, change_account, set_case, remember, read_member, list_log, export_log, verify_log,
                                 seal_log, list_accounts, list_cases, list_views, list_rights, answer_subject, erase };

    const bool every = getenv("KITH_EVERY_ALLOCATION") != NULL; /* many minutes */

    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        kith_status status = KITH_NO_MEMORY;
        for (long allowed = 0; status == KITH_NO_MEMORY; allowed += every || allowed < FIRST ? 1 : allowed / 2) {
            kith_table table = { 0 };
            allocations_left = allowed;
            status = acts[i](&table);
            allocations_left = -1;
            cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "act %zu, %ld: %s", i, allowed, err.message);
            kith_table_free(&table);
        }
    }
    kith_table faults;
    cr_assert(eq(int, kith_audit_verify(&faults, store, &view, NULL, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&faults), 0), "the chain is whole");
    kith_table_free(&faults);
    cr_assert(eq(int, kith_remember_table(&faults, store, &view, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&faults), 0), "the erasure took the view away");
    kith_table_free(&faults);
}
