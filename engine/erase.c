/* SPDX-License-Identifier: GPL-3.0-or-later */
/* erase.c: one record, and what goes with it, in one change.
 *
 * Children go before parents; that nothing refers to what is gone is asked once, at the
 * commit. The words by which the record is looked for elsewhere are read before it goes. */
#include "kith/erase.h"

#include <stdlib.h>
#include <string.h>

#include "erase_private.h"
#include "find_private.h"
#include "kith/audit.h"
#include "kith/decision.h"
#include "kith/record.h"

enum { LOADS_MAX = 4096 };

typedef struct erasing {
    kith_table *table;
    kith_store *store;
    const kith_view *view;
    kith_error *err;
    kith_status status;
    int64_t entity;
    kith_kind kind;
    char *id;
    kith_scrub *words; /* by which it is looked for elsewhere */
    int64_t loads[LOADS_MAX];
    size_t load_count;
} erasing;

static bool goes_on(erasing *e, kith_status status)
{
    if (e->status == KITH_OK)
        e->status = status;
    return e->status == KITH_OK;
}

static bool read(kith_rows **rows, erasing *e, kith_query query)
{
    return e->status == KITH_OK && goes_on(e, kith_store_read(rows, e->store, e->view, query, e->err));
}

/* What it is, before it goes. */
static void read_id(erasing *e)
{
    kith_rows *rows;

    if (!read(&rows, e, KITH_QUERY_ERASE_WHAT))
        return;
    kith_rows_bind_integer(rows, "entity", e->entity);
    if (kith_rows_next(rows))
        e->id = strdup(kith_rows_text(rows, 0));
    goes_on(e, kith_rows_end(rows, e->err));
    if (e->id == NULL)
        goes_on(e, kith_no_memory(e->err));
}

static void read_loads(erasing *e)
{
    kith_rows *rows;

    if (!read(&rows, e, KITH_QUERY_ERASE_LOADS))
        return;
    kith_rows_bind_integer(rows, "entity", e->entity);
    while (kith_rows_next(rows) && e->load_count < LOADS_MAX)
        e->loads[e->load_count++] = kith_rows_integer(rows, 0);
    goes_on(e, kith_rows_end(rows, e->err));
}

/* Places, groups and objects are others' too. */
static void refuse_used(erasing *e)
{
    kith_rows *rows;
    int64_t used = 0;

    if (e->kind == KITH_PERSON || !read(&rows, e, KITH_QUERY_ERASE_USED))
        return;
    kith_rows_bind_integer(rows, "entity", e->entity);
    if (kith_rows_next(rows))
        used = kith_rows_integer(rows, 0);
    if (goes_on(e, kith_rows_end(rows, e->err)) && used > 0)
        e->status = kith_fail(e->err, KITH_POLICY, "%s is a %s on which %lld record(s) of others rest; "
                                                   "only what nothing mentions is erased by itself",
                              e->id, kith_kind_word[e->kind], (long long)used);
}

static void list_left(erasing *e)
{
    kith_rows *rows;

    if (e->kind != KITH_PERSON || !read(&rows, e, KITH_QUERY_ERASE_LEFT))
        return;
    kith_rows_bind_integer(rows, "entity", e->entity);
    while (kith_rows_next(rows))
        erase_row(e->table, "left", "nothing mentions it any more: erase it too?", kith_rows_text(rows, 0), -1);
    goes_on(e, kith_rows_end(rows, e->err));
}

/* Entries of the log as rows: when, what, and to whom. */
static void list_entries(erasing *e, const char *section, const kith_audit_filter *filter)
{
    const kith_view always = { .user = e->view->user, .purpose = "", .audience = e->view->audience,
                               .all_dates = true };
    kith_table log;
    kith_text what = { 0 };

    if (e->status != KITH_OK || !kith_audit_is_kept(e->store))
        return;
    goes_on(e, kith_audit_list(&log, e->store, &always, filter, e->err));
    for (size_t r = 0; e->status == KITH_OK && r < kith_table_rows(&log); r++) {
        const kith_cell *row = log.cells + r * log.column_count;
        kith_text_clear(&what);
        kith_text_format(&what, "%s: %s", row[1].text, row[4].text);
        if (filter->act == KITH_AUDIT_DISCLOSURE)
            kith_text_format(&what, ", to %s", row[5].text);
        if (goes_on(e, kith_text_status(&what, e->err)))
            erase_row(e->table, section, what.data, NULL, -1);
    }
    kith_text_free(&what);
    kith_table_free(&log);
}

/* Disclosures about the record, and lists of alerts that named it; and copies of the whole hub. */
static void list_known(erasing *e)
{
    list_entries(e, "disclosed", &(kith_audit_filter){ .id = e->id, .act = KITH_AUDIT_DISCLOSURE });
    list_entries(e, "copied", &(kith_audit_filter){ .command = "backup" });
    list_entries(e, "copied", &(kith_audit_filter){ .command = KITH_AUDIT_RESTORE });
}

static int64_t run(erasing *e, kith_query query, bool by_id)
{
    kith_change *change;
    int64_t gone = 0;

    if (e->status != KITH_OK || !goes_on(e, kith_store_change(&change, e->store, query, e->err)))
        return 0;
    if (by_id)
        kith_change_text(change, 1, e->id);
    else if (query != KITH_QUERY_ERASE_PICTURE_PLACE && query != KITH_QUERY_UNDO_ORIGIN)
        kith_change_integer(change, 1, e->entity);
    goes_on(e, kith_change_run(change, &gone, e->err));
    return gone;
}

static void take_away(erasing *e)
{
    static const struct part {
        const char *name; /* NULL: not counted */
        kith_query query;
        bool by_id;
    } parts[] = {
        { "events", KITH_QUERY_ERASE_EVENT, false },
        { "contests", KITH_QUERY_ERASE_CONTEST, false },
        { "values before corrections", KITH_QUERY_ERASE_CORRECTION, false },
        { "steps of actions", KITH_QUERY_ERASE_STEP, false },
        { "actions", KITH_QUERY_ERASE_ACTION, false },
        { "decisions of meetings", KITH_QUERY_ERASE_MINUTE, false },
        { "panels", KITH_QUERY_ERASE_PANEL, false },
        { "reviews", KITH_QUERY_ERASE_REVIEW, false },
        { "cases", KITH_QUERY_ERASE_CASE, false },
        { "scales", KITH_QUERY_ERASE_SCALE, false },
        { "indicators", KITH_QUERY_ERASE_INDICATOR, false },
        { "assessments", KITH_QUERY_ERASE_ASSESSMENT, false },
        { "constraints", KITH_QUERY_ERASE_RESTRICTION, false },
        { "flags", KITH_QUERY_ERASE_FLAG, false },
        { "contexts", KITH_QUERY_ERASE_CONTEXT, false },
        { "links", KITH_QUERY_ERASE_LINK, false },
        { "participations", KITH_QUERY_ERASE_PARTICIPATION, false },
        { "decisions of who is who", KITH_QUERY_ERASE_DECISION, false },
        { NULL, KITH_QUERY_ERASE_SAMENESS, false },
        { "persons", KITH_QUERY_ERASE_PERSON, false },
        { "locations", KITH_QUERY_ERASE_LOCATION, false },
        { "groups", KITH_QUERY_ERASE_GROUPING, false },
        { "objects", KITH_QUERY_ERASE_OBJECT, false },
        { NULL, KITH_QUERY_ERASE_ENTITY, false },
        { "rows of changes", KITH_QUERY_ERASE_DEED, false },
        { NULL, KITH_QUERY_ERASE_DEED_PICTURE, true },
        { "lines of alerts", KITH_QUERY_ERASE_ALERT, true },
        { "kept pictures", KITH_QUERY_ERASE_PICTURE, true },
        { "places in pictures", KITH_QUERY_ERASE_PICTURE_PLACE, false },
        { NULL, KITH_QUERY_UNDO_ORIGIN, false },
    };

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const int64_t gone = run(e, parts[i].query, parts[i].by_id);
        if (gone > 0 && parts[i].name != NULL)
            erase_row(e->table, "erased", parts[i].name, NULL, gone);
    }
}

static void index_again(erasing *e)
{
    for (size_t i = 0; i < e->load_count && e->status == KITH_OK; i++)
        goes_on(e, find_load_again(e->store, e->view, e->loads[i], e->err));
}

static void erase(erasing *e)
{
    read_id(e);
    if (e->status == KITH_OK)
        goes_on(e, erase_words_read(&e->words, e->store, e->view, e->entity, e->err));
    read_loads(e);
    refuse_used(e);
    list_left(e);
    list_known(e);
    take_away(e);
    if (e->status == KITH_OK)
        goes_on(e, kith_decisions_renew(e->store, e->view, e->err));
    index_again(e);
    if (e->status == KITH_OK)
        goes_on(e, erase_purposes(e->table, e->store, e->view, e->words, e->err));
    if (e->status == KITH_OK)
        goes_on(e, erase_mentions(e->table, e->store, e->view, e->words, e->err));
    if (e->status == KITH_OK)
        goes_on(e, kith_table_status(e->table, e->err)); /* whoever cannot be told keeps it */
}

static void end_change(erasing *e, bool dry_run)
{
    const char *const ids[] = { e->id };

    if (e->status == KITH_OK && !dry_run)
        goes_on(e, kith_audit_add(e->store,
                                  &(kith_audit_entry){ .act = KITH_AUDIT_ERASURE, .what = "erase",
                                                       .ids = ids, .id_count = 1 },
                                  e->err));
    if (e->status == KITH_OK && !dry_run)
        goes_on(e, kith_store_commit(e->store, e->err));
    else
        kith_store_rollback(e->store);
}

static void start_table(kith_table *table)
{
    *table = (kith_table){ .title = "Erasure" };
    kith_table_column(table, "section", KITH_CELL_TEXT);
    kith_table_column(table, "what", KITH_CELL_TEXT);
    kith_table_column(table, "id", KITH_CELL_TEXT);
    kith_table_column(table, "records", KITH_CELL_INTEGER);
    kith_table_note(table, "disclosed: those who received it are to be told. mentioned: other records whose "
                           "words hold the name; correct them at their source. left: nothing else mentions "
                           "it. copied: backups, and hubs that a restore set aside; erase there too, or let "
                           "them go. They and files that were written elsewhere are not reached.");
}

/* A trial changes nothing, and is a reading. */
static kith_status log_trial(kith_store *store, const kith_view *view, const char *id, kith_error *err)
{
    const char *const ids[] = { kith_record_bare_id(id) };

    return kith_audit_add(store,
                          &(kith_audit_entry){ .act = KITH_AUDIT_CONSULTATION, .what = "erase --dry-run",
                                               .why = view->purpose, .ids = ids, .id_count = 1 },
                          err);
}

kith_status kith_erase(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                       bool dry_run, kith_error *err)
{
    erasing e = { .table = table, .store = store, .view = view, .err = err };

    start_table(table);
    if (dry_run)
        goes_on(&e, log_trial(store, view, id, err));
    if (e.status == KITH_OK)
        goes_on(&e, kith_record_find(&e.kind, &e.entity, store, view, id, err));
    if (e.status == KITH_OK && e.kind == KITH_EVENT)
        e.status = kith_fail(err, KITH_POLICY, "%s is an event, and several take part in it; people, places, "
                                               "groups and objects are erased", id);
    if (e.status == KITH_OK && goes_on(&e, kith_store_begin_removal(store, err))) {
        erase(&e);
        end_change(&e, dry_run);
    }
    goes_on(&e, kith_table_status(table, err));
    kith_scrub_free(e.words);
    free(e.id);
    return e.status;
}
