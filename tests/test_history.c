/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_history.c: what is undone was never done, but for its being on record.
 *
 * "As it was" is every row of every table but those of the history itself, by their hash. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/access.h"
#include "kith/actions.h"
#include "kith/audit.h"
#include "kith/decision.h"
#include "kith/erase.h"
#include "kith/history.h"
#include "kith/import.h"
#include "kith/panel.h"
#include "kith/positions.h"
#include "kith/remember.h"
#include "kith/retention.h"

enum { CHANGE, AT, BY, WHAT, ABOUT, WHY, UNDOES, UNDONE_BY };          /* kith_history_list */
enum { OF_CHANGE, OF_AT, OF_BY, OF_WHAT, FIELD, FROM, TO, OF_WHY };     /* kith_history_of */
enum { NOW = 1656633600 };

static kith_error err;
static kith_view view;
static kith_policy *policy;
static kith_member *member;
static kith_store *store;
static int64_t moment;

/* The clock, as the linker gives it to the program. */
int64_t __wrap_kith_now(void);
int64_t __wrap_kith_now(void)
{
    return moment;
}

static void set_up(void)
{
    moment = NOW;
    begin_hub();
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_person("P3", "2008-02-02");
    add_event("E1", "missing", "2021-05-01", "", 0);
    add_part("E1", "P1", "missing");
    run_sql("INSERT INTO action VALUES (1, 'A1', 1, 'peer', '', 'call', '', '', '', 'open', '', 1, 1)");
    cr_assert(eq(int, kith_policy_read(&policy, NULL, NULL, &err), KITH_OK));
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_member_read(&member, store, policy, &err), KITH_OK), "%s", err.message);
    view = view_of("2022-12-31", 0);
    view.user = "open";
    view.purpose = "a meeting";
    kith_audit_describe(store, "test", "a meeting");
}

static void tear_down(void)
{
    kith_member_free(member);
    kith_store_close(store);
    kith_policy_free(policy);
    end_hub();
}

TestSuite(history, .init = set_up, .fini = tear_down);

static kith_status undo(int64_t number)
{
    kith_undone undone;

    return kith_undo(&undone, store, &view, member, number, &err);
}

static bool is_of_history(const char *table)
{
    static const char *const names[] = { "deed", "deed_row", "change_count", "entry", "head" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], table) == 0)
            return true;
    return false;
}

/* Every table but those of the history, the audit log and the count of changes: names, rows and hashes. */
static void hub_as_text(char *out, size_t size)
{
    kith_table table = { 0 };
    size_t used = 0;

    cr_assert(eq(int, kith_store_fingerprint(&table, store, &err), KITH_OK), "%s", err.message);
    out[0] = '\0';
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *row = table.cells + r * table.column_count;
        if (!is_of_history(row[0].text))
            used += (size_t)snprintf(out + used, size - used, "%s %lld %s\n", row[0].text,
                                     (long long)row[1].integer, row[2].text);
    }
    cr_assert(lt(sz, used, size));
    kith_table_free(&table);
}

static int64_t last_change(void)
{
    kith_table table;

    cr_assert(eq(int, kith_history_list(&table, store, &view, NULL, &err), KITH_OK), "%s", err.message);
    const int64_t number = kith_table_rows(&table) > 0 ? table.cells[CHANGE].integer : 0;
    kith_table_free(&table);
    return number;
}

static void decide_they_are_one(void)
{
    cr_assert(eq(int, kith_decision_confirm(store, &view, "P1", "P2", NOW, &err), KITH_OK), "%s", err.message);
}

static void take_that_back(void)
{
    cr_assert(eq(int, kith_decision_undo(store, &view, "P1", "P2", NOW, &err), KITH_OK), "%s", err.message);
}

/* A third of 100 has no decimal digits that end. */
static void weigh_contexts(void)
{
    kith_panel panel = { .lead = -1, .percent = true, .share = { 100.0 / 3, 100.0 / 3, 100.0 / 3, 0, 0 } };

    cr_assert(eq(int, kith_panel_record(store, &view, "P1", &panel, view.as_of, "a \"reason\"\nof two lines: \xC3\xA9",
                                        NOW, &err), KITH_OK), "%s", err.message);
}

static void decide_at_a_meeting(void)
{
    const kith_new_minute minute = { "P1", "drmm", "adopted", "", view.as_of };

    cr_assert(eq(int, kith_minute_record(NULL, store, &view, &minute, NOW, &err), KITH_OK), "%s", err.message);
}

static void take_the_decision_back(void)
{
    cr_assert(eq(int, kith_minute_undo(store, &view, 1, NOW, &err), KITH_OK), "%s", err.message);
}

static void step_on(void)
{
    cr_assert(eq(int, kith_action_step(store, &view, "A1", "started", view.as_of, "called", NOW, &err), KITH_OK),
              "%s", err.message);
}

static void add_user(void)
{
    cr_assert(eq(int, kith_account_add(store, &view, policy, "ash", (const char *[]){ "practitioner", NULL }, "", NOW,
                                       &err), KITH_OK), "%s", err.message);
}

static void change_user(void)
{
    cr_assert(eq(int, kith_account_change(store, &view, policy, "ash", (const char *[]){ "chair", "analyst", NULL },
                                          "police", &err), KITH_OK), "%s", err.message);
}

static void revoke_user(void)
{
    cr_assert(eq(int, kith_account_revoke(store, &view, "ash", NOW, &err), KITH_OK), "%s", err.message);
}

static void join_team(void)
{
    cr_assert(eq(int, kith_team_set(store, &view, "north", (const char *[]){ "ash", NULL }, true, &err), KITH_OK),
              "%s", err.message);
}

static void leave_team(void)
{
    cr_assert(eq(int, kith_team_set(store, &view, "north", (const char *[]){ "ash", NULL }, false, &err), KITH_OK),
              "%s", err.message);
}

static void open_case(void)
{
    const kith_case_change change = { "C1", (const char *[]){ "P1", "P2", NULL }, "north", .restrict_it = true };

    cr_assert(eq(int, kith_case_set(store, &view, &change, NOW, &err), KITH_OK), "%s", err.message);
}

static void narrow_case(void)
{
    const kith_case_change change = { "C1", (const char *[]){ "P2", NULL }, "north", .drop = true, .open_it = true };

    cr_assert(eq(int, kith_case_set(store, &view, &change, NOW, &err), KITH_OK), "%s", err.message);
}

static void keep_policy(void)
{
    cr_assert(eq(int, kith_policy_keep(store, &view, "[audience school]\nlabel = a school\n", NOW, &err), KITH_OK),
              "%s", err.message);
}

/* For one day each time: what was kept before is taken away, and stands elsewhere now. */
static void keep_picture(void)
{
    static double at = 1;
    kith_network network = network_of(view);
    kith_scene scene = { 0 };

    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "one", "", "");
    kith_scene_add_node(&scene, KITH_DRAW_EVENT, "missing", "", "");
    scene.nodes[0].record = kith_position_of_thing(&network.things[thing_called(&network, "P1")]);
    scene.nodes[1].record = kith_position_of_event(&network.events[event_called(&network, "E1")]);
    scene.nodes[0].pinned = true;
    for (size_t i = 0; i < scene.node_count; i++)
        scene.nodes[i].box = (kith_scene_box){ true, at + (double)i, 2, 3, 4 };
    at += 10;
    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_positions_keep(store, &view, "P1", "association", &scene, &scene, &err), KITH_OK), "%s",
              err.message);
    cr_assert(eq(int, kith_store_commit(store, &err), KITH_OK), "%s", err.message);
    kith_scene_free(&scene);
    kith_network_free(&network);
}

static void review_a_person(void)
{
    const kith_review review = { .until = view.as_of + 365, .reason = "a brother is open" };

    cr_assert(eq(int, kith_retention_decide(store, &view, "P3", &review, NOW, &err), KITH_OK), "%s", err.message);
}

static void set_retention(void)
{
    static const char text[] = "review_group,years,until_age,kind,word,role,source,label\nA,3,,,,,,\nB,,18,,,,,\n";
    FILE *in = fmemopen((void *)text, sizeof text - 1, "r");

    cr_assert(eq(int, kith_retention_set(store, &view, in, "rules.csv", &err), KITH_OK), "%s", err.message);
    fclose(in);
}

static void set_right(void)
{
    static int times;
    const kith_source_right right = { "police", times++ == 0 ? "one" : "another", "law-enforcement", "the force", 0 };

    cr_assert(eq(int, kith_source_set(store, &view, &right, NOW, &err), KITH_OK), "%s", err.message);
}

static void need_rights(void)
{
    cr_assert(eq(int, kith_source_require(store, true, &err), KITH_OK), "%s", err.message);
}

/* Another text each time. */
static void remember(void)
{
    static int times;

    cr_assert(eq(int, kith_remember_keep(store, &view, "monday", times++ == 0 ? "ids=P1" : "ids=P2", NOW, &err), KITH_OK),
              "%s", err.message);
}

static void forget(void)
{
    cr_assert(eq(int, kith_remember_drop(store, &view, "monday", &err), KITH_OK), "%s", err.message);
}

static void (*const acts[])(void) = { decide_they_are_one, take_that_back,  weigh_contexts, decide_at_a_meeting,
                                      take_the_decision_back, step_on,      add_user,       change_user,
                                      join_team,             open_case,    narrow_case,    leave_team,
                                      revoke_user,           keep_policy,  keep_picture,   keep_picture,
                                      review_a_person,       set_retention, set_right,     set_right,
                                      need_rights,           remember,     remember,       forget };
enum { ACTS = sizeof acts / sizeof *acts, TEXT_SIZE = 16384 };

Test(history, what_is_undone_was_never_done_and_can_be_done_again)
{
    static char states[ACTS + 1][TEXT_SIZE], now[TEXT_SIZE];
    int64_t numbers[ACTS], undone[ACTS];

    hub_as_text(states[0], TEXT_SIZE);
    for (int i = 0; i < ACTS; i++) {
        acts[i]();
        numbers[i] = last_change();
        hub_as_text(states[i + 1], TEXT_SIZE);
        cr_assert(ne(str, states[i + 1], states[i]), "act %d", i);
    }
    for (int i = ACTS; i-- > 0;) {
        cr_assert(eq(int, undo(numbers[i]), KITH_OK), "act %d: %s", i, err.message);
        undone[i] = last_change();
        hub_as_text(now, TEXT_SIZE);
        cr_assert(eq(str, now, states[i]), "act %d", i);
    }
    for (int i = 0; i < ACTS; i++) {
        cr_assert(eq(int, undo(undone[i]), KITH_OK), "act %d: %s", i, err.message);
        hub_as_text(now, TEXT_SIZE);
        cr_assert(eq(str, now, states[i + 1]), "act %d", i);
    }
    cr_expect(eq(int, undo(numbers[ACTS - 1]), KITH_OK), "and taken back once more: %s", err.message);
}

Test(history, a_change_on_which_another_stands_is_not_undone)
{
    static char before[TEXT_SIZE], after[TEXT_SIZE];

    add_user();
    const int64_t first = last_change();
    change_user();
    hub_as_text(before, TEXT_SIZE);
    cr_expect(eq(int, undo(first), KITH_POLICY));
    cr_expect(ne(ptr, strstr(err.message, "change 2 (test, by open"), NULL), "%s", err.message);
    hub_as_text(after, TEXT_SIZE);
    cr_expect(eq(str, before, after), "a refusal changes nothing");
    cr_assert(eq(int, undo(2), KITH_OK), "%s", err.message);
    cr_expect(eq(int, undo(first), KITH_OK), "%s", err.message);
}

Test(history, a_case_that_has_somebody_since_is_not_taken_out)
{
    const kith_case_change empty = { .id = "C9", .members = (const char *[]){ NULL } },
                           filled = { .id = "C9", .members = (const char *[]){ "P1", NULL } };

    cr_assert(eq(int, kith_case_set(store, &view, &empty, NOW, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_case_set(store, &view, &filled, NOW, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, undo(1), KITH_POLICY));
}

Test(history, who_is_one_with_whom_follows_an_undo)
{
    kith_decisions decisions;

    decide_they_are_one();
    kith_store_close(store);
    kith_network network = network_of(view);
    cr_expect(eq(sz, network.merged_count, 1));
    kith_network_free(&network);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, undo(1), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_decisions_read(&decisions, store, &view, &err), KITH_OK));
    cr_expect(eq(sz, decisions.count, 0));
    kith_decisions_free(&decisions);
    network = network_of(view);
    cr_expect(eq(sz, network.merged_count, 0));
    kith_network_free(&network);
}

/* P1 is P2; that is taken back; P1 is P3 and P2 is not P3: P1 can be P2 no more. */
Test(history, an_undo_contradicts_no_later_decision)
{
    decide_they_are_one();
    cr_assert(eq(int, undo(1), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_decision_confirm(store, &view, "P1", "P3", NOW, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_decision_refuse(store, &view, "P2", "P3", NOW, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(int, undo(2), KITH_POLICY), "%s", err.message);
}

Test(history, a_change_is_undone_once)
{
    weigh_contexts();
    cr_assert(eq(int, undo(1), KITH_OK));
    cr_expect(eq(int, undo(1), KITH_POLICY));
    cr_expect(ne(ptr, strstr(err.message, "taken back by change 2"), NULL), "%s", err.message);
}

Test(history, what_is_not_there_is_not_found)
{
    cr_expect(eq(int, undo(7), KITH_NOT_FOUND));
    cr_expect(eq(int, undo(0), KITH_NOT_FOUND), "nothing was done yet");
}

Test(history, the_last_change_is_the_users_own_and_no_undo)
{
    kith_undone undone;

    weigh_contexts();
    step_on();
    run_sql("UPDATE deed SET user = 'ash' WHERE row = 2");
    cr_assert(eq(int, kith_undo(&undone, store, &view, member, 0, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(i64, undone.number, 1));
    cr_expect(eq(i64, undone.by, 3));
    cr_expect(eq(str, undone.what, "test"));
    cr_expect(eq(int, undo(0), KITH_NOT_FOUND), "the undo itself is not the last");
}

/* Set back by a year between two changes: numbers and the log's entries go on, and the later one is the last. */
Test(history, a_clock_that_is_set_back_changes_no_order)
{
    kith_table table;
    kith_undone undone;

    weigh_contexts();
    moment -= 365 * (int64_t)86400;
    step_on();
    cr_assert(eq(int, kith_history_list(&table, store, &view, NULL, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(sz, kith_table_rows(&table), 2));
    const kith_cell *earlier = table.cells + table.column_count;
    cr_expect(eq(i64, table.cells[CHANGE].integer, 2));
    cr_expect(gt(int, strcmp(earlier[AT].text, table.cells[AT].text), 0));
    kith_table_free(&table);
    cr_assert(eq(int, kith_undo(&undone, store, &view, member, 0, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(i64, undone.number, 2));
    cr_assert(eq(int, kith_audit_verify(&table, store, &view, NULL, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(sz, kith_table_rows(&table), 0), "the chain holds");
    kith_table_free(&table);
}

Test(history, no_hub_is_left_without_a_steward)
{
    add_user();
    cr_assert(eq(int, kith_account_change(store, &view, policy, "ash", (const char *[]){ "steward", NULL }, NULL, &err),
                 KITH_OK));
    cr_assert(eq(int, kith_account_change(store, &view, policy, "open", (const char *[]){ "chair", NULL }, NULL, &err),
                 KITH_OK));
    cr_expect(eq(int, undo(2), KITH_POLICY));
    cr_expect(ne(ptr, strstr(err.message, "no steward"), NULL), "%s", err.message);
}

Test(history, an_erasure_is_never_undone_nor_is_what_it_reached)
{
    kith_table table;

    weigh_contexts();
    step_on();
    cr_assert(eq(int, kith_erase(&table, store, &view, "P1", false, &err), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    cr_expect(eq(int, undo(3), KITH_POLICY));
    cr_expect(ne(ptr, strstr(err.message, "erasure"), NULL), "%s", err.message);
    cr_expect(eq(int, undo(1), KITH_POLICY));
    cr_expect(ne(ptr, strstr(err.message, "erased since"), NULL), "%s", err.message);
    cr_expect(eq(int, undo(2), KITH_POLICY), "a step of an action about the person");
}

static void load(const char *text)
{
    const kith_import_text file = { "persons.csv", text, strlen(text) };
    kith_import_report report = { 0 };

    cr_assert(eq(int, kith_import(&report, store, &view, NULL, 0,
                                  &(kith_import_options){ .texts = &file, .text_count = 1 }, &err), KITH_OK), "%s",
              err.message);
    kith_import_report_free(&report);
}

Test(history, a_load_is_taken_back_once_and_for_all)
{
    kith_kind kind;
    int64_t row;

    load("person_id,name\nP9,New\n");
    cr_assert(eq(int, undo(1), KITH_OK), "%s", err.message);
    cr_expect(eq(int, kith_record_find(&kind, &row, store, &view, "P9", &err), KITH_NOT_FOUND));
    cr_expect(eq(int, undo(1), KITH_POLICY));
    cr_expect(eq(int, undo(2), KITH_POLICY));
    cr_expect(ne(ptr, strstr(err.message, "import the files again"), NULL), "%s", err.message);
}

static const char *text_at(const kith_table *table, size_t row, int column)
{
    const kith_cell *cell = &table->cells[row * table->column_count + (size_t)column];

    return cell->missing ? NULL : cell->text;
}

Test(history, a_record_tells_what_was_corrected_and_entered)
{
    kith_table table;

    load("person_id,name\nP9,Nw\n");
    load("person_id,name\nP9,New\n");
    cr_assert(eq(int, kith_panel_record(store, &view, "P9", &(kith_panel){ .lead = 1 }, view.as_of, "why", NOW, &err),
                 KITH_OK));
    cr_assert(eq(int, kith_history_of(&table, store, &view, "P9", &err), KITH_OK), "%s", err.message);
    cr_assert(eq(sz, kith_table_rows(&table), 5));
    cr_expect(eq(str, (char *)text_at(&table, 0, OF_WHAT), "loaded (load 2)"));
    cr_expect(eq(str, (char *)text_at(&table, 1, OF_WHAT), "corrected (load 3)"));
    cr_expect(eq(str, (char *)text_at(&table, 1, FIELD), "name"));
    cr_expect(eq(str, (char *)text_at(&table, 1, FROM), "Nw"));
    cr_expect(eq(str, (char *)text_at(&table, 1, TO), "New"));
    cr_expect(eq(str, (char *)text_at(&table, 1, OF_WHY), "a meeting"));
    cr_expect(eq(str, (char *)text_at(&table, 3, FIELD), "panel.lead"));
    cr_expect(eq(ptr, (void *)text_at(&table, 3, FROM), NULL));
    cr_expect(eq(str, (char *)text_at(&table, 3, TO), "peer"));
    cr_expect(eq(str, (char *)text_at(&table, 4, TO), "why"));
    cr_expect(eq(str, (char *)text_at(&table, 4, OF_BY), "open"));
    kith_table_free(&table);
}

/* Written by an older kith, which numbered no changes. */
Test(history, what_was_decided_before_changes_were_numbered_is_told)
{
    kith_table table;

    run_sql("INSERT INTO decision VALUES (1, 1, 2, 1, 'ash', 'then', '2021-01-01T00:00:00', '', '')");
    cr_assert(eq(int, kith_history_of(&table, store, &view, "P2", &err), KITH_OK), "%s", err.message);
    cr_assert(eq(sz, kith_table_rows(&table), 2));
    cr_expect(eq(str, (char *)text_at(&table, 0, OF_WHAT), "link confirm"), "the oldest first");
    cr_expect(table.cells[OF_CHANGE].missing);
    kith_table_free(&table);
}

Test(history, an_alteration_names_in_the_log_whom_it_is_about)
{
    static const char *const ids[] = { "P1", "A1", "ash", "C1" };
    kith_table table;

    step_on();
    add_user();
    open_case();
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const kith_audit_filter filter = { .id = ids[i], .act = KITH_AUDIT_ALTERATION };
        cr_assert(eq(int, kith_audit_list(&table, store, &view, &filter, &err), KITH_OK), "%s", err.message);
        cr_expect(eq(sz, kith_table_rows(&table), i == 0 ? 2 : 1), "%s", ids[i]);
        kith_table_free(&table);
    }
}

/* A practitioner of another team: P1 is of a restricted case. */
static void be_somebody_who_does_not_see_p1(const char *role)
{
    char sql[200];
    const kith_audience *whom;

    run_sql("INSERT INTO account VALUES (9, 'open', '', '', '', '', '')");
    snprintf(sql, sizeof sql, "INSERT INTO account_role VALUES (9, '%s')", role);
    run_sql(sql);
    run_sql("INSERT INTO casework VALUES (9, 'K9', 1, '', '')");
    run_sql("INSERT INTO casework_team VALUES (9, 'others')");
    run_sql("INSERT INTO casework_entity VALUES (9, 1)");
    kith_member_free(member);
    cr_assert(eq(int, kith_member_read(&member, store, policy, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_audience_find(&whom, policy, "case-team", &err), KITH_OK));
    cr_assert(eq(int, kith_member_view(&view, store, member, whom, &err), KITH_OK), "%s", err.message);
}

Test(history, a_change_of_what_is_not_seen_is_not_there)
{
    kith_audit_describe(store, "panel", "a meeting");
    weigh_contexts();
    be_somebody_who_does_not_see_p1("chair");
    cr_expect(eq(int, undo(1), KITH_NOT_FOUND), "%s", err.message);
    cr_expect(eq(int, undo(0), KITH_NOT_FOUND));
    cr_expect(eq(i64, last_change(), 0));
}

Test(history, who_may_not_do_a_thing_may_not_take_it_back)
{
    kith_audit_describe(store, "link confirm", "");
    cr_assert(eq(int, kith_decision_confirm(store, &view, "P2", "P3", NOW, &err), KITH_OK), "%s", err.message);
    be_somebody_who_does_not_see_p1("chair");
    cr_expect(eq(int, undo(1), KITH_POLICY));
    cr_expect(ne(ptr, strstr(err.message, "link confirm"), NULL), "%s", err.message);
}

Test(history, what_is_computed_and_kept_is_no_change)
{
    const kith_scene none = { 0 };

    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    cr_assert(eq(int, kith_history_skip(store, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_positions_keep(store, &view, "P1", "association", &none, &none, &err), KITH_OK));
    cr_assert(eq(int, kith_store_commit(store, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(i64, last_change(), 0));
}

/* The name of somebody else stands in a purpose: an erasure empties it in the row and in what the
 * change has kept of it, so that the change can still be undone. */
Test(history, an_erasure_empties_a_purpose_and_the_change_can_be_undone)
{
    kith_table table;

    run_sql("UPDATE person SET name = 'Zqmark Zqname' WHERE entity = 1");
    view.purpose = "asked by Zqmark Zqname";
    kith_audit_describe(store, "panel", view.purpose);
    cr_assert(eq(int, kith_panel_record(store, &view, "P2", &(kith_panel){ .lead = 1 }, view.as_of, "why", NOW, &err),
                 KITH_OK));
    cr_assert(eq(int, kith_erase(&table, store, &view, "P1", false, &err), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    cr_assert(eq(int, kith_history_of(&table, store, &view, "P2", &err), KITH_OK));
    cr_expect(eq(str, (char *)text_at(&table, 1, OF_WHY), ""));
    kith_table_free(&table);
    cr_expect(eq(int, undo(1), KITH_OK), "%s", err.message);
}

Test(history, what_somebody_remembers_is_theirs_alone)
{
    kith_table table;

    remember();
    const int64_t number = last_change();
    cr_assert(eq(int, kith_history_change(&table, store, &view, number, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(sz, kith_table_rows(&table), 0), "the history does not tell it");
    kith_table_free(&table);
    view.user = "another";
    cr_expect(eq(int, undo(number), KITH_NOT_FOUND));
    view.user = "open";
    cr_expect(eq(int, undo(number), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_remember_table(&table, store, &view, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&table), 0));
    kith_table_free(&table);
}
