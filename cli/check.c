/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check.c: `kith check`. */
#include "kith/check.h"

#include "commands.h"

static kith_status check_data(kith_call *call, kith_error *err)
{
    kith_table table;
    size_t found = 0;
    kith_status status = kith_check(&table, &found, call->store, &call->view,
                                    call_text(call, "terms"), call_flag(call, "all"), err);

    table.empty = "nothing is wrong or missing";
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status == KITH_OK && found > 0 ? KITH_NOT_FOUND : status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    if (!call_flag(call, "integrity"))
        return check_data(call, err);
    const kith_status status = kith_store_verify(call->store, err);
    if (status == KITH_OK)
        call_say(call, "every page of %s is sound", call->hub);
    return status;
}

static const option_row options[] = {
    { "integrity", OPTION_FLAG, .help = "read every page of the hub file instead" },
    { "all", OPTION_FLAG, .help = "every note of its own, also those that many records have" },
    { "terms", OPTION_TEXT, .unit = "FILE",
      .help = "words to flag in free text, in place of Kith's own (CSV: term,instead,source)" },
    OPTION_END
};

const kith_command command_check = {
    .name = "check",
    .summary = "what is wrong or missing in the data",
    .operands = "",
    .hub = HUB_READ,
    .options = options,
    .about = "CRITICAL: the picture is wrong until it is mended. WARNING: it may be. NOTE: how complete\n"
             "the records of each agency are, and words in free text that blame a child, with what to write instead;\n"
             "quoted words are somebody's own and stay. A note that many records have is one row with their\n"
             "number. An agency of which nothing is dated in the window (--window) is a WARNING,\n"
             "and so are two places of one person within an hour with more than 1 km and more than 150 km/h between them\n"
             "(a NOTE, in one minute, when their distance is not known). Exit code 1 when anything is CRITICAL or WARNING.",
    .example = "kith check --format csv\n"
               "kith check --integrity",
    .run = run,
};
