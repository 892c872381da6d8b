/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject_access.c: `kith subject-access`. */
#include "kith/subject_access.h"

#include "commands.h"

static kith_status run(kith_call *call, kith_error *err)
{
    kith_table table;
    kith_status status = kith_subject_access(&table, call->store, &call->view, call->operands[0],
                                             call_flag(call, "words"), err);

    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static const option_row options[] = {
    { "words", OPTION_FLAG, .help = "gives what was written in words too; read it before it is sent" },
    OPTION_END
};

const kith_command command_subject_access = {
    .name = "subject-access",
    .summary = "what is held of one person, for that person, without others",
    .operands = "ID",
    .least = 1,
    .most = 1,
    .hub = HUB_READ,
    .options = options,
    .about =
        "Everything recorded of a person, from whichever agency, with the person's role in each event;\n"
        "the weighting of their contexts; and to whom anything was disclosed. Who else stands in a\n"
        "record is held back and counted, and so are records of handling code C. What somebody wrote in\n"
        "words may speak of others: it is held back, and counted, until --words. Facts, opinions and\n"
        "judgements are told apart. Where no person has the id, nothing is held: exit code 1.",
    .example = "kith subject-access P012 --purpose 'request of 2022-06-01' -o answer.csv --format csv\n"
               "kith subject-access P012 --words",
    .run = run,
};
