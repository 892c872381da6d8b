/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcomes_table.c: a before and after as rows, with all that must be said of it. */
#include <math.h>

#include "kith/outcomes.h"
#include "kith/statistics.h"

static const double level = KITH_OUTCOME_LEVEL / 100.0;

enum { COVERED_DAYS = 7 }; /* a week without any event of anybody at an end is not worth a word */

static const char *const measure_name[KITH_OUTCOME_COUNT] = { "missing episodes", "incidents",
                                                              "education" };

static int days_of(kith_period period)
{
    return period.to - period.from + 1;
}

/* The unit that rates are per: months, or 30 days. */
static double exposure_of(const kith_outcomes *outcomes, size_t i)
{
    const kith_period period = outcomes->periods.of[i];

    return outcomes->months ? kith_period_months(period) : days_of(period) / 30.0;
}

static void add_period(kith_table *table, const kith_outcomes *outcomes, size_t i)
{
    const kith_period period = outcomes->periods.of[i];
    char from[KITH_TIME_SIZE], to[KITH_TIME_SIZE];

    kith_day_write(from, period.from);
    kith_day_write(to, period.to);
    if (outcomes->baseline == INT32_MIN)
        kith_table_text(table, i == 0 ? "first" : "later");
    else if (period.to < outcomes->baseline)
        kith_table_text(table, "before");
    else
        kith_table_text(table, period.from >= outcomes->baseline ? "after" : "across the baseline");
    kith_table_text(table, from);
    kith_table_text(table, to);
    kith_table_integer(table, days_of(period));
}

static void add_number(kith_table *table, double value)
{
    kith_table_number(table, isfinite(value) ? value : NAN);
}

static void add_ratio(kith_table *table, const kith_outcomes *outcomes, kith_outcome measure,
                      size_t i)
{
    const kith_outcome_count *counts = outcomes->counts[measure];
    double ratio = NAN, low = NAN, high = NAN;

    if (i > 0 && counts[0].count + counts[i].count > 0)
        kith_rate_ratio(&ratio, &low, &high, counts[0].count, exposure_of(outcomes, 0),
                        counts[i].count, exposure_of(outcomes, i), level);
    add_number(table, ratio);
    add_number(table, low);
    add_number(table, high);
}

static void add_count(kith_table *table, const kith_outcomes *outcomes, kith_outcome measure,
                      size_t i)
{
    const kith_outcome_count *count = &outcomes->counts[measure][i];
    const double exposure = exposure_of(outcomes, i);
    double low, high;

    kith_table_text(table, measure_name[measure]);
    add_period(table, outcomes, i);
    kith_table_integer(table, count->count);
    kith_table_number(table, (double)count->count / exposure);
    kith_table_text(table, outcomes->months ? "month" : "30 days");
    add_ratio(table, outcomes, measure, i);
    kith_poisson_limits(&low, &high, count->count, level);
    kith_table_number(table, low / exposure);
    kith_table_number(table, high / exposure);
    kith_table_integer(table, count->events);
    for (int missing = 0; missing < 3; missing++)
        kith_table_missing(table);
}

static void add_scale(kith_table *table, const kith_outcomes *outcomes, kith_rater rater, size_t i)
{
    static const char *const name[KITH_RATER_COUNT] = { "scale by worker", "scale by parent",
                                                        "scale by child" };
    const kith_scale_sum *sum = &outcomes->scales[rater][i];

    kith_table_text(table, name[rater]);
    add_period(table, outcomes, i);
    kith_table_integer(table, sum->ratings);
    for (int missing = 0; missing < 8; missing++)
        kith_table_missing(table);
    kith_table_integer(table, sum->people);
    if (sum->people == 0) {
        kith_table_missing(table);
        kith_table_missing(table);
        return;
    }
    kith_table_integer(table, sum->first);
    kith_table_integer(table, sum->last);
}

static bool rated(const kith_outcomes *outcomes)
{
    for (int r = 0; r < KITH_RATER_COUNT; r++)
        for (size_t i = 0; i < outcomes->periods.count; i++)
            if (outcomes->scales[r][i].ratings > 0)
                return true;
    return false;
}

static void add_columns(kith_table *table)
{
    static const struct {
        const char *name;
        kith_cell_type type;
    } columns[] = {
        { "measure", KITH_CELL_TEXT },      { "period", KITH_CELL_TEXT },
        { "from", KITH_CELL_TEXT },         { "to", KITH_CELL_TEXT },
        { "days", KITH_CELL_INTEGER },      { "count", KITH_CELL_INTEGER },
        { "rate", KITH_CELL_NUMBER },       { "per", KITH_CELL_TEXT },
        { "rate_ratio", KITH_CELL_NUMBER }, { "ratio_low", KITH_CELL_NUMBER },
        { "ratio_high", KITH_CELL_NUMBER }, { "rate_low", KITH_CELL_NUMBER },
        { "rate_high", KITH_CELL_NUMBER },  { "events", KITH_CELL_INTEGER },
        { "people", KITH_CELL_INTEGER },    { "first", KITH_CELL_INTEGER },
        { "last", KITH_CELL_INTEGER },
    };

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(table, columns[i].name, columns[i].type);
}

static void add_facts(kith_table *table, const kith_outcomes *outcomes)
{
    char day[KITH_TIME_SIZE];
    const char *what = outcomes->kind == KITH_LOCATION
                           ? (outcomes->followed == 1 ? "place" : "places")
                           : (outcomes->followed == 1 ? "person" : "people");

    kith_day_write(day, outcomes->members_on);
    if (outcomes->group)
        kith_table_fact(table, "followed", "%zu %s, group members as on %s, in every period",
                        outcomes->followed, what, day);
    else
        kith_table_fact(table, "followed", "%zu %s, in every period", outcomes->followed, what);
    kith_day_write(day, outcomes->baseline == INT32_MIN ? 0 : outcomes->baseline);
    kith_table_fact(table, "baseline", "%s", outcomes->baseline == INT32_MIN ? "not given" : day);
    kith_table_fact(table, "rates", "%s",
                    outcomes->months ? "per month, over whole calendar months"
                                     : "per 30 days: not every period is whole calendar months");
    kith_table_fact(table, "interval", "exact, %g %%", 100 * level);
    kith_table_fact(table, "comparison", "no comparison group");
}

static void note_lengths(kith_table *table, const kith_outcomes *outcomes)
{
    const kith_periods *periods = &outcomes->periods;
    kith_text lengths = { 0 };
    bool differ = false;

    for (size_t i = 0; i < periods->count; i++) {
        const int months = kith_period_months(periods->of[i]);
        differ = differ || exposure_of(outcomes, i) != exposure_of(outcomes, 0);
        kith_text_format(&lengths, "%s%d days", i > 0 ? ", " : "", days_of(periods->of[i]));
        if (outcomes->months)
            kith_text_format(&lengths, " (%d %s)", months, months == 1 ? "month" : "months");
    }
    if (lengths.failed)
        table->failed = true;
    if (differ)
        kith_table_note(table, "the periods differ in length: %s; compare rates, never counts",
                        kith_text_string(&lengths));
    kith_text_free(&lengths);
}

static void note_between(kith_table *table, const kith_periods *periods)
{
    char from[KITH_TIME_SIZE], to[KITH_TIME_SIZE];

    for (size_t i = 1; i < periods->count; i++) {
        if (periods->of[i].from == periods->of[i - 1].to + 1)
            continue;
        kith_day_write(from, periods->of[i - 1].to + 1);
        kith_day_write(to, periods->of[i].from - 1);
        kith_table_note(table, "%s to %s lies in no period", from, to);
    }
}

/* Where the hub's own records begin or end inside the periods, no event is no finding. */
static void note_coverage(kith_table *table, const kith_outcomes *outcomes)
{
    const kith_periods *periods = &outcomes->periods;
    char first[KITH_TIME_SIZE], last[KITH_TIME_SIZE];

    if (outcomes->first == INT32_MIN) {
        kith_table_note(table, "no dated event is recorded in this hub: 0 is no finding");
        return;
    }
    kith_day_write(first, outcomes->first);
    kith_day_write(last, outcomes->last);
    if (outcomes->first - periods->of[0].from > COVERED_DAYS)
        kith_table_note(table, "the first event in this hub is of %s: 0 before it is no finding",
                        first);
    if (periods->of[periods->count - 1].to - outcomes->last > COVERED_DAYS)
        kith_table_note(table, "the last event in this hub is of %s: 0 after it is no finding",
                        last);
}

static void note_baseline(kith_table *table, const kith_outcomes *outcomes)
{
    if (outcomes->baseline == INT32_MIN) {
        kith_table_note(table,
                        "no baseline date was given, so nothing here is before or after: give "
                        "--baseline, the day the work began");
        return;
    }
    for (size_t i = 0; i < outcomes->periods.count; i++)
        if (outcomes->periods.of[i].from < outcomes->baseline &&
            outcomes->periods.of[i].to >= outcomes->baseline)
            kith_table_note(table, "the baseline lies inside a period: part of it is before, part "
                                   "after");
}

static void note_measure(kith_table *table, const kith_outcomes *outcomes, kith_outcome measure)
{
    const kith_outcome_notes *notes = &outcomes->notes[measure];
    const kith_outcome_count *counts = outcomes->counts[measure];
    int64_t count = 0, events = 0, least = INT64_MAX;

    for (size_t i = 0; i < outcomes->periods.count; i++) {
        count += counts[i].count;
        events += counts[i].events;
        least = counts[i].count < least ? counts[i].count : least;
    }
    if (measure == KITH_EDUCATION && count + notes->undated + notes->graded_false == 0) {
        kith_table_note(table, "education: no exclusion, suspension or absence is recorded of those followed: "
                               "0 is no finding unless their schools send them; ask");
        return;
    }
    if (least < KITH_OUTCOME_SMALL)
        kith_table_note(table,
                        "%s: small numbers, %lld in one period: one more or fewer changes its rate "
                        "much, and rate_high says what 0 or few may still hide",
                        measure_name[measure], (long long)least);
    if (count > events)
        kith_table_note(table,
                        "%s: %lld in %lld events: people in one event count each, do not "
                        "happen independently, and the intervals are too narrow",
                        measure_name[measure], (long long)count, (long long)events);
    if (notes->undated > 0)
        kith_table_note(table, "%s: %lld more without a date, in no period", measure_name[measure],
                        (long long)notes->undated);
    if (notes->month_only > 0)
        kith_table_note(table, "%s: %lld dated by the month alone, counted on its last day",
                        measure_name[measure], (long long)notes->month_only);
    if (notes->repeated > 0)
        kith_table_note(table, "%s: %lld told again by a report of the same day, counted once",
                        measure_name[measure], (long long)notes->repeated);
    if (notes->graded_false > 0)
        kith_table_note(table, "%s: %lld graded E, listed here and not counted",
                        measure_name[measure], (long long)notes->graded_false);
}

static void note_method(kith_table *table, const kith_outcomes *outcomes)
{
    kith_table_note(table,
                    "an episode is one person missing in one event, and counts on the day it "
                    "began; education is one person's exclusions, suspensions and absences; an incident is "
                    "one event of another risk kind, however many of those followed were in it");
    if (outcomes->kinds.size > 0)
        kith_table_note(table, "counted as incidents: %s", kith_text_string(&outcomes->kinds));
    if (outcomes->unknown_kinds > 0)
        kith_table_note(table, "%lld events of unknown kinds are not counted",
                        (long long)outcomes->unknown_kinds);
    if (rated(outcomes))
        kith_table_note(table, "scales (0 not safe, 10 safe): first and last are sums over those "
                               "rated in the period (people), who may differ between periods");
    if (outcomes->periods.count > 1)
        kith_table_note(table, "rate_ratio is to the first period, with an exact interval "
                               "(conditional binomial; both counts taken as Poisson)");
    kith_table_note(table,
                    "no comparison group: what else changed cannot be told from what the work "
                    "did. Work begins when things are worst, so a fall may come by itself; "
                    "seasons, moves and how things are recorded change counts too");
}

kith_status kith_outcomes_table(kith_table *table, const kith_outcomes *outcomes, kith_error *err)
{
    add_columns(table);
    for (int m = 0; m < KITH_OUTCOME_COUNT; m++)
        for (size_t i = 0; i < outcomes->periods.count; i++)
            add_count(table, outcomes, (kith_outcome)m, i);
    for (int r = 0; rated(outcomes) && r < KITH_RATER_COUNT; r++)
        for (size_t i = 0; i < outcomes->periods.count; i++)
            add_scale(table, outcomes, (kith_rater)r, i);
    add_facts(table, outcomes);
    note_baseline(table, outcomes);
    note_lengths(table, outcomes);
    note_between(table, &outcomes->periods);
    note_coverage(table, outcomes);
    for (int m = 0; m < KITH_OUTCOME_COUNT; m++)
        note_measure(table, outcomes, (kith_outcome)m);
    note_method(table, outcomes);
    return kith_table_status(table, err);
}
