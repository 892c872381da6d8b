/* SPDX-License-Identifier: GPL-3.0-or-later */
/* info.c: `kith info`: how much the hub holds, of which period, from whom. */
#include "commands.h"

static kith_status read_figures(kith_table *table, kith_call *call, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, call->store, &call->view, KITH_QUERY_INFO, err);

    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows)) {
        kith_table_text(table, kith_rows_text(rows, 0));
        kith_table_text(table, kith_rows_text(rows, 1));
    }
    return kith_rows_end(rows, err);
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };

    kith_table_column(&table, "key", KITH_CELL_TEXT);
    kith_table_column(&table, "value", KITH_CELL_TEXT);
    kith_status status = read_figures(&table, call, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

const kith_command command_info = {
    .name = "info",
    .summary = "counts, the period covered, sources, the last import",
    .operands = "",
    .hub = HUB_READ,
    .about = "Counts are of records, not of people counted once: records that may be one person are two.",
    .example = "kith info --format csv",
    .run = run,
};
