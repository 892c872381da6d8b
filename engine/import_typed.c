/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_typed.c: a table that was typed goes the way of any file, and so has its checks, an origin
 * and an undo. */
#include <string.h>

#include "kith/import.h"

/* The first fault in one line. */
static kith_status first_fault(const kith_import_report *report, const char *name, kith_error *err)
{
    for (size_t r = 0; r < kith_table_rows(&report->table); r++) {
        const kith_cell *cells = &report->table.cells[r * report->table.column_count];
        if (strcmp(cells[3].text, "error") == 0)
            return kith_fail(err, KITH_INPUT, "%s: %s", cells[2].text != NULL ? cells[2].text : "",
                             cells[4].text);
    }
    return kith_fail(err, KITH_INPUT, "the rows of %s cannot be stored", name);
}

kith_status kith_import_typed(kith_store *store, const kith_view *view, const char *name,
                              const kith_text *csv, const char *source, kith_error *err)
{
    kith_import_report report = { 0 };
    kith_status status = kith_text_status(csv, err);

    if (status != KITH_OK)
        return status;
    const kith_import_text text = { name, csv->data, csv->size };
    status = kith_import(&report, store, view, NULL, 0,
                         &(kith_import_options){ .texts = &text, .text_count = 1, .source = source }, err);
    if (status == KITH_INPUT)
        status = first_fault(&report, name, err);
    kith_import_report_free(&report);
    return status;
}
