/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.c: `kith explain`: which terms, of which records, a figure is made of. */
#include "kith/explain.h"

#include <string.h>

#include "commands.h"
#include "weigh.h"

static kith_status find_context(int *context, const char *word, kith_error *err)
{
    for (*context = 0; *context < KITH_CONTEXT_COUNT; ++*context)
        if (strcmp(kith_context_name[*context], word) == 0)
            return KITH_OK;
    return kith_fail(err, KITH_USAGE,
                     "%s is not a context; home, peer, school, neighbourhood or online is expected",
                     word);
}

static kith_status explain_share(kith_table *table, kith_call *call, kith_error *err)
{
    kith_contexts contexts = { 0 };
    kith_weigh weigh = { .lead = -1 };
    int context;
    kith_status status = find_context(&context, call->operands[2], err);

    if (status == KITH_OK)
        status = weigh_subject(&contexts, &weigh, table, call, call->operands[1], err);
    if (status == KITH_OK)
        status = kith_explain_share(table, &contexts, &weigh, context, err);
    kith_weigh_free(&weigh);
    kith_contexts_free(&contexts);
    return status;
}

static const struct what {
    const char *name, *operands;
    int count; /* operands, with the name */
    kith_status (*explain)(kith_table *table, kith_call *call, kith_error *err);
} whats[] = {
    { "share", "ID CONTEXT", 3, explain_share },
};

static kith_status run(kith_call *call, kith_error *err)
{
    const struct what *what = NULL;
    kith_table table = { 0 };

    for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
        if (strcmp(whats[i].name, call->operands[0]) == 0)
            what = &whats[i];
    if (what == NULL)
        return kith_fail(err, KITH_USAGE,
                         "%s cannot be explained; `kith explain --help` lists what can",
                         call->operands[0]);
    if (call->operand_count != what->count)
        return kith_fail(err, KITH_USAGE, "explain %s takes %s", what->name, what->operands);
    kith_status status = what->explain(&table, call, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

const kith_command command_explain = {
    .name = "explain",
    .summary = "the terms and records behind a share",
    .operands = "share ID CONTEXT",
    .least = 1,
    .most = 3,
    .hub = HUB_READ,
    .about = "share ID CONTEXT  the share of one context in `weigh ID`\n"
             "\n"
             "The values of all rows add up to the figure. A record_id is what `show` lists.",
    .example = "kith explain share G2 school --as-of 2022-06-30",
    .run = run,
};
