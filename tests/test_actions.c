/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions of a meeting: worked by hand from three records and the days on which they were spoken of. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/actions.h"
#include "kith/date.h"

static kith_error err;
static const int64_t noon = 1656590400; /* 2022-06-30T12:00Z */

static void make_hub(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-02-01");
}

TestSuite(actions, .init = make_hub, .fini = end_hub);

static kith_store *open_to_write(void)
{
    kith_store *store;

    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    return store;
}

static kith_view on(const char *day)
{
    kith_view view = view_of(day, 365);

    view.user = "chair";
    return view;
}

static void record(char id[KITH_ACTION_ID_SIZE], const char *subject, const char *what, const char *due)
{
    kith_store *store = open_to_write();
    const kith_view view = on("2022-06-20");
    const kith_new_action action = { .subject = subject, .action = what, .due = due, .owner_role = "worker" };

    cr_assert(eq(int, kith_action_record(id, store, &view, &action, view.as_of, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
}

static kith_status step(const char *id, const char *status, const char *day, const char *note, int64_t now)
{
    kith_store *store = open_to_write();
    const kith_view view = on("2022-06-30");
    int32_t at;

    cr_assert(kith_day_read(&at, day));
    const kith_status result = kith_action_step(store, &view, id, status, at, note, now, &err);
    kith_store_close(store);
    return result;
}

static kith_status decide(int64_t *number, const char *subject, const char *what, const char *text)
{
    kith_store *store = open_to_write();
    const kith_view view = on("2022-06-30");
    const kith_new_minute minute = { subject, "drmm", what, text, kith_day(2022, 6, 28) };

    const kith_status result = kith_minute_record(number, store, &view, &minute, noon, &err);
    kith_store_close(store);
    return result;
}

static kith_actions read_all(const char *day)
{
    kith_store *store = open_hub();
    const kith_view view = on(day);
    kith_actions actions;

    cr_assert(eq(int, kith_actions_read(&actions, store, &view, &err), KITH_OK));
    kith_store_close(store);
    return actions;
}

Test(actions, are_late_the_day_after_they_are_due)
{
    static const struct {
        const char *due, *status, *says;
    } cases[] = {
        { "2022-06-29", "open", "overdue by 1 day" },  { "2022-06-01", "", "overdue by 29 days" },
        { "2022-06-30", "open", "due today" },         { "2022-07-01", "open", "due in 1 day" },
        { "", "open", "no date" },                     { "2022-06-01", "Done", "Done" },
        { "2022-06", "open", "due today" },            { "2022-06-01", "No action", "No action" },
    };
    char says[64];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kith_action_say_state(says, sizeof says, cases[i].due, cases[i].status, kith_day(2022, 6, 30));
        cr_expect(eq(str, says, (char *)cases[i].says), "%zu", i);
    }
}

Test(actions, stand_by_due_day_and_those_without_one_last)
{
    char id[KITH_ACTION_ID_SIZE];

    record(id, "P1", "no day", "");
    record(id, "P1", "later", "2022-07-01");
    record(id, "P2", "earlier", "2022-06-01");
    kith_actions actions = read_all("2022-06-30");
    cr_assert(eq(sz, actions.count, 3));
    cr_expect(eq(str, (char *)actions.list[0].action, "earlier"));
    cr_expect(eq(str, (char *)actions.list[1].action, "later"));
    cr_expect(eq(str, (char *)actions.list[2].action, "no day"));
    cr_expect(eq(int, actions.list[0].state, KITH_ACTION_OVERDUE));
    cr_expect(eq(str, (char *)actions.list[0].subject_id, "P2"));
    kith_actions_free(&actions);
}

Test(actions, have_the_status_of_the_day_that_is_asked)
{
    char id[KITH_ACTION_ID_SIZE];

    record(id, "P1", "ring", "2022-06-29");
    cr_assert(eq(int, step(id, "done", "2022-06-25", "rang", noon), KITH_OK));
    cr_assert(eq(int, step(id, "open", "2022-06-28", "nobody there", noon), KITH_OK));
    static const char *const days[] = { "2022-06-24", "2022-06-25", "2022-06-27", "2022-06-28" };
    static const char *const statuses[] = { "open", "done", "done", "open" };
    for (size_t i = 0; i < 4; i++) {
        kith_actions actions = read_all(days[i]);
        cr_expect(eq(str, (char *)actions.list[0].status, (char *)statuses[i]), "%s", days[i]);
        kith_actions_free(&actions);
    }
    kith_store *store = open_hub();
    const kith_view view = on("2022-06-30");
    kith_table table;
    cr_assert(eq(int, kith_action_history(&table, store, &view, id, &err), KITH_OK));
    cr_assert(eq(sz, kith_table_rows(&table), 3));
    cr_expect(eq(str, table.cells[1 * 5 + 1].text, "done"));
    cr_expect(eq(str, table.cells[2 * 5 + 2].text, "nobody there"));
    cr_expect(eq(str, table.cells[2 * 5 + 3].text, "chair"));
    kith_table_free(&table);
    cr_expect(eq(int, kith_action_history(&table, store, &view, "N9", &err), KITH_NOT_FOUND));
    kith_store_close(store);
}

/* The agency's own later word counts more than what was recorded before it. */
Test(actions, a_later_load_overtakes_the_steps_before_it)
{
    char id[KITH_ACTION_ID_SIZE], sql[512];

    record(id, "P1", "ring", "2022-06-29");
    cr_assert(eq(int, step(id, "done", "2022-06-25", "", noon), KITH_OK));
    snprintf(sql, sizeof sql,
             "INSERT INTO batch (row, loaded_at, user, purpose, files, records)"
             " VALUES (99, '2022-06-30T13:00:00Z', 'u', '', 'f', 1);"
             "INSERT INTO correction (batch, table_name, record, field, old_value, new_value)"
             " SELECT 99, 'action', row, 'status', 'open', 'started' FROM action WHERE id = '%s';"
             "UPDATE action SET status = 'started'", id);
    run_sql(sql);
    kith_actions actions = read_all("2022-06-30");
    cr_expect(eq(str, (char *)actions.list[0].status, "started"));
    kith_actions_free(&actions);
    cr_assert(eq(int, step(id, "done", "2022-06-30", "", noon + 7200), KITH_OK));
    actions = read_all("2022-06-30");
    cr_expect(eq(str, (char *)actions.list[0].status, "done"), "and what is recorded after it holds again");
    kith_actions_free(&actions);
}

Test(actions, the_same_twice_is_one)
{
    char one[KITH_ACTION_ID_SIZE], two[KITH_ACTION_ID_SIZE];
    int64_t first, second;

    record(one, "P1", "=ring \"now\", \nthen", "2022-06-29");
    record(two, "P1", "=ring \"now\", \nthen", "2022-06-29");
    cr_expect(eq(str, one, two));
    cr_assert(eq(int, decide(&first, "P1", "decision", "light the path"), KITH_OK));
    cr_assert(eq(int, decide(&second, "P1", "decision", "light the path"), KITH_OK));
    cr_expect(eq(i64, first, second));
    kith_actions actions = read_all("2022-06-30");
    cr_expect(eq(sz, actions.count, 1));
    cr_expect(eq(str, (char *)actions.list[0].action, "=ring \"now\", \nthen"), "as it was written");
    cr_expect(eq(sz, actions.minute_count, 1));
    kith_actions_free(&actions);
}

Test(actions, a_decision_that_is_taken_back_is_not_read_and_stays)
{
    int64_t number;

    cr_assert(eq(int, decide(&number, "P1", "adopted", ""), KITH_OK));
    kith_actions actions = read_all("2022-06-27");
    cr_expect(eq(sz, actions.minute_count, 0), "it was not decided yet");
    kith_actions_free(&actions);
    kith_store *store = open_to_write();
    const kith_view view = on("2022-06-30");
    cr_expect(eq(int, kith_minute_undo(store, &view, number, noon, &err), KITH_OK));
    cr_expect(eq(int, kith_minute_undo(store, &view, number, noon, &err), KITH_NOT_FOUND));
    kith_store_close(store);
    actions = read_all("2022-06-30");
    cr_expect(eq(sz, actions.minute_count, 0));
    kith_actions_free(&actions);
    cr_assert(eq(int, decide(&number, "P1", "adopted", ""), KITH_OK));
    cr_expect(eq(i64, number, 2), "a number means one decision for ever");
}

Test(actions, what_is_wrong_is_refused_and_not_kept)
{
    char id[KITH_ACTION_ID_SIZE], long_text[KITH_MINUTE_SIZE + 2];
    int64_t number;

    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    record(id, "P1", "ring", "2022-06-29");
    cr_expect(eq(int, step(id, " ", "2022-06-30", "", noon), KITH_USAGE));
    cr_expect(eq(int, step(id, "done", "2022-07-01", "", noon), KITH_USAGE));
    cr_expect(eq(int, step(id, "done", "2022-06-30", "\xff", noon), KITH_USAGE));
    cr_expect(eq(int, step(id, "done", "2022-06-30", long_text, noon), KITH_USAGE));
    cr_expect(eq(int, step("N9", "done", "2022-06-30", "", noon), KITH_NOT_FOUND));
    cr_expect(eq(int, decide(&number, "P1", "decision", " \n"), KITH_USAGE));
    cr_expect(eq(int, decide(&number, NULL, "adopted", "x"), KITH_USAGE));
    cr_expect(eq(int, decide(&number, "P9", "adopted", "x"), KITH_NOT_FOUND));
    cr_expect(eq(int, decide(&number, "P1", "scored", "x"), KITH_USAGE));
    cr_expect(eq(i64, number, 0));
    kith_actions actions = read_all("2022-06-30");
    cr_expect(eq(sz, actions.minute_count, 0));
    cr_expect(eq(i64, actions.list[0].steps, 0));
    kith_actions_free(&actions);
}

static kith_status load_sheet(kith_minutes_count *count, const char *text)
{
    kith_store *store = open_to_write();
    const kith_view view = on("2022-06-30");
    FILE *in = fmemopen((void *)text, strlen(text), "r");

    const kith_status result = kith_minutes_load(count, store, &view, in, "sheet.csv", "mapping",
                                                 view.as_of, noon, &err);
    fclose(in);
    kith_store_close(store);
    return result;
}

Test(actions, a_sheet_is_read_whole_or_not_at_all)
{
    kith_minutes_count count;

    cr_expect(eq(int, load_sheet(&count, "subject_id,decision,action\nP1,We meet again,Ring\nP9,x,y\n"), KITH_INPUT));
    cr_expect(eq(int, strncmp(err.message, "sheet.csv:3: ", 13), 0), "%s", err.message);
    cr_expect(eq(int, load_sheet(&count, "subject_id,action\nP1,\"open\n"), KITH_INPUT));
    cr_expect(eq(int, load_sheet(&count, ""), KITH_INPUT));
    kith_actions actions = read_all("2022-06-30");
    cr_expect(eq(sz, actions.count + actions.minute_count, 0));
    kith_actions_free(&actions);
    cr_assert(eq(int, load_sheet(&count, "subject_id,decision,action\nP1,We meet again,Ring\nP2,,\n"), KITH_OK));
    cr_expect(eq(sz, count.actions, 1));
    cr_expect(eq(sz, count.decisions, 1));
    actions = read_all("2022-06-30");
    cr_assert(eq(sz, actions.count, 1));
    cr_expect(eq(str, (char *)actions.minutes[0].meeting, "mapping"));
    kith_actions_free(&actions);
}
