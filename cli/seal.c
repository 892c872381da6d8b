/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seal.c: sealing and opening files on the command line. */
#include "seal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "hub.h"
#include "kith/file.h"
#include "kith/seal.h"

bool file_is_standard(const char *path)
{
    return strncmp(path, "-.", 2) == 0;
}

kith_status file_put(const char *path, const char *bytes, size_t size, kith_error *err)
{
    if (!file_is_standard(path))
        return kith_file_replace(path, bytes, size, err);
    if (fwrite(bytes, 1, size, stdout) != size || fflush(stdout) != 0)
        return kith_fail(err, KITH_IO, "the answer could not be written: %s", strerror(errno));
    return KITH_OK;
}

static kith_status seal_to(const char *to, const char *path, const char *bytes, size_t size,
                           kith_error *err)
{
    kith_public_key key;
    kith_text sealed = { 0 }, name = { 0 };

    kith_status status = kith_public_key_read(&key, to, err);
    if (status == KITH_OK)
        status = kith_seal(&sealed, bytes, size, &key, err);
    kith_text_format(&name, "%s.sealed", path);
    if (status == KITH_OK)
        status = kith_text_status(&name, err);
    if (status == KITH_OK)
        status = kith_file_replace(name.data, sealed.data, sealed.size, err);
    kith_text_free(&sealed);
    kith_text_free(&name);
    return status;
}

kith_status seal_replace(const kith_call *call, const char *path, const char *bytes, size_t size,
                         kith_error *err)
{
    const char *to = call_text(call, "seal-to");

    return to != NULL ? seal_to(to, path, bytes, size, err)
                      : file_put(path, bytes, size, err);
}

/* An answer takes the place of its file: never that of the key that it is made from. */
static kith_status check_output(const kith_call *call, const char *path, kith_error *err)
{
    const char *output = call_text(call, "output");
    struct stat from, to;

    if (output != NULL && stat(path, &from) == 0 && stat(output, &to) == 0 &&
        from.st_dev == to.st_dev && from.st_ino == to.st_ino)
        return kith_fail(err, KITH_USAGE,
                         "%s would be written over itself; choose another name for -o", path);
    return KITH_OK;
}

static kith_status print(kith_call *call, const kith_text *text, kith_error *err)
{
    if (fwrite(text->data, 1, text->size, call->out) != text->size || fflush(call->out) != 0)
        return kith_fail(err, KITH_IO, "the answer could not be written: %s", strerror(errno));
    return KITH_OK;
}

kith_status seal_public(kith_call *call, const char *path, kith_error *err)
{
    kith_secret *secret = NULL;
    kith_public_key key;
    kith_text line = { 0 };

    kith_status status = check_output(call, path, err);
    if (status == KITH_OK)
        status = kith_secret_from_file(&secret, path, err);
    if (status == KITH_OK)
        status = kith_public_key_of(&key, secret, err);
    if (status == KITH_OK)
        kith_public_key_write(&line, &key);
    if (status == KITH_OK)
        status = kith_text_status(&line, err);
    if (status == KITH_OK)
        status = print(call, &line, err);
    kith_secret_free(secret);
    kith_text_free(&line);
    return status;
}

static kith_status read_whole(kith_text *out, const char *path, kith_error *err)
{
    char piece[65536];
    size_t size;
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return kith_fail(err, KITH_IO, "%s: cannot be read: %s", path, strerror(errno));
    while ((size = fread(piece, 1, sizeof piece, file)) > 0)
        kith_text_add_bytes(out, piece, size);
    const bool whole = ferror(file) == 0;
    fclose(file);
    return whole ? kith_text_status(out, err)
                 : kith_fail(err, KITH_IO, "%s: cannot be read whole", path);
}

kith_status seal_open(kith_call *call, const char *path, kith_error *err)
{
    kith_secret *secret = NULL;
    kith_text sealed = { 0 }, opened = { 0 };
    kith_error why;

    if (hub_key_file(call) == NULL)
        return kith_fail(err, KITH_USAGE,
                         "--key-file is missing; it names the recipient's key file");
    kith_status status = check_output(call, path, err);
    if (status == KITH_OK)
        status = read_whole(&sealed, path, err);
    if (status == KITH_OK)
        status = kith_secret_from_file(&secret, hub_key_file(call), err);
    if (status == KITH_OK) {
        status = kith_unseal(&opened, kith_text_string(&sealed), sealed.size, secret, &why);
        if (status != KITH_OK)
            kith_fail(err, status, "%s: %s", path, why.message);
    }
    if (status == KITH_OK && opened.size > 0)
        status = print(call, &opened, err);
    kith_secret_free(secret);
    kith_text_free(&sealed);
    kith_text_free(&opened);
    return status;
}
