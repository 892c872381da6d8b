/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.c: a record is shown as a list of sections, and a section is one statement.
 *
 * Every section's statement takes :row and gives the same eight columns; the table
 * below says which sections a kind of record has. */
#include "kith/show.h"

#include "kith/record.h"

typedef struct section_row {
    const char *name;
    kith_query query;
    unsigned kinds; /* bits: 1 << kith_kind */
} section_row;

enum {
    PERSON = 1 << KITH_PERSON,
    LOCATION = 1 << KITH_LOCATION,
    GROUP = 1 << KITH_GROUP,
    OBJECT = 1 << KITH_OBJECT,
    EVENT = 1 << KITH_EVENT,
    ENTITY = PERSON | LOCATION | GROUP | OBJECT
};

static const section_row sections[] = {
    { "record", KITH_QUERY_SHOW_PERSON, PERSON },
    { "record", KITH_QUERY_SHOW_LOCATION, LOCATION },
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
};

enum { COLUMNS = 8 };

static void make_columns(kith_table *table)
{
    static const char *const names[] = { "section", "date", "record", "detail",
                                         "source", "report_ref", "grade", "handling", "recorded_on" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        kith_table_column(table, names[i], KITH_CELL_TEXT);
}

static void take_rows(kith_table *table, const char *name, kith_rows *rows)
{
    while (kith_rows_next(rows)) {
        kith_table_text(table, name);
        for (int c = 0; c < COLUMNS; c++)
            kith_table_text(table, kith_rows_text(rows, c));
    }
}

static kith_status show_section(kith_table *table, kith_store *store, const kith_view *view,
                                const section_row *section, int64_t row, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, section->query, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", row);
    take_rows(table, section->name, rows);
    return kith_rows_end(rows, err);
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
    take_rows(table, "corrections", rows);
    return kith_rows_end(rows, err);
}

kith_status kith_show(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                      kith_error *err)
{
    kith_kind kind = KITH_PERSON;
    int64_t row = 0;

    *table = (kith_table){ 0 };
    kith_status status = kith_record_find(&kind, &row, store, view, id, err);
    if (status != KITH_OK)
        return status;
    make_columns(table);
    kith_table_fact(table, "kind", "%s", kith_kind_word[kind]);
    for (size_t i = 0; status == KITH_OK && i < sizeof sections / sizeof sections[0]; i++)
        if (sections[i].kinds & 1u << kind)
            status = show_section(table, store, view, &sections[i], row, err);
    if (status == KITH_OK)
        status = show_corrections(table, store, view, kind, row, err);
    if (status == KITH_OK)
        status = kith_table_status(table, err);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
