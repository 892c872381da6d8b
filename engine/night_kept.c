/* SPDX-License-Identifier: GPL-3.0-or-later */
/* night_kept.c: which nights were reported. */
#include "kith/date.h"
#include "kith/night.h"

static kith_status read_known(kith_night_last *last, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_NIGHT_KNOWN, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "load", last->load);
    if (kith_rows_next(rows))
        last->event = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, err);
}

kith_status kith_night_last_read(kith_night_last *last, kith_store *store, const kith_view *view,
                                 int32_t before, kith_error *err)
{
    char day[KITH_TIME_SIZE];
    kith_rows *rows;

    *last = (kith_night_last){ .day = INT32_MIN };
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_NIGHT_LAST, err);
    if (status != KITH_OK)
        return status;
    kith_day_write(day, before);
    kith_rows_bind_text(rows, "before", day);
    if (kith_rows_next(rows)) {
        kith_day_read(&last->day, kith_rows_text(rows, 0));
        last->load = kith_rows_integer(rows, 1);
    }
    const kith_status ended = kith_rows_end(rows, err);
    return ended == KITH_OK ? read_known(last, store, view, err) : ended;
}

static kith_status add_night(kith_store *store, const kith_view *view, int32_t day, int64_t load,
                             const char *manifest, int64_t now, kith_error *err)
{
    char morning[KITH_TIME_SIZE], moment[KITH_TIME_SIZE];
    kith_change *change;
    const kith_status status = kith_store_change(&change, store, KITH_QUERY_NIGHT_ADD, err);

    if (status != KITH_OK)
        return status;
    kith_day_write(morning, day);
    kith_moment_write(moment, now);
    kith_change_text(change, 1, morning);
    kith_change_integer(change, 2, load);
    kith_change_text(change, 3, manifest);
    kith_change_text(change, 4, view->user);
    kith_change_text(change, 5, moment);
    return kith_change_run(change, NULL, err);
}

kith_status kith_night_record(kith_store *store, const kith_view *view, int32_t day, int64_t load,
                              const char *manifest, int64_t now, kith_error *err)
{
    kith_status status = kith_store_begin(store, err);

    if (status != KITH_OK)
        return status;
    status = add_night(store, view, day, load, manifest, now, err);
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}

kith_status kith_night_newest_load(int64_t *load, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;

    *load = 0;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_NIGHT_LOAD, err);
    if (status != KITH_OK)
        return status;
    if (kith_rows_next(rows))
        *load = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, err);
}
