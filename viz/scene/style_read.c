/* SPDX-License-Identifier: MIT */
/* style_read.c: a style from its file: lines become rules; style_check.c says whether they may stand. */
#include <stdio.h>
#include <string.h>

#include "kith/text.h"
#include "style_private.h"

enum { NAME = 24, LEGEND = 160 };

static const struct {
    const char *word;
    unsigned kinds; /* bits: of which kinds of rule */
} keys[] = {
    [KITH_STYLE_WHEN] = { "when", 1U << KITH_STYLE_NODE | 1U << KITH_STYLE_TIE | 1U << KITH_STYLE_BAR },
    [KITH_STYLE_SAYS] = { "says", 1U << KITH_STYLE_NODE | 1U << KITH_STYLE_TIE },
    [KITH_STYLE_SHAPE] = { "shape", 1U << KITH_STYLE_NODE },
    [KITH_STYLE_FILL] = { "fill", 1U << KITH_STYLE_NODE | 1U << KITH_STYLE_GROUP | 1U << KITH_STYLE_BAR },
    [KITH_STYLE_OUTLINE] = { "outline", 1U << KITH_STYLE_NODE },
    [KITH_STYLE_LINE] = { "line", 1U << KITH_STYLE_TIE },
    [KITH_STYLE_INK] = { "ink", 1U << KITH_STYLE_TIE },
    [KITH_STYLE_WIDTH] = { "width", 1U << KITH_STYLE_TIE },
    [KITH_STYLE_LEGEND] = { "legend",
                            1U << KITH_STYLE_NODE | 1U << KITH_STYLE_TIE | 1U << KITH_STYLE_GROUP | 1U << KITH_STYLE_BAR },
};

const char *kith_style_key_word(kith_style_key key)
{
    return keys[key].word;
}

typedef struct reading {
    kith_style *style;
    const char *name;
    int line;
    kith_error *err;
} reading;

#define REFUSE(r, ...) style_refuse((r)->err, (r)->name, (r)->line, __VA_ARGS__)

/* The text without blanks at its ends; cuts it. */
static char *trimmed(char *text)
{
    size_t size;

    while (*text == ' ' || *text == '\t')
        text++;
    for (size = strlen(text); size > 0 && strchr(" \t\r", text[size - 1]) != NULL;)
        size--;
    text[size] = '\0';
    return text;
}

static bool is_name(const char *name)
{
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name) && strlen(name) <= NAME;
}

static kith_status begin_rule(reading *r, char *line)
{
    unsigned kind = 0;
    char *end = strchr(line, ']');

    if (end == NULL || end[1] != '\0')
        return REFUSE(r, "the heading of a rule is not closed; [node child] is one");
    *end = '\0';
    char *word = trimmed(line + 1), *name = word + strcspn(word, " \t");
    if (*name != '\0')
        *name++ = '\0';
    name = trimmed(name);
    while (kind < KITH_STYLE_KINDS && strcmp(kith_style_kind_word((kith_style_kind)kind), word) != 0)
        kind++;
    if (kind == KITH_STYLE_KINDS)
        return REFUSE(r, "\"%.40s\" is no kind of rule; node, tie, group and bar are", word);
    if (!is_name(name))
        return REFUSE(r, "a rule is called \"%.40s\"; up to %d small letters, digits or _ are expected", name, NAME);
    if (r->style->count == KITH_STYLE_RULES)
        return REFUSE(r, "there are more than %d rules; leave some out", KITH_STYLE_RULES);
    for (size_t i = 0; i < r->style->count; i++)
        if (r->style->rules[i].kind == (kith_style_kind)kind && strcmp(r->style->rules[i].name, name) == 0)
            return REFUSE(r, "a rule [%s%s%s] is there already, at line %d; give this one another name", word,
                          name[0] != '\0' ? " " : "", name, r->style->rules[i].line);
    r->style->rules[r->style->count++] = (kith_style_rule){ .kind = (kith_style_kind)kind, .name = name, .line = r->line };
    return KITH_OK;
}

/* "dotted, not inferred" as bits. */
static kith_status read_when(reading *r, kith_style_rule *rule, const char *value)
{
    while (*value != '\0') {
        char word[NAME + 8];
        const size_t length = strcspn(value, ",");
        snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : sizeof word - 1), value);
        char *bare = trimmed(word);
        const bool not = strncmp(bare, "not ", 4) == 0;
        size_t bit = 0;
        bare = trimmed(not ? bare + 4 : bare);
        while (kith_style_word(rule->kind, bit) != NULL && strcmp(kith_style_word(rule->kind, bit), bare) != 0)
            bit++;
        if (kith_style_word(rule->kind, bit) == NULL)
            return REFUSE(r, "\"%.40s\" is nothing that a %s can be; docs/style.md lists the words", bare,
                          kith_style_kind_word(rule->kind));
        *(not ? &rule->never : &rule->must) |= 1U << bit;
        value += length + (value[length] == ',');
    }
    return KITH_OK;
}

static bool is_colour(const char *value)
{
    return strlen(value) == 7 && value[0] == '#' && strspn(value + 1, "0123456789abcdef") == 6;
}

static kith_status read_value(reading *r, kith_style_rule *rule, kith_style_key key, const char *value)
{
    if (value[0] == '\0')
        return REFUSE(r, "%s has no value; give one, or leave the line out", keys[key].word);
    if (key == KITH_STYLE_WHEN)
        return read_when(r, rule, value);
    if ((key == KITH_STYLE_FILL || key == KITH_STYLE_INK) && !is_colour(value))
        return REFUSE(r, "%s is \"%.40s\"; a colour as #d3eafa is expected, in small letters", keys[key].word, value);
    if (key == KITH_STYLE_WIDTH && (!kith_number_read(&rule->width, value) || !(rule->width >= 0.5 && rule->width <= 5)))
        return REFUSE(r, "width is \"%.40s\"; a number of points from 0.5 to 5 is expected", value);
    if ((key == KITH_STYLE_LEGEND || key == KITH_STYLE_SAYS) && strlen(value) > LEGEND)
        return REFUSE(r, "%s has %zu bytes; at most %d are read in a legend", keys[key].word, strlen(value), LEGEND);
    return KITH_OK;
}

static kith_status read_line(reading *r, char *line)
{
    char *sign = strchr(line, '=');
    unsigned key = 0;

    if (line[0] == '[')
        return begin_rule(r, line);
    if (sign == NULL)
        return REFUSE(r, "\"%.40s\" is neither a heading nor `property = value`", line);
    if (r->style->count == 0)
        return REFUSE(r, "a property stands before the first rule; put a heading as [node child] above it");
    *sign = '\0';
    char *word = trimmed(line), *value = trimmed(sign + 1);
    kith_style_rule *rule = &r->style->rules[r->style->count - 1];
    while (key < KITH_STYLE_KEYS && strcmp(keys[key].word, word) != 0)
        key++;
    if (key == KITH_STYLE_KEYS || (keys[key].kinds & 1U << rule->kind) == 0)
        return REFUSE(r, "\"%.40s\" is no property of a %s; docs/style.md lists them", word,
                      kith_style_kind_word(rule->kind));
    if (rule->value[key] != NULL)
        return REFUSE(r, "%s is given a second time; keep one of the two", word);
    rule->value[key] = value;
    rule->lines[key] = r->line;
    return read_value(r, rule, (kith_style_key)key, value);
}

static kith_status read_lines(reading *r, char *text)
{
    kith_status status = KITH_OK;

    while (status == KITH_OK && *text != '\0') {
        char *next = text + strcspn(text, "\n");
        if (*next == '\n')
            *next++ = '\0';
        r->line++;
        char *line = trimmed(text);
        if (line[0] != '\0' && line[0] != ';' && line[0] != '#')
            status = read_line(r, line);
        text = next;
    }
    return status;
}

static bool has_controls(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (((unsigned char)bytes[i] < 0x20 && strchr("\n\r\t", bytes[i]) == NULL) || bytes[i] == 0x7F)
            return true;
    return false;
}

kith_status kith_style_read(kith_style *style, const char *name, const char *bytes, size_t size, kith_error *err)
{
    reading r = { .style = style, .name = name, .err = err };

    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    style->count = 0;
    if (size > KITH_STYLE_SIZE)
        return kith_fail(err, KITH_INPUT, "%s: a style has at most %d bytes; leave out what `kith style` says as well",
                         name, KITH_STYLE_SIZE);
    if (!kith_utf8_valid(bytes, size) || memchr(bytes, '\0', size) != NULL || has_controls(bytes, size))
        return kith_fail(err, KITH_INPUT, "%s: there are bytes in it that are no text; save it as UTF-8", name);
    memcpy(style->source, bytes, size);
    style->source[size] = '\0';
    memcpy(style->words, style->source, size + 1);
    const kith_status status = read_lines(&r, style->words);
    return status == KITH_OK ? style_check(style, name, err) : status;
}
