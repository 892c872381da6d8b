/* SPDX-License-Identifier: MIT */
/* date.c: calendar arithmetic and London's clock.
 *
 * Days are counted with H. Hinnant's era arithmetic (a year begins in March, so the
 * leap day is its last). London's offset follows one rule, stated in the header; it
 * is computed, so a hub reads the same on every machine. */
#include "kith/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DAY_SECONDS = 86400, HOUR_SECONDS = 3600 };

int32_t kith_day(int year, int month, int day_of_month)
{
    const int y = year - (month <= 2);
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int year_of_era = y - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

void kith_day_split(int32_t day, int *year, int *month, int *day_of_month)
{
    const int z = day + 719468;
    const int era = (z >= 0 ? z : z - 146096) / 146097;
    const int day_of_era = z - era * 146097;
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int m = (5 * day_of_year + 2) / 153;

    *day_of_month = day_of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

int kith_weekday(int32_t day)
{
    const int weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday */

    return weekday < 0 ? weekday + 7 : weekday;
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static int32_t last_sunday(int year, int month)
{
    const int32_t last = kith_day(year, month, month_days(year, month));

    return last - (kith_weekday(last) + 1) % 7;
}

static int64_t summer_begins(int year)
{
    return (int64_t)last_sunday(year, 3) * DAY_SECONDS + HOUR_SECONDS;
}

static int64_t summer_ends(int year)
{
    return (int64_t)last_sunday(year, 10) * DAY_SECONDS + HOUR_SECONDS;
}

static int32_t floor_day(int64_t seconds)
{
    return (int32_t)((seconds >= 0 ? seconds : seconds - (DAY_SECONDS - 1)) / DAY_SECONDS);
}

/* Seconds that London is ahead of UTC at a moment. */
static int offset_at(int64_t utc)
{
    int year, month, day_of_month;

    kith_day_split(floor_day(utc), &year, &month, &day_of_month);
    if (month != 3 && month != 10)
        return month > 3 && month < 10 ? HOUR_SECONDS : 0;
    return utc >= summer_begins(year) && utc < summer_ends(year) ? HOUR_SECONDS : 0;
}

/* The first moment at which London's clocks show local; a time that they never show is GMT. */
static int64_t from_local(int64_t local)
{
    const int64_t ahead = local - HOUR_SECONDS;

    return offset_at(ahead) == HOUR_SECONDS ? ahead : local;
}

/* The same of a time whose month is known: the clocks change within March and October, not on
 * their first hour or last. */
static int64_t from_local_in(int month, int64_t local)
{
    if (month == 3 || month == 10)
        return from_local(local);
    return month > 3 && month < 10 ? local - HOUR_SECONDS : local;
}

int64_t kith_day_begins(int32_t day)
{
    return from_local((int64_t)day * DAY_SECONDS);
}

int32_t kith_day_of(int64_t utc)
{
    return floor_day(utc + offset_at(utc));
}

/* Reads two digits; 100 or more when they are none, as at the end of a text. */
static unsigned two_digits(const char *at)
{
    const unsigned tens = (unsigned char)at[0] - '0', ones = tens <= 9 ? (unsigned char)at[1] - '0' : 10;

    return tens <= 9 && ones <= 9 ? tens * 10 + ones : 100;
}

/* Reads exactly two digits, or four, and moves on. */
static bool digits(const char **at, int count, int *out)
{
    const unsigned first = two_digits(*at), second = count == 4 && first < 100 ? two_digits(*at + 2) : 0;

    *out = (int)(count == 4 ? first * 100 + second : first);
    *at += count;
    return first < 100 && second < 100;
}

static bool mark(const char **at, char c)
{
    if (**at != c)
        return false;
    (*at)++;
    return true;
}

/* What follows the minutes: [:SS][Z|+hh:mm]. given says that a zone stands there. */
static bool read_zone(const char **at, bool *given, int *offset)
{
    int hours, minutes;
    const char sign = **at;

    *given = true;
    *offset = 0;
    if (mark(at, 'Z'))
        return true;
    if (sign != '+' && sign != '-') {
        *given = false;
        return true;
    }
    (*at)++;
    if (!digits(at, 2, &hours) || !mark(at, ':') || !digits(at, 2, &minutes) || hours > 14 ||
        minutes > 59)
        return false;
    *offset = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
    return true;
}

static bool read_clock(kith_time *time, int month, const char **at)
{
    int hour, minute, second = 0, offset;
    bool zone;

    if (!digits(at, 2, &hour) || !mark(at, ':') || !digits(at, 2, &minute))
        return false;
    time->precision = KITH_MINUTE;
    if (mark(at, ':')) {
        if (!digits(at, 2, &second))
            return false;
        time->precision = KITH_SECOND;
    }
    if (hour > 23 || minute > 59 || second > 59 || !read_zone(at, &zone, &offset))
        return false;
    const int64_t local =
        (int64_t)time->day * DAY_SECONDS + (hour * 60 + minute) * 60 + second;
    time->utc = zone ? local - offset : from_local_in(month, local);
    if (zone) /* the day is London's */
        time->day = kith_day_of(time->utc);
    return true;
}

bool kith_time_read(kith_time *out, const char *field)
{
    kith_time time = { 0 };
    const char *at = field;
    int year, month, day_of_month;

    *out = time;
    if (*at == '\0')
        return true;
    if (!digits(&at, 4, &year) || !mark(&at, '-') || !digits(&at, 2, &month) || month < 1 ||
        month > 12 || year < 1800 || year > 2199)
        return false;
    if (*at == '\0') {
        time.day = kith_day(year, month, month_days(year, month));
        time.precision = KITH_MONTH;
    } else {
        if (!mark(&at, '-') || !digits(&at, 2, &day_of_month) || day_of_month < 1 ||
            day_of_month > month_days(year, month))
            return false;
        time.day = kith_day(year, month, day_of_month);
        time.precision = KITH_DAY;
    }
    if (*at == 'T' && time.precision == KITH_DAY) {
        at++;
        if (!read_clock(&time, month, &at))
            return false;
    } else {
        time.utc = from_local_in(month, (int64_t)time.day * DAY_SECONDS);
    }
    if (*at != '\0')
        return false;
    *out = time;
    return true;
}

/* The last digits of a number, as many as asked for; gives the place after them. A load writes
 * millions of dates, and printf takes its time. */
static char *write_digits(char *out, int number, int count)
{
    for (int i = count; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
    return out + count;
}

static char *write_month(char *out, int year, int month)
{
    out = write_digits(out, year > 0 ? year : 0, 4);
    *out++ = '-';
    return write_digits(out, month, 2);
}

void kith_time_write(char out[KITH_TIME_SIZE], kith_time time)
{
    int year, month, day_of_month;

    out[0] = '\0';
    if (time.precision == KITH_UNDATED)
        return;
    kith_day_split(time.day, &year, &month, &day_of_month);
    if (time.precision == KITH_MONTH) {
        *write_month(out, year, month) = '\0';
        return;
    }
    kith_day_write(out, time.day);
    if (time.precision == KITH_DAY)
        return;
    const int64_t local = time.utc + offset_at(time.utc);
    const int seconds = (int)(local - (int64_t)time.day * DAY_SECONDS);
    char *end = out + strlen(out);
    *end++ = 'T';
    end = write_digits(end, seconds / 3600, 2);
    *end++ = ':';
    end = write_digits(end, seconds / 60 % 60, 2);
    if (time.precision == KITH_SECOND) {
        *end++ = ':';
        end = write_digits(end, seconds % 60, 2);
    }
    strcpy(end, from_local(local) != time.utc ? "+00:00" : "");
}

bool kith_day_read(int32_t *out, const char *field)
{
    kith_time time;

    if (strlen(field) != 10 || !kith_time_read(&time, field) || time.precision != KITH_DAY)
        return false;
    *out = time.day;
    return true;
}

void kith_day_write(char out[KITH_TIME_SIZE], int32_t day)
{
    int year, month, day_of_month;

    kith_day_split(day, &year, &month, &day_of_month);
    char *end = write_month(out, year, month);
    *end++ = '-';
    *write_digits(end, day_of_month, 2) = '\0';
}

int kith_age(int32_t born, int32_t day)
{
    int born_year, born_month, born_day, year, month, day_of_month;

    kith_day_split(born, &born_year, &born_month, &born_day);
    kith_day_split(day, &year, &month, &day_of_month);
    const bool before_birthday =
        month < born_month || (month == born_month && day_of_month < born_day);
    return year - born_year - before_birthday;
}

void kith_moment_write(char out[KITH_TIME_SIZE], int64_t utc)
{
    const time_t moment = (time_t)utc;
    struct tm parts;

    gmtime_r(&moment, &parts);
    strftime(out, KITH_TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

int64_t kith_now(void)
{
    return (int64_t)time(NULL);
}

int32_t kith_today(void)
{
    return kith_day_of(kith_now());
}
