/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.c: `kith view`: what a user of the viewer wants to come back to. */
#include "kith/remember.h"

#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/date.h"

static kith_status list(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_remember_table(&table, call->store, &call->view, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status keep(kith_call *call, kith_error *err)
{
    char text[KITH_REMEMBER_TEXT + 2];
    size_t size = fread(text, 1, sizeof text - 1, stdin);
    kith_status status = hub_open(call, KITH_READ_WRITE, err);

    size -= size > 0 && text[size - 1] == '\n';
    text[size] = '\0';
    if (status == KITH_OK && memchr(text, '\0', size) != NULL)
        status = kith_fail(err, KITH_USAGE, "the text of a view has a byte 0 in it");
    if (status == KITH_OK)
        status = kith_remember_keep(call->store, &call->view, call->operands[1], text, kith_now(), err);
    if (status == KITH_OK)
        call_say(call, "remembered");
    return status;
}

static kith_status drop(kith_call *call, kith_error *err)
{
    kith_status status = hub_open(call, KITH_READ_WRITE, err);

    if (status == KITH_OK)
        status = kith_remember_drop(call->store, &call->view, call->operands[1], err);
    if (status == KITH_OK)
        call_say(call, "forgotten");
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const bool keeps = call->operand_count == 2 && strcmp(call->operands[0], "keep") == 0;

    if (call->operand_count == 0)
        return list(call, err);
    if (!keeps && (call->operand_count != 2 || strcmp(call->operands[0], "drop") != 0))
        return kith_fail(err, KITH_USAGE, "view takes nothing, keep NAME or drop NAME; try `kith view --help`");
    return keeps ? keep(call, err) : drop(call, err);
}

const kith_command command_view = {
    .name = "view",
    .summary = "views of `kith serve` that you want to come back to",
    .operands = "[keep NAME | drop NAME]",
    .most = 2,
    .hub = HUB_NONE, /* opened by run: a list only reads */
    .about =
        "A view is a name and a small text in the words of the viewer's page: which ids, filters and\n"
        "dates it shows. keep reads the text from standard input; another of the same name takes its\n"
        "place. Nobody else sees your views.",
    .example = "kith view\n"
               "kith view keep monday <view.txt\n"
               "kith view drop monday",
    .run = run,
};
