/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_undo.c: one load taken back whole.
 *
 * First the values that its corrections replaced are put back, then what it added is
 * taken away, children before parents; all in one change. What later loads, or decisions
 * about who is who, have built on it is a reason to refuse, and each is named. Its number
 * stays on the list, without records: a number means one load for ever. */
#include <stdlib.h>
#include <string.h>

#include "import_private.h"
#include "kith/audit.h"
#include "kith/date.h"

enum { FIELDS_MAX = 64, LATER_MAX = 100 };

typedef struct undoing {
    import_load load;
    import_row row;
    kith_table *table;
    int64_t batch;
    uint64_t reasons, restored;
    /* the record under way */
    const import_table *of;
    int64_t record;
    char *fields[FIELDS_MAX], *values[FIELDS_MAX];
    size_t count;
} undoing;

static const import_table *table_of_record(const char *record)
{
    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        if (strcmp(import_tables[i].record, record) == 0)
            return &import_tables[i];
    return NULL;
}

static void reason(undoing *u, const char *table, const char *id, int64_t batch, const char *why)
{
    u->reasons++;
    kith_table_text(u->table, table);
    kith_table_text(u->table, id);
    if (batch > 0)
        kith_table_integer(u->table, batch);
    else
        kith_table_missing(u->table);
    kith_table_text(u->table, why);
}

static bool read(kith_rows **rows, undoing *u, kith_query query)
{
    if (!import_reads(rows, &u->load, query))
        return false;
    kith_rows_bind_integer(*rows, "batch", u->batch);
    return true;
}

static bool is_there(undoing *u)
{
    kith_rows *rows;
    bool found = false, taken_back = false;

    if (!import_reads(&rows, &u->load, KITH_QUERY_BATCH_ALL))
        return false;
    while (!found && kith_rows_next(rows)) {
        found = kith_rows_integer(rows, 0) == u->batch;
        taken_back = kith_rows_integer(rows, 5) == 0;
    }
    if (import_goes_on(&u->load, kith_rows_end(rows, u->load.err)) && (!found || taken_back))
        u->load.status =
            kith_fail(u->load.err, KITH_NOT_FOUND,
                      found ? "load %lld was taken back before; `kith import --list` shows all loads"
                            : "there is no load %lld; `kith import --list` shows them",
                      (long long)u->batch);
    return u->load.status == KITH_OK;
}

static void find_later(undoing *u)
{
    kith_rows *rows;

    if (!read(&rows, u, KITH_QUERY_UNDO_LATER))
        return;
    while (kith_rows_next(rows) && u->reasons < LATER_MAX) {
        const import_table *table = table_of_record(kith_rows_text(rows, 0));
        reason(u, table != NULL ? table->name : kith_rows_text(rows, 0),
               kith_rows_text(rows, 1),
               kith_rows_integer(rows, 2), "a later load has corrected the record; undo that load first");
    }
    import_goes_on(&u->load, kith_rows_end(rows, u->load.err));
}

/* Why what is not a record of a load keeps one from being taken back. */
static const char *why_needed(const char *table)
{
    static const struct {
        const char *table, *why;
    } reasons[] = {
        { "decisions", "%lld decision(s) of who is who name records of this load" },
        { "cases", "%lld case(s) are about records of this load" },
        { "reviews", "%lld review(s) decided of records of this load" },
        { "panels", "%lld weighting(s) by a panel are of records of this load" },
        { "minutes", "%lld decision(s) of meetings are of records of this load" },
        { "contests", "%lld contest(s) are of records of this load; undo the load that brought them first" },
        { "steps", "%lld step(s) were recorded for an action of this load" },
    };

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reasons[i].table, table) == 0)
            return reasons[i].why;
    return "%lld record(s) of another load refer to it; undo that load first";
}

static void find_needed(undoing *u)
{
    char why[128];
    kith_rows *rows;

    if (!read(&rows, u, KITH_QUERY_UNDO_NEEDED))
        return;
    while (kith_rows_next(rows)) {
        snprintf(why, sizeof why, why_needed(kith_rows_text(rows, 0)),
                 (long long)kith_rows_integer(rows, 3));
        reason(u, kith_rows_text(rows, 0), kith_rows_text(rows, 1), kith_rows_integer(rows, 2), why);
    }
    import_goes_on(&u->load, kith_rows_end(rows, u->load.err));
}

static void forget_record(undoing *u)
{
    for (size_t i = 0; i < u->count; i++) {
        free(u->fields[i]);
        free(u->values[i]);
    }
    u->count = 0;
}

static void restore_record(undoing *u)
{
    if (u->count > 0 && u->of != NULL && u->load.status == KITH_OK) {
        u->load.table = u->of;
        import_restore(&u->row, u->record, (const char *const *)u->fields,
                       (const char *const *)u->values, u->count);
        u->restored++;
    }
    forget_record(u);
}

static void take_field(undoing *u, const char *field, const char *value)
{
    if (u->count == FIELDS_MAX)
        return;
    u->fields[u->count] = strdup(field);
    u->values[u->count] = strdup(value);
    const bool short_of_memory = u->fields[u->count] == NULL || u->values[u->count] == NULL;
    u->count++;
    if (short_of_memory) {
        import_goes_on(&u->load, kith_no_memory(u->load.err));
        forget_record(u);
    }
}

/* Old values come back record by record: the rows are sorted so. */
static void restore(undoing *u)
{
    kith_rows *rows;

    import_known_ids(&u->load, ~0u);
    if (u->load.status != KITH_OK || !read(&rows, u, KITH_QUERY_UNDO_CORRECTIONS))
        return;
    while (u->load.status == KITH_OK && kith_rows_next(rows)) {
        const import_table *of = table_of_record(kith_rows_text(rows, 0));
        const int64_t record = kith_rows_integer(rows, 1);
        if (of != u->of || record != u->record)
            restore_record(u);
        u->of = of;
        u->record = record;
        take_field(u, kith_rows_text(rows, 2), kith_rows_text(rows, 3));
    }
    restore_record(u);
    import_goes_on(&u->load, kith_rows_end(rows, u->load.err));
}

static int64_t take_away(undoing *u, kith_query query, bool of_batch)
{
    kith_change *change;
    int64_t gone = 0;

    if (u->load.status != KITH_OK ||
        !import_goes_on(&u->load, kith_store_change(&change, u->load.store, query, u->load.err)))
        return 0;
    if (of_batch)
        kith_change_integer(change, 1, u->batch);
    import_goes_on(&u->load, kith_change_run(change, &gone, u->load.err));
    return gone;
}

static void count(undoing *u, const char *what, int64_t records)
{
    if (records == 0)
        return;
    kith_table_text(u->table, what);
    kith_table_integer(u->table, records);
}

static void mark_undone(undoing *u)
{
    char now[KITH_TIME_SIZE];
    kith_change *change;

    if (u->load.status != KITH_OK ||
        !import_goes_on(&u->load, kith_store_change(&change, u->load.store, KITH_QUERY_BATCH_UNDONE,
                                                    u->load.err)))
        return;
    kith_moment_write(now, kith_now());
    kith_change_text(change, 1, now);
    kith_change_integer(change, 2, u->batch);
    import_goes_on(&u->load, kith_change_run(change, NULL, u->load.err));
}

static void take_all_away(undoing *u)
{
    static const struct part {
        const char *name;
        kith_query query;
    } parts[] = {
        { "contests", KITH_QUERY_UNDO_CONTEST },
        { "actions", KITH_QUERY_UNDO_ACTION },
        { "scales", KITH_QUERY_UNDO_SCALE },
        { "indicators", KITH_QUERY_UNDO_INDICATOR },
        { "assessments", KITH_QUERY_UNDO_ASSESSMENT },
        { "constraints", KITH_QUERY_UNDO_RESTRICTION },
        { "flags", KITH_QUERY_UNDO_FLAG },
        { "contexts", KITH_QUERY_UNDO_CONTEXT },
        { "links", KITH_QUERY_UNDO_LINK },
        { "participations", KITH_QUERY_UNDO_PARTICIPATION },
        { "events", KITH_QUERY_UNDO_EVENT },
        { "persons", KITH_QUERY_UNDO_PERSON },
        { "objects", KITH_QUERY_UNDO_OBJECT },
        { "groups", KITH_QUERY_UNDO_GROUPING },
        { "locations", KITH_QUERY_UNDO_LOCATION },
    };

    take_away(u, KITH_QUERY_UNDO_DEED_ROW, true);
    take_away(u, KITH_QUERY_UNDO_PICTURE_PLACE, true);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        count(u, parts[i].name, take_away(u, parts[i].query, true));
    count(u, "corrections", (int64_t)u->restored);
    take_away(u, KITH_QUERY_UNDO_KEPT, true);
    take_away(u, KITH_QUERY_UNDO_DECISION, true);
    take_away(u, KITH_QUERY_UNDO_ENTITY, true);
    take_away(u, KITH_QUERY_UNDO_CORRECTION, true);
    take_away(u, KITH_QUERY_UNDO_FIND_KEY, true);
    mark_undone(u);
    take_away(u, KITH_QUERY_UNDO_ORIGIN, false);
    take_away(u, KITH_QUERY_UNDO_SOURCE, false);
}

static void start_table(kith_table *table, bool refused)
{
    kith_table_free(table);
    *table = (kith_table){ 0 };
    kith_table_column(table, "table", KITH_CELL_TEXT);
    if (!refused) {
        kith_table_column(table, "records", KITH_CELL_INTEGER);
        return;
    }
    kith_table_column(table, "id", KITH_CELL_TEXT);
    kith_table_column(table, "batch", KITH_CELL_INTEGER);
    kith_table_column(table, "reason", KITH_CELL_TEXT);
}

static void undo(undoing *u)
{
    start_table(u->table, true);
    find_later(u);
    if (u->reasons == 0)
        restore(u);
    if (u->reasons == 0 && u->load.status == KITH_OK)
        find_needed(u);
    if (u->load.status == KITH_OK && u->reasons > 0) {
        u->load.status = kith_fail(u->load.err, KITH_POLICY,
                                   "load %lld is not undone: others build on it", (long long)u->batch);
        return;
    }
    start_table(u->table, false);
    take_all_away(u);
}

kith_status kith_import_undo(kith_table *table, kith_store *store, const kith_view *view,
                             int64_t batch, kith_error *err)
{
    static const kith_import_options options = { 0 };
    kith_import_report report = { 0 };
    undoing u = { .load = { .store = store, .view = view, .options = &options, .report = &report, .err = err },
                  .table = table,
                  .batch = batch };
    char words[64];

    *table = (kith_table){ 0 };
    u.load.row = &u.row;
    u.row.load = &u.load;
    if (!is_there(&u))
        return u.load.status;
    if (import_goes_on(&u.load, kith_store_begin_removal(store, err))) {
        undo(&u);
        snprintf(words, sizeof words, "load %lld is taken back", (long long)batch);
        kith_audit_act(store, KITH_AUDIT_ALTERATION, words);
        if (u.load.status == KITH_OK)
            import_goes_on(&u.load, kith_store_commit(store, err));
        else
            kith_store_rollback(store);
    }
    import_goes_on(&u.load, kith_table_status(table, err));
    import_queue_end(&u.load);
    kith_idmap_free(&u.load.ids);
    kith_text_free(&u.load.scratch);
    kith_text_free(&u.load.old);
    kith_text_free(&u.load.last_origin);
    kith_text_free(&u.row.extra);
    import_faults_free(&u.load);
    kith_table_free(&report.table);
    if (u.load.status != KITH_OK && u.load.status != KITH_POLICY)
        kith_table_free(table);
    return u.load.status;
}
