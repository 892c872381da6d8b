/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain_rows.h: the columns and rows that every explanation has; for explain*.c only. */
#ifndef KITH_EXPLAIN_ROWS_H
#define KITH_EXPLAIN_ROWS_H

#include "kith/table.h"
#include "kith/weight.h"

/** term, value, record_id, severity, reliability, recency, mass, and a last column of text. */
void explain_columns(kith_table *table, const char *last);

/** A term; mass NULL where the record is no evidence. */
void explain_row(kith_table *table, const char *term, double value, const char *record_id,
                 const kith_mass *mass, const char *detail);

/** A figure as a fact, as the shortest number that reads back equal. */
void explain_number(kith_table *table, const char *key, double value);

#endif
