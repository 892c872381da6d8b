/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit_private.h: the chain that the files of the audit log share. */
#ifndef KITH_AUDIT_PRIVATE_H
#define KITH_AUDIT_PRIVATE_H

#include "kith/audit.h"

enum { AUDIT_HASH = 32, AUDIT_DIGEST = 16, AUDIT_SEED = 32 };

typedef unsigned char audit_hash[AUDIT_HASH];

/* One entry as the log holds it; texts and ids are the holder's. */
typedef struct audit_record {
    int64_t seq;
    const char *at, *user;
    int act;
    const char *what, *to, *why; /* why NULL: emptied by an erasure */
    audit_hash why_seal;
    const void *ids;
    size_t ids_size;
    int64_t changes; /* -1: the act changed nothing */
    audit_hash hash;
} audit_record;

/* The end of the chain. */
typedef struct audit_head {
    int64_t entries, changes;
    audit_hash hash;
    unsigned char seed[AUDIT_SEED];
} audit_head;

/** What the entry's hash is when it follows one whose hash was `before`. */
void audit_chain(audit_hash hash, const audit_hash before, const audit_record *record);

/** The seal of a purpose; seed keeps it from being guessed. */
void audit_seal_why(audit_hash seal, const char *why, const unsigned char seed[AUDIT_SEED]);

/** The digest that names a record. */
void audit_digest(unsigned char digest[AUDIT_DIGEST], const char *id,
                  const unsigned char seed[AUDIT_SEED]);

/** What the first entry follows: the digest of nothing, under the log's own seed. */
void audit_root(audit_hash root, const unsigned char seed[AUDIT_SEED]);

kith_status audit_read_head(audit_head *head, kith_store *store, const kith_view *view,
                            kith_error *err);

/** "collection" ...; "unknown" for what no act is. */
const char *audit_act_word(const audit_record *record);

/** The row that a reading of audit_all stands on; valid until the next. */
void audit_read_record(audit_record *record, kith_rows *rows);

#endif
