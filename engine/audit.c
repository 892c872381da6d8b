/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit.c: writing the audit log.
 *
 * The log is attached to the hub's own connection, so that a change and its entry are one
 * commit over both files. An entry without a change touches the log alone, and waits for
 * nobody who reads the hub. */
#include "kith/audit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audit_private.h"
#include "kith/date.h"
#include "store_private.h"

enum { AT_SIZE = 32, IDS_MOST = 4 << 20 /* a store's row is 64 MiB at the most */ };

const char *const kith_act_word[KITH_ACT_COUNT] = { "",           "collection",  "alteration",
                                                    "consultation", "disclosure", "combination",
                                                    "erasure" };

static const kith_view any_time = { .user = "", .purpose = "", .audience = "", .all_dates = true };

void kith_audit_describe(kith_store *store, const char *what, const char *why)
{
    store->what = what;
    store->why = why;
}

void kith_audit_act(kith_store *store, kith_act act, const char *detail)
{
    store->act = (int)act;
    snprintf(store->detail, sizeof store->detail, "%s", detail);
}

bool kith_audit_is_kept(const kith_store *store)
{
    return store->logs != LOG_NONE;
}

const char *kith_audit_noticed(const kith_store *store)
{
    return store->noticed;
}

kith_status audit_read_head(audit_head *head, kith_store *store, const kith_view *view,
                            kith_error *err)
{
    kith_rows *rows;

    if (store->logs == LOG_NONE)
        return kith_fail(err, KITH_HUB, "%s.audit: there is no audit log here that can be read", store->path);
    kith_status status = kith_store_read_all(&rows, store, view, KITH_QUERY_AUDIT_HEAD, err);
    size_t hash_size = 0, seed_size = 0;

    if (status != KITH_OK)
        return status;
    if (kith_rows_next(rows)) {
        const void *hash = kith_rows_bytes(rows, 2, &hash_size);
        const void *seed = kith_rows_bytes(rows, 3, &seed_size);
        head->entries = kith_rows_integer(rows, 0);
        head->changes = kith_rows_integer(rows, 1);
        if (hash_size == AUDIT_HASH && seed_size == AUDIT_SEED) {
            memcpy(head->hash, hash, AUDIT_HASH);
            memcpy(head->seed, seed, AUDIT_SEED);
        }
    }
    status = kith_rows_end(rows, err);
    if (status == KITH_OK && (hash_size != AUDIT_HASH || seed_size != AUDIT_SEED))
        status = kith_fail(err, KITH_HUB, "%s.audit: the audit log is damaged; put back a backup",
                           store->path);
    return status;
}

static kith_status read_changes(int64_t *changes, kith_store *store, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read_all(&rows, store, &any_time, KITH_QUERY_CHANGE_COUNT, err);

    if (status != KITH_OK)
        return status;
    if (kith_rows_next(rows))
        *changes = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, err);
}

/* Takes the next entry's place, then reads the end of the chain: nobody else can move it. */
static kith_status take_place(audit_head *head, kith_store *store, kith_error *err)
{
    kith_change *lock;
    kith_status status = kith_store_change(&lock, store, KITH_QUERY_AUDIT_LOCK, err);

    if (status == KITH_OK)
        status = kith_change_run(lock, NULL, err);
    return status == KITH_OK ? audit_read_head(head, store, &any_time, err) : status;
}

static kith_status write_record(kith_store *store, const audit_record *record, kith_error *err)
{
    kith_change *add, *advance;
    kith_status status = kith_store_change(&add, store, KITH_QUERY_AUDIT_ADD, err);

    if (status == KITH_OK)
        status = kith_store_change(&advance, store, KITH_QUERY_AUDIT_ADVANCE, err);
    if (status != KITH_OK)
        return status;
    kith_change_integer(add, 1, record->seq);
    kith_change_text(add, 2, record->at);
    kith_change_text(add, 3, record->user);
    kith_change_integer(add, 4, record->act);
    kith_change_text(add, 5, record->what);
    kith_change_text(add, 6, record->to);
    kith_change_text(add, 7, record->why);
    kith_change_bytes(add, 8, record->why_seal, AUDIT_HASH);
    kith_change_bytes(add, 9, record->ids, record->ids_size);
    if (record->changes >= 0)
        kith_change_integer(add, 10, record->changes);
    kith_change_bytes(add, 11, record->hash, AUDIT_HASH);
    status = kith_change_run(add, NULL, err);
    if (record->changes >= 0)
        kith_change_integer(advance, 1, record->changes);
    kith_change_bytes(advance, 2, record->hash, AUDIT_HASH);
    return status == KITH_OK ? kith_change_run(advance, NULL, err) : status;
}

/* The digests of the entry's ids; at least one byte, so that none is an empty value. */
static unsigned char *digests_of(const kith_audit_entry *entry, const audit_head *head)
{
    unsigned char *digests = malloc(entry->id_count * AUDIT_DIGEST + 1);

    for (size_t i = 0; digests != NULL && i < entry->id_count; i++)
        audit_digest(digests + i * AUDIT_DIGEST, entry->ids[i], head->seed);
    return digests;
}

static kith_status add_inside(kith_store *store, const kith_audit_entry *entry, bool changes,
                              kith_error *err)
{
    const time_t now = (time_t)kith_now();
    char at[AT_SIZE];
    audit_head head = { 0 };
    audit_record record = { .at = at, .user = store->user, .act = entry->act, .what = entry->what,
                            .to = entry->to != NULL ? entry->to : "",
                            .why = entry->why != NULL ? entry->why : "", .changes = -1,
                            .ids_size = entry->id_count * AUDIT_DIGEST };
    struct tm utc;
    kith_status status = take_place(&head, store, err);

    if (status == KITH_OK && changes)
        status = read_changes(&record.changes, store, err);
    if (status != KITH_OK)
        return status;
    unsigned char *digests = digests_of(entry, &head);
    if (digests == NULL)
        return kith_no_memory(err);
    gmtime_r(&now, &utc);
    strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &utc);
    record.seq = head.entries;
    record.ids = digests;
    audit_seal_why(record.why_seal, record.why, head.seed);
    audit_chain(record.hash, head.hash, &record);
    status = write_record(store, &record, err);
    free(digests);
    return status;
}

kith_status kith_audit_add(kith_store *store, const kith_audit_entry *entry, kith_error *err)
{
    if (store->logs != LOG_WRITABLE) {
        if (!store->encrypted && !store->changing)
            return KITH_OK; /* an open hub may be read where nothing can be written */
        return kith_fail(err, KITH_HUB, "%s.audit: the audit log cannot be written, and nothing is "
                                        "read or changed without an entry in it; put the hub where "
                                        "you may write", store->path);
    }
    if (entry->id_count > IDS_MOST)
        return kith_fail(err, KITH_INTERNAL, "an audit entry cannot name %zu records", entry->id_count);
    if (store->changing) {
        const kith_status status = add_inside(store, entry, true, err);
        store->logged |= status == KITH_OK;
        return status;
    }
    kith_status status = kith_store_begin_entry(store, err);
    if (status != KITH_OK)
        return status;
    status = add_inside(store, entry, false, err);
    store->logged = status == KITH_OK;
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}

void kith_audit_words(kith_text *what, const kith_store *store)
{
    kith_text_format(what, "%s%s%s", store->what != NULL ? store->what : "change",
                     store->detail[0] != '\0' ? ": " : "", store->detail);
}

/* Whom the change under way is about: texts one after the other, each with a NUL behind it. */
static kith_status gather_ids(kith_text *texts, size_t *count, kith_store *store, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read_all(&rows, store, &any_time, KITH_QUERY_DEED_IDS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", store->deed);
    for (; kith_rows_next(rows); (*count)++) {
        kith_text_add(texts, kith_rows_text(rows, 0));
        kith_text_add_char(texts, '\0');
    }
    return kith_rows_end(rows, err);
}

kith_status kith_audit_of_change(kith_store *store, kith_error *err)
{
    kith_text what = { 0 }, texts = { 0 };
    const char **ids = NULL;
    size_t count = 0;
    kith_status status = gather_ids(&texts, &count, store, err);

    kith_audit_words(&what, store);
    if (status == KITH_OK)
        status = kith_text_status(&what, err);
    if (status == KITH_OK)
        status = kith_text_status(&texts, err);
    if (status == KITH_OK && (ids = malloc((count + 1) * sizeof *ids)) == NULL)
        status = kith_no_memory(err);
    for (size_t i = 0, at = 0; status == KITH_OK && i < count; i++, at += strlen(texts.data + at) + 1)
        ids[i] = texts.data + at;
    if (status == KITH_OK)
        status = kith_audit_add(store,
                                &(kith_audit_entry){ .act = store->act != 0 ? (kith_act)store->act
                                                                            : KITH_AUDIT_ALTERATION,
                                                     .what = what.data,
                                                     .why = store->why,
                                                     .ids = ids,
                                                     .id_count = count },
                                err);
    free(ids);
    kith_text_free(&texts);
    kith_text_free(&what);
    return status;
}

kith_status kith_audit_make(kith_store *store, kith_error *err)
{
    unsigned char seed[AUDIT_SEED];
    audit_hash root;
    kith_change *begin;
    kith_status status = kith_store_change(&begin, store, KITH_QUERY_AUDIT_BEGIN, err);

    if (status != KITH_OK)
        return status;
    randombytes_buf(seed, sizeof seed);
    audit_root(root, seed);
    kith_change_bytes(begin, 1, root, sizeof root);
    kith_change_bytes(begin, 2, seed, sizeof seed);
    return kith_change_run(begin, NULL, err);
}

kith_status kith_audit_look(kith_store *store, kith_error *err)
{
    audit_head head = { 0 };
    int64_t changes = 0;
    kith_status status = audit_read_head(&head, store, &any_time, err);

    if (status == KITH_OK)
        status = read_changes(&changes, store, err);
    if (status != KITH_OK || changes == head.changes)
        return status;
    store->noticed = changes < head.changes
                         ? "the hub is an older copy than its audit log: changes that were made since "
                           "are not in it"
                         : "the audit log is an older copy than the hub, or was missing: entries are "
                           "not in it";
    return KITH_OK;
}
