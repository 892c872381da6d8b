/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes.c: `kith changes`. */
#include "kith/changes.h"

#include "commands.h"
#include "kith/date.h"

enum { MOST_ROWS = 1000 };

/* Before: what the hub held when DATE began, seen on the day before; with an earlier --as-of, on
 * that day, so that only the loads differ. */
static kith_status run(kith_call *call, kith_error *err)
{
    const kith_progress progress = call_progress_to(call);
    kith_changes_options options = {
        .load = call_given(call, "after-load") ? call_integer(call, "after-load") : -1,
        .as_of = call->view.as_of,
        .ids = call->operand_count > 0 ? (const char *const *)call->operands : NULL,
        .id_count = (size_t)call->operand_count,
        .most = call_flag(call, "all") ? 0 : MOST_ROWS,
        .records_only = call_flag(call, "records"),
        .layer = { .layer = KITH_LAYER_TOGETHER },
        .peers = { .objective = KITH_CPM, .seed = call->seed, .least = 3 },
        .progress = &progress,
    };
    kith_table table = { 0 };

    if (!call_given(call, "since"))
        return kith_fail(err, KITH_USAGE, "changes needs --since DATE: the first day whose loads are "
                                          "told, as in --since 2022-06-30");
    const int32_t day = call_day(call, "since");
    options.since = kith_day_begins(day);
    if (day - 1 < options.as_of)
        options.as_of = day - 1;
    kith_status status = kith_changes(&table, call->store, &call->view, &options, err);
    call_progress_end(call);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static const option_row options[] = {
    { "since", OPTION_DATE, .unit = "DATE", .help = "what was loaded on this day or later is new" },
    { "after-load", OPTION_INTEGER, .low = 0, .high = 9e15, .unit = "N",
      .help = "what came after load N is new instead (`kith import --list`; 0: all)" },
    { "records", OPTION_FLAG, .help = "records only, without ties and groups: quicker" },
    { "all", OPTION_FLAG, .help = "every row, not the first 1000 of each kind and change" },
    OPTION_END
};

const kith_command command_changes = {
    .name = "changes",
    .summary = "what is new, gone or upgraded, and what became of the groups",
    .operands = "[ID...]",
    .most = -1,
    .hub = HUB_READ,
    .options = options,
    .about =
        "Compares the hub as it was when DATE began, seen on the day before, with the hub as it is:\n"
        "records that came, were corrected or have ended; peer ties that are new, gone, or rest on\n"
        "better or weaker evidence; peer groups that were born, have grown, shrunk, split, merged\n"
        "or ended. Each row tells the record's own date and when the hub learnt of it. With IDs,\n"
        "only what concerns these people, places, groups or objects.",
    .example = "kith changes --since 2022-06-29 --as-of 2022-06-30\n"
               "kith changes --since 2022-06-29 P001 --format csv",
    .run = run,
};
