/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contexts_history.c: one subject, weighed on several days.
 *
 * Each day is read anew from the hub, as if it were as-of, so that a row is what `weigh`
 * would have said of that day from what is in the hub now. Only two days are held at once. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/contexts.h"

enum { CONTEXTS = KITH_CONTEXT_COUNT, NEW_NAMED = 5 };

/* One day's evidence, and its items by record. */
typedef struct day {
    kith_contexts contexts;
    const kith_item **by_record;
    size_t count; /* of by_record */
} day;

static int by_record(const void *left, const void *right)
{
    const kith_item *a = *(const kith_item *const *)left, *b = *(const kith_item *const *)right;
    const int order = strcmp(a->record_id, b->record_id);

    return order != 0 ? order : strcmp(a->rule != NULL ? a->rule : "", b->rule != NULL ? b->rule : "");
}

static void free_day(day *d)
{
    kith_contexts_free(&d->contexts);
    free(d->by_record);
    *d = (day){ 0 };
}

static kith_status read_day(day *d, kith_store *store, const kith_view *view,
                            const kith_subject *subject, const struct kith_rules *rules,
                            kith_error *err)
{
    *d = (day){ 0 };
    const kith_status status = kith_contexts_read(&d->contexts, store, view, subject, rules, err);
    if (status != KITH_OK)
        return status;

    d->by_record = malloc((d->contexts.count + 1) * sizeof *d->by_record);
    if (d->by_record == NULL) {
        free_day(d);
        return kith_no_memory(err);
    }
    for (size_t i = 0; i < d->contexts.count; i++)
        if (!kith_grade_is_false(d->contexts.items[i].grade))
            d->by_record[d->count++] = &d->contexts.items[i];
    qsort(d->by_record, d->count, sizeof *d->by_record, by_record);
    return KITH_OK;
}

static void add_new(kith_table *table, const day *now, const day *before)
{
    kith_text text = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < now->count; i++) {
        if (before->count > 0 && bsearch(&now->by_record[i], before->by_record, before->count,
                                         sizeof *before->by_record, by_record) != NULL)
            continue;
        if (count++ < NEW_NAMED)
            kith_text_format(&text, "%s%s", count > 1 ? ", " : "", now->by_record[i]->record_id);
    }
    if (count > NEW_NAMED)
        kith_text_format(&text, " and %zu more", count - NEW_NAMED);
    table->failed = table->failed || text.failed;
    kith_table_integer(table, (int64_t)count);
    kith_table_text(table, count > 0 ? kith_text_string(&text) : "nothing new");
    kith_text_free(&text);
}

static void add_row(kith_table *table, const day *now, const day *before, const kith_weigh *weigh,
                    const kith_weigh *entered)
{
    char on[KITH_TIME_SIZE];

    kith_day_write(on, weigh->as_of);
    kith_table_text(table, on);
    for (int c = 0; c < CONTEXTS; c++)
        kith_table_number(table, weigh->contexts[c].items > 0 ? weigh->contexts[c].share : NAN);
    kith_table_text(table, weigh->lead >= 0 ? kith_context_name[weigh->lead] : NULL);
    kith_table_text(table, weigh->lead < 0                         ? "no lead"
                           : kith_contexts_clear(weigh, entered) ? "clear lead"
                                                                 : "no clear lead, discuss");
    kith_table_integer(table, (int64_t)now->count);
    if (before != NULL) {
        add_new(table, now, before);
    } else {
        kith_table_missing(table);
        kith_table_text(table, "the first day shown");
    }
}

static kith_status weigh_day(kith_table *table, const day *now, const day *before, int32_t as_of,
                             const kith_weigh_options *options, kith_error *err)
{
    const kith_contexts *contexts = &now->contexts;
    const bool mixed = contexts->entered < contexts->count;
    kith_weigh weigh, entered = { .lead = -1 };
    kith_status status =
        kith_weigh_build(&weigh, contexts->items, contexts->count, as_of, options, err);

    if (status == KITH_OK && mixed)
        status = kith_weigh_build(&entered, contexts->items, contexts->entered, as_of, options, err);
    if (status == KITH_OK)
        add_row(table, now, before, &weigh, mixed ? &entered : NULL);
    kith_weigh_free(&entered);
    kith_weigh_free(&weigh);
    return status;
}

static void add_columns(kith_table *table)
{
    kith_table_column(table, "on", KITH_CELL_TEXT);
    for (int c = 0; c < CONTEXTS; c++)
        kith_table_column(table, kith_context_name[c], KITH_CELL_NUMBER);
    kith_table_column(table, "lead", KITH_CELL_TEXT);
    kith_table_column(table, "verdict", KITH_CELL_TEXT);
    kith_table_column(table, "items", KITH_CELL_INTEGER);
    kith_table_column(table, "new", KITH_CELL_INTEGER);
    kith_table_column(table, "what_is_new", KITH_CELL_TEXT);
}

kith_status kith_contexts_history(kith_table *table, kith_store *store, const kith_view *view,
                                  const kith_subject *subject, const struct kith_rules *rules,
                                  const kith_weigh_options *options, int32_t first, int32_t step,
                                  kith_error *err)
{
    const int32_t steps = (view->as_of - first) / step;
    day before = { 0 };
    kith_status status = KITH_OK;

    add_columns(table);
    for (int32_t i = steps; status == KITH_OK && i >= 0; i--) {
        kith_view then = *view;
        day now;
        then.as_of = view->as_of - i * step;
        status = read_day(&now, store, &then, subject, rules, err);
        if (status == KITH_OK)
            status = weigh_day(table, &now, i < steps ? &before : NULL, then.as_of, options, err);
        free_day(&before);
        before = now;
    }
    free_day(&before);
    kith_table_note(table, "shares of one subject on several days, from what is in the hub now; they may "
                           "not be compared with another subject's");
    kith_table_note(table, "between two rows shares move by what is new, by what has ended and by the "
                           "half-lives; an item suspected to be false is never new");
    return status != KITH_OK ? status : kith_table_status(table, err);
}
