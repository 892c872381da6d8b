/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each call of SQLite fails once in what keeps accounts, the audit log, history and erasures: each time
 * that is said, the hub and its log stay as they were, and the next try goes on from there. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sodium.h>

#include "hub.h"
#include "kith/access.h"
#include "kith/audit.h"
#include "kith/contest.h"
#include "kith/decision.h"
#include "kith/erase.h"
#include "kith/history.h"
#include "kith/panel.h"
#include "kith/remember.h"
#include "kith/retention.h"
#include "kith/subject_access.h"
#include "statements.h"

enum { NOW = 1656633600 };

static kith_error err;
static kith_view view;
static kith_policy *policy;
static kith_member *member;
static kith_store *store;

static void open_store(void)
{
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_member_read(&member, store, policy, &err), KITH_OK), "%s", err.message);
}

static void close_store(void)
{
    kith_member_free(member);
    kith_store_close(store);
}

static void reset(void)
{
    close_store();
    statements_put_files_back();
    open_store();
}

static kith_status state(kith_table *table, kith_error *error)
{
    return kith_store_fingerprint(table, store, error);
}

/* Two who are one, three changes, two users and a case of a team. */
static void set_up(void)
{
    cr_assert(sodium_init() >= 0);
    begin_hub();
    set_origin("police", "R1", "");
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_person("P3", "2009-01-01");
    add_event("E1", "incident", "2022-02-28", "", 0);
    add_part("E1", "P1", "victim");
    add_part("E1", "P3", "peer");
    add_link("P1", "P3", "friend", 0, "", "");
    view = view_of("2022-12-31", 365);
    view.all_dates = true;
    view.user = "open";
    cr_assert(eq(int, kith_policy_read(&policy, NULL, NULL, &err), KITH_OK));
    open_store();
    const kith_case_change opened = { .id = "K1", .members = (const char *[]){ "P1", NULL }, .team = "east", .restrict_it = true };
    cr_assert(eq(int, kith_account_add(store, &view, policy, "bo", (const char *[]){ "analyst", NULL }, "police", NOW, &err), KITH_OK));
    cr_assert(eq(int, kith_team_set(store, &view, "east", (const char *[]){ "bo", NULL }, true, &err), KITH_OK));
    cr_assert(eq(int, kith_case_set(store, &view, &opened, NOW, &err), KITH_OK));
    cr_assert(eq(int, kith_remember_keep(store, &view, "monday", "ids=P1", NOW, &err), KITH_OK));
    kith_audit_describe(store, "link confirm", "P1 asked");
    cr_assert(eq(int, kith_decision_confirm(store, &view, "P1", "P2", NOW, &err), KITH_OK), "%s", err.message);
    close_store();
    statements_keep_files(hub_path());
    open_store();
}

static void tear_down(void)
{
    close_store();
    statements_drop_files();
    kith_policy_free(policy);
    end_hub();
}

TestSuite(governance_statements, .init = set_up, .fini = tear_down);

static void try_all(const statements_act *acts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        statements_fail_each(&acts[i], reset, state);
}

#define TRY_ALL(acts) try_all(acts, sizeof acts / sizeof *acts)

/* An act that answers with a table, or with none. */
#define READING(name, call) \
    static kith_status name(kith_table *table, kith_error *error) { return call; }
#define CHANGE(name, call) \
    static kith_status name(kith_table *table, kith_error *error) { (void)table; return call; }

static const char *const ids[] = { "P1", "P2" };
static const char *const two_roles[] = { "chair", "analyst", NULL }, *const bo[] = { "bo", NULL }, *const p3[] = { "P3", NULL };

CHANGE(add_account, kith_account_add(store, &view, policy, "ash", two_roles, "police", NOW, error))
CHANGE(change_account, kith_account_change(store, &view, policy, "bo", two_roles, "", error))
CHANGE(revoke_account, kith_account_revoke(store, &view, "bo", NOW, error))
CHANGE(join_team, kith_team_set(store, &view, "west", bo, true, error))
CHANGE(leave_team, kith_team_set(store, &view, "east", bo, false, error))
CHANGE(open_case, kith_case_set(store, &view, &(kith_case_change){ .id = "K2", .members = p3, .team = "west" }, NOW, error))
CHANGE(change_case, kith_case_set(store, &view, &(kith_case_change){ .id = "K1", .members = (const char *[]){ "P1", NULL },
                                                                     .team = "east", .drop = true, .open_it = true }, NOW, error))
CHANGE(keep_policy, kith_policy_keep(store, &view, "[suppress]\n", NOW, error))
READING(list_accounts, kith_account_table(table, store, &view, error))
READING(list_cases, kith_case_table(table, store, &view, error))

static kith_status read_member(kith_table *table, kith_error *error)
{
    kith_member *who = NULL;
    const kith_status status = kith_member_read(&who, store, policy, error);

    (void)table;
    kith_member_free(who);
    return status;
}

static kith_status read_policy(kith_table *table, kith_error *error)
{
    kith_text text = { 0 };
    const kith_status status = kith_policy_kept(&text, store, error);

    kith_table_fact(table, "policy", "%s", kith_text_string(&text));
    kith_text_free(&text);
    return status;
}

Test(governance_statements, accounts_teams_and_cases)
{
    static const statements_act acts[] = {
        { "add an account", add_account }, { "change one", change_account }, { "revoke one", revoke_account },
        { "join a team", join_team },      { "leave one", leave_team },      { "open a case", open_case },
        { "change a case", change_case },  { "keep a policy", keep_policy }, { "list accounts", list_accounts },
        { "list cases", list_cases },      { "who it is", read_member },     { "read the policy", read_policy },
    };

    TRY_ALL(acts);
}

CHANGE(add_entry, kith_audit_add(store, &(kith_audit_entry){ .act = KITH_AUDIT_CONSULTATION, .what = "show", .why = "P1 asked",
                                                             .ids = ids, .id_count = 2 }, error))
READING(list_log, kith_audit_list(table, store, &view, &(kith_audit_filter){ .id = "P1" }, error))
READING(export_log, kith_audit_export(table, store, &view, error))
READING(verify_log, kith_audit_verify(table, store, &view, NULL, error))

static kith_status seal_log(kith_table *table, kith_error *error)
{
    const unsigned char key[KITH_AUDIT_KEY_SIZE] = { 1 };
    kith_text head = { 0 };
    const kith_status status = kith_audit_seal(&head, store, &view, key, error);

    kith_table_fact(table, "head", "%s", kith_text_string(&head));
    kith_text_free(&head);
    return status;
}

Test(governance_statements, the_audit_log)
{
    static const statements_act acts[] = {
        { "add an entry", add_entry }, { "list the log", list_log }, { "export it", export_log },
        { "verify it", verify_log },   { "seal it", seal_log },
    };

    TRY_ALL(acts);
}

static kith_status undo_last(kith_table *table, kith_error *error)
{
    kith_undone undone;

    (void)table;
    return kith_undo(&undone, store, &view, member, 0, error);
}

static kith_status record_panel(kith_table *table, kith_error *error)
{
    char *words[] = { (char *)"none" };
    kith_panel panel;

    (void)table;
    cr_assert(eq(int, kith_panel_read(&panel, words, 1, error), KITH_OK));
    return kith_panel_record(store, &view, "P1", &panel, view.as_of, "agreed", NOW, error);
}

CHANGE(confirm, kith_decision_confirm(store, &view, "P1", "P3", NOW, error))
CHANGE(refuse, kith_decision_refuse(store, &view, "P1", "P3", NOW, error))
CHANGE(keep_view, kith_remember_keep(store, &view, "tuesday", "ids=P3", NOW, error))
CHANGE(drop_view, kith_remember_drop(store, &view, "monday", error))
CHANGE(decide_review, kith_retention_decide(store, &view, "P1", &(kith_review){ .erase = true, .reason = "why" }, NOW, error))
READING(list_changes, kith_history_list(table, store, &view, NULL, error))
READING(list_record, kith_history_of(table, store, &view, "P1", error))
READING(list_change, kith_history_change(table, store, &view, 3, error))
READING(list_due, kith_retention_due(table, store, &view, &(kith_due_options){ .all = true }, error))
READING(list_views, kith_remember_table(table, store, &view, error))

Test(governance_statements, decisions_and_their_history)
{
    static const statements_act acts[] = {
        { "undo", undo_last },           { "record a panel", record_panel }, { "confirm", confirm },
        { "refuse", refuse },            { "keep a view", keep_view },       { "drop a view", drop_view },
        { "decide a review", decide_review }, { "list changes", list_changes },   { "list a record's", list_record },
        { "list a change", list_change }, { "list what is due", list_due },  { "list views", list_views },
    };

    TRY_ALL(acts);
}

/* The table of an erasure is its answer also when it fails: what is in it is not kept then. */
READING(erase_person, kith_erase(table, store, &view, "P1", false, error))
READING(try_erasure, kith_erase(table, store, &view, "P1", true, error))
READING(answer_subject, kith_subject_access(table, store, &view, "P1", true, error))
READING(list_rights, kith_source_rights(table, store, &view, error))

Test(governance_statements, erasures_and_rights)
{
    static const statements_act acts[] = { { "erase", erase_person }, { "answer a subject", answer_subject }, { "list rights", list_rights } },
                                trial = { "try an erasure", try_erasure };

    TRY_ALL(acts);
    statements_fail_each_step(&trial, reset, state); /* that somebody asked is in the log first */
}
