/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms_plan.c: what stands on the last pages of a peer assessment: how safe the child, a
 * parent and the worker say it is, and the plan.
 *
 * A scale is what somebody said on a day. Raters who differ are the start of a conversation,
 * so the spread is said, and no mean is made of it. */
#include <stdio.h>
#include <string.h>

#include "forms_private.h"
#include "kith/actions.h"
#include "kith/date.h"

enum { RATERS = 3, SPREAD = 3 /* of 10: raters this far apart are pointed out */ };

static const char *const raters[RATERS] = { "child", "parent", "worker" };

/* The scales of one day. */
typedef struct scale_day {
    char on[KITH_TIME_SIZE];
    int score[RATERS]; /* -1: nobody recorded it, -2: not asked */
} scale_day;

/* A row with a day, a rater or a state, and words; the counts are blank. */
static void add_row(kith_table *table, const char *on, const char *what, const char *item,
                    const char *status, const char *voice, const char *text)
{
    kith_table_missing(table);
    kith_table_text(table, on != NULL && on[0] != '\0' ? on : NULL);
    kith_table_text(table, "PEER");
    kith_table_text(table, what);
    kith_table_text(table, item);
    for (int i = 0; i < 4; i++)
        kith_table_missing(table);
    kith_table_text(table, status);
    kith_table_text(table, voice);
    kith_table_text(table, text);
}

static void add_spread(kith_table *table, const scale_day *day)
{
    char text[128];
    int low = 11, high = -1;

    for (int r = 0; r < RATERS; r++) {
        low = day->score[r] >= 0 && day->score[r] < low ? day->score[r] : low;
        high = day->score[r] > high ? day->score[r] : high;
    }
    if (high < 0 || high - low < SPREAD)
        return;
    snprintf(text, sizeof text, "from %d to %d: they see it differently; talk about why", low, high);
    add_row(table, day->on, "scale", "spread", NULL, NULL, text);
}

static void add_day(kith_table *table, const scale_day *day)
{
    char text[32];

    for (int r = 0; r < RATERS; r++) {
        snprintf(text, sizeof text, "%d of 10", day->score[r]);
        add_row(table, day->on, "scale", "safety", NULL, raters[r],
                day->score[r] >= 0 ? text : "not asked");
    }
    add_spread(table, day);
}

static void take_scale(scale_day *day, const kith_rows *rows)
{
    for (int r = 0; r < RATERS; r++)
        if (strcmp(raters[r], kith_rows_text(rows, 1)) == 0)
            day->score[r] = kith_rows_missing(rows, 2) ? -2 : (int)kith_rows_integer(rows, 2);
}

kith_status assess_add_scales(kith_table *table, kith_store *store, const kith_view *view,
                              int64_t person, kith_error *err)
{
    kith_rows *rows;
    scale_day day = { "", { -1, -1, -1 } };
    kith_time on;
    bool any = false;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_CONTEXT_SCALES, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "subject", person);
    while (kith_rows_next(rows)) {
        const char *text = kith_rows_text(rows, 0);
        if (!kith_time_read(&on, text) || (!view->all_dates && on.day > view->as_of))
            continue;
        if (any && strcmp(day.on, text) != 0)
            add_day(table, &day);
        if (!any || strcmp(day.on, text) != 0)
            day = (scale_day){ "", { -1, -1, -1 } };
        snprintf(day.on, sizeof day.on, "%s", text);
        take_scale(&day, rows);
        any = true;
    }
    if (any) {
        add_day(table, &day);
        kith_table_note(table, "scale: 0 is not safe and 10 is safe; the form prints \"1-10, where 10 is safe "
                               "and 0 is not safe\", so 0 and 1 may mean the same");
        kith_table_note(table, "scale: what each said on that day; no mean is made of them");
    }
    return kith_rows_end(rows, err);
}

/* The form's four columns; what is blank is asked for. */
static void add_plan_row(kith_table *table, const kith_rows *rows, int32_t as_of)
{
    static const char *const heads[] = { "Action", "When and or how often?", "By whom?",
                                         "What will we see to know it has worked?" };
    char state[64];
    kith_text text = { 0 };

    for (int c = 0; c < 4; c++) {
        const char *cell = kith_rows_text(rows, c + 1);
        kith_text_format(&text, "%s%s: %s", c > 0 ? " | " : "", heads[c],
                         cell[0] != '\0' ? cell : "not recorded, ask");
    }
    kith_action_say_state(state, sizeof state, kith_rows_text(rows, 2), kith_rows_text(rows, 5), as_of);
    add_row(table, kith_rows_text(rows, 2), "plan", kith_rows_text(rows, 0), state, NULL,
            kith_text_string(&text));
    table->failed = table->failed || text.failed;
    kith_text_free(&text);
}

kith_status assess_add_plan(kith_table *table, kith_store *store, const kith_view *view,
                            int64_t person, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_ASSESS_PLAN, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", person);
    while (kith_rows_next(rows))
        add_plan_row(table, rows, view->as_of);
    return kith_rows_end(rows, err);
}
