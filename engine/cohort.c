/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cohort.c: gathering the people or places of a cohort. */
#include "cohort.h"

#include <stdlib.h>

#include "kith/date.h"
#include "kith/words.h"

kith_status cohort_add(cohort *who, int64_t row, kith_error *err)
{
    if (who->count == who->room) {
        const size_t room = who->room > 0 ? who->room * 2 : 16;
        int64_t *rows = realloc(who->rows, room * sizeof *rows);
        if (rows == NULL)
            return kith_no_memory(err);
        who->rows = rows;
        who->room = room;
    }
    who->rows[who->count++] = row;
    return KITH_OK;
}

kith_status cohort_add_leader(cohort *who, kith_store *store, const kith_view *view, int64_t row,
                              kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_OUTCOMES_LEADER, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", row);
    if (kith_rows_next(rows))
        status = cohort_add(who, kith_rows_integer(rows, 0), err);
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status != KITH_OK ? status : ended;
}

static bool belongs(const kith_rows *rows, int32_t day)
{
    kith_time from, to;

    return kith_word_same(kith_rows_text(rows, 1), "member_of") &&
           kith_rows_integer(rows, 4) == 0 && kith_time_read(&from, kith_rows_text(rows, 2)) &&
           kith_time_read(&to, kith_rows_text(rows, 3)) &&
           (from.precision == KITH_UNDATED || from.day <= day) &&
           (to.precision == KITH_UNDATED || to.day >= day);
}

kith_status cohort_add_members(cohort *who, kith_store *store, const kith_view *view,
                               int64_t group, int32_t day, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_OUTCOMES_MEMBERS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "group", group);
    while (status == KITH_OK && kith_rows_next(rows))
        if (belongs(rows, day))
            status = cohort_add(who, kith_rows_integer(rows, 0), err);
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status != KITH_OK ? status : ended;
}

static int by_row(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

void cohort_settle(cohort *who)
{
    size_t kept = 0;

    if (who->count > 0)
        qsort(who->rows, who->count, sizeof *who->rows, by_row);
    for (size_t i = 0; i < who->count; i++)
        if (kept == 0 || who->rows[i] != who->rows[kept - 1])
            who->rows[kept++] = who->rows[i];
    who->count = kept;
}
