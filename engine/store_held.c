/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_held.c: the records of a hub in memory that only networks are read from.
 *
 * A load packs its rows (kith/waiting.h) for SQLite to unpack, put in order and pack again, and a
 * network has them unpacked once more. Where nothing but networks is asked, the packed rows are
 * kept as they come, and the few statements that networks read with are answered from them, each
 * by a list of where its columns stand in a row. SQLite keeps the rest, and may not read the
 * tables that it has not: a statement that would is refused, never answered as if they were
 * empty (kith_store_wants_tables). */
#include <assert.h>
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

/* Where a column of a reading stands: a value of the row, from 1; of the row of its entity, from
 * OF_ENTITY + 1; whether a value is a text of any length, from IS_GIVEN + 1; or the row's number. */
enum { THE_ROW = 0, OF_ENTITY = 100, IS_GIVEN = 200, COLUMNS = 11 };

static const struct { kith_query query; held_table table; unsigned char columns[COLUMNS]; } readings[] = {
    { KITH_QUERY_PERSON_ALL, HELD_PERSON, { 1, OF_ENTITY + 2, 2, 4, OF_ENTITY + 3 } },
    { KITH_QUERY_LOCATION_ALL, HELD_LOCATION, { 1, OF_ENTITY + 2, 2, 3, 4, 5, 6, 7, OF_ENTITY + 3 } },
    { KITH_QUERY_GROUP_ALL, HELD_GROUPING, { 1, OF_ENTITY + 2, 2, 3, OF_ENTITY + 3 } },
    { KITH_QUERY_OBJECT_ALL, HELD_OBJECT, { 1, OF_ENTITY + 2, 3, 2, OF_ENTITY + 3 } },
    { KITH_QUERY_EVENT_ALL, HELD_EVENT, { THE_ROW, 1, 2, 3, 4, 5, 6, 9 } },
    { KITH_QUERY_PARTICIPATION_FROM, HELD_PARTICIPATION, { 1, 2, 3, 7, IS_GIVEN + 4 } },
    { KITH_QUERY_LINK_ALL, HELD_LINK, { THE_ROW, 1, 2, 3, 4, 5, 6, 7, 8, IS_GIVEN + 9, 14 } },
};

enum { READINGS = sizeof readings / sizeof readings[0] };

/* Statements whose answer has no row here: nothing was there before the load; of the events each
 * is read, so that no older day is left to ask for; and who contests a record needs the tables. */
static const kith_query empty[] = { KITH_QUERY_ENTITY_IDS, KITH_QUERY_EVENT_IDS, KITH_QUERY_LINK_IDS,
                                    KITH_QUERY_EVENT_DAY_BEFORE, KITH_QUERY_CONTEST_RECORDS };

enum { EMPTY = sizeof empty / sizeof empty[0] };

typedef struct held_rows {
    const char **rows; /* where each begins */
    int values;        /* of each */
    size_t count, room;
    char **pieces; /* that they lie in */
    size_t piece_count, piece_room;
    bool in_order; /* of the first value */
} held_rows;

struct held_reading {
    const unsigned char *columns; /* NULL: no row */
    const held_rows *rows, *entities;
    size_t next;
    const char *values[KITH_WAITING_VALUES], *of_entity[KITH_WAITING_VALUES]; /* of the row in hand */
};

struct store_held {
    held_rows of[HELD_TABLES];
    struct held_reading reading[READINGS + EMPTY];
    int64_t last_row; /* of the last change; 0: SQLite's */
    bool wants_tables;
};

static bool grow(void **list, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return true;
    const size_t wanted = *room == 0 ? 1024 : *room * 2;
    void *grown = realloc(*list, wanted * size);
    if (grown == NULL)
        return false;
    *list = grown;
    *room = wanted;
    return true;
}

static int64_t integer_at(const char *value)
{
    int64_t integer = 0;

    if (*value == WAITING_INTEGER)
        memcpy(&integer, value + 1, sizeof integer);
    return integer;
}

/* Copies rows that would be written: their own room serves the next ones. */
static kith_status hold(held_rows *to, kith_waiting *rows, kith_error *err)
{
    if (!grow((void **)&to->pieces, &to->piece_room, to->piece_count, sizeof *to->pieces))
        return kith_no_memory(err);
    const size_t size = rows->bytes.size;
    char *piece = malloc(size);
    if (piece == NULL)
        return kith_no_memory(err);
    memcpy(piece, rows->bytes.data, size);
    to->pieces[to->piece_count++] = piece;
    to->values = rows->values;
    const char *at = piece, *end = piece + size;
    for (; at < end; at = kith_waiting_value(at, rows->values)) {
        if (!grow((void **)&to->rows, &to->room, to->count, sizeof *to->rows))
            return kith_no_memory(err);
        to->in_order = to->count == 0 ||
                       (to->in_order && integer_at(to->rows[to->count - 1]) <= integer_at(at));
        to->rows[to->count++] = at;
    }
    return KITH_OK;
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

bool kith_held_write(kith_status *status, kith_waiting *rows, kith_store *store, kith_query query,
                     kith_error *err)
{
    if (!kith_store_holds(store, query))
        return false;
    held_rows *to = &store->held->of[table_of(query)];
    *status = hold(to, rows, err);
    store->held->last_row = (int64_t)to->count;
    return true;
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
    sqlite3_set_authorizer(store->db, permit, store->held);
    return KITH_OK;
}

void kith_held_free(kith_store *store)
{
    for (int t = 0; store->held != NULL && t < HELD_TABLES; t++) {
        held_rows *of = &store->held->of[t];
        for (size_t i = 0; i < of->piece_count; i++)
            free(of->pieces[i]);
        free(of->pieces);
        free(of->rows);
    }
    free(store->held);
    store->held = NULL;
}

bool kith_store_wants_tables(const kith_store *store)
{
    return store != NULL && store->held != NULL && store->held->wants_tables;
}

static int by_first(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    const int64_t left = integer_at(x), right = integer_at(y);

    return (left > right) - (left < right);
}

static void unpack(const char **values, const held_rows *of, size_t row)
{
    const char *at = of->rows[row];

    for (int i = 0; i < of->values; i++, at = kith_waiting_after(at))
        values[i] = at;
}

/* Participations are asked for in the order of their events, which is that of most loads. */
static void put_in_order(held_rows *rows)
{
    if (!rows->in_order)
        qsort(rows->rows, rows->count, sizeof *rows->rows, by_first);
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
            *r = (struct held_reading){ .columns = readings[i].columns, .rows = &held->of[readings[i].table] };
            if (readings[i].columns[1] > OF_ENTITY)
                r->entities = &held->of[HELD_ENTITY];
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

void kith_held_bind(kith_rows *rows, const char *name, int64_t value)
{
    struct held_reading *r = rows->held;
    size_t high = r->rows->count;

    assert(strcmp(name, "first") == 0);
    (void)name;
    while (r->next < high) {
        const size_t middle = r->next + (high - r->next) / 2;
        if (integer_at(r->rows->rows[middle]) < value)
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
    unpack(r->values, r->rows, r->next++);
    if (r->entities != NULL)
        unpack(r->of_entity, r->entities, (size_t)integer_at(r->values[0]) - 1);
    return true;
}

static const char *value_at(const kith_rows *rows, int column)
{
    const struct held_reading *r = rows->held;
    const int at = r->columns[column];

    return at > OF_ENTITY ? r->of_entity[at - OF_ENTITY - 1] : r->values[at - 1];
}

int64_t kith_held_integer(const kith_rows *rows, int column)
{
    const struct held_reading *r = rows->held;
    const int at = r->columns[column];

    if (at == THE_ROW)
        return (int64_t)r->next; /* rows count from 1 */
    if (at > IS_GIVEN)
        return *r->values[at - IS_GIVEN - 1] == WAITING_TEXT;
    return integer_at(value_at(rows, column));
}

bool kith_held_missing(const kith_rows *rows, int column)
{
    return *value_at(rows, column) == WAITING_MISSING;
}

double kith_held_number(const kith_rows *rows, int column)
{
    const char *value = value_at(rows, column);
    double number = 0;

    if (*value == WAITING_NUMBER)
        memcpy(&number, value + 1, sizeof number);
    return number;
}

const char *kith_held_text(const kith_rows *rows, int column)
{
    const char *value = value_at(rows, column);

    return *value == WAITING_TEXT ? value + 1 + sizeof(uint32_t) : "";
}
