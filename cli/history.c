/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.c: `kith history` and `kith undo`: what was changed, by whom, and taking it back. */
#include "kith/history.h"

#include "commands.h"
#include "kith/text.h"

static kith_status read_number(int64_t *number, const char *text, kith_error *err)
{
    if (kith_integer_read(number, text) && *number > 0)
        return KITH_OK;
    return kith_fail(err, KITH_USAGE, "\"%.40s\" is no number of a change; `kith history` lists them", text);
}

static kith_status fill(kith_table *table, kith_call *call, kith_error *err)
{
    const char *change = call_text(call, "change");
    int64_t number;

    if (change == NULL && call->operand_count == 0) {
        const kith_status status = kith_history_list(table, call->store, &call->view, call_text(call, "user"), err);
        call_view_facts(call, table);
        return status;
    }
    if (change == NULL)
        return kith_history_of(table, call->store, &call->view, call->operands[0], err);
    const kith_status status = read_number(&number, change, err);
    return status == KITH_OK ? kith_history_change(table, call->store, &call->view, number, err) : status;
}

static kith_status run_history(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };

    if (call->operand_count + call_given(call, "change") + call_given(call, "user") > 1)
        return kith_fail(err, KITH_USAGE, "an id, --change and --user each ask for something else; give one of them");
    kith_status status = fill(&table, call, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static const option_row history_options[] = {
    { "change", OPTION_TEXT, .unit = "NUMBER", .help = "what one change did, field by field" },
    { "user", OPTION_TEXT, .unit = "NAME", .help = "only the changes of this user" },
    OPTION_END
};

const kith_command command_history = {
    .name = "history",
    .summary = "what was changed, by whom, when and why; what became of one record",
    .operands = "[ID]",
    .most = 1,
    .hub = HUB_READ,
    .options = history_options,
    .about =
        "Without ID: every change of the window, the newest first, with its number; what it was about,\n"
        "and the change that took it back. With ID, of a person, place, group, object or event: which\n"
        "load brought it, what corrections replaced, what people decided and entered about it, each with\n"
        "what it was before. --change NUMBER shows one change whole.\n"
        "\n"
        "What a user may not see all of is not listed. Who looked at a record is in `kith audit --id`.",
    .example = "kith history --window 7\n"
               "kith history P012\n"
               "kith history --change 41",
    .run = run_history,
};

static kith_status run_undo(kith_call *call, kith_error *err)
{
    int64_t number = 0;
    kith_undone undone;
    kith_status status = call->operand_count > 0 ? read_number(&number, call->operands[0], err) : KITH_OK;

    if (status == KITH_OK)
        status = kith_undo(&undone, call->store, &call->view, call->member, number, err);
    if (status != KITH_OK)
        return status;
    kith_table table = { 0 };
    kith_table_column(&table, "undone", KITH_CELL_INTEGER);
    kith_table_column(&table, "what", KITH_CELL_TEXT);
    kith_table_column(&table, "change", KITH_CELL_INTEGER);
    kith_table_integer(&table, undone.number);
    kith_table_text(&table, undone.what);
    kith_table_integer(&table, undone.by);
    status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    if (status == KITH_OK)
        call_say(call, "taken back; `kith undo %lld` would make it hold again", (long long)undone.by);
    kith_table_free(&table);
    return status;
}

const kith_command command_undo = {
    .name = "undo",
    .summary = "take a change back, as if it had not been made",
    .operands = "[NUMBER]",
    .most = 1,
    .hub = HUB_WRITE,
    .about =
        "Takes back the change of that number (`kith history`), or without one the last of your own that\n"
        "holds: a decision of who is who, a panel's weighting, a decision of a meeting or a step of an\n"
        "action, users, teams, cases, the policy, a picture that was kept. The hub then holds what it held\n"
        "before, byte for byte; that it was done and undone stays on record. An undo is a change too,\n"
        "and `kith undo` of its number makes the first hold again.\n"
        "\n"
        "Whoever may do a thing may take it back. A change on which a later one stands is refused, and\n"
        "names it. A load is taken back as `kith import --undo` does, and comes back only by importing\n"
        "the files again. An erasure is never taken back: nothing of it is kept.",
    .example = "kith undo\n"
               "kith undo 41",
    .run = run_undo,
};
