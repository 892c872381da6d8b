/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit_read.c: the audit log as a list. */
#include <string.h>

#include "audit_private.h"

enum { SEQ, AT, USER, ACT, WHAT, TO, WHY, WHY_SEAL, IDS, CHANGES, HASH };

static void copy_hash(audit_hash hash, kith_rows *rows, int column)
{
    size_t size = 0;
    const void *bytes = kith_rows_bytes(rows, column, &size);

    memset(hash, 0, AUDIT_HASH);
    memcpy(hash, size > 0 ? bytes : "", size < AUDIT_HASH ? size : AUDIT_HASH);
}

void audit_read_record(audit_record *record, kith_rows *rows)
{
    *record = (audit_record){
        .seq = kith_rows_integer(rows, SEQ),
        .at = kith_rows_text(rows, AT),
        .user = kith_rows_text(rows, USER),
        .act = (int)kith_rows_integer(rows, ACT),
        .what = kith_rows_text(rows, WHAT),
        .to = kith_rows_text(rows, TO),
        .why = kith_rows_text(rows, WHY),
        .changes = kith_rows_missing(rows, CHANGES) ? -1 : kith_rows_integer(rows, CHANGES),
    };
    record->ids = kith_rows_bytes(rows, IDS, &record->ids_size);
    copy_hash(record->why_seal, rows, WHY_SEAL);
    copy_hash(record->hash, rows, HASH);
}

static bool names(const audit_record *record, const unsigned char digest[AUDIT_DIGEST])
{
    for (size_t at = 0; at + AUDIT_DIGEST <= record->ids_size; at += AUDIT_DIGEST)
        if (memcmp((const unsigned char *)record->ids + at, digest, AUDIT_DIGEST) == 0)
            return true;
    return false;
}

static bool is_of(const audit_record *record, const char *command)
{
    const size_t size = strlen(command);

    return strncmp(record->what, command, size) == 0 && strchr(" :", record->what[size]) != NULL;
}

static bool wanted(const audit_record *record, const kith_audit_filter *filter,
                   const unsigned char digest[AUDIT_DIGEST])
{
    return (filter->id == NULL || names(record, digest)) &&
           (filter->user == NULL || strcmp(filter->user, record->user) == 0) &&
           (filter->act == 0 || filter->act == record->act) &&
           (filter->command == NULL || is_of(record, filter->command));
}

const char *audit_act_word(const audit_record *record)
{
    return record->act > 0 && record->act < KITH_ACT_COUNT ? kith_act_word[record->act] : "unknown";
}

static void add_row(kith_table *table, const audit_record *record)
{
    kith_table_integer(table, record->seq);
    kith_table_text(table, record->at);
    kith_table_text(table, record->user);
    kith_table_text(table, audit_act_word(record));
    kith_table_text(table, record->what);
    kith_table_text(table, record->to);
    kith_table_text(table, record->why);
    kith_table_integer(table, (int64_t)(record->ids_size / AUDIT_DIGEST));
}

static void add_columns(kith_table *table)
{
    kith_table_column(table, "seq", KITH_CELL_INTEGER);
    kith_table_column(table, "at", KITH_CELL_TEXT);
    kith_table_column(table, "user", KITH_CELL_TEXT);
    kith_table_column(table, "act", KITH_CELL_TEXT);
    kith_table_column(table, "what", KITH_CELL_TEXT);
    kith_table_column(table, "to", KITH_CELL_TEXT);
    kith_table_column(table, "why", KITH_CELL_TEXT);
    kith_table_column(table, "records", KITH_CELL_INTEGER);
}

kith_status kith_audit_list(kith_table *table, kith_store *store, const kith_view *view,
                            const kith_audit_filter *filter, kith_error *err)
{
    unsigned char digest[AUDIT_DIGEST] = { 0 };
    audit_head head = { 0 };
    audit_record record;
    kith_rows *rows;

    *table = (kith_table){ .title = "Audit log", .empty = "nothing is in the log for these days" };
    add_columns(table);
    kith_status status = audit_read_head(&head, store, view, err);
    if (status == KITH_OK)
        status = kith_store_read_all(&rows, store, view, KITH_QUERY_AUDIT_WINDOW, err);
    if (status != KITH_OK)
        return status;
    if (filter->id != NULL)
        audit_digest(digest, filter->id, head.seed);
    while (kith_rows_next(rows)) {
        audit_read_record(&record, rows);
        if (wanted(&record, filter, digest))
            add_row(table, &record);
    }
    status = kith_rows_end(rows, err);
    kith_table_note(table, "Times are UTC. records is how many records the act was about; --id ID asks for "
                           "those about one. A missing why was emptied by an erasure.");
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
