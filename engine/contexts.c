/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contexts.c: a subject's context items, from the hub into memory.
 *
 * The store's text lives until the next row, so each item keeps one block of its own
 * with its strings one after another. Dates are compared here, by day, because a date of
 * month precision counts as the month's last day. */
#include "kith/contexts.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROW,
    CONTEXT,
    VALENCE,
    TO_CONTEXT,
    NATURE,
    SEVERITY,
    OBSERVED,
    INCIDENT,
    REPORT,
    SOURCE,
    SUMMARY,
    SOURCE_GRADE,
    INFO_GRADE,
    CONDITIONS
};

static kith_status make_room(kith_contexts *contexts, kith_error *err)
{
    if (contexts->count < contexts->room)
        return KITH_OK;
    const size_t room = contexts->room > 0 ? contexts->room * 2 : 16;
    kith_item *items = realloc(contexts->items, room * sizeof *items);
    if (items != NULL)
        contexts->items = items;
    char **texts = realloc(contexts->texts, room * sizeof *texts);
    if (texts != NULL)
        contexts->texts = texts;
    if (items == NULL || texts == NULL)
        return kith_no_memory(err);
    contexts->room = room;
    return KITH_OK;
}

/* Copies the strings that an item keeps into one block. */
static kith_status keep_texts(kith_item *item, char **block, const kith_rows *rows, kith_error *err)
{
    const struct {
        const char **kept;
        int column;
    } fields[] = { { &item->incident, INCIDENT },
                   { &item->report_ref, REPORT },
                   { &item->source, SOURCE },
                   { &item->summary, SUMMARY },
                   { &item->conditions, CONDITIONS } };
    kith_text all = { 0 };
    size_t at[sizeof fields / sizeof *fields];

    kith_text_format(&all, "context:%lld", (long long)kith_rows_integer(rows, ROW));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        kith_text_add_char(&all, '\0');
        at[i] = all.size;
        kith_text_add(&all, kith_rows_text(rows, fields[i].column));
    }
    *block = all.data;
    if (all.failed)
        return kith_no_memory(err);
    item->record_id = all.data;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i].kept = all.data + at[i];
    return KITH_OK;
}

static kith_item_kind kind_of(const char *valence)
{
    if (strcmp(valence, "drives") == 0)
        return KITH_ITEM_DRIVES;
    return strcmp(valence, "protective") == 0 ? KITH_ITEM_PROTECTIVE : KITH_ITEM_RISK;
}

static kith_status read_contexts(kith_item *item, const kith_rows *rows, kith_error *err)
{
    double driven[KITH_CONTEXT_COUNT];
    const bool drives = item->kind == KITH_ITEM_DRIVES;
    const bool from = kith_context_read(item->share, kith_rows_text(rows, CONTEXT));

    if (!from || (drives && !kith_context_read(driven, kith_rows_text(rows, TO_CONTEXT))))
        return kith_fail(
            err, KITH_INPUT,
            "context:%lld: %s is not among home, peer, school, neighbourhood and online; "
            "correct the record and load it again",
            (long long)kith_rows_integer(rows, ROW),
            kith_rows_text(rows, from ? TO_CONTEXT : CONTEXT));
    for (int c = 0; c < KITH_CONTEXT_COUNT; c++)
        item->drives[c] = drives && driven[c] > 0;
    return KITH_OK;
}

static kith_status read_item(kith_item *item, const kith_rows *rows, kith_error *err)
{
    *item = (kith_item){ .kind = kind_of(kith_rows_text(rows, VALENCE)),
                         .severity = (int)kith_rows_integer(rows, SEVERITY) };
    if (!kith_time_read(&item->observed, kith_rows_text(rows, OBSERVED)))
        return kith_fail(err, KITH_HUB,
                         "context:%lld has the date %s, which does not exist; run check",
                         (long long)kith_rows_integer(rows, ROW), kith_rows_text(rows, OBSERVED));
    item->nature = kith_item_nature(item->kind, item->observed, kith_rows_text(rows, NATURE));
    if (!kith_rows_missing(rows, SOURCE_GRADE) && !kith_rows_missing(rows, INFO_GRADE))
        item->grade = (kith_grade){ (char)('0' + kith_rows_integer(rows, SOURCE_GRADE)),
                                    kith_rows_text(rows, INFO_GRADE)[0] };
    return read_contexts(item, rows, err);
}

/* Adds the row's item when the view has its day. */
static kith_status take_item(kith_contexts *contexts, const kith_rows *rows, const kith_view *view,
                             kith_error *err)
{
    kith_status status = make_room(contexts, err);

    if (status != KITH_OK)
        return status;
    kith_item *item = &contexts->items[contexts->count];
    status = read_item(item, rows, err);
    if (status != KITH_OK)
        return status;
    if (item->observed.precision != KITH_UNDATED && !kith_view_has_day(view, item->observed.day)) {
        contexts->later += item->observed.day > view->as_of;
        contexts->older += item->observed.day <= view->as_of;
        return KITH_OK;
    }
    status = keep_texts(item, &contexts->texts[contexts->count], rows, err);
    contexts->count++;
    return status;
}

static kith_status read_items(kith_contexts *contexts, kith_store *store, const kith_view *view,
                              int64_t subject, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_CONTEXT_ITEMS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "subject", subject);
    while (status == KITH_OK && kith_rows_next(rows))
        status = take_item(contexts, rows, view, err);
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status != KITH_OK ? status : ended;
}

static void take_scale(kith_contexts *contexts, const kith_rows *rows, const kith_view *view)
{
    static const char *const raters[KITH_RATER_COUNT] = { "worker", "parent", "child" };
    kith_scale scale = { .recorded = true, .asked = !kith_rows_missing(rows, 2) };

    scale.score = (int)kith_rows_integer(rows, 2);
    kith_time_read(&scale.on, kith_rows_text(rows, 0));
    if (scale.on.precision != KITH_UNDATED && !view->all_dates && scale.on.day > view->as_of)
        return;
    for (int r = 0; r < KITH_RATER_COUNT; r++)
        if (strcmp(kith_rows_text(rows, 1), raters[r]) == 0 &&
            (!contexts->scales[r].recorded || scale.on.day >= contexts->scales[r].on.day))
            contexts->scales[r] = scale;
}

static kith_status read_scales(kith_contexts *contexts, kith_store *store, const kith_view *view,
                               int64_t subject, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_CONTEXT_SCALES, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "subject", subject);
    while (kith_rows_next(rows))
        take_scale(contexts, rows, view);
    return kith_rows_end(rows, err);
}

kith_status kith_contexts_read(kith_contexts *contexts, kith_store *store, const kith_view *view,
                               const char *id, kith_error *err)
{
    int64_t subject;

    *contexts = (kith_contexts){ 0 };
    kith_status status = kith_record_find(&contexts->kind, &subject, store, view, id, err);
    if (status != KITH_OK)
        return status;
    if (contexts->kind == KITH_EVENT || contexts->kind == KITH_OBJECT)
        return kith_fail(err, KITH_USAGE,
                         "%s is an %s; contexts are weighed for a person, a group or a place", id,
                         kith_kind_word[contexts->kind]);
    status = read_items(contexts, store, view, subject, err);
    if (status == KITH_OK)
        status = read_scales(contexts, store, view, subject, err);
    if (status != KITH_OK)
        kith_contexts_free(contexts);
    return status;
}

void kith_contexts_free(kith_contexts *contexts)
{
    for (size_t i = 0; i < contexts->count; i++)
        free(contexts->texts[i]);
    free(contexts->texts);
    free(contexts->items);
    *contexts = (kith_contexts){ 0 };
}

int32_t kith_contexts_newest_risk(const kith_contexts *contexts)
{
    int32_t newest = INT32_MIN;

    for (size_t i = 0; i < contexts->count; i++) {
        const kith_item *item = &contexts->items[i];
        if (item->kind == KITH_ITEM_PROTECTIVE || item->grade.info == 'E')
            continue;
        if (item->observed.precision == KITH_UNDATED)
            return INT32_MAX;
        if (item->observed.day > newest)
            newest = item->observed.day;
    }
    return newest;
}
