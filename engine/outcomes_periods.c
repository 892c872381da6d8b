/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcomes_periods.c: the windows of a before and after. */
#include <string.h>

#include "outcomes_private.h"

enum { DAY_SIZE = 10 }; /* of YYYY-MM-DD */

kith_status kith_period_read(kith_period *period, const char *text, kith_error *err)
{
    char from[DAY_SIZE + 1] = "";
    const char *dots = strstr(text, "..");

    if (dots != NULL && dots - text == DAY_SIZE)
        memcpy(from, text, DAY_SIZE);
    if (dots == NULL || !kith_day_read(&period->from, from) ||
        !kith_day_read(&period->to, dots + 2))
        return kith_fail(err, KITH_USAGE,
                         "the period \"%s\" is not read; write 2021-01-01..2021-07-31", text);
    if (period->to < period->from)
        return kith_fail(err, KITH_USAGE, "the period %s ends before it begins", text);
    return KITH_OK;
}

int kith_period_months(kith_period period)
{
    int year, month, day, end_year, end_month, end_day;

    kith_day_split(period.from, &year, &month, &day);
    kith_day_split(period.to + 1, &end_year, &end_month, &end_day);
    return day == 1 && end_day == 1 ? 12 * (end_year - year) + end_month - month : 0;
}

/* The first of the month that lies some months before a day's. */
static int32_t month_before(int32_t day, int months)
{
    int year, month, day_of_month;

    kith_day_split(day, &year, &month, &day_of_month);
    const int count = 12 * year + month - 1 - months;
    return kith_day(count / 12, count % 12 + 1, 1);
}

kith_status outcomes_span(int32_t *first, int32_t *last, kith_store *store, const kith_view *view,
                          kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_OUTCOMES_SPAN, err);

    *first = *last = INT32_MIN;
    if (status != KITH_OK)
        return status;
    if (kith_rows_next(rows) && !kith_rows_missing(rows, 0)) {
        kith_day_read(first, kith_rows_text(rows, 0));
        kith_day_read(last, kith_rows_text(rows, 1));
    }
    return kith_rows_end(rows, err);
}

kith_status kith_periods_about(kith_periods *periods, kith_store *store, const kith_view *view,
                               int32_t baseline, int32_t until, kith_error *err)
{
    int32_t first, last;
    const kith_status status = outcomes_span(&first, &last, store, view, err);

    *periods = (kith_periods){ 0 };
    if (status != KITH_OK)
        return status;
    if (until == INT32_MIN)
        until = last >= baseline && last < view->as_of ? last : view->as_of;
    if (until < baseline)
        return kith_fail(err, KITH_USAGE,
                         "the later period would end before the baseline; set --until, or a "
                         "later --as-of");
    const kith_period after = { baseline, until };
    kith_period before = { baseline - (until - baseline + 1), baseline - 1 };
    const int months = kith_period_months(after);
    if (months > 0)
        before.from = month_before(baseline, months);
    if (first != INT32_MIN && first > before.from && first < baseline)
        before.from = months > 0 ? month_before(first, 0) : first;
    *periods = (kith_periods){ .of = { before, after }, .count = 2 };
    return KITH_OK;
}

kith_status outcomes_check_periods(const kith_periods *periods, int32_t as_of, kith_error *err)
{
    char day[KITH_TIME_SIZE], other[KITH_TIME_SIZE];

    if (periods->count == 0)
        return kith_fail(err, KITH_USAGE, "there is no period; give --baseline or --period");
    for (size_t i = 0; i < periods->count; i++) {
        const kith_period period = periods->of[i];
        kith_day_write(day, period.from);
        if (i > 0 && period.from <= periods->of[i - 1].to)
            return kith_fail(err, KITH_USAGE,
                             "the period that begins on %s begins before the one named before it "
                             "has ended; give periods in order, without overlap",
                             day);
        kith_day_write(day, period.to);
        kith_day_write(other, as_of);
        if (period.to > as_of)
            return kith_fail(err, KITH_USAGE,
                             "a period ends on %s, after as-of (%s): days not yet seen would look "
                             "like days without harm; end it earlier, or set --as-of",
                             day, other);
    }
    return KITH_OK;
}

/* Calendar months, counted. */
static int month_of(int32_t day)
{
    int year, month, date;

    kith_day_split(day, &year, &month, &date);
    return year * 12 + month - 1;
}

static int32_t first_of(int month)
{
    return kith_day(month / 12, month % 12 + 1, 1);
}

void kith_periods_by_month(kith_periods *months, const kith_periods *periods)
{
    const int32_t from = periods->of[0].from, to = periods->of[periods->count - 1].to;
    const int first = month_of(from), count = month_of(to) - first + 1;
    const int step = (count + KITH_PERIODS_MAX - 1) / KITH_PERIODS_MAX;

    *months = (kith_periods){ 0 };
    for (int month = first; month < first + count; month += step) {
        const int32_t begins = first_of(month), ends = first_of(month + step) - 1;
        months->of[months->count++] = (kith_period){ begins > from ? begins : from, ends < to ? ends : to };
    }
}
