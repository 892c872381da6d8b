/* SPDX-License-Identifier: GPL-3.0-or-later */
/* key.c: one data key, wrapped once for each user.
 *
 * A wrapping is the data key sealed by XChaCha20-Poly1305 under the user's own key: a key
 * file of 32 bytes as it is, or 32 bytes that Argon2id makes of anything else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "key_private.h"

enum { VOUCHED_SIZE = 256 };

/* 0.14 s and 64 MiB a try. */
static const unsigned long long argon_ops = 3;
static const size_t argon_memory = 64u << 20;

/* What the sealing vouches for beside the key: the format and the rest of the line. */
static size_t associated(char out[VOUCHED_SIZE], const kith_wrapping *w)
{
    char salt[2 * KITH_SALT_SIZE + 1];

    sodium_bin2hex(salt, sizeof salt, w->salt, sizeof w->salt);
    return (size_t)snprintf(out, VOUCHED_SIZE, "%s\n%s %llu %zu %s %s", KITH_KEYS_FIRST_LINE,
                            w->raw ? "raw" : "argon2id", w->ops, w->memory, salt, w->name);
}

/* The key that seals a wrapping, in guarded memory; NULL when there is no memory for it. */
static unsigned char *wrapping_key(const kith_wrapping *w, const kith_secret *secret)
{
    unsigned char *key = sodium_malloc(KITH_KEY_SIZE);

    if (key == NULL)
        return NULL;
    if (w->raw || secret->unlocked) {
        memcpy(key, secret->bytes, KITH_KEY_SIZE);
        return key;
    }
    if (crypto_pwhash(key, KITH_KEY_SIZE, (const char *)secret->bytes, secret->size, w->salt, w->ops,
                      w->memory, crypto_pwhash_ALG_ARGON2ID13) == 0)
        return key;
    sodium_free(key);
    return NULL;
}

static kith_status wrap(kith_wrapping *w, const unsigned char *data_key, const char *user,
                        const kith_secret *secret, kith_error *err)
{
    char vouched[VOUCHED_SIZE];

    if (!kith_key_name_valid(user, strlen(user)))
        return kith_fail(err, KITH_USAGE, "the name of a key's user is not 1 to %d bytes of UTF-8 "
                                          "without control characters; give another",
                         KITH_KEY_NAME_MAX);
    *w = (kith_wrapping){ .raw = secret->raw,
                     .ops = secret->raw ? 0 : argon_ops,
                     .memory = secret->raw ? 0 : argon_memory };
    memcpy(w->name, user, strlen(user) + 1);
    randombytes_buf(w->salt, sizeof w->salt);
    randombytes_buf(w->nonce, sizeof w->nonce);
    unsigned char *key = wrapping_key(w, secret);
    if (key == NULL)
        return kith_no_memory(err);
    crypto_aead_xchacha20poly1305_ietf_encrypt(w->sealed, NULL, data_key, KITH_KEY_SIZE,
                                               (const unsigned char *)vouched,
                                               associated(vouched, w), NULL, w->nonce, key);
    sodium_free(key);
    return KITH_OK;
}

/* KITH_NOT_FOUND without a sentence when the secret does not open this one. */
static kith_status unwrap(unsigned char *data_key, const kith_wrapping *w, const kith_secret *secret,
                          kith_error *err)
{
    char vouched[VOUCHED_SIZE];

    if (!secret->unlocked && w->raw != secret->raw)
        return KITH_NOT_FOUND;
    unsigned char *key = wrapping_key(w, secret);
    if (key == NULL)
        return kith_no_memory(err);
    const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
        data_key, NULL, NULL, w->sealed, KITH_SEALED_SIZE, (const unsigned char *)vouched,
        associated(vouched, w), w->nonce, key);
    sodium_free(key);
    return refused ? KITH_NOT_FOUND : KITH_OK;
}

static kith_status make_ring(kith_keyring **ring, kith_error *err)
{
    *ring = NULL;
    kith_status status = kith_key_ready(err);
    if (status != KITH_OK)
        return status;
    kith_keyring *made = calloc(1, sizeof *made);
    if (made == NULL)
        return kith_no_memory(err);
    made->data_key = sodium_malloc(KITH_KEY_SIZE);
    if (made->data_key == NULL) {
        free(made);
        return kith_no_memory(err);
    }
    *ring = made;
    return KITH_OK;
}

kith_status kith_keyring_keep(kith_keyring *ring, const kith_wrapping *w, kith_error *err)
{
    kith_wrapping *more = realloc(ring->wrappings, (ring->count + 1) * sizeof *more);

    if (more == NULL)
        return kith_no_memory(err);
    ring->wrappings = more;
    ring->wrappings[ring->count++] = *w;
    return KITH_OK;
}

kith_status kith_keyring_create(kith_keyring **ring, const char *user, const kith_secret *secret,
                                kith_error *err)
{
    kith_wrapping w;
    kith_status status = make_ring(ring, err);

    if (status != KITH_OK)
        return status;
    randombytes_buf((*ring)->data_key, KITH_KEY_SIZE);
    status = wrap(&w, (*ring)->data_key, user, secret, err);
    if (status == KITH_OK)
        status = kith_keyring_keep(*ring, &w, err);
    if (status != KITH_OK) {
        kith_keyring_free(*ring);
        *ring = NULL;
        return status;
    }
    memcpy((*ring)->user, w.name, sizeof w.name);
    return KITH_OK;
}

void kith_keyring_free(kith_keyring *ring)
{
    if (ring == NULL)
        return;
    sodium_free(ring->data_key);
    free(ring->wrappings);
    free(ring);
}

/* Tries the wrappings in turn. */
static kith_status open_ring(kith_keyring *ring, const kith_secret *secret, const char *path,
                             kith_error *err)
{
    for (size_t i = 0; i < ring->count; i++) {
        const kith_status status = unwrap(ring->data_key, &ring->wrappings[i], secret, err);
        if (status == KITH_OK)
            memcpy(ring->user, ring->wrappings[i].name, sizeof ring->user);
        if (status != KITH_NOT_FOUND)
            return status;
    }
    return kith_fail(err, KITH_HUB, "%s: no key in it opens with this key file or passphrase; use "
                                    "the one that was added for you", path);
}

kith_status kith_keyring_open(kith_keyring **ring, const char *hub_path, const kith_secret *secret,
                              kith_error *err)
{
    kith_text path = { 0 };
    kith_status status = make_ring(ring, err);

    if (status == KITH_OK)
        status = kith_keys_path(&path, hub_path, err);
    if (status == KITH_OK)
        status = kith_keys_read(*ring, kith_text_string(&path), err);
    if (status == KITH_OK)
        status = open_ring(*ring, secret, kith_text_string(&path), err);
    if (status != KITH_OK) {
        kith_keyring_free(*ring);
        *ring = NULL;
    }
    kith_text_free(&path);
    return status;
}

static kith_wrapping *find(const kith_keyring *ring, const char *user)
{
    for (size_t i = 0; i < ring->count; i++)
        if (strcmp(ring->wrappings[i].name, user) == 0)
            return &ring->wrappings[i];
    return NULL;
}

/* A wrapping that nothing opens, so that a name that is not there takes as long to refuse. */
static kith_wrapping nobody(const kith_secret *secret)
{
    return (kith_wrapping){ .raw = secret->raw, .ops = argon_ops, .memory = argon_memory, .name = "nobody" };
}

kith_status kith_secret_unlock(unsigned char *unlocked, const char *hub_path, const char *user,
                               const kith_secret *secret, kith_error *err)
{
    kith_keyring *ring = NULL;
    kith_text path = { 0 };
    const kith_wrapping none = nobody(secret);
    kith_status status = make_ring(&ring, err);

    if (status == KITH_OK)
        status = kith_keys_path(&path, hub_path, err);
    if (status == KITH_OK)
        status = kith_keys_read(ring, kith_text_string(&path), err);
    if (status == KITH_OK) {
        const kith_wrapping *found = find(ring, user);
        const kith_wrapping *w = found != NULL && found->raw == secret->raw ? found : &none;
        unsigned char *key = wrapping_key(w, secret);
        const kith_secret opened = { .bytes = key, .size = KITH_KEY_SIZE, .unlocked = true };
        status = key == NULL ? kith_no_memory(err) : unwrap(ring->data_key, w, &opened, err);
        if (status == KITH_OK)
            memcpy(unlocked, key, KITH_KEY_SIZE);
        sodium_free(key);
    }
    if (status == KITH_NOT_FOUND)
        status = kith_fail(err, KITH_HUB, "the name, or the key file or passphrase, is not one that was added");
    kith_keyring_free(ring);
    kith_text_free(&path);
    return status;
}

/* A key that two names share could not say who used it. */
static kith_status refuse_shared(const kith_keyring *ring, const kith_secret *secret,
                                 kith_error *err)
{
    kith_status status = KITH_NOT_FOUND;
    unsigned char *opened = sodium_malloc(KITH_KEY_SIZE);

    if (opened == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; status == KITH_NOT_FOUND && i < ring->count; i++) {
        status = unwrap(opened, &ring->wrappings[i], secret, err);
        if (status == KITH_OK)
            status = kith_fail(err, KITH_POLICY, "this key file or passphrase is already that of "
                                                 "\"%s\"; each user needs one of their own",
                               ring->wrappings[i].name);
    }
    sodium_free(opened);
    return status == KITH_NOT_FOUND ? KITH_OK : status;
}

kith_status kith_keyring_add(kith_keyring *ring, const char *user, const kith_secret *secret,
                             kith_error *err)
{
    kith_wrapping w;

    if (find(ring, user) != NULL)
        return kith_fail(err, KITH_POLICY, "a key for \"%s\" is there already; revoke it first, or "
                                           "choose another name", user);
    kith_status status = refuse_shared(ring, secret, err);
    if (status == KITH_OK)
        status = wrap(&w, ring->data_key, user, secret, err);
    return status == KITH_OK ? kith_keyring_keep(ring, &w, err) : status;
}

kith_status kith_keyring_revoke(kith_keyring *ring, const char *user, kith_error *err)
{
    kith_wrapping *found = find(ring, user);

    if (found == NULL)
        return kith_fail(err, KITH_NOT_FOUND, "there is no key for \"%s\"", user);
    if (ring->count == 1)
        return kith_fail(err, KITH_POLICY, "the key for \"%s\" is the last one, and without it "
                                           "nobody could open the hub; add another first", user);
    const size_t after = ring->count - 1 - (size_t)(found - ring->wrappings);
    memmove(found, found + 1, after * sizeof *found);
    ring->count--;
    return KITH_OK;
}

kith_status kith_keyring_rotate(kith_keyring *ring, const kith_secret *secret, kith_error *err)
{
    kith_wrapping w;
    kith_status status = refuse_shared(ring, secret, err);

    if (status == KITH_OK)
        status = wrap(&w, ring->data_key, ring->user, secret, err);
    if (status == KITH_OK)
        *find(ring, ring->user) = w;
    return status;
}

const char *kith_keyring_user(const kith_keyring *ring)
{
    return ring->user;
}

const unsigned char *kith_keyring_data_key(const kith_keyring *ring)
{
    return ring->data_key;
}
