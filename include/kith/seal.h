/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seal.h: a file that only its recipient can open.
 *
 * The recipient makes a key file (`kith key new`), keeps it, and hands out the public key that
 * belongs to it. What is sealed to that public key opens with the key file alone; who sealed
 * it does not open it again, and nothing in it says who that was. A changed byte is noticed:
 * a sealed file opens whole or not at all.
 *
 * A sealed file is the line "kith sealed 1" and libsodium's sealed box (X25519, XSalsa20,
 * Poly1305) of the content. A public key file is one line: "kith-public-1 ", then the key in
 * base64. The pair's seed is a digest of the key file's 32 bytes with a context of its own,
 * so that the same file may open a hub or sign a log as well. */
#ifndef KITH_SEAL_H
#define KITH_SEAL_H

#include "kith/key.h"
#include "kith/text.h"

enum { KITH_PUBLIC_KEY_SIZE = 32 };

typedef struct kith_public_key {
    unsigned char bytes[KITH_PUBLIC_KEY_SIZE];
} kith_public_key;

/** The public key of a key file. KITH_USAGE unless it is a file of `kith key new`. */
kith_status kith_public_key_of(kith_public_key *key, const kith_secret *secret, kith_error *err);

/** Reads a public key file. KITH_IO, KITH_INPUT. */
kith_status kith_public_key_read(kith_public_key *key, const char *path, kith_error *err);

/** Adds its line. */
void kith_public_key_write(kith_text *out, const kith_public_key *key);

/** Adds the sealed content. Cost: linear; the content is in memory twice. */
kith_status kith_seal(kith_text *out, const char *bytes, size_t size, const kith_public_key *to,
                      kith_error *err);

/**
 * Adds what was sealed. KITH_INPUT when it is no sealed file, was changed, or is sealed to
 * another key; nothing is added then.
 */
kith_status kith_unseal(kith_text *out, const char *bytes, size_t size, const kith_secret *secret,
                        kith_error *err);

#endif
