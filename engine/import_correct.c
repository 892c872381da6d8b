/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_correct.c: a row about a record that is known by its id.
 *
 * The source that made a record may correct it: the record takes the new content and
 * the old values are kept beside it. A column that its file does not have is not blank: it
 * says nothing, and the record keeps what it has there. Another source may repeat it; where it differs the
 * owner's value stays and the report says so, except that another name or date of birth
 * means another person, and is refused. In one call a source says each thing once. */
#include <stdio.h>
#include <string.h>

#include "mapping_private.h"

enum { FIELD_MAX = TABLE_COLUMNS_MAX + 1 + ORIGIN_FIELDS };

/* A row beside what the hub has: the table's columns, extra, the origin's fields. */
typedef struct comparison {
    import_row *row;
    int column_count, own_count, count; /* columns; and extra; and the origin */
    const char *names[FIELD_MAX], *old[FIELD_MAX], *given[FIELD_MAX];
    bool differs[FIELD_MAX];
    bool same_source;
    bool extra_adds; /* the row's attributes change none of the record's */
} comparison;

static void take_given(comparison *c, import_row *row)
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

static bool read_old(comparison *c, int64_t record)
{
    import_load *load = c->row->load;
    size_t offsets[FIELD_MAX] = { 0 };
    kith_rows *rows;

    if (!import_goes_on(
            load, kith_store_read(&rows, load->store, load->view, load->table->read, load->err)))
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
static void keep_unsaid(comparison *c)
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
static const char *fields_that_differ(const comparison *c, int count, bool given_only)
{
    kith_text *out = &c->row->load->scratch;

    kith_text_clear(out);
    for (int i = 0; i < count; i++)
        if (c->differs[i] && !(given_only && c->given[i][0] == '\0'))
            kith_text_format(out, "%s%s", out->size > 0 ? ", " : "", c->names[i]);
    return kith_text_string(out);
}

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
    kith_change *change;

    if (!import_goes_on(load,
                        kith_store_change(&change, load->store, load->table->correct, load->err)))
        return false;
    int place = import_bind(change, 1, row, 1);
    if (!import_is_entity(load->table))
        kith_change_integer(change, place++, row->origin_row);
    kith_change_integer(change, place, record);
    if (!import_goes_on(load, kith_change_run(change, NULL, load->err)))
        return false;
    if (import_is_entity(load->table))
        correct_entity_origin(load, record, row->origin_row);
    import_find(row, record);
    return load->status == KITH_OK;
}

static void correct(const comparison *c, int64_t record)
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
                 shown(quoted, c->given[0]), fields_that_differ(c, c->count, false));
}

static const char *source_name(const char *name)
{
    return name[0] != '\0' ? name : "a source without a name";
}

/* Names that differ in case or blanks, and a month beside a day in it, are no other person. */
static bool may_be_same(const table_column *column, const char *old, const char *given)
{
    const size_t old_size = strlen(old), given_size = strlen(given);

    if (column->type == COLUMN_DATE)
        return strncmp(old, given, old_size < given_size ? old_size : given_size) == 0;
    return old_size == 0 || given_size == 0 || kith_word_same(old, given);
}

/* Another source with another name or date of birth: another person. */
static bool is_another(const comparison *c)
{
    import_row *row = c->row;
    const table_column *columns = row->load->table->columns;
    const char *before = c->old[c->own_count + FIELD_SOURCE],
               *here = c->given[c->own_count + FIELD_SOURCE];
    char quoted[SHOWN_SIZE];

    for (int i = 1; i < c->column_count; i++) {
        if ((columns[i].flags & IDENTITY) == 0 || !c->differs[i] ||
            may_be_same(&columns[i], c->old[i], c->given[i]))
            continue;
        row_error(row, columns[i].name,
                  "%s is known from %s with another %s than %s gives; if they are two, prefix one "
                  "of them by "
                  "this line in the mapping of %s: %s = \"%s:\" + %s",
                  shown(quoted, c->given[0]), source_name(before), columns[i].name,
                  source_name(here), source_name(here), columns[0].name,
                  here[0] != '\0' ? here : "SOURCE", columns[0].name);
        return true;
    }
    return false;
}

/* A record that is dated and has another day here may be another record. */
static bool has_another_day(const comparison *c)
{
    const table_column *columns = c->row->load->table->columns;

    for (int i = 1; i < c->column_count; i++) {
        const bool dated = columns[i].type == COLUMN_DATE || columns[i].type == COLUMN_TIME;
        const size_t old = strcspn(c->old[i], "T"), given = strcspn(c->given[i], "T");
        if (dated && strncmp(c->old[i], c->given[i], old < given ? old : given) != 0)
            return true;
    }
    return false;
}

static void repeat_of_another(const comparison *c)
{
    import_row *row = c->row;
    import_load *load = row->load;
    const char *owner = source_name(c->old[c->own_count + FIELD_SOURCE]);
    char quoted[SHOWN_SIZE];

    if (is_another(c))
        return;
    load->counts->same++;
    const char *fields = fields_that_differ(c, c->own_count, true);
    if (fields[0] != '\0')
        import_fault(load, SEVERITY_WARNING, row->line, load->table->columns[0].name,
                     "%s: %s from %s not as %s has it; what %s recorded is kept%s",
                     shown(quoted, c->given[0]), fields,
                     source_name(c->given[c->own_count + FIELD_SOURCE]), owner, owner,
                     has_another_day(c) ? ". The day differs: if they are two, put a prefix before one's id" : "");
}

static void say_alike(const comparison *c)
{
    import_load *load = c->row->load;

    import_gather(load, SEVERITY_NOTE, c->row->line, load->table->columns[0].name,
                  load->section != NULL
                      ? "several rows of the extract give the same record alike; it is loaded once"
                      : "the row is in this call twice; it is loaded once");
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
static const char *take_all_old(comparison *c, bool filled)
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

/* Whether a section that read rows before this one may have given the field. */
static bool said_before(const comparison *c, int field)
{
    const import_row *row = c->row;
    const import_load *load = row->load;

    for (size_t i = 0; i < load->file; i++) {
        const import_file *file = &load->list.files[i];
        if (file->table != load->table)
            continue;
        if (field < c->column_count && mapping_line_of(file->section, c->names[field]) != NULL)
            return true;
        for (size_t k = 0; field == c->column_count && k < row->extra_count; k++)
            if (mapping_line_of(file->section, row->extra_name[k]) != NULL)
                return true;
    }
    return false;
}

/* Whether the row contradicts one of this call, and not only what the hub had before it. */
static bool contradicts_call(const comparison *c, const kith_idmap_entry *entry)
{
    const import_load *load = c->row->load;
    const bool all_of_call = entry->file == load->file || entry->row > load->last_row[load->table->space];

    for (int i = 1; i < c->own_count && entry->line > 0; i++) {
        const bool adds = c->old[i][0] == '\0' || (i == c->column_count && c->extra_adds);
        if (c->differs[i] && !adds && (all_of_call || said_before(c, i)))
            return true;
    }
    return false;
}

/* An extract tells of people and places beside what it is about: a blank there says
 * nothing, and the row's origin is that of its event. What is new is a correction. False
 * when the row contradicts another of this call and the mapping does not say which holds. */
static bool settle_mapped(comparison *c, const kith_idmap_entry *entry)
{
    import_load *load = c->row->load;

    take_all_old(c, false);
    const bool contradicts = contradicts_call(c, entry);
    if (contradicts && !load->section->first_of_equal_ids)
        return false;
    if (contradicts)
        import_gather(load, SEVERITY_WARNING, c->row->line, load->table->columns[0].name,
                      "a later row gives the same id with other content (%s); the first holds",
                      take_all_old(c, true));
    if (fields_that_differ(c, c->own_count, false)[0] != '\0') {
        correct(c, entry->row);
        return true;
    }
    load->counts->same++;
    if (entry->line > 0 && !contradicts && !load->section->only_known)
        say_alike(c);
    return true;
}

/* The mapping says that the first of a call's rows about a record holds. */
static void keep_first(const comparison *c)
{
    import_load *load = c->row->load;

    load->counts->same++;
    import_gather(load, SEVERITY_WARNING, c->row->line, load->table->columns[0].name,
                  "a later row gives the same id with other content (%s); the first holds",
                  kith_text_string(&load->scratch));
}

static void repeat_of_own(comparison *c, const kith_idmap_entry *entry)
{
    import_row *row = c->row;
    import_load *load = row->load;

    if (load->section != NULL && (import_is_entity(load->table) || load->section->only_known) &&
        settle_mapped(c, entry))
        return;
    const bool equal = fields_that_differ(c, c->count, false)[0] == '\0';
    char quoted[SHOWN_SIZE];

    if (equal)
        load->counts->same++;
    if (equal && entry->line > 0)
        say_alike(c);
    else if (!equal && entry->line > 0 && load->section != NULL &&
             load->section->first_of_equal_ids)
        keep_first(c);
    else if (!equal && entry->line > 0)
        row_error(row, load->table->columns[0].name,
                  "%s is given twice with different content (%s), here and in line %u of %s; keep "
                  "one of the rows",
                  shown(quoted, c->given[0]), kith_text_string(&load->scratch), entry->line,
                  load->list.files[entry->file].path);
    else if (!equal)
        correct(c, entry->row);
}

void import_known(import_row *row, const kith_idmap_entry *entry)
{
    import_load *load = row->load;
    const kith_idmap_entry known = *entry;
    comparison c;

    take_given(&c, row);
    if (!read_old(&c, known.row))
        return;
    keep_unsaid(&c);
    if (row->faulty || !import_goes_on(load, kith_text_status(&row->extra, load->err)))
        return;
    if (!c.same_source) {
        repeat_of_another(&c);
        return;
    }
    repeat_of_own(&c, &known);
    kith_idmap_entry *now =
        kith_idmap_find(&load->ids, (uint8_t)load->table->space, row->values[0].text);
    now->line = (uint32_t)row->line;
    now->file = (uint16_t)load->file;
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
    take_given(&c, row);
    if (!read_old(&c, record))
        return;
    for (size_t i = count; i-- > 0;) /* of several changes in one load the first tells what was before */
        if (field_named(&c, fields[i]) >= 0)
            c.old[field_named(&c, fields[i])] = values[i];
    for (int i = 0; i < c.column_count; i++)
        import_read_value(row, &row->values[i], &load->table->columns[i], c.old[i]);
    kith_text_add(&row->extra, c.old[c.column_count]);
    for (int i = 0; i < ORIGIN_FIELDS; i++)
        row->origin_text[i] = c.old[c.own_count + i];
    if (!import_goes_on(load, kith_text_status(&row->extra, load->err)))
        return;
    import_origin_row(row);
    if (load->status == KITH_OK)
        write_content(row, record);
}
