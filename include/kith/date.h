/* SPDX-License-Identifier: MIT */
/* date.h: dates as case notes have them: with their precision, in London's time.
 *
 * A time is read from ISO 8601 only: 2021-11-03T22:15[:30][Z|+hh:mm], 2021-11-03, or
 * 2021-11. Without a zone it is Europe/London: GMT, and from 01:00 UTC on the last
 * Sunday of March to 01:00 UTC on the last Sunday of October one hour ahead (the rule
 * since 1996; no time-zone files are needed). A local time that occurs twice is read
 * as the first of the two; one that never occurs is read as GMT. A day is counted
 * from 1970-01-01, which is day 0, on London's calendar. */
#ifndef KITH_DATE_H
#define KITH_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum kith_precision {
    KITH_UNDATED = 0, /* a standing fact: in every window */
    KITH_MONTH,       /* counts as the month's last day */
    KITH_DAY,
    KITH_MINUTE,
    KITH_SECOND
} kith_precision;

typedef struct kith_time {
    int64_t utc;              /* seconds since 1970-01-01T00:00Z; of a day or month: when its day begins */
    int32_t day;              /* London calendar day; of a month: its last day */
    kith_precision precision; /* KITH_UNDATED: the other two are 0 */
} kith_time;

/** Longest result of kith_time_write and kith_day_write, with its NUL. */
enum { KITH_TIME_SIZE = 32 };

/**
 * Reads a whole field. "" reads as undated.
 *
 * Returns false, and leaves out undated, for anything that is not one of the forms
 * above or does not exist on the calendar (2021-02-29, 2021-11-03T24:10), and for
 * years outside 1800 to 2199.
 */
bool kith_time_read(kith_time *out, const char *field);

/**
 * Writes the canonical form, which reads back as the same time: "2021-11",
 * "2021-11-03", "2021-11-03T22:15", "2021-11-03T22:15:30"; London local time, with its
 * offset (+00:00) only for the second of two equal local times. "" when undated.
 */
void kith_time_write(char out[KITH_TIME_SIZE], kith_time time);

/** Reads YYYY-MM-DD only. Returns false for anything else. */
bool kith_day_read(int32_t *out, const char *field);

/** Writes YYYY-MM-DD. */
void kith_day_write(char out[KITH_TIME_SIZE], int32_t day);

/** The day of a calendar date. The date must exist. */
int32_t kith_day(int year, int month, int day_of_month);

/** The calendar date of a day. */
void kith_day_split(int32_t day, int *year, int *month, int *day_of_month);

/** 0 is Monday, 6 is Sunday. */
int kith_weekday(int32_t day);

/** The moment at which a London calendar day begins, in seconds UTC. */
int64_t kith_day_begins(int32_t day);

/** The London calendar day that a moment falls on. */
int32_t kith_day_of(int64_t utc);

/**
 * Whole years between a birth and a day; born on 29 February, a year is completed on
 * 1 March of years that have no 29 February. Negative before birth.
 */
int kith_age(int32_t born, int32_t day);

/** Today in London, by the system's clock. */
int32_t kith_today(void);

/** Writes a moment in UTC: "2022-06-30T21:15:00Z", as everything that is recorded is stamped. */
void kith_moment_write(char out[KITH_TIME_SIZE], int64_t utc);

/** Now, in seconds UTC, by the system's clock. */
int64_t kith_now(void);

#endif
