/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_outcomes.c: before and after, counted by its rules. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "hub.h"
#include "kith/outcomes.h"

static kith_error err;

static void make_people(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-02-01");
    add_place("L1", "park");
    add_group("G1", "peer_group");
    add_object("O1", "phone");
}

TestSuite(outcomes, .init = make_people, .fini = end_hub);

static int32_t day_of(const char *text)
{
    int32_t day;

    cr_assert(kith_day_read(&day, text));
    return day;
}

/* January to March 2021, and April to May. */
static kith_periods spring(void)
{
    return (kith_periods){ .of = { { kith_day(2021, 1, 1), kith_day(2021, 3, 31) },
                                   { kith_day(2021, 4, 1), kith_day(2021, 5, 31) } },
                           .count = 2 };
}

static kith_status read_of(kith_outcomes *outcomes, char *const *ids, size_t count,
                           const kith_periods *periods)
{
    kith_store *store = open_hub();
    const kith_view view = view_of("2021-12-31", 365);
    const kith_status status =
        kith_outcomes_read(outcomes, store, &view, ids, count, day_of("2021-04-01"), periods, &err);

    kith_store_close(store);
    return status;
}

static kith_outcomes outcomes_of(const char *id)
{
    const kith_periods periods = spring();
    kith_outcomes outcomes;
    char *ids[] = { (char *)id };

    cr_assert(eq(int, read_of(&outcomes, ids, 1, &periods), KITH_OK), "%s", err.message);
    return outcomes;
}

static int64_t count_of(const char *id, kith_outcome measure, size_t period)
{
    kith_outcomes outcomes = outcomes_of(id);
    const int64_t count = outcomes.counts[measure][period].count;

    kith_outcomes_free(&outcomes);
    return count;
}

static void add_missing(const char *event, const char *at, const char *person)
{
    add_event(event, "missing", at, "", 1);
    add_part(event, person, "missing");
}

Test(outcomes, a_person_without_events_has_none)
{
    kith_outcomes outcomes = outcomes_of("P1");

    cr_assert(eq(i64, outcomes.counts[KITH_MISSING_EPISODES][0].count, 0));
    cr_assert(eq(i64, outcomes.counts[KITH_INCIDENTS][1].count, 0));
    cr_assert(eq(int, outcomes.first, INT32_MIN));
    cr_assert(outcomes.months);
    kith_outcomes_free(&outcomes);
}

Test(outcomes, the_edges_of_a_period_belong_to_it)
{
    add_missing("E1", "2020-12-31T23:59", "P1");
    add_missing("E2", "2021-01-01T00:00", "P1");
    add_missing("E3", "2021-03-31T23:59", "P1");
    add_missing("E4", "2021-04-01T00:00", "P1");
    add_missing("E5", "2021-05-31", "P1");
    add_missing("E6", "2021-06-01", "P1");
    cr_assert(eq(i64, count_of("P1", KITH_MISSING_EPISODES, 0), 2));
    cr_assert(eq(i64, count_of("P1", KITH_MISSING_EPISODES, 1), 2));
}

Test(outcomes, an_episode_counts_where_it_begins)
{
    add_missing("E1", "2021-03-31T23:30", "P1");
    run_sql("UPDATE event SET ended_at = '2021-04-02T08:00'");
    cr_assert(eq(i64, count_of("P1", KITH_MISSING_EPISODES, 0), 1));
    cr_assert(eq(i64, count_of("P1", KITH_MISSING_EPISODES, 1), 0));
}

Test(outcomes, undated_ones_stand_apart_and_a_month_counts_on_its_last_day)
{
    add_missing("E1", "", "P1");
    add_missing("E2", "2021-03", "P1");
    kith_outcomes outcomes = outcomes_of("P1");

    cr_assert(eq(i64, outcomes.counts[KITH_MISSING_EPISODES][0].count, 1));
    cr_assert(eq(i64, outcomes.notes[KITH_MISSING_EPISODES].undated, 1));
    cr_assert(eq(i64, outcomes.notes[KITH_MISSING_EPISODES].month_only, 1));
    kith_outcomes_free(&outcomes);
}

Test(outcomes, two_missing_together_are_two_episodes_in_one_event)
{
    const kith_periods periods = spring();
    char *ids[] = { "P1", "P2", "P1" };
    kith_outcomes outcomes;

    add_missing("E1", "2021-02-01", "P1");
    add_part("E1", "P2", "missing");
    cr_assert(eq(int, read_of(&outcomes, ids, 3, &periods), KITH_OK));
    cr_assert(eq(sz, outcomes.followed, 2));
    cr_assert(eq(i64, outcomes.counts[KITH_MISSING_EPISODES][0].count, 2));
    cr_assert(eq(i64, outcomes.counts[KITH_MISSING_EPISODES][0].events, 1));
    kith_outcomes_free(&outcomes);
}

Test(outcomes, exclusions_count_each_child_and_are_no_incidents)
{
    static const char *const kinds[] = { "exclusion", "suspension", "school_absence", "bullying" };
    const kith_periods periods = spring();
    char *ids[] = { "P1", "P2" };
    kith_outcomes outcomes;

    for (int i = 0; i < 4; i++) {
        const char id[] = { 'E', (char)('1' + i), '\0' };
        add_event(id, kinds[i], "2021-02-01", "", 0);
        add_part(id, "P1", "victim");
        add_part(id, "P2", i == 2 ? "reporter" : "present");
    }
    cr_assert(eq(int, read_of(&outcomes, ids, 2, &periods), KITH_OK));
    cr_expect(eq(i64, outcomes.counts[KITH_EDUCATION][0].count, 5));
    cr_expect(eq(i64, outcomes.counts[KITH_EDUCATION][0].events, 3));
    cr_expect(eq(i64, outcomes.counts[KITH_INCIDENTS][0].count, 1));
    kith_outcomes_free(&outcomes);
}

Test(outcomes, an_incident_is_one_event_however_many_were_in_it)
{
    const kith_periods periods = spring();
    char *ids[] = { "P1", "P2" };
    kith_outcomes outcomes;

    add_event("E1", "assault", "2021-02-01", "", 2);
    add_part("E1", "P1", "victim");
    add_part("E1", "P2", "witness");
    add_event("E2", "group_work", "2021-02-02", "", 0);
    add_part("E2", "P1", "present");
    add_event("E3", "assault", "2021-02-03", "", 2);
    add_part("E3", "P1", "reporter");
    add_event("E4", "of_no_list", "2021-02-04", "", 0);
    add_part("E4", "P1", "present");
    cr_assert(eq(int, read_of(&outcomes, ids, 2, &periods), KITH_OK));
    cr_assert(eq(i64, outcomes.counts[KITH_INCIDENTS][0].count, 1));
    cr_assert(eq(i64, outcomes.counts[KITH_MISSING_EPISODES][0].count, 0));
    cr_assert(eq(i64, outcomes.unknown_kinds, 1));
    cr_assert(eq(str, (char *)kith_text_string(&outcomes.kinds), "assault"));
    kith_outcomes_free(&outcomes);
}

/* Who was only present at another's missing episode was not missing, and it is no incident. */
Test(outcomes, another_persons_missing_episode_is_not_mine)
{
    add_missing("E1", "2021-02-01", "P1");
    add_part("E1", "P2", "witness");
    cr_assert(eq(i64, count_of("P2", KITH_MISSING_EPISODES, 0), 0));
    cr_assert(eq(i64, count_of("P2", KITH_INCIDENTS, 0), 0));
}

Test(outcomes, a_report_of_two_agencies_counts_once)
{
    set_origin("police", "R1", "1A");
    add_missing("E1", "2021-02-01T20:00", "P1");
    set_origin("social_care", "R1", "");
    add_missing("E2", "2021-02-01", "P1");
    add_missing("E3", "2021-02-02", "P1");
    kith_outcomes outcomes = outcomes_of("P1");

    cr_assert(eq(i64, outcomes.counts[KITH_MISSING_EPISODES][0].count, 2));
    cr_assert(eq(i64, outcomes.notes[KITH_MISSING_EPISODES].repeated, 1));
    kith_outcomes_free(&outcomes);
}

Test(outcomes, what_is_graded_e_is_listed_and_not_counted)
{
    set_origin("police", "R1", "1E");
    add_missing("E1", "2021-02-01", "P1");
    set_origin("police", "R2", "1A");
    add_missing("E2", "2021-02-02", "P1");
    kith_outcomes outcomes = outcomes_of("P1");

    cr_assert(eq(i64, outcomes.counts[KITH_MISSING_EPISODES][0].count, 1));
    cr_assert(eq(i64, outcomes.notes[KITH_MISSING_EPISODES].graded_false, 1));
    kith_outcomes_free(&outcomes);
}

Test(outcomes, a_group_is_who_belonged_on_the_baseline)
{
    add_link("P1", "G1", "member_of", 0, "2021-01-01", "");
    add_link("P2", "G1", "Member of", 0, "", "2021-03-31");
    add_missing("E1", "2021-02-01", "P1");
    add_part("E1", "P2", "missing");
    cr_assert(eq(i64, count_of("G1", KITH_MISSING_EPISODES, 0), 1));
}

Test(outcomes, a_group_without_members_is_refused)
{
    const kith_periods periods = spring();
    char *ids[] = { "G1" };
    kith_outcomes outcomes;

    add_link("P1", "G1", "member_of", 0, "2021-04-02", "");
    cr_assert(eq(int, read_of(&outcomes, ids, 1, &periods), KITH_NOT_FOUND));
    cr_assert(strstr(err.message, "2021-04-01") != NULL);
}

Test(outcomes, a_place_has_what_is_recorded_at_it)
{
    add_event("E1", "missing", "2021-02-01", "L1", 1);
    add_part("E1", "P1", "missing");
    add_part("E1", "P2", "missing");
    add_event("E2", "assault", "2021-02-02", "L1", 1);
    add_event("E3", "assault", "2021-02-03", "", 1);
    cr_assert(eq(i64, count_of("L1", KITH_MISSING_EPISODES, 0), 2));
    cr_assert(eq(i64, count_of("L1", KITH_INCIDENTS, 0), 1));
}

Test(outcomes, confirmed_records_are_one_person)
{
    add_missing("E1", "2021-02-01", "P1");
    add_part("E1", "P2", "missing");
    add_missing("E2", "2021-02-02", "P2");
    run_sql("INSERT INTO sameness SELECT p.row, q.row FROM entity AS p, entity AS q"
            " WHERE p.id IN ('P1', 'P2') AND q.id = 'P1'");
    cr_assert(eq(i64, count_of("P1", KITH_MISSING_EPISODES, 0), 2));
    cr_assert(eq(i64, count_of("P2", KITH_MISSING_EPISODES, 0), 2));
}

Test(outcomes, scales_give_their_first_and_last_and_no_more)
{
    run_sql(
        "INSERT INTO scale (person, rated_on, rater, score, extra, digest, nth, origin, batch)"
        " SELECT e.row, s.d, s.r, s.n, '', randomblob(16), 1, e.origin, e.batch FROM entity AS e,"
        " (SELECT '2021-03-01' AS d, 'child' AS r, 5 AS n UNION ALL SELECT '2021-01-02', 'child', 2"
        "  UNION ALL SELECT '2021-02-01', 'child', 9 UNION ALL SELECT '2021-03-02', 'child', NULL"
        "  UNION ALL SELECT '2021-04-01', 'worker', 7) AS s WHERE e.id = 'P1'");
    kith_outcomes outcomes = outcomes_of("P1");
    const kith_scale_sum child = outcomes.scales[KITH_CHILD_ITSELF][0];

    cr_assert(eq(i64, child.ratings, 3));
    cr_assert(eq(i64, child.people, 1));
    cr_assert(eq(i64, child.first, 2));
    cr_assert(eq(i64, child.last, 5));
    cr_assert(eq(i64, outcomes.scales[KITH_WORKER][1].last, 7));
    cr_assert(eq(i64, outcomes.scales[KITH_WORKER][0].people, 0));
    kith_outcomes_free(&outcomes);
}

Test(outcomes, people_and_places_do_not_mix_and_an_object_has_no_outcomes)
{
    const kith_periods periods = spring();
    char *mixed[] = { "P1", "L1" }, *object[] = { "O1" }, *nobody[] = { "P9" };
    kith_outcomes outcomes;

    cr_assert(eq(int, read_of(&outcomes, mixed, 2, &periods), KITH_USAGE));
    cr_assert(eq(int, read_of(&outcomes, object, 1, &periods), KITH_USAGE));
    cr_assert(eq(int, read_of(&outcomes, nobody, 1, &periods), KITH_NOT_FOUND));
    cr_assert(eq(int, read_of(&outcomes, nobody, 0, &periods), KITH_USAGE));
}

Test(outcomes, periods_that_overlap_or_lie_ahead_are_refused)
{
    kith_periods periods = spring();
    char *ids[] = { "P1" };
    kith_outcomes outcomes;

    periods.of[1].from = kith_day(2021, 3, 31);
    cr_assert(eq(int, read_of(&outcomes, ids, 1, &periods), KITH_USAGE));
    periods = spring();
    periods.of[1].to = kith_day(2022, 1, 1);
    cr_assert(eq(int, read_of(&outcomes, ids, 1, &periods), KITH_USAGE));
    periods.count = 0;
    cr_assert(eq(int, read_of(&outcomes, ids, 1, &periods), KITH_USAGE));
}

Test(outcomes, a_period_is_read_whole_or_not_at_all)
{
    static const char *const wrong[] = { "",
                                         "2021-01-01",
                                         "2021-01-01..",
                                         "..",
                                         "2021-01-01..2021-02-29",
                                         "2021-01..2021-02",
                                         "2021-01-01...2021-02-01",
                                         "2021-02-01..2021-01-31" };
    kith_period period;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert(eq(int, kith_period_read(&period, wrong[i], &err), KITH_USAGE), "%s", wrong[i]);
    cr_assert(eq(int, kith_period_read(&period, "2021-01-01..2021-01-01", &err), KITH_OK));
    cr_assert(eq(int, period.from, period.to));
}

Test(outcomes, months_are_whole_or_none)
{
    const kith_period whole = { kith_day(2020, 11, 1), kith_day(2021, 2, 28) };
    const kith_period part = { kith_day(2020, 2, 1), kith_day(2020, 2, 28) };

    cr_assert(eq(int, kith_period_months(whole), 4));
    cr_assert(eq(int, kith_period_months(part), 0));
}

static kith_periods about(const char *baseline, const char *until)
{
    kith_store *store = open_hub();
    const kith_view view = view_of("2021-12-31", 365);
    const int32_t last = until != NULL ? day_of(until) : INT32_MIN;
    kith_periods periods;

    cr_assert(
        eq(int, kith_periods_about(&periods, store, &view, day_of(baseline), last, &err), KITH_OK));
    kith_store_close(store);
    return periods;
}

Test(outcomes, both_periods_are_as_long_where_the_records_go_back)
{
    add_missing("E1", "2020-06-15", "P1");
    kith_periods periods = about("2021-04-01", "2021-06-30");
    cr_assert(eq(int, periods.of[0].from, day_of("2021-01-01")));
    cr_assert(eq(int, periods.of[0].to, day_of("2021-03-31")));
    periods = about("2021-04-02", "2021-04-11");
    cr_assert(eq(int, periods.of[0].from, day_of("2021-03-23")));
    periods = about("2020-07-01", "2020-12-31");
    cr_assert(eq(int, periods.of[0].from, day_of("2020-06-01")));
    periods = about("2020-06-20", "2020-12-30");
    cr_assert(eq(int, periods.of[0].from, day_of("2020-06-15")));
    periods = about("2020-06-01", NULL);
    cr_assert(eq(int, periods.of[1].to, day_of("2020-06-15")));
    periods = about("2020-06-16", NULL);
    cr_assert(eq(int, periods.of[1].to, day_of("2021-12-31")));
    periods = about("2020-01-01", "2020-02-29");
    cr_assert(eq(int, periods.of[0].from, day_of("2019-11-01")));
}

static const kith_cell *cell(const kith_table *table, size_t row, const char *column)
{
    size_t c = 0;

    while (strcmp(table->columns[c].name, column) != 0)
        cr_assert(lt(sz, ++c, table->column_count), "there is no column %s", column);
    return &table->cells[row * table->column_count + c];
}

/* 112 over January to July is 16.0 a month (R13). */
Test(outcomes, a_hundred_and_twelve_in_seven_months_are_sixteen_a_month)
{
    kith_outcomes outcomes = {
        .periods = { .of = { { kith_day(2021, 1, 1), kith_day(2021, 7, 31) },
                             { kith_day(2021, 8, 1), kith_day(2022, 1, 31) } },
                     .count = 2 },
        .months = true,
        .kind = KITH_PERSON,
        .followed = 4,
        .baseline = INT32_MIN,
        .first = INT32_MIN
    };
    kith_table table = { 0 };
    bool lengths = false, alone = false, baseline = false;

    outcomes.counts[KITH_MISSING_EPISODES][0] = (kith_outcome_count){ 112, 28 };
    outcomes.counts[KITH_MISSING_EPISODES][1] = (kith_outcome_count){ 2, 1 };
    cr_assert(eq(int, kith_outcomes_table(&table, &outcomes, &err), KITH_OK));
    cr_assert(eq(dbl, cell(&table, 0, "rate")->number, 16.0));
    cr_assert(eq(str, cell(&table, 0, "per")->text, "month"));
    cr_assert(eq(i64, cell(&table, 0, "days")->integer, 212));
    cr_assert(cell(&table, 0, "rate_ratio")->missing);
    cr_assert(epsilon_eq(dbl, cell(&table, 1, "rate_ratio")->number, 2.0 / 6 / 16, 1e-12));
    cr_assert(epsilon_eq(dbl, cell(&table, 1, "ratio_high")->number, 0.07703314084772075, 1e-9));
    for (size_t i = 0; i < table.note_count; i++) {
        lengths |= strstr(table.notes[i], "differ in length: 212 days (7 months), 184") != NULL;
        alone |= strstr(table.notes[i], "no comparison group") != NULL;
        baseline |= strstr(table.notes[i], "no baseline date") != NULL;
    }
    cr_assert(lengths && alone && baseline);
    kith_table_free(&table);
}
