/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.c: a record is shown as a list of sections, and a section is one statement.
 *
 * Every section's statement takes :row and gives the same eight columns; the table
 * below says which sections a kind of record has. Records that were confirmed to be one
 * stand whole, one below the other; what is said of them is one list, in one order. */
#include "kith/show.h"

#include <stdlib.h>

#include "kith/association.h"
#include "kith/record.h"
#include "kith/text.h"

typedef struct section_row {
    const char *name;
    kith_query query;
    unsigned kinds; /* bits: 1 << kith_kind, EACH */
} section_row;

enum {
    PERSON = 1 << KITH_PERSON,
    LOCATION = 1 << KITH_LOCATION,
    GROUP = 1 << KITH_GROUP,
    OBJECT = 1 << KITH_OBJECT,
    EVENT = 1 << KITH_EVENT,
    ENTITY = PERSON | LOCATION | GROUP | OBJECT,
    EACH = 1 << 30 /* asked for each record; the other sections know of all that are one */
};

static const section_row sections[] = {
    { "record", KITH_QUERY_SHOW_PERSON, PERSON | EACH },
    { "record", KITH_QUERY_SHOW_LOCATION, LOCATION | EACH },
    { "record", KITH_QUERY_SHOW_GROUP, GROUP },
    { "record", KITH_QUERY_SHOW_OBJECT, OBJECT },
    { "record", KITH_QUERY_SHOW_EVENT, EVENT },
    { "participations", KITH_QUERY_SHOW_PARTICIPATIONS, PERSON },
    { "people", KITH_QUERY_SHOW_EVENT_PEOPLE, EVENT },
    { "events", KITH_QUERY_SHOW_PLACE_EVENTS, LOCATION },
    { "links", KITH_QUERY_SHOW_LINKS, ENTITY },
    { "constraints", KITH_QUERY_SHOW_CONSTRAINTS, ENTITY },
    { "flags", KITH_QUERY_SHOW_FLAGS, PERSON },
    { "contexts", KITH_QUERY_SHOW_CONTEXTS, PERSON | LOCATION | GROUP },
    { "assessments", KITH_QUERY_SHOW_ASSESSMENTS, PERSON },
    { "indicators", KITH_QUERY_SHOW_INDICATORS, PERSON },
    { "scales", KITH_QUERY_SHOW_SCALES, PERSON },
    { "actions", KITH_QUERY_SHOW_ACTIONS, ENTITY },
    { "meetings", KITH_QUERY_SHOW_MINUTES, ENTITY },
    { "decisions", KITH_QUERY_SHOW_DECISIONS, PERSON | LOCATION },
    { "contests", KITH_QUERY_SHOW_CONTESTS, ENTITY | EVENT },
};

enum { COLUMNS = 8 };

static void make_columns(kith_table *table)
{
    static const char *const names[] = { "section", "date", "record", "detail",
                                         "source", "report_ref", "grade", "handling", "recorded_on" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        kith_table_column(table, names[i], KITH_CELL_TEXT);
}

enum { COLUMN_RECORD = 1, COLUMN_DETAIL = 2 };

/* A link that rests only on whom somebody knows says so wherever it is shown. */
static void take_detail(kith_table *table, const kith_associations *by_association,
                        const kith_rows *rows)
{
    const char *detail = kith_rows_text(rows, COLUMN_DETAIL);
    kith_text marked = { 0 };

    if (!kith_association_names(by_association, kith_rows_text(rows, COLUMN_RECORD))) {
        kith_table_text(table, detail);
        return;
    }
    kith_text_format(&marked, "%s [association only: no event says so]", detail);
    kith_table_text(table, kith_text_string(&marked));
    table->failed = table->failed || marked.failed;
    kith_text_free(&marked);
}

static void take_rows(kith_table *table, const char *name,
                      const kith_associations *by_association, kith_rows *rows)
{
    while (kith_rows_next(rows)) {
        kith_table_text(table, name);
        for (int c = 0; c < COLUMNS; c++)
            if (c == COLUMN_DETAIL && by_association->count > 0)
                take_detail(table, by_association, rows);
            else
                kith_table_text(table, kith_rows_text(rows, c));
    }
}

static kith_status show_section(kith_table *table, kith_store *store, const kith_view *view,
                                const section_row *section, kith_kind kind, int64_t row, kith_error *err)
{
    kith_associations by_association = { 0 };
    kith_rows *rows;
    kith_status status = KITH_OK;

    if (section->query == KITH_QUERY_SHOW_LINKS)
        status = kith_associations_read(&by_association, store, view, row, err);
    if (status == KITH_OK)
        status = kith_store_read(&rows, store, view, section->query, err);
    if (status == KITH_OK) {
        kith_rows_bind_integer(rows, "row", row);
        if (section->query == KITH_QUERY_SHOW_CONTESTS)
            kith_rows_bind_integer(rows, "event", kind == KITH_EVENT);
        take_rows(table, section->name, &by_association, rows);
        status = kith_rows_end(rows, err);
    }
    kith_associations_free(&by_association);
    return status;
}

static kith_status show_corrections(kith_table *table, kith_store *store, const kith_view *view,
                                    kith_kind kind, int64_t row, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_SHOW_CORRECTIONS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", row);
    kith_rows_bind_text(rows, "table", kind == KITH_GROUP ? "grouping" : kith_kind_word[kind]);
    take_rows(table, "corrections", &(kith_associations){ 0 }, rows);
    return kith_rows_end(rows, err);
}

/* Rows of the records that are one with a record, itself too, by id. */
typedef struct members {
    int64_t *rows;
    size_t count;
    kith_text ids;
} members;

static kith_status read_members(members *all, kith_store *store, const kith_view *view,
                                int64_t row, kith_error *err)
{
    kith_rows *rows;
    size_t room = 0;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_SAMENESS_OF, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", row);
    while (!all->ids.failed && kith_rows_next(rows)) {
        if (all->count + 1 >= room) {
            room = room * 2 + 8;
            int64_t *grown = realloc(all->rows, room * sizeof *grown);
            all->ids.failed = all->ids.failed || grown == NULL;
            all->rows = grown != NULL ? grown : all->rows;
        }
        if (all->ids.failed)
            break;
        all->rows[all->count++] = kith_rows_integer(rows, 0);
        kith_text_format(&all->ids, "%s%s", all->count > 1 ? ", " : "", kith_rows_text(rows, 1));
    }
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_text_status(&all->ids, err) : status;
}

/* Every section; rows: the records that are one, the one that was asked for alone. */
static kith_status show_all(kith_table *table, kith_store *store, const kith_view *view,
                            kith_kind kind, const int64_t *rows, size_t count, kith_error *err)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        for (size_t m = 0; status == KITH_OK && m < (sections[i].kinds & EACH ? count : 1); m++)
            if (sections[i].kinds & 1u << kind)
                status = show_section(table, store, view, &sections[i], kind, rows[m], err);
    for (size_t m = 0; status == KITH_OK && m < count; m++)
        status = show_corrections(table, store, view, kind, rows[m], err);
    return status;
}

kith_status kith_show(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                      kith_error *err)
{
    kith_kind kind = KITH_PERSON;
    int64_t row = 0;
    members all = { 0 };

    *table = (kith_table){ 0 };
    kith_status status = kith_record_find(&kind, &row, store, view, id, err);
    if (status != KITH_OK)
        return status;
    if (kind == KITH_PERSON || kind == KITH_LOCATION)
        status = read_members(&all, store, view, row, err);
    make_columns(table);
    kith_table_fact(table, "kind", "%s", kith_kind_word[kind]);
    if (all.count > 0)
        kith_table_fact(table, "records", "%s: confirmed to be one", kith_text_string(&all.ids));
    if (status == KITH_OK)
        status = show_all(table, store, view, kind, all.count > 0 ? all.rows : &row,
                          all.count > 0 ? all.count : 1, err);
    if (status == KITH_OK)
        status = kith_table_status(table, err);
    free(all.rows);
    kith_text_free(&all.ids);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
