/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions_sheet.c: the sheet that a meeting has filled in, read as a whole.
 *
 * Every row is checked before anything is written: then the new actions are one load, and
 * steps and decisions one change. A sheet that is read twice adds nothing: an action's id is
 * made of what it says, a step needs another status or note than there is, and a decision
 * that is there is not recorded again. */
#include <stdlib.h>
#include <string.h>

#include "actions_private.h"
#include "data_csv.h"
#include "kith/csv.h"
#include "kith/date.h"
#include "kith/import.h"
#include "kith/record.h"
#include "pool.h"

enum column {
    SUBJECT, DECISION, DECIDED, ACTION_ID, CONTEXT, GOAL, ACTION, DUE, OWNER, MEASURE, STATUS, NOTE,
    SOURCE, COLUMNS
};

static const char *const column_names[COLUMNS] = {
    [SUBJECT] = "subject_id", [DECISION] = "decision", [DECIDED] = "decided",
    [ACTION_ID] = "action_id", [CONTEXT] = "context", [GOAL] = "goal", [ACTION] = "action",
    [DUE] = "due", [OWNER] = "owner_role", [MEASURE] = "measure_of_success", [STATUS] = "status",
    [NOTE] = "note", [SOURCE] = "source",
};

typedef struct sheet_row {
    size_t line;
    const char *fields[COLUMNS]; /* "" for a column that is not there */
    bool is_step;
} sheet_row;

typedef struct sheet {
    kith_store *store;
    const kith_view *view;
    const char *name, *meeting;
    int32_t on;
    int64_t now;
    size_t at[COLUMNS]; /* place in the file; SIZE_MAX: not there */
    sheet_row *rows;
    size_t count;
    kith_pool *pool;
    kith_actions known;
    kith_minutes_count *done;
    kith_status status;
    kith_error *err;
} sheet;

static bool take_header(void *context, const kith_csv_record *record)
{
    sheet *s = context;

    for (int c = 0; c < COLUMNS; c++) {
        s->at[c] = SIZE_MAX;
        for (size_t i = 0; i < record->count; i++)
            if (strcmp(record->fields[i], column_names[c]) == 0)
                s->at[c] = i;
    }
    if (s->at[ACTION] == SIZE_MAX && s->at[ACTION_ID] == SIZE_MAX && s->at[DECISION] == SIZE_MAX)
        s->status = kith_fail(s->err, KITH_INPUT,
                              "%s:%zu: no column is named decision, action or action_id; begin with "
                              "what `kith actions --format csv` prints", s->name, record->line);
    return s->status == KITH_OK;
}

static bool take_row(void *context, const kith_csv_record *record)
{
    sheet *s = context;
    sheet_row *grown = data_grow(s->rows, s->count, sizeof *grown);
    bool kept = grown != NULL;

    if (kept) {
        s->rows = grown;
        sheet_row *row = &grown[s->count++];
        *row = (sheet_row){ .line = record->line };
        for (int c = 0; c < COLUMNS && kept; c++) {
            row->fields[c] = s->at[c] == SIZE_MAX ? "" : kith_pool_add(s->pool, record->fields[s->at[c]]);
            kept = row->fields[c] != NULL;
        }
    }
    if (!kept)
        s->status = kith_no_memory(s->err);
    return kept;
}

static void take_fault(void *context, size_t line, const char *message)
{
    sheet *s = context;

    if (s->status == KITH_OK)
        s->status = kith_fail(s->err, KITH_INPUT, "%s:%zu: %s", s->name, line, message);
}

static kith_status read_rows(sheet *s, FILE *in)
{
    const kith_csv_handler handler = { s, take_header, take_row, take_fault };
    bool whole;
    const kith_status status = kith_csv_read(&whole, in, &handler, s->err);

    return s->status != KITH_OK ? s->status : status;
}

static const kith_action *known_action(const sheet *s, const char *id)
{
    for (size_t i = 0; i < s->known.count; i++)
        if (strcmp(s->known.list[i].id, id) == 0)
            return &s->known.list[i];
    return NULL;
}

/* Sets err to the fault, and where it is when it is the row's. */
static kith_status at_line(const sheet *s, const sheet_row *row, const kith_error *fault)
{
    if (fault->status == KITH_NO_MEMORY || fault->status == KITH_HUB)
        return kith_fail(s->err, fault->status, "%s", fault->message);
    return kith_fail(s->err, KITH_INPUT, "%s:%zu: %s", s->name, row->line, fault->message);
}

static kith_new_minute minute_of(const sheet *s, const sheet_row *row)
{
    return (kith_new_minute){ row->fields[SUBJECT], s->meeting,
                              row->fields[DECIDED][0] != '\0' ? row->fields[DECIDED] : "decision",
                              row->fields[DECISION], s->on };
}

static bool has_minute(const sheet_row *row)
{
    return row->fields[DECISION][0] != '\0' || row->fields[DECIDED][0] != '\0';
}

static bool has_new_action(const sheet_row *row)
{
    return row->fields[ACTION_ID][0] == '\0' && row->fields[ACTION][0] != '\0';
}

static kith_new_action action_of(const sheet_row *row)
{
    const char *const *f = row->fields;

    return (kith_new_action){ f[SUBJECT], f[CONTEXT], f[GOAL], f[ACTION],
                              f[DUE], f[OWNER], f[MEASURE], f[SOURCE] };
}

static kith_status check_known(const sheet *s, sheet_row *row, kith_error *fault)
{
    const kith_action *known = known_action(s, row->fields[ACTION_ID]);
    const char *step = row->fields[STATUS], *note = row->fields[NOTE];

    if (known == NULL)
        return kith_fail(fault, KITH_INPUT, "there is no action %.64s; leave action_id blank for a new one",
                         row->fields[ACTION_ID]);
    row->is_step = step[0] != '\0' && (strcmp(step, known->status) != 0 ||
                                       strcmp(note, known->note) != 0);
    return row->is_step ? actions_check_step(s->view, step, s->on, note, fault) : KITH_OK;
}

static kith_status check_row(const sheet *s, sheet_row *row)
{
    kith_error fault = { KITH_OK, "" };
    const kith_new_minute minute = minute_of(s, row);
    const char *subject = row->fields[SUBJECT];
    kith_kind kind;
    int64_t found;
    kith_status status = KITH_OK;

    if (row->fields[ACTION_ID][0] != '\0')
        status = check_known(s, row, &fault);
    if (status == KITH_OK && subject[0] != '\0' && (has_minute(row) || has_new_action(row)))
        status = kith_record_find(&kind, &found, s->store, s->view, subject, &fault);
    if (status == KITH_OK && has_minute(row))
        status = actions_check_minute(s->view, &minute, &fault);
    return status == KITH_OK ? KITH_OK : at_line(s, row, &fault);
}

static kith_status load_actions(sheet *s)
{
    kith_text csv = { 0 };
    char id[KITH_ACTION_ID_SIZE];
    kith_status status = KITH_OK;

    actions_add_header(&csv);
    for (size_t i = 0; i < s->count; i++) {
        const kith_new_action action = action_of(&s->rows[i]);
        if (!has_new_action(&s->rows[i]))
            continue;
        actions_make_id(id, &action, s->on);
        actions_add_row(&csv, id, &action);
        s->done->actions++;
    }
    if (s->done->actions > 0)
        status = kith_import_typed(s->store, s->view, "actions.csv", &csv, NULL, s->err);
    kith_text_free(&csv);
    return status;
}

static kith_status write_row(sheet *s, const sheet_row *row)
{
    const kith_new_minute minute = minute_of(s, row);
    int64_t number;
    kith_status status = KITH_OK;

    if (row->is_step) {
        status = actions_write_step(s->store, s->view, row->fields[ACTION_ID], row->fields[STATUS],
                                    s->on, row->fields[NOTE], s->now, s->err);
        s->done->steps++;
    }
    if (status == KITH_OK && has_minute(row)) {
        status = actions_write_minute(&number, s->store, s->view, &minute, s->now, s->err);
        s->done->decisions++;
    }
    return status;
}

static kith_status write_rest(sheet *s)
{
    kith_status status = kith_store_begin(s->store, s->err);

    if (status != KITH_OK)
        return status;
    for (size_t i = 0; status == KITH_OK && i < s->count; i++)
        status = write_row(s, &s->rows[i]);
    if (status == KITH_OK)
        return kith_store_commit(s->store, s->err);
    kith_store_rollback(s->store);
    return status;
}

kith_status kith_minutes_load(kith_minutes_count *count, kith_store *store, const kith_view *view,
                              FILE *in, const char *name, const char *meeting, int32_t on,
                              int64_t now, kith_error *err)
{
    sheet s = { .store = store, .view = view, .name = name, .meeting = meeting, .on = on,
                .now = now, .pool = kith_pool_new(), .done = count, .err = err };

    *count = (kith_minutes_count){ 0 };
    kith_status status = s.pool != NULL ? kith_actions_read(&s.known, store, view, err)
                                        : kith_no_memory(err);
    if (status == KITH_OK)
        status = read_rows(&s, in);
    for (size_t i = 0; status == KITH_OK && i < s.count; i++)
        status = check_row(&s, &s.rows[i]);
    if (status == KITH_OK)
        status = load_actions(&s);
    if (status == KITH_OK)
        status = write_rest(&s);
    if (status != KITH_OK)
        *count = (kith_minutes_count){ 0 };
    kith_actions_free(&s.known);
    kith_pool_free(s.pool);
    free(s.rows);
    return status;
}
