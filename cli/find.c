/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find.c: `kith find`. A name is read from standard input, so that it stands in no list of processes. */
#include "kith/find.h"

#include <string.h>

#include "commands.h"
#include "kith/text.h"

enum { LINE_SIZE = 1024 };

static kith_status read_line(char line[LINE_SIZE], kith_error *err)
{
    if (fgets(line, LINE_SIZE, stdin) == NULL)
        return kith_fail(err, KITH_USAGE, "find was given nothing to look for; give TEXT, or a line on standard input");
    if (strlen(line) + 1 == LINE_SIZE)
        return kith_fail(err, KITH_USAGE, "the text to find is longer than %d bytes; shorten it", LINE_SIZE - 2);
    line[strcspn(line, "\r\n")] = '\0';
    if (!kith_utf8_valid(line, strlen(line)))
        return kith_fail(err, KITH_USAGE, "the text to find is not UTF-8");
    return KITH_OK;
}

static kith_status run(kith_call *call, kith_error *err)
{
    char line[LINE_SIZE];
    const char *text = call->operand_count > 0 ? call->operands[0] : line;
    kith_table table = { 0 };
    kith_status status = text == line ? read_line(line, err) : KITH_OK;

    if (status == KITH_OK)
        status = kith_find(&table, call->store, &call->view, text,
                           (size_t)call_integer(call, "most"), err);
    table.empty = "nothing is written like it; try fewer words, or only the beginning of one";
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    if (status == KITH_OK && kith_table_rows(&table) == 0)
        status = KITH_NOT_FOUND;
    kith_table_free(&table);
    return status;
}

static const option_row options[] = {
    { "most", OPTION_INTEGER, .low = 1, .high = 10000, .initial = "20", .unit = "N", .help = "rows shown at the most" },
    OPTION_END
};

const kith_command command_find = {
    .name = "find",
    .summary = "people, places, groups and objects by name, id, number or date of birth",
    .operands = "[TEXT]",
    .most = 1,
    .hub = HUB_READ,
    .options = options,
    .about = "TEXT as a whole may be an id, an identifier, a telephone number, a registration or a\n"
             "postcode, however it is spaced; or words of a name or an alias in any order and in any\n"
             "script, with a slip, a short form or only the beginning of each; or a date of birth or a\n"
             "part of one (2009, 2009-05, 05/2009, 13/05/2009), alone or after words of the name.\n"
             "\n"
             "Names of people belong on standard input, because others can see the arguments of a\n"
             "running program: without TEXT one line is read from there. The score says how alike text\n"
             "and record are written, nothing else; docs/measures.md tells how it is made.",
    .example = "kith find L007\n"
               "kith find '+44 7700 900123'\n"
               "kith find <name.txt",
    .run = run,
};
