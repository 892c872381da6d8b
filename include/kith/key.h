/* SPDX-License-Identifier: GPL-3.0-or-later */
/* key.h: who can open a hub.
 *
 * A hub is encrypted with a random data key of 256 bits that nobody sees. Beside the
 * hub, FILE.keys holds it wrapped once per user: under a key file or a passphrase.
 * A key file of exactly 32 bytes is taken as a key; any other (at least 16 bytes), and
 * every passphrase, goes through Argon2id with a salt of its own. The wrapping that
 * opens names the user. Adding and revoking rewrite FILE.keys, never the hub; the data
 * key itself is rotated by rewriting the hub.
 *
 * Secrets live in guarded memory (libsodium) and are wiped when freed. */
#ifndef KITH_KEY_H
#define KITH_KEY_H

#include <stddef.h>

#include "kith/error.h"

typedef struct kith_secret kith_secret;   /* a key file's bytes or a passphrase */
typedef struct kith_keyring kith_keyring; /* a data key and its wrappings */

enum { KITH_KEY_FILE_MIN = 16, KITH_KEY_FILE_MAX = 65536 };

/** Reads a key file. KITH_HUB when it is missing, unreadable, or shorter than 16 bytes. */
kith_status kith_secret_from_file(kith_secret **secret, const char *path, kith_error *err);

/** A passphrase; the caller wipes its own copy. KITH_HUB when it is empty. */
kith_status kith_secret_from_passphrase(kith_secret **secret, const char *passphrase,
                                        kith_error *err);
void kith_secret_free(kith_secret *secret);

/* An unlocked secret: what opens one user's wrapping without Argon2id. Whoever holds the bytes
 * can open the hub as that user until the key is revoked or rotated; kept in guarded memory only. */
enum { KITH_UNLOCKED_SIZE = 32 };

/**
 * Unlocks one user's wrapping of hub_path.keys with their key file's bytes or passphrase.
 *
 * unlocked  out: KITH_UNLOCKED_SIZE bytes in guarded memory of the caller's (sodium_malloc).
 * Returns KITH_HUB with one sentence, and after the same work, whether there is no such user or
 * the secret does not open their wrapping.
 */
kith_status kith_secret_unlock(unsigned char *unlocked, const char *hub_path, const char *user,
                               const kith_secret *secret, kith_error *err);

/** A secret of unlocked bytes; the caller wipes its own copy. */
kith_status kith_secret_from_unlocked(kith_secret **secret, const unsigned char *unlocked, kith_error *err);

/** A key file's content that did not come from a file. KITH_HUB for a wrong length. */
kith_status kith_secret_from_bytes(kith_secret **secret, const unsigned char *bytes, size_t size,
                                   kith_error *err);

/** Writes 32 random bytes to a new file of mode 0600. KITH_POLICY when it exists. */
kith_status kith_key_file_create(const char *path, kith_error *err);

/** A new random data key, wrapped for one user. user: 1 to 64 bytes of UTF-8 without control characters. */
kith_status kith_keyring_create(kith_keyring **ring, const char *user, const kith_secret *secret,
                                kith_error *err);
void kith_keyring_free(kith_keyring *ring);

/**
 * Opens hub_path.keys with a secret. KITH_HUB when the file is missing or damaged, or no
 * wrapping opens (one sentence for every reason that concerns the key).
 */
kith_status kith_keyring_open(kith_keyring **ring, const char *hub_path, const kith_secret *secret,
                              kith_error *err);

/**
 * Adds a wrapping for another user. KITH_POLICY when the name is taken, or the secret is
 * another user's already: it could not say who used it.
 */
kith_status kith_keyring_add(kith_keyring *ring, const char *user, const kith_secret *secret,
                             kith_error *err);

/** Puts a new secret in the place of the one that opened the ring. KITH_POLICY when it is in use. */
kith_status kith_keyring_rotate(kith_keyring *ring, const kith_secret *secret, kith_error *err);

/** Takes a user's wrapping away. KITH_NOT_FOUND; KITH_POLICY for the last one. */
kith_status kith_keyring_revoke(kith_keyring *ring, const char *user, kith_error *err);

/** Writes hub_path.keys: to a temporary file, synced, then renamed over the old one. */
kith_status kith_keyring_save(const kith_keyring *ring, const char *hub_path, kith_error *err);

/** The user whose secret opened the ring. */
const char *kith_keyring_user(const kith_keyring *ring);

/* For the store only: the data key, 32 bytes. */
const unsigned char *kith_keyring_data_key(const kith_keyring *ring);

#endif
