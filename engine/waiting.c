/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waiting.c: rows packed in memory.
 *
 * A value is a letter for its type and its bytes; a text has its size before it and a NUL
 * behind. */
#include "waiting_private.h"

#include <assert.h>
#include <string.h>

static void add_value(kith_waiting *rows, char type, const void *bytes, size_t size)
{
    char *at = kith_text_room(&rows->bytes, 1 + size);

    rows->under_way++;
    if (at == NULL)
        return;
    *at = type;
    memcpy(at + 1, bytes, size);
    rows->bytes.size += 1 + size;
}

void kith_waiting_integer(kith_waiting *rows, int64_t value)
{
    if (rows->held != NULL)
        kith_held_integer_at(rows->held, ++rows->under_way, value);
    else
        add_value(rows, WAITING_INTEGER, &value, sizeof value);
}

void kith_waiting_number(kith_waiting *rows, double value)
{
    if (rows->held != NULL)
        kith_held_number_at(rows->held, ++rows->under_way, value);
    else
        add_value(rows, WAITING_NUMBER, &value, sizeof value);
}

void kith_waiting_missing(kith_waiting *rows)
{
    if (rows->held != NULL)
        kith_held_missing_at(rows->held, ++rows->under_way);
    else
        add_value(rows, WAITING_MISSING, "", 0);
}

/* A value whose size is not known from its type. */
static void add_sized(kith_waiting *rows, char type, const void *bytes, uint32_t size)
{
    char *at = kith_text_room(&rows->bytes, 1 + sizeof size + size + 1);

    rows->under_way++;
    if (at == NULL)
        return;
    *at = type;
    memcpy(at + 1, &size, sizeof size);
    memcpy(at + 1 + sizeof size, bytes, size);
    at[1 + sizeof size + size] = '\0';
    rows->bytes.size += 1 + sizeof size + size + 1;
}

void kith_waiting_text(kith_waiting *rows, const char *text)
{
    if (rows->held != NULL)
        kith_held_text_at(rows->held, ++rows->under_way, text);
    else if (text[0] == '\0')
        add_value(rows, WAITING_EMPTY, "", 0);
    else
        add_sized(rows, WAITING_TEXT, text, (uint32_t)strlen(text));
}

void kith_waiting_bytes(kith_waiting *rows, const void *bytes, size_t size)
{
    if (rows->held != NULL)
        rows->under_way++; /* no network reads them */
    else
        add_sized(rows, WAITING_BYTES, bytes, (uint32_t)size);
}

void kith_waiting_end(kith_waiting *rows)
{
    assert(rows->under_way <= KITH_WAITING_VALUES && (rows->count == 0 || rows->under_way == rows->values));
    rows->values = rows->under_way;
    rows->under_way = 0;
    rows->count++;
}

void kith_waiting_clear(kith_waiting *rows)
{
    kith_text_clear(&rows->bytes);
    kith_text_clear(&rows->same);
    rows->count = 0;
    rows->under_way = 0;
}

void kith_waiting_free(kith_waiting *rows)
{
    kith_text_free(&rows->bytes);
    kith_text_free(&rows->same);
    *rows = (kith_waiting){ 0 };
}

const char *kith_waiting_after(const char *value)
{
    uint32_t size;

    switch (*value) {
    case WAITING_INTEGER:
        return value + 1 + sizeof(int64_t);
    case WAITING_NUMBER:
        return value + 1 + sizeof(double);
    case WAITING_TEXT:
    case WAITING_BYTES:
        memcpy(&size, value + 1, sizeof size);
        return value + 1 + sizeof size + size + 1;
    default:
        return value + 1;
    }
}

const char *kith_waiting_value(const char *row, int n)
{
    for (; n > 0; n--)
        row = kith_waiting_after(row);
    return row;
}

size_t kith_waiting_same_count(const kith_waiting *rows)
{
    return rows->same.size / sizeof(size_t);
}

const char *kith_waiting_same(const kith_waiting *rows, size_t index, size_t *size)
{
    size_t at;

    memcpy(&at, rows->same.data + index * sizeof at, sizeof at);
    const char *row = rows->bytes.data + at;
    *size = (size_t)(kith_waiting_value(row, rows->values) - row);
    return row;
}

void kith_waiting_again(kith_waiting *rows, int values, const char *row, size_t size, int place,
                        int64_t value)
{
    const size_t at = rows->bytes.size, skip = (size_t)(kith_waiting_value(row, place - 1) - row);

    assert(row[skip] == WAITING_INTEGER);
    kith_text_add_bytes(&rows->bytes, row, size);
    if (!rows->bytes.failed)
        memcpy(rows->bytes.data + at + skip + 1, &value, sizeof value);
    rows->under_way = values;
    kith_waiting_end(rows);
}
