/* SPDX-License-Identifier: MIT */
/* text.c: any text as a Graphviz label that shows exactly that text.
 *
 * Graphviz reads backslash escapes (\N, \G, \l) and HTML entities in labels, and XML
 * cannot hold most control characters: backslashes are doubled, ampersands become
 * entities, control characters become their visible pictures (U+2400 on). What is too
 * long is cut with an ellipsis; the whole text stands in the SVG's titles. */
#include "draw.h"

#include <string.h>

/* Bytes of the character at p; a stray byte is one. */
static size_t character_size(const char *p)
{
    const unsigned char c = (unsigned char)*p;
    const size_t size = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

    return strnlen(p, size);
}

static void add_character(kith_text *out, const char *p, size_t size)
{
    const unsigned char c = (unsigned char)*p;

    if (c == '\\')
        kith_text_add(out, "\\\\");
    else if (c == '&')
        kith_text_add(out, "&amp;");
    else if (c == '\t')
        kith_text_add_char(out, ' ');
    else if (c < 0x20 || c == 0x7F)
        kith_text_format(out, "\xE2\x90%c", c == 0x7F ? 0xA1 : 0x80 + c);
    else if (size == 3 && memcmp(p, "\xEF\xBF", 2) == 0 && (unsigned char)p[2] >= 0xBE)
        kith_text_add(out, "\xEF\xBF\xBD"); /* U+FFFE and U+FFFF are not XML */
    else
        kith_text_add_bytes(out, p, size);
}

/* How many bytes go on this line: up to the last blank within width characters, or all
 * of width when there is none. */
static size_t line_size(const char *text, size_t size, int width)
{
    size_t at = 0, blank = 0;

    for (int count = 0; at < size; count++) {
        if (count == width)
            return blank > 0 ? blank : at;
        if (text[at] == ' ' && text[at + 1] != '(') /* a count stays with its word */
            blank = at;
        at += character_size(text + at);
    }
    return size;
}

static void add_line(kith_text *out, const char *text, size_t size, const char *end)
{
    for (size_t at = 0; at < size;) {
        const size_t step = character_size(text + at);
        add_character(out, text + at, step);
        at += step;
    }
    kith_text_add(out, end);
}

static void add_paragraph(kith_text *out, const char *text, size_t size, wrapping how)
{
    for (int line = 1; size > 0; line++) {
        const size_t here = line_size(text, size, how.width);
        const bool cut = line == how.lines && here < size;
        if (cut) {
            add_line(out, text, line_size(text, size, how.width - 1), "\xE2\x80\xA6");
            kith_text_add(out, how.end);
            return;
        }
        add_line(out, text, here, how.end);
        text += here;
        size -= here;
        while (size > 0 && *text == ' ') {
            text++;
            size--;
        }
    }
}

void label_add(kith_text *out, const char *text, wrapping how)
{
    while (*text != '\0') {
        const size_t size = strcspn(text, "\n");
        add_paragraph(out, text, size, how);
        if (size == 0)
            kith_text_add(out, how.end);
        text += size + (text[size] == '\n');
    }
}
