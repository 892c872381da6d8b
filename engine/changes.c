/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes.c: rows are gathered from the records and from the two networks, and put in order. */
#include "changes_private.h"

#include <stdlib.h>
#include <string.h>

#include "kith/date.h"
#include "kith/follow.h"
#include "kith/record.h"
#include "network_private.h"

static const char *const kind_words[CHANGE_KINDS] = {
    "peer group", "event",   "tie",  "link",       "person",     "location",  "group", "object",
    "context",    "flag",    "constraint", "assessment", "indicator", "scale", "action", "contest",
    "load",
};

static const char *const change_words[CHANGE_FATES] = { "new", "upgraded", "downgraded", "changed",
                                                        "gone" };

static const char *word_of(int change)
{
    return change < CHANGE_FATES ? change_words[change] : kith_fate_word[change - CHANGE_FATES];
}

static int by_row(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

bool changes_concern(const changes *c, int64_t entity)
{
    return c->options->ids == NULL ||
           bsearch(&entity, c->asked, c->asked_count, sizeof *c->asked, by_row) != NULL;
}

/* The day of a time as it is recorded: a month alone stays one. */
static const char *day_in(changes *c, const char *time)
{
    char day[] = "YYYY-MM-DD";

    if (time == NULL)
        return NULL;
    strncpy(day, time, sizeof day - 1);
    return kith_pool_add(c->pool, day);
}

kith_status changes_add(changes *c, change_kind kind, int change, const char *id,
                        const char *observed, const char *loaded)
{
    if (c->count >= UINT32_MAX ||
        !kith_make_room((void **)&c->rows, &c->room, c->count, sizeof *c->rows))
        return kith_no_memory(c->err);
    change_row *row = &c->rows[c->count];
    *row = (change_row){ .kind = kind,
                         .change = change,
                         .order = (uint32_t)c->count,
                         .id = kith_pool_add(c->pool, id),
                         .detail = kith_pool_add(c->pool, kith_text_string(&c->text)),
                         .observed = day_in(c, observed),
                         .loaded = day_in(c, loaded) };
    if (row->id == NULL || row->detail == NULL || row->observed == NULL || row->loaded == NULL)
        return kith_no_memory(c->err);
    c->count++;
    return kith_text_status(&c->text, c->err);
}

static int in_order(const void *a, const void *b)
{
    const change_row *x = a, *y = b;
    int order = (int)x->kind - (int)y->kind;

    if (order == 0)
        order = x->change - y->change;
    if (order == 0)
        order = strcmp(x->observed, y->observed);
    if (order == 0 && x->kind != CHANGED_PEERS) /* those come by letter: A, B, AA */
        order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static void text_or_none(kith_table *table, const char *text)
{
    if (text[0] != '\0')
        kith_table_text(table, text);
    else
        kith_table_missing(table);
}

static void print_row(kith_table *table, const change_row *row, size_t left_out)
{
    char more[48];

    kith_table_text(table, word_of(row->change));
    kith_table_text(table, kind_words[row->kind]);
    if (left_out > 0) {
        snprintf(more, sizeof more, "and %zu more", left_out);
        kith_table_missing(table);
        kith_table_text(table, more);
        kith_table_missing(table);
        kith_table_missing(table);
        return;
    }
    text_or_none(table, row->id);
    text_or_none(table, row->detail);
    text_or_none(table, row->observed);
    text_or_none(table, row->loaded);
}

static void print_rows(changes *c)
{
    const size_t most = c->options->most > 0 ? c->options->most : SIZE_MAX;
    size_t alike = 0;

    if (c->count > 0)
        qsort(c->rows, c->count, sizeof *c->rows, in_order);
    for (size_t i = 0; i < c->count; i++) {
        const change_row *row = &c->rows[i];
        if (i > 0 && (row[-1].kind != row->kind || row[-1].change != row->change))
            alike = 0;
        alike++;
        const bool last = i + 1 == c->count || row[1].kind != row->kind ||
                          row[1].change != row->change;
        if (alike <= most)
            print_row(c->table, row, 0);
        else if (last)
            print_row(c->table, row, alike - most);
    }
}

static kith_status find_asked(changes *c)
{
    const kith_changes_options *options = c->options;

    if (options->ids == NULL)
        return KITH_OK;
    c->asked = malloc((options->id_count + 1) * sizeof *c->asked);
    if (c->asked == NULL)
        return kith_no_memory(c->err);
    for (size_t i = 0; i < options->id_count; i++) {
        kith_kind kind;
        const kith_status status = kith_record_find(&kind, &c->asked[i], c->store, c->view,
                                                    options->ids[i], c->err);
        if (status != KITH_OK)
            return status;
        if (kind == KITH_EVENT)
            return kith_fail(c->err, KITH_USAGE, "%s is an event; changes are asked of people, "
                                                 "places, groups and objects", options->ids[i]);
        c->asked_count++;
    }
    qsort(c->asked, c->asked_count, sizeof *c->asked, by_row);
    return KITH_OK;
}

static void add_columns(kith_table *table)
{
    static const char *const names[] = { "change", "kind", "id", "detail", "observed", "loaded" };

    table->title = "Changes";
    table->empty = "nothing changed";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        kith_table_column(table, names[i], KITH_CELL_TEXT);
}

static void add_facts(const changes *c)
{
    char then[KITH_TIME_SIZE], now[KITH_TIME_SIZE];

    kith_day_write(then, c->options->as_of);
    kith_day_write(now, c->view->as_of);
    if (c->load == 0)
        kith_table_fact(c->table, "before", "nothing was loaded");
    else
        kith_table_fact(c->table, "before", "loads up to %lld, as of %s", (long long)c->load, then);
    kith_table_fact(c->table, "now", "all loads, as of %s", now);
}

static void add_notes(kith_table *table)
{
    kith_table_note(table, "observed is the record's own date; loaded, when the hub learnt of it");
    kith_table_note(table, "a tie or a group is gone when no record of it lies in the window any "
                           "more: that is no finding that it ended");
}

/* The last load that began before the moment asked for. */
static kith_status find_load(changes *c)
{
    char moment[KITH_TIME_SIZE];
    kith_rows *rows;

    c->load = c->options->load;
    if (c->load >= 0)
        return KITH_OK;
    c->load = 0;
    const kith_status status =
        kith_store_read(&rows, c->store, c->view, KITH_QUERY_LOAD_LAST, c->err);
    if (status != KITH_OK)
        return status;
    kith_moment_write(moment, c->options->since);
    kith_rows_bind_text(rows, "moment", moment);
    if (kith_rows_next(rows))
        c->load = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, c->err);
}

static kith_status gather(changes *c)
{
    kith_status status = find_load(c);

    if (status == KITH_OK)
        status = find_asked(c);
    if (status == KITH_OK)
        status = changes_of_records(c);
    if (status == KITH_OK && !c->options->records_only)
        status = changes_of_groups(c);
    return status;
}

kith_status kith_changes(kith_table *table, kith_store *store, const kith_view *view,
                         const kith_changes_options *options, kith_error *err)
{
    changes c = { .options = options, .view = view, .store = store, .err = err, .table = table };

    *table = (kith_table){ 0 };
    if (options->as_of > view->as_of || view->through_load != 0 || view->all_dates)
        return kith_fail(err, KITH_USAGE, "changes lead from an earlier day to the hub as it is on "
                                          "a later one");
    add_columns(table);
    c.pool = kith_pool_new();
    kith_status status = c.pool == NULL ? kith_no_memory(err) : gather(&c);
    if (status == KITH_OK) {
        add_facts(&c);
        print_rows(&c);
        add_notes(table);
        status = kith_table_status(table, err);
    }
    free(c.asked);
    free(c.rows);
    kith_text_free(&c.text);
    kith_pool_free(c.pool);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
