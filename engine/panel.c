/* SPDX-License-Identifier: GPL-3.0-or-later */
/* panel.c: what a panel decided, written down once and read back. */
#include "kith/panel.h"

#include <math.h>
#include <string.h>

#include "kith/date.h"
#include "kith/text.h"

enum { CONTEXTS = KITH_CONTEXT_COUNT };
enum { DECIDED_ON, LEAD, SHARES, REASON = SHARES + CONTEXTS, USER, RECORDED_AT };

static const double sum_within = 0.1; /* of 100: three thirds may be written 33.3 */

static int context_named(const char *word, size_t size)
{
    for (int c = 0; c < CONTEXTS; c++)
        if (strlen(kith_context_name[c]) == size && strncmp(kith_context_name[c], word, size) == 0)
            return c;
    return -1;
}

static kith_status read_share(kith_panel *panel, bool given[CONTEXTS], const char *word,
                              kith_error *err)
{
    const size_t size = strcspn(word, "=");
    const int context = context_named(word, size);
    double percent;

    if (context < 0)
        return kith_fail(err, KITH_USAGE,
                         "\"%.40s\" names no context; home, peer, school, neighbourhood or online is "
                         "expected, as in school=60",
                         word);
    if (word[size] != '=' || !kith_number_read(&percent, word + size + 1) ||
        !(percent >= 0 && percent <= 100))
        return kith_fail(err, KITH_USAGE,
                         "\"%.40s\" gives no percentage; a number from 0 to 100 is expected, as in %s=60",
                         word, kith_context_name[context]);
    if (given[context])
        return kith_fail(err, KITH_USAGE, "%s is given a second time", kith_context_name[context]);
    given[context] = true;
    panel->share[context] = percent;
    return KITH_OK;
}

static void find_lead(kith_panel *panel)
{
    for (int c = 0; c < CONTEXTS; c++) {
        bool above = true;
        for (int other = 0; other < CONTEXTS; other++)
            above = above && (other == c || panel->share[c] > panel->share[other]);
        if (above)
            panel->lead = c;
    }
}

kith_status kith_panel_read(kith_panel *panel, char *const *words, size_t count, kith_error *err)
{
    bool given[CONTEXTS] = { false };
    double sum = 0;
    kith_status status = KITH_OK;

    *panel = (kith_panel){ .lead = -1 };
    if (count == 0)
        return kith_fail(err, KITH_USAGE, "no context is given; say which leads (school), how they "
                                          "weigh (school=60 peer=40), or none");
    if (count == 1 && strchr(words[0], '=') == NULL) {
        panel->lead = context_named(words[0], strlen(words[0]));
        if (panel->lead >= 0 || strcmp(words[0], "none") == 0)
            return KITH_OK;
    }
    panel->percent = true;
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = read_share(panel, given, words[i], err);
    if (status != KITH_OK)
        return status;
    for (int c = 0; c < CONTEXTS; c++)
        sum += panel->share[c];
    if (!(fabs(sum - 100) <= sum_within + 1e-9))
        return kith_fail(err, KITH_USAGE, "the percentages sum to %g; 100 is expected", sum);
    find_lead(panel);
    return KITH_OK;
}

static kith_status check_reason(const char *reason, kith_error *err)
{
    if (reason[strspn(reason, " \t\r\n")] == '\0')
        return kith_fail(err, KITH_USAGE, "the reason is empty; a weighting is recorded with its reason");
    if (strlen(reason) > KITH_PANEL_REASON_SIZE)
        return kith_fail(err, KITH_USAGE, "the reason is longer than %d bytes; shorten it",
                         KITH_PANEL_REASON_SIZE);
    if (!kith_utf8_valid(reason, strlen(reason)))
        return kith_fail(err, KITH_USAGE, "the reason is not UTF-8");
    return KITH_OK;
}

static kith_status find_subject(int64_t *row, kith_store *store, const kith_view *view,
                                const char *id, kith_error *err)
{
    kith_kind kind;
    const kith_status status = kith_record_find(&kind, row, store, view, id, err);

    if (status == KITH_OK && (kind == KITH_EVENT || kind == KITH_OBJECT))
        return kith_fail(err, KITH_USAGE,
                         "%s is an %s; contexts are weighed for a person, a group or a place", id,
                         kith_kind_word[kind]);
    return status;
}

static kith_status write_panel(kith_store *store, const kith_view *view, int64_t subject,
                               const kith_panel *panel, int32_t decided_on, const char *reason,
                               int64_t now, kith_error *err)
{
    char day[KITH_TIME_SIZE], recorded[KITH_TIME_SIZE];
    kith_change *change;
    const kith_status status = kith_store_change(&change, store, KITH_QUERY_PANEL_ADD, err);

    if (status != KITH_OK)
        return status;
    kith_moment_write(recorded, now);
    kith_day_write(day, decided_on);
    kith_change_integer(change, 1, subject);
    kith_change_text(change, 2, day);
    kith_change_text(change, 3, panel->lead >= 0 ? kith_context_name[panel->lead] : "none");
    for (int c = 0; c < CONTEXTS; c++)
        if (panel->percent)
            kith_change_number(change, 4 + c, panel->share[c]);
        else
            kith_change_missing(change, 4 + c);
    kith_change_text(change, 4 + CONTEXTS, reason);
    kith_change_text(change, 5 + CONTEXTS, view->user);
    kith_change_text(change, 6 + CONTEXTS, view->purpose);
    kith_change_text(change, 7 + CONTEXTS, recorded);
    return kith_change_run(change, NULL, err);
}

kith_status kith_panel_record(kith_store *store, const kith_view *view, const char *id,
                              const kith_panel *panel, int32_t decided_on, const char *reason,
                              int64_t now, kith_error *err)
{
    int64_t subject;
    kith_status status = check_reason(reason, err);

    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    if (status != KITH_OK)
        return status;
    status = find_subject(&subject, store, view, id, err);
    if (status == KITH_OK)
        status = write_panel(store, view, subject, panel, decided_on, reason, now, err);
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}

/* "school leads (school 60 %, peer 40 %)" */
static void add_weighting(kith_text *text, const kith_rows *rows)
{
    const char *lead = kith_rows_text(rows, LEAD), *between = " (";

    if (strcmp(lead, "none") == 0)
        kith_text_add(text, "no context leads");
    else
        kith_text_format(text, "%s leads", lead);
    if (kith_rows_missing(rows, SHARES))
        return;
    for (int c = 0; c < CONTEXTS; c++) {
        const double percent = kith_rows_number(rows, SHARES + c);
        if (percent == 0)
            continue;
        kith_text_format(text, "%s%s %g %%", between, kith_context_name[c], percent);
        between = ", ";
    }
    kith_text_add(text, ")");
}

static void note_row(kith_table *table, kith_text *text, const kith_rows *rows, bool newest)
{
    kith_text_clear(text);
    add_weighting(text, rows);
    table->failed = table->failed || text->failed;
    if (newest)
        kith_table_fact(table, "panel", "%s, on %s", kith_text_string(text),
                        kith_rows_text(rows, DECIDED_ON));
    kith_table_note(table, "the panel's own weighting of %s (recorded by %s, %.10s): %s: %s",
                    kith_rows_text(rows, DECIDED_ON), kith_rows_text(rows, USER),
                    kith_rows_text(rows, RECORDED_AT), kith_text_string(text),
                    kith_rows_text(rows, REASON));
}

kith_status kith_panel_notes(kith_table *table, kith_store *store, const kith_view *view,
                             int64_t subject, kith_error *err)
{
    kith_text text = { 0 };
    kith_rows *rows;
    bool newest = true;
    const kith_status status =
        subject != 0 ? kith_store_read(&rows, store, view, KITH_QUERY_PANEL_OF, err) : KITH_OK;

    if (status != KITH_OK || subject == 0)
        return status;
    kith_rows_bind_integer(rows, "subject", subject);
    for (; kith_rows_next(rows); newest = false)
        note_row(table, &text, rows, newest);
    kith_text_free(&text);
    return kith_rows_end(rows, err);
}
