/* SPDX-License-Identifier: MIT */
/* test_date.c: dates keep their precision, and London's clock its two odd nights. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "kith/date.h"

static kith_time read(const char *field)
{
    kith_time time;

    cr_assert(kith_time_read(&time, field), "%s is not read", field);
    return time;
}

static void check_written(const char *field, const char *expected)
{
    char out[KITH_TIME_SIZE];

    kith_time_write(out, read(field));
    cr_assert(eq(str, out, (char *)expected));
}

Test(date, days_are_counted_from_1970)
{
    cr_assert(eq(i32, kith_day(1970, 1, 1), 0));
    cr_assert(eq(i32, kith_day(1969, 12, 31), -1));
    cr_assert(eq(i32, kith_day(2000, 3, 1), 11017)); /* POSIX: 951868800 / 86400 */
    cr_assert(eq(i32, kith_day(2038, 1, 19), 24855)); /* 2^31 seconds fall on it */
}

Test(date, every_day_of_four_centuries_comes_back)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int32_t day = kith_day(1800, 1, 1);
    int weekday = 2; /* 1 January 1800 was a Wednesday */

    for (int year = 1800; year < 2200; year++)
        for (int month = 1; month <= 12; month++) {
            const int leap =
                month == 2 && (year % 400 == 0 || (year % 4 == 0 && year % 100 != 0));
            for (int of_month = 1; of_month <= days[month - 1] + leap; of_month++) {
                int y, m, d;
                kith_day_split(day, &y, &m, &d);
                cr_assert(y == year && m == month && d == of_month, "%d-%d-%d", year, month,
                          of_month);
                cr_assert(kith_day(year, month, of_month) == day);
                cr_assert(kith_weekday(day) == weekday);
                weekday = (weekday + 1) % 7;
                day++;
            }
        }
}

Test(date, a_date_has_the_precision_it_was_given)
{
    cr_assert(eq(int, read("").precision, KITH_UNDATED));
    cr_assert(eq(int, read("2021-11").precision, KITH_MONTH));
    cr_assert(eq(int, read("2021-11-03").precision, KITH_DAY));
    cr_assert(eq(int, read("2021-11-03T22:15").precision, KITH_MINUTE));
    cr_assert(eq(int, read("2021-11-03T22:15:30").precision, KITH_SECOND));
}

Test(date, a_month_counts_as_its_last_day)
{
    cr_assert(eq(i32, read("2021-11").day, kith_day(2021, 11, 30)));
    cr_assert(eq(i32, read("2024-02").day, kith_day(2024, 2, 29)));
    cr_assert(eq(i32, read("2100-02").day, kith_day(2100, 2, 28)));
    cr_assert(eq(i64, read("2021-11").utc, (int64_t)kith_day(2021, 11, 30) * 86400));
}

Test(date, leap_days_exist_in_leap_years_only)
{
    kith_time time;

    cr_assert(kith_time_read(&time, "2024-02-29"));
    cr_assert(kith_time_read(&time, "2000-02-29"));
    cr_assert(not(kith_time_read(&time, "2021-02-29")));
    cr_assert(not(kith_time_read(&time, "1900-02-29")));
    cr_assert(not(kith_time_read(&time, "2100-02-29")));
}

/* Clock changes as published by the government: gov.uk/when-do-the-clocks-change. */
Test(date, clocks_change_on_the_published_nights)
{
    static const struct {
        int year, march, october;
    } changes[] = { { 2021, 28, 31 }, { 2022, 27, 30 }, { 2023, 26, 29 },
                    { 2024, 31, 27 }, { 2025, 30, 26 }, { 2026, 29, 25 } };

    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const int32_t march = kith_day(changes[i].year, 3, changes[i].march);
        const int32_t october = kith_day(changes[i].year, 10, changes[i].october);
        cr_assert(eq(i64, kith_day_begins(march), (int64_t)march * 86400));
        cr_assert(eq(i64, kith_day_begins(march + 1), ((int64_t)march + 1) * 86400 - 3600));
        cr_assert(eq(i64, kith_day_begins(october), (int64_t)october * 86400 - 3600));
        cr_assert(eq(i64, kith_day_begins(october + 1), ((int64_t)october + 1) * 86400));
    }
}

Test(date, without_a_zone_a_time_is_londons)
{
    cr_assert(eq(i64, read("2021-11-03T22:15").utc, read("2021-11-03T22:15Z").utc));
    cr_assert(eq(i64, read("2021-07-03T22:15").utc, read("2021-07-03T21:15Z").utc));
    cr_assert(eq(i64, read("2021-07-03T22:15").utc, read("2021-07-03T22:15+01:00").utc));
    cr_assert(eq(i64, read("1970-01-01T00:00:01Z").utc, 1));
}

/* 00:30 of a summer night in London is still the day before in UTC (R42). */
Test(date, a_day_is_londons_day)
{
    cr_assert(eq(i32, read("2021-07-03T00:30").day, kith_day(2021, 7, 3)));
    cr_assert(eq(i32, read("2021-07-02T23:30Z").day, kith_day(2021, 7, 3)));
    cr_assert(eq(i32, read("2021-12-31T23:59Z").day, kith_day(2021, 12, 31)));
    cr_assert(eq(i32, read("2021-12-31T23:59-05:00").day, kith_day(2022, 1, 1)));
    cr_assert(eq(i32, kith_day_of(read("2021-07-02T23:30Z").utc), kith_day(2021, 7, 3)));
    cr_assert(eq(i32, kith_day_of(-1), -1)); /* the present rule is applied to 1969 as well */
}

Test(date, an_hour_that_occurs_twice_is_read_as_the_first)
{
    cr_assert(eq(i64, read("2021-10-31T01:30").utc, read("2021-10-31T00:30Z").utc));
    cr_assert(eq(i64, read("2021-10-31T01:30+00:00").utc, read("2021-10-31T01:30Z").utc));
    cr_assert(eq(i64, read("2021-10-31T02:00").utc, read("2021-10-31T02:00Z").utc));
    check_written("2021-10-31T00:30Z", "2021-10-31T01:30");
    check_written("2021-10-31T01:30Z", "2021-10-31T01:30+00:00");
}

Test(date, an_hour_that_never_occurs_is_read_as_GMT)
{
    cr_assert(eq(i64, read("2021-03-28T01:30").utc, read("2021-03-28T01:30Z").utc));
    check_written("2021-03-28T01:30", "2021-03-28T02:30");
}

Test(date, what_is_written_reads_back_as_the_same_time)
{
    /* Every half hour of the two odd days and their neighbours. */
    static const char *const starts[] = { "2021-03-27", "2021-10-30" };
    char out[KITH_TIME_SIZE];

    for (size_t i = 0; i < 2; i++)
        for (int64_t utc = read(starts[i]).utc, end = utc + 3 * 86400; utc < end; utc += 1800) {
            const kith_time time = { utc, kith_day_of(utc), KITH_SECOND };
            kith_time_write(out, time);
            const kith_time back = read(out);
            cr_assert(back.utc == utc && back.day == time.day, "%s", out);
        }
    check_written("2021-11", "2021-11");
    check_written("2021-11-03", "2021-11-03");
    check_written("2021-07-03T21:15Z", "2021-07-03T22:15");
    check_written("2021-11-03T22:15:05", "2021-11-03T22:15:05");
    check_written("", "");
}

/* So a load keeps such a time as it stands. */
Test(date, a_time_of_a_month_without_a_change_of_clocks_is_written_as_it_stands)
{
    static const char *const clocks[] = { "", "T00:00", "T00:59", "T01:00", "T02:30", "T23:59", "T00:00:59", "T23:00:00" };
    char text[KITH_TIME_SIZE], written[KITH_TIME_SIZE];
    kith_time time;

    for (int32_t day = kith_day(1968, 1, 1); day < kith_day(2040, 1, 1); day++) {
        int year, month, day_of_month;
        kith_day_split(day, &year, &month, &day_of_month);
        for (size_t i = 0; i < sizeof clocks / sizeof clocks[0] && month != 3 && month != 10; i++) {
            kith_day_write(text, day);
            strcat(text, clocks[i]);
            cr_assert(kith_time_read(&time, text));
            kith_time_write(written, time);
            cr_assert(eq(str, written, text));
        }
    }
}

Test(date, what_is_no_date_is_refused)
{
    static const char *const bad[] = {
        " ",          "2021",          "2021-",           "2021-1",          "2021-13",
        "2021-00",    "2021-11-",      "2021-11-3",       "2021-11-00",      "2021-11-31",
        "2021-04-31", "03/11/2021",    "2021/11/03",      "20211103",        "2021-11-03 ",
        " 2021-11-03", "2021-11-03T",  "2021-11-03T22",   "2021-11-03T22:",  "2021-11-03T24:00",
        "2021-11-03T22:60", "2021-11-03T22:15:60", "2021-11-03T22:15:", "2021-11-03 22:15",
        "2021-11-03T22:15z", "2021-11-03T22:15+1", "2021-11-03T22:15+01", "2021-11-03T22:15+0100",
        "2021-11-03T22:15+15:00", "2021-11-03T22:15+01:60", "2021-11-03T22:15:30.5",
        "2021-11-03T22:15Z ", "2021-11T22:15", "1799-12-31", "2200-01-01", "-2021-11-03",
        "+2021-11-03", "2021-+1-03", "٢٠٢١-11-03", "yesterday", "2021-11-03T22:15ZZ",
    };
    kith_time time;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        time = read("2021-11-03");
        cr_assert(not(kith_time_read(&time, bad[i])), "%s is read", bad[i]);
        cr_assert(eq(int, time.precision, KITH_UNDATED));
        cr_assert(eq(i64, time.utc, 0));
    }
}

Test(date, a_day_is_read_in_one_form_only)
{
    int32_t day;
    char out[KITH_TIME_SIZE];

    cr_assert(kith_day_read(&day, "2021-11-03"));
    cr_assert(eq(i32, day, kith_day(2021, 11, 3)));
    kith_day_write(out, day);
    cr_assert(eq(str, out, "2021-11-03"));
    cr_assert(not(kith_day_read(&day, "2021-11")));
    cr_assert(not(kith_day_read(&day, "")));
    cr_assert(not(kith_day_read(&day, "2021-11-03T22:15")));
    cr_assert(not(kith_day_read(&day, "2021-11-31")));
}

Test(date, a_year_of_age_is_complete_on_the_birthday)
{
    const int32_t born = kith_day(2004, 6, 15), leap = kith_day(2004, 2, 29);

    cr_assert(eq(int, kith_age(born, kith_day(2022, 6, 14)), 17));
    cr_assert(eq(int, kith_age(born, kith_day(2022, 6, 15)), 18));
    cr_assert(eq(int, kith_age(born, born), 0));
    cr_assert(lt(int, kith_age(born, born - 1), 0));
    cr_assert(eq(int, kith_age(leap, kith_day(2022, 2, 28)), 17));
    cr_assert(eq(int, kith_age(leap, kith_day(2022, 3, 1)), 18));
    cr_assert(eq(int, kith_age(leap, kith_day(2024, 2, 28)), 19));
    cr_assert(eq(int, kith_age(leap, kith_day(2024, 2, 29)), 20));
}

Test(date, today_is_the_day_of_now)
{
    const int32_t before = kith_day_of(kith_now()), today = kith_today();

    cr_assert(ge(i32, today, before));
    cr_assert(le(i32, today, kith_day_of(kith_now())));
}
