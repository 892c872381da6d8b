/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcomes.c: what happened to a cohort in each period, counted.
 *
 * Every row of the store that may count becomes an occurrence. Sorted, those of one episode
 * or incident stand together, and of each only the first is kept; what is kept is then
 * added up by period. Scales need no such care: they come by person, oldest first. */
#include "kith/outcomes.h"

#include <stdlib.h>
#include <string.h>

#include "kith/words.h"
#include "outcomes_private.h"
#include "pool.h"

enum { EVENT, PERSON, KIND, OCCURRED, ROLE, REPORT, EVENT_FALSE, PART_FALSE };

enum { UNKNOWN_KIND = KITH_OUTCOME_COUNT }; /* of an occurrence: not counted, but said */

typedef struct occurrence {
    int measure;           /* kith_outcome, or UNKNOWN_KIND */
    int64_t event, person; /* person 0: whoever was in it */
    kith_time at;
    const char *report; /* "" for none */
    const kith_meaning *meaning;
    bool graded_false;
} occurrence;

typedef struct occurrences {
    occurrence *of;
    size_t count, room;
    kith_pool *pool;
} occurrences;

static kith_status add_occurrence(occurrences *all, int measure, const kith_rows *rows,
                                  bool graded_false, kith_error *err)
{
    if (all->count == all->room) {
        const size_t room = all->room > 0 ? all->room * 2 : 64;
        occurrence *of = realloc(all->of, room * sizeof *of);
        if (of == NULL)
            return kith_no_memory(err);
        all->of = of;
        all->room = room;
    }
    occurrence *o = &all->of[all->count];
    *o = (occurrence){
        .measure = measure,
        .event = kith_rows_integer(rows, EVENT),
        .person = measure == KITH_MISSING_EPISODES || measure == KITH_EDUCATION
                      ? kith_rows_integer(rows, PERSON)
                      : 0,
        .report = kith_pool_add(all->pool, kith_rows_text(rows, REPORT)),
        .meaning = kith_word_meaning(KITH_EVENT_WORD, kith_rows_text(rows, KIND)),
        .graded_false = graded_false,
    };
    if (o->report == NULL)
        return kith_no_memory(err);
    if (!kith_time_read(&o->at, kith_rows_text(rows, OCCURRED)))
        return kith_fail(err, KITH_HUB, "an event has the date %s, which does not exist; run check",
                         kith_rows_text(rows, OCCURRED));
    all->count++;
    return KITH_OK;
}

/* All roles of a role word, as bits; 0 for "". */
static unsigned roles_of(const char *word)
{
    kith_role roles[2];
    const char *written[2];
    int count;
    bool known;
    unsigned bits = 0;

    if (word[0] == '\0')
        return 0;
    kith_role_read(word, roles, written, &count, &known);
    for (int i = 0; i < count; i++)
        bits |= roles[i];
    return bits;
}

/* At a place an event counts for itself; of a person, by what they were in it. */
static kith_status take_row(occurrences *all, const kith_rows *rows, bool place, kith_error *err)
{
    const kith_meaning *meaning = kith_word_meaning(KITH_EVENT_WORD, kith_rows_text(rows, KIND));
    const unsigned roles = roles_of(kith_rows_text(rows, ROLE));
    const bool took_part = (roles & ~(unsigned)(KITH_REPORTER | KITH_HELPER)) != 0;
    const bool event_false = kith_rows_integer(rows, EVENT_FALSE) != 0;
    const bool part_false = kith_rows_integer(rows, PART_FALSE) != 0;
    const bool about_missing = strcmp(meaning->label, "missing episode") == 0;
    kith_status status = KITH_OK;

    if ((roles & KITH_MISSING) != 0)
        status = add_occurrence(all, KITH_MISSING_EPISODES, rows, event_false || part_false, err);
    if (status != KITH_OK || about_missing || !(place || took_part))
        return status;
    if (meaning->valence == KITH_RISK && meaning->context == KITH_SCHOOL && !meaning->gathers)
        return add_occurrence(all, KITH_EDUCATION, rows, event_false || part_false, err);
    if (meaning->valence == KITH_RISK)
        return add_occurrence(all, KITH_INCIDENTS, rows, event_false || (part_false && !place),
                              err);
    return meaning->known ? KITH_OK : add_occurrence(all, UNKNOWN_KIND, rows, false, err);
}

static kith_status read_events(occurrences *all, kith_store *store, const kith_view *view,
                               bool place, int64_t row, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(
        &rows, store, view, place ? KITH_QUERY_OUTCOMES_PLACE : KITH_QUERY_OUTCOMES_PERSON, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, place ? "place" : "person", row);
    while (status == KITH_OK && kith_rows_next(rows))
        status = take_row(all, rows, place, err);
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status != KITH_OK ? status : ended;
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_day(const occurrence *a, const occurrence *b)
{
    const int order = compare(a->measure, b->measure);

    if (order != 0 || a->person != b->person)
        return order != 0 ? order : compare(a->person, b->person);
    return compare(a->at.day, b->at.day);
}

/* Those of one report side by side, and of one event within it; what is sound first. */
static int by_report(const void *left, const void *right)
{
    const occurrence *a = left, *b = right;
    int order = by_day(a, b);

    if (order == 0)
        order = strcmp(a->report, b->report);
    if (order == 0)
        order = compare(a->graded_false, b->graded_false);
    return order != 0 ? order : compare(a->event, b->event);
}

static int by_event(const void *left, const void *right)
{
    const occurrence *a = left, *b = right;
    int order = compare(a->measure, b->measure);

    if (order == 0)
        order = compare(a->event, b->event);
    if (order == 0)
        order = compare(a->person, b->person);
    return order != 0 ? order : compare(a->graded_false, b->graded_false);
}

/* The period of an occurrence; count when it lies in none, or is undated. */
static size_t period_of(const kith_periods *periods, kith_time at)
{
    size_t i = 0;

    while (i < periods->count && (at.precision == KITH_UNDATED || at.day < periods->of[i].from ||
                                  at.day > periods->of[i].to))
        i++;
    return i;
}

/* Each event once, or once a person. */
static void keep_one_an_event(occurrences *all)
{
    size_t kept = 0;

    qsort(all->of, all->count, sizeof *all->of, by_event);
    for (size_t i = 0; i < all->count; i++) {
        const occurrence *last = kept > 0 ? &all->of[kept - 1] : NULL;
        if (last == NULL || last->measure != all->of[i].measure ||
            last->event != all->of[i].event || last->person != all->of[i].person)
            all->of[kept++] = all->of[i];
    }
    all->count = kept;
}

/* Sets aside what is graded E or told again by a report that was counted, and says so. */
static void keep_one_a_report(occurrences *all, kith_outcomes *outcomes)
{
    size_t kept = 0;

    qsort(all->of, all->count, sizeof *all->of, by_report);
    for (size_t i = 0; i < all->count; i++) {
        const occurrence *o = &all->of[i], *last = kept > 0 ? &all->of[kept - 1] : NULL;
        const bool seen = o->at.precision == KITH_UNDATED ||
                          period_of(&outcomes->periods, o->at) < outcomes->periods.count;
        const bool repeated = last != NULL && o->report[0] != '\0' && by_day(o, last) == 0 &&
                              strcmp(o->report, last->report) == 0;
        if (o->measure != UNKNOWN_KIND) {
            kith_outcome_notes *notes = &outcomes->notes[o->measure];
            notes->graded_false += seen && o->graded_false;
            notes->repeated += seen && !o->graded_false && repeated;
        }
        if (seen && !o->graded_false && !repeated)
            all->of[kept++] = *o;
    }
    all->count = kept;
}

static void add_up(kith_outcomes *outcomes, const occurrences *all)
{
    for (size_t i = 0; i < all->count; i++) {
        const occurrence *o = &all->of[i];
        if (o->measure == UNKNOWN_KIND) {
            outcomes->unknown_kinds += o->at.precision != KITH_UNDATED;
            continue;
        }
        outcomes->notes[o->measure].undated += o->at.precision == KITH_UNDATED;
        outcomes->notes[o->measure].month_only += o->at.precision == KITH_MONTH;
        if (o->at.precision == KITH_UNDATED)
            continue;
        kith_outcome_count *count =
            &outcomes->counts[o->measure][period_of(&outcomes->periods, o->at)];
        count->count++;
        count->events +=
            i == 0 || all->of[i - 1].measure != o->measure || all->of[i - 1].event != o->event;
    }
}

static int by_label(const void *left, const void *right)
{
    const occurrence *a = left, *b = right;

    return strcmp(a->meaning->label, b->meaning->label);
}

/* The kinds that were counted as incidents, once each. */
static void name_kinds(kith_text *kinds, const occurrences *all)
{
    const char *last = "";

    qsort(all->of, all->count, sizeof *all->of, by_label);
    for (size_t i = 0; i < all->count; i++) {
        const occurrence *o = &all->of[i];
        if (o->measure != KITH_INCIDENTS || o->at.precision == KITH_UNDATED ||
            strcmp(o->meaning->label, last) == 0)
            continue;
        last = o->meaning->label;
        kith_text_format(kinds, "%s%s", kinds->size > 0 ? ", " : "", last);
    }
}

static kith_status count_events(kith_outcomes *outcomes, const cohort *who, kith_store *store,
                                const kith_view *view, kith_error *err)
{
    occurrences all = { .pool = kith_pool_new() };
    kith_status status = all.pool != NULL ? KITH_OK : kith_no_memory(err);

    for (size_t i = 0; status == KITH_OK && i < who->count; i++)
        status = read_events(&all, store, view, outcomes->kind == KITH_LOCATION, who->rows[i], err);
    if (status == KITH_OK && all.count > 0) {
        keep_one_an_event(&all);
        keep_one_a_report(&all, outcomes);
        qsort(all.of, all.count, sizeof *all.of, by_event);
        add_up(outcomes, &all);
        name_kinds(&outcomes->kinds, &all);
        status = kith_text_status(&outcomes->kinds, err);
    }
    free(all.of);
    kith_pool_free(all.pool);
    return status;
}

/* One person's first and last score of one rater in one period. */
typedef struct score_span {
    int64_t ratings, first, last;
} score_span;

static void take_score(score_span spans[KITH_RATER_COUNT][KITH_PERIODS_MAX],
                       const kith_periods *periods, const kith_rows *rows)
{
    static const char *const raters[KITH_RATER_COUNT] = { "worker", "parent", "child" };
    kith_time on;

    if (kith_rows_missing(rows, 2) || !kith_time_read(&on, kith_rows_text(rows, 0)))
        return;
    const size_t period = period_of(periods, on);
    for (int r = 0; period < periods->count && r < KITH_RATER_COUNT; r++) {
        score_span *span = &spans[r][period];
        if (strcmp(kith_rows_text(rows, 1), raters[r]) != 0)
            continue;
        span->last = kith_rows_integer(rows, 2);
        if (span->ratings++ == 0)
            span->first = span->last;
    }
}

static kith_status add_scales(kith_outcomes *outcomes, kith_store *store, const kith_view *view,
                              int64_t person, kith_error *err)
{
    score_span spans[KITH_RATER_COUNT][KITH_PERIODS_MAX] = { 0 };
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_CONTEXT_SCALES, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "subject", person);
    while (kith_rows_next(rows))
        take_score(spans, &outcomes->periods, rows);
    for (int r = 0; r < KITH_RATER_COUNT; r++)
        for (size_t i = 0; i < outcomes->periods.count; i++) {
            kith_scale_sum *sum = &outcomes->scales[r][i];
            sum->ratings += spans[r][i].ratings;
            sum->people += spans[r][i].ratings > 0;
            sum->first += spans[r][i].first;
            sum->last += spans[r][i].last;
        }
    return kith_rows_end(rows, err);
}

static kith_status count_all(kith_outcomes *outcomes, cohort *who, kith_store *store,
                             const kith_view *view, char *const *ids, size_t id_count,
                             kith_error *err)
{
    kith_status status = outcomes_span(&outcomes->first, &outcomes->last, store, view, err);

    if (status == KITH_OK)
        status = outcomes_cohort(who, outcomes, store, view, ids, id_count, err);
    if (status == KITH_OK)
        status = count_events(outcomes, who, store, view, err);
    for (size_t i = 0; outcomes->kind == KITH_PERSON && status == KITH_OK && i < who->count; i++)
        status = add_scales(outcomes, store, view, who->rows[i], err);
    return status;
}

kith_status kith_outcomes_read(kith_outcomes *outcomes, kith_store *store, const kith_view *view,
                               char *const *ids, size_t id_count, int32_t baseline,
                               const kith_periods *periods, kith_error *err)
{
    kith_rows *snapshot;
    cohort who = { 0 };

    *outcomes = (kith_outcomes){ .periods = *periods, .baseline = baseline, .months = true };
    kith_status status = outcomes_check_periods(periods, view->as_of, err);
    if (status != KITH_OK)
        return status;
    for (size_t i = 0; i < periods->count; i++)
        outcomes->months = outcomes->months && kith_period_months(periods->of[i]) > 0;
    outcomes->members_on = baseline != INT32_MIN ? baseline : periods->of[0].to;
    status = kith_store_read(&snapshot, store, view, KITH_QUERY_SNAPSHOT, err);
    if (status != KITH_OK)
        return status;
    if (kith_rows_next(snapshot))
        status = count_all(outcomes, &who, store, view, ids, id_count, err);
    const kith_status ended = kith_rows_end(snapshot, status == KITH_OK ? err : NULL);
    free(who.rows);
    if (status == KITH_OK)
        status = ended;
    if (status != KITH_OK)
        kith_outcomes_free(outcomes);
    return status;
}

void kith_outcomes_free(kith_outcomes *outcomes)
{
    kith_text_free(&outcomes->kinds);
    *outcomes = (kith_outcomes){ 0 };
}
