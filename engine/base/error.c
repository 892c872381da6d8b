/* SPDX-License-Identifier: MIT */
/* error.c: one sentence, cut at a character's end when it is too long. */
#include "kith/error.h"

#include <stdio.h>
#include <string.h>

static void cut_at_character(char *text, size_t size)
{
    size_t end = size - 1;

    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
        end--;
    if (end > 0 && (unsigned char)text[end - 1] >= 0xC0)
        end--;
    text[end] = '\0';
}

void kith_vsentence(char *out, size_t size, const char *format, va_list args)
{
    const int length = vsnprintf(out, size, format, args);

    if (length >= (int)size)
        cut_at_character(out, size);
}

void kith_sentence(char *out, size_t size, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    kith_vsentence(out, size, format, args);
    va_end(args);
}

kith_status kith_vfail(kith_error *err, kith_status status, const char *format, va_list args)
{
    if (err == NULL)
        return status;
    err->status = status;
    kith_vsentence(err->message, sizeof err->message, format, args);
    return status;
}

kith_status kith_fail(kith_error *err, kith_status status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    kith_vfail(err, status, format, args);
    va_end(args);
    return status;
}

kith_status kith_no_memory(kith_error *err)
{
    return kith_fail(err, KITH_NO_MEMORY,
                     "there is not enough memory; close other programs or narrow the window");
}

int kith_exit_code(kith_status status)
{
    switch (status) {
    case KITH_OK:
        return 0;
    case KITH_NOT_FOUND:
        return 1;
    case KITH_USAGE:
        return 2;
    case KITH_INPUT:
        return 3;
    case KITH_POLICY:
        return 4;
    case KITH_HUB:
        return 5;
    case KITH_NO_MEMORY:
    case KITH_IO:
    case KITH_INTERNAL:
        break;
    }
    return 6;
}
