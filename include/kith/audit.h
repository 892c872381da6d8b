/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit.h: who did what with the hub, and to whom it went (R58).
 *
 * The log is FILE.audit beside the hub, under the same key. Every change of the hub writes an
 * entry in its own commit, or fails; every reading writes one before it reads. An entry is
 * chained to the one before it by a hash, so that an edited, cut or reordered log is found,
 * and where; both files count the hub's changes, so that an older copy of either is found.
 * A head (kith_audit_seal) is the end of the chain, signed with a key that is not in the hub:
 * kept elsewhere, it shows that the log was not written anew since.
 *
 * Records are named by a keyed digest of their id: the log answers who looked at a record, and
 * holds nothing of one that was erased. Purposes are free text and are kept apart from the
 * chain, which holds their seal, so that an erasure can empty them.
 *
 * Times are UTC, to the second. */
#ifndef KITH_AUDIT_H
#define KITH_AUDIT_H

#include "kith/store.h"
#include "kith/table.h"
#include "kith/text.h"

/* The six of the Data Protection Act 2018, section 62. */
typedef enum kith_act {
    KITH_AUDIT_COLLECTION = 1, /* records came in */
    KITH_AUDIT_ALTERATION,
    KITH_AUDIT_CONSULTATION,
    KITH_AUDIT_DISCLOSURE, /* something went out */
    KITH_AUDIT_COMBINATION, /* records were joined, or taken apart */
    KITH_AUDIT_ERASURE
} kith_act;

enum { KITH_ACT_COUNT = 7 }; /* kith_act is 1 to 6 */

/** "collection" ... "erasure"; "" for 0. */
extern const char *const kith_act_word[KITH_ACT_COUNT];

typedef struct kith_audit_entry {
    kith_act act;
    const char *what; /* the command and its choices; nothing that a user typed as free text */
    const char *to;   /* the audience or the recipient; NULL for the user alone */
    const char *why;  /* the purpose; NULL for none */
    const char *const *ids; /* records that it was about, as written (person:P001 is P001) */
    size_t id_count;
} kith_audit_entry;

/**
 * Adds an entry: to the change that is under way, with which it stands or falls; else at
 * once. The user is the store's, the time now. In a change without an entry of its own
 * kith_store_commit adds one, of kith_audit_describe's words.
 *
 * Returns KITH_HUB when the log cannot be written; then the act must not be done. An open
 * hub in a place that cannot be written is read without a log. Cost: a commit of some
 * milliseconds; 25 ns an id.
 */
kith_status kith_audit_add(kith_store *store, const kith_audit_entry *entry, kith_error *err);

/* What an entry says that a restore made: the hub may then be an older copy than the log. */
#define KITH_AUDIT_RESTORE "restore"

/** What the store is used for, for the entry that a commit adds. Both are kept by the caller. */
void kith_audit_describe(kith_store *store, const char *what, const char *why);

/**
 * Which act the change under way is, when it is no alteration, and a few words that are added
 * to what was described ("load 7"). The entry is written by the commit itself, so that a long
 * change does not keep the log from others.
 */
void kith_audit_act(kith_store *store, kith_act act, const char *detail);

/** False for an open hub in a place that cannot be written, which is read without a log. */
bool kith_audit_is_kept(const kith_store *store);

/**
 * What was noticed when the hub was opened (the hub or the log is an older copy, the log was
 * missing), as a sentence; NULL when nothing was.
 */
const char *kith_audit_noticed(const kith_store *store);

typedef struct kith_audit_filter {
    const char *id;   /* only entries about this record; NULL for all */
    const char *user; /* only this user's; NULL for everybody's */
    int act;          /* only this act; 0 for all */
    const char *command; /* only entries of this command; NULL for all */
} kith_audit_filter;

/**
 * Entries of the view's window, the oldest first: seq, at, user, act, what, to, why, records.
 *
 * table  out: free with kith_table_free, also after a failure.
 */
kith_status kith_audit_list(kith_table *table, kith_store *store, const kith_view *view,
                            const kith_audit_filter *filter, kith_error *err);

/**
 * The whole log with its chain, the oldest first, to be checked without the hub or its key:
 *
 *     seq, at, user, act, what, to, why, why_seal, ids, changes, before, hash
 *
 * hash is BLAKE2b (32 bytes, keyed with before) over seq, at, user, the act's number, what, to,
 * why_seal, ids and changes (-1 where missing). A number goes in as 8 bytes, the lowest first; a
 * text, a seal and the ids with their size as such a number before them. Seals, digests and
 * hashes are in hexadecimal. before is the hash of the entry before.
 *
 * table  out: free with kith_table_free, also after a failure.
 */
kith_status kith_audit_export(kith_table *table, kith_store *store, const kith_view *view, kith_error *err);

/**
 * Reads the whole log and tells where it was changed: seq, fault. No row: it is as it was written.
 *
 * head   an earlier head's text (kith_audit_seal), whose entries the log must still hold; or NULL.
 * table  out: free with kith_table_free, also after a failure.
 * Returns KITH_INPUT when the head is not one, or its signature is not by the key it names.
 * Cost: a million entries in about two seconds.
 */
kith_status kith_audit_verify(kith_table *table, kith_store *store, const kith_view *view,
                              const char *head, kith_error *err);

enum { KITH_AUDIT_KEY_SIZE = 32 };

/**
 * Signs the end of the chain (Ed25519): a text of six lines, to be kept where the users of
 * the hub cannot write.
 *
 * key  the seed of the signing key; a file of `kith key new` holds one.
 */
kith_status kith_audit_seal(kith_text *head, kith_store *store, const kith_view *view,
                            const unsigned char key[KITH_AUDIT_KEY_SIZE], kith_error *err);

#endif
