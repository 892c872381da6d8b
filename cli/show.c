/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.c: `kith show`. */
#include "kith/show.h"

#include "commands.h"

static kith_status run(kith_call *call, kith_error *err)
{
    kith_table table;
    kith_status status = kith_show(&table, call->store, &call->view, call->operands[0], err);

    if (status == KITH_OK) {
        table.empty = "nothing but its id is recorded";
        kith_table_note(&table, "this is what is recorded, not what is true");
        status = call_print(call, &table, err);
    }
    kith_table_free(&table);
    return status;
}

const kith_command command_show = {
    .name = "show",
    .summary = "everything recorded of one person, place, group, object or event, with its origins",
    .operands = "ID",
    .least = 1,
    .most = 1,
    .hub = HUB_READ,
    .about = "Each row says which record it comes from, from which agency, under which report and with\n"
             "which grade. Roles stand with the event in which they were taken; a person has none.",
    .example = "kith show P012\n"
               "kith show location:L007 --format csv",
    .run = run,
};
