/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith/forms.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "support.h"

static kith_band_rules rules;
static char *folder;

static void begin(void)
{
    begin_hub();
    folder = make_folder();
    cr_assert_eq(kith_band_rules_read(&rules, NULL, NULL), KITH_OK);
}

static void end(void)
{
    kith_band_rules_free(&rules);
    drop_folder(folder);
    end_hub();
}

TestSuite(forms, .init = begin, .fini = end);

static const char *band(int strong, int moderate)
{
    size_t fits;
    const kith_band_rule *rule = kith_band_find(&rules, strong, moderate, &fits);

    return fits == 1 ? rule->band : "NO BAND";
}

static int cells(const char *name)
{
    int count = 0;

    for (int s = 0; s <= KITH_GAT_STRONG; s++)
        for (int m = 0; m <= KITH_GAT_MODERATE; m++)
            count += strcmp(band(s, m), name) == 0;
    return count;
}

/* The form's three sentences, written here as conditions and not as ranges: "None of the
 * strong signs ... less than 5 of the moderate"; "1-3 of the strong signs and some
 * moderate"; "More than 3 of the strong signs and more than 5 of the moderate". */
Test(forms, every_cell_has_the_band_that_the_sentences_give_it)
{
    for (int s = 0; s <= KITH_GAT_STRONG; s++)
        for (int m = 0; m <= KITH_GAT_MODERATE; m++) {
            const char *expected = s < 1 && m < 5                      ? "LOW"
                                   : (s == 1 || s == 2 || s == 3) && m ? "MEDIUM"
                                   : s > 3 && m > 5                    ? "HIGH"
                                                                       : "NO BAND";
            cr_assert_str_eq(band(s, m), expected, "strong %d, moderate %d", s, m);
        }
}

/* Counted by hand from the sentences: 5; 3 x 19; 5 x 14; and 15 + 3 + 30 without a band. */
Test(forms, the_table_of_180_has_48_cells_without_a_band)
{
    cr_assert(eq(int, cells("LOW"), 5));
    cr_assert(eq(int, cells("MEDIUM"), 57));
    cr_assert(eq(int, cells("HIGH"), 70));
    cr_assert(eq(int, cells("NO BAND"), 48));
    cr_assert_str_eq(band(0, 5), "NO BAND");
    cr_assert_str_eq(band(2, 0), "NO BAND");
    cr_assert_str_eq(band(4, 5), "NO BAND");
}

static const char *cell(const kith_table *table, size_t row, const char *column)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].name, column) == 0)
            return table->cells[row * table->column_count + c].text;
    cr_fatal("no column %s", column);
}

static int number(const kith_table *table, size_t row, const char *column)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].name, column) == 0)
            return (int)table->cells[row * table->column_count + c].integer;
    cr_fatal("no column %s", column);
}

static int rows_with(const kith_table *table, const char *column, const char *text)
{
    int count = 0;

    for (size_t r = 0; r < kith_table_rows(table); r++) {
        const char *found = cell(table, r, column);
        count += found != NULL && strcmp(found, text) == 0;
    }
    return count;
}

Test(forms, the_own_rules_have_48_gaps_no_overlap_and_7_falls)
{
    kith_table table;
    size_t found;

    cr_assert_eq(kith_band_check(&table, &found, &rules, NULL), KITH_OK);
    cr_assert(eq(int, rows_with(&table, "kind", "gap"), 48));
    cr_assert(eq(int, rows_with(&table, "kind", "overlap"), 0));
    /* (0,4) to (0,5); (0,0) to (1,0); (3,1..5) to (4,1..5) */
    cr_assert(eq(int, rows_with(&table, "kind", "not_monotone"), 7));
    cr_assert(eq(sz, found, 55));
    kith_table_free(&table);
}

static kith_status read_rules(kith_band_rules *out, const char *text, kith_error *err)
{
    static char path[512];

    snprintf(path, sizeof path, "%s/rules.csv", folder);
    write_file(path, text, strlen(text));
    return kith_band_rules_read(out, path, err);
}

#define HEADER "band,strong_from,strong_to,moderate_from,moderate_to,sentence\n"

Test(forms, rules_that_cover_the_table_and_rise_have_no_fault)
{
    kith_band_rules whole;
    kith_table table;
    size_t found;

    cr_assert_eq(read_rules(&whole, HEADER "A,0,3,0,,one\nB,4,,0,,two\n", NULL), KITH_OK);
    cr_assert_eq(kith_band_check(&table, &found, &whole, NULL), KITH_OK);
    cr_assert(eq(sz, found, 0));
    kith_table_free(&table);
    kith_band_rules_free(&whole);
}

Test(forms, a_gap_an_overlap_and_a_fall_are_named_by_their_cell)
{
    kith_band_rules odd;
    kith_table table;
    size_t found;

    /* (8,19) is left out; (0,0) fits two rules; with strong 5 the band falls to A. */
    cr_assert_eq(read_rules(&odd,
                            HEADER "A,0,3,0,,one\nB,4,4,0,,two\nA,5,7,0,,one\nA,8,8,0,18,one\n"
                                   "B,0,0,0,0,three\n", NULL), KITH_OK);
    cr_assert_eq(kith_band_check(&table, &found, &odd, NULL), KITH_OK);
    cr_assert(eq(int, rows_with(&table, "kind", "gap"), 1));
    cr_assert(eq(int, rows_with(&table, "kind", "overlap"), 1));
    cr_assert_str_eq(cell(&table, 0, "band"), "A, B");
    /* 20 cells from strong 4 to 5, and (8,19) from both its neighbours */
    cr_assert(eq(int, rows_with(&table, "kind", "not_monotone"), 22));
    cr_assert(eq(int, number(&table, found - 1, "strong"), 8));
    cr_assert(eq(int, number(&table, found - 1, "moderate"), 19));
    kith_table_free(&table);
    kith_band_rules_free(&odd);
}

Test(forms, a_rule_file_that_cannot_be_read_is_refused_with_its_line)
{
    static const char *const wrong[][2] = {
        { "", "empty" },
        { HEADER, "no rule" },
        { "band,sentence\nA,x\n", "strong_from is missing" },
        { HEADER "A,0,3,0,x,one\n", "rules.csv:2: moderate_to" },
        { HEADER "A,-1,3,0,,one\n", "rules.csv:2: strong_from" },
        { HEADER "A,,3,0,,one\n", "rules.csv:2: strong_from" },
        { HEADER "A,0,99999999999,0,,one\n", "strong_to" },
        { HEADER "A,4,3,0,,one\n", "from is above to" },
        { HEADER ",0,3,0,,one\n", "band is blank" },
        { HEADER "A,0,3,0,,\n", "sentence is blank" },
        { HEADER "No band,0,3,0,,x\n", "leave the rule out" },
        { HEADER "A,0,3,0,,\"x\n", "quote" },
    };
    kith_band_rules none;
    kith_error err;

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        cr_assert_eq(read_rules(&none, wrong[i][0], &err), KITH_INPUT, "%s", wrong[i][0]);
        cr_assert_not_null(strstr(err.message, wrong[i][1]), "%s: %s", wrong[i][1], err.message);
    }
    cr_assert_eq(kith_band_rules_read(&none, "/nowhere/rules.csv", &err), KITH_INPUT);
}

static void add_form(const char *id, const char *person, const char *tool, const char *on)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "INSERT INTO assessment (id, person, tool, assessed_on, assessor_role, level, extra, origin, batch) "
             "VALUES ('%s', (SELECT row FROM entity WHERE id = '%s'), '%s', '%s', 'nurse', 'high', '', "
             "(SELECT max(row) FROM origin), (SELECT max(row) FROM batch))",
             id, person, tool, on);
    run_sql(sql);
}

static void tick(const char *form, const char *item, const char *status)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "INSERT INTO indicator (assessment, item, status, voice, text, extra, digest, nth, origin, batch) "
             "VALUES ((SELECT row FROM assessment WHERE id = '%s'), '%s', '%s', 'worker', '', '', "
             "randomblob(16), 1, (SELECT max(row) FROM origin), (SELECT max(row) FROM batch))",
             form, item, status);
    run_sql(sql);
}

static kith_status assess(kith_table *table, const char *person, const char *as_of, const char *one,
                          const char *two, kith_error *err)
{
    const char *const named[] = { one, two };
    const kith_assess_options options = { person, one != NULL ? named : NULL,
                                          (size_t)(one != NULL) + (two != NULL) };
    const kith_view view = view_of(as_of, 365);
    kith_store *store = open_hub();
    const kith_status status =
        two != NULL ? kith_assess_compare(table, store, &view, &options, &rules, err)
                    : kith_assess(table, store, &view, &options, &rules, err);

    kith_store_close(store);
    return status;
}

/* Row of a form's count of a list. */
static size_t count_row(const kith_table *table, const char *list)
{
    for (size_t r = 0; r < kith_table_rows(table); r++)
        if (strcmp(cell(table, r, "what"), "count") == 0 && strcmp(cell(table, r, "item"), list) == 0)
            return r;
    cr_fatal("no count of %s", list);
}

Test(forms, a_sign_told_twice_counts_once_and_what_is_not_a_sign_never)
{
    kith_table table;

    set_origin("police", "R1", "1A");
    add_person("P1", "2008-01-01");
    add_form("A1", "P1", "gat", "2022-01-01");
    tick("A1", "strong.4", "present");
    tick("A1", "Strong.4", "current");
    tick("A1", "strong.9", "present");
    tick("A1", "strong.40", "present");
    tick("A1", "at_risk.1", "present");
    tick("A1", "strong.6", "historic");
    tick("A1", "moderate.1", "");
    set_origin("police", "R2", "3E");
    tick("A1", "moderate.2", "present");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    cr_assert(eq(int, number(&table, count_row(&table, "strong"), "ticked"), 1));
    cr_assert(eq(int, number(&table, count_row(&table, "strong"), "of"), 8));
    cr_assert(eq(int, number(&table, count_row(&table, "moderate"), "ticked"), 1));
    cr_assert(eq(int, number(&table, count_row(&table, "moderate"), "of"), 19));
    cr_assert(eq(int, rows_with(&table, "what", "not counted"), 5));
    cr_assert(eq(int, rows_with(&table, "what", "item"), 3));
    cr_assert_str_eq(cell(&table, 0, "item"), "MEDIUM");
    kith_table_free(&table);
}

Test(forms, the_same_sign_in_both_lists_is_said_with_its_bands_counted_once)
{
    kith_table table;

    add_person("P1", "2008-01-01");
    add_form("A1", "P1", "GAT", "2022-01-01");
    tick("A1", "strong.5", "present");
    tick("A1", "moderate.19", "present");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    cr_assert_str_eq(cell(&table, 0, "item"), "MEDIUM");
    cr_assert(eq(int, rows_with(&table, "text", "codes of group behaviour; counted once it would be NO "
                                "BAND as a strong sign, LOW as a moderate one"), 1));
    kith_table_free(&table);
}

Test(forms, a_form_without_a_tick_is_no_absence_of_risk)
{
    kith_table table;
    bool said = false;

    add_person("P1", "2008-01-01");
    add_form("A1", "P1", "GAT", "2022-01-01");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    cr_assert_str_eq(cell(&table, 0, "item"), "LOW");
    for (size_t i = 0; i < table.note_count; i++)
        said = said || strstr(table.notes[i], "no sign is ticked") != NULL;
    cr_assert(said);
    kith_table_free(&table);
}

/* All 71 boxes in both columns: 18, 18, 19 and 16 of them, and still no level. */
Test(forms, the_cse_form_has_counts_kept_apart_and_no_level)
{
    static const struct { const char *list; int of; } lists[] = {
        { "vulnerability", 18 }, { "at_risk", 18 }, { "medium", 19 }, { "high", 16 } };
    kith_table table;
    char item[64];

    add_person("P1", "2008-01-01");
    add_form("A1", "P1", "CSE", "2022-01-01");
    for (size_t l = 0; l < 4; l++)
        for (int i = 1; i <= lists[l].of; i++) {
            snprintf(item, sizeof item, "%s.%d", lists[l].list, i);
            tick("A1", item, l == 0 ? "present" : "current");
            if (l > 0 && i > 1)
                tick("A1", item, "historic");
        }
    tick("A1", "high.17", "current");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    for (size_t l = 0; l < 4; l++) {
        const size_t row = count_row(&table, lists[l].list);
        cr_assert(eq(int, number(&table, row, "of"), lists[l].of));
        cr_assert(eq(int, number(&table, row, "ticked"), l == 0 ? 18 : 0));
        cr_assert(eq(int, number(&table, row, "current"), l == 0 ? 0 : lists[l].of));
        cr_assert(eq(int, number(&table, row, "historic"), l == 0 ? 0 : lists[l].of - 1));
    }
    cr_assert(eq(int, rows_with(&table, "what", "band"), 0));
    cr_assert(eq(int, rows_with(&table, "what", "practitioner's level"), 1));
    cr_assert(eq(int, rows_with(&table, "what", "one fact, several items"), 7));
    cr_assert(eq(int, rows_with(&table, "what", "not counted"), 1));
    kith_table_free(&table);
}

Test(forms, a_tick_that_says_neither_current_nor_historic_is_neither)
{
    kith_table table;

    add_person("P1", "2008-01-01");
    add_form("A1", "P1", "CSE", "2022-01-01");
    tick("A1", "high.1", "present");
    tick("A1", "high.3", "present");
    tick("A1", "high.3", "historic");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    const size_t row = count_row(&table, "high");
    cr_assert(eq(int, number(&table, row, "ticked"), 1));
    cr_assert(eq(int, number(&table, row, "current"), 0));
    cr_assert(eq(int, number(&table, row, "historic"), 1));
    kith_table_free(&table);
}

Test(forms, the_newest_form_comes_first_and_later_ones_are_left_out)
{
    kith_table table;

    add_person("P1", "2008-01-01");
    add_form("A1", "P1", "PEER", "2022-01-01");
    add_form("A2", "P1", "PEER", "2022-03");
    add_form("A3", "P1", "PEER", "2022-03-30");
    add_form("A4", "P1", "PEER", "2022-07-01");
    add_form("A5", "P1", "PEER", "2022-06");
    cr_assert_eq(assess(&table, "P1", "2022-06-29", NULL, NULL, NULL), KITH_OK);
    cr_assert(eq(sz, kith_table_rows(&table), 3));
    cr_assert_str_eq(cell(&table, 0, "assessment"), "A2");
    cr_assert_str_eq(cell(&table, 1, "assessment"), "A3");
    cr_assert_str_eq(cell(&table, 2, "assessment"), "A1");
    kith_table_free(&table);
}

Test(forms, records_confirmed_to_be_one_person_have_their_forms_together)
{
    kith_table table;

    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_form("A1", "P1", "CSE", "2022-01-01");
    add_form("A2", "P2", "CSE", "2022-03-01");
    run_sql("INSERT INTO sameness SELECT row, (SELECT row FROM entity WHERE id = 'P1') FROM entity");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    cr_assert_str_eq(cell(&table, 0, "assessment"), "A2");
    cr_assert(eq(int, rows_with(&table, "what", "practitioner's level"), 2));
    cr_assert_str_eq(table.notes[table.note_count - 1],
                     "A2 is recorded of P2, confirmed to be one with P1");
    kith_table_free(&table);
    cr_assert_eq(assess(&table, "P2", "2022-06-30", "A1", "A2", NULL), KITH_OK);
    kith_table_free(&table);
}

Test(forms, a_form_graded_e_counts_nowhere_whatever_its_items_are)
{
    kith_table table;

    add_person("P1", "2008-01-01");
    set_origin("police", "R1", "3E");
    add_form("A1", "P1", "GAT", "2022-01-01");
    set_origin("police", "R2", "1A");
    tick("A1", "strong.1", "present");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    cr_assert(eq(int, number(&table, count_row(&table, "strong"), "ticked"), 0));
    cr_assert(eq(int, rows_with(&table, "what", "not counted"), 1));
    kith_table_free(&table);
}

Test(forms, two_forms_are_compared_box_by_box_the_older_first)
{
    kith_table table;

    add_person("P1", "2008-01-01");
    add_form("A1", "P1", "CSE", "2022-01-01");
    add_form("A2", "P1", "CSE", "2022-03-01");
    tick("A1", "vulnerability.1", "present");
    tick("A2", "vulnerability.1", "current");
    tick("A1", "at_risk.4", "current");
    tick("A2", "at_risk.4", "historic");
    tick("A1", "medium.2", "current");
    tick("A2", "high.15", "current");
    cr_assert_eq(assess(&table, NULL, "2022-06-30", "A2", "A1", NULL), KITH_OK);
    static const char *const expected[] = { "same", "changed", "gone", "new" };
    cr_assert(eq(sz, kith_table_rows(&table), 4));
    for (size_t r = 0; r < 4; r++)
        cr_assert_str_eq(cell(&table, r, "change"), expected[r]);
    kith_table_free(&table);
}

Test(forms, two_children_and_two_forms_are_never_compared)
{
    kith_table table;
    kith_error err;

    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_form("A1", "P1", "CSE", "2022-01-01");
    add_form("A2", "P2", "CSE", "2022-03-01");
    add_form("A3", "P1", "GAT", "2022-03-01");
    cr_assert_eq(assess(&table, NULL, "2022-06-30", "A1", "A2", &err), KITH_NOT_FOUND);
    cr_assert_eq(assess(&table, NULL, "2022-06-30", "A1", "A3", &err), KITH_USAGE);
    cr_assert_eq(assess(&table, NULL, "2022-06-30", "A1", "A1", &err), KITH_USAGE);
}

Test(forms, a_form_that_is_not_known_is_listed_and_counted_nowhere)
{
    kith_table table;

    add_person("P1", "2008-01-01");
    add_form("A1", "P1", "LOCAL", "2022-01-01");
    tick("A1", "strong.1", "present");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    cr_assert(eq(sz, kith_table_rows(&table), 2));
    cr_assert(eq(int, rows_with(&table, "what", "count"), 0));
    cr_assert(eq(int, rows_with(&table, "what", "not counted"), 1));
    kith_table_free(&table);
}

Test(forms, whom_nobody_assessed_has_no_rows_and_who_is_not_there_is_not_found)
{
    kith_table table;
    kith_error err;

    add_person("P1", "2008-01-01");
    add_place("L1", "park");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    cr_assert(eq(sz, kith_table_rows(&table), 0));
    kith_table_free(&table);
    cr_assert_eq(assess(&table, "P9", "2022-06-30", NULL, NULL, &err), KITH_NOT_FOUND);
    cr_assert_eq(assess(&table, NULL, "2022-06-30", "A9", NULL, &err), KITH_NOT_FOUND);
    cr_assert_eq(assess(&table, "P1", "2022-06-30", "A9", NULL, &err), KITH_NOT_FOUND);
    cr_assert_eq(assess(&table, "L1", "2022-06-30", NULL, NULL, &err), KITH_USAGE);
}

static void rate(const char *on, const char *rater, const char *score)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "INSERT INTO scale (person, rated_on, rater, score, extra, digest, nth, origin, batch) "
             "SELECT max(row), '%s', '%s', %s, '', randomblob(16), 1, (SELECT max(row) FROM origin), 1 "
             "FROM entity", on, rater, score);
    run_sql(sql);
}

static void plan(const char *id, const char *due, const char *status)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "INSERT INTO action (id, subject, context, goal, action, due, owner_role, measure_of_success,"
             " status, extra, origin, batch) SELECT '%s', max(row), '', '', 'Light the path', '%s', '',"
             " 'No child hurt', '%s', '', (SELECT max(row) FROM origin), 1 FROM entity", id, due, status);
    run_sql(sql);
}

Test(forms, raters_three_apart_are_pointed_out_and_a_blank_is_not_asked)
{
    kith_table table;

    add_person("P1", "2008-01-01");
    rate("2022-01-01", "worker", "4");
    rate("2022-01-01", "child", "6"); /* two apart, and no parent */
    rate("2022-02-01", "worker", "0");
    rate("2022-02-01", "child", "3");
    rate("2022-02-01", "parent", "NULL");
    rate("2022-07-01", "child", "10"); /* after as-of */
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    cr_expect(eq(int, rows_with(&table, "item", "safety"), 6));
    cr_expect(eq(int, rows_with(&table, "item", "spread"), 1));
    cr_expect(eq(int, rows_with(&table, "text", "not asked"), 2));
    cr_expect(eq(int, rows_with(&table, "text", "0 of 10"), 1));
    cr_expect(eq(int, rows_with(&table, "text", "from 0 to 3: they see it differently; talk about why"), 1));
    kith_table_free(&table);
}

Test(forms, a_plan_says_what_is_due_and_overdue_on_the_day)
{
    kith_table table;

    add_person("P1", "2008-01-01");
    plan("N1", "2022-06-29", "open");
    plan("N2", "2022-06-30", "");
    plan("N3", "2022-06", "open"); /* a month ends on its last day */
    plan("N4", "2022-07-02", "open");
    plan("N5", "2022-06-01", "Done");
    plan("N6", "", "open");
    cr_assert_eq(assess(&table, "P1", "2022-06-30", NULL, NULL, NULL), KITH_OK);
    cr_expect(eq(int, rows_with(&table, "what", "plan"), 6));
    cr_expect(eq(int, rows_with(&table, "status", "overdue by 1 day"), 1));
    cr_expect(eq(int, rows_with(&table, "status", "due today"), 2));
    cr_expect(eq(int, rows_with(&table, "status", "due in 2 days"), 1));
    cr_expect(eq(int, rows_with(&table, "status", "Done"), 1));
    cr_expect(eq(int, rows_with(&table, "status", "no date"), 1));
    cr_expect_str_eq(cell(&table, 0, "text"), "Action: Light the path | When and or how often?: 2022-06 | "
                     "By whom?: not recorded, ask | What will we see to know it has worked?: No child hurt");
    kith_table_free(&table);
}
