/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_correct.c: a record takes a row's content, and the old values are kept beside it. */
#include "import_compare.h"

#include <string.h>

static void add_correction(const comparison *c, int field, int64_t record)
{
    import_load *load = c->row->load;
    kith_change *change;

    if (!import_goes_on(
            load, kith_store_change(&change, load->store, KITH_QUERY_CORRECTION_ADD, load->err)))
        return;
    kith_change_integer(change, 1, load->batch);
    kith_change_text(change, 2, load->table->record);
    kith_change_integer(change, 3, record);
    kith_change_text(change, 4, c->names[field]);
    kith_change_text(change, 5, c->old[field]);
    kith_change_text(change, 6, c->given[field]);
    import_goes_on(load, kith_change_run(change, NULL, load->err));
}

static void correct_entity_origin(import_load *load, int64_t record, int64_t origin)
{
    kith_change *change;

    if (!import_goes_on(
            load, kith_store_change(&change, load->store, KITH_QUERY_ENTITY_ORIGIN, load->err)))
        return;
    kith_change_integer(change, 1, origin);
    kith_change_integer(change, 2, record);
    import_goes_on(load, kith_change_run(change, NULL, load->err));
}

/* Gives a record the content and the origin of the row. */
static bool write_content(import_row *row, int64_t record)
{
    import_load *load = row->load;

    import_words(row);
    kith_waiting *to = import_row_begin(load, load->table->correct);
    import_row_columns(to, row, 1);
    if (!import_is_entity(load->table))
        kith_waiting_integer(to, row->origin_row);
    kith_waiting_integer(to, record);
    import_row_end(load, 0, 0, false);
    if (!import_settle(load))
        return false;
    if (import_is_entity(load->table))
        correct_entity_origin(load, record, row->origin_row);
    import_find(row, record);
    return load->status == KITH_OK;
}

void import_correct(const comparison *c, int64_t record)
{
    import_row *row = c->row;
    import_load *load = row->load;
    char quoted[SHOWN_SIZE];

    if (!write_content(row, record) || record > load->last_row[load->table->space])
        return; /* another row of this call made the record: nobody has read what it was */
    for (int i = 0; i < c->count; i++)
        if (c->differs[i])
            add_correction(c, i, record);
    load->counts->changed++;
    import_fault(load, SEVERITY_NOTE, row->line, load->table->columns[0].name,
                 "%s is corrected by its source: %s; the old values are kept",
                 shown(quoted, c->given[0]), compare_fields(c, c->count, false));
}

static int field_named(const comparison *c, const char *name)
{
    for (int i = 0; i < c->count; i++)
        if (strcmp(c->names[i], name) == 0)
            return i;
    return -1;
}

void import_restore(import_row *row, int64_t record, const char *const *fields,
                    const char *const *values, size_t count)
{
    import_load *load = row->load;
    comparison c;

    for (int i = 0; i < load->table->column_count; i++)
        row->values[i].text = "";
    for (int i = 0; i < ORIGIN_FIELDS; i++)
        row->origin_text[i] = "";
    kith_text_clear(&row->extra);
    compare_given(&c, row);
    if (!compare_read(&c, record))
        return;
    for (size_t i = count; i-- > 0;) /* of several changes in one load the first tells what was before */
        if (field_named(&c, fields[i]) >= 0)
            c.old[field_named(&c, fields[i])] = values[i];
    for (int i = 0; i < c.column_count; i++)
        import_read_value(row, &row->values[i], &load->table->columns[i], c.old[i]);
    kith_text_add(&row->extra, c.old[c.column_count]);
    for (int i = 0; i < ORIGIN_FIELDS; i++)
        row->origin_text[i] = c.old[c.own_count + i];
    row->origin_row = 0;
    if (!import_goes_on(load, kith_text_status(&row->extra, load->err)))
        return;
    import_origin_row(row);
    if (load->status == KITH_OK)
        write_content(row, record);
}
