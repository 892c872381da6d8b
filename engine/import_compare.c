/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_compare.c: a row beside the record that it is about.
 *
 * The hub's values are read in their canonical form, as the row's are, so that what differs
 * is what was said otherwise. */
#include "import_compare.h"

#include <string.h>

void compare_given(comparison *c, import_row *row)
{
    const import_table *table = row->load->table;

    *c = (comparison){ .row = row, .column_count = table->column_count };
    for (int i = 0; i < table->column_count; i++) {
        c->names[c->count] = table->columns[i].name;
        c->given[c->count++] = row->values[i].text;
    }
    c->names[c->count] = "extra";
    c->given[c->count++] = kith_text_string(&row->extra);
    c->own_count = c->count;
    for (int i = 0; i < ORIGIN_FIELDS; i++) {
        c->names[c->count] = origin_fields[i];
        c->given[c->count++] = row->origin_text[i];
    }
}

static void keep_old(kith_text *old, size_t offsets[FIELD_MAX], const comparison *c,
                     const kith_rows *rows)
{
    const table_column *columns = c->row->load->table->columns;
    char number[KITH_NUMBER_SIZE];

    kith_text_clear(old);
    for (int i = 0; i < c->count; i++) {
        const char *text = kith_rows_text(rows, i);
        if (text != NULL && i < c->column_count && columns[i].type == COLUMN_NUMBER) {
            kith_number_shortest(number, kith_rows_number(rows, i));
            text = number;
        }
        offsets[i] = old->size;
        kith_text_add(old, text != NULL ? text : "");
        kith_text_add_bytes(old, "", 1);
    }
}

bool compare_read(comparison *c, int64_t record)
{
    import_load *load = c->row->load;
    size_t offsets[FIELD_MAX] = { 0 };
    kith_rows *rows;

    if (!import_settle(load) ||
        !import_reads(&rows, load, load->table->read))
        return false;
    kith_rows_bind_integer(rows, "row", record);
    if (kith_rows_next(rows))
        keep_old(&load->old, offsets, c, rows);
    if (!import_goes_on(load, kith_rows_end(rows, load->err)) ||
        !import_goes_on(load, kith_text_status(&load->old, load->err)))
        return false;
    for (int i = 0; i < c->count; i++) {
        c->old[i] = load->old.data + offsets[i];
        c->differs[i] = strcmp(c->old[i], c->given[i]) != 0;
    }
    c->same_source = !c->differs[c->own_count + FIELD_SOURCE];
    return true;
}

/* What a file has no column for, it says nothing of: the record keeps what it has. */
void compare_unsaid(comparison *c)
{
    import_row *row = c->row;
    const import_table *table = row->load->table;
    const int extra = c->column_count;

    for (int i = 1; i < c->column_count; i++) {
        if (row->place[i] >= 0 || !c->differs[i])
            continue;
        import_read_value(row, &row->values[i], &table->columns[i], c->old[i]);
        c->given[i] = row->values[i].text;
        c->differs[i] = false;
    }
    if (c->differs[extra]) {
        c->extra_adds = import_extra_merge(row, c->old[extra]);
        c->given[extra] = kith_text_string(&row->extra);
        c->differs[extra] = row->extra.failed || strcmp(c->given[extra], c->old[extra]) != 0;
    }
    if (table->space == SPACE_LOCATION) /* one of lat and lon alone */
        check_location(row);
}

/* "name, dob": the fields from the first on, before count, that differ. */
const char *compare_fields(const comparison *c, int count, bool given_only)
{
    kith_text *out = &c->row->load->scratch;

    kith_text_clear(out);
    for (int i = 0; i < count; i++)
        if (c->differs[i] && !(given_only && c->given[i][0] == '\0'))
            kith_text_format(out, "%s%s", out->size > 0 ? ", " : "", c->names[i]);
    return kith_text_string(out);
}

/* The row takes the hub's value of a field. */
static void take_old(comparison *c, int field)
{
    import_row *row = c->row;

    if (field < c->column_count) {
        import_read_value(row, &row->values[field], &row->load->table->columns[field], c->old[field]);
        c->given[field] = row->values[field].text;
    } else {
        kith_text_clear(&row->extra);
        kith_text_add(&row->extra, c->old[field]);
        c->given[field] = kith_text_string(&row->extra);
        import_goes_on(row->load, kith_text_status(&row->extra, row->load->err));
    }
    c->differs[field] = false;
}

/* Takes the hub's value of the fields that the row leaves blank, or with `filled` of all
 * that the hub has; gives the names of the latter. */
const char *compare_take_all(comparison *c, bool filled)
{
    kith_text *names = &c->row->load->scratch;

    kith_text_clear(names);
    for (int i = 1; i < c->own_count; i++) {
        if (!c->differs[i] || (filled ? c->old[i][0] == '\0' : c->given[i][0] != '\0'))
            continue;
        if (filled)
            kith_text_format(names, "%s%s", names->size > 0 ? ", " : "", c->names[i]);
        take_old(c, i);
    }
    return kith_text_string(names);
}
