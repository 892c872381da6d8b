/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_csv.c: any bytes as a CSV file. Every record has the header's fields, in UTF-8, on a
 * line that ascends; and a file that is whole had no fault of form. */
#include <string.h>

#include "fuzz.h"
#include "kith/csv.h"
#include "kith/text.h"

typedef struct sight {
    size_t columns, last_line;
    bool header;
} sight;

static void look(sight *seen, const kith_csv_record *record)
{
    MUST(record->line > seen->last_line);
    seen->last_line = record->line;
    for (size_t i = 0; i < record->count; i++)
        MUST(kith_utf8_valid(record->fields[i], strlen(record->fields[i])));
}

static bool header(void *context, const kith_csv_record *record)
{
    sight *seen = context;

    MUST(!seen->header);
    MUST(record->count >= 1 && record->count <= KITH_CSV_COLUMN_MAX);
    seen->header = true;
    seen->columns = record->count;
    look(seen, record);
    return true;
}

static bool row(void *context, const kith_csv_record *record)
{
    sight *seen = context;

    MUST(seen->header && record->count == seen->columns);
    look(seen, record);
    return true;
}

static void fault(void *context, size_t line, const char *message)
{
    (void)context;
    MUST(line >= 1 && message[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sight seen = { 0 };
    const kith_csv_handler handler = { &seen, header, row, fault };
    bool whole;

    if (size == 0)
        return 0;
    FILE *in = fmemopen((void *)data, size, "r");
    MUST(in != NULL);
    MUST(kith_csv_read(&whole, in, &handler, NULL) == KITH_OK);
    MUST(!whole || seen.header);
    fclose(in);
    return 0;
}
