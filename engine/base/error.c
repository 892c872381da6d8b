/* SPDX-License-Identifier: MIT */
/* error.c: one sentence in UTF-8, cut at a character's end when it is too long. */
#include "kith/error.h"

#include <stdio.h>
#include <string.h>

#include "kith/text.h"

/* What is too long and "%.64s" are cut inside a character; a name of a file may be no UTF-8. */
static void drop_broken(char *out)
{
    size_t size = strlen(out);

    for (size_t at; (at = kith_utf8_fault(out, size)) < size; size--)
        memmove(out + at, out + at + 1, size - at);
}

void kith_vsentence(char *out, size_t size, const char *format, va_list args)
{
    vsnprintf(out, size, format, args);
    drop_broken(out);
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
