/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_held.c: the records of a hub in memory that only networks are read from.
 *
 * A load packs its rows (kith/waiting.h) for SQLite to unpack, put in order and pack again, and a
 * network has them unpacked once more. Where nothing but networks is asked, what networks read of
 * the rows is kept as it comes: cells of four bytes, row after row, and beside them the texts. The
 * few statements that networks read with are answered from them, each by a list of which values its
 * columns are. SQLite keeps the rest, and may not read the tables that it has not: a statement that
 * would is refused, never answered as if they were empty (kith_store_wants_tables). */
#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"
#include "waiting_private.h"

typedef enum held_table {
    HELD_ENTITY,
    HELD_PERSON,
    HELD_LOCATION,
    HELD_GROUPING,
    HELD_OBJECT,
    HELD_EVENT,
    HELD_PARTICIPATION,
    HELD_LINK,
    HELD_TABLES
} held_table;

static const struct { const char *name; kith_query add; } tables[HELD_TABLES] = {
    [HELD_ENTITY] = { "entity", KITH_QUERY_ENTITY_ADD },
    [HELD_PERSON] = { "person", KITH_QUERY_PERSON_ADD },
    [HELD_LOCATION] = { "location", KITH_QUERY_LOCATION_ADD },
    [HELD_GROUPING] = { "grouping", KITH_QUERY_GROUPING_ADD },
    [HELD_OBJECT] = { "object", KITH_QUERY_OBJECT_ADD },
    [HELD_EVENT] = { "event", KITH_QUERY_EVENT_ADD },
    [HELD_PARTICIPATION] = { "participation", KITH_QUERY_PARTICIPATION_FIRST },
    [HELD_LINK] = { "link", KITH_QUERY_LINK_ADD },
};

/* A column of a reading: the row's number, or a value of the row, counted from 1, and what it is read
 * as; perhaps of the row of its entity. */
enum {
    THE_ROW = 0,
    VALUE = 0x0f,
    WHOLE = 0x10,  /* a whole number from 0; 0: missing */
    REAL = 0x20,   /* two cells; NAN: missing */
    WORDS = 0x30,  /* where the text begins; "" is missing too */
    GIVEN = 0x40,  /* whether it is a text of any length */
    READ_AS = 0x70,
    OF_ENTITY = 0x80,
    COLUMNS = 11
};

static const struct { kith_query query; held_table table; unsigned char columns[COLUMNS]; } readings[] = {
    { KITH_QUERY_PERSON_ALL, HELD_PERSON,
      { WHOLE | 1, OF_ENTITY | WORDS | 2, WORDS | 2, WORDS | 4, OF_ENTITY | WHOLE | 3 } },
    { KITH_QUERY_LOCATION_ALL, HELD_LOCATION,
      { WHOLE | 1, OF_ENTITY | WORDS | 2, WORDS | 2, WHOLE | 3, REAL | 4, REAL | 5, REAL | 6, REAL | 7,
        OF_ENTITY | WHOLE | 3 } },
    { KITH_QUERY_GROUP_ALL, HELD_GROUPING,
      { WHOLE | 1, OF_ENTITY | WORDS | 2, WORDS | 2, WHOLE | 3, OF_ENTITY | WHOLE | 3 } },
    { KITH_QUERY_OBJECT_ALL, HELD_OBJECT,
      { WHOLE | 1, OF_ENTITY | WORDS | 2, WORDS | 3, WHOLE | 2, OF_ENTITY | WHOLE | 3 } },
    { KITH_QUERY_EVENT_ALL, HELD_EVENT,
      { THE_ROW, WORDS | 1, WHOLE | 2, WORDS | 3, WORDS | 4, WHOLE | 5, WHOLE | 6, WHOLE | 9 } },
    { KITH_QUERY_PARTICIPATION_FROM, HELD_PARTICIPATION, { WHOLE | 1, WHOLE | 2, WHOLE | 3, WHOLE | 7, WORDS | 4 } },
    { KITH_QUERY_LINK_ALL, HELD_LINK,
      { THE_ROW, WORDS | 1, WHOLE | 2, WHOLE | 3, WHOLE | 4, WORDS | 5, REAL | 6, WORDS | 7, WORDS | 8, GIVEN | 9,
        WHOLE | 14 } },
};

enum { READINGS = sizeof readings / sizeof readings[0] };

/* Statements whose answer has no row here: nothing was there before the load; of the events each
 * is read, so that no older day is left to ask for; and who contests a record needs the tables. */
static const kith_query empty[] = { KITH_QUERY_ENTITY_IDS, KITH_QUERY_EVENT_IDS, KITH_QUERY_LINK_IDS,
                                    KITH_QUERY_EVENT_DAY_BEFORE, KITH_QUERY_CONTEST_RECORDS };

enum { EMPTY = sizeof empty / sizeof empty[0] };

enum { WIDTH_MOST = 2 * COLUMNS };

struct held_rows {
    uint32_t *cells; /* width of each row */
    size_t count, room;
    unsigned width;
    unsigned char read_as[KITH_WAITING_VALUES + 1], cell[KITH_WAITING_VALUES + 1]; /* of each value, from 1 */
    uint32_t row[WIDTH_MOST]; /* under way */
    bool too_large;           /* a value in it is larger than cells are */
    bool in_order;            /* of the first value */
    kith_text *texts;
};
typedef struct held_rows held_rows;

struct held_reading {
    const unsigned char *columns; /* NULL: no row */
    const held_rows *rows, *entities;
    const char *texts;
    size_t next;
    const uint32_t *cells, *of_entity; /* of the row in hand */
};

struct store_held {
    held_rows of[HELD_TABLES];
    kith_text texts; /* each with its NUL; the first is "" */
    struct held_reading reading[READINGS + EMPTY];
    int64_t last_row; /* of the last change; 0: SQLite's */
    bool wants_tables;
};

/* Which values of its table, and of the entities, a reading needs. */
static void plan_reading(struct store_held *held, size_t reading)
{
    for (int c = 0; c < COLUMNS; c++) {
        const int column = readings[reading].columns[c], value = column & VALUE;
        held_rows *of = &held->of[(column & OF_ENTITY) != 0 ? HELD_ENTITY : readings[reading].table];
        if (column == THE_ROW || of->read_as[value] != 0)
            continue;
        of->read_as[value] = (unsigned char)(column & READ_AS);
        of->cell[value] = (unsigned char)of->width;
        of->width += (column & READ_AS) == REAL ? 2 : 1;
        assert(of->width <= WIDTH_MOST);
    }
}

/* Room for one row more. */
static bool grow(held_rows *rows)
{
    if (rows->count < rows->room)
        return true;
    const size_t room = rows->room == 0 ? 1024 : rows->room * 2;
    uint32_t *grown = realloc(rows->cells, room * rows->width * sizeof *grown);
    if (grown == NULL)
        return false;
    rows->cells = grown;
    rows->room = room;
    return true;
}

static void set_number(held_rows *rows, int place, double number)
{
    memcpy(&rows->row[rows->cell[place]], &number, sizeof number);
}

static void set_cell(held_rows *rows, int place, uint64_t value)
{
    rows->too_large |= value > UINT32_MAX;
    rows->row[rows->cell[place]] = (uint32_t)value;
}

void kith_held_missing_at(held_rows *rows, int place)
{
    if (rows->read_as[place] == REAL)
        set_number(rows, place, NAN);
    else if (rows->read_as[place] != 0)
        set_cell(rows, place, 0);
}

void kith_held_integer_at(held_rows *rows, int place, int64_t value)
{
    if (rows->read_as[place] == WHOLE)
        set_cell(rows, place, (uint64_t)value);
    else
        kith_held_missing_at(rows, place);
}

void kith_held_number_at(held_rows *rows, int place, double value)
{
    assert(rows->read_as[place] == REAL);
    set_number(rows, place, value);
}

void kith_held_text_at(held_rows *rows, int place, const char *text)
{
    const unsigned read_as = rows->read_as[place];

    if (read_as == GIVEN) {
        set_cell(rows, place, text[0] != '\0');
    } else if (read_as == WORDS && text[0] != '\0') {
        set_cell(rows, place, rows->texts->size);
        kith_text_add_bytes(rows->texts, text, strlen(text) + 1);
    } else {
        kith_held_missing_at(rows, place);
    }
}

static held_table table_of(kith_query query)
{
    int table = 0;

    while (table < HELD_TABLES && tables[table].add != query)
        table++;
    return (held_table)table;
}

bool kith_store_holds(const kith_store *store, kith_query query)
{
    return store->held != NULL && table_of(query) != HELD_TABLES;
}

bool kith_held_keeps_text(const held_rows *rows, int place)
{
    return rows->read_as[place] == WORDS || rows->read_as[place] == GIVEN;
}

void kith_store_hold_rows(kith_waiting *rows, kith_store *store, kith_query query)
{
    assert(kith_store_holds(store, query) && rows->count == 0 && rows->under_way == 0);
    rows->held = &store->held->of[table_of(query)];
}

kith_status kith_store_held_row(kith_waiting *rows, kith_store *store, kith_error *err)
{
    held_rows *to = rows->held;

    rows->under_way = 0;
    if (to->too_large) {
        store->held->wants_tables = true;
        return kith_fail(err, KITH_INTERNAL, "the rows are too many to be held");
    }
    if (!grow(to) || to->texts->failed)
        return kith_no_memory(err);
    uint32_t *cells = &to->cells[to->count * to->width];
    memcpy(cells, to->row, to->width * sizeof *cells);
    to->in_order = to->count == 0 || (to->in_order && cells[0] >= cells[0 - (ptrdiff_t)to->width]);
    store->held->last_row = (int64_t)++to->count;
    return KITH_OK;
}

int64_t kith_held_last_row(const kith_store *store)
{
    return store->held != NULL ? store->held->last_row : 0;
}

void kith_held_changed(kith_store *store)
{
    if (store->held != NULL)
        store->held->last_row = 0;
}

/* Statements may read only what SQLite has. */
static int permit(void *held, int action, const char *table, const char *column, const char *database,
                  const char *trigger)
{
    for (int i = 0; action == SQLITE_READ && i < HELD_TABLES; i++)
        if (strcmp(table, tables[i].name) == 0) {
            ((struct store_held *)held)->wants_tables = true;
            return SQLITE_DENY;
        }
    return kith_store_permit(NULL, action, table, column, database, trigger);
}

kith_status kith_held_begin(kith_store *store, kith_error *err)
{
    store->held = calloc(1, sizeof *store->held);
    if (store->held == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < READINGS; i++)
        plan_reading(store->held, i);
    for (int t = 0; t < HELD_TABLES; t++)
        store->held->of[t].texts = &store->held->texts;
    kith_text_add_char(&store->held->texts, '\0');
    sqlite3_set_authorizer(store->db, permit, store->held);
    return kith_text_status(&store->held->texts, err);
}

void kith_held_free(kith_store *store)
{
    for (int t = 0; store->held != NULL && t < HELD_TABLES; t++)
        free(store->held->of[t].cells);
    if (store->held != NULL)
        kith_text_free(&store->held->texts);
    free(store->held);
    store->held = NULL;
}

bool kith_store_wants_tables(const kith_store *store)
{
    return store != NULL && store->held != NULL && store->held->wants_tables;
}

static int by_first(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

/* Participations are asked for in the order of their events, which is that of most loads. */
static void put_in_order(held_rows *rows)
{
    if (!rows->in_order)
        qsort(rows->cells, rows->count, rows->width * sizeof *rows->cells, by_first);
    rows->in_order = true;
}

bool kith_held_read(kith_status *status, kith_rows *rows, kith_store *store, kith_query query,
                    kith_error *err)
{
    struct store_held *held = store->held;
    struct held_reading *r = NULL;

    for (size_t i = 0; held != NULL && i < READINGS; i++)
        if (readings[i].query == query) {
            r = &held->reading[i];
            *r = (struct held_reading){ .columns = readings[i].columns,
                                        .rows = &held->of[readings[i].table],
                                        .entities = &held->of[HELD_ENTITY],
                                        .texts = held->texts.data };
            if (query == KITH_QUERY_PARTICIPATION_FROM)
                put_in_order(&held->of[HELD_PARTICIPATION]);
        }
    for (size_t i = 0; held != NULL && i < EMPTY; i++)
        if (empty[i] == query) {
            r = &held->reading[READINGS + i];
            *r = (struct held_reading){ .columns = NULL };
        }
    if (r == NULL)
        return false;
    *status = KITH_OK;
    if (r->columns == NULL && query != KITH_QUERY_EVENT_DAY_BEFORE && query != KITH_QUERY_CONTEST_RECORDS &&
        (held->of[HELD_ENTITY].count > 0 || held->of[HELD_EVENT].count > 0)) {
        held->wants_tables = true;
        *status = kith_fail(err, KITH_INTERNAL, "a second load is asked of rows that are held");
        return true;
    }
    rows->store = store;
    rows->held = r;
    rows->code = SQLITE_ROW;
    rows->under_way = true;
    return true;
}

static const uint32_t *cells_of(const held_rows *rows, size_t row)
{
    return &rows->cells[row * rows->width];
}

void kith_held_bind(kith_rows *rows, const char *name, int64_t value)
{
    struct held_reading *r = rows->held;
    size_t high = r->rows->count;

    assert(strcmp(name, "first") == 0);
    (void)name;
    while (r->next < high) {
        const size_t middle = r->next + (high - r->next) / 2;
        if (cells_of(r->rows, middle)[0] < value)
            r->next = middle + 1;
        else
            high = middle;
    }
}

bool kith_held_next(kith_rows *rows)
{
    struct held_reading *r = rows->held;

    if (r->columns == NULL || r->next == r->rows->count) {
        rows->code = SQLITE_DONE;
        return false;
    }
    r->cells = cells_of(r->rows, r->next++);
    if ((r->columns[1] & OF_ENTITY) != 0)
        r->of_entity = cells_of(r->entities, r->cells[0] - 1);
    return true;
}

/* Where the row in hand has a column. */
static const uint32_t *cell_at(const struct held_reading *r, int column)
{
    const unsigned value = r->columns[column] & VALUE;

    return (r->columns[column] & OF_ENTITY) != 0 ? &r->of_entity[r->entities->cell[value]]
                                                 : &r->cells[r->rows->cell[value]];
}

int64_t kith_held_integer(const kith_rows *rows, int column)
{
    const struct held_reading *r = rows->held;

    return r->columns[column] == THE_ROW ? (int64_t)r->next /* rows count from 1 */ : *cell_at(r, column);
}

double kith_held_number(const kith_rows *rows, int column)
{
    double number;

    memcpy(&number, cell_at(rows->held, column), sizeof number);
    return number == number ? number : 0;
}

bool kith_held_missing(const kith_rows *rows, int column)
{
    double number;

    assert((rows->held->columns[column] & READ_AS) == REAL);
    memcpy(&number, cell_at(rows->held, column), sizeof number);
    return number != number;
}

const char *kith_held_text(const kith_rows *rows, int column)
{
    return rows->held->texts + *cell_at(rows->held, column);
}
