/* SPDX-License-Identifier: GPL-3.0-or-later */
/* key_secret.c: what a user holds: the bytes of a key file, or a passphrase. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "key_private.h"
#include "kith/file.h"

kith_status kith_key_ready(kith_error *err)
{
    if (sodium_init() < 0)
        return kith_fail(err, KITH_INTERNAL, "libsodium cannot start; install it anew");
    return KITH_OK;
}

ssize_t kith_key_read(const char *path, void *bytes, size_t room)
{
    size_t size = 0;
    ssize_t step = 1;
    const int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0)
        return -1;
    while (step != 0 && size < room) {
        step = read(file, (char *)bytes + size, room - size);
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

kith_status kith_secret_from_file(kith_secret **secret, const char *path, kith_error *err)
{
    *secret = NULL;
    kith_status status = kith_key_ready(err);
    if (status != KITH_OK)
        return status;
    unsigned char *bytes = sodium_malloc(KITH_KEY_FILE_MAX + 1);
    if (bytes == NULL)
        return kith_no_memory(err);

    const ssize_t size = kith_key_read(path, bytes, KITH_KEY_FILE_MAX + 1);
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
        status = make_secret(secret, bytes, (size_t)size, size == KITH_KEY_SIZE, err);
    sodium_free(bytes);
    return status;
}

kith_status kith_secret_from_passphrase(kith_secret **secret, const char *passphrase,
                                        kith_error *err)
{
    *secret = NULL;
    kith_status status = kith_key_ready(err);
    if (status != KITH_OK)
        return status;
    if (passphrase[0] == '\0')
        return kith_fail(err, KITH_HUB, "the passphrase is empty; type it, or give --key-file");
    return make_secret(secret, (const unsigned char *)passphrase, strlen(passphrase), false, err);
}

kith_status kith_secret_from_bytes(kith_secret **secret, const unsigned char *bytes, size_t size,
                                   kith_error *err)
{
    *secret = NULL;
    const kith_status status = kith_key_ready(err);
    if (status != KITH_OK)
        return status;
    if (size < KITH_KEY_FILE_MIN || size > KITH_KEY_FILE_MAX)
        return kith_fail(err, KITH_HUB, "the key file has %zu bytes; %d to %d are expected", size,
                         KITH_KEY_FILE_MIN, KITH_KEY_FILE_MAX);
    return make_secret(secret, bytes, size, size == KITH_KEY_SIZE, err);
}

kith_status kith_secret_from_unlocked(kith_secret **secret, const unsigned char *unlocked, kith_error *err)
{
    *secret = NULL;
    kith_status status = kith_key_ready(err);

    if (status == KITH_OK)
        status = make_secret(secret, unlocked, KITH_KEY_SIZE, true, err);
    if (status == KITH_OK)
        (*secret)->unlocked = true;
    return status;
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
    unsigned char key[KITH_KEY_SIZE];

    kith_status status = kith_key_ready(err);
    if (status != KITH_OK)
        return status;
    randombytes_buf(key, sizeof key);
    status = kith_file_create(path, key, sizeof key, err);
    sodium_memzero(key, sizeof key);
    return status;
}
