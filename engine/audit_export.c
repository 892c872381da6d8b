/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit_export.c: the whole audit log with its chain, for who has no key of the hub. */
#include <sodium.h>
#include <string.h>

#include "audit_private.h"

static void add_columns(kith_table *table)
{
    static const char *const texts[] = { "at", "user", "act", "what", "to", "why", "why_seal", "ids" };

    kith_table_column(table, "seq", KITH_CELL_INTEGER);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        kith_table_column(table, texts[i], KITH_CELL_TEXT);
    kith_table_column(table, "changes", KITH_CELL_INTEGER);
    kith_table_column(table, "before", KITH_CELL_TEXT);
    kith_table_column(table, "hash", KITH_CELL_TEXT);
}

static void add_hex(kith_table *table, kith_text *digits, const void *bytes, size_t size)
{
    kith_text_clear(digits);
    char *room = kith_text_room(digits, 2 * size + 1);

    if (room != NULL)
        kith_table_text(table, sodium_bin2hex(room, 2 * size + 1, bytes, size));
}

static void add_row(kith_table *table, kith_text *digits, const audit_record *record, const audit_hash before)
{
    kith_table_integer(table, record->seq);
    kith_table_text(table, record->at);
    kith_table_text(table, record->user);
    kith_table_text(table, audit_act_word(record));
    kith_table_text(table, record->what);
    kith_table_text(table, record->to);
    kith_table_text(table, record->why);
    add_hex(table, digits, record->why_seal, AUDIT_HASH);
    add_hex(table, digits, record->ids, record->ids_size);
    if (record->changes >= 0)
        kith_table_integer(table, record->changes);
    else
        kith_table_missing(table);
    add_hex(table, digits, before, AUDIT_HASH);
    add_hex(table, digits, record->hash, AUDIT_HASH);
}

kith_status kith_audit_export(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    audit_head head = { 0 };
    audit_hash before;
    audit_record record;
    kith_rows *rows;
    kith_text digits = { 0 };

    *table = (kith_table){ .title = "Audit log with its chain", .empty = "nothing is in the log" };
    add_columns(table);
    kith_status status = audit_read_head(&head, store, view, err);
    if (status == KITH_OK)
        status = kith_store_read_all(&rows, store, view, KITH_QUERY_AUDIT_ALL, err);
    if (status != KITH_OK)
        return status;
    audit_root(before, head.seed);
    while (kith_rows_next(rows)) {
        audit_read_record(&record, rows);
        add_row(table, &digits, &record, before);
        memcpy(before, record.hash, AUDIT_HASH);
    }
    status = kith_rows_end(rows, err);
    if (status == KITH_OK)
        status = kith_text_status(&digits, err);
    kith_text_free(&digits);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
