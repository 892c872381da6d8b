/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcomes_cohort.c: whom or what a before and after is of. */
#include <stdlib.h>

#include "kith/words.h"
#include "outcomes_private.h"

static kith_status add_row(cohort *who, int64_t row, kith_error *err)
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

static kith_status add_leader(cohort *who, kith_store *store, const kith_view *view, int64_t row,
                              kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_OUTCOMES_LEADER, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", row);
    if (kith_rows_next(rows))
        status = add_row(who, kith_rows_integer(rows, 0), err);
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

static kith_status add_members(cohort *who, kith_store *store, const kith_view *view, int64_t group,
                               int32_t day, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_OUTCOMES_MEMBERS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "group", group);
    while (status == KITH_OK && kith_rows_next(rows))
        if (belongs(rows, day))
            status = add_row(who, kith_rows_integer(rows, 0), err);
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status != KITH_OK ? status : ended;
}

static kith_status add_group(cohort *who, kith_outcomes *outcomes, kith_store *store,
                             const kith_view *view, int64_t group, const char *id, kith_error *err)
{
    const size_t before = who->count;
    char day[KITH_TIME_SIZE];
    const kith_status status = add_members(who, store, view, group, outcomes->members_on, err);

    if (status != KITH_OK)
        return status;
    outcomes->group = true;
    kith_day_write(day, outcomes->members_on);
    if (who->count == before)
        return kith_fail(err, KITH_NOT_FOUND,
                         "%s has nobody with a member_of link on %s; name the people, or another "
                         "--baseline",
                         id, day);
    return KITH_OK;
}

static kith_status add_id(cohort *who, kith_outcomes *outcomes, kith_store *store,
                          const kith_view *view, const char *id, kith_error *err)
{
    kith_kind kind;
    int64_t row;
    const kith_status status = kith_record_find(&kind, &row, store, view, id, err);

    if (status != KITH_OK)
        return status;
    if (kind == KITH_OBJECT || kind == KITH_EVENT)
        return kith_fail(err, KITH_USAGE, "%s is an %s; outcomes are of people, groups or places",
                         id, kith_kind_word[kind]);
    const kith_kind followed = kind == KITH_LOCATION ? KITH_LOCATION : KITH_PERSON;
    if (who->count > 0 && followed != outcomes->kind)
        return kith_fail(err, KITH_USAGE, "%s is a %s; follow people or places, not both at once",
                         id, kith_kind_word[kind]);
    outcomes->kind = followed;
    if (kind == KITH_GROUP)
        return add_group(who, outcomes, store, view, row, id, err);
    return add_leader(who, store, view, row, err);
}

static int by_row(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

kith_status outcomes_cohort(cohort *who, kith_outcomes *outcomes, kith_store *store,
                            const kith_view *view, char *const *ids, size_t id_count,
                            kith_error *err)
{
    *who = (cohort){ 0 };
    if (id_count == 0)
        return kith_fail(err, KITH_USAGE, "nobody is named; name people, groups or places");
    for (size_t i = 0; i < id_count; i++) {
        const kith_status status = add_id(who, outcomes, store, view, ids[i], err);
        if (status != KITH_OK)
            return status;
    }
    qsort(who->rows, who->count, sizeof *who->rows, by_row);
    size_t kept = 1;
    for (size_t i = 1; i < who->count; i++)
        if (who->rows[i] != who->rows[kept - 1])
            who->rows[kept++] = who->rows[i];
    outcomes->followed = who->count = kept;
    return KITH_OK;
}
