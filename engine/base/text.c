/* SPDX-License-Identifier: MIT */
/* text.c: growing text, escapes for JSON and CSV, UTF-8, numbers.
 *
 * kith never calls setlocale, so printf and strtod work in the C locale and a
 * decimal point is a point everywhere. */
#include "kith/text.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool kith_text_grow(kith_text *text, size_t more)
{
    if (text->failed || more > SIZE_MAX / 2 - text->size) {
        text->failed = true;
        return false;
    }
    const size_t need = text->size + more + 1;
    if (need <= text->room)
        return true;
    size_t room = text->room ? text->room : 64;
    while (room < need)
        room *= 2;
    char *data = realloc(text->data, room);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->room = room;
    return true;
}

void kith_text_add_bytes(kith_text *text, const char *bytes, size_t size)
{
    char *end = kith_text_room(text, size);

    if (end == NULL)
        return;
    if (size > 0)
        memcpy(end, bytes, size);
    text->size += size;
    end[size] = '\0';
}

void kith_text_add(kith_text *text, const char *piece)
{
    kith_text_add_bytes(text, piece, strlen(piece));
}

void kith_text_add_char(kith_text *text, char c)
{
    kith_text_add_bytes(text, &c, 1);
}

void kith_text_format(kith_text *text, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length >= 0 && kith_text_grow(text, (size_t)length)) {
        vsnprintf(text->data + text->size, (size_t)length + 1, format, again);
        text->size += (size_t)length;
    }
    va_end(again);
}

void kith_text_clear(kith_text *text)
{
    text->size = 0;
    if (text->data != NULL)
        text->data[0] = '\0';
}

const char *kith_text_string(const kith_text *text)
{
    return text->data != NULL ? text->data : "";
}

kith_status kith_text_status(const kith_text *text, kith_error *err)
{
    return text->failed ? kith_no_memory(err) : KITH_OK;
}

void kith_text_free(kith_text *text)
{
    free(text->data);
    *text = (kith_text){ 0 };
}

void kith_text_add_json(kith_text *text, const char *value)
{
    kith_text_add_char(text, '"');
    for (const char *p = value; *p != '\0'; p++) {
        const unsigned char c = (unsigned char)*p;
        if (c == '"' || c == '\\')
            kith_text_format(text, "\\%c", c);
        else if (c == '\n')
            kith_text_add(text, "\\n");
        else if (c == '\t')
            kith_text_add(text, "\\t");
        else if (c == '\r')
            kith_text_add(text, "\\r");
        else if (c < 0x20 || c == 0x7F)
            kith_text_format(text, "\\u%04x", c);
        else
            kith_text_add_char(text, *p);
    }
    kith_text_add_char(text, '"');
}

void kith_text_add_xml(kith_text *text, const char *value)
{
    for (const char *p = value; *p != '\0'; p++) {
        const unsigned char c = (unsigned char)*p;
        if (strchr("&<>\"'\n\t\r", c) != NULL)
            kith_text_format(text, "&#%d;", c);
        else if (c < 0x20 || c == 0x7F)
            kith_text_format(text, "\xE2\x90%c", c == 0x7F ? 0xA1 : 0x80 + c);
        else if (c == 0xEF && (unsigned char)p[1] == 0xBF && (unsigned char)p[2] >= 0xBE) {
            kith_text_add(text, "\xEF\xBF\xBD"); /* U+FFFE and U+FFFF are not XML */
            p += 2;
        } else
            kith_text_add_char(text, *p);
    }
}

void kith_text_add_csv(kith_text *text, const char *value)
{
    double number;
    const size_t plain = strcspn(value, ",\"\r\n");
    const char *first = value + strspn(value, "'"); /* one that is there already looks like ours */
    const bool quote = value[plain] != '\0',
               formula = *first != '\0' && strchr("=+-@\t\r", *first) != NULL &&
                         (first != value || !kith_number_read(&number, value));

    if (!formula && !quote) {
        kith_text_add_bytes(text, value, plain);
        return;
    }
    if (quote)
        kith_text_add_char(text, '"');
    if (formula)
        kith_text_add_char(text, '\'');
    for (const char *p = value; *p != '\0'; p++) {
        if (*p == '"')
            kith_text_add_char(text, '"');
        kith_text_add_char(text, *p);
    }
    if (quote)
        kith_text_add_char(text, '"');
}

/* Tables are mostly of whole numbers, and printf takes its time. */
static void write_whole(char *out, int64_t value)
{
    char digits[KITH_NUMBER_SIZE], *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    *--at = '\0';
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        *--at = '-';
    memcpy(out, at, (size_t)(digits + sizeof digits - at));
}

void kith_number_shortest(char *out, double value)
{
    if (value == 0)
        value = 0; /* no minus zero */
    if (fabs(value) < 9007199254740992.0 && value == floor(value)) {
        write_whole(out, (int64_t)value);
        return;
    }
    /* 15 digits come back as they were written, and %g leaves zeros out: so where 15 read back,
     * they are the fewest. Next to 0, where doubles lie wider apart, each number is tried. */
    for (int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG; digits <= 17; digits++) {
        char wide[2 * KITH_NUMBER_SIZE]; /* more than 17 digits take, as compilers see it */
        const int size = snprintf(wide, sizeof wide, "%.*g", digits, value);
        if (strtod(wide, NULL) == value || digits == 17) {
            memcpy(out, wide, (size_t)size + 1);
            return;
        }
    }
}

/* Length of the well-formed character at p, 0 when there is none. */
static size_t character_size(const unsigned char *p, size_t size)
{
    if (p[0] == 0)
        return 0;
    if (p[0] < 0x80)
        return 1;
    const size_t need = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || need > size)
        return 0;
    for (size_t i = 1; i < need; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return need;
}

/* Whether all eight bytes are of ASCII and none is NUL. */
static bool eight_are_plain(const char *bytes)
{
    const uint64_t high = 0x8080808080808080, low = 0x0101010101010101;
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return ((word | (word - low)) & high) == 0;
}

size_t kith_utf8_fault(const char *bytes, size_t size)
{
    size_t at = 0;

    while (at < size) {
        if (size - at >= 8 && eight_are_plain(bytes + at)) {
            at += 8;
            continue;
        }
        const size_t step = character_size((const unsigned char *)bytes + at, size - at);
        if (step == 0)
            return at;
        at += step;
    }
    return size;
}

bool kith_utf8_valid(const char *bytes, size_t size)
{
    return kith_utf8_fault(bytes, size) == size;
}

bool kith_number_read(double *out, const char *field)
{
    char *end;
    const char *digits = field + (field[0] == '-' || field[0] == '+');

    if (strspn(field, "+-0123456789.eE") != strlen(field) || strpbrk(digits, "0123456789") == NULL)
        return false;
    *out = strtod(field, &end);
    return *end == '\0' && isfinite(*out);
}

bool kith_integer_read(int64_t *out, const char *field)
{
    char *end;
    const char *digits = field + (field[0] == '-');

    if (digits[0] == '\0' || strspn(digits, "0123456789") != strlen(digits))
        return false;
    errno = 0;
    *out = strtoll(field, &end, 10);
    return errno == 0 && *end == '\0';
}
