/* SPDX-License-Identifier: GPL-3.0-or-later */
/* key_private.h: what the files about keys share. */
#ifndef KITH_KEY_PRIVATE_H
#define KITH_KEY_PRIVATE_H

#include <sodium.h>
#include <stdbool.h>
#include <sys/types.h>

#include "kith/key.h"
#include "kith/text.h"

enum {
    KITH_KEY_SIZE = 32,
    KITH_KEY_NAME_MAX = 64,
    KITH_SEALED_SIZE = KITH_KEY_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    KITH_NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    KITH_SALT_SIZE = crypto_pwhash_SALTBYTES
};

#define KITH_KEYS_FIRST_LINE "kith-keys 1"

struct kith_secret {
    unsigned char *bytes; /* guarded */
    size_t size;
    bool raw; /* is a key, not the start of one */
    bool unlocked; /* is what seals a wrapping, whatever it was made of */
};

/* One user's line of FILE.keys. */
typedef struct kith_wrapping {
    bool raw;
    unsigned long long ops;
    size_t memory;
    unsigned char salt[KITH_SALT_SIZE];
    unsigned char nonce[KITH_NONCE_SIZE];
    unsigned char sealed[KITH_SEALED_SIZE];
    char name[KITH_KEY_NAME_MAX + 1];
} kith_wrapping;

struct kith_keyring {
    unsigned char *data_key; /* guarded */
    kith_wrapping *wrappings;
    size_t count;
    char user[KITH_KEY_NAME_MAX + 1];
};

/** Starts libsodium; it may be started already. */
kith_status kith_key_ready(kith_error *err);

/** Reads up to room bytes of a file; -1 with errno on failure. */
ssize_t kith_key_read(const char *path, void *bytes, size_t room);

/** True for 1 to 64 bytes of UTF-8 without control characters (U+0000-001F, 007F-009F). */
bool kith_key_name_valid(const char *name, size_t size);

/** Adds a copy of the wrapping to the ring. */
kith_status kith_keyring_keep(kith_keyring *ring, const kith_wrapping *wrapping, kith_error *err);

/** hub_path.keys. */
kith_status kith_keys_path(kith_text *path, const char *hub_path, kith_error *err);

/** Reads FILE.keys into an empty ring. KITH_HUB when it is missing or damaged. */
kith_status kith_keys_read(kith_keyring *ring, const char *path, kith_error *err);

#endif
