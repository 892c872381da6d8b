/* SPDX-License-Identifier: GPL-3.0-or-later */
/* key.c: one data key, wrapped once for each user.
 *
 * FILE.keys is text, so that anyone may see who holds a key and nobody what it is:
 *
 *     kith-keys 1
 *     key KEYED OPS MEM SALT NONCE WRAPPED NAME
 *
 * one `key` line a user, in the order in which they were added. KEYED is `raw` (a key
 * file of 32 bytes is the wrapping key; OPS, MEM are 0 and the salt is unused) or
 * `argon2id` (with its two costs). SALT, NONCE and WRAPPED are hexadecimal, NAME is the
 * rest of the line. WRAPPED is the data key sealed by XChaCha20-Poly1305 with the first
 * line and the rest of its own as associated data: a line with another name on it, or
 * other costs, does not open. */
#include "kith/key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kith/file.h"
#include "kith/text.h"

enum {
    KEY_SIZE = 32,
    NAME_MAX_SIZE = 64,
    SEALED_SIZE = KEY_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    SALT_SIZE = crypto_pwhash_SALTBYTES,
    VOUCHED_SIZE = 256,
    KEYS_FILE_MAX = 1 << 20
};

/* 0.14 s and 64 MiB a try. A damaged file must not cost more than the upper bounds. */
static const unsigned long long argon_ops = 3, argon_ops_max = 16;
static const size_t argon_memory = 64u << 20, argon_memory_max = 1024u << 20;

static const char first_line[] = "kith-keys 1";

struct kith_secret {
    unsigned char *bytes; /* guarded */
    size_t size;
    bool raw; /* is a key, not the start of one */
};

typedef struct wrapping {
    bool raw;
    unsigned long long ops;
    size_t memory;
    unsigned char salt[SALT_SIZE];
    unsigned char nonce[NONCE_SIZE];
    unsigned char sealed[SEALED_SIZE];
    char name[NAME_MAX_SIZE + 1];
} wrapping;

struct kith_keyring {
    unsigned char *data_key; /* guarded */
    wrapping *wrappings;
    size_t count;
    char user[NAME_MAX_SIZE + 1];
};

static bool sodium_ready(void)
{
    return sodium_init() >= 0; /* 1: it was ready before */
}

/* Takes the bytes; they are wiped in the caller's hands by the caller. */
static kith_status make_secret(kith_secret **secret, const unsigned char *bytes, size_t size,
                               bool raw, kith_error *err)
{
    kith_secret *made = calloc(1, sizeof *made);

    if (made == NULL)
        return kith_no_memory(err);
    made->bytes = sodium_malloc(size);
    if (made->bytes == NULL) {
        free(made);
        return kith_no_memory(err);
    }
    memcpy(made->bytes, bytes, size);
    made->size = size;
    made->raw = raw;
    *secret = made;
    return KITH_OK;
}

/* Reads up to room bytes; -1 with errno on failure. */
static ssize_t read_up_to(const char *path, unsigned char *bytes, size_t room)
{
    size_t size = 0;
    ssize_t step = 1;
    const int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0)
        return -1;
    while (step != 0 && size < room) {
        step = read(file, bytes + size, room - size);
        if (step < 0 && errno != EINTR)
            break;
        if (step > 0)
            size += (size_t)step;
    }
    const int reason = errno;
    close(file);
    errno = reason;
    return step < 0 ? -1 : (ssize_t)size;
}

kith_status kith_secret_from_file(kith_secret **secret, const char *path, kith_error *err)
{
    *secret = NULL;
    if (!sodium_ready())
        return kith_fail(err, KITH_INTERNAL, "libsodium cannot start; install it anew");
    unsigned char *bytes = sodium_malloc(KITH_KEY_FILE_MAX + 1);
    if (bytes == NULL)
        return kith_no_memory(err);

    kith_status status;
    const ssize_t size = read_up_to(path, bytes, KITH_KEY_FILE_MAX + 1);
    if (size < 0)
        status = kith_fail(err, KITH_HUB, "%s: the key file cannot be read (%s); give the path of "
                                          "a key file, or make one with `kith key new`",
                           path, strerror(errno));
    else if (size < KITH_KEY_FILE_MIN)
        status = kith_fail(err, KITH_HUB, "%s: the key file has %zd bytes; at least %d are needed: "
                                          "make a good one with `kith key new`",
                           path, size, KITH_KEY_FILE_MIN);
    else if (size > KITH_KEY_FILE_MAX)
        status = kith_fail(err, KITH_HUB, "%s: the key file is longer than %d bytes; give a key "
                                          "file, or make one with `kith key new`",
                           path, KITH_KEY_FILE_MAX);
    else
        status = make_secret(secret, bytes, (size_t)size, size == KEY_SIZE, err);
    sodium_free(bytes);
    return status;
}

kith_status kith_secret_from_passphrase(kith_secret **secret, const char *passphrase,
                                        kith_error *err)
{
    *secret = NULL;
    if (!sodium_ready())
        return kith_fail(err, KITH_INTERNAL, "libsodium cannot start; install it anew");
    if (passphrase[0] == '\0')
        return kith_fail(err, KITH_HUB, "the passphrase is empty; type it, or give --key-file");
    return make_secret(secret, (const unsigned char *)passphrase, strlen(passphrase), false, err);
}

void kith_secret_free(kith_secret *secret)
{
    if (secret == NULL)
        return;
    sodium_free(secret->bytes);
    free(secret);
}

kith_status kith_key_file_create(const char *path, kith_error *err)
{
    unsigned char key[KEY_SIZE];

    if (!sodium_ready())
        return kith_fail(err, KITH_INTERNAL, "libsodium cannot start; install it anew");
    randombytes_buf(key, sizeof key);
    const kith_status status = kith_file_create(path, key, sizeof key, err);
    sodium_memzero(key, sizeof key);
    return status;
}

/* 1 to 64 bytes of UTF-8 without control characters (U+0000-001F, 007F-009F). */
static bool is_name(const char *name, size_t size)
{
    if (size < 1 || size > NAME_MAX_SIZE || !kith_utf8_valid(name, size))
        return false;
    for (size_t i = 0; i < size; i++) {
        const unsigned char c = (unsigned char)name[i], before = i ? (unsigned char)name[i - 1] : 0;
        if (c < 0x20 || c == 0x7F || (before == 0xC2 && c < 0xA0))
            return false;
    }
    return true;
}

/* What the sealing vouches for beside the key: the format and the rest of the line. */
static size_t associated(char out[VOUCHED_SIZE], const wrapping *w)
{
    char salt[2 * SALT_SIZE + 1];

    sodium_bin2hex(salt, sizeof salt, w->salt, sizeof w->salt);
    return (size_t)snprintf(out, VOUCHED_SIZE, "%s\n%s %llu %zu %s %s", first_line,
                            w->raw ? "raw" : "argon2id", w->ops, w->memory, salt, w->name);
}

/* The key that seals a wrapping, in guarded memory; NULL when there is no memory for it. */
static unsigned char *wrapping_key(const wrapping *w, const kith_secret *secret)
{
    unsigned char *key = sodium_malloc(KEY_SIZE);

    if (key == NULL)
        return NULL;
    if (w->raw) {
        memcpy(key, secret->bytes, KEY_SIZE);
        return key;
    }
    if (crypto_pwhash(key, KEY_SIZE, (const char *)secret->bytes, secret->size, w->salt, w->ops,
                      w->memory, crypto_pwhash_ALG_ARGON2ID13) == 0)
        return key;
    sodium_free(key);
    return NULL;
}

static kith_status wrap(wrapping *w, const unsigned char *data_key, const char *user,
                        const kith_secret *secret, kith_error *err)
{
    char vouched[VOUCHED_SIZE];

    if (!is_name(user, strlen(user)))
        return kith_fail(err, KITH_USAGE, "the name of a key's user is not 1 to %d bytes of UTF-8 "
                                          "without control characters; give another",
                         NAME_MAX_SIZE);
    *w = (wrapping){ .raw = secret->raw,
                     .ops = secret->raw ? 0 : argon_ops,
                     .memory = secret->raw ? 0 : argon_memory };
    memcpy(w->name, user, strlen(user) + 1);
    randombytes_buf(w->salt, sizeof w->salt);
    randombytes_buf(w->nonce, sizeof w->nonce);
    unsigned char *key = wrapping_key(w, secret);
    if (key == NULL)
        return kith_no_memory(err);
    crypto_aead_xchacha20poly1305_ietf_encrypt(w->sealed, NULL, data_key, KEY_SIZE,
                                               (const unsigned char *)vouched,
                                               associated(vouched, w), NULL, w->nonce, key);
    sodium_free(key);
    return KITH_OK;
}

/* KITH_NOT_FOUND without a sentence when the secret does not open this one. */
static kith_status unwrap(unsigned char *data_key, const wrapping *w, const kith_secret *secret,
                          kith_error *err)
{
    char vouched[VOUCHED_SIZE];

    if (w->raw != secret->raw)
        return KITH_NOT_FOUND;
    unsigned char *key = wrapping_key(w, secret);
    if (key == NULL)
        return kith_no_memory(err);
    const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
        data_key, NULL, NULL, w->sealed, SEALED_SIZE, (const unsigned char *)vouched,
        associated(vouched, w), w->nonce, key);
    sodium_free(key);
    return refused ? KITH_NOT_FOUND : KITH_OK;
}

static kith_status make_ring(kith_keyring **ring, kith_error *err)
{
    *ring = NULL;
    if (!sodium_ready())
        return kith_fail(err, KITH_INTERNAL, "libsodium cannot start; install it anew");
    kith_keyring *made = calloc(1, sizeof *made);
    if (made == NULL)
        return kith_no_memory(err);
    made->data_key = sodium_malloc(KEY_SIZE);
    if (made->data_key == NULL) {
        free(made);
        return kith_no_memory(err);
    }
    *ring = made;
    return KITH_OK;
}

static kith_status keep(kith_keyring *ring, const wrapping *w, kith_error *err)
{
    wrapping *more = realloc(ring->wrappings, (ring->count + 1) * sizeof *more);

    if (more == NULL)
        return kith_no_memory(err);
    ring->wrappings = more;
    ring->wrappings[ring->count++] = *w;
    return KITH_OK;
}

kith_status kith_keyring_create(kith_keyring **ring, const char *user, const kith_secret *secret,
                                kith_error *err)
{
    wrapping w;
    kith_status status = make_ring(ring, err);

    if (status != KITH_OK)
        return status;
    randombytes_buf((*ring)->data_key, KEY_SIZE);
    status = wrap(&w, (*ring)->data_key, user, secret, err);
    if (status == KITH_OK)
        status = keep(*ring, &w, err);
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

static kith_status keys_path(kith_text *path, const char *hub_path, kith_error *err)
{
    kith_text_format(path, "%s.keys", hub_path);
    return kith_text_status(path, err);
}

/* Reads exactly size bytes of hexadecimal up to a blank, and steps over the blank. */
static bool read_hex(const char **at, unsigned char *out, size_t size)
{
    const char *end;
    size_t got;

    if (sodium_hex2bin(out, size, *at, 2 * size, NULL, &got, &end) != 0 || got != size ||
        *end != ' ')
        return false;
    *at = end + 1;
    return true;
}

static bool read_cost(const char **at, unsigned long long *out, unsigned long long most)
{
    char *end;

    if (**at < '0' || **at > '9')
        return false;
    errno = 0;
    *out = strtoull(*at, &end, 10);
    if (errno != 0 || *out > most || *end != ' ')
        return false;
    *at = end + 1;
    return true;
}

static bool step_over(const char **at, const char *word)
{
    const size_t size = strlen(word);

    if (strncmp(*at, word, size) != 0)
        return false;
    *at += size;
    return true;
}

/* One line, without its end. */
static bool read_wrapping(wrapping *w, const char *line)
{
    unsigned long long memory;

    *w = (wrapping){ 0 };
    if (!step_over(&line, "key "))
        return false;
    w->raw = step_over(&line, "raw ");
    if (!w->raw && !step_over(&line, "argon2id "))
        return false;
    if (!read_cost(&line, &w->ops, argon_ops_max) || !read_cost(&line, &memory, argon_memory_max) ||
        !read_hex(&line, w->salt, SALT_SIZE) || !read_hex(&line, w->nonce, NONCE_SIZE) ||
        !read_hex(&line, w->sealed, SEALED_SIZE) || !is_name(line, strlen(line)))
        return false;
    if (!w->raw && (w->ops < crypto_pwhash_OPSLIMIT_MIN || memory < crypto_pwhash_MEMLIMIT_MIN))
        return false;
    w->memory = (size_t)memory;
    memcpy(w->name, line, strlen(line) + 1);
    return true;
}

/* The lines of the file's text, which is cut up. */
static kith_status read_wrappings(kith_keyring *ring, char *text, const char *path,
                                  kith_error *err)
{
    kith_status status = KITH_OK;
    int number = 1;
    wrapping w;
    char *next = strchr(text, '\n');

    if (next != NULL)
        *next++ = '\0';
    if (next == NULL || strcmp(text, first_line) != 0)
        return kith_fail(err, KITH_HUB, "%s:1: is not a keys file of this version of kith; put "
                                        "back a copy of it", path);
    for (char *line = next; status == KITH_OK && *line != '\0'; line = next) {
        number++;
        next = line + strcspn(line, "\n");
        const bool whole = *next == '\n';
        if (whole)
            *next++ = '\0';
        if (!whole || !read_wrapping(&w, line))
            return kith_fail(err, KITH_HUB, "%s:%d: the line is damaged; put back a copy of the "
                                            "file", path, number);
        status = keep(ring, &w, err);
    }
    return status;
}

static kith_status read_keys_file(kith_keyring *ring, const char *path, kith_error *err)
{
    char *text = malloc(KEYS_FILE_MAX + 1);

    if (text == NULL)
        return kith_no_memory(err);
    kith_status status;
    const ssize_t size = read_up_to(path, (unsigned char *)text, KEYS_FILE_MAX);
    if (size < 0) {
        status = kith_fail(err, KITH_HUB, "%s: the keys of this hub cannot be read (%s); the file "
                                          "belongs beside the hub: put back a copy of it",
                           path, strerror(errno));
    } else {
        text[size] = '\0';
        status = read_wrappings(ring, text, path, err);
    }
    free(text);
    return status;
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
        status = keys_path(&path, hub_path, err);
    if (status == KITH_OK)
        status = read_keys_file(*ring, kith_text_string(&path), err);
    if (status == KITH_OK)
        status = open_ring(*ring, secret, kith_text_string(&path), err);
    if (status != KITH_OK) {
        kith_keyring_free(*ring);
        *ring = NULL;
    }
    kith_text_free(&path);
    return status;
}

static wrapping *find(const kith_keyring *ring, const char *user)
{
    for (size_t i = 0; i < ring->count; i++)
        if (strcmp(ring->wrappings[i].name, user) == 0)
            return &ring->wrappings[i];
    return NULL;
}

/* A key that two names share could not say who used it. */
static kith_status refuse_shared(const kith_keyring *ring, const kith_secret *secret,
                                 kith_error *err)
{
    kith_status status = KITH_NOT_FOUND;
    unsigned char *opened = sodium_malloc(KEY_SIZE);

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
    wrapping w;

    if (find(ring, user) != NULL)
        return kith_fail(err, KITH_POLICY, "a key for \"%s\" is there already; revoke it first, or "
                                           "choose another name", user);
    kith_status status = refuse_shared(ring, secret, err);
    if (status == KITH_OK)
        status = wrap(&w, ring->data_key, user, secret, err);
    return status == KITH_OK ? keep(ring, &w, err) : status;
}

kith_status kith_keyring_revoke(kith_keyring *ring, const char *user, kith_error *err)
{
    wrapping *found = find(ring, user);

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

static void add_hex(kith_text *text, const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        kith_text_format(text, "%02x", bytes[i]);
    kith_text_add_char(text, ' ');
}

kith_status kith_keyring_save(const kith_keyring *ring, const char *hub_path, kith_error *err)
{
    kith_text path = { 0 }, text = { 0 };
    kith_status status;

    kith_text_format(&text, "%s\n", first_line);
    for (size_t i = 0; i < ring->count; i++) {
        const wrapping *w = &ring->wrappings[i];
        kith_text_format(&text, "key %s %llu %zu ", w->raw ? "raw" : "argon2id", w->ops, w->memory);
        add_hex(&text, w->salt, SALT_SIZE);
        add_hex(&text, w->nonce, NONCE_SIZE);
        add_hex(&text, w->sealed, SEALED_SIZE);
        kith_text_format(&text, "%s\n", w->name);
    }
    status = kith_text_status(&text, err);
    if (status == KITH_OK)
        status = keys_path(&path, hub_path, err);
    if (status == KITH_OK)
        status = kith_file_replace(kith_text_string(&path), text.data, text.size, err);
    kith_text_free(&text);
    kith_text_free(&path);
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
