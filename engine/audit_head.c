/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit_head.c: the end of the chain, signed (Ed25519 by libsodium).
 *
 *     kith audit head 1
 *     entries 1284
 *     hash <64 hexadecimal digits>
 *     at 2022-06-30T08:00:00Z
 *     key <the public key, 64 digits>
 *     signature <128 digits, over the five lines above>
 */
#include "audit_head.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kith/date.h"

enum { LINES = 6, LINE_SIZE = 160 };

static const char first_line[] = "kith audit head 1";

static void add_hex(kith_text *text, const char *name, const unsigned char *bytes, size_t size)
{
    char digits[2 * crypto_sign_BYTES + 1];

    sodium_bin2hex(digits, sizeof digits, bytes, size);
    kith_text_format(text, "%s %s\n", name, digits);
}

kith_status kith_audit_seal(kith_text *text, kith_store *store, const kith_view *view,
                            const unsigned char key[KITH_AUDIT_KEY_SIZE], kith_error *err)
{
    const time_t now = (time_t)kith_now();
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret_key[crypto_sign_SECRETKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    char at[AUDIT_AT_SIZE];
    audit_head head = { 0 };
    struct tm utc;
    kith_status status = audit_read_head(&head, store, view, err);

    if (status != KITH_OK)
        return status;
    gmtime_r(&now, &utc);
    strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &utc);
    crypto_sign_seed_keypair(public_key, secret_key, key);
    kith_text_format(text, "%s\nentries %lld\n", first_line, (long long)head.entries);
    add_hex(text, "hash", head.hash, sizeof head.hash);
    kith_text_format(text, "at %s\n", at);
    add_hex(text, "key", public_key, sizeof public_key);
    status = kith_text_status(text, err);
    if (status == KITH_OK) {
        crypto_sign_detached(signature, NULL, (const unsigned char *)text->data, text->size, secret_key);
        add_hex(text, "signature", signature, sizeof signature);
        status = kith_text_status(text, err);
    }
    sodium_memzero(secret_key, sizeof secret_key);
    return status;
}

/* The value of the next line, which begins with name; NULL when it is another. */
static const char *value_of(char line[LINE_SIZE], const char **at, const char *name)
{
    const size_t size = strcspn(*at, "\r\n"), name_size = strlen(name);

    if (size >= LINE_SIZE || strncmp(*at, name, name_size) != 0 || (*at)[name_size] != ' ')
        return NULL;
    memcpy(line, *at, size);
    line[size] = '\0';
    *at += size;
    *at += strspn(*at, "\r\n");
    return line + name_size + 1;
}

static bool read_hex(unsigned char *bytes, size_t size, const char *digits)
{
    return digits != NULL && strlen(digits) == 2 * size &&
           sodium_hex2bin(bytes, size, digits, 2 * size, NULL, NULL, NULL) == 0;
}

/* The lines as they were signed, whatever line ends the file has got since. */
static void write_signed(char *out, size_t size, const audit_signed *head)
{
    char hash[2 * AUDIT_HASH + 1];

    sodium_bin2hex(hash, sizeof hash, head->hash, AUDIT_HASH);
    snprintf(out, size, "%s\nentries %lld\nhash %s\nat %s\nkey %s\n", first_line,
             (long long)head->entries, hash, head->at, head->key_text);
}

kith_status audit_signed_read(audit_signed *head, const char *text, kith_error *err)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES];
    char line[LINE_SIZE], lines[LINES * LINE_SIZE];
    const char *at = text, *value;

    *head = (audit_signed){ 0 };
    bool good = value_of(line, &at, "kith audit head") != NULL && strcmp(line, first_line) == 0;
    if (good && (good = (value = value_of(line, &at, "entries")) != NULL))
        head->entries = strtoll(value, NULL, 10);
    good = good && read_hex(head->hash, AUDIT_HASH, value_of(line, &at, "hash"));
    if (good && (good = (value = value_of(line, &at, "at")) != NULL && strlen(value) < AUDIT_AT_SIZE))
        memcpy(head->at, value, strlen(value));
    if (good && (good = read_hex(key, sizeof key, value = value_of(line, &at, "key"))))
        memcpy(head->key_text, value, AUDIT_KEY_TEXT);
    good = good && read_hex(signature, sizeof signature, value_of(line, &at, "signature"));
    if (!good)
        return kith_fail(err, KITH_INPUT, "this is not a head of an audit log; `kith audit --seal` writes one");
    write_signed(lines, sizeof lines, head);
    if (crypto_sign_verify_detached(signature, (const unsigned char *)lines, strlen(lines), key) != 0)
        return kith_fail(err, KITH_INPUT, "the signature of this head does not fit its lines: it was changed");
    return KITH_OK;
}
