/* SPDX-License-Identifier: GPL-3.0-or-later */
/* parameter.c: what a client sends, read by the table.
 *
 * Nothing passes that its row does not allow, and nothing that passes can become an option: values
 * stand behind "--name=", in standard input, or behind "--". */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "kith/date.h"
#include "route.h"

enum { IDS_MOST = 200, HIDDEN_MOST = 25000, ID_MOST = 130 };

static kith_status refuse(const parameter *row, const char *expected, kith_error *err)
{
    return kith_fail(err, KITH_USAGE, "%s is not as it should be: %s is expected", row->name, expected);
}

static void add_word(kith_text *words, const char *word)
{
    kith_text_add_bytes(words, word, strlen(word) + 1);
}

/* A value as text, from a string or a number; NULL for anything else. */
static const char *text_of(const json_t *value, char number[KITH_NUMBER_SIZE])
{
    if (json_is_string(value) && json_string_length(value) == strlen(json_string_value(value)))
        return json_string_value(value);
    if (!json_is_number(value))
        return NULL;
    kith_number_shortest(number, json_number_value(value));
    return number;
}

static bool is_line(const char *text, double most, bool lines)
{
    if (strlen(text) > (size_t)most || !kith_utf8_valid(text, strlen(text)))
        return false;
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++)
        if ((*at < ' ' && !(lines && (*at == '\n' || *at == '\r' || *at == '\t'))) || *at == 0x7f ||
            (*at == 0xc2 && at[1] < 0xa0))
            return false;
    return true;
}

static bool is_id(const char *text)
{
    return text != NULL && text[0] != '\0' && text[0] != '-' && strchr(text, ',') == NULL &&
           is_line(text, ID_MOST, false);
}

static bool is_choice(const char *choices, const char *text)
{
    const size_t size = strlen(text);

    for (const char *at = choices; size > 0 && strchr(text, '|') == NULL && at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, text, size) == 0 && (at[size] == '|' || at[size] == '\0'))
            return true;
    }
    return false;
}

static bool in_range(const parameter *row, double value)
{
    return value >= row->low && value <= row->high;
}

/* What is wrong with a text for its type; NULL for nothing. */
static const char *fault_of(const parameter *row, const char *text)
{
    int64_t integer;
    double number;
    int32_t day;

    switch (row->type) {
    case TYPE_DATE:
        return kith_day_read(&day, text) ? NULL : "a date such as 2022-06-30";
    case TYPE_ID:
        return is_id(text) ? NULL : "an id";
    case TYPE_INTEGER:
        return kith_integer_read(&integer, text) && in_range(row, (double)integer) ? NULL : "a whole number in its range";
    case TYPE_NUMBER:
        return kith_number_read(&number, text) && in_range(row, number) ? NULL : "a number in its range";
    case TYPE_CHOICE:
        return is_choice(row->choices, text) ? NULL : row->choices;
    case TYPE_TEXT:
        return is_line(text, row->high, false) && (row->place != TO_OPERAND || text[0] != '\0') ? NULL : "a line of text that is not too long";
    case TYPE_LINES:
        return is_line(text, row->high, true) ? NULL : "text that is not too long";
    default:
        return NULL;
    }
}

static void put(const parameter *row, const char *value, kith_text *words, kith_text *operands, kith_text *input)
{
    switch (row->place) {
    case TO_OPERAND:
        add_word(operands, value);
        return;
    case TO_INPUT:
        kith_text_format(input, "%s\n", value);
        return;
    case TO_OUTPUT:
        add_word(words, "-o");
        kith_text_add(words, "-.");
        add_word(words, value);
        return;
    case TO_OPTION:
        break;
    }
    kith_text_add(words, "--");
    for (const char *at = row->option != NULL ? row->option : row->name; *at != '\0'; at++)
        kith_text_add_char(words, *at == '_' ? '-' : *at);
    if (row->type != TYPE_FLAG) {
        kith_text_add_char(words, '=');
        kith_text_add(words, value);
    }
    kith_text_add_char(words, '\0');
}

/* "a,b" or ["a", "b"]: each an operand of its own, or one option with commas. */
static kith_status take_list(const parameter *row, const json_t *value, kith_text *words, kith_text *operands,
                             kith_text *input, kith_error *err)
{
    kith_text joined = { 0 };
    const char *text = json_string_value(value);
    char piece[ID_MOST + 1];
    size_t count = 0, at = 0;
    kith_status status = KITH_OK;

    if (text == NULL && !json_is_array(value))
        return refuse(row, "a list of ids", err);
    while (status == KITH_OK && (text != NULL ? text[at] != '\0' || at == 0 : count < json_array_size(value))) {
        const char *from = text != NULL ? text + at : json_string_value(json_array_get(value, count));
        const size_t size = from == NULL ? 0 : text != NULL ? strcspn(from, ",") : strlen(from);
        const bool tie = row->type == TYPE_HIDDEN && size > 1 && from[0] == '#';
        snprintf(piece, sizeof piece, "%.*s", (int)(size < sizeof piece ? size : 0), from != NULL ? from : "");
        if (!is_id(piece) || (tie && strspn(piece + 1, "0123456789") != size - 1) ||
            ++count > (row->type == TYPE_HIDDEN ? HIDDEN_MOST : IDS_MOST))
            status = refuse(row, "a list of ids", err);
        at += size + (text != NULL && text[at + size] == ',');
        if (row->place == TO_OPERAND)
            add_word(operands, piece);
        kith_text_format(&joined, "%s%s", joined.size > 0 ? "," : "", piece);
    }
    if (status == KITH_OK)
        status = kith_text_status(&joined, err);
    if (status == KITH_OK && row->place == TO_OPTION && count > 0)
        put(row, kith_text_string(&joined), words, operands, input);
    kith_text_free(&joined);
    return status;
}

static kith_status take_weights(const parameter *row, const json_t *value, kith_text *operands, kith_error *err)
{
    const json_t *item;
    size_t i;

    if (!json_is_array(value) || json_array_size(value) < 1 || json_array_size(value) > 5)
        return refuse(row, "a list of one to five contexts", err);
    json_array_foreach (value, i, item) {
        const char *text = json_string_value(item);
        if (text == NULL || strlen(text) > 40 || strspn(text, "abcdefghijklmnopqrstuvwxyz=.0123456789") != strlen(text) ||
            text[0] < 'a')
            return refuse(row, "contexts, as \"school\" or \"school=60\"", err);
        add_word(operands, text);
    }
    return KITH_OK;
}

/* {"P001": [1.5, -2]} as P001@1.5:-2,... */
static kith_status take_places(const parameter *row, const json_t *value, kith_text *words, kith_error *err)
{
    kith_text joined = { 0 };
    char x[KITH_NUMBER_SIZE], y[KITH_NUMBER_SIZE];
    const char *id;
    json_t *place;
    kith_status status = json_is_object(value) ? KITH_OK : refuse(row, "an object of places by id", err);

    if (status != KITH_OK || json_object_size(value) == 0)
        return status;
    json_object_foreach ((json_t *)value, id, place) {
        const json_t *first = json_array_get(place, 0), *second = json_array_get(place, 1);
        if (!is_id(id) || strchr(id, '@') != NULL || json_array_size(place) != 2 || !json_is_number(first) ||
            !json_is_number(second) || fabs(json_number_value(first)) > 1e6 || fabs(json_number_value(second)) > 1e6)
            status = refuse(row, "places as [x, y]", err);
        kith_number_shortest(x, json_number_value(first));
        kith_number_shortest(y, json_number_value(second));
        kith_text_format(&joined, "%s%s@%s:%s", joined.size > 0 ? "," : "", id, x, y);
    }
    if (status == KITH_OK)
        status = kith_text_status(&joined, err);
    if (status == KITH_OK)
        put(row, kith_text_string(&joined), words, NULL, NULL);
    kith_text_free(&joined);
    return status;
}

static kith_status take_meeting(const parameter *row, const json_t *value, kith_text *input, kith_error *err)
{
    static const char *const lines[] = { "purpose", "chair", "attendees", "outcome", "review" };
    size_t known = 0;

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const json_t *line = json_object_get(value, lines[i]);
        if (line == NULL)
            continue;
        if (!json_is_string(line) || !is_line(json_string_value(line), 1000, false))
            return refuse(row, "each a line of text", err);
        kith_text_format(input, "%s: %s\n", lines[i], json_string_value(line));
        known++;
    }
    return json_is_object(value) && known == json_object_size(value)
               ? KITH_OK
               : refuse(row, "purpose, chair, attendees, outcome and review", err);
}

static kith_status take_sheet(const parameter *row, const json_t *value, kith_text *input, kith_error *err)
{
    char *text = json_is_object(value) ? json_dumps(value, JSON_COMPACT) : NULL;

    if (text == NULL)
        return refuse(row, "an object of lists", err);
    kith_text_add(input, text);
    free(text);
    return KITH_OK;
}

kith_status parameter_take(const parameter *row, const void *json, kith_text *words, kith_text *operands,
                           kith_text *input, kith_error *err)
{
    const json_t *value = json;
    char number[KITH_NUMBER_SIZE];
    const char *text = text_of(value, number), *fault;

    switch (row->type) {
    case TYPE_IDS:
    case TYPE_HIDDEN:
        return take_list(row, value, words, operands, input, err);
    case TYPE_WEIGHTS:
        return take_weights(row, value, operands, err);
    case TYPE_PLACES:
        return take_places(row, value, words, err);
    case TYPE_MEETING:
        return take_meeting(row, value, input, err);
    case TYPE_SHEET:
        return take_sheet(row, value, input, err);
    case TYPE_FLAG:
        if (!json_is_true(value) && !(text != NULL && strcmp(text, "1") == 0))
            return refuse(row, "1", err);
        put(row, "", words, operands, input);
        return KITH_OK;
    default:
        break;
    }
    fault = text == NULL ? "text" : fault_of(row, text);
    if (fault != NULL)
        return refuse(row, fault, err);
    put(row, text, words, operands, input);
    return KITH_OK;
}
