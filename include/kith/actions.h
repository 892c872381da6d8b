/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions.h: what meetings decided, who does what by when, and how it went on (R18).
 *
 * An action is a record like any other: it comes from actions.csv, or is entered alone as a
 * load of its own. How it goes on is recorded beside it, step by step, and nothing of a step is
 * ever changed: the status of a day is the last step's on or before it. A later load that
 * corrects the status overtakes the steps recorded before it. A decision (a minute) is of one
 * person, place, group or object, or of none; one that was wrong is taken back and stays.
 *
 * Out parameters are emptied first; err may be NULL. */
#ifndef KITH_ACTIONS_H
#define KITH_ACTIONS_H

#include <stdio.h>

#include "kith/network.h"
#include "kith/store.h"
#include "kith/table.h"

typedef enum kith_action_state {
    KITH_ACTION_OVERDUE,
    KITH_ACTION_DUE, /* on as-of */
    KITH_ACTION_OPEN, /* due later */
    KITH_ACTION_UNDATED,
    KITH_ACTION_CLOSED
} kith_action_state;

typedef struct kith_action {
    int64_t row;
    int64_t subject; /* row of entity; 0: none */
    kith_kind kind;  /* of the subject; 0: none */
    const char *subject_id;
    const char *id, *context, *goal, *action, *due, *owner_role, *measure_of_success;
    const char *status, *status_on, *note; /* of the last step that holds; status_on "": as it was loaded */
    const char *source, *loaded_on;        /* YYYY-MM-DD */
    int64_t steps;                         /* recorded since */
    kith_action_state state;
} kith_action;

/** What a meeting decided of somebody or something. */
typedef struct kith_minute {
    int64_t row;
    int64_t subject;
    kith_kind kind;
    const char *subject_id;
    const char *on, *meeting; /* "drmm", "mapping", "other" */
    const char *what;         /* "decision"; "adopted" and "released": by the hub */
    const char *text, *user, *recorded_at;
} kith_minute;

typedef struct kith_actions {
    kith_action *list; /* by due day, those without one last; then by id */
    size_t count;
    kith_minute *minutes; /* the newest first; those taken back are left out */
    size_t minute_count;
    struct kith_pool *pool;
} kith_actions;

/**
 * Reads all actions, with their status on the view's as-of, and all decisions up to it.
 *
 * Returns KITH_OK, KITH_HUB, KITH_NO_MEMORY. Cost: one pass over both tables.
 */
kith_status kith_actions_read(kith_actions *actions, kith_store *store, const kith_view *view,
                              kith_error *err);
void kith_actions_free(kith_actions *actions);

/** Whether a status says that there is nothing more to do: done, closed, withdrawn, no action, ... */
bool kith_action_is_closed(const char *status);

/** Writes "overdue by 3 days", "due today", "due in 5 days", "no date", or the status when closed. */
void kith_action_say_state(char *out, size_t size, const char *due, const char *status, int32_t as_of);

/** "overdue", "due", "open", "undated", "closed". */
const char *kith_action_state_word(kith_action_state state);

/* Fields are as in actions.csv; NULL is "". */
typedef struct kith_new_action {
    const char *subject, *context, *goal, *action, *due, *owner_role, *measure_of_success, *source;
} kith_new_action;

enum { KITH_ACTION_ID_SIZE = 65, KITH_MINUTE_SIZE = 4000 /* bytes of a decision or note, at most */ };

/**
 * Records an action as a load of its own, with status open.
 *
 * id  out: "M-2022-06-24-" and a digest of what it says, so that the same twice is one.
 * on  the day of the meeting.
 * Returns KITH_NOT_FOUND for a subject that is not there, KITH_INPUT for a field that import refuses,
 * KITH_USAGE without an action; then nothing is kept.
 */
kith_status kith_action_record(char id[KITH_ACTION_ID_SIZE], kith_store *store,
                               const kith_view *view, const kith_new_action *action, int32_t on,
                               kith_error *err);

/**
 * Records the status of an action from a day on, with a note ("" for none).
 *
 * Returns KITH_NOT_FOUND for an action that is not there; KITH_USAGE for a status that is empty,
 * texts that are too long or not UTF-8, a day after as-of.
 */
kith_status kith_action_step(kith_store *store, const kith_view *view, const char *id,
                             const char *status, int32_t on, const char *note, int64_t now,
                             kith_error *err);

/** The history of one action: columns on, status, note, by, recorded. KITH_NOT_FOUND when it is not there. */
kith_status kith_action_history(kith_table *table, kith_store *store, const kith_view *view,
                                const char *id, kith_error *err);

typedef struct kith_new_minute {
    const char *subject; /* an id; NULL or "": of none */
    const char *meeting, *what, *text;
    int32_t on;
} kith_new_minute;

/**
 * Records a decision. The same decision on the same day, of the same subject, is recorded once.
 *
 * number  out: what kith_minute_undo takes; may be NULL.
 * Returns KITH_NOT_FOUND for a subject that is not there; KITH_USAGE for an unknown meeting or what, a
 * decision without text, an adoption of nobody, or texts as for kith_action_step.
 */
kith_status kith_minute_record(int64_t *number, kith_store *store, const kith_view *view,
                               const kith_new_minute *minute, int64_t now, kith_error *err);

/** Takes a decision back. KITH_NOT_FOUND when there is none of that number that holds. */
kith_status kith_minute_undo(kith_store *store, const kith_view *view, int64_t number, int64_t now,
                             kith_error *err);

typedef struct kith_minutes_count {
    size_t actions, steps, decisions; /* rows that brought one */
} kith_minutes_count;

/**
 * Reads the sheet of a meeting, as CSV: what `kith actions --format csv` prints, filled in.
 *
 * A row with an action_id says how that action goes on: its status and note. One without, but with
 * an action, is a new action. A row with a decision is (also) a decision; its column decided is
 * "decision", "adopted" or "released". Columns: subject_id, decision, decided, and those of
 * actions.csv and of the list; others are not read. All rows, or none: every row is checked first.
 *
 * Returns KITH_INPUT naming the line and the remedy, and what the records' own functions return.
 */
kith_status kith_minutes_load(kith_minutes_count *count, kith_store *store, const kith_view *view,
                              FILE *in, const char *name, const char *meeting, int32_t on,
                              int64_t now, kith_error *err);

#endif
