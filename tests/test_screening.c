/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule files whose gaps and answers are worked by hand. */
#include "kith/screening.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "support.h"

static char *folder;
static kith_screening *rules;
static kith_error err;

static void begin(void)
{
    begin_hub();
    folder = make_folder();
}

static void end(void)
{
    kith_screening_free(rules);
    rules = NULL;
    drop_folder(folder);
    end_hub();
}

TestSuite(screening, .init = begin, .fini = end);

static const char three[] = "criterion,way,looks_at,is,from,to,days,says\n"
                            "away,1,event,missing,2,,30,often missing\n"
                            "home,1,age,,16,17,,\"16 or 17, and homeless\"\n"
                            "home,1,flag,HOMELESS/NO_HOME,,,,\n"
                            "out,1,flag,EXCLUDED,,,,out of school\n"
                            "out,2,event,exclusion,1,,365,\n";

static const char *write_text(const char *name, const char *text)
{
    static char paths[2][1024];
    char *path = paths[name[0] == 'c'];

    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    write_file(path, text, strlen(text));
    return path;
}

static kith_status read_rules(const char *criteria, const char *steps)
{
    kith_screening_free(rules);
    return kith_screening_read(&rules, criteria != NULL ? write_text("criteria.csv", criteria) : NULL,
                               steps != NULL ? write_text("steps.csv", steps) : NULL, &err);
}

/* The rows of a table as "a|b|c;", missing cells empty. */
static const char *written(const kith_table *table, size_t columns)
{
    static char out[2048];
    size_t size = 0;

    out[0] = '\0';
    for (size_t i = 0; i < table->cell_count; i++)
        if (i % table->column_count < columns)
            size += (size_t)snprintf(out + size, sizeof out - size, "%s%s",
                                     table->cells[i].missing ? "" : table->cells[i].text,
                                     i % table->column_count + 1 < columns ? "|" : ";");
    return out;
}

static const char *faults(const char *steps)
{
    static char out[2048];
    kith_table table;
    size_t found;

    cr_assert(eq(int, read_rules(three, steps), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_screening_check(&table, &found, rules, &err), KITH_OK));
    cr_expect(eq(sz, found, kith_table_rows(&table)));
    snprintf(out, sizeof out, "%s", written(&table, 3));
    kith_table_free(&table);
    return out;
}

Test(screening, every_set_of_criteria_without_one_step_is_listed)
{
    cr_expect(eq(str, (char *)faults("step,when,sentence\nlow,otherwise,x\nhigh,away,x\n"), ""));
    cr_expect(eq(str, (char *)faults("step,when,sentence\nhigh,away,x\nhigh,home,x\n"),
                 "gap|none|;gap|out|;"));
    cr_expect(eq(str, (char *)faults("step,when,sentence\nlow,otherwise,x\nmid,home,x\nhigh,away+out,x\n"),
                 "overlap|away+home+out|;"));
    /* one criterion more, and the step is lower */
    cr_expect(eq(str, (char *)faults("step,when,sentence\nlow,otherwise,x\nhigh,away+not out,x\n"),
                 "not_monotone|away+out|low;not_monotone|away+home+out|low;"));
    cr_expect(eq(str, (char *)faults("step,when,sentence\nlow,not away,x\nhigh, away ,x\n"), ""));
}

Test(screening, the_example_has_a_step_for_every_set)
{
    kith_table table;
    size_t found;

    cr_assert(eq(int, read_rules(NULL, NULL), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_screening_check(&table, &found, rules, &err), KITH_OK));
    cr_expect(eq(sz, found, 0));
    kith_table_free(&table);
}

static void add_flag(const char *person, const char *flag, const char *status, const char *from,
                     const char *to, const char *grade)
{
    char sql[1024];

    set_origin("council", "", grade);
    snprintf(sql, sizeof sql,
             "INSERT INTO flag (person, flag, status, valid_from, valid_to, holder, extra, digest, nth,"
             " origin, batch) SELECT (SELECT row FROM entity WHERE id = '%s'), '%s', '%s', '%s', '%s', '',"
             " '', randomblob(16), 1, origin, 1 FROM temp.current", person, flag, status, from, to);
    run_sql(sql);
    set_origin("", "", "");
}

/* item and answer of each row, for the rules of `three`. */
static const char *screened(const char *person)
{
    static char out[2048];
    const kith_view view = view_of("2022-06-30", 365);
    kith_store *store = open_hub();
    kith_table table;
    size_t size = 0;

    cr_assert(eq(int, read_rules(three, "step,when,sentence\nfront,otherwise,x\nhub,away,x\n"
                                        "hub,home,x\nhub,out,x\n"), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_screen(&table, store, &view, person, rules, &err), KITH_OK), "%s", err.message);
    for (size_t r = 0; r < kith_table_rows(&table); r++)
        size += (size_t)snprintf(out + size, sizeof out - size, "%s: %s; ", table.cells[5 * r + 1].text,
                                 table.cells[5 * r + 2].text);
    kith_table_free(&table);
    kith_store_close(store);
    return out;
}

Test(screening, nothing_recorded_is_not_a_no)
{
    add_person("P1", "");
    cr_expect(eq(str, (char *)screened("P1"),
                 "away: not known; home: not known; out: not known; front: not decided; "));
}

Test(screening, ways_are_alternatives_and_lines_are_all_needed)
{
    add_person("P1", "2005-07-01"); /* 16 until 2022-06-30 */
    add_flag("P1", "NO_HOME", "current", "2022-01-01", "", "1A");
    cr_expect(eq(str, (char *)screened("P1"),
                 "away: not known; home: met; out: not known; hub: decided by the rules; "));
    add_person("P2", "2004-06-30"); /* 18 on the day */
    add_flag("P2", "homeless", "", "", "", "");
    add_flag("P2", "EXCLUDED", "ended", "2021-01-01", "2021-03-01", "");
    cr_expect(eq(str, (char *)screened("P2"),
                 "away: not known; home: not met; out: not known; front: not decided; "));
}

Test(screening, an_ended_flag_differs_from_none_and_a_false_one_counts_for_nothing)
{
    add_person("P1", "2005-07-01");
    add_flag("P1", "HOMELESS", "", "2022-01-01", "2022-06-29", "");
    cr_expect(not(zero(ptr, strstr(screened("P1"), "home: not met"))));
    add_person("P2", "2005-07-01");
    add_flag("P2", "HOMELESS", "", "2022-01-01", "2022-06-30", "");
    cr_expect(not(zero(ptr, strstr(screened("P2"), "home: met"))));
    add_person("P3", "2005-07-01");
    add_flag("P3", "HOMELESS", "current", "2022-01-01", "", "3E");
    cr_expect(not(zero(ptr, strstr(screened("P3"), "home: not known"))));
    add_person("P4", "2005-07-01");
    add_flag("P4", "HOMELESS", "current", "2022-07-01", "", "");
    cr_expect(not(zero(ptr, strstr(screened("P4"), "home: not known"))));
}

Test(screening, a_report_that_two_agencies_sent_counts_once)
{
    add_person("P1", "2005-07-01");
    set_origin("police", "R1", "");
    add_event("E1", "missing", "2022-06-10", "", 0);
    set_origin("council", "R1", "");
    add_event("E2", "missing", "2022-06-10", "", 0);
    set_origin("", "", "");
    add_event("E3", "missing", "2022-05-31", "", 0); /* the thirty-first day */
    add_event("E4", "missing", "2022-07-01", "", 0); /* after as-of */
    for (int i = 1; i <= 4; i++)
        add_part((char[]){ 'E', (char)('0' + i), '\0' }, "P1", "missing");
    cr_expect(not(zero(ptr, strstr(screened("P1"), "away: not met"))));
    add_event("E5", "missing", "2022-06-01", "", 0);
    add_part("E5", "P1", "reporter");
    cr_expect(not(zero(ptr, strstr(screened("P1"), "away: not met"))));
    add_event("E6", "missing", "2022-06-01", "", 0);
    add_part("E6", "P1", "missing");
    cr_expect(not(zero(ptr, strstr(screened("P1"), "away: met"))));
}

Test(screening, a_place_is_not_screened)
{
    const kith_view view = view_of("2022-06-30", 365);
    kith_table table;

    add_place("L1", "park");
    cr_assert(eq(int, read_rules(NULL, NULL), KITH_OK));
    kith_store *store = open_hub();
    cr_expect(eq(int, kith_screen(&table, store, &view, "L1", rules, &err), KITH_USAGE));
    cr_expect(eq(int, kith_screen(&table, store, &view, "P9", rules, &err), KITH_NOT_FOUND));
    kith_store_close(store);
}

Test(screening, a_rule_file_that_cannot_be_meant_is_refused_by_line)
{
    static const char head[] = "criterion,way,looks_at,is,from,to,days,says\n";
    static const char *const lines[] = {
        "A b,1,flag,X,,,,s",        "a,1,flag,X,,,,",         "a,1,flags,X,,,,s",  "a,1,flag,,,,,s",
        "a,1,flag,X,1,,,s",         "a,1,event,X,1,,,s",      "a,1,event,X,,,3,s", "a,1,age,,17,16,,s",
        "a,1,age,,17,,,s",          "a,one,flag,X,,,,s",      "a,1,form,GAT.strong,-1,,,s",
        "a,1,form,GAT.strng,1,,,s", "a,1,form,GAT.strong/CSE.high.99,1,,,s", "a,1,form,GAT,1,,,s",
        "a,1,form,GUT.strong,1,,,s", "otherwise,1,flag,X,,,,s",  "a,1,flag,X,,,,s\na,1,flag,Y,,,,again",
    };
    static const char *const steps[] = { "low,,x", "low,b,x", "low,away+,x", "low,away home,x",
                                         "low,away+not away,x", ",away,x", "low,away,", "low,not,x" };
    char text[512];

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        snprintf(text, sizeof text, "%s%s\n", head, lines[i]);
        cr_expect(eq(int, read_rules(text, NULL), KITH_INPUT), "%s", lines[i]);
        cr_expect(not(zero(ptr, strstr(err.message, "criteria.csv:"))), "%s", err.message);
    }
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        snprintf(text, sizeof text, "step,when,sentence\n%s\n", steps[i]);
        cr_expect(eq(int, read_rules(three, text), KITH_INPUT), "%s", steps[i]);
        cr_expect(not(zero(ptr, strstr(err.message, "steps.csv:2:"))), "%s", err.message);
    }
    cr_expect(eq(int, read_rules(head, NULL), KITH_INPUT));
    cr_expect(eq(int, kith_screening_read(&rules, "nowhere.csv", NULL, &err), KITH_INPUT));
}
