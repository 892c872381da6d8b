/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions.c: the actions and decisions of a hub, as one list each. */
#include "kith/actions.h"

#include <stdlib.h>
#include <string.h>

#include "data_csv.h"
#include "kith/date.h"
#include "kith/words.h"
#include "pool.h"

enum {
    A_ROW, A_SUBJECT, A_KIND, A_SUBJECT_ID, A_ID, A_CONTEXT, A_GOAL, A_ACTION, A_DUE, A_OWNER,
    A_MEASURE, A_STATUS, A_STATUS_ON, A_NOTE, A_SOURCE, A_LOADED_ON, A_STEPS
};
enum { M_ROW, M_SUBJECT, M_KIND, M_SUBJECT_ID, M_ON, M_MEETING, M_WHAT, M_TEXT, M_USER, M_RECORDED };

bool kith_action_is_closed(const char *status)
{
    static const char *const words[] = { "done",  "completed", "complete",  "closed",
                                         "ended", "no action", "withdrawn", "cancelled" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (kith_word_same(words[i], status))
            return true;
    return false;
}

static kith_action_state state_of(int32_t *days, const char *due, const char *status, int32_t as_of)
{
    kith_time at;
    const bool dated = kith_time_read(&at, due) && at.precision != KITH_UNDATED;

    *days = dated ? at.day - as_of : 0;
    if (kith_action_is_closed(status))
        return KITH_ACTION_CLOSED;
    if (!dated)
        return KITH_ACTION_UNDATED;
    return *days < 0 ? KITH_ACTION_OVERDUE : *days == 0 ? KITH_ACTION_DUE : KITH_ACTION_OPEN;
}

void kith_action_say_state(char *out, size_t size, const char *due, const char *status, int32_t as_of)
{
    int32_t days;

    switch (state_of(&days, due, status, as_of)) {
    case KITH_ACTION_CLOSED:
        kith_sentence(out, size, "%s", status);
        break;
    case KITH_ACTION_UNDATED:
        kith_sentence(out, size, "no date");
        break;
    case KITH_ACTION_OVERDUE:
        kith_sentence(out, size, "overdue by %d day%s", (int)-days, days == -1 ? "" : "s");
        break;
    case KITH_ACTION_DUE:
        kith_sentence(out, size, "due today");
        break;
    case KITH_ACTION_OPEN:
        kith_sentence(out, size, "due in %d day%s", (int)days, days == 1 ? "" : "s");
        break;
    }
}

const char *kith_action_state_word(kith_action_state state)
{
    static const char *const words[] = { "overdue", "due", "open", "undated", "closed" };

    return words[state];
}

/* A column's text, kept; false without memory. */
static bool keep(const char **to, kith_actions *actions, const kith_rows *rows, int column)
{
    const char *text = kith_rows_text(rows, column);

    *to = kith_pool_add(actions->pool, text != NULL ? text : "");
    return *to != NULL;
}

static bool take_action(kith_actions *actions, const kith_rows *rows, int32_t as_of)
{
    kith_action *grown = data_grow(actions->list, actions->count, sizeof *grown);
    int32_t days;

    if (grown == NULL)
        return false;
    actions->list = grown;
    kith_action *a = &grown[actions->count];
    *a = (kith_action){ .row = kith_rows_integer(rows, A_ROW),
                        .subject = kith_rows_integer(rows, A_SUBJECT),
                        .kind = (kith_kind)kith_rows_integer(rows, A_KIND),
                        .steps = kith_rows_integer(rows, A_STEPS) };
    const struct {
        const char **to;
        int column;
    } texts[] = {
        { &a->subject_id, A_SUBJECT_ID }, { &a->id, A_ID }, { &a->context, A_CONTEXT },
        { &a->goal, A_GOAL }, { &a->action, A_ACTION }, { &a->due, A_DUE },
        { &a->owner_role, A_OWNER }, { &a->measure_of_success, A_MEASURE }, { &a->status, A_STATUS },
        { &a->status_on, A_STATUS_ON }, { &a->note, A_NOTE }, { &a->source, A_SOURCE },
        { &a->loaded_on, A_LOADED_ON },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!keep(texts[i].to, actions, rows, texts[i].column))
            return false;
    a->state = state_of(&days, a->due, a->status, as_of);
    actions->count++;
    return true;
}

static bool take_minute(kith_actions *actions, const kith_rows *rows)
{
    kith_minute *grown = data_grow(actions->minutes, actions->minute_count, sizeof *grown);

    if (grown == NULL)
        return false;
    actions->minutes = grown;
    kith_minute *m = &grown[actions->minute_count];
    *m = (kith_minute){ .row = kith_rows_integer(rows, M_ROW),
                        .subject = kith_rows_integer(rows, M_SUBJECT),
                        .kind = (kith_kind)kith_rows_integer(rows, M_KIND) };
    if (!keep(&m->subject_id, actions, rows, M_SUBJECT_ID) || !keep(&m->on, actions, rows, M_ON) ||
        !keep(&m->meeting, actions, rows, M_MEETING) || !keep(&m->what, actions, rows, M_WHAT) ||
        !keep(&m->text, actions, rows, M_TEXT) || !keep(&m->user, actions, rows, M_USER) ||
        !keep(&m->recorded_at, actions, rows, M_RECORDED))
        return false;
    actions->minute_count++;
    return true;
}

static kith_status read_list(kith_actions *actions, kith_store *store, const kith_view *view,
                             kith_error *err)
{
    kith_rows *rows;
    bool kept = true;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_ACTION_ALL, err);

    if (status != KITH_OK)
        return status;
    while (kept && kith_rows_next(rows))
        kept = take_action(actions, rows, view->as_of);
    status = kith_rows_end(rows, err);
    return status == KITH_OK && !kept ? kith_no_memory(err) : status;
}

static kith_status read_minutes(kith_actions *actions, kith_store *store, const kith_view *view,
                                kith_error *err)
{
    kith_rows *rows;
    bool kept = true;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_MINUTE_ALL, err);

    if (status != KITH_OK)
        return status;
    while (kept && kith_rows_next(rows))
        kept = take_minute(actions, rows);
    status = kith_rows_end(rows, err);
    return status == KITH_OK && !kept ? kith_no_memory(err) : status;
}

kith_status kith_actions_read(kith_actions *actions, kith_store *store, const kith_view *view,
                              kith_error *err)
{
    *actions = (kith_actions){ .pool = kith_pool_new() };
    kith_status status = actions->pool != NULL ? KITH_OK : kith_no_memory(err);
    if (status == KITH_OK)
        status = read_list(actions, store, view, err);
    if (status == KITH_OK)
        status = read_minutes(actions, store, view, err);
    if (status != KITH_OK)
        kith_actions_free(actions);
    return status;
}

void kith_actions_free(kith_actions *actions)
{
    kith_pool_free(actions->pool);
    free(actions->list);
    free(actions->minutes);
    *actions = (kith_actions){ 0 };
}

kith_status kith_action_history(kith_table *table, kith_store *store, const kith_view *view,
                                const char *id, kith_error *err)
{
    static const char *const columns[] = { "on", "status", "note", "by", "recorded" };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    kith_rows *rows;
    kith_status status;

    *table = (kith_table){ 0 };
    for (size_t i = 0; i < COLUMNS; i++)
        kith_table_column(table, columns[i], KITH_CELL_TEXT);
    status = kith_store_read(&rows, store, view, KITH_QUERY_ACTION_STEPS, err);
    if (status == KITH_OK) {
        kith_rows_bind_text(rows, "id", id);
        while (kith_rows_next(rows))
            for (int c = 0; c < COLUMNS; c++)
                kith_table_text(table, kith_rows_text(rows, c));
        status = kith_rows_end(rows, err);
    }
    if (status == KITH_OK)
        status = kith_table_status(table, err);
    if (status == KITH_OK && kith_table_rows(table) == 0)
        status = kith_fail(err, KITH_NOT_FOUND, "there is no action %s; `kith actions` lists them", id);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
