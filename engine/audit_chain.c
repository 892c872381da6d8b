/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit_chain.c: the hashes of the audit log (BLAKE2b by libsodium).
 *
 * Every field goes in with its length before it, so that no two entries read alike. */
#include <sodium.h>
#include <string.h>

#include "audit_private.h"

static void add_number(crypto_generichash_state *state, int64_t number)
{
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    crypto_generichash_update(state, bytes, sizeof bytes);
}

static void add_bytes(crypto_generichash_state *state, const void *bytes, size_t size)
{
    add_number(state, (int64_t)size);
    if (size > 0)
        crypto_generichash_update(state, bytes, size);
}

static void add_text(crypto_generichash_state *state, const char *text)
{
    add_bytes(state, text, strlen(text));
}

void audit_chain(audit_hash hash, const audit_hash before, const audit_record *record)
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, before, AUDIT_HASH, AUDIT_HASH);
    add_number(&state, record->seq);
    add_text(&state, record->at);
    add_text(&state, record->user);
    add_number(&state, record->act);
    add_text(&state, record->what);
    add_text(&state, record->to);
    add_bytes(&state, record->why_seal, AUDIT_HASH);
    add_bytes(&state, record->ids, record->ids_size);
    add_number(&state, record->changes);
    crypto_generichash_final(&state, hash, AUDIT_HASH);
}

void audit_seal_why(audit_hash seal, const char *why, const unsigned char seed[AUDIT_SEED])
{
    crypto_generichash(seal, AUDIT_HASH, (const unsigned char *)why, strlen(why), seed, AUDIT_SEED);
}

void audit_digest(unsigned char digest[AUDIT_DIGEST], const char *id,
                  const unsigned char seed[AUDIT_SEED])
{
    crypto_generichash(digest, AUDIT_DIGEST, (const unsigned char *)id, strlen(id), seed, AUDIT_SEED);
}

void audit_root(audit_hash root, const unsigned char seed[AUDIT_SEED])
{
    audit_seal_why(root, "", seed);
}
