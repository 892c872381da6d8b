/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_plain.c: rows of which there is nothing to tell, on a short way.
 *
 * Where the store holds rows as they come (store_held.c), most rows of a large load need no more
 * than to be looked at: ids that are known, or new; words that have been met; dates as they are
 * written; an origin like one before. Such a row goes from its fields into its cells. All else (a
 * blank where there may be none, an unknown id, whatever would be told or refused, a form that is
 * not the canonical one) is not for here: the row goes the long way, which also learns the words and
 * origins that are found again here. So this file knows when there is nothing to tell, and never tells. */
#include <stdlib.h>
#include <string.h>

#include "import_private.h"
#include "kith/date.h"
#include "waiting_private.h"

enum { WORDS = 64, ORIGINS = 256, WORD_SIZE = 28, ORIGIN_SIZE = 72, DATES = 2, REFS = 2 };

/* A word met before; its entry of the id map. */
typedef struct met_word {
    char text[WORD_SIZE];
    uint32_t entry; /* index + 1; 0: none */
} met_word;

/* Fields of an origin, each with its NUL, and the row that keeps it. */
typedef struct met_origin {
    char fields[ORIGIN_SIZE];
    uint32_t size; /* 0: none */
    int64_t row;
} met_origin;

/* A column of the file that needs to be looked at, and which value of the row it is. */
typedef struct plain_column {
    const table_column *is;
    int place, value;
    unsigned plain_as; /* of a word: what it must have been found to be */
    bool kept;         /* as a text */
} plain_column;

struct import_plain {
    bool usable; /* for the file under way */
    plain_column columns[TABLE_COLUMNS_MAX];
    int count;
    int origin_value; /* of an entity's record that of its entity */
    met_word words[WORDS];
    met_origin origins[ORIGINS];
};

/* The row under way, as far as it has been looked at. */
typedef struct plain_row {
    import_row *row;
    kith_waiting *to;
    kith_time dates[DATES]; /* the first and the last, of tables that have both */
    int date_count;
    uint32_t refs[REFS];
    int ref_count;
    int64_t origin;
} plain_row;

struct import_plain *import_plain_new(void)
{
    return calloc(1, sizeof(struct import_plain));
}

void import_plain_free(struct import_plain *plain)
{
    free(plain);
}

/* What a word of a column must have been found to be, for there to be nothing to tell of it. */
static unsigned plain_as(const import_table *table, int column)
{
    if (table->identity == BY_PARTICIPATION && column == PART_ROLE)
        return PLAIN_ROLE;
    if (table->columns[column].type != COLUMN_WORD)
        return 0;
    return 1u << table->columns[column].words |
           (table->columns[column].words == KITH_LINK_WORD ? PLAIN_LINK : 0);
}

static int values_before_origin(const import_table *table)
{
    const bool digest = table->identity == BY_DIGEST || table->identity == BY_ID_OR_DIGEST;

    return table->column_count + 1 /* the attributes */ +
           (table->identity == BY_PARTICIPATION ? 1 : digest ? 2 : 0);
}

void import_plain_header(import_row *row)
{
    import_load *load = row->load;
    const import_table *table = load->table;
    struct import_plain *plain = load->plain;

    if (plain == NULL)
        return;
    memset(plain->origins, 0, sizeof plain->origins); /* each table notes which sources gave it rows */
    plain->usable = load->fresh && load->section == NULL && row->extra_count == 0 &&
                    (table->identity != BY_PARTICIPATION || row->place[PART_ROLE] >= 0) &&
                    kith_store_holds(load->store, table->first) && load->status == KITH_OK;
    plain->count = 0;
    plain->origin_value = values_before_origin(table) + 1;
    if (!plain->usable)
        return;
    const kith_waiting *to = import_row_begin(load, table->first);
    for (int i = 0; i < table->column_count; i++) {
        const unsigned as = plain_as(table, i);
        const bool kept = as == 0 && kith_held_keeps_text(to->held, i + 1);
        kith_held_missing_at(to->held, i + 1);
        if (row->place[i] < 0 && (table->columns[i].flags & FILLED) != 0)
            plain->usable = false;
        if (row->place[i] < 0 || (table->columns[i].type == COLUMN_TEXT && as == 0 && !kept &&
                                  (table->columns[i].flags & FILLED) == 0))
            continue;
        plain->columns[plain->count++] = (plain_column){ &table->columns[i], row->place[i], i + 1, as, kept };
    }
}

/* The row of a word that has been met, and of which there is nothing to tell; 0 otherwise. */
static int64_t row_of_word(import_load *load, unsigned as, const char *text)
{
    const size_t size = strlen(text);
    met_word *met = &load->plain->words[(size * 5 + (unsigned char)text[0] * 3u +
                                         (size > 0 ? (unsigned char)text[size - 1] : 0u)) % WORDS];

    if (size >= WORD_SIZE)
        return 0;
    if (met->entry == 0 || memcmp(met->text, text, size + 1) != 0) {
        const kith_idmap_entry *found = kith_idmap_find(&load->ids, SPACE_WORD, text);
        if (found == NULL)
            return 0;
        memcpy(met->text, text, size + 1);
        met->entry = (uint32_t)(found - load->ids.entries) + 1;
    }
    const kith_idmap_entry *entry = &load->ids.entries[met->entry - 1];
    return (entry->file & as) == as && entry->row > 0 ? entry->row : 0;
}

static bool look_at_date(plain_row *p, const table_column *column, const char *field)
{
    kith_time time;

    if (p->date_count == DATES || !import_date_is_plain(&time, column, field, p->row->load->today))
        return false;
    p->dates[p->date_count++] = time;
    return true;
}

/* A number of one digit. */
static bool look_at_digit(const plain_row *p, const plain_column *c, const char *field)
{
    const int digit = field[0] - '0';

    kith_held_integer_at(p->to->held, c->value, digit);
    return digit >= 0 && digit <= 9 && field[1] == '\0' && digit >= c->is->low && digit <= c->is->high;
}

static bool look_at_ref(plain_row *p, const plain_column *c)
{
    const import_load *load = p->row->load;
    const uint32_t index = load->ahead[c->value - 1][p->row->nth_ahead];

    if (index == 0 || p->ref_count == REFS || load->ids.entries[index - 1].row <= 0)
        return false;
    p->refs[p->ref_count++] = index;
    kith_held_integer_at(p->to->held, c->value, load->ids.entries[index - 1].row);
    return true;
}

/* Whether there is nothing to tell of a field. What is no text is in its cell then. */
static bool look_at_field(plain_row *p, const plain_column *c, const char *field)
{
    int64_t word;

    if (field[0] == '\0') {
        kith_held_missing_at(p->to->held, c->value);
        return (c->is->flags & FILLED) == 0 && c->plain_as != PLAIN_ROLE;
    }
    if (c->plain_as != 0) {
        word = row_of_word(p->row->load, c->plain_as, field);
        kith_held_integer_at(p->to->held, c->value, word);
        return word != 0;
    }
    switch (c->is->type) {
    case COLUMN_ID:
        return (c->is->flags & MISSING_IS_NULL) == 0 && import_id_is_plain(field);
    case COLUMN_TEXT:
        return true;
    case COLUMN_DATE:
    case COLUMN_TIME:
        return look_at_date(p, c->is, field);
    case COLUMN_INTEGER:
        return look_at_digit(p, c, field);
    case COLUMN_REF:
        return look_at_ref(p, c);
    default:
        return false;
    }
}

/* The origin's fields as they stand in the row; their size, 0 when they are too long. */
static size_t write_fields(char out[ORIGIN_SIZE], const import_row *row)
{
    size_t size = 0;

    for (int i = 0; i < ORIGIN_COLUMNS; i++) {
        if (row->origin_place[i] < 0)
            continue;
        const char *field = row->fields[row->origin_place[i]];
        const size_t more = strlen(field) + 1;
        if (size + more > ORIGIN_SIZE)
            return 0;
        memcpy(out + size, field, more);
        size += more;
    }
    return size;
}

static met_origin *place_of_origin(struct import_plain *plain, const char *fields, size_t size)
{
    uint32_t hash = 0;

    for (size_t i = 0; i < size; i++)
        hash = hash * 31 + (unsigned char)fields[i];
    return &plain->origins[hash % ORIGINS];
}

static int64_t find_origin(const import_row *row)
{
    char fields[ORIGIN_SIZE];

    if (!row->has_origin)
        return row->origin_row;
    const size_t size = write_fields(fields, row);
    const met_origin *met = place_of_origin(row->load->plain, fields, size);
    return size > 0 && met->size == size && memcmp(met->fields, fields, size) == 0 ? met->row : 0;
}

void import_plain_origin(const import_row *row)
{
    char fields[ORIGIN_SIZE];

    if (row->load->plain == NULL || !row->load->plain->usable || !row->has_origin)
        return;
    const size_t size = write_fields(fields, row);
    if (size == 0)
        return;
    met_origin *met = place_of_origin(row->load->plain, fields, size);
    memcpy(met->fields, fields, size);
    met->size = (uint32_t)size;
    met->row = row->origin_row;
}

/* Whether the fields of a row say something of each other. */
static bool fields_agree(const plain_row *p)
{
    if (p->ref_count == REFS && p->refs[0] == p->refs[1])
        return false; /* a link to itself */
    return p->date_count < DATES || !import_ends_before(&p->dates[0], &p->dates[1]);
}

/* Makes the id of a row known, which must be new; its row, 0 when it was known. */
static int64_t know_new_id(import_row *row, const char *id)
{
    import_load *load = row->load;
    const import_table *table = load->table;
    kith_idmap_entry *entry = kith_idmap_put(&load->ids, (uint8_t)table->space, id);

    if (entry == NULL)
        import_goes_on(load, kith_no_memory(load->err));
    if (entry == NULL || entry->row != 0)
        return 0;
    entry->row = ++load->newest[import_is_entity(table) ? SPACE_NONE : table->space];
    entry->line = (uint32_t)row->line;
    entry->file = (uint16_t)load->file;
    return entry->row;
}

/* An entity's row: its kind, its id, where it comes from. */
static bool add_entity(const plain_row *p, const char *id)
{
    import_load *load = p->row->load;
    kith_waiting *to = import_row_begin(load, KITH_QUERY_ENTITY_ADD);

    kith_waiting_integer(to, load->table->space);
    kith_waiting_text(to, id);
    kith_waiting_integer(to, p->origin);
    return import_row_end(load, 0, 0, false);
}

static void add_texts(const plain_row *p, const struct import_plain *plain)
{
    for (int i = 0; i < plain->count; i++)
        if (plain->columns[i].kept)
            kith_held_text_at(p->to->held, plain->columns[i].value, p->row->fields[plain->columns[i].place]);
}

/* Writes a row that has been looked at. False: it is about a known record. */
static bool write(plain_row *p)
{
    import_load *load = p->row->load;
    const import_table *table = load->table;
    int64_t record = 0;

    if (table->identity == BY_ID) {
        const char *id = p->row->fields[p->row->place[0]];
        record = know_new_id(p->row, id);
        if (record == 0)
            return load->status != KITH_OK;
        if (import_is_entity(table) && !add_entity(p, id))
            return true;
        p->to = import_row_begin(load, table->first);
    }
    add_texts(p, load->plain);
    if (import_is_entity(table))
        kith_held_integer_at(p->to->held, 1, record);
    else
        kith_held_integer_at(p->to->held, load->plain->origin_value, p->origin);
    import_row_end(load, 0, 0, true);
    return true;
}

bool import_plain_row(import_row *row)
{
    const struct import_plain *plain = row->load->plain;
    plain_row p = { .row = row };

    if (plain == NULL || !plain->usable || (p.origin = find_origin(row)) == 0)
        return false;
    p.to = import_row_begin(row->load, row->load->table->first);
    for (int i = 0; i < plain->count; i++)
        if (!look_at_field(&p, &plain->columns[i], row->fields[plain->columns[i].place]))
            return false;
    return fields_agree(&p) && write(&p);
}
