/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_text.c: any bytes as one field. What is read as a date or a number is written as
 * something that reads back as the same; names are alike to between 0 and 1. */
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "kith/date.h"
#include "kith/similar.h"
#include "kith/text.h"

static void check_date(const char *field)
{
    kith_time time, again;
    char written[KITH_TIME_SIZE];

    if (!kith_time_read(&time, field))
        return;
    kith_time_write(written, time);
    MUST(kith_time_read(&again, written));
    MUST(again.precision == time.precision && again.day == time.day && again.utc == time.utc);
    MUST(time.precision == KITH_UNDATED || kith_day_of(time.utc) == time.day);
}

static void check_number(const char *field)
{
    char written[KITH_NUMBER_SIZE];
    double number, again;

    if (!kith_number_read(&number, field))
        return;
    kith_number_shortest(written, number);
    MUST(kith_number_read(&again, written) && again == number);
}

static void check_name(const char *field)
{
    kith_text folded = { 0 };

    kith_text_add_folded(&folded, field);
    const char *name = kith_text_string(&folded);
    MUST(kith_utf8_valid(name, strlen(name)));
    MUST(strstr(name, "  ") == NULL && name[0] != ' ');
    for (const char *at = name; *at != '\0'; at++)
        MUST((unsigned char)*at >= 0x80 || strchr("abcdefghijklmnopqrstuvwxyz0123456789 ", *at) != NULL);
    const double alike = kith_jaro_winkler(name, "marlow birch");
    MUST(alike >= 0 && alike <= 1);
    MUST(fabs(kith_jaro_winkler(name, name) - 1) < 1e-12);
    kith_text_free(&folded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *field = malloc(size + 1);

    MUST(field != NULL);
    if (size > 0)
        memcpy(field, data, size);
    field[size] = '\0';
    check_date(field);
    check_number(field);
    if (kith_utf8_valid(field, strlen(field)))
        check_name(field);
    free(field);
    return 0;
}
