/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contexts.c: a subject's context items, from the hub into memory.
 *
 * The store's text lives until the next row, so items keep theirs in a pool. Dates are compared here, by day, because a date of
 * month precision counts as the month's last day. */
#include "kith/contexts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contexts_private.h"
#include "kith/evidence.h"
#include "pool.h"

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
    CONDITIONS,
    CONTESTED
};

static kith_status make_room(kith_contexts *contexts, kith_error *err)
{
    if (contexts->count < contexts->room)
        return KITH_OK;
    const size_t room = contexts->room > 0 ? contexts->room * 2 : 16;
    kith_item *items = realloc(contexts->items, room * sizeof *items);
    if (items == NULL)
        return kith_no_memory(err);
    contexts->items = items;
    contexts->room = room;
    return KITH_OK;
}

kith_status contexts_add(kith_contexts *contexts, const kith_item *like, kith_error *err)
{
    const kith_status status = make_room(contexts, err);

    if (status != KITH_OK)
        return status;
    kith_item *item = &contexts->items[contexts->count];
    *item = *like;
    const char **texts[] = { &item->record_id, &item->incident, &item->report_ref, &item->source,
                             &item->summary,   &item->conditions };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i] = kith_pool_add(contexts->pool, *texts[i] != NULL ? *texts[i] : "");
        if (*texts[i] == NULL)
            return kith_no_memory(err);
    }
    if (like->rule != NULL && (item->rule = kith_pool_add(contexts->pool, like->rule)) == NULL)
        return kith_no_memory(err);
    contexts->count++;
    return KITH_OK;
}

kith_grade contexts_grade(const kith_rows *rows, int source_grade, int info_grade)
{
    if (kith_rows_missing(rows, source_grade) || kith_rows_missing(rows, info_grade))
        return (kith_grade){ 0 };
    return (kith_grade){ .source = (char)('0' + kith_rows_integer(rows, source_grade)),
                         .info = kith_rows_text(rows, info_grade)[0] };
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

static kith_status read_item(kith_item *item, char record[32], const kith_rows *rows,
                             kith_error *err)
{
    snprintf(record, 32, "context:%lld", (long long)kith_rows_integer(rows, ROW));
    *item = (kith_item){ .record_id = record,
                         .kind = kind_of(kith_rows_text(rows, VALENCE)),
                         .severity = (int)kith_rows_integer(rows, SEVERITY),
                         .grade = contexts_grade(rows, SOURCE_GRADE, INFO_GRADE),
                         .incident = kith_rows_text(rows, INCIDENT),
                         .report_ref = kith_rows_text(rows, REPORT),
                         .source = kith_rows_text(rows, SOURCE),
                         .summary = kith_rows_text(rows, SUMMARY),
                         .conditions = kith_rows_text(rows, CONDITIONS) };
    item->grade.contested = (char)kith_rows_integer(rows, CONTESTED);
    if (!kith_time_read(&item->observed, kith_rows_text(rows, OBSERVED)))
        return kith_fail(err, KITH_HUB, "%s has the date %s, which does not exist; run check",
                         record, kith_rows_text(rows, OBSERVED));
    item->nature = kith_item_nature(item->kind, item->observed, kith_rows_text(rows, NATURE));
    return read_contexts(item, rows, err);
}

/* Adds the row's item when the view has its day. */
static kith_status take_item(kith_contexts *contexts, const kith_rows *rows, const kith_view *view,
                             const char *rule, kith_error *err)
{
    kith_item item;
    char record[32];
    const kith_status status = read_item(&item, record, rows, err);

    if (status != KITH_OK)
        return status;
    if (item.observed.precision != KITH_UNDATED && !kith_view_has_day(view, item.observed.day)) {
        contexts->later += item.observed.day > view->as_of;
        contexts->older += item.observed.day <= view->as_of;
        return KITH_OK;
    }
    item.rule = rule;
    return contexts_add(contexts, &item, err);
}

kith_status contexts_add_entered(kith_contexts *contexts, kith_store *store, const kith_view *view,
                                 int64_t about, const char *rule, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_CONTEXT_ITEMS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "subject", about);
    while (status == KITH_OK && kith_rows_next(rows))
        status = take_item(contexts, rows, view, rule, err);
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

/* What was entered about the subject itself: of a list, about each of its people. */
static kith_status read_entered(kith_contexts *contexts, kith_store *store, const kith_view *view,
                                const kith_subject *subject, kith_error *err)
{
    kith_status status = KITH_OK;

    if (subject->row != 0)
        return contexts_add_entered(contexts, store, view, subject->row, NULL, err);
    for (size_t i = 0; status == KITH_OK && i < subject->count; i++)
        status = contexts_add_entered(contexts, store, view, subject->people[i], NULL, err);
    return status;
}

kith_status kith_contexts_read(kith_contexts *contexts, kith_store *store, const kith_view *view,
                               const kith_subject *subject, const kith_rules *rules,
                               kith_error *err)
{
    *contexts = (kith_contexts){ .kind = subject->kind, .pool = kith_pool_new() };
    kith_status status = contexts->pool != NULL
                             ? read_entered(contexts, store, view, subject, err)
                             : kith_no_memory(err);

    contexts->entered = contexts->count;
    if (status == KITH_OK && rules != NULL)
        status = kith_evidence_add(contexts, store, view, subject, rules, err);
    if (status == KITH_OK && subject->kind == KITH_PERSON && subject->row != 0)
        status = read_scales(contexts, store, view, subject->row, err);
    if (status != KITH_OK)
        kith_contexts_free(contexts);
    return status;
}

void kith_contexts_free(kith_contexts *contexts)
{
    free(contexts->items);
    kith_pool_free(contexts->pool);
    kith_text_free(&contexts->unplaced_named);
    *contexts = (kith_contexts){ 0 };
}

int32_t kith_contexts_newest_risk(const kith_contexts *contexts)
{
    int32_t newest = INT32_MIN;

    for (size_t i = 0; i < contexts->count; i++) {
        const kith_item *item = &contexts->items[i];
        if (item->kind == KITH_ITEM_PROTECTIVE || kith_grade_is_false(item->grade))
            continue;
        if (item->observed.precision == KITH_UNDATED)
            return INT32_MAX;
        if (item->observed.day > newest)
            newest = item->observed.day;
    }
    return newest;
}
