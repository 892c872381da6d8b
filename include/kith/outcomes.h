/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcomes.h: before and after, as rates over stated windows.
 *
 * What is followed is one cohort: some people (those of a group, on one day) or some
 * places. Three things are counted in each of several periods: missing episodes (one person
 * missing in one event), education (one person's exclusions, suspensions and absences: events
 * of risk kinds about school that bring nobody together) and incidents (events of the other
 * risk kinds, each once, however many of the cohort were in it). Safety scales are added up beside them. Only sums
 * of the cohort leave this module: nobody in it is told apart, compared or ranked.
 *
 * Rules of counting. Something counts on the London day on which it began; a date known by
 * its month alone counts as the month's last day; a period holds both its ends. What has no
 * date is counted apart, what is graded E is listed and never counted. The same report of
 * the same day is counted once, whichever agencies sent it. */
#ifndef KITH_OUTCOMES_H
#define KITH_OUTCOMES_H

#include "kith/contexts.h"
#include "kith/record.h"
#include "kith/store.h"
#include "kith/table.h"

enum {
    KITH_PERIODS_MAX = 24,
    KITH_OUTCOME_LEVEL = 95, /* percent, of the intervals */
    KITH_OUTCOME_SMALL = 10  /* fewer in one period are called small numbers */
};

typedef enum kith_outcome {
    KITH_MISSING_EPISODES,
    KITH_INCIDENTS,
    KITH_EDUCATION,
    KITH_OUTCOME_COUNT
} kith_outcome;

typedef struct kith_period { int32_t from, to; } kith_period; /* days, both included */

typedef struct kith_periods {
    kith_period of[KITH_PERIODS_MAX]; /* in order of time; the first is what others are compared with */
    size_t count;
} kith_periods;

typedef struct kith_outcome_count {
    int64_t count;
    int64_t events; /* distinct: four missing together are four episodes in one event */
} kith_outcome_count;

/* One rater's scales in one period, added up over the cohort. */
typedef struct kith_scale_sum {
    int64_t ratings, people;
    int64_t first, last; /* sums of each person's first and last score */
} kith_scale_sum;

/* What was left out, or needs a word. */
typedef struct kith_outcome_notes {
    int64_t undated, month_only, repeated, graded_false;
} kith_outcome_notes;

typedef struct kith_outcomes {
    kith_periods periods;
    bool months;            /* every period is whole calendar months: rates are per month, else per 30 days */
    kith_kind kind;         /* KITH_PERSON or KITH_LOCATION */
    size_t followed;        /* people or places */
    bool group;             /* some came from a group, as on members_on */
    int32_t members_on;
    int32_t baseline;       /* INT32_MIN: none was given */
    int32_t first, last;    /* days of the first and last event of the hub; INT32_MIN when unknown */
    kith_outcome_count counts[KITH_OUTCOME_COUNT][KITH_PERIODS_MAX];
    kith_outcome_notes notes[KITH_OUTCOME_COUNT];
    kith_scale_sum scales[KITH_RATER_COUNT][KITH_PERIODS_MAX];
    int64_t unknown_kinds;  /* events of unknown kinds in the periods, not counted */
    kith_text kinds;        /* the kinds that were counted as incidents */
} kith_outcomes;

/**
 * Reads "FROM..TO", days as YYYY-MM-DD.
 *
 * Returns KITH_USAGE for anything else, and when TO is before FROM.
 */
kith_status kith_period_read(kith_period *period, const char *text, kith_error *err);

/** Calendar months of a period that begins and ends with one; 0 when it does not. */
int kith_period_months(kith_period period);

/**
 * The two periods about a baseline: from the baseline to `until`, and as long before it.
 *
 * As many calendar months before when the later period is whole months, else as many days.
 * Where the hub's events begin later than that, the earlier period begins with them (with
 * their month, among whole months); where they begin after the baseline it is left whole.
 *
 * until  INT32_MIN: as-of, or the hub's last event where that is earlier and not before the
 *        baseline, so that days without records do not thin the rate.
 *
 * Returns KITH_OK, KITH_USAGE when until is before the baseline, KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_periods_about(kith_periods *periods, kith_store *store, const kith_view *view,
                               int32_t baseline, int32_t until, kith_error *err);

/**
 * The whole time of some periods in calendar months, or in steps of several when there are more than
 * KITH_PERIODS_MAX; the first and last are cut at its ends.
 */
void kith_periods_by_month(kith_periods *months, const kith_periods *periods);

/**
 * Counts the outcomes of a cohort.
 *
 * outcomes  out: free with kith_outcomes_free.
 * ids       of people and groups, or of places, as kith_record_find takes them. A group
 *           stands for those with a member_of link to it that holds on the baseline, or
 *           without one on the last day of the first period. Nobody is counted twice.
 * baseline  INT32_MIN for none.
 * periods   in order, without overlap, none after the view's as-of.
 *
 * Returns KITH_OK, KITH_NOT_FOUND, KITH_USAGE (an object or an event; people with places;
 * periods as above), KITH_HUB, KITH_NO_MEMORY.
 * Cost: the records of the cohort, and one pass over the hub's event dates.
 */
kith_status kith_outcomes_read(kith_outcomes *outcomes, kith_store *store, const kith_view *view,
                               char *const *ids, size_t id_count, int32_t baseline,
                               const kith_periods *periods, kith_error *err);
void kith_outcomes_free(kith_outcomes *outcomes);

/**
 * The answer of `kith outcomes`: one row a measure and period, with what must be said.
 *
 * table  out, added to: columns measure, period, from, to, days, count, rate, per,
 *        rate_ratio, ratio_low, ratio_high, rate_low, rate_high, events, people, first, last.
 *        Ratios are to the first period, intervals exact at 95 % (statistics.h).
 */
kith_status kith_outcomes_table(kith_table *table, const kith_outcomes *outcomes, kith_error *err);

#endif
