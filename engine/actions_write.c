/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions_write.c: recording what a meeting decided.
 *
 * A new action goes through import, and so has its checks, an origin and an undo. Steps and
 * decisions are rows of their own, written inside one change of the hub. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "actions_private.h"
#include "kith/csv.h"
#include "kith/date.h"
#include "kith/import.h"
#include "kith/record.h"
#include "kith/text.h"

enum { DIGEST_SIZE = 16 /* the least of sodium */, DIGEST_SHOWN = 5 };

kith_status actions_check_text(const char *text, const char *what, kith_error *err)
{
    if (strlen(text) > KITH_MINUTE_SIZE)
        return kith_fail(err, KITH_USAGE, "the %s is longer than %d bytes; shorten it", what,
                         KITH_MINUTE_SIZE);
    if (!kith_utf8_valid(text, strlen(text)))
        return kith_fail(err, KITH_USAGE, "the %s is not UTF-8", what);
    return KITH_OK;
}

static const char *or_blank(const char *text)
{
    return text != NULL ? text : "";
}

void actions_make_id(char id[KITH_ACTION_ID_SIZE], const kith_new_action *action, int32_t on)
{
    const char *const parts[] = { or_blank(action->subject), or_blank(action->action),
                                  or_blank(action->goal), or_blank(action->due),
                                  or_blank(action->owner_role) };
    unsigned char digest[DIGEST_SIZE];
    char day[KITH_TIME_SIZE], hex[2 * DIGEST_SHOWN + 1];
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, sizeof digest);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        crypto_generichash_update(&state, (const unsigned char *)parts[i], strlen(parts[i]) + 1);
    crypto_generichash_final(&state, digest, sizeof digest);
    sodium_bin2hex(hex, sizeof hex, digest, DIGEST_SHOWN);
    kith_day_write(day, on);
    snprintf(id, KITH_ACTION_ID_SIZE, "M-%s-%s", day, hex);
}

void actions_add_header(kith_text *csv)
{
    kith_text_add(csv, "action_id,subject_id,context,goal,action,due,owner_role,measure_of_success,"
                       "status,source\r\n");
}

void actions_add_row(kith_text *csv, const char *id, const kith_new_action *action)
{
    const char *const fields[] = { id, or_blank(action->subject), or_blank(action->context),
                                   or_blank(action->goal), or_blank(action->action),
                                   or_blank(action->due), or_blank(action->owner_role),
                                   or_blank(action->measure_of_success), "open",
                                   or_blank(action->source) };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        kith_text_add(csv, i > 0 ? "," : "");
        kith_csv_add_field(csv, fields[i]);
    }
    kith_text_add(csv, "\r\n");
}

kith_status kith_action_record(char id[KITH_ACTION_ID_SIZE], kith_store *store,
                               const kith_view *view, const kith_new_action *action, int32_t on,
                               kith_error *err)
{
    kith_text csv = { 0 };
    kith_kind kind;
    int64_t row;
    const char *text = or_blank(action->action);
    kith_status status = KITH_OK;

    id[0] = '\0';
    if (text[strspn(text, " \t\r\n")] == '\0')
        return kith_fail(err, KITH_USAGE, "no action is given; say what is to be done");
    if (or_blank(action->subject)[0] != '\0')
        status = kith_record_find(&kind, &row, store, view, action->subject, err);
    if (status == KITH_OK) {
        actions_make_id(id, action, on);
        actions_add_header(&csv);
        actions_add_row(&csv, id, action);
        status = kith_import_typed(store, view, "actions.csv", &csv, NULL, err);
    }
    kith_text_free(&csv);
    return status;
}

static kith_status find_action(int64_t *row, kith_store *store, const kith_view *view,
                               const char *id, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_ACTION_FIND, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "id", id);
    const bool found = kith_rows_next(rows);
    *row = found ? kith_rows_integer(rows, 0) : 0;
    status = kith_rows_end(rows, err);
    if (status == KITH_OK && !found)
        return kith_fail(err, KITH_NOT_FOUND, "there is no action %.64s; `kith actions` lists them", id);
    return status;
}

kith_status actions_write_step(kith_store *store, const kith_view *view, const char *id,
                               const char *step, int32_t on, const char *note, int64_t now,
                               kith_error *err)
{
    char day[KITH_TIME_SIZE], recorded[KITH_TIME_SIZE];
    kith_change *change;
    int64_t row;

    kith_status status = find_action(&row, store, view, id, err);
    if (status == KITH_OK)
        status = kith_store_change(&change, store, KITH_QUERY_ACTION_STEP_ADD, err);
    if (status != KITH_OK)
        return status;
    kith_day_write(day, on);
    kith_moment_write(recorded, now);
    kith_change_integer(change, 1, row);
    kith_change_text(change, 2, day);
    kith_change_text(change, 3, step);
    kith_change_text(change, 4, note);
    kith_change_text(change, 5, view->user);
    kith_change_text(change, 6, view->purpose);
    kith_change_text(change, 7, recorded);
    return kith_change_run(change, NULL, err);
}

static kith_status check_day(int32_t on, const kith_view *view, kith_error *err)
{
    return on <= view->as_of
               ? KITH_OK
               : kith_fail(err, KITH_USAGE, "the day lies after --as-of, or after today; name the day "
                                            "of the meeting");
}

/* Ends the change: keeps it when all went well. */
static kith_status end_change(kith_store *store, kith_status status, kith_error *err)
{
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}

kith_status actions_check_step(const kith_view *view, const char *step, int32_t on, const char *note,
                               kith_error *err)
{
    if (step[strspn(step, " \t\r\n")] == '\0')
        return kith_fail(err, KITH_USAGE, "the status is empty; open, done or no action is expected");
    kith_status status = actions_check_text(step, "status", err);
    if (status == KITH_OK)
        status = actions_check_text(note, "note", err);
    return status == KITH_OK ? check_day(on, view, err) : status;
}

kith_status kith_action_step(kith_store *store, const kith_view *view, const char *id,
                             const char *step, int32_t on, const char *note, int64_t now,
                             kith_error *err)
{
    kith_status status = actions_check_step(view, step, on, note, err);

    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    if (status != KITH_OK)
        return status;
    return end_change(store, actions_write_step(store, view, id, step, on, note, now, err), err);
}

static bool is_one_of(const char *word, const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

kith_status actions_check_minute(const kith_view *view, const kith_new_minute *minute,
                                 kith_error *err)
{
    static const char *const meetings[] = { "drmm", "mapping", "other" };
    static const char *const whats[] = { "decision", "adopted", "released" };

    if (!is_one_of(minute->meeting, meetings, 3))
        return kith_fail(err, KITH_USAGE, "%.40s is no meeting; drmm, mapping or other is expected",
                         minute->meeting);
    if (!is_one_of(minute->what, whats, 3))
        return kith_fail(err, KITH_USAGE, "%.40s is no decision; decision, adopted or released is expected",
                         minute->what);
    const bool plain = strcmp(minute->what, "decision") == 0;
    if (plain && minute->text[strspn(minute->text, " \t\r\n")] == '\0')
        return kith_fail(err, KITH_USAGE, "the decision is empty; say what was decided");
    if (!plain && or_blank(minute->subject)[0] == '\0')
        return kith_fail(err, KITH_USAGE, "nobody is named who is %s; give an id", minute->what);
    const kith_status status = actions_check_text(minute->text, "decision", err);
    return status == KITH_OK ? check_day(minute->on, view, err) : status;
}

static kith_status find_subject(int64_t *row, kith_store *store, const kith_view *view,
                                const char *id, kith_error *err)
{
    kith_kind kind;

    *row = 0;
    if (or_blank(id)[0] == '\0')
        return KITH_OK;
    const kith_status status = kith_record_find(&kind, row, store, view, id, err);
    if (status == KITH_OK && kind == KITH_EVENT)
        return kith_fail(err, KITH_USAGE, "%.64s is an event; decisions are of people, places, groups or "
                                          "objects", id);
    return status;
}

/* The number of the same decision, when there is one that holds; else 0. */
static kith_status find_same(int64_t *number, kith_store *store, const kith_view *view,
                             int64_t subject, const kith_new_minute *minute, const char *day,
                             kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_MINUTE_SAME, err);

    *number = 0;
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "subject", subject);
    kith_rows_bind_text(rows, "meeting", minute->meeting);
    kith_rows_bind_text(rows, "decided_on", day);
    kith_rows_bind_text(rows, "kind", minute->what);
    kith_rows_bind_text(rows, "text", minute->text);
    if (kith_rows_next(rows))
        *number = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, err);
}

kith_status actions_write_minute(int64_t *number, kith_store *store, const kith_view *view,
                                 const kith_new_minute *minute, int64_t now, kith_error *err)
{
    char day[KITH_TIME_SIZE], recorded[KITH_TIME_SIZE];
    kith_change *change;
    int64_t subject, same = 0;

    kith_day_write(day, minute->on);
    kith_moment_write(recorded, now);
    kith_status status = find_subject(&subject, store, view, minute->subject, err);
    if (status == KITH_OK)
        status = find_same(&same, store, view, subject, minute, day, err);
    *number = same;
    if (status != KITH_OK || same != 0)
        return status;
    status = kith_store_change(&change, store, KITH_QUERY_MINUTE_ADD, err);
    if (status != KITH_OK)
        return status;
    if (subject != 0)
        kith_change_integer(change, 1, subject);
    else
        kith_change_missing(change, 1);
    kith_change_text(change, 2, minute->meeting);
    kith_change_text(change, 3, day);
    kith_change_text(change, 4, minute->what);
    kith_change_text(change, 5, minute->text);
    kith_change_text(change, 6, view->user);
    kith_change_text(change, 7, view->purpose);
    kith_change_text(change, 8, recorded);
    status = kith_change_run(change, NULL, err);
    *number = status == KITH_OK ? kith_store_last_row(store) : 0;
    return status;
}

kith_status kith_minute_record(int64_t *number, kith_store *store, const kith_view *view,
                               const kith_new_minute *minute, int64_t now, kith_error *err)
{
    int64_t row = 0;
    kith_status status = actions_check_minute(view, minute, err);

    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    if (status == KITH_OK)
        status = end_change(store, actions_write_minute(&row, store, view, minute, now, err), err);
    if (number != NULL)
        *number = status == KITH_OK ? row : 0;
    return status;
}

static kith_status undo(kith_store *store, const kith_view *view, int64_t number, int64_t now,
                        kith_error *err)
{
    char recorded[KITH_TIME_SIZE];
    kith_change *change;
    int64_t changed = 0;
    kith_status status = kith_store_change(&change, store, KITH_QUERY_MINUTE_UNDO, err);

    if (status != KITH_OK)
        return status;
    kith_moment_write(recorded, now);
    kith_change_text(change, 1, recorded);
    kith_change_text(change, 2, view->user);
    kith_change_integer(change, 3, number);
    status = kith_change_run(change, &changed, err);
    if (status == KITH_OK && changed == 0)
        return kith_fail(err, KITH_NOT_FOUND,
                         "there is no decision %lld that holds; `kith actions decisions` lists them",
                         (long long)number);
    return status;
}

kith_status kith_minute_undo(kith_store *store, const kith_view *view, int64_t number, int64_t now,
                             kith_error *err)
{
    const kith_status status = kith_store_begin(store, err);

    return status == KITH_OK ? end_change(store, undo(store, view, number, now, err), err) : status;
}
