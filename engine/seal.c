/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seal.c: files sealed to a recipient, by libsodium's sealed boxes. */
#include "kith/seal.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "key_private.h"

static const char magic[] = "kith sealed 1\n";
static const char public_word[] = "kith-public-1 ";
static const char context[] = "kith seal key 1";

enum {
    MAGIC_SIZE = sizeof magic - 1,
    BASE64_SIZE = sodium_base64_ENCODED_LEN(KITH_PUBLIC_KEY_SIZE, sodium_base64_VARIANT_ORIGINAL)
};

_Static_assert(crypto_box_PUBLICKEYBYTES == KITH_PUBLIC_KEY_SIZE, "the key is libsodium's");

/* The caller wipes the private key. */
static kith_status make_pair(kith_public_key *key, unsigned char private[crypto_box_SECRETKEYBYTES],
                             const kith_secret *secret, kith_error *err)
{
    unsigned char seed[crypto_box_SEEDBYTES];

    if (!secret->raw || secret->size != KITH_KEY_SIZE)
        return kith_fail(err, KITH_USAGE,
                         "only a key file of %d bytes has a public key; `kith key new` makes one",
                         KITH_KEY_SIZE);
    crypto_generichash(seed, sizeof seed, (const unsigned char *)context, sizeof context - 1,
                       secret->bytes, secret->size);
    crypto_box_seed_keypair(key->bytes, private, seed);
    sodium_memzero(seed, sizeof seed);
    return KITH_OK;
}

kith_status kith_public_key_of(kith_public_key *key, const kith_secret *secret, kith_error *err)
{
    unsigned char private[crypto_box_SECRETKEYBYTES];

    *key = (kith_public_key){ 0 };
    const kith_status status = make_pair(key, private, secret, err);
    sodium_memzero(private, sizeof private);
    return status;
}

void kith_public_key_write(kith_text *out, const kith_public_key *key)
{
    char text[BASE64_SIZE];

    sodium_bin2base64(text, sizeof text, key->bytes, sizeof key->bytes,
                      sodium_base64_VARIANT_ORIGINAL);
    kith_text_format(out, "%s%s\n", public_word, text);
}

kith_status kith_public_key_read(kith_public_key *key, const char *path, kith_error *err)
{
    char line[sizeof public_word + BASE64_SIZE + 4] = "";
    const size_t word = sizeof public_word - 1;
    size_t size = 0;

    *key = (kith_public_key){ 0 };
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return kith_fail(err, KITH_IO,
                         "%s: the public key cannot be read (%s); `kith key public` makes one",
                         path, strerror(errno));
    const bool read = fgets(line, sizeof line, file) != NULL && fgetc(file) == EOF;
    fclose(file);
    if (!read || strncmp(line, public_word, word) != 0 ||
        sodium_base642bin(key->bytes, sizeof key->bytes, line + word, strlen(line + word), "\r\n",
                          &size, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        size != sizeof key->bytes)
        return kith_fail(err, KITH_INPUT,
                         "%s: is no public key; the recipient makes one with `kith key public`",
                         path);
    return KITH_OK;
}

kith_status kith_seal(kith_text *out, const char *bytes, size_t size, const kith_public_key *to,
                      kith_error *err)
{
    unsigned char *box = malloc(size + crypto_box_SEALBYTES);
    kith_status status = KITH_OK;

    if (box == NULL)
        return kith_no_memory(err);
    if (crypto_box_seal(box, (const unsigned char *)bytes, size, to->bytes) != 0) {
        status =
            kith_fail(err, KITH_INPUT, "nothing can be sealed to this public key; ask for another");
    } else {
        kith_text_add_bytes(out, magic, MAGIC_SIZE);
        kith_text_add_bytes(out, (const char *)box, size + crypto_box_SEALBYTES);
        status = kith_text_status(out, err);
    }
    free(box);
    return status;
}

static kith_status open_box(kith_text *out, const char *box, size_t size,
                            const kith_public_key *key, const unsigned char *private,
                            kith_error *err)
{
    const size_t length = size - crypto_box_SEALBYTES;
    unsigned char *bytes = malloc(length + 1);

    if (bytes == NULL)
        return kith_no_memory(err);
    kith_status status = KITH_OK;
    if (crypto_box_seal_open(bytes, (const unsigned char *)box, size, key->bytes, private) != 0)
        status = kith_fail(err, KITH_INPUT,
                           "does not open with this key: it was sealed to another, or was changed "
                           "on its way");
    else
        kith_text_add_bytes(out, (const char *)bytes, length);
    sodium_memzero(bytes, length);
    free(bytes);
    return status == KITH_OK ? kith_text_status(out, err) : status;
}

kith_status kith_unseal(kith_text *out, const char *bytes, size_t size, const kith_secret *secret,
                        kith_error *err)
{
    unsigned char private[crypto_box_SECRETKEYBYTES];
    kith_public_key key = { 0 };

    if (size < MAGIC_SIZE + crypto_box_SEALBYTES || memcmp(bytes, magic, MAGIC_SIZE) != 0)
        return kith_fail(err, KITH_INPUT, "is no sealed file");
    kith_status status = make_pair(&key, private, secret, err);
    if (status == KITH_OK)
        status = open_box(out, bytes + MAGIC_SIZE, size - MAGIC_SIZE, &key, private, err);
    sodium_memzero(private, sizeof private);
    return status;
}
