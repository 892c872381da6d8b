/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_encoding.c: bytes of a declared encoding as UTF-8, a piece at a time.
 *
 * The C library's iconv does it. A byte that the encoding does not have ends the reading
 * with a fault: what was guessed or left out would be a name that nobody has. */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping_private.h"

enum { PIECE_SIZE = 1 << 16 };

struct mapping_decoder {
    FILE *in;
    iconv_t iconv;
    const char *encoding;
    unsigned long long byte; /* where in the file the piece begins */
    size_t start, end;
    bool at_end;
    char piece[PIECE_SIZE];
    char fault[160];
};

/* As people write it, and as iconv calls it. UTF-16 is told by its byte order mark. */
static const struct name {
    const char *given, *known;
} names[] = {
    { "utf-8", "UTF-8" },           { "utf8", "UTF-8" },
    { "cp1252", "CP1252" },         { "windows-1252", "CP1252" },
    { "utf-16", "UTF-16" },         { "utf-16le", "UTF-16LE" },
    { "utf-16be", "UTF-16BE" },     { "iso-8859-1", "ISO-8859-1" },
    { "iso-8859-15", "ISO-8859-15" },
};

static const char *known_name(const char *given)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (kith_word_same(names[i].given, given))
            return names[i].known;
    return NULL;
}

bool mapping_encoding_known(const char *name)
{
    return known_name(name) != NULL;
}

kith_status mapping_decoder_open(mapping_decoder **decoder, FILE *in, const char *encoding,
                                 kith_error *err)
{
    mapping_decoder *d = calloc(1, sizeof *d);

    *decoder = NULL;
    if (d == NULL)
        return kith_no_memory(err);
    d->in = in;
    d->encoding = known_name(encoding);
    d->iconv = iconv_open("UTF-8", d->encoding);
    if (d->iconv == (iconv_t)-1) {
        free(d);
        return kith_fail(err, KITH_INTERNAL,
                         "the C library cannot read %s here; install its conversions (libc-bin), "
                         "or save the file as UTF-8",
                         encoding);
    }
    *decoder = d;
    return KITH_OK;
}

static void read_piece(mapping_decoder *d)
{
    memmove(d->piece, d->piece + d->start, d->end - d->start);
    d->byte += d->start;
    d->end -= d->start;
    d->start = 0;
    const size_t got = fread(d->piece + d->end, 1, PIECE_SIZE - d->end, d->in);
    if (d->byte == 0 && d->end == 0 && strcmp(d->encoding, "UTF-16") == 0 &&
        !(got >= 2 && (memcmp(d->piece, "\xFF\xFE", 2) == 0 || memcmp(d->piece, "\xFE\xFF", 2) == 0)))
        snprintf(d->fault, sizeof d->fault,
                 "the mapping says UTF-16, and the file has no byte order mark; write UTF-16LE or "
                 "UTF-16BE, or what it is");
    d->end += got;
    d->at_end = got == 0;
}

static void cannot_decode(mapping_decoder *d)
{
    if (d->fault[0] == '\0')
        snprintf(d->fault, sizeof d->fault,
                 "byte %llu (0x%02X) is not %s; say in the mapping in which encoding the file is",
                 d->byte + d->start, (unsigned char)d->piece[d->start], d->encoding);
}

size_t mapping_decoder_read(void *decoder, char *bytes, size_t size)
{
    mapping_decoder *d = decoder;
    char *out = bytes;

    while (out == bytes && d->fault[0] == '\0') {
        if (d->end - d->start < 8 && !d->at_end)
            read_piece(d);
        if (d->start == d->end || d->fault[0] != '\0')
            break;
        char *in = d->piece + d->start;
        size_t in_size = d->end - d->start, room = size;
        const size_t code = iconv(d->iconv, &in, &in_size, &out, &room);
        const bool stuck = code == (size_t)-1 && (errno == EILSEQ || (errno == EINVAL && d->at_end));
        const bool more = code == (size_t)-1 && errno == EINVAL;
        d->start = (size_t)(in - d->piece);
        if (stuck && out == bytes)
            cannot_decode(d);
        else if (more && out == bytes)
            read_piece(d);
    }
    return (size_t)(out - bytes);
}

const char *mapping_decoder_fault(const mapping_decoder *decoder)
{
    return decoder->fault;
}

void mapping_decoder_close(mapping_decoder *decoder)
{
    if (decoder == NULL)
        return;
    iconv_close(decoder->iconv);
    free(decoder);
}
