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
    kith_idmap_entry *entry = kith_idmap_find(&load->ids, SPACE_WORD, word);

    if (entry == NULL)
        entry = kith_idmap_put(&load->ids, SPACE_WORD, word);
    if (entry == NULL) {
        import_goes_on(load, kith_no_memory(load->err));
        return 0;
    }
    if (entry->row == 0 && import_settle(load) &&
        import_goes_on(load,
                       kith_store_change(&change, load->store, KITH_QUERY_WORD_ADD, load->err))) {
        kith_change_text(change, 1, word);
        if (import_goes_on(load, kith_change_run(change, NULL, load->err)))
            entry->row = kith_store_last_row(load->store);
    }
    return entry->row;
}

bool import_is_plain(import_load *load, unsigned as, const char *word)
{
    const kith_idmap_entry *entry = kith_idmap_find(&load->ids, SPACE_WORD, word);

    return entry != NULL && (entry->file & as) != 0;
}

void import_found_plain(import_load *load, unsigned as, const char *word)
{
    kith_idmap_entry *entry = kith_idmap_find(&load->ids, SPACE_WORD, word);

    if (entry != NULL)
        entry->file |= (uint16_t)as;
}

void import_words(import_row *row)
{
    const import_table *table = row->load->table;

    for (int i = 0; i < table->column_count; i++)
        if (table->columns[i].type == COLUMN_WORD && !row->values[i].missing)
            row->values[i].integer = word_row(row->load, row->values[i].text);
}

static void add_value(kith_waiting *to, const import_row *row, int column)
{
    const table_column *is = &row->load->table->columns[column];
    const import_value *value = &row->values[column];
    const bool is_text = is->type != COLUMN_WORD && is->type != COLUMN_INTEGER &&
                         is->type != COLUMN_REF && is->type != COLUMN_NUMBER;

    if (value->missing && (!is_text || (is->flags & MISSING_IS_NULL) != 0))
        kith_waiting_missing(to);
    else if (is_text)
        kith_waiting_text(to, value->text);
    else if (is->type == COLUMN_NUMBER)
        kith_waiting_number(to, value->number);
    else
        kith_waiting_integer(to, value->integer);
}

void import_row_columns(kith_waiting *to, const import_row *row, int column)
{
    for (; column < row->load->table->column_count; column++)
        add_value(to, row, column);
    kith_waiting_text(to, kith_text_string(&row->extra));
}

/* Its row, before it is written. */
static int64_t add_entity(import_row *row)
{
    import_load *load = row->load;
    const int64_t entity = ++load->newest[SPACE_NONE];

    kith_waiting *to = import_row_begin(load, KITH_QUERY_ENTITY_ADD);
    kith_waiting_integer(to, load->table->space);
    kith_waiting_text(to, row->values[0].text);
    kith_waiting_integer(to, row->origin_row);
    kith_waiting_integer(to, load->batch);
    import_row_end(load, entity, 0, false);
    return entity;
}

/* Adds a record, which is counted when it is written; its row, 0 when it has no id. */
static int64_t add_record(import_row *row, const unsigned char *digest, uint32_t nth)
{
    import_load *load = row->load;
    const import_table *table = load->table;
    const bool entity = import_is_entity(table), known = table->identity == BY_ID;
    int64_t record = 0;

    import_words(row);
    if (entity)
        record = add_entity(row);
    else if (known)
        record = ++load->newest[table->space];
    kith_waiting *to = import_row_begin(load, load->fresh ? table->first : table->add);
    if (entity)
        kith_waiting_integer(to, record);
    import_row_columns(to, row, entity ? 1 : 0);
    if (digest != NULL) {
        kith_waiting_bytes(to, digest, KITH_DIGEST_SIZE);
        kith_waiting_integer(to, nth);
    }
    const int nth_place = digest != NULL && load->fresh ? to->under_way : 0;
    if (!entity) {
        kith_waiting_integer(to, row->origin_row);
        kith_waiting_integer(to, load->batch);
    }
    import_row_end(load, entity ? 0 : record, nth_place, true);
    if (entity)
        import_find(row, record);
    return record;
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

    if (kith_store_holds(load->store, load->table->first)) { /* what is held needs no name */
        memset(digest, 0, KITH_DIGEST_SIZE);
        return true;
    }
    describe(&load->scratch, row, role);
    if (load->scratch.failed)
        return import_goes_on(load, kith_no_memory(load->err));
    crypto_generichash(digest, KITH_DIGEST_SIZE, (const unsigned char *)load->scratch.data,
                       load->scratch.size, NULL, 0);
    return true;
}

/* Which of its equals in this load a row is; in a fresh hub the writer counts those that do
 * not go in as the first. */
static bool count_equals(uint32_t *nth, import_load *load, const unsigned char *digest)
{
    *nth = 1;
    return load->fresh || kith_tally_add(nth, &load->tally, digest) ||
           import_goes_on(load, kith_no_memory(load->err));
}

static void write_by_digest(import_row *row)
{
    unsigned char digest[KITH_DIGEST_SIZE];
    uint32_t nth;

    if (import_digest(digest, row, NULL) && count_equals(&nth, row->load, digest))
        add_record(row, digest, nth);
}

static void write_participation(import_row *row, const char *role)
{
    import_load *load = row->load;
    unsigned char digest[KITH_DIGEST_SIZE];
    uint32_t nth;

    if ((!load->fresh && !import_digest(digest, row, role)) || !count_equals(&nth, load, digest))
        return;
    const int64_t word = word_row(load, role);
    kith_waiting *to = import_row_begin(load, load->fresh ? load->table->first : load->table->add);
    kith_waiting_integer(to, row->values[PART_EVENT].integer);
    kith_waiting_integer(to, row->values[PART_PERSON].integer);
    kith_waiting_integer(to, word);
    kith_waiting_text(to, row->values[PART_CONVICTION].text);
    kith_waiting_text(to, kith_text_string(&row->extra));
    kith_waiting_integer(to, nth);
    const int nth_place = load->fresh ? to->under_way : 0;
    kith_waiting_integer(to, row->origin_row);
    kith_waiting_integer(to, load->batch);
    import_row_end(load, 0, nth_place, true);
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
        if (!import_digest(digest, row, NULL) || !import_settle(load))
            return; /* those without an id have rows of their own between, so it goes alone */
        add_record(row, digest, 1);
        if (import_settle(load))
            know_id(row, kith_store_last_row(load->store));
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
