/* SPDX-License-Identifier: GPL-3.0-or-later */
/* retention_left.c: whose links and events are all of the past (R61). */
#include <stdlib.h>
#include <string.h>

#include "kith/date.h"
#include "kith/retention.h"
#include "retention_private.h"

enum { ID_ROOM = 65 /* an id is 64 bytes at the most */ };

/* What somebody's links and events come to: the last day, and of what. */
typedef struct ties {
    int64_t entity;
    char id[ID_ROOM], last[KITH_TIME_SIZE], what[80];
    bool any, lasts;
} ties;

static void add_left(kith_table *table, const ties *t, const char *since, const char *only)
{
    if (!t->any || t->lasts || strcmp(t->last, since) >= 0 || (only != NULL && strcmp(only, t->id) != 0))
        return;
    kith_table_text(table, t->id);
    kith_table_text(table, t->last);
    kith_table_text(table, t->what);
}

static void take_tie(ties *t, const kith_rows *rows, const char *as_of)
{
    const char *kind = kith_rows_text(rows, R_KIND), *day = kith_rows_text(rows, R_DAY);
    const bool link = strcmp(kind, "link") == 0, lasts = kith_rows_integer(rows, R_LASTS) != 0;

    if (t->entity != kith_rows_integer(rows, R_ENTITY))
        *t = (ties){ .entity = kith_rows_integer(rows, R_ENTITY) };
    kith_sentence(t->id, sizeof t->id, "%s", kith_rows_text(rows, R_ID));
    if (!link && (strcmp(kind, "event") != 0 || (!lasts && strcmp(day, as_of) > 0)))
        return;
    t->any = true;
    t->lasts |= lasts;
    if (strcmp(day, t->last) < 0)
        return;
    kith_sentence(t->last, sizeof t->last, "%s", day);
    kith_sentence(t->what, sizeof t->what, "the last %s, %.40s, %s on this day", kind, kith_rows_text(rows, R_WORD),
                  link ? "ended" : "was");
}

kith_status kith_retention_left(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                                kith_error *err)
{
    const kith_view always = { .user = view->user, .purpose = view->purpose, .audience = view->audience, .all_dates = true };
    char since[KITH_TIME_SIZE], as_of[KITH_TIME_SIZE];
    kith_rows *rows;
    ties t = { .entity = -1 };

    *table = (kith_table){ .empty = "nobody's links and events have all expired" };
    kith_table_column(table, "id", KITH_CELL_TEXT);
    kith_table_column(table, "last", KITH_CELL_TEXT);
    kith_table_column(table, "why", KITH_CELL_TEXT);
    kith_day_write(since, view->since);
    kith_day_write(as_of, view->as_of);
    kith_status status = kith_store_read(&rows, store, &always, KITH_QUERY_RETENTION_RECORDS, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "kind", KITH_PERSON);
    kith_rows_bind_text(rows, "id", "");
    while (kith_rows_next(rows)) {
        if (t.entity != kith_rows_integer(rows, R_ENTITY))
            add_left(table, &t, since, id);
        take_tie(&t, rows, as_of);
    }
    add_left(table, &t, since, id);
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

static kith_status mark_expired(bool *expired, size_t *count, kith_rows *rows, const kith_network *network,
                                kith_error *err)
{
    char id[sizeof "person:" + ID_ROOM];
    kith_status status = KITH_OK;
    uint32_t thing;

    while (status == KITH_OK && kith_rows_next(rows)) {
        kith_sentence(id, sizeof id, "person:%s", kith_rows_text(rows, 0));
        status = kith_network_find(&thing, network, id, err);
        if (status != KITH_OK)
            break;
        expired[thing] = true;
        ++*count;
    }
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status == KITH_OK ? end : status;
}

kith_status kith_retention_expired(bool **expired, size_t *count, kith_store *store, const kith_network *network,
                                   kith_error *err)
{
    kith_rows *rows;

    *count = 0;
    *expired = calloc(network->thing_count + 1, sizeof **expired);
    if (*expired == NULL)
        return kith_no_memory(err);
    kith_status status = KITH_OK;
    if (!network->view.all_dates)
        status = kith_store_read(&rows, store, &network->view, KITH_QUERY_RETENTION_EXPIRED, err);
    if (status == KITH_OK && !network->view.all_dates)
        status = mark_expired(*expired, count, rows, network, err);
    if (status != KITH_OK) {
        free(*expired);
        *expired = NULL;
    }
    return status;
}
