/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_known.c: a row about a record that is known by its id.
 *
 * The source that made a record may correct it: the record takes the new content and
 * the old values are kept beside it. A column that its file does not have is not blank: it
 * says nothing, and the record keeps what it has there. Another source may repeat it; where it differs the
 * owner's value stays and the report says so, except that another name or date of birth
 * means another person, and is refused. In one call a source says each thing once. */
#include "import_compare.h"

#include <stdio.h>
#include <string.h>

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
    const char *fields = compare_fields(c, c->own_count, true);
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

    compare_take_all(c, false);
    const bool contradicts = contradicts_call(c, entry);
    if (contradicts && !load->section->first_of_equal_ids)
        return false;
    if (contradicts)
        import_gather(load, SEVERITY_WARNING, c->row->line, load->table->columns[0].name,
                      "a later row gives the same id with other content (%s); the first holds",
                      compare_take_all(c, true));
    if (compare_fields(c, c->own_count, false)[0] != '\0') {
        import_correct(c, entry->row);
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
    const bool equal = compare_fields(c, c->count, false)[0] == '\0';
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
        import_correct(c, entry->row);
}

void import_known(import_row *row, const kith_idmap_entry *entry)
{
    import_load *load = row->load;
    const kith_idmap_entry known = *entry;
    comparison c;

    compare_given(&c, row);
    if (!compare_read(&c, known.row))
        return;
    compare_unsaid(&c);
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
