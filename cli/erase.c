/* SPDX-License-Identifier: GPL-3.0-or-later */
/* erase.c: `kith erase`. */
#include "kith/erase.h"

#include "commands.h"

static kith_status run(kith_call *call, kith_error *err)
{
    const bool dry_run = call_flag(call, "dry-run");
    kith_table table;
    kith_status status =
        kith_erase(&table, call->store, &call->view, call->operands[0], dry_run, err);

    if (status == KITH_OK)
        status = call_print(call, &table, err);
    if (status == KITH_OK)
        call_say(call, dry_run ? "tried only: nothing is erased" : "erased; look at the backups and files "
                                                                   "that were made of the hub");
    kith_table_free(&table);
    return status;
}

static const option_row options[] = {
    { "dry-run", OPTION_FLAG, .help = "tells what would go, and keeps everything" },
    OPTION_END
};

const kith_command command_erase = {
    .name = "erase",
    .summary = "takes a person out of the hub for good, and lists what was disclosed",
    .operands = "ID",
    .least = 1,
    .most = 1,
    .hub = HUB_WRITE,
    .options = options,
    .about =
        "With the record go its part in events, its links, contexts, flags, conditions, assessments,\n"
        "scales, actions, decisions, what corrections replaced, kept pictures that name it, lines of\n"
        "alerts, and what find knew it by; events that only it took part in go too. What is freed in\n"
        "the file is overwritten. Of records that were confirmed to be one person, each is erased by\n"
        "itself. A place, a group or an object is erased only when nothing of others rests on it.\n"
        "\n"
        "The audit log keeps that something was erased, by whom and when, and nothing of it; purposes\n"
        "in the log and in the hub, and names of loaded files, in which the id, a name, an alias or an\n"
        "identifier of the person stands as a word are emptied. The answer lists what cannot be reached:\n"
        "when backups were made, to whom it was disclosed, and which other records hold the name in their\n"
        "words. A later load of an extract that still has the person brings them back: have it taken out\n"
        "at its source.",
    .example = "kith erase P012 --dry-run\n"
               "kith erase P012 --purpose 'request of 2022-06-01'",
    .run = run,
};
