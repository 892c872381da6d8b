/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.c: the arguments, read by the tables and checked against their ranges. */
#include "options.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "kith/date.h"
#include "kith/text.h"

static size_t rows_in(const option_row *rows)
{
    size_t count = 0;

    while (rows != NULL && rows[count].name != NULL)
        count++;
    return count;
}

static kith_status make_values(option_values *values, const kith_command *command, kith_error *err)
{
    const size_t common = rows_in(common_options), own = rows_in(command->options);

    values->rows = calloc(common + own, sizeof *values->rows);
    values->texts = calloc(common + own, sizeof *values->texts);
    if (values->rows == NULL || values->texts == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < own; i++) /* first: a command may mean its own by a common name */
        values->rows[values->count++] = &command->options[i];
    for (size_t i = 0; i < common; i++)
        values->rows[values->count++] = &common_options[i];
    return KITH_OK;
}

static bool is_choice(const char *choices, const char *text)
{
    const size_t size = strcspn(text, "|"); /* of the table, never of a word in it */

    for (const char *at = text[size] == '\0' ? choices : NULL; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, text, size) == 0 && (at[size] == '|' || at[size] == '\0'))
            return true;
    }
    return false;
}

static kith_status check_value(const option_row *row, const char *text, kith_error *err)
{
    int64_t integer;
    double number;
    int32_t day;

    switch (row->type) {
    case OPTION_FLAG:
    case OPTION_TEXT:
        return KITH_OK;
    case OPTION_INTEGER:
        if (kith_integer_read(&integer, text) && (double)integer >= row->low &&
            (double)integer <= row->high)
            return KITH_OK;
        return kith_fail(err, KITH_USAGE, "--%s is \"%s\"; a whole number from %.0f to %.0f is expected",
                         row->name, text, row->low, row->high);
    case OPTION_NUMBER:
        if (kith_number_read(&number, text) && number >= row->low && number <= row->high)
            return KITH_OK;
        return kith_fail(err, KITH_USAGE, "--%s is \"%s\"; a number from %g to %g is expected",
                         row->name, text, row->low, row->high);
    case OPTION_DATE:
        if (kith_day_read(&day, text))
            return KITH_OK;
        return kith_fail(err, KITH_USAGE, "--%s is \"%s\"; a date such as 2022-06-30 is expected",
                         row->name, text);
    case OPTION_CHOICE:
        if (is_choice(row->choices, text))
            return KITH_OK;
        return kith_fail(err, KITH_USAGE, "--%s is \"%s\"; one of %s is expected", row->name, text,
                         row->choices);
    }
    return KITH_OK;
}

/* The option named by size bytes; size_t max when there is none. */
static size_t find_option(const option_values *values, const char *name, size_t size)
{
    for (size_t i = 0; i < values->count; i++)
        if (strncmp(values->rows[i]->name, name, size) == 0 && values->rows[i]->name[size] == '\0')
            return i;
    return SIZE_MAX;
}

static size_t find_letter(const option_values *values, char letter)
{
    for (size_t i = 0; i < values->count; i++)
        if (values->rows[i]->letter == letter)
            return i;
    return SIZE_MAX;
}

static kith_status take_option(option_values *values, const kith_command *command, int argc,
                               char **argv, int *at, kith_error *err)
{
    const char *word = argv[*at];
    const bool is_long = word[1] == '-';
    const char *value = is_long ? strchr(word, '=') : word[2] != '\0' ? word + 2 : NULL;
    const size_t size = is_long && value != NULL ? (size_t)(value - word - 2) : strlen(word) - 2;
    const size_t found =
        is_long ? find_option(values, word + 2, size) : find_letter(values, word[1]);

    if (found == SIZE_MAX)
        return kith_fail(err, KITH_USAGE,
                         "%s does not know the option %.*s; `kith %s --help` lists its options",
                         command->name, is_long ? (int)size + 2 : 2, word, command->name);
    if (is_long && value != NULL)
        value++;
    if (values->rows[found]->type == OPTION_FLAG) {
        if (value != NULL)
            return kith_fail(err, KITH_USAGE, "--%s takes no value", values->rows[found]->name);
        values->texts[found] = "yes";
        return KITH_OK;
    }
    if (value == NULL && *at + 1 < argc)
        value = argv[++*at];
    if (value == NULL)
        return kith_fail(err, KITH_USAGE, "--%s needs a value; `kith %s --help` says which",
                         values->rows[found]->name, command->name);
    values->texts[found] = value;
    return check_value(values->rows[found], value, err);
}

static kith_status check_operands(const kith_command *command, int count, kith_error *err)
{
    if (count < command->least)
        return kith_fail(err, KITH_USAGE, "%s needs %s; try `kith %s --help`", command->name,
                         command->operands, command->name);
    if (command->most >= 0 && count > command->most)
        return kith_fail(err, KITH_USAGE, "%s takes %s and was given %d; try `kith %s --help`",
                         command->name, command->most == 0 ? "no operand" : command->operands, count,
                         command->name);
    return KITH_OK;
}

kith_status options_read(option_values *values, const kith_command *command, int argc, char **argv,
                         int *operand_count, kith_error *err)
{
    bool only_operands = false;

    *values = (option_values){ 0 };
    *operand_count = 0;
    kith_status status = make_values(values, command, err);
    for (int at = 0; status == KITH_OK && at < argc; at++) {
        if (!only_operands && strcmp(argv[at], "--") == 0)
            only_operands = true;
        else if (!only_operands && argv[at][0] == '-' && argv[at][1] != '\0')
            status = take_option(values, command, argc, argv, &at, err);
        else
            argv[(*operand_count)++] = argv[at];
    }
    const size_t help = find_option(values, "help", 4);
    if (status == KITH_OK && values->texts[help] == NULL)
        status = check_operands(command, *operand_count, err);
    if (status != KITH_OK)
        options_free(values);
    return status;
}

void options_free(option_values *values)
{
    free(values->rows);
    free(values->texts);
    *values = (option_values){ 0 };
}

static size_t row_of(const kith_call *call, const char *name)
{
    const size_t found = find_option(call->values, name, strlen(name));

    assert(found != SIZE_MAX && "an option of no table was asked for");
    return found;
}

bool call_knows(const kith_call *call, const char *name)
{
    return find_option(call->values, name, strlen(name)) != SIZE_MAX;
}

bool call_given(const kith_call *call, const char *name)
{
    return call->values->texts[row_of(call, name)] != NULL;
}

bool call_flag(const kith_call *call, const char *name)
{
    return call_given(call, name);
}

const char *call_text(const kith_call *call, const char *name)
{
    const size_t row = row_of(call, name);
    const char *given = call->values->texts[row];

    return given != NULL ? given : call->values->rows[row]->initial;
}

int64_t call_integer(const kith_call *call, const char *name)
{
    int64_t value = 0;

    kith_integer_read(&value, call_text(call, name));
    return value;
}

double call_number(const kith_call *call, const char *name)
{
    double value = 0;

    kith_number_read(&value, call_text(call, name));
    return value;
}

int32_t call_day(const kith_call *call, const char *name)
{
    int32_t day = 0;

    kith_day_read(&day, call_text(call, name));
    return day;
}

kith_status call_list(char ***list, size_t *count, const kith_call *call, const char *name,
                      kith_error *err)
{
    const char *text = call_text(call, name);
    size_t pieces = 1, made = 0;

    *list = NULL;
    if (count != NULL)
        *count = 0;
    if (text == NULL)
        return KITH_OK;
    for (const char *p = text; *p != '\0'; p++)
        pieces += *p == ',';
    char **block = malloc((pieces + 1) * sizeof *block + strlen(text) + 1);
    if (block == NULL)
        return kith_no_memory(err);
    char *copy = strcpy((char *)(block + pieces + 1), text);
    for (char *piece = copy; piece != NULL;) {
        char *comma = strchr(piece, ',');
        if (comma != NULL)
            *comma = '\0';
        if (*piece != '\0')
            block[made++] = piece;
        piece = comma != NULL ? comma + 1 : NULL;
    }
    if (made == 0) {
        free(block);
        return kith_fail(err, KITH_USAGE, "--%s names nothing; name one, or leave the option out",
                         name);
    }
    block[made] = NULL;
    *list = block;
    if (count != NULL)
        *count = made;
    return KITH_OK;
}
