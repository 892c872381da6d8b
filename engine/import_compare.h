/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_compare.h: a row beside the record that it is about. */
#ifndef KITH_ENGINE_IMPORT_COMPARE_H
#define KITH_ENGINE_IMPORT_COMPARE_H

#include "mapping_private.h"

enum { FIELD_MAX = TABLE_COLUMNS_MAX + 1 + ORIGIN_FIELDS };

/* A row beside what the hub has: the table's columns, extra, the origin's fields. */
typedef struct comparison {
    import_row *row;
    int column_count, own_count, count; /* columns; and extra; and the origin */
    const char *names[FIELD_MAX], *old[FIELD_MAX], *given[FIELD_MAX];
    bool differs[FIELD_MAX];
    bool same_source;
    bool extra_adds; /* the row's attributes change none of the record's */
} comparison;

/* What the row gives; then what the hub has. False after a failure of the machine. */
void compare_given(comparison *c, import_row *row);
bool compare_read(comparison *c, int64_t record);
/* What a file has no column for, it says nothing of: the record keeps what it has. */
void compare_unsaid(comparison *c);

/* "name, dob": the fields from the first on, before count, that differ. */
const char *compare_fields(const comparison *c, int count, bool given_only);

/* Takes the hub's value of the fields that the row leaves blank, or with `filled` of all
 * that the hub has; gives the names of the latter. */
const char *compare_take_all(comparison *c, bool filled);

/* Gives the record what the row has, and keeps the old values. */
void import_correct(const comparison *c, int64_t record);

#endif
