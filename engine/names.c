/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith/names.h"

#include <stdbool.h>
#include <string.h>

static void add_letters(kith_text *out, const char *name, bool small_too)
{
    for (bool begins = true; *name != '\0'; name++) {
        const unsigned char c = (unsigned char)*name;
        const bool letter =
            c >= 0xC0 || (c >= 'A' && c <= 'Z') || (small_too && c > ' ' && c < 0x80);
        if (begins && letter) {
            const size_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
            kith_text_add_bytes(out, name, strnlen(name, size));
        }
        if ((c & 0xC0) != 0x80)
            begins = c <= ' ' || c == '-';
    }
}

void kith_name_initials(kith_text *out, const char *name)
{
    const size_t before = out->size;

    add_letters(out, name, false);
    if (out->size == before)
        add_letters(out, name, true);
}
