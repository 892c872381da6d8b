/* SPDX-License-Identifier: GPL-3.0-or-later */
/* panel.c: `kith panel`: a panel's own weighting, recorded beside the computed one. */
#include "kith/panel.h"

#include "commands.h"
#include "kith/date.h"
#include "reason.h"

static kith_status run(kith_call *call, kith_error *err)
{
    char reason[REASON_SIZE + 2];
    const int32_t on = call_given(call, "on") ? call_day(call, "on") : call->view.as_of;
    kith_panel panel;
    kith_status status = kith_panel_read(&panel, call->operands + 1,
                                         (size_t)call->operand_count - 1, err);

    if (status == KITH_OK && on > call->view.as_of)
        status = kith_fail(err, KITH_USAGE, "--on lies after --as-of, or after today; name the day on "
                                            "which the panel met");
    if (status == KITH_OK)
        status = reason_read(reason, "the panel's reason", err);
    if (status == KITH_OK)
        status = kith_panel_record(call->store, &call->view, call->operands[0], &panel, on, reason,
                                   kith_now(), err);
    if (status == KITH_OK)
        call_say(call, "%s: the panel's weighting is recorded; `kith weigh` prints it beside its own",
                 call->operands[0]);
    return status;
}

static const option_row options[] = {
    { "on", OPTION_DATE, .unit = "DATE", .help = "the day on which the panel met (default --as-of)" },
    OPTION_END
};

const kith_command command_panel = {
    .name = "panel",
    .summary = "record a panel's own weighting of contexts, with its reason",
    .operands = "ID CONTEXT[=PERCENT]...",
    .least = 2,
    .most = -1,
    .hub = HUB_WRITE,
    .options = options,
    .about =
        "Records which context of a person, a group or a place the panel holds to weigh most, and\n"
        "why: one context that leads, percentages that sum to 100, or `none`. The reason is read\n"
        "from the terminal or from standard input, never from the command line. `kith weigh`\n"
        "prints it beside the computed weighting, which is a prompt and changes nothing of it.\n"
        "Nothing is overwritten: a later weighting stands beside the earlier ones.",
    .example = "kith panel G2 school <reason.txt\n"
               "kith panel G2 school=60 peer=40 --on 2022-06-30",
    .run = run,
};
