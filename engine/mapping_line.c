/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_line.c: an expression of a mapping file.
 *
 *     expression  = sum { " or " sum }
 *     sum         = term { "+" term }
 *     term        = "\"" text "\"" | "[" column "]" [ "?" ] | column [ "?" ] | "@row"
 *     condition   = term [ "is" [ "not" ] text { "or" text } ]
 *
 * A column without brackets ends before " + ", " or " or " is "; brackets are for names
 * that hold one of these. A quote inside a text is doubled. */
#include <stdio.h>
#include <string.h>

#include "mapping_private.h"

typedef struct cursor {
    const char *at;
    kith_pool *pool;
    char *message;
} cursor;

static void skip_blanks(cursor *c)
{
    c->at += strspn(c->at, " \t");
}

static bool wrong(cursor *c, const char *format, const char *what)
{
    char quoted[SHOWN_SIZE];

    snprintf(c->message, SHOWN_SIZE * 4, format, shown(quoted, what));
    return false;
}

/* A piece of the line in the pool, without the blanks at its ends. */
static const char *keep(cursor *c, const char *begin, size_t size)
{
    kith_text text = { 0 };

    while (size > 0 && (begin[size - 1] == ' ' || begin[size - 1] == '\t'))
        size--;
    kith_text_add_bytes(&text, begin, size);
    const char *kept = text.failed ? NULL : kith_pool_add(c->pool, kith_text_string(&text));
    kith_text_free(&text);
    return kept;
}

static bool take_word(cursor *c, const char *word)
{
    const size_t size = strlen(word);

    skip_blanks(c);
    if (strncmp(c->at, word, size) != 0 ||
        (word[0] != '+' && c->at[size] != ' ' && c->at[size] != '\t'))
        return false;
    c->at += size;
    return true;
}

/* "text", with a doubled quote for one. */
static bool read_text(const char **out, cursor *c)
{
    kith_text text = { 0 };
    const char *start = c->at++;

    while (*c->at != '\0' && (*c->at != '"' || c->at[1] == '"')) {
        kith_text_add_char(&text, *c->at);
        c->at += *c->at == '"' ? 2 : 1;
    }
    if (*c->at != '"') {
        kith_text_free(&text);
        return wrong(c, "%s has no closing quote", start);
    }
    c->at++;
    *out = text.failed ? NULL : kith_pool_add(c->pool, kith_text_string(&text));
    kith_text_free(&text);
    return *out != NULL;
}

/* Where a column without brackets ends. */
static size_t bare_size(const char *at)
{
    size_t size = 0;

    while (at[size] != '\0' && at[size] != '"' &&
           !(at[size] == '+' && (size == 0 || at[size - 1] == ' ')) &&
           strncmp(at + size, " or ", 4) != 0 && strncmp(at + size, " is ", 4) != 0)
        size++;
    return size;
}

static bool read_column(mapping_term *term, cursor *c)
{
    const bool brackets = *c->at == '[';
    const char *begin = c->at + brackets;
    size_t size = brackets ? strcspn(begin, "]") : bare_size(begin);

    if (brackets && begin[size] != ']')
        return wrong(c, "%s has no closing bracket", c->at);
    c->at = begin + size + brackets;
    while (!brackets && size > 0 && begin[size - 1] == ' ')
        size--;
    if (brackets && *c->at == '?') {
        term->optional = true;
        c->at++;
    } else if (!brackets && size > 1 && begin[size - 1] == '?') {
        term->optional = true;
        size--;
    }
    if (size == 0)
        return wrong(c, "a column, or a text in quotes, is expected at %s", begin);
    term->kind = TERM_COLUMN;
    term->text = keep(c, begin, size);
    if (term->text == NULL)
        return false;
    if (strcmp(term->text, "@row") == 0)
        term->kind = TERM_ROW;
    else if (kith_column_names_source(term->text))
        return wrong(c,
                     "column %s would name a source of intelligence; leave it out, and give only a "
                     "reference in report_ref",
                     term->text);
    return true;
}

static bool read_term(mapping_term *term, cursor *c)
{
    *term = (mapping_term){ .kind = TERM_TEXT };
    skip_blanks(c);
    return *c->at == '"' ? read_text(&term->text, c) : read_column(term, c);
}

bool mapping_line_read(mapping_line *line, kith_pool *pool, const char *given,
                       char message[SHOWN_SIZE * 4])
{
    cursor c = { given, pool, message };
    bool begins = true;

    message[0] = '\0';
    line->term_count = 0;
    for (;;) {
        if (line->term_count == MAPPING_TERMS_MAX)
            return wrong(&c, "%s has more than 12 parts; make it shorter", given);
        mapping_term *term = &line->terms[line->term_count++];
        if (!read_term(term, &c))
            return false;
        term->begins = begins;
        begins = take_word(&c, "or");
        if (!begins && !take_word(&c, "+"))
            break;
    }
    skip_blanks(&c);
    return *c.at == '\0' || wrong(&c, "+ or the end of the line is expected before %s", c.at);
}

bool mapping_when_read(mapping_section *section, kith_pool *pool, const char *given,
                       char message[SHOWN_SIZE * 4])
{
    cursor c = { given, pool, message };
    const char *value;

    message[0] = '\0';
    if (!read_term(&section->when_column, &c))
        return false;
    if (section->when_column.kind != TERM_COLUMN)
        return wrong(&c, "a column is expected at %s", given);
    if (take_word(&c, "is")) {
        section->when_not = take_word(&c, "not");
        do {
            skip_blanks(&c);
            if (*c.at != '"')
                return wrong(&c, "a text in quotes is expected after is, at %s", c.at);
            if (!read_text(&value, &c) || !mapping_words_add(&section->when_values, pool, value, ""))
                return false;
        } while (take_word(&c, "or"));
    }
    skip_blanks(&c);
    return *c.at == '\0' || wrong(&c, "the end of the line is expected before %s", c.at);
}
