/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit_verify.c: whether the audit log is as it was written. */
#include <stdio.h>
#include <string.h>

#include "audit_private.h"
#include "audit_head.h"

typedef struct verifier {
    kith_table *table;
    const unsigned char *seed;
    audit_hash before;   /* what the next entry must follow */
    int64_t seq, changes; /* of the last entry, and of the last change */
    const audit_signed *earlier; /* NULL: none was given */
    bool reached; /* the earlier head's entry was passed */
} verifier;

static void fault(verifier *v, int64_t seq, const char *sentence)
{
    kith_table_integer(v->table, seq);
    kith_table_text(v->table, sentence);
}

static void check_order(verifier *v, const audit_record *record)
{
    char sentence[128];

    if (record->seq != v->seq + 1) {
        snprintf(sentence, sizeof sentence, "entry %lld follows entry %lld: what was between is cut",
                 (long long)record->seq, (long long)v->seq);
        fault(v, record->seq, sentence);
    }
    if (record->changes < 0)
        return;
    /* the log begins anywhere, when it was lost; a change may have several entries */
    if (v->changes >= 0 && record->changes > v->changes + 1)
        fault(v, record->seq, "the hub was changed before this entry without one in the log");
    if (record->changes < v->changes && strcmp(record->what, KITH_AUDIT_RESTORE) != 0)
        fault(v, record->seq, "the hub was an older copy than the log when this entry was made");
    v->changes = record->changes;
}

static void check_hashes(verifier *v, const audit_record *record)
{
    audit_hash hash, seal;

    audit_chain(hash, v->before, record);
    if (memcmp(hash, record->hash, AUDIT_HASH) != 0)
        fault(v, record->seq, "this entry, or the one before it, is not as it was written");
    if (record->why != NULL) {
        audit_seal_why(seal, record->why, v->seed);
        if (memcmp(seal, record->why_seal, AUDIT_HASH) != 0)
            fault(v, record->seq, "the purpose of this entry is not as it was written");
    }
    memcpy(v->before, record->hash, AUDIT_HASH);
}

static bool is_whole(const audit_record *record)
{
    return record->at != NULL && record->user != NULL && record->what != NULL && record->to != NULL;
}

static void check_earlier(verifier *v)
{
    if (v->earlier == NULL || v->seq != v->earlier->entries)
        return;
    v->reached = true;
    if (memcmp(v->before, v->earlier->hash, AUDIT_HASH) != 0)
        fault(v, v->seq, "the log up to here is not the one that was signed");
}

static void check_end(verifier *v, const audit_head *head, kith_store *store)
{
    char sentence[128];

    if (v->seq != head->entries || memcmp(v->before, head->hash, AUDIT_HASH) != 0) {
        snprintf(sentence, sizeof sentence, "the log ends with entry %lld and says that %lld were written",
                 (long long)v->seq, (long long)head->entries);
        fault(v, v->seq, sentence);
    }
    if (v->earlier != NULL && !v->reached)
        fault(v, v->seq, "the log is shorter than the one that was signed");
    if (kith_audit_noticed(store) != NULL)
        fault(v, v->seq, kith_audit_noticed(store));
}

static kith_status read_all(verifier *v, kith_store *store, const kith_view *view, kith_error *err)
{
    audit_record record;
    kith_rows *rows;
    const kith_status status = kith_store_read_all(&rows, store, view, KITH_QUERY_AUDIT_ALL, err);

    if (status != KITH_OK)
        return status;
    check_earlier(v);
    while (kith_rows_next(rows)) {
        audit_read_record(&record, rows);
        if (!is_whole(&record)) {
            fault(v, record.seq, "this entry lacks a field");
            continue;
        }
        check_order(v, &record);
        check_hashes(v, &record);
        v->seq = record.seq;
        check_earlier(v);
    }
    return kith_rows_end(rows, err);
}

kith_status kith_audit_verify(kith_table *table, kith_store *store, const kith_view *view,
                              const char *head_text, kith_error *err)
{
    audit_signed earlier;
    audit_head head = { 0 };
    verifier v = { .table = table, .changes = -1, .earlier = head_text != NULL ? &earlier : NULL };
    kith_status status = KITH_OK;

    *table = (kith_table){ .title = "Faults of the audit log", .empty = "the log is as it was written" };
    kith_table_column(table, "seq", KITH_CELL_INTEGER);
    kith_table_column(table, "fault", KITH_CELL_TEXT);
    if (head_text != NULL)
        status = audit_signed_read(&earlier, head_text, err);
    if (status == KITH_OK)
        status = audit_read_head(&head, store, view, err);
    if (status != KITH_OK)
        return status;
    v.seed = head.seed;
    audit_root(v.before, head.seed);
    status = read_all(&v, store, view, err);
    if (status != KITH_OK)
        return status;
    check_end(&v, &head, store);
    kith_table_fact(table, "entries", "%lld", (long long)v.seq);
    if (v.earlier != NULL)
        kith_table_fact(table, "signed", "%lld entries, by %s, at %s", (long long)earlier.entries,
                        earlier.key_text, earlier.at);
    return kith_table_status(table, err);
}
