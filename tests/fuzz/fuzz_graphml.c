/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_graphml.c: any bytes as a GraphML file, read for each of its tables. Every record has
 * the header's fields, in UTF-8, on a line that never goes back; what is whole is whole for
 * each table and has as many rows as were counted, and what is not has one fault. */
#include <string.h>

#include "fuzz.h"
#include "kith/graphml.h"
#include "kith/text.h"

typedef struct sight {
    size_t columns, last_line;
    uint64_t rows;
    bool header, fault;
} sight;

static void look(sight *seen, const kith_csv_record *record)
{
    MUST(!seen->fault && record->line >= 1 && record->line >= seen->last_line);
    seen->last_line = record->line;
    for (size_t i = 0; i < record->count; i++)
        MUST(kith_utf8_valid(record->fields[i], strlen(record->fields[i])));
}

static bool header(void *context, const kith_csv_record *record)
{
    sight *seen = context;

    MUST(!seen->header && record->count >= 4 && record->count <= KITH_CSV_COLUMN_MAX);
    seen->header = true;
    seen->columns = record->count;
    look(seen, record);
    return true;
}

static bool row(void *context, const kith_csv_record *record)
{
    sight *seen = context;

    MUST(seen->header && record->count == seen->columns);
    seen->rows++;
    look(seen, record);
    return true;
}

static void fault(void *context, size_t line, const char *message)
{
    sight *seen = context;

    MUST(!seen->fault && line >= 1 && message[0] != '\0' && kith_utf8_valid(message, strlen(message)));
    seen->fault = true;
}

static void unread(void *context, size_t line, kith_graphml_unread what, const char *message)
{
    (void)context;
    MUST(line >= 1 && what <= KITH_GRAPHML_ROW_LOST && kith_utf8_valid(message, strlen(message)));
}

static bool read_table(uint64_t counts[KITH_GRAPHML_TABLES], kith_graphml_rows rows, const uint8_t *data, size_t size)
{
    sight seen = { 0 };
    const kith_csv_handler handler = { &seen, header, row, fault };
    const kith_graphml_form form = { .rows = rows, .unread = unread };
    bool whole;
    FILE *in = fmemopen((void *)data, size, "r");

    MUST(in != NULL);
    MUST(kith_graphml_read(&whole, counts, in, &form, &handler, NULL) == KITH_OK);
    fclose(in);
    MUST(whole != seen.fault && (!whole || seen.header));
    MUST(!whole || seen.rows == counts[rows]);
    return whole;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t first[KITH_GRAPHML_TABLES], counts[KITH_GRAPHML_TABLES];

    if (size == 0)
        return 0;
    const bool whole = read_table(first, KITH_GRAPHML_NODES, data, size);
    for (int rows = KITH_GRAPHML_EDGES; rows < KITH_GRAPHML_TABLES; rows++) {
        const bool again = read_table(counts, (kith_graphml_rows)rows, data, size);
        if (whole && again)
            MUST(memcmp(first, counts, sizeof counts) == 0);
    }
    return 0;
}
