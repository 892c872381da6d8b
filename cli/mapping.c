/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping.c: `kith mapping`, files that say what an extract's columns become. */
#include <string.h>

#include "commands.h"
#include "kith/mapping.h"

static kith_status run_check(kith_call *call, kith_error *err)
{
    kith_table table;
    const kith_status status = kith_mapping_check(&table, call->operands[1], err);
    kith_status printed = KITH_OK;

    if (status == KITH_OK || status == KITH_INPUT)
        printed = call_print(call, &table, status == KITH_OK ? err : NULL);
    kith_table_free(&table);
    return status != KITH_OK ? status : printed;
}

static kith_status run_new(kith_call *call, kith_error *err)
{
    kith_text draft = { 0 };
    kith_status status = kith_mapping_draft(&draft, call->operands[1], err);

    if (status == KITH_OK && fputs(kith_text_string(&draft), call->out) < 0)
        status = kith_fail(err, KITH_IO, "the mapping could not be written");
    kith_text_free(&draft);
    return status;
}

static kith_status run_list(kith_call *call, kith_error *err)
{
    kith_table table;
    kith_status status = kith_mapping_names(&table, err);

    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const char *what = call->operands[0];
    const bool list = strcmp(what, "list") == 0;

    if (!list && strcmp(what, "new") != 0 && strcmp(what, "check") != 0)
        return kith_fail(err, KITH_USAGE, "%s is not known here; new, check or list is expected",
                         what);
    if (call->operand_count != (list ? 1 : 2))
        return kith_fail(err, KITH_USAGE, "mapping %s takes %s", what,
                         list ? "no file" : "one file");
    if (list)
        return run_list(call, err);
    return strcmp(what, "new") == 0 ? run_new(call, err) : run_check(call, err);
}

const kith_command command_mapping = {
    .name = "mapping",
    .summary = "drafts and checks mapping files",
    .operands = "new F.csv | check FILE | list",
    .least = 1,
    .most = 2,
    .hub = HUB_NONE,
    .about = "A mapping file says which column of an agency's extract becomes which field of which\n"
             "table, and how its words, dates and bytes are written. new drafts one from the header\n"
             "of an extract; check reads one and shows what it does, or every fault in it; list\n"
             "names those that are built in. `kith import --mapping FILE --dry-run` then shows what\n"
             "each column of an extract becomes.",
    .example = "kith mapping new missing.csv -o missing.ini\n"
               "kith mapping check missing.ini\n"
               "kith import --mapping missing.ini --dry-run missing.csv",
    .run = run,
};
