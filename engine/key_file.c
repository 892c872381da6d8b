/* SPDX-License-Identifier: GPL-3.0-or-later */
/* key_file.c: FILE.keys.
 *
 * It is text, so that anyone may see who holds a key and nobody what it is:
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
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "key_private.h"
#include "kith/file.h"

enum { KEYS_FILE_MAX = 1 << 20 };

/* What a damaged file may ask Argon2id to cost. */
static const unsigned long long ops_max = 16, memory_max = 1024u << 20;

bool kith_key_name_valid(const char *name, size_t size)
{
    if (size < 1 || size > KITH_KEY_NAME_MAX || !kith_utf8_valid(name, size))
        return false;
    for (size_t i = 0; i < size; i++) {
        const unsigned char c = (unsigned char)name[i], before = i ? (unsigned char)name[i - 1] : 0;
        if (c < 0x20 || c == 0x7F || (before == 0xC2 && c < 0xA0))
            return false;
    }
    return true;
}

kith_status kith_keys_path(kith_text *path, const char *hub_path, kith_error *err)
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
static bool read_wrapping(kith_wrapping *w, const char *line)
{
    unsigned long long memory;

    *w = (kith_wrapping){ 0 };
    if (!step_over(&line, "key "))
        return false;
    w->raw = step_over(&line, "raw ");
    if (!w->raw && !step_over(&line, "argon2id "))
        return false;
    if (!read_cost(&line, &w->ops, ops_max) || !read_cost(&line, &memory, memory_max) ||
        !read_hex(&line, w->salt, KITH_SALT_SIZE) || !read_hex(&line, w->nonce, KITH_NONCE_SIZE) ||
        !read_hex(&line, w->sealed, KITH_SEALED_SIZE) || !kith_key_name_valid(line, strlen(line)))
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
    kith_wrapping w;
    char *next = strchr(text, '\n');

    if (next != NULL)
        *next++ = '\0';
    if (next == NULL || strcmp(text, KITH_KEYS_FIRST_LINE) != 0)
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
        status = kith_keyring_keep(ring, &w, err);
    }
    return status;
}

kith_status kith_keys_read(kith_keyring *ring, const char *path, kith_error *err)
{
    char *text = malloc(KEYS_FILE_MAX + 1);

    if (text == NULL)
        return kith_no_memory(err);
    kith_status status;
    const ssize_t size = kith_key_read(path, text, KEYS_FILE_MAX);
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

    kith_text_format(&text, "%s\n", KITH_KEYS_FIRST_LINE);
    for (size_t i = 0; i < ring->count; i++) {
        const kith_wrapping *w = &ring->wrappings[i];
        kith_text_format(&text, "key %s %llu %zu ", w->raw ? "raw" : "argon2id", w->ops, w->memory);
        add_hex(&text, w->salt, KITH_SALT_SIZE);
        add_hex(&text, w->nonce, KITH_NONCE_SIZE);
        add_hex(&text, w->sealed, KITH_SEALED_SIZE);
        kith_text_format(&text, "%s\n", w->name);
    }
    status = kith_text_status(&text, err);
    if (status == KITH_OK)
        status = kith_keys_path(&path, hub_path, err);
    if (status == KITH_OK)
        status = kith_file_replace(kith_text_string(&path), text.data, text.size, err);
    kith_text_free(&text);
    kith_text_free(&path);
    return status;
}
