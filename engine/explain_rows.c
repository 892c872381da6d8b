/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain_rows.c: one shape for every explanation. */
#include "explain_rows.h"

#include <math.h>

#include "kith/text.h"

void explain_columns(kith_table *table, const char *last)
{
    static const char *const numbers[] = { "severity", "reliability", "recency", "mass" };

    kith_table_column(table, "term", KITH_CELL_TEXT);
    kith_table_column(table, "value", KITH_CELL_NUMBER);
    kith_table_column(table, "record_id", KITH_CELL_TEXT);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        kith_table_column(table, numbers[i], KITH_CELL_NUMBER);
    kith_table_column(table, last, KITH_CELL_TEXT);
}

void explain_row(kith_table *table, const char *term, double value, const char *record_id,
                 const kith_mass *mass, const char *detail)
{
    kith_table_text(table, term);
    kith_table_number(table, value);
    kith_table_text(table, record_id);
    kith_table_number(table, mass != NULL ? mass->severity : NAN);
    kith_table_number(table, mass != NULL ? mass->reliability : NAN);
    kith_table_number(table, mass != NULL ? mass->recency : NAN);
    kith_table_number(table, mass != NULL ? mass->mass : NAN);
    kith_table_text(table, detail);
}

void explain_number(kith_table *table, const char *key, double value)
{
    char number[KITH_NUMBER_SIZE];

    kith_number_shortest(number, value);
    kith_table_fact(table, key, "%s", number);
}
