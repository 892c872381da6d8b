/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_date.c: dates as a source writes them.
 *
 * A form is made of yyyy, mm (month; minutes after hh), mon (Jan or January), dd, hh and
 * ss; anything else stands for itself. "dd/mm/yyyy hh:mm or dd/mm/yyyy" is two forms. A
 * number may lack its leading zero where a sign follows it; nothing else is forgiven. */
#include <stdio.h>
#include <string.h>

#include "kith/date.h"
#include "mapping_private.h"

typedef struct parts {
    int year, month, day, hour, minute, second; /* -1: not in the form */
} parts;

static const char *const months[] = { "january",   "february", "march",    "april",
                                      "may",       "june",     "july",     "august",
                                      "september", "october",  "november", "december" };

static bool begins_with(const char *at, const char *word)
{
    return strncmp(at, word, strlen(word)) == 0;
}

/* Digits, at most `most`; fewer only when least allows it. */
static bool read_number(int *out, const char **at, int least, int most)
{
    int count = 0;

    *out = 0;
    while (count < most && **at >= '0' && **at <= '9') {
        *out = *out * 10 + (*(*at)++ - '0');
        count++;
    }
    return count >= least;
}

static bool read_month_name(int *out, const char **at)
{
    for (int i = 0; i < 12; i++) {
        size_t size = 0;
        while (months[i][size] != '\0' && ((*at)[size] | 0x20) == months[i][size])
            size++;
        if (size < 3 || (size > 3 && months[i][size] != '\0' && !begins_with(months[i], "sept")))
            continue;
        *out = i + 1;
        *at += size;
        return true;
    }
    return false;
}

/* One piece of the form; at moves behind what it stands for. */
static bool read_piece(parts *p, const char **form, const char **at)
{
    int *number = NULL;
    size_t size = 2;

    if (begins_with(*form, "yyyy")) {
        *form += 4;
        return read_number(&p->year, at, 4, 4);
    }
    if (begins_with(*form, "mon")) {
        *form += 3;
        return read_month_name(&p->month, at);
    }
    if (begins_with(*form, "dd"))
        number = &p->day;
    else if (begins_with(*form, "hh"))
        number = &p->hour;
    else if (begins_with(*form, "ss"))
        number = &p->second;
    else if (begins_with(*form, "mm"))
        number = p->hour >= 0 ? &p->minute : &p->month;
    else
        size = 1;
    const char *literal = *form;
    *form += size;
    if (number == NULL)
        return *literal == *(*at)++;
    const bool sign_follows = **form != '\0' && strchr("ymdhs", **form) == NULL;
    return read_number(number, at, sign_follows || number == &p->day ? 1 : 2, 2);
}

static bool read_form(parts *p, const char *form, const char *field)
{
    *p = (parts){ -1, -1, -1, -1, -1, -1 };
    while (*form != '\0')
        if (!read_piece(p, &form, &field))
            return false;
    return *field == '\0';
}

static bool write_iso(char out[KITH_NUMBER_SIZE], const parts *p)
{
    kith_time time;
    char text[80];
    int size = snprintf(text, sizeof text, "%04d-%02d", p->year, p->month);

    if (p->day >= 0)
        size += snprintf(text + size, sizeof text - (size_t)size, "-%02d", p->day);
    if (p->hour >= 0)
        size += snprintf(text + size, sizeof text - (size_t)size, "T%02d:%02d", p->hour, p->minute);
    if (p->second >= 0)
        size += snprintf(text + size, sizeof text - (size_t)size, ":%02d", p->second);
    if (size >= KITH_NUMBER_SIZE || !kith_time_read(&time, text))
        return false;
    memcpy(out, text, (size_t)size + 1);
    return true;
}

/* The next of the forms; false after the last. */
static bool next_form(char form[64], const char **forms)
{
    const char *end = strstr(*forms, " or ");
    size_t size = end != NULL ? (size_t)(end - *forms) : strlen(*forms);

    if (**forms == '\0')
        return false;
    const char *begin = *forms;
    *forms += size + (end != NULL ? 4 : 0);
    while (size > 0 && *begin == ' ') {
        begin++;
        size--;
    }
    while (size > 0 && begin[size - 1] == ' ')
        size--;
    size = size < 63 ? size : 63;
    memcpy(form, begin, size);
    form[size] = '\0';
    return true;
}

bool mapping_dates_sound(const char *forms)
{
    char form[64];
    size_t count = 0;

    for (; next_form(form, &forms); count++) {
        const bool month = strstr(form, "mm") != NULL || strstr(form, "mon") != NULL;
        const char *hour = strstr(form, "hh");
        if (strstr(form, "yyyy") == NULL || !month || strlen(form) >= 60 ||
            (hour != NULL && (strstr(hour, "mm") == NULL || strstr(form, "dd") == NULL)) ||
            (strstr(form, "ss") != NULL && hour == NULL))
            return false;
    }
    return count > 0;
}

bool mapping_date_read(char out[KITH_NUMBER_SIZE], const char *field, const char *forms,
                       bool *swapped)
{
    char form[64];
    parts p;

    *swapped = false;
    while (next_form(form, &forms)) {
        if (!read_form(&p, form, field))
            continue;
        if (write_iso(out, &p))
            return true;
        const int day = p.day;
        p.day = p.month;
        p.month = day;
        *swapped |= day >= 1 && day <= 12 && write_iso(out, &p);
    }
    out[0] = '\0';
    return false;
}
