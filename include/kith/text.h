/* SPDX-License-Identifier: MIT */
/* text.h: text that grows, text that is checked, numbers that read back.
 *
 * A kith_text is a string being built. It starts as { 0 }. Its functions do not
 * return a status: a failed allocation sets `failed`, further additions do
 * nothing, and the builder asks once at the end (kith_text_status). */
#ifndef KITH_TEXT_H
#define KITH_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"

typedef struct kith_text {
    char *data;  /* NUL-terminated once anything was added; NULL before */
    size_t size; /* bytes, without the NUL */
    size_t room;
    bool failed; /* an allocation failed: the text is not whole */
} kith_text;

void kith_text_add(kith_text *text, const char *piece);
void kith_text_add_bytes(kith_text *text, const char *bytes, size_t size);
void kith_text_add_char(kith_text *text, char c);
void kith_text_format(kith_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Makes room for more bytes and a NUL. False, and failed, when memory is short. */
bool kith_text_grow(kith_text *text, size_t more);

/** The end of the text with room for more bytes and a NUL, for a caller that writes them and
 * adds to size itself; NULL when memory is short. */
static inline char *kith_text_room(kith_text *text, size_t more)
{
    if ((text->failed || text->room - text->size <= more) && !kith_text_grow(text, more))
        return NULL;
    return text->data + text->size;
}

/** Empties the text and keeps its room; what failed stays failed, so that it is enough to ask at the end. */
void kith_text_clear(kith_text *text);

/** The text so far; "" when nothing was added. Valid until the next addition. */
const char *kith_text_string(const kith_text *text);

/** KITH_OK, or KITH_NO_MEMORY when any addition failed. */
kith_status kith_text_status(const kith_text *text, kith_error *err);

void kith_text_free(kith_text *text);

/** Adds a JSON string with its quotes. Control characters are escaped; text must be UTF-8. */
void kith_text_add_json(kith_text *text, const char *value);

/**
 * Adds text of XML or HTML, safe as content and between quotes alike: & < > " ' and white space
 * other than the blank as references, what XML cannot hold as its visible picture (U+2400 on).
 */
void kith_text_add_xml(kith_text *text, const char *value);

/**
 * Adds one CSV field by RFC 4180: quoted when it holds a comma, a quote or a line break.
 *
 * A field that a spreadsheet would run as a formula (it starts with = + - @, a tab
 * or a carriage return, and is not a plain number) gets a leading apostrophe, as does one that starts so
 * behind apostrophes of its own: whoever takes off one before such a sign has the text back.
 */
void kith_text_add_csv(kith_text *text, const char *value);

/** Longest result of kith_number_shortest, with its NUL. */
enum { KITH_NUMBER_SIZE = 32 };

/**
 * Writes the shortest decimal that reads back as the same double ("0.1", "3", "1e-09").
 *
 * out holds KITH_NUMBER_SIZE bytes. The result does not depend on the locale.
 */
void kith_number_shortest(char *out, double value);

/** True when the bytes are well-formed UTF-8 (no surrogates, no overlong forms, no NUL). */
bool kith_utf8_valid(const char *bytes, size_t size);

/** Offset of the first byte that is not well-formed UTF-8; size when all is well. */
size_t kith_utf8_fault(const char *bytes, size_t size);

/**
 * Reads a whole field as a number: digits, a point, an exponent; nothing before or after.
 *
 * Returns false for anything else: "", "1,5", "0x10", "inf", "nan". Not locale dependent.
 */
bool kith_number_read(double *out, const char *field);

/** Reads a whole field as a decimal integer that fits. Returns false for anything else. */
bool kith_integer_read(int64_t *out, const char *field);

#endif
