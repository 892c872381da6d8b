/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_write.c: a row becomes a record, or two.
 *
 * A row with an id is new or known (import_known.c). A row without one is known by a
 * digest of everything in it, and by which of equal rows it is; the hub refuses to keep
 * the same twice, and that is all that a second load needs. */
#include <sodium.h>
#include <string.h>

#include "import_private.h"

bool import_is_entity(const import_table *table)
{
    return table->space >= SPACE_PERSON && table->space <= SPACE_OBJECT;
}

static int64_t word_row(import_load *load, const char *word)
{
    kith_change *change;
    kith_idmap_entry *entry = kith_idmap_put(&load->ids, SPACE_WORD, word);

    if (entry == NULL) {
        import_goes_on(load, kith_no_memory(load->err));
        return 0;
    }
    if (entry->row == 0 &&
        import_goes_on(load,
                       kith_store_change(&change, load->store, KITH_QUERY_WORD_ADD, load->err))) {
        kith_change_text(change, 1, word);
        if (import_goes_on(load, kith_change_run(change, NULL, load->err)))
            entry->row = kith_store_last_row(load->store);
    }
    return entry->row;
}

static void bind_value(kith_change *change, int place, const import_row *row, int column)
{
    const table_column *is = &row->load->table->columns[column];
    const import_value *value = &row->values[column];

    switch (is->type) {
    case COLUMN_WORD:
        if (value->missing)
            kith_change_missing(change, place);
        else
            kith_change_integer(change, place, word_row(row->load, value->text));
        break;
    case COLUMN_INTEGER:
    case COLUMN_REF:
        if (value->missing)
            kith_change_missing(change, place);
        else
            kith_change_integer(change, place, value->integer);
        break;
    case COLUMN_NUMBER:
        if (value->missing)
            kith_change_missing(change, place);
        else
            kith_change_number(change, place, value->number);
        break;
    default:
        kith_change_text(change, place,
                         value->missing && (is->flags & MISSING_IS_NULL) != 0 ? NULL : value->text);
        break;
    }
}

int import_bind(kith_change *change, int place, const import_row *row, int column)
{
    for (; column < row->load->table->column_count; column++)
        bind_value(change, place++, row, column);
    kith_change_text(change, place++, kith_text_string(&row->extra));
    return place;
}

static int64_t add_entity(import_row *row)
{
    import_load *load = row->load;
    kith_change *change;

    if (!import_goes_on(load,
                        kith_store_change(&change, load->store, KITH_QUERY_ENTITY_ADD, load->err)))
        return 0;
    kith_change_integer(change, 1, load->table->space);
    kith_change_text(change, 2, row->values[0].text);
    kith_change_integer(change, 3, row->origin_row);
    kith_change_integer(change, 4, load->batch);
    return import_goes_on(load, kith_change_run(change, NULL, load->err))
               ? kith_store_last_row(load->store)
               : 0;
}

/* Adds a record and counts it; its row, 0 when the hub has it or something failed. */
static int64_t add_record(import_row *row, const unsigned char *digest, uint32_t nth)
{
    import_load *load = row->load;
    const bool entity = import_is_entity(load->table);
    const int64_t entity_row = entity ? add_entity(row) : 0;
    kith_change *change;
    int64_t added = 0;
    int place = 1;

    if (!import_goes_on(load, kith_store_change(&change, load->store, load->table->add, load->err)))
        return 0;
    if (entity)
        kith_change_integer(change, place++, entity_row);
    place = import_bind(change, place, row, entity ? 1 : 0);
    if (digest != NULL) {
        kith_change_bytes(change, place++, digest, KITH_DIGEST_SIZE);
        kith_change_integer(change, place++, nth);
    }
    if (!entity) {
        kith_change_integer(change, place++, row->origin_row);
        kith_change_integer(change, place++, load->batch);
    }
    if (!import_goes_on(load, kith_change_run(change, &added, load->err)))
        return 0;
    load->counts->added += added > 0;
    if (entity)
        import_find(row, entity_row);
    return entity ? entity_row : added > 0 ? kith_store_last_row(load->store) : 0;
}

/* Name and value of all that is not blank, each with its NUL, which no text has inside. */
static void describe(kith_text *out, const import_row *row, const char *role)
{
    const import_table *table = row->load->table;

    kith_text_clear(out);
    kith_text_add_bytes(out, table->name, strlen(table->name) + 1);
    for (int i = 0; i < table->column_count; i++) {
        const char *text = row->values[i].text;
        if (role != NULL && table->columns[i].type == COLUMN_TEXT &&
            strcmp(table->columns[i].name, "role") == 0)
            text = role;
        if (text[0] == '\0')
            continue;
        kith_text_add_bytes(out, table->columns[i].name, strlen(table->columns[i].name) + 1);
        kith_text_add_bytes(out, text, strlen(text) + 1);
    }
    kith_text_add_bytes(out, kith_text_string(&row->extra), row->extra.size + 1);
    for (int i = 0; i < ORIGIN_FIELDS; i++)
        kith_text_add_bytes(out, row->origin_text[i], strlen(row->origin_text[i]) + 1);
}

bool import_digest(unsigned char digest[KITH_DIGEST_SIZE], const import_row *row, const char *role)
{
    import_load *load = row->load;

    describe(&load->scratch, row, role);
    if (load->scratch.failed)
        return import_goes_on(load, kith_no_memory(load->err));
    crypto_generichash(digest, KITH_DIGEST_SIZE, (const unsigned char *)load->scratch.data,
                       load->scratch.size, NULL, 0);
    return true;
}

/* Which of its equals in this load a row is. In a fresh hub the first of them went in
 * without being counted. */
static bool count_equals(uint32_t *nth, import_load *load, const unsigned char *digest)
{
    if (!kith_tally_add(nth, &load->tally, digest))
        return import_goes_on(load, kith_no_memory(load->err));
    *nth += load->fresh;
    return true;
}

static void write_by_digest(import_row *row)
{
    import_load *load = row->load;
    unsigned char digest[KITH_DIGEST_SIZE];
    uint32_t nth;

    if (!import_digest(digest, row, NULL) || (load->fresh && add_record(row, digest, 1) > 0) ||
        load->status != KITH_OK)
        return;
    if (count_equals(&nth, load, digest) && add_record(row, digest, nth) == 0)
        load->counts->same++;
}

/* Adds a participation and counts it; false when the hub has it or something failed. */
static bool add_participation(import_row *row, const char *role, uint32_t nth)
{
    import_load *load = row->load;
    kith_change *change;
    int64_t added = 0;

    if (!import_goes_on(load, kith_store_change(&change, load->store, load->table->add, load->err)))
        return false;
    kith_change_integer(change, 1, row->values[0].integer);
    kith_change_integer(change, 2, row->values[1].integer);
    kith_change_integer(change, 3, word_row(load, role));
    kith_change_text(change, 4, row_value(row, "conviction_ref")->text);
    kith_change_text(change, 5, kith_text_string(&row->extra));
    kith_change_integer(change, 6, nth);
    kith_change_integer(change, 7, row->origin_row);
    kith_change_integer(change, 8, load->batch);
    import_goes_on(load, kith_change_run(change, &added, load->err));
    load->counts->added += added > 0;
    return added > 0;
}

static void write_participation(import_row *row, const char *role)
{
    import_load *load = row->load;
    unsigned char digest[KITH_DIGEST_SIZE];
    uint32_t nth;

    if ((load->fresh && add_participation(row, role, 1)) || load->status != KITH_OK)
        return;
    if (import_digest(digest, row, role) && count_equals(&nth, load, digest) &&
        !add_participation(row, role, nth))
        load->counts->same++;
}

/* Makes an id known: with its row, or as refused. */
static void know_id(import_row *row, int64_t record)
{
    import_load *load = row->load;
    kith_idmap_entry *entry =
        kith_idmap_put(&load->ids, (uint8_t)load->table->space, row->values[0].text);

    if (entry == NULL) {
        import_goes_on(load, kith_no_memory(load->err));
        return;
    }
    entry->row = record;
    entry->line = (uint32_t)row->line;
    entry->file = (uint16_t)load->file;
}

static void write_by_id(import_row *row)
{
    import_load *load = row->load;
    unsigned char digest[KITH_DIGEST_SIZE];
    const kith_idmap_entry *entry =
        kith_idmap_find(&load->ids, (uint8_t)load->table->space, row->values[0].text);

    if (entry != NULL && entry->row != REFUSED_ROW) {
        import_known(row, entry);
    } else if (entry == NULL && import_only_known(load)) {
        char quoted[SHOWN_SIZE];
        row_error(row, load->table->columns[0].name,
                  "%s is not known, and this section only adds to known records; load it first or with this",
                  shown(quoted, row->values[0].text));
    } else if (entry == NULL && load->table->identity == BY_ID_OR_DIGEST) {
        if (import_digest(digest, row, NULL))
            know_id(row, add_record(row, digest, 1));
    } else if (entry == NULL) {
        know_id(row, add_record(row, NULL, 0));
    }
}

void import_write(import_row *row)
{
    import_load *load = row->load;
    const import_table *table = load->table;
    const char *roles[2];
    const int role_count = table->identity == BY_PARTICIPATION ? import_roles(row, roles) : 0;
    const bool has_id =
        table->identity == BY_ID || (table->identity == BY_ID_OR_DIGEST && !row->values[0].missing);

    if (row->faulty) {
        if (has_id && row->values[0].text[0] != '\0' &&
            kith_idmap_find(&load->ids, (uint8_t)table->space, row->values[0].text) == NULL)
            know_id(row, REFUSED_ROW);
        return;
    }
    import_origin_row(row);
    if (load->status != KITH_OK)
        return;
    for (int i = 0; i < role_count; i++)
        write_participation(row, roles[i]);
    if (has_id)
        write_by_id(row);
    else if (role_count == 0)
        write_by_digest(row);
}
