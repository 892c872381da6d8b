/* SPDX-License-Identifier: GPL-3.0-or-later */
/* suppress.c: counts as classes, and totals as sums of classes. */
#include "kith/suppress.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

kith_status kith_suppress_check(uint32_t least, kith_error *err)
{
    if (least == 0 || (least >= KITH_SUPPRESS_LEAST && least <= KITH_SUPPRESS_MOST))
        return KITH_OK;
    return kith_fail(err, KITH_USAGE,
                     "small counts cannot be hidden below %u; 0 (nothing is hidden) or a number from "
                     "%d to %d is expected",
                     least, KITH_SUPPRESS_LEAST, KITH_SUPPRESS_MOST);
}

kith_seen kith_suppress(uint64_t count, uint32_t least)
{
    if (count == 0 || least == 0)
        return (kith_seen){ count, count };
    if (count < least)
        return (kith_seen){ 1, least - 1 };
    const uint64_t low = count - (count - least) % KITH_SUPPRESS_STEP;
    return (kith_seen){ low, low + KITH_SUPPRESS_STEP - 1 };
}

void kith_seen_add(kith_seen *total, kith_seen part)
{
    total->low += part.low;
    total->high += part.high;
}

void kith_seen_write(char out[KITH_SEEN_SIZE], kith_seen seen)
{
    if (seen.low == seen.high)
        snprintf(out, KITH_SEEN_SIZE, "%llu", (unsigned long long)seen.low);
    else if (seen.low == 1)
        snprintf(out, KITH_SEEN_SIZE, "fewer than %llu", (unsigned long long)seen.high + 1);
    else
        snprintf(out, KITH_SEEN_SIZE, "%llu to %llu", (unsigned long long)seen.low,
                 (unsigned long long)seen.high);
}

static size_t column_named(const kith_table *table, const char *name)
{
    size_t at = 0;

    while (strcmp(table->columns[at].name, name) != 0) {
        at++;
        assert(at < table->column_count);
    }
    assert(table->columns[at].type == KITH_CELL_INTEGER);
    return at;
}

static bool hide_cell(kith_cell *cell, uint32_t least)
{
    char seen[KITH_SEEN_SIZE];

    if (cell->missing)
        return true;
    kith_seen_write(seen, kith_suppress((uint64_t)cell->integer, least));
    cell->integer = 0;
    cell->text = strdup(seen);
    return cell->text != NULL;
}

kith_status kith_suppress_columns(kith_table *table, const char *const *names, size_t count,
                                  uint32_t least, kith_error *err)
{
    const kith_status status = kith_suppress_check(least, err);

    if (status != KITH_OK || least == 0)
        return status;
    for (size_t i = 0; i < count; i++) {
        const size_t column = column_named(table, names[i]);
        table->columns[column].type = KITH_CELL_TEXT;
        for (size_t row = 0; row < kith_table_rows(table); row++)
            if (!hide_cell(&table->cells[row * table->column_count + column], least))
                table->failed = true;
    }
    return kith_table_status(table, err);
}
