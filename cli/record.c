/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.c: `kith record`: what was typed, as one load. */
#include "kith/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/access.h"

static kith_status read_sheet(char **bytes, size_t *size, kith_error *err)
{
    *bytes = malloc(KITH_SHEET_SIZE + 1);
    if (*bytes == NULL)
        return kith_no_memory(err);
    *size = fread(*bytes, 1, KITH_SHEET_SIZE + 1, stdin);
    if (*size > KITH_SHEET_SIZE)
        return kith_fail(err, KITH_USAGE, "the sheet is longer than %d bytes; record it in parts", KITH_SHEET_SIZE);
    return KITH_OK;
}

static kith_status record(kith_call *call, kith_error *err)
{
    kith_import_report report = { 0 };
    char *bytes = NULL;
    size_t size = 0;
    kith_status status = read_sheet(&bytes, &size, err), printed = KITH_OK;

    if (status == KITH_OK)
        status = kith_sheet_record(&report, call->store, &call->view, bytes, size, call_text(call, "source"),
                                   call_flag(call, "dry-run"), err);
    if (status == KITH_OK || status == KITH_INPUT)
        printed = call_print(call, &report.table, status == KITH_OK ? err : NULL);
    if (status == KITH_OK && report.batch > 0)
        call_say(call, "recorded as %lld; `kith record --undo %lld` takes it back", (long long)report.batch,
                 (long long)report.batch);
    if (status == KITH_OK && report.batch == 0)
        call_say(call, "%s", call_flag(call, "dry-run") ? "it would be recorded" : "all of it is recorded already");
    kith_import_report_free(&report);
    free(bytes);
    return status == KITH_OK ? printed : status;
}

/* Whoever may take back any load may take back this. */
static bool may_any(const kith_call *call)
{
    return kith_member_may(call->member, "import", (const char *const[]){ "--undo", NULL }, NULL) == KITH_OK;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };

    if (call_flag(call, "list") && call_given(call, "undo"))
        return kith_fail(err, KITH_USAGE, "--list and --undo are two things; give one of them");
    kith_status status = hub_open(call, call_flag(call, "list") ? KITH_READ_ONLY : KITH_READ_WRITE, err);
    if (status != KITH_OK)
        return status;
    if (!call_flag(call, "list") && !call_given(call, "undo"))
        return record(call, err);
    status = call_flag(call, "list")
                 ? kith_sheet_list(&table, call->store, &call->view, err)
                 : kith_sheet_undo(&table, call->store, &call->view, call_integer(call, "undo"), may_any(call), err);
    if (status == KITH_OK || (status == KITH_POLICY && kith_table_rows(&table) > 0)) {
        const kith_status printed = call_print(call, &table, status == KITH_OK ? err : NULL);
        status = status == KITH_OK ? printed : status;
    }
    kith_table_free(&table);
    return status;
}

static const option_row options[] = {
    { "source", OPTION_TEXT, .unit = "NAME", .help = "the agency of rows that name none" },
    { "dry-run", OPTION_FLAG, .help = "checks and reports, and keeps nothing" },
    { "list", OPTION_FLAG, .help = "shows what you typed so far instead" },
    { "undo", OPTION_INTEGER, .low = 1, .high = 1e15, .unit = "BATCH", .help = "takes back one thing that you typed" },
    OPTION_END
};

const kith_command command_record = {
    .name = "record",
    .summary = "what was typed in a meeting or on a form: graded events, links and context items",
    .operands = "",
    .hub = HUB_NONE, /* opened by run: --list only reads */
    .options = options,
    .about =
        "Reads one object of JSON from standard input, with the lists events, participations, links and\n"
        "contexts; a row has the columns of docs/data.md as texts. An event is given its id, and a row\n"
        "beside it names it by its \"key\". Events, links and context items are graded. Whom a row names\n"
        "is in the user's view. It is one load: all of it or nothing, and --undo takes it back; it only\n"
        "adds, and corrects nothing. The same sheet twice is recorded once.",
    .example = "kith record --source health <sheet.json\n"
               "kith record --dry-run <sheet.json\n"
               "kith record --list\n"
               "kith record --undo 7",
    .run = run,
};
